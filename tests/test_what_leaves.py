"""What a model would be sent, and what it was: word by word, by command line, API and the evaluation's files."""

import json

import pytest

from bench.quality.stub_models import Stub, labelled, opinion_json
from server.app import create_app
from server.demo.shift import HERE
from server.flows.ask_opinion import Consultation
from server.ports import ModelRequest
from tests.running import Server, body
from tests.test_cli import MAIL, own_place, run

LINDE = HERE / "pms-de-linde.json"
DANGER = MAIL.replace("Graag mijn metoprolol herhalen.", "Sinds de nieuwe doos ben ik duizelig.")
NEWSLETTER = MAIL.replace("Subject:", "Auto-Submitted: auto-generated\r\nSubject:")
CASE = {"id": "c1", "thread": [{"from": {"email": "f.elamrani@brievenbus.example"}, "body": "Graag mijn metoprolol herhalen.", "subject": "x"}]}  # fmt: skip
__all__ = ["own_place"]  # the fixture that gives each test a folder


@pytest.fixture
def given(tmp_path):
    def write(mail=MAIL):
        path = tmp_path / "mail.eml"
        path.write_bytes(mail.encode())
        return path

    return write


def test_a_person_can_read_what_a_model_would_be_sent(given):
    shown = run("what-leaves", given())
    assert shown.exit_code == 0, shown.output
    assert "The model is asked for an opinion of each sentence:" in shown.output
    assert "The model is asked for the order of the reply's sentences:" in shown.output
    assert "Graag mijn metoprolol herhalen." in shown.output
    assert "[system]" in shown.output
    assert "Fatima" not in shown.output


def test_the_exact_text_is_what_is_sent_and_logged(given, monkeypatch):
    told = json.loads(run("what-leaves", given(), "--json").output)
    sent: list[dict] = []
    real = Consultation.__init__

    def listen(self, plan, seconds):
        real(self, plan, seconds)
        sent.append(self.sent)

    monkeypatch.setattr(Consultation, "__init__", listen)
    monkeypatch.setenv("OPENAI_MODEL", "nobody")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    run("draft", given(), "--json")
    assert {request["kind"]: request["text"] for request in told} == sent[0]
    assert list(sent[0]) == ["opinion", "write"]


@pytest.mark.parametrize(
    ("mail", "said"),
    [(DANGER, "the rules decide already"), (NEWSLETTER, "no person sent it")],
    ids=["danger", "newsletter"],
)
def test_why_nothing_is_asked_is_said(given, mail, said):
    assert f"No opinion is asked: {said}" in run("what-leaves", given(mail)).output
    assert json.loads(run("what-leaves", given(DANGER), "--json").output) == []


def test_a_file_that_is_no_mail_is_told_in_a_line(tmp_path):
    shown = run("what-leaves", tmp_path / "none.eml")
    assert shown.exit_code == 2
    assert "There is no file" in shown.output


def test_what_left_can_be_opened_and_that_is_logged():
    server = Server(model=Stub("klein", lambda request: opinion_json(labelled(request))))
    client = create_app(server.services).test_client()
    reply = client.post("/api/replies", json=body(server)).get_json()
    left = client.get(f"/api/replies/{reply['id']}/what-left").get_json()
    assert left == reply["sent_out"]
    assert left["model"] == "klein"
    assert "opinion" in [request["kind"] for request in left["requests"]]
    assert server.audit_types() == ["draft.begun", "draft.completed", "reply.what_left"]
    assert client.get("/api/replies/none/what-left").status_code == 404


def test_of_a_reply_without_a_model_nothing_left():
    server = Server()
    client = create_app(server.services).test_client()
    reply = client.post("/api/replies", json=body(server)).get_json()
    assert client.get(f"/api/replies/{reply['id']}/what-left").get_json() == {"model": None, "requests": []}


def evaluated(tmp_path, *options):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(CASE), encoding="utf-8")
    shown = run("evaluate", cases, "--pms", LINDE, *options)
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.output)


def answers_to(requests, path, *, escalate=False):
    """A reader's answers to every request of a file."""
    with path.open("w", encoding="utf-8") as out:
        for line in requests.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            asked = ModelRequest(row["kind"], tuple(row["messages"]), row["schema"])
            triggers = ("allergy",) if escalate else ()
            answer = opinion_json(labelled(asked, "asks", *triggers), escalate=escalate)
            if row["kind"] == "write":
                use = [{"use": name} for name in row["schema"]["properties"]["parts"]["items"]["properties"]["sentences"]["items"]["anyOf"][0]["properties"]["use"]["enum"]]  # fmt: skip
                answer = json.dumps({"parts": [{"question": 0, "sentences": use}]})
            out.write(json.dumps({"key": row["key"], "answer": answer}) + "\n")


def test_one_round_is_enough_for_opinion_and_text(tmp_path):
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    evaluated(tmp_path, "--model-requests", first)
    assert [json.loads(line)["kind"] for line in first.read_text(encoding="utf-8").splitlines()] == ["opinion", "write"]
    answers = tmp_path / "answers.jsonl"
    answers_to(first, answers)
    row = evaluated(tmp_path, "--drafter", "llm", "--model-answers", answers, "--model-requests", second)
    assert (row["disposition"], row["written_by"]) == ("draft", "recorded")
    assert second.read_text(encoding="utf-8") == ""
    answers_to(first, answers, escalate=True)
    row = evaluated(tmp_path, "--drafter", "llm", "--model-answers", answers)
    assert (row["disposition"], row["triggers"], row["written_by"]) == ("escalate", ["allergy"], "template")


def test_the_same_cases_write_the_same_file(tmp_path):
    files = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for path in files:
        evaluated(tmp_path, "--model-requests", path)
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_templates_only_means_that_no_model_takes_part(tmp_path):
    path = tmp_path / "requests.jsonl"
    assert evaluated(tmp_path, "--drafter", "template", "--model-requests", path)["written_by"] == "template"
    assert not path.exists()
