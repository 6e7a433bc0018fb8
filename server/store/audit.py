"""The log that nobody can quietly rewrite: one chain a pharmacy, each entry tied to the one before it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, select
from sqlalchemy.exc import SQLAlchemyError

from server.errors import AuditUnavailable, Erased, StoreBusy, VaultFailed
from server.model.audit import AuditEvent
from server.store.audit_chain import ChainFault, Head, check_chain, entry_mac
from server.store.engine import reading, writing
from server.store.schema import audit_events, audit_heads, moment_text, pharmacies, pharmacy_keys
from server.store.sealing import Place
from server.store.vault import Vault, chain_seal

_BATCH = 1000
_MINE = audit_heads.c.pharmacy_id == bindparam("mine")
_LOCK_HEAD = select(audit_heads.c.seq, audit_heads.c.mac).where(_MINE).with_for_update()
_MOVE_HEAD = audit_heads.update().where(_MINE)
_INSERT = insert(audit_events)


@dataclass(frozen=True)
class AuditEntry:
    """One entry as read back. `event.subject` is the keyed hash; `event.sealed` is empty unless asked for and still
    readable; `erased`: it can't be read any more, because the person was erased."""

    seq: int
    event: AuditEvent = field(repr=False)
    erased: bool = False


@contextmanager
def _or_unavailable() -> Iterator[None]:
    """Whatever keeps an entry from being written has one meaning for the caller: nothing personal may leave."""
    try:
        yield
    except (SQLAlchemyError, StoreBusy, VaultFailed, UnicodeError) as error:
        raise AuditUnavailable("the log could not be written or read", retryable=True) from error


