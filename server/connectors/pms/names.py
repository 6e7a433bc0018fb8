"""Compares names as people write them: without accents, titles, tussenvoegsels or order, initials for first names."""

import re
import unicodedata
from collections.abc import Sequence

_PARTICLES = frozenset(
    [
        "van",
        "de",
        "den",
        "der",
        "het",
        "t",
        "ten",
        "ter",
        "te",
        "in",
        "op",
        "aan",
        "bij",
        "uit",
        "onder",
        "over",
        "voor",
        "vd",
        "vdr",
        "vande",
        "vander",
        "la",
        "le",
        "les",
        "du",
        "des",
        "el",
        "al",
        "bin",
        "ben",
        "ibn",
        "von",
        "zu",
        "zur",
        "di",
        "da",
        "dos",
        "do",
        "y",
        "en",
        "und",
    ]
)
_TITLES = frozenset(
    "dhr hr mevr mw mevrouw meneer heer mr mrs ms miss mister dr drs ir ing prof fam familie jr sr apotheek".split()  # noqa: SIM905
)
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "'": "", "’": "", "‘": "", "`": "", "´": ""}
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 200  # a display name may be as long as its sender likes


def name_words(name: str) -> tuple[str, ...]:
    """The words that tell people apart, folded, each once and in order: "Mw. J. van den Ákker" → ("j", "akker")."""
    plain = name[:_LONGEST].casefold().translate(_PLAIN)
    folded = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    words = _WORD.findall(folded.replace("ij", "y"))
    telling = [word for word in words if word not in _PARTICLES and word not in _TITLES]
    return tuple(dict.fromkeys(telling or words))


def _fits(word: str, others: Sequence[str]) -> bool:
    """Whether the word, or the initial that it is or that stands for it, is among the others."""
    return any(word == other or (1 in (len(word), len(other)) and word[0] == other[0]) for other in others)


def names_agree(asked: Sequence[str], known: Sequence[str]) -> bool:
    """Whether one name says no more than the other, and at least one whole word is the same. A single word agrees with
    every name that holds it, so the caller decides whether one word is enough."""
    if not any(len(word) > 1 and word in known for word in asked):
        return False
    return all(_fits(word, known) for word in asked) or all(_fits(word, asked) for word in known)
