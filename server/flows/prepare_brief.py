"""From a thread to the brief of its reply: who it is, what is asked, which facts may be told."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog

from server.drafting.facts import select_facts
from server.errors import InvalidRequest
from server.flows.match_patient import confirm, match_patient
from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.reply import ReplyBrief
from server.model.rulebook import Rulebook
from server.model.thread import Thread, ThreadRef
from server.model.triage import Question, Route, Triage, Urgency
from server.services import Services
from server.triage.assess import assess

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


def failed_triage(pharmacy: Pharmacy, language: str = "") -> Triage:
    """What a crash while reading means: a person must look. Fail towards the human."""
    finding = Finding("internal_failure", Part.FLOOR, Severity.HARD, "flow/failure")
    reply_language = language if language in pharmacy.languages else pharmacy.languages[0]
    question = Question("other")
    return Triage((question,), (finding,), Urgency.SAME_DAY, Route.ESCALATE, language or reply_language, reply_language)


def read_patient(services: Services, pharmacy: Pharmacy, thread: Thread, request: ReplyRequest) -> PatientMatch:
    """Who it is; a person's choice or second factor in the request raises the rung."""
    records = services.records(pharmacy)
    match = match_patient(thread, records, pharmacy)
    if request.patient_id and not request.confirmed_by:
        raise InvalidRequest("a patient is chosen together with a second factor: how do you know who is writing?")
    if request.patient_id:
        patient = records.get_patient(request.patient_id)
        return confirm(match, patient, factor=request.confirmed_by, sender_address=thread.latest.sender.key)
    if request.confirmed_by and match.patient is None:
        raise InvalidRequest("choose the patient first: the mail itself does not say who it is about")
    if request.confirmed_by and match.patient is not None:
        return confirm(match, match.patient, factor=request.confirmed_by, sender_address=thread.latest.sender.key)
    return match


def read_question(thread: Thread, match: PatientMatch, rulebook: Rulebook, pharmacy: Pharmacy, now: datetime) -> Triage:
    """`assess`, or after a crash a triage that escalates."""
    try:
        return assess(thread, match, rulebook, pharmacy, today_in(pharmacy, now))
    except Exception:
        log.exception("triage failed")
        return failed_triage(pharmacy)


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
        broken = replace(triage, findings=(*triage.findings, *failed_triage(pharmacy).findings), route=Route.ESCALATE)
        nobody = PatientMatch(Rung.UNKNOWN, evidence=match.evidence)
        return make_brief(pharmacy, thread, nobody, broken, request, now)


def with_reading(brief: ReplyBrief, triage: Triage, request: ReplyRequest, now: datetime) -> ReplyBrief:
    """The brief of the same mail and person for another reading of it."""
    return prepare_brief(brief.pharmacy, brief.thread, brief.match, triage, request, now)
