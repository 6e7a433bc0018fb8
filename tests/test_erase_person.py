"""One person is forgotten; everybody else's and the log stay as they were."""

import pytest

from server.errors import Erased, InvalidRequest
from server.flows.erase_person import erase_person
from server.flows.read_reply import read_kept
from tests.builders import a_message, a_patient, a_thread
from tests.running import Server

STRANGER = a_thread(a_message("Is mijn metoprolol klaar?", sender="iemand@elders.example"), thread_id="t2")


def test_what_is_kept_of_a_patient_can_never_be_read_again_and_the_log_verifies():
    server = Server(a_patient())
    mine, other = server.reply(), server.reply(STRANGER)
    assert erase_person(server.services, server.pharmacy.id, patient_id="P1", by="admin") == 1
    with pytest.raises(Erased):
        read_kept(server.services, server.pharmacy.id, mine["id"])
    assert read_kept(server.services, server.pharmacy.id, other["id"])["reply"]["id"] == other["id"]
    assert server.services.audit.verify() == ()
    assert server.audit_types()[-1] == "person.erased"


def test_a_stranger_is_forgotten_by_address_without_regard_to_case():
    server = Server(a_patient())
    reply = server.reply(STRANGER)
    assert erase_person(server.services, server.pharmacy.id, address="Iemand@Elders.example", by="admin") == 1
    with pytest.raises(Erased):
        read_kept(server.services, server.pharmacy.id, reply["id"])


def test_a_person_who_writes_again_gets_a_new_key():
    server = Server(a_patient())
    server.reply()
    erase_person(server.services, server.pharmacy.id, patient_id="P1", by="admin")
    again = server.reply()
    assert read_kept(server.services, server.pharmacy.id, again["id"])["reply"]["id"] == again["id"]


def test_nobody_named_is_refused():
    with pytest.raises(InvalidRequest):
        erase_person(Server().services, "linde", by="admin")
