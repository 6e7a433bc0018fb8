"""One thing done, in NEN 7513's fields (domain.md §5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class AuditEvent:
    """`type` such as "draft.begun" (EventTypeCode); `action` NEN 7513's EventActionCode; `outcome` 0 success, 4 minor,
    8 serious, 12 major failure; `user_id` who acted, `on_behalf_of` who is responsible for a device;
    `subject` the person concerned (stored as a keyed hash); `detail` ids, versions and hashes, never personal data
    in clear; `sealed` personal detail, encrypted under that person's key before it is chained."""

    type: str
    action: Literal["C", "R", "U", "D", "E"]
    pharmacy_id: str
    user_id: str
    role: str
    at: datetime
    request_id: str = ""
    object_type: str = ""
    object_id: str = ""
    on_behalf_of: str = ""
    subject: str = field(repr=False, default="")
    outcome: Literal[0, 4, 8, 12] = 0
    detail: Mapping[str, object] = field(repr=False, default_factory=dict)
    sealed: Mapping[str, object] = field(repr=False, default_factory=dict)
