"""A double click gives one reply: the second waits for the first and gets what it made."""

import hashlib
import threading
from collections.abc import Iterator

from server.errors import Conflict, Problem
from server.flows.draft_reply import draft_reply
from server.flows.ending import ending
from server.flows.events import Document, Done, Event
from server.flows.prepare_brief import ReplyRequest
from server.flows.read_reply import read_reply
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.services import Services

POLL_SECONDS = 0.1
MAX_WAIT_SECONDS = 60


def _hash(request: ReplyRequest) -> str:
    ref = request.ref
    asked = (ref.provider, ref.mailbox, ref.thread_id, ref.message_id, request.tone, request.language)
    return hashlib.sha256(
        repr((*asked, request.staff_sentence, request.version, request.patient_id, request.confirmed_by)).encode()
    ).hexdigest()


def draft_once(
    services: Services, caller: Caller, pharmacy: Pharmacy, request: ReplyRequest, key: str
) -> Iterator[Event]:
    """`draft_reply`, once per key; without a key each call drafts. Raises Conflict when the key is another request's."""
    if not key:
        yield from draft_reply(services, caller, pharmacy, request)
        return
    user, hashed = caller.user.id, _hash(request)
    for _ in range(int(MAX_WAIT_SECONDS / POLL_SECONDS)):
        claim = services.replies.claim_idempotency(pharmacy.id, user, key, hashed, at=services.now())
        if claim.state == "done":
            yield Done(read_reply(services, caller, claim.reply_id))
            return
        if claim.state == "new":
            yield from _draft_and_finish(services, caller, pharmacy, request, key, claim.token)
            return
        threading.Event().wait(POLL_SECONDS)
    raise Conflict("this draft is still being made", retryable=True)


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
