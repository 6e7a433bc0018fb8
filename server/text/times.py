"""Times of day and lengths of time in a text ("14:00", "half tien", "a quarter past nine", "binnen twee uur")."""

import re
from dataclasses import dataclass, field

from server.text.calendar_words import one_of
from server.text.numbers import NUMBER_WORDS
from server.text.spans import Taken
from server.text.words import fold

_HOUR_WORDS = {word: int(value) for word, value in NUMBER_WORDS.items() if 1 <= value <= 12 and value == int(value)}
_HOUR = rf"(?:\d{{1,2}}|{one_of(_HOUR_WORDS)})"
_NOON = r"(?P<half>\s?(?:a\.?m\.?|p\.?m\.?)(?![a-z]))"
_CLOCK = re.compile(
    rf"(?<![\d.,:/])(?P<hour>\d{{1,2}})(?::|u|h)(?P<minute>[0-5]\d)(?!\d|:\d){_NOON}?(?:\s?(?:uur|u|hrs?|o'clock)\b)?"
)
_DOTTED = re.compile(
    rf"(?<![\d.,:/€-])(?<!€\s)(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?!\d|[.,]\d)(?:{_NOON}|\s?(?:uur|u|hrs?)\b|(?=\s?(?:-|–|tot|to|en|and)\s?\d{{1,2}}\.\d{{2}}))"
)
_RANGE_END = re.compile(  # "9.00-13.00": the second has no unit of its own
    r"(?<=\d\.\d\d)\s?(?:-|–|tot|to)\s?(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?!\d|[.,]\d)(?:\s?(?:uur|u|hrs?)\b)?"
)
_RANGE_START = re.compile(  # "8-18 uur", "9 - 13u"
    r"(?<![\w.,:/€-])(?P<hour>\d{1,2})(?=\s?[-–]\s?\d{1,2}\s?(?:uur|u\b|o'clock|a\.?m|p\.?m))"
)
_WHOLE = re.compile(
    rf"(?:(?<![\w.,:/-])|(?<=\d[-–]))(?P<hour>{_HOUR})(?:{_NOON}|\s?(?:uur|u|o'clock)\b)(?!\s+(?:lang\b|later|long\b|geleden|ago|van tevoren|eerder))"
)
_OPENEND = re.compile(  # "van 8 tot 18 uur", "from nine to one": the first has no unit of its own
    rf"\b(?:van|from|tussen|between|vanaf)\s+(?P<hour>{_HOUR})(?=\s?(?:-|–|tot|to|until|till|en|and)\s+{_HOUR}(?:\s?(?:uur|u\b|o'clock|a\.?m|p\.?m)|[,.;)\s]|$))"
)
_HALF_DUTCH = re.compile(rf"\bhalf\s(?P<hour>{one_of(w for w in _HOUR_WORDS)})\b(?:\s?uur\b)?")
_HALF_ENGLISH = re.compile(rf"\bhalf\s(?:past\s)?(?P<hour>{_HOUR})\b{_NOON}?")
_QUARTER = re.compile(
    rf"\b(?P<minutes>kwart|(?:a\s)?quarter|vijf|tien|twintig|five|ten|twenty|twenty-five)\s(?:minuten\s|minutes\s)?(?P<side>over|voor|past|to)\s(?P<middle>half\s)?(?P<hour>{_HOUR})\b{_NOON}?"
)
_PLAIN = re.compile(
    rf"\b(?:at|om|tot|until|till|by|rond|around)\s(?P<hour>{_HOUR})\b(?=\s+(?:in the (?:morning|afternoon|evening)|'s (?:ochtends|morgens|middags|avonds)|s (?:middags|ochtends|avonds)|sharp|precies))"
)
_AFTERNOON = re.compile(r"'?s middags (?:om|vanaf|tot|rond) (?P<hour>" + _HOUR + r")\b(?!\s?(?:mg|tablet))")
_NAMED = re.compile(r"\b(?P<name>noon|midday|midnight|middernacht)\b")
_PLACED_BY_HOUR = frozenset({_OPENEND, _PLAIN, _AFTERNOON, _RANGE_END})
_MINUTES = {
    "kwart": 15,
    "quarter": 15,
    "a quarter": 15,
    "vijf": 5,
    "five": 5,
    "tien": 10,
    "ten": 10,
    "twintig": 20,
    "twenty": 20,
    "twenty-five": 25,
}
_LENGTH = re.compile(
    rf"\b(?P<lead>binnen|within|in|over|uiterlijk|maximaal|at most)\s+(?:de\s|ongeveer\s|about\s|the next\s|the\s|nu en\s)?"
    rf"(?P<count>\d{{1,3}}(?:[.,]\d)?|een|a|an|half an|enkele|a few|{one_of(w for w, v in NUMBER_WORDS.items() if 1 <= v <= 72 and w != 'een')})"
    r"(?:\s?(?:-|à|a|tot|to)\s?\d{1,3})?\s?(?P<unit>minuut|minuten|uur|uren|dag|dagen|werkdag|werkdagen|week|weken|minutes?|hours?|days?|working days?|business days?|weeks?|kwartier)\b"
)


