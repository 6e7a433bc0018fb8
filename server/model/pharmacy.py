"""A pharmacy: the house that answers. Its facts may be told to anybody."""

from dataclasses import dataclass, field
from datetime import time
from typing import Literal

Channel = Literal["secure", "plain"]


@dataclass(frozen=True)
class OpeningTime:
    """One stretch of opening hours: weekday 0 is Monday; times in the pharmacy's zone."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Pharmacy:
    """One pharmacy of an organisation. `opening_hours` is the text as the pharmacy writes it; `hours` the same, structured,
    when it could be read; empty means unknown. `languages`: the reply languages it has enabled, the first is its own.
    `channel` "plain" is the default for a new pharmacy (contract: identity and channel)."""

    id: str
    organisation_id: str
    name: str
    country: str = "NL"
    time_zone: str = "Europe/Amsterdam"
    languages: tuple[str, ...] = ("nl", "en")
    channel: Channel = "plain"
    plain_acknowledge: bool = False
    formal: bool = True
    phone: str = ""
    email: str = ""
    address: str = ""
    opening_hours: str = ""
    hours: tuple[OpeningTime, ...] = ()
    emergency_phone: str = "112"
    out_of_hours_phone: str = ""
    portal_url: str = ""
    mailboxes: tuple[str, ...] = field(default=())
    retention_days: int = 30
    own_phones: tuple[str, ...] = ()
    own_links: tuple[str, ...] = ()
