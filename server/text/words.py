"""A text cut into words that can be compared: lower case, no accents, no hidden or look-alike letters."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTERS = rf"(?:[^\W\d_]|[\u0300-\u036f{_INVISIBLE}])"
TOKEN = re.compile(rf"\d+|{_LETTERS}(?:{_LETTERS}|\d)*(?:['’‘`´]{_LETTERS}+)*")
_SHORT_FORMS = "st dr mw mr mrs ms dhr mevr nr tel evt ca bv bijv vs resp incl excl max min ivm mbt aub svp"
_ABBREVIATED = frozenset(_SHORT_FORMS.split())
_QUOTES = {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
# Cyrillic, Greek and other letters that pass for Latin ones; read so only in a word that has Latin letters too.
_LOOKALIKES = str.maketrans("аеорсухіјѕһԁԛԝѵґαεορνικχυτηωϲıɡɩʏԍ", "aeopcyxijshdqwvraeopvikxutnwciqiyg")


class _Folding(dict[int, str | None]):
    """Lower case, no diacritics, straight quotes: filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        plain = "".join(c for c in unicodedata.normalize("NFD", char.lower()) if unicodedata.category(c) != "Mn")
        one = _QUOTES.get(char) or (plain if len(plain) <= 1 else char.lower())
        self[code] = one if len(one) == 1 else (None if unicodedata.category(char) == "Mn" else char)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case, diacritics and curly quotes gone. Composed text (NFC) keeps its length, so offsets stay true."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


@lru_cache(maxsize=20_000)
def plain_word(raw: str) -> str:
    """One word as it is compared: folded, hidden characters out, look-alike letters back to Latin, "can't" as "cant"."""
    if not raw.isascii():
        raw = raw.translate({ord(c): None for c in _INVISIBLE})
        raw = unicodedata.normalize("NFKC", raw)
        if re.search("[a-z]", raw, re.IGNORECASE):
            raw = raw.lower().translate(_LOOKALIKES)
    folded = fold(raw)
    return folded[:-2].rstrip("'") + "t" if folded.endswith("n't") else folded


@dataclass(frozen=True)
class Words:
    """A text cut into words. `ends` holds the numbers of the words that a sentence end or empty line comes before;
    `marks`: by class ("medicine", "complaint"), the first word's number → last words' numbers of what belongs to it."""

    text: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...] = field(repr=False)
    ends: frozenset[int] = field(repr=False)
    marks: Mapping[str, Mapping[int, tuple[int, ...]]] = field(repr=False, default_factory=dict)

    def quote(self, first: int, last: int) -> str:
        """The text as it stands there, from word `first` up to and with word `last`."""
        return self.text[self.spans[first][0] : self.spans[last][1]]


def cut_words(text: str) -> Words:
    """The words of a text: letters with inner apostrophes, or digits ("10mg" is two)."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    ends: set[int] = set()
    previous = 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start - previous > 1 and words and _ends_sentence(text[previous : min(start, previous + 200)], words[-1]):
            ends.add(len(words))
        words.append(plain_word(match.group()[:200]))
        spans.append((start, end))
        previous = end
    return Words(text, tuple(words), tuple(spans), frozenset(ends))


def _ends_sentence(between: str, before: str) -> bool:
    """Whether what stands between two words ends a sentence; a full stop after an abbreviation does not."""
    if "." in between and (len(before) == 1 or before in _ABBREVIATED):
        between = between.replace(".", "", 1)
    return any(mark in between for mark in ".!?…") or between.count("\n") > 1


def clipped(words: str, most: int = 80) -> str:
    """The words, or their beginning and "…" where they are longer than a line should hold."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
