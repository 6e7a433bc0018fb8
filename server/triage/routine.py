"""Routine must be proven: what a mail lacks to be one that is answered from the records without a pharmacist's look.

The words of danger and the rules on the record say what is wrong; this says what is not known to be right. Whatever is
found here is doubt (contract: CAUTION, lower): a valid opinion of a model may clear it, and without one it escalates."""

from collections.abc import Iterator
from itertools import islice

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.model.triage import Question
from server.triage.questions import Reading

UNEXPLAINED = "unexplained_sentence"
NO_INTENT = "no_routine_intent"
NOT_SETTLED = "medicine_not_settled"
_MOST_QUOTES = 20
_NOT_ROUTINE = frozenset({"clinical_question"})
_SAID_SO = frozenset({"thanks", "complaint", "stop", "opening_hours"})  # outcomes that only known words bring
_OF_ONE_LINE = frozenset({"refill_request", "prescription_status", "pickup_delivery"})


def find_unproven(reading: Reading, match: PatientMatch, *, automatic: bool = False) -> Iterator[Finding]:
    """What keeps this mail from being routine. A stranger is asked to identify whatever the mail says, and nobody waits
    for an answer to an automatic one: there, what is not explained is only shown. Somebody on file who writes about another
    person (a parent about a child) is asked to identify too, but what is not explained may be danger: it escalates."""
    quotes = tuple(islice(_unexplained(reading), _MOST_QUOTES))
    if quotes:
        shown_only = automatic or not match.knows_sender
        yield _doubt(UNEXPLAINED, "coverage/sentence", quotes, shown_only=shown_only)
    if automatic or match.rung is Rung.UNKNOWN:
        return
    if not any(_is_routine(question, reading) for question in reading.questions):
        yield _doubt(NO_INTENT, "coverage/intent")
    unsettled = [question for question in reading.questions if not _is_settled(question)]
    if unsettled:
        yield _doubt(NOT_SETTLED, "coverage/medicine", tuple(dict.fromkeys(p for q in unsettled for p in q.pieces)))


def _doubt(code: str, rule: str, quotes: tuple[str, ...] = (), *, shown_only: bool = False) -> Finding:
    severity = Severity.NOTE if shown_only else Severity.HARD
    return Finding(code, Part.CAUTION, severity, rule, quotes, clearable=not shown_only)


def _unexplained(reading: Reading) -> Iterator[str]:
    for sentence, explained in zip(reading.sentences, reading.explained, strict=True):
        if not explained:
            yield sentence


def _is_routine(question: Question, reading: Reading) -> bool:
    """Whether it is asked in known words or nearly surely, and no pharmacist must answer it. A remark that fits no outcome is
    acknowledged; one that only may be a remark is not routine."""
    if question.intent in _NOT_ROUTINE:
        return False
    told = question.intent == "other" and any(about.outcome in _SAID_SO for about in question.about)
    return told or question.intent in reading.proven


def _is_settled(question: Question) -> bool:
    """Whether each medicine meant is one line of the record. What is only asked to be in stock, or comes with a new
    prescription, need not be in it."""
    return question.intent not in _OF_ONE_LINE or not (question.candidates or question.named)
