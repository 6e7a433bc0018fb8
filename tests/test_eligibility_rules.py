"""The rules for a repeat, Dutch (N1 to N13) and American, as tables of cases (domain.md §2.3, §2.4)."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from server.model.patient import MedicationDispense, MedicationRequest
from server.model.refill import RefillAsk, RefillRules, earliest_refill_on, supply_ends_on
from server.triage.eligibility_nl import nl_eligibility
from server.triage.eligibility_us import months_later, schedule_of, us_eligibility
from tests.builders import TODAY, a_patient, a_request

US = RefillRules(country="US")
LITHIUM = {"medication": "Lithiumcarbonaat 400 mg tablet", "atc": "N05AN01"}
OXYCODON = {"medication": "Oxycodon 10 mg tablet", "atc": "N02AA05", "controlled": True}
LORAZEPAM = {"medication": "Lorazepam 1 mg tablet", "atc": "N05BA06", "controlled": None}
TRAMADOL = {"medication": "Tramadol 50 mg capsule", "atc": "N02AX02", "controlled": None}
PREGABALIN = {"medication": "Pregabaline 75 mg capsule", "atc": "N02BF02", "controlled": None}


@pytest.mark.parametrize(
    ("fields", "ask", "status", "reason"),
    [
        ({}, {}, "eligible", "none"),
        ({}, {"verified": False}, "verify_identity", "N1"),
        ({}, {"verified": False, "one_line": False, "escalated": True}, "verify_identity", "N1"),
        ({}, {"one_line": False}, "clarify", "N2"),
        (OXYCODON, {}, "pharmacist", "N3"),
        (LORAZEPAM, {}, "pharmacist", "N3"),
        (TRAMADOL, {}, "eligible", "none"),
        ({**TRAMADOL, "controlled": True}, {}, "pharmacist", "N3"),
        ({}, {"escalated": True}, "pharmacist", "N4"),
        ({"issue_number": 1, "last_dispensed_on": None}, {}, "first_issue", "N6"),
        ({"issue_number": 1}, {}, "second_issue", "N6"),
        ({"last_dispensed_on": TODAY - timedelta(days=365)}, {}, "eligible", "none"),
        ({"last_dispensed_on": TODAY - timedelta(days=366)}, {}, "second_issue", "N6_unused"),
        ({"active": False}, {}, "pharmacist", "N7"),
        ({}, {"contradicts": True}, "pharmacist", "N7"),
        ({**LITHIUM, "monitoring_due_on": TODAY}, {}, "pharmacist", "N8"),
        ({**LITHIUM, "monitoring_due_on": TODAY + timedelta(days=1)}, {}, "eligible", "none"),
        ({**LITHIUM, "monitoring_due_on": None}, {}, "eligible", "none"),
        ({"monitoring_due_on": TODAY}, {}, "eligible", "none"),
        ({"last_dispensed_on": TODAY - timedelta(days=82)}, {}, "too_early", "N9"),
        ({"last_dispensed_on": TODAY - timedelta(days=83)}, {}, "eligible", "none"),
        ({}, {"extra": True}, "colleague", "N9_extra"),
        ({"repeats_left": 0}, {}, "no_repeats", "N10"),
        ({"repeats_left": 0, "repeat_service": True}, {}, "eligible", "none"),
        ({"prior_authorization": "missing"}, {}, "prior_authorization", "N11"),
        ({"authorization_until": TODAY + timedelta(days=89)}, {}, "prior_authorization", "N11_ends"),
        ({"authorization_until": TODAY + timedelta(days=90)}, {}, "eligible", "none"),
        ({"stock": 0}, {}, "back_order", "N12"),
        ({"order_status": "back_order"}, {}, "back_order", "N12"),
        ({"repeats_left": None}, {}, "unknown", "repeats_unknown"),
        ({"days_supply": None}, {}, "unknown", "supply_unknown"),
        # the first that holds decides
        ({**OXYCODON, "repeats_left": 0}, {}, "pharmacist", "N3"),
        ({"last_dispensed_on": TODAY, "repeats_left": 0, "stock": 0}, {}, "too_early", "N9"),
        ({"repeats_left": 0, "prior_authorization": "missing"}, {}, "no_repeats", "N10"),
    ],
)
def test_the_dutch_rules(fields: dict[str, Any], ask: dict[str, Any], status: str, reason: str) -> None:
    verdict = nl_eligibility(a_request(**fields), a_patient(), TODAY, RefillAsk(**ask))
    assert (verdict.status, verdict.reason) == (status, reason)


def test_the_example_of_the_guide() -> None:
    line = a_request(last_dispensed_on=date(2026, 9, 1), days_supply=90)
    rules = RefillRules(lead_days=10)
    early = nl_eligibility(line, None, date(2026, 11, 19), rules=rules)
    assert (early.status, early.earliest_on) == ("too_early", date(2026, 11, 20))
    assert nl_eligibility(line, None, date(2026, 11, 20), rules=rules).status == "eligible"


@pytest.mark.parametrize(
    ("person", "least_age", "reason"),
    [
        ({"birth_date": date(2010, 11, 21)}, 16, "N5_age"),
        ({"birth_date": date(2010, 11, 20)}, 16, "none"),
        ({"birth_date": date(2020, 1, 1)}, 0, "none"),
        ({"birth_date": None}, 16, "none"),
        ({"standing": "deceased"}, 0, "N5_standing"),
        ({"standing": "unknown"}, 0, "none"),
        ({"pouches": True}, 0, "N5_pouches"),
        ({"pouches": None}, 0, "none"),
    ],
)
def test_some_persons_are_looked_at_by_a_colleague(person: dict[str, Any], least_age: int, reason: str) -> None:
    verdict = nl_eligibility(a_request(), a_patient(**person), TODAY, rules=RefillRules(least_age=least_age))
    assert verdict.reason == reason


def test_all_that_holds_back_is_kept_for_the_pharmacist() -> None:
    expected = TODAY + timedelta(days=12)
    line = a_request(**OXYCODON, last_dispensed_on=TODAY, repeats_left=0, stock=0, expected_on=expected)
    verdict = nl_eligibility(line, None, TODAY)
    assert [o.status for o in verdict.obstacles] == ["pharmacist", "too_early", "no_repeats", "back_order"]
    assert verdict.needs == ("pharmacist", "wait", "new_prescription", "stock")
    assert verdict.obstacles[-1].earliest_on == expected


@pytest.mark.parametrize(
    ("filled", "supply", "percent", "earliest"),
    [
        (date(2026, 10, 1), 30, 75, date(2026, 10, 24)),
        (date(2026, 10, 1), 30, 85, date(2026, 10, 27)),
        (date(2026, 9, 1) + timedelta(days=30), 90, 80, date(2026, 12, 12)),
        (date(2026, 10, 1), 30, 100, date(2026, 10, 31)),
    ],
)
def test_a_share_of_the_supply_must_be_used(filled: date, supply: int, percent: int, earliest: date) -> None:
    line = a_request(last_dispensed_on=filled, days_supply=supply)
    assert earliest_refill_on(line, RefillRules(country="US", used_percent=percent)) == earliest


def fills(*days: tuple[date, int | None]) -> tuple[MedicationDispense, ...]:
    return tuple(MedicationDispense(f"D{n}", on, None, supply) for n, (on, supply) in enumerate(days))


@pytest.mark.parametrize(
    ("history", "ends"),
    [
        ((), None),
        (((date(2026, 10, 1), 30),), date(2026, 10, 31)),
        (((date(2026, 10, 1), 30), (date(2026, 10, 25), 30)), date(2026, 11, 30)),  # six days were left
        (((date(2026, 10, 1), 30), (date(2026, 11, 20), 30)), date(2026, 12, 20)),  # a gap uses up nothing
        (((date(2026, 1, 1), 90), (date(2026, 10, 1), 30)), date(2026, 10, 31)),  # too long ago
        (((date(2026, 10, 1), None), (date(2026, 10, 25), 30)), None),
    ],
)
def test_what_was_left_is_used_up_first(history: tuple[tuple[date, int | None], ...], ends: date | None) -> None:
    last = max((on for on, _ in history), default=None)
    line = a_request(dispenses=fills(*history), last_dispensed_on=last, days_supply=30)
    assert supply_ends_on(line) == ends


@pytest.mark.parametrize(
    ("fields", "schedule"),
    [
        (OXYCODON, "II"),
        (LORAZEPAM, "IV"),
        (TRAMADOL, "IV"),
        (PREGABALIN, "V"),
        ({}, ""),
        ({"medication": "Huismiddel", "atc": None, "controlled": True}, "II"),
    ],
)
def test_the_schedule_of_a_line(fields: dict[str, Any], schedule: str) -> None:
    assert schedule_of(a_request(**fields)) == schedule


SIX = fills(*((date(2026, 6, 1) + timedelta(days=28 * n), 28) for n in range(6)))


@pytest.mark.parametrize(
    ("fields", "status", "reasons"),
    [
        ({}, "eligible", []),
        ({"repeats_left": 0}, "no_repeats", ["us_no_refills"]),
        ({"written_on": TODAY - timedelta(days=365)}, "eligible", []),
        ({"written_on": TODAY - timedelta(days=366)}, "no_repeats", ["us_older_than_12_months"]),
        (OXYCODON, "pharmacist", ["us_schedule_ii", "us_never_refilled"]),
        ({**OXYCODON, "repeats_left": 5}, "pharmacist", ["us_schedule_ii", "us_never_refilled"]),
        (LORAZEPAM, "pharmacist", ["us_schedule_iv"]),
        ({**LORAZEPAM, "written_on": date(2026, 5, 20)}, "pharmacist", ["us_schedule_iv"]),
        ({**LORAZEPAM, "written_on": date(2026, 5, 19)}, "pharmacist", ["us_schedule_iv", "us_older_than_6_months"]),
        (
            {**LORAZEPAM, "written_on": date(2026, 6, 1), "dispenses": SIX, "last_dispensed_on": date(2026, 10, 19), "days_supply": 28},
            "pharmacist",
            ["us_schedule_iv", "us_five_refills"],
        ),
        (
            {**LORAZEPAM, "written_on": date(2026, 6, 1), "dispenses": SIX[:5], "last_dispensed_on": date(2026, 9, 21), "days_supply": 28},
            "pharmacist",
            ["us_schedule_iv"],
        ),
        ({**PREGABALIN, "written_on": date(2026, 5, 19)}, "pharmacist", ["us_schedule_v", "us_older_than_6_months"]),
        ({"last_dispensed_on": TODAY - timedelta(days=71)}, "too_early", ["us_too_soon"]),
        ({"last_dispensed_on": TODAY - timedelta(days=72)}, "eligible", []),
        ({**TRAMADOL, "last_dispensed_on": TODAY - timedelta(days=80)}, "pharmacist", ["us_schedule_iv", "us_too_soon"]),
        ({**TRAMADOL, "last_dispensed_on": TODAY - timedelta(days=81)}, "pharmacist", ["us_schedule_iv"]),
        ({"payer_reject": "79"}, "too_early", ["us_reject_79"]),
        ({"payer_reject": "75"}, "prior_authorization", ["us_reject_75"]),
        ({"payer_reject": "70"}, "prior_authorization", ["us_reject_70"]),
        ({"payer_reject": "76"}, "prior_authorization", ["us_reject_76"]),
        ({"payer_reject": "88"}, "pharmacist", ["us_reject_88"]),
        ({"payer_reject": "12"}, "eligible", []),
        ({"prior_authorization": "pending"}, "prior_authorization", ["us_authorization"]),
        ({"stock": 0}, "back_order", ["us_stock"]),
        ({"repeats_left": None}, "unknown", ["us_refills_unknown"]),
        ({"days_supply": None}, "unknown", ["us_supply_unknown"]),
        ({"active": False}, "pharmacist", ["us_contradicts"]),
    ],
)  # fmt: skip
def test_the_american_rules(fields: dict[str, Any], status: str, reasons: list[str]) -> None:
    verdict = us_eligibility(a_request(**fields), a_patient(), TODAY)
    assert (verdict.status, [o.reason for o in verdict.obstacles]) == (status, reasons)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 5, 20), 6, date(2026, 11, 20)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 1, 1), 12, date(2027, 1, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def any_line(chance: Random) -> MedicationRequest:
    def some(*values: Any) -> Any:
        return chance.choice(values)

    return a_request(
        **some({}, OXYCODON, LORAZEPAM, TRAMADOL, LITHIUM),
        last_dispensed_on=some(None, TODAY - timedelta(days=chance.randrange(500))),
        days_supply=some(None, 30, 90),
        repeats_left=some(None, 0, 1, 5),
        stock=some(None, 0, 10),
        issue_number=some(None, 1, 2),
        written_on=some(None, TODAY - timedelta(days=chance.randrange(500))),
        prior_authorization=some("not_required", "missing", "unknown"),
        payer_reject=some(None, "79", "88"),
        order_status=some("none", "ready", "back_order"),
    )


def test_eligible_is_said_only_when_nothing_holds_back_and_never_of_what_is_controlled() -> None:
    chance = Random(20261128)
    for _ in range(3000):
        line, extra = any_line(chance), RefillAsk(extra=chance.random() < 0.2)
        for verdict in (nl_eligibility(line, None, TODAY, extra), us_eligibility(line, None, TODAY, extra)):
            assert (verdict.status == "eligible") is (verdict.obstacles == ())
            assert verdict.status == (verdict.obstacles[0].status if verdict.obstacles else "eligible")
            if line.controlled:
                assert verdict.status == "pharmacist"
        if line.medication.startswith("Lorazepam"):
            assert nl_eligibility(line, None, TODAY).status == "pharmacist"


def test_a_day_later_is_never_earlier() -> None:
    chance = Random(7)
    for _ in range(500):
        line = any_line(chance)
        for rules in (RefillRules(), US):
            earliest = earliest_refill_on(line, rules)
            later = replace(
                line, last_dispensed_on=line.last_dispensed_on and line.last_dispensed_on + timedelta(days=1)
            )
            after = earliest_refill_on(later, rules)
            assert earliest is None or after is None or after > earliest
