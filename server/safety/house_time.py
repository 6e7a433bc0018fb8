"""Whether a time of day in a draft is an appointment's, an opening or closing time of the day it is said of, or the mail's."""

import re

from server.safety.calendar_truth import subjects_near
from server.safety.reading import Passage, Reading
from server.safety.topics import APPOINTMENT_NOUN, HOURS_WORDS
from server.text.calendar_words import SHORT_WEEKDAYS, WEEKDAYS, one_of
from server.text.times import TimeMention

_ALL_DAYS = {**SHORT_WEEKDAYS, **WEEKDAYS}
_WORKDAYS = re.compile(
    r"\b(?:werkdagen|weekdays|doordeweeks|working days|door de week|during the week|week days|business days)\b"
)

_DAY = rf"(?:{one_of((*WEEKDAYS, *SHORT_WEEKDAYS))})"
_DAY_RANGE = re.compile(
    rf"(?<![\w-])(?P<first>{_DAY})\.?(?:\s?(?:-|–|/|t/m|tot en met|t\.m\.|to|through|tot|until)\s?(?P<last>{_DAY}))?(?![\w])"
)

_AFTER_SHORT = re.compile(r"[.:]{0,2}\s?(?:\d|van \d|from \d|gesloten|closed|dicht)")  # "do" and "sun" are words too
_UNTIL = re.compile(r"(?:\b(?:tot|until|till|to|and|en)|[-–])\s?$")
_FROM = re.compile(r"\b(?:van|vanaf|from|between|tussen|after|na|since)\s?$")


def _day_ranges(folded: str) -> list[tuple[int, set[int]]]:
    """(where it ends, the weekdays) of "ma-vr", "za", "monday to friday"."""
    found = []
    for match in _DAY_RANGE.finditer(folded):
        first, last = (_ALL_DAYS[match[name]] if match[name] else None for name in ("first", "last"))
        short = match["first"] in SHORT_WEEKDAYS and last is None
        if first is not None and (not short or _AFTER_SHORT.match(folded, match.end())):
            span = (last - first) % 7 if last is not None else 0
            found.append((match.end(), {(first + step) % 7 for step in range(span + 1)}))
    return found


def _weekdays_meant(time: TimeMention, passage: Passage) -> set[int]:
    """The days that a time is said of: those named last before it in its sentence; none: any day."""
    folded = passage.line.folded
    named = [
        (one.end, {one.weekday} if one.weekday is not None else {day.weekday() for day in one.days})
        for one in passage.line.dates
        if one.days
    ]
    named += _day_ranges(folded)
    named += [(match.end(), set(range(5))) for match in _WORKDAYS.finditer(folded)]
    before = sorted(((end, days) for end, days in named if end <= time.start), key=lambda one: (one[0], len(one[1])))
    after = sorted(((end, days) for end, days in named if end > time.start), key=lambda one: (one[0], len(one[1])))
    chosen = before[-1][1] if before else (after[0][1] if after else set(range(7)))
    return {day for day in chosen if day is not None}


def _house_minutes(time: TimeMention, passage: Passage, reading: Reading) -> set[int]:
    """Opening times after "van", closing times after "tot", else both."""
    before = passage.line.folded[max(0, time.start - 12) : time.start]
    stretches = [pair for weekday in _weekdays_meant(time, passage) for pair in reading.ledger.open_on(weekday)]
    opens, closes = {pair[0] for pair in stretches}, {pair[1] for pair in stretches}
    chosen = closes if _UNTIL.search(before) else opens if _FROM.search(before) else opens | closes
    return {at.hour * 60 + at.minute for at in chosen}


def _appointment_minutes(passage: Passage, time: TimeMention, reading: Reading) -> set[int]:
    ledger = reading.ledger
    near = set(subjects_near(passage.clause_at(time.start), passage, reading))
    chosen = [a for a in ledger.appointments if a.id in near] or list(ledger.appointments)
    starts = [a.start_at.astimezone(ledger.zone) for a in chosen]
    return {start.hour * 60 + start.minute for start in starts}


def _of_hours(folded: str) -> bool:
    return HOURS_WORDS.search(folded) is not None or any(len(days) > 1 for _, days in _day_ranges(folded))


def time_holds(time: TimeMention, passage: Passage, reading: Reading) -> bool:
    """Whether this time is borne out where it stands."""
    folded = passage.line.folded
    said = set(time.minutes)
    clause = passage.clause_at(time.start)
    of_house = _of_hours(folded) or not APPOINTMENT_NOUN.search(folded)
    visit = APPOINTMENT_NOUN.search(folded) or (clause and clause.subjects.appointment) or not _of_hours(folded)
    if visit and said & _appointment_minutes(passage, time, reading):
        return True
    if of_house and said & _house_minutes(time, passage, reading):
        return True
    claimed = bool(clause and any(claim.asserted for claim in clause.claims))
    fetches = bool(clause and all(claim.topic == "ready" for claim in clause.claims)) and _open_at(
        time, passage, reading
    )
    return bool(said & reading.ledger.mail_times) and (not claimed or fetches)


def _open_at(time: TimeMention, passage: Passage, reading: Reading) -> bool:
    """Whether the house is open at the time that the sender means to come."""
    stretches = [pair for weekday in _weekdays_meant(time, passage) for pair in reading.ledger.open_on(weekday)]
    spans = [(a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in stretches]
    return any(left <= minute <= right for minute in time.minutes for left, right in spans)
