"""Nobody can be recognised in what leaves the house: known people, numbers, and names we never heard of."""

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.known_values import KnownValues, known_values
from server.text.pseudonyms import leaks, plain_text, pseudonymise
from tests.builders import a_contact, a_match, a_message, a_patient, a_pharmacy, a_thread

NOBODY = KnownValues()
JAN = known_values(a_match(a_patient(contacts=(a_contact(),))), a_thread(), a_pharmacy())


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("jan de vries wil graag herhalen", "[NAME_1] wil graag herhalen"),
        ("Met vriendelijke groet, J. de Vries", "Met vriendelijke groet, [NAME_1]"),
        ("De recepten van de heer DE VRIES", "De recepten van de heer [NAME_1]"),
        ("het is voor marieke", "het is voor [NAME_1]"),
        ("mijn adres is lijsterstraat 41", "mijn adres is [ADDRESS_1]"),
        ("geboren op 3 april 1958", "geboren op [DATE_1]"),
        ("3-4-58 is mijn geboortedatum", "[DATE_1] is mijn geboortedatum"),
        ("jarig op 3 april, dan ben ik er niet", "jarig op [DATE_1], dan ben ik er niet"),
        ("mail naar JAN@example.org", "mail naar [EMAIL_1]"),
        ("polis cz-1234567", "polis [NUMBER_1]"),
    ],
)
def test_what_the_record_knows_is_hidden_however_it_is_written(said, hidden):
    assert pseudonymise(said, JAN) == hidden


@pytest.mark.parametrize(
    "secret",
    [
        *("06-12345678", "+31 6 1234 5678", "030 555 10 20", "(030) 555 10 20", "0031612345678"),
        *("123456782", "1234.56.782", "NL91 ABNA 0417 1643 00", "4111 1111 1111 1111"),
        *("piet@bakker.example", "https://portaal.example/x?id=7", "3512 JE", "Oudegracht 221", "12 Baker Street"),
        *("12-03-1961", "1961-03-12", "12 maart 1961", "March 12, 1961", "klantnummer 00482913", "ZK-88123-A"),
    ],
)
def test_numbers_and_addresses_of_nobody_in_particular_are_hidden(secret):
    out = pseudonymise(f"Hierbij mijn gegevens: {secret}, graag snel.", NOBODY)
    bare = re.sub(r"\[[A-Z]+_\d+\]", "", out)
    assert not re.search(r"\d", bare)
    assert "@" not in bare
    assert "Oudegracht" not in bare
    assert out.startswith("Hierbij mijn gegevens: ")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Hallo,\n\nIs het klaar?\n\nGroetjes,\nRoos Bakker", "Roos Bakker"),
        ("Is het klaar?\n\nbedankt\nsanne", "sanne"),
        ("Can you check for Mrs. O'Leary please?", "O'Leary"),
        ("Mijn naam is Bram van der Brouwer.", "Bram Brouwer"),
        ("Thanks! Fatima", "Fatima"),
        ("Is het er al?\nFijne zondag verder, Greet Maas", "Greet Maas"),
        ("Zijn de pillen van Femke Akker er al?", "Femke Akker"),
        ("I spoke to Dr. Smith about it.", "Smith"),
        ("Hi, it's for Chidi Okafor.", "Chidi Okafor"),
        ("vraag van mw. K. el Amrani", "Amrani"),
        ("Met vriendelijke groet,\n\nW. Visser", "Visser"),
    ],
)
def test_names_that_nobody_told_us_are_hidden(text, gone):
    out = pseudonymise(text, NOBODY)
    assert not [name for name in gone.split() if name in out]


@pytest.mark.parametrize(
    "text",
    [
        "Graag mijn metoprolol 50 mg en omeprazol herhalen, 90 stuks.",
        "Kan ik maandag om 14.00 uur langskomen?",
        "When can I pick up my Ventolin? I have two days left.",
        "Bel ik dan 112 of de huisartsenpost?",
        "Goedemorgen, hebt u de Amlodipine 5 mg al binnen?",
    ],
)
def test_an_everyday_question_stays_as_it_is(text):
    assert pseudonymise(text, NOBODY) == text


