"""A strength or way of taking that is not the one on the label of the medicine it stands beside."""

from collections.abc import Iterator, Sequence

from server.model.finding import Finding
from server.model.patient import MedicationRequest
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.text.doses import Dose, Intake, find_doses, find_intakes
from server.text.numbers import find_numbers

_FULL = frozenset({("%", 100.0)})


def _beside(place: int, passage: Passage, reading: Reading) -> Sequence[MedicationRequest]:
    """The lines of the medicine nearest before the place, else after it in the sentence, else of those told before."""
    requests = {request.id: request for request in reading.ledger.requests}
    mentions = passage.line.medicines
    before = [m for m in mentions if m.start <= place]
    nearest = before[-1:] or mentions[:1]
    if nearest:
        return [requests[one] for mention in nearest for one in mention.request_ids if one in requests]
    earlier = [m for p in reading.passages[: passage.number] for m in p.line.medicines]
    told = [requests[one] for m in earlier[-1:] for one in m.request_ids if one in requests]
    return told or list(requests.values())


def _on_label(dose: Dose, request: MedicationRequest) -> bool:
    label = frozenset(value for found in find_doses(request.medication) for value in found.values)
    label |= {("", number.value) for number in find_numbers(request.medication)}
    return bool(dose.values) and dose.values <= label


def _in_bill(dose: Dose, reading: Reading) -> bool:
    return any(dose.values <= found.values for i in reading.ledger.invoices for found in find_doses(i.description))


def _totals(told: Sequence[Intake]) -> frozenset[float]:
    """How much a label makes in a day: "3x daags 2 tabletten" is six."""
    each = [float(one.value) for one in told if one.kind == "amount" and "-" not in one.value] or [1.0]
    times = [float(one.value[:-4]) for one in told if one.value.endswith("/day") and "-" not in one.value]
    return frozenset(a * b for a in each for b in times) | {float(one.value) for one in told if one.kind == "total"}


def _is_intake(passage: Passage) -> bool:
    """Whether a sentence tells how to take something, not how much there is."""
    kinds = {one.kind for one in passage.line.intakes}
    return bool(kinds & {"frequency", "total"}) or {"moment", "amount"} <= kinds


def _is_part(intake: Intake) -> bool:
    """Half a tablet is never stock."""
    return intake.kind == "amount" and "-" not in intake.value and float(intake.value) % 1 != 0


def _as_told(intake: Intake, request: MedicationRequest) -> bool:
    told = find_intakes(request.dosage_text or "")
    if intake.kind == "total":
        return float(intake.value) in _totals(told)
    return any(one.kind == intake.kind and one.value == intake.value for one in told)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "staff"):
        for dose in passage.line.doses:
            beside = _beside(dose.start, passage, reading)
            fits = any(_on_label(dose, request) for request in beside)
            volume = any(
                dose.values <= {v for found in find_doses(request.dosage_text or "") for v in found.values}
                for request in beside
            )
            if dose.values != _FULL and not fits and not volume and not _in_bill(dose, reading):
                yield blocks("unsupported_dose", "unsupported_dose", dose.words)
        takes = _is_intake(passage)
        for intake in passage.line.intakes:
            if (takes or _is_part(intake)) and not any(
                _as_told(intake, request) for request in _beside(intake.start, passage, reading)
            ):
                yield blocks("unsupported_dose", "unsupported_dose", intake.words)
