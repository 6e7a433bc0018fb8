"""How a medicine is taken, in Dutch and in the codes of prescriptions, and how long a quantity lasts (domain.md §2.1, §2.2)."""

from fractions import Fraction
from random import Random

import pytest

from server.text.directions import days_supply, longest_supply, read_directions

# The tables of the guide: text, quantity, days.
GUIDE = [
    ("1D1T", 90, 90),
    ("2D1T", 180, 90),
    ("3D1-2T", 60, 10),
    ("1D1-2T", 60, 30),
    ("3D1T ZN", 30, None),
    ("3D1T ZN MAX 3 per dag", 30, 10),
    ("1W1T", 12, 84),
    ("1W6T", 24, 28),
    ("2D2PUF", 200, 50),
    ("1D14E", 1500, 107),
    ("1 pleister per 3 dagen", 10, 30),
    ("1D1T 21 aan/7 af", 63, 84),
    ("3D1T 3d, 2D1T 3d, 1D1T 3d", 18, 9),
    ("volgens schema", 30, None),
    ("1-2 TAB PO Q4-6H PRN", 30, 2),
    ("1 TAB PO BID", 60, 30),
    ("i-ii gtt OU BID", 100, 12),
]
DUTCH = [
    ("1 x per dag 1 tablet", 90, 90),
    ("1 keer daags 1 tablet", 30, 30),
    ("1x daags 1 tablet", 30, 30),
    ("2dd1", 60, 30),
    ("2 dd 1", 60, 30),
    ("2 dd 1 tablet", 60, 30),
    ("2x dgs 1", 60, 30),
    ("3 maal daags 1 capsule", 90, 30),
    ("tweemaal daags 1 tablet", 60, 30),
    ("om de 8 uur 1 tablet", 30, 10),
    ("om de dag 1 tablet", 30, 60),
    ("'s ochtends 1 en 's avonds 2", 90, 30),
    ("'s ochtends 1 tablet en 's avonds 2 tabletten", 90, 30),
    ("1 tablet 's ochtends en 's avonds", 60, 30),
    ("1x daags ½ tablet", 30, 60),
    ("1x daags een halve tablet", 30, 60),
    ("2x daags anderhalve tablet", 30, 10),
    ("zo nodig 1 tablet, max 6 per dag", 30, 5),
    ("zo nodig 1-2 inhalaties, max. 4x daags", 200, 25),
    ("bij aanval 1 tablet, max. 2 per 24 uur", 12, 6),
    ("1 keer per week 1 tablet (op maandag)", 4, 28),
    ("1x per 4 weken 1 pen", 3, 84),
    ("1x per 6 maanden 1 injectie", 1, 180),
    ("21 dagen 1x daags 1 tablet, daarna 7 dagen geen", 63, 84),
    ("1x daags 1 tablet, 21 dagen, 7 dagen stop", 63, 84),
    ("1x daags 2 sprays per neusgat", 120, 30),
    ("3x daags 5 ml gedurende 7 dagen", 150, 7),
    ("1x daags 20 E voor de nacht", 300, 15),
    ("2x daags 1 sachet", 60, 30),
    ("1x daags 1 tablet voor het ontbijt", 30, 30),
    ("2x daags 1 tablet bij de maaltijd", 60, 30),
    ("1x daags 2,5 ml", 100, 40),
    ("4x daags 2 tabletten", 80, 10),
    ("1 tablet per dag", 30, 30),
    ("dagelijks 2 capsules", 60, 30),
    ("wekelijks 1 tablet", 4, 28),
]
NEVER_GUESSED = [
    "", "1x daags", "2 dd", "zo nodig", "zo nodig 1 tablet", "volgens schema trombosedienst", "op geleide van INR", "gebruik bekend", "u.c.",
    "volgens afbouwschema", "1x daags dun aanbrengen", "1x daags 1 tablet of 2 bij pijn", "1x per week 1 mg en dan 2 mg", "zie bijsluiter", "1D1T VS", "2x daags 1 tablet, daarna 1x daags 1 tablet",
    "1x daags 1 tablet en 2 pufjes", "as directed", "1 tab UD", "1 tab od", "1.0 tab bid", "10U qd", "1 tab stat", "take tabs", "qd", "1 tab qdi", "1 tab bid tid",
    "1U1T", "elk uur 1 tablet", "om de 30 uur 1 tablet", "1x daags 1 maatlepel", "3D1T ZN voor pijn max",
]  # fmt: skip
ENGLISH = [
    ("1 tab qd", "US", 30, 30),
    ("take one tablet daily", "", 30, 30),
    ("take 1 tablet twice a day with food", "", 60, 30),
    ("1 cap tid", "US", 90, 30),
    ("2 tabs qid", "US", 80, 10),
    ("1 tab q8h", "US", 30, 10),
    ("1 tab every 6 hours as needed for pain", "US", 20, 5),
    ("1 tab qod", "US", 15, 30),
    ("1 tab qw", "US", 4, 28),
    ("1 tab qhs", "US", 30, 30),
    ("ii puffs bid", "US", 120, 30),
    ("1 tsp tid", "US", 150, 10),
    ("1 tbsp bid", "US", 300, 10),
    ("ss tab bid", "US", 30, 30),
    ("1 gtt os bid", "US", 100, 50),
    ("1 gtt od bid", "US", 100, 50),
    ("1 tab od", "GB", 28, 28),
    ("1 tab on", "GB", 28, 28),
    ("2 sprays in each nostril daily", "US", 120, 30),
    ("1 tab prn, max 4 per day", "US", 20, 5),
    ("1 tab bid x 10 days #20", "US", 20, 10),
    ("inject 1 pen every 2 weeks", "US", 2, 28),
    ("1 tab tiw", "US", 12, 28),
]


