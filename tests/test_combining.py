"""What an opinion changes of a reading: it adds, it takes away doubt that may be taken away, and nothing of the floor."""

import random
from dataclasses import replace
from typing import get_args

import pytest

from server.model.finding import Finding, Part, Severity
from server.model.opinion import HARMLESS_ROLES, NamedTrigger, Opinion, Role, SentenceOpinion
from server.model.patient import Rung
from server.model.triage import Route, Urgency
from server.store.rulebook import load_rulebook
from server.triage.combining import UNNAMED, as_if_cleared, may_be_asked, with_opinion
from server.triage.deciding import route_of, urgency_of
from tests.builders import a_finding, a_match, a_triage

RULEBOOK = load_rulebook()
ONE, TWO, THREE = "Graag mijn metoprolol herhalen.", "De kat at mee.", "Ik neem ze nu om de dag."


def a_doubt(code="unclear_dosing", *quotes, **fields):
    defaults = {"part": Part.CAUTION, "rule": f"classifier/{code}/lower", "clearable": True, "quotes": quotes}
    return a_finding(code, **{**defaults, **fields})


def says(*sentences, escalates=False, urgency=Urgency.ROUTINE, model="klein"):
    """An opinion of our three sentences; those not given are harmless."""
    given = {said.sentence: said for said in sentences}
    every = tuple(given.get(text, SentenceOpinion(text, "background")) for text in (ONE, TWO, THREE))
    return Opinion(model, every, escalates, urgency)


def combined(opinion, *findings, rung=Rung.ADDRESS_KNOWN):
    match = a_match(None, rung) if rung is Rung.UNKNOWN else a_match()
    triage = a_triage(findings=findings, route=route_of(findings, match), urgency=urgency_of(findings, RULEBOOK))
    return with_opinion(triage, opinion, match, RULEBOOK, automatic=False)


def test_a_doubt_about_a_harmless_sentence_is_cleared_and_stays_listed():
    triage = combined(says(), a_doubt("unclear_dosing", THREE))
    (finding,) = triage.findings
    assert (triage.route, triage.urgency, triage.triggers) == (Route.DRAFT, Urgency.ROUTINE, ())
    assert (finding.code, finding.cleared_by, finding.stands) == ("unclear_dosing", "model:klein", False)


def test_a_doubt_stays_where_one_of_its_sentences_is_not_harmless():
    unclear = SentenceOpinion(TWO, "unclear")
    triage = combined(says(unclear), a_doubt("unexplained_sentence", TWO, THREE))
    assert triage.route is Route.ESCALATE
    assert triage.findings[0].cleared_by == ""


@pytest.mark.parametrize("role", [role for role in get_args(Role) if role not in HARMLESS_ROLES])
def test_only_a_harmless_role_clears(role):
    assert combined(says(SentenceOpinion(TWO, role)), a_doubt("unexplained_sentence", TWO)).route is Route.ESCALATE


def test_a_doubt_about_the_whole_mail_needs_every_sentence_to_be_harmless():
    doubt = a_doubt("no_routine_intent")
    assert combined(says(), doubt).route is Route.DRAFT
    assert combined(says(SentenceOpinion(TWO, "unclear")), doubt).route is Route.ESCALATE


def test_a_doubt_about_words_that_were_not_sent_stays():
    assert combined(says(), a_doubt("allergy", "Staat in de handtekening")).route is Route.ESCALATE


@pytest.mark.parametrize(
    "finding",
    [
        a_finding("new_symptoms", quotes=(TWO,)),
        a_finding("new_symptoms", quotes=(TWO,), clearable=True),
        a_doubt("new_symptoms", TWO, clearable=False),
        a_finding("internal_failure"),
    ],
    ids=["floor", "floor marked clearable by mistake", "upper threshold", "failure"],
)
def test_what_may_not_be_cleared_stands(finding):
    triage = combined(says(), finding)
    assert triage.route is Route.ESCALATE
    assert finding in triage.findings


def test_a_named_trigger_adds_a_finding_with_the_mails_own_sentence():
    triage = combined(
        says(SentenceOpinion(THREE, "clinical", ("unclear_dosing",)), escalates=True, urgency=Urgency.URGENT)
    )
    (finding,) = triage.findings
    assert (finding.code, finding.part, finding.rule) == ("unclear_dosing", Part.MODEL, "opinion/unclear_dosing")
    assert finding.quotes == (THREE,)
    assert (triage.route, triage.urgency, triage.reply_needed) == (Route.ESCALATE, Urgency.URGENT, True)


