"""Numbers that identify a person or an account (BSN, IBAN, payment card): a draft never holds one."""

import re
from dataclasses import dataclass, field
from typing import Literal

from server.text.spans import Taken

IdentifierKind = Literal["bsn", "iban", "card"]

_BSN = re.compile(
    r"(?<![\w.,/+€-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. -]\d{3}[. -]\d{3}|\d{3}[. -]\d{2}[. -]\d{4})(?![\w/-]|[.,]\d)"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,32}(?![A-Za-z0-9])")
_CARD = re.compile(r"(?<![\w+])[2-6]\d{3}(?:[ -]?\d){9,15}(?!\w)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_MARKS = str.maketrans("", "", " .-")


@dataclass(frozen=True)
class Identifier:
    """One number that identifies, as it stands in the text."""

    kind: IdentifierKind
    words: str = field(repr=False)
    start: int = 0
    end: int = 0


def is_bsn(digits: str) -> bool:
    """The 11-test of the burgerservicenummer on nine digits."""
    if len(digits) != 9 or not digits.isdecimal() or not digits.isascii() or int(digits) == 0:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def is_iban(text: str) -> bool:
    """ISO 13616: the letters as numbers, modulo 97 must be 1."""
    if not 15 <= len(text) <= 34 or not text.isascii() or not text.isalnum():
        return False
    turned = text[4:].upper() + text[:4].upper()
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def is_card(digits: str) -> bool:
    """Luhn's test on 13 to 19 digits."""
    if not 13 <= len(digits) <= 19 or not digits.isdecimal() or not digits.isascii() or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _ibans(text: str) -> list[Identifier]:
    """A run of groups may hold a following word ("NL91 ABNA … 00 op naam"): the longest beginning that passes counts."""
    found = []
    for match in _IBAN.finditer(text):
        words = match[0]
        for cut in [len(words), *(m.start() for m in reversed(list(re.finditer(r"[ -]", words))))]:
            if is_iban(words[:cut].translate(_MARKS)):
                found.append(Identifier("iban", words[:cut], match.start(), match.start() + cut))
                break
    return found


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Every BSN, IBAN and card number that passes its own test, in the order of the text."""
    taken = Taken(len(text))
    found = [iban for iban in _ibans(text) if taken.claim(iban.start, iban.end)]
    for match in _CARD.finditer(text):
        if is_card(match[0].translate(_MARKS)) and taken.claim(*match.span()):
            found.append(Identifier("card", match[0], *match.span()))
    for match in _BSN.finditer(text):
        if is_bsn(match[0].translate(_MARKS)) and taken.claim(*match.span()):
            found.append(Identifier("bsn", match[0], *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))
