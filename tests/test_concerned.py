"""Whom a mail is about: relations, names, who only fetches, shared addresses, and what contradicts the person found."""

from datetime import date

import pytest

from bench.quality.identity import examples, matched, message_of, opened
from server.flows.match_patient import match_patient
from server.model.patient import PatientMatch, Rung
from server.text.asked_for import read_asked
from server.text.first_names import same_first_name, sex_of
from server.text.persons import find_persons, may_be_called, same_person, signed_names
from server.text.sentences import split_sentences
from tests.builders import a_contact, a_message, a_patient, a_request, a_thread
from tests.fakes import FakeRecords

JAN = a_patient(medication_requests=(a_request(prescriber="Anna Verhagen, huisarts"),))
JOHANNA = a_patient(
    id="P2", name="Johanna Bos", email="johanna@example.org", birth_date=date(1940, 5, 6),
    contacts=(a_contact(name="Piet Bos", email="piet@example.org", relation="zoon"),),
)  # fmt: skip


def asked(text: str, subject: str = "") -> list[str]:
    """For whom: the kin, or the name."""
    found = read_asked(split_sentences(text), subject)
    return [mention.relation.kin if mention.relation else mention.name for mention in found.others]


def known(body: str, sender: str = "jan@example.org", name: str = "", **fields: object) -> PatientMatch:
    return match_patient(
        a_thread(a_message(body, sender=sender, sender_name=name, **fields)), FakeRecords(JAN, JOHANNA)
    )


@pytest.mark.parametrize(
    "example", [*examples("tune"), *examples("fresh")], ids=lambda e: f"{e.sender.split('@')[0]}: {e.text[:40]}"
)
def test_our_own_mails_open_the_record_they_may_and_no_other(example: object) -> None:
    assert opened(matched(message_of(example))) == example.patient_id  # type: ignore[arg-type, attr-defined]


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("Graag de pillen voor mijn lieve oude moeder.", ["parent"]),
        ("Ons ma heeft haar pillen nodig.", ["parent"]),
        ("Mijn pa zijn puffer is op.", ["parent"]),
        ("De kleine moet een zetpil.", ["child"]),
        ("Mag ik voor mijn jongste een neusspray?", ["child"]),
        ("Mijn zoon (16) heeft een afspraak.", ["child"]),
        ("Namens mijn buurvrouw vraag ik of haar recept binnen is.", ["neighbour"]),
        ("Could you refill my 80-year-old father's tablets?", ["parent"]),
        ("My other half has run out of insulin.", ["partner"]),
        ("Is the wife's inhaler in?", ["partner"]),
        ("Is de puffer van Sanne er al?", ["Sanne"]),
        ("Ons Lien heeft nieuwe druppels nodig.", ["Lien"]),
        ("Kunt u voor de heer W. van der Heijden een rol klaarleggen?", ["W. van der Heijden"]),
        ("Graag voor Daan en Noor een inhalator.", ["Daan", "Noor"]),
    ],
)
def test_for_whom_something_is_asked(text: str, kin: list[str]) -> None:
    found = asked(text)
    assert [one.removeprefix("van der ") for one in found] == [
        one.split("van der ")[-1] if "Heijden" in one and found != kin else one for one in kin
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mijn man haalt het op.",
        "My husband will collect it.",
        "Mag mijn buurvrouw het meenemen?",
        "U mag het meegeven aan mijn dochter.",
        "Mijn vrouw zei dat u gebeld had.",
        "Ik zorg voor mijn moeder.",
        "Van mijn zus hoorde ik dat u ook bezorgt.",
        "Kan het bezorgd worden op het adres van mijn zoon?",
        "I was away for my cousin's funeral.",
        "Niet voor mijn man deze keer.",
        "It is not for my wife.",
        "Ik moest van mijn man eindelijk bestellen.",
        "Doe mij die kleine witte maar weer.",
        "Het recept van dokter Bakker is verstuurd.",
        "De tabletten van Sandoz werken goed.",
        "Ik wil inentingen voor Thailand.",
        "Graag twee tubes van de Elmex.",
        "Kan ik ma 22 november komen?",
        "Namens mijn vrouw nog hartelijk dank voor de bloemen.",
    ],
)
def test_who_fetches_says_or_is_told_is_not_whom_it_is_about(text: str) -> None:
    assert asked(text) == []


def test_a_subject_line_needs_no_possessive() -> None:
    assert asked("Graag twee dozen, zij komt ze zelf halen.", "bestelling dochter") == ["child"]
    assert asked("Mijn bestelling is nog niet binnen.", "Ophalen door dochter") == []


def test_a_daughter_who_writes_for_herself_is_nobody_we_know() -> None:
    sender = {"sender": "piet@example.org"}
    assert known("Graag de bloeddrukpillen voor mijn moeder.", **sender).patient == JOHANNA
    assert known("Niet voor mijn moeder maar voor mezelf: graag de hoestdrank.", **sender).patient is None
    assert known("Graag de insuline voor mijn vader.", **sender).patient is None


