"""Reads opening hours as a pharmacy writes them ("ma-vr 08:00-18:00, za 9-13 uur, zo gesloten"); in doubt it reads nothing."""

import re
from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache

from server.model.pharmacy import OpeningTime

_DAYS = {
    word: weekday
    for weekday, words in enumerate((
        "ma maandag maandags mo mon monday mondays", "di dinsdag dinsdags tu tue tues tuesday tuesdays",
        "wo woensdag woensdags we wed weds wednesday wednesdays", "do donderdag donderdags th thu thur thurs thursday thursdays",
        "vr vrijdag vrijdags fr fri friday fridays", "za zaterdag zaterdags sa sat saturday saturdays",
        "zo zondag zondags su sun sunday sundays",
    ))
    for word in words.split()
}  # fmt: skip
_GROUPS = {
    **dict.fromkeys(("werkdagen", "weekdagen", "doordeweeks", "weekdays"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekend", "weekends"), (5, 6)),
    **dict.fromkeys(("dagelijks", "daily"), (0, 1, 2, 3, 4, 5, 6)),
}
_CLOSED = {"gesloten", "dicht", "closed"}
_TO = {"tot", "to", "until", "till", "tm", "through"}
_NOISE = {
    "en",
    "met",
    "and",
    "van",
    "from",
    "op",
    "on",
    "uur",
    "u",
    "h",
    "open",
    "geopend",
    "opening",
    "openingstijden",
    "hours",
}
_TOKEN = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.uh](?P<minute>\d{2}))?(?!\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"|(?P<to>t/m|[-–—])|(?P<word>[a-z]+)|(?P<skip>[\s,;:.|])"
)
_LONGEST = 500


@dataclass
class _Reader:
    """What has been read so far; `hours` None for a day that is said to be closed."""

    hours: dict[int, list[OpeningTime] | None] = field(default_factory=dict)
    days: list[int] = field(default_factory=list)
    told: bool = True  # whether the days named last have their hours
    to: bool = False
    opens: tuple[int, int, str] | None = None
    readable: bool = True

    def day(self, weekdays: tuple[int, ...]) -> None:
        if self.opens is not None:
            self.readable = False
        if self.told:
            self.days, self.told = [], False
        if self.to and self.days:
            span = (weekdays[0] - self.days[-1]) % 7
            weekdays = tuple((self.days[-1] + step) % 7 for step in range(1, span + 1))
        self.days.extend(weekdays)
        self.to = False

    def closed(self) -> None:
        if self.told or self.to or any(day in self.hours for day in self.days):
            self.readable = False
        self.hours.update(dict.fromkeys(self.days))
        self.told = True

    def clock(self, hour: int, minute: int, half: str) -> None:
        if self.opens is None:
            self.readable &= bool(self.days) and not self.to
            self.opens = (hour, minute, half)
            return
        stretch = _stretch(self.opens, (hour, minute, half))
        self.readable &= self.to and stretch is not None
        self.opens, self.to, self.told = None, False, True
        if stretch is None:
            return
        for day in self.days:
            kept = self.hours.setdefault(day, [])
            if kept is None or any(stretch[0] < other.closes for other in kept):
                self.readable = False
            else:
                kept.append(OpeningTime(day, *stretch))


def _stretch(opens: tuple[int, int, str], closes: tuple[int, int, str]) -> tuple[time, time] | None:
    begin, end = _minutes(*opens), _minutes(*closes)
    if closes[2] == "p" and not opens[2] and opens[0] < 12 and begin + 720 < end:
        begin += 720  # "1-5pm"
    if not 0 <= begin < end <= 24 * 60:
        return None
    end = min(end, 24 * 60 - 1)  # a day ends a minute early rather than at its own beginning
    return time(begin // 60, begin % 60), time(end // 60, end % 60)


def _minutes(hour: int, minute: int, half: str) -> int:
    """-1 for no time of a day."""
    if minute > 59 or hour > 24 or (half and not 1 <= hour <= 12):
        return -1
    return (hour % 12 + (12 if half == "p" else 0) if half else hour) * 60 + minute


@lru_cache(maxsize=64)
def read_week(text: str) -> tuple[tuple[OpeningTime, ...], frozenset[int]]:
    """The stretches by weekday, and the days that the text says are closed; both empty unless every word was understood:
    half a week told as a whole one would send people to a closed door."""
    lowered, position, reader = text.casefold(), 0, _Reader()
    if len(lowered) > _LONGEST:
        return (), frozenset()
    while position < len(lowered):
        token = _TOKEN.match(lowered, position)
        if token is None or not _take(token, reader):
            return (), frozenset()
        position = token.end()
    if not reader.readable or not reader.told or reader.opens is not None or reader.to:
        return (), frozenset()
    closed = frozenset(day for day, stretches in reader.hours.items() if not stretches)
    return tuple(stretch for day in sorted(reader.hours) for stretch in reader.hours[day] or ()), closed


def read_hours(text: str) -> tuple[OpeningTime, ...]:
    """The stretches of `read_week` alone."""
    return read_week(text)[0]


def _take(token: re.Match[str], reader: _Reader) -> bool:
    """Whether the token means something here."""
    word = token["word"]
    if token["hour"]:
        reader.clock(int(token["hour"]), int(token["minute"] or 0), token["half"] or "")
    elif token["to"] or word in _TO:
        reader.to = True
    elif word in _DAYS:
        reader.day((_DAYS[word],))
    elif word in _GROUPS:
        reader.day(_GROUPS[word])
    elif word in _CLOSED:
        reader.closed()
    elif word and word not in _NOISE:
        return False
    return reader.readable
