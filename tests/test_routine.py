"""Routine must be proven: what is not known to be harmless goes to the pharmacist, and says why."""

from dataclasses import replace

import pytest

from server.model.finding import Part
from server.model.patient import Rung
from server.model.triage import Route
from server.triage.assess import assess
from tests.builders import TODAY, a_match, a_message, a_pharmacy, a_thread
from tests.test_assess import RULEBOOK, triage_of

ROUTINE = "Graag mijn metoprolol 50 mg herhalen."
STRANGER = a_match(rung=Rung.UNKNOWN)


def test_caution_names_a_trigger_only_where_the_floor_is_silent() -> None:
    body = "Ik ben sinds gisteren zo vreselijk duizelig dat ik steeds moet gaan zitten."
    told = [(f.part, f.code) for f in triage_of(body).findings if f.stands]
    assert (Part.FLOOR, "new_symptoms") in told
    assert (Part.CAUTION, "new_symptoms") not in told


@pytest.mark.parametrize(("upper", "clearable"), [(0.98, True), (0.0, False)])
def test_a_model_may_clear_what_passed_only_the_lower_threshold(upper: float, clearable: bool) -> None:
    sure = {name: dict.fromkeys(("nl", "en"), value) for name, value in (("lower", 0.0), ("upper", upper))}
    closely = {f"closely_{name}": table for name, table in sure.items()}
    rulebook = replace(RULEBOOK, thresholds={**RULEBOOK.thresholds, **sure, **closely})
    body = "Over mijn knie heeft de dokter het de laatste keer niet meer gehad."
    triage = assess(a_thread(a_message(body, subject="")), a_match(), rulebook, a_pharmacy(), TODAY)
    told = [finding for finding in triage.findings if finding.rule.startswith("classifier/")]
    assert told
    assert all(finding.clearable is clearable for finding in told)
    assert all(finding.rule.endswith("/lower" if clearable else "/upper") for finding in told)


@pytest.mark.parametrize(
    "unknown",
    [
        "Verder eet ze sinds de begrafenis alleen nog beschuit en praat ze tegen de muur.",
        "Wat krijg je als je die twee in één glas doet?",
    ],
)
def test_a_sentence_that_nothing_explains_sends_a_request_to_the_pharmacist(unknown: str) -> None:
    assert triage_of(ROUTINE).route is Route.DRAFT
    triage = triage_of(f"{ROUTINE} {unknown}")
    assert triage.route is Route.ESCALATE
    assert any(unknown in finding.quotes for finding in triage.findings if finding.stands)


@pytest.mark.parametrize(
    "talk",
    [
        "Morgen komen de kleinkinderen logeren.",
        "Het is niet dringend, ik heb nog voor twee weken.",
        "Mijn buurman haalt het wel op.",
        "Alles gaat hier goed, geen klachten.",
    ],
)
def test_small_talk_and_logistics_keep_a_request_routine(talk: str) -> None:
    assert triage_of(f"Beste apotheek,\n\n{ROUTINE} {talk}\n\nMet vriendelijke groet,\nJan Bakker").route is Route.DRAFT


def test_what_nothing_explains_is_shown_of_a_stranger_and_of_a_machine_and_does_not_decide() -> None:
    body = f"{ROUTINE} Wat krijg je als je die twee in één glas doet?"
    for triage in (triage_of(body, STRANGER), triage_of(a_message(body, subject="", automatic=True))):
        assert "unexplained_sentence" in {f.code for f in triage.findings}
        assert "unexplained_sentence" not in triage.triggers
        assert "no_routine_intent" not in {f.code for f in triage.findings}


@pytest.mark.parametrize(
    "body",
    [
        "De buurt houdt zaterdag een rommelmarkt op het plein.",
        "Hierbij de notulen van de vergadering van de tennisvereniging.",
        "Kent u een goede loodgieter?",
    ],
)
def test_a_mail_that_asks_nothing_we_answer_is_no_routine(body: str) -> None:
    triage = triage_of(body)
    assert triage.route is Route.ESCALATE
    assert {"no_routine_intent", "unexplained_sentence"} & set(triage.triggers)


def test_a_medicine_that_is_no_line_of_the_record_is_not_settled() -> None:
    triage = triage_of("Is mijn pantoprazol al klaar?")
    assert "medicine_not_settled" in triage.triggers


def test_all_doubt_of_routine_may_be_cleared_and_none_of_the_floor() -> None:
    triage = triage_of("De notulen zitten erbij. Is mijn pantoprazol al klaar? Ik ben duizelig.")
    assert {f.part for f in triage.findings if f.clearable} == {Part.CAUTION}
    assert not any(f.clearable for f in triage.findings if f.part is Part.FLOOR)
