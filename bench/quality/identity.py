"""How well it is read whom a mail is about (tests/sets/persons), and whether a head made to deceive is doubted.

`right`: the patient whose record may be used, or nobody. `leaks`: mails about somebody for whom the sender may not speak,
or about several, that open a record all the same."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from bench.quality.measured import Measured, Rate, Table
from server.connectors.pms.names import name_words, names_agree
from server.connectors.pms.records_file import read_records
from server.flows.match_patient import match_patient
from server.model.patient import Patient, PatientMatch
from server.model.pharmacy import Pharmacy
from server.model.thread import EmailAddress, MailText, Message, Thread
from server.ports import FoundPatient

FOLDER = Path(__file__).parents[2] / "tests" / "sets" / "persons"
PARTS = ("tune", "fresh", "held", "last")
KINDS = ("self", "contact", "other", "several")
_KIND_NAMES = {
    "self": "the sender",
    "contact": "somebody they may act for",
    "other": "somebody they may not act for",
    "several": "several persons, or none can be told",
}
HOUSE = Pharmacy("zwaluw", "org", "Apotheek De Zwaluw", email="info@apotheekdezwaluw.example")


class Records:
    """The records of the set, found as the embedded system finds them."""

    def __init__(self, patients: Sequence[Patient]) -> None:
        self._patients = tuple(patients)

    def find_patients(
        self, *, email: str | None = None, name: str | None = None, birth_date: date | None = None
    ) -> Sequence[FoundPatient]:
        found = []
        for patient in self._patients:
            contacts = {contact.email.casefold() for contact in patient.contacts}
            if email and (patient.email or "").casefold() == email:
                found.append(FoundPatient(patient, "email"))
            elif email and email in contacts:
                found.append(FoundPatient(patient, "contact_email"))
            elif name and len(name_words(name)) > 1 and names_agree(name_words(name), name_words(patient.name)):
                found.append(FoundPatient(patient, "name"))
            elif birth_date and patient.birth_date == birth_date:
                found.append(FoundPatient(patient, "birth_date"))
        return found

    def get_patient(self, patient_id: str) -> Patient:
        return next(patient for patient in self._patients if patient.id == patient_id)

    def record(self, entry: object) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Example:
    """One mail. `concerned`: of KINDS; `patient_id`: whose record may be used, "" for nobody's."""

    part: str
    sender: str
    concerned: str
    patient_id: str
    subject: str
    text: str


@cache
def cast() -> tuple[Patient, ...]:
    return tuple(read_records(json.loads((FOLDER / "pms.json").read_text(encoding="utf-8"))).patients)


@cache
def owners() -> dict[str, str]:
    """Whose each address is, as a mail program shows it; of several the contact's name."""
    named = {patient.email: patient.name for patient in cast() if patient.email}
    return {**named, **{contact.email: contact.name for patient in cast() for contact in patient.contacts}}


