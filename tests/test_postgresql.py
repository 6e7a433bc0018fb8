"""The same memory on PostgreSQL: migrations, the chain under many writers, a double click, erasing, the embedded system."""

import threading
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.connectors.pms.embedded import EmbeddedRecords, load_records
from server.connectors.pms.embedded import metadata as pms_metadata
from server.errors import Conflict, Erased
from server.model.pharmacy import Pharmacy
from server.store.engine import is_ready, migrate, open_database, writing
from server.store.keyring import KeyRing
from server.store.schema import metadata
from tests.postgresql import find_postgresql, run_postgresql
from tests.store_builders import HOUSE, NOON, OTHER_HOUSE, an_event, over
from tests.test_embedded_pms import FAMILY, found
from tests.test_store import DOCUMENT, a_reply, an_escalation, an_outcome, claim

pytest.importorskip("psycopg", reason="psycopg is not installed: PostgreSQL is not tested here")
PROGRAMS = find_postgresql()
pytestmark = pytest.mark.skipif(PROGRAMS is None, reason="no PostgreSQL on this machine: it is not tested here")


@pytest.fixture(scope="module")
def url():
    with run_postgresql(PROGRAMS) as address:
        yield address


@pytest.fixture
def memory(url):
    """All stores over an empty database."""
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    migrate(engine)
    yield over(engine, KeyRing.generate())
    engine.dispose()


def at_once(count, deed):
    """What each of several threads got."""
    results = []
    each = [threading.Thread(target=lambda n=number: results.append(deed(n))) for number in range(count)]
    for thread in each:
        thread.start()
    for thread in each:
        thread.join()
    return results


def test_the_migrations_make_the_tables_that_the_code_expects(memory):
    with memory.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, [metadata, pms_metadata]) == []
    assert is_ready(memory.engine) and migrate(memory.engine) is False


def test_several_that_start_together_migrate_once(memory, url):
    with memory.engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    engines = [open_database(url) for _ in range(3)]
    assert len(at_once(3, lambda number: migrate(engines[number]))) == 3
    assert all(is_ready(engine) for engine in engines)
    for engine in engines:
        engine.dispose()


def test_many_who_write_at_once_make_one_chain(memory):
    logs = [over(memory.engine, memory.ring).audit for _ in range(4)]
    at_once(4, lambda number: [logs[number].append(an_event(n)) for n in range(10)])
    assert [entry.seq for entry in memory.audit.events(HOUSE)] == list(range(1, 41))
    assert memory.audit.verify() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_events set type = 'x'",
        "delete from audit_events",
        "truncate audit_events",
        "delete from audit_heads",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(memory, statement):
    memory.audit.append(an_event())
    with pytest.raises(DBAPIError, match="append-only"), writing(memory.engine) as connection:
        connection.execute(text(statement))
    assert memory.audit.verify() == ()


def test_a_change_is_found(memory):
    memory.audit.append_many([an_event(number) for number in range(5)])
    with writing(memory.engine) as connection:
        connection.execute(text("alter table audit_events disable trigger all"))
        connection.execute(text("update audit_events set sealed = null where seq = 3"))
        connection.execute(text("delete from audit_events where seq = 5"))
    assert [(fault.seq, fault.what) for fault in memory.audit.verify()] == [(3, "changed"), (5, "tail_missing")]


def test_one_of_many_clicks_does_the_work(memory):
    each = [over(memory.engine, memory.ring) for _ in range(6)]
    states = at_once(6, lambda number: claim(each[number]).state)
    assert sorted(states) == ["in_progress"] * 5 + ["new"]


def test_replies_outcomes_and_purging(memory):
    ref = a_reply(memory)
    assert memory.replies.get(HOUSE, "r1") == DOCUMENT
    numbers = at_once(3, lambda _: memory.replies.save_outcome(HOUSE, an_outcome(), changed=True))
    assert sorted(numbers) == [1, 2, 3]
    assert [kept.changed for kept in memory.replies.list_outcomes(HOUSE)] == [True] * 3
    memory.threads.see(HOUSE, "t1", "m2", at=NOON)
    assert memory.replies.get_row(HOUSE, "r1").stale
    memory.vault.erase_person(HOUSE, ref)
    with pytest.raises(Erased):
        memory.replies.get(HOUSE, "r1")
    purged = memory.replies.purge_expired(NOON + timedelta(days=31))
    assert (purged.replies, purged.outcomes) == (1, 3)


def test_a_person_is_erased_alone_or_within_a_transaction(memory):
    for reply_id, person in (("r1", "P1"), ("r2", "P2")):
        a_reply(memory, reply_id, person=person)
    assert memory.vault.erase_person(HOUSE, memory.vault.person_ref(HOUSE, "patient", "P1")) == 1
    with writing(memory.engine) as connection:
        memory.vault.erase_person(HOUSE, memory.vault.person_ref(HOUSE, "patient", "P2"), connection)
    memory.vault.forget_journal()
    for reply_id in ("r1", "r2"):
        with pytest.raises(Erased):
            memory.replies.get(HOUSE, reply_id)


def test_several_who_escalate_at_once_open_one(memory):
    ref = a_reply(memory)
    opened = at_once(
        4, lambda number: memory.escalations.open_escalation(an_escalation(number, reason="x"), person_ref=ref).id
    )
    assert len(opened) == 4 and len(set(opened)) == 1


def test_pharmacies_and_their_settings(memory):
    house = Pharmacy(HOUSE, "groep", "De Linde", mailboxes=("info@linde.example",))
    memory.pharmacies.add(house)
    memory.pharmacies.set_settings(HOUSE, {"a": 1})
    with pytest.raises(Conflict):
        memory.pharmacies.add(Pharmacy(OTHER_HOUSE, "groep", "De Eik", mailboxes=("info@linde.example",)))
    assert memory.pharmacies.find_for_mailbox("groep", "INFO@linde.example") == house
    ring = memory.ring.with_new_key()
    assert over(memory.engine, ring).vault.rotate().rewrapped == 1
    assert over(memory.engine, ring).pharmacies.get_settings(HOUSE) == {"a": 1}


def test_the_embedded_system(memory):
    assert load_records(memory.engine, HOUSE, {"patients": FAMILY})["added"] == 5
    assert load_records(memory.engine, HOUSE, {"patients": FAMILY[1:]})["removed"] == 1
    records = EmbeddedRecords(memory.engine, HOUSE)
    assert found(records, email="FAMILIE@berg.example") == [("P2", "email"), ("P3", "contact_email")]
    assert found(records, name="Zoe Celik") == [("P4", "name")]
    assert len(set(at_once(4, lambda _: records.record({"key": "k"})))) == 1
