"""Somebody else's name, address or date of birth in this patient's reply."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.names import allowed_tokens, strange_addresses, strange_names, strangers_addressed
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.text.words import fold

_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
_HANDLED = frozenset({"ready", "in_progress", "delivered", "back_order", "sent_for", "renewable"})
_NAMESAKE = re.compile(
    r"\bnaamgeno(?:ot|te)s?\b|\bnamesakes?\b|\b(?:andere|another|other) (?:patient|klant|customer|client)(?:en|s)?\b|\b(?:same|zelfde) (?:sur|achter)?(?:name|naam)\b"
)
_BIRTH = re.compile(r"\b(?:geboren|geboortedatum|born|date of birth|birthday|verjaardag)\b")


def _postcodes(reading: Reading) -> Iterator[str]:
    patient = reading.ledger.patient
    known = (
        " ".join((reading.brief.pharmacy.address, (patient.address or "") if patient else "", reading.ledger.mail))
        .replace(" ", "")
        .upper()
    )
    for match in _POSTCODE.finditer(reading.own_text):
        if match[0].replace(" ", "").upper() not in known:
            yield match[0]


def _births(reading: Reading) -> Iterator[str]:
    """A date of birth: the patient's own only where it may be told, else what the mail itself said."""
    told = {fact.value for fact in reading.ledger.facts.values() if fact.kind == "birth_date"}
    for passage in reading.of("free", "model", "staff"):
        if _BIRTH.search(passage.line.folded):
            brought = {day for one in reading.ledger.mail_dates for day in one.days}
            for mention in passage.line.dates:
                if mention.kind == "day" and not set(mention.days) & (told | brought):
                    yield mention.words


def _of_another(passage: Passage, reading: Reading) -> Iterator[str]:
    """How it stands with a medicine that this patient's record does not hold; a namesake, another patient."""
    ledger = reading.ledger
    brought = {fold(one.words) for one in ledger.mail_medicines}
    told = {name for one in ledger.mail_medicines for name in one.names}
    known = {request.id for request in ledger.requests}
    billed = " ".join(fold(invoice.description) for invoice in ledger.invoices)
    for mention in passage.line.medicines if ledger.patient else ():
        clause = passage.clause_at(mention.start)
        handled = bool(clause and any(c.asserted and c.topic in _HANDLED for c in clause.claims))
        theirs = set(mention.request_ids) & known or fold(mention.words) in brought or set(mention.names) & told
        named = bool(mention.names) and not any(name.lower() in billed for name in mention.names)
        if handled and named and not theirs:
            yield mention.words
    match = _NAMESAKE.search(passage.line.folded)
    if match and (passage.line.medicines or any(clause.claims for clause in passage.clauses)):
        yield passage.line.text[match.start() : match.end()]


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    allowed = allowed_tokens(reading)
    code = "other_patient_data" if brief.verified else "identity_disclosure"
    for letter, _ in reading.letters:
        for addressed in letter.addressed:
            if strangers_addressed(addressed, allowed):
                yield blocks("other_patient_data", "other_patient_data", addressed)
    for passage in reading.of("free", "model", "staff"):
        for name in (*strange_names(passage, allowed), *strange_addresses(passage, reading)):
            yield blocks(code, "other_patient_data", name)
        for words in _of_another(passage, reading):
            yield blocks(code, "other_patient_data", words)
    for found in (*_postcodes(reading), *_births(reading)):
        yield blocks(code, "other_patient_data", found)
