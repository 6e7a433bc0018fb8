"""Dates, days and times are read from digits and from words, Dutch and English."""

import time
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.dates import find_dates
from server.text.times import find_lengths, find_times

TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("vanaf 2 december 2026", "nl", date(2026, 12, 2)),
        ("vanaf woensdag twee december", "nl", date(2026, 12, 2)),
        ("op één december", "nl", date(2026, 12, 1)),
        ("op drieëntwintig december", "nl", date(2026, 12, 23)),
        ("24-11-2026", "nl", date(2026, 11, 24)),
        ("op 24-11", "nl", date(2026, 11, 24)),
        ("2026-12-03", "nl", date(2026, 12, 3)),
        ("de eerste dag van het nieuwe jaar", "nl", date(2027, 1, 1)),
        ("the third of January", "en", date(2027, 1, 3)),
        ("January 3rd, 2027", "en", date(2027, 1, 3)),
        ("the thirtieth of November", "en", date(2026, 11, 30)),
        ("Tuesday the twenty-fourth of November", "en", date(2026, 11, 24)),
        ("on the 30th", "en", date(2026, 11, 30)),
        ("gisteren", "nl", date(2026, 11, 19)),
        ("overmorgen", "nl", date(2026, 11, 22)),
        ("the day after tomorrow", "en", date(2026, 11, 22)),
        ("aanstaande maandag", "nl", date(2026, 11, 23)),
        ("over drie dagen", "nl", date(2026, 11, 23)),
        ("two days ago", "en", date(2026, 11, 18)),
    ],
)
def test_a_date_is_read_however_it_is_written(text, language, day):
    (mention,) = find_dates(text, language, TODAY)
    assert day in mention.days
    assert text[mention.start : mention.end] == mention.words


@pytest.mark.parametrize(
    "text",
    [
        "Goedemorgen",
        "30/150 microgram",
        "1-2 tabletten",
        "We may call you",
        "in orde maken",
        "030 555 01 40",
        "van 8.00 uur",
    ],
)
def test_what_looks_like_a_date_is_none(text):
    assert find_dates(text, "nl", TODAY) == ()


def test_a_day_that_does_not_exist_has_no_meaning():
    (mention,) = find_dates("op 31 november", "nl", TODAY)
    assert mention.days == ()


def test_a_weekday_is_kept_beside_its_date_so_that_they_can_be_compared():
    (mention,) = find_dates("dinsdag 2 december", "nl", TODAY)
    assert mention.weekday == 1
    assert date(2026, 12, 2).weekday() == 2


@given(st.integers(-300, 300), st.sampled_from(["nl", "en"]), st.sampled_from(["d MMMM y", "EEEE d MMMM y", "d MMMM"]))
@settings(deadline=None, max_examples=80)
def test_what_babel_writes_is_read_back(step, language, pattern):
    day = TODAY + timedelta(days=step)
    written = format_date(day, pattern, locale=language)
    assert any(day in mention.days for mention in find_dates(f"vanaf {written}.", language, TODAY)), written


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("om 14:00 uur", 840),
        ("om 14.30 uur", 870),
        ("half drie", 870),
        ("kwart over negen", 555),
        ("'s middags om twee uur", 840),
        ("a quarter past nine", 555),
        ("at half past nine", 570),
        ("until 6 pm", 1080),
        ("van 8 tot 18 uur", 480),
        ("tien voor half drie", 860),
    ],
)
def test_a_time_is_read_however_it_is_written(text, minutes):
    assert any(minutes in found.minutes for found in find_times(text))


def test_a_length_of_time_is_no_time_of_day():
    assert find_times("binnen twee uur") == ()
    assert [found.lead for found in find_lengths("binnen twee uur, within 24 hours")] == ["binnen", "within"]


@pytest.mark.parametrize(
    "text", ["maandag " * 8_000, "1 januari " * 5_000, "in een " * 8_000, "half " * 10_000, "0.0" * 20_000]
)
def test_hostile_text_is_read_in_linear_time(text):
    start = time.process_time()
    find_dates(text, "nl", TODAY), find_times(text)
    assert time.process_time() - start < 20  # a hang; bench/hostile.py measures
