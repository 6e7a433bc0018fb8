"""The words of a mail as a reader of names sees them: how each is written, where it stands, how ordinary it is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from server.text.ordinary_words import LANGUAGES, Ordinary, how_ordinary, in_dictionary, may_be_name
from server.text.person_words import OF_PERSONS, PARTICLES, TITLES
from server.text.words import fold

NAME_WORD = re.compile(r"(?<![\d_])[^\W\d_]++(?:['’-][^\W\d_]++)*+(?![\d_])")
_LOUD = 0.6  # share of capitals from which a text is shouted: capitals say nothing then
_FOREIGN = 0.4  # share of unknown words in lower case from which a text is in another language
_TELLING = 200  # words that tell the language
_BY_FAR = 1.3
_FEW = 8  # words in lower case from which that can be told
_GAP = re.compile(r"[ \t.]{1,3}(?:\n)?")
_STARTS = '.!?:;…>•*|\n"“‘()-'


@dataclass
class Word:
    """A word of the text. `capital`: that says something here; `opens`: a sentence starts with it; `after`: no more than a
    space stands between it and the word before."""

    text: str = field(repr=False)
    start: int
    end: int
    low: str = field(repr=False)
    ordinary: Ordinary
    capital: bool
    shouted: bool
    opens: bool
    after: bool
    safe: bool = False
    name: bool = False
    soft: bool = False  # a place or short for a month or weekday: somebody may be called so ("Jan", "Chad")

    @property
    def fits(self) -> bool:
        """Whether it may be a name where a name stands."""
        return not self.safe and (self.ordinary < Ordinary.FREQUENT or (self.soft and self.text[0].isupper()))

    @property
    def written_large(self) -> bool:
        """With a capital that says something, or all capitals among small letters."""
        return self.capital or self.shouted

    @property
    def initial(self) -> bool:
        return self.end - self.start == 1 and self.text.isupper()

    @property
    def particle(self) -> bool:
        return self.low in PARTICLES


def is_loud(text: str) -> bool:
    """Whether a text is shouted: capitals say nothing in it."""
    letters = [char for char in text if char.isalpha()]
    return sum(map(str.isupper, letters)) > _LOUD * len(letters)


def _languages_of(text: str) -> tuple[str, ...]:
    """The language whose dictionary has by far the most of the first words, else both."""
    words = {match[0] for match in islice(NAME_WORD.finditer(text.lower()), _TELLING)}
    had = sorted((sum(in_dictionary(word, (language,)) for word in words), language) for language in LANGUAGES)
    return (had[-1][1],) if had[-1][0] >= _FEW and had[-1][0] > _BY_FAR * had[0][0] else LANGUAGES


def read_words(text: str, safe: Callable[[int, int], bool], loud: bool) -> list[Word]:
    """All words, in the order of the text. `safe(start, end)`: whether a stretch is read already and no name; `loud`: whether
    the text is shouted."""
    languages = _languages_of(text)
    words: list[Word] = []
    before = 0
    for match in NAME_WORD.finditer(text):
        word, start = match[0], match.start()
        gap = text[before:start]
        capital = word[0].isupper() and not loud
        shouted = capital and len(word) > 1 and word.isupper()
        low = word.lower().replace("’", "'")
        opens = not words or any(mark in _STARTS for mark in gap)
        after = bool(words) and _GAP.fullmatch(gap) is not None
        kind = (
            Ordinary.NEVER
            if low in OF_PERSONS and not (capital and not opens and low not in TITLES)
            else how_ordinary(low[:40], languages)
        )
        soft = kind >= Ordinary.FREQUENT and low not in OF_PERSONS and may_be_name(fold(low))
        words.append(
            Word(
                word,
                start,
                match.end(),
                low,
                kind,
                capital and not shouted,
                shouted,
                opens,
                after,
                safe(start, match.end()),
                soft=soft,
            )
        )
        before = match.end()
    return words


def is_foreign(words: Iterable[Word]) -> bool:
    """Whether so many of its words are in no dictionary that the text is in another language."""
    small = [word for word in words if not (word.capital or word.shouted or word.safe)]
    return len(small) >= _FEW and sum(word.ordinary is Ordinary.UNKNOWN for word in small) > _FOREIGN * len(small)
