"""A reply as the JSON that the API returns, the pane shows and the store keeps."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from server.drafting.fields import format_value
from server.flows.events import Document
from server.flows.history_document import history_document
from server.model.finding import Finding
from server.model.language import Language
from server.model.patient import PatientMatch
from server.model.reply import Consulted, Draft, DraftPart, Fact, Reply, ReplyBrief
from server.model.triage import Triage
from server.ports import ModelRequest
from server.store.rulebook import load_rulebook


def iso(at: datetime | None) -> str | None:
    """An aware time as the API writes it."""
    return at.isoformat(timespec="seconds") if at else None


def request_text(request: ModelRequest) -> str:
    """The exact text that went to a model, as staff can open it."""
    return json.dumps(
        {"messages": list(request.messages), "schema": request.schema}, ensure_ascii=False, sort_keys=True, indent=1
    )


def finding_document(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "part": finding.part.value,
        "severity": finding.severity.name.lower(),
        "rule": finding.rule,
        "quotes": list(finding.quotes),
        "subject_ids": list(finding.subject_ids),
        "cleared_by": finding.cleared_by,
    }


def patient_document(match: PatientMatch) -> dict[str, Any]:
    """Who it is. Candidates hold just enough to choose from: never a medicine."""
    patient = match.patient
    return {
        "rung": match.rung.name.lower(),
        "patient_id": patient.id if patient else None,
        "name": patient.name if patient else None,
        "birth_date": patient.birth_date.isoformat() if patient and patient.birth_date else None,
        "phone": patient.phone if patient else None,
        "contact": {"name": match.contact.name, "relation": match.contact.relation} if match.contact else None,
        "evidence": [{"code": e.code, "detail": e.detail} for e in match.evidence],
        "candidates": [
            {
                "patient_id": c.patient_id,
                "name": c.name,
                "birth_date": c.birth_date.isoformat() if c.birth_date else None,
            }
            for c in match.candidates
        ],
        "record_unavailable": match.record_unavailable,
    }


def sent_document(consulted: Consulted) -> dict[str, Any]:
    """What left the building: to which model, and the exact text of each request."""
    requests = [{"kind": kind, "text": text} for kind, text in consulted.sent.items()]
    return {"model": consulted.model if requests else None, "requests": requests}


def triage_document(
    triage: Triage, attachments: Iterable[str] = (), consulted: Consulted | None = None
) -> dict[str, Any]:
    """The reading; `opinion` says whether a model's was heard, null when none was wanted."""
    intents: dict[str, list[str]] = {}
    for question in triage.questions:
        quotes = intents.setdefault(question.intent, [])
        quotes += [piece for piece in question.pieces if piece not in quotes]
    return {
        "route": triage.route.name.lower(),
        "urgency": triage.urgency.name.lower(),
        "language": triage.language,
        "reply_language": triage.reply_language,
        "reply_needed": triage.reply_needed,
        "intents": [{"id": intent, "quotes": quotes} for intent, quotes in intents.items()],
        "findings": [finding_document(finding) for finding in triage.findings],
        "attachments": list(attachments),
        "opinion": {"model": consulted.model, "state": consulted.opinion} if consulted and consulted.opinion else None,
    }


def part_document(index: int, part: DraftPart) -> dict[str, Any]:
    return {
        "index": index,
        "kind": part.kind,
        "question": part.question,
        "sentences": [
            {
                "origin": sentence.origin.value,
                "statement_id": sentence.statement_id,
                "pieces": [{"text": piece.text, "facts": list(piece.facts)} for piece in sentence.pieces],
            }
            for sentence in part.sentences
        ],
    }


def _spoken(brief: ReplyBrief) -> Language:
    languages = load_rulebook().languages
    return languages.get(brief.language, languages["en"])


def _fact_document(fact: Fact, brief: ReplyBrief) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "value": format_value(fact, _spoken(brief), brief.today, brief.pharmacy.country),
        "source": fact.source,
        "read_at": iso(fact.read_at),
    }


def facts_document(part: DraftPart, brief: ReplyBrief) -> Document:
    """The facts that a part states, by path."""
    used = {path for sentence in part.sentences for piece in sentence.pieces for path in piece.facts}
    return {fact.path: _fact_document(fact, brief) for fact in (*brief.offered, *brief.allowed) if fact.path in used}


def _draft_document(draft: Draft, brief: ReplyBrief) -> dict[str, Any]:
    return {
        "language": draft.language,
        "formal": brief.formal,
        "written_by": draft.written_by,
        "fallback": draft.fallback,
        "subject": draft.subject,
        "quote_original": brief.pharmacy.quotes_original,
        "text": draft.text,
        "parts": [part_document(index, part) for index, part in enumerate(draft.parts)],
    }


def attachment_names(brief: ReplyBrief) -> list[str]:
    """Names of attachments that a person must look at."""
    return [a.name for a in brief.thread.latest.attachments if not a.inline]


def reply_document(reply: Reply) -> dict[str, Any]:
    """The wire format of a reply (docs/api.md describes each field)."""
    brief = reply.brief
    facts: dict[str, Any] = {}
    for part in reply.draft.parts if reply.draft else ():
        facts.update(facts_document(part, brief))
    return {
        "id": reply.id,
        "thread_id": brief.thread.id,
        "created_at": iso(reply.created_at),
        "stale": False,
        "patient": patient_document(brief.match),
        "triage": triage_document(brief.triage, attachment_names(brief), reply.consulted),
        "draft": _draft_document(reply.draft, brief) if reply.draft else None,
        "facts": facts,
        "history": history_document(brief),
        "findings": [finding_document(finding) for finding in reply.report.findings],
        "swapped": list(reply.swapped),
        "withheld": reply.withheld,
        "steps": [{"step": s.step, "ms": round(s.ms, 1)} for s in reply.steps],
        "sent_out": sent_document(reply.consulted),
    }


def thread_document(brief: ReplyBrief) -> Mapping[str, Any]:
    """The thread as read, for the record that is kept (encrypted)."""
    return {
        "id": brief.thread.id,
        "messages": [
            {
                "id": m.id,
                "from": m.sender.address,
                "sent_at": iso(m.sent_at),
                "subject": m.subject,
                "text": m.text.new,
                "outgoing": m.outgoing,
            }
            for m in brief.thread.messages
        ],
    }
