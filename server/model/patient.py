"""The record: what the pharmacy knows of a patient, in FHIR R4's words, and how sure we are who is writing."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Literal

PriorAuthorization = Literal["not_required", "approved", "pending", "missing", "unknown"]
OrderStatus = Literal["none", "in_progress", "ready", "delivered", "back_order", "unknown"]
Standing = Literal["active", "moved", "deceased", "blocked", "unknown"]
REFILL_LEAD_DAYS = 7  # a repeat may be asked for a week before the supply ends (a pharmacy's setting; domain.md §2.3)


@dataclass(frozen=True)
class MedicationDispense:
    """One hand-over of a medicine."""

    id: str
    on: date
    quantity: float | None = None
    days_supply: int | None = None


@dataclass(frozen=True)
class MedicationRequest:
    """One prescription line. None means that the record does not say, never "no".

    `medication` as on the label ("Metoprololsuccinaat 50 mg tablet mga"); `stock` in units on the shelf;
    `ready_since_on`, `expected_on` (of a back order) and `last_dispensed_on` are dates in the pharmacy's zone; `issue_number`
    of the last hand-over (of the one to come when there was none); `written_on`: when the prescriber issued it;
    `authorization_until`: last day of the insurer's authorization; `repeat_service`: a standing agreement to repeat
    (herhaalservice); `monitoring_due_on`: when blood or the like must be checked; `payer_reject`: the payer's last answer
    (NCPDP code, "79")."""

    id: str
    medication: str = field(repr=False)
    atc: str | None = field(repr=False, default=None)
    dosage_text: str | None = field(repr=False, default=None)
    quantity: float | None = None
    days_supply: int | None = None
    last_dispensed_on: date | None = None
    repeats_left: int | None = None
    prescriber: str | None = field(repr=False, default=None)
    controlled: bool | None = None
    prior_authorization: PriorAuthorization = "unknown"
    active: bool = True
    stock: int | None = None
    order_status: OrderStatus = "unknown"
    ready_since_on: date | None = None
    expected_on: date | None = None
    issue_number: int | None = None
    dispenses: tuple[MedicationDispense, ...] = ()
    written_on: date | None = None
    authorization_until: date | None = None
    repeat_service: bool | None = None
    monitoring_due_on: date | None = None
    payer_reject: str | None = None

    @property
    def fills(self) -> tuple[MedicationDispense, ...]:
        """The hand-overs on record, oldest first, each day once; the last one too where only its date is known."""
        known = {fill.on: fill for fill in self.dispenses}
        if self.last_dispensed_on is not None and self.last_dispensed_on not in known:
            last = MedicationDispense("", self.last_dispensed_on, self.quantity, self.days_supply)
            known[self.last_dispensed_on] = last
        return tuple(known[on] for on in sorted(known))

    def earliest_refill_on(self, lead_days: int = REFILL_LEAD_DAYS) -> date | None:
        """First day on which a repeat may be asked for; None when the record does not say when the supply ends."""
        if self.last_dispensed_on is None or self.days_supply is None:
            return None
        return self.last_dispensed_on + timedelta(days=self.days_supply - lead_days)


@dataclass(frozen=True)
class Coverage:
    """The patient's insurance as on file."""

    insurer: str | None = field(repr=False, default=None)
    policy_number: str | None = field(repr=False, default=None)
    status: Literal["active", "lapsed", "unknown"] = "unknown"


@dataclass(frozen=True)
class Appointment:
    """`start_at` is aware, UTC."""

    id: str
    kind: str = field(repr=False)
    start_at: datetime
    status: Literal["booked", "proposed", "cancelled"] = "booked"


@dataclass(frozen=True)
class Invoice:
    """Amounts in euro cents, so that no float ever rounds a bill."""

    id: str
    on: date
    description: str = field(repr=False)
    amount_cents: int
    covered_cents: int = 0
    status: Literal["open", "paid"] = "open"


@dataclass(frozen=True)
class LabResult:
    """That a result has come in, or not. Never its value: labs are clinical."""

    id: str
    name: str = field(repr=False)
    on: date | None = None
    status: Literal["pending", "received"] = "pending"


@dataclass(frozen=True)
class Contact:
    """Somebody who may act for the patient (recorded authorization)."""

    name: str = field(repr=False)
    email: str = field(repr=False)
    relation: str = ""


@dataclass(frozen=True)
class Consent:
    """What the patient agreed to; None: never asked."""

    email: bool | None = None
    sms: bool | None = None
    marketing: bool | None = None


@dataclass(frozen=True)
class Patient:
    """A patient with everything this product may read of them. `standing`: whether they are (still) a patient here;
    `pouches`: their medicines are packed by moment of taking (medicatierol, GDS)."""

    id: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False, default=None)
    email: str | None = field(repr=False, default=None)
    phone: str | None = field(repr=False, default=None)
    language: str | None = None
    address: str | None = field(repr=False, default=None)
    contacts: tuple[Contact, ...] = field(repr=False, default=())
    consent: Consent = Consent()
    allergies: tuple[str, ...] = field(repr=False, default=())
    coverage: Coverage = Coverage()
    medication_requests: tuple[MedicationRequest, ...] = field(repr=False, default=())
    appointments: tuple[Appointment, ...] = field(repr=False, default=())
    invoices: tuple[Invoice, ...] = field(repr=False, default=())
    lab_results: tuple[LabResult, ...] = field(repr=False, default=())
    standing: Standing = "unknown"
    pouches: bool | None = None


class Rung(IntEnum):
    """How sure we are that this sender may hear about this person (contract: identity and channel)."""

    UNKNOWN = 0
    ADDRESS_KNOWN = 1
    CONFIRMED = 2


@dataclass(frozen=True)
class Evidence:
    """One reason for a match. `code` is what strings are looked up by ("from_is_patient_address"); `detail` is personal."""

    code: str
    detail: str = field(repr=False, default="")


@dataclass(frozen=True)
class Candidate:
    """Just enough of a patient to choose from a list: never a medicine."""

    patient_id: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False, default=None)


@dataclass(frozen=True)
class PatientMatch:
    """Who the mail is about, and how we know. `patient` is there from ADDRESS_KNOWN on; `contact` is the authorized
    person who writes for them; `candidates` are shown to staff to pick from and never to a drafter.
    `failed`: a fault of ours kept us from finding out, so a person must; `sender_on_file`: the address is somebody's whom
    the pharmacy knows, whoever the mail is about."""

    rung: Rung
    patient: Patient | None = None
    contact: Contact | None = None
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    record_unavailable: bool = False
    failed: bool = False
    sender_on_file: bool = False

    @property
    def knows_sender(self) -> bool:
        """Whether the pharmacy knows who writes: matched or confirmed, or on file though somebody else is concerned."""
        return self.sender_on_file or self.rung > Rung.UNKNOWN
