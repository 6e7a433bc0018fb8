"""The command line as a person types it: a mail in, an answer out, and messages that say what to do."""

import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from server.cli import main
from server.connectors.identity.sandbox import ORGANISATION
from server.demo.shift import HERE
from server.settings import Settings

MAIL = (
    "From: Fatima El Amrani <f.elamrani@brievenbus.example>\r\nTo: info@apotheekdelinde.example\r\nSubject: Herhaalrecept\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nGraag mijn metoprolol herhalen.\r\n\r\nGroet,\r\nFatima El Amrani\r\n"
)


@pytest.fixture(autouse=True)
def own_place(monkeypatch, tmp_path, suite_logs):
    """A folder of its own, and nothing of the machine's environment. The suite's log stays the suite's."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    monkeypatch.setenv("BALIE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr("server.logs.configure_logs", lambda *_args, **_more: None)


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def mail(tmp_path):
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL.encode())
    return path


def test_a_mail_is_answered_and_shown_with_what_it_rests_on(mail):
    shown = run("draft", mail)
    assert shown.exit_code == 0, shown.output
    for word in (
        "Fatima El Amrani",
        "from_is_patient_address",
        "refill_request",
        "Fact",
        "Recept",
        "metoprolol",
        "Draft (nl",
    ):
        assert word in shown.output


def test_the_reply_can_be_had_as_the_api_returns_it(mail):
    reply = json.loads(run("draft", mail, "--json").output)
    assert reply["triage"]["route"] == "draft"
    assert reply["draft"]["written_by"] == "template"


def test_informal_and_a_sentence_of_ones_own(mail):
    text = json.loads(run("draft", mail, "--json", "--informal", "--add", "We sluiten vandaag om 17 uur.").output)[
        "draft"
    ]["text"]
    assert "We sluiten vandaag om 17 uur." in text
    assert " u " not in text


def test_records_of_ones_own(mail):
    records = HERE / "pms-second.json"
    reply = json.loads(run("draft", mail, "--pms", records, "--json").output)
    assert reply["triage"]["route"] == "verify"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no file"),
        (b"", "empty"),
        (b"   \r\n \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a mail"),
    ],
)
def test_what_is_no_mail_is_said_in_one_line(tmp_path, content, said):
    path = tmp_path / "x.eml"
    if content is not None:
        path.write_bytes(content)
    shown = run("draft", path)
    assert shown.exit_code == 2
    assert said in shown.output
    assert "Traceback" not in shown.output
    assert len(shown.output.strip().splitlines()) == 1


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.eml"
    with path.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    shown = run("draft", path)
    assert shown.exit_code == 2
    assert "25 MB" in shown.output


def test_a_folder_is_no_mail(tmp_path):
    assert "folder" in run("draft", tmp_path).output


def test_records_that_do_not_fit_say_where_and_never_whose(tmp_path, mail):
    path = tmp_path / "records.json"
    path.write_text(
        '{"as_of": "2026-11-20", "pharmacy": {"name": "X"}, "patients": [{"id": "P1", "name": "Jan", "birth_date": "Geheim"}]}',
        encoding="utf-8",
    )
    shown = run("draft", mail, "--pms", path)
    assert shown.exit_code == 2
    assert "patients[0]" in shown.output
    assert "Geheim" not in shown.output


def test_loading_records_twice_changes_nothing_the_second_time():
    first = run("load-pms", HERE / "pms-second.json")
    second = run("load-pms", HERE / "pms-second.json")
    assert first.exit_code == second.exit_code == 0, first.output + second.output
    assert "0 added" in second.output
    assert "0 changed" in second.output


def test_a_loaded_pharmacy_belongs_to_the_sandbox_unless_somebody_says_otherwise(tmp_path):
    path = tmp_path / "records.json"
    path.write_text(json.dumps({"pharmacy": {"name": "Apotheek Noord"}, "patients": []}), encoding="utf-8")
    assert f"apotheek-noord (organisation {ORGANISATION})" in run("load-pms", path).output
    assert "zuid (organisation elders)" in run("load-pms", path, "--id", "zuid", "--organisation", "elders").output
    assert [line.split("\t")[:2] for line in run("pharmacy", "list").output.splitlines()] == [
        ["apotheek-noord", ORGANISATION],
        ["zuid", "elders"],
    ]


def kept(folder):
    """Every file but the database's journal, with its content."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "-" not in path.suffix}


