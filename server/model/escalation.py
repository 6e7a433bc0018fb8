"""A mail that a pharmacist must decide about, and the state its thread is in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class ThreadState(Enum):
    """Where a thread stands (contract: what is kept)."""

    OPEN = "open"
    DRAFTED = "drafted"
    WITH_PHARMACIST = "with_pharmacist"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Escalation:
    """An open question for the pharmacist. `codes`: the triggers; `urgency`: 0 to 3 as `Urgency`."""

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
