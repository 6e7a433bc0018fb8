"""What the API takes and gives, as pydantic models: strangers' data is checked here, the OpenAPI document is made of it."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_SENTENCE = 400


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProblemOut(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str = ""
    request_id: str = ""
    retryable: bool = False


class ThreadRefIn(_Body):
    provider: str = Field(max_length=40)
    mailbox: str = Field("", max_length=320)
    thread_id: str = Field(min_length=1, max_length=1000)
    message_id: str = Field("", max_length=1000)


class ReplyIn(_Body):
    """`staff_sentence`: one sentence for the patient, used word by word and checked like the rest. `patient_id` and
    `confirmed_by`: what a person chose and confirmed for this mail before, so that another version keeps it."""

    thread: ThreadRefIn
    tone: Literal["formal", "informal"] | None = None
    language: str | None = Field(None, max_length=8)
    staff_sentence: str = Field("", max_length=MAX_SENTENCE)
    version: int = Field(1, ge=1, le=20)
    patient_id: str = Field("", max_length=200)
    confirmed_by: Literal["birth_date", "order_number", "called_back"] | None = None


class OutcomeIn(_Body):
    """`final_text` is what staff kept, whole; the server compares."""

    kind: Literal["inserted", "edited", "discarded"]
    final_text: str | None = Field(None, max_length=60_000)


class PatientIn(_Body):
    """A person chose the patient, or confirmed the one shown by a second factor."""

    patient_id: str = Field("", max_length=200)
    confirmed_by: Literal["birth_date", "order_number", "called_back"]


class EscalationIn(_Body):
    reason: str = Field(min_length=3, max_length=1000)


class ReplyPath(BaseModel):
    reply_id: str = Field(max_length=100)


class ThreadPath(BaseModel):
    thread_id: str = Field(max_length=1000)


class EscalationPath(BaseModel):
    escalation_id: str = Field(max_length=100)


class FindingOut(BaseModel):
    code: str
    part: str
    severity: str
    rule: str
    quotes: list[str]
    subject_ids: list[str]
    cleared_by: str


class PieceOut(BaseModel):
    text: str
    facts: list[str]


class SentenceOut(BaseModel):
    origin: str
    statement_id: str
    pieces: list[PieceOut]


class PartOut(BaseModel):
    index: int
    kind: str
    question: int | None
    sentences: list[SentenceOut]


class DraftOut(BaseModel):
    language: str
    formal: bool
    written_by: str
    fallback: str
    subject: str
    quote_original: bool
    text: str
    parts: list[PartOut]


class FillOut(BaseModel):
    on: str
    quantity: float | None
    days_supply: int | None


class RefillOut(BaseModel):
    """What the rules say of a repeat, for the pharmacist: every obstacle's `reasons`, and what would lift them."""

    status: str
    reasons: list[str]
    earliest_on: str | None
    needs: list[str]


class LineOut(BaseModel):
    id: str
    medication: str
    dosage_text: str | None
    asked: bool
    fills: list[FillOut]
    days_left: int | None
    supply_from: Literal["record", "directions", "unknown"]
    repeats_left: int | None
    prescriber: str | None
    prior_authorization: str
    authorization_until: str | None
    controlled: bool
    law: str
    sensitive: bool
    risk: list[str]
    refill: RefillOut


class RedFlagOut(BaseModel):
    code: str
    quotes: list[str]
    subject_ids: list[str]


class HistoryOut(BaseModel):
    """The summary for the pharmacist. Never part of a letter."""

    patient_id: str
    as_of: str
    lines: list[LineOut]
    stopped: list[LineOut]
    allergies: list[str]
    duplicates: list[list[str]]
    red_flags: list[RedFlagOut]


class ReplyOut(BaseModel):
    """A reply as the pane shows it. `patient`, `triage`, `facts`, `steps`, `sent_out`: see docs/api.md."""

    id: str
    thread_id: str
    created_at: str
    stale: bool
    patient: dict[str, Any]
    triage: dict[str, Any]
    draft: DraftOut | None
    facts: dict[str, Any]
    history: HistoryOut | None = None
    findings: list[FindingOut]
    swapped: list[int]
    withheld: str
    steps: list[dict[str, Any]]
    sent_out: dict[str, Any]
    audit: list[dict[str, Any]] = []


class SentRequestOut(BaseModel):
    kind: str
    text: str


class WhatLeftOut(BaseModel):
    """The exact text of each request ("opinion", "write") that went to a model; no model, no requests."""

    model: str | None
    requests: list[SentRequestOut]


class OutcomeOut(BaseModel):
    id: str
    kind: str
    changed: bool
    diff: list[str]


class EscalationOut(BaseModel):
    escalation_id: str


class EscalationsOut(BaseModel):
    escalations: list[dict[str, Any]]


class EscalationRecordOut(BaseModel):
    """One record whole: `reason` as a person gave it, `history` as in the reply."""

    id: str
    pharmacy_id: str
    reply_id: str
    thread_id: str
    subject: str
    codes: list[str]
    urgency: str
    opened_at: str
    closed_at: str | None
    reason: str
    history: HistoryOut | None


class ThreadStateOut(BaseModel):
    state: str
    stale: bool
    escalation_open: bool


class PaneOut(BaseModel):
    mode: str
    user: dict[str, str]
    pharmacy: dict[str, Any]
    pharmacies: list[dict[str, Any]]
    model: str | None
    version: str


class ThreadsOut(BaseModel):
    threads: list[dict[str, Any]]


class ThreadOut(BaseModel):
    id: str
    subject: str
    mailbox: str
    messages: list[dict[str, Any]]


class ThreadIdOut(BaseModel):
    thread_id: str


class HealthOut(BaseModel):
    status: str
