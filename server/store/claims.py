"""A double click gives one reply: whoever claims a request's key first does the work, the other waits or gets its reply."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.sql.elements import ColumnElement

from server.errors import Conflict, InvalidRequest
from server.store.engine import insert_once, writing
from server.store.schema import idempotency_keys as keys

LEASE = timedelta(minutes=2)  # a worker that died is not waited for longer than this
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Claim:
    """ "new": do the work, then finish or abandon with this token; "done": it was done, as `reply_id`; "in_progress":
    somebody is at it."""

    state: Literal["new", "done", "in_progress"]
    reply_id: str = ""
    token: str = ""


class Claims:
    """Idempotency keys, each a user's own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim_idempotency(self, pharmacy_id: str, user_id: str, key: str, request_hash: str, *, at: datetime) -> Claim:
        """Exactly one of two callers at the same time is told "new". A claim older than the lease is given to the next
        who asks. Raises Conflict when the key was used for another request, InvalidRequest for an odd key."""
        if not 0 < len(key) <= 200:
            raise InvalidRequest("an idempotency key has 1 to 200 characters")
        token = uuid.uuid4().hex
        row = {"pharmacy_id": pharmacy_id, "user_id": user_id, "key": key, "request_hash": request_hash}
        with writing(self._engine) as connection:
            if insert_once(connection, keys, {**row, "token": token, "claimed_at": at, "reply_id": None}):
                return Claim("new", token=token)
            mine = _mine(pharmacy_id, user_id, key)
            found = connection.execute(select(keys).where(mine).with_for_update()).one()
            if found.request_hash != request_hash:
                raise Conflict("this idempotency key was used for another request")
            if found.reply_id is not None:
                return Claim("done", reply_id=found.reply_id)
            if at - found.claimed_at < LEASE:
                return Claim("in_progress")
            connection.execute(keys.update().where(mine).values(token=token, claimed_at=at))
            return Claim("new", token=token)

    def finish_claim(
        self,
        pharmacy_id: str,
        user_id: str,
        key: str,
        *,
        token: str,
        reply_id: str,
        connection: Connection | None = None,
    ) -> None:
        """Names the reply that came of it. Raises Conflict when the lease ran out and somebody else took over."""
        with writing(self._engine, connection) as own:
            unfinished = _mine(pharmacy_id, user_id, key) & (keys.c.token == token) & keys.c.reply_id.is_(None)
            if own.execute(keys.update().where(unfinished).values(reply_id=reply_id)).rowcount != 1:
                raise Conflict("this request was taken over by another")

    def abandon_claim(self, pharmacy_id: str, user_id: str, key: str, *, token: str) -> None:
        """Lets the key go after a failure, so that a second try may work. Nothing happens when it was finished."""
        with writing(self._engine) as connection:
            unfinished = _mine(pharmacy_id, user_id, key) & (keys.c.token == token) & keys.c.reply_id.is_(None)
            connection.execute(delete(keys).where(unfinished))


def _mine(pharmacy_id: str, user_id: str, key: str) -> ColumnElement[bool]:
    return (keys.c.pharmacy_id == pharmacy_id) & (keys.c.user_id == user_id) & (keys.c.key == key)


def purge_claims(connection: Connection, now: datetime) -> int:
    """Forgets keys that nobody will repeat any more."""
    return connection.execute(delete(keys).where(keys.c.claimed_at < now - KEPT)).rowcount
