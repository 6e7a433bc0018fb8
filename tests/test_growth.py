"""No mail can hold up the server: what reads it takes a time that grows with the mail and not with its square."""

import re
from dataclasses import dataclass

import pytest

from tests.growth import LADDER, grace, grows_too_fast, patterns, patterns_in, scan
from tests.readers import READERS

# What f"{0,4}" leaves of a bound in a pattern, "(0, 4)", and what a formatter may make of one, "{0, 4}".
LOST_BOUND = re.compile(r"\(\d+, ?\d*\)|\{\d*, +\d*\}")
LONG = LADDER[-3:]  # a reader asks more of a longer text: only long ones are compared


@pytest.fixture(scope="module")
def noise():
    return grace()


@pytest.fixture(scope="module")
def held():
    found = patterns()
    assert len(found) > 700
    return found


@dataclass(frozen=True)
class Held:
    pattern: re.Pattern


def test_a_pattern_is_found_wherever_a_module_holds_it():
    one, two, three, four = (re.compile(f"{letter}") for letter in "abcd")
    held = {"x": (one, [two]), "y": Held(three), "z": four.fullmatch}
    assert set(patterns_in(held)) == {one, two, three, four}


@pytest.mark.parametrize("slow", [r"\s*x:", r"\w+@", r"\n\s*-"])
def test_what_looks_back_over_a_run_from_each_of_its_places_is_noticed(slow, noise):
    assert grows_too_fast(scan(re.compile(slow)), noise)


@pytest.mark.parametrize("fast", [r"\s{0,4}x:", r"(?<!\w)\w+@", r"[a-z ]+", r"\n[^\S\n]*-", r"\A\s*x"])
def test_what_reads_each_place_a_few_times_is_not(fast, noise):
    assert grows_too_fast(scan(re.compile(fast)), noise) == ""


def test_no_pattern_takes_the_square_of_a_text(held, noise):
    slow = {where: told for where, pattern in held.items() if (told := grows_too_fast(scan(pattern), noise))}
    assert slow == {}


@pytest.mark.parametrize("lost", ["a(0, 4)b", "a(3,)b", "a{0, 4}b", "a{, 4}b"])
def test_a_lost_bound_is_seen(lost):
    assert LOST_BOUND.search(lost)


def test_no_pattern_has_lost_a_bound(held):
    assert {where for where, pattern in held.items() if LOST_BOUND.search(pattern.pattern)} == set()


@pytest.mark.parametrize("name", READERS)
def test_no_reader_takes_the_square_of_a_text(name, noise):
    READERS[name]("Hallo. Graag mijn metoprolol.")  # what is loaded once is loaded
    assert grows_too_fast(READERS[name], noise, ladder=LONG, every=2) == ""
