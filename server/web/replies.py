"""The API that the pane talks to: drafts, outcomes, escalations, thread states."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import structlog
from flask import Response, g, json, request, stream_with_context
from flask_openapi3 import APIBlueprint, Tag
from werkzeug.exceptions import BadRequest

from server.errors import Problem, TooLarge
from server.flows.draft_once import ReplyChoice, draft_once, last_document, redraft_once
from server.flows.escalate import escalate_once, list_escalations, read_escalation
from server.flows.events import Done, Event, PartReady, PartReplaced, Progress, Retracted, Triaged, Waiting
from server.flows.find_pharmacy import find_pharmacy
from server.flows.prepare_brief import ReplyRequest
from server.flows.read_reply import read_reply, thread_state
from server.flows.record_outcome import record_outcome_once
from server.flows.what_leaves import what_left
from server.model.reply import OutcomeKind
from server.model.thread import ThreadRef
from server.web.auth import caller, services
from server.web.problems import problem_document
from server.web.schemas import (
    EscalationIn,
    EscalationOut,
    EscalationPath,
    EscalationRecordOut,
    EscalationsOut,
    OutcomeIn,
    OutcomeOut,
    PatientIn,
    ProblemOut,
    ReplyIn,
    ReplyOut,
    ReplyPath,
    ThreadPath,
    ThreadStateOut,
    WhatLeftOut,
)

PING = ": still waiting\n\n"  # a comment: writing it is how a client that left is noticed
log = structlog.get_logger("web")
MAX_JSON = 256 * 1024
PROBLEM: dict[str, Any] = {
    "description": "RFC 9457 problem",
    "content": {"application/problem+json": {"schema": ProblemOut.model_json_schema()}},
}
PROBLEMS: dict[Any, Any] = {str(code): PROBLEM for code in (400, 401, 403, 404, 409, 413, 415, 422, 502, 503)}
blueprint = APIBlueprint("replies", __name__, url_prefix="/api", abp_tags=[Tag(name="replies")])


@blueprint.before_request
def small_bodies() -> None:
    """JSON bodies are small; a mail file has its own limit."""
    if (request.content_length or 0) > MAX_JSON:
        raise TooLarge("at most 256 kB")
    request.max_content_length = MAX_JSON


@blueprint.before_request
def json_bodies() -> None:
    """A body that is no JSON is told apart (415, 400) from JSON that does not fit (422)."""
    if request.method == "POST":
        try:
            request.get_json()
        except RecursionError:
            raise BadRequest from None


def _key() -> str:
    """The key of one click; "" when the client sent none."""
    return request.headers.get("Idempotency-Key", "")[:200]


def _name_and_data(event: Event) -> tuple[str, dict[str, Any]]:
    match event:
        case Waiting():
            return "waiting", {}
        case Progress(step, ms):
            return "progress", {"step": step, "ms": ms}
        case Triaged(patient, triage):
            return "triage", {"patient": patient, "triage": triage}
        case PartReady(index, part, facts):
            return "part", {"index": index, "part": part, "facts": facts}
        case PartReplaced(index, part, facts, reason):
            return "replace", {"index": index, "part": part, "facts": facts, "reason": reason}
        case Retracted(reason):
            return "retract", {"reason": reason}
        case Done(reply):
            return "done", {"reply": reply}


def _frame(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _stream(events: Iterator[Event]) -> Iterator[str]:
    """Server-sent events; a client that leaves closes this generator and with it the flow."""
    with closing(events):  # type: ignore[type-var]  # flows are generators
        try:
            for event in events:
                yield PING if isinstance(event, Waiting) else _frame(*_name_and_data(event))
        except Problem as problem:
            yield _frame("problem", problem_document(problem))
        except Exception as error:
            log.error("stream failed", exc_info=error)
            yield _frame("problem", problem_document(Problem()))


def _answer(events: Iterator[Event]) -> Response:
    if "text/event-stream" in request.headers.get("Accept", ""):
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return Response(stream_with_context(_stream(events)), HTTPStatus.OK, headers, content_type="text/event-stream")
    return Response(json.dumps(last_document(events)), content_type="application/json")


@blueprint.post("/replies", responses={"200": ReplyOut, **PROBLEMS}, summary="Draft a reply to a thread's last mail")
def create_reply(body: ReplyIn) -> Response:
    ref = ThreadRef(body.thread.provider, body.thread.mailbox, body.thread.thread_id, body.thread.message_id)
    wanted = ReplyRequest(ref, body.tone, body.language, body.staff_sentence, body.version, g.request_id)
    wanted = replace(wanted, patient_id=body.patient_id, confirmed_by=body.confirmed_by or "")
    pharmacy = find_pharmacy(services(), caller(), ref.mailbox)
    return _answer(draft_once(services(), caller(), pharmacy, wanted, _key()))


@blueprint.get("/replies/<reply_id>", responses={"200": ReplyOut, **PROBLEMS}, summary="A reply as it was made")
def get_reply(path: ReplyPath) -> dict[str, Any]:
    return dict(read_reply(services(), caller(), path.reply_id))


@blueprint.get(
    "/replies/<reply_id>/what-left", responses={"200": WhatLeftOut, **PROBLEMS}, summary="What went to a model"
)
def get_what_left(path: ReplyPath) -> dict[str, Any]:
    return dict(what_left(services(), caller(), path.reply_id))


@blueprint.post(
    "/replies/<reply_id>/patient", responses={"200": ReplyOut, **PROBLEMS}, summary="Choose or confirm the patient"
)
def choose_patient(path: ReplyPath, body: PatientIn) -> Response:
    chosen = ReplyChoice(body.patient_id, body.confirmed_by, g.request_id)
    return _answer(redraft_once(services(), caller(), path.reply_id, chosen, _key()))


@blueprint.post(
    "/replies/<reply_id>/outcome", responses={"200": OutcomeOut, **PROBLEMS}, summary="What became of a draft"
)
def outcome(path: ReplyPath, body: OutcomeIn) -> dict[str, Any]:
    kind = OutcomeKind(body.kind)
    return record_outcome_once(services(), caller(), path.reply_id, kind, body.final_text, _key())


@blueprint.post(
    "/replies/<reply_id>/escalation", responses={"201": EscalationOut, **PROBLEMS}, summary="Hand to the pharmacist"
)
def escalate(path: ReplyPath, body: EscalationIn) -> tuple[dict[str, Any], int]:
    opened = escalate_once(services(), caller(), path.reply_id, body.reason, _key())
    return {"escalation_id": opened}, HTTPStatus.CREATED


@blueprint.get(
    "/escalations", responses={"200": EscalationsOut, **PROBLEMS}, summary="Open questions for the pharmacist"
)
def escalations() -> dict[str, Any]:
    return {"escalations": list_escalations(services(), caller())}


@blueprint.get(
    "/escalations/<escalation_id>",
    responses={"200": EscalationRecordOut, **PROBLEMS},
    summary="One question with the summary of the patient's medicines",
)
def escalation(path: EscalationPath) -> dict[str, Any]:
    return read_escalation(services(), caller(), path.escalation_id)


@blueprint.get(
    "/threads/<path:thread_id>/state", responses={"200": ThreadStateOut, **PROBLEMS}, summary="Where a thread stands"
)
def state(path: ThreadPath) -> dict[str, Any]:
    return thread_state(services(), caller(), path.thread_id)
