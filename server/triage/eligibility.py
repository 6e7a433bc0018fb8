"""Whether a repeat may be taken in, and how an order stands: pure rules on one prescription line (Netherlands)."""

from datetime import date
from typing import Final

from server.model.patient import REFILL_LEAD_DAYS, MedicationRequest

_UNDER_WAY: Final = {"ready": "ready", "in_progress": "in_progress"}


def refill_outcome(request: MedicationRequest, today: date, lead_days: int = REFILL_LEAD_DAYS) -> str:
    """What a request to repeat this line comes to; one of OUTCOMES["refill_request"].

    An order under way answers it, then a shortage, then a missing repeat, then the date. A line never dispensed has no
    earliest date (evaluation format), so nothing holds it back unless the record says that this is the first issue:
    then a talk comes first (domain.md §2.3 N6). "eligible" means that the request may be taken in, no more."""
    if not request.active:
        return "unknown"
    if request.order_status in _UNDER_WAY:
        return _UNDER_WAY[request.order_status]
    if request.order_status == "back_order" or request.stock == 0:
        return "back_order"
    if request.repeats_left is not None and request.repeats_left <= 0:
        return "no_repeats"
    earliest = request.earliest_refill_on(lead_days)
    if earliest is not None and today < earliest:
        return "too_early"
    if request.repeats_left is None or (request.last_dispensed_on is not None and earliest is None):
        return "unknown"
    if request.last_dispensed_on is None and request.issue_number == 1:
        return "first_issue"
    return "eligible"


def order_outcome(request: MedicationRequest) -> str:
    """How an order of this line stands; one of OUTCOMES["prescription_status"]."""
    if request.order_status in ("ready", "in_progress", "back_order", "delivered"):
        return request.order_status
    return "not_ordered" if request.order_status == "none" else "unknown"


def stock_outcome(request: MedicationRequest) -> str:
    """Whether the shelf has it; one of OUTCOMES["stock_availability"]."""
    if request.order_status == "back_order":
        return "back_order"
    if request.stock is None:
        return "unknown"
    return "in_stock" if request.stock > 0 else "out_of_stock"
