"""How a value reads in a sentence: dates written out, money, times, hours and lists, by language and country."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency

from server.drafting.house_facts import CLOSED
from server.model.reply import Fact, Piece

# Every field that a statement may name. Without a dot: of the record asked about; with one: of the mail as a whole.
RECORD_FIELDS = frozenset(
    {"medication", "earliest_refill", "ready_since", "expected_on", "prescriber", "named"}
    | {"appointment_kind", "appointment_date", "appointment_time"}
    | {"invoice_number", "invoice_date", "invoice_description", "amount", "covered", "amount_due", "lab_name"}
)
HOUSE_FIELDS = frozenset(
    f"pharmacy.{name}"
    for name in (
        *("name", "phone", "email", "address", "emergency_phone", "out_of_hours_phone", "portal_url"),
        *("opening_hours", "open_days", "closed_days"),
    )
)
FIELDS = RECORD_FIELDS | HOUSE_FIELDS | {"patient.name", "sender.salutation", "sender.first_name", "coverage.insurer"}
OPENING_FIELDS = frozenset({"pharmacy.open_days", "pharmacy.closed_days"})

MONEY_FIELDS = frozenset({"amount", "covered", "amount_due"})
_WITH_WEEKDAY = frozenset({"earliest_refill", "ready_since", "expected_on", "appointment_date"})
_COMMON_NOUNS = frozenset({"appointment_kind", "lab_name", "invoice_description"})
_DATES = {
    "nl_NL": ("EEEE ", "d MMMM", " y"),
    "nl_BE": ("EEEE ", "d MMMM", " y"),
    "en_GB": ("EEEE ", "d MMMM", " y"),
    "en_US": ("EEEE, ", "MMMM d", ", y"),
}
_UNTIL = {"nl": "tot en met", "en": "to"}
_FROM_TO = {"nl": "van {opens} tot {closes}", "en": "from {opens} to {closes}"}
_SLOT = "\ue000"  # stands for a piece while Babel writes the list around it
_AS_WRITTEN = "“{}”"  # a Dutch description in a letter of another language
_ROLE = re.compile(r"^([^,]{1,80}), ?([^\W\d][\w -]{2,40})$")


@lru_cache
def _locale(language: str, country: str) -> Locale:
    name = {"nl": {"BE": "nl_BE"}.get(country, "nl_NL"), "en": {"US": "en_US"}.get(country, "en_GB")}[language]
    return Locale.parse(name)


def _lower_first(text: str) -> str:
    """A common noun as it stands inside a sentence; "HbA1c" and "TSH" stay as they are."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


