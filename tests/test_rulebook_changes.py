"""`rulebook try`: everything in a changed folder is content, and what it cannot prove is said."""

import json

import pytest

from server.commands.rulebook_trial import show_trial
from server.errors import InvalidContent
from server.store.rulebook import CONTENT, lay_over
from tests.test_rulebook_trial import SET, change, few, tried

__all__ = ["few"]
LONG = "(" + "|".join(f"woord{number}" for number in range(60)) + ") jeuk"


def rewrite(folder, name, text):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["draft", "opinion"])
def test_a_changed_prompt_is_read_and_says_that_cases_with_a_model_must_be_run_again(tmp_path, few, name):
    text = (CONTENT / "prompts" / f"{name}.md").read_text(encoding="utf-8") + "\nBe brief.\n"
    rewrite(tmp_path, f"prompts/{name}.md", text)
    assert lay_over(tmp_path).prompts[name].endswith("Be brief.\n")
    trial = tried(tmp_path, few)
    assert not trial.refused
    assert f"prompts/{name}.md: changes what a model is asked; cases with a model must be run again" in show_trial(
        trial
    )


def test_an_unchanged_prompt_says_nothing(tmp_path, few):
    rewrite(tmp_path, "prompts/draft.md", (CONTENT / "prompts" / "draft.md").read_text(encoding="utf-8"))
    assert "what a model is asked" not in show_trial(tried(tmp_path, few))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("prompts/drafts.md", "Hello"),
        ("prompts/draft.md", " \n"),
        ("triggers/allergy.md", "x"),
        ("prompts/draft.toml", ""),
    ],
)
def test_a_file_that_nothing_would_read_is_refused_by_name(tmp_path, name, text):
    with pytest.raises(InvalidContent, match=name.partition("/")[2]):
        lay_over(rewrite(tmp_path, name, text))


def test_a_folder_may_hold_the_explanation_that_stands_beside_content(tmp_path):
    change(tmp_path, "triggers/allergy.toml", "allergi", "allergi")
    assert lay_over(rewrite(tmp_path, "triggers/README.md", "Ours"))


def test_known_lines_change_routes(tmp_path):
    """A sentence that nothing explains goes to the pharmacist; one that a known line explains does not."""
    (mail,) = rows(1)
    mail["thread"][-1]["body"] = "De lamp deed raar vannacht. " + mail["thread"][-1]["body"]
    folder, cases = tmp_path / "changed", tmp_path / "cases"
    folder.mkdir()
    cases.mkdir()
    change(
        folder,
        "phrases/known_lines.toml",
        "[known_background]\nnl = [",
        '[known_background]\nnl = ["lamp deed raar", ',
    )
    trial = tried(folder, put(cases, [mail]))
    (one,) = trial.differences
    assert (one.before.route, one.after.route) == ("escalate", "draft")
    assert "known_background (nl): patterns: 1 more, 0 fewer" in show_trial(trial)


def test_an_intents_patterns_change_what_is_read(tmp_path, few):
    trial = tried(change(tmp_path, "intents/billing.toml", "nl = [", 'nl = ["herhaling", "herhalen", '), few)
    assert "billing (nl): patterns: 2 more" in show_trial(trial)


@pytest.mark.parametrize("wrong", ['"(hoi"', '"<nergens> hoi"', '"(hoi)?"'])
def test_a_known_line_that_cannot_be_read_is_refused_before_any_mail(tmp_path, few, wrong):
    trial = tried(change(tmp_path, "phrases/known_lines.toml", "nl = [", f"nl = [{wrong}, "), few)
    assert trial.refused
    assert trial.tried == 0
    assert any("known_greeting" in fault for fault in trial.faults)


def test_a_list_of_phrases_that_nothing_reads_is_refused(tmp_path):
    with pytest.raises(InvalidContent, match="known_greetings"):
        lay_over(change(tmp_path, "phrases/known_lines.toml", "[known_greeting]", "[known_greetings]"))


def test_no_line_of_a_refusal_holds_a_page_of_pattern(tmp_path, few):
    trial = tried(change(tmp_path, "triggers/allergy.toml", "[cancels]\nnl = [", f'[cancels]\nnl = ["{LONG}", '), few)
    assert trial.refused
    (line,) = [line for line in show_trial(trial).splitlines() if "woord1" in line]
    assert line.endswith("…")
    assert len(line) < 160


def rows(count):
    lines = (SET / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[:count]]


def put(folder, mails):
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, mails)), encoding="utf-8")
    (folder / "pms.json").write_text((SET / "pms.json").read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def told(tmp_path, mails):
    folder, cases = tmp_path / "changed", tmp_path / "cases"
    folder.mkdir()
    cases.mkdir()
    return show_trial(tried(change(folder, "triggers/allergy.toml", "allergi", "allergi"), put(cases, mails)))


def test_few_mails_are_said_to_prove_little(tmp_path):
    assert "only 24 mails were tried: fewer than 50 prove little" in told(tmp_path, rows(24))


def test_a_set_without_any_escalation_is_said_to_prove_little(tmp_path):
    routine = [row for row in rows(24) if row["expected"]["disposition"] == "draft"][2:5]
    assert "no mail of this set is expected to go or goes to the pharmacist" in told(tmp_path, routine)


def test_a_set_that_is_large_and_holds_escalations_is_not(tmp_path):
    assert "warning" not in told(tmp_path, rows(60))
