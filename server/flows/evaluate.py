"""The evaluation's formats over the same flow as the API: a case becomes a prediction, a draft case a verdict."""

from typing import Any

import structlog

from server.errors import Problem
from server.flows.draft_reply import draft_reply
from server.flows.events import Document, Done
from server.flows.prepare_brief import ReplyRequest, prepare_brief, read_patient, read_question
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.model.thread import Thread, ThreadRef
from server.safety.review import draft_from_text, review
from server.services import Services

log = structlog.get_logger("evaluate")

TRIGGERS = frozenset({
    "urgent_language", "suspected_adverse_reaction", "allergy", "new_symptoms", "unclear_dosing", "clinical_judgement",
    "controlled_substance", "early_refill_controlled", "missing_prior_authorization", "conflicting_history",
    "unclear_request", "suspicious_content",
})  # fmt: skip
REASONS = frozenset({
    "unsupported_medication", "unsupported_dose", "unsupported_date", "unsupported_amount", "unsupported_status",
    "clinical_advice", "other_patient_data", "identity_disclosure", "promise", "instruction_leak", "unsafe_link",
    "wrong_language", "missing_emergency_number",
})  # fmt: skip


def failed(case_id: str, language: str = "nl") -> dict[str, Any]:
    """What a case that broke comes to: a person must look."""
    return {
        "id": case_id,
        "intents": ["other"],
        "disposition": "escalate",
        "triggers": [],
        "reply_language": language,
        "draft": "",
    }


def _prediction(case_id: str, reply: Document) -> dict[str, Any]:
    triage = reply["triage"]
    standing = [f["code"] for f in triage["findings"] if f["severity"] == "hard" and not f["cleared_by"]]
    return {
        "id": case_id,
        "intents": [intent["id"] for intent in triage["intents"]],
        "disposition": triage["route"],
        "triggers": [code for code in dict.fromkeys(standing) if code in TRIGGERS],
        "reply_language": reply["draft"]["language"] if reply["draft"] else triage["reply_language"],
        "draft": reply["draft"]["text"] if reply["draft"] else "",
        "written_by": reply["draft"]["written_by"] if reply["draft"] else "",
    }


def predict(services: Services, caller: Caller, pharmacy: Pharmacy, case_id: str, ref: ThreadRef) -> dict[str, Any]:
    """One case through the whole path. No case may crash it: what fails inside yields `escalate`."""
    try:
        for event in draft_reply(services, caller, pharmacy, ReplyRequest(ref)):
            if isinstance(event, Done):
                return _prediction(case_id, event.reply)
    except Problem:
        log.info("case failed", reason="problem")
    except Exception:
        log.exception("case failed")
    return failed(case_id)


def judge(services: Services, pharmacy: Pharmacy, case_id: str, thread: Thread, text: str) -> dict[str, Any]:
    """What the safety review says of a draft that somebody else wrote for this thread."""
    request = ReplyRequest(ThreadRef("given", "", thread.id))
    try:
        match = read_patient(services, pharmacy, thread, request)
        triage = read_question(thread, match, services.rulebook(pharmacy), pharmacy, services.now())
        brief = prepare_brief(pharmacy, thread, match, triage, request, services.now())
        report = review(draft_from_text(text, brief.language), brief)
    except Exception:
        log.exception("draft case failed")
        return {"id": case_id, "verdict": "block", "reasons": []}
    unread = "internal_failure" in brief.triage.triggers  # what could not be read cannot be found safe
    codes = [finding.code for finding in report.findings if finding.severity.name == "HARD"]
    return {
        "id": case_id,
        "verdict": "block" if report.blocked or unread else "pass",
        "reasons": [code for code in dict.fromkeys(codes) if code in REASONS],
    }
