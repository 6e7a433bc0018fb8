"""A mail that a pharmacist must decide about, and the state its thread is in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class ThreadState(Enum):
    """Where a thread stands (contract: what is kept)."""

    OPEN = "open"
    DRAFTED = "drafted"
    WITH_PHARMACIST = "with_pharmacist"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Escalation:
    """An open question for the pharmacist. `codes`: the triggers; `urgency`: 0 to 3 as `Urgency`; `reason`: what a person
    gave as one; `history`: the summary of the patient's medicines as the reply's document has it (docs/api.md), None of
    somebody unknown."""

    id: str
    pharmacy_id: str
    reply_id: str
    thread_id: str
    codes: tuple[str, ...]
    urgency: int
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    subject: str = field(repr=False, default="")
    reason: str = field(repr=False, default="")
    history: Mapping[str, Any] | None = field(repr=False, default=None)
