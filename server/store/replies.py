"""Replies and what became of them, closed under the key of the person they concern, for as long as the pharmacy keeps them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, exists, func, insert, select

from server.errors import NotFound
from server.model.reply import Outcome, OutcomeKind
from server.store.claims import Claims, purge_claims
from server.store.engine import reading, writing
from server.store.schema import escalations, outcomes, replies
from server.store.sealing import Place
from server.store.vault import Vault


@dataclass(frozen=True)
class ReplyRow:
    """What is known of a kept reply without opening it. `message_id`: the mail it answers; `stale`: a newer one came;
    `digest`: keyed hash of the document, which outlives it."""

    id: str
    pharmacy_id: str
    person_ref: str
    thread_id: str
    message_id: str
    created_at: datetime
    expires_at: datetime
    stale: bool
    digest: str


@dataclass(frozen=True)
class KeptOutcome:
    """An outcome as kept. `changed`: the final text differs from the draft; `diff` says how."""

    outcome: Outcome
    changed: bool
    diff: Sequence[Any] = field(repr=False, default=())


@dataclass(frozen=True)
class Purged:
    """How many documents were forgotten, and how many request keys."""

    replies: int
    outcomes: int
    escalations: int
    claims: int


class ReplyStore(Claims):
    """Keeps replies and outcomes, and the keys that make a double click harmless."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        super().__init__(engine)
        self._vault = vault

    def save(
        self,
        pharmacy_id: str,
        reply_id: str,
        person_ref: str,
        document: Mapping[str, Any],
        *,
        thread_id: str,
        message_id: str = "",
        created_at: datetime,
        expires_at: datetime,
        connection: Connection | None = None,
    ) -> None:
        """Keeps a reply's document (JSON-able) closed. Given a connection, in that transaction."""
        plain = _json(document)
        place = _reply_place(pharmacy_id, reply_id)
        with writing(self._engine, connection) as own:
            values = {
                "pharmacy_id": pharmacy_id,
                "reply_id": reply_id,
                "person_ref": person_ref,
                "thread_id": thread_id,
                "message_id": message_id,
                "created_at": created_at,
                "expires_at": expires_at,
                "stale": False,
                "digest": self._vault.digest(pharmacy_id, plain, own),
                "document": self._vault.seal(own, person_ref, plain, place=place),
            }
            own.execute(insert(replies), values)

    def get(self, pharmacy_id: str, reply_id: str) -> dict[str, Any]:
        """The document. Raises NotFound (also when its time is over, or it is another pharmacy's), Erased."""
        with reading(self._engine) as connection:
            row = self._find(connection, pharmacy_id, reply_id)
            if row is None or row.document is None:
                raise NotFound("no such reply, or it is no longer kept")
            opened = self._vault.open(connection, bytes(row.document), place=_reply_place(pharmacy_id, reply_id))
        return dict(json.loads(opened))

    def get_row(self, pharmacy_id: str, reply_id: str) -> ReplyRow:
        """What is known of it without opening. Raises NotFound."""
        with reading(self._engine) as connection:
            row = self._find(connection, pharmacy_id, reply_id)
        if row is None:
            raise NotFound("no such reply")
        return _reply_row(row)

    def find_latest(self, pharmacy_id: str, thread_id: str) -> ReplyRow | None:
        """The newest reply to a thread."""
        query = _of_pharmacy(pharmacy_id).where(replies.c.thread_id == thread_id)
        with reading(self._engine) as connection:
            newest_first = query.order_by(replies.c.created_at.desc(), replies.c.reply_id)
            row = connection.execute(newest_first.limit(1)).first()
        return None if row is None else _reply_row(row)

    def _find(self, connection: Connection, pharmacy_id: str, reply_id: str) -> Row[Any] | None:
        return connection.execute(_of_pharmacy(pharmacy_id).where(replies.c.reply_id == reply_id)).first()

    def save_outcome(
        self,
        pharmacy_id: str,
        outcome: Outcome,
        *,
        changed: bool,
        diff: Sequence[Any] = (),
        connection: Connection | None = None,
    ) -> int:
        """Adds what staff did; a reply may have several outcomes, numbered from 1. Raises NotFound for no such reply."""
        with writing(self._engine, connection) as own:
            # Locked, so that two outcomes at once get two numbers.
            mine = _of_pharmacy(pharmacy_id).where(replies.c.reply_id == outcome.reply_id)
            reply = own.execute(mine.with_for_update()).first()
            if reply is None:
                raise NotFound("no such reply")
            query = select(func.coalesce(func.max(outcomes.c.number), 0)).where(
                outcomes.c.pharmacy_id == pharmacy_id, outcomes.c.reply_id == outcome.reply_id
            )
            number = int(own.execute(query).scalar_one()) + 1
            plain = _json({"final_text": outcome.final_text, "diff": list(diff)})
            place = _outcome_place(pharmacy_id, outcome.reply_id, number)
            values = {
                "pharmacy_id": pharmacy_id,
                "reply_id": outcome.reply_id,
                "number": number,
                "kind": outcome.kind.value,
                "changed": changed,
                "by": outcome.by,
                "at": outcome.at,
                "document": self._vault.seal(own, reply.person_ref, plain, place=place),
            }
            own.execute(insert(outcomes), values)
            return number

    def list_outcomes(
        self,
        pharmacy_id: str,
        *,
        reply_id: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 1000,
    ) -> tuple[KeptOutcome, ...]:
        """Outcomes, oldest first: of one reply, of a time, or all. A text that was erased or purged is None."""
        query = select(outcomes).where(outcomes.c.pharmacy_id == pharmacy_id)
        if reply_id is not None:
            query = query.where(outcomes.c.reply_id == reply_id)
        if since is not None:
            query = query.where(outcomes.c.at >= since)
        if until is not None:
            query = query.where(outcomes.c.at < until)
        ordered = query.order_by(outcomes.c.at, outcomes.c.reply_id, outcomes.c.number).limit(limit)
        with reading(self._engine) as connection:
            return tuple(self._outcome(connection, row) for row in connection.execute(ordered).all())

    def _outcome(self, connection: Connection, row: Row[Any]) -> KeptOutcome:
        kept: dict[str, Any] = {}
        if row.document is not None:
            place = _outcome_place(row.pharmacy_id, row.reply_id, row.number)
            try:
                kept = json.loads(self._vault.open(connection, bytes(row.document), place=place))
            except NotFound:  # erased
                kept = {}
        outcome = Outcome(row.reply_id, OutcomeKind(row.kind), row.by, row.at, kept.get("final_text"))
        return KeptOutcome(outcome, row.changed, tuple(kept.get("diff", ())))

    def purge_expired(self, now: datetime, *, connection: Connection | None = None) -> Purged:
        """Forgets, in every pharmacy, the documents whose time is over; rows stay as keyed hashes and counts. Of
        escalations only closed ones are touched: an open one still needs its decision."""
        with writing(self._engine, connection) as own:
            over = replies.c.expires_at <= now
            purged = own.execute(replies.update().where(over, replies.c.document.is_not(None)).values(document=None))
            gone = replies.c.document.is_(None)
            of_outcome = exists().where(
                replies.c.pharmacy_id == outcomes.c.pharmacy_id, replies.c.reply_id == outcomes.c.reply_id, gone
            )
            texts = outcomes.update().where(outcomes.c.document.is_not(None), of_outcome).values(document=None)
            of_escalation = exists().where(
                replies.c.pharmacy_id == escalations.c.pharmacy_id, replies.c.reply_id == escalations.c.reply_id, gone
            )
            closed = escalations.c.closed_at.is_not(None) & escalations.c.document.is_not(None)
            reasons = escalations.update().where(closed, of_escalation).values(document=None)
            return Purged(
                purged.rowcount,
                own.execute(texts).rowcount,
                own.execute(reasons).rowcount,
                purge_claims(own, now),
            )


def _of_pharmacy(pharmacy_id: str) -> Select[*tuple[Any, ...]]:
    return select(replies).where(replies.c.pharmacy_id == pharmacy_id)


def _reply_row(row: Row[Any]) -> ReplyRow:
    return ReplyRow(
        row.reply_id,
        row.pharmacy_id,
        row.person_ref,
        row.thread_id,
        row.message_id,
        row.created_at,
        row.expires_at,
        row.stale,
        row.digest,
    )


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(document), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _reply_place(pharmacy_id: str, reply_id: str) -> Place:
    return Place(pharmacy_id, "replies", reply_id, "document")


def _outcome_place(pharmacy_id: str, reply_id: str, number: int) -> Place:
    return Place(pharmacy_id, "outcomes", f"{reply_id}/{number}", "document")
