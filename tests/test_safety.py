"""The safety review: what must be blocked is, what is true passes, and whatever cannot be checked blocks."""

import time
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from server.drafting.template_drafter import draft_by_template
from server.model.finding import Severity
from server.model.pharmacy import Pharmacy
from server.model.reply import Draft, DraftPart, Piece, ReplyBrief, Sentence, SentenceOrigin
from server.safety import review as review_module
from server.safety.review import draft_from_text, load_checks, review, review_part
from server.store.rulebook import load_rulebook
from tests.safety_cast import CASES, brief_for

FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["case"] for path in sorted(CASES.glob("*.toml"))}
ALL = [pytest.param(case, id=f"{name}-{number}") for name, cases in FILES.items() for number, case in enumerate(cases)]
ASKS = {"who": "vos", "mail": "Ligt de pantoprazol klaar en mag ik weer amlodipine?", "language": "nl"}


def codes(findings) -> set[str]:
    return {finding.code for finding in findings if finding.severity is Severity.HARD}


def judged(text: str, **case) -> set[str]:
    brief = brief_for({**ASKS, **case})
    return codes(review(draft_from_text(text, brief.language), brief).findings)


def part(text: str, origin: SentenceOrigin, *, facts: tuple[str, ...] = (), id: str = "") -> DraftPart:
    return DraftPart("question", (Sentence((Piece(text, facts),), origin, id),), 0)


@pytest.mark.parametrize("case", ALL)
def test_a_draft_case_is_judged_as_it_should_be(case):
    brief = brief_for(case)
    report = review(draft_from_text(case["draft"], brief.language), brief)
    assert report.blocked is (case["expected"] == "block"), report.findings
    assert set(case["reasons"]) <= codes(report.findings)


def test_each_check_that_blocks_has_cases_that_must_pass_too():
    for name, _ in load_checks():
        if name in FILES:
            assert {case["expected"] for case in FILES[name]} == {"block", "pass"} or name == "wrong_language", name


@pytest.mark.parametrize("who", ["vos", "vos/tim", "brown", "brown/mary", "stranger"])
@pytest.mark.parametrize("flag", ["", "escalated", "emergency"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_drafter_passes_by_construction_and_as_bare_text(who, flag, language):
    brief = brief_for({**ASKS, "who": who, "language": language, **({flag: True} if flag else {})})
    draft = draft_by_template(brief, load_rulebook())
    assert not review(draft, brief).blocked, review(draft, brief).findings
    assert not review(draft_from_text(draft.text, language), brief).blocked


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Uw amlodipine is een goede keus.", "unsupported_medication"),
        ("Dat is 50 mg.", "unsupported_dose"),
        ("Dat was gisteren al zo.", "unsupported_date"),
        ("Wij zien u om half drie.", "unsupported_date"),
        ("Het kost twaalf euro.", "unsupported_amount"),
        ("Er zijn er nog drie.", "unsupported_amount"),
        ("Alles ligt klaar.", "unsupported_status"),
        ("Neem er gerust twee.", "clinical_advice"),
        ("Dat beloven wij u.", "promise"),
        ("Kijk op www.elders.example.", "unsafe_link"),
        ("Groeten aan mevrouw Bakker.", "other_patient_data"),
    ],
)
def test_a_model_may_join_statements_but_state_nothing(text, code):
    brief = brief_for(ASKS)
    assert code in codes(review_part(part(text, SentenceOrigin.MODEL), "nl", brief))


@pytest.mark.parametrize(
    "text", ["Dank voor uw bericht.", "Fijn dat u het laat weten.", "Ook uw andere vraag hebben wij bekeken."]
)
def test_connecting_text_without_facts_passes(text):
    assert codes(review_part(part(text, SentenceOrigin.MODEL), "nl", brief_for(ASKS))) == set()


def test_staff_may_name_a_time_but_no_medicine():
    brief = brief_for(ASKS)
    staff = SentenceOrigin.STAFF
    assert (
        codes(review_part(part("Morgen zijn wij tot 15.00 uur open wegens verbouwing.", staff), "nl", brief)) == set()
    )
    assert "unsupported_medication" in codes(review_part(part("Neem uw amlodipine mee.", staff), "nl", brief))
    assert codes(review_part(part("Uw Madopar ligt klaar.", staff), "nl", brief))


