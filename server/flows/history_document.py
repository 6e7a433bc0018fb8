"""The history summary as the JSON that the pane shows to the pharmacist."""

from datetime import date
from typing import Any

import structlog

from server.model.history import History, LineHistory
from server.model.reply import ReplyBrief
from server.triage.history import summarise

log = structlog.get_logger("draft")


def history_document(brief: ReplyBrief) -> dict[str, Any] | None:
    """The summary of an escalated mail of a known patient; None for any other (docs/api.md describes each field), and after
    a crash: the mail goes to the pharmacist all the same."""
    try:
        history = summarise(brief.match, brief.triage, brief.pharmacy, brief.today)
        return _document(history) if history is not None else None
    except Exception:
        log.exception("summary failed")
        return None


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _document(history: History) -> dict[str, Any]:
    return {
        "patient_id": history.patient_id,
        "as_of": history.as_of.isoformat(),
        "lines": [_line(line) for line in history.lines],
        "stopped": [_line(line) for line in history.stopped],
        "allergies": list(history.allergies),
        "duplicates": [list(ids) for ids in history.duplicates],
        "red_flags": [
            {"code": flag.code, "quotes": list(flag.quotes), "subject_ids": list(flag.subject_ids)}
            for flag in history.red_flags
        ],
    }


def _line(line: LineHistory) -> dict[str, Any]:
    request = line.request
    return {
        "id": request.id,
        "medication": request.medication,
        "dosage_text": request.dosage_text,
        "asked": line.asked,
        "fills": [
            {"on": fill.on.isoformat(), "quantity": fill.quantity, "days_supply": fill.days_supply}
            for fill in line.fills
        ],
        "days_left": line.days_left,
        "supply_from": line.supply_from,
        "repeats_left": request.repeats_left,
        "prescriber": request.prescriber,
        "prior_authorization": request.prior_authorization,
        "authorization_until": _day(request.authorization_until),
        "controlled": line.controlled,
        "law": line.law,
        "sensitive": line.sensitive,
        "risk": list(line.risk),
        "refill": {
            "status": line.refill.status,
            "reasons": [obstacle.reason for obstacle in line.refill.obstacles],
            "earliest_on": _day(next((o.earliest_on for o in line.refill.obstacles if o.status == "too_early"), None)),
            "needs": list(line.refill.needs),
        },
    }
