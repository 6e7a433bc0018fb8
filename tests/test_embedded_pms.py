"""The embedded pharmacy system: a file loaded whole or not at all, patients found as people write, never another's."""

import copy
from datetime import date

import pytest

from server.connectors.pms.embedded import EmbeddedRecords, load_records
from server.connectors.pms.names import name_words, names_agree
from server.connectors.pms.records_file import read_records
from server.errors import ConnectorFailed, InvalidRecords, InvalidRequest, NotFound
from server.store.engine import open_database
from tests.store_builders import HOUSE, OTHER_HOUSE, a_memory


def person(patient_id, name, email=None, *, born="1950-01-02", contacts=(), **fields):
    people = [{"name": who, "email": address, "relation": "dochter"} for who, address in contacts]
    return {"id": patient_id, "name": name, "email": email, "birth_date": born, "authorized_contacts": people, **fields}


FAMILY = [
    person("P1", "Jan van den Berg", "familie@berg.example", contacts=[("Els Berg", "els@berg.example")]),
    person("P2", "Anna Berg-de Wit", "Familie@Berg.example", born="1952-03-04"),
    person("P3", "Jip Berg", None, born="2015-05-06", contacts=[("Jan van den Berg", "familie@berg.example")]),
    person("P4", "Zoë Çelik", "zoe@celik.example", born=None),
    person("P5", "Jan Pietersen", "jan@pietersen.example", born="1950-01-02"),
]


def a_system(patients=FAMILY, pharmacy_id=HOUSE):
    engine = a_memory().engine
    load_records(engine, pharmacy_id, {"patients": copy.deepcopy(patients)})
    return EmbeddedRecords(engine, pharmacy_id)


def found(records, **wanted):
    return [(hit.patient.id, hit.found_by) for hit in records.find_patients(**wanted)]


# --- by address ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["familie@berg.example", " FAMILIE@berg.EXAMPLE"])
def test_who_shares_an_address_is_all_found_own_before_authorized(address):
    assert found(a_system(), email=address) == [("P1", "email"), ("P2", "email"), ("P3", "contact_email")]


def test_a_contact_is_found_by_their_address():
    assert found(a_system(), email="els@berg.example") == [("P1", "contact_email")]


@pytest.mark.parametrize(
    "address", ["", "berg.example", "familie@berg.exampl", "%@berg.example", "_amilie@berg.example"]
)
def test_only_the_whole_address_counts(address):
    assert found(a_system(), email=address) == []


def test_an_address_and_a_name_find_both_each_once():
    hits = found(a_system(), email="els@berg.example", name="Jan van den Berg", birth_date=date(2015, 5, 6))
    assert hits == [("P1", "contact_email")]
    hits = found(a_system(), email="zoe@celik.example", name="Jip Berg", birth_date=date(2015, 5, 6))
    assert hits == [("P4", "email"), ("P3", "name_and_birth_date")]


# --- by name and birth date ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Jan van den Berg", ["P1"]),
        ("Berg, J. v.d.", ["P1", "P3"]),
        ("dhr. jan berg", ["P1"]),
        ("Anna de Wit", ["P2"]),
        ("A. Berg - de Wit", ["P2"]),
        ("anna maria berg-de wit", ["P2"]),
        ("zoe celik", ["P4"]),
        ("Berg", []),
        ("Jan", []),
        ("van den", []),
        ("Marie Pietersen", []),
        ("'; drop table pms_names; --", []),
        ("", []),
    ],
)
def test_names_as_people_write_them(name, ids):
    assert found(a_system(), name=name) == [(patient_id, "name") for patient_id in ids]


def test_a_birth_date_makes_a_name_sure_and_a_lone_word_enough():
    records = a_system()
    assert found(records, name="Jan van den Berg", birth_date=date(1950, 1, 2)) == [("P1", "name_and_birth_date")]
    assert found(records, name="Berg", birth_date=date(1950, 1, 2)) == [("P1", "name_and_birth_date")]
    assert found(records, name="Jan van den Berg", birth_date=date(1950, 1, 3)) == []
    assert found(records, birth_date=date(1950, 1, 2)) == [("P1", "birth_date"), ("P5", "birth_date")]


def test_a_birth_date_that_is_not_on_file_rules_nobody_out():
    assert found(a_system(), name="Zoe Celik", birth_date=date(1990, 1, 1)) == [("P4", "name")]
    assert found(a_system(), birth_date=date(1990, 1, 1)) == []


def test_asking_nothing_finds_nobody():
    assert found(a_system()) == []