@pytest.mark.parametrize("command", [("audit", "verify"), ("pharmacy", "list")])
def test_looking_changes_nothing_and_loads_no_demo(tmp_path, command):
    run("load-pms", HERE / "pms-second.json")
    before = kept(tmp_path / "var")
    assert run(*command).exit_code == 0
    assert kept(tmp_path / "var") == before
    assert {path.name for path in before} == {"balie.db", "keys"}
    assert "de-linde" not in run("pharmacy", "list").output


def test_a_wiped_log_is_not_whole(tmp_path):
    run("load-pms", HERE / "pms-second.json")
    with closing(sqlite3.connect(tmp_path / "var" / "balie.db")) as thief:
        for name in ("audit_events_no_update", "audit_events_no_delete", "audit_heads_no_delete"):
            thief.execute(f"drop trigger {name}")
        for table in ("audit_events", "audit_heads", "pharmacy_keys", "person_keys"):
            thief.execute(f"delete from {table}")
        thief.commit()
    for _ in range(2):  # and looking does not mend it
        shown = run("audit", "verify")
        assert shown.exit_code == 1
        assert "head" in shown.output


def test_pharmacies_are_listed_and_changed_with_mistakes_named():
    run("load-pms", HERE / "pms-de-linde.json")
    assert "de-linde" in run("pharmacy", "list").output
    assert run("pharmacy", "set", "de-linde", "channel=plain", "languages=nl").exit_code == 0
    assert "plain" in run("pharmacy", "list").output
    wrong = run("pharmacy", "set", "de-linde", "chanel=plain")
    assert wrong.exit_code == 2
    assert "chanel" in wrong.output
    assert run("pharmacy", "set", "nowhere", "channel=plain").exit_code == 2


def test_a_pharmacy_can_be_added(tmp_path):
    path = tmp_path / "pharmacy.json"
    path.write_text(
        json.dumps({"name": "Apotheek Noord", "email": "info@noord.example", "opening_hours": "ma-vr 9:00-17:00"}),
        encoding="utf-8",
    )
    added = run("pharmacy", "add", path)
    assert added.exit_code == 0, added.output
    assert "plain" in next(line for line in run("pharmacy", "list").output.splitlines() if "Noord" in line)


def test_the_log_verifies_and_keys_rotate():
    run("load-pms", HERE / "pms-de-linde.json")
    assert run("audit", "verify").output.strip() == "The log is whole."
    assert "1 closed anew" in run("vault", "rotate").output
    assert run("audit", "verify").exit_code == 0
    assert ":" in run("vault", "new-key").output


def test_a_person_can_be_forgotten_and_the_log_stays_whole():
    run("load-pms", HERE / "pms-de-linde.json")
    nothing = run("vault", "erase", "de-linde", "--patient", "P001", "--yes")
    assert nothing.exit_code == 0, nothing.output
    assert "Nothing was kept" in nothing.output
    assert run("vault", "erase", "de-linde", "--yes").exit_code == 2
    assert run("vault", "erase", "nowhere", "--patient", "P001", "--yes").exit_code == 2
    assert "Forgot 0 replies" in run("vault", "purge").output
    assert run("audit", "verify").exit_code == 0


def test_settings_that_cannot_be_used_are_told_together(monkeypatch, mail):
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "many")
    shown = run("draft", mail)
    assert shown.exit_code == 2
    assert "PORT" in shown.output
