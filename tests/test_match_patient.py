"""Who is writing, for whom, and how sure we are."""

import time

import pytest

from server.flows.match_patient import confirm, match_patient
from server.model.patient import Rung
from server.model.thread import EmailAddress
from server.text.persons import find_persons
from tests.builders import a_contact, a_message, a_patient, a_pharmacy, a_thread
from tests.fakes import FakeRecords

JAN = a_patient()
TRUUS = a_patient(id="P2", name="Geertruida Smit", email="truus@example.org", birth_date=None)
MOTHER = a_patient(id="P3", name="Johanna de Vries", email="johanna@example.org", contacts=(a_contact(),))
CHILD = a_patient(
    id="P4",
    name="Daan Bakker",
    email="lotte@example.org",
    contacts=(a_contact(name="Lotte Bakker", email="lotte@example.org"),),
)
RECORDS = (JAN, TRUUS, MOTHER, CHILD)


OWNERS = {
    "jan@example.org": "Jan de Vries",
    "marieke@example.org": "Marieke de Vries",
    "lotte@example.org": "Lotte Bakker",
}


def matched(body: str, sender: str = "jan@example.org", subject: str = "vraag", **fields):
    fields.setdefault("sender_name", OWNERS.get(sender.lower(), ""))
    message = a_message(body, sender=sender, subject=subject, **fields)
    return match_patient(a_thread(message), FakeRecords(*RECORDS), a_pharmacy())


def test_a_patient_who_writes_from_the_address_on_file_is_known():
    match = matched("Graag mijn metoprolol.", sender="JAN@Example.org")
    assert (match.rung, match.patient, match.contact) == (Rung.ADDRESS_KNOWN, JAN, None)
    assert [e.code for e in match.evidence] == ["from_is_patient_address", "origin_not_checked"]


def test_an_authorized_contact_acts_for_the_patient():
    match = matched("Graag de metoprolol voor mijn moeder.", sender="marieke@example.org")
    assert match.patient == MOTHER
    assert match.contact is not None and match.contact.name == "Marieke de Vries"


def test_a_parent_who_shares_the_childs_address_acts_for_the_child():
    match = matched("Is het pufje van Daan al klaar? gr Lotte", sender="lotte@example.org")
    assert (match.rung, match.patient) == (Rung.ADDRESS_KNOWN, CHILD)


def test_an_unknown_address_is_nobody_but_names_give_staff_candidates():
    match = matched("Is mijn bestelling klaar? Geertruida Smit", sender="elders@example.org", sender_name="G. Smit")
    assert (match.rung, match.patient) == (Rung.UNKNOWN, None)
    assert [c.patient_id for c in match.candidates] == ["P2"]


@pytest.mark.parametrize(
    "body",
    [
        "Mijn collega Geertruida Smit is ook bij jullie. Wat ligt er voor haar klaar?",
        "Kunt u de medicijnen van mevrouw Smit klaarleggen?",
        "Graag een herhaalrecept voor mijn buurman.",
        "Kan ik de tabletten van mijn moeder komen halen?",
        "Could you repeat my neighbour's tablets?",
        "I would like to order the inhaler for my wife please.",
    ],
)
def test_a_known_patient_who_asks_about_somebody_else_is_unknown_for_that_person(body):
    match = matched(body)
    assert (match.rung, match.patient) == (Rung.UNKNOWN, None)


@pytest.mark.parametrize(
    "body",
    [
        "Mijn dochter is met vakantie, kan het thuis bezorgd worden?",
        "Mijn vrouw haalt het zaterdag op.",
        "Graag mijn metoprolol. Met vriendelijke groet, J. de Vries",
        "My wife will collect it tomorrow. Thanks, Jan de Vries",
        "Dokter Van Dam heeft een recept gestuurd, ligt het klaar?",
    ],
)
def test_family_that_only_fetches_or_is_mentioned_changes_nothing(body):
    assert matched(body).rung is Rung.ADDRESS_KNOWN


def test_headers_that_disagree_make_a_known_address_unknown():
    other = matched("Graag metoprolol.", reply_to=EmailAddress("iemand@elders.example"))
    failed = matched("Graag metoprolol.", authentication="fail")
    assert [m.rung for m in (other, failed)] == [Rung.UNKNOWN, Rung.UNKNOWN]
    assert [m.evidence[0].code for m in (other, failed)] == ["reply_to_differs", "authentication_failed"]
    assert other.patient is None


def test_two_patients_at_one_address_are_chosen_by_name_or_by_a_person():
    twin = a_patient(id="P9", name="Sofie de Vries", birth_date=None)
    records = FakeRecords(JAN, twin)
    named = match_patient(a_thread(a_message("Graag de pil. Sofie de Vries")), records)
    unnamed = match_patient(a_thread(a_message("Graag de pil.", sender_name="")), records)
    assert named.patient == twin
    assert unnamed.patient is None
    assert {c.patient_id for c in unnamed.candidates} == {"P1", "P9"}


def test_a_record_system_that_is_down_is_said_and_is_no_unknown_sender():
    match = match_patient(a_thread(), FakeRecords(JAN, down=True))
    assert match.record_unavailable
    assert match.patient is None


def test_a_person_may_choose_and_confirm():
    before = matched("Is mijn bestelling klaar? Geertruida Smit", sender="elders@example.org")
    after = confirm(before, TRUUS, factor="birth_date", sender_address="elders@example.org")
    assert (after.rung, after.patient) == (Rung.CONFIRMED, TRUUS)
    assert after.evidence[-1].code == "confirmed_by_staff"


def test_having_contacts_of_ones_own_authorizes_nobody_to_ask_for_others():
    alone, with_contacts = a_patient(), a_patient(contacts=(a_contact(),))
    for patient in (alone, with_contacts):
        match = match_patient(a_thread(a_message("Is de metoprolol van mijn moeder al klaar?")), FakeRecords(patient))
        assert (match.rung, match.patient) == (Rung.UNKNOWN, None)


@pytest.mark.parametrize(("body", "rung"), [
    ("Graag de metoprolol voor mijn moeder.", Rung.ADDRESS_KNOWN),
    ("Graag de metoprolol herhalen.", Rung.ADDRESS_KNOWN),
    ("Graag de hoestdrank voor mijn zoontje.", Rung.UNKNOWN),
    ("Is de inhaler for my husband ready?", Rung.UNKNOWN),
])  # fmt: skip
def test_a_contact_speaks_only_of_the_person_they_act_for(body, rung):
    assert matched(body, sender="marieke@example.org").rung is rung


@pytest.mark.parametrize("filling", [" ", "\t", "\u00a0"])
def test_a_mail_of_blanks_takes_no_time(filling):
    began = time.process_time()
    find_persons(f"a{filling * 19_000}b")
    assert time.process_time() - began < 2.0
