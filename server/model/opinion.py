"""What a language model says of a mail: a third reader beside the rules and the classifier (contract: part MODEL)."""

from dataclasses import dataclass, field
from typing import Literal

from server.model.triage import Urgency

Role = Literal[
    "greeting", "closing", "identity", "logistics", "background", "asks", "clinical", "unclear", "instruction",
]  # fmt: skip
HARMLESS_ROLES = frozenset({"greeting", "closing", "identity", "logistics", "background", "asks"})
# FORMAT.md's twelve but for the one that only the record can tell (missing_prior_authorization).
NamedTrigger = Literal[
    "urgent_language", "suspected_adverse_reaction", "allergy", "new_symptoms", "unclear_dosing", "clinical_judgement",
    "controlled_substance", "early_refill_controlled", "conflicting_history", "unclear_request", "suspicious_content",
]  # fmt: skip


@dataclass(frozen=True)
class SentenceOpinion:
    """What the model calls one sentence. `sentence`: the mail's own, as it was typed (a model never saw the names in
    it); `role`: what the sentence is for."""

    sentence: str = field(repr=False)
    role: Role
    triggers: tuple[NamedTrigger, ...] = ()

    @property
    def harmless(self) -> bool:
        """Whether it may take doubt about this sentence away."""
        return self.role in HARMLESS_ROLES and not self.triggers


@dataclass(frozen=True)
class Opinion:
    """One model's valid opinion of one mail: every sentence labelled once. `escalates`: its overall word, with or
    without a trigger named."""

    model: str
    sentences: tuple[SentenceOpinion, ...]
    escalates: bool
    urgency: Urgency = Urgency.ROUTINE
