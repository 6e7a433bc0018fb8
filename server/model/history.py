"""What the record holds of a patient's medicines, put together for the pharmacist who must decide. Never part of a letter."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from server.model.patient import MedicationDispense, MedicationRequest
from server.model.refill import Eligibility

SupplySource = Literal["record", "directions", "unknown"]


@dataclass(frozen=True)
class LineHistory:
    """One prescription line. `asked`: the mail is about it; `fills`: the last hand-overs, newest first; `days_left` of what was
    handed over, 0 when it must be used up, None when nobody can tell; `supply_from`: whether the record gave the days or
    they were computed from the directions; `law`: "I" or "II" of the Dutch lists or a US schedule, "" on none; `sensitive`:
    marked by the house though on no list; `risk`: why mistakes with it do harm; `refill`: what the rules say, all of it."""

    request: MedicationRequest = field(repr=False)
    asked: bool
    fills: tuple[MedicationDispense, ...]
    days_left: int | None
    supply_from: SupplySource
    controlled: bool
    law: str
    sensitive: bool
    risk: tuple[str, ...]
    refill: Eligibility


@dataclass(frozen=True)
class RedFlag:
    """Something that a pharmacist weighs and no letter ever says. `quotes`: words of the mail; `subject_ids`: lines."""

    code: str
    quotes: tuple[str, ...] = field(repr=False, default=())
    subject_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The summary for one mail: the lines asked about first, then the others in use; `stopped` ones apart; `duplicates`:
    ids of lines that are the same medicine; `as_of`: the day that days left are counted from."""

    patient_id: str
    as_of: date
    lines: tuple[LineHistory, ...]
    stopped: tuple[LineHistory, ...] = ()
    allergies: tuple[str, ...] = field(repr=False, default=())
    duplicates: tuple[tuple[str, ...], ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
