"""The notation of patterns: what fits, what does not, and that no text makes it slow."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.notation import parse_pattern
from server.text.patterns import compile_patterns, fold
from server.text.words import cut_words

ONE_MB = 1_000_000


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("geen lucht", "Ik krijg GEEN\n lucht!"),
        ("geen lucht", "geen -- lucht"),
        ("misselijk*", "wat een misselijkheid"),
        ("*pijn", "Ik heb kiespijn."),
        ("*borst*", "in de borststreek"),
        ("keel .. dicht", "mijn keel zit helemaal dicht"),
        ("keel .. dicht", "keel dicht"),
        ("sinds ... duizelig", "Sinds ik die nieuwe witte pillen slik ben duizelig"),
        ("graag (weer|nog een keer)? herhalen", "graag nog een keer herhalen"),
        ("graag (weer|nog een keer)? herhalen", "graag herhalen"),
        ("(mag|kan) ik nog?", "kan ik"),
        ("(ik (ben|word)|hij is) ziek", "omdat ik word ziek"),
        ("(hart .. bonkt|koorts)", "mijn hart ineens zo bonkt"),
        ("z.s.m.", "graag z.s.m. aub"),
        ("st. janskruid", "het St. Janskruid"),
        ("can't breathe", "I can’t breathe"),
        ("can't breathe", "i cant breathe"),
        ("side-effect*", "side effects"),
        ("# mg", "50mg"),
        ("# keer", "twee keer"),
        ("allergie", "Allergíe"),
        ("overdosis", "over\u00addosis"),
        ("misselijk", "mis\u200bselijk"),
        ("overdosis", "оvеrdоsis"),  # Cyrillic о and е
    ],
)
def test_a_pattern_finds(pattern: str, text: str) -> None:
    assert compile_patterns([pattern]).find(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("hypo", "hypotheek"),
        ("pijn", "kiespijn"),
        ("misselijk*", "een beetje ziek"),
        ("keel .. dicht", "keel een twee drie vier vijf dicht"),
        ("ik ziek", "Dat ben ik. Ziek is hij niet."),
        ("ik ziek", "Groet, ik\n\nziek"),
        ("# mg", "een mg"),
        ("graag herhalen", "graag eens herhalen"),
    ],
)
def test_a_pattern_does_not_find(pattern: str, text: str) -> None:
    assert not compile_patterns([pattern]).find(text)


def test_hits_stand_where_they_say() -> None:
    text = "Ik heb erge  hoofdpijn; ook één keer misselijk."
    hits = compile_patterns(["misselijk", "erge *pijn"]).find(text)
    assert [(text[hit.start : hit.end], hit.words, hit.pattern) for hit in hits] == [
        ("erge  hoofdpijn", "erge  hoofdpijn", 1),
        ("misselijk", "misselijk", 0),
    ]


def test_of_one_pattern_at_one_place_only_the_shortest_is_told() -> None:
    assert [hit.words for hit in compile_patterns(["na ... pil"]).find("na de pil en de andere pil")] == ["na de pil"]


@pytest.mark.parametrize(
    "pattern",
    ["", "..", "a .. ", ".. pijn", "(weer)? herhalen", "a .. b .. c .. d .. e", "(a|b", "a)", "a|b", "x*", "???"],
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|word|gap|parenthes|stem"):
        parse_pattern(pattern)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=150)
def test_any_text_can_be_cut_and_folded(text: str) -> None:
    cut = cut_words(text)
    assert [text[start:end] for start, end in cut.spans] == [cut.quote(n, n) for n in range(len(cut.words))]
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from(["ik", "ben", "heel", "erg", "ziek", "van", "die", "pil"]), min_size=1, max_size=12))
@settings(deadline=None, max_examples=150)
def test_a_text_holds_the_pattern_made_of_its_own_words(words: list[str]) -> None:
    assert compile_patterns([" ".join(words)]).find(f"Vooraf {', '.join(words)} en erna")


@pytest.mark.parametrize("unit", ["a ", "ik ", "mag ik ", "(((", "a.b.", "'''a", "\u0301a", "1a2b"])
def test_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    matcher = compile_patterns(["ik .. dik*", "mag ik ... pijn", "a .. a .. a .. b", "*pijn", "b c"])
    short, long = unit * (ONE_MB // 200 // len(unit)), unit * (ONE_MB // 50 // len(unit))
    began = time.process_time()
    matcher.find(short)
    between = time.process_time()
    matcher.find(long)
    taken = time.process_time() - between
    assert taken < 12 * max(between - began, 0.05)  # four times the text; quadratic would be sixteen times the time


def test_thousands_of_patterns_are_found_in_one_pass() -> None:
    words = random.Random(3)
    patterns = [" ".join("".join(words.choices("abcdefgh", k=4)) for _ in range(3)) for _ in range(4000)]
    matcher = compile_patterns(patterns)
    text = ". ".join(patterns[::40])
    assert {hit.pattern for hit in matcher.find(text)} >= set(range(0, 4000, 40))
