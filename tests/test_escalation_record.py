"""What a pharmacist gets of a mail that waits for them: the reason and the summary of the medicines, closed like the mail."""

from dataclasses import replace

from server.app import create_app
from server.flows import history_document as summarising
from server.model.identity import Caller, MailboxGrant, Role, User
from server.store.schema import escalations
from tests.builders import a_message, a_pharmacy, a_thread
from tests.running import ASK, body
from tests.store_builders import HOUSE, a_memory
from tests.test_store import a_reply, an_escalation, in_clear

SIDE_EFFECT = a_thread(a_message("Sinds ik de metoprolol slik ben ik zo duizelig en misselijk. Is dat een bijwerking?"))
HISTORY = {"patient_id": "P1", "lines": [{"medication": "Metoprolol"}]}


def test_the_summary_of_the_reply_is_in_the_record_and_opening_it_is_logged(server, client):
    reply = client.post("/api/replies", json=body(server, SIDE_EFFECT)).get_json()
    assert reply["history"]["lines"]
    (listed,) = client.get("/api/escalations").get_json()["escalations"]
    assert "history" not in listed, "a list of what is open tells nobody's medicines"
    record = client.get(f"/api/escalations/{listed['id']}").get_json()
    assert record["history"] == reply["history"]
    assert (record["id"], record["subject"], record["codes"]) == (listed["id"], listed["subject"], listed["codes"])
    last = server.services.audit.events(server.pharmacy.id)[-1].event
    assert (last.type, last.object_id, last.action) == ("escalation.read", listed["id"], "R")


def test_a_reason_that_a_person_gave_stands_in_it_and_the_summary_stays(server, client):
    reply = client.post("/api/replies", json=body(server, SIDE_EFFECT)).get_json()
    made = client.post(f"/api/replies/{reply['id']}/escalation", json={"reason": "Belt zo terug"}).get_json()
    record = client.get(f"/api/escalations/{made['escalation_id']}").get_json()
    assert (record["reason"], record["history"]) == ("Belt zo terug", reply["history"])


def test_another_organisation_finds_no_record(server, client):
    client.post("/api/replies", json=body(server, SIDE_EFFECT))
    (listed,) = client.get("/api/escalations").get_json()["escalations"]
    server.services.pharmacies.add(
        a_pharmacy(id="elders", organisation_id="others", mailboxes=("info@elders.example",))
    )

    class Other:
        def identify(self, credentials):
            return Caller(User("u2", "Ander", Role.ADMIN), "others", MailboxGrant("given", "*"))

    stranger = create_app(replace(server.services, identity=Other())).test_client()
    assert stranger.get(f"/api/escalations/{listed['id']}").status_code == 404
    assert client.get("/api/escalations/none").status_code == 404


def test_the_record_is_closed_and_goes_with_the_person():
    memory = a_memory()
    ref = a_reply(memory)
    memory.escalations.open_escalation(an_escalation(history=HISTORY, reason="belt"), person_ref=ref)
    assert "etoprolol" not in in_clear(memory, escalations)
    assert memory.escalations.get(HOUSE, "e1").history == HISTORY
    memory.vault.erase_person(HOUSE, ref)
    left = memory.escalations.get(HOUSE, "e1")
    assert (left.history, left.reason) == (None, "")


def test_a_later_mail_without_a_summary_takes_none_away():
    memory = a_memory()
    ref = a_reply(memory)
    memory.escalations.open_escalation(an_escalation(history=HISTORY), person_ref=ref)
    memory.escalations.open_escalation(an_escalation(2, history=None), person_ref=ref)
    assert memory.escalations.get(HOUSE, "e1").history == HISTORY
    newer = {**HISTORY, "lines": []}
    memory.escalations.open_escalation(an_escalation(3, history=newer), person_ref=ref)
    assert memory.escalations.get(HOUSE, "e1").history == newer


def test_a_summary_is_never_kept_under_the_key_of_somebody_else():
    memory = a_memory()
    ref, other = a_reply(memory), memory.vault.person_ref(HOUSE, "email", "vreemd@elders.example")
    memory.escalations.open_escalation(an_escalation(history=HISTORY), person_ref=ref)
    memory.escalations.open_escalation(an_escalation(2), person_ref=other)
    assert memory.escalations.get(HOUSE, "e1").history is None


def test_a_summary_that_breaks_takes_no_reply_down(server, monkeypatch):
    def crash(*_args):
        raise RuntimeError("Jan de Vries")

    monkeypatch.setattr(summarising, "summarise", crash)
    reply = server.reply(SIDE_EFFECT)
    assert (reply["triage"]["route"], reply["history"]) == ("escalate", None)
    assert server.reply(ASK)["triage"]["route"] == "draft"
