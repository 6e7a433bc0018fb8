"""Which sentences a model may write between the pharmacy's statements: a closed language, content/phrases/joining*.toml.

A word that is not in the lists cannot be written, so whatever a mail or a model smuggles in (a link, an order, a name in
words, a status) is no joining text. The lists ship with the product and no pharmacy's own content is laid over them: they
are floor."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from server.text.notation import Choice, parse_pattern
from server.text.words import fold, plain_word

_PHRASES = Path(__file__).parent.parent / "content" / "phrases"
_PREFIX = "joining_"
_KINDS = {  # kind → the kind whose words it uses
    "thanks": "thanks", "glad": "glad", "feeling": "feeling", "asked": "asked", "wondered": "asked", "told": "asked", "topic": "topic",
}  # fmt: skip
MAX_WORDS = 30
_MOST_CLAUSES = 3
# Letters of Latin script as Dutch and English write them. Anything else (a digit, a sign, a look-alike letter, an invisible
# character) is no joining text.
_SPELLED = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:[ ,'’-]{1,2}[A-Za-zÀ-ÖØ-öø-ÿ]+)*[.:…]?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|,")

Row = tuple[str, ...]


class _Rows:
    """Rows of words, found by where they start."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_first: dict[str, set[Row]] = {}
        for row in (row for pattern in patterns for row in _spelled_out(pattern)):
            self._by_first.setdefault(row[0], set()).add(row)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them, in alphabetical order."""
        return tuple(sorted(row for rows in self._by_first.values() for row in rows))

    def ends(self, words: Row, at: int) -> Iterator[int]:
        """The places where a row that starts at `at` may end (one past its last word)."""
        for row in self._by_first.get(words[at], ()) if at < len(words) else ():
            if words[at : at + len(row)] == row:
                yield at + len(row)


@dataclass(frozen=True)
class _Kind:
    openers: _Rows
    words: _Rows
    once: _Rows


@dataclass(frozen=True)
class _Language:
    whole: _Rows
    between: _Rows
    shared: _Rows
    kinds: tuple[_Kind, ...]


def _spelled_out(pattern: str) -> Iterator[Row]:
    """Every row of words that a pattern stands for. Raises ValueError for a gap, a star, a number or a class."""
    choices: list[tuple[Row, ...]] = []
    for step in _steps(pattern):
        if isinstance(step, Choice):
            rows = tuple(tuple(map(str, row)) for row in step.alternatives)
            choices.append((*rows, ()) if step.optional else rows)
        else:
            choices.append(((str(step),),))
    for picked in product(*choices):
        row = tuple(word for words in picked for word in words)
        if any(not word.replace("'", "").isalpha() for word in row):
            raise ValueError(f"joining text holds plain words only: {pattern!r}")
        if row:
            yield row


def _steps(pattern: str) -> tuple[str | int | Choice, ...]:
    """As `parse_pattern`, but here the first word may be optional."""
    head = "x "
    return parse_pattern(head + pattern)[1:]


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, _Language]:
    tables: dict[str, Mapping[str, list[str]]] = {}
    for path in sorted(_PHRASES.glob("joining*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            tables[name] = {**tables.get(name, {}), **table}
    spoken = sorted({language for table in tables.values() for language in table})
    return {language: _language(tables, language) for language in spoken}


def _language(tables: Mapping[str, Mapping[str, list[str]]], language: str) -> _Language:
    def rows(name: str) -> list[str]:
        return tables.get(_PREFIX + name, {}).get(language, [])

    kinds = (
        _Kind(_Rows(rows(kind)), _Rows(rows(f"{words}_words")), _Rows(rows(f"{kind}_once")))
        for kind, words in _KINDS.items()
    )
    return _Language(_Rows(rows("whole")), _Rows(rows("between")), _Rows(rows("words")), tuple(kinds))


def has_joining_text(language: str) -> bool:
    """Whether a model may write anything of its own in this language: only where its words were reviewed."""
    return language in _languages()


def is_joining_text(text: str, language: str) -> bool:
    """Whether this one sentence is made of the reviewed openers and words of its language alone."""
    spoken = _languages().get(language)
    if spoken is None or not _SPELLED.fullmatch(text.strip()):
        return False
    words = tuple(plain_word(fold(word)) for word in _WORD.findall(text))
    if not words or len(words) > MAX_WORDS:
        return False
    return len(words) in spoken.whole.ends(words, 0) or _clauses(words, spoken)


def _clauses(words: Row, spoken: _Language) -> bool:
    """Whether the words are clauses, one after another, up to the end."""
    starts = {0, *_after_joint(words, 0, spoken)}
    for _ in range(_MOST_CLAUSES):
        ends = {end for start in starts for end in _clause_ends(words, start, spoken)}
        if len(words) in ends:
            return True
        starts = {start for end in ends for start in _after_joint(words, end, spoken)}
    return False


def _clause_ends(words: Row, start: int, spoken: _Language) -> set[int]:
    """Where a clause that starts here may end, whatever its kind. Behind its opener it says something: a word of its
    kind, or its `once` row."""
    found = {end for end in spoken.whole.ends(words, start) if start}
    for kind in spoken.kinds:
        # (place, whether the one `once` row was used, whether anything was said): each looked at once
        ahead = [(end, False, False) for end in kind.openers.ends(words, start)]
        seen = set(ahead)
        while ahead:
            at, used, said = ahead.pop()
            if said:
                found.add(at)
            following = [(end, used, said) for end in spoken.shared.ends(words, at)]
            following += [(end, used, True) for end in kind.words.ends(words, at)]
            following += [(end, True, True) for end in kind.once.ends(words, at) if not used]
            ahead += [place for place in following if place not in seen]
            seen.update(following)
    return found


def _after_joint(words: Row, end: int, spoken: _Language) -> Iterator[int]:
    """Where the next clause may start: after a comma, a joining word, or both, in either order."""
    after_comma = _past_comma(words, end)
    if end and after_comma != end:
        yield after_comma
    for after_word in spoken.between.ends(words, after_comma if end else end):
        yield after_word
        yield _past_comma(words, after_word)


def _past_comma(words: Row, at: int) -> int:
    return at + 1 if at < len(words) and words[at] == "," else at
