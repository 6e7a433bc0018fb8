"""Mails that a pharmacist must decide about: at most one open per thread, its words closed like the mail's."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from server.errors import Conflict, NotFound
from server.model.escalation import Escalation
from server.store.engine import insert_once, reading, writing
from server.store.schema import escalations as table
from server.store.sealing import Place
from server.store.vault import Vault


class EscalationStore:
    """Opens, lists and closes."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def open_escalation(
        self, escalation: Escalation, *, person_ref: str, connection: Connection | None = None
    ) -> Escalation:
        """Opens one, or adds to the thread's open one: triggers are joined, the stricter urgency and the newer reply,
        reason and summary count. Returns the one that is open now."""
        with writing(self._engine, connection) as own:
            if self._insert(own, escalation, person_ref):
                return escalation
            found = self._find_open(own, escalation.pharmacy_id, escalation.thread_id)
            if found is None:
                raise Conflict("this escalation's id is taken, or the open one was closed meanwhile", retryable=True)
            before = self._escalation(own, found)
            joined = replace(
                before,
                reply_id=escalation.reply_id,
                codes=tuple(dict.fromkeys((*before.codes, *escalation.codes))),
                urgency=max(before.urgency, escalation.urgency),
                subject=escalation.subject or before.subject,
                reason=escalation.reason or before.reason,
                # A summary is kept under its own person's key only, so that erasing them takes it along.
                history=escalation.history or (before.history if found.person_ref == person_ref else None),
            )
            mine = (table.c.pharmacy_id == joined.pharmacy_id) & (table.c.escalation_id == joined.id)
            own.execute(table.update().where(mine).values(**self._said(own, joined, person_ref)))
            return joined

    def _insert(self, connection: Connection, escalation: Escalation, person_ref: str) -> bool:
        """Whether there was none open: the database sees to it, also when two open one at the same time."""
        values = {
            "pharmacy_id": escalation.pharmacy_id,
            "escalation_id": escalation.id,
            "thread_id": escalation.thread_id,
            "opened_at": escalation.opened_at,
            "opened_by": escalation.opened_by,
            "closed_at": None,
            "closed_by": "",
            **self._said(connection, escalation, person_ref),
        }
        return insert_once(connection, table, values)

    def _said(self, connection: Connection, escalation: Escalation, person_ref: str) -> dict[str, Any]:
        words = {"subject": escalation.subject, "reason": escalation.reason, "history": escalation.history}
        plain = json.dumps(words, ensure_ascii=False)
        place = _place(escalation.pharmacy_id, escalation.id)
        return {
            "reply_id": escalation.reply_id,
            "person_ref": person_ref,
            "codes": json.dumps(list(escalation.codes)),
            "urgency": escalation.urgency,
            "document": self._vault.seal(connection, person_ref, plain.encode("utf-8", "surrogatepass"), place=place),
        }

    def find_open(self, pharmacy_id: str, thread_id: str, *, connection: Connection | None = None) -> Escalation | None:
        """The thread's open escalation. Given a connection (of `writing`), it is ours to close in that transaction."""
        with reading(self._engine) if connection is None else nullcontext(connection) as own:
            row = self._find_open(own, pharmacy_id, thread_id)
            return None if row is None else self._escalation(own, row)

    def _find_open(self, connection: Connection, pharmacy_id: str, thread_id: str) -> Row[Any] | None:
        query = select(table).where(
            table.c.pharmacy_id == pharmacy_id, table.c.thread_id == thread_id, table.c.closed_at.is_(None)
        )
        return connection.execute(query.with_for_update()).first()

    def list_open(self, pharmacy_id: str) -> tuple[Escalation, ...]:
        """All open ones in order of arrival: ranking patients by medical need is not claimed (domain.md §5.5)."""
        query = select(table).where(table.c.pharmacy_id == pharmacy_id, table.c.closed_at.is_(None))
        ordered = query.order_by(table.c.opened_at, table.c.escalation_id)
        with reading(self._engine) as connection:
            return tuple(self._escalation(connection, row) for row in connection.execute(ordered).all())

    def get(self, pharmacy_id: str, escalation_id: str) -> Escalation:
        """Raises NotFound."""
        query = select(table).where(table.c.pharmacy_id == pharmacy_id, table.c.escalation_id == escalation_id)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
            if row is None:
                raise NotFound("no such escalation")
            return self._escalation(connection, row)

    def close(
        self, pharmacy_id: str, escalation_id: str, *, by: str, at: datetime, connection: Connection | None = None
    ) -> None:
        """Raises NotFound, or Conflict when it was closed before."""
        mine = (table.c.pharmacy_id == pharmacy_id) & (table.c.escalation_id == escalation_id)
        with writing(self._engine, connection) as own:
            change = table.update().where(mine, table.c.closed_at.is_(None)).values(closed_at=at, closed_by=by)
            if own.execute(change).rowcount == 1:
                return
            if own.execute(select(table.c.escalation_id).where(mine)).first() is None:
                raise NotFound("no such escalation")
            raise Conflict("this escalation was closed already")

    def _escalation(self, connection: Connection, row: Row[Any]) -> Escalation:
        words = self._opened(connection, row)
        return Escalation(
            id=row.escalation_id,
            pharmacy_id=row.pharmacy_id,
            reply_id=row.reply_id,
            thread_id=row.thread_id,
            codes=tuple(json.loads(row.codes)),
            urgency=row.urgency,
            opened_at=row.opened_at,
            opened_by=row.opened_by,
            closed_at=row.closed_at,
            subject=str(words.get("subject", "")),
            reason=str(words.get("reason", "")),
            history=words.get("history"),
        )

    def _opened(self, connection: Connection, row: Row[Any]) -> dict[str, Any]:
        """Its words; none when the person was erased, for the decision stays open all the same."""
        if row.document is None:
            return {}
        try:
            place = _place(row.pharmacy_id, row.escalation_id)
            return dict(json.loads(self._vault.open(connection, bytes(row.document), place=place)))
        except NotFound:
            return {}


def _place(pharmacy_id: str, escalation_id: str) -> Place:
    return Place(pharmacy_id, "escalations", escalation_id, "document")
