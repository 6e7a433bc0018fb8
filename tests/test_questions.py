"""Which records a question is about, and what code finds there: named, carried over from the thread, or never guessed."""

from datetime import UTC, date, datetime

import pytest

from server.model.patient import Coverage, Patient, PatientMatch, Rung
from server.model.rulebook import Rulebook
from server.model.thread import MailText, Thread
from server.model.triage import OUTCOMES, Question
from server.store.rulebook import load_rulebook
from server.triage.questions import Reading, find_questions
from tests.builders import (
    TODAY,
    a_lab_result,
    a_match,
    a_message,
    a_patient,
    a_pharmacy,
    a_request,
    a_thread,
    an_appointment,
    an_invoice,
)

METOPROLOL = a_request(id="RX1")
OMEPRAZOL = a_request("Omeprazol 20 mg capsule", id="RX2", atc="A02BC01", order_status="ready", ready_since_on=TODAY)
SALBUTAMOL = a_request("Salbutamol 100 microgram/dosis aerosol", id="RX3", atc="R03AC02", order_status="in_progress")
SPIRIVA = a_request("Tiotropium 18 microgram inhalatiecapsule (Spiriva)", id="RX4", atc="R03BB04", repeats_left=0)
LEVO_75 = a_request("Levothyroxine 75 microgram tablet", id="RX5", atc="H03AA01", last_dispensed_on=date(2026, 11, 1))
LEVO_100 = a_request("Levothyroxine 100 microgram tablet", id="RX6", atc="H03AA01", stock=0)
STOPPED = a_request("Diclofenac 50 mg tablet", id="RX7", atc="M01AB05", active=False)
LINES = (METOPROLOL, OMEPRAZOL, SALBUTAMOL, SPIRIVA, LEVO_75, LEVO_100, STOPPED)
FLU = an_appointment(
    id="A1", kind="Griepvaccinatie", start_at=datetime(2026, 11, 28, 8, 30, tzinfo=UTC), status="proposed"
)
REVIEW = an_appointment(id="A2", kind="Medicatiebeoordeling", start_at=datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
PAST = an_appointment(id="A3", kind="Bloeddrukmeting", start_at=datetime(2026, 9, 3, 9, 0, tzinfo=UTC))
NOVEMBER = an_invoice(id="INV-2026-0871", on=date(2026, 11, 5), description="Eigen risico", amount_cents=2385)
OCTOBER = an_invoice(
    id="INV-2026-0700",
    on=date(2026, 10, 2),
    description="Omeprazol 20 mg, 90 capsules",
    amount_cents=990,
    status="paid",
)
KIDNEY = a_lab_result(id="L1", name="Nierfunctie (eGFR)", status="received")
HBA1C = a_lab_result(id="L2", name="HbA1c", status="pending", on=date(2026, 11, 18))
PATIENT = a_patient(
    medication_requests=LINES,
    appointments=(FLU, REVIEW, PAST),
    invoices=(NOVEMBER, OCTOBER),
    lab_results=(KIDNEY, HBA1C),
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def read(thread: Thread | str, rulebook: Rulebook, patient: Patient | None = PATIENT) -> Reading:
    mail = a_thread(a_message(thread, subject="")) if isinstance(thread, str) else thread
    match = a_match(patient) if patient else PatientMatch(Rung.UNKNOWN)
    return find_questions(mail, match, rulebook, a_pharmacy(), TODAY)


def found(question: Question) -> list[tuple[str, str]]:
    return [(about.subject_id, about.outcome) for about in question.about]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Graag mijn metoprolol herhalen.", [("RX1", "eligible")]),
        ("Could I have another inhaler, the Spiriva please?", [("RX4", "no_repeats")]),
        ("Graag weer de omeprazol en de metoprolol.", [("RX2", "ready"), ("RX1", "eligible")]),
        ("Graag levothyroxine 75 herhalen.", [("RX5", "too_early")]),
        ("Please refill the levothyroxine 100.", [("RX6", "back_order")]),
        ("Graag herhalen:\n- metoprolol 50 mg\n- Spiriva", [("RX1", "eligible"), ("RX4", "no_repeats")]),
        ("mn metropolol is bijna op, kunt u nieuwe klaarleggen?", [("RX1", "eligible")]),
        ("Mijn puffer, de salbutamol, is bijna leeg, graag een nieuwe.", [("RX3", "in_progress")]),
    ],
)
def test_a_refill_is_about_the_lines_it_names(text: str, about: list[tuple[str, str]], rulebook: Rulebook) -> None:
    question = read(text, rulebook).questions[0]
    assert (question.intent, found(question), question.candidates) == ("refill_request", about, ())


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Graag mijn levothyroxine herhalen.", {"RX5", "RX6"}),
        ("Mag ik weer een nieuwe puffer bestellen?", {"RX3", "RX4"}),
        ("Ik zou graag een herhaalrecept willen bestellen.", {"RX1", "RX2", "RX3", "RX4", "RX5", "RX6"}),
    ],
)
def test_a_refill_that_does_not_choose_gives_candidates(text: str, candidates: set[str], rulebook: Rulebook) -> None:
    question = read(text, rulebook).questions[0]
    assert (question.about, set(question.candidates)) == ((), candidates)


