"""Rules on the record: a harmless looking request that the pharmacy's own data makes a pharmacist's."""

from dataclasses import replace
from datetime import date

import pytest

from server.model.finding import Severity
from server.model.patient import MedicationRequest, Rung
from server.model.thread import Attachment
from server.model.triage import Route, Triage
from server.store.rulebook import load_rulebook
from server.triage.allergies import met_allergies
from server.triage.assess import assess
from tests.builders import TODAY, a_match, a_message, a_patient, a_pharmacy, a_request, a_thread

RULEBOOK = load_rulebook()

METOPROLOL = a_request()
OXYCODON = a_request(
    "Oxycodon 10 mg tablet",
    id="RX2",
    atc="N02AA05",
    controlled=True,
    last_dispensed_on=date(2026, 8, 20),
    days_supply=90,
)
OXYCODON_NEW = a_request(
    "Oxycodon 10 mg tablet",
    id="RX2",
    atc="N02AA05",
    controlled=True,
    last_dispensed_on=date(2026, 11, 10),
    days_supply=30,
)
STOPPED = a_request("Amlodipine 5 mg tablet", id="RX3", atc="C08CA01", active=False)
PENDING = a_request("Denosumab 60 mg injectiespuit (Prolia)", id="RX4", atc="M05BX04", prior_authorization="pending")
APPROVED = a_request("Semaglutide 1 mg pen (Ozempic)", id="RX5", atc="A10BJ06", prior_authorization="approved")
THYRAX_75 = a_request("Levothyroxine 75 microgram tablet", id="RX6", atc="H03AA01")
THYRAX_100 = a_request("Levothyroxine 100 microgram tablet", id="RX7", atc="H03AA01")
LANTUS = a_request("Insuline glargine 100 E/ml pen (Lantus SoloStar)", id="RX10", atc="A10AE04")
AUTHORIZED = a_request(prior_authorization="approved", authorization_until=date(2026, 12, 24))
TRAMADOL = a_request("Tramadol 50 mg capsule", id="RX8", atc="N02AX02", controlled=False)
PREGABALIN = a_request("Pregabaline 75 mg capsule", id="RX9", atc="N02BF02", controlled=True)


def triage_of(
    body: str,
    *requests: MedicationRequest,
    allergies: tuple[str, ...] = (),
    rung: Rung = Rung.ADDRESS_KNOWN,
    subject: str = "vraag",
) -> Triage:
    patient = a_patient(medication_requests=requests or (METOPROLOL,), allergies=allergies)
    match = a_match(patient) if rung is not Rung.UNKNOWN else a_match(rung=rung)
    return assess(a_thread(a_message(body, subject=subject)), match, RULEBOOK, a_pharmacy(), TODAY)


