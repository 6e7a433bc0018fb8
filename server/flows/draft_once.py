"""A double click gives one reply: the second waits for the first and gets what it made."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from server.errors import Problem
from server.flows.draft_reply import draft_reply
from server.flows.ending import ending
from server.flows.events import Document, Done, Event
from server.flows.once import claim_key
from server.flows.prepare_brief import ReplyRequest
from server.flows.read_reply import pharmacy_of_reply, read_kept, read_reply
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.model.thread import ThreadRef
from server.services import Services


@dataclass(frozen=True)
class ReplyChoice:
    """What a person chose for a reply: the patient ("": the one that was found), and how they know who writes."""

    patient_id: str
    confirmed_by: str
    request_id: str = ""


def _asked(request: ReplyRequest) -> tuple[object, ...]:
    ref = request.ref
    asked = (ref.provider, ref.mailbox, ref.thread_id, ref.message_id, request.tone, request.language)
    return (*asked, request.staff_sentence, request.version, request.patient_id, request.confirmed_by)


def draft_once(
    services: Services, caller: Caller, pharmacy: Pharmacy, request: ReplyRequest, key: str
) -> Iterator[Event]:
    """`draft_reply`, once per key; without a key each call drafts. Raises Conflict when the key is another request's."""
    if not key:
        yield from draft_reply(services, caller, pharmacy, request)
        return
    claim = claim_key(services, caller, pharmacy.id, key, *_asked(request))
    if claim.state == "done":
        yield Done(read_reply(services, caller, claim.reply_id))
    else:
        yield from _draft_and_finish(services, caller, pharmacy, request, key, claim.token)


def redraft_once(services: Services, caller: Caller, reply_id: str, chosen: ReplyChoice, key: str) -> Iterator[Event]:
    """Drafts the same again, for the patient that a person chose or confirmed; a new reply, its own two log entries.
    Raises NotFound, and Erased, at once."""
    pharmacy = pharmacy_of_reply(services, caller, reply_id)
    asked = read_kept(services, pharmacy.id, reply_id)["asked"]
    ref = ThreadRef(asked["provider"], asked["mailbox"], asked["thread_id"], asked["message_id"])
    request = ReplyRequest(ref, asked["tone"], asked["language"], asked["staff_sentence"], asked["version"])
    request = replace(request, patient_id=chosen.patient_id, confirmed_by=chosen.confirmed_by)
    return draft_once(services, caller, pharmacy, replace(request, request_id=chosen.request_id), key)


def _draft_and_finish(
    services: Services, caller: Caller, pharmacy: Pharmacy, request: ReplyRequest, key: str, token: str
) -> Iterator[Event]:
    finished = False
    try:
        for event in draft_reply(services, caller, pharmacy, request):
            if isinstance(event, Done):
                reply_id = str(event.reply["id"])
                services.replies.finish_claim(pharmacy.id, caller.user.id, key, token=token, reply_id=reply_id)
                finished = True
            yield event
    finally:
        if not finished:
            with ending("claim"):  # a key that stays claimed is free again when its lease is over
                services.replies.abandon_claim(pharmacy.id, caller.user.id, key, token=token)


def last_document(events: Iterator[Event]) -> Document:
    """The reply, for a caller that does not stream."""
    for event in events:
        if isinstance(event, Done):
            return event.reply
    raise Problem("the draft did not end")
