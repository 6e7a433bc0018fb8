"""What a draft's check reads in one sentence: times of opening hours, ways of taking, numbers to call, waits."""

from datetime import date, timedelta

import pytest

from server.text.contact_data import find_contact_data, is_number_to_call
from server.text.dates import find_dates
from server.text.doses import find_bare_strength, find_doses, find_intakes
from server.text.times import find_times

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("ma-vr 08:30-17:30, za 10:00-14:00", ["8:30", "17:30", "10:00", "14:00"]),
        ("open van 9.00-13.00", ["9:00", "13:00"]),
        ("door de week van 8-18 uur", ["8:00", "18:00"]),
        ("tot zes uur langskomen", ["6:00"]),
        ("zes uur lang wachten", []),
    ],
)
def test_opening_hours_are_times_in_every_notation(text, clock):
    found = [f"{one.minutes[0] // 60}:{one.minutes[0] % 60:02}" for one in find_times(text)]
    assert found == clock


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("een halve tablet elke avond", [("amount", "0.5"), ("moment", "evening")]),
        ("one tablet a day", [("total", "1")]),
        ("anderhalve tablet per dag", [("total", "1.5")]),
        ("2x daags 1 tablet", [("frequency", "2/day"), ("amount", "1")]),
        ("drie per dag", [("total", "3")]),
        ("one day a week", []),
    ],
)
def test_ways_of_taking_are_read_in_words_and_fractions(text, read):
    assert [(one.kind, one.value) for one in find_intakes(text)] == read


@pytest.mark.parametrize(
    ("text", "grams"), [("the hundred milligram tablet", 0.1), ("two hundred mg", 0.2), ("tien milligram", 0.01)]
)
def test_strengths_are_read_in_words(text, grams):
    assert [set(one.values) for one in find_doses(text)] == [{("g", grams)}]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Symbicort 200/6 ligt klaar", {200.0, 6.0}),
        ("Symbicort 20 is", {20.0}),
        ("Symbicort 2 tabletten", None),
        ("Symbicort 17 november", None),
    ],
)
def test_a_bare_number_after_a_medicine_is_its_strength_unless_it_counts_or_dates(text, numbers):
    found = find_bare_strength(text, len("Symbicort"))
    assert (found and {value for _, value in found.values}) == numbers


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Bel direct 112.", True),
        ("In levensgevaar: 112", True),
        ("het alarmnummer 112", True),
        ("Er liggen 112 tabletten.", False),
        ("Bel ons. Er zijn er 112.", False),
        ("U bent nummer 112 in de wachtrij.", False),
        ("Bel ons: 112 stuks op voorraad", False),
    ],
)
def test_a_number_is_an_emergency_number_only_where_it_is_one_to_call(text, called):
    at = text.index("112")
    assert is_number_to_call(text, at, at + 3) is called


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("Bel nul dertig, vijf vijf vijf, nul twee, vier nul", "phone", "0305550240"),
        ("call zero six, one two three four, five six seven eight", "phone", "0612345678"),
        ("via betaal-linde punt nl", "link", "betaal-linde.nl"),
        ("from lindepay dot app", "link", "lindepay.app"),
    ],
)
def test_what_is_spelled_out_is_contact_data_too(text, kind, key):
    assert [(one.kind, one.key) for one in find_contact_data(text)] == [(kind, key)]


@pytest.mark.parametrize("text", ["nul komma vijf", "één, twee, drie, vier, vijf, zes, zeven", "het punt is duidelijk"])
def test_counting_and_making_a_point_is_no_contact_data(text):
    assert find_contact_data(text) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [("ligt al een week klaar", 7), ("al drie dagen", 3), ("has been ready for two days", 2), ("for 90 days", None)],
)
def test_how_long_something_waits_is_a_day(text, days):
    found = [one.days[0] for one in find_dates(text, "nl", TODAY)]
    assert found == ([TODAY - timedelta(days=days)] if days else [])
