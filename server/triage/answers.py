"""What the record says to each kind of question: the records it is about, and one outcome for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from server.model.patient import MedicationRequest
from server.model.refill import rules_of
from server.model.triage import OUTCOMES, About, Question
from server.text.dates import find_dates
from server.text.medicines import MedicineMention
from server.triage.context import Context
from server.triage.eligibility import order_outcome, refill_outcome, stock_outcome
from server.triage.intents import ReadSentence
from server.triage.matters import kind_is_said, lab_is_said, select_appointments, select_invoices, select_lab_results
from server.triage.records import Meant, ordered, running, select_named

_NOT_YET = ("ready", "in_progress", "back_order", "delivered")  # orders that have something to say of collecting


@dataclass(frozen=True)
class Found:
    """What code found for one question (see Question)."""

    about: tuple[About, ...] = ()
    candidates: tuple[str, ...] = ()
    named: tuple[str, ...] = field(repr=False, default=())
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One question on its way to an answer. `before`: the questions found already; `named_here`: the mail's own words
    name the medicines, not the subject or an older message."""

    intent: str
    context: Context
    pieces: tuple[ReadSentence, ...]
    mentions: tuple[MedicineMention, ...]
    before: tuple[Question, ...]
    named_here: bool

    @property
    def text(self) -> str:
        """The words that ask it; the whole mail when no sentence does."""
        return "\n".join(piece.text for piece in self.pieces or self.context.sentences)

    @property
    def country(self) -> str:
        """Whose law says what is under control."""
        return self.context.pharmacy.country

    def says(self, name: str) -> bool:
        """Whether one of the intent's named pattern lists is found in the question's sentences."""
        return any(f"{self.intent}/{name}" in piece.lists for piece in self.pieces or self.context.sentences)


def find_about(
    intent: str,
    context: Context,
    pieces: tuple[ReadSentence, ...],
    mentions: tuple[MedicineMention, ...],
    before: tuple[Question, ...] = (),
    *,
    named_here: bool = True,
) -> Found:
    """The records a question is about. Nobody's records are looked at when the patient is not known."""
    asked = Asked(intent, context, pieces, mentions, before, named_here)
    if intent in _GENERAL:
        return _GENERAL[intent](asked)
    if context.patient is None:
        return Found(named=_words(mentions) if named_here else (), wishes=_wishes(asked))
    return _OF_RECORD[intent](asked)


def _words(mentions: Sequence[MedicineMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.words for mention in mentions))


def _wishes(asked: Asked) -> tuple[str, ...]:
    known = asked.context.rulebook.intents.get(asked.intent)
    names = {key.partition(".")[2] for key in known.patterns} if known else set()
    wishes = sorted(name.removeprefix("wish.") for name in names if name.startswith("wish.") and asked.says(name))
    if {"change", "cancel"} <= set(wishes):
        wishes.remove("change")
    if asked.intent == "appointment" and find_dates(asked.text, asked.context.language, asked.context.today):
        wishes.append("own_date")
    return tuple(wishes)


def _meant(asked: Asked, *, choose: bool) -> Meant:
    meant = select_named(asked.mentions, asked.context.requests, choose=choose)
    if not asked.named_here and not meant.requests:
        return Meant()  # what an older message named and no line fits says nothing of this question
    return meant


def _refill(asked: Asked) -> Found:
    context = asked.context
    lines = running(context.requests)
    meant = _meant(asked, choose=True)
    if not meant:
        if asked.says("all") or len(lines) == 1:
            meant = Meant(lines)
        else:
            return Found(candidates=tuple(line.id for line in lines), wishes=_wishes(asked))
    rules = rules_of(context.pharmacy)
    about = tuple(About(r.id, refill_outcome(r, context.today, rules, context.patient)) for r in meant.requests)
    if not about and not meant.candidates:
        about = (About("", "unknown"),)
    return Found(about, meant.candidates, meant.named, _wishes(asked))


def _status(asked: Asked) -> Found:
    meant = _meant(asked, choose=False)
    if not meant:
        meant = Meant(_lines_before(asked) or ordered(asked.context.requests))
    about = tuple(About(r.id, order_outcome(r, asked.country)) for r in meant.requests)
    if not about and not meant.candidates:
        about = (About("", "unknown"),)
    return Found(about, meant.candidates, meant.named, _wishes(asked))


def _pickup(asked: Asked) -> Found:
    """How or when to collect. What another question of this mail answers already is not said twice."""
    answered = {about.subject_id for question in asked.before for about in question.about if about.subject_id}
    meant = _meant(asked, choose=False)
    unnamed = () if meant or answered or asked.says("general") else ordered(asked.context.requests)
    lines = meant.requests or unnamed
    about = [About(r.id, order_outcome(r, asked.country)) for r in lines if r.id not in answered]
    wishes = _wishes(asked)
    delivery = "delivery" in wishes
    speaking = [a for a in about if a.outcome in _NOT_YET]
    if delivery:
        return Found((*speaking, About("", "delivery_wanted")), meant.candidates, meant.named, wishes)
    if not speaking or "hours" in wishes:
        kept = about if not answered else speaking
        return Found((*kept, About("", "pickup")), meant.candidates, meant.named, wishes)
    return Found(tuple(about), meant.candidates, meant.named, wishes)


