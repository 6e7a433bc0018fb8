"""The only things a draft may state: what is offered and allowed on each rung and channel, and where it comes from."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.drafting.content_classes import CEILINGS, CLASSES_OF_FACTS, class_of
from server.drafting.facts import select_facts
from server.model.patient import MedicationRequest, Rung
from server.model.pharmacy import OpeningTime
from server.model.reply import ContentClass, Fact
from server.model.triage import OUTCOMES, About, Question, Route
from tests.builders import (
    NOW,
    a_contact,
    a_lab_result,
    a_match,
    a_patient,
    a_pharmacy,
    a_question,
    a_request,
    a_triage,
    an_appointment,
    an_invoice,
)


def the_patient(**fields: Any) -> Any:
    defaults: dict[str, Any] = {
        "allergies": ("penicilline",),
        "medication_requests": (a_request(), a_request("Simvastatine 40 mg tablet", id="RX2")),
        "appointments": (an_appointment(),),
        "invoices": (an_invoice(),),
        "lab_results": (a_lab_result(),),
    }
    return a_patient(**{**defaults, **fields})


def facts_of(*questions: Question, **fields: Any) -> tuple[dict[str, Fact], dict[str, Fact]]:
    match = fields.pop("match", None) or a_match(fields.pop("patient", None) or the_patient())
    pharmacy = fields.pop("pharmacy", None) or a_pharmacy()
    offered, allowed = select_facts(match, a_triage(*questions, **fields), pharmacy, NOW)
    return {fact.path: fact for fact in offered}, {fact.path: fact for fact in allowed}


def personal(facts: dict[str, Fact]) -> set[str]:
    return {path for path, fact in facts.items() if fact.content_class > ContentClass.HOUSE}


def test_every_rung_and_channel_has_its_ceiling() -> None:
    assert set(CEILINGS) == {(rung, how) for rung in Rung for how in ("secure", "plain", "plain_acknowledge")}


HOUSE, ACKNOWLEDGED, ANSWERED, OVERVIEW = (
    ["pharmacy"],
    ["pharmacy", "sender"],
    ["pharmacy", "sender", "record", "patient.name", "coverage.insurer", "coverage.insurance_status"],
    ["pharmacy", "sender", "record", "patient", "coverage"],
)
# The contract's table, written out again by hand: who may hear of what over which channel.
MAY_HEAR = [
    (Rung.UNKNOWN, {"channel": "secure"}, HOUSE),
    (Rung.UNKNOWN, {"channel": "plain"}, HOUSE),
    (Rung.UNKNOWN, {"channel": "plain", "plain_acknowledge": True}, HOUSE),
    (Rung.ADDRESS_KNOWN, {"channel": "secure"}, ANSWERED),
    (Rung.ADDRESS_KNOWN, {"channel": "plain"}, HOUSE),
    (Rung.ADDRESS_KNOWN, {"channel": "plain", "plain_acknowledge": True}, ACKNOWLEDGED),
    (Rung.CONFIRMED, {"channel": "secure"}, OVERVIEW),
    (Rung.CONFIRMED, {"channel": "plain"}, HOUSE),
    (Rung.CONFIRMED, {"channel": "plain", "plain_acknowledge": True}, ACKNOWLEDGED),
]


def kinds_of(facts: dict[str, Fact]) -> set[tuple[str, str]]:
    whose = {path: path.split(".")[0] for path in facts}
    return {(whose[path] if whose[path] in CLASSES_OF_FACTS else "record", fact.kind) for path, fact in facts.items()}


@pytest.mark.parametrize(("rung", "channel", "groups"), MAY_HEAR)
def test_each_kind_of_fact_is_heard_on_its_rungs_and_channels_and_on_no_other(
    rung: Rung, channel: dict[str, Any], groups: list[str]
) -> None:
    patient = the_patient(
        medication_requests=(a_request(order_status="ready", ready_since_on=date(2026, 11, 18)), back_order())
    )
    partly = an_invoice(id="F2", amount_cents=5000, covered_cents=2000)
    patient = replace(patient, invoices=(partly,))
    pharmacy = a_pharmacy(portal_url="https://linde.example", out_of_hours_phone="088 1", **channel)
    _, allowed = facts_of(Question("other", named=("Nurofen",)), match=a_match(patient, rung), pharmacy=pharmacy)
    every = {(whose, kind) for whose, kinds in CLASSES_OF_FACTS.items() for kind in kinds}
    expected = {(whose, kind) for whose, kind in every if whose in groups or f"{whose}.{kind}" in groups}
    assert kinds_of(allowed) == expected


def back_order() -> MedicationRequest:
    return a_request(id="RX2", order_status="back_order", expected_on=date(2026, 12, 1))


def test_a_kind_that_is_in_no_table_is_told_to_nobody() -> None:
    assert class_of("record", "lab_value") is class_of("patient", "bsn") is ContentClass.NEVER
    assert max(CEILINGS.values()) < ContentClass.NEVER


def test_a_question_is_offered_its_own_record_and_no_other() -> None:
    offered, allowed = facts_of(a_question("refill_request", "too_early"))
    assert personal(offered) == {"RX1.medication", "RX1.earliest_refill", "sender.salutation", "sender.first_name"}
    assert {"RX2.medication", "A1.appointment_date", "F1.amount", "L1.lab_status"} <= personal(allowed)


@pytest.mark.parametrize("rung", list(Rung))
def test_what_is_offered_is_allowed(rung: Rung) -> None:
    match = a_match(the_patient() if rung else None, rung)
    offered, allowed = facts_of(a_question("refill_request", "ready"), match=match)
    assert set(offered) <= set(allowed)


def test_a_stranger_hears_of_the_house_only() -> None:
    offered, allowed = facts_of(match=a_match(rung=Rung.UNKNOWN))
    assert personal(offered) == personal(allowed) == set()
    assert offered["pharmacy.phone"].value == "030 555 01 40"


def test_a_record_on_the_unknown_rung_gives_nothing_away() -> None:
    _, allowed = facts_of(match=replace(a_match(the_patient()), rung=Rung.UNKNOWN))
    assert personal(allowed) == set()


@pytest.mark.parametrize("rung", [Rung.ADDRESS_KNOWN, Rung.CONFIRMED])
def test_a_plain_channel_gives_nothing_away(rung: Rung) -> None:
    _, allowed = facts_of(match=a_match(the_patient(), rung), pharmacy=a_pharmacy(channel="plain"))
    assert personal(allowed) == set()


def test_a_plain_channel_that_may_acknowledge_may_use_the_senders_name() -> None:
    pharmacy = a_pharmacy(channel="plain", plain_acknowledge=True)
    _, allowed = facts_of(match=a_match(the_patient()), pharmacy=pharmacy)
    assert personal(allowed) == {"sender.salutation", "sender.first_name"}


def test_contact_data_need_a_confirmed_sender() -> None:
    overview = {"patient.birth_date", "patient.phone", "patient.address", "patient.email", "coverage.policy_number"}
    _, known = facts_of(match=a_match(the_patient()))
    _, confirmed = facts_of(match=a_match(the_patient(), Rung.CONFIRMED))
    assert not overview & set(known)
    assert overview <= set(confirmed)


def test_dosage_and_allergies_are_no_facts() -> None:
    _, allowed = facts_of(match=a_match(the_patient(), Rung.CONFIRMED))
    said = " ".join(str(fact.value) for fact in allowed.values())
    assert "daags" not in said
    assert "penicilline" not in said


def test_an_escalated_mail_is_offered_the_senders_name_only() -> None:
    offered, _ = facts_of(a_question("refill_request", "ready"), route=Route.ESCALATE)
    assert personal(offered) == {"sender.salutation", "sender.first_name"}


def test_a_mail_to_verify_is_offered_nothing_personal() -> None:
    offered, _ = facts_of(a_question("refill_request", "ready"), route=Route.VERIFY)
    assert personal(offered) == set()


def test_the_patient_is_named_only_when_somebody_acts_for_them() -> None:
    alone, _ = facts_of(a_question())
    acting, _ = facts_of(a_question(), match=a_match(the_patient(), contact=a_contact()))
    assert "patient.name" not in alone
    assert acting["patient.name"].value == "Jan de Vries"
    assert acting["sender.salutation"].value == "Marieke de Vries"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Jan de Vries", "Jan"),
        ("J. de Vries", None),
        ("JJ de Vries", None),
        ("Willem-Jan Bos", "Willem-Jan"),
        ("Jan", None),
    ],
)
def test_initials_are_no_first_name(name: str, first: str | None) -> None:
    offered, _ = facts_of(a_question(), patient=the_patient(name=name))
    assert (offered["sender.first_name"].value if first else offered.get("sender.first_name")) == first


def test_a_fact_says_where_it_comes_from() -> None:
    offered, _ = facts_of(a_question("refill_request", "too_early"))
    fact = offered["RX1.earliest_refill"]
    assert fact.value == date(2026, 11, 15)
    assert fact.source == "Uitgifte 24-8-2026 · 90 dagen (recept RX1)"
    assert offered["RX1.medication"].source == "Recept RX1"
    assert fact.read_at == NOW


def test_what_the_record_does_not_say_is_no_fact() -> None:
    bare = MedicationRequest("RX1", "Omeprazol 20 mg capsule")
    _, allowed = facts_of(patient=the_patient(medication_requests=(bare,)))
    assert {path for path in allowed if path.startswith("RX1.")} == {"RX1.medication"}


def test_an_expected_date_that_has_passed_is_no_fact() -> None:
    late, soon = (a_request(id=i, order_status="back_order", expected_on=on) for i, on in (
        ("RX1", date(2026, 11, 19)), ("RX2", date(2026, 11, 20))))  # fmt: skip
    _, allowed = facts_of(patient=the_patient(medication_requests=(late, soon)))
    assert "RX1.expected_on" not in allowed
    assert allowed["RX2.expected_on"].value == date(2026, 11, 20)


def test_a_date_of_readiness_counts_only_while_it_is_ready() -> None:
    request = a_request(order_status="delivered", ready_since_on=date(2026, 11, 18))
    _, allowed = facts_of(patient=the_patient(medication_requests=(request,)))
    assert "RX1.ready_since" not in allowed


def test_an_appointment_is_told_in_the_pharmacys_own_time() -> None:
    appointment = an_appointment(start_at=datetime(2026, 11, 26, 23, 30, tzinfo=UTC))
    offered, _ = facts_of(
        a_question("appointment", "booked", about=(About("A1", "booked"),)),
        patient=the_patient(appointments=(appointment,)),
    )
    assert offered["A1.appointment_date"].value == date(2026, 11, 27)
    assert offered["A1.appointment_time"].value.strftime("%H:%M") == "00:30"  # type: ignore[union-attr]


def test_what_an_insurer_paid_is_told_in_cents_and_only_when_it_paid() -> None:
    partly = an_invoice(id="F2", amount_cents=5000, covered_cents=2000)
    _, allowed = facts_of(patient=the_patient(invoices=(an_invoice(), partly)))
    assert "F1.covered" not in allowed
    assert (allowed["F2.covered"].value, allowed["F2.amount_due"].value) == (2000, 3000)


def test_a_medicine_of_the_mail_that_fits_no_record_is_a_fact_of_the_mail() -> None:
    offered, _ = facts_of(Question("stock_availability", named=("Nurofen", " Nurofen ")))
    assert offered["mail0.named"].value == "Nurofen"
    assert "mail1.named" not in offered


def test_hours_are_told_per_weekday_and_a_day_without_is_closed() -> None:
    hours = (OpeningTime(0, time(13), time(18)), OpeningTime(0, time(8), time(12)))
    offered, _ = facts_of(pharmacy=a_pharmacy(hours=hours))
    assert offered["pharmacy.hours.0"].value == "08:00-12:00, 13:00-18:00"
    assert offered["pharmacy.hours.6"].value == "closed"


def test_unknown_hours_are_no_closed_week() -> None:
    for text in ("", "op afspraak", "ma-vr 08:00-18:00, behalve op feestdagen"):
        offered, _ = facts_of(pharmacy=a_pharmacy(hours=(), opening_hours=text))
        assert not any(path.startswith("pharmacy.hours") for path in offered)


def test_a_written_week_is_told_as_it_is_written() -> None:
    offered, _ = facts_of(pharmacy=a_pharmacy(hours=(), opening_hours="ma-vr 08:00-18:00, zo gesloten"))
    assert offered["pharmacy.hours.4"].value == "08:00-18:00"
    assert offered["pharmacy.hours.6"].value == "closed"
    assert "pharmacy.hours.5" not in offered


RECORDS = {"RX1", "RX2", "A1", "F1", "L1", "", "nobody"}
QUESTIONS = st.sampled_from(sorted(OUTCOMES)).flatmap(
    lambda intent: st.builds(
        lambda about, candidates: Question(intent, about=tuple(about), candidates=tuple(candidates)),  # type: ignore[arg-type]
        st.lists(st.builds(About, st.sampled_from(sorted(RECORDS)), st.sampled_from(OUTCOMES[intent])), max_size=3),
        st.lists(st.sampled_from(sorted(RECORDS)), max_size=2),
    )
)


@settings(deadline=None, max_examples=60)
@given(
    questions=st.lists(QUESTIONS, max_size=3),
    rung=st.sampled_from(list(Rung)),
    channel=st.sampled_from(["secure", "plain"]),
    route=st.sampled_from(list(Route)),
)
def test_nothing_above_the_ceiling_is_ever_a_fact(
    questions: list[Question], rung: Rung, channel: str, route: Route
) -> None:
    match = a_match(the_patient() if rung else None, rung)
    triage = replace(a_triage(route=route), questions=tuple(questions))
    offered, allowed = select_facts(match, triage, a_pharmacy(channel=channel), NOW)
    paths = [fact.path for fact in allowed]
    assert len(paths) == len(set(paths))
    assert set(offered) <= set(allowed)
    assert all(fact.content_class <= CEILINGS[rung, channel] for fact in allowed)
