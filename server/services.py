"""The record of what one running server is made of. wiring.py fills it; flows use it; nobody else builds one."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.model.pharmacy import Pharmacy
from server.model.rulebook import Rulebook
from server.ports import IdentityProvider, LanguageModel, MailProvider, PatientRecords
from server.store.audit import AuditLog
from server.store.escalations import EscalationStore
from server.store.pharmacies import PharmacyStore
from server.store.replies import ReplyStore
from server.store.threads import ThreadStore
from server.store.vault import Vault


@dataclass(frozen=True)
class Services:
    """Everything a flow may use. `records`, `rulebook` and `model` are looked up by pharmacy; `model` may be None:
    templates only. `transaction()` opens one on our own
    memory (a connection that the stores take); `now` is the only clock (aware, UTC); `new_id` makes opaque ids; `mode` labels, never toggles."""

    mode: str
    transaction: Callable[[], AbstractContextManager[Any]]
    ready: Callable[[], bool]
    vault: Vault
    audit: AuditLog
    pharmacies: PharmacyStore
    replies: ReplyStore
    threads: ThreadStore
    escalations: EscalationStore
    mail: Mapping[str, MailProvider]
    identity: IdentityProvider
    records: Callable[[Pharmacy], PatientRecords]
    load_records: Callable[[str, Mapping[str, Any]], Mapping[str, int]]
    rulebook: Callable[[Pharmacy], Rulebook]
    model: Callable[[Pharmacy], LanguageModel | None]
    model_deadline: float
    now: Callable[[], datetime]
    new_id: Callable[[], str]
