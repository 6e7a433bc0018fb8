"""BSN, IBAN and card numbers are found by their own tests, and ways to reach somebody in one comparable form."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.contact_data import find_contact_data, link_key, phone_key
from server.text.identifiers import find_identifiers, is_bsn, is_card, is_iban


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("uw BSN 111222333 is", "bsn"),
        ("1112.22.333", "bsn"),
        ("maak over naar NL91 ABNA 0417 1643 00 op naam van", "iban"),
        ("NL91ABNA0417164300", "iban"),
        ("kaart 4111 1111 1111 1111", "card"),
    ],
)
def test_a_number_that_identifies_is_found(text, kind):
    (found,) = find_identifiers(text)
    assert found.kind == kind
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    "text",
    ["bel 030 555 01 40", "111222334", "INV-2026-0871", "NL92 ABNA 0417 1643 00", "000000000", "4111 1111 1111 1112"],
)
def test_a_number_that_fails_its_test_is_none(text):
    assert find_identifiers(text) == ()


@given(st.integers(10_000_000, 99_999_999))
@settings(deadline=None, max_examples=60)
def test_at_most_one_last_digit_makes_a_bsn(start):
    assert sum(is_bsn(f"{start}{digit}") for digit in range(10)) <= 1


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=100)
def test_any_text_is_judged_without_failing(text):
    find_identifiers(text), find_contact_data(text)
    assert is_iban(text) in (True, False)
    assert is_card(text) in (True, False)


@pytest.mark.parametrize(
    ("one", "other"),
    [("030 555 01 40", "+31 30 5550140"), ("(030) 555-0140", "0305550140"), ("+31 (0)30 555 01 40", "0305550140")],
)
def test_the_same_phone_compares_equal(one, other):
    assert phone_key(one) == phone_key(other)


def test_the_same_link_compares_equal():
    assert link_key("https://www.linde.example/portaal/") == link_key("linde.example/portaal")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("bel 112", ["phone"]),
        ("vul het formulier in op bit.ly/abc-1", ["link"]),
        ("mail info@linde.example of kijk op www.linde.example.", ["email", "link"]),
        ("Klaar.Dit is geen link, en 3.5 ook niet; bel om 14.00 uur", []),
        ("factuur INV-2026-0871 van 20-11-2026", []),
    ],
)
def test_contact_data_is_found_and_nothing_else(text, kinds):
    assert [found.kind for found in find_contact_data(text)] == kinds


@pytest.mark.parametrize("text", ["NL91" * 15_000, "@a." * 15_000, "0 " * 30_000, "a-" * 30_000, "bel " * 15_000])
def test_hostile_text_is_read_in_linear_time(text):
    start = time.process_time()
    find_identifiers(text), find_contact_data(text)
    assert time.process_time() - start < 20  # a hang; bench/hostile.py measures
