"""Whether the record bears out what a draft claims: one function per kind of record, nothing said is never borne out."""

import re
from collections.abc import Callable
from datetime import date

from server.model.patient import Appointment, Coverage, Invoice, LabResult, MedicationRequest
from server.model.refill import earliest_refill_on, rules_of
from server.safety.claims import Claim
from server.safety.ledger import Ledger

_FULLY = re.compile(r"\b(?:volledig|geheel|helemaal|fully|completely|in full|entirely|100)\b")
_PARTLY = re.compile(r"\b(?:deels|gedeeltelijk|partly|partially|in part)\b")
_HALF = re.compile(r"\b(?:de helft|half)\b(?! past| \w+ (?:uur|o'clock))")
_MOSTLY = re.compile(r"\b(?:grootste deel|grotendeels|merendeel|leeuwendeel|most of|mostly|lion's share|bulk of)\b")
_NEARLY_ALL = re.compile(
    r"\b(?:all but|nearly all|almost all|virtually all|bijna alles|vrijwel alles|nagenoeg alles|bijna het hele|vrijwel het hele|almost the whole|nearly the whole)\b"
)
AFTER_THIS = re.compile(
    r"\b(?:daarna|hierna|after (?:this|that|it|the next)\b(?! has)|na (?:deze|dit|die) (?:keer|levering|uitgifte|bestelling|herhaling)|na deze|na afloop)\b"
)
_HANDED = re.compile(r"meegegeven|meegekregen|uitgereikt|opgehaald|afgehaald|collected|picked up|handed over")


def may_refill(request: MedicationRequest, ledger: Ledger) -> bool:
    """Whether a repeat may be asked for now, by the rules of the pharmacy."""
    earliest = earliest_refill_on(request, rules_of(ledger.pharmacy))
    return request.active and bool(request.repeats_left) and (earliest is None or earliest <= ledger.today)


def _medication(
    claim: Claim, request: MedicationRequest, ledger: Ledger, clause: str, *, dated: bool, days: frozenset[date]
) -> bool:
    status, negated = request.order_status, claim.negated
    if claim.topic in ("ready", "in_progress", "back_order", "delivered"):
        if claim.topic == "back_order":
            return ((status == "back_order" or request.stock == 0) is not negated) and status != "unknown"
        if claim.topic == "delivered" and _HANDED.search(claim.words) and not negated:
            return status == "delivered" or request.last_dispensed_on in days
        return status != "unknown" and (status == claim.topic) is not negated
    if claim.topic == "process":
        return (
            negated
            or status == "in_progress"
            or (may_refill(request, ledger) and status not in ("back_order", "ready"))
        )
    if claim.topic == "renewable":
        if negated:
            return not may_refill(request, ledger)
        return may_refill(request, ledger) or (dated and request.active and bool(request.repeats_left))
    if claim.topic == "stopped":
        return request.active is claim.negated
    if claim.topic == "too_early":
        return not may_refill(request, ledger) or status in ("in_progress", "back_order")
    if claim.topic == "in_stock":
        there = bool(request.stock) or (status == "ready" and request.stock is None)
        return there and status != "back_order" if not negated else request.stock == 0 or status == "back_order"
    if claim.topic == "no_order":
        return status in ("none", "delivered")
    if claim.topic == "no_repeats":
        left = 1 if AFTER_THIS.search(clause) else 0
        return (request.repeats_left == left) is not claim.negated
    if claim.topic == "sent_for":
        return negated or status in ("in_progress", "ready", "back_order", "delivered")
    return (request.prior_authorization == "approved") is not negated if claim.topic == "approved" else False


def _invoice(claim: Claim, invoice: Invoice, clause: str) -> bool:
    if claim.topic in ("paid", "open"):
        return (invoice.status == claim.topic) is not claim.negated
    covered, amount = invoice.covered_cents, invoice.amount_cents
    if _FULLY.search(clause):
        return (covered >= amount) is not claim.negated
    if _HALF.search(clause) and not claim.negated:
        return abs(2 * covered - amount) <= 2  # a cent may have been rounded
    if _NEARLY_ALL.search(clause) and not claim.negated:
        return amount > covered >= 0.85 * amount
    if _MOSTLY.search(clause) and not claim.negated:
        return amount > covered > amount / 2
    if _PARTLY.search(clause):
        return (0 < covered < amount) is not claim.negated
    return (covered > 0) is not claim.negated


