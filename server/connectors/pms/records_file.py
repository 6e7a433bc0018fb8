"""Reads a PMS file (JSON: the records of one pharmacy) into our nouns, or says where it does not fit and never whose it is."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from server.connectors.pms import records_format as form
from server.errors import InvalidRecords
from server.model.patient import (
    Appointment,
    Consent,
    Contact,
    Coverage,
    Invoice,
    LabResult,
    MedicationDispense,
    MedicationRequest,
    Patient,
)
from server.model.pharmacy import OpeningTime, Pharmacy

_TOLD = 5  # faults told at once: enough to see a pattern


@dataclass(frozen=True)
class Records:
    """The patients of a PMS file. `as_of`: the day that it was true."""

    patients: tuple[Patient, ...] = field(repr=False)
    as_of: date | None = None


def parse_json(raw: bytes) -> dict[str, Any]:
    """The object in a file. Raises InvalidRecords with the line that can't be read, never what stands there."""
    try:
        data = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InvalidRecords(f"not JSON: line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError:
        raise InvalidRecords("not JSON: the file is not UTF-8") from None
    except RecursionError:
        raise InvalidRecords("not JSON: nested too deep") from None
    if not isinstance(data, dict):
        raise InvalidRecords("the file: expected one object")
    return data


def _refuse_constant(_name: str) -> float:
    raise InvalidRecords("not JSON: NaN and Infinity are no numbers")


def read_records(data: Mapping[str, Any]) -> Records:
    """Raises InvalidRecords naming the place ("patients[3].prescriptions[0].days_supply: …")."""
    try:
        file = form.RecordsFile.model_validate(data)
    except ValidationError as error:
        raise InvalidRecords(_where(error)) from None
    zone = _zone(file.pharmacy)
    _refuse_twice("patients", (row.id for row in file.patients))
    for index, row in enumerate(file.patients):
        for name in ("prescriptions", "appointments", "invoices", "lab_results"):
            _refuse_twice(f"patients[{index}].{name}", (item.id for item in getattr(row, name) or ()))
    return Records(
        patients=tuple(_patient(row, zone) for row in file.patients),
        as_of=file.as_of,
    )


def pharmacy_from_file(data: Mapping[str, Any], **defaults: Any) -> Pharmacy:
    """The pharmacy that a PMS file describes. `defaults` are fields of Pharmacy for what the file does not say; without
    an id the name makes one, without an organisation the pharmacy is its own. Raises InvalidRecords."""
    try:
        row = form.PharmacyFile.model_validate(data).pharmacy
    except ValidationError as error:
        raise InvalidRecords(_where(error)) from None
    given = {name: value for name in _PHARMACY_FIELDS if (value := getattr(row, name)) is not None}
    given |= {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    if row.time_zone:
        given["time_zone"] = _zone(row).key
    if row.hours:
        given["hours"] = tuple(OpeningTime(part.weekday, part.opens, part.closes) for part in row.hours)
    if row.email and "@" in row.email:
        defaults = {"mailboxes": (row.email,), **defaults}
    made = {"id": _slug(row.name), **defaults, **given}
    made["id"] = _slug(made["id"])
    return Pharmacy(**{"organisation_id": made["id"], **made})


_PHARMACY_FIELDS = (
    "id", "organisation_id", "name", "phone", "email", "address", "opening_hours", "emergency_phone", "portal_url",
    "country", "out_of_hours_phone", "channel", "languages", "formal", "plain_acknowledge", "retention_days",
    "mailboxes", "own_phones", "own_links", "refill_lead_days", "refill_used_percent", "refill_used_percent_controlled",
    "refill_least_age",
)  # fmt: skip


def _slug(name: str) -> str:
    """ "Apotheek De Meerkoet" → "apotheek-de-meerkoet"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64] or "pharmacy"


def _where(error: ValidationError) -> str:
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    told = [f"{_path(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}" for fault in faults[:_TOLD]]
    more = len(faults) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _path(location: Sequence[str | int]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".") or "the file"


def _refuse_twice(path: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            raise InvalidRecords(f"{path}[{index}].id: given twice")
        seen.add(name)


def _zone(row: form.PharmacyRow | None) -> ZoneInfo:
    name = (row.time_zone if row else None) or "Europe/Amsterdam"
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, malformed, or the name of a folder
        raise InvalidRecords("pharmacy.time_zone: not a known time zone") from None


def _patient(row: form.PatientRow, zone: ZoneInfo) -> Patient:
    consent = row.consent or form.ConsentRow()
    insurance = row.insurance or form.InsuranceRow()
    return Patient(
        id=row.id,
        name=row.name,
        birth_date=row.birth_date,
        email=row.email,
        phone=row.phone,
        language=row.language,
        address=row.address,
        contacts=tuple(Contact(c.name, c.email or "", c.relation or "") for c in row.authorized_contacts or ()),
        consent=Consent(consent.email, consent.sms, consent.marketing),
        allergies=tuple(row.allergies or ()),
        coverage=Coverage(insurance.insurer, insurance.policy_number, insurance.status or "unknown"),
        medication_requests=tuple(_medication_request(item) for item in row.prescriptions or ()),
        appointments=tuple(
            Appointment(item.id, item.kind, _in_utc(item.start, zone), item.status) for item in row.appointments or ()
        ),
        invoices=tuple(_invoice(item) for item in row.invoices or ()),
        lab_results=tuple(LabResult(item.id, item.name, item.on, item.status) for item in row.lab_results or ()),
        standing=row.standing or "unknown",
        pouches=row.pouches,
    )


def _medication_request(row: form.PrescriptionRow) -> MedicationRequest:
    return MedicationRequest(
        id=row.id,
        medication=row.medication,
        atc=row.atc,
        dosage_text=row.dosage_text,
        quantity=row.quantity,
        days_supply=row.days_supply,
        last_dispensed_on=row.last_dispensed,
        repeats_left=row.refills_remaining,
        prescriber=row.prescriber,
        controlled=row.controlled,
        prior_authorization=row.prior_authorization or "unknown",
        active=row.status != "stopped",
        stock=row.stock,
        order_status=row.order_status or "unknown",
        ready_since_on=row.ready_since,
        expected_on=row.expected_on,
        issue_number=row.issue_number,
        written_on=row.written_on,
        authorization_until=row.authorization_until,
        repeat_service=row.repeat_service,
        monitoring_due_on=row.monitoring_due_on,
        payer_reject=row.payer_reject,
        dispenses=tuple(
            MedicationDispense(item.id or f"{row.id}-{number}", item.on, item.quantity, item.days_supply)
            for number, item in enumerate(row.dispenses or (), start=1)
        ),
    )


def _invoice(row: form.InvoiceRow) -> Invoice:
    covered = _cents(row.covered_eur or Decimal(0))
    return Invoice(row.id, row.on, row.description, _cents(row.amount_eur), covered, row.status)


def _cents(euros: Decimal) -> int:
    return int((euros * 100).to_integral_value(rounding=ROUND_HALF_UP))


def _in_utc(start: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone is the clock on the pharmacy's wall."""
    return (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(UTC)
