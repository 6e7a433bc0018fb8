"""Whether a repeat may be taken in, and how an order stands: the answer that a letter gives, by the rules of the country."""

from datetime import date
from typing import Final

from server.model.patient import MedicationRequest, Patient
from server.model.refill import Eligibility, RefillRules
from server.text.mentions import is_controlled
from server.triage.eligibility_nl import nl_eligibility
from server.triage.eligibility_us import us_eligibility

PHARMACIST: Final = "pharmacist"
_UNDER_WAY: Final = {"ready": "ready", "in_progress": "in_progress"}
_FIRST_LOOKED_AT: Final = (PHARMACIST, "prior_authorization", "colleague")
_IN_ORDER: Final = ("back_order", "no_repeats", "too_early", "unknown", "first_issue", "second_issue")
_RULES: Final = RefillRules()


def eligibility_of_refill(
    request: MedicationRequest, today: date, rules: RefillRules = _RULES, patient: Patient | None = None
) -> Eligibility:
    """What the rules of the pharmacy's country say; those of the Netherlands where we have none of the country's own."""
    return (us_eligibility if rules.country == "US" else nl_eligibility)(request, patient, today, rules=rules)


def refill_outcome(
    request: MedicationRequest, today: date, rules: RefillRules = _RULES, patient: Patient | None = None
) -> str:
    """What a request to repeat this line comes to; one of OUTCOMES["refill_request"].

    The rules have their own order (which obstacle decides); a letter has another: what is a person's comes first, then an
    order under way answers the question, then a shortage, a missing repeat, and the date. A line never dispensed has no
    earliest date (evaluation format), so nothing holds it back unless the record says that this is the first issue: then a
    talk comes first (domain.md §2.3 N6). "eligible" means that the request may be taken in, no more."""
    if not request.active:
        return "unknown"
    held = {obstacle.status for obstacle in eligibility_of_refill(request, today, rules, patient).obstacles}
    for status in _FIRST_LOOKED_AT:
        if status in held:
            return "unknown" if status == "colleague" else status
    if request.order_status in _UNDER_WAY:
        return _UNDER_WAY[request.order_status]
    return next((status for status in _IN_ORDER if status in held), "eligible")


def _is_pharmacists(request: MedicationRequest, country: str) -> bool:
    """Of a medicine under control no letter says how it stands, nor whether it is there (domain.md §4.3)."""
    return bool(request.controlled) or (request.controlled is None and is_controlled(request, country))


def order_outcome(request: MedicationRequest, country: str = "NL") -> str:
    """How an order of this line stands; one of OUTCOMES["prescription_status"]."""
    if _is_pharmacists(request, country):
        return PHARMACIST
    if request.order_status in ("ready", "in_progress", "back_order", "delivered"):
        return request.order_status
    return "not_ordered" if request.order_status == "none" else "unknown"


def stock_outcome(request: MedicationRequest, country: str = "NL") -> str:
    """Whether the shelf has it; one of OUTCOMES["stock_availability"]."""
    if _is_pharmacists(request, country):
        return PHARMACIST
    if request.order_status == "back_order":
        return "back_order"
    if request.stock is None:
        return "unknown"
    return "in_stock" if request.stock > 0 else "out_of_stock"