@dataclass(frozen=True)
class TimeMention:
    """A time of day. `minutes`: since midnight; two when "two o'clock" may be by night or day."""

    words: str = field(repr=False)
    minutes: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True)
class LengthMention:
    """A length of time with the word before it ("binnen een uur")."""

    words: str = field(repr=False)
    lead: str
    unit: str
    start: int
    end: int


def _read_hour(words: str) -> int:
    return int(words) if words.isdigit() else _HOUR_WORDS[words]


def _minutes(hour: int, minute: int, half: str | None) -> tuple[int, ...]:
    total = hour * 60 + minute
    if half:
        afternoon = "p" in half
        hour = hour % 12 + (12 if afternoon else 0)
        return (hour * 60 + minute,)
    return (total % 1440, (total + 720) % 1440) if 0 <= total <= 779 else (total,)


def _simple(folded: str) -> list[TimeMention]:
    found = []
    for pattern in (
        _CLOCK,
        _DOTTED,
        _HALF_DUTCH,
        _HALF_ENGLISH,
        _WHOLE,
        _OPENEND,
        _PLAIN,
        _AFTERNOON,
        _RANGE_END,
        _RANGE_START,
    ):
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            hour, minute = _read_hour(groups["hour"]), int(groups.get("minute") or 0)
            if hour > 24:
                continue
            if pattern is _HALF_DUTCH:
                hour, minute = hour - 1, 30
            elif pattern is _HALF_ENGLISH:
                minute = 30
            start = match.start("hour") if pattern in _PLACED_BY_HOUR else match.start()
            found.append(TimeMention("", _minutes(hour, minute, groups.get("half")), start, match.end()))
    return found


def _around(folded: str) -> list[TimeMention]:
    """ "kwart over negen", "tien voor half drie", "a quarter past nine"."""
    found = []
    for match in _QUARTER.finditer(folded):
        step = _MINUTES[match["minutes"]] * (1 if match["side"] in ("over", "past") else -1)
        total = _read_hour(match["hour"]) * 60 + step - (30 if match["middle"] else 0)
        found.append(TimeMention("", _minutes(total // 60, total % 60, match["half"]), *match.span()))
    for match in _NAMED.finditer(folded):
        found.append(TimeMention("", (720,) if match["name"] in ("noon", "midday") else (0,), *match.span()))
    return found


def find_lengths(text: str) -> tuple[LengthMention, ...]:
    """Lengths of time that somebody is told to reckon with."""
    folded = fold(text)
    return tuple(
        LengthMention(text[m.start() : m.end()], m["lead"], m["unit"], *m.span()) for m in _LENGTH.finditer(folded)
    )


def find_times(text: str) -> tuple[TimeMention, ...]:
    """Every time of day, in the order of the text; lengths of time are none."""
    folded = fold(text)
    taken = Taken(len(text))
    for length in find_lengths(text):
        taken.mark(length.start, length.end)
    found = [one for one in [*_around(folded), *_simple(folded)] if taken.claim(one.start, one.end)]
    placed = sorted(found, key=lambda one: one.start)
    return tuple(TimeMention(text[one.start : one.end], one.minutes, one.start, one.end) for one in placed)