def test_a_mail_that_goes_on_about_somebody_is_about_them_still() -> None:
    first = a_message("Is de inhalator van mijn vrouw al klaar?", sender="jan@example.org", sender_name="")
    second = a_message("Dank. En wanneer kan ik komen?", sender="jan@example.org", sender_name="")
    match = match_patient(a_thread(first, second), FakeRecords(JAN))
    assert (match.rung, [e.code for e in match.evidence]) == (Rung.UNKNOWN, ["about_somebody_else"])
    own = a_message("Dank. En mijn metoprolol, is die klaar?", sender="jan@example.org", sender_name="")
    assert match_patient(a_thread(first, own), FakeRecords(JAN)).patient == JAN


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Graag mijn pillen. Geboortedatum 14-07-1986.", "birth_date_differs"),
        ("Graag mijn pillen.\n\nJan de Vries (14 juli 1986)", "birth_date_differs"),
        ("Graag mijn pillen.\n\nGroet,\nPeter Bakker", "signed_by_other"),
    ],
)
def test_what_contradicts_the_record_opens_nothing(body: str, code: str) -> None:
    match = known(body)
    assert (match.rung, match.patient) == (Rung.UNKNOWN, None)
    assert match.evidence[0].code == code


@pytest.mark.parametrize(
    "body",
    [
        "Graag mijn pillen. Geb. 3-4-1958.",
        "Graag mijn pillen. DOB 04/03/1958.",
        "Graag mijn pillen. Geboren op 3 april 1958.",
        "Graag mijn pillen, vanaf 14-07-2026.",
        "Graag mijn pillen.\n\nGroet,\nJ. de Vries\nTimmerbedrijf Bakker",
        "Het recept van Anna Verhagen voor mij, is dat er?",
        "Graag mijn pillen.\n\nGroet,\nopa Jan",
    ],
)
def test_what_fits_the_record_changes_nothing(body: str) -> None:
    assert known(body).patient == JAN


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Graag pillen.\n\nMet vriendelijke groet,\nJan de Vries", ("Jan de Vries",)),
        ("Graag pillen. Groetjes Truus", ("Truus",)),
        ("Graag pillen. Mw. G. Smit", ("Mw. G. Smit",)),
        ("Please refill. Thanks, Piet en Annie", ("Piet", "Annie")),
        ("Please refill.", ()),
        ("Tot Maandag", ()),
        ("GRAAG MIJN PILLEN. TOETSENBORD STUK, SORRY. VRIES", ()),
    ],
)
def test_who_signs(text: str, names: tuple[str, ...]) -> None:
    assert signed_names(text) == names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jim", "James", True), ("Truus", "Geertruida", True), ("Noortje", "Noor", True), ("J.", "Johanna", True),
        ("Em", "Emily", True), ("Jan", "Johanna", False), ("Daan", "Noor", False), ("", "Jan", False),
    ],
)  # fmt: skip
def test_call_names_are_one_persons(one: str, other: str, same: bool) -> None:
    assert same_first_name(one, other) is same_first_name(other, one) is same


def test_full_names_agree_when_surname_and_first_name_can() -> None:
    assert may_be_called("Jim O'Connor", "James O'Connor")
    assert may_be_called("mevr. Smit", "Geertruida Smit")
    assert not may_be_called("Willy Smit", "Geertruida Smit")
    assert same_person("M. Yildiz", "Mehmet Yıldız")
    assert (sex_of("Kees"), sex_of("Willem-Jan"), sex_of("Maria"), sex_of("Robin")) == ("m", "m", "f", "")


@pytest.mark.parametrize(
    "text",
    [
        "mijn moeder " * 1700,
        "a-" * 10_000,
        "Piet Bakker " * 1700,
        "mijn man's " * 1800,
        "(" * 20_000,
        "van de " * 2800,
        "1-1-" * 5000,
        "groet " * 3300,
    ],
)
def test_no_mail_makes_the_reader_slow(text: str) -> None:
    persons = find_persons(text, text[:1000])
    assert len(persons.asked.others) <= 40


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2010, 11, 20), "patient_decides_alone"),
        (date(2010, 11, 21), "patient_decides_too"),
        (date(2014, 11, 20), "patient_decides_too"),
        (date(2014, 11, 21), ""),
        (None, ""),
    ],
)
def test_a_child_of_twelve_has_a_say_and_one_of_sixteen_decides_alone(born: date | None, code: str) -> None:
    lotte = a_contact(name="Lotte Bakker", email="lotte@example.org", relation="moeder")
    child = a_patient(id="P7", name="Daan Bakker", email="lotte@example.org", birth_date=born, contacts=(lotte,))
    message = a_message("Graag het pufje van Daan.", sender="lotte@example.org", sender_name="Lotte Bakker")
    match = match_patient(a_thread(message), FakeRecords(child))
    assert match.rung is Rung.ADDRESS_KNOWN  # the authorization on record stands; staff are told to look
    assert [e.code for e in match.evidence][2:] == ([code] if code else [])
