"""Amounts of money in a text, in cents, because an amount in a draft must be one from an invoice."""

import re
from dataclasses import dataclass, field

from server.text.numbers import find_numbers, read_digits
from server.text.spans import Taken
from server.text.words import fold

_DIGITS = r"\d{1,9}(?:[.,]\d{3}){0,3}(?:[.,]\d{1,2}(?!\d))?"
_SIGN = r"(?:€|eur(?:o)?\b|\$|usd\b|£|gbp\b)"
_UNIT = r"\s{0,2}(?:€|euro(?:'?s)?\b|eur\b|dollars?\b|pounds?\b)"
_WRITTEN = re.compile(
    rf"(?<!\d)(?<!\d\s){_SIGN}\s{{0,3}}({_DIGITS})(?:,-|,--)?"
    rf"|(?<![\w.,])(\d{{1,9}}){_UNIT}\s(?:(?:en\s|and\s)?(\d{{1,2}})\s?cents?\b|(\d{{2}})(?![\w.,:/-]))"
    rf"|(?<![\w.,])({_DIGITS})(?:,-|,--)?{_UNIT}"
    rf"|(?<![\w.,])(\d{{1,2}})\s?cents?\b"
)
# an amount without its sign ("een rekening van 46,20"); not a strength, a time or a percentage
_BARE = re.compile(
    r"(?<![\w.,/-])(\d{1,5}[.,]\d{2})(?![\d/]|[.,]\d|\s?(?:mg|mcg|ug|g|ml|ie|e|iu|uur|u|am|pm|hrs|a\.m|p\.m|microgram|milligram|gram|units?|%|°)\b|\s?%|\s?-\s?\d|-\d)"
)
_EURO_AFTER = re.compile(r"\s{0,2}(?:euro(?:'?s)?|eur|dollars?|pounds?)\b")
_CENT_JOIN = re.compile(r"\s(?:en\s|and\s)?")
_CENT_AFTER = re.compile(r"\s?cents?\b")


@dataclass(frozen=True)
class Money:
    """`cents`: the amount; `bare`: written without sign or unit, so it may be something else."""

    words: str = field(repr=False)
    cents: int
    start: int
    end: int
    bare: bool = False


def _cents(digits: str) -> int:
    return round(read_digits(digits) * 100)


def _in_words(text: str, folded: str) -> list[Money]:
    """ "sixty-four euros and fifty cents", "vierenzestig euro vijftig"."""
    numbers = [number for number in find_numbers(text) if number.written]
    found = []
    for place, number in enumerate(numbers):
        euro = _EURO_AFTER.match(folded, number.end)
        if not euro:
            continue
        cents, end = round(number.value * 100), euro.end()
        join = _CENT_JOIN.match(folded, end)
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        if join and after and after.start == join.end() and after.value < 100:
            cents += round(after.value)
            cent = _CENT_AFTER.match(folded, after.end)
            end = cent.end() if cent else after.end
        found.append(Money(text[number.start : end], cents, number.start, end))
    return found


def find_money(text: str) -> tuple[Money, ...]:
    """Every amount, in the order of the text."""
    folded = fold(text)
    found = _in_words(text, folded) if any(word in folded for word in ("euro", "dollar", "pound")) else []
    for match in _WRITTEN.finditer(folded):
        signed, whole, said_cents, bare_cents, unit, only_cents = match.groups()
        cents = int(said_cents or bare_cents or only_cents or 0)
        euros = signed or whole or unit
        total = (_cents(euros) if euros else 0) + cents
        found.append(Money(text[match.start() : match.end()], total, *match.span()))
    taken = Taken(len(text))
    found = [money for money in found if taken.claim(money.start, money.end)]
    for match in _BARE.finditer(folded):
        if taken.claim(*match.span()):
            found.append(Money(match[1], _cents(match[1]), *match.span(), bare=True))
    return tuple(sorted(found, key=lambda money: money.start))
