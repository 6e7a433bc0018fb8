"""What breaks while it is found out who writes and what they ask: a person is told, and nothing of a record is."""

import json

import pytest

from server.app import create_app
from server.errors import InvalidRequest, StoreBusy
from server.flows import match_patient as matching
from server.flows import prepare_brief as preparing
from server.flows.evaluate import judge
from tests.builders import a_message, a_thread
from tests.running import ASK, Server, body

CHEST_PAIN = a_thread(a_message("Mijn man heeft pijn op de borst en krijgt geen lucht meer. Wat moet ik doen?"))


def crash(*_args, **_kwargs):
    raise RuntimeError("Jan de Vries")


def records_that_crash():
    server = Server()
    server.records.find_patients = crash
    return server


BROKEN = {
    "the names in the mail": lambda patch: patch.setattr(matching, "find_persons", crash),
    "whom it concerns": lambda patch: patch.setattr(matching, "find_concerned", crash),
    "the head of the mail": lambda patch: patch.setattr(matching, "sender_doubts", crash),
    "the reading": lambda patch: patch.setattr(preparing, "assess", crash),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_crash_becomes_an_escalation_with_a_neutral_letter_that_can_be_traced(monkeypatch, suite_logs, broken):
    server = Server()
    broken(monkeypatch)
    answer = create_app(server.services).test_client().post("/api/replies", json=body(server))
    reply = answer.get_json()
    assert answer.status_code == 200
    assert reply["triage"]["route"] == "escalate"
    assert "internal_failure" in [f["code"] for f in reply["triage"]["findings"] if f["part"] == "floor"]
    assert "metoprolol" not in reply["draft"]["text"].casefold()
    assert len(server.services.escalations.list_open(server.pharmacy.id)) == 1
    traced = answer.headers["X-Request-Id"]
    assert server.services.audit.events(server.pharmacy.id)[0].event.request_id == traced
    lines = [json.loads(line) for line in suite_logs.getvalue().splitlines()]
    assert any(line.get("request_id") == traced and line.get("exc_type") == "RuntimeError" for line in lines)


def test_a_pharmacy_system_whose_answer_cannot_be_used_escalates_too():
    reply = records_that_crash().reply(ASK)
    assert (reply["triage"]["route"], reply["patient"]["rung"]) == ("escalate", "unknown")
    assert [evidence["code"] for evidence in reply["patient"]["evidence"]] == ["internal_failure"]


def test_danger_is_still_read_where_nobody_could_be_matched():
    reply = records_that_crash().reply(CHEST_PAIN)
    assert reply["triage"]["urgency"] == "emergency"
    assert "112" in reply["draft"]["text"]


def test_danger_is_still_read_where_the_reading_itself_broke(monkeypatch):
    monkeypatch.setattr(preparing, "assess", crash)
    reply = Server().reply(CHEST_PAIN)
    assert reply["triage"]["urgency"] == "emergency"
    assert "112" in reply["draft"]["text"]


def test_a_crash_of_what_reads_danger_escalates_all_the_same(monkeypatch):
    monkeypatch.setattr(preparing, "assess", crash)
    monkeypatch.setattr(preparing, "find_triggers", crash)
    assert Server().reply(CHEST_PAIN)["triage"]["route"] == "escalate"


def test_a_patient_chosen_by_a_person_lifts_no_crash_and_can_be_traced(monkeypatch):
    server = Server()
    client = create_app(server.services).test_client()
    first = client.post("/api/replies", json=body(server)).get_json()
    monkeypatch.setattr(matching, "find_persons", crash)
    chosen = {"patient_id": "P1", "confirmed_by": "called_back"}
    answer = client.post(f"/api/replies/{first['id']}/patient", json=chosen)
    assert (answer.status_code, answer.get_json()["triage"]["route"]) == (200, "escalate")
    begun = [e.event for e in server.services.audit.events(server.pharmacy.id) if e.event.type == "draft.begun"]
    assert begun[-1].request_id == answer.headers["X-Request-Id"]


@pytest.mark.parametrize("problem", [StoreBusy(), InvalidRequest("no")], ids=["busy", "invalid"])
def test_what_goes_wrong_on_purpose_is_told_as_it_was(monkeypatch, problem):
    def refuse(*_args, **_kwargs):
        raise problem

    monkeypatch.setattr(preparing, "match_patient", refuse)
    with pytest.raises(type(problem)):
        Server().reply(ASK)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_draft_for_a_mail_that_could_not_be_read_does_not_pass(monkeypatch, broken):
    server = Server()
    broken(monkeypatch)
    verdict = judge(server.services, server.pharmacy, "c1", ASK, "Goedemiddag,\n\nWij hebben uw bericht ontvangen.")
    assert verdict["verdict"] == "block"