@pytest.mark.parametrize(
    ("body", "requests", "trigger"),
    [
        ("Graag mijn oxycodon herhalen.", (OXYCODON, METOPROLOL), "controlled_substance"),
        ("Is mijn oxycodon al klaar?", (OXYCODON,), "controlled_substance"),
        ("Graag een nieuw doosje temazepam.", (METOPROLOL,), "controlled_substance"),
        ("Graag mijn pregabaline herhalen.", (PREGABALIN,), "controlled_substance"),
        (
            "Mijn vorige huisarts schreef diazepam 5 mg voor. Kan dat recept naar jullie overgezet worden?",
            (METOPROLOL,),
            "controlled_substance",
        ),
        (
            "Vorig jaar kreeg ik hier Xanax. Ik had daar graag nog een doosje van.",
            (METOPROLOL,),
            "controlled_substance",
        ),
        ("Graag mijn oxycodon 10 mg herhalen.", (OXYCODON_NEW,), "early_refill_controlled"),
        ("Wanneer kan ik de Prolia ophalen?", (PENDING, METOPROLOL), "missing_prior_authorization"),
        ("Graag de Prolia bestellen.", (PENDING,), "missing_prior_authorization"),
        (
            "Is de verzekering rond voor mijn denosumab? CZ stuurde mij een brief.",
            (PENDING, METOPROLOL),
            "missing_prior_authorization",
        ),
        ("Graag metoprolol 100 mg herhalen.", (METOPROLOL,), "conflicting_history"),
        ("Graag mijn amlodipine herhalen.", (STOPPED, METOPROLOL), "conflicting_history"),
        ("Graag mijn levothyroxine herhalen.", (THYRAX_75, THYRAX_100), "conflicting_history"),
        ("Graag mijn levothyroxine 75 herhalen.", (THYRAX_75, THYRAX_100), "conflicting_history"),
        ("Graag mijn ramipril weer herhalen.", (METOPROLOL,), "conflicting_history"),
        ("Graag een herhaalrecept.", (METOPROLOL, APPROVED), "unclear_request"),
        # had already, and yet: asked about, taken back, or gone
        ("Is de oxycodon al binnen?", (METOPROLOL,), "controlled_substance"),
        (
            "Graag mijn metoprolol, en de oxycodon heb ik al gehad maar die is kwijt.",
            (OXYCODON, METOPROLOL),
            "controlled_substance",
        ),
        ("De oxycodon heb ik al gekregen, graag weer een doosje.", (OXYCODON,), "controlled_substance"),
        ("Vergeet niet de oxycodon, en wel graag vandaag.", (OXYCODON, METOPROLOL), "controlled_substance"),
        ("Ligt de oxy al klaar?", (OXYCODON, METOPROLOL), "controlled_substance"),
        # the record knows of no haste, the story stays one
        ("Mijn oxycodon is gestolen, graag nieuwe.", (OXYCODON,), "early_refill_controlled"),
        ("Graag oxycodon voor drie weken vakantie.", (OXYCODON,), "early_refill_controlled"),
        ("Graag mijn oxycodon iets eerder.", (OXYCODON_NEW,), "early_refill_controlled"),
        ("Graag mijn oxycodon en temazepam iets eerder.", (OXYCODON,), "early_refill_controlled"),
        # what is asked is a guess, what is named is not
        ("My wife's bag was taken on the train and my zolpidem was in it.", (METOPROLOL,), "controlled_substance"),
        ("My wife's bag was stolen and my zolpidem was in it.", (METOPROLOL,), "early_refill_controlled"),
        ("Graag mijn zorbavaptan herhalen.", (METOPROLOL,), "conflicting_history"),
        # look-alikes and what may do harm
        ("Graag mijn prednisolo herhalen.", (METOPROLOL,), "unclear_request"),
        ("Graag mijn metoprolol en de citaloprm herhalen.", (METOPROLOL,), "unclear_request"),
        ("Graag de Toujeo herhalen.", (LANTUS,), "unclear_request"),
        ("Graag de Qlairana herhalen.", (METOPROLOL,), "unclear_request"),
        ("Mijn metoprolol en een doosje Qlairana graag herhalen.", (METOPROLOL,), "unclear_request"),
        ("Could you refill my Qlairana?", (METOPROLOL,), "unclear_request"),
        ("Graag metoprolol herhalen.", (AUTHORIZED,), "missing_prior_authorization"),
    ],
)
def test_the_record_makes_it_a_pharmacists(body: str, requests: tuple[MedicationRequest, ...], trigger: str) -> None:
    triage = triage_of(body, *requests)
    assert trigger in triage.triggers
    assert triage.route is Route.ESCALATE


@pytest.mark.parametrize(
    ("body", "requests", "trigger"),
    [
        (
            "Graag mijn metoprolol herhalen. De oxycodon heb ik al opgehaald, die hoeft niet.",
            (OXYCODON, METOPROLOL),
            "controlled_substance",
        ),
        ("Graag metoprolol herhalen, de oxycodon heb ik al opgehaald.", (OXYCODON, METOPROLOL), "controlled_substance"),
        (
            "Please refill my metoprolol, the oxycodon I already collected.",
            (OXYCODON, METOPROLOL),
            "controlled_substance",
        ),
        ("De oxycodon heb ik nog genoeg, alleen graag metoprolol.", (OXYCODON, METOPROLOL), "controlled_substance"),
        ("Niet de oxycodon, alleen metoprolol herhalen graag.", (OXYCODON, METOPROLOL), "controlled_substance"),
        ("Graag mijn oxycodon iets eerder, ik heb er nog 5.", (OXYCODON,), "early_refill_controlled"),
        ("Graag mijn oxycodon alvast, hij is bijna op.", (OXYCODON,), "early_refill_controlled"),
        ("Waarom staat er oxycodon op mijn factuur van 12,50?", (OXYCODON,), "controlled_substance"),
        ("Graag mijn tramadol herhalen.", (TRAMADOL,), "controlled_substance"),
        ("Graag mijn oxycodon herhalen.", (OXYCODON,), "early_refill_controlled"),
        (
            "Graag mijn metoprolol 50 mg alvast herhalen, wij gaan op vakantie.",
            (METOPROLOL,),
            "early_refill_controlled",
        ),
        ("Graag mijn Ozempic herhalen, de machtiging is er toch?", (APPROVED,), "missing_prior_authorization"),
        ("Graag metoprolol 50 mg herhalen.", (METOPROLOL, THYRAX_75, THYRAX_100), "conflicting_history"),
        ("Graag metoprolol 50 herhalen.", (METOPROLOL,), "conflicting_history"),
        ("Graag mijn levothyroxine 0,075 mg herhalen.", (THYRAX_75,), "conflicting_history"),
        ("Graag een herhaalrecept.", (METOPROLOL,), "unclear_request"),
        ("Graag mijn metoprolol, zelfde als altijd.", (METOPROLOL, APPROVED), "unclear_request"),
        ("Graag mijn metoprolol herhalen, ik haal het bij de Linde.", (METOPROLOL,), "unclear_request"),
        ("Graag mijn herhaalreseptje bestelen.", (METOPROLOL,), "unclear_request"),
        ("Graag de metoprololtabletten voor het weekje Texel herhalen.", (METOPROLOL,), "unclear_request"),
    ],
)
def test_the_record_settles_it(body: str, requests: tuple[MedicationRequest, ...], trigger: str) -> None:
    assert trigger not in triage_of(body, *requests).triggers


