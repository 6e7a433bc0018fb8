"""The API: one reply per click, streams, problems that say nothing they should not, and no way round the guard."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from server.app import create_app
from server.errors import Unauthorized
from server.model.identity import Caller, MailboxGrant, Role, User
from tests.builders import a_message, a_pharmacy, a_thread
from tests.running import ASK, body, frames


def test_a_reply_can_be_asked_for_read_and_answered(server, client):
    made = client.post("/api/replies", json=body(server))
    assert made.status_code == 200
    reply = made.get_json()
    again = client.get(f"/api/replies/{reply['id']}")
    assert {k: v for k, v in again.get_json().items() if k != "audit"} == reply
    assert [row["type"] for row in again.get_json()["audit"]] == ["draft.begun", "draft.completed", "reply.read"]
    outcome = client.post(
        f"/api/replies/{reply['id']}/outcome", json={"kind": "inserted", "final_text": reply["draft"]["text"]}
    )
    assert outcome.get_json() == {"id": reply["id"], "kind": "inserted", "changed": False, "diff": []}
    types = server.audit_types()
    assert types == ["draft.begun", "draft.completed", "reply.read", "draft.inserted"]


def test_an_edited_text_is_compared_by_the_server(server, client):
    reply = client.post("/api/replies", json=body(server)).get_json()
    final = reply["draft"]["text"] + "\nTot zaterdag."
    outcome = client.post(
        f"/api/replies/{reply['id']}/outcome", json={"kind": "edited", "final_text": final}
    ).get_json()
    assert outcome["changed"]
    assert outcome["diff"] == ["+ Tot zaterdag."]


def test_the_stream_tells_progress_triage_parts_and_the_whole(server, client):
    response = client.post("/api/replies", json=body(server), headers={"Accept": "text/event-stream"})
    assert response.content_type.startswith("text/event-stream")
    told = frames(response)
    names = [name for name, _ in told]
    assert names[0] == "progress"
    assert names.count("triage") == 1
    assert names[-1] == "done"
    parts = [data["part"] for name, data in told if name == "part"]
    assert parts == told[-1][1]["reply"]["draft"]["parts"]


def test_a_problem_inside_a_stream_is_an_event(server, client):
    wanted = body(server)
    wanted["thread"]["thread_id"] = "elsewhere"
    told = frames(client.post("/api/replies", json=wanted, headers={"Accept": "text/event-stream"}))
    assert told[-1][0] == "problem"
    assert told[-1][1]["status"] == 404
    assert told[-1][1]["request_id"]


def test_a_double_click_gives_one_reply(server):
    app = create_app(server.services)
    wanted = body(server)

    def click(_):
        return app.test_client().post("/api/replies", json=wanted, headers={"Idempotency-Key": "k1"}).get_json()

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(click, range(4)))
    assert len({reply["id"] for reply in replies}) == 1
    types = server.audit_types()
    assert [t for t in types if t != "reply.read"] == ["draft.begun", "draft.completed"]
    assert types.count("reply.read") == 3, "showing it again is reading it"


def test_a_key_used_for_another_request_is_a_conflict(server, client):
    headers = {"Idempotency-Key": "k1"}
    client.post("/api/replies", json=body(server), headers=headers)
    other = client.post("/api/replies", json=body(server, version=2), headers=headers)
    assert other.status_code == 409
    assert other.content_type == "application/problem+json"


def test_an_escalation_by_a_person_is_listed_and_never_lowers_anything(server, client):
    reply = client.post("/api/replies", json=body(server)).get_json()
    made = client.post(f"/api/replies/{reply['id']}/escalation", json={"reason": "Liever even de apotheker"})
    assert made.status_code == 201
    (listed,) = client.get("/api/escalations").get_json()["escalations"]
    assert listed["id"] == made.get_json()["escalation_id"]
    state = client.get(f"/api/threads/{reply['thread_id']}/state").get_json()
    assert state == {"state": "with_pharmacist", "stale": False, "escalation_open": True}


def test_choosing_a_patient_makes_a_new_reply(server, client):
    stranger = a_thread(a_message("Is mijn metoprolol klaar?", sender="elders@example.org"), thread_id="t9")
    first = client.post("/api/replies", json=body(server, stranger)).get_json()
    assert first["triage"]["route"] == "verify"
    second = client.post(
        f"/api/replies/{first['id']}/patient", json={"patient_id": "P1", "confirmed_by": "birth_date"}
    ).get_json()
    assert second["id"] != first["id"]
    assert (second["patient"]["rung"], second["triage"]["route"]) == ("confirmed", "draft")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"thread": {"provider": "given"}},
        {"thread": {"provider": "given", "thread_id": "t1"}, "tone": "grof"},
        {"thread": {"provider": "given", "thread_id": "t1"}, "staff_sentence": "x" * 500},
        {"thread": {"provider": "given", "thread_id": "t1"}, "unknown": 1},
        {"thread": {"provider": "given", "thread_id": "t1"}, "version": 0},
    ],
)
def test_a_request_that_does_not_fit_is_told_where_and_never_repeated(client, wrong):
    response = client.post("/api/replies", json=wrong)
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert "xxxx" not in response.get_data(as_text=True)


def test_what_is_no_json_or_too_large_is_refused(client):
    assert client.post("/api/replies", data="{", content_type="application/json").status_code in {400, 422}
    large = client.post("/api/replies", data="x" * 300_000, content_type="application/json")
    assert large.status_code == 413
    assert client.get("/api/nothing").status_code == 404
    assert client.delete("/api/replies").status_code == 405


def test_nobody_who_is_not_signed_in_gets_anything(server):
    class Nobody:
        def identify(self, credentials):
            raise Unauthorized("sign in")

    app = create_app(replace(server.services, identity=Nobody()))
    open_to_all = {"/health", "/ready", "/", "/api/openapi.json", "/addin/<path:name>", "/playground/<path:name>"}
    open_to_all |= {"/api/", "/api/static/<path:filename>"}  # of the documentation library: an index and no files
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.rule in open_to_all:
            continue
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            path = (
                rule.rule.replace("<reply_id>", "r")
                .replace("<path:thread_id>", "t")
                .replace("<path:filename>", "x")
                .replace("<escalation_id>", "e")
            )
            answer = client.open(path, method=method, json={} if method == "POST" else None)
            assert answer.status_code in {401, 404}, f"{method} {rule.rule} answers {answer.status_code} to anybody"
            assert answer.status_code == 401 or not path.startswith("/api/"), rule.rule


def test_another_organisations_ids_find_nothing(server, client):
    reply = client.post("/api/replies", json=body(server)).get_json()
    client.post(f"/api/replies/{reply['id']}/escalation", json={"reason": "even kijken"})
    server.services.pharmacies.add(
        a_pharmacy(id="elders", organisation_id="others", mailboxes=("info@elders.example",))
    )

    class Other:
        def identify(self, credentials):
            return Caller(User("u2", "Ander", Role.ADMIN), "others", MailboxGrant("given", "*"))

    stranger = create_app(replace(server.services, identity=Other())).test_client()
    path = f"/api/replies/{reply['id']}"
    assert stranger.get(path).status_code == 404
    assert stranger.get(f"{path}/what-left").status_code == 404
    assert stranger.post(f"{path}/outcome", json={"kind": "discarded"}).status_code == 404
    assert stranger.post(f"{path}/escalation", json={"reason": "nieuwsgierig"}).status_code == 404
    assert stranger.post(f"{path}/patient", json={"confirmed_by": "birth_date"}).status_code == 404
    assert stranger.get("/api/escalations").get_json() == {"escalations": []}
    state = stranger.get(f"/api/threads/{reply['thread_id']}/state").get_json()
    assert state == {"state": "open", "stale": False, "escalation_open": False}


def test_an_organisation_without_a_pharmacy_is_refused(server):
    class Other:
        def identify(self, credentials):
            return Caller(User("u2", "Ander"), "nobody", MailboxGrant("given", "*"))

    stranger = create_app(replace(server.services, identity=Other())).test_client()
    assert stranger.get("/api/escalations").status_code == 403


def test_health_ready_and_the_openapi_document(client):
    assert client.get("/health").get_json() == {"status": "ok"}
    assert client.get("/ready").status_code == 200
    document = client.get("/api/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    assert "/api/replies" in document["paths"]


def test_every_answer_forbids_framing_by_strangers_and_has_a_request_id(client):
    for path in ("/health", "/api/pane", "/api/nothing"):
        headers = client.get(path).headers
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Request-Id"]
        assert "Access-Control-Allow-Origin" not in headers
    assert client.get("/api/pane").headers["Cache-Control"] == "no-store"


def test_a_new_mail_marks_the_older_draft_stale(server, client):
    first = client.post("/api/replies", json=body(server)).get_json()
    longer = a_thread(*ASK.messages, a_message("En graag ook de andere.", subject="RE: Herhaalrecept"))
    client.post("/api/replies", json=body(server, longer))
    assert client.get(f"/api/replies/{first['id']}").get_json()["stale"]
