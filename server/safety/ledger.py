"""What is true and may be told in this reply: the records behind the allowed facts, the house, and the mail's own words."""

import re
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from zoneinfo import ZoneInfo

from server.model.patient import Appointment, Coverage, Invoice, LabResult, MedicationRequest, Patient
from server.model.pharmacy import OpeningTime, Pharmacy
from server.model.reply import Fact, ReplyBrief
from server.text.contact_data import find_contact_data
from server.text.dates import DateMention, find_dates
from server.text.doses import find_doses
from server.text.medicines import MedicineMention, find_medicines
from server.text.money import find_money
from server.text.numbers import find_numbers
from server.text.opening_hours import read_hours
from server.text.times import find_times
from server.text.words import fold

_MAX_MAIL = 30_000


@dataclass(frozen=True)
class Ledger:
    """A record is here only when a fact of it is allowed: rung and channel were weighed when facts were selected."""

    pharmacy: Pharmacy
    today: date
    language: str
    patient: Patient | None
    facts: dict[str, Fact] = field(repr=False)
    mail: str = field(repr=False)
    about: frozenset[str] = frozenset()

    @cached_property
    def _subjects(self) -> frozenset[str]:
        return frozenset(fact.subject_id for fact in self.facts.values())

    @cached_property
    def requests(self) -> tuple[MedicationRequest, ...]:
        return tuple(r for r in self.patient.medication_requests if r.id in self._subjects) if self.patient else ()

    @cached_property
    def appointments(self) -> tuple[Appointment, ...]:
        return tuple(a for a in self.patient.appointments if a.id in self._subjects) if self.patient else ()

    @cached_property
    def invoices(self) -> tuple[Invoice, ...]:
        return tuple(i for i in self.patient.invoices if i.id in self._subjects) if self.patient else ()

    @cached_property
    def labs(self) -> tuple[LabResult, ...]:
        return tuple(r for r in self.patient.lab_results if r.id in self._subjects) if self.patient else ()

    @cached_property
    def coverage(self) -> Coverage:
        allowed = any(fact.kind in ("insurer", "insurance_status") for fact in self.facts.values())
        return self.patient.coverage if self.patient and allowed else Coverage()

    @cached_property
    def hours(self) -> tuple[OpeningTime, ...]:
        return self.pharmacy.hours or read_hours(self.pharmacy.opening_hours)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.pharmacy.time_zone)

    @cached_property
    def mail_folded(self) -> str:
        return fold(self.mail)

    @cached_property
    def mail_dates(self) -> tuple[DateMention, ...]:
        return find_dates(self.mail, self.language, self.today)

    @cached_property
    def mail_times(self) -> frozenset[int]:
        return frozenset(minutes for found in find_times(self.mail) for minutes in found.minutes)

    @cached_property
    def mail_money(self) -> frozenset[int]:
        return frozenset(money.cents for money in find_money(self.mail))

    @cached_property
    def mail_numbers(self) -> frozenset[float]:
        return frozenset(number.value for number in find_numbers(self.mail))

    @cached_property
    def mail_contacts(self) -> frozenset[str]:
        return frozenset(one.key for one in find_contact_data(self.mail) if one.kind != "link")

    @cached_property
    def mail_medicines(self) -> tuple[MedicineMention, ...]:
        return find_medicines(self.mail, self.requests)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of all records of a kind."""
        if kind == "medication":
            return tuple(record.id for record in self.requests)
        if kind == "appointment":
            return tuple(record.id for record in self.appointments)
        if kind == "invoice":
            return tuple(record.id for record in self.invoices)
        if kind == "lab":
            return tuple(record.id for record in self.labs)
        return ("coverage",) if kind == "coverage" else ()

    @cached_property
    def _by_id(self) -> dict[str, MedicationRequest]:
        return {request.id: request for request in self.requests}

    def is_active(self, request_id: str) -> bool:
        return request_id in self._by_id and self._by_id[request_id].active

    def strengths(self, request_id: str) -> frozenset[tuple[str, float]]:
        """The numbers of a label's strength."""
        request = self._by_id.get(request_id)
        return (
            frozenset(value for dose in find_doses(request.medication) for value in dose.values)
            if request
            else frozenset()
        )

    def bills_for(self, request_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Invoices whose description names one of these medicines."""
        labels = " ".join(fold(self._by_id[one].medication) for one in request_ids if one in self._by_id)
        names = {word[:8] for word in re.findall(r"[^\W\d_]{5,}", labels)} - {"tablet", "capsule"}
        return tuple(i.id for i in self.invoices if any(name in fold(i.description) for name in names))

    def open_on(self, weekday: int) -> tuple[tuple[time, time], ...]:
        """The stretches that the house is open on a weekday."""
        return tuple((one.opens, one.closes) for one in self.hours if one.weekday == weekday)


def _mail_text(brief: ReplyBrief) -> str:
    messages = brief.thread.messages
    return "\n".join(f"{message.subject}\n{message.text.new}" for message in reversed(messages))[:_MAX_MAIL]


def make_ledger(brief: ReplyBrief) -> Ledger:
    """The ledger of one brief."""
    facts = {fact.path: fact for fact in (*brief.allowed, *brief.offered)}
    return Ledger(
        pharmacy=brief.pharmacy,
        today=brief.today,
        language=brief.language,
        patient=brief.match.patient if brief.verified else None,
        facts=facts,
        mail=_mail_text(brief),
        about=frozenset(about.subject_id for question in brief.triage.questions for about in question.about),
    )
