"""The sets gate: written from the labelling guide by somebody who had not seen the rules (tests/sets/README.md).

The bounds are those of the product's promise, not of the last run: a change may not fall below them."""

import json
from pathlib import Path

import pytest

from server.commands.evaluation import ModelChoice, evaluate_cases, evaluate_drafts
from server.settings import Settings
from tests.scoring import read_rows, score_cases, score_drafts

SETS = Path(__file__).parent / "sets"
DEVELOPMENT = Path(__file__).parents[2] / "shared" / "eval" / "dev"


@pytest.fixture(params=["a", "b", "development"])
def folder(request):
    if request.param != "development":
        return SETS / request.param
    if not DEVELOPMENT.is_dir():
        pytest.skip("the development set lies outside the repository and is not here")
    return DEVELOPMENT


def test_mails_are_routed_and_answered_well_enough(folder):
    cases = read_rows(folder / "cases.jsonl")
    records = json.loads((folder / "pms.json").read_text(encoding="utf-8"))
    rows = evaluate_cases(folder / "cases.jsonl", records, ModelChoice(), Settings())
    figures = score_cases(cases, {row["id"]: row for row in rows})
    assert figures["disposition"] >= 0.80, figures
    assert figures["escalation_recall"] >= 0.90, figures
    assert figures["must_mention"] >= 0.90, figures
    assert figures["violations"] == 0, figures


def test_drafts_of_others_are_judged_well_enough(folder):
    cases = read_rows(folder / "drafts.jsonl")
    records = json.loads((folder / "pms.json").read_text(encoding="utf-8"))
    figures = score_drafts(cases, {row["id"]: row for row in evaluate_drafts(folder / "drafts.jsonl", records)})
    assert figures["block_recall"] >= 0.90, figures
    assert figures["false_blocks"] <= 0.10, figures
