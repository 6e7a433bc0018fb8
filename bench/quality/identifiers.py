"""What still stands in a text that would leave: planted identifiers of three kinds, and what is taken out for nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.quality.measured import Measured, Rate, Table
from bench.quality.planting import PARTS, Person, Plant, Planted, plant, read_templates
from bench.quality.scores import Row, read_rows
from bench.quality.sets import ROOT, folders
from server.model.patient import Contact, Coverage, MedicationRequest, Patient, PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.thread import EmailAddress, MailText, Message, Thread
from server.text.calendar_words import MONTHS, WEEKDAYS
from server.text.known_values import KnownValues, known_values
from server.text.medicines import find_medicines
from server.text.ordinary_words import in_dictionary
from server.text.patterns import fold
from server.text.person_words import PARTICLES
from server.text.persons import name_tokens
from server.text.pseudonyms import leaks, plain_text, pseudonymise

ROUNDS = 12  # times that each template is filled with other people
KINDS = {
    "known": "known to the record",
    "pattern": "numbers, dates, addresses",
    "name": "strangers' names",
    "town": "towns alone",
}
_PLACEHOLDER = re.compile(r"\[[A-Z]+_\d+\]")
_WORD = re.compile(r"[^\W_]+")
# what tells nothing when it stands alone: particles, kinds of road, and ends of mail addresses
_UNTELLING = frozenset("the of st sint de het op den der van road street example the a an bij".split())  # noqa: SIM905
_HOUSE = Pharmacy("p", "o", "Apotheek De Linde", email="info@apotheekdelinde.example")
_ADDRESS_OR_LINK = re.compile(r"\S+@\S+|\w+://\S+")
_CORPUS = ROOT / "bench" / "corpus"


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(fold(_PLACEHOLDER.sub(" ", text))))


def _telling(one: Plant) -> set[str]:
    """The words of an identifier that may not be left; of a name without particles."""
    if one.kind in ("name", "known") and not any(char.isdigit() for char in one.words):
        tokens = set(_WORD.findall(fold(one.words.split("@")[0])))
        return {word for word in tokens if len(word) > 1 and word in name_tokens(one.words) - PARTICLES} or tokens
    return (
        set(_WORD.findall(fold(one.words.split("@")[0] if "." in one.words.rpartition("@")[2] else one.words)))
        - _UNTELLING
    )


def record_of(mail: Planted) -> tuple[PatientMatch, Thread]:
    """What the pharmacy knows when this mail comes in: the patient with numbers and dates, one contact, one prescriber."""
    one, numbers = mail.patient, mail.patient.numbers
    patient = Patient(
        id="P70001",
        name=f"{one.given} {one.surname}",
        birth_date=one.born,
        email=numbers["mail"],
        phone=numbers["phone"],
        address=f"{numbers['street']}, {numbers['postcode']} {numbers['town']}",
        coverage=Coverage(policy_number=numbers["policy"]),
        contacts=(Contact(_full(mail.contact), "contact@thuis.example", "child"),),
        medication_requests=(
            MedicationRequest(numbers["rx"], "Amlodipine 5 mg tablet", prescriber=_full(mail.prescriber)),
        ),
    )
    message = Message("m1", EmailAddress(numbers["mail"], patient.name), "", MailText(mail.text))
    return PatientMatch(Rung.ADDRESS_KNOWN, patient), Thread("t1", (message,))


def _full(person: Person) -> str:
    return f"{person.given} {person.surname}"


@cache
def planted_mails(part: str) -> tuple[Planted, ...]:
    """The mails of one half, each template several times."""
    return tuple(plant(template, part, number) for number in range(ROUNDS) for template in read_templates(part))


def missed(mail: Planted) -> Iterator[tuple[Plant, set[str]]]:
    """The identifiers of a mail of which some telling word would leave, with those words."""
    match, thread = record_of(mail)
    left = _words(pseudonymise(plain_text(mail.text), known_values(match, thread, _HOUSE)))
    bare = _words(mail.bare)
    for one in mail.plants:
        words = {word for word in _telling(one) if left[word] > bare[word]}
        if words:
            yield one, words


def _planted(part: str) -> tuple[dict[str, Rate], Counter[tuple[str, str, int]]]:
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    where: Counter[tuple[str, str, int]] = Counter()
    for mail in planted_mails(part):
        tried.update(one.kind for one in mail.plants)
        for one, _ in missed(mail):
            failed[one.kind] += 1
            where[one.kind, one.slot, mail.template.number] += 1
    return {f"{part}.{kind}": Rate(tried[kind] - failed[kind], tried[kind]) for kind in KINDS}, where


def _egress() -> dict[str, Rate]:
    """Planted mails that hold a known value and would be sent: none, whatever pseudonymising missed."""
    let_go, of = 0, 0
    for part in PARTS:
        for mail in planted_mails(part):
            match, thread = record_of(mail)
            known = known_values(match, thread, _HOUSE)
            whole = [
                one
                for one in mail.plants
                if one.kind == "known" and one.slot.split(".")[1] not in ("first", "last", "init", "town")
            ]
            if whole:
                of += 1
                let_go += not leaks(plain_text(mail.text), known)
    return {"egress.let_go": Rate(let_go, of)}


def _corpus() -> Iterator[str]:
    for path in sorted(_CORPUS.glob("*.jsonl")):
        for row in read_rows(path):
            yield "\n".join(one["text"] for one in row["sentences"]) if "sentences" in row else row["text"]


def _for_nothing() -> dict[str, Rate]:
    """Words of the corpus that are nobody's name, taken out all the same."""
    names = ("lower", "medicine", "medicine_misspelt", "calendar")
    tried, gone = Counter[str](), Counter[str]()
    for text in map(plain_text, _corpus()):
        out = pseudonymise(text, KnownValues())
        before, after = Counter(_WORD.findall(text)), Counter(_WORD.findall(_PLACEHOLDER.sub(" ", out)))
        lost = before - after
        for word, count in before.items():
            if word in PARTICLES:  # they go with the name that they belong to
                continue
            kind = (
                "calendar" if word.lower() in MONTHS or word.lower() in WEEKDAYS else "lower" if word.islower() else ""
            )
            tried[kind] += count
            gone[kind] += lost[word]
        for mention in find_medicines(text):
            kind = "medicine" if mention.exact else "medicine_misspelt"
            tried[kind] += 1
            gone[kind] += any(word in lost for word in _WORD.findall(text[mention.start : mention.end]))
    return {f"for_nothing.{name}": Rate(gone[name], tried[name]) for name in names}


