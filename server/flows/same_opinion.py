"""Another version of a reply asks no second opinion of the same mail: what a model said of it is kept with the reply."""

from dataclasses import replace
from typing import Any

from server.errors import NotFound
from server.flows.ask_opinion import Plan
from server.flows.prepare_brief import ReplyRequest
from server.model.reply import HeardOpinion, Reply, ReplyBrief
from server.services import Services


def with_heard(services: Services, plan: Plan, brief: ReplyBrief, request: ReplyRequest) -> Plan:
    """The plan with the answer that this model gave to exactly this request for an earlier version, when there is one.
    It is read and weighed anew like one that has just come."""
    if request.version < 2 or plan.opinion is None or plan.model is None:
        return plan
    latest = services.replies.find_latest(brief.pharmacy.id, brief.thread.id)
    try:
        kept = services.replies.get(brief.pharmacy.id, latest.id).get("opinion") if latest else None
    except NotFound:  # no longer kept, or erased
        return plan
    if not kept or (kept["model"], kept["request_hash"]) != (plan.model.name, plan.opinion_hash):
        return plan
    return replace(plan, heard=HeardOpinion(kept["request_hash"], kept["answer"], kept["reply_id"]))


def kept_opinion(reply: Reply) -> dict[str, Any] | None:
    """What is kept of a valid opinion: of which model, to which request, the answer, and for which reply it was asked."""
    heard = reply.consulted.heard
    if heard is None:
        return None
    return {
        "model": reply.consulted.model,
        "request_hash": heard.request_hash,
        "answer": heard.answer,
        "reply_id": heard.reply_id or reply.id,
    }
