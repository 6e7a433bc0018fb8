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
    `channel` "plain" is the default for a new pharmacy (contract: identity and channel). A repeat may be asked for
    `refill_lead_days` before the supply ends; in the United States once so many per cent of it must be used.
    A repeat for anybody under `refill_least_age` is looked at by staff (0: no such rule)."""

    id: str
    organisation_id: str
    name: str
    country: str = "NL"
    time_zone: str = "Europe/Amsterdam"
    languages: tuple[str, ...] = ("nl", "en")
    channel: Channel = "plain"
    plain_acknowledge: bool = False
    quote_original: bool = True
    staff_names: tuple[str, ...] = field(repr=False, default=())
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
    refill_lead_days: int = 7
    refill_used_percent: int = 80
    refill_used_percent_controlled: int = 90
    refill_least_age: int = 0

    @property
    def quotes_original(self) -> bool:
        """Whether a reply may carry the mail it answers: what a patient wrote is health data on its way back, too."""
        return self.quote_original and self.channel == "secure"
