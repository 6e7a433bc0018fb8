"""What a pharmacist may change: intents, triggers, statements and phrases, as content laid over the shipped files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from server.model.language import Language
from server.model.triage import IntentId

About = Literal["medication_request", "appointment", "invoice", "lab_result", "coverage", "house"]
Strength = Literal["strong", "weak"]
TriggerUrgency = Literal["routine", "same_day", "urgent"]
StatementClass = Literal["house", "acknowledgement", "answer", "overview"]


@dataclass(frozen=True)
class Intent:
    """One thing a mail may ask. `patterns`: by language, in the notation of content/README.md; `about`: which records it
    concerns; `statements`: outcome → statement ids, in order; `next_step`: statement ids that close the part."""

    id: IntentId
    about: About
    patterns: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, tuple[str, ...]]
    next_step: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class TriggerGroup:
    """Patterns of one kind. `strength`: "strong" fires alone; "weak" fires only beside another or with a medicine.
    `emergency`: a hit means danger to life. `negatable`: a negation in the same clause silences it."""

    name: str
    patterns: Mapping[str, tuple[str, ...]]
    strength: Strength = "strong"
    emergency: bool = False
    negatable: bool = True


@dataclass(frozen=True)
class Trigger:
    """One danger of a question (FORMAT.md's twelve). `also`: triggers that a hit brings along."""

    id: str
    groups: tuple[TriggerGroup, ...]
    cancels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    urgency: TriggerUrgency = "same_day"
    fires_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stays_quiet_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Statement:
    """A whole reviewed sentence. `variants`: locale ("nl", "nl-informal", "en") → wordings, the most telling first;
    the first whose fields are all known is used. Its id is "refill.too_early"."""

    id: str
    variants: Mapping[str, tuple[str, ...]]
    content_class: StatementClass = "answer"


@dataclass(frozen=True)
class Rulebook:
    """All content in force for one pharmacy. `version` is a hash over all of it, written in the audit; `thresholds`: how
    sure the second reader must be, name ("lower", "upper", "explained") → language → probability; `languages`: those that
    replies can be written in; `reads`: those in which a mail can be read; `silencing`: the shipped classes of words, by which
    what silences an alarm is read whatever a pharmacy adds to them (empty: those of `phrases`)."""

    version: str
    intents: Mapping[str, Intent]
    triggers: Mapping[str, Trigger]
    statements: Mapping[str, Statement]
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    reads: tuple[str, ...] = ("nl", "en")
    silencing: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
