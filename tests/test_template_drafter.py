"""Whole replies: every outcome in every voice, the routes, the channels, and letters that we would sign."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.drafting.fields import format_value
from server.drafting.statements import MAX_WORDS, parts_for
from server.drafting.template_drafter import draft_by_template
from server.errors import InvalidContent
from server.model.patient import Rung
from server.model.reply import ContentClass, Draft, SentenceOrigin
from server.model.triage import OUTCOMES, About, Question, Route
from tests.builders import a_contact, a_finding, a_match, a_pharmacy
from tests.drafted import RULEBOOK, VOICES, asked, body, brief_of, draft_of, the_patient


def every_case() -> Iterator[Any]:
    for intent, outcomes in OUTCOMES.items():
        for outcome in outcomes:
            for voice in VOICES:
                for records in (0, 1, 3):
                    for acting in (False, True):
                        name = f"{intent}-{outcome}-{voice[0]}-{voice[1]}-{records}-{acting}"
                        yield pytest.param(intent, outcome, voice, records, acting, id=name)


@pytest.mark.parametrize(("intent", "outcome", "voice", "records", "acting"), list(every_case()))
def test_every_outcome_has_its_reply(
    intent: str, outcome: str, voice: tuple[str, bool], records: int, acting: bool
) -> None:
    match = a_match(the_patient(), contact=a_contact() if acting else None)
    question = asked(intent, *[outcome] * records) if records else Question(intent, about=(About("", outcome),))  # type: ignore[arg-type]
    brief = brief_of(question, voice=voice, match=match)
    draft = draft_by_template(brief, RULEBOOK)
    facts = {fact.path: fact for fact in brief.offered}
    assert len(draft.text.split()) <= MAX_WORDS
    assert "((" not in draft.text
    assert "))" not in draft.text
    assert "  " not in draft.text
    assert [part.kind for part in draft.parts] == ["greeting", "question", "closing"]
    for sentence in (sentence for part in draft.parts for sentence in part.sentences):
        assert sentence.text[0].isupper()
        assert sentence.statement_id in RULEBOOK.statements or sentence.statement_id.startswith("wording.")
        assert all(path in facts for piece in sentence.pieces for path in piece.facts)
    assert _loose_values(draft) == []


def _loose_values(draft: Draft) -> list[str]:
    """Numbers and the record's own words that stand in a piece without a fact."""
    own = r"\d|metoprolol|simvastati|movicolon|visser|griep|flu |hba1c|kalium|de vries|de linde|€"
    loose = [p.text for part in draft.parts for s in part.sentences for p in s.pieces if not p.facts]
    return [text for text in loose if re.search(own, text, re.IGNORECASE)]


ANY_QUESTION = st.sampled_from(sorted(OUTCOMES)).flatmap(
    lambda intent: st.builds(
        lambda outcomes, candidates, named, wishes: asked(
            intent, *outcomes, candidates=candidates, named=named, wishes=wishes
        ),
        st.lists(st.sampled_from(OUTCOMES[intent]), max_size=3),
        st.sampled_from([(), ("RX1", "RX2"), ("A1", "A2"), ("RX1", "RX2", "RX3", "A1"), ("nobody", "RX1")]),
        st.sampled_from([(), ("Nurofen",)]),
        st.sampled_from([(), ("delivery",), ("own_date", "pickup")]),
    )
)


@settings(deadline=None, max_examples=150)
@given(
    questions=st.lists(ANY_QUESTION, min_size=1, max_size=4),
    voice=st.sampled_from(VOICES),
    route=st.sampled_from(list(Route)),
    rung=st.sampled_from(list(Rung)),
    channel=st.sampled_from(["secure", "plain"]),
    acting=st.booleans(),
    version=st.integers(1, 4),
)
def test_whatever_is_asked_a_whole_letter_comes_out_that_says_only_what_may_be_said(
    questions: list[Question],
    voice: tuple[str, bool],
    route: Route,
    rung: Rung,
    channel: str,
    acting: bool,
    version: int,
) -> None:
    match = a_match(the_patient() if rung else None, rung, contact=a_contact() if acting and rung else None)
    brief = brief_of(
        *questions, voice=voice, route=route, match=match, pharmacy=a_pharmacy(channel=channel), version=version
    )
    draft = draft_by_template(brief, RULEBOOK)
    facts = {fact.path: fact for fact in brief.offered}
    texts = [sentence.text for part in draft.parts for sentence in part.sentences]
    assert draft.parts[0].kind == "greeting"
    assert draft.parts[-1].kind == "closing"
    assert len(draft.parts) > 2
    assert all(part.sentences for part in draft.parts)
    assert len(texts) == len(set(texts))
    assert _loose_values(draft) == []
    used = {path for part in draft.parts for s in part.sentences for piece in s.pieces for path in piece.facts}
    assert used <= set(facts)
    if route is not Route.DRAFT or rung is Rung.UNKNOWN or channel == "plain":
        assert all(facts[path].content_class < ContentClass.ANSWER for path in used)


