"""Opening hours as a pharmacy writes them ("ma-vr 08:00-18:00, za 09:00-13:00"), read so that they can be told and checked."""

import re
from datetime import time
from functools import lru_cache

from server.model.pharmacy import OpeningTime
from server.text.calendar_words import SHORT_WEEKDAYS, WEEKDAYS, one_of
from server.text.words import fold

_DAYS = {**SHORT_WEEKDAYS, **WEEKDAYS}
_DAY = rf"(?:{one_of(_DAYS)})"
_PART = re.compile(
    rf"(?P<first>{_DAY}|werkdagen|weekdays|dagelijks|daily)\.?(?:\s?(?:-|–|t/m|tot en met|to|through)\s?(?P<last>{_DAY})\.?)?"
    rf"(?P<more>(?:\s?(?:,|en|and|&)\s?{_DAY}\b\.?){{0,5}})\s*:?\s*(?:van\s|from\s)?(?P<opens>\d{{1,2}}[:.]\d{{2}})\s?(?:uur\s)?(?:-|–|tot|to)\s?(?P<closes>\d{{1,2}}[:.]\d{{2}})"
    r"(?:\s?(?:uur)?\s?(?:en|and|,|/|&)\s?(?P<opens2>\d{1,2}[:.]\d{2})\s?(?:-|–|tot|to)\s?(?P<closes2>\d{1,2}[:.]\d{2}))?"
)


def _time(words: str) -> time | None:
    hour, minute = (int(part) for part in re.split(r"[:.]", words))
    return time(hour % 24, minute) if minute < 60 else None


def _weekdays(first: str, last: str | None, more: str) -> list[int]:
    if first in ("werkdagen", "weekdays"):
        return [0, 1, 2, 3, 4]
    if first in ("dagelijks", "daily"):
        return list(range(7))
    start = _DAYS[first]
    days = [start] if not last else [(start + step) % 7 for step in range((_DAYS[last] - start) % 7 + 1)]
    return days + [_DAYS[word] for word in re.findall(_DAY, more or "")]


@lru_cache(maxsize=64)
def read_hours(text: str) -> tuple[OpeningTime, ...]:
    """The stretches that the text names; empty when it is not understood."""
    found = []
    for match in _PART.finditer(fold(text[:500])):
        for opens, closes in (("opens", "closes"), ("opens2", "closes2")):
            if match[opens]:
                start, end = _time(match[opens]), _time(match[closes])
                days = _weekdays(match["first"], match["last"], match["more"])
                found += [OpeningTime(day, start, end) for day in days if start and end]
    return tuple(found)


_CLOSED = re.compile(
    rf"(?P<first>{_DAY})\.?(?:\s?(?:-|–|t/m|tot en met|to|through)\s?(?P<last>{_DAY})\.?)?"
    rf"(?P<more>(?:\s?(?:,|en|and|&)\s?{_DAY}\b\.?){{0,5}})\s*:?\s*(?:gesloten|dicht|closed)\b"
)
_BETWEEN = re.compile(r"\b(?:en|and|op|on|van|from|uur|wij zijn|we are|open|geopend)\b")


@lru_cache(maxsize=64)
def read_week(text: str) -> tuple[tuple[OpeningTime, ...], frozenset[int]]:
    """The stretches, and the days that the text says are closed; both empty unless every word was understood: half a
    week told as a whole one would send people to a closed door."""
    folded = fold(text[:500])
    rest = _CLOSED.sub(" ", _PART.sub(" ", folded))
    if re.search(r"\w", _BETWEEN.sub(" ", rest)):
        return (), frozenset()
    closed = {
        day for match in _CLOSED.finditer(folded) for day in _weekdays(match["first"], match["last"], match["more"])
    }
    stretches = read_hours(text)
    return stretches, frozenset(closed - {stretch.weekday for stretch in stretches})
