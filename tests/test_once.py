"""A double click on any button does its thing once; and what is no JSON is told apart from JSON that does not fit."""

import threading

import pytest

from server.app import create_app
from server.flows import escalate
from tests.builders import a_message, a_thread
from tests.running import body, frames

KEY = {"Idempotency-Key": "k1"}
ROUTES = {
    "patient": {"patient_id": "P1", "confirmed_by": "called_back"},
    "outcome": {"kind": "edited", "final_text": "Beste mevrouw, alles ligt klaar."},
    "escalation": {"reason": "Liever even de apotheker"},
}
OTHER = {
    "patient": {"patient_id": "P1", "confirmed_by": "birth_date"},
    "outcome": {"kind": "discarded"},
    "escalation": {"reason": "Belt zo terug"},
}


@pytest.fixture
def path(server, client):
    stranger = a_thread(a_message("Is mijn metoprolol klaar?", sender="elders@example.org"), thread_id="t9")
    return f"/api/replies/{client.post('/api/replies', json=body(server, stranger)).get_json()['id']}"


def count(server):
    """How many entries of something done there are; opening a reply again is logged and changes nothing."""
    return [kind for kind in server.audit_types() if kind != "reply.read"]


@pytest.mark.parametrize("route", ROUTES)
def test_the_same_click_twice_is_done_once_and_answered_alike(server, client, path, route):
    first = client.post(f"{path}/{route}", json=ROUTES[route], headers=KEY)
    done = count(server)
    second = client.post(f"{path}/{route}", json=ROUTES[route], headers=KEY)
    assert (first.status_code, second.status_code) == (first.status_code, first.status_code)
    assert first.status_code in {200, 201}
    told = [{k: v for k, v in answer.get_json().items() if k != "audit"} for answer in (first, second)]
    assert told[0] == told[1] | ({"stale": told[0]["stale"]} if "stale" in told[0] else {})
    assert count(server) == done


@pytest.mark.parametrize("route", ROUTES)
def test_a_key_of_another_request_is_a_conflict_and_does_nothing(server, client, path, route):
    client.post(f"{path}/{route}", json=ROUTES[route], headers=KEY)
    done = count(server)
    for other in (other for other in ROUTES if other != route):
        assert client.post(f"{path}/{other}", json=ROUTES[other], headers=KEY).status_code == 409
    assert client.post(f"{path}/{route}", json=OTHER[route], headers=KEY).status_code == 409
    assert count(server) == done


@pytest.mark.parametrize("route", ["outcome", "escalation"])
def test_without_a_key_each_click_counts(server, client, path, route):
    for _ in range(2):
        client.post(f"{path}/{route}", json=ROUTES[route])
    assert len(count(server)) == 4


def test_a_click_that_failed_may_be_repeated(server, client, path, monkeypatch):
    def crash(*_args, **_kwargs):
        raise RuntimeError("no")

    with monkeypatch.context() as patch:
        patch.setattr(escalate, "read_kept", crash)
        assert client.post(f"{path}/escalation", json=ROUTES["escalation"], headers=KEY).status_code == 500
    assert client.post(f"{path}/escalation", json=ROUTES["escalation"], headers=KEY).status_code == 201


def test_two_clicks_at_the_same_time_are_done_once(server, path):
    app, answers = create_app(server.services), []

    def click():
        answers.append(app.test_client().post(f"{path}/outcome", json=ROUTES["outcome"], headers=KEY).get_json())

    clicks = [threading.Thread(target=click) for _ in range(3)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert answers[0] == answers[1] == answers[2]
    assert count(server).count("draft.edited") == 1


def test_a_patient_is_chosen_once_in_a_stream_as_well(server, client, path):
    headers = {**KEY, "Accept": "text/event-stream"}
    first, second = (frames(client.post(f"{path}/patient", json=ROUTES["patient"], headers=headers)) for _ in range(2))
    assert first[-1][1]["reply"]["id"] == second[-1][1]["reply"]["id"]
    assert [name for name, _ in second] == ["done"]


@pytest.mark.parametrize("route", ["", *(f"/{route}" for route in ROUTES)])
@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{}", "text/plain", 415),
        (b"kind=discarded", "application/x-www-form-urlencoded", 415),
        (b"", None, 415),
        (b"{nope", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json; charset=utf-8", 422),
    ],
)
def test_a_body_that_is_no_json_is_told_as_the_document_says(client, path, route, sent, kind, status):
    url = f"{path}{route}" if route else "/api/replies"
    answer = client.post(url, data=sent, content_type=kind)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    documented = client.get("/api/openapi.json").get_json()["paths"]
    shown = f"/api/replies/{{reply_id}}{route}" if route else "/api/replies"
    assert str(status) in documented[shown]["post"]["responses"]
