"""In which sense a status word stands: topics of one clause, without those that mean something else beside what is spoken of."""

import re
from dataclasses import dataclass, field

from server.safety.subjects import Subjects
from server.safety.topics import (
    APPOINTMENT_NOUN,
    BILL_NOUN,
    COVERAGE_NOUN,
    LAB_NOUN,
    MESSAGE_NOUN,
    NEGATION,
    PATTERNS,
    Kind,
    Topic,
)

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;:()]")
_MUST = re.compile(r"\b(?:moet|moeten|dient|needs? to|must|has to|have to|to be)\b")
_MAY = re.compile(r"\b(?:kan|kunt|kunnen|mag|mogen|can|may|could)\b")
_ARRIVED = re.compile(
    r"\b(?:is|zijn) er\b|\b(?:is|zijn|are|has|have|nog niet|not|al|weer)\b.{0,40}\b(?:binnen|binnengekomen|arrived|come in|came in)\b"
)
_INSURER_PAYS = re.compile(r"\b(?:verzekeraar|verzekering|insurer|insurance)\b.{0,20}\b(?:betaal\w*|paid|pays)\b")
_OF_PERSON = re.compile(
    r"\b(?:you|u|je|he|she|they|hij|zij)\b(?:\s\w+){0,5}\s(?:covered|gedekt)\b|\b(?:covered|gedekt) (?:by|bij|door) (?:them|hen|us)\b"
)
_APPOINTED = re.compile(r"\b(?:afspra(?:ak|ken)|appointments?|agenda)\b")
_ANYBODY = re.compile(
    r"\b(?:ophalen|afhalen) kan\b|\biemand anders\b|\bsomeone else\b|\banyone\b|\bsomebody else\b|\bandere persoon\b"
)
_HOW_TO = re.compile(
    r"\b(?:via|telefonisch|online|portaal|portal|website|app|per mail|by phone|by e-?mail|in person)\b"
)
_STOPPED = re.compile(r"(?:gestopt|stopgezet|stopped)$")
_BROUGHT = re.compile(r"bezorgd|afgeleverd|delivered|collected|opgehaald|afgehaald")  # never said of a message
_BILL_COVERS = re.compile(r"\b(?:invoice|bill|amount|charge)\b.{0,45}\bcovers\b")
_IS_THERE = re.compile(r"(?:is|zijn) er\b")
_WHO_MAY_HEAR = re.compile(
    r"\b(?:someone|anyone|person|people|they|iemand|persoon)\b.{0,20}\bauthori[sz]ed\b|\bauthori[sz]ed (?:person|contact)\b"
)
_ALL_KINDS_OF = re.compile(
    r"\A\s*(?:medicijnen|recepten|bestellingen|prescriptions|medicines|orders)\b(?!.{0,30}\b(?:liggen|staan|are)\b)"
)
_AGENDA = re.compile(r"\b(?:agenda|diary|calendar)\b")
_NO_MATTER = re.compile(  # messages and data that are not what the clause is about: ours, and the one that will come
    r"\b(?:volgens|in) (?:onze|ons|de|het) (?:gegevens|systeem)\b"
    r"|\b(?:krijgt|krijg|ontvangt|sturen|stuur|geven|get|receive|send|drop)\b.{0,25}\b(?:bericht|berichtje|mail|message|e-?mail|note)\b"
)


@dataclass
class Focus:
    """Of what the draft spoke last, by kind of record."""

    last: Kind | None = None
    of: dict[Kind, tuple[str, ...]] = field(default_factory=dict)


def negated_near(folded: str, start: int, end: int, *, own: bool) -> bool:
    """Whether a negation stands near the words at start:end, in the same breath. `own`: one among them is part of them."""
    for match in NEGATION.finditer(folded):
        if match.start() >= start and match.end() <= end:
            if not own:
                return True
            continue
        gap = folded[match.end() : start] if match.end() <= start else folded[end : match.start()]
        limit = 8 if match.end() <= start else 3
        if not _BREAK.search(gap) and len(_WORD.findall(gap)) <= limit:
            return True
    return False


