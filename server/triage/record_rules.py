"""Rules on the record: what the pharmacy knows turns a harmless looking request into one that a pharmacist must see.

Each rule is one function; nothing overrules what they find (contract: FLOOR)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from server.model.finding import Finding, Part, Severity
from server.model.patient import MedicationRequest, PatientMatch
from server.model.refill import RefillRules, earliest_refill_on
from server.model.rulebook import Rulebook
from server.model.thread import Thread
from server.text.labels import amounts_of, read_label
from server.text.medicines import matching_requests
from server.text.mentions import is_controlled
from server.text.odd_names import find_odd_names
from server.triage.allergies import met_allergies
from server.triage.asked import CLINICAL, Asked, asked_of
from server.triage.eligibility_nl import is_authorization_ending
from server.triage.questions import Reading
from server.triage.records import is_same_medicine

_NEEDS_ONE_LINE = frozenset({"refill_request"})  # a request between whose lines somebody must choose
_OPEN = ("missing", "pending")
_RULES = RefillRules()


def find_record_findings(
    reading: Reading,
    match: PatientMatch,
    thread: Thread,
    today: date,
    *,
    rulebook: Rulebook | None = None,
    rules: RefillRules = _RULES,
    house: str = "",
) -> tuple[Finding, ...]:
    """What the record makes of this mail, and what a person must know beside it. `rules`: of the pharmacy's country;
    `house`: what the pharmacy is called and where it is."""
    asked = asked_of(reading, match, thread, today, rules=rules, rulebook=rulebook)
    found = (
        _controlled(asked),
        _early(asked),
        _authorization(asked),
        _other_strength(asked),
        _stopped(asked),
        _duplicates(asked),
        _not_in_record(asked),
        _look_alike(asked),
        _unknown_name(asked, house),
        _allergy(asked),
        _unclear(asked),
        _beside(match, thread),
    )
    return tuple(dict.fromkeys(finding for rule in found for finding in rule))


def _finding(code: str, rule: str, quotes: Iterable[str] = (), lines: Iterable[MedicationRequest] = ()) -> Finding:
    return Finding(
        code=code,
        part=Part.FLOOR,
        severity=Severity.HARD,
        rule=f"record/{rule}",
        quotes=tuple(dict.fromkeys(quotes)),
        subject_ids=tuple(dict.fromkeys(line.id for line in lines)),
    )


def _words_for(asked: Asked, lines: Sequence[MedicationRequest]) -> tuple[str, ...]:
    ids = {line.id for line in lines}
    return tuple(mention.words for mention in asked.mentions if ids & set(mention.request_ids))


def _controlled(asked: Asked) -> Iterator[Finding]:
    """A controlled medicine that is asked for, or named as taken in a clinical question."""
    lines = [line for line in asked.lines if _under_control(line, asked.rules.country)]
    named = [mention.words for mention in asked.mentions if mention.controlled]
    if lines or named:
        yield _finding("controlled_substance", "controlled", (*named, *_words_for(asked, lines)), lines)


def _under_control(line: MedicationRequest, country: str) -> bool:
    """The record says so; where it does not say, the law of the country does."""
    return bool(line.controlled) or (line.controlled is None and is_controlled(line, country))


def _early(asked: Asked) -> Iterator[Finding]:
    """A repeat of a controlled medicine while more than a week of it must be left."""
    if not asked.intends("refill_request"):
        return
    refilled = {a.subject_id for q in asked.questions if q.intent == "refill_request" for a in q.about}
    lines = [line for line in asked.lines if line.id in refilled and _under_control(line, asked.rules.country)]
    due = {line.id: earliest_refill_on(line, asked.rules) for line in lines}
    early = [line for line in lines if (day := due[line.id]) is not None and asked.today < day]
    if early:
        yield _finding("early_refill_controlled", "early", _words_for(asked, early), early)


def _authorization(asked: Asked) -> Iterator[Finding]:
    """The insurer's authorization for what is asked is missing, pending, or ends before a new supply would."""
    lines = [line for line in asked.lines if line.active and _lacks_authorization(line, asked)]
    if not lines:
        named = [line for mention in asked.insured for line in matching_requests(mention, asked.requests)]
        lines = [line for line in named if _lacks_authorization(line, asked)]
    if lines:
        ids = {line.id for line in lines}
        words = (mention.words for mention in (*asked.mentions, *asked.insured) if ids & set(mention.request_ids))
        yield _finding("missing_prior_authorization", "authorization", words, lines)


def _lacks_authorization(line: MedicationRequest, asked: Asked) -> bool:
    return line.prior_authorization in _OPEN or is_authorization_ending(line, asked.today)


