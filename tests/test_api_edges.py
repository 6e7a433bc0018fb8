"""The API's edges: crashes, strangers, choices that are kept, listeners who leave."""

import json
import threading

import pytest

from server.app import create_app
from tests.builders import a_message, a_thread
from tests.running import Server, body, frames


def test_a_crash_inside_a_stream_is_a_problem_that_quotes_nothing(server, client, monkeypatch, suite_logs):
    def crash(*_args):
        raise KeyError("Jan de Vries 123456782")

    monkeypatch.setattr(server.threads, "get_thread", crash)
    told = frames(client.post("/api/replies", json=body(server), headers={"Accept": "text/event-stream"}))
    assert told[-1][0] == "problem"
    assert told[-1][1]["status"] == 500
    assert told[-1][1]["request_id"]
    assert "123456782" not in json.dumps(told)


def test_an_unknown_kind_of_mailbox_is_not_found(server, client):
    wanted = body(server)
    wanted["thread"]["provider"] = "Jan Jansen"
    response = client.post("/api/replies", json=wanted)
    assert response.status_code == 404
    assert "Jansen" not in response.get_data(as_text=True)


def test_confirming_without_a_patient_is_refused(server, client):
    stranger = a_thread(a_message("Is mijn metoprolol klaar?", sender="elders@example.org"), thread_id="t9")
    first = client.post("/api/replies", json=body(server, stranger)).get_json()
    answer = client.post(f"/api/replies/{first['id']}/patient", json={"confirmed_by": "birth_date"})
    assert answer.status_code == 422


def test_another_version_keeps_the_patient_that_a_person_chose(server, client):
    stranger = a_thread(a_message("Is mijn metoprolol klaar?", sender="elders@example.org"), thread_id="t9")
    chosen = body(server, stranger, version=2, patient_id="P1", confirmed_by="called_back")
    reply = client.post("/api/replies", json=chosen).get_json()
    assert (reply["patient"]["rung"], reply["triage"]["route"]) == ("confirmed", "draft")
    begun = server.services.audit.events(server.pharmacy.id)[0].event
    assert begun.detail["confirmed_by"] == "called_back"


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("127.0.0.1", "localhost:8080", 200),
        ("127.0.0.1", "127.0.0.1", 200),
        ("192.0.2.7", "localhost", 403),
        ("127.0.0.1", "evil.example", 403),
    ],
)
def test_the_sandbox_answers_this_machine_only(client, address, host, status):
    answer = client.get("/api/pane", headers={"Host": host}, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == status


def test_a_listener_who_leaves_while_the_model_is_silent_cancels_the_work():
    class Silent:
        name = "silent"
        closed = threading.Semaphore(0)  # once for the opinion, once for the text

        def answer(self, request, *, deadline):
            try:
                while True:
                    threading.Event().wait(0.01)
                    yield ""
            finally:
                Silent.closed.release()

    server = Server(model=Silent())
    app = create_app(server.services)
    response = app.test_client().post(
        "/api/replies", json=body(server), headers={"Accept": "text/event-stream"}, buffered=False
    )
    told = []
    for chunk in response.response:
        told.append(chunk if isinstance(chunk, str) else chunk.decode())
        if told[-1].startswith(":"):
            break
    response.close()
    assert Silent.closed.acquire(timeout=5) and Silent.closed.acquire(timeout=5)
    assert server.audit_types() == ["draft.begun", "draft.abandoned"]


def test_an_inserted_draft_answers_its_thread_and_an_edit_needs_its_text(server, client):
    reply = client.post("/api/replies", json=body(server)).get_json()
    path = f"/api/replies/{reply['id']}/outcome"
    assert client.post(path, json={"kind": "edited"}).status_code == 422
    client.post(path, json={"kind": "inserted", "final_text": reply["draft"]["text"]})
    assert client.get(f"/api/threads/{reply['thread_id']}/state").get_json()["state"] == "answered"
