"""Reads how a medicine is taken from its label or prescription ("2dd1", "1x daags 1 tablet", "1 TAB PO BID") and says how
long a quantity lasts. What is not understood in full is not read: no number here is a guess."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from server.text.directions_words import CODE_UNITS, DAYS, DUTCH, ENGLISH, FIXED, LOCAL, NUMBERS, ROMAN, UNIT_OF
from server.text.words import fold

_LONGEST = 160  # characters of a dosage text; longer ones are stories
_BETWEEN = re.compile(r"[\s,;:.()+]+")
_TRAILING_ZERO = re.compile(r"\d[.,]0+(?!\d)")
_STEP = re.compile(r"(?P<times>\d{1,2})d(?P<amount>\d{1,2})t\s?(?P<days>\d{1,3})\s?d(?:agen)?")
_IN_ML = {"teaspoon": 5, "tablespoon": 15}


@dataclass(frozen=True)
class Directions:
    """How much is taken in a day, at `least` and at `most`, counted in `unit` ("piece", "ml", "puff", "drop", "unit",
    "weight"); `times`: gifts a day at most; `as_needed` without `capped` has no most that holds; `cycle`: days taken and days
    not; `course_days`: it ends after so many days; `course_units`: what a course of steps (a taper) needs in all."""

    least: Fraction
    most: Fraction
    unit: str
    times: Fraction
    as_needed: bool = False
    capped: bool = False
    cycle: tuple[int, int] | None = None
    course_days: int | None = None
    course_units: int | None = None


_Found = Mapping[str, list[dict[str, str | None]]]


@lru_cache(maxsize=4096)
def read_directions(text: str, country: str = "") -> Directions | None:
    """The directions, or None when a word of them is not understood. `country`: whose codes ("US", "GB") where they differ;
    a code that means two things is not read without it. Dutch first, since labels here are Dutch."""
    folded = fold(text).strip()[:_LONGEST]
    if not folded or _TRAILING_ZERO.search(folded):
        return None
    steps = [_STEP.fullmatch(part.strip()) for part in re.split(r"[,;]| dan ", folded)]
    if len(steps) > 1 and all(steps):
        return _taper([step for step in steps if step is not None])
    for rules in (DUTCH, (*LOCAL.get(country, ()), *ENGLISH)):
        found = _scan(folded, rules)
        if found is not None and (read := _put_together(found)) is not None:
            return read
    return None


def _scan(text: str, rules: tuple[tuple[str, str], ...]) -> _Found | None:
    """What stands in the text, by kind; None when a part fits no rule."""
    compiled = _compiled(rules)
    found: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    at = 0
    while at < len(text):
        gap = _BETWEEN.match(text, at)
        if gap:
            at = gap.end()
            continue
        hit = next(((kind, match) for kind, rule in compiled if (match := rule.match(text, at))), None)
        if hit is None:
            return None
        found[hit[0]].append(hit[1].groupdict())
        at = hit[1].end()
    return found


@lru_cache(maxsize=8)
def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rules)


def _number(text: str | None) -> Fraction:
    words = (text or "1").strip()
    return Fraction(NUMBERS.get(words, ROMAN.get(words, words)).replace(",", "."))


def _range(groups: Mapping[str, str | None], name: str = "") -> tuple[Fraction, Fraction]:
    low = _number(groups.get(f"low{name}"))
    high = _number(groups[f"high{name}"]) if groups.get(f"high{name}") else low
    return (low, high) if low <= high else (high, low)


def _per_day(groups: Mapping[str, str | None]) -> tuple[Fraction, Fraction]:
    """Gifts a day, fewest and most."""
    fixed = groups.get("fixed") or groups.get("named")
    if fixed:
        return Fraction(FIXED[fixed]), Fraction(FIXED[fixed])
    if groups.get("alternate"):
        days = 2 if groups["alternate"] == "dag" else 14
        return Fraction(1, days), Fraction(1, days)
    days = 7 if groups.get("weekly") else DAYS[groups.get("period") or "dag"] * int(groups.get("every") or 1)
    low, high = _range(groups)
    return low / days, high / days


def _every(groups: Mapping[str, str | None]) -> tuple[Fraction, Fraction]:
    shortest = int(groups["least"] or 0)
    longest = int(groups.get("longest") or shortest)
    if not 1 <= shortest <= longest <= 24:
        return Fraction(0), Fraction(0)
    return Fraction(24, longest), Fraction(24, shortest)


def _put_together(found: _Found) -> Directions | None:
    """One way of taking made of what stood there; None when it does not add up to exactly one."""
    gifts = [*map(_per_day, found.get("times", [])), *map(_every, found.get("hours", []))]
    amounts = [(*_range(one), UNIT_OF[one["unit"] or ""]) for one in found.get("amount", [])]
    for code in found.get("code", []):
        gifts.append(_per_day(code))
        if code.get("low2"):
            unit = CODE_UNITS.get(code.get("unit") or "") or UNIT_OF.get(code.get("word") or "", "piece")
            amounts.append((*_range(code, "2"), unit))
    bare = [_range(one) for one in found.get("bare", [])]
    moments = len(found.get("moment", []))
    if bare and len(amounts) + len(bare) == moments and not gifts:  # "'s ochtends 1 en 's avonds 2"
        amounts += [(*one, amounts[0][2] if amounts else "piece") for one in bare]
    elif bare and not amounts and len(bare) == 1 and len(gifts) == 1:  # "2x daags 1"
        amounts = [(*bare[0], "piece")]
    elif bare:
        return None
    return _one_way(found, gifts, amounts, moments)


def _one_way(
    found: _Found, gifts: list[tuple[Fraction, Fraction]], amounts: list[tuple[Fraction, Fraction, str]], moments: int
) -> Directions | None:
    if not amounts or len({unit for *_, unit in amounts}) > 1 or len(gifts) > 1:
        return None
    unit = amounts[0][2]
    if gifts and len(amounts) == 1:
        times = gifts[0]
        least, most = times[0] * amounts[0][0], times[1] * amounts[0][1]
    elif not gifts and moments and len(amounts) in (1, moments):
        times = (Fraction(moments), Fraction(moments))
        each = moments if len(amounts) == 1 else 1
        least = sum((a[0] for a in amounts), Fraction(0)) * each
        most = sum((a[1] for a in amounts), Fraction(0)) * each
    elif not gifts and found.get("needed") and len(amounts) == 1:
        times, least, most = (Fraction(0), Fraction(0)), Fraction(0), Fraction(0)
    else:
        return None
    return _with_limits(found, least, most, unit, times[1], amounts[0][1])


def _with_limits(
    found: _Found, least: Fraction, most: Fraction, unit: str, times: Fraction, gift: Fraction
) -> Directions | None:
    caps = [_number(one["high"]) for one in found.get("cap", [])]
    caps += [_number(one["high"]) * gift for one in found.get("cap_times", [])]
    if caps:
        most = min(caps) if not most else min(most, *caps)
    factor = (2 if found.get("both") else 1) * _IN_ML.get(unit, 1)
    if not most:
        return None
    cycle = next(((int(c["on"] or 0), int(c["off"] or 0)) for c in found.get("cycle", [])), None)
    course = next((int(c["count"] or 0) * DAYS[c["period"] or "dagen"] for c in found.get("course", [])), None)
    return Directions(
        least=least * factor,
        most=most * factor,
        unit="ml" if unit in _IN_ML else unit,
        times=times,
        as_needed=bool(found.get("needed")),
        capped=bool(caps or found.get("hours")),
        cycle=cycle,
        course_days=course,
    )


def _taper(steps: list[re.Match[str]]) -> Directions:
    """Steps of so many days each ("3D1T 3d, 2D1T 3d"): a course that is not repeated."""
    daily = [Fraction(int(step["times"]) * int(step["amount"])) for step in steps]
    days = [int(step["days"]) for step in steps]
    units = sum(int(amount) * length for amount, length in zip(daily, days, strict=True))
    times = max(Fraction(int(step["times"])) for step in steps)
    return Directions(min(daily), max(daily), "piece", times, course_days=sum(days), course_units=units)


def days_supply(
    directions: Directions | None, quantity: float | None, *, prime_units: float = 0, longest_days: int | None = None
) -> int | None:
    """Whole days that a quantity, counted in the directions' unit, lasts when the most is taken: so that nobody is refused
    a repeat who ran out. `prime_units`: lost at each gift (insulin pens); `longest_days`: after which an opened container
    is thrown away. None when the directions do not say."""
    if directions is None or quantity is None or quantity <= 0 or (directions.as_needed and not directions.capped):
        return None
    if directions.unit == "weight":  # nobody counts a hand-over in milligram
        return None
    if directions.course_units is not None:
        return directions.course_days if quantity >= directions.course_units else None
    each_day = directions.most + directions.times * Fraction(prime_units)
    days = int(Fraction(quantity) / each_day)
    if directions.cycle is not None:
        taken, paused = directions.cycle
        days += (days // taken) * paused if taken else 0
    limits = [limit for limit in (directions.course_days, longest_days) if limit is not None]
    return min([days, *limits]) or None


def longest_supply(directions: Directions | None, quantity: float | None) -> int | None:
    """Whole days that it may last when the least is taken; None when that is nothing."""
    if directions is None or not directions.least or quantity is None or directions.unit == "weight":
        return None
    return int(Fraction(quantity) / directions.least) or None
