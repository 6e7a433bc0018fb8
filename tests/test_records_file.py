"""The PMS file: the whole format is read, what is absent stays unknown, a fault is named by place and never by value."""

import copy
import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.connectors.pms.records_file import parse_json, pharmacy_from_file, read_records
from server.errors import InvalidRecords
from server.model.patient import Consent, Coverage, MedicationDispense, Patient
from server.model.pharmacy import OpeningTime

SHARED = Path(__file__).parents[2] / "shared" / "eval" / "dev" / "pms.json"
PRESCRIPTION = {
    "id": "RX1", "medication": "Metoprololsuccinaat 50 mg tablet mga", "atc": "C07AB02",
    "dosage_text": "1x daags 1 tablet", "quantity": 90, "days_supply": 90, "last_dispensed": "2026-09-01",
    "refills_remaining": 3, "prescriber": "M. Visser", "controlled": False, "prior_authorization": "approved",
    "status": "active", "stock": 240, "order_status": "ready", "ready_since": "2026-11-01",
}  # fmt: skip
PATIENT = {
    "id": "P1", "name": "Jan Geheim", "birth_date": "1950-01-02", "email": "jan@geheim.example", "phone": "030 555",
    "language": "nl", "address": "Straat 1",
    "authorized_contacts": [{"name": "Els", "email": "els@geheim.example", "relation": "dochter"}],
    "consent": {"email": True, "sms": False, "marketing": None},
    "allergies": ["penicilline"], "insurance": {"insurer": "CZ", "policy_number": 123, "status": "active"},
    "prescriptions": [PRESCRIPTION],
    "appointments": [{"id": "A1", "kind": "Griepprik", "start": "2026-11-26T10:30", "status": "booked"}],
    "invoices": [{"id": "I1", "date": "2026-11-05", "description": "x", "amount_eur": 23.85, "covered_eur": 0.1, "status": "open"}],
    "lab_results": [{"id": "L1", "name": "Nierfunctie", "date": None, "status": "pending"}],
}  # fmt: skip
HOUSE = {"name": "Apotheek De Lindé", "phone": "030 1", "email": "info@linde.example", "opening_hours": "ma-vr 9-17"}


def a_file(**patient):
    return {"as_of": "2026-11-20", "pharmacy": dict(HOUSE), "patients": [{**copy.deepcopy(PATIENT), **patient}]}


def only(**patient):
    return read_records(a_file(**patient)).patients[0]


def a_prescription(**fields):
    return only(prescriptions=[{**PRESCRIPTION, **fields}]).medication_requests[0]


def test_the_whole_format_is_read():
    patient = only()
    (request,) = patient.medication_requests
    assert (request.days_supply, request.last_dispensed_on, request.repeats_left) == (90, date(2026, 9, 1), 3)
    assert (request.order_status, request.ready_since_on, request.stock) == ("ready", date(2026, 11, 1), 240)
    assert (request.controlled, request.prior_authorization, request.active) == (False, "approved", True)
    assert patient.appointments[0].start_at == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    assert (patient.invoices[0].amount_cents, patient.invoices[0].covered_cents) == (2385, 10)
    assert patient.coverage == Coverage("CZ", "123", "active") and patient.consent == Consent(True, False, None)
    assert (patient.contacts[0].email, patient.allergies) == ("els@geheim.example", ("penicilline",))
    assert read_records(a_file()).as_of == date(2026, 11, 20)


def test_what_is_absent_is_unknown_and_never_no():
    (patient,) = read_records({"patients": [{"id": "P1", "name": "Jan"}]}).patients
    assert patient == Patient("P1", "Jan")
    (request,) = only(prescriptions=[{"id": "R", "medication": "X"}]).medication_requests
    unknown = (request.controlled, request.stock, request.repeats_left, request.days_supply, request.issue_number)
    assert unknown == (None,) * 5
    assert (request.prior_authorization, request.order_status) == ("unknown", "unknown")
    assert request.earliest_refill_on() is None


