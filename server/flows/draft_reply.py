"""The one path: a thread becomes a checked, audited reply, told event by event."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from server.errors import AuditUnavailable, NotFound, Problem
from server.flows.ask_opinion import Consultation, Heard, Plan, plan_for
from server.flows.audit_trail import begun, completed, ended_without
from server.flows.ending import ending
from server.flows.events import Document, Done, Event, Progress, Triaged, Waiting
from server.flows.keep_reply import keep_reply
from server.flows.prepare_brief import ReplyRequest, prepare_brief, read_patient, read_question, with_reading
from server.flows.reply_document import attachment_names, patient_document, triage_document
from server.flows.same_opinion import with_heard
from server.flows.write_draft import Written, write_draft
from server.model.finding import Finding, Part, Severity
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.model.reply import Consulted, Reply, ReplyBrief, SafetyReport, StepTime
from server.model.rulebook import Rulebook
from server.model.thread import Thread
from server.model.triage import Route, Triage
from server.services import Services

log = structlog.get_logger("draft")


class Steps:
    """Times the steps of one path, in milliseconds."""

    def __init__(self) -> None:
        self._began = self._step_began = time.perf_counter()
        self._step = ""
        self.taken: list[StepTime] = []

    def next(self, step: str) -> Progress:
        """Ends the step before and begins this one ("" only ends)."""
        now = time.perf_counter()
        if self._step:
            self.taken.append(StepTime(self._step, (now - self._step_began) * 1000))
        self._step, self._step_began = step, now
        return Progress(step, round((now - self._began) * 1000, 1))


def _limited(triage: Triage) -> Triaged:
    """What may show when nothing can be audited: trigger ids and urgency, nothing personal."""
    findings = tuple(replace(f, quotes=(), subject_ids=()) for f in triage.findings)
    questions = tuple(replace(q, pieces=(), about=(), candidates=(), named=()) for q in triage.questions)
    return Triaged(None, triage_document(replace(triage, findings=findings, questions=questions)))


def _thread(services: Services, caller: Caller, request: ReplyRequest) -> Thread:
    if request.ref.provider not in services.mail:
        raise NotFound("no mailbox of that kind is connected")
    return services.mail[request.ref.provider].get_thread(caller.grant, request.ref)


def _write(services: Services, brief: ReplyBrief, rulebook: Rulebook, asked: Consultation) -> Iterator[Event | Written]:
    """`write_draft`; a crash while writing withholds the draft, it never takes the reply down."""
    try:
        yield from write_draft(brief, rulebook, asked.writer, services.model_deadline)
    except Problem:
        raise
    except Exception:
        log.exception("drafting failed")
        failure = Finding("check_failed", Part.CHECK, Severity.HARD, "flow/failure")
        yield Written(None, SafetyReport((failure,)), withheld="internal_failure")


def _plan(services: Services, brief: ReplyBrief, request: ReplyRequest, rulebook: Rulebook, now: datetime) -> Plan:
    """What a model would be asked. One that cannot even be made leaves the template, and all caution counts."""
    try:
        model = services.model(brief.pharmacy)
    except Exception:
        log.exception("no model")
        return Plan(None)
    return plan_for(model, brief, request, rulebook, now)


@dataclass(frozen=True)
class _Work:
    """One mail whose reading is logged: what deciding and writing need. `brief` holds the reading so far, in which all
    caution counts; `asked` is what a model was asked about it."""

    services: Services
    reply_id: str
    request: ReplyRequest
    rulebook: Rulebook
    brief: ReplyBrief
    now: datetime
    asked: Consultation
    steps: Steps


def _decide_and_write(work: _Work) -> Iterator[Event | Reply]:
    """The reading as it is decided, told once; then the draft; last the whole Reply."""
    brief, steps = work.brief, work.steps
    if work.asked.waits:
        yield steps.next("opinion")
    heard = Heard(brief.triage)
    for told in work.asked.hear(brief, work.rulebook):
        if isinstance(told, Waiting):
            yield told
        else:
            heard = told
    if heard.triage is not brief.triage:
        brief = with_reading(brief, heard.triage, work.request, work.now)
    consulted = work.asked.consulted(heard)
    yield Triaged(patient_document(brief.match), triage_document(brief.triage, attachment_names(brief), consulted))
    yield steps.next("draft")
    if brief.triage.route is not Route.DRAFT:
        work.asked.cancel()
    written = Written(None, SafetyReport(), withheld="internal_failure")
    for event in _write(work.services, brief, work.rulebook, work.asked):
        if isinstance(event, Written):
            written = event
        else:
            yield event
    yield steps.next("audit")
    steps.next("")
    yield _reply(work, brief, written, consulted)


def draft_reply(services: Services, caller: Caller, pharmacy: Pharmacy, request: ReplyRequest) -> Iterator[Event]:
    """Yields events, the last of them Done with the whole reply. Raises Problem; whatever is told was audited first,
    and so is whatever a model is asked.

    Closing the iterator cancels the work and audits that it was abandoned."""
    steps = Steps()
    yield steps.next("thread")
    thread = _thread(services, caller, request)
    yield steps.next("patient")
    match = read_patient(services, pharmacy, thread, request)
    yield steps.next("triage")
    now, rulebook = services.now(), services.rulebook(pharmacy)
    brief = prepare_brief(pharmacy, thread, match, read_question(thread, match, rulebook, pharmacy, now), request, now)
    plan = with_heard(services, _plan(services, brief, request, rulebook, now), brief, request)
    reply_id = services.new_id()
    trail = begun(services, caller, brief, reply_id, request.request_id, rulebook)
    try:
        services.audit.append(trail)
    except AuditUnavailable:
        yield _limited(brief.triage)
        raise
    done: Document | None = None
    asked = Consultation(plan, services.model_deadline)
    try:
        for told in _decide_and_write(_Work(services, reply_id, request, rulebook, brief, now, asked, steps)):
            if isinstance(told, Reply):
                done = keep_reply(services, caller, told, request, completed(services, trail, told))
            else:
                yield told
    finally:
        asked.cancel()
        if done is None:
            with ending("draft.abandoned"):
                services.audit.append(ended_without(services, trail, asked.consulted(Heard(brief.triage))))
    if done is not None:
        yield Done(done)


def _reply(work: _Work, brief: ReplyBrief, written: Written, consulted: Consulted) -> Reply:
    return Reply(
        id=work.reply_id,
        brief=brief,
        draft=written.draft,
        report=written.report,
        created_at=work.services.now(),
        steps=tuple(work.steps.taken),
        swapped=written.swapped,
        withheld=written.withheld,
        consulted=consulted,
    )