def _for_nothing_in_sets() -> Rate:
    """Dictionary words in lower case that the evaluation sets' mails lose; the list of common words was not made from those."""
    gone, of = 0, 0
    for _, folder in folders():
        for mail in _plain_mails(folder):
            text = _ADDRESS_OR_LINK.sub(" ", plain_text(mail["body"]))
            words = (word for word in _WORD.findall(text) if word.islower() and word not in PARTICLES)
            before = Counter(word for word in words if word not in MONTHS and in_dictionary(word))
            lost = before - Counter(_WORD.findall(_PLACEHOLDER.sub(" ", pseudonymise(text, KnownValues()))))
            of += before.total()
            gone += lost.total()
    return Rate(gone, of)


def _plain_mails(folder: Path) -> Iterator[Row]:
    if (folder / "cases.jsonl").is_file():
        mails = (case["thread"][-1] for case in read_rows(folder / "cases.jsonl"))
        yield from (mail for mail in mails if mail.get("content_type") == "text")


def _senders(folder: Path) -> Rate:
    """Names of senders in mails that others wrote, nothing known of them: words of the name that are gone."""
    hits, of = 0, 0
    for mail in _plain_mails(folder):
        text = plain_text(mail["body"])
        name = {word for word in name_tokens(mail["from"].get("name") or "") if len(word) > 1}
        present = [word for word in _WORD.findall(text) if fold(word) in name and not word.islower()]
        left = Counter(_WORD.findall(_PLACEHOLDER.sub(" ", pseudonymise(text, KnownValues()))))
        of += len(present)
        hits += len(present) - sum(min(left[word], count) for word, count in Counter(present).items())
    return Rate(hits, of)


def measure() -> Measured:
    """All of it, with what was missed in the open half (kind, place, template)."""
    figures, where = _planted("open")
    figures |= (
        _planted("held")[0] | _egress() | _for_nothing() | {"for_nothing.dictionary_in_sets": _for_nothing_in_sets()}
    )
    for name, folder in folders():
        if (folder / "cases.jsonl").is_file():
            figures[f"senders.{name}"] = _senders(folder)
    return Measured(figures, tuple(_tables(figures, where)))


def _tables(figures: dict[str, Rate], where: Counter[tuple[str, str, int]]) -> Iterator[Table]:
    rows = [(shown, figures[f"open.{kind}"], figures[f"held.{kind}"]) for kind, shown in KINDS.items()]
    yield Table("Planted identifiers taken out", ("kind", "open half", "held-out half"), rows)
    listed = [(KINDS[kind], slot, number, count) for (kind, slot, number), count in sorted(where.items())]
    yield Table("What was missed in the open half", ("kind", "place", "mail", f"times of {ROUNDS}"), listed)
    rest = [(name, value) for name, value in figures.items() if name.partition(".")[0] not in PARTS]
    yield Table("Around it", ("figure", ""), rest)
