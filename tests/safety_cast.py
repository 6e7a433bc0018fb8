"""A small cast for draft cases: two patients with records in every state, their contacts, and a stranger."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from server.drafting.facts import select_facts
from server.model.patient import (
    Appointment,
    Consent,
    Contact,
    Coverage,
    Invoice,
    LabResult,
    MedicationRequest,
    Patient,
    PatientMatch,
    Rung,
)
from server.model.reply import ReplyBrief
from tests.builders import NOW, TODAY, a_finding, a_message, a_pharmacy, a_question, a_thread, a_triage

CASES = Path(__file__).parent / "cases"


def _request(id: str, medication: str, atc: str, last: str, days: int = 90, **fields: Any) -> MedicationRequest:
    defaults: dict[str, Any] = {
        "dosage_text": "1x daags 1 tablet",
        "quantity": days,
        "repeats_left": 2,
        "prescriber": "P. Jansen, huisarts",
        "controlled": False,
        "prior_authorization": "not_required",
        "stock": 120,
        "order_status": "none",
    }
    values = {**defaults, **fields}
    return MedicationRequest(
        id=id, medication=medication, atc=atc, last_dispensed_on=date.fromisoformat(last), days_supply=days, **values
    )


def _at(day: str, clock: str) -> datetime:
    """Amsterdam winter time as UTC."""
    moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)
    return moment.replace(hour=moment.hour - 1)


VOS = Patient(
    id="P1",
    name="Anna de Vos",
    birth_date=date(1952, 5, 4),
    email="anna@example.org",
    phone="030 555 33 44",
    language="nl",
    address="Merelstraat 12, 3514 AB Utrecht",
    contacts=(Contact("Tim de Vos", "tim@example.org", "zoon"),),
    consent=Consent(email=True, sms=False, marketing=True),
    coverage=Coverage("VGZ", "VGZ-553311", "active"),
    medication_requests=(
        _request("RXA1", "Amlodipine 5 mg tablet", "C08CA01", "2026-08-25", stock=60),
        _request("RXA2", "Enalapril 20 mg tablet", "C09AA02", "2026-10-01", repeats_left=1),
        _request(
            "RXA3",
            "Pantoprazol 20 mg tablet msr",
            "A02BC02",
            "2026-08-20",
            order_status="ready",
            ready_since_on=date(2026, 11, 17),
            stock=90,
        ),
        _request(
            "RXA4",
            "Levodopa/benserazide 100/25 mg capsule (Madopar)",
            "N04BA02",
            "2026-08-30",
            dosage_text="3x daags 1 capsule",
            quantity=270,
            order_status="back_order",
            stock=0,
        ),
        _request("RXA5", "Hydrochloorthiazide 25 mg tablet", "C03AA03", "2026-08-28", repeats_left=0),
    ),
    appointments=(
        Appointment("A1", "Griepvaccinatie", _at("2026-11-25", "10:30"), "booked"),
        Appointment("A2", "Medicatiebeoordeling", _at("2026-12-03", "14:00"), "proposed"),
    ),
    invoices=(
        Invoice("F-2026-311", date(2026, 11, 2), "Eigen risico enalapril", 2740, 0, "open"),
        Invoice("F-2026-290", date(2026, 10, 12), "Pantoprazol 20 mg, 30 tabletten", 1850, 1850, "paid"),
    ),
    lab_results=(
        LabResult("L1", "Kalium", date(2026, 11, 18), "pending"),
        LabResult("L2", "Nierfunctie (eGFR)", date(2026, 11, 13), "received"),
    ),
)
BROWN = Patient(
    id="P2",
    name="Peter Brown",
    birth_date=date(1961, 9, 30),
    email="peter@example.org",
    phone="06 5550 1212",
    language="en",
    address="Kerkstraat 88, 3581 RS Utrecht",
    contacts=(Contact("Mary Brown", "mary@example.org", "wife"),),
    consent=Consent(email=True, sms=True, marketing=False),
    coverage=Coverage("Menzis", "MZ-778812", "lapsed"),
    medication_requests=(
        _request("RXB1", "Sertraline 50 mg tablet", "N06AB06", "2026-08-22", order_status="in_progress"),
        _request(
            "RXB2", "Budesonide/formoterol 200/6 microgram/dosis inhalatiepoeder (Symbicort)", "R03AK07", "2026-09-15", 60,
            dosage_text="2x daags 1 inhalatie", quantity=120, order_status="ready", ready_since_on=date(2026, 11, 19), stock=5,
        ),
        _request("RXB3", "Atorvastatine 40 mg tablet", "C10AA05", "2026-09-12", repeats_left=3, stock=210),
        _request("RXB4", "Colecalciferol 800 IE tablet", "A11CC05", "2026-08-24", repeats_left=1),
    ),
    appointments=(Appointment("A3", "Bloeddrukmeting", _at("2026-11-24", "09:45"), "booked"),),
    invoices=(Invoice("F-2026-320", date(2026, 11, 9), "Symbicort, 1 inhaler", 3120, 1000, "open"),),
    lab_results=(LabResult("L3", "HbA1c", date(2026, 11, 12), "received"),),
)  # fmt: skip
_NAMES = {
    "vos": ("anna@example.org", "Anna de Vos"),
    "vos/tim": ("tim@example.org", "Tim de Vos"),
    "brown": ("peter@example.org", "Peter Brown"),
    "brown/mary": ("mary@example.org", "Mary Brown"),
    "stranger": ("lena@elsewhere.example", "Lena Hofman"),
}


def brief_for(case: dict[str, Any]) -> ReplyBrief:
    """The brief of one case of `tests/cases`: who writes, what they write, whether danger or a pharmacist's matter is found."""
    who = case["who"]
    address, name = _NAMES[who]
    patient = {"vos": VOS, "brown": BROWN}.get(who.split("/")[0])
    contact = patient.contacts[0] if patient and "/" in who else None
    match = PatientMatch(Rung.ADDRESS_KNOWN if patient else Rung.UNKNOWN, patient, contact)
    findings = (a_finding(),) if case.get("escalated") or case.get("emergency") else ()
    language = case.get("language", "nl")
    question = a_question("other", "unknown", about=(), pieces=(case["mail"],))
    triage = a_triage(question, findings=findings, language=language, reply_language=language)
    pharmacy = a_pharmacy()
    offered, allowed = select_facts(match, triage, pharmacy, NOW)
    thread = a_thread(a_message(case["mail"], sender=address, sender_name=name, subject=case.get("subject", "Vraag")))
    return ReplyBrief(
        pharmacy=pharmacy,
        thread=thread,
        match=match,
        triage=triage,
        today=TODAY,
        offered=offered,
        allowed=allowed,
        language=language,
        emergency=bool(case.get("emergency")),
    )
