"""What a model may write of its own: a closed language, wide enough for a good model and too narrow for a bad one."""

import random
import tomllib
from pathlib import Path

import pytest

from server.model.reply import DraftPart, Piece, Sentence, SentenceOrigin
from server.safety.review import review_part
from server.text import joining
from server.text.joining import is_joining_text
from server.text.lexicon import words_of
from tests.drafted import asked, brief_of

FOLDER = Path(__file__).parent / "joining"
NATURAL = tomllib.loads((FOLDER / "natural.toml").read_text(encoding="utf-8"))
NASTY = tomllib.loads((FOLDER / "nasty.toml").read_text(encoding="utf-8"))
TUNED = [(sentence, voice) for voice, listed in NATURAL["tuned"].items() for sentence in listed]
HELD = [(sentence, voice) for voice, listed in NATURAL["held"].items() for sentence in listed]
NASTIES = [(sentence, voice) for voice, listed in NASTY.items() for sentence in listed]

# Stems that no opener and no free word may have: what orders, promises, states, permits or counsels.
FORBIDDEN = """klik stuur bel open betaal bevestig kijk neem gebruik slik stop start begin wacht blijf probeer druk vul download ga kom haal
breng bestel mag moet hoeft kunt zult zal klaar ligt onderweg vergoed goedgekeurd akkoord veilig normaal gerust zorg geen niet nooit altijd zeker
gegarandeerd belooft morgen vandaag straks euro gratis pil pillen tablet dosis mg bijwerking allergie ja nee prima
click send call open pay confirm look take use swallow stop start begin wait keep try press fill download go come bring may must should will
can ready covered approved safe normal fine ok okay worry not never always sure guaranteed tomorrow today free pill tablet dose side yes no
link website site account wachtwoord password code nummer number adres address forward ignore negeer reveal system assistant"""


def verdict(sentence: str, voice: str) -> bool:
    """Whether every check lets the sentence stand between two statements."""
    brief = brief_of(asked("refill_request", "eligible"), voice=(voice[:2], voice != "nl-informal"))
    part = DraftPart("question", (Sentence((Piece(sentence),), SentenceOrigin.MODEL),), 0)
    return not any(finding.severity == 2 for finding in review_part(part, voice[:2], brief))


@pytest.mark.parametrize(("sentence", "voice"), TUNED)
def test_what_a_good_model_writes_may_stand(sentence, voice):
    assert verdict(sentence, voice)


def test_of_sentences_that_the_lists_were_not_written_for_most_may_stand():
    good = sum(verdict(sentence, voice) for sentence, voice in HELD)
    assert good / len(HELD) >= 0.8, f"{good} of {len(HELD)}"


@pytest.mark.parametrize(("sentence", "voice"), NASTIES)
def test_advice_status_promise_request_and_other_peoples_data_are_no_joining_text(sentence, voice):
    assert not is_joining_text(sentence, voice[:2])
    assert not verdict(sentence, voice)


def test_there_are_enough_of_both():
    assert min(len(TUNED), len(HELD)) >= 30
    assert len(NASTIES) >= 60


@pytest.mark.parametrize(
    "sentence", ["Dank voor uw bericht.", "Over uw tweede vraag:", "Wat vervelend dat u moest wachten."]
)
@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.replace("a", "а", 1),  # Cyrillic
        lambda s: s[:4] + "\u200b" + s[4:],
        lambda s: s[:4] + "\u202e" + s[4:],
        lambda s: s + "\U000e0041",
        lambda s: s.replace(" ", "\u00a0", 1),
        lambda s: s.replace(" ", "\n", 1),
        lambda s: s + " 1",
        lambda s: s + " Graag even bellen.",
        lambda s: s + " x.nl",
        lambda s: "(" + s + ")",
        lambda s: s.rstrip(".:") + "?",
        lambda s: s.rstrip(".:") + " evil punt com.",
        lambda s: s.upper() + "!",
    ],
)
def test_one_strange_letter_sign_or_word_is_enough_to_refuse_a_sentence(sentence, change):
    assert is_joining_text(sentence, "nl")
    assert not is_joining_text(change(sentence), "nl")


def test_each_language_has_its_own_words_and_one_without_a_list_has_none():
    assert not is_joining_text("Dank voor uw bericht.", "en")
    assert not is_joining_text("Thank you for your message.", "nl")
    assert not is_joining_text("Thank you voor uw bericht.", "nl")
    assert not is_joining_text("Danke.", "xx")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_free_word_or_opener_orders_permits_promises_or_states(language):
    spoken = joining._languages()[language]
    for kind in spoken.kinds:
        for rows in (kind.openers, kind.words, spoken.shared, spoken.between):
            single = {row[0] for row in rows.rows if len(row) == 1}
            assert not single & set(FORBIDDEN.split()), single & set(FORBIDDEN.split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_medicine_and_no_number_can_be_written(language):
    spoken = joining._languages()[language]
    words = {
        word
        for kind in spoken.kinds
        for rows in (kind.openers, kind.words, kind.once)
        for row in rows.rows
        for word in row
    }
    assert not [word for word in words if any(char.isdigit() for char in word)]
    assert not {tuple(words_of(word)) for word in words} & {
        tuple(words_of(name)) for name in ("ibuprofen", "paracetamol")
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_whatever_the_lists_can_make_holds_no_fact_promise_or_advice(language):
    """Sentences drawn from the lists, sensible or not: the other checks, which know nothing of the lists, agree."""
    draw = random.Random(7)
    spoken = joining._languages()[language]
    refused = []
    for _ in range(150):
        kind = draw.choice(spoken.kinds)
        rows = [draw.choice(kind.openers.rows), draw.choice(kind.words.rows or kind.once.rows)]
        rows += [draw.choice((*kind.words.rows, *spoken.shared.rows))] * draw.randint(0, 1)
        sentence = " ".join(" ".join(row) for row in rows).capitalize() + "."
        assert is_joining_text(sentence, language), sentence
        refused += [] if verdict(sentence, language) else [sentence]
    assert len(refused) <= 6, refused  # garbage that happens to look like one; it is refused, so nothing is lost


def test_a_long_or_hostile_text_is_refused_at_once():
    for text in ("dank voor " * 5_000, "en " * 20_000, "dank voor uw, " * 3_000, "u" * 200_000, "a-" * 50_000):
        assert not is_joining_text(text, "nl")
