"""The one path: a thread becomes a checked, audited reply, told event by event."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import structlog

from server.errors import AuditUnavailable, NotFound, Problem
from server.flows.audit_trail import begun, completed, ended_without
from server.flows.events import Document, Done, Event, Progress, Triaged
from server.flows.keep_reply import keep_reply
from server.flows.prepare_brief import ReplyRequest, prepare_brief, read_patient, read_question
from server.flows.reply_document import attachment_names, patient_document, triage_document
from server.flows.write_draft import Written, write_draft
from server.model.finding import Finding, Part, Severity
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.model.reply import Reply, ReplyBrief, SafetyReport, StepTime
from server.model.rulebook import Rulebook
from server.model.thread import Thread
from server.model.triage import Triage
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


def _write(services: Services, brief: ReplyBrief, rulebook: Rulebook) -> Iterator[Event | Written]:
    """`write_draft`; a crash while writing withholds the draft, it never takes the reply down."""
    try:
        model = services.model(brief.pharmacy)
        yield from write_draft(brief, rulebook, model, services.model_deadline)
    except Problem:
        raise
    except Exception:
        log.exception("drafting failed")
        failure = Finding("check_failed", Part.CHECK, Severity.HARD, "flow/failure")
        yield Written(None, SafetyReport((failure,)), withheld="internal_failure")


def draft_reply(services: Services, caller: Caller, pharmacy: Pharmacy, request: ReplyRequest) -> Iterator[Event]:
    """Yields events, the last of them Done with the whole reply. Raises Problem; whatever is told was audited first.

    Closing the iterator cancels the work and audits that it was abandoned."""
    steps = Steps()
    yield steps.next("thread")
    thread = _thread(services, caller, request)
    yield steps.next("patient")
    match = read_patient(services, pharmacy, thread, request)
    yield steps.next("triage")
    now = services.now()
    rulebook = services.rulebook(pharmacy)
    triage = read_question(thread, match, rulebook, pharmacy, now)
    brief = prepare_brief(pharmacy, thread, match, triage, request, now)
    reply_id = services.new_id()
    trail = begun(services, caller, brief, reply_id, request.request_id, rulebook)
    try:
        services.audit.append(trail)
    except AuditUnavailable:
        yield _limited(brief.triage)
        raise
    done: Document | None = None
    try:
        yield Triaged(patient_document(brief.match), triage_document(brief.triage, attachment_names(brief)))
        yield steps.next("draft")
        written = Written(None, SafetyReport(), withheld="internal_failure")
        for event in _write(services, brief, rulebook):
            if isinstance(event, Written):
                written = event
            else:
                yield event
        yield steps.next("audit")
        steps.next("")
        reply = _reply(reply_id, brief, written, services.now(), steps)
        done = keep_reply(services, caller, reply, written.model, request, completed(services, trail, reply, written))
    finally:
        if done is None:
            services.audit.append(ended_without(services, trail))
    yield Done(done)


def _reply(reply_id: str, brief: ReplyBrief, written: Written, at: datetime, steps: Steps) -> Reply:
    return Reply(
        id=reply_id,
        brief=brief,
        draft=written.draft,
        report=written.report,
        created_at=at,
        steps=tuple(steps.taken),
        swapped=written.swapped,
        withheld=written.withheld,
        request_bytes=written.request,
    )
