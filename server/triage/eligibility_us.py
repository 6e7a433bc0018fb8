"""Rules of the United States for a refill (domain.md §2.4): schedules, age of the prescription, refill too soon, rejects."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from server.model.patient import MedicationRequest, Patient
from server.model.refill import Eligibility, Obstacle, RefillAsk, RefillRules, RefillStatus, earliest_refill_on
from server.text.labels import read_label
from server.triage.eligibility_nl import eligibility_of

FIVE_REFILLS = 5  # of schedules III and IV (21 CFR 1306.22(a)); our default for V, which has no federal cap
_MONTHS: Mapping[str, int] = {"III": 6, "IV": 6, "V": 6, "": 12}  # after which a prescription is too old, by schedule
# What the payer's answer to a claim means here (NCPDP reject codes).
_REJECTS: Mapping[str, tuple[RefillStatus, str]] = {
    "79": ("too_early", "wait"),
    "75": ("prior_authorization", "authorization"),
    "70": ("prior_authorization", "authorization"),
    "76": ("prior_authorization", "authorization"),
    "88": ("pharmacist", "pharmacist"),
}
_ROUTINE = RefillAsk()
_RULES = RefillRules(country="US")


def us_eligibility(
    request: MedicationRequest,
    patient: Patient | None,
    today: date,
    ask: RefillAsk = _ROUTINE,
    rules: RefillRules = _RULES,
) -> Eligibility:
    """What a request to refill this line comes to. What is scheduled is always the pharmacist's; what the rules say of it
    stands among the obstacles, for the pharmacist alone."""
    request = replace(request, controlled=bool(schedule_of(request)))
    held = tuple(
        obstacle
        for rule in (
            _asking(request, ask),
            _person(patient),
            _schedule(request),
            _age(request, today),
            _repeats(request),
            _soon(request, today, ask, rules),
            _payer(request),
            _shelf(request),
            _unknown(request, rules),
        )
        for obstacle in rule
    )
    return eligibility_of(held)


def schedule_of(request: MedicationRequest) -> str:
    """The US schedule of a line ("II" to "V"), "" when it has none. A line that the record calls controlled and whose
    substance is on no list counts as the strictest."""
    entry = read_label(request).entry
    listed = entry.schedule.partition("/")[0] if entry is not None else ""
    return listed or ("II" if request.controlled else "")


def _asking(request: MedicationRequest, ask: RefillAsk) -> Iterator[Obstacle]:
    if not ask.verified:
        yield Obstacle("verify_identity", "us_identity", "identity")
    if not ask.one_line:
        yield Obstacle("clarify", "us_choice", "choice")
    if schedule_of(request):
        yield Obstacle("pharmacist", f"us_schedule_{schedule_of(request).lower()}", "pharmacist")
    if ask.escalated or ask.contradicts or not request.active:
        yield Obstacle("pharmacist", "us_escalated" if ask.escalated else "us_contradicts", "pharmacist")


def _person(patient: Patient | None) -> Iterator[Obstacle]:
    if patient is not None and patient.standing in ("moved", "deceased", "blocked"):
        yield Obstacle("colleague", "us_standing", "colleague")


def _schedule(request: MedicationRequest) -> Iterator[Obstacle]:
    """Schedule II is never refilled (21 CFR 1306.12); III to V five times at most."""
    schedule = schedule_of(request)
    if schedule in ("I", "II"):
        yield Obstacle("no_repeats", "us_never_refilled", "new_prescription")
    elif schedule and _refills_made(request) >= FIVE_REFILLS:
        yield Obstacle("no_repeats", "us_five_refills", "new_prescription")


def _refills_made(request: MedicationRequest) -> int:
    """Hand-overs on this prescription but for the first; 0 when its date is unknown."""
    if request.written_on is None:
        return 0
    return max(0, sum(fill.on >= request.written_on for fill in request.fills) - 1)


def _age(request: MedicationRequest, today: date) -> Iterator[Obstacle]:
    months = _MONTHS.get(schedule_of(request))
    if months is not None and request.written_on is not None and today > months_later(request.written_on, months):
        yield Obstacle("no_repeats", f"us_older_than_{months}_months", "new_prescription")


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError("no month has fewer than 28 days")


def _repeats(request: MedicationRequest) -> Iterator[Obstacle]:
    if request.repeats_left is not None and request.repeats_left <= 0:
        yield Obstacle("no_repeats", "us_no_refills", "new_prescription")


def _soon(request: MedicationRequest, today: date, ask: RefillAsk, rules: RefillRules) -> Iterator[Obstacle]:
    earliest = earliest_refill_on(request, rules)
    if earliest is not None and today < earliest:
        yield Obstacle("too_early", "us_too_soon", "wait", earliest)
    if ask.extra:
        yield Obstacle("colleague", "us_extra", "colleague")


def _payer(request: MedicationRequest) -> Iterator[Obstacle]:
    known = _REJECTS.get(request.payer_reject or "")
    if known is not None:
        yield Obstacle(known[0], f"us_reject_{request.payer_reject}", known[1])
    elif request.prior_authorization in ("missing", "pending"):
        yield Obstacle("prior_authorization", "us_authorization", "authorization")


def _shelf(request: MedicationRequest) -> Iterator[Obstacle]:
    if request.order_status == "back_order" or request.stock == 0:
        yield Obstacle("back_order", "us_stock", "stock", request.expected_on)


def _unknown(request: MedicationRequest, rules: RefillRules) -> Iterator[Obstacle]:
    if request.repeats_left is None:
        yield Obstacle("unknown", "us_refills_unknown", "record")
    if request.last_dispensed_on is not None and earliest_refill_on(request, rules) is None:
        yield Obstacle("unknown", "us_supply_unknown", "record")
