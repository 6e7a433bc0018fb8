"""What is asked, what is dangerous about it, and who answers."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from server.model.finding import Finding

IntentId = Literal[
    "refill_request", "prescription_transfer", "prescription_status", "pickup_delivery", "appointment", "lab_followup",
    "billing", "insurance", "stock_availability", "clinical_question", "consent_change", "other",
]  # fmt: skip

# What code can find about a record (or, with no record, about the question). Closed: a statement exists for each.
OUTCOMES: dict[str, tuple[str, ...]] = {
    "refill_request": (
        "eligible", "too_early", "no_repeats", "back_order", "ready", "in_progress", "first_issue", "second_issue",
        "prior_authorization", "pharmacist", "unknown",
    ),
    "prescription_transfer": ("new_prescription", "move_here", "move_away", "unknown"),
    "prescription_status": ("ready", "in_progress", "back_order", "delivered", "not_ordered", "pharmacist", "unknown"),
    "pickup_delivery": (
        "ready", "in_progress", "back_order", "delivered", "not_ordered", "delivery_wanted", "pickup", "pharmacist", "unknown",
    ),
    "appointment": ("booked", "proposed", "cancelled", "none", "wanted", "opening_hours", "unknown"),
    "lab_followup": ("received", "pending", "unknown"),
    "billing": ("open", "paid", "none", "unknown"),
    "insurance": ("active", "lapsed", "unknown"),
    "stock_availability": ("in_stock", "out_of_stock", "back_order", "pharmacist", "unknown"),
    "clinical_question": ("pharmacist",),
    "consent_change": ("marketing_off", "marketing_on", "contact_change", "consent_other", "unknown"),
    "other": ("complaint", "thanks", "stop", "supplier", "question", "opening_hours", "unknown"),
}  # fmt: skip


class Urgency(IntEnum):
    """How soon a person must look. EMERGENCY: danger to life may be meant; the reply names the emergency number."""

    ROUTINE = 0
    SAME_DAY = 1
    URGENT = 2
    EMERGENCY = 3


class Route(IntEnum):
    """Who answers; the strictest opinion is max()."""

    DRAFT = 0
    VERIFY = 1
    ESCALATE = 2


@dataclass(frozen=True)
class About:
    """One record a question is about and what code found there. `subject_id` is the id of a medication request,
    appointment, invoice or lab result; "" when the question is about none."""

    subject_id: str
    outcome: str


@dataclass(frozen=True)
class Question:
    """One thing the mail asks. `pieces`: the sentences that ask it; `candidates`: record ids between which the words
    do not choose (asked about, never guessed); `named`: medicine words in the mail that fit no record;
    `wishes`: closed words for what is wanted beside ("delivery", "pickup", "own_date")."""

    intent: IntentId
    pieces: tuple[str, ...] = field(repr=False, default=())
    about: tuple[About, ...] = ()
    candidates: tuple[str, ...] = ()
    named: tuple[str, ...] = field(repr=False, default=())
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Triage:
    """The reading of one mail. `language`: of the mail, any code; `reply_language`: one the pharmacy has enabled.
    `explained`: share of the new text's sentences that are known (0 to 1)."""

    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    urgency: Urgency
    route: Route
    language: str
    reply_language: str
    reply_needed: bool = True
    explained: float = 1.0

    @property
    def intents(self) -> tuple[str, ...]:
        """The intents asked, primary first, each once."""
        return tuple(dict.fromkeys(question.intent for question in self.questions))

    @property
    def triggers(self) -> tuple[str, ...]:
        """Codes of the standing findings, each once."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings if finding.stands))