def test_null_and_blank_are_absent_too():
    blank = only(birth_date=None, email=" ", phone="", consent=None, allergies=None, insurance=None, prescriptions=None)
    assert (blank.email, blank.phone, blank.consent, blank.coverage) == (None, None, Consent(), Coverage())
    assert only(birth_date="").birth_date is None


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        ("2026-07-01T09:30", "2026-07-01T07:30"),
        ("2026-12-01T09:30:00", "2026-12-01T08:30"),
        ("2026-12-01T09:30+00:00", "2026-12-01T09:30"),
        ("2026-12-01T09:30Z", "2026-12-01T09:30"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),
    ],
)
def test_a_time_without_a_zone_is_the_clock_on_the_wall(start, utc):
    appointment = only(appointments=[{"id": "A", "kind": "x", "start": start, "status": "booked"}]).appointments[0]
    assert appointment.start_at == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_the_wall_may_stand_elsewhere():
    data = a_file()
    data["pharmacy"]["time_zone"] = "America/New_York"
    assert read_records(data).patients[0].appointments[0].start_at.hour == 15
    assert pharmacy_from_file(data).time_zone == "America/New_York"


@pytest.mark.parametrize(
    ("euros", "cents"),
    [(12.5, 1250), (0.1, 10), ("19.99", 1999), (1.005, 101), (0, 0), (-3.2, -320), (4503.37, 450337)],
)
def test_amounts_are_cents(euros, cents):
    invoice = {"id": "I", "date": "2026-11-05", "description": "x", "amount_eur": euros, "status": "open"}
    assert only(invoices=[invoice]).invoices[0].amount_cents == cents


def test_a_file_may_carry_more():
    more = a_prescription(
        expected_on="2026-12-01",
        issue_number="second",
        dispenses=[{"id": "D1", "on": "2026-06-01", "quantity": 90, "days_supply": 90}, {"date": "2026-09-01"}],
        something_else={"a": 1},
    )
    assert (more.expected_on, more.issue_number) == (date(2026, 12, 1), 2)
    assert more.dispenses == (
        MedicationDispense("D1", date(2026, 6, 1), 90, 90),
        MedicationDispense("RX1-2", date(2026, 9, 1)),
    )


@pytest.mark.parametrize(
    "more", [{"expected_on": "soon"}, {"issue_number": "tiende"}, {"dispenses": "many"}, {"dispenses": [{"when": "x"}]}]
)
def test_more_that_is_not_understood_is_the_same_as_absent(more):
    assert a_prescription(**more) == a_prescription()


# --- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"prescriptions": [PRESCRIPTION, {**PRESCRIPTION, "id": "R2", "days_supply": "geheim"}]}, "patients[0].prescriptions[1].days_supply"),
        ({"prescriptions": [PRESCRIPTION, PRESCRIPTION]}, "patients[0].prescriptions[1].id: given twice"),
        ({"prescriptions": [{**PRESCRIPTION, "last_dispensed": 19470312}]}, "patients[0].prescriptions[0].last_dispensed"),
        ({"prescriptions": [{**PRESCRIPTION, "order_status": "geheim"}]}, "patients[0].prescriptions[0].order_status"),
        ({"prescriptions": [{**PRESCRIPTION, "days_supply": -1}]}, "patients[0].prescriptions[0].days_supply"),
        ({"prescriptions": [{"id": "R"}]}, "patients[0].prescriptions[0].medication"),
        ({"appointments": [{"id": "A", "kind": "x", "start": "geheim", "status": "booked"}]}, "patients[0].appointments[0].start"),
        ({"appointments": [{"id": "A", "kind": "x", "start": "0001-01-01T00:00", "status": "booked"}]}, "patients[0].appointments[0].start"),
        ({"appointments": [{"id": "A", "kind": "x", "start": "2026-11-26T10:30"}]}, "patients[0].appointments[0].status"),
        ({"invoices": [{"id": "I", "date": "2026-11-05", "description": "x", "amount_eur": "geheim", "status": "open"}]}, "patients[0].invoices[0].amount_eur"),
        ({"birth_date": "12-03-1947"}, "patients[0].birth_date"),
        ({"birth_date": "9999-01-01"}, "patients[0].birth_date"),
        ({"name": " "}, "patients[0].name"),
        ({"id": None}, "patients[0].id"),
        ({"authorized_contacts": {"name": "geheim"}}, "patients[0].authorized_contacts"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_place_and_nobodys_value(wrong, place):
    with pytest.raises(InvalidRecords) as caught:
        read_records(a_file(**wrong))
    assert place in caught.value.detail
    assert "geheim" not in caught.value.detail.casefold() and "1947" not in caught.value.detail


def test_a_patient_given_twice_is_a_fault():
    with pytest.raises(InvalidRecords, match=r"patients\[1\]\.id: given twice"):
        read_records({"patients": [PATIENT, PATIENT]})


def test_many_faults_are_told_in_one_line():
    with pytest.raises(InvalidRecords, match="and 4 more"):
        read_records({"patients": [{"name": "x"}] * 9})


@pytest.mark.parametrize("zone", ["Europe/Utrecht", "../../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_a_fault(zone):
    data = a_file()
    data["pharmacy"]["time_zone"] = zone
    for read in (read_records, pharmacy_from_file):
        with pytest.raises(InvalidRecords, match=r"pharmacy\.time_zone"):
            read(data)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "line 1"),
        (b'{"patients": [\n{"geheim" 1}]}', "line 2, column"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[]", "one object"),
        (b'{"a": NaN}', "NaN"),
        (b"[" * 100_000, "deep"),
    ],
)
def test_a_file_that_is_not_json_is_told_so(raw, said):
    with pytest.raises(InvalidRecords) as caught:
        parse_json(raw)
    assert said in caught.value.detail and "geheim" not in caught.value.detail


def test_a_byte_order_mark_is_no_fault():
    assert parse_json(b"\xef\xbb\xbf" + json.dumps(a_file()).encode())["as_of"] == "2026-11-20"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*PATIENT, *PRESCRIPTION, "start", "date"]), inner)
    ),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries({"patients": st.lists(JSON, max_size=2)}, optional={"pharmacy": JSON, "as_of": JSON}) | JSON
)
@settings(deadline=None, max_examples=150)
def test_any_json_is_read_or_refused(data):
    for read in (read_records, pharmacy_from_file):
        try:
            read(data)
        except InvalidRecords as refused:
            assert refused.detail


