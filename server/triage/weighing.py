"""What the record says of words: some words are a trigger only as long as the record does not settle the matter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from server.model.finding import Finding, Part, Severity
from server.model.patient import MedicationRequest, PatientMatch
from server.model.refill import RefillRules, earliest_refill_on
from server.model.rulebook import Rulebook
from server.text.medicines import MedicineMention, matching_requests
from server.text.mentions import is_controlled
from server.triage.asked import CLINICAL
from server.triage.questions import SUPPLY, Reading
from server.triage.triggers import is_emergency

_BILLS = frozenset({"billing", "insurance", "consent_change", "appointment", "lab_followup"})
_EARLY_WORDS = "triggers/early_refill_controlled/early"
_RULES = RefillRules()
_CANNED = frozenset({"urgent_language", "unread_language"})  # "bij spoed kunt u bellen", in any language
_NEED_SUPPLY = frozenset({"controlled_substance", "early_refill_controlled"})


def weigh_words(
    findings: Sequence[Finding],
    reading: Reading,
    match: PatientMatch,
    today: date | None = None,
    rules: RefillRules = _RULES,
) -> tuple[Finding, ...]:
    """The findings of words, those that the record settles turned into notes (FORMAT.md, "Triggers" and fine points)."""
    in_time = today is not None and is_in_time(reading, match, today, rules)
    return tuple(_settled(findings, reading, match, in_time=in_time))


def weigh_automatic(findings: Sequence[Finding], rulebook: Rulebook, match: PatientMatch) -> Iterator[Finding]:
    """The findings of a mail that no person sent: its canned words ("Voor spoed kunt u bellen") become notes. Danger to
    life and attacks stay what they are, and of a sender on file everything but haste: people's own mails carry such
    headers too, and a header may never take danger away."""
    for finding in findings:
        stays = is_emergency(finding, rulebook) or finding.code == "suspicious_content"
        stays = stays or (match.knows_sender and finding.part is Part.FLOOR and finding.code not in _CANNED)
        yield finding if stays or not finding.stands else replace(finding, severity=Severity.NOTE)


def _settled(findings: Sequence[Finding], reading: Reading, match: PatientMatch, *, in_time: bool) -> Iterator[Finding]:
    for finding in findings:
        settled = (
            (finding.code == "missing_prior_authorization" and is_authorized(reading, match))
            or (finding.code == "unclear_request" and is_resolved(reading))
            or (finding.code in _NEED_SUPPLY and is_only_administration(reading))
            or (finding.rule == _EARLY_WORDS and in_time)
        )
        yield replace(finding, severity=Severity.NOTE) if settled else finding


def is_in_time(reading: Reading, match: PatientMatch, today: date, rules: RefillRules) -> bool:
    """Whether the record shows that each controlled medicine meant may be asked for today: then "a bit early" and "five
    left" are no early repeat. Lost, stolen or for a journey stays what it is."""
    if match.patient is None:
        return False
    mentions = (*reading.mentions, *reading.carried)
    if any(mention.controlled and not mention.request_ids for mention in mentions):
        return False
    meant = _meant(reading, match.patient.medication_requests)
    due = [earliest_refill_on(line, rules) for line in meant if is_controlled(line, rules.country)]
    return bool(due) and all(day is not None and day <= today for day in due)


def is_only_administration(reading: Reading) -> bool:
    """Whether only bills, insurance, appointments and the like are asked, in known words: an invoice that lists a
    controlled medicine. What is only guessed takes nothing away."""
    return bool(reading.questions) and all(q.intent in _BILLS & reading.proven for q in reading.questions)


def is_authorized(reading: Reading, match: PatientMatch) -> bool:
    """Whether the record shows an authorization, or that none is needed, for all that is meant."""
    if match.patient is None:
        return False
    lines = _meant(reading, match.patient.medication_requests)
    strange = any(not mention.request_ids and mention.kind != "lay" for mention in reading.mentions)
    running = [line for line in match.patient.medication_requests if line.active]
    return not strange and all(line.prior_authorization in ("approved", "not_required") for line in lines or running)


def is_resolved(reading: Reading) -> bool:
    """Whether every supply question found its lines by a medicine's name, and nothing is left to choose."""
    asked = [question for question in reading.questions if question.intent in SUPPLY]
    clinical = any(question.intent == CLINICAL for question in reading.questions)
    named = any(_names_one(mention) for mention in (*reading.mentions, *reading.carried))
    if not asked:
        return not clinical and bool(reading.questions) and all(q.intent != "other" for q in reading.questions)
    if all(question.intent != "refill_request" for question in asked) and not clinical:
        return True  # "is it ready?" needs no medicine's name
    return named and all(not q.candidates for q in asked)


def _names_one(mention: MedicineMention) -> bool:
    """Whether it is one medicine's name, or a lay word that one line of the patient's fits ("de blauwe puffer")."""
    return len(mention.request_ids) == 1 if mention.kind == "lay" else len(mention.names) <= 1


def _meant(reading: Reading, requests: Sequence[MedicationRequest]) -> tuple[MedicationRequest, ...]:
    ids = {about.subject_id for q in reading.questions if q.intent in SUPPLY for about in q.about}
    ids |= {r.id for m in (*reading.mentions, *reading.carried) for r in matching_requests(m, requests)}
    return tuple(line for line in requests if line.id in ids)
