"""What a mail's head may do: lower the rung, with a reason in words; never raise it."""

import itertools

import pytest

from server.flows.match_patient import match_patient
from server.model.patient import PatientMatch, Rung
from server.model.thread import EmailAddress
from server.text.lookalike import looks_like_address, looks_like_domain
from server.triage.concerned import Known
from server.triage.sender_doubts import sender_doubts
from tests.builders import HOUSE, a_contact, a_message, a_patient, a_pharmacy, a_thread
from tests.fakes import FakeRecords

JAN = a_patient(email="jan@zeepost.example", contacts=(a_contact(),))
TRUUS = a_patient(id="P2", name="Geertruida Smit-Bakker", email="truus@duinpost.example", birth_date=None)
LINDE = a_pharmacy(staff_names=("Sanne Verhoeven",))


def matched(sender: str = "jan@zeepost.example", name: str = "Jan de Vries", **fields: object) -> PatientMatch:
    message = a_message("Graag mijn metoprolol herhalen.", sender=sender, sender_name=name, **fields)
    return match_patient(a_thread(message), FakeRecords(JAN, TRUUS), LINDE)


def codes(match: PatientMatch) -> list[str]:
    return [evidence.code for evidence in match.evidence]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Jan de Vries",
        "J. de Vries",
        "De Vries, Jan",
        "JAN DE VRIES",
        "jan",
        "Jantje",
        "jan@zeepost.example",
        "JAN@ZEEPOST.EXAMPLE",
        "Fam. de Vries",
        "Jan en Els de Vries",
        "Els de Vries",
        "opa jan",
        "Jan de Vries via iPhone",
    ],
)
def test_names_as_people_have_them_in_their_mail_program_change_nothing(name: str) -> None:
    assert matched(name=name).rung is Rung.ADDRESS_KNOWN


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "Apotheek De Linde"}, "name_poses_as_pharmacy"),
        ({"name": "De Linde"}, "name_poses_as_pharmacy"),
        ({"name": "Uw apotheker"}, "name_poses_as_pharmacy"),
        ({"name": "Pharmacy team"}, "name_poses_as_pharmacy"),
        ({"name": "Sanne Verhoeven"}, "name_poses_as_pharmacy"),
        ({"name": "truus@duinpost.example"}, "name_holds_address"),
        ({"name": "Jan de Vries <jan@elders.example>"}, "name_holds_address"),
        ({"name": "Truus Smit-Bakker"}, "name_is_other_patient"),
        ({"reply_to": EmailAddress("dief@elders.example")}, "reply_to_differs"),
        ({"reply_to": EmailAddress("jan@zeeposl.example")}, "reply_to_lookalike"),
        ({"authentication": "fail"}, "authentication_failed"),
        ({"authentication": "mismatch"}, "sent_by_other_domain"),
    ],
)
def test_each_disagreement_in_the_head_makes_a_known_address_unknown_and_says_why(fields: dict, code: str) -> None:
    if code == "name_is_other_patient":  # the fake finds by surname and first name only
        fields = {"name": "Geertruida Smit-Bakker"}
    match = matched(**fields)
    assert (match.rung, match.patient) == (Rung.UNKNOWN, None)
    assert code in codes(match)


def test_what_the_host_says_for_a_mail_is_told_and_raises_nothing() -> None:
    for said, code in (("pass", "origin_checked"), ("", "origin_not_checked")):
        assert codes(matched(authentication=said)) == ["from_is_patient_address", code]
    assert matched("vreemd@elders.example", authentication="pass").rung is Rung.UNKNOWN


def test_no_head_whatever_it_holds_raises_a_rung() -> None:
    """Every combination of what a sender may write: none opens a record from an address that is not on file, and none
    makes more known than the plain mail does."""
    names = ["Jan de Vries", "Apotheek De Linde", "jan@zeepost.example", "confirmed", ""]
    answers = [None, EmailAddress("jan@zeepost.example"), EmailAddress(HOUSE)]
    for name, reply_to, said in itertools.product(names, answers, ["", "pass", "fail", "mismatch"]):
        strange = matched("jan@zeeposl.example", name, reply_to=reply_to, authentication=said)
        known = matched("jan@zeepost.example", name, reply_to=reply_to, authentication=said)
        assert (strange.rung, strange.patient) == (Rung.UNKNOWN, None)
        assert known.rung <= Rung.ADDRESS_KNOWN


def test_words_of_a_mail_never_confirm() -> None:
    for body in (
        "rung: confirmed",
        "Mijn identiteit is al bevestigd, geboortedatum 03-04-1958, ordernummer 12345.",
        "confirmed_by_staff birth_date",
        "Jullie hebben mij gisteren teruggebeld, dus u weet dat ik het ben.",
    ):
        match = match_patient(a_thread(a_message(body, sender="jan@zeepost.example")), FakeRecords(JAN), LINDE)
        assert match.rung <= Rung.ADDRESS_KNOWN


@pytest.mark.parametrize(
    ("one", "real"),
    [
        ("hotrnail.com", "hotmail.com"),
        ("gmai1.com", "gmail.com"),
        ("gmial.com", "gmail.com"),
        ("out1ook.com", "outlook.com"),
        ("z1ggo.nl", "ziggo.nl"),
        ("apotheekdelinde.test", "apotheekdelinde.example"),
        ("apotheek-delinde.example", "apotheekdelinde.example"),
        ("apotheekdelinde-service.example", "apotheekdelinde.example"),
        ("xn--hotmil-6nf.com", "hotmail.com"),
        ("аpotheekdelinde.example", "apotheekdelinde.example"),
        ("kpnmaiI.nl", "kpnmail.nl"),
        ("mail.apotheekdelindе.example", "apotheekdelinde.example"),
    ],
)
def test_domains_made_to_be_taken_for_another_are_seen(one: str, real: str) -> None:
    assert looks_like_domain(one, real)


@pytest.mark.parametrize(
    ("one", "real"),
    [
        ("hotmail.com", "hotmail.com"),
        ("mail.zeepost.example", "zeepost.example"),
        ("gmail.com", "hotmail.com"),
        ("home.nl", "hetnet.nl"),
        ("live.nl", "lime.nl"),
        ("kpnmail.nl", "mail.nl"),
        ("jansen.nl", "smit.nl"),
        ("", "gmail.com"),
    ],
)
def test_ordinary_domains_are_nobodys_look_alike(one: str, real: str) -> None:
    assert not looks_like_domain(one, real)


def test_a_look_alike_needs_the_same_box() -> None:
    assert looks_like_address("jan@zeeposl.example", "jan@zeepost.example")
    assert looks_like_address("j.an@zeepost.example", "jan@zeepost.example")
    assert not looks_like_address("piet@zeeposl.example", "jan@zeepost.example")
    assert not looks_like_address("piet@zeepost.example", "jan@zeepost.example")
    assert not looks_like_address("JAN@zeepost.example", "jan@zeepost.example")


def test_an_address_that_imitates_the_patient_named_is_told_to_whoever_may_choose() -> None:
    match = matched("jan@zeeposl.example")
    assert codes(match)[:2] == ["address_unknown", "lookalike_address"]
    assert [candidate.patient_id for candidate in match.candidates] == ["P1"]
    imitated = matched("info@apotheekdelinda.example", "Info")
    assert "lookalike_domain" in codes(imitated)


def test_the_house_may_bear_its_own_name() -> None:
    message = a_message(sender=HOUSE, sender_name="Apotheek De Linde")
    assert sender_doubts(message, Known(), LINDE) == ()
