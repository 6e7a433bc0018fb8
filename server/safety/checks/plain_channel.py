"""Health data in a letter that goes over plain mail: a medicine's name, how something stands, a dose, an amount, a day or an
address of the record. That the sender is known, or wrote it first, changes nothing (contract: identity and channel)."""

import re
from collections.abc import Iterator
from datetime import date

from server.model.finding import Finding
from server.model.patient import Patient
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.safety.tokens import Token
from server.safety.topics import MESSAGE_NOUN
from server.text.contact_data import phone_key
from server.text.words import fold

# Things of a patient's care that are named as theirs, whatever is said of them.
_THEIRS = re.compile(
    r"\b(?:uw|je|jouw|your|zijn|haar|his|her) (?:\w+ ){0,2}?(?:\w*medicijn\w*|medicatie|\w*recept(?:en)?|herhaling|bestelling(?:en)?|\w*pillen|\w*tabletten|\w*uitslag(?:en)?"
    r"|behandeling|bloedonderzoek|\w*prik|\w*vaccinatie|factuur|rekening|polis|medicines?|medication|prescriptions?|repeats?|refills?|orders?|pills|tablets|results?"
    r"|treatment|blood test|jab|vaccination|invoice|bill|policy)\b"
)
_HANDLED = re.compile(
    r"\b(?:ontvangen|verwerk\w*|klaar\w*|besteld|verstuurd|gestuurd|bezorg\w*|onderweg|binnen|opgehaald|ophalen|received|sent|ready|processed|ordered|delivered|waiting|collect\w*)\b"
)


def _days_of(patient: Patient) -> frozenset[date]:
    """Every day that stands in the record."""
    days: list[date | None] = [patient.birth_date]
    for request in patient.medication_requests:
        days += [request.last_dispensed_on, request.ready_since_on, request.expected_on]
    days += [appointment.start_at.date() for appointment in patient.appointments]
    days += [invoice.on for invoice in patient.invoices] + [result.on for result in patient.lab_results]
    return frozenset(day for day in days if day is not None)


def _told(passage: Passage, brief: ReplyBrief) -> Iterator[str]:
    line, patient = passage.line, brief.match.patient
    yield from (mention.words for mention in line.medicines)
    values: tuple[Token, ...] = (*line.doses, *line.money)
    yield from (found.words for found in values)
    if patient is not None:
        recorded = _days_of(patient)
        yield from (day.words for day in line.dates if day.kind == "day" and set(day.days) & recorded)
        street = fold((patient.address or "").split(",")[0]).strip()
        if street and street in line.folded:
            yield street
        own = {phone_key(patient.phone or ""), (patient.email or "").strip().casefold()} - {""}
        yield from (one.words for one in line.contacts if {one.key, one.words.strip().casefold()} & own)
    for clause in passage.clauses:
        if any(claim.asserted and not MESSAGE_NOUN.search(line.folded) for claim in clause.claims):
            yield line.text[clause.start : clause.end]
    theirs = _THEIRS.search(line.folded)
    if theirs and _HANDLED.search(line.folded) and not line.text.endswith("?"):
        yield theirs[0]


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    if brief.pharmacy.channel != "plain" or not brief.verified:
        return
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "model", "staff"):
        for words in _told(passage, brief):
            yield blocks("plain_channel", "plain_channel", words)