def _other_strength(asked: Asked) -> Iterator[Finding]:
    """The mail names another strength than any line of that medicine has."""
    for mention in asked.mentions:
        lines = [r for r in asked.requests if r.id in mention.request_ids]
        said = amounts_of(mention.strength)
        if not lines or not said or mention.kind == "lay":
            continue
        if not any(c.isalpha() for c in mention.strength):  # a bare "75" may be microgram
            said |= {round(amount * 0.001, 6) for amount in said}
        kept = {amount for line in lines if line.active for amount in read_label(line).amounts}
        if kept and not said & kept:
            yield _finding("conflicting_history", "other_strength", (f"{mention.words} {mention.strength}",), lines)


def _stopped(asked: Asked) -> Iterator[Finding]:
    """What is asked for was stopped. A new prescription of it is no contradiction."""
    if not asked.intends("refill_request", "prescription_status", "pickup_delivery", CLINICAL):
        return
    for mention in asked.mentions:
        lines = matching_requests(mention, asked.requests)
        if lines and mention.kind != "lay" and not any(r.active for r in asked.requests if r.id in mention.request_ids):
            yield _finding("conflicting_history", "stopped", (mention.words,), lines)


def _duplicates(asked: Asked) -> Iterator[Finding]:
    """The record holds what is asked twice: same substance, same way of taking it, both running."""
    refilled = {a.subject_id for q in asked.questions if q.intent == "refill_request" for a in q.about}
    refilled |= {c for q in asked.questions for c in q.candidates if asked.named_lines}
    concerned = [line for line in asked.lines if line.id in refilled or line in asked.named_lines]
    for line in concerned:
        twins = [
            other for other in asked.requests if other.id != line.id and line.active and is_same_medicine(line, other)
        ]
        if twins:
            yield _finding(
                "conflicting_history",
                "duplicate",
                _words_for(asked, [line]),
                sorted([line, *twins], key=lambda r: r.id),
            )


def _not_in_record(asked: Asked) -> Iterator[Finding]:
    """A repeat is asked of a medicine that this pharmacy has no line of."""
    if asked.match.patient is None or not asked.intends("refill_request"):
        return
    named = {word for q in asked.questions if q.intent == "refill_request" for word in q.named}
    for mention in asked.mentions:
        here = mention.words in named and mention.words not in asked.elsewhere
        if here and not mention.request_ids and mention.kind != "lay":
            code = "unclear_request" if len(mention.names) > 1 else "conflicting_history"
            yield _finding(code, "not_in_record", (mention.words,))


def _look_alike(asked: Asked) -> Iterator[Finding]:
    """A name that lies between two medicines, or only comes close to one that may do harm: nobody guesses which."""
    for mention in asked.mentions if asked.match.patient is not None else ():
        if not mention.settled:
            lines = [line for line in asked.requests if line.id in mention.request_ids]
            yield _finding("unclear_request", "look_alike", (mention.words,), lines)


def _unknown_name(asked: Asked, house: str) -> Iterator[Finding]:
    """A repeat is asked of something that no word list has: it is not taken for the medicine that is on record."""
    patient = asked.match.patient
    if patient is None:
        return
    contact = asked.match.contact.name if asked.match.contact else ""
    people = (house, patient.name, patient.address or "", contact, *(one.name for one in patient.contacts))
    known = (*people, *(mention.words for mention in asked.mentions), *(line.medication for line in asked.requests))
    pieces = [piece for q in asked.questions if q.intent == "refill_request" for piece in q.pieces]
    odd = [word for piece in pieces for word in find_odd_names(piece, known)]
    if odd:
        yield _finding("unclear_request", "unknown_name", odd)


def _allergy(asked: Asked) -> Iterator[Finding]:
    """A recorded allergy meets what is asked for or taken, mentioned or not."""
    if asked.match.patient is None:
        return
    codes = [code for mention in asked.mentions for code in mention.atc]
    codes += [line.atc for line in asked.lines if line.atc]
    if met_allergies(asked.match.patient.allergies, codes):
        words = [m.words for m in asked.mentions if met_allergies(asked.match.patient.allergies, m.atc)]
        yield _finding("conflicting_history", "allergy", words)


def _unclear(asked: Asked) -> Iterator[Finding]:
    """A repeat is asked and the words do not choose between the patient's lines."""
    if asked.match.patient is None:
        return
    for question in asked.questions:
        if question.intent not in _NEEDS_ONE_LINE or question.about or (question.named and not question.candidates):
            continue
        lines = [line for line in asked.requests if line.id in question.candidates]
        twins = len(lines) > 1 and all(is_same_medicine(lines[0], other) for other in lines[1:])
        if not twins:
            yield _finding("unclear_request", "no_line_chosen", question.pieces[:1], lines)


def _beside(match: PatientMatch, thread: Thread) -> Iterator[Finding]:
    """What a person must know: the record does not answer, files to look at, a mail that was cut."""
    if match.record_unavailable:
        yield Finding("record_unavailable", Part.FLOOR, Severity.SOFT, "record/unavailable")
    message = thread.latest
    if any(not attachment.inline for attachment in message.attachments):
        yield Finding("attachment_to_look_at", Part.FLOOR, Severity.SOFT, "mail/attachment")
