"""Small builders of model objects with sane defaults, so that a test names only what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from server.model.finding import Finding, Part, Severity
from server.model.patient import (
    Appointment,
    Contact,
    Coverage,
    Invoice,
    LabResult,
    MedicationRequest,
    Patient,
    PatientMatch,
    Rung,
)
from server.model.pharmacy import OpeningTime, Pharmacy
from server.model.reply import ContentClass, Draft, DraftPart, Fact, Piece, ReplyBrief, Sentence, SentenceOrigin
from server.model.thread import EmailAddress, MailText, Message, Thread
from server.model.triage import About, Question, Route, Triage, Urgency

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)  # noon in Amsterdam
HOUSE = "info@apotheekdelinde.example"
PATIENT_ADDRESS = "jan@example.org"


def a_message(
    body: str = "Graag mijn metoprolol herhalen.",
    *,
    sender: str = PATIENT_ADDRESS,
    sender_name: str = "Jan de Vries",
    subject: str = "Herhaalrecept",
    **fields: Any,
) -> Message:
    """An incoming mail whose new text is `body`; `text=MailText(…)` when quotes or hidden text matter."""
    defaults: dict[str, Any] = {
        "id": "m1",
        "sender": EmailAddress(sender, sender_name),
        "subject": subject,
        "text": MailText(body),
        "to": (EmailAddress(HOUSE, "Apotheek De Linde"),),
        "sent_at": NOW,
    }
    return Message(**{**defaults, **fields})


def a_thread(*messages: Message | str, thread_id: str = "t1") -> Thread:
    """A thread, oldest first; a bare string is the body of an incoming mail. Without any: one default mail."""
    made = [a_message(message) if isinstance(message, str) else message for message in messages] or [a_message()]
    return Thread(thread_id, tuple(replace(message, id=f"m{number}") for number, message in enumerate(made, 1)))


def a_request(medication: str = "Metoprololsuccinaat 50 mg tablet mga", **fields: Any) -> MedicationRequest:
    """A running prescription that may be refilled today."""
    defaults: dict[str, Any] = {
        "id": "RX1",
        "medication": medication,
        "atc": "C07AB02" if medication.startswith("Metoprolol") else None,
        "dosage_text": "1x daags 1 tablet",
        "quantity": 90,
        "days_supply": 90,
        "last_dispensed_on": date(2026, 8, 24),
        "repeats_left": 2,
        "prescriber": "M. Visser, huisarts",
        "controlled": False,
        "prior_authorization": "not_required",
        "stock": 180,
        "order_status": "none",
    }
    return MedicationRequest(**{**defaults, **fields})


def a_patient(**fields: Any) -> Patient:
    """Jan de Vries, known by his address, with one prescription."""
    defaults: dict[str, Any] = {
        "id": "P1",
        "name": "Jan de Vries",
        "birth_date": date(1958, 4, 3),
        "email": PATIENT_ADDRESS,
        "phone": "030 555 10 20",
        "language": "nl",
        "address": "Lijsterstraat 41, 3514 TB Utrecht",
        "coverage": Coverage("CZ", "CZ-1234567", "active"),
        "medication_requests": (a_request(),),
    }
    return Patient(**{**defaults, **fields})


def a_contact(**fields: Any) -> Contact:
    """Jan's daughter, who may act for him."""
    defaults = {"name": "Marieke de Vries", "email": "marieke@example.org", "relation": "dochter"}
    return Contact(**{**defaults, **fields})


def an_appointment(**fields: Any) -> Appointment:
    defaults: dict[str, Any] = {
        "id": "A1",
        "kind": "Griepprik",
        "start_at": datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
    }
    return Appointment(**{**defaults, **fields})


def an_invoice(**fields: Any) -> Invoice:
    defaults: dict[str, Any] = {
        "id": "F1",
        "on": date(2026, 11, 2),
        "description": "Eigen bijdrage metoprolol",
        "amount_cents": 1250,
    }
    return Invoice(**{**defaults, **fields})


def a_lab_result(**fields: Any) -> LabResult:
    defaults: dict[str, Any] = {"id": "L1", "name": "Nierfunctie", "on": date(2026, 11, 16), "status": "received"}
    return LabResult(**{**defaults, **fields})


