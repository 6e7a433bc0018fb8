"""What sentences ask: every intent in both languages, with examples of the content and examples kept apart from it."""

import pytest

from server.model.patient import Rung
from server.model.rulebook import Rulebook
from server.model.triage import OUTCOMES
from server.store.rulebook import load_rulebook
from server.text.patterns import compile_patterns
from server.triage.classifier import classify
from server.triage.intents import INTENTS, read_sentences
from server.triage.questions import find_questions
from tests.builders import TODAY, a_match, a_message, a_pharmacy, a_thread
from tests.intent_examples import HELD_OUT

LEAST_EXAMPLES = 8
LEAST_RIGHT = 0.9


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def intents_of(text: str, rulebook: Rulebook, subject: str = "") -> tuple[str, ...]:
    thread = a_thread(a_message(text, subject=subject))
    reading = find_questions(thread, a_match(rung=Rung.UNKNOWN), rulebook, a_pharmacy(), TODAY)
    return tuple(question.intent for question in reading.questions)


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_intents_own_examples_are_read_as_it(intent: str, language: str, rulebook: Rulebook) -> None:
    examples = rulebook.intents[intent].examples[language]
    assert len(examples) >= LEAST_EXAMPLES
    assert {text: intents_of(text, rulebook)[0] for text in examples} == dict.fromkeys(examples, intent)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_examples_kept_apart_are_read_right(language: str, rulebook: Rulebook) -> None:
    cases = [(intent, text) for intent, texts in HELD_OUT.items() for text in texts[language]]
    wrong = [(intent, text) for intent, text in cases if intents_of(text, rulebook)[0] != intent]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(cases), wrong


def test_every_intent_has_content_and_every_pattern_compiles(rulebook: Rulebook) -> None:
    assert set(rulebook.intents) == set(INTENTS) == set(OUTCOMES)
    for intent in rulebook.intents.values():
        assert {"nl", "en"} <= set(intent.patterns)
        for name, patterns in intent.patterns.items():
            assert patterns, (intent.id, name)
            compile_patterns(patterns)


def test_named_outcomes_of_the_content_exist(rulebook: Rulebook) -> None:
    for intent in rulebook.intents.values():
        named = {name.partition(".outcome.")[2] for name in intent.patterns if ".outcome." in name}
        assert named <= set(OUTCOMES[intent.id])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graag mijn metoprolol herhalen. En hoeveel moet ik nog betalen?", ("refill_request", "billing")),
        ("Is mijn bestelling klaar? Kan iemand het thuis bezorgen?", ("prescription_status", "pickup_delivery")),
        ("Could I have more metformin? And is my flu jab appointment still on?", ("refill_request", "appointment")),
        ("Kunt u het bezorgen? Ik wil graag mijn omeprazol herhalen.", ("refill_request", "pickup_delivery")),
    ],
)
def test_several_intents_of_one_mail_come_in_order(text: str, expected: tuple[str, ...], rulebook: Rulebook) -> None:
    assert intents_of(text, rulebook) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Graag mijn omeprazol herhalen. Ik haal het vrijdag op.",
        "Could I have another box of losartan please. I'll pick it up on Monday.",
    ],
)
def test_what_is_only_announced_is_no_question(text: str, rulebook: Rulebook) -> None:
    assert intents_of(text, rulebook) == ("refill_request",)


def test_a_notice_that_something_is_ready_asks_nothing(rulebook: Rulebook) -> None:
    text = "Ik kreeg een sms dat mijn bestelling klaarligt. Kunnen jullie die thuis bezorgen?"
    assert intents_of(text, rulebook) == ("pickup_delivery",)


