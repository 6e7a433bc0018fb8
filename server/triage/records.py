"""Which of the patient's prescription lines a question is about: named, carried over, or the only one that fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from server.model.patient import MedicationRequest
from server.text.labels import read_label
from server.text.medicines import MedicineMention, matching_requests

_ORDERED = ("ready", "in_progress", "back_order")


@dataclass(frozen=True)
class Meant:
    """The lines that words mean. `candidates`: lines between which they do not choose; `named`: words that fit no
    running line. All empty: nothing was named."""

    requests: tuple[MedicationRequest, ...] = ()
    candidates: tuple[str, ...] = ()
    named: tuple[str, ...] = field(repr=False, default=())

    def __bool__(self) -> bool:
        return bool(self.requests or self.candidates or self.named)


def select_named(
    mentions: Iterable[MedicineMention], requests: Sequence[MedicationRequest], *, choose: bool = True
) -> Meant:
    """The lines that mentions name. A mention that fits several running lines gives candidates when one must be
    chosen (a refill), else all of them (a status). Stopped lines never count; their words stay in `named`."""
    found: dict[str, MedicationRequest] = {}
    candidates: list[str] = []
    named: list[str] = []
    mentions = tuple(mentions)
    exact = {r.id for m in mentions if m.kind != "lay" for r in matching_requests(m, requests)}
    for mention in mentions:
        fitting = [request for request in matching_requests(mention, requests) if request.active]
        if mention.kind == "lay" and len(fitting) > 1:  # "zijn pufje, de salbutamol": the name chooses
            fitting = [request for request in fitting if request.id in exact] or fitting
        ambiguous = not mention.settled
        if not fitting:
            named.append(mention.words)
        elif ambiguous or (choose and len(fitting) > 1):
            candidates += [request.id for request in fitting]
            named += [mention.words] if ambiguous else []
        else:
            found.update({request.id: request for request in fitting})
    left = tuple(dict.fromkeys(c for c in candidates if c not in found))
    return Meant(tuple(found.values()), left, tuple(dict.fromkeys(named)))


def running(requests: Sequence[MedicationRequest]) -> tuple[MedicationRequest, ...]:
    """The lines that are in use."""
    return tuple(request for request in requests if request.active)


def ordered(requests: Sequence[MedicationRequest]) -> tuple[MedicationRequest, ...]:
    """The lines with an order under way; without any, those just delivered."""
    under_way = tuple(request for request in running(requests) if request.order_status in _ORDERED)
    return under_way or tuple(request for request in running(requests) if request.order_status == "delivered")


def is_same_medicine(line: MedicationRequest, other: MedicationRequest) -> bool:
    """Whether a line that is in use is the same medicine in the same form as another one."""
    one, two = read_label(line), read_label(other)
    forms = not one.forms or not two.forms or bool(one.forms & two.forms)
    code = bool(line.atc) and len(line.atc or "") == 7 and line.atc == other.atc
    return other.active and forms and (code or one.substance.casefold() == two.substance.casefold())
