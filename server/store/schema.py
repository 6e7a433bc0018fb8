"""The tables of our own memory: what Balie keeps, each row marked with the pharmacy it belongs to."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as ISO text of one width in UTC: sorts alike, and reads alike, in every database."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


def moment_text(value: datetime) -> str:
    """The one way a time is written down. Raises ValueError for a time without a zone: it would be a guess."""
    if value.tzinfo is None:
        raise ValueError("a stored time needs a zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _pharmacy() -> Column[str]:
    return Column("pharmacy_id", String(64), primary_key=True)


pharmacies = Table(
    "pharmacies",
    metadata,
    _pharmacy(),
    Column("organisation_id", String(128), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("settings", LargeBinary),
)

pharmacy_mailboxes = Table(
    "pharmacy_mailboxes",
    metadata,
    _pharmacy(),
    Column("mailbox", String(320), primary_key=True),
    Column("organisation_id", String(128), nullable=False),
    UniqueConstraint("organisation_id", "mailbox", name="uq_pharmacy_mailboxes_mailbox"),
    ForeignKeyConstraint(["pharmacy_id"], ["pharmacies.pharmacy_id"], ondelete="CASCADE"),
)

pharmacy_keys = Table(
    "pharmacy_keys",
    metadata,
    _pharmacy(),
    Column("wrapped", LargeBinary, nullable=False),
)

person_keys = Table(
    "person_keys",
    metadata,
    _pharmacy(),
    Column("key_id", String(32), primary_key=True),
    Column("person_ref", String(40), nullable=False),
    Column("wrapped", LargeBinary),
)
LIVE_KEY = person_keys.c.wrapped.is_not(None)
Index(
    "uq_person_keys_live",
    person_keys.c.pharmacy_id,
    person_keys.c.person_ref,
    unique=True,
    sqlite_where=LIVE_KEY,
    postgresql_where=LIVE_KEY,
)

replies = Table(
    "replies",
    metadata,
    _pharmacy(),
    Column("reply_id", String(64), primary_key=True),
    Column("person_ref", String(40), nullable=False),
    Column("thread_id", String(512), nullable=False),
    Column("message_id", String(998), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("stale", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document", LargeBinary),
    Index("ix_replies_thread", "pharmacy_id", "thread_id"),
)

outcomes = Table(
    "outcomes",
    metadata,
    _pharmacy(),
    Column("reply_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("changed", Boolean, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("document", LargeBinary),
    ForeignKeyConstraint(["pharmacy_id", "reply_id"], ["replies.pharmacy_id", "replies.reply_id"]),
    Index("ix_outcomes_at", "pharmacy_id", "at"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    _pharmacy(),
    Column("user_id", String(128), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("token", String(32), nullable=False),
    Column("claimed_at", Moment, nullable=False, index=True),
    Column("reply_id", String(64)),
)

threads = Table(
    "threads",
    metadata,
    _pharmacy(),
    Column("thread_id", String(512), primary_key=True),
    Column("state", String(32), nullable=False),
    Column("message_id", String(998), nullable=False),
    Column("message_at", Moment),
    Column("last_user_id", String(128), nullable=False),
    Column("last_user_at", Moment),
    Column("changed_at", Moment, nullable=False),
)

escalations = Table(
    "escalations",
    metadata,
    _pharmacy(),
    Column("escalation_id", String(64), primary_key=True),
    Column("reply_id", String(64), nullable=False),
    Column("thread_id", String(512), nullable=False),
    Column("person_ref", String(40), nullable=False),
    Column("codes", Text, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", String(128), nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(128), nullable=False),
    Column("document", LargeBinary),
)
STILL_OPEN = escalations.c.closed_at.is_(None)
Index(
    "uq_escalations_open",
    escalations.c.pharmacy_id,
    escalations.c.thread_id,
    unique=True,
    sqlite_where=STILL_OPEN,
    postgresql_where=STILL_OPEN,
)

audit_events = Table(
    "audit_events",
    metadata,
    _pharmacy(),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("type", Text, nullable=False),
    Column("action", String(1), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("on_behalf_of", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("object_type", String(64), nullable=False),
    Column("object_id", String(998), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("outcome", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("prev", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index("ix_audit_events_subject", "pharmacy_id", "subject"),
    Index("ix_audit_events_object", "pharmacy_id", "object_id"),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    _pharmacy(),
    Column("seq", BigInteger, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)