def test_another_version_states_the_same_facts() -> None:
    questions = [asked("refill_request", "eligible", "too_early"), asked("prescription_status", "ready")]
    drafts = [draft_of(*questions, version=version) for version in (1, 2, 3)]
    stated = [{f for p in d.parts for s in p.sentences for piece in s.pieces for f in piece.facts} for d in drafts]
    assert stated[0] == stated[1] == stated[2]
    assert drafts[0].text != drafts[1].text


def test_the_same_brief_gives_the_same_letter() -> None:
    question = asked("billing", "open", "paid", "open")
    assert draft_of(question) == draft_of(question)


ESCALATED = {
    "nl": "Uw vraag is voor onze apotheker, die contact met u opneemt.",
    "en": "Your question is for our pharmacist, who will contact you.",
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_escalated_mail_gets_the_neutral_acknowledgement_only(language: str) -> None:
    draft = draft_of(asked("refill_request", "ready"), findings=[a_finding()], voice=(language, True))
    assert ESCALATED[language] in draft.text
    assert "112" not in draft.text
    assert not re.search(r"metoprolol|klaar|ready|november", draft.text, re.IGNORECASE)


def test_danger_comes_first_and_alone() -> None:
    draft = draft_of(asked("other", "unknown"), findings=[a_finding("urgent_language")], emergency=True)
    assert draft.parts[1].text == "Is er levensgevaar, of twijfelt u? Bel nu 112."
    assert draft.parts[1].sentences[0].pieces[1].facts == ("pharmacy.emergency_phone",)


def test_haste_without_danger_still_tells_where_to_call_if_there_is() -> None:
    draft = draft_of(asked("other", "unknown"), findings=[a_finding("urgent_language")])
    assert draft.parts[1].text.endswith("Bij levensgevaar belt u 112.")
    assert "112" not in draft_of(asked("other", "unknown"), findings=[a_finding("new_symptoms")]).text


@pytest.mark.parametrize(("country", "named"), [("NL", True), ("BE", False)])
def test_thoughts_of_suicide_name_the_help_line_of_this_country(country: str, named: bool) -> None:
    finding = a_finding("urgent_language", rule="triggers/urgent_language/self_harm")
    pharmacy = a_pharmacy(country=country)
    draft = draft_of(asked("other", "unknown"), findings=[finding], emergency=True, pharmacy=pharmacy)
    assert "112" in draft.parts[1].text
    assert ("0800-0113" in draft.parts[1].text) is named


def test_an_administrative_escalation_does_not_alarm() -> None:
    draft = draft_of(asked("refill_request", "ready"), findings=[a_finding("controlled_substance")])
    assert "erger" not in draft.text
    assert "Tot die tijd kunnen wij per e-mail niets toezeggen." in draft.text


@pytest.mark.parametrize("intent", sorted(OUTCOMES))
def test_a_stranger_is_asked_to_identify_and_told_nothing(intent: str) -> None:
    question = asked(intent, OUTCOMES[intent][0])
    draft = draft_of(question, route=Route.VERIFY, match=a_match(rung=Rung.UNKNOWN))
    assert draft.text.startswith("Goedendag,")
    assert "bellen op 030 555 01 40, of langskomen met een identiteitsbewijs" in draft.text


def test_a_draft_is_never_written_for_an_unknown_sender_whatever_the_route_says() -> None:
    draft = draft_of(asked("refill_request", "ready"), route=Route.DRAFT, match=a_match(rung=Rung.UNKNOWN))
    assert "identiteitsbewijs" in draft.text


@pytest.mark.parametrize("outcome", ["supplier", "stop", "thanks"])
def test_whoever_needs_no_record_is_not_asked_for_proof(outcome: str) -> None:
    draft = draft_of(asked("other", outcome), route=Route.VERIFY, match=a_match(rung=Rung.UNKNOWN))
    assert body(draft) == "Dank voor uw bericht. Als wij meer willen weten, nemen wij contact met u op."


def test_anybody_may_hear_the_opening_hours() -> None:
    draft = draft_of(asked("other", "opening_hours"), route=Route.VERIFY, match=a_match(rung=Rung.UNKNOWN))
    assert draft.parts[1].text.startswith("Wij zijn open op maandag tot en met vrijdag van 8.00 tot 18.00 uur")
    assert "identiteitsbewijs" in draft.parts[2].text


def test_records_out_of_reach_say_nothing_about_who_is_writing() -> None:
    match = a_match(rung=Rung.UNKNOWN, record_unavailable=True)
    draft = draft_of(asked("refill_request", "unknown"), route=Route.VERIFY, match=match)
    assert body(draft).startswith("Dank voor uw bericht. Door een storing")
    assert "identiteitsbewijs" not in draft.text


def test_a_plain_channel_points_to_the_telephone_or_the_portal() -> None:
    plain = draft_of(asked("refill_request", "ready"), pharmacy=a_pharmacy(channel="plain"))
    portal = a_pharmacy(channel="plain", plain_acknowledge=True, portal_url="https://delinde.example")
    assert plain.text.startswith("Goedendag,")
    assert body(plain).endswith("Wilt u ons bellen op 030 555 01 40?")
    acknowledged = draft_of(asked("refill_request", "ready"), pharmacy=portal)
    assert body(acknowledged).startswith("Wij hebben uw bericht ontvangen en behandelen het.")
    assert "https://delinde.example" in acknowledged.text
    assert "metoprolol" not in (plain.text + acknowledged.text).lower()


def test_a_display_name_is_never_used() -> None:
    assert draft_of(asked("other", "thanks"), match=a_match(rung=Rung.UNKNOWN)).text.startswith("Goedendag,")


def test_staffs_own_sentence_is_used_word_by_word() -> None:
    draft = draft_of(asked("refill_request", "eligible"), staff_sentence="  Fijne feestdagen alvast.  ")
    assert draft.parts[-2].kind == "staff"
    assert draft.parts[-2].sentences[0].origin is SentenceOrigin.STAFF
    assert draft.parts[-2].text == "Fijne feestdagen alvast."


def test_a_status_and_a_pickup_about_one_record_are_told_once() -> None:
    draft = draft_of(asked("prescription_status", "ready"), asked("pickup_delivery", "ready"))
    assert draft.text.count("voor u klaar") == 1
    assert draft.text.count("Wij zijn open") == 1
    assert [part.kind for part in draft.parts] == ["greeting", "question", "closing"]


def test_how_to_collect_is_no_answer_while_nothing_is_ready() -> None:
    pickup = Question("pickup_delivery", about=(About("", "pickup"),))
    hours = Question("pickup_delivery", about=(About("", "pickup"),), wishes=("hours",))
    assert "balie" not in draft_of(asked("refill_request", "too_early"), pickup).text
    assert "Wij zijn open op" in draft_of(asked("refill_request", "too_early"), hours).text
    ready = Question("pickup_delivery", about=(About("RX1", "ready"), About("", "pickup")), wishes=("hours",))
    assert re.search(r"klaar .* identiteitsbewijs .* Wij zijn open", draft_of(ready).text)
    assert "Lindelaan 18" in draft_of(pickup).text


def test_a_thank_you_beside_a_question_gets_no_words_of_its_own() -> None:
    draft = draft_of(asked("refill_request", "eligible"), asked("other", "thanks"))
    assert "Graag gedaan" not in draft.text
    assert "Graag gedaan" in draft_of(asked("other", "thanks")).text


def test_a_wish_takes_the_place_of_the_next_step() -> None:
    change = asked("appointment", "booked", wishes=("change",))
    assert body(draft_of(change)).endswith("om 10.30 uur. Wij kijken of een ander moment kan en laten het u weten.")
    assert "Kunt u dan niet?" in draft_of(asked("appointment", "booked")).text


def test_a_record_with_a_real_answer_gets_no_weak_one_beside_it() -> None:
    draft = draft_of(asked("refill_request", "too_early"), asked("pickup_delivery", "not_ordered"))
    assert "geen bestelling" not in draft.text


def test_which_record_is_meant_is_asked_and_never_guessed() -> None:
    two = draft_of(Question("refill_request", candidates=("RX1", "RX2")))
    assert body(two).startswith("Bedoelt u metoprololsuccinaat 50 mg of simvastatine 40 mg?")
    many = draft_of(Question("refill_request", candidates=("RX1", "RX2", "RX3", "RX4")))
    assert "metoprolol" not in many.text


def test_a_long_reply_leaves_out_next_steps_and_no_answer() -> None:
    questions = [
        asked("refill_request", "eligible", "too_early", "no_repeats"),
        asked("billing", "open"),
        asked("appointment", "proposed"),
        asked("insurance", "active"),
    ]
    draft = draft_of(*questions)
    assert len(draft.text.split()) <= MAX_WORDS
    for needed in ("simvastatine 40 mg", "Movicolon", "€ 12,50", "nog niet bevestigd", "CZ"):
        assert needed.lower() in draft.text.lower()


def test_a_language_without_wordings_is_an_error() -> None:
    with pytest.raises(InvalidContent, match="no wording for fr"):
        parts_for(replace(brief_of(asked("other", "thanks")), language="fr"), RULEBOOK)


def test_what_the_pane_shows_of_a_fact_is_what_the_letter_says() -> None:
    brief = brief_of(asked("refill_request", "too_early"))
    draft = draft_by_template(brief, RULEBOOK)
    fact = next(fact for fact in brief.offered if fact.kind == "earliest_refill")
    assert format_value(fact, RULEBOOK.languages[brief.language], brief.today) in draft.text


def test_a_medicine_that_is_in_no_record_is_said_back_beside_the_one_that_is() -> None:
    draft = draft_of(asked("refill_request", "eligible", named=("Nurofen",)))
    assert "metoprololsuccinaat 50 mg ontvangen" in draft.text
    assert "Wij kijken uw aanvraag voor Nurofen na" in draft.text
    alone = Question("stock_availability", about=(About("", "unknown"),), named=("Nurofen",))
    assert body(draft_of(alone)) == "Wij kijken voor u na of wij Nurofen op voorraad hebben en laten het u weten."
