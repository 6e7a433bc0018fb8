"""A throw-away memory and what the store's tests put in it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from server.model.audit import AuditEvent
from server.store.audit import AuditLog
from server.store.engine import migrate, open_database, writing
from server.store.escalations import EscalationStore
from server.store.keyring import KeyRing
from server.store.pharmacies import PharmacyStore
from server.store.replies import ReplyStore
from server.store.threads import ThreadStore
from server.store.vault import Vault

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUSE, OTHER_HOUSE = "de-linde", "de-eik"


@dataclass(frozen=True)
class Memory:
    """Everything in `store/` over one database."""

    engine: Engine
    ring: KeyRing
    vault: Vault
    audit: AuditLog
    pharmacies: PharmacyStore
    replies: ReplyStore
    threads: ThreadStore
    escalations: EscalationStore


@lru_cache(maxsize=1)
def _empty_file() -> bytes:
    engine = open_database()
    migrate(engine)
    return _file_of(engine)


def _file_of(engine: Engine) -> bytes:
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    return Path(str(engine.url.database)).read_bytes()


def a_memory(url: str = "sqlite://", ring: KeyRing | None = None) -> Memory:
    """A migrated database with all stores on it (a copy of one that was migrated once)."""
    engine = open_database(url)
    Path(str(engine.url.database)).write_bytes(_empty_file())
    return over(engine, ring or KeyRing.generate())


def a_copy(memory: Memory) -> Memory:
    """The same memory in a file of its own."""
    engine = open_database()
    Path(str(engine.url.database)).write_bytes(_file_of(memory.engine))
    return over(engine, memory.ring)


def over(engine: Engine, ring: KeyRing) -> Memory:
    """Stores as a second process would open them: nothing remembered."""
    vault = Vault(engine, ring)
    return Memory(
        engine,
        ring,
        vault,
        AuditLog(engine, vault),
        PharmacyStore(engine, vault),
        ReplyStore(engine, vault),
        ThreadStore(engine),
        EscalationStore(engine, vault),
    )


def an_event(number: int = 0, pharmacy_id: str = HOUSE, **fields: Any) -> AuditEvent:
    """`draft.begun` about a patient, with something personal in it."""
    defaults: dict[str, Any] = {
        "type": "draft.begun",
        "action": "R",
        "user_id": "device:balie",
        "on_behalf_of": "user-1",
        "role": "staff",
        "at": NOON,
        "object_type": "reply",
        "object_id": f"reply-{number}",
        "subject": "P1",
        "detail": {"number": number},
        "sealed": {"said": f"metoprolol {number}"},
    }
    return AuditEvent(pharmacy_id=pharmacy_id, **{**defaults, **fields})


LENGTH = 8


@lru_cache(maxsize=1)
def _a_log():
    memory = a_memory()
    memory.audit.append_many([an_event(number) for number in range(1, LENGTH + 1)])
    return memory


def a_log():
    """A pharmacy's log with eight entries."""
    return a_copy(_a_log())


class Tampering:
    """The database with its triggers torn out, as a thief with full access would have it."""

    def __init__(self, memory):
        self.memory = memory
        self.run(
            *(
                f"drop trigger {name}"
                for name in ("audit_events_no_update", "audit_events_no_delete", "audit_heads_no_delete")
            )
        )

    def run(self, *statements):
        with writing(self.memory.engine) as connection:
            for statement in statements:
                connection.execute(text(statement))

    @property
    def faults(self):
        """Found by a process that remembers nothing."""
        return over(self.memory.engine, self.memory.ring).audit.verify()

    def found(self):
        return [(fault.seq, fault.what) for fault in self.faults]
