"""How hard a text is: syllables, the measure of each language, the house's own sentences, and what a draft is told."""

import re

import pytest

from server.model.reply import Draft, DraftPart, Piece, Sentence
from server.safety.checks.reading_level import check
from server.safety.review import draft_from_text
from server.store.rulebook import load_rulebook
from server.text.reading_level import B1, LONG_WORDS, reading_ease, syllables, words_of_sentence
from server.text.sentences import split_sentences

SYLLABLES = {
    "nl": {
        "apotheek": 3, "ideeën": 3, "bestelling": 3, "medicijnen": 4, "auto": 2, "patiënt": 3, "nieuw": 1, "mooie": 2,
        "u": 1, "verzekering": 4, "aanvraag": 2, "radio": 3, "zee": 1, "gauw": 1, "leeuw": 1, "koffie's": 2,
    },
    "en": {
        "pharmacy": 3, "prescription": 3, "ready": 2, "request": 2, "people": 2, "table": 2, "prescribe": 2, "file": 1,
        "picked": 1, "collected": 3, "the": 1, "insurance": 3, "medicine": 3, "appointment": 3,
    },
    "de": {"Apotheke": 4, "Rezept": 2, "Bestellung": 3, "heute": 2, "Häuser": 2},
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "word", "count"), [(lang, *row) for lang, rows in SYLLABLES.items() for row in rows.items()]
)
def test_syllables_are_counted_as_they_are_spoken(language, word, count):
    assert syllables(word, language) == count


def test_the_measures_are_those_of_their_authors():
    assert reading_ease(["De kat zit op de mat."], "nl") == pytest.approx(206.84 - 0.93 * 6 - 77.0)
    assert reading_ease(["The cat sat on the mat."], "en") == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert reading_ease(["Das Haus ist alt."], "de") == pytest.approx(180 - 4 - 58.5)


@pytest.mark.parametrize("text", [[], [""], ["… !"]])
def test_a_text_without_words_has_no_level(text):
    assert reading_ease(text, "nl") is None


def test_a_language_without_a_measure_has_no_level():
    assert reading_ease(["Merhaba"], "tr") is None


EASY = "Uw medicijn ligt klaar. U kunt het vandaag ophalen. Wij zijn open tot zes uur."
HARD = (
    "Naar aanleiding van bovengenoemde correspondentie aangaande uw geneesmiddelenverstrekking delen wij u mede dat "
    "verzekeringstechnische aangelegenheden uitsluitend door gespecialiseerde medewerkers worden afgehandeld."
)


def test_an_easy_text_is_easier_than_a_hard_one():
    assert reading_ease(split_sentences(EASY), "nl") > B1 > reading_ease(split_sentences(HARD), "nl")


def codes(draft):
    return {finding.code: finding.quotes for finding in check(draft, None)}


def test_a_draft_is_told_which_sentence_is_long_and_hard():
    found = codes(draft_from_text(f"{EASY} {HARD} {HARD}", "nl"))
    assert found == {"long_sentence": (HARD[:200],), "hard_to_read": (HARD[:200],)}


def test_an_easy_draft_is_told_nothing():
    assert codes(draft_from_text(f"{EASY} {EASY} {EASY}", "nl")) == {}


def test_a_short_text_has_no_level():
    assert codes(draft_from_text("Verzekeringsmaatschappij: onbekend.", "nl")) == {}


def test_the_name_of_a_medicine_makes_no_text_hard():
    name = Piece("Hydrochloorthiazide/triamtereen 25/50 mg tablet filmomhuld", ("RX1.medication",))
    sentence = Sentence((name, Piece(" ligt voor u klaar.")), statement_id="order.ready")
    assert codes(Draft((DraftPart("question", (sentence,) * 10, 0),), "nl")) == {}


def literal(wording):
    """A wording as it is counted: fields are one plain word, of two forms the longer."""
    forms = re.sub(r"\(\(([^()|]*)\|([^()]*)\)\)", lambda m: max(m[1], m[2], key=len), wording)
    return re.sub(r"\(\([^()]*\)\)", "het", forms)


WORDINGS = [
    pytest.param(voice, literal(wording), id=f"{statement.id} {voice} {number}")
    for statement in load_rulebook().statements.values()
    for voice, wordings in statement.variants.items()
    for number, wording in enumerate(wordings)
]


@pytest.mark.parametrize(("voice", "text"), WORDINGS)
def test_no_sentence_of_the_house_is_long(voice, text):
    assert max(len(words_of_sentence(sentence)) for sentence in split_sentences(text)) <= LONG_WORDS


@pytest.mark.parametrize("voice", [v for language in load_rulebook().languages.values() for v in language.voices])
def test_the_houses_sentences_together_are_easier_than_b1(voice):
    sentences = [s for param in WORDINGS if param.values[0] == voice for s in split_sentences(param.values[1])]
    assert reading_ease(sentences, voice[:2]) > B1 + 15
