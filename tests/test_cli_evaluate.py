"""`evaluate` as a person types it: a row for every case that has a name, and a line and its number for what has none."""

import json

import pytest

from server.demo.shift import HERE
from tests.test_cli import own_place, run

LINDE = HERE / "pms-de-linde.json"
CASE = {
    "id": "c1",
    "thread": [
        {"from": {"email": "f.elamrani@brievenbus.example"}, "body": "Graag metoprolol herhalen.", "subject": "x"}
    ],
}
__all__ = ["own_place"]  # the fixture that gives each test a folder


def told(shown):
    """The one line of a command that could not go on."""
    assert shown.exit_code == 2, shown.output
    (line,) = shown.output.strip().splitlines()
    return line


def test_evaluate_prints_a_prediction_for_every_case_even_a_broken_one(tmp_path):
    good = {
        "id": "c1",
        "thread": [
            {
                "from": {"name": "Fatima", "email": "f.elamrani@brievenbus.example"},
                "to": ["info@apotheekdelinde.example"],
                "date": "2026-11-27T10:00:00",
                "subject": "Herhaling",
                "body": "Graag mijn metoprolol herhalen.",
                "content_type": "text",
            }
        ],
    }
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(good) + "\n" + json.dumps({"id": "c2", "thread": []}) + "\n", encoding="utf-8")
    shown = run("evaluate", cases, "--pms", HERE / "pms-de-linde.json")
    assert shown.exit_code == 0, shown.output
    rows = [json.loads(line) for line in shown.output.splitlines()]
    assert [(row["id"], row["disposition"]) for row in rows] == [("c1", "draft"), ("c2", "escalate")]


def test_evaluate_judges_drafts(tmp_path):
    thread = [
        {"from": {"email": "f.elamrani@brievenbus.example"}, "body": "Graag mijn metoprolol herhalen.", "subject": "x"}
    ]
    rows = [
        {
            "id": "d1",
            "language": "nl",
            "case": {"thread": thread},
            "draft": "Beste Fatima El Amrani,\n\nWij gaan met uw aanvraag aan de slag.",
        },
        {
            "id": "d2",
            "language": "nl",
            "case": {"thread": thread},
            "draft": "U kunt gerust dubbel zoveel metoprolol nemen, dat kan geen kwaad.",
        },
    ]
    path = tmp_path / "drafts.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    shown = run("evaluate", "--drafts", path, "--pms", HERE / "pms-de-linde.json")
    verdicts = {row["id"]: row["verdict"] for row in map(json.loads, shown.output.splitlines())}
    assert verdicts == {"d1": "pass", "d2": "block"}


def test_model_requests_and_answers_go_by_file(tmp_path):
    case = {
        "id": "c1",
        "thread": [
            {
                "from": {"email": "f.elamrani@brievenbus.example"},
                "body": "Graag mijn metoprolol herhalen.",
                "subject": "x",
            }
        ],
    }
    cases, requests = tmp_path / "cases.jsonl", tmp_path / "requests.jsonl"
    cases.write_text(json.dumps(case), encoding="utf-8")
    common = ["evaluate", cases, "--pms", HERE / "pms-de-linde.json", "--drafter", "llm"]
    first = json.loads(run(*common, "--model-requests", requests).output)
    assert first["written_by"] == "template"
    asked = [json.loads(line) for line in requests.read_text(encoding="utf-8").splitlines()]
    assert {"key", "kind", "messages", "schema"} <= set(asked[0])


def test_evaluate_wants_one_of_the_two():
    assert run("evaluate", "--pms", HERE / "pms-second.json").exit_code == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"[]", "expected one object"),
        (b"null", "expected one object"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": "caf\xe9"}', "not UTF-8"),
        (b'{"thread": []}', "id is missing"),
        (b'{"id": null}', "id is missing"),
        (b'{"id": ["x"]}', "id is missing"),
    ],
)
@pytest.mark.parametrize("how", [(), ("--drafts",)], ids=["cases", "drafts"])
def test_a_line_without_a_name_is_named_by_its_number(tmp_path, line, said, how):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(json.dumps(CASE).encode() + b"\n\n" + line + b"\n")
    shown = told(run("evaluate", *how, path, "--pms", LINDE))
    assert "rows.jsonl, line 3" in shown
    assert said in shown


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"case": None, "draft": "x"},
        {"case": {"thread": []}, "draft": "x"},
        {"case": CASE},
        {"case": CASE, "draft": 5},
    ],
)
def test_a_draft_that_cannot_be_read_is_blocked(tmp_path, row):
    path = tmp_path / "drafts.jsonl"
    path.write_text(json.dumps({"id": "d1", **row}), encoding="utf-8")
    shown = run("evaluate", "--drafts", path, "--pms", LINDE)
    assert [(row["id"], row["verdict"]) for row in map(json.loads, shown.output.splitlines())] == [("d1", "block")]


@pytest.mark.parametrize("thread", [None, 5, [], [None], [{"from": 3, "body": {"a": 1}}]])
def test_a_case_that_cannot_be_read_is_for_a_person_and_keeps_its_name(tmp_path, thread):
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"id": 7, "thread": thread}), encoding="utf-8")
    (row,) = map(json.loads, run("evaluate", path, "--pms", LINDE).output.splitlines())
    assert row["id"] == 7
    assert row["disposition"] != "draft"


@pytest.mark.parametrize("option", ["cases", "--drafts", "--pms", "--model-answers", "--model-requests"])
@pytest.mark.parametrize("kind", ["folder", "missing"])
def test_a_folder_or_a_file_that_is_not_there_is_named(tmp_path, option, kind):
    cases, wrong = tmp_path / "cases.jsonl", tmp_path / "wrong"
    cases.write_text(json.dumps(CASE), encoding="utf-8")
    if kind == "folder":
        wrong.mkdir()
    else:
        wrong = wrong / "x"
    pms = wrong if option == "--pms" else LINDE
    source = {"cases": [wrong], "--drafts": ["--drafts", wrong]}.get(option, [cases])
    more = [option, wrong] if option.startswith("--model") else []
    assert "wrong" in told(run("evaluate", *source, "--pms", pms, "--drafter", "llm", *more))


@pytest.mark.parametrize("content", [b"[]\n", b"caf\xe9", b"{}"])
def test_recorded_answers_that_cannot_be_read_are_named(tmp_path, content):
    cases, answers = tmp_path / "cases.jsonl", tmp_path / "answers.jsonl"
    cases.write_text(json.dumps(CASE), encoding="utf-8")
    answers.write_bytes(content)
    shown = told(run("evaluate", cases, "--pms", LINDE, "--drafter", "llm", "--model-answers", answers))
    assert "answers.jsonl" in shown


def test_a_model_takes_part_only_when_the_drafter_is_one(tmp_path):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(CASE), encoding="utf-8")
    assert "--drafter llm" in told(run("evaluate", cases, "--pms", LINDE, "--model", "a-model"))