@pytest.mark.parametrize(("text", "quantity", "days"), [*GUIDE, *DUTCH])
def test_a_quantity_lasts(text: str, quantity: float, days: int | None) -> None:
    assert days_supply(read_directions(text), quantity) == days


@pytest.mark.parametrize(("text", "country", "quantity", "days"), ENGLISH)
def test_codes_of_prescriptions(text: str, country: str, quantity: float, days: int) -> None:
    assert days_supply(read_directions(text, country), quantity) == days


@pytest.mark.parametrize("text", NEVER_GUESSED)
def test_what_is_not_understood_is_no_number(text: str) -> None:
    assert days_supply(read_directions(text), 30) is None


def test_insulin_is_lost_at_each_priming() -> None:
    directions = read_directions("1D14E")
    assert (days_supply(directions, 1500), days_supply(directions, 1500, prime_units=2)) == (107, 93)
    assert days_supply(directions, 1500, longest_days=28) == 28


def test_the_least_may_last_longer() -> None:
    directions = read_directions("1D1-2T")
    assert directions is not None
    assert (directions.least, directions.most) == (Fraction(1), Fraction(2))
    assert (days_supply(directions, 60), longest_supply(directions, 60)) == (30, 60)


def test_a_taper_ends() -> None:
    directions = read_directions("3D1T 3d, 2D1T 3d, 1D1T 3d")
    assert directions is not None
    assert (directions.course_days, directions.course_units) == (9, 18)
    assert days_supply(directions, 17) is None


def test_more_lasts_longer_and_more_often_lasts_shorter() -> None:
    chance = Random(4)
    for _ in range(500):
        times, amount, quantity = chance.randint(1, 6), chance.randint(1, 3), chance.randint(20, 400)
        text = chance.choice([f"{times}D{amount}T", f"{times}x daags {amount} tabletten", f"{times} dd {amount}"])
        days = days_supply(read_directions(text), quantity)
        assert days == quantity // (times * amount) or (days is None and quantity < times * amount)


def test_no_text_breaks_the_reader() -> None:
    chance = Random(5)
    pieces = [
        "1",
        "2",
        "½",
        "x",
        "D",
        "T",
        "daags",
        "dd",
        "per",
        "week",
        "max",
        "-",
        "/",
        ",",
        " ",
        "tablet",
        "zn",
        "q",
        "h",
        "bid",
        "21 dagen",
        "é",
        "\n",
    ]
    for _ in range(3000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(0, 14)))
        days = days_supply(read_directions(text), 30)
        assert days is None or 0 < days < 30 * 400
