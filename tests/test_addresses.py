"""Streets, postcodes, and numbers that belong to somebody: found as people write them; what counts or doses is left."""

import re
import time

import pytest

from server.text.addresses import find_addresses, find_likely_addresses
from server.text.known_values import KnownValues
from server.text.personal_numbers import find_dates, find_numbers, said_digits
from server.text.pseudonyms import plain_text, pseudonymise

NOBODY = KnownValues()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ik woon op de Jan van Galenstraat 12-3.", "Ik woon op [ADDRESS_1]."),
        ("ons adres is achter de wal 7 bis", "ons adres is [ADDRESS_1]"),
        ("Bezorgen op Het Laagt 114 in Amsterdam graag.", "Bezorgen op [ADDRESS_1] in Amsterdam graag."),
        ("we live at 3 the paddocks, come in", "we live at [ADDRESS_1], come in"),
        ("Please send it to 1600 Cedar Hollow Blvd, it is new.", "Please send it to [ADDRESS_1], it is new."),
        ("postcode 1234ab", "postcode [ADDRESS_1]"),
        ("My postcode is sw1a 1aa.", "My postcode is [ADDRESS_1]."),
        ("zip code 62704", "[ADDRESS_1]"),
    ],
)
def test_an_address_is_gone(text, left):
    assert pseudonymise(text, NOBODY) == left


@pytest.mark.parametrize(
    "text",
    [
        "Ik woon hier al 12 jaar.",
        "Bezorg het vrijdag 4 december.",
        "Bezorgen kan tussen 2 en 4 uur.",
        "Graag 1000 ml van de sondevoeding.",
        "Ik gebruik 2000 ie per dag.",
        "Levering van Efexor 75, dank.",
        "Deliver 2 boxes please.",
        "Ik slik 3 x daags 2 tabletten.",
    ],
)
def test_what_counts_is_no_address(text):
    assert pseudonymise(text, NOBODY) == text


@pytest.mark.parametrize(
    "value",
    [
        *("12-03-1961", "12 03 1961", "12.3.61", "12/3/'61", "12 mrt 1961", "twaalf maart negentieneenenzestig"),
        *("March 12th, 1961", "12th of March 1961", "1961-03-12"),
    ],
)
def test_a_date_with_its_year_is_gone(value):
    assert pseudonymise(f"Zij is van {value} geloof ik.", NOBODY) == "Zij is van [DATE_1] geloof ik."


@pytest.mark.parametrize("text", ["geboren op [DATE_1]", "jarig op [DATE_1]", "born on [DATE_1]", "dob [DATE_1]"])
def test_a_day_without_a_year_is_gone_where_it_is_a_birthday(text):
    assert pseudonymise(text.replace("[DATE_1]", "12 maart"), NOBODY) == text


def test_a_day_without_a_year_stays_elsewhere():
    text = "Op 12 maart om 14.30 uur, of 20 december 14.00 uur."
    assert pseudonymise(text, NOBODY) == text


@pytest.mark.parametrize(
    "value",
    [
        *("nul zes een twee drie vier vijf zes zeven acht", "nul zes twaalf vierendertig zesenvijftig achtenzeventig"),
        *("oh seven seven double four nine one two three", "06 12 drie vier vijf zes zeven acht", "(312) 555-0142", "0 6 1 2 3 4 5 6 7 8"),
        *("AB-123-C", "1-XYZ-23", "AB12 CDE", "@zorgzame_piet", "AB1C23456", "R-1234567", "PXD-1606-P", "12/345678"),
        *("jan punt smit apenstaartje post punt nl", "jan (at) post (dot) nl"),
    ],
)  # fmt: skip
def test_a_number_that_belongs_to_somebody_is_gone(value):
    out = pseudonymise(f"Mijn gegevens zijn {value} voor de zekerheid.", NOBODY)
    assert re.fullmatch(r"Mijn gegevens zijn (?:\[[A-Z]+_\d\][ ]?){1,2}voor de zekerheid\.", out), out


@pytest.mark.parametrize(
    "text",
    ["klantnummer 4711", "order no. 5512", "polis: 88431", "dossiernummer is 9912", "ref. AX-99", "recept 77123"],
)
def test_a_short_number_is_gone_behind_the_word_that_says_what_it_is(text):
    assert not re.search(r"\d{2}", re.sub(r"\[\w+\]", "", pseudonymise(text, NOBODY)))


@pytest.mark.parametrize(
    "text",
    [
        "Ik neem 1-0-1-0 en 's avonds 2.",
        "Mijn recept 2 tabletten per dag.",
        "Vitamine B12 en omega-3, HbA1c 48.",
        "Bel ik dan 112 of 0900?",
        "een twee drie in huis",
        "Het kost 12,50 euro.",
    ],
)
def test_what_doses_or_counts_stays(text):
    assert pseudonymise(text, NOBODY) == text


def test_digits_in_words_are_read_as_digits():
    assert "0612" in said_digits("nul zes en dan? nul zes een twee")
    assert "4477" in said_digits("double four double seven")


@pytest.mark.parametrize(
    "piece",
    [
        *("12 aa, ", "woont op aa aa aa ", "1 Old ", "aa straat 1 ", "nul zes ", "1234 ab ", "klantnummer a1-", "a.b at "),
        *("3 april ", "@a.", "geboren 3 ", "x@", "a-1-", "een twee ", "( 1 ", "St. "),
    ],
)  # fmt: skip
def test_ugly_input_costs_no_more_than_any_other(piece):
    pseudonymise("Warm 12", NOBODY)
    text = plain_text((piece * 60_000)[:60_000])
    before = time.process_time()
    for find in (find_addresses, find_likely_addresses, find_dates, find_numbers):
        list(find(text))
    assert time.process_time() - before < 10  # a hang; it takes tenths of a second
