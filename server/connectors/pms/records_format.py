"""The form of a PMS file, checked where strangers' data enters; what is absent stays unknown, never becomes "no"."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WrapValidator

FIRST_DAY, LAST_DAY = date(1850, 1, 1), date(2200, 1, 1)  # further off, sums with days would leave the calendar


def _day(value: Any) -> Any:
    """Only "YYYY-MM-DD": a number would be read as seconds since 1970."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError("expected a date such as 2026-11-20")  # noqa: TRY004  (pydantic makes a fault of a ValueError)
    return value.strip()[:10] if "T" in value else value.strip()


def _start(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("expected a time such as 2026-11-20T09:30")  # noqa: TRY004
    try:
        start = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ValueError("expected a time such as 2026-11-20T09:30") from None  # Python's own words repeat the value
    if not FIRST_DAY <= start.date() <= LAST_DAY:
        raise ValueError("expected a time of this age")
    return start


def _blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _or_none(value: Any, check: Any) -> Any:
    """For what the format does not lay down: a form we can't read is the same as absent."""
    try:
        return check(value)
    except ValidationError:
        return None


def _ordinal(value: Any) -> Any:
    return (
        {"first": 1, "eerste": 1, "second": 2, "tweede": 2}.get(value.casefold(), value)
        if isinstance(value, str)
        else value
    )


Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Id = Annotated[str, Field(min_length=1, max_length=128)]
MaybeText = Annotated[str | None, BeforeValidator(_blank)]
_Date = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Day = Annotated[_Date, BeforeValidator(_day)]
MaybeDay = Annotated[_Date | None, BeforeValidator(_day)]
Extra = WrapValidator(_or_none)
ExtraDay = Annotated[_Date | None, BeforeValidator(_day), Extra]
ExtraText = Annotated[str | None, BeforeValidator(_blank), Extra]
Euros = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=12)]
Count = Annotated[int | None, Field(ge=0, le=100_000)]


class Table(BaseModel):
    """The format is a floor: a file may carry more than we read."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, coerce_numbers_to_str=True)


class DispenseRow(Table):
    id: str = ""
    on: Day = Field(validation_alias=AliasChoices("on", "date"))
    quantity: float | None = None
    days_supply: Count = None


class PrescriptionRow(Table):
    id: Id
    medication: Text
    atc: MaybeText = None
    dosage_text: MaybeText = None
    quantity: Annotated[float | None, Field(ge=0, allow_inf_nan=False)] = None
    days_supply: Count = None
    last_dispensed: MaybeDay = None
    refills_remaining: Count = None
    prescriber: MaybeText = None
    controlled: bool | None = None
    prior_authorization: Literal["not_required", "approved", "pending", "missing", "unknown"] | None = None
    status: Literal["active", "stopped"] | None = None
    stock: int | None = None
    order_status: Literal["none", "in_progress", "ready", "delivered", "back_order", "unknown"] | None = None
    ready_since: MaybeDay = None
    expected_on: Annotated[ExtraDay, Field(validation_alias=AliasChoices("expected_on", "expected"))] = None
    written_on: ExtraDay = None
    authorization_until: ExtraDay = None
    repeat_service: Annotated[bool | None, Extra] = None
    monitoring_due_on: ExtraDay = None
    payer_reject: Annotated[str | None, Field(pattern=r"^\d{1,3}$"), Extra] = None
    issue_number: Annotated[int | None, BeforeValidator(_ordinal), Extra] = None
    dispenses: Annotated[
        list[DispenseRow] | None, Extra, Field(validation_alias=AliasChoices("dispenses", "dispense_history"))
    ] = None


class AppointmentRow(Table):
    id: Id
    kind: Text
    start: Annotated[datetime, BeforeValidator(_start)]
    status: Literal["booked", "proposed", "cancelled"]


class InvoiceRow(Table):
    id: Id
    on: Annotated[Day, Field(alias="date")]
    description: Text
    amount_eur: Euros
    covered_eur: Euros | None = None
    status: Literal["open", "paid"]


class LabResultRow(Table):
    id: Id
    name: Text
    on: Annotated[MaybeDay, Field(alias="date")] = None
    status: Literal["pending", "received"]


class ContactRow(Table):
    name: Text
    email: MaybeText = None
    relation: MaybeText = None


class ConsentRow(Table):
    email: bool | None = None
    sms: bool | None = None
    marketing: bool | None = None


class InsuranceRow(Table):
    insurer: MaybeText = None
    policy_number: MaybeText = None
    status: Literal["active", "lapsed", "unknown"] | None = None


class PatientRow(Table):
    id: Id
    name: Text
    birth_date: MaybeDay = None
    email: MaybeText = None
    phone: MaybeText = None
    language: MaybeText = None
    address: MaybeText = None
    authorized_contacts: list[ContactRow] | None = None
    consent: ConsentRow | None = None
    allergies: list[Text] | None = None
    insurance: InsuranceRow | None = None
    prescriptions: list[PrescriptionRow] | None = None
    appointments: list[AppointmentRow] | None = None
    invoices: list[InvoiceRow] | None = None
    lab_results: list[LabResultRow] | None = None
    standing: Annotated[Literal["active", "moved", "deceased", "blocked"] | None, Extra] = None
    pouches: Annotated[bool | None, Extra] = None


class HoursRow(Table):
    weekday: Annotated[int, Field(ge=0, le=6)]
    opens: time
    closes: time


LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class PharmacyRow(Table):
    id: MaybeText = None
    organisation_id: Annotated[MaybeText, Field(validation_alias=AliasChoices("organisation_id", "organisation"))] = (
        None
    )
    name: Text
    languages: Annotated[list[LanguageCode] | None, Extra] = (
        None  # that there are templates for it: store/pharmacies.py
    )
    formal: bool | None = None
    plain_acknowledge: bool | None = None
    retention_days: Annotated[int | None, Field(ge=1, le=3650)] = None
    refill_lead_days: Annotated[int | None, Field(ge=0, le=60)] = None
    refill_used_percent: Annotated[int | None, Field(ge=50, le=100)] = None
    refill_used_percent_controlled: Annotated[int | None, Field(ge=50, le=100)] = None
    refill_least_age: Annotated[int | None, Field(ge=0, le=120)] = None
    mailboxes: list[Text] | None = None
    own_phones: list[Text] | None = None
    own_links: list[Text] | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    opening_hours: str | None = None
    emergency_phone: MaybeText = None
    portal_url: ExtraText = None
    country: Annotated[str | None, Field(pattern=r"^[A-Z]{2}$"), Extra] = None
    time_zone: ExtraText = None
    out_of_hours_phone: ExtraText = None
    channel: Annotated[Literal["secure", "plain"] | None, Extra] = None
    hours: Annotated[list[HoursRow] | None, Extra] = None


class PharmacyFile(Table):
    pharmacy: PharmacyRow


class RecordsFile(Table):
    as_of: MaybeDay = None
    pharmacy: PharmacyRow | None = None
    patients: list[PatientRow]
