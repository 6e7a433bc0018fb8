"""The audit events of one draft: what was read, what was written, or that it was abandoned."""

import hashlib
from dataclasses import replace
from typing import Any

from server.model.audit import AuditEvent
from server.model.escalation import Escalation
from server.model.finding import Part
from server.model.identity import Caller
from server.model.reply import Consulted, Outcome, Reply, ReplyBrief
from server.model.rulebook import Rulebook
from server.services import Services

VERSION = "0.1.0"
DEVICE = f"device:balie-draft/{VERSION}"


def person_of(services: Services, brief: ReplyBrief) -> str:
    """The keyed reference of the person concerned: the patient, or for a stranger the address they wrote from."""
    if brief.match.patient is not None:
        return services.vault.person_ref(brief.pharmacy.id, "patient", brief.match.patient.id)
    return services.vault.person_ref(brief.pharmacy.id, "email", brief.thread.latest.sender.key)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def begun(
    services: Services, caller: Caller, brief: ReplyBrief, reply_id: str, request_id: str, rulebook: Rulebook
) -> AuditEvent:
    """`draft.begun`, written before anything personal leaves: who read what of whom, under which content."""
    triage = brief.triage
    detail: dict[str, Any] = {
        "content_version": rulebook.version,
        "software_version": VERSION,
        "channel": brief.pharmacy.channel,
        "rung": brief.match.rung.name.lower(),
        "evidence": [evidence.code for evidence in brief.match.evidence],
        "confirmed_by": next((e.detail for e in brief.match.evidence if e.code == "confirmed_by_staff"), None),
        "route": triage.route.name.lower(),
        "urgency": triage.urgency.name.lower(),
        "intents": list(triage.intents),
        "rules": sorted({f"{f.part.value}:{f.rule}:{f.code}" for f in triage.findings}),
        "record_unavailable": brief.match.record_unavailable,
    }
    sealed = {
        "sources": [{"path": f.path, "source": f.source, "read_at": f.read_at.isoformat()} for f in brief.offered],
        "messages": [message.id for message in brief.thread.messages],
    }
    return AuditEvent(
        type="draft.begun",
        action="R",
        pharmacy_id=brief.pharmacy.id,
        user_id=DEVICE,
        on_behalf_of=caller.user.id,
        role=caller.user.role.name.lower(),
        at=services.now(),
        request_id=request_id,
        object_type="reply",
        object_id=reply_id,
        subject=person_of(services, brief),
        detail=detail,
        sealed=sealed,
    )


def _left(consulted: Consulted) -> dict[str, Any]:
    """What left for a model: a hash of each request's exact text."""
    opinion, write = consulted.sent.get("opinion"), consulted.sent.get("write")
    return {
        "model": consulted.model if consulted.sent else None,
        "opinion_hash": _hash(opinion) if opinion is not None else None,
        "prompt_hash": _hash(write) if write is not None else None,
    }


def _heard(reply: Reply) -> dict[str, Any]:
    """What the model's opinion did: whether it counted, which doubts it took away and which rules it added; and the reply
    that it was asked for, when that is an earlier version."""
    findings, heard = reply.brief.triage.findings, reply.consulted.heard
    return {
        "opinion": reply.consulted.opinion or None,
        "opinion_from": (heard.reply_id or None) if heard else None,
        "opinion_cleared": sorted({f"{f.rule}:{f.code}" for f in findings if f.cleared_by.startswith("model:")}),
        "opinion_added": sorted({f.rule for f in findings if f.part is Part.MODEL}),
        "route": reply.brief.triage.route.name.lower(),
        "urgency": reply.brief.triage.urgency.name.lower(),
    }


