"""What a model would be, or was, sent about one mail: shown to a person, word by word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.flows.ask_opinion import Plan, plan_for
from server.flows.audit_trail import shown_what_left
from server.flows.prepare_brief import ReplyRequest, prepare_brief, read_patient, read_question
from server.flows.read_reply import pharmacy_of_reply, read_kept
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.model.thread import Thread
from server.model.triage import Triage
from server.ports import LanguageModel
from server.services import Services


@dataclass(frozen=True)
class Leaving:
    """The reading of a mail without any opinion, and what a model would be asked about it."""

    triage: Triage = field(repr=False)
    plan: Plan = field(repr=False)


def what_would_leave(
    services: Services, pharmacy: Pharmacy, thread: Thread, request: ReplyRequest, model: LanguageModel
) -> Leaving:
    """The same steps as a draft, up to the requests. Nothing is sent, kept or logged."""
    now, rulebook = services.now(), services.rulebook(pharmacy)
    match = read_patient(services, pharmacy, thread, request)
    triage = read_question(thread, match, rulebook, pharmacy, now)
    brief = prepare_brief(pharmacy, thread, match, triage, request, now)
    return Leaving(brief.triage, plan_for(model, brief, request, rulebook, now))


def what_left(services: Services, caller: Caller, reply_id: str) -> Mapping[str, Any]:
    """The exact text that went to a model for a reply that is kept: `{model, requests: [{kind, text}]}`. Opening it is
    logged. Raises NotFound, also for another organisation's, and Erased."""
    pharmacy = pharmacy_of_reply(services, caller, reply_id)
    kept = read_kept(services, pharmacy.id, reply_id)
    row = services.replies.get_row(pharmacy.id, reply_id)
    services.audit.append(shown_what_left(services, caller, pharmacy.id, reply_id, row.person_ref))
    sent: Mapping[str, Any] = kept["reply"]["sent_out"]
    return sent
