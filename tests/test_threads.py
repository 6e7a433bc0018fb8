"""Where a thread stands: forward, or back to open; a new mail reopens it and makes older drafts stale."""

from datetime import timedelta

import pytest

from server.errors import Conflict
from server.model.escalation import ThreadState
from server.store.threads import ThreadStatus
from tests.store_builders import HOUSE, NOON, OTHER_HOUSE, a_memory
from tests.test_store import a_reply

OPEN, DRAFTED, WITH, ANSWERED, CLOSED = ThreadState
LATER = NOON + timedelta(hours=1)


def moved(memory, *states, user_id="user-1"):
    for state in states:
        memory.threads.move(HOUSE, "t1", state, user_id=user_id, at=NOON)
    return memory.threads.get(HOUSE, "t1").state


def test_a_thread_never_seen_is_open():
    assert a_memory().threads.get(HOUSE, "t1") == ThreadStatus("t1", OPEN)


@pytest.mark.parametrize(
    "path",
    [
        (DRAFTED, WITH, ANSWERED, CLOSED),
        (DRAFTED, ANSWERED, CLOSED),
        (DRAFTED, DRAFTED, OPEN),
        (ANSWERED, DRAFTED),
        (WITH, OPEN),
        (CLOSED, DRAFTED),
    ],
)
def test_a_thread_goes_its_way(path):
    assert moved(a_memory(), *path) is path[-1]


def test_an_answered_thread_can_still_go_to_the_pharmacist():
    assert moved(a_memory(), ANSWERED, WITH) is WITH


def test_a_draft_made_while_the_pharmacist_has_it_leaves_it_there():
    assert moved(a_memory(), WITH, DRAFTED) is WITH


def test_every_pair_of_states_is_either_a_way_or_refused():
    ways = {}
    for before in ThreadState:
        for after in ThreadState:
            memory = a_memory()
            moved(memory, before)
            try:
                ways[before, after] = moved(memory, after)
            except Conflict:
                ways[before, after] = None
    refused = {pair for pair, end in ways.items() if end is None}
    assert refused == set()
    assert {pair for pair, end in ways.items() if end is not pair[1]} == {(WITH, DRAFTED)}


@pytest.mark.parametrize(
    ("before", "after"), [(OPEN, OPEN), (DRAFTED, OPEN), (ANSWERED, OPEN), (CLOSED, OPEN), (WITH, WITH)]
)
def test_a_new_mail_reopens_a_thread_unless_the_pharmacist_has_it(before, after):
    memory = a_memory()
    memory.threads.see(HOUSE, "t1", "m1", at=NOON)
    moved(memory, before)
    assert memory.threads.see(HOUSE, "t1", "m1", at=LATER).state is before
    assert memory.threads.see(HOUSE, "t1", "m2", at=LATER).state is after


def test_a_new_mail_makes_older_drafts_of_this_thread_stale():
    memory = a_memory()
    a_reply(memory, "r1", message_id="m1")
    a_reply(memory, "r2", message_id="m1", thread_id="t2")
    a_reply(memory, "r3", message_id="m1", pharmacy_id=OTHER_HOUSE)
    memory.threads.see(HOUSE, "t1", "m1", at=NOON)
    assert not memory.replies.get_row(HOUSE, "r1").stale
    memory.threads.see(HOUSE, "t1", "m2", at=NOON)
    a_reply(memory, "r4", message_id="m2")
    rows = [
        memory.replies.get_row(house, name)
        for house, name in ((HOUSE, "r1"), (HOUSE, "r2"), (OTHER_HOUSE, "r3"), (HOUSE, "r4"))
    ]
    assert [row.stale for row in rows] == [True, False, False, False]


def test_a_pane_that_still_shows_an_older_mail_changes_nothing():
    memory = a_memory()
    memory.threads.see(HOUSE, "t1", "m2", at=NOON, sent_at=LATER)
    moved(memory, DRAFTED)
    a_reply(memory, "r1", message_id="m2")
    status = memory.threads.see(HOUSE, "t1", "m1", at=LATER, sent_at=NOON)
    assert (status.state, status.message_id) == (DRAFTED, "m2")
    assert not memory.replies.get_row(HOUSE, "r1").stale


def test_a_colleague_at_work_is_seen():
    memory = a_memory()
    assert memory.threads.touch(HOUSE, "t1", user_id="user-1", at=NOON).last_user_id == ""
    before = memory.threads.touch(HOUSE, "t1", user_id="user-2", at=LATER)
    assert (before.last_user_id, before.last_user_at) == ("user-1", NOON)
    assert memory.threads.get(HOUSE, "t1").last_user_id == "user-2"
    assert moved(memory, DRAFTED, user_id="user-3") is DRAFTED
    assert memory.threads.get(HOUSE, "t1").last_user_id == "user-3"


def test_another_pharmacys_thread_of_the_same_id_is_another_thread():
    memory = a_memory()
    memory.threads.see(HOUSE, "t1", "m1", at=NOON)
    moved(memory, ANSWERED)
    assert memory.threads.get(OTHER_HOUSE, "t1") == ThreadStatus("t1", OPEN)
