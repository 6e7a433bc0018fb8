"""How values read in a sentence: dates, times, money, hours, names and lists, by language and country."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from server.drafting.fields import Speech, format_value, read_terms
from server.model.reply import Fact
from server.store.rulebook import load_rulebook
from tests.builders import TODAY, a_fact

LANGUAGES = load_rulebook().languages
NL, EN = Speech(LANGUAGES["nl"], TODAY), Speech(LANGUAGES["en"], TODAY)
US = replace(EN, country="US")


@pytest.mark.parametrize(
    ("speech", "on", "said"),
    [
        (NL, date(2026, 11, 24), "dinsdag 24 november"),
        (NL, date(2027, 1, 1), "vrijdag 1 januari 2027"),
        (EN, date(2026, 11, 24), "Tuesday 24 November"),
        (EN, date(2027, 1, 1), "Friday 1 January 2027"),
        (US, date(2026, 11, 24), "Tuesday, November 24"),
        (US, date(2027, 1, 1), "Friday, January 1, 2027"),
    ],
)
def test_dates_are_written_out(speech: Speech, on: date, said: str) -> None:
    assert speech.say(a_fact("A.earliest_refill", on)) == said


@pytest.mark.parametrize(("speech", "said"), [(NL, "14.05 uur"), (EN, "14:05"), (US, "2:05 p.m.")])
def test_times_are_written_as_the_language_does(speech: Speech, said: str) -> None:
    assert speech.say(a_fact("A.appointment_time", datetime(2026, 11, 24, 14, 5))) == said  # noqa: DTZ001


@pytest.mark.parametrize(("speech", "said"), [(NL, "€ 1.234,05"), (EN, "€1,234.05"), (US, "€1,234.05")])
def test_money_is_exact_to_the_cent(speech: Speech, said: str) -> None:
    assert speech.say(a_fact("A.amount", 123405)) == said


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        ("M. Visser, huisarts", "huisarts M. Visser", "M. Visser (GP)"),
        ("Polikliniek Cardiologie", "Polikliniek Cardiologie", "Polikliniek Cardiologie"),
        ("J. de Wit, arts, Utrecht", "J. de Wit, arts, Utrecht", "J. de Wit, arts, Utrecht"),
    ],
)
def test_a_prescriber_reads_as_one_would_say_it(value: str, nl: str, en: str) -> None:
    english = replace(EN, terms=read_terms(["huisarts = GP"]))
    fact = a_fact("A.prescriber", value)
    assert (NL.say(fact), english.say(fact)) == (nl, en)


@pytest.mark.parametrize(
    ("value", "said"), [("Kalium", "kalium"), ("HbA1c", "HbA1c"), ("TSH", "TSH"), ("Vitamine D", "vitamine D")]
)
def test_common_nouns_get_no_capital_and_abbreviations_keep_theirs(value: str, said: str) -> None:
    assert NL.say(a_fact("L1.lab_name", value)) == said


def hours(*values: str) -> list[Fact]:
    return [a_fact(f"pharmacy.hours.{day}", value, kind="hours") for day, value in enumerate(values)]


def test_equal_days_are_told_together_and_tied_to_each_of_their_facts() -> None:
    week = hours(*["08:00-18:00"] * 2, "08:00-12:00, 13:00-17:30", *["08:00-18:00"] * 2, "closed", "closed")
    opened = NL.opening(week, closed=False)
    assert "".join(piece.text for piece in opened) == (
        "maandag en dinsdag van 8.00 tot 18.00 uur, woensdag van 8.00 tot 12.00 en van 13.00 tot 17.30 uur "
        "en donderdag en vrijdag van 8.00 tot 18.00 uur"
    )
    assert opened[0].facts == ("pharmacy.hours.0", "pharmacy.hours.1")
    assert [piece.text for piece in EN.opening(week, closed=True)] == ["Saturday and Sunday"]


def test_a_value_outside_a_sentence_is_readable() -> None:
    assert format_value(a_fact("A.in_stock", True), LANGUAGES["en"], TODAY) == "True"
    assert format_value(a_fact("A.amount", 1250), LANGUAGES["en"], TODAY) == "€12.50"
