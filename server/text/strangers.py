"""Names of persons nobody told us of: what has a capital and is no ordinary word, what no dictionary has, what stands where
a name stands. Hides too much rather than too little; linear in the length of the text."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import attrgetter

from server.text.ordinary_words import Ordinary, how_ordinary, is_slip
from server.text.person_tokens import Word, is_foreign, is_loud, read_words
from server.text.person_words import (
    BEFORE_NAMES,
    DETERMINERS,
    FAREWELL,
    GREETING,
    INTRODUCED,
    NAMED,
    OF_PERSONS,
    PERSON_VERBS,
    SAID_TO_BE,
    TITLES,
)
from server.text.words import fold

_LONGEST_NAME = 5  # words of one name, particles among them
_SHORT_LINE = 5  # words of a line that may be a name
_ABBREVIATION = 4  # letters in capitals that abbreviate something, when nothing near says that it is a name
_SHORT_WORD = 6  # letters of a word that may be somebody's first name as well
_FIRST_NAME = 10  # letters of a first name that a dictionary has as a word
_CAMEL = re.compile(r"[a-z][A-Z]")
_SCOTS = re.compile(r"(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|Von|O)[A-Z]")
_MEN_OF_MONTHS = frozenset({"jan"})
_place = attrgetter("start")
_REST_OF_LINE = re.compile(r"[^\n]{0,80}(?:$|(?=\n))")
_NEXT_LINE = re.compile(r"\s{0,8}([^\n]{1,80})(?:\n|$)")
_DOSED = re.compile(
    r"[ ]{0,2}(?:\d[\d.,/]{0,12}[ ]?(?:mg|mcg|µg|ug|g|gr|ml|ie|iu|%|microgram|milligram|dd)\b|(?:zalf|cr[eè]me|cream|gel|spray|tablet|capsule|druppel|inhaler|oint|siroop|drank"
    r"|syrup|pleister|patch|pump|pomp|pen\b|neusspray|oogdruppel))", re.IGNORECASE,
)  # fmt: skip


def find_strangers(text: str, safe: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    """The places of words that are part of somebody's name, in the order of the text. `safe(start, end)`: whether a
    stretch is read already (a medicine, a number) and no name."""
    loud = is_loud(text)
    words = read_words(text, safe, loud)
    foreign = is_foreign(words)
    for at, word in enumerate(words):
        word.name = not word.safe and _alone_a_name(words, at, text, foreign)
    low = fold(text)
    _after_cues(words, low)
    _signed(words, low)
    _short_lines(words, text, loud)
    _initials(words)
    _joined(words)
    _said_before(words)
    yield from ((word.start, word.end) for word in words if word.name)


def _tail_is_ordinary(word: str) -> bool:
    """Whether it ends in a small ordinary word ("HPV-prik"), so that the capitals before it are no name's."""
    head, dash, tail = word.rpartition("-")
    return bool(dash and head) and tail.islower() and how_ordinary(tail) >= Ordinary.WORD


def _alone_a_name(words: list[Word], at: int, text: str, foreign: bool) -> bool:
    """Whether a word is a name by itself and by the words right beside it."""
    word = words[at]
    if word.soft and word.low in _MEN_OF_MONTHS and word.capital:
        return not any(map(str.isdigit, text[max(0, word.start - 4) : word.end + 4]))
    if word.ordinary is Ordinary.NEVER or word.end - word.start < 2 or _tail_is_ordinary(word.text):
        return False
    if _CAMEL.search(word.text) and not _SCOTS.match(word.text):
        return False  # "eGFR", "MijnApotheek"
    if word.capital:
        return _capital_names(words, at, text)
    if word.shouted:
        return word.ordinary is Ordinary.UNKNOWN and len(word.text) > _ABBREVIATION
    return word.ordinary is Ordinary.UNKNOWN and not foreign and len(word.low) > 2 and not _explained(word, text)


def _explained(word: Word, text: str) -> bool:
    """Whether a word that no dictionary has is a slip of a common one, or dosed as a medicine is."""
    return is_slip(fold(word.low)) or _DOSED.match(text, word.end) is not None


def _capital_names(words: list[Word], at: int, text: str) -> bool:
    word = words[at]
    before, behind = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
    if word.ordinary is Ordinary.UNKNOWN:
        slip = word.opens and is_slip(fold(word.low)) and not (behind and behind.after and behind.low in PERSON_VERBS)
        return not slip and _DOSED.match(text, word.end) is None
    if word.ordinary is Ordinary.FREQUENT:
        return False
    if not word.opens and before is not None:
        return word.ordinary is Ordinary.WORD or before.low not in DETERMINERS
    if word.ordinary is Ordinary.COMMON or behind is None:
        return False
    does = behind.after and not behind.opens and (behind.low in PERSON_VERBS or behind.low in ("en", "and"))
    return (does and len(word.low) <= _FIRST_NAME) or word.low.endswith("'s")


def _run(words: list[Word], at: int, least: Ordinary) -> None:
    """A name that starts at `at`: words no more ordinary than `least`, or with a capital, and the particles between."""
    took = 0
    for number in range(at, min(at + _LONGEST_NAME, len(words))):
        word = words[number]
        if number > at and not word.after:
            return
        fits = word.fits and (
            word.capital or word.initial or word.ordinary <= (max(least, Ordinary.WORD) if took else least)
        )
        lonely = word.capital and not _goes_on(words, number)
        if fits and (not word.particle or took or lonely):
            word.name, took = True, took + 1
        elif not word.particle or (took and not _goes_on(words, number)):
            return