def _lines_before(asked: Asked) -> tuple[MedicationRequest, ...]:
    ids = {a.subject_id for question in asked.before for a in question.about if a.subject_id}
    return tuple(request for request in asked.context.requests if request.id in ids)


def _stock(asked: Asked) -> Found:
    meant = _meant(asked, choose=False)
    about = tuple(About(r.id, stock_outcome(r, asked.country)) for r in meant.requests)
    if not about and not meant.candidates:
        about = (About("", "unknown"),)
    return Found(about, meant.candidates, meant.named, _wishes(asked))


def _appointment(asked: Asked) -> Found:
    context = asked.context
    assert context.patient is not None
    wishes = _wishes(asked)
    if asked.says("outcome.opening_hours") and not kind_is_said(asked.text):
        return Found((About("", "opening_hours"),), wishes=wishes)
    said = (
        asked.text if kind_is_said(asked.text) or context.subject is None else f"{context.subject.text}\n{asked.text}"
    )
    meant = select_appointments(
        said, context.language, context.patient.appointments, today=context.today, time_zone=context.pharmacy.time_zone
    )
    wants = asked.says("outcome.wanted") and not {"change", "cancel"} & set(wishes)
    live = tuple(a for a in meant if a.status != "cancelled")
    wants = wants and not (live and (asked.says("when") or asked.says("agrees")))
    if wants and not (kind_is_said(said) and live):
        return Found((About("", "wanted"),), wishes=wishes)
    chosen = live or meant
    if len(chosen) > 1 and {"change", "cancel"} & set(wishes):
        return Found(candidates=tuple(a.id for a in chosen), wishes=wishes)
    about = tuple(About(a.id, a.status) for a in chosen)
    if {a.status for a in chosen} == {"proposed"} and _accepts(asked) and not {"change", "cancel"} & set(wishes):
        wishes = ("accept", *wishes)
    return Found(about or (About("", "none"),), wishes=wishes)


def _accepts(asked: Asked) -> bool:
    """Whether a proposal is answered with yes, and not asked about."""
    return any(
        "appointment/accept" in sentence.lists and "?" not in sentence.text for sentence in asked.context.sentences
    )


def _lab(asked: Asked) -> Found:
    assert asked.context.patient is not None
    text = asked.text if lab_is_said(asked.text) else asked.context.whole_text()
    results = select_lab_results(text, asked.context.patient.lab_results, today=asked.context.today)
    return Found(tuple(About(r.id, r.status) for r in results) or (About("", "unknown"),))


def _billing(asked: Asked) -> Found:
    context = asked.context
    assert context.patient is not None
    invoices = select_invoices(
        context.whole_text(),
        context.language,
        context.patient.invoices,
        today=context.today,
        mentions=asked.mentions,
        requests=context.requests,
    )
    return Found(tuple(About(i.id, i.status) for i in invoices) or (About("", "none"),), wishes=_wishes(asked))


def _insurance(asked: Asked) -> Found:
    assert asked.context.patient is not None
    return Found((About("", asked.context.patient.coverage.status),), wishes=_wishes(asked))


def _clinical(asked: Asked) -> Found:
    del asked
    return Found((About("", "pharmacist"),))


def _by_words(asked: Asked) -> Found:
    """The first outcome, in the order of the content file, whose words are found; the record has no say."""
    known = asked.context.rulebook.intents.get(asked.intent)
    names = dict.fromkeys(key.partition(".")[2] for key in known.patterns) if known else {}
    for name in names:
        outcome = name.removeprefix("outcome.")
        if name.startswith("outcome.") and outcome in OUTCOMES[asked.intent] and asked.says(name):
            return Found((About("", outcome),), wishes=_wishes(asked))
    default = "new_prescription" if asked.intent == "prescription_transfer" else "unknown"
    return Found((About("", default),), wishes=_wishes(asked))


_GENERAL: dict[str, Callable[[Asked], Found]] = {
    "clinical_question": _clinical,
    "prescription_transfer": _by_words,
    "consent_change": _by_words,
    "other": _by_words,
}
_OF_RECORD: dict[str, Callable[[Asked], Found]] = {
    "refill_request": _refill,
    "prescription_status": _status,
    "pickup_delivery": _pickup,
    "stock_availability": _stock,
    "appointment": _appointment,
    "lab_followup": _lab,
    "billing": _billing,
    "insurance": _insurance,
}