def test_all_my_medicines_are_all_running_lines(rulebook: Rulebook) -> None:
    question = read("Graag al mijn medicijnen herhalen.", rulebook).questions[0]
    assert [about.subject_id for about in question.about] == ["RX1", "RX2", "RX3", "RX4", "RX5", "RX6"]


def test_the_only_line_needs_no_name(rulebook: Rulebook) -> None:
    question = read("Kan ik mijn herhaalrecept bestellen?", rulebook, a_patient()).questions[0]
    assert found(question) == [("RX1", "eligible")]


@pytest.mark.parametrize("text", ["Graag diclofenac herhalen.", "Graag ramipril herhalen."])
def test_a_stopped_or_foreign_medicine_is_named_and_matches_nothing(text: str, rulebook: Rulebook) -> None:
    reading = read(text, rulebook)
    question = reading.questions[0]
    assert found(question) == [("", "unknown")]
    assert question.named == (text.split()[1],)
    assert [mention.words for mention in reading.mentions] == [text.split()[1]]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Is de omeprazol al klaar?", [("RX2", "ready")]),
        ("Is my order ready yet?", [("RX2", "ready"), ("RX3", "in_progress")]),
        ("Ligt de metoprolol al klaar?", [("RX1", "not_ordered")]),
        ("Zijn mijn omeprazol en salbutamol al binnen?", [("RX2", "ready"), ("RX3", "in_progress")]),
    ],
)
def test_a_status_is_about_the_order(text: str, about: list[tuple[str, str]], rulebook: Rulebook) -> None:
    question = read(text, rulebook).questions[0]
    assert (question.intent, found(question)) == ("prescription_status", about)


@pytest.mark.parametrize(
    ("text", "about", "wishes"),
    [
        ("Kunt u de omeprazol thuis bezorgen?", [("RX2", "ready"), ("", "delivery_wanted")], {"delivery"}),
        ("Tot hoe laat kan ik mijn omeprazol ophalen?", [("RX2", "ready"), ("", "pickup")], {"hours"}),
    ],
)
def test_collecting_is_about_what_is_ready(
    text: str, about: list[tuple[str, str]], wishes: set[str], rulebook: Rulebook
) -> None:
    question = read(text, rulebook).questions[0]
    assert (question.intent, found(question), set(question.wishes)) == ("pickup_delivery", about, wishes)


def test_collecting_says_nothing_twice(rulebook: Rulebook) -> None:
    questions = read("Graag mijn metoprolol herhalen. Kan ik die vrijdag ophalen?", rulebook).questions
    assert [(q.intent, found(q)) for q in questions] == [
        ("refill_request", [("RX1", "eligible")]),
        ("pickup_delivery", [("", "pickup")]),
    ]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Hebben jullie salbutamol op voorraad?", [("RX3", "in_stock")]),
        ("Do you have levothyroxine 100 in stock?", [("RX6", "out_of_stock")]),
        ("Hebben jullie Nurofen op voorraad?", [("", "unknown")]),
    ],
)
def test_stock_is_that_of_the_line(text: str, about: list[tuple[str, str]], rulebook: Rulebook) -> None:
    assert found(read(text, rulebook).questions[0]) == about


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Hoe laat is mijn afspraak voor de griepprik?", [("A1", "proposed")]),
        ("Is the medication review appointment still on?", [("A2", "booked")]),
        ("Gaat de afspraak van 3 december door?", [("A2", "booked")]),
        ("Ik wil graag een afspraak maken voor een bloeddrukmeting.", [("", "wanted")]),
    ],
)
def test_an_appointment_is_found_by_kind_or_day(text: str, about: list[tuple[str, str]], rulebook: Rulebook) -> None:
    question = read(text, rulebook).questions[0]
    assert (question.intent, found(question)) == ("appointment", about)


def test_an_appointment_to_move_is_asked_about_when_several_fit(rulebook: Rulebook) -> None:
    question = read("Kan ik mijn afspraak verzetten?", rulebook).questions[0]
    assert (question.about, set(question.candidates)) == ((), {"A1", "A2"})


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Ik heb een vraag over mijn rekening van november.", [("INV-2026-0871", "open")]),
        ("What is invoice INV-2026-0700 for?", [("INV-2026-0700", "paid")]),
        ("Waarom moet ik 9,90 betalen?", [("INV-2026-0700", "paid")]),
        ("Ik kreeg een nota voor de omeprazol.", [("INV-2026-0700", "paid")]),
        ("Hoeveel staat er nog open op mijn rekening?", [("INV-2026-0871", "open")]),
    ],
)
def test_an_invoice_is_found_by_what_the_mail_says(text: str, about: list[tuple[str, str]], rulebook: Rulebook) -> None:
    question = read(text, rulebook).questions[0]
    assert (question.intent, found(question)) == ("billing", about)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Is de uitslag van mijn nierfunctie al binnen?", [("L1", "received")]),
        ("Are my blood test results in? It was the HbA1c.", [("L2", "pending")]),
        ("Is de uitslag van het kalium binnen?", [("", "unknown")]),
    ],
)
def test_a_lab_result_is_found_by_its_name(text: str, about: list[tuple[str, str]], rulebook: Rulebook) -> None:
    assert found(read(text, rulebook).questions[0]) == about


