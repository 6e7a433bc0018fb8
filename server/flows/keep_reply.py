"""A finished reply is kept, logged and reflected in its thread's state, all in one transaction, before it is told."""

from datetime import timedelta
from typing import Any

from server.flows.events import Document
from server.flows.prepare_brief import ReplyRequest
from server.flows.reply_document import reply_document, thread_document
from server.flows.same_opinion import kept_opinion
from server.model.audit import AuditEvent
from server.model.escalation import Escalation, ThreadState
from server.model.identity import Caller
from server.model.reply import Reply
from server.model.triage import Route
from server.services import Services


def _open_escalation(
    services: Services, caller: Caller, reply: Reply, document: Document, person_ref: str, connection: Any
) -> None:
    triage, thread = reply.brief.triage, reply.brief.thread
    escalation = Escalation(
        id=services.new_id(),
        pharmacy_id=reply.brief.pharmacy.id,
        reply_id=reply.id,
        thread_id=thread.id,
        codes=triage.triggers,
        urgency=int(triage.urgency),
        opened_at=reply.created_at,
        opened_by=caller.user.id,
        subject=thread.latest.subject,
        history=document["history"],
    )
    services.escalations.open_escalation(escalation, person_ref=person_ref, connection=connection)


def _asked(request: ReplyRequest) -> dict[str, Any]:
    """What was asked for, so that the same can be drafted again with another patient."""
    ref = request.ref
    return {
        "provider": ref.provider,
        "mailbox": ref.mailbox,
        "thread_id": ref.thread_id,
        "message_id": ref.message_id,
        "tone": request.tone,
        "language": request.language,
        "staff_sentence": request.staff_sentence,
        "version": request.version,
    }


def _kept(reply: Reply, document: Document, request: ReplyRequest) -> dict[str, Any]:
    thread = thread_document(reply.brief)
    return {"reply": document, "thread": thread, "asked": _asked(request), "opinion": kept_opinion(reply)}


def keep_reply(services: Services, caller: Caller, reply: Reply, request: ReplyRequest, event: AuditEvent) -> Document:
    """Returns the document that was kept. Raises AuditUnavailable: then nothing was kept either."""
    brief, latest = reply.brief, reply.brief.thread.latest
    document = reply_document(reply)
    kept = _kept(reply, document, request)
    with services.transaction() as connection:
        services.audit.append(event, connection=connection)
        services.threads.see(
            brief.pharmacy.id,
            brief.thread.id,
            latest.id,
            at=reply.created_at,
            sent_at=latest.sent_at,
            connection=connection,
        )
        services.replies.save(
            brief.pharmacy.id,
            reply.id,
            event.subject,
            kept,
            thread_id=brief.thread.id,
            message_id=latest.id,
            created_at=reply.created_at,
            expires_at=reply.created_at + timedelta(days=brief.pharmacy.retention_days),
            connection=connection,
        )
        escalated = brief.triage.route is Route.ESCALATE
        if escalated:
            _open_escalation(services, caller, reply, document, event.subject, connection)
        services.threads.move(
            brief.pharmacy.id,
            brief.thread.id,
            ThreadState.WITH_PHARMACIST if escalated else ThreadState.DRAFTED,
            user_id=caller.user.id,
            at=reply.created_at,
            connection=connection,
        )
    return document