def topics_in(folded: str) -> dict[Topic, tuple[int, int]]:
    """The topics of a clause and where they stand, those silenced that mean something else there."""
    found: dict[Topic, tuple[int, int]] = {}
    for topic, pattern in PATTERNS:
        match = pattern.search(folded)
        if match:
            found[topic] = match.span()
    if "process" in found:
        found.pop("ready", None)
        if "behandeling" in folded[slice(*found["process"])]:
            found.pop("in_progress", None)
    if "renewable" in found or "no_order" in found:
        found.pop("sent_for", None)
    if "covered" in found and _INSURER_PAYS.search(folded):
        found.pop("paid", None)
    if MESSAGE_NOUN.search(_NO_MATTER.sub(" ", folded)):
        for topic in ("delivered", "in_progress", "process", "sent_for"):
            if topic != "delivered" or not _BROUGHT.search(folded[slice(*found.get(topic, (0, 0)))]):
                found.pop(topic, None)
    if "paid" in found and (_MUST.search(folded) or _MAY.search(folded)):
        span = found.pop("paid")
        if _MUST.search(folded):
            found.setdefault("open", span)
    if "ready" in found and (_ANYBODY.search(folded) or _ALL_KINDS_OF.match(folded)):
        del found["ready"]
    if "lapsed" in found:
        found.pop("insured", None)
        found.pop("cancelled", None)
    return found


Found = dict[Topic, tuple[int, int]]  # topic → where its words stand in the clause


def _of_appointment(found: Found, clause: str, subjects: Subjects, focus: Focus) -> None:
    """Booked, proposed, moved and cancelled are said of appointments only."""
    appointment = bool(subjects.appointment or APPOINTMENT_NOUN.search(clause)) or (
        focus.last == "appointment" and not subjects.medication and not BILL_NOUN.search(clause)
    )
    for topic in ("booked", "proposed", "moved", "cancelled"):
        if topic in found and not appointment:
            del found[topic]
    if appointment and any(topic in found for topic in ("booked", "cancelled", "moved")):
        found.pop("done", None)
    span = found.get("booked", (0, 0))
    if _AGENDA.search(clause[slice(*span)]) and not subjects.appointment and negated_near(clause, *span, own=False):
        del found["booked"]  # what the diary does not tell, not what is not in it
    if "no_appointment" in found:
        found.pop("booked", None)
        found.pop("proposed", None)
        if not (appointment or subjects.appointment) and not _APPOINTED.search(clause):
            del found["no_appointment"]


def _of_lab(found: Found, clause: str, subjects: Subjects, focus: Focus) -> None:
    """A result comes in; a medicine that does is in stock."""
    lab = bool(subjects.lab or LAB_NOUN.search(clause)) or (focus.last == "lab" and not subjects.medication)
    if "received" in found and not lab:
        span = found.pop("received")
        if (subjects.medication or focus.last == "medication") and _ARRIVED.search(clause):
            found.setdefault("ready" if _IS_THERE.match(clause[slice(*span)]) else "in_stock", span)
    if "awaited" in found and not lab:
        del found["awaited"]
    elif "awaited" in found:
        found.pop("received", None)
    if lab and "ready" in found and not subjects.medication:
        found["received"] = found.pop("ready")


def fit_context(found: Found, clause: str, subjects: Subjects, focus: Focus) -> None:
    """Drops topics that need a noun this clause, and what was spoken of before, do not give."""
    _of_appointment(found, clause, subjects, focus)
    _of_lab(found, clause, subjects, focus)
    if "covered" in found and _BILL_COVERS.search(clause):
        del found["covered"]  # what a bill is for, not what an insurer pays
    if "covered" in found and _OF_PERSON.search(clause) and not (subjects.invoice or subjects.medication):
        found.setdefault("insured", found.pop("covered"))
    if "done" in found and subjects.medication and _STOPPED.search(clause[slice(*found["done"])]):
        found["stopped"] = found.pop("done")
    if "renewable" in found and subjects.invoice and clause[slice(*found["renewable"])].endswith("due"):
        found.setdefault("open", found.pop("renewable"))
    if "open" in found and (subjects.lab or LAB_NOUN.search(clause)) and not BILL_NOUN.search(clause):
        found.setdefault("awaited", found.pop("open"))
    if "open" in found and not (subjects.invoice or BILL_NOUN.search(clause) or focus.last == "invoice"):
        del found["open"]
    if "renewable" in found and not subjects.medication and (_HOW_TO.search(clause) or focus.last != "medication"):
        del found["renewable"]
    if "approved" in found and not subjects and _WHO_MAY_HEAR.search(clause):
        del found["approved"]
    if "approved" in found and COVERAGE_NOUN.search(clause) and "covered" in found:
        del found["approved"]