# --- the pharmacy ----------------------------------------------------------------------------------------------------


def test_a_pharmacy_gets_an_id_from_its_name_and_its_mailbox_from_its_address():
    house = pharmacy_from_file(a_file())
    assert (house.id, house.organisation_id) == ("apotheek-de-linde", "apotheek-de-linde")
    assert (house.mailboxes, house.channel, house.emergency_phone) == (("info@linde.example",), "plain", "112")


def test_defaults_fill_what_the_file_does_not_say():
    data = a_file()
    assert pharmacy_from_file(data, channel="secure", organisation_id="groep").channel == "secure"
    data["pharmacy"] |= {"id": "De Linde", "channel": "plain", "languages": ["nl"], "mailboxes": ["a@b.example"]}
    house = pharmacy_from_file(data, id="anders", channel="secure", organisation_id="groep")
    assert (house.id, house.channel, house.organisation_id) == ("de-linde", "plain", "groep")
    assert (house.languages, house.mailboxes) == (("nl",), ("a@b.example",))


def test_structured_hours_are_taken_over():
    data = a_file()
    data["pharmacy"]["hours"] = [{"weekday": 0, "opens": "08:00", "closes": "18:00"}]
    assert pharmacy_from_file(data).hours == (OpeningTime(0, time(8), time(18)),)


@pytest.mark.parametrize(
    "odd", [{"country": "Nederland"}, {"channel": "fax"}, {"hours": "ma-vr"}, {"languages": ["Deutsch"]}]
)
def test_odd_extras_of_a_pharmacy_are_the_same_as_absent(odd):
    data = a_file()
    data["pharmacy"] |= odd
    assert pharmacy_from_file(data) == pharmacy_from_file(a_file())


def test_a_file_without_a_pharmacy_describes_none():
    with pytest.raises(InvalidRecords, match="pharmacy: Field required"):
        pharmacy_from_file({"patients": []})


@pytest.mark.skipif(not SHARED.exists(), reason="the shared evaluation set is not on this machine")
def test_the_shared_set_is_read_whole():
    data = parse_json(SHARED.read_bytes())
    patients = read_records(data).patients
    assert len(patients) == len(data["patients"])
    assert sum(len(patient.medication_requests) for patient in patients) == sum(
        len(p["prescriptions"]) for p in data["patients"]
    )
