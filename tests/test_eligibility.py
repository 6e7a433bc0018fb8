"""Whether a repeat may be taken in, and how orders and the shelf stand: each rule, their order, and what never happens."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.drafting.facts import select_facts
from server.drafting.template_drafter import draft_by_template
from server.model.patient import MedicationRequest, Standing
from server.model.refill import RefillRules, earliest_refill_on, rules_of
from server.model.triage import OUTCOMES
from server.store.rulebook import load_rulebook
from server.triage.eligibility import order_outcome, refill_outcome, stock_outcome
from tests.builders import NOW, TODAY, a_brief, a_match, a_patient, a_pharmacy, a_question, a_request, a_triage


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, "eligible"),
        ({"order_status": "ready"}, "ready"),
        ({"order_status": "in_progress"}, "in_progress"),
        ({"order_status": "back_order"}, "back_order"),
        ({"stock": 0}, "back_order"),
        ({"stock": None}, "eligible"),
        ({"order_status": "delivered"}, "eligible"),
        ({"order_status": "unknown"}, "eligible"),
        ({"repeats_left": 0}, "no_repeats"),
        ({"repeats_left": None}, "unknown"),
        ({"last_dispensed_on": TODAY}, "too_early"),
        ({"last_dispensed_on": TODAY - timedelta(days=82)}, "too_early"),
        ({"last_dispensed_on": TODAY - timedelta(days=83)}, "eligible"),
        ({"days_supply": None}, "unknown"),
        ({"last_dispensed_on": None}, "eligible"),
        ({"last_dispensed_on": None, "issue_number": 1}, "first_issue"),
        ({"last_dispensed_on": None, "repeats_left": 0}, "no_repeats"),
        ({"last_dispensed_on": None, "repeats_left": None}, "unknown"),
        ({"active": False}, "unknown"),
        ({"active": False, "order_status": "ready"}, "unknown"),
        # what comes first when several hold
        ({"order_status": "ready", "repeats_left": 0, "last_dispensed_on": TODAY}, "ready"),
        ({"stock": 0, "last_dispensed_on": TODAY}, "back_order"),
        ({"repeats_left": 0, "last_dispensed_on": TODAY}, "no_repeats"),
        ({"repeats_left": None, "last_dispensed_on": TODAY}, "too_early"),
        # a pharmacist's or a colleague's, whatever else holds: no letter gives a verdict
        ({"controlled": True}, "pharmacist"),
        ({"controlled": True, "order_status": "ready"}, "pharmacist"),
        ({"controlled": True, "last_dispensed_on": TODAY}, "pharmacist"),
        ({"medication": "Temazepam 10 mg capsule", "atc": "N05CD07", "controlled": None}, "pharmacist"),
        ({"prior_authorization": "missing"}, "prior_authorization"),
        ({"prior_authorization": "pending", "order_status": "ready"}, "prior_authorization"),
        ({"authorization_until": TODAY + timedelta(days=30)}, "prior_authorization"),
        ({"authorization_until": TODAY + timedelta(days=120)}, "eligible"),
        # further record fields
        ({"issue_number": 1}, "second_issue"),
        ({"issue_number": 2}, "eligible"),
        ({"issue_number": 1, "last_dispensed_on": TODAY}, "too_early"),
        ({"last_dispensed_on": TODAY - timedelta(days=366)}, "second_issue"),
        ({"repeats_left": None, "repeat_service": True}, "eligible"),
        ({"repeats_left": 0, "repeat_service": True}, "eligible"),
        ({"order_status": "back_order", "expected_on": TODAY + timedelta(days=9)}, "back_order"),
    ],
)
def test_a_refill_comes_to(fields: dict[str, Any], outcome: str) -> None:
    assert refill_outcome(a_request(**fields), TODAY) == outcome


@pytest.mark.parametrize("standing", ["moved", "deceased", "blocked"])
def test_of_somebody_who_is_no_patient_any_more_staff_looks(standing: Standing) -> None:
    assert refill_outcome(a_request(), TODAY, patient=a_patient(standing=standing)) == "unknown"
    assert refill_outcome(a_request(), TODAY, patient=a_patient(standing="active")) == "eligible"


def test_a_pharmacy_sets_the_rules() -> None:
    house = a_pharmacy(refill_lead_days=10, refill_least_age=16)
    line = a_request(last_dispensed_on=TODAY - timedelta(days=80))
    assert refill_outcome(line, TODAY, rules_of(a_pharmacy())) == "too_early"
    assert refill_outcome(line, TODAY, rules_of(house)) == "eligible"
    child = a_patient(birth_date=date(2015, 1, 1))
    assert refill_outcome(line, TODAY, rules_of(house), child) == "unknown"
    assert refill_outcome(line, TODAY, rules_of(a_pharmacy(country="US")), child) == "eligible"


def test_a_letter_states_when_new_stock_is_expected() -> None:
    line = a_request(order_status="back_order", expected_on=TODAY + timedelta(days=5))
    match = a_match(a_patient(medication_requests=(line,)))
    triage = a_triage(a_question(outcome=refill_outcome(line, TODAY)))
    offered, allowed = select_facts(match, triage, a_pharmacy(), NOW)
    brief = a_brief(match=match, triage=triage, offered=offered, allowed=allowed)
    text = " ".join(part.text for part in draft_by_template(brief, load_rulebook()).parts)
    assert "nieuwe voorraad verwachten wij rond woensdag 25 november" in text


def test_how_an_order_of_a_controlled_medicine_stands_no_letter_says() -> None:
    tramadol = a_request("Tramadol 50 mg capsule", atc="N02AX02", controlled=None, order_status="ready")
    assert (order_outcome(tramadol), stock_outcome(tramadol)) == ("ready", "in_stock")
    assert (order_outcome(tramadol, "US"), stock_outcome(tramadol, "US")) == ("pharmacist", "pharmacist")
    listed = replace(tramadol, controlled=True)
    assert (order_outcome(listed), stock_outcome(listed)) == ("pharmacist", "pharmacist")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("ready", "ready"),
        ("in_progress", "in_progress"),
        ("back_order", "back_order"),
        ("delivered", "delivered"),
        ("none", "not_ordered"),
        ("unknown", "unknown"),
    ],
)
def test_an_order_stands(status: str, outcome: str) -> None:
    assert order_outcome(a_request(order_status=status)) == outcome


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"stock": 3}, "in_stock"),
        ({"stock": 0}, "out_of_stock"),
        ({"stock": None}, "unknown"),
        ({"stock": 0, "order_status": "back_order"}, "back_order"),
    ],
)
def test_the_shelf_has_it(fields: dict[str, object], outcome: str) -> None:
    assert stock_outcome(a_request(**fields)) == outcome


requests = st.builds(
    MedicationRequest,
    id=st.just("RX1"),
    medication=st.just("Metoprolol 50 mg tablet"),
    days_supply=st.none() | st.integers(1, 365),
    last_dispensed_on=st.none() | st.dates(date(2025, 1, 1), date(2027, 6, 1)),
    repeats_left=st.none() | st.integers(0, 9),
    active=st.booleans(),
    stock=st.none() | st.integers(0, 500),
    order_status=st.sampled_from(["none", "in_progress", "ready", "delivered", "back_order", "unknown"]),
    issue_number=st.none() | st.integers(1, 5),
)
days = st.dates(date(2026, 1, 1), date(2027, 1, 1))


@settings(deadline=None, max_examples=300)
@given(requests, days)
def test_every_outcome_is_known_and_eligible_is_earned(request_: MedicationRequest, today: date) -> None:
    outcome = refill_outcome(request_, today)
    assert outcome in OUTCOMES["refill_request"]
    if outcome == "eligible":
        earliest = request_.earliest_refill_on()
        assert request_.active
        assert request_.repeats_left
        assert request_.stock != 0
        assert earliest is None or earliest <= today
        assert request_.order_status not in {"ready", "in_progress", "back_order"}


@settings(deadline=None, max_examples=200)
@given(requests, days)
def test_waiting_never_makes_it_too_early(request_: MedicationRequest, today: date) -> None:
    if refill_outcome(request_, today) == "eligible":
        assert refill_outcome(request_, today + timedelta(days=1)) in {"eligible", "second_issue"}


@settings(deadline=None, max_examples=200)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 365))
def test_the_first_day_is_a_week_before_the_supply_ends(dispensed: date, supply: int) -> None:
    request_ = a_request(last_dispensed_on=dispensed, days_supply=supply)
    first = dispensed + timedelta(days=supply - 7)
    assert request_.earliest_refill_on() == first
    assert earliest_refill_on(request_, RefillRules()) == first
    assert refill_outcome(request_, first - timedelta(days=1)) == "too_early"
    assert refill_outcome(request_, first) == "eligible"