@pytest.mark.parametrize(
    ("text", "intent", "outcome"),
    [
        ("Word ik nog vergoed door mijn verzekering?", "insurance", "lapsed"),
        ("Wilt u mij afmelden voor de nieuwsbrief?", "consent_change", "marketing_off"),
        ("My address has changed.", "consent_change", "contact_change"),
        ("Ik wil een klacht indienen, dit is onacceptabel.", "other", "complaint"),
        ("Kunt u mijn recepten doorsturen naar een andere apotheek?", "prescription_transfer", "move_away"),
        ("Wij zijn verhuisd en willen ons bij u inschrijven.", "prescription_transfer", "move_here"),
        ("De tandarts heeft een recept voor mij gestuurd.", "prescription_transfer", "new_prescription"),
        ("May I take ibuprofen with my blood thinner?", "clinical_question", "pharmacist"),
    ],
)
def test_other_questions_have_one_outcome(text: str, intent: str, outcome: str, rulebook: Rulebook) -> None:
    patient = a_patient(medication_requests=LINES, coverage=Coverage("CZ", "1", "lapsed"))
    question = read(text, rulebook, patient).questions[0]
    assert (question.intent, found(question)) == (intent, [("", outcome)])


def test_nobodys_records_are_touched_without_a_patient(rulebook: Rulebook) -> None:
    text = "Graag mijn metoprolol herhalen. Is de omeprazol klaar? Hoeveel moet ik nog betalen voor mijn rekening?"
    questions = read(text, rulebook, None).questions
    assert {question.intent for question in questions} >= {"refill_request", "billing"}
    assert all(not question.candidates and not any(a.subject_id for a in question.about) for question in questions)


def test_it_is_the_medicine_of_the_subject(rulebook: Rulebook) -> None:
    thread = a_thread(a_message("Is die er al? Ik kan om vijf uur langskomen.", subject="Re: salbutamol"))
    reading = read(thread, rulebook)
    assert found(reading.questions[0]) == [("RX3", "in_progress")]
    assert [mention.words for mention in reading.carried] == ["salbutamol"]
    assert reading.mentions == ()


def test_it_is_the_medicine_of_the_newest_message_that_names_one(rulebook: Rulebook) -> None:
    thread = a_thread(
        a_message("Graag metoprolol herhalen.", subject="Recept"),
        a_message("Wij maken uw omeprazol klaar.", subject="Re: Recept", outgoing=True),
        a_message("Is het al klaar?", subject="Re: Recept"),
    )
    assert found(read(thread, rulebook).questions[0]) == [("RX2", "ready")]


def test_an_older_message_gives_no_new_intent(rulebook: Rulebook) -> None:
    thread = a_thread(
        a_message("Wat moet ik betalen voor de rekening van november?", subject="Rekening"),
        a_message("Graag mijn metoprolol herhalen.", subject="Re: Rekening"),
    )
    assert [q.intent for q in read(thread, rulebook).questions] == ["refill_request"]


def test_any_news_asks_again_what_the_thread_was_about(rulebook: Rulebook) -> None:
    thread = a_thread(
        a_message("Wat moet ik betalen voor de rekening van november?", subject="Rekening november"),
        a_message("Is er al nieuws?", subject="Re: Rekening november"),
    )
    question = read(thread, rulebook).questions[0]
    assert (question.intent, found(question)) == ("billing", [("INV-2026-0871", "open")])


def test_quoted_text_names_the_medicine_only_when_nothing_else_does(rulebook: Rulebook) -> None:
    text = MailText("Is die al klaar?", quoted="Wij maken uw salbutamol klaar.")
    thread = a_thread(a_message("", text=text, subject="Re: uw bestelling"))
    assert found(read(thread, rulebook).questions[0]) == [("RX3", "in_progress")]


def test_mentions_are_those_of_their_sentence(rulebook: Rulebook) -> None:
    reading = read("Beste apotheek,\nGraag metoprolol en Spiriva.\nGroet, Jan", rulebook)
    assert len(reading.sentences) == len(reading.explained) == len(reading.by_sentence)
    for sentence, mentions in zip(reading.sentences, reading.by_sentence, strict=True):
        assert all(sentence[m.start : m.end] == m.words for m in mentions)
    assert [m.words for m in reading.mentions] == ["metoprolol", "Spiriva"]


@pytest.mark.parametrize("text", ["", "?", "Graag dat ene dinges.", "x" * 20_000, "Kunt u mij bellen?"])
def test_every_outcome_is_one_of_the_intents(text: str, rulebook: Rulebook) -> None:
    for question in read(text, rulebook).questions:
        assert {about.outcome for about in question.about} <= set(OUTCOMES[question.intent])
