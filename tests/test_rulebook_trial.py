"""`rulebook try`: a change of the rules on real mails, before it counts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli import main
from server.commands.rulebook_trial import run_trial
from server.store.rulebook import CONTENT

SET = Path(__file__).parent / "sets" / "a"


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A handful of mails of a set: enough to see routes, drafts and triggers change."""
    folder = tmp_path_factory.mktemp("few")
    lines = (SET / "cases.jsonl").read_text(encoding="utf-8").splitlines()[:24]
    (folder / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "pms.json").write_text((SET / "pms.json").read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def tried(folder, few):
    return run_trial(folder, few / "cases.jsonl", json.loads((few / "pms.json").read_text(encoding="utf-8")))


def change(folder, name, old, new):
    """A changed copy of a shipped file, laid out as the content is."""
    text = (CONTENT / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_copy_that_changes_nothing_may_count_and_changes_no_mail(tmp_path, few):
    trial = tried(change(tmp_path, "triggers/allergy.toml", "allergi", "allergi"), few)
    assert not trial.refused
    assert trial.tried == 24
    assert trial.differences == ()


def test_another_wording_shows_the_mails_that_would_be_answered_otherwise(tmp_path, few):
    trial = tried(change(tmp_path, "statements/refill.toml", "gaan ermee aan de slag", "gaan ermee bezig"), few)
    assert not trial.refused
    assert trial.differences
    assert all(d.before.route == d.after.route and "bezig" in d.after.draft for d in trial.differences)


def test_a_new_alarm_sends_more_mails_to_the_pharmacist(tmp_path, few):
    trial = tried(change(tmp_path, "triggers/allergy.toml", "patterns.nl = [", 'patterns.nl = ["hoogachtend", '), few)
    assert not trial.refused
    assert {"allergy"} <= {code for d in trial.differences for code in d.after.floor - d.before.floor}


def test_a_pattern_taken_out_is_refused_whatever_the_mails_are(tmp_path, few):
    trial = tried(change(tmp_path, "triggers/allergy.toml", '"overgevoelig*", ', ""), few)
    assert trial.refused
    assert any("overgevoelig*" in line for line in trial.lowered)


def test_a_trigger_that_fails_its_own_example_is_refused_before_any_mail_is_tried(tmp_path, few):
    trial = tried(
        change(tmp_path, "triggers/allergy.toml", "[fires_on]\nnl = [", '[fires_on]\nnl = ["Mooi weer", '), few
    )
    assert trial.refused
    assert trial.tried == 0
    assert any("Mooi weer" in line for line in trial.faults)


def test_a_statement_that_cannot_be_filled_is_refused(tmp_path, few):
    trial = tried(
        change(tmp_path, "statements/refill.toml", "kunt u weer bestellen", "((ready_since)) ((geheim)) kunt u"), few
    )
    assert trial.refused


def test_a_wording_that_the_checks_would_withhold_is_refused(tmp_path, few):
    wording = "gaan ermee aan de slag. U kunt er gerust 2 tabletten van nemen, dat kan geen kwaad"
    trial = tried(change(tmp_path, "statements/refill.toml", "gaan ermee aan de slag", wording), few)
    assert trial.refused


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, "no file in it"),
        (lambda folder: (folder / "notes.txt").write_text("x"), "notes.txt"),
        (lambda folder: (folder / "medicines.csv").write_text("x"), "medicines.csv"),
        (lambda folder: change(folder, "triggers/allergy.toml", "[[groups]]", "[[groups"), "allergy.toml"),
    ],
    ids=["empty", "stray", "no content of that kind", "broken"],
)
def test_what_cannot_be_read_is_told_by_name(tmp_path, few, make, said):
    make(tmp_path)
    result = CliRunner().invoke(main, ["rulebook", "try", str(tmp_path), "--on", str(few / "cases.jsonl")])
    assert result.exit_code == 2
    assert said in result.output


def test_the_command_says_yes_or_no_first_and_ends_accordingly(tmp_path, few):
    change(tmp_path, "statements/refill.toml", "gaan ermee aan de slag", "gaan ermee bezig")
    yes = CliRunner().invoke(main, ["rulebook", "try", str(tmp_path), "--on", str(few / "cases.jsonl")])
    assert yes.exit_code == 0, yes.output
    assert yes.output.startswith("This change may count.")
    change(tmp_path, "triggers/allergy.toml", '"overgevoelig*", ', "")
    no = CliRunner().invoke(main, ["rulebook", "try", str(tmp_path), "--on", str(few / "cases.jsonl")])
    assert no.exit_code == 1
    assert no.output.startswith("REFUSED")
