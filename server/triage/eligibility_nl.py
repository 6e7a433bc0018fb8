"""Dutch rules for a repeat, in their order (domain.md §2.3, N1 to N13): pure, on one prescription line."""

from collections.abc import Iterator
from datetime import date, timedelta

from server.model.patient import MedicationRequest, Patient
from server.model.refill import Eligibility, Obstacle, RefillAsk, RefillRules, earliest_refill_on
from server.text.labels import read_label
from server.text.mentions import is_controlled

UNUSED_DAYS = 365  # after a year unused a medicine is explained again, as a new one
_ROUTINE = RefillAsk()
_RULES = RefillRules()


def nl_eligibility(
    request: MedicationRequest,
    patient: Patient | None,
    today: date,
    ask: RefillAsk = _ROUTINE,
    rules: RefillRules = _RULES,
) -> Eligibility:
    """What a request to repeat this line comes to. What the record does not say holds nothing back, but for the date and
    the right to repeat: without those the answer is "unknown"."""
    held = tuple(
        obstacle
        for rule in (
            _asking(ask),
            _sensitive(request, ask),
            _person(patient, today, rules),
            _explained(request, today),
            _running(request, ask, today),
            _supply(request, today, ask, rules),
            _authority(request),
            _authorization(request, today),
            _shelf(request),
            _unknown(request, rules),
        )
        for obstacle in rule
    )
    return eligibility_of(held)


def eligibility_of(obstacles: tuple[Obstacle, ...]) -> Eligibility:
    """The first obstacle decides; all are kept."""
    if not obstacles:
        return Eligibility("eligible", "none")
    first = obstacles[0]
    needs = tuple(dict.fromkeys(obstacle.need for obstacle in obstacles))
    return Eligibility(first.status, first.reason, first.earliest_on, needs, obstacles)


def _asking(ask: RefillAsk) -> Iterator[Obstacle]:
    if not ask.verified:
        yield Obstacle("verify_identity", "N1", "identity")
    if not ask.one_line:
        yield Obstacle("clarify", "N2", "choice")


def _sensitive(request: MedicationRequest, ask: RefillAsk) -> Iterator[Obstacle]:
    """Of N3 only what is controlled: a sensitive medicine is marked for the pharmacist and held back by nothing."""
    if request.controlled or (request.controlled is None and is_controlled(request, "NL")):
        yield Obstacle("pharmacist", "N3", "pharmacist")
    if ask.escalated:
        yield Obstacle("pharmacist", "N4", "pharmacist")


def _person(patient: Patient | None, today: date, rules: RefillRules) -> Iterator[Obstacle]:
    if patient is None:
        return
    born = patient.birth_date
    if (
        born is not None
        and today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < rules.least_age
    ):
        yield Obstacle("colleague", "N5_age", "colleague")
    if patient.standing in ("moved", "deceased", "blocked"):
        yield Obstacle("colleague", "N5_standing", "colleague")
    if patient.pouches:
        yield Obstacle("colleague", "N5_pouches", "colleague")


def _explained(request: MedicationRequest, today: date) -> Iterator[Obstacle]:
    """First and second issue, and a year unused, ask for a talk (S12). A line never handed over counts as the first issue
    only where the record says so."""
    last = request.last_dispensed_on
    if request.issue_number == 1:
        yield Obstacle("second_issue" if last is not None else "first_issue", "N6", "talk")
    elif last is not None and today > last + timedelta(days=UNUSED_DAYS):
        yield Obstacle("second_issue", "N6_unused", "talk")


def _running(request: MedicationRequest, ask: RefillAsk, today: date) -> Iterator[Obstacle]:
    if not request.active or ask.contradicts:
        yield Obstacle("pharmacist", "N7", "pharmacist")
    entry = read_label(request).entry
    due = request.monitoring_due_on
    if due is not None and due <= today and entry is not None and entry.risk:
        yield Obstacle("pharmacist", "N8", "check")


def _supply(request: MedicationRequest, today: date, ask: RefillAsk, rules: RefillRules) -> Iterator[Obstacle]:
    earliest = earliest_refill_on(request, rules)
    if earliest is not None and today < earliest:
        yield Obstacle("too_early", "N9", "wait", earliest)
    if ask.extra:
        yield Obstacle("colleague", "N9_extra", "colleague")


def _authority(request: MedicationRequest) -> Iterator[Obstacle]:
    if request.repeats_left is not None and request.repeats_left <= 0 and not request.repeat_service:
        yield Obstacle("no_repeats", "N10", "new_prescription")


def _authorization(request: MedicationRequest, today: date) -> Iterator[Obstacle]:
    if request.prior_authorization in ("missing", "pending"):
        yield Obstacle("prior_authorization", "N11", "authorization")
    elif is_authorization_ending(request, today):
        yield Obstacle("prior_authorization", "N11_ends", "authorization")


def is_authorization_ending(request: MedicationRequest, today: date) -> bool:
    """Whether the insurer's authorization has ended, or ends before a new supply would."""
    until = request.authorization_until
    return until is not None and until < today + timedelta(days=request.days_supply or 0)


def _shelf(request: MedicationRequest) -> Iterator[Obstacle]:
    if request.order_status == "back_order" or request.stock == 0:
        yield Obstacle("back_order", "N12", "stock", request.expected_on)


def _unknown(request: MedicationRequest, rules: RefillRules) -> Iterator[Obstacle]:
    """The right to repeat, or the end of the supply, is in no record: nobody guesses."""
    if request.repeats_left is None and not request.repeat_service:
        yield Obstacle("unknown", "repeats_unknown", "record")
    if request.last_dispensed_on is not None and earliest_refill_on(request, rules) is None:
        yield Obstacle("unknown", "supply_unknown", "record")