class AuditLog:
    """Appends, verifies, reads. What can't be written raises AuditUnavailable."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def append(self, event: AuditEvent, *, connection: Connection | None = None) -> int:
        """Writes one entry and returns its number in the pharmacy's chain. Given a connection (of `writing`), it
        stands or falls with what else that transaction does."""
        return self.append_many((event,), connection=connection)[0]

    def append_many(self, events: Sequence[AuditEvent], *, connection: Connection | None = None) -> tuple[int, ...]:
        """Writes several entries at once, all or none, in their order."""
        by_pharmacy: dict[str, list[int]] = {}
        for index, event in enumerate(events):
            by_pharmacy.setdefault(event.pharmacy_id, []).append(index)
        numbers: dict[int, int] = {}
        with _or_unavailable(), writing(self._engine, connection) as own:
            for pharmacy_id in sorted(by_pharmacy):  # always in this order: two batches never wait for each other
                indexes = by_pharmacy[pharmacy_id]
                seqs = self._append(own, pharmacy_id, [events[index] for index in indexes])
                numbers.update(zip(indexes, seqs, strict=True))
        return tuple(numbers[index] for index in range(len(events)))

    def _append(self, connection: Connection, pharmacy_id: str, events: Sequence[AuditEvent]) -> list[int]:
        key = self._vault.chain_key(pharmacy_id, connection)
        # The head is locked first: everybody who appends to this chain waits here for their turn.
        head = connection.execute(_LOCK_HEAD, {"mine": pharmacy_id}).first()
        if head is None:
            raise VaultFailed("the head of the chain is gone")
        rows, seq, mac = [], int(head.seq), bytes(head.mac)
        for event in events:
            seq, prev = seq + 1, mac
            row = self._row(connection, event, seq)
            mac = entry_mac(key, pharmacy_id, seq, row, prev)
            rows.append({**row, "pharmacy_id": pharmacy_id, "seq": seq, "prev": prev, "mac": mac})
        connection.execute(_INSERT, rows)
        seal = chain_seal(key, pharmacy_id, seq, mac)
        connection.execute(_MOVE_HEAD, {"mine": pharmacy_id, "seq": seq, "mac": mac, "seal": seal})
        return [row["seq"] for row in rows]

    def _row(self, connection: Connection, event: AuditEvent, seq: int) -> dict[str, Any]:
        subject = self._vault.subject_ref(event.pharmacy_id, event.subject, connection)
        if event.sealed and not subject:
            raise ValueError("personal detail needs the person whose key closes it")
        return {
            "at": moment_text(event.at),
            "type": event.type,
            "action": event.action,
            "user_id": event.user_id,
            "role": event.role,
            "on_behalf_of": event.on_behalf_of,
            "request_id": event.request_id,
            "object_type": event.object_type,
            "object_id": event.object_id,
            "subject": subject,
            "outcome": int(event.outcome),
            "detail": _canonical(event.detail),
            "sealed": self._vault.seal(
                connection, subject, _canonical(event.sealed).encode(), place=_place(event.pharmacy_id, seq)
            )
            if event.sealed
            else None,
        }

    def verify(self, pharmacy_id: str | None = None) -> tuple[ChainFault, ...]:
        """Every fault of one pharmacy's chain, or of all; empty when the log is whole. A pharmacy whose key or whose
        head is gone counts as a fault of its head."""
        with _or_unavailable(), reading(self._engine) as connection:
            ids = [pharmacy_id] if pharmacy_id is not None else _pharmacy_ids(connection)
            return tuple(fault for name in ids for fault in self._verify(connection, name))

    def _verify(self, connection: Connection, pharmacy_id: str) -> list[ChainFault]:
        if not connection.execute(
            select(pharmacy_keys.c.pharmacy_id).where(pharmacy_keys.c.pharmacy_id == pharmacy_id)
        ).first():
            return [ChainFault(pharmacy_id, 0, "head")]
        try:
            key = self._vault.chain_key(pharmacy_id, connection)
        except VaultFailed:
            return [ChainFault(pharmacy_id, 0, "head")]
        row = connection.execute(select(audit_heads).where(audit_heads.c.pharmacy_id == pharmacy_id)).first()
        head = None if row is None else Head(row.seq, bytes(row.mac), bytes(row.seal))
        query = select(audit_events).where(audit_events.c.pharmacy_id == pharmacy_id).order_by(audit_events.c.seq)
        rows = connection.execute(query.execution_options(yield_per=_BATCH)).mappings()
        return sorted(check_chain(key, pharmacy_id, _plain(rows), head), key=lambda fault: fault.seq)

    def events(
        self,
        pharmacy_id: str,
        *,
        after_seq: int = 0,
        limit: int = 100,
        since: datetime | None = None,
        until: datetime | None = None,
        type: str = "",
        subject: str = "",
        object_id: str = "",
        open_sealed: bool = False,
    ) -> tuple[AuditEntry, ...]:
        """Entries in order, from `after_seq` on; `subject` as for `append`. Reading the log is itself an event, which the
        caller appends."""
        table = audit_events.c
        query = select(audit_events).where(table.pharmacy_id == pharmacy_id, table.seq > after_seq)
        if since is not None:
            query = query.where(table.at >= moment_text(since))
        if until is not None:
            query = query.where(table.at < moment_text(until))
        if type:
            query = query.where(table.type == type)
        if object_id:
            query = query.where(table.object_id == object_id)
        with _or_unavailable(), reading(self._engine) as connection:
            if subject:
                query = query.where(table.subject == self._vault.subject_ref(pharmacy_id, subject, connection))
            rows = connection.execute(query.order_by(table.seq).limit(limit)).mappings().all()
            return tuple(self._entry(connection, row, open_sealed) for row in _plain(rows))

    def _entry(self, connection: Connection, row: Mapping[str, Any], open_sealed: bool) -> AuditEntry:
        sealed, erased = {}, False
        if open_sealed and row["sealed"] is not None:
            try:
                place = _place(row["pharmacy_id"], row["seq"])
                sealed = json.loads(self._vault.open(connection, row["sealed"], place=place))
            except Erased:
                erased = True
        known = {name: row[name] for name in _SAME_NAMES}
        event = AuditEvent(
            **known,
            at=datetime.fromisoformat(row["at"]),
            detail=json.loads(row["detail"]),
            sealed=sealed,
        )
        return AuditEntry(row["seq"], event, erased)


_SAME_NAMES = (
    "type", "action", "pharmacy_id", "user_id", "role", "request_id", "object_type", "object_id", "on_behalf_of",
    "subject", "outcome",
)  # fmt: skip


def _canonical(detail: Mapping[str, object]) -> str:
    """ASCII only: neither a lone surrogate of a broken mail nor a NUL keeps an entry from being written."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _place(pharmacy_id: str, seq: int) -> Place:
    return Place(pharmacy_id, "audit_events", str(seq), "sealed")


def _plain(rows: Any) -> Iterator[dict[str, Any]]:
    """Rows with real bytes: one driver gives memoryviews."""
    for row in rows:
        yield {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}


def _pharmacy_ids(connection: Connection) -> list[str]:
    """All that have a log or should have one: whoever wipes the log whole leaves the pharmacy itself."""
    tables = (pharmacies, pharmacy_keys, audit_heads, audit_events)
    found = {name for table in tables for name in connection.execute(select(table.c.pharmacy_id).distinct()).scalars()}
    return sorted(found)
