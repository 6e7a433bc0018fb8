"""The first tables: pharmacies and keys, replies and threads, escalations, the audit chain, the embedded pharmacy system."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "v0001_first"
down_revision = None
branch_labels = None
depends_on = None


def _key(name: str, size: int = 64) -> sa.Column[str]:
    return sa.Column(name, sa.String(size), primary_key=True)


def _text(name: str, size: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(size) if size else sa.Text(), nullable=False)


def _maybe(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def upgrade() -> None:
    _create_pharmacies()
    _create_keys()
    _create_replies()
    _create_threads()
    _create_escalations()
    _create_audit()
    _forbid_changes()
    _create_embedded_pms()


def _create_pharmacies() -> None:
    op.create_table(
        "pharmacies",
        _key("pharmacy_id"),
        _text("organisation_id", 128),
        _text("document"),
        _maybe("settings", sa.LargeBinary()),
    )
    op.create_index("ix_pharmacies_organisation_id", "pharmacies", ["organisation_id"])
    op.create_table(
        "pharmacy_mailboxes",
        _key("pharmacy_id"),
        _key("mailbox", 320),
        _text("organisation_id", 128),
        sa.UniqueConstraint("organisation_id", "mailbox", name="uq_pharmacy_mailboxes_mailbox"),
        sa.ForeignKeyConstraint(["pharmacy_id"], ["pharmacies.pharmacy_id"], ondelete="CASCADE"),
    )


def _create_keys() -> None:
    op.create_table("pharmacy_keys", _key("pharmacy_id"), sa.Column("wrapped", sa.LargeBinary(), nullable=False))
    op.create_table(
        "person_keys",
        _key("pharmacy_id"),
        _key("key_id", 32),
        _text("person_ref", 40),
        _maybe("wrapped", sa.LargeBinary()),
    )
    alive = sa.text("wrapped IS NOT NULL")
    op.create_index(
        "uq_person_keys_live",
        "person_keys",
        ["pharmacy_id", "person_ref"],
        unique=True,
        sqlite_where=alive,
        postgresql_where=alive,
    )


def _create_replies() -> None:
    op.create_table(
        "replies",
        _key("pharmacy_id"),
        _key("reply_id"),
        _text("person_ref", 40),
        _text("thread_id", 512),
        _text("message_id", 998),
        _text("created_at", 32),
        _text("expires_at", 32),
        sa.Column("stale", sa.Boolean(), nullable=False),
        _text("digest", 64),
        _maybe("document", sa.LargeBinary()),
    )
    op.create_index("ix_replies_expires_at", "replies", ["expires_at"])
    op.create_index("ix_replies_thread", "replies", ["pharmacy_id", "thread_id"])
    op.create_table(
        "outcomes",
        _key("pharmacy_id"),
        _key("reply_id"),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        _text("kind", 32),
        sa.Column("changed", sa.Boolean(), nullable=False),
        _text("by", 128),
        _text("at", 32),
        _maybe("document", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["pharmacy_id", "reply_id"], ["replies.pharmacy_id", "replies.reply_id"]),
    )
    op.create_index("ix_outcomes_at", "outcomes", ["pharmacy_id", "at"])


def _create_threads() -> None:
    op.create_table(
        "idempotency_keys",
        _key("pharmacy_id"),
        _key("user_id", 128),
        _key("key", 200),
        _text("request_hash", 64),
        _text("token", 32),
        _text("claimed_at", 32),
        _maybe("reply_id", sa.String(64)),
    )
    op.create_index("ix_idempotency_keys_claimed_at", "idempotency_keys", ["claimed_at"])
    op.create_table(
        "threads",
        _key("pharmacy_id"),
        _key("thread_id", 512),
        _text("state", 32),
        _text("message_id", 998),
        _maybe("message_at", sa.String(32)),
        _text("last_user_id", 128),
        _maybe("last_user_at", sa.String(32)),
        _text("changed_at", 32),
    )


def _create_escalations() -> None:
    op.create_table(
        "escalations",
        _key("pharmacy_id"),
        _key("escalation_id"),
        _text("reply_id", 64),
        _text("thread_id", 512),
        _text("person_ref", 40),
        _text("codes"),
        sa.Column("urgency", sa.Integer(), nullable=False),
        _text("opened_at", 32),
        _text("opened_by", 128),
        _maybe("closed_at", sa.String(32)),
        _text("closed_by", 128),
        _maybe("document", sa.LargeBinary()),
    )
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_escalations_open",
        "escalations",
        ["pharmacy_id", "thread_id"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def _create_audit() -> None:
    words = ("type", "action", "user_id", "role", "on_behalf_of", "request_id", "object_type", "object_id", "subject")
    sizes = {"action": 1, "object_type": 64, "object_id": 998, "subject": 40}
    op.create_table(
        "audit_events",
        _key("pharmacy_id"),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        _text("at", 32),
        *(_text(word, sizes.get(word)) for word in words),
        sa.Column("outcome", sa.Integer(), nullable=False),
        _text("detail"),
        _maybe("sealed", sa.LargeBinary()),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_audit_events_subject", "audit_events", ["pharmacy_id", "subject"])
    op.create_index("ix_audit_events_object", "audit_events", ["pharmacy_id", "object_id"])
    op.create_table(
        "audit_heads",
        _key("pharmacy_id"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
    )


def _forbid_changes() -> None:
    """The database itself refuses to change what was logged; the chain shows it when somebody gets around that."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION balie_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
        )
        for table, deeds in (("audit_events", "UPDATE OR DELETE OR TRUNCATE"), ("audit_heads", "DELETE OR TRUNCATE")):
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE {deeds} ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION balie_append_only()"
            )
        return
    for table, deed in (("audit_events", "UPDATE"), ("audit_events", "DELETE"), ("audit_heads", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )


def _create_embedded_pms() -> None:
    op.create_table(
        "pms_patients",
        _key("pharmacy_id"),
        _key("patient_id", 128),
        _maybe("birth_date", sa.String(10)),
        _text("document"),
    )
    op.create_index("ix_pms_patients_birth_date", "pms_patients", ["pharmacy_id", "birth_date"])
    for table, word, size in (("pms_addresses", "address", 320), ("pms_names", "word", 128)):
        op.create_table(
            table,
            _key("pharmacy_id"),
            _key(word, size),
            _key("patient_id", 128),
            sa.ForeignKeyConstraint(
                ["pharmacy_id", "patient_id"],
                ["pms_patients.pharmacy_id", "pms_patients.patient_id"],
                ondelete="CASCADE",
            ),
        )
        op.create_index(f"ix_{table}_patient", table, ["pharmacy_id", "patient_id"])
    op.create_table(
        "pms_entries",
        _key("pharmacy_id"),
        _key("key", 200),
        _text("entry_id", 64),
        _text("document"),
    )


def downgrade() -> None:
    for table in ("pms_entries", "pms_names", "pms_addresses", "pms_patients", "audit_heads", "audit_events"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION balie_append_only()")
    for table in ("escalations", "threads", "idempotency_keys", "outcomes", "replies", "person_keys", "pharmacy_keys"):
        op.drop_table(table)
    op.drop_table("pharmacy_mailboxes")
    op.drop_table("pharmacies")
