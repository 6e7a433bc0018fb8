"""The only things a draft may state: facts from the record and the house, each with its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.drafting.content_classes import ceiling, class_of
from server.drafting.house_facts import house_facts, sender_facts
from server.model.patient import Appointment, Invoice, LabResult, MedicationRequest, Patient, PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.refill import RefillRules, earliest_refill_on, rules_of
from server.model.reply import Fact, FactValue
from server.model.triage import Route, Triage
from server.text.medicines import display_name

# Which facts of a record an answer needs, by what triage found there; the naming kinds always come along.
NEEDED: Mapping[str, frozenset[str]] = {
    "too_early": frozenset({"earliest_refill"}),
    "no_repeats": frozenset({"prescriber", "repeats"}),
    "ready": frozenset({"order_status", "ready_since"}),
    "in_progress": frozenset({"order_status"}),
    "back_order": frozenset({"order_status", "expected_on"}),
    "delivered": frozenset({"order_status"}),
    "not_ordered": frozenset({"order_status"}),
    "delivery_wanted": frozenset({"order_status", "ready_since"}),
    "pickup": frozenset({"order_status", "ready_since"}),
    "in_stock": frozenset({"in_stock"}),
    "out_of_stock": frozenset({"in_stock", "expected_on"}),
    "booked": frozenset({"appointment_date", "appointment_time", "appointment_status"}),
    "proposed": frozenset({"appointment_date", "appointment_time", "appointment_status"}),
    "cancelled": frozenset({"appointment_date", "appointment_time", "appointment_status"}),
    "wanted": frozenset({"appointment_date", "appointment_time", "appointment_status"}),
    "open": frozenset({"invoice_date", "invoice_description", "invoice_status", "amount", "covered", "amount_due"}),
    "paid": frozenset({"invoice_date", "invoice_description", "invoice_status", "amount", "covered"}),
    "received": frozenset({"lab_status"}),
    "pending": frozenset({"lab_status"}),
}
NAMING = frozenset({"medication", "appointment_kind", "invoice_number", "lab_name", "named"})


@dataclass(frozen=True)
class _Record:
    """One record that facts are read from."""

    subject_id: str
    source: str
    read_at: datetime

    def fact(self, kind: str, value: FactValue | None, source: str = "") -> Iterator[Fact]:
        """The fact, or nothing when the record does not say."""
        if value is not None and value != "":
            path = f"{self.subject_id}.{kind}"
            content_class = class_of("record", kind)
            yield Fact(path, self.subject_id, kind, value, source or self.source, self.read_at, content_class)


def _issue_of(request: MedicationRequest) -> str:
    """The last hand-over, as the pane shows it behind what follows from it: "Uitgifte 1-9-2026 · 90 dagen (recept RX1)"."""
    day = request.last_dispensed_on
    if day is None:
        return ""
    supply = f" · {request.days_supply} dagen" if request.days_supply else ""
    return f"Uitgifte {day.day}-{day.month}-{day.year}{supply} (recept {request.id})"


def _medication_facts(
    request: MedicationRequest, language: str, rules: RefillRules, today: date, now: datetime
) -> Iterator[Fact]:
    record = _Record(request.id, f"Recept {request.id}", now)
    issued = _issue_of(request)
    status = None if request.order_status == "unknown" else request.order_status
    expected = request.expected_on if request.expected_on and request.expected_on >= today else None
    yield from record.fact("medication", display_name(request, language))
    yield from record.fact("earliest_refill", earliest_refill_on(request, rules), issued)
    yield from record.fact("order_status", status)
    yield from record.fact("ready_since", request.ready_since_on if status == "ready" else None)
    yield from record.fact("expected_on", expected)
    yield from record.fact("prescriber", request.prescriber)
    yield from record.fact("in_stock", None if request.stock is None else request.stock > 0)
    yield from record.fact("repeats", request.repeats_left)
    yield from record.fact("last_dispensed", request.last_dispensed_on, issued)
    yield from record.fact("quantity", request.quantity, issued)
    yield from record.fact("days_supply", request.days_supply, issued)


def _appointment_facts(appointment: Appointment, zone: ZoneInfo, now: datetime) -> Iterator[Fact]:
    record = _Record(appointment.id, f"Afspraak {appointment.id}", now)
    start = appointment.start_at.astimezone(zone)
    yield from record.fact("appointment_kind", appointment.kind)
    yield from record.fact("appointment_date", start.date())
    yield from record.fact("appointment_time", start)
    yield from record.fact("appointment_status", appointment.status)


def _invoice_facts(invoice: Invoice, now: datetime) -> Iterator[Fact]:
    """Money is in cents. What the insurer paid is a fact only when it paid something."""
    record = _Record(invoice.id, f"Factuur {invoice.id}", now)
    covered = invoice.covered_cents or None
    owed = invoice.amount_cents - invoice.covered_cents if invoice.status == "open" and covered else None
    yield from record.fact("invoice_number", invoice.id)
    yield from record.fact("invoice_date", invoice.on)
    yield from record.fact("invoice_description", invoice.description)
    yield from record.fact("invoice_status", invoice.status)
    yield from record.fact("amount", invoice.amount_cents)
    yield from record.fact("covered", covered)
    yield from record.fact("amount_due", owed)


def _lab_facts(result: LabResult, now: datetime) -> Iterator[Fact]:
    record = _Record(result.id, f"Labuitslag {result.id}", now)
    yield from record.fact("lab_name", result.name)
    yield from record.fact("lab_status", result.status)
    yield from record.fact("lab_date", result.on)


def _person_facts(patient: Patient, now: datetime) -> Iterator[Fact]:
    """Who it is about and how they are insured; some of it only a confirmed sender may hear."""

    def fact(path: str, value: FactValue | None, source: str) -> Iterator[Fact]:
        if value is not None and value != "":
            whose, _, kind = path.partition(".")
            yield Fact(path, patient.id, kind, value, source, now, class_of(whose, kind))

    status = None if patient.coverage.status == "unknown" else patient.coverage.status
    yield from fact("patient.name", patient.name, "Patiëntgegevens")
    yield from fact("coverage.insurer", patient.coverage.insurer, "Verzekering")
    yield from fact("coverage.insurance_status", status, "Verzekering")
    yield from fact("coverage.policy_number", patient.coverage.policy_number, "Verzekering")
    yield from fact("patient.birth_date", patient.birth_date, "Patiëntgegevens")
    yield from fact("patient.address", patient.address, "Patiëntgegevens")
    yield from fact("patient.phone", patient.phone, "Patiëntgegevens")
    yield from fact("patient.email", patient.email, "Patiëntgegevens")


def _patient_facts(patient: Patient, language: str, pharmacy: Pharmacy, now: datetime) -> Iterator[Fact]:
    """All that may ever be said of a patient. Never: dosage texts, lab values, allergies."""
    zone = ZoneInfo(pharmacy.time_zone)
    yield from _person_facts(patient, now)
    for request in patient.medication_requests:
        yield from _medication_facts(request, language, rules_of(pharmacy), now.astimezone(zone).date(), now)
    for appointment in patient.appointments:
        yield from _appointment_facts(appointment, zone, now)
    for invoice in patient.invoices:
        yield from _invoice_facts(invoice, now)
    for result in patient.lab_results:
        yield from _lab_facts(result, now)


def named_subjects(triage: Triage) -> Mapping[str, str]:
    """Medicine words of the mail that fit no record, by the subject id that their fact gets."""
    words = dict.fromkeys(word.strip() for question in triage.questions for word in question.named if word.strip())
    return {word: f"mail{number}" for number, word in enumerate(words)}


def _named_facts(triage: Triage, now: datetime) -> Iterator[Fact]:
    """They ground nothing but the name itself: what the sender wrote may be said back to them."""
    for word, subject in named_subjects(triage).items():
        yield Fact(f"{subject}.named", subject, "named", word, "De mail zelf", now, class_of("record", "named"))


def _needed_paths(triage: Triage, match: PatientMatch) -> Iterator[tuple[str, frozenset[str]]]:
    """Subject ids and the kinds that the questions need of each; the patient's name where somebody acts for them."""
    for question in triage.questions:
        for about in question.about:
            yield about.subject_id, NEEDED.get(about.outcome, frozenset()) | NAMING
        for candidate in question.candidates:
            yield candidate, NAMING
        if question.intent == "insurance":
            yield "coverage", frozenset({"insurer", "insurance_status"})
    for subject in named_subjects(triage).values():
        yield subject, NAMING
    if match.contact is not None:
        yield "patient", frozenset({"name"})
    yield "sender", frozenset({"salutation", "first_name"})


def select_facts(
    match: PatientMatch, triage: Triage, pharmacy: Pharmacy, now: datetime
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """(offered, allowed): what this mail's questions need, and all that rung and channel allow; the house is in both.

    A mail that goes to the pharmacist or needs verification first is offered no patient facts at all."""
    highest = ceiling(match.rung, pharmacy)
    personal: list[Fact] = []
    if match.patient is not None and match.rung > Rung.UNKNOWN:
        personal += sender_facts(match.contact.name if match.contact else match.patient.name, match.patient.id, now)
        personal += _patient_facts(match.patient, triage.reply_language, pharmacy, now)
        personal += _named_facts(triage, now)
    house = tuple(house_facts(pharmacy, now))
    allowed = tuple(fact for fact in personal if fact.content_class <= highest)
    needed = {f"{subject}.{kind}" for subject, kinds in _needed_paths(triage, match) for kind in kinds}
    if triage.route is not Route.DRAFT:
        needed = {"sender.salutation", "sender.first_name"} if triage.route is Route.ESCALATE else set()
    offered = tuple(fact for fact in allowed if fact.path in needed)
    return (*house, *offered), (*house, *allowed)
