"""The language of statements and its filling: nothing unknown, nothing empty, every value tied to its fact."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.drafting.statements import parts_for
from server.drafting.voice import voice_of
from server.drafting.wording import check_statement, fields_of, parse
from server.errors import InvalidContent
from server.model.reply import Fact, Piece, ReplyBrief, Sentence
from server.model.rulebook import Intent, Rulebook, Statement
from server.model.triage import About, Question
from server.store.rulebook import load_rulebook
from tests.builders import TODAY, a_brief, a_fact, a_triage

BASE = {code: language for code, language in load_rulebook().languages.items() if code in ("nl", "en")}


def a_rulebook(statements: dict[str, dict[str, Sequence[str]]], outcomes: dict[str, Sequence[str]]) -> Rulebook:
    """A small rulebook of its own, with the shipped greeting and closing."""
    made = {
        name: Statement(name, {k: tuple(v) for k, v in variants.items()}, "answer")
        for name, variants in statements.items()
    }
    intent = Intent("refill_request", "medication_request", {}, {k: tuple(v) for k, v in outcomes.items()})
    shipped = load_rulebook()
    return replace(shipped, intents={"refill_request": intent}, statements={**shipped.statements, **made})


def answers(rulebook: Rulebook, *facts: Fact, about: Sequence[About], **fields: Any) -> tuple[Sentence, ...]:
    question = Question("refill_request", about=tuple(about))
    brief = a_brief(triage=a_triage(question), offered=facts, **fields)
    return next(part.sentences for part in parts_for(brief, rulebook) if part.kind == "question")


def texts(sentences: Sequence[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


EARLY = {"s.early": {"nl": ["((medication)) ((kan|kunnen)) vanaf ((earliest_refill)).", "((medication)) later."]}}


def early(*rows: tuple[str, str, date | None], **fields: Any) -> list[str]:
    facts = [a_fact(f"{subject}.medication", name) for subject, name, _ in rows]
    facts += [a_fact(f"{subject}.earliest_refill", on) for subject, _, on in rows if on]
    about = [About(subject, "too_early") for subject, *_ in rows]
    rulebook = a_rulebook(EARLY, {"too_early": ["s.early"], "unknown": ["refill.unknown"]})
    return texts(answers(rulebook, *facts, about=about, **fields))


def test_records_that_share_their_answer_share_a_sentence() -> None:
    day, other = date(2026, 12, 1), date(2026, 12, 3)
    assert early(("A", "apixaban", day), ("B", "bisoprolol", other), ("C", "codeïne", day)) == [
        "Apixaban en codeïne kunnen vanaf dinsdag 1 december.",
        "Bisoprolol kan vanaf donderdag 3 december.",
    ]


def test_the_first_wording_whose_fields_are_all_known_is_used() -> None:
    assert early(("A", "apixaban", None)) == ["Apixaban later."]


def test_two_records_with_the_same_name_are_named_once() -> None:
    rulebook = a_rulebook(EARLY, {"too_early": ["s.early"], "unknown": ["refill.unknown"]})
    facts = [a_fact("A.medication", "apixaban"), a_fact("B.medication", "apixaban")]
    sentence, *_ = answers(rulebook, *facts, about=[About("A", "too_early"), About("B", "too_early")])
    assert sentence.text == "Apixaban later."
    assert sentence.pieces[0].facts == ("A.medication", "B.medication")


def test_a_record_without_its_name_is_looked_into_never_left_blank() -> None:
    rulebook = a_rulebook(EARLY, {"too_early": ["s.early"], "unknown": ["refill.unknown"]})
    assert texts(answers(rulebook, about=[About("A", "too_early")])) == [
        "Wij kijken uw aanvraag na en laten het u weten."
    ]


def test_each_medicine_of_a_list_is_tied_to_its_own_fact() -> None:
    rulebook = a_rulebook(EARLY, {"too_early": ["s.early"], "unknown": ["refill.unknown"]})
    facts = [a_fact("A.medication", "apixaban"), a_fact("B.medication", "bisoprolol")]
    facts += [a_fact(f"{s}.earliest_refill", date(2026, 12, 1)) for s in "AB"]
    (sentence,) = answers(rulebook, *facts, about=[About("A", "too_early"), About("B", "too_early")])
    assert [(piece.text, piece.facts) for piece in sentence.pieces if piece.facts] == [
        ("Apixaban", ("A.medication",)),
        ("bisoprolol", ("B.medication",)),
        ("dinsdag 1 december", ("A.earliest_refill", "B.earliest_refill")),
    ]


def test_another_version_says_the_same_facts_in_other_words() -> None:
    wordings = ["((medication)) een.", "Twee: ((medication)).", "Drie."]
    rulebook = a_rulebook({"s.x": {"nl": wordings, "en": wordings}}, {"eligible": ["s.x"]})
    said = [
        texts(answers(rulebook, a_fact("A.medication", "apixaban"), about=[About("A", "eligible")], version=version))
        for version in (1, 2, 3)
    ]
    assert said == [["Apixaban een."], ["Twee: apixaban."], ["Apixaban een."]]


def test_amounts_are_never_shared() -> None:
    wordings = {"nl": ["Factuur ((invoice_number)): ((amount))."]}
    rulebook = a_rulebook({"s.open": wordings}, {"eligible": ["s.open"], "unknown": ["refill.unknown"]})
    facts = [a_fact(f"{s}.invoice_number", s) for s in "AB"] + [a_fact(f"{s}.amount", 1250) for s in "AB"]
    assert texts(answers(rulebook, *facts, about=[About("A", "eligible"), About("B", "eligible")])) == [
        "Factuur A: € 12,50.",
        "Factuur B: € 12,50.",
    ]


def test_informal_wording_is_used_where_there_is_one() -> None:
    wordings = {"nl": ["U ((medication))."], "nl-informal": ["Je ((medication))."]}
    rulebook = a_rulebook({"s.u": wordings, "s.x": {"nl": ["Dag."]}}, {"eligible": ["s.u", "s.x"]})
    fact = a_fact("A.medication", "apixaban")
    assert texts(answers(rulebook, fact, about=[About("A", "eligible")], formal=False)) == ["Je apixaban.", "Dag."]


@pytest.mark.parametrize(
    ("outcomes", "reason"),
    [({"eligible": ["no.such"]}, "no such statement"), ({"unknown": ["refill.unknown"]}, "no statements for eligible")],
)
def test_content_that_does_not_exist_is_an_error(outcomes: dict[str, list[str]], reason: str) -> None:
    with pytest.raises(InvalidContent, match=reason):
        answers(a_rulebook({}, outcomes), about=[About("", "eligible")])


@pytest.mark.parametrize(
    "wording",
    ["((dosage)).", "((medication.", "medication)).", "((a|b|c)).", "(()).", "((pharmacy.secret))", "((Medication))"],
)
def test_a_wording_that_cannot_be_filled_is_refused(wording: str) -> None:
    with pytest.raises(InvalidContent):
        parse(wording)


@pytest.mark.parametrize(
    ("variants", "reason"),
    [
        ({"nl": ("Ja.",)}, "a wording for en is needed"),
        ({"nl": ("Ja.",), "en": ("Yes.",), "xx": ("Ja.",)}, "xx is no language"),
        ({"nl": ("Ja.",), "en": ("Yes.",), "en-informal": ("Yes.",)}, "en-informal is no language"),
        ({"nl": (), "en": ("Yes.",)}, "empty"),
        ({"nl": ("Op ((ready_since)).",), "en": ("Yes.",)}, "name only"),
        ({"nl": ("Uw ((medication)).",), "en": ("Yes.",)}, "article or possessive"),
        ({"nl": ("Ja.",), "en": ("The ((medication)).",)}, "article or possessive"),
    ],
)
def test_a_statement_that_breaks_a_rule_is_refused(variants: dict[str, tuple[str, ...]], reason: str) -> None:
    with pytest.raises(InvalidContent, match=reason):
        check_statement(Statement("s.x", variants), BASE)


def test_brackets_may_stand_around_a_field() -> None:
    assert fields_of("(((amount)))") == {"amount"}


def test_an_empty_value_is_an_error_and_no_gap() -> None:
    rulebook = a_rulebook({"s.x": {"nl": ["((medication)) ja."]}}, {"eligible": ["s.x"], "unknown": ["refill.unknown"]})
    with pytest.raises(InvalidContent, match="nothing to fill in"):
        answers(rulebook, a_fact("A.medication", "  "), about=[About("A", "eligible")])


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Co")), min_size=1, max_size=20
).filter(str.strip)
DATES = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def _brief_of(rows: Sequence[tuple[str, date, int]], language: str) -> ReplyBrief:
    facts = []
    for number, (name, day, cents) in enumerate(rows):
        facts += [a_fact(f"R{number}.medication", name), a_fact(f"R{number}.ready_since", day)]
        facts += [a_fact(f"R{number}.amount", cents)]
    about = tuple(About(f"R{number}", "ready") for number in range(len(rows)))
    return a_brief(triage=a_triage(Question("refill_request", about=about)), offered=tuple(facts), language=language)


@settings(deadline=None, max_examples=150)
@given(
    rows=st.lists(st.tuples(WORDS, DATES, st.integers(0, 10**7)), min_size=1, max_size=4),
    language=st.sampled_from(["nl", "en"]),
    wording=st.sampled_from(
        [
            "((medication)) sinds ((ready_since)).",
            "Op ((ready_since)): ((medication)) ((is|zijn)) ((amount)).",
            "(((medication)))",
        ]
    ),
)
@example(rows=[("((medication))", TODAY, 0)], language="nl", wording="((medication)) sinds ((ready_since)).")
@example(rows=[("ß en |", TODAY + timedelta(400), 1)], language="en", wording="(((medication)))")
def test_whatever_the_values_each_one_stands_in_the_text_and_is_tied_to_its_fact(
    rows: list[tuple[str, date, int]], language: str, wording: str
) -> None:
    rulebook = a_rulebook(
        {"s.x": {"nl": [wording], "en": [wording]}}, {"ready": ["s.x"], "unknown": ["refill.unknown"]}
    )
    brief = _brief_of(rows, language)
    sentences = next(part.sentences for part in parts_for(brief, rulebook) if part.kind == "question")
    speech, facts = voice_of(brief, rulebook).speech, {fact.path: fact for fact in brief.offered}
    tied: set[str] = set()
    for sentence in sentences:
        assert sentence.text == "".join(piece.text for piece in sentence.pieces)
        for piece in sentence.pieces:
            tied.update(piece.facts)
            assert all(_same(piece, speech.say(facts[path])) for path in piece.facts)
    needed = [facts[f"R{number}.{name}"] for number in range(len(rows)) for name in fields_of(wording)]
    told = {(facts[path].kind, facts[path].value) for path in tied}
    assert told == {(fact.kind, fact.value) for fact in needed}


def _same(piece: Piece, said: str) -> bool:
    return piece.text in (said, said[:1].upper() + said[1:])


def test_every_shipped_statement_keeps_the_rules() -> None:
    rulebook = load_rulebook()
    for statement in rulebook.statements.values():
        check_statement(statement, rulebook.languages)
    for name, variants in rulebook.phrases.items():
        if name.startswith("wording_") and name != "wording_terms":
            check_statement(Statement(name, variants, "house"), rulebook.languages)


VARIANTS = [
    pytest.param(voice, wording, id=f"{statement.id}-{voice}-{number}")
    for statement in load_rulebook().statements.values()
    for voice, wordings in statement.variants.items()
    for number, wording in enumerate(wordings)
]
FORBIDDEN = re.compile(
    r"kan geen kwaad|geen zorgen|meestal|u mag .*(stoppen|nemen|doorgaan)|verhoog|verlaag|is veilig|werkt hetzelfde|gegarandeerd"
    r"|schadet nicht|keine sorge|meistens|sie dürfen .*(absetzen|nehmen)|ist sicher\b|garantiert|unbedenklich|diagnose|don't worry|it's safe|you can stop|should be fine|usually|\b(ivm|aub|mvg|tav|i\.v\.m\.|a\.u\.b\.|z\.b\.|bzw|ggf|mfg)\b|[!]|\bAI\b",
    re.IGNORECASE,
)
OTHER_ADDRESS = {
    voice: re.compile(rf"\b({'|'.join(language.never[not voice.endswith('-informal')])})\b", re.IGNORECASE)
    for language in load_rulebook().languages.values()
    for voice in language.voices
}


@pytest.mark.parametrize(("voice", "wording"), VARIANTS)
def test_the_house_rules_of_wording(voice: str, wording: str) -> None:
    plain = re.sub(r"\(\([^()]*\)\)", "X", wording)
    assert not FORBIDDEN.search(plain)
    assert not OTHER_ADDRESS[voice].search(plain)
    assert wording.rstrip().endswith((".", "?"))
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"(?<=[.?;:])\s+", plain))
    shouted = [word for word in re.findall(r"\b[A-Z]{3,}\b", plain) if word != "BSN"]
    assert not shouted
