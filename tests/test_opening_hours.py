"""Opening hours as pharmacies write them: a week is told only when every word of it was understood."""

import time as clock
from datetime import time

import pytest

from server.text.opening_hours import read_hours, read_week


@pytest.mark.parametrize(
    ("text", "days", "closed"),
    [
        ("ma-vr 08:00-18:00, za 09:00-13:00, zo gesloten", {0, 1, 2, 3, 4, 5}, {6}),
        ("maandag t/m vrijdag van 8.00 tot 17.30 uur; zaterdag en zondag gesloten", {0, 1, 2, 3, 4}, {5, 6}),
        ("Mon-Fri 09:00-17:30, Sat 10:00-14:00, Sun closed", {0, 1, 2, 3, 4, 5}, {6}),
        ("werkdagen 8.00-18.00 uur", {0, 1, 2, 3, 4}, set()),
        ("ma, di en do 08:30-17:30, wo 08:30-12:00, za-zo gesloten", {0, 1, 2, 3}, {5, 6}),
    ],
)
def test_a_written_week_is_read(text: str, days: set[int], closed: set[int]) -> None:
    stretches, shut = read_week(text)
    assert {stretch.weekday for stretch in stretches} == days
    assert shut == closed


@pytest.mark.parametrize(
    "text",
    ["", "op afspraak", "ma-vr 08:00-18:00, behalve feestdagen", "ma-vr 08:00-18:00 (vr tot 17:00)", "zie de website"],
)
def test_a_week_that_is_not_wholly_understood_is_not_told(text: str) -> None:
    assert read_week(text) == ((), frozenset())


def test_a_pause_at_noon_makes_two_stretches() -> None:
    stretches = read_hours("di 08:30-12:00 en 13:00-17:30")
    assert [(s.weekday, s.opens, s.closes) for s in stretches] == [
        (1, time(8, 30), time(12)),
        (1, time(13), time(17, 30)),
    ]


def test_a_hostile_text_is_read_in_no_time() -> None:
    began = clock.process_time()
    read_week("ma, di en " * 200_000)
    read_week("ma-vr 08:00-" * 200_000)
    assert clock.process_time() - began < 20  # a hang; bench/hostile.py measures
