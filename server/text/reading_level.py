"""How hard a text is to read: Flesch's measure as each language counts it. B1, the level of the house (domain rule 4), is 60 and up.

Dutch: W. H. Douma, De leesbaarheid van landbouwbladen (1960): 206.84 - 0.93 words per sentence - 0.77 syllables per 100 words.
English: R. Flesch, A new readability yardstick (1948): 206.835 - 1.015 words per sentence - 84.6 syllables per word.
German: T. Amstad, Wie verständlich sind unsere Zeitungen? (1978): 180 - words per sentence - 58.5 syllables per word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

B1 = 60.0  # Flesch's "standard"; schools and Dutch authorities read it as B1
LONG_WORDS = 20  # of a sentence
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:]*")


@dataclass(frozen=True)
class _Measure:
    constant: float
    per_length: float
    per_syllable: float
    nuclei: re.Pattern[str]


_MEASURES = {
    "nl": _Measure(206.84, 0.93, 77.0, re.compile(r"ieuw?|eeu|aai|ooi|oei|eau|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyáàâäéèêëíïóôöúûü]")),
    "en": _Measure(206.835, 1.015, 84.6, re.compile(r"[aeiouyé]+")),
    "de": _Measure(180.0, 1.0, 58.5, re.compile(r"ie|ei|ai|eu|äu|au|aa|ee|oo|[aeiouyäöü]")),
}  # fmt: skip
_SILENT = re.compile(
    r"(?<![aeiouyl])es?$|(?<=[aeiouy]l)es?$|(?<![aeiouydt])ed$"
)  # "prescribe", "file", "picked": no syllable
_APART = re.compile(r"i[ao](?!n)|eo(?!p)|ua(?!r)|iu")  # two vowels that are two syllables in English ("appliance")


@lru_cache(maxsize=4096)
def syllables(word: str, language: str) -> int:
    """How many syllables a word has, at least one. Counted by its vowels: right for nine words of ten."""
    lower = word.lower()
    if lower[:1].isdigit():
        return 2  # "24", "7,50": said in a word or two
    count = len(_MEASURES[language].nuclei.findall(lower))
    if language == "en":
        count += len(_APART.findall(lower)) - len(_SILENT.findall(lower))
    return max(count, 1)


def words_of_sentence(sentence: str) -> tuple[str, ...]:
    """What counts as a word: letters with their hyphens and apostrophes, or a number."""
    return tuple(_WORD.findall(sentence))


def reading_ease(sentences: Sequence[str], language: str) -> float | None:
    """0 (hard) to 100 (easy), now and then beyond; None for a language without a measure or a text without words."""
    measure = _MEASURES.get(language)
    rows = [words for sentence in sentences if (words := words_of_sentence(sentence))]
    total = sum(map(len, rows))
    if measure is None or not total:
        return None
    spoken = sum(syllables(word, language) for words in rows for word in words)
    return measure.constant - measure.per_length * total / len(rows) - measure.per_syllable * spoken / total