@pytest.mark.parametrize(
    ("text", "path", "wrong"),
    [
        ("amlodipine 5 mg", "RXA1.medication", False),
        ("enalapril 20 mg", "RXA1.medication", True),
        ("dinsdag 17 november", "RXA3.ready_since", False),
        ("woensdag 18 november", "RXA3.ready_since", True),
        ("woensdag 17 november", "RXA3.ready_since", True),
        ("€ 27,40", "F-2026-311.amount", False),
        ("€ 27,04", "F-2026-311.amount", True),
        ("10.30 uur", "A1.appointment_time", False),
        ("11.30 uur", "A1.appointment_time", True),
        ("030 555 01 40", "pharmacy.phone", False),
        ("030 555 01 41", "pharmacy.phone", True),
        ("wat dan ook", "RXA9.medication", True),
    ],
)
def test_a_filled_field_must_say_its_fact(text, path, wrong):
    brief = brief_for(ASKS)
    draft = Draft((part(text, SentenceOrigin.STATEMENT, facts=(path,), id="order.ready"),), "nl")
    found = {finding.rule for finding in review(draft, brief).findings if finding.severity is Severity.HARD}
    assert bool(found & {"checks/statement_values", "checks/unknown_statement"}) is wrong


def test_what_one_record_has_is_not_said_of_another():
    assert judged("Uw pantoprazol ligt klaar sinds dinsdag 17 november.") == set()
    assert "unsupported_status" in judged("Uw pantoprazol en amlodipine liggen klaar.")
    assert "unsupported_date" in judged("Uw pantoprazol ligt klaar sinds 25 augustus.")


def test_the_same_words_turn_false_when_the_record_changes():
    brief = brief_for(ASKS)
    draft = draft_from_text("Uw pantoprazol ligt klaar.", "nl")
    requests = tuple(replace(r, order_status="in_progress") for r in brief.match.patient.medication_requests)
    changed = replace(
        brief, match=replace(brief.match, patient=replace(brief.match.patient, medication_requests=requests))
    )
    assert not review(draft, brief).blocked
    assert review(draft, changed).blocked


def test_a_channel_that_may_carry_nothing_personal_grounds_nothing_personal():
    brief = brief_for(ASKS)
    house = tuple(fact for fact in brief.allowed if fact.subject_id == "pharmacy")
    plain = replace(brief, allowed=house, offered=house)
    assert review(draft_from_text("Uw pantoprazol ligt klaar.", "nl"), plain).blocked


def test_a_check_that_crashes_blocks_and_says_only_what_kind_of_crash(monkeypatch):
    def broken(draft, brief, *, reading=None):
        raise ValueError("geheim")
        yield

    monkeypatch.setattr(review_module, "load_checks", lambda: (("broken", broken),))
    brief = brief_for(ASKS)
    (finding,) = review(draft_from_text("Dank voor uw bericht.", "nl"), brief).findings
    assert (finding.code, finding.severity, finding.quotes) == ("check_failed", Severity.HARD, ("ValueError",))


def test_the_same_draft_is_always_judged_the_same():
    brief = brief_for(ASKS)
    draft = draft_from_text("Uw amlodipine 10 mg en Madopar liggen klaar; dat beloven wij.", "nl")
    assert review(draft, brief) == review(draft, brief)


def test_a_long_reply_is_noted_and_an_endless_one_blocked():
    brief = brief_for(ASKS)
    long = review(draft_from_text("Dank voor uw bericht. " * 50, "nl"), brief)
    assert not long.blocked and "too_long" in {finding.code for finding in long.findings}
    assert review(draft_from_text("Dank voor uw bericht. " * 2_000, "nl"), brief).blocked


@pytest.mark.parametrize(
    "text",
    ["klaar " * 3_000, "kan u ophalen " * 1_300, "is de " * 3_000, "(1, " * 4_000, "neem er " * 2_200, "A. B " * 3_500],
)
def test_a_hostile_draft_is_judged_within_two_seconds(text):
    brief: ReplyBrief = brief_for(ASKS)
    start = time.process_time()
    review(draft_from_text(text, "nl"), brief)
    assert time.process_time() - start < 20  # a hang; bench/hostile.py measures


def test_hours_come_from_the_text_when_nothing_else_is_known():
    brief = brief_for(ASKS)
    bare: Pharmacy = replace(brief.pharmacy, hours=())
    assert brief.today == date(2026, 11, 20)
    draft = draft_from_text("Wij zijn vandaag open tot 18.00 uur.", "nl")
    assert not review(draft, replace(brief, pharmacy=bare)).blocked