def test_a_common_first_name_does_not_crowd_out_the_family_name():
    crowd = [person(f"A{number:03}", f"Jan Naam{'x' * (number % 7 + 1)}") for number in range(400)]
    assert found(a_system([*crowd, person("Z", "Jan Zeldenrust")]), name="Jan Zeldenrust") == [("Z", "name")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mw. J. van den Ákker", ("j", "akker")),
        ("James O’Connor", ("james", "oconnor")),
        ("Willem-Jan Hoekstra", ("willem", "jan", "hoekstra")),
        ("Mehmet Yıldız", ("mehmet", "yildiz")),
        ("Søren Łuk", ("soren", "luk")),
        ("Dijkstra", ("dykstra",)),
        ("van der", ("van", "der")),
        ("1234 ?!", ()),
    ],
)
def test_names_are_folded(name, words):
    assert name_words(name) == words


def test_an_initial_alone_agrees_with_nobody():
    assert not names_agree(("j",), ("jan", "berg"))
    assert not names_agree((), ("jan",))


# --- tenants ---------------------------------------------------------------------------------------------------------


def test_another_pharmacys_patients_are_not_there():
    ours = a_system()
    other = EmbeddedRecords(ours._engine, OTHER_HOUSE)
    assert found(other, email="familie@berg.example") == found(other, name="Jan van den Berg") == []
    assert found(other, birth_date=date(1950, 1, 2)) == []
    with pytest.raises(NotFound):
        other.get_patient("P1")


def test_two_pharmacies_may_know_the_same_ids():
    ours = a_system()
    load_records(ours._engine, OTHER_HOUSE, {"patients": [person("P1", "Iemand Anders", "x@y.example")]})
    assert ours.get_patient("P1").name == "Jan van den Berg"
    assert found(ours, email="x@y.example") == found(ours, name="Iemand Anders") == []
    assert EmbeddedRecords(ours._engine, OTHER_HOUSE).get_patient("P1").name == "Iemand Anders"
    assert load_records(ours._engine, OTHER_HOUSE, {"patients": []})["removed"] == 1
    assert len(ours.find_patients(email="familie@berg.example")) == 3


# --- loading ---------------------------------------------------------------------------------------------------------


def counts(records, patients):
    return load_records(records._engine, HOUSE, {"patients": patients})


def test_loading_again_changes_nothing_and_a_change_is_counted():
    records = a_system()
    assert counts(records, FAMILY) == {"added": 0, "changed": 0, "removed": 0, "unchanged": 5}
    later = [person("P1", "Jan van den Berg", "nieuw@berg.example"), *FAMILY[2:], person("P9", "Nieuw Iemand")]
    assert counts(records, later) == {"added": 1, "changed": 1, "removed": 1, "unchanged": 3}
    assert found(records, email="nieuw@berg.example") == [("P1", "email")]
    assert found(records, email="els@berg.example") == []
    assert found(records, name="Anna de Wit") == []


def test_a_file_that_does_not_fit_changes_nothing():
    records = a_system()
    with pytest.raises(InvalidRecords):
        counts(records, [person("P1", "Iemand Anders"), person("P2", "")])
    assert records.get_patient("P1").name == "Jan van den Berg"


def test_a_patient_is_read_back_as_the_file_had_it():
    data = {"patients": [person("P1", "Jan", prescriptions=[{"id": "R", "medication": "X", "quantity": 1.5}],
                                appointments=[{"id": "A", "kind": "Griepprik", "start": "2026-07-01T09:30", "status": "booked"}])]}  # fmt: skip
    assert a_system(data["patients"]).get_patient("P1") == read_records(data).patients[0]


# --- writing back, failing -------------------------------------------------------------------------------------------


def test_an_entry_is_recorded_once():
    records = a_system()
    first = records.record({"key": "reply-1", "note": "herhaling gevraagd"})
    assert records.record({"key": "reply-1", "note": "herhaling gevraagd"}) == first
    assert records.record({"key": "reply-2"}) != first
    assert EmbeddedRecords(records._engine, OTHER_HOUSE).record({"key": "reply-1"}) != first


@pytest.mark.parametrize("entry", [{}, {"key": ""}, {"key": 7}, {"key": "x" * 201}])
def test_an_entry_without_a_key_is_refused(entry):
    with pytest.raises(InvalidRequest):
        a_system().record(entry)


def test_a_system_that_does_not_answer_is_a_failed_connector():
    records = EmbeddedRecords(open_database(), HOUSE)  # no tables
    for attempt in (
        lambda: records.find_patients(email="a@b.example"),
        lambda: records.get_patient("P1"),
        lambda: records.record({"key": "k"}),
    ):
        with pytest.raises(ConnectorFailed) as caught:
            attempt()
        assert caught.value.retryable
