"""Numbers as people write them, in digits and in Dutch or English words, because a draft's "vijf flesjes" is a claim too."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from server.text.words import fold

_NL_UNITS = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_NL_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
_EN_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NL_ORDINALS = [
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
    "twaalfde",
    "dertiende",
    "veertiende",
    "vijftiende",
    "zestiende",
    "zeventiende",
    "achttiende",
    "negentiende",
]
_EN_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]


def _dutch() -> dict[str, float]:
    words: dict[str, float] = {word: value for value, word in enumerate(_NL_UNITS)}
    for step, ten in enumerate(_NL_TENS, 2):
        words[ten] = step * 10
        for unit in range(1, 10):
            words[f"{_NL_UNITS[unit]}en{ten}"] = step * 10 + unit
    small = dict(words)
    words["honderd"] = 100
    for hundreds, prefix in [(1, ""), *((n, _NL_UNITS[n]) for n in range(2, 10))]:
        words[f"{prefix}honderd"] = hundreds * 100
        for word, value in small.items():
            if value:
                words[f"{prefix}honderd{word}"] = words[f"{prefix}honderden{word}"] = hundreds * 100 + value
    return {**words, "duizend": 1000, "anderhalf": 1.5, "anderhalve": 1.5, "dozijn": 12}


def _english() -> dict[str, float]:
    words: dict[str, float] = {word: value for value, word in enumerate(_EN_UNITS)}
    for step, ten in enumerate(_EN_TENS, 2):
        words[ten] = step * 10
        for unit in range(1, 10):
            words[f"{ten}-{_EN_UNITS[unit]}"] = step * 10 + unit
    return {**words, "dozen": 12}


def _ordinals() -> dict[str, int]:
    words = {word: value for names in (_NL_ORDINALS, _EN_ORDINALS) for value, word in enumerate(names, 1)}
    for step, ten in enumerate(_NL_TENS, 2):
        words[f"{ten}ste"] = step * 10
        words |= {f"{_NL_UNITS[unit]}en{ten}ste": step * 10 + unit for unit in range(1, 10)}
    for step, ten in enumerate(_EN_TENS, 2):
        words[f"{ten[:-1]}ieth"] = step * 10
        words |= {f"{ten}-{_EN_ORDINALS[unit - 1]}": step * 10 + unit for unit in range(1, 10)}
        words |= {f"{ten} {_EN_ORDINALS[unit - 1]}": step * 10 + unit for unit in range(1, 10)}
    return words


NUMBER_WORDS: dict[str, float] = {**_english(), **_dutch()}
ORDINAL_WORDS: dict[str, int] = _ordinals()
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_JOINS = re.compile(r"[\s-]{1,3}(?:and[\s-]{1,3})?")


@dataclass(frozen=True)
class Number:
    """A number in a text. `written`: in words. Dutch "een" without accents is an article and is never found."""

    words: str = field(repr=False)
    value: float
    start: int
    end: int
    written: bool = False


def read_digits(digits: str) -> float:
    """ "1.250" and "1,250" are thousands, "0,5" and "12.95" decimals, "1.234,50" both."""
    if _THOUSANDS.fullmatch(digits) and len({c for c in digits if not c.isdigit()}) == 1:
        return float(re.sub(r"[.,]", "", digits))
    parts = re.split(r"[.,]", digits)
    if len(parts) == 1:
        return float(digits[:18])
    return float("".join(parts[:-1])[:18] + "." + parts[-1][:18])


@lru_cache(maxsize=4096)
def read_number_word(word: str) -> float | None:
    """The value of one folded number word ("vierenzestig", "sixty-four"), else None."""
    return NUMBER_WORDS.get(word)


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number, in the order of the text; "one hundred and five" is one."""
    folded = fold(text)
    found: list[Number] = []
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        if folded[start].isdigit():
            found.append(Number(text[start:end], read_digits(match[0]), start, end))
            continue
        value = read_number_word(match[0])
        if match[0] == "hundred":
            value = 100
        if value is None or (match[0] == "een" and text[start:end].isascii()):
            continue
        found.append(Number(text[start:end], value, start, end, written=True))
    return tuple(_joined(text, found))


def _joined(text: str, numbers: list[Number]) -> list[Number]:
    """Puts the words of one English number together: "two" "hundred" "and" "five", "sixty" "four"."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if last and last.written and number.written and _JOINS.fullmatch(fold(text[last.end : number.start])):
            value = None
            if number.value == 100 and last.value < 10 and fold(number.words) == "hundred":
                value = last.value * 100
            elif (last.value >= 100 and last.value % 100 == 0 and number.value < 100) or (
                last.value in range(20, 100, 10)
                and 0 < number.value < 10
                and " and " not in text[last.end : number.start]
            ):
                value = last.value + number.value
            if value is not None:
                joined[-1] = Number(text[last.start : number.end], value, last.start, number.end, written=True)
                continue
        joined.append(number)
    return joined