def _goes_on(words: list[Word], at: int) -> bool:
    """Whether a particle is followed by what may be a surname."""
    for word in words[at + 1 : at + 3]:
        if not word.particle:
            return word.after and word.ordinary <= Ordinary.WORD
    return False


def _after_cues(words: list[Word], low: str) -> None:
    places = {word.start: at for at, word in enumerate(words)}
    for pattern, least in (
        (NAMED, Ordinary.COMMON),
        (INTRODUCED, Ordinary.WORD),
        (SAID_TO_BE, Ordinary.UNKNOWN),
        (GREETING, Ordinary.WORD),
    ):
        for match in pattern.finditer(low):
            at = places.get(match.end())
            if at is not None:
                _run(words, at, least)
    for at, word in enumerate(words[:-1]):
        follows = words[at + 1]
        if word.low in OF_PERSONS and follows.after and not (follows.opens and word.low not in TITLES):
            short = len(follows.low) <= _SHORT_WORD or word.low in TITLES or follows.particle
            _run(words, at + 1, Ordinary.WORD if short else Ordinary.UNKNOWN)


def _signed(words: list[Word], low: str) -> None:
    """What follows a farewell: on its line, or alone on the next."""
    for match in FAREWELL.finditer(low):
        line = _REST_OF_LINE.match(low, match.end())
        if line and line[0].strip(" .,!-"):
            _name_line(words, *line.span())
            continue
        rest = _NEXT_LINE.match(low, match.end())
        if rest:
            _name_line(words, *rest.span(1))


def _between(words: list[Word], start: int, end: int) -> list[Word]:
    first = bisect_left(words, start, key=_place)
    return words[first : bisect_left(words, end, key=_place)]


def _name_line(words: list[Word], start: int, end: int) -> None:
    """Names all words of a short stretch, unless one of them is what names do not hold."""
    inside = _between(words, start, end)
    telling = [
        word for word in inside if not word.particle and word.low not in OF_PERSONS and word.low not in ("en", "and")
    ]
    if not telling or len(inside) > _SHORT_LINE or not all(word.fits or word.name or word.initial for word in telling):
        return
    for word in telling:
        word.name = word.name or not word.safe


def _short_lines(words: list[Word], text: str, loud: bool) -> None:
    """Words with a capital that are a sentence by themselves ("… doen? Kris de Groot (06…)"), and a last line of one or two
    words. One word that mails use ("Prima.") is no name."""
    first_line = text.find("\n", len(text) - len(text.lstrip()))
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and words[end].after and not words[end].opens and not _new_line(words, end, text):
            end += 1
        inside = words[at:end]
        capital = all(word.capital or word.initial or word.particle or word.shouted or loud for word in inside)
        last = end == len(words) and len(inside) < 3 and _new_line(words, at, text)
        behind = text[inside[-1].end : inside[-1].end + 3].lstrip(" .")
        alone = inside[0].opens and inside[0].start > first_line and not behind.startswith((",", "?", "!", ":"))
        one = inside[0] if len(inside) == 1 else None
        ordinary = one is not None and not one.soft and (one.ordinary > Ordinary.WORD or len(one.low) > _FIRST_NAME)
        if at and alone and len(inside) <= _SHORT_LINE and (capital or last) and (last or not ordinary):
            _name_line(inside, inside[0].start, inside[-1].end)
        at = end


def _new_line(words: list[Word], at: int, text: str) -> bool:
    """Whether a line ends between a word and the one before it."""
    return at > 0 and "\n" in text[words[at - 1].end : words[at].start]


def _initials(words: list[Word]) -> None:
    """ "J. de Vries", "K Bakker": after an initial the next word with a capital is a surname."""
    for at, word in enumerate(words[:-1]):
        if word.end - word.start > 1 or not (word.initial or words[at + 1].ordinary <= Ordinary.WORD):
            continue
        number = at + 1
        while number < min(at + 4, len(words) - 1) and words[number].particle and words[number].after:
            number += 1
        last = words[number]
        if last.after and last.fits and (last.capital or last.shouted) and word.initial:
            last.name = word.name = True


def _joined(words: list[Word]) -> None:
    """What stands against a name and may be the rest of it: "Wolf Winter", "saar de boer"."""
    for at in range(1, len(words)):
        word = words[at]
        if word.name or not word.after or word.opens or word.safe:
            continue
        through = at - 1
        while through > 0 and words[through].particle and words[through].after and at - through < 3:
            through -= 1
        before = words[through]
        if not before.name or before.low.endswith("'s") or (through != at - 1 and not words[through + 1].after):
            continue
        if word.capital or word.shouted:
            word.name = word.fits
        elif word.ordinary is Ordinary.WORD:
            sure = through != at - 1 or (before.ordinary is Ordinary.UNKNOWN and not before.capital)
            word.name = sure and len(word.low) <= _FIRST_NAME
    for word, behind in pairwise(words):
        if (
            not (word.name or word.safe)
            and behind.name
            and behind.after
            and behind.written_large
            and word.written_large
        ):
            word.name = word.ordinary in (Ordinary.WORD, Ordinary.COMMON) and word.low not in BEFORE_NAMES


def _said_before(words: list[Word]) -> None:
    """Who is named once is named wherever the word stands again."""
    said = {
        word.low.removesuffix("'s")
        for word in words
        if word.name and word.ordinary <= Ordinary.COMMON and len(word.low) > 1
    }
    for word in words:
        if not word.name and not word.safe and word.low.removesuffix("'s") in said:
            word.name = word.ordinary <= Ordinary.WORD or word.capital
