"""Whether a text says a certain day in the month and weekday names of any language that Babel knows: for reading back what
was written in a language of which the readers of free text know no words."""

import re
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from server.text.words import fold

_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


@lru_cache(maxsize=16)
def _names(language: str, country: str) -> tuple[dict[str, int], dict[str, int]] | None:
    """Folded names of months (1 to 12) and weekdays (0 to 6), those of the country ("Jänner") among them; None for a
    language that nobody has described."""
    locales = [locale for code in (language, f"{language}_{country}") if (locale := _locale(code))]
    if not locales:
        return None

    def named(get: Any) -> dict[str, int]:
        tables = [get("wide", context, locale) for context in _CONTEXTS for locale in locales]
        return {fold(name): place for table in tables for place, name in table.items()}

    return named(get_month_names), named(get_day_names)


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None


def _taken_out(text: str, names: dict[str, int]) -> tuple[str, set[int]]:
    """The text without these names, and which they were. The longest first: "decembrie" holds no "dec"."""
    found: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        if name and name in text:
            found.add(names[name])
            text = text.replace(name, " ")
    return text, found


def says_day(text: str, day: date, language: str, country: str = "") -> bool:
    """Whether a text is this day and nothing else: its day of the month, its month by name, and neither another year nor
    another weekday."""
    names = _names(language, country)
    if names is None:
        return False
    left, weekdays = _taken_out(fold(text), names[1])
    left, months = _taken_out(left, names[0])
    numbers = [int(number) for number in re.findall(r"\d+", left)]
    right_numbers = sorted(numbers) in ([day.day], sorted([day.day, day.year]))
    return right_numbers and months == {day.month} and weekdays in (set(), {day.weekday()})