def completed(services: Services, trail: AuditEvent, reply: Reply) -> AuditEvent:
    """`draft.completed`, or `draft.withheld` when no draft passed the checks."""
    draft = reply.draft
    detail: dict[str, Any] = {
        "written_by": draft.written_by if draft else None,
        "fallback": draft.fallback if draft else "",
        **_left(reply.consulted),
        **_heard(reply),
        "draft_hash": _hash(draft.text) if draft else None,
        "statements": [s.statement_id for p in draft.parts for s in p.sentences if s.statement_id] if draft else [],
        "checks": sorted({finding.code for finding in reply.report.findings}),
        "swapped": list(reply.swapped),
        "withheld": reply.withheld,
    }
    paths = (
        {path for p in draft.parts for s in p.sentences for piece in s.pieces for path in piece.facts}
        if draft
        else set()
    )
    return replace(
        trail,
        type="draft.completed" if draft else "draft.withheld",
        action="C",
        at=services.now(),
        outcome=0 if draft else 4,
        detail=detail,
        sealed={"facts": sorted(paths)},
    )


def ended_without(services: Services, trail: AuditEvent, consulted: Consulted) -> AuditEvent:
    """`draft.abandoned`: the caller went away, or something broke, before the reply was whole. What had left by then
    is told by its hashes."""
    left = _left(consulted) if consulted.sent else {}
    return replace(trail, type="draft.abandoned", action="E", at=services.now(), outcome=4, detail=left, sealed={})


def _by_person(services: Services, caller: Caller, pharmacy_id: str, person_ref: str, **fields: Any) -> AuditEvent:
    """An event of something that a member of staff did."""
    return AuditEvent(
        pharmacy_id=pharmacy_id,
        user_id=caller.user.id,
        role=caller.user.role.name.lower(),
        at=services.now(),
        subject=person_ref,
        **fields,
    )


def seen(services: Services, caller: Caller, pharmacy_id: str, reply_id: str, person_ref: str) -> AuditEvent:
    """`reply.read`: somebody opened a reply that was made before."""
    fields: dict[str, Any] = {"type": "reply.read", "action": "R", "object_type": "reply", "object_id": reply_id}
    return _by_person(services, caller, pharmacy_id, person_ref, **fields)


def shown_what_left(services: Services, caller: Caller, pharmacy_id: str, reply_id: str, person_ref: str) -> AuditEvent:
    """`reply.what_left`: somebody opened the exact text that went to a model."""
    fields: dict[str, Any] = {"type": "reply.what_left", "action": "R", "object_type": "reply", "object_id": reply_id}
    return _by_person(services, caller, pharmacy_id, person_ref, **fields)


def outcome_recorded(
    services: Services, caller: Caller, pharmacy_id: str, outcome: Outcome, person_ref: str, *, changed: bool
) -> AuditEvent:
    """`draft.inserted`, `draft.edited` or `draft.discarded`, with a hash of the text that staff kept."""
    final = outcome.final_text
    fields: dict[str, Any] = {
        "type": f"draft.{outcome.kind.value}",
        "action": "U",
        "object_type": "reply",
        "object_id": outcome.reply_id,
        "detail": {"changed": changed, "final_hash": _hash(final) if final is not None else None},
    }
    return _by_person(services, caller, pharmacy_id, person_ref, **fields)


def escalated(services: Services, caller: Caller, escalation: Escalation, person_ref: str, reason: str) -> AuditEvent:
    """`escalation.opened` by a person, with their reason closed under the person's key."""
    fields: dict[str, Any] = {
        "type": "escalation.opened",
        "action": "C",
        "object_type": "escalation",
        "object_id": escalation.id,
        "detail": {"reply_id": escalation.reply_id, "codes": list(escalation.codes)},
        "sealed": {"reason": reason},
    }
    return _by_person(services, caller, escalation.pharmacy_id, person_ref, **fields)


def escalation_seen(services: Services, caller: Caller, escalation: Escalation, person_ref: str) -> AuditEvent:
    """`escalation.read`: somebody opened a record, with the summary of the patient's medicines in it."""
    fields: dict[str, Any] = {
        "type": "escalation.read",
        "action": "R",
        "object_type": "escalation",
        "object_id": escalation.id,
    }
    return _by_person(services, caller, escalation.pharmacy_id, person_ref, **fields)
