"""How a value reads in a sentence: dates written out, money, times, hours and lists, by language and country."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency

from server.drafting.house_facts import CLOSED
from server.model.language import Language, Written
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
_SLOT = "\ue000"  # stands for a piece while Babel writes the list around it
_ROLE = re.compile(r"^([^,]{1,80}), ?([^\W\d][\w -]{2,40})$")


def _lower_first(text: str) -> str:
    """A common noun as it stands inside a sentence; "HbA1c" and "TSH" stay as they are."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


@dataclass(frozen=True)
class Speech:
    """A language as this house speaks it. `terms`: Dutch words of records → words of this language, lower-cased keys."""

    language: Language
    today: date
    country: str = "NL"
    terms: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _written(self) -> Written:
        return self.language.written_in(self.country)

    @cached_property
    def _babel(self) -> Locale:
        return Locale.parse(self._written.locale)

    def day(self, day: date, *, weekday: bool) -> str:
        """ "dinsdag 24 november"; with the year when that is not this one."""
        written = self._written
        name, year = written.weekday * weekday, written.year * (day.year != self.today.year)
        return format_date(day, name + written.day + year, locale=self._babel)

    def clock(self, at: datetime | str, *, unit: bool = True) -> str:
        """ "14.00 uur", "14:00", "2:00 p.m."."""
        moment = datetime.strptime(at, "%H:%M") if isinstance(at, str) else at  # noqa: DTZ007 - a time of day only
        text = format_time(moment.time(), self._written.clock, locale=self._babel)
        for word, instead in self._written.clock_words.items():
            text = text.replace(word, instead)
        return text + self.language.clock_unit * unit

    def money(self, cents: int) -> str:
        """ "€ 23,85", "€23.85"."""
        return format_currency(cents / 100, "EUR", locale=self._babel).replace("\u00a0", " ")

    def hours(self, value: str) -> str:
        """ "van 8.00 tot 12.00 en van 13.00 tot 18.00 uur"."""
        if value == CLOSED:
            return self.language.closed
        stretches = []
        for stretch in value.split(", "):
            opens, closes = (self.clock(part, unit=False) for part in stretch.split("-"))
            stretches.append(self.language.hours.format(opens=opens, closes=closes))
        return format_list(stretches, locale=self._babel) + self.language.clock_unit

    def _prescriber(self, value: str) -> str:
        """ "M. Visser, huisarts" reads as "huisarts M. Visser"; "M. Visser (GP)" in English."""
        parts = _ROLE.match(value.strip())
        return self.language.prescriber.format(role=self.term(parts[2]), name=parts[1]) if parts else value.strip()

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
        if fact.kind == "invoice_description" and self.language.untranslated and not self._knows(str(value)):
            return self.language.untranslated.format(text=str(value).strip())
        return self._named(fact.kind, str(value))

    def _named(self, kind: str, value: str) -> str:
        """What a record is called. Where nouns are written with a capital, a medicine is too."""
        if kind in _COMMON_NOUNS:
            return _lower_first(self.term(value)) if self.language.lower_nouns else self.term(value)
        return value[:1].upper() + value[1:] if kind == "medication" and not self.language.lower_nouns else value

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
            through = self.language.through.format(first=called[0], last=called[-1])
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


def format_value(fact: Fact, language: Language, today: date, country: str = "NL") -> str:
    """A fact's value as a person reads it, outside a sentence."""
    return Speech(language, today, country).say(fact)
