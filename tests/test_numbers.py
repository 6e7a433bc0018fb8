"""Numbers, money and strengths are read from digits and from words, Dutch and English."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.doses import find_doses, find_intakes
from server.text.money import find_money
from server.text.numbers import NUMBER_WORDS, find_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("we hebben er nog vijf", [5]),
        ("drieëntwintig tabletten", [23]),
        ("één flesje, een doosje", [1]),
        ("one hundred and five pens", [105]),
        ("sixty four or sixty-four", [64, 64]),
        ("tweehonderdvijftig gram", [250]),
        ("1.250 stuks, 0,5 mg, 12.95", [1250, 0.5, 12.95]),
        ("anderhalve tablet", [1.5]),
        ("geen getal hier", []),
    ],
)
def test_numbers_are_read_in_digits_and_words(text, values):
    assert [number.value for number in find_numbers(text)] == values


def test_a_number_stands_where_it_is_said_to_stand():
    text = "Er zijn één of twee-en 30 dingen"
    assert [text[n.start : n.end] for n in find_numbers(text)] == [n.words for n in find_numbers(text)]


@given(st.sampled_from(sorted(word for word in NUMBER_WORDS if word != "een")))
@settings(deadline=None, max_examples=60)
def test_every_number_word_reads_as_its_own_value(word):
    assert [number.value for number in find_numbers(f"nog {word}.")] == [NUMBER_WORDS[word]]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("€ 23,85", [2385]),
        ("€23.85 open", [2385]),
        ("23,85 euro en 12 tabletten", [2385]),
        ("EUR 1.234,50", [123450]),
        ("€ 12,-", [1200]),
        ("27 euro en 40 cent", [2740]),
        ("vierenzestig euro vijftig", [6450]),
        ("sixty-four euros and fifty cents", [6450]),
        ("een rekening van 46,20", [4620]),
        ("om 14.30 uur, 12,50 mg, 3-12-2026", []),
    ],
)
def test_money_is_read_in_cents(text, cents):
    assert [money.cents for money in find_money(text)] == cents


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("50 mg", "vijftig milligram"),
        ("0,075 mg", "75 microgram"),
        ("100 E/ml", "100 units/ml"),
        ("800 IE", "800 IU"),
        ("0,5 mg/ml", "0.5 mg/ml"),
        ("30/150 microgram", "30/150 micrograms"),
    ],
)
def test_the_same_strength_compares_equal_however_it_is_written(one, other):
    assert find_doses(one)[0].values == find_doses(other)[0].values


def test_a_comma_in_another_place_is_another_strength():
    assert find_doses("0,5 mg")[0].values != find_doses("5 mg")[0].values


@pytest.mark.parametrize(
    ("text", "intakes"),
    [
        ("2x daags 1 inhalatie", ["2/day", "1"]),
        ("twee keer per dag een tablet", ["2/day", "1"]),
        ("twice daily", ["2/day"]),
        ("1x per week 1 mg", ["1/week"]),
    ],
)
def test_how_often_and_how_much_are_read(text, intakes):
    assert [intake.value for intake in find_intakes(text)] == intakes


@pytest.mark.parametrize("text", ["1 " * 20_000, "€ 1 " * 15_000, "5.5.5." * 10_000, "twee " * 10_000, "a" * 60_000])
def test_hostile_text_is_read_in_linear_time(text):
    start = time.process_time()
    find_numbers(text), find_money(text), find_doses(text), find_intakes(text)
    assert time.process_time() - start < 20  # a hang; bench/hostile.py measures
