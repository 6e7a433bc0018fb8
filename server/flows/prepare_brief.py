"""From a thread to the brief of its reply: who it is, what is asked, which facts may be told."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog

from server.drafting.facts import select_facts
from server.errors import InvalidRequest, Problem
from server.flows.match_patient import confirm, match_patient
from server.model.finding import Finding, Part, Severity
from server.model.patient import Evidence, PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.reply import ReplyBrief
from server.model.rulebook import Rulebook
from server.model.thread import Thread, ThreadRef
from server.model.triage import Question, Route, Triage, Urgency
from server.services import Services
from server.text.language import detect_language
from server.text.sentences import split_sentences
from server.triage.assess import MAX_CHARS, MAX_SENTENCES, assess
from server.triage.deciding import urgency_of
from server.triage.triggers import find_triggers, is_emergency

log = structlog.get_logger("draft")


@dataclass(frozen=True)
class ReplyRequest:
    """What staff asked for. `tone` "formal", "informal" or None (the pharmacy's own); `language` None: the mail's.
    `patient_id` and `confirmed_by`: a person chose the patient and ticked a second factor."""

    ref: ThreadRef
    tone: str | None = None
    language: str | None = None
    staff_sentence: str = field(repr=False, default="")
    version: int = 1
    request_id: str = ""
    patient_id: str = ""
    confirmed_by: str = ""


def today_in(pharmacy: Pharmacy, now: datetime) -> date:
    """The pharmacy's own date at this moment."""
    return now.astimezone(ZoneInfo(pharmacy.time_zone)).date()


def _failure() -> Finding:
    return Finding("internal_failure", Part.FLOOR, Severity.HARD, "flow/failure")


def _failed_triage(thread: Thread, pharmacy: Pharmacy, rulebook: Rulebook) -> Triage:
    """What a crash while reading means: a person must look. Fail towards the human."""
    language, danger = _danger_in(thread, rulebook)
    spoken = language if language in pharmacy.languages else pharmacy.languages[0]
    findings = (*danger, _failure())
    urgency = max(urgency_of(findings, rulebook), Urgency.SAME_DAY)
    return Triage((Question("other"),), findings, urgency, Route.ESCALATE, language or spoken, spoken)


def _danger_in(thread: Thread, rulebook: Rulebook) -> tuple[str, tuple[Finding, ...]]:
    """The language and the words of danger alone, where the rest of the reading broke: the letter must still name the
    emergency number."""
    message = thread.latest
    try:
        language = detect_language(message.text.new)
        sentences = (message.subject, *split_sentences(message.text.new[:MAX_CHARS])[:MAX_SENTENCES])
        found = find_triggers(sentences, language, rulebook)
        return language, tuple(finding for finding in found if is_emergency(finding, rulebook))
    except Exception:
        log.exception("words of danger not read")
        return "", ()


def _escalated(triage: Triage) -> Triage:
    """The reading of a mail on which something of ours broke: all that was found stays, and a person must look."""
    urgency = max(triage.urgency, Urgency.SAME_DAY)
    return replace(
        triage, findings=(*triage.findings, _failure()), urgency=urgency, route=Route.ESCALATE, reply_needed=True
    )


def read_patient(services: Services, pharmacy: Pharmacy, thread: Thread, request: ReplyRequest) -> PatientMatch:
    """Who it is; a person's choice or second factor in the request raises the rung. After a crash nobody, and `failed`."""
    if request.patient_id and not request.confirmed_by:
        raise InvalidRequest("a patient is chosen together with a second factor: how do you know who is writing?")
    try:
        return _matched(services, pharmacy, thread, request)
    except Problem:
        raise
    except Exception:
        log.exception("matching failed")
        return PatientMatch(Rung.UNKNOWN, evidence=(Evidence("internal_failure"),), failed=True)


def _matched(services: Services, pharmacy: Pharmacy, thread: Thread, request: ReplyRequest) -> PatientMatch:
    records = services.records(pharmacy)
    match = match_patient(thread, records, pharmacy)
    if not request.confirmed_by:
        return match
    patient = records.get_patient(request.patient_id) if request.patient_id else match.patient
    if patient is None:
        raise InvalidRequest("choose the patient first: the mail itself does not say who it is about")
    return confirm(match, patient, factor=request.confirmed_by, sender_address=thread.latest.sender.key)


def read_question(thread: Thread, match: PatientMatch, rulebook: Rulebook, pharmacy: Pharmacy, now: datetime) -> Triage:
    """`assess`, or after a crash a triage that escalates; so does one for a match that failed."""
    try:
        triage = assess(thread, match, rulebook, pharmacy, today_in(pharmacy, now))
    except Exception:
        log.exception("triage failed")
        return _failed_triage(thread, pharmacy, rulebook)
    return _escalated(triage) if match.failed else triage


def make_brief(
    pharmacy: Pharmacy, thread: Thread, match: PatientMatch, triage: Triage, request: ReplyRequest, now: datetime
) -> ReplyBrief:
    """The brief of one mail: what may be told, in which language and tone."""
    language = request.language if request.language in pharmacy.languages else triage.reply_language
    offered, allowed = select_facts(match, replace(triage, reply_language=language), pharmacy, now)
    return ReplyBrief(
        pharmacy=pharmacy,
        thread=thread,
        match=match,
        triage=triage,
        today=today_in(pharmacy, now),
        offered=offered,
        allowed=allowed,
        language=language,
        formal=pharmacy.formal if request.tone is None else request.tone == "formal",
        staff_sentence=request.staff_sentence.strip(),
        version=request.version,
        emergency=triage.urgency is Urgency.EMERGENCY,
    )


def prepare_brief(
    pharmacy: Pharmacy, thread: Thread, match: PatientMatch, triage: Triage, request: ReplyRequest, now: datetime
) -> ReplyBrief:
    """`make_brief`, or after a crash one that offers nothing and escalates."""
    try:
        return make_brief(pharmacy, thread, match, triage, request, now)
    except Exception:
        log.exception("facts failed")
        nobody = PatientMatch(Rung.UNKNOWN, evidence=match.evidence)
        return make_brief(pharmacy, thread, nobody, _escalated(triage), request, now)


def with_reading(brief: ReplyBrief, triage: Triage, request: ReplyRequest, now: datetime) -> ReplyBrief:
    """The brief of the same mail and person for another reading of it."""
    return prepare_brief(brief.pharmacy, brief.thread, brief.match, triage, request, now)