def test_a_repeat_of_a_controlled_medicine_is_early_until_a_week_before_the_end() -> None:
    due = a_request(
        "Oxycodon 10 mg tablet",
        id="RX2",
        atc="N02AA05",
        controlled=True,
        last_dispensed_on=date(2026, 10, 28),
        days_supply=30,
    )
    early = a_request(
        "Oxycodon 10 mg tablet",
        id="RX2",
        atc="N02AA05",
        controlled=True,
        last_dispensed_on=date(2026, 10, 29),
        days_supply=30,
    )
    assert "early_refill_controlled" not in triage_of("Graag oxycodon herhalen.", due).triggers
    assert "early_refill_controlled" in triage_of("Graag oxycodon herhalen.", early).triggers


@pytest.mark.parametrize(("country", "escalates"), [("NL", False), ("US", True), ("GB", True)])
def test_the_law_of_the_pharmacys_country_says_what_is_under_control(country: str, escalates: bool) -> None:
    tramadol = replace(TRAMADOL, controlled=None)
    match = a_match(a_patient(medication_requests=(tramadol,)))
    triage = assess(a_thread("Graag mijn tramadol herhalen."), match, RULEBOOK, a_pharmacy(country=country), TODAY)
    assert ("controlled_substance" in triage.triggers) is escalates


def test_a_stranger_who_asks_for_a_controlled_medicine_is_escalated_not_verified() -> None:
    assert triage_of("Graag mijn oxycodon herhalen.", rung=Rung.UNKNOWN).route is Route.ESCALATE
    assert triage_of("Graag mijn metoprolol herhalen.", rung=Rung.UNKNOWN).route is Route.VERIFY


@pytest.mark.parametrize(
    ("allergies", "body", "meets"),
    [
        (("penicilline",), "Graag amoxicilline bestellen.", True),
        (("penicilline",), "Heeft u Augmentin op voorraad?", True),
        (("ibuprofen",), "Hebben jullie Nurofen op voorraad?", True),
        (("ibuprofen",), "Graag diclofenac bestellen.", True),
        (("aspirine",), "Graag naproxen bestellen.", True),
        (("penicilline",), "Graag mijn metoprolol herhalen.", False),
        (("latex",), "Graag mijn metoprolol herhalen.", False),
        (("jodiumhoudend contrastmiddel",), "Graag mijn metoprolol herhalen.", False),
        (("metoprolol",), "Graag mijn metoprolol herhalen.", True),
    ],
)
def test_a_recorded_allergy_meets_the_medicine_asked_for(allergies: tuple[str, ...], body: str, meets: bool) -> None:
    findings = triage_of(body, allergies=allergies).findings
    assert any(f.rule == "record/allergy" for f in findings) is meets


@pytest.mark.parametrize(
    ("allergy", "code", "meets"),
    [
        ("Penicillin", "J01CA04", True),
        ("sulfonamides", "J01EE01", True),
        ("sulfonamides", "C03CA01", False),
        ("codeïne", "N02AA05", True),
        ("statines", "C10AA05", True),
        ("enalapril", "C09AA03", True),
        ("noten", "C07AB02", False),
        ("", "C07AB02", False),
    ],
)
def test_families_react_alike(allergy: str, code: str, meets: bool) -> None:
    assert bool(met_allergies([allergy], [code])) is meets


def test_findings_name_the_records_and_the_words() -> None:
    (finding,) = [
        f for f in triage_of("Graag mijn oxycodon herhalen.", OXYCODON).findings if f.rule == "record/controlled"
    ]
    assert (finding.subject_ids, finding.quotes) == (("RX2",), ("oxycodon",))


def test_attachments_and_a_silent_record_are_told_and_do_not_escalate() -> None:
    message = a_message(
        "Graag mijn metoprolol herhalen.",
        attachments=(Attachment("foto.jpg", "image/jpeg"), Attachment("logo.png", inline=True)),
    )
    match = a_match(rung=Rung.UNKNOWN, record_unavailable=True)
    triage = assess(a_thread(message), match, RULEBOOK, a_pharmacy(), TODAY)
    soft = {f.code for f in triage.findings if f.severity is Severity.SOFT}
    assert soft == {"attachment_to_look_at", "record_unavailable"}
    assert triage.route is Route.VERIFY


def test_an_insurers_question_looks_back_for_the_medicine() -> None:
    thread = a_thread(
        a_message("Wordt de Prolia vergoed?", subject="Prolia"),
        a_message("Weet u al meer over de vergoeding door de verzekering?", subject="Re: Prolia"),
    )
    triage = assess(
        thread, a_match(a_patient(medication_requests=(PENDING, METOPROLOL))), RULEBOOK, a_pharmacy(), TODAY
    )
    assert "missing_prior_authorization" in triage.triggers