def _appointment(claim: Claim, appointment: Appointment, ledger: Ledger, days: frozenset[date]) -> bool:
    if claim.topic == "no_appointment":
        on = appointment.start_at.astimezone(ledger.zone).date()
        return appointment.status == "cancelled" or on < ledger.today or bool(days and on not in days)
    if claim.topic == "moved":
        return claim.negated
    return (appointment.status == claim.topic) is not claim.negated


def _lab(claim: Claim, result: LabResult) -> bool:
    if claim.topic == "awaited":
        return result.status == "pending"
    return (result.status == "received") is not claim.negated


def _coverage(claim: Claim, coverage: Coverage) -> bool:
    if coverage.status == "unknown":
        return False
    wanted = "active" if claim.topic == "insured" else "lapsed"
    return (coverage.status == wanted) is not claim.negated


def _patient(claim: Claim, ledger: Ledger, clause: str) -> bool:
    """Things done that no record tells, but for consent: "u bent al uitgeschreven"."""
    if claim.negated:
        return True
    consent = ledger.patient.consent if ledger.patient else None
    if consent and re.search(r"uitgeschreven|afgemeld|unsubscribed|taken off|removed", claim.words):
        return consent.marketing is False
    if (
        consent
        and re.search(r"aangemeld|ingeschreven", claim.words)
        and re.search(r"nieuwsbrief|newsletter|reclame|aanbieding|offers", clause)
    ):
        return consent.marketing is True
    return False


_TOLD_OF_NONE = frozenset(
    {
        "ready",
        "in_progress",
        "delivered",
        "renewable",
        "no_order",
        "booked",
        "proposed",
        "received",
        "no_appointment",
        "paid",
        "open",
    }
)


def _of_none(claim: Claim, ledger: Ledger) -> bool:
    """Whether nothing can rightly be said of a record that is not there: "u staat niet ingepland voor een reisadvies"."""
    denies = claim.negated or claim.topic in ("no_order", "no_appointment")
    return denies and claim.topic in _TOLD_OF_NONE and ledger.patient is not None


def bears_out(claim: Claim, ledger: Ledger, clause: str, *, dated: bool, days: frozenset[date] = frozenset()) -> bool:
    """Whether the record says what the claim says. `dated`: the clause names a day, which is checked on its own; `days`:
    which days it names."""
    tests: dict[str, Callable[[], bool]] = {
        **{r.id: lambda r=r: _medication(claim, r, ledger, clause, dated=dated, days=days) for r in ledger.requests},  # type: ignore[misc]
        **{i.id: lambda i=i: _invoice(claim, i, clause) for i in ledger.invoices},  # type: ignore[misc]
        **{a.id: lambda a=a: _appointment(claim, a, ledger, days) for a in ledger.appointments},  # type: ignore[misc]
        **{r.id: lambda r=r: _lab(claim, r) for r in ledger.labs},  # type: ignore[misc]
        "coverage": lambda: _coverage(claim, ledger.coverage),
    }
    if claim.topic == "done":
        return _patient(claim, ledger, clause)
    if claim.topic == "no_appointment" and claim.any_of:
        return ledger.patient is not None and all(tests[subject]() for subject in claim.subjects)
    results = [tests[subject]() if subject in tests else _of_none(claim, ledger) for subject in claim.subjects]
    if not results and (claim.negated or claim.topic == "no_appointment") and ledger.patient is not None:
        return True  # "verder ligt er niets klaar"
    if not results:
        return (
            claim.topic == "open" and claim.negated and ledger.patient is not None
        )  # "er staat niets open": no bill at all
    return any(results) if claim.any_of else all(results)
