"""Drafts as the flow makes them, for a patient with one or three records of each kind."""

from datetime import UTC, date, datetime
from typing import Any

from server.drafting.facts import select_facts
from server.drafting.template_drafter import draft_by_template
from server.model.patient import Patient
from server.model.reply import Draft, ReplyBrief
from server.model.triage import About, Question
from server.store.rulebook import load_rulebook
from tests.builders import (
    NOW,
    a_brief,
    a_lab_result,
    a_match,
    a_patient,
    a_pharmacy,
    a_request,
    a_triage,
    an_appointment,
    an_invoice,
)

RULEBOOK = load_rulebook()
VOICES = [(v.partition("-")[0], "-" not in v) for spoken in RULEBOOK.languages.values() for v in spoken.voices]
SUBJECTS = {"medication_request": "RX", "appointment": "A", "invoice": "F", "lab_result": "L"}


def the_patient(records: int = 3) -> Patient:
    """One record of each kind, or three that all differ."""
    names = ("Metoprololsuccinaat 50 mg tablet mga", "Simvastatine 40 mg tablet", "Movicolon poeder")[:records]
    kinds = ("Griepvaccinatie", "Medicatiebeoordeling", "Bloeddrukmeting")[:records]
    return a_patient(
        medication_requests=tuple(
            a_request(
                name,
                id=f"RX{n}",
                atc=None,
                order_status="ready",
                ready_since_on=date(2026, 11, 16 + n),
                expected_on=date(2026, 12, n),
                last_dispensed_on=date(2026, 9, 9 + n),
                prescriber=f"{'XMVB'[n]}. Visser, huisarts",
            )
            for n, name in enumerate(names, 1)
        ),
        appointments=tuple(
            an_appointment(id=f"A{n}", kind=kind, start_at=datetime(2026, 11, 24 + n, 9, 30, tzinfo=UTC))
            for n, kind in enumerate(kinds, 1)
        ),
        invoices=tuple(
            an_invoice(id=f"F{n}", amount_cents=1250 * n, covered_cents=(n == 3) * 500) for n in range(1, records + 1)
        ),
        lab_results=tuple(
            a_lab_result(id=f"L{n}", name=name) for n, name in enumerate(("HbA1c", "Kalium", "Vitamine D")[:records], 1)
        ),
    )


def brief_of(*questions: Question, voice: tuple[str, bool] = ("nl", True), **fields: Any) -> ReplyBrief:
    """A brief as the flow makes it."""
    language, formal = voice
    match = fields.pop("match", None) or a_match(the_patient())
    pharmacy = fields.pop("pharmacy", None) or a_pharmacy()
    made = {name: fields.pop(name) for name in ("route", "findings") if name in fields}
    triage = a_triage(*questions, reply_language=language, **made)
    offered, allowed = select_facts(match, triage, pharmacy, NOW)
    return a_brief(
        match=match, pharmacy=pharmacy, triage=triage, offered=offered, allowed=allowed, language=language,
        formal=formal, **fields,
    )  # fmt: skip


def draft_of(*questions: Question, **fields: Any) -> Draft:
    return draft_by_template(brief_of(*questions, **fields), RULEBOOK)


def asked(intent: Any, *outcomes: str, **fields: Any) -> Question:
    """A question with one record for each outcome."""
    prefix = SUBJECTS.get(RULEBOOK.intents[intent].about)
    about = tuple(About(f"{prefix}{n}" if prefix else "", outcome) for n, outcome in enumerate(outcomes, 1))
    return Question(intent, about=about, **fields)


def body(draft: Draft) -> str:
    return "\n\n".join(part.text for part in draft.parts if part.kind not in ("greeting", "closing"))