def examples(part: str) -> tuple[Example, ...]:
    """The mails of one part. `tune` was looked at while building; `fresh`, harder and written later, after its first run;
    `held` and `last` only ever as totals."""
    with (FOLDER / "examples.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["part"] == part]
    return tuple(
        Example(r["part"], r["sender"], r["concerned"], r["patient_id"], r["subject"], r["text"]) for r in rows
    )


def message_of(example: Example) -> Message:
    sender = EmailAddress(example.sender, owners().get(example.sender, ""))
    return Message("m1", sender, example.subject, MailText(example.text))


def matched(message: Message) -> PatientMatch:
    return match_patient(Thread("t1", (message,)), Records(cast()), HOUSE)


def opened(match: PatientMatch) -> str:
    """Whose record the mail opens, "" when nobody's."""
    return match.patient.id if match.patient and match.rung > 0 else ""


# ------------------------------------------------------------------------------------------ heads that deceive

_TRICKS: dict[str, tuple[str, str]] = {
    "rn for m": ("m", "rn"),
    "1 for l": ("l", "1"),
    "0 for o": ("o", "0"),
    "Cyrillic о": ("o", "о"),
    "vv for w": ("w", "vv"),
    "a letter twice": ("st", "sst"),
    "a letter left out": ("po", "p"),
    "two letters swapped": ("st", "ts"),
    "a hyphen more": ("post", "-post"),
}


def lookalikes(address: str) -> Iterator[tuple[str, str]]:
    """Imitations of an address, each by one trick on its domain, and one with another ending."""
    box, _, domain = address.partition("@")
    name, _, ending = domain.rpartition(".")
    for trick, (real, fake) in _TRICKS.items():
        if real in name:
            imitated = name.replace(real, fake, 1)
            shown = imitated if imitated.isascii() else "xn--" + imitated.encode("punycode").decode()
            yield trick, f"{box}@{shown}.{ending}"
    yield "another ending", f"{box}@{name}.test"


def heads() -> Iterator[tuple[str, Message, str]]:
    """(trick, mail, evidence that must be named) for every patient who has an address of their own."""
    for patient in cast():
        if not patient.email:
            continue
        honest = Message(
            "m1", EmailAddress(patient.email, patient.name), "vraag", MailText("Is mijn bestelling klaar?")
        )
        for trick, address in lookalikes(patient.email):
            yield (
                f"look-alike: {trick}",
                replace(honest, sender=EmailAddress(address, patient.name)),
                "lookalike_address",
            )
        shown = {
            "name holds an address": ("info@apotheekdezwaluw.example", "name_holds_address"),
            "name is the pharmacy's": ("Apotheek De Zwaluw", "name_poses_as_pharmacy"),
            "name is a pharmacist's": ("Dienstdoende apotheker", "name_poses_as_pharmacy"),
            "name is another patient's": ("Sofia Rossi" if patient.name != "Sofia Rossi" else "Emily Carter", "name_is_other_patient"),
        }  # fmt: skip
        for trick, (name, code) in shown.items():
            yield trick, replace(honest, sender=EmailAddress(patient.email, name)), code
        yield "Reply-To elsewhere", replace(honest, reply_to=EmailAddress("iemand@elders.example")), "reply_to_differs"
        yield "DMARC failed", replace(honest, authentication="fail"), "authentication_failed"
        yield "sent through another domain", replace(honest, authentication="mismatch"), "sent_by_other_domain"


def _heads() -> tuple[dict[str, Rate], Table]:
    tried: dict[str, list[tuple[bool, bool]]] = {}
    for trick, message, code in heads():
        match = matched(message)
        named = code in {evidence.code for evidence in match.evidence}
        tried.setdefault(trick, []).append((not opened(match), named))
    rows = [
        (trick, Rate(sum(low for low, _ in got), len(got)), Rate(sum(named for _, named in got), len(got)))
        for trick, got in tried.items()
    ]
    total = [pair for got in tried.values() for pair in got]
    figures = {
        "heads.lowered": Rate(sum(low for low, _ in total), len(total)),
        "heads.named": Rate(sum(named for _, named in total), len(total)),
    }
    return figures, Table("Heads made to deceive", ("trick", "rung unknown", "named in the pane"), rows)


def measure() -> Measured:
    """Both parts of the set, and the deceiving heads."""
    figures: dict[str, Rate] = {}
    rows = []
    for part in PARTS:
        for kind in KINDS:
            some = [example for example in examples(part) if example.concerned == kind]
            hits = sum(opened(matched(message_of(example))) == example.patient_id for example in some)
            figures[f"{part}.{kind}"] = Rate(hits, len(some))
        figures[f"{part}.right"] = sum((figures[f"{part}.{kind}"] for kind in KINDS), Rate(0, 0))
        closed = figures[f"{part}.other"] + figures[f"{part}.several"]
        figures[f"{part}.leaks"] = Rate(closed.of - closed.hits, closed.of)
    for name, words in (*_KIND_NAMES.items(), ("right", "all"), ("leaks", "record opened though it may not be")):
        rows.append((words, *(figures[f"{part}.{name}"] for part in PARTS)))
    about = Table(
        "Whom a mail is about",
        ("about", "tuned on", "then tuned on", "held aside", "last written, held aside"),
        rows,
        "Own mails, Dutch, Flemish and English. First runs: held aside 101 of 104; then tuned on 59 of 70 (six opened a record "
        "that they may not), after which its kinds of error were mended; last written 56 of 59.",
    )
    head_figures, head_table = _heads()
    return Measured({**figures, **head_figures}, (about, head_table))
