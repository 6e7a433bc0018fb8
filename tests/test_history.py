"""The summary for the pharmacist: what is in use and left, what is worth a closer look, and who never gets to see it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.drafting.template_drafter import draft_by_template
from server.flows.history_document import history_document
from server.model.finding import Finding, Part, Severity
from server.model.history import History
from server.model.patient import MedicationDispense, MedicationRequest, Rung
from server.model.triage import About, Question, Route
from server.store.rulebook import load_rulebook
from server.triage.assess import assess
from server.triage.history import summarise
from tests.builders import TODAY, a_brief, a_match, a_patient, a_pharmacy, a_request, a_thread, a_triage

RULEBOOK = load_rulebook()
OXYCODON = a_request("Oxycodon 10 mg tablet", id="RX2", atc="N02AA05", controlled=True, prescriber="A. Bos, huisarts")
TEMAZEPAM = a_request(
    "Temazepam 10 mg capsule", id="RX3", atc="N05CD07", controlled=True, prescriber="C. Smit, psychiater"
)
TRAMADOL = a_request("Tramadol 50 mg capsule", id="RX4", atc="N02AX02", controlled=False, prescriber="A. Bos, huisarts")


def summary(
    *requests: MedicationRequest, findings: tuple[Finding, ...] = (), about: str = "RX2", **fields: Any
) -> History:
    question = Question("refill_request", about=(About(about, "pharmacist"),))
    triage = a_triage(question, route=Route.ESCALATE, findings=findings)
    patient = a_patient(medication_requests=requests, **fields)
    history = summarise(a_match(patient), triage, a_pharmacy(), TODAY)
    assert history is not None
    return history


def flags(history: History) -> dict[str, tuple[str, ...]]:
    return {flag.code: flag.subject_ids for flag in history.red_flags}


def fills(*days: int, supply: int | None = 30) -> tuple[MedicationDispense, ...]:
    return tuple(MedicationDispense(f"D{n}", TODAY - timedelta(days=ago), 30, supply) for n, ago in enumerate(days))


@pytest.mark.parametrize(
    ("route", "rung", "shown"),
    [
        (Route.ESCALATE, Rung.ADDRESS_KNOWN, True),
        (Route.ESCALATE, Rung.CONFIRMED, True),
        (Route.ESCALATE, Rung.UNKNOWN, False),
        (Route.VERIFY, Rung.ADDRESS_KNOWN, False),
        (Route.DRAFT, Rung.ADDRESS_KNOWN, False),
    ],
)
def test_only_an_escalated_mail_of_a_known_patient_has_one(route: Route, rung: Rung, shown: bool) -> None:
    match = a_match(a_patient() if rung else None, rung=rung)
    assert (summarise(match, a_triage(route=route), a_pharmacy(), TODAY) is not None) is shown


@pytest.mark.parametrize(
    ("fields", "left", "source"),
    [
        ({"last_dispensed_on": TODAY - timedelta(days=80)}, 10, "record"),
        ({"last_dispensed_on": TODAY - timedelta(days=100)}, 0, "record"),
        ({"last_dispensed_on": None}, None, "unknown"),
        ({"last_dispensed_on": TODAY - timedelta(days=80), "days_supply": None}, 10, "directions"),
        ({"last_dispensed_on": TODAY, "days_supply": None, "dosage_text": "volgens schema"}, None, "unknown"),
        ({"last_dispensed_on": TODAY, "days_supply": None, "dosage_text": None}, None, "unknown"),
        ({"last_dispensed_on": TODAY, "days_supply": None, "quantity": None}, None, "unknown"),
        ({"last_dispensed_on": TODAY, "days_supply": None, "dosage_text": "2x daags 1 inhalatie"}, None, "unknown"),
        (
            {"last_dispensed_on": TODAY, "days_supply": None, "dosage_text": "zo nodig 1x daags 1 tablet"},
            None,
            "unknown",
        ),
        (
            {"last_dispensed_on": TODAY - timedelta(days=20), "days_supply": 30, "dispenses": fills(40, 20)},
            20,
            "record",
        ),
        ({"last_dispensed_on": TODAY - timedelta(days=20), "dispenses": fills(40, 20, supply=None)}, 20, "directions"),
    ],
)
def test_days_of_supply_left(fields: dict[str, Any], left: int | None, source: str) -> None:
    (line,) = summary(a_request(id="RX2", **fields)).lines
    assert (line.days_left, line.supply_from) == (left, source)


def test_lines_asked_about_come_first_and_stopped_ones_stand_apart() -> None:
    stopped = a_request("Amlodipine 5 mg tablet", id="RX9", atc="C08CA01", active=False)
    history = summary(a_request(), stopped, OXYCODON)
    assert [line.request.id for line in history.lines] == ["RX2", "RX1"]
    assert [line.asked for line in history.lines] == [True, False]
    assert [line.request.id for line in history.stopped] == ["RX9"]


def test_a_line_named_in_a_clinical_question_is_asked_about() -> None:
    match = a_match(a_patient(medication_requests=(a_request(), OXYCODON)))
    thread = a_thread("Mag ik paracetamol nemen naast mijn metoprolol?")
    history = summarise(match, assess(thread, match, RULEBOOK, a_pharmacy(), TODAY), a_pharmacy(), TODAY)
    assert history is not None
    assert [line.request.id for line in history.lines if line.asked] == ["RX1"]


def test_a_line_named_in_the_words_of_a_finding_is_asked_about() -> None:
    finding = Finding("new_symptoms", Part.FLOOR, Severity.HARD, "triggers/x", ("sinds de metoprolol duizelig",))
    history = summary(OXYCODON, a_request(), findings=(finding,), about="")
    assert [line.request.id for line in history.lines if line.asked] == ["RX1"]


def test_marks_of_law_house_and_risk() -> None:
    lithium = a_request("Lithiumcarbonaat 400 mg tablet", id="RX5", atc="N05AN01")
    marks = {
        line.request.id: (line.controlled, line.law, line.sensitive, line.risk)
        for line in summary(OXYCODON, TRAMADOL, lithium).lines
    }
    assert marks["RX2"] == (True, "I", False, ("opioid",))
    assert marks["RX4"] == (False, "", True, ("opioid",))
    assert marks["RX5"] == (False, "", False, ("lithium",))


def test_all_that_holds_a_repeat_back_is_told() -> None:
    (line,) = summary(replace(OXYCODON, last_dispensed_on=TODAY, repeats_left=0)).lines
    assert line.refill.status == "pharmacist"
    assert [o.reason for o in line.refill.obstacles] == ["N3", "N9", "N10"]


def test_duplicates_and_allergies_are_told() -> None:
    twin = a_request(id="RX8")
    history = summary(a_request(), twin, OXYCODON, allergies=("metoprolol", "latex"))
    assert history.duplicates == (("RX1", "RX8"),)
    assert history.allergies == ("metoprolol", "latex")
    assert [flag.subject_ids for flag in history.red_flags if flag.code == "allergy_on_record"] == [("RX1",), ("RX8",)]


@pytest.mark.parametrize(
    ("group", "code"),
    [("lost", "loss_story"), ("away", "travel_story"), ("pressure", "pressure"), ("early", "early_request")],
)
def test_the_story_of_the_mail_is_a_flag(group: str, code: str) -> None:
    rule = f"triggers/early_refill_controlled/{group}"
    finding = Finding("early_refill_controlled", Part.FLOOR, Severity.HARD, rule, ("gestolen",))
    assert code in flags(summary(OXYCODON, findings=(finding,)))
    note = replace(finding, severity=Severity.NOTE)
    assert code not in flags(summary(OXYCODON, findings=(note,)))


@pytest.mark.parametrize(
    ("history", "flagged"),
    [
        ((100, 80, 60, 40), True),  # each after 20 of 30 days
        ((100, 80, 50, 20), False),  # once
        ((100, 70, 40, 10), False),
        ((400, 380, 360), False),  # long ago
    ],
)
def test_early_again_and_again_is_a_pattern(history: tuple[int, ...], flagged: bool) -> None:
    line = replace(
        OXYCODON, dispenses=fills(*history), last_dispensed_on=TODAY - timedelta(days=history[-1]), days_supply=30
    )
    assert ("early_pattern" in flags(summary(line))) is flagged


def test_several_prescribers_and_medicines_that_add_up() -> None:
    found = flags(summary(OXYCODON, TEMAZEPAM, TRAMADOL))
    assert found["several_prescribers"] == ("RX2", "RX3", "RX4")
    assert found["opioid_with_sedative"] == ("RX2", "RX4", "RX3")
    assert found["two_opioids"] == ("RX2", "RX4")
    assert flags(summary(OXYCODON)) == {}


def test_more_than_a_supply_at_home() -> None:
    piled = replace(
        OXYCODON, dispenses=fills(30, 20, 10, 1), last_dispensed_on=TODAY - timedelta(days=1), days_supply=30
    )
    assert "stock_at_home" in flags(summary(piled))


@pytest.mark.parametrize(
    ("directions", "flagged"), [("1D6T", True), ("1x daags 1 tablet", True), ("1W6T", False), ("volgens schema", False)]
)
def test_methotrexate_each_day_is_a_mistake(directions: str, flagged: bool) -> None:
    line = a_request("Methotrexaat 2,5 mg tablet", id="RX2", atc="L04AX03", dosage_text=directions)
    assert ("daily_methotrexate" in flags(summary(line))) is flagged


def test_a_real_mail_brings_it_and_its_letter_says_nothing_of_it() -> None:
    early = replace(OXYCODON, last_dispensed_on=date(2026, 11, 10), days_supply=30)
    match = a_match(a_patient(medication_requests=(early, a_request())))
    thread = a_thread("Mijn tas met de oxycodon is gestolen, mag ik nieuwe?")
    triage = assess(thread, match, RULEBOOK, a_pharmacy(), TODAY)
    document = history_document(a_brief(thread=thread, match=match, triage=triage))
    assert document is not None
    first = document["lines"][0]
    assert (first["id"], first["days_left"], first["refill"]["earliest_on"]) == ("RX2", 20, "2026-12-03")
    letter = draft_by_template(a_brief(thread=thread, match=match, triage=triage), RULEBOOK).text.lower()
    assert not [word for word in ("oxycodon", "20 dagen", "december", "gestolen", "lijst") if word in letter]
    assert "loss_story" in {flag["code"] for flag in document["red_flags"]}


def test_the_pane_has_words_for_every_sign_and_every_need() -> None:
    triage = Path(__file__).parents[1] / "server" / "triage"
    words = (Path(__file__).parents[1] / "addin" / "strings" / "nl.js").read_text(encoding="utf-8")
    signs = set(
        re.findall(r'"(\w+)",?\n?\s*(?:subject_ids|ids)', (triage / "red_flags.py").read_text(encoding="utf-8"))
    )
    signs |= {"loss_story", "travel_story", "pressure", "early_request", "early_pattern", "stock_at_home"}
    rules = "".join((triage / f"eligibility_{country}.py").read_text(encoding="utf-8") for country in ("nl", "us"))
    needs = set(re.findall(r'Obstacle\("\w+", f?"[^"]+", "(\w+)"', rules)) | {"identity", "choice", "authorization"}
    assert len(needs) > 7
    assert [code for code in sorted(signs) if f'"flag.{code}"' not in words] == []
    assert [need for need in sorted(needs) if f'"history.need.{need}"' not in words] == []
