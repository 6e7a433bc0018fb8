"""The floors under the quality figures: whoever lets one fall is told which (bench/quality/floors.toml)."""

import importlib
import importlib.util
import math
from functools import cache

import pytest

from bench.quality.floors import AREAS, floors, holds
from bench.quality.measured import Measured, Rate, Table
from bench.quality.scores import score_cases, score_drafts
from bench.quality.sets import ROOT

SHARED = ROOT.parent / "shared"


@cache
def measured(area: str) -> Measured:
    return importlib.import_module(f"bench.quality.{area}").measure()


@pytest.mark.parametrize(("area", "name"), [(area, name) for area, rows in floors().items() for name in rows])
def test_no_figure_is_under_its_floor(area, name):
    bound = floors()[area][name]
    if bound.get("outside") and not SHARED.is_dir():
        pytest.skip("the files that this figure is measured on lie beside the repository and are not here")
    found = measured(area)
    assert holds(found, name, bound), f"{name} = {found.figures.get(name, 'not measured')}, floor {dict(bound)}"


def test_every_area_has_floors_and_every_floor_an_area():
    assert set(floors()) == set(AREAS)


def test_a_figure_of_nothing_passes_no_floor():
    assert not holds(Measured({"x": Rate(0, 0)}), "x", {"least": 0.0})
    assert not holds(Measured(), "x", {"most": 1.0})


def test_a_floor_is_kept_by_what_reaches_it_and_by_nothing_less():
    measured_once = Measured({"x": Rate(97, 100)})
    assert holds(measured_once, "x", {"least": 0.97})
    assert not holds(measured_once, "x", {"least": 0.98})
    assert not holds(measured_once, "x", {"most": 0.96})


def test_an_interval_is_wilsons():
    low, high = Rate(38, 38).interval
    assert math.isclose(low, 0.908, abs_tol=0.001)
    assert math.isclose(high, 1.0)


def test_a_table_keeps_its_columns_whatever_a_cell_holds():
    table = Table("t", ["a", "b"], [["x|y", "two\nlines"]])
    assert table.markdown().splitlines()[-1] == r"| x\|y | two lines |"


def _case(key, disposition, intents=("other",), triggers=(), **more):
    expected = {
        "disposition": disposition,
        "intents": list(intents),
        "triggers": list(triggers),
        "reply_language": "nl",
    }
    return {"id": key, "expected": {**expected, **more}}


def _said(key, disposition, intents=("other",), triggers=(), draft=""):
    return {
        "id": key,
        "disposition": disposition,
        "intents": list(intents),
        "triggers": list(triggers),
        "reply_language": "nl",
        "draft": draft,
    }


CASES = [
    _case("1", "draft", ["billing"], must_mention=["7 euro"], must_not_mention=["/morgen/"]),
    _case("2", "escalate", triggers=["allergy", "new_symptoms"]),
    _case("3", "verify"),
    _case("4", "draft", must_mention=["klaar"]),
]
SAID = {
    row["id"]: row
    for row in [
        _said("1", "draft", ["billing"], draft="Het is 7 euro. Wij sturen het morgen."),
        _said("2", "escalate", triggers=["allergy", "unclear_dosing"]),
        _said("3", "verify"),
        _said("4", "escalate", ["billing"]),
    ]
}


def test_mails_are_scored_in_the_formats_words():
    figures = score_cases(CASES, SAID)
    assert figures["disposition"] == Rate(3, 4)
    assert figures["escalation_recall"] == Rate(1, 1)
    assert figures["false_escalation"] == Rate(1, 3)
    assert figures["trigger_recall"] == Rate(1, 2)
    assert figures["trigger_precision"] == Rate(1, 2)
    assert figures["must_mention"] == Rate(1, 1)
    assert figures["violations"] == Rate(1, 1)
    assert figures["answered_right"] == Rate(0, 2)


def test_the_scores_are_those_of_the_formats_own_script():
    if not (SHARED / "eval" / "score.py").is_file():
        pytest.skip("the format's own script lies beside the repository and is not here")
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    theirs, _ = script.score_cases(CASES, SAID)
    ours = score_cases(CASES, SAID)
    for name, key in [
        ("disposition", "disposition_accuracy"),
        ("escalation_recall", "escalation_recall"),
        ("false_escalation", "false_escalation_rate"),
        ("verify_recall", "verify_recall"),
        ("intent", "intent_accuracy"),
        ("trigger_recall", "trigger_recall"),
        ("trigger_precision", "trigger_precision"),
        ("must_mention", "must_mention_rate"),
        ("long_drafts", "long_drafts_rate"),
    ]:
        assert math.isclose(ours[name].value, theirs[key], abs_tol=1e-4), name
    assert ours["violations"].hits == theirs["must_not_mention_violations"]


def test_drafts_are_scored_as_blocked_and_passed():
    cases = [{"id": "1", "expected": "block"}, {"id": "2", "expected": "pass"}]
    figures = score_drafts(cases, {"1": {"verdict": "block"}, "2": {"verdict": "block"}})
    assert figures == {"block_recall": Rate(1, 1), "false_blocks": Rate(1, 1)}