def a_pharmacy(**fields: Any) -> Pharmacy:
    """Apotheek De Linde: secure channel, Dutch and English, open on weekdays and on Saturday morning."""
    weekdays = tuple(OpeningTime(day, time(8), time(18)) for day in range(5))
    defaults: dict[str, Any] = {
        "id": "linde",
        "organisation_id": "org1",
        "name": "Apotheek De Linde",
        "channel": "secure",
        "phone": "030 555 01 40",
        "email": HOUSE,
        "address": "Lindelaan 18, 3526 KL Utrecht",
        "opening_hours": "ma-vr 08:00-18:00, za 09:00-13:00, zo gesloten",
        "hours": (*weekdays, OpeningTime(5, time(9), time(13))),
        "mailboxes": (HOUSE,),
    }
    return Pharmacy(**{**defaults, **fields})


def a_match(patient: Patient | None = None, rung: Rung = Rung.ADDRESS_KNOWN, **fields: Any) -> PatientMatch:
    """A match on the address; with `rung=Rung.UNKNOWN` and no patient nobody is matched."""
    if patient is None and rung is not Rung.UNKNOWN:
        patient = a_patient()
    return PatientMatch(rung=rung, patient=patient, **fields)


def a_question(intent: Any = "refill_request", outcome: str = "eligible", **fields: Any) -> Question:
    """One question about the first prescription of `a_patient()`."""
    defaults: dict[str, Any] = {
        "pieces": ("Graag mijn metoprolol herhalen.",),
        "about": (About("RX1", outcome),),
    }
    return Question(intent, **{**defaults, **fields})


def a_finding(code: str = "new_symptoms", **fields: Any) -> Finding:
    """A hard finding of the floor."""
    defaults: dict[str, Any] = {"part": Part.FLOOR, "severity": Severity.HARD, "rule": f"triggers/{code}"}
    return Finding(code, **{**defaults, **fields})


def a_triage(*questions: Question, findings: Sequence[Finding] = (), **fields: Any) -> Triage:
    """A reading; the route follows from the findings unless it is given."""
    stands = any(finding.stands for finding in findings)
    defaults: dict[str, Any] = {
        "questions": questions or (a_question(),),
        "findings": tuple(findings),
        "urgency": Urgency.SAME_DAY if stands else Urgency.ROUTINE,
        "route": Route.ESCALATE if stands else Route.DRAFT,
        "language": "nl",
        "reply_language": "nl",
    }
    return Triage(**{**defaults, **fields})


def a_fact(path: str = "RX1.medication", value: Any = "Metoprololsuccinaat 50 mg tablet mga", **fields: Any) -> Fact:
    """A fact; subject and kind are read from the path."""
    subject, _, kind = path.partition(".")
    defaults: dict[str, Any] = {
        "subject_id": subject,
        "kind": kind,
        "source": f"Recept {subject}",
        "read_at": NOW,
        "content_class": ContentClass.HOUSE if subject == "pharmacy" else ContentClass.ANSWER,
    }
    return Fact(path=path, value=value, **{**defaults, **fields})


def a_brief(thread: Thread | str | None = None, **fields: Any) -> ReplyBrief:
    """Everything for one reply to a routine refill request; a bare string is the body of the mail."""
    defaults: dict[str, Any] = {
        "pharmacy": a_pharmacy(),
        "thread": a_thread(thread) if isinstance(thread, str) else (thread or a_thread()),
        "match": a_match(),
        "triage": a_triage(),
        "today": TODAY,
        "offered": (a_fact(),),
        "allowed": (a_fact(),),
    }
    return ReplyBrief(**{**defaults, **fields})


def a_sentence(text: str, *, origin: SentenceOrigin = SentenceOrigin.STATEMENT, facts: Sequence[str] = ()) -> Sentence:
    """A sentence of one piece."""
    return Sentence((Piece(text, tuple(facts)),), origin)


def a_draft(*texts: str, language: str = "nl", **fields: Any) -> Draft:
    """A draft with a greeting, one part per text, and a closing."""
    parts = [DraftPart("question", (a_sentence(text),), number) for number, text in enumerate(texts)]
    greeting = DraftPart("greeting", (a_sentence("Beste heer De Vries,"),))
    closing = DraftPart("closing", (a_sentence("Met vriendelijke groet,"), a_sentence("Apotheek De Linde")))
    return Draft((greeting, *parts, closing), language, **fields)
