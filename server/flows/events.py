"""What a draft tells while it is being made: the web renders these as a stream, or waits for the last one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Progress:
    """A step has begun; `ms` since the request began."""

    step: str
    ms: float


@dataclass(frozen=True)
class Triaged:
    """Who it is and what it is; announced once, when decided."""

    patient: Document | None = field(repr=False)
    triage: Document = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class PartReady:
    """A part whose checks have passed."""

    index: int
    part: Document = field(repr=False)
    facts: Document = field(repr=False)


@dataclass(frozen=True)
class PartReplaced:
    """A part that was released and is now another one (the whole draft showed what the part alone did not)."""

    index: int
    part: Document = field(repr=False)
    facts: Document = field(repr=False)
    reason: str


@dataclass(frozen=True)
class Retracted:
    """All released parts are void."""

    reason: str


@dataclass(frozen=True)
class Done:
    """The whole reply, stored and audited."""

    reply: Document = field(repr=False)


@dataclass(frozen=True)
class Waiting:
    """Nothing new: told so that a listener who has left is noticed, and the work cancelled."""


Event = Progress | Waiting | Triaged | PartReady | PartReplaced | Retracted | Done
