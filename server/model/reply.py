"""The answer: facts with their sources, a draft made of parts, what the checks said of it, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Literal

from server.model.finding import Finding, Severity
from server.model.patient import PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.thread import Thread
from server.model.triage import Triage

FactValue = str | int | float | bool | date | datetime


class ContentClass(IntEnum):
    """What a fact gives away; a rung and channel allow up to one of these (contract: identity and channel)."""

    HOUSE = 0  # opening hours, telephone, how things work
    ACKNOWLEDGEMENT = 1  # "your request is in hand"
    ANSWER = 2  # medicine, order, refill date, appointment, invoice, insurance status, result has come in
    OVERVIEW = 3  # whole lists, changes of contact data
    NEVER = 9  # lab values, diagnoses, BSN, another person's data


@dataclass(frozen=True)
class Fact:
    """The only thing a draft may state. `path` is unique within a brief ("RX1011.earliest_refill",
    "pharmacy.phone"); `subject_id` whose it is (record id, patient id, "pharmacy", "sender"); `kind` what it is
    ("medication", "earliest_refill", "amount"); `source` what the pane shows ("Uitgifte", record id, date)."""

    path: str
    subject_id: str
    kind: str
    value: FactValue = field(repr=False)
    source: str = field(repr=False)
    read_at: datetime
    content_class: ContentClass = ContentClass.ANSWER


@dataclass(frozen=True)
class Piece:
    """A run of the draft's text; `facts` are the paths that it states (none: connecting words of a statement)."""

    text: str = field(repr=False)
    facts: tuple[str, ...] = ()


class SentenceOrigin(Enum):
    """Who worded a sentence. STATEMENT: reviewed content; MODEL: joins, holds no fact; STAFF: typed in the pane."""

    STATEMENT = "statement"
    MODEL = "model"
    STAFF = "staff"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a draft. `statement_id` such as "refill.too_early" when it is one of the pharmacy's."""

    pieces: tuple[Piece, ...]
    origin: SentenceOrigin = SentenceOrigin.STATEMENT
    statement_id: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


PartKind = Literal["greeting", "question", "notice", "staff", "closing"]


@dataclass(frozen=True)
class DraftPart:
    """One part of a reply: a greeting, the answer to one question, a notice (112, acknowledgement, verification),
    staff's own sentence, the closing. The unit that is checked, streamed and swapped."""

    kind: PartKind
    sentences: tuple[Sentence, ...]
    question: int | None = None

    @property
    def text(self) -> str:
        """Sentences joined; a greeting and the lines of a closing each stand on their own line."""
        return ("\n" if self.kind == "closing" else " ").join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class Draft:
    """A reply that a person can edit and send. `written_by`: "template" or a model's name; `fallback` says why a
    template wrote it though a model was configured ("timeout", "refused", "unsafe", ""). `subject`: what the reply's
    subject line must say, "" where it may stay as it is."""

    parts: tuple[DraftPart, ...]
    language: str
    written_by: str = "template"
    fallback: str = ""
    subject: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(part.text for part in self.parts if part.sentences)


@dataclass(frozen=True)
class ReplyBrief:
    """Everything a drafter and a reviewer may know of one mail.

    `offered`: the facts this question needs, all that a writer may state. `allowed`: all that rung and channel allow
    (offered among them) plus house facts, against which free text is reviewed. `emergency`: danger to life is meant, so
    the emergency number must be named. `version`: 1 for the first draft, 2 for "another version"."""

    pharmacy: Pharmacy
    thread: Thread = field(repr=False)
    match: PatientMatch
    triage: Triage
    today: date
    offered: tuple[Fact, ...] = ()
    allowed: tuple[Fact, ...] = ()
    language: str = "nl"
    formal: bool = True
    staff_sentence: str = field(repr=False, default="")
    version: int = 1
    emergency: bool = False

    @property
    def verified(self) -> bool:
        """Whether this sender may hear anything about the person concerned."""
        return self.match.rung >= Rung.ADDRESS_KNOWN


@dataclass(frozen=True)
class SafetyReport:
    """What the checks said of a draft. `blocked`: at least one hard finding; nothing of it may be shown."""

    findings: tuple[Finding, ...] = ()

    @property
    def blocked(self) -> bool:
        return any(finding.severity is Severity.HARD for finding in self.findings)


@dataclass(frozen=True)
class StepTime:
    """How long one step of the path took, in milliseconds."""

    step: str
    ms: float


@dataclass(frozen=True)
class HeardOpinion:
    """A valid answer as the model gave it. `request_hash`: SHA-256 of the exact text that asked for it; `reply_id`: the
    earlier reply that it was asked for, "" for this one."""

    request_hash: str
    answer: str = field(repr=False)
    reply_id: str = ""


@dataclass(frozen=True)
class Consulted:
    """What a model was asked about one mail. `sent`: kind of request ("opinion", "write") → the exact text that left;
    `opinion`: "valid", or why there is none ("timeout", "malformed", "egress" …), "" when none was wanted; `heard`: the
    valid one."""

    model: str = ""
    sent: Mapping[str, str] = field(repr=False, default_factory=dict)
    opinion: str = ""
    heard: HeardOpinion | None = None


@dataclass(frozen=True)
class Reply:
    """What the pane gets. `draft` is None when it was withheld. `swapped`: indexes of parts that the template wrote
    because the model's broke a rule. `withheld`: why there is no draft ("" when there is one)."""

    id: str
    brief: ReplyBrief
    draft: Draft | None
    report: SafetyReport
    created_at: datetime
    steps: tuple[StepTime, ...] = ()
    swapped: tuple[int, ...] = ()
    withheld: str = ""
    consulted: Consulted = Consulted()


class OutcomeKind(Enum):
    """What staff did with a draft."""

    INSERTED = "inserted"
    EDITED = "edited"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Outcome:
    """What became of a reply: `final_text` is what staff kept (None when discarded); the server compares."""

    reply_id: str
    kind: OutcomeKind
    by: str
    at: datetime
    final_text: str | None = field(repr=False, default=None)
