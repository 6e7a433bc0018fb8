"""A double click does a thing once: the second waits for the first and gets what came of it."""

import hashlib
import threading
from collections.abc import Callable
from typing import TypeVar

from server.errors import Conflict
from server.flows.ending import ending
from server.model.identity import Caller
from server.services import Services
from server.store.claims import Claim

POLL_SECONDS = 0.1
MAX_WAIT_SECONDS = 60
Result = TypeVar("Result")


def claim_key(services: Services, caller: Caller, pharmacy_id: str, key: str, *asked: object) -> Claim:
    """The claim on a key for what is asked, when nobody is at it any more. Raises Conflict when the key is another
    request's, or when waiting took too long."""
    hashed = hashlib.sha256(repr(asked).encode()).hexdigest()
    for _ in range(int(MAX_WAIT_SECONDS / POLL_SECONDS)):
        claim = services.replies.claim_idempotency(pharmacy_id, caller.user.id, key, hashed, at=services.now())
        if claim.state != "in_progress":
            return claim
        threading.Event().wait(POLL_SECONDS)
    raise Conflict("this is still being done", retryable=True)


def do_once(
    services: Services,
    caller: Caller,
    pharmacy_id: str,
    key: str,
    asked: tuple[object, ...],
    do: Callable[[], tuple[str, Result]],
    again: Callable[[str], Result],
) -> Result:
    """`do`, once per key; without a key each time. It returns the id of what came of it, from which `again` makes the
    same answer. Raises Conflict as `claim_key`."""
    if not key:
        return do()[1]
    claim, user, finished = claim_key(services, caller, pharmacy_id, key, *asked), caller.user.id, False
    if claim.state == "done":
        return again(claim.reply_id)
    try:
        made, result = do()
        services.replies.finish_claim(pharmacy_id, user, key, token=claim.token, reply_id=made)
        finished = True
        return result
    finally:
        if not finished:
            with ending("claim"):  # a key that stays claimed is free again when its lease is over
                services.replies.abandon_claim(pharmacy_id, user, key, token=claim.token)
