"""The log: whatever is changed, removed, moved or put into it is found and named; erasing a person leaves it whole."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from server.errors import AuditUnavailable
from server.store.audit import AuditLog
from server.store.engine import open_database, writing
from server.store.keyring import KeyRing
from server.store.schema import audit_events
from server.store.vault import Vault
from tests.store_builders import HOUSE, LENGTH, NOON, OTHER_HOUSE, Tampering, a_log, a_memory, an_event, over

# --- writing ---------------------------------------------------------------------------------------------------------


def test_entries_are_numbered_per_pharmacy():
    memory = a_memory()
    assert [memory.audit.append(an_event(n)) for n in range(3)] == [1, 2, 3]
    assert memory.audit.append(an_event(pharmacy_id=OTHER_HOUSE)) == 1
    assert memory.audit.verify() == ()


def test_a_batch_keeps_its_order_over_pharmacies():
    memory = a_memory()
    houses = [HOUSE, OTHER_HOUSE, HOUSE, HOUSE, OTHER_HOUSE]
    seqs = memory.audit.append_many([an_event(n, house) for n, house in enumerate(houses)])
    assert seqs == (1, 1, 2, 3, 2)
    numbers = [entry.event.detail["number"] for entry in memory.audit.events(HOUSE)]
    assert numbers == [0, 2, 3] and memory.audit.verify() == ()
    assert memory.audit.append_many([]) == ()


def test_an_entry_stands_or_falls_with_the_change_it_tells_of():
    memory = a_memory()
    with pytest.raises(RuntimeError), writing(memory.engine) as connection:
        memory.audit.append(an_event(), connection=connection)
        raise RuntimeError
    assert memory.audit.events(HOUSE) == ()
    with writing(memory.engine) as connection:
        assert memory.audit.append(an_event(), connection=connection) == 1
    assert len(memory.audit.events(HOUSE)) == 1 and memory.audit.verify() == ()


def test_many_who_write_at_once_make_one_chain(tmp_path):
    memory = a_memory(f"sqlite:///{tmp_path}/balie.db")
    logs = [over(memory.engine, memory.ring).audit for _ in range(4)]
    writers = [threading.Thread(target=lambda log=log: [log.append(an_event(n)) for n in range(10)]) for log in logs]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [entry.seq for entry in memory.audit.events(HOUSE)] == list(range(1, 41))
    assert memory.audit.verify() == ()


def test_what_was_written_reads_back():
    memory = a_memory()
    event = an_event(7, request_id="req-1", outcome=4)
    memory.audit.append(event)
    (closed,) = memory.audit.events(HOUSE)
    (opened,) = memory.audit.events(HOUSE, open_sealed=True)
    ref = memory.vault.person_ref(HOUSE, "patient", "P1")
    assert (closed.event.subject, closed.event.sealed) == (ref, {})
    assert opened.event.sealed == event.sealed and opened.event.detail == event.detail
    assert (opened.event.at, opened.event.outcome, opened.event.request_id) == (NOON, 4, "req-1")


def test_no_name_address_or_medicine_stands_in_an_entry():
    memory = a_memory()
    memory.audit.append(an_event(subject="jan@example.org", sealed={"said": "metoprolol"}))
    with memory.engine.connect() as connection:
        row = repr(connection.execute(select(audit_events)).all())
    assert "jan@" not in row and "metoprolol" not in row


def test_personal_detail_without_a_person_is_a_mistake():
    with pytest.raises(ValueError, match="person"):
        a_memory().audit.append(an_event(subject=""))


def test_text_that_no_database_takes_is_kept_all_the_same():
    memory = a_memory()
    memory.audit.append(an_event(detail={"id": "a\x00b\udce9"}, sealed={"said": "\ud800"}))
    (entry,) = memory.audit.events(HOUSE, open_sealed=True)
    assert (entry.event.detail, entry.event.sealed) == ({"id": "a\x00b\udce9"}, {"said": "\ud800"})


def test_entries_are_found_by_what_they_are_about():
    memory = a_memory()
    for number in range(6):
        kind = "draft.begun" if number % 2 else "mail.read"
        at = NOON + timedelta(hours=number)
        memory.audit.append(an_event(number, type=kind, at=at, subject=f"P{number % 3}"))

    def seqs(**filters):
        return [entry.seq for entry in memory.audit.events(HOUSE, **filters)]

    assert seqs(type="mail.read") == [1, 3, 5]
    assert seqs(subject="P1") == seqs(subject=memory.vault.person_ref(HOUSE, "patient", "P1")) == [2, 5]
    assert seqs(object_id="reply-3") == [4]
    assert seqs(since=NOON + timedelta(hours=2), until=NOON + timedelta(hours=4)) == [3, 4]
    assert seqs(after_seq=3, limit=2) == [4, 5]
    assert memory.audit.events(OTHER_HOUSE) == ()


# --- failing ---------------------------------------------------------------------------------------------------------


def test_a_database_that_fails_means_audit_unavailable():
    engine = open_database()  # never migrated
    log = AuditLog(engine, Vault(engine, KeyRing.generate()))
    for attempt in (lambda: log.append(an_event()), log.verify, lambda: log.events(HOUSE)):
        with pytest.raises(AuditUnavailable) as caught:
            attempt()
        assert isinstance(caught.value.__cause__, OperationalError)


def test_a_key_that_is_gone_means_audit_unavailable():
    memory = a_log()
    with pytest.raises(AuditUnavailable):
        over(memory.engine, KeyRing.generate()).audit.append(an_event())


def test_a_head_that_is_gone_lets_nothing_be_written():
    memory = a_log()
    Tampering(memory).run("delete from audit_heads")
    with pytest.raises(AuditUnavailable):
        memory.audit.append(an_event())


# --- erasing, rotating -----------------------------------------------------------------------------------------------


def test_erasing_a_person_leaves_the_log_whole_and_says_so_when_read():
    memory = a_log()
    memory.audit.append(an_event(99, subject="P2"))
    before = memory.audit.verify()
    memory.vault.erase_person(HOUSE, memory.vault.person_ref(HOUSE, "patient", "P1"))
    assert before == memory.audit.verify() == ()
    entries = memory.audit.events(HOUSE, open_sealed=True)
    assert [entry.erased for entry in entries] == [True] * LENGTH + [False]
    assert entries[0].event.sealed == {} and entries[-1].event.sealed == {"said": "metoprolol 99"}


def test_the_log_goes_on_after_a_rotation():
    memory = a_log()
    ring = memory.ring.with_new_key()
    later = over(memory.engine, ring)
    later.vault.rotate()
    assert later.audit.append(an_event()) == LENGTH + 1
    assert over(memory.engine, ring).audit.verify() == ()
