"""Every question to the database names its pharmacy: no statement of the stores runs over another's rows."""

import re

from sqlalchemy import event

from server.connectors.pms.embedded import EmbeddedRecords, load_records
from server.connectors.pms.embedded import metadata as pms_metadata
from server.model.escalation import ThreadState
from server.model.pharmacy import Pharmacy
from server.store.schema import metadata
from tests.store_builders import HOUSE, NOON, a_memory, an_event, over
from tests.test_embedded_pms import FAMILY
from tests.test_store import a_reply, an_escalation, an_outcome, claim

TABLES = {*metadata.tables, *pms_metadata.tables}


def use_everything(memory):
    """One of each thing that a flow asks of the stores for one pharmacy."""
    memory.pharmacies.add(Pharmacy(HOUSE, "groep", "De Linde", mailboxes=("info@linde.example",)))
    memory.pharmacies.set(Pharmacy(HOUSE, "groep", "De Linde", phone="030"))
    memory.pharmacies.set_settings(HOUSE, {"a": 1})
    memory.pharmacies.get_settings(HOUSE)
    ref = a_reply(memory)
    memory.replies.save_outcome(HOUSE, an_outcome(), changed=True)
    memory.replies.list_outcomes(HOUSE)
    memory.replies.find_latest(HOUSE, "t1")
    again = over(memory.engine, memory.ring)
    again.replies.get(HOUSE, "r1")
    again.replies.get_row(HOUSE, "r1")
    memory.replies.finish_claim(HOUSE, "user-1", "k1", token=claim(memory).token, reply_id="r1")
    memory.replies.abandon_claim(HOUSE, "user-1", "k2", token=claim(memory, "k2").token)
    memory.threads.see(HOUSE, "t1", "m2", at=NOON)
    memory.threads.move(HOUSE, "t1", ThreadState.DRAFTED, user_id="user-1", at=NOON)
    memory.threads.touch(HOUSE, "t1", user_id="user-1", at=NOON)
    memory.threads.get(HOUSE, "t1")
    memory.escalations.open_escalation(an_escalation(), person_ref=ref)
    memory.escalations.open_escalation(an_escalation(2), person_ref=ref)
    memory.escalations.list_open(HOUSE)
    memory.escalations.find_open(HOUSE, "t1")
    memory.escalations.get(HOUSE, "e1")
    memory.escalations.close(HOUSE, "e1", by="user-1", at=NOON)
    memory.audit.append(an_event())
    memory.audit.events(HOUSE, subject="P1", open_sealed=True)
    memory.audit.verify(HOUSE)
    memory.vault.erase_person(HOUSE, ref)
    load_records(memory.engine, HOUSE, {"patients": FAMILY})
    load_records(memory.engine, HOUSE, {"patients": FAMILY[1:]})
    records = EmbeddedRecords(memory.engine, HOUSE)
    records.find_patients(email="familie@berg.example", name="Anna de Wit")
    records.get_patient("P2")
    records.record({"key": "k"})


def test_every_statement_names_its_pharmacy():
    memory, said = a_memory(), []

    @event.listens_for(memory.engine, "before_cursor_execute")
    def listen(_connection, _cursor, statement, *_rest):
        said.append(re.sub(r"\s+", " ", statement))

    use_everything(memory)
    ours = [line for line in said if any(re.search(rf"\b{table}\b", line) for table in TABLES)]
    assert len({re.search(r"(?:FROM|INTO|UPDATE) (\w+)", line)[1] for line in ours}) == len(TABLES)
    for line in ours:
        if line.startswith("INSERT"):
            assert re.search(r"INSERT INTO \w+ \([^)]*\bpharmacy_id\b", line), line
        else:  # a part of a statement that asks a table of its own names the pharmacy of its own
            assert len(re.findall(r"\bpharmacy_id = ", line)) >= len(re.findall(r"\b(?:FROM|UPDATE) ", line)), line
