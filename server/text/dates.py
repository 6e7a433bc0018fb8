"""Dates and days in a text, in digits and in words, Dutch and English, because a wrong date sends a patient home empty-handed."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from server.text.calendar_words import (
    DAY,
    MONTH,
    MONTHS,
    NAMED_DAYS,
    RELATIVE,
    RELATIVE_PHRASES,
    SHORT_WEEKDAYS,
    WEEKDAY,
    WEEKDAYS,
    one_of,
    read_day,
)
from server.text.numbers import NUMBER_WORDS
from server.text.spans import Taken
from server.text.words import fold

DateKind = Literal["day", "weekday", "relative", "month", "distance"]

_SHORT = one_of(SHORT_WEEKDAYS)
_LEAD = rf"(?:(?P<weekday>{WEEKDAY}|(?:{_SHORT})\.?(?=\s\d))(?:en|s)?,?\s+)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d{2})(?!\d))?"
_DAY_MONTH = re.compile(
    rf"\b{_LEAD}(?:(?:the|de)\s+)?(?P<day>{DAY})\s+(?:dag\s+)?(?:of\s+|van\s+)?(?P<month>{MONTH})\b\.?{_YEAR}"
)
_MONTH_DAY = re.compile(rf"\b{_LEAD}(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<day>{DAY})(?!\d|[.:,]\d)\b{_YEAR}")
_NUMERIC = re.compile(
    rf"\b{_LEAD}(?<![\d.,/-])(?P<day>\d{{1,2}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}})(?![\d/-]|[.,]\d)"
)
_ISO = re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d|-\d)")
_NO_YEAR = re.compile(
    rf"(?:\b(?:op|vanaf|van|sinds|tot|per|on|from|since|until|by|dated|d\.d\.|t/m|tussen|en|of|to|{WEEKDAY})\s+)"
    r"(?P<day>\d{1,2})(?P<mark>[-/])(?P<month>\d{1,2})(?![\d/-]|[.,:]\d|\s?(?:mg|ml|uur|x|tab|caps|keer|dagen|weken|days|weeks))"
)
_NTH = re.compile(
    rf"\b{_LEAD}(?:the|de)\s+(?P<day>\d{{1,2}}\s?(?:ste|de|e|st|nd|rd|th))\b(?!\s+(?:keer|time|herhaling|verdieping|floor))"
)
_NAMED = re.compile(rf"\b(?:{one_of(NAMED_DAYS)})\b")
_WEEKDAY = re.compile(
    rf"\b(?P<which>(?:komende|aankomende|aanstaande|a\.s\.|volgende|volgende week|next week|afgelopen|vorige|deze|next|last|this|coming)\s+)?"
    rf"(?P<weekday>{WEEKDAY})(?P<tail>en|s|ochtend|morgen|middag|avond)?\b(?P<later>\s+(?:over een week|next week|volgende week))?"
)
_RELATIVE = re.compile(rf"(?<![\w'-])(?:{one_of(RELATIVE_PHRASES)}|{one_of(RELATIVE)})\b")
_COUNT = rf"(?P<count>\d{{1,3}}|een|a|an|{one_of(word for word, value in NUMBER_WORDS.items() if 1 <= value <= 31 and value == int(value) and word != 'een')})"
_UNIT = r"(?P<unit>dag(?:en)?|week|weken|maand(?:en)?|days?|weeks?|months?)"
_AHEAD = re.compile(
    rf"\b(?:over|in|na)\s+(?:ongeveer\s+|zo'n\s+|about\s+|circa\s+)?{_COUNT}\s+{_UNIT}\b(?!\s+(?:lang|geleden|ago))(?:'?\s+time)?"
)
_WAITING = re.compile(  # "ligt al een week klaar", "has been ready for two days"
    rf"\b(?:(?:al|reeds|sinds|inmiddels|alweer)\s+(?:ongeveer\s+|ruim\s+|bijna\s+|zo'n\s+|meer dan\s+)?"
    rf"|(?:been|waiting|ready|there|here)\s+(?:\w+\s+){{0,3}}for\s+(?:about\s+|over\s+|more than\s+|almost\s+|the past\s+)?)(?P<words>{_COUNT}\s+{_UNIT})\b"
)
_AGO = re.compile(rf"\b{_COUNT}\s+{_UNIT}\s+(?:geleden|ago)\b")
_MONTH = re.compile(
    rf"\b(?:(?P<lead>in|of|since|until|by|eind|begin|half|medio|end of|early|late|mid|van|sinds|tot|vanaf|november)\s+)?(?P<month>{one_of(m for m in MONTHS if len(m) > 3 or m == 'mei')}|may)\b(?:\s+(?P<year>(?:19|20)\d{{2}})(?!\d))?"
)
_ONE = re.compile(r"\b[éÉ][éÉ]n\b")  # "één december", once folded, would look like an article
_RANK = {"day": 0, "relative": 1, "distance": 1, "weekday": 2, "month": 3}
_LENGTH = {"d": 1, "w": 7, "m": 30}


@dataclass(frozen=True)
class DateMention:
    """A date in a text. `days`: what it may mean (no year: last, this and next year's; a bare weekday: the ones nearby);
    empty when there is no such day. `weekday`: named with it. `habitual`: "maandags", "on Mondays".
    A "month" has no days but `month`."""

    words: str = field(repr=False)
    start: int
    end: int
    kind: DateKind
    days: tuple[date, ...] = ()
    weekday: int | None = None
    habitual: bool = False
    month: int = 0
    year: int = 0


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(year: str | None, today: date) -> tuple[int, ...]:
    if not year:
        return today.year - 1, today.year, today.year + 1
    return (int(year) if len(year) == 4 else 2000 + int(year),)


def _named_weekday(words: str | None) -> int | None:
    if not words:
        return None
    bare = words.rstrip(".")
    return WEEKDAYS.get(bare, SHORT_WEEKDAYS.get(bare))


def _calendar_days(folded: str, today: date, language: str) -> list[DateMention]:
    """Dates with a day and a month."""
    found = []
    for pattern in (_ISO, _NUMERIC, _DAY_MONTH, _MONTH_DAY, _NO_YEAR):
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            day = read_day(groups["day"])
            month = MONTHS.get(groups["month"]) or int(groups["month"])
            orders = {(month, day)}
            if language == "en" and pattern in (_NUMERIC, _NO_YEAR):
                orders.add((day, month))
            years = _years(groups.get("year"), today)
            days = [made for y in years for m, d in orders if (made := _make(y, m, d))]
            start = match.start("day") if pattern is _NO_YEAR else match.start()
            if pattern is _NO_YEAR and not days:
                continue  # "van 30/150": no date after all
            found.append(
                DateMention("", start, match.end(), "day", tuple(sorted(days)), _named_weekday(groups.get("weekday")))
            )
    return found


def _nth_and_named(folded: str, today: date) -> list[DateMention]:
    """ "the 30th" of this or a neighbouring month, and days that have a name."""
    found = []
    around = [
        ((today.year * 12 + today.month - 1 + step) // 12, (today.month - 1 + step) % 12 + 1) for step in (-1, 0, 1, 2)
    ]
    for match in _NTH.finditer(folded):
        days = [made for year, month in around if (made := _make(year, month, read_day(match["day"])))]
        found.append(DateMention("", *match.span(), "day", tuple(days), _named_weekday(match["weekday"])))
    for match in _NAMED.finditer(folded):
        month, day = NAMED_DAYS[match[0]]
        found.append(
            DateMention("", *match.span(), "day", tuple(date(year, month, day) for year in _years(None, today)))
        )
    return found


def _weekdays(folded: str, today: date) -> list[DateMention]:
    found = []
    for match in _WEEKDAY.finditer(folded):
        weekday, which = WEEKDAYS[match["weekday"]], (match["which"] or "").strip()
        ahead = (weekday - today.weekday()) % 7
        steps = [ahead - 7, ahead, ahead + 7]
        if which in ("afgelopen", "vorige", "last"):
            steps = [ahead - 7, ahead - 14]
        elif which or match["later"]:
            steps = [ahead, ahead + 7]
        days = tuple(today + timedelta(days=step) for step in steps if step or not which)
        habitual = match["tail"] in ("en", "s")
        found.append(DateMention("", *match.span(), "weekday", days, weekday, habitual))
    return found


def _relative(folded: str, today: date) -> list[DateMention]:
    found = []
    for match in _RELATIVE.finditer(folded):
        step = RELATIVE_PHRASES.get(match[0], RELATIVE.get(match[0], 0))
        found.append(DateMention("", *match.span(), "relative", (today + timedelta(days=step),)))
    for pattern, sign in ((_AHEAD, 1), (_AGO, -1), (_WAITING, -1)):
        for match in pattern.finditer(folded):
            count = (
                1
                if match["count"] in ("een", "a", "an")
                else int(NUMBER_WORDS.get(match["count"], 0) or match["count"])
            )
            length = _LENGTH[match["unit"][0]] * count
            day = today + timedelta(days=sign * min(length, 3650))
            place = match.span("words") if pattern is _WAITING else match.span()
            found.append(DateMention("", *place, "distance", (day,)))
    return found


def _months(folded: str) -> list[DateMention]:
    found = []
    for match in _MONTH.finditer(folded):
        if match["month"] in ("may", "march", "mei") and not match["lead"]:
            continue  # also ordinary words
        start = match.start("month")
        year = int(match["year"]) if match["year"] else 0
        found.append(DateMention("", start, match.end(), "month", month=MONTHS[match["month"]], year=year))
    return found


def find_dates(text: str, language: str, today: date) -> tuple[DateMention, ...]:
    """Every date, day and month, in the order of the text; the most telling reading of a place wins."""
    folded = fold(_ONE.sub("1  ", text))
    readings = [
        *_calendar_days(folded, today, language),
        *_nth_and_named(folded, today),
        *_relative(folded, today),
        *_weekdays(folded, today),
        *_months(folded),
    ]
    taken = Taken(len(text))
    ranked = sorted(readings, key=lambda one: (_RANK[one.kind], one.start - one.end))
    found = [one for one in ranked if taken.claim(one.start, one.end)]
    return tuple(replace(one, words=text[one.start : one.end]) for one in sorted(found, key=lambda one: one.start))
