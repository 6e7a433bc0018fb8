"""Replies, outcomes, request keys, threads and escalations: kept closed, per pharmacy, and each thing done once."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.errors import Conflict, Erased, InvalidRequest, NotFound
from server.model.escalation import Escalation
from server.model.reply import Outcome, OutcomeKind
from server.store.claims import LEASE, Claim
from server.store.engine import writing
from server.store.replies import Purged
from server.store.schema import outcomes, replies
from tests.store_builders import HOUSE, NOON, OTHER_HOUSE, a_memory, over

MONTH = timedelta(days=30)
DOCUMENT = {"draft": {"text": "Uw metoprolol ligt klaar."}, "facts": {}, "broken": "\udce9"}


def a_reply(memory, reply_id="r1", pharmacy_id=HOUSE, person="P1", **fields):
    ref = memory.vault.person_ref(pharmacy_id, "patient", person, fields.get("connection"))
    given = {"thread_id": "t1", "message_id": "m1", "created_at": NOON, "expires_at": NOON + MONTH, **fields}
    memory.replies.save(pharmacy_id, reply_id, ref, DOCUMENT, **given)
    return ref


def an_outcome(reply_id="r1", **fields):
    return replace(Outcome(reply_id, OutcomeKind.EDITED, "user-1", NOON, "Uw metoprolol is klaar."), **fields)


def an_escalation(number=1, pharmacy_id=HOUSE, **fields):
    escalation = Escalation(f"e{number}", pharmacy_id, "r1", "t1", ("new_symptoms",), 1, NOON, "user-1", subject="Pijn")
    return replace(escalation, **fields)


def in_clear(memory, table):
    with memory.engine.connect() as connection:
        return repr(connection.execute(select(table)).all())


# --- replies ---------------------------------------------------------------------------------------------------------


def test_a_reply_is_kept_closed_and_read_back():
    memory = a_memory()
    a_reply(memory)
    assert memory.replies.get(HOUSE, "r1") == DOCUMENT
    assert "metoprolol" not in in_clear(memory, replies)
    row = memory.replies.get_row(HOUSE, "r1")
    assert (row.thread_id, row.message_id, row.created_at, row.stale) == ("t1", "m1", NOON, False)


def test_a_reply_falls_with_the_transaction_it_was_saved_in():
    memory = a_memory()
    with pytest.raises(RuntimeError), writing(memory.engine) as connection:
        a_reply(memory, connection=connection)
        raise RuntimeError
    with pytest.raises(NotFound):
        memory.replies.get(HOUSE, "r1")


@pytest.mark.parametrize("ask", ["get", "get_row"])
def test_another_pharmacys_reply_is_not_there(ask):
    memory = a_memory()
    a_reply(memory)
    for pharmacy_id, reply_id in ((OTHER_HOUSE, "r1"), (HOUSE, "r2")):
        with pytest.raises(NotFound):
            getattr(memory.replies, ask)(pharmacy_id, reply_id)
    with pytest.raises(NotFound):
        memory.replies.save_outcome(OTHER_HOUSE, an_outcome(), changed=True)
    assert memory.replies.find_latest(OTHER_HOUSE, "t1") is None


def test_a_reply_moved_to_another_row_does_not_open():
    memory = a_memory()
    a_reply(memory)
    a_reply(memory, "r2")
    with writing(memory.engine) as connection:
        document = connection.execute(select(replies.c.document).where(replies.c.reply_id == "r1")).scalar_one()
        connection.execute(replies.update().where(replies.c.reply_id == "r2").values(document=document))
    with pytest.raises(Exception, match="changed or moved"):
        memory.replies.get(HOUSE, "r2")


def test_the_newest_reply_of_a_thread_is_found():
    memory = a_memory()
    a_reply(memory, "r1")
    a_reply(memory, "r2", created_at=NOON + timedelta(minutes=1))
    a_reply(memory, "r3", thread_id="t2", created_at=NOON + MONTH)
    assert memory.replies.find_latest(HOUSE, "t1").id == "r2"
    assert memory.replies.find_latest(HOUSE, "t9") is None


def test_an_erased_persons_reply_is_gone_and_others_stay():
    memory = a_memory()
    ref = a_reply(memory)
    a_reply(memory, "r2", person="P2")
    memory.replies.save_outcome(HOUSE, an_outcome(), changed=True, diff=["-ligt", "+is"])
    memory.vault.erase_person(HOUSE, ref)
    with pytest.raises(Erased):
        memory.replies.get(HOUSE, "r1")
    assert memory.replies.get(HOUSE, "r2") == DOCUMENT
    (kept,) = memory.replies.list_outcomes(HOUSE)
    assert (kept.outcome.final_text, kept.changed, kept.diff) == (None, True, ())


# --- outcomes --------------------------------------------------------------------------------------------------------


def test_outcomes_are_kept_closed_in_the_order_they_came():
    memory = a_memory()
    a_reply(memory)
    inserted = an_outcome(kind=OutcomeKind.INSERTED, final_text="Uw metoprolol ligt klaar.")
    assert memory.replies.save_outcome(HOUSE, inserted, changed=False) == 1
    edited = an_outcome(at=NOON + timedelta(minutes=1))
    assert memory.replies.save_outcome(HOUSE, edited, changed=True, diff=["+is"]) == 2
    kept = memory.replies.list_outcomes(HOUSE, reply_id="r1")
    assert [(k.outcome, k.changed, k.diff) for k in kept] == [(inserted, False, ()), (edited, True, ("+is",))]
    assert "metoprolol" not in in_clear(memory, outcomes)
    assert memory.replies.list_outcomes(OTHER_HOUSE) == ()


def test_outcomes_are_listed_by_time():
    memory = a_memory()
    a_reply(memory)
    for hour in range(4):
        memory.replies.save_outcome(HOUSE, an_outcome(at=NOON + timedelta(hours=hour)), changed=True)
    some = memory.replies.list_outcomes(HOUSE, since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=3))
    assert [(kept.outcome.at - NOON).seconds // 3600 for kept in some] == [1, 2]
    assert len(memory.replies.list_outcomes(HOUSE, limit=3)) == 3


# --- what is over ----------------------------------------------------------------------------------------------------


def test_what_is_over_leaves_only_hashes_and_counts():
    memory = a_memory()
    a_reply(memory)
    a_reply(memory, "r2", person="P2", expires_at=NOON + MONTH * 2)
    memory.replies.save_outcome(HOUSE, an_outcome(), changed=True)
    digest = memory.replies.get_row(HOUSE, "r1").digest
    assert memory.replies.purge_expired(NOON + MONTH - timedelta(seconds=1)) == Purged(0, 0, 0, 0)
    assert memory.replies.purge_expired(NOON + MONTH) == Purged(1, 1, 0, 0)
    assert memory.replies.purge_expired(NOON + MONTH) == Purged(0, 0, 0, 0)
    with pytest.raises(NotFound):
        memory.replies.get(HOUSE, "r1")
    assert memory.replies.get_row(HOUSE, "r1").digest == digest
    assert memory.replies.get(HOUSE, "r2") == DOCUMENT
    (kept,) = memory.replies.list_outcomes(HOUSE)
    assert (kept.outcome.kind, kept.outcome.final_text, kept.changed) == (OutcomeKind.EDITED, None, True)


def test_an_open_escalation_outlives_its_reply_and_a_closed_one_does_not():
    memory = a_memory()
    ref = a_reply(memory)
    memory.escalations.open_escalation(an_escalation(1), person_ref=ref)
    memory.escalations.open_escalation(an_escalation(2, thread_id="t2"), person_ref=ref)
    memory.escalations.close(HOUSE, "e2", by="user-2", at=NOON)
    assert memory.replies.purge_expired(NOON + MONTH).escalations == 1
    assert memory.escalations.get(HOUSE, "e1").subject == "Pijn"
    assert memory.escalations.get(HOUSE, "e2").subject == ""


# --- a double click --------------------------------------------------------------------------------------------------


def claim(memory, key="k1", request="h1", at=NOON, pharmacy_id=HOUSE, user_id="user-1"):
    return memory.replies.claim_idempotency(pharmacy_id, user_id, key, request, at=at)


def test_the_second_click_waits_and_then_gets_the_first_ones_reply():
    memory = a_memory()
    first = claim(memory)
    assert first.state == "new" and claim(memory) == Claim("in_progress")
    memory.replies.finish_claim(HOUSE, "user-1", "k1", token=first.token, reply_id="r1")
    assert claim(memory) == Claim("done", reply_id="r1")


def test_of_many_clicks_at_once_exactly_one_does_the_work(tmp_path):
    memory, states = a_memory(f"sqlite:///{tmp_path}/balie.db"), []
    each = [over(memory.engine, memory.ring) for _ in range(8)]
    clicks = [threading.Thread(target=lambda m=one: states.append(claim(m).state)) for one in each]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert sorted(states) == ["in_progress"] * 7 + ["new"]


def test_after_a_failure_a_second_try_may_work():
    memory = a_memory()
    memory.replies.abandon_claim(HOUSE, "user-1", "k1", token=claim(memory).token)
    again = claim(memory)
    assert again.state == "new"
    memory.replies.finish_claim(HOUSE, "user-1", "k1", token=again.token, reply_id="r2")
    memory.replies.abandon_claim(HOUSE, "user-1", "k1", token=again.token)
    assert claim(memory).reply_id == "r2"


def test_a_worker_that_died_is_not_waited_for_and_cannot_come_back():
    memory = a_memory()
    dead = claim(memory)
    assert claim(memory, at=NOON + LEASE - timedelta(seconds=1)).state == "in_progress"
    taken_over = claim(memory, at=NOON + LEASE)
    assert taken_over.state == "new"
    with pytest.raises(Conflict):
        memory.replies.finish_claim(HOUSE, "user-1", "k1", token=dead.token, reply_id="r1")
    memory.replies.abandon_claim(HOUSE, "user-1", "k1", token=dead.token)
    memory.replies.finish_claim(HOUSE, "user-1", "k1", token=taken_over.token, reply_id="r2")
    assert claim(memory).reply_id == "r2"


def test_a_key_is_one_users_for_one_request():
    memory = a_memory()
    claim(memory)
    with pytest.raises(Conflict):
        claim(memory, request="h2")
    assert claim(memory, user_id="user-2").state == claim(memory, pharmacy_id=OTHER_HOUSE).state == "new"


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_an_odd_key_is_refused(key):
    with pytest.raises(InvalidRequest):
        claim(a_memory(), key)


def test_old_keys_are_forgotten():
    memory = a_memory()
    claim(memory)
    assert memory.replies.purge_expired(NOON + timedelta(hours=25)).claims == 1
    assert claim(memory).state == "new"
