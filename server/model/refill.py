"""Whether a repeat may be taken in: what the rules of a country say of one prescription line, and from which day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from server.model.patient import MedicationRequest
from server.model.pharmacy import Pharmacy

RefillStatus = Literal[
    "verify_identity", "clarify", "pharmacist", "colleague", "first_issue", "second_issue", "too_early", "no_repeats",
    "prior_authorization", "back_order", "unknown", "eligible",
]  # fmt: skip
LOOK_BACK_DAYS = 180  # of hand-overs that may still be in the cupboard (domain.md §2.4)


@dataclass(frozen=True)
class RefillRules:
    """What a pharmacy may set. `lead_days` before the supply ends (Netherlands); `used_percent` of the supply that must be
    used (United States: the payer's rule, tighter for what is controlled); `least_age`: below it a person looks (0: off)."""

    country: str = "NL"
    lead_days: int = 7
    used_percent: int = 80
    used_percent_controlled: int = 90
    least_age: int = 0


@dataclass(frozen=True)
class RefillAsk:
    """What is known of the asking. `verified`: the sender may hear of this patient; `one_line`: the words mean one line;
    `escalated`: something in the mail is a pharmacist's; `contradicts`: another strength or way of taking is asked for;
    `extra`: more than usual, or for a journey."""

    verified: bool = True
    one_line: bool = True
    escalated: bool = False
    contradicts: bool = False
    extra: bool = False


@dataclass(frozen=True)
class Obstacle:
    """One rule that holds a repeat back. `reason`: which rule ("N9", "us_schedule_ii"); `need`: what would lift it;
    `earliest_on`: from when a repeat may be asked for, or when new stock is expected."""

    status: RefillStatus
    reason: str
    need: str
    earliest_on: date | None = None


@dataclass(frozen=True)
class Eligibility:
    """What the rules come to: the first obstacle in their order, or "eligible", which means that the request may be taken
    in, no more. `needs`: what all obstacles ask for, in order; `obstacles`: all of them, for the pharmacist."""

    status: RefillStatus
    reason: str
    earliest_on: date | None = None
    needs: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


def rules_of(pharmacy: Pharmacy) -> RefillRules:
    """The rules as a pharmacy has set them."""
    return RefillRules(
        country=pharmacy.country,
        lead_days=pharmacy.refill_lead_days,
        used_percent=pharmacy.refill_used_percent,
        used_percent_controlled=pharmacy.refill_used_percent_controlled,
        least_age=pharmacy.refill_least_age,
    )


def supply_ends_on(request: MedicationRequest) -> date | None:
    """The day after the last one that hand-overs on record last for, when what was left is used up first (a look-back of
    180 days). None when the supply of one of them is unknown."""
    fills = request.fills
    recent = [fill for fill in fills if fill.on > fills[-1].on - timedelta(days=LOOK_BACK_DAYS)]
    ends: date | None = None
    for fill in recent:
        if fill.days_supply is None:
            return None
        begins = fill.on if ends is None else max(fill.on, ends)
        ends = begins + timedelta(days=fill.days_supply)
    return ends


def earliest_refill_on(request: MedicationRequest, rules: RefillRules) -> date | None:
    """First day on which a repeat may be asked for; None when the record does not say when the supply ends."""
    if rules.country != "US":
        return request.earliest_refill_on(rules.lead_days)
    ends = supply_ends_on(request)
    supply = request.fills[-1].days_supply if request.fills else None
    if ends is None or supply is None:
        return None
    percent = rules.used_percent_controlled if request.controlled else rules.used_percent
    used = -(-percent * supply // 100)  # rounded up: a day too late is no refusal
    return ends - timedelta(days=supply - used)
