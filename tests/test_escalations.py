"""Escalations: one open per thread, its words closed, until a person decides."""

import threading
from datetime import timedelta

import pytest

from server.errors import Conflict, NotFound
from server.model.escalation import ThreadState
from server.store.engine import writing
from server.store.schema import escalations
from tests.store_builders import HOUSE, NOON, OTHER_HOUSE, a_memory
from tests.test_store import a_reply, an_escalation, in_clear


def test_an_escalation_is_open_until_it_is_closed():
    memory = a_memory()
    ref = a_reply(memory)
    opened = memory.escalations.open_escalation(an_escalation(reason="belt zo terug"), person_ref=ref)
    assert memory.escalations.list_open(HOUSE) == (opened,) and memory.escalations.find_open(HOUSE, "t1") == opened
    assert "Pijn" not in in_clear(memory, escalations) and "belt" not in in_clear(memory, escalations)
    memory.escalations.close(HOUSE, "e1", by="user-2", at=NOON)
    assert memory.escalations.list_open(HOUSE) == () and memory.escalations.find_open(HOUSE, "t1") is None
    assert memory.escalations.get(HOUSE, "e1").closed_at == NOON
    with pytest.raises(Conflict):
        memory.escalations.close(HOUSE, "e1", by="user-2", at=NOON)


def test_a_decision_closes_the_escalation_and_its_thread_at_once_or_not_at_all():
    memory = a_memory()
    ref = a_reply(memory)
    memory.escalations.open_escalation(an_escalation(), person_ref=ref)
    memory.threads.move(HOUSE, "t1", ThreadState.WITH_PHARMACIST, user_id="user-1", at=NOON)

    def decide(connection):
        found = memory.escalations.find_open(HOUSE, "t1", connection=connection)
        memory.escalations.close(HOUSE, found.id, by="user-2", at=NOON, connection=connection)
        assert memory.escalations.find_open(HOUSE, "t1", connection=connection) is None
        memory.threads.move(HOUSE, "t1", ThreadState.ANSWERED, user_id="user-2", at=NOON, connection=connection)

    with pytest.raises(RuntimeError), writing(memory.engine) as connection:
        decide(connection)
        raise RuntimeError
    assert memory.escalations.find_open(HOUSE, "t1")
    with writing(memory.engine) as connection:
        decide(connection)
    assert memory.escalations.find_open(HOUSE, "t1") is None
    assert memory.threads.get(HOUSE, "t1").state is ThreadState.ANSWERED
    assert memory.replies.purge_expired(NOON + timedelta(days=31)).escalations == 1
    assert memory.threads.move(HOUSE, "t1", ThreadState.CLOSED, user_id="u", at=NOON).state is ThreadState.CLOSED


def test_a_thread_has_one_open_escalation_that_gathers_what_comes():
    memory = a_memory()
    ref = a_reply(memory)
    memory.escalations.open_escalation(an_escalation(urgency=2), person_ref=ref)
    more = an_escalation(2, codes=("allergy", "new_symptoms"), reply_id="r2", subject="")
    joined = memory.escalations.open_escalation(more, person_ref=ref)
    assert memory.escalations.list_open(HOUSE) == (joined,)
    assert (joined.id, joined.reply_id, joined.codes) == ("e1", "r2", ("new_symptoms", "allergy"))
    assert (joined.urgency, joined.subject) == (2, "Pijn")
    memory.escalations.close(HOUSE, "e1", by="user-2", at=NOON)
    assert memory.escalations.open_escalation(more, person_ref=ref).id == "e2"


def test_they_come_in_order_of_arrival_whatever_their_urgency():
    memory = a_memory()
    ref = a_reply(memory)
    for number, (urgency, minutes) in enumerate([(1, 5), (3, 9), (1, 2)], start=1):
        at = NOON + timedelta(minutes=minutes)
        each = an_escalation(number, urgency=urgency, opened_at=at, thread_id=f"t{number}")
        memory.escalations.open_escalation(each, person_ref=ref)
    assert [each.id for each in memory.escalations.list_open(HOUSE)] == ["e3", "e1", "e2"]


def test_another_pharmacys_escalation_is_not_there():
    memory = a_memory()
    memory.escalations.open_escalation(an_escalation(), person_ref=a_reply(memory))
    assert memory.escalations.list_open(OTHER_HOUSE) == () and memory.escalations.find_open(OTHER_HOUSE, "t1") is None
    with pytest.raises(NotFound):
        memory.escalations.get(OTHER_HOUSE, "e1")
    with pytest.raises(NotFound):
        memory.escalations.close(OTHER_HOUSE, "e1", by="user-2", at=NOON)
    assert memory.escalations.find_open(HOUSE, "t1") is not None


def test_an_erased_persons_escalation_stays_open_without_words():
    memory = a_memory()
    ref = a_reply(memory)
    memory.escalations.open_escalation(an_escalation(), person_ref=ref)
    memory.vault.erase_person(HOUSE, ref)
    (left,) = memory.escalations.list_open(HOUSE)
    assert (left.codes, left.subject) == (("new_symptoms",), "")


def test_two_who_escalate_at_once_open_one():
    memory, opened = a_memory(), []
    ref = a_reply(memory)
    both = [
        threading.Thread(
            target=lambda n=number: opened.append(
                memory.escalations.open_escalation(an_escalation(n), person_ref=ref).id
            )
        )
        for number in range(1, 5)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(opened) == 4 and len(set(opened)) == 1 and len(memory.escalations.list_open(HOUSE)) == 1
    assert memory.threads.get(HOUSE, "t1").state is ThreadState.OPEN