def test_a_mail_of_complaints_without_a_question_is_a_clinical_one(rulebook: Rulebook) -> None:
    assert (
        intents_of("Sinds een week ben ik zo duizelig en misselijk dat ik niet meer kan lopen.", rulebook)[0]
        == "clinical_question"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik kreeg een nota. Waar is die voor?", ("billing",)),
        ("I got an invoice. What is it for?", ("billing",)),
        ("De polis staat verkeerd bij jullie. Wat moet ik doen?", ("insurance",)),
        ("De arts gaf mij bisoprolol. Waar is dat voor?", ("clinical_question",)),
        ("Kunt u de amlodipine gereed maken?", ("refill_request",)),
        ("Ik heb liever een sms dan een mail als iets klaarligt.", ("consent_change",)),
        ("Any news about the stock of candesartan?", ("stock_availability",)),
        ("Is there anything else I could take instead of candesartan?", ("clinical_question",)),
        ("De internist stuurt een recept naar u. Kunt u dat klaarzetten?", ("prescription_transfer",)),
        ("Is de candesartan leverbaar? Woensdag heb ik een afspraak bij de huisarts.", ("stock_availability",)),
        ("Geachte inkoper, nu met korting op onze handschoenen. Afmelden kan via de link.", ("other",)),
    ],
)
def test_what_a_question_is_about_decides_what_it_asks(
    text: str, expected: tuple[str, ...], rulebook: Rulebook
) -> None:
    assert intents_of(text, rulebook) == expected


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("Heel erg bedankt voor de hulp!\n\nGroet, Jan", "Re: Bezorging van uw medicijnen", "other"),
        ("Alvast bedankt, groet, Jan", "Herhaalrecept metoprolol", "refill_request"),
        ("Dat moment komt mij goed uit. Moet ik mijn puffer meebrengen?", "Re: Voorstel afspraak", "appointment"),
    ],
)
def test_a_subject_is_asked_again_only_where_the_mail_says_so(
    text: str, subject: str, expected: str, rulebook: Rulebook
) -> None:
    assert intents_of(text, rulebook, subject=subject) == (expected,)


def test_a_bare_list_takes_its_intent_from_the_subject(rulebook: Rulebook) -> None:
    assert intents_of("metoprolol\nsimvastatine", rulebook, subject="Herhaalrecept") == ("refill_request",)


@pytest.mark.parametrize(
    ("sentences", "explained"),
    [
        (("Beste apotheek,", "Met vriendelijke groet,", "Jan de Vries", "Lijsterstraat 41"), True),
        (("Geachte mevrouw,", "Graag herhaling van mijn metoprolol.", "Alvast bedankt!", "P. Bakker"), True),
        (("Sinds gisteren zie ik dubbel en mijn linkerarm doet raar.",), False),
    ],
)
def test_known_lines_are_explained(sentences: tuple[str, ...], explained: bool, rulebook: Rulebook) -> None:
    assert all(read.explained for read in read_sentences(sentences, "nl", rulebook)) is explained


def test_a_mail_in_another_language_is_read_with_both(rulebook: Rulebook) -> None:
    assert intents_of("Guten Tag, ich möchte ein refill für metoprolol bitte.", rulebook)


@pytest.mark.parametrize("text", ["", "?", "...", "\n\n", "\U0001f600", "a" * 5_000, "kan " * 3_000])
def test_odd_mail_still_gets_a_reading(text: str, rulebook: Rulebook) -> None:
    assert intents_of(text, rulebook)


def test_the_trained_reader_gives_probabilities_for_every_label() -> None:
    for text in ("Graag mijn metoprolol herhalen.", "Please refill my metoprolol.", "", "Guten Tag"):
        scores = classify(text)
        assert set(scores.intents) == set(INTENTS)
        assert len(scores.triggers) == 12
        assert all(0 <= p <= 1 for p in [*scores.intents.values(), *scores.triggers.values(), scores.harmless])


def test_the_trained_reader_tells_harmless_from_harm() -> None:
    calm = classify("Alvast bedankt en een fijne dag.").harmless
    assert calm > classify("Sinds de nieuwe tabletten heb ik overal jeuk en bultjes.").harmless