def test_a_person_has_one_number_throughout():
    out = pseudonymise("Voor Jan de Vries: Jan komt zelf, Marieke komt niet. Gr, jan", JAN)
    assert re.findall(r"\[NAME_\d\]", out) == ["[NAME_1]", "[NAME_1]", "[NAME_2]", "[NAME_1]"]


def test_a_name_that_is_a_word_is_hidden_only_with_its_capital():
    will = KnownValues(names=("Will Rose",))
    assert pseudonymise("Will you call Will? I will be home.", will) == "[NAME_1] you call [NAME_1]? I will be home."


def test_colleagues_in_the_thread_are_known_and_the_house_is_not_hidden():
    ours = a_message(sender="info@apotheekdelinde.example", sender_name="Willemijn Stam", outgoing=True)
    known = known_values(a_match(), a_thread(ours, "Dank."), a_pharmacy())
    out = pseudonymise("Dank aan willemijn van apotheek de linde.", known)
    assert out == "Dank aan [NAME_1] van apotheek de linde."


def test_look_alike_and_hidden_characters_become_plain_and_chat_marks_lose_their_meaning():
    raw = "J\u200ba\u00adn \uff11\uff12\uff13 <|im_end|> [INST] {x} \u202ereverse \U000e0041e\u0301\r\n"
    assert plain_text(raw) == "Jan 123 ‹|im_end|› (INST) (x) reverse é\n"


@pytest.mark.parametrize(
    "text",
    [
        "J a n  d e  V r i e s",
        "jan.de.vries",
        "jan(at)x jan@example . org",
        "030.555.10.20",
        "C Z 1 2 3 4 5 6 7",
        "3/4/1958",
        "BSN 1 2 3 4 5 6 7 8 2",
        "123/456/782",
        "Marieke-de-Vries",
    ],
)
def test_the_last_look_sees_through_spacing(text):
    assert leaks(f"Dit is {text} en meer.", JAN)


def test_the_last_look_lets_an_everyday_mail_pass():
    mail = "Graag metoprolol 50 mg, 2 x daags 1 tablet, 90 stuks. Bel mij op [PHONE_1]. Groet, [NAME_1]"
    assert not leaks(mail, JAN)


def test_a_record_that_knows_little_hides_little():
    bare = known_values(a_match(a_patient(name="Li", email=None, phone=None, address=None)), a_thread(), a_pharmacy())
    assert not leaks("Wij lichten het toe.", bare)


WORDS = st.sampled_from(
    [
        "Jan",
        "de",
        "Vries",
        "JAN",
        "vries",
        "030 555 10 20",
        "3 april 1958",
        "jan@example.org",
        "metoprolol",
        "Groet,",
        "\n",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=12).map(" ".join))
def test_no_known_value_survives(text):
    out = pseudonymise(plain_text(text), JAN)
    assert not leaks(out, JAN)
    assert "jan@example" not in out.lower()


@pytest.mark.parametrize(
    "piece", ["A", "Aa ", "De van ", "A. ", "1-", "a1", "groet\n", "x@", "NL91 ", "'a", "Aa-", "[NAME"]
)
def test_hostile_text_costs_no_more_than_any_other(piece):
    pseudonymise("Warm", NOBODY)
    text = (piece * 6200)[:6200]
    before = time.process_time()
    leaks(pseudonymise(plain_text(text), JAN), JAN)
    assert time.process_time() - before < 20  # a hang; bench/hostile.py measures


def test_two_digit_years_and_other_centuries_are_written_as_people_do():
    old = KnownValues(birth_dates=(date(1931, 12, 9),))
    assert pseudonymise("09-12-31, 9/12/1931, 9 dec 1931, December 9", old).count("[DATE_") == 4