def test_a_trigger_counts_though_the_overall_word_is_no_and_the_role_harmless():
    assert combined(says(SentenceOpinion(ONE, "asks", ("controlled_substance",)))).route is Route.ESCALATE


def test_an_instruction_is_an_attack_whatever_else_is_said():
    assert combined(says(SentenceOpinion(TWO, "instruction"))).triggers == ("suspicious_content",)


def test_an_escalation_without_a_trigger_is_a_finding_of_its_own_and_clears_nothing():
    triage = combined(says(escalates=True), a_doubt("unclear_dosing", THREE))
    assert triage.route is Route.ESCALATE
    assert set(triage.triggers) == {UNNAMED, "unclear_dosing"}


def test_an_emergency_raises_the_urgency_and_escalates_by_itself():
    triage = combined(says(urgency=Urgency.EMERGENCY))
    assert (triage.route, triage.urgency) == (Route.ESCALATE, Urgency.EMERGENCY)


def test_haste_alone_changes_nothing():
    assert combined(says(urgency=Urgency.URGENT)).route is Route.DRAFT


def test_a_strangers_mail_can_be_escalated_and_never_becomes_a_draft():
    assert combined(says(), a_doubt("allergy", TWO), rung=Rung.UNKNOWN).route is Route.VERIFY
    assert combined(says(SentenceOpinion(TWO, "clinical", ("allergy",))), rung=Rung.UNKNOWN).route is Route.ESCALATE


@pytest.mark.parametrize("part", [Part.FLOOR, Part.CAUTION])
def test_with_an_attack_in_sight_no_opinion_is_asked_and_one_that_comes_changes_nothing(part):
    attack = a_doubt("suspicious_content", TWO, part=part)
    triage = a_triage(findings=(attack, a_doubt("unclear_dosing", THREE)))
    assert not may_be_asked(triage)
    assert with_opinion(triage, says(), a_match(), RULEBOOK, automatic=False) == triage


def test_an_opinion_is_asked_when_only_doubt_that_may_be_cleared_stands():
    assert may_be_asked(a_triage())
    assert may_be_asked(a_triage(findings=(a_doubt(),)))
    assert may_be_asked(a_triage(findings=(a_finding(severity=Severity.SOFT),)))
    assert not may_be_asked(a_triage(findings=(a_doubt(), a_finding("allergy"))))
    assert not may_be_asked(a_triage(findings=(a_doubt(clearable=False),)))


def test_text_is_asked_as_if_doubt_were_cleared_by_the_same_words_as_when_it_is():
    doubt = a_doubt("unclear_dosing", THREE)
    triage = a_triage(findings=(doubt,), route=Route.ESCALATE)
    hoped = as_if_cleared(triage, "klein", a_match(), RULEBOOK, automatic=False)
    assert hoped == with_opinion(triage, says(), a_match(), RULEBOOK, automatic=False)
    assert hoped.route is Route.DRAFT


def some_finding(rng):
    part = rng.choice(list(Part)[:3])
    quotes = tuple(rng.sample([ONE, TWO, THREE, "elders"], rng.randint(0, 2)))
    code = rng.choice([*get_args(NamedTrigger), "unexplained_sentence", "no_routine_intent"])
    return Finding(code, part, rng.choice(list(Severity)), "r", quotes, clearable=rng.random() < 0.6)


def some_opinion(rng):
    every = [
        SentenceOpinion(
            text, rng.choice(get_args(Role)), tuple(rng.sample(get_args(NamedTrigger), rng.choice([0, 0, 1, 2])))
        )
        for text in (ONE, TWO, THREE)
    ]
    return Opinion("klein", tuple(every), rng.random() < 0.3, rng.choice(list(Urgency)))


def held(findings):
    """What no opinion may touch."""
    return {f for f in findings if f.stands and not (f.part is Part.CAUTION and f.clearable)}


def test_no_opinion_ever_takes_a_reading_below_the_floor():
    rng = random.Random(20261128)
    for _ in range(3_000):
        findings = tuple(some_finding(rng) for _ in range(rng.randint(0, 4)))
        rung = rng.choice([Rung.UNKNOWN, Rung.ADDRESS_KNOWN])
        after = combined(some_opinion(rng), *findings, rung=rung)
        floor = held(findings)
        assert floor <= set(after.findings)
        assert after.route >= route_of(tuple(floor), a_match(None, rung) if rung is Rung.UNKNOWN else a_match())
        assert after.urgency >= urgency_of(tuple(floor), RULEBOOK)
        assert {replace(f, cleared_by="") for f in after.findings} >= set(findings), "a finding was lost"
        assert all(f.cleared_by in {"", "model:klein"} for f in after.findings)
