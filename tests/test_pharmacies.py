"""Pharmacies: added, changed, found by mailbox; their connectors' settings closed; their hours read when they can be."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from server.errors import Conflict, InvalidRequest, NotFound
from server.model.pharmacy import Pharmacy
from server.store.schema import pharmacies
from server.text.opening_hours import read_hours
from tests.store_builders import HOUSE, OTHER_HOUSE, a_memory, over

HOURS = "ma-vr 08:00-18:00, za 09:00-13:00, zo gesloten"


def a_house(pharmacy_id=HOUSE, **fields):
    given = {"organisation_id": "groep", "name": "Apotheek De Linde", "mailboxes": ("info@linde.example",), **fields}
    return Pharmacy(pharmacy_id, **given)


def houses(*added):
    memory = a_memory()
    for each in added:
        memory.pharmacies.add(each)
    return memory


def test_a_pharmacy_is_read_back_as_it_was_added():
    house = a_house(
        channel="secure", languages=("nl",), own_links=("https://linde.example",), portal_url="https://p.example"
    )
    assert houses(house).pharmacies.get(HOUSE) == house


def test_a_new_pharmacy_has_the_careful_settings():
    house = houses(a_house()).pharmacies.get(HOUSE)
    assert (house.channel, house.plain_acknowledge, house.retention_days) == ("plain", False, 30)


def test_hours_are_read_from_the_text_and_given_ones_stand():
    read = houses(a_house(opening_hours=HOURS)).pharmacies.get(HOUSE)
    assert read.hours == read_hours(HOURS) != ()
    given = read_hours("ma 9-12")
    assert houses(a_house(opening_hours=HOURS, hours=given)).pharmacies.get(HOUSE).hours == given


def test_a_change_replaces_the_whole_and_says_whether_it_did():
    memory = houses(a_house())
    assert memory.pharmacies.set(a_house()) is False
    changed = a_house(phone="030 555 00 00", mailboxes=("balie@linde.example",))
    assert memory.pharmacies.set(changed) is True
    assert memory.pharmacies.get(HOUSE) == changed
    assert memory.pharmacies.find_for_mailbox("groep", "balie@linde.example") == changed
    with pytest.raises(NotFound):
        memory.pharmacies.set(a_house("nergens"))


@pytest.mark.parametrize(
    ("mailbox", "found"),
    [
        ("info@linde.example", HOUSE),
        ("INFO@Linde.example ", HOUSE),
        ("info@eik.example", OTHER_HOUSE),
        ("x@y.example", None),
    ],
)
def test_of_several_the_mailbox_decides(mailbox, found):
    memory = houses(a_house(), a_house(OTHER_HOUSE, mailboxes=("info@eik.example",)))
    hit = memory.pharmacies.find_for_mailbox("groep", mailbox)
    assert (hit.id if hit else None) == found


def test_an_only_pharmacy_needs_no_mailbox_and_no_one_elses_is_found():
    memory = houses(a_house(mailboxes=()), a_house(OTHER_HOUSE, organisation_id="anders", mailboxes=("a@b.example",)))
    assert memory.pharmacies.find_for_mailbox("groep", "a@b.example").id == HOUSE
    assert memory.pharmacies.find_for_mailbox("niemand", "a@b.example") is None


def test_a_list_is_an_organisations_own():
    memory = houses(a_house(), a_house(OTHER_HOUSE, organisation_id="anders"))
    assert [house.id for house in memory.pharmacies.list("groep")] == [HOUSE]
    assert [house.id for house in memory.pharmacies.list()] == [OTHER_HOUSE, HOUSE]


@pytest.mark.parametrize("second", [a_house(), a_house(OTHER_HOUSE)], ids=["id", "mailbox"])
def test_what_is_taken_is_refused_and_nothing_of_it_stays(second):
    memory = houses(a_house())
    with pytest.raises(Conflict):
        memory.pharmacies.add(second)
    assert [house.id for house in memory.pharmacies.list()] == [HOUSE]


def test_two_organisations_may_have_the_same_mailbox():
    memory = houses(a_house(), a_house(OTHER_HOUSE, organisation_id="anders"))
    assert memory.pharmacies.find_for_mailbox("anders", "info@linde.example").id == OTHER_HOUSE


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("id", "De Linde"), ("id", ""), ("organisation_id", ""), ("name", " "), ("country", "Nederland"),
        ("time_zone", "Europe/Utrecht"), ("time_zone", "../etc"), ("languages", ()), ("languages", ("xx",)), ("languages", ("nl", "nl")),
        ("channel", "fax"), ("retention_days", 0), ("retention_days", 9999), ("mailboxes", ("linde",)),
        ("refill_lead_days", -1), ("refill_used_percent", 101), ("refill_used_percent_controlled", 10), ("refill_least_age", 200),
        ("emergency_phone", ""),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(field, wrong):
    with pytest.raises(InvalidRequest, match=field):
        houses(replace(a_house(), **{field: wrong}))


# --- settings --------------------------------------------------------------------------------------------------------


def test_settings_are_kept_closed_and_read_back():
    memory = houses(a_house())
    secret = {"pms": {"connector": "fhir", "password": "geheim"}}
    assert memory.pharmacies.get_settings(HOUSE) == {}
    memory.pharmacies.set_settings(HOUSE, secret)
    assert over(memory.engine, memory.ring).pharmacies.get_settings(HOUSE) == secret
    memory.pharmacies.set(a_house(phone="030"))
    assert memory.pharmacies.get_settings(HOUSE) == secret
    with memory.engine.connect() as connection:
        assert "geheim" not in repr(connection.execute(select(pharmacies)).all())


def test_settings_outlive_a_rotation():
    memory = houses(a_house())
    memory.pharmacies.set_settings(HOUSE, {"a": 1})
    ring = memory.ring.with_new_key()
    over(memory.engine, ring).vault.rotate()
    assert over(memory.engine, ring).pharmacies.get_settings(HOUSE) == {"a": 1}


def test_settings_of_no_pharmacy_are_not_found():
    memory = houses(a_house())
    for attempt in (
        lambda: memory.pharmacies.get("nergens"),
        lambda: memory.pharmacies.get_settings("nergens"),
        lambda: memory.pharmacies.set_settings("nergens", {}),
    ):
        with pytest.raises(NotFound):
            attempt()


# --- opening hours ---------------------------------------------------------------------------------------------------


def told(text):
    """ "0 08:00-18:00" for each stretch."""
    return [f"{each.weekday} {each.opens:%H:%M}-{each.closes:%H:%M}" for each in read_hours(text)]


def week(hours, days=range(5)):
    return [f"{day} {hours}" for day in days]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (HOURS, [*week("08:00-18:00"), "5 09:00-13:00"]),
        ("Mon-Fri 8am-6pm", week("08:00-18:00")),
        ("Mon-Fri 8am-6pm; Sat 9-1pm", [*week("08:00-18:00"), "5 09:00-13:00"]),
        ("Monday to Friday 9 a.m. - 5.30 p.m., Sunday closed", week("09:00-17:30")),
        ("Maandag t/m vrijdag: 8.30 - 17.30 uur", week("08:30-17:30")),
        ("maandag tot en met vrijdag van 8.30 tot 17.30 uur", week("08:30-17:30")),
        ("werkdagen 8:00–17:30\nzaterdag en zondag gesloten", week("08:00-17:30")),
        ("ma, di en do 9u30 tot 17u", week("09:30-17:00", (0, 1, 3))),
        ("za-ma 10-12", week("10:00-12:00", (0, 5, 6))),
        ("ma 8-12 en 13-17", ["0 08:00-12:00", "0 13:00-17:00"]),
        ("Mon 12pm-5pm, Tue 1-5pm", ["0 12:00-17:00", "1 13:00-17:00"]),
        ("dagelijks 0-24", week("00:00-23:59", range(7))),
    ],
)
def test_hours_as_pharmacies_write_them(text, hours):
    assert told(text) == hours


@pytest.mark.parametrize(
    "text",
    [
        "", "24/7", "ma-vr", "08:00-18:00", "ma-vr 18:00-08:00", "ma-vr 8-25", "ma 8:75-9", "ma-vr 8", "op afspraak",
        "ma-vr 8-18 behalve feestdagen", "ma-vr 8:00-18:00 (do tot 20:00)", "ma 9-12 11-13", "ma 9-12, ma gesloten",
        "ma gesloten, ma 9-12", "ma - 9-12", "ma 9 12", "ma 9-12 13", "ma-", "gesloten", "8-12 ma", "ma 13pm-14pm", "x" * 501,
    ],
)  # fmt: skip
def test_what_is_not_wholly_understood_is_not_read_at_all(text):
    assert told(text) == []


@given(st.text("madivrzo 0123456789:.-,;()tot/gesloten", max_size=60))
@settings(deadline=None, max_examples=200)
def test_any_text_gives_hours_in_order_or_none(text):
    hours = read_hours(text)
    assert all(each.opens < each.closes for each in hours)
    for one, other in pairwise(hours):
        assert one.weekday < other.weekday or (one.weekday == other.weekday and one.closes <= other.opens)