@dataclass(frozen=True)
class Speech:
    """A language as this house speaks it. `terms`: Dutch words of records → words of this language, lower-cased keys."""

    language: str
    today: date
    country: str = "NL"
    terms: Mapping[str, str] = field(default_factory=dict)

    @property
    def _babel(self) -> Locale:
        return _locale(self.language, self.country)

    def day(self, day: date, *, weekday: bool) -> str:
        """ "dinsdag 24 november"; with the year when that is not this one."""
        name, core, year = _DATES[str(self._babel)]
        pattern = (name if weekday else "") + core + (year if day.year != self.today.year else "")
        return format_date(day, pattern, locale=self._babel)

    def clock(self, at: datetime | str, *, unit: bool = True) -> str:
        """ "14.00 uur", "14:00", "2:00 p.m."."""
        moment = datetime.strptime(at, "%H:%M") if isinstance(at, str) else at  # noqa: DTZ007 - a time of day only
        if self.language == "nl":
            return f"{moment.hour}.{moment.minute:02}" + (" uur" if unit else "")
        if str(self._babel) == "en_US":
            return format_time(moment.time(), "h:mm a", locale=self._babel).replace("AM", "a.m.").replace("PM", "p.m.")
        return format_time(moment.time(), "HH:mm", locale=self._babel)

    def money(self, cents: int) -> str:
        """ "€ 23,85", "€23.85"."""
        return format_currency(cents / 100, "EUR", locale=self._babel).replace("\u00a0", " ")

    def hours(self, value: str) -> str:
        """ "van 8.00 tot 12.00 en van 13.00 tot 18.00 uur"."""
        if value == CLOSED:
            return {"nl": "gesloten"}.get(self.language, CLOSED)
        stretches = []
        for stretch in value.split(", "):
            opens, closes = (self.clock(part, unit=False) for part in stretch.split("-"))
            stretches.append(_FROM_TO[self.language].format(opens=opens, closes=closes))
        text = format_list(stretches, locale=self._babel)
        return f"{text} uur" if self.language == "nl" else text

    def _prescriber(self, value: str) -> str:
        """ "M. Visser, huisarts" reads as "huisarts M. Visser"; "M. Visser (GP)" in English."""
        parts = _ROLE.match(value.strip())
        if parts is None:
            return value.strip()
        role = self.term(parts[2])
        return f"{role} {parts[1]}" if self.language == "nl" else f"{parts[1]} ({role})"

    def _knows(self, word: str) -> bool:
        return word.strip().lower() in self.terms

    def term(self, word: str) -> str:
        """The word in this language; as it stands in the record when nobody translated it."""
        return self.terms.get(word.strip().lower()) or word.strip()

    def say(self, fact: Fact) -> str:
        """The fact's value as it reads inside a sentence."""
        value = fact.value
        if isinstance(value, datetime):
            return self.clock(value)
        if isinstance(value, date):
            return self.day(value, weekday=fact.kind in _WITH_WEEKDAY)
        if fact.kind in MONEY_FIELDS and isinstance(value, int):
            return self.money(value)
        if fact.kind == "hours":
            return self.hours(str(value))
        if fact.kind == "prescriber":
            return self._prescriber(str(value))
        if fact.kind == "invoice_description" and self.language != "nl" and not self._knows(str(value)):
            return _AS_WRITTEN.format(str(value).strip())
        if fact.kind in _COMMON_NOUNS:
            return _lower_first(self.term(str(value)))
        return str(value)

    def join(
        self, items: Sequence[tuple[Piece, ...]], style: Literal["standard", "or"] = "standard"
    ) -> tuple[Piece, ...]:
        """The items as a list of this language ("A, B en C"), each keeping its own pieces."""
        if len(items) == 1:
            return items[0]
        around = format_list([_SLOT] * len(items), style=style, locale=self._babel).split(_SLOT)
        pieces: list[Piece] = []
        for before, item in zip(around, (*items, ()), strict=True):
            pieces += [Piece(before)] * bool(before) + list(item)
        return tuple(pieces)

    def _day_runs(self, hours: Sequence[Fact]) -> Iterator[tuple[list[Fact], str]]:
        """Neighbouring weekdays with the same hours, and how they are called together."""
        names = get_day_names("wide", locale=self._babel)
        runs: list[list[Fact]] = []
        for fact in hours:
            if runs and runs[-1][-1].value == fact.value and _weekday(runs[-1][-1]) + 1 == _weekday(fact):
                runs[-1].append(fact)
            else:
                runs.append([fact])
        for run in runs:
            called = [names[_weekday(fact)] for fact in run]
            through = f"{called[0]} {_UNTIL[self.language]} {called[-1]}"
            yield run, through if len(called) > 2 else format_list(called, locale=self._babel)

    def opening(self, hours: Sequence[Fact], *, closed: bool) -> tuple[Piece, ...]:
        """The days that the house is open with their hours, or the days that it is closed; empty when there are none."""
        chosen = [fact for fact in sorted(hours, key=_weekday) if (fact.value == CLOSED) is closed]
        items = [
            (Piece(days if closed else f"{days} {self.say(run[0])}", tuple(fact.path for fact in run)),)
            for run, days in self._day_runs(chosen)
        ]
        return self.join(items) if items else ()


def _weekday(fact: Fact) -> int:
    return int(fact.path.rpartition(".")[2])


def read_terms(pairs: Sequence[str]) -> dict[str, str]:
    """ "griepvaccinatie = flu vaccination" lines as a mapping."""
    split = (pair.partition("=") for pair in pairs)
    return {dutch.strip().lower(): other.strip() for dutch, _, other in split if dutch.strip() and other.strip()}


def format_value(fact: Fact, language: str, today: date, country: str = "NL") -> str:
    """A fact's value as a person reads it, outside a sentence."""
    return Speech(language if language in _UNTIL else "en", today, country).say(fact)
