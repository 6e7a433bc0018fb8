"""Somebody else's name, address or date of birth in this patient's reply."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.names import allowed_tokens, strange_addresses, strange_names, strangers_addressed
from server.safety.reading import Reading, blocks, read_draft

_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
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
    brought = {day for one in reading.ledger.mail_dates for day in one.days}
    for passage in reading.of("free", "model", "staff"):
        if _BIRTH.search(passage.line.folded):
            for mention in passage.line.dates:
                if mention.kind == "day" and not set(mention.days) & (told | brought):
                    yield mention.words


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
    for found in (*_postcodes(reading), *_births(reading)):
        yield blocks(code, "other_patient_data", found)
