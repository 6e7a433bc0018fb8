"""Records files that cannot be used: one line that says where, never a traceback and never the demo's in their place."""

import json

import pytest

from server.demo.shift import HERE
from tests.test_cli import MAIL, own_place, run

GOOD = json.loads((HERE / "pms-second.json").read_text(encoding="utf-8"))
__all__ = ["own_place"]  # the fixture that gives each test a folder
SHAPES = [
    ({}, "patients"),
    ([], "one object"),
    ("x", "one object"),
    (None, "one object"),
    ({"pharmacy": {}}, "pharmacy.name"),
    ({**GOOD, "pharmacy": None}, "pharmacy"),
    ({**GOOD, "pharmacy": "x"}, "pharmacy"),
    ({**GOOD, "patients": 3}, "patients"),
]
DAYS = [({**GOOD, "as_of": day}, "as_of") for day in ("", "yesterday", "0001-01-01", 20261120, None, ["2026-11-20"])]
DAYS.append(({name: value for name, value in GOOD.items() if name != "as_of"}, "as_of"))


def told(shown):
    """The one line of a command that could not go on."""
    assert shown.exit_code == 2, shown.output
    (line,) = shown.output.strip().splitlines()
    return line


@pytest.fixture
def commands(tmp_path):
    """Each command that takes records, before their path."""
    mail, cases = tmp_path / "mail.eml", tmp_path / "cases.jsonl"
    mail.write_bytes(MAIL.encode())
    cases.write_text("", encoding="utf-8")
    return {"draft": ["draft", mail, "--pms"], "evaluate": ["evaluate", cases, "--pms"], "load-pms": ["load-pms"]}


@pytest.mark.parametrize(("records", "said"), SHAPES)
@pytest.mark.parametrize("command", ["draft", "evaluate", "load-pms"])
def test_records_that_do_not_fit_are_told_in_one_line(tmp_path, commands, command, records, said):
    path = tmp_path / "records.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    assert said in told(run(*commands[command], path))


def test_of_records_that_do_not_fit_nothing_is_kept(tmp_path):
    path = tmp_path / "records.json"
    path.write_text(json.dumps({**GOOD, "patients": 3}), encoding="utf-8")
    told(run("load-pms", path))
    assert run("pharmacy", "list").output == ""


@pytest.mark.parametrize(("records", "said"), DAYS)
@pytest.mark.parametrize("command", ["draft", "evaluate"])
def test_records_without_their_day_are_told_in_one_line(tmp_path, commands, command, records, said):
    path = tmp_path / "records.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    assert said in told(run(*commands[command], path))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe{}", b"[" * 100_000, None])
@pytest.mark.parametrize("command", [("load-pms",), ("pharmacy", "add")])
def test_what_is_no_json_file_is_named(tmp_path, content, command):
    path = tmp_path / "records.json"
    path.mkdir() if content is None else path.write_bytes(content)
    assert "records.json" in told(run(*command, path))
