"""Settings become Services: the only file that names every vendor, and the only one that asks the time."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.connectors.identity.sandbox import ORGANISATION, SandboxIdentity
from server.connectors.llm.openai_compatible import OpenAICompatible
from server.connectors.mail.given import GivenThreads
from server.connectors.mail.sandbox import SandboxMail
from server.connectors.pms.embedded import EmbeddedRecords, load_records
from server.connectors.pms.records_file import pharmacy_from_file
from server.demo.shift import demo_records, write_inbox
from server.errors import Conflict
from server.model.pharmacy import Pharmacy
from server.ports import IdentityProvider, LanguageModel, MailProvider
from server.services import Services
from server.settings import Settings
from server.store.audit import AuditLog
from server.store.engine import is_ready, migrate, open_database, writing
from server.store.escalations import EscalationStore
from server.store.keyring import KeyRing, read_key_file, write_key_file
from server.store.pharmacies import PharmacyStore
from server.store.replies import ReplyStore
from server.store.rulebook import load_rulebook
from server.store.threads import ThreadStore
from server.store.vault import Rotation, Vault

DEMO_AS_OF = date(2026, 11, 27)
DEMO_LAST_HOUR = 16  # UTC
Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a running server."""
    return datetime.now(UTC)


def new_id() -> str:
    """An opaque id, 96 bits."""
    return secrets.token_hex(12)


def read_keys(settings: Settings) -> KeyRing:
    """The key ring: from BALIE_KEYS, or in the sandbox from a file that only its owner may read, made at first start."""
    given = settings.keys.get_secret_value()
    return KeyRing.parse(given) if given else read_key_file(settings.key_file, create=True)


def configured_model(settings: Settings) -> LanguageModel | None:
    """The model that the settings name, or None: templates only."""
    if not settings.openai_model:
        return None
    return OpenAICompatible(
        settings.openai_base_url or "https://api.openai.com/v1",
        settings.openai_api_key.get_secret_value() or "none",
        settings.openai_model,
        connect_timeout=settings.model_connect_timeout,
    )


def assemble(
    *,
    mode: str,
    database_url: str,
    keys: KeyRing,
    mail: Mapping[str, MailProvider],
    identity: IdentityProvider,
    model: LanguageModel | None = None,
    model_deadline: float = 20.0,
    now: Now = utc_now,
) -> Services:
    """Services over one database, brought up to date."""
    engine = open_database(database_url)
    migrate(engine)
    vault = Vault(engine, keys)
    return Services(
        mode=mode,
        transaction=lambda: writing(engine),
        ready=lambda: is_ready(engine),
        vault=vault,
        audit=AuditLog(engine, vault),
        pharmacies=PharmacyStore(engine, vault),
        replies=ReplyStore(engine, vault),
        threads=ThreadStore(engine),
        escalations=EscalationStore(engine, vault),
        mail=mail,
        identity=identity,
        records=lambda pharmacy: EmbeddedRecords(engine, pharmacy.id),
        load_records=lambda pharmacy_id, data: load_records(engine, pharmacy_id, data),
        rulebook=lambda _pharmacy: load_rulebook(),
        model=lambda _pharmacy: model,
        model_deadline=model_deadline,
        now=now,
        new_id=new_id,
    )


def build_services(settings: Settings, *, now: Now = utc_now) -> Services:
    """The running server's services. In the sandbox: the demo pharmacies and inbox, moved to today."""
    moment = now()
    # The demo's mails run until five in the afternoon: before that hour they are yesterday's, never from the future.
    day = moment.date() - timedelta(days=moment.hour < DEMO_LAST_HOUR)
    inbox = write_inbox(settings.data_dir / "inbox", day, DEMO_AS_OF)
    files = demo_records(moment.date())
    houses = tuple(data["pharmacy"]["email"] for data in files)
    services = assemble(
        mode="sandbox",
        database_url=settings.database,
        keys=read_keys(settings),
        mail={"sandbox": SandboxMail(inbox, houses)},
        identity=SandboxIdentity(),
        model=configured_model(settings),
        model_deadline=settings.model_deadline,
        now=now,
    )
    for data in files:
        load_pharmacy(services, data)
    return services


def open_store(settings: Settings) -> Services:
    """Services over what is kept, brought up to date, for the command line: no demo is loaded and no mail is read."""
    return assemble(
        mode="command-line",
        database_url=settings.database,
        keys=read_keys(settings),
        mail={},
        identity=SandboxIdentity(),
    )


def load_pharmacy(services: Services, data: Mapping[str, Any], **defaults: Any) -> tuple[Pharmacy, Mapping[str, int]]:
    """Loads the patients of a PMS file; a second time changes nothing. Its pharmacy is added when it is new: one that is
    there keeps the settings that somebody gave it."""
    pharmacy = pharmacy_from_file(data, **defaults)
    written = tuple(code for code in pharmacy.languages if code in load_rulebook().languages)
    pharmacy = replace(pharmacy, languages=written or Pharmacy.languages)  # an odd extra of a file is as good as absent
    if pharmacy.id not in {one.id for one in services.pharmacies.list()}:
        with suppress(Conflict):  # two workers start together: the other one added it meanwhile
            services.pharmacies.add(pharmacy)
    counts = services.load_records(pharmacy.id, data)
    return services.pharmacies.get(pharmacy.id), counts


def build_throw_away(
    data: Mapping[str, Any],
    *,
    now: datetime,
    model: LanguageModel | None = None,
    deadline: float = 60.0,
    database_url: str = "sqlite://",
) -> tuple[Services, GivenThreads, Pharmacy]:
    """Services over a database that is gone afterwards, with one pharmacy from a PMS file: for `evaluate` and for
    `draft --pms`. The Netherlands, Europe/Amsterdam, secure channel unless the file says otherwise (contract: ports)."""
    threads = GivenThreads()
    began = utc_now()
    services = assemble(
        mode="evaluation",
        database_url=database_url,
        keys=KeyRing.generate(),
        mail={threads.provider: threads},
        identity=SandboxIdentity(),
        model=model,
        model_deadline=deadline,
        now=lambda: now + (utc_now() - began),
    )
    pharmacy, _ = load_pharmacy(services, data, organisation_id=ORGANISATION, channel="secure")
    return services, threads, pharmacy


def rotate_keys(settings: Settings) -> Rotation:
    """Closes every pharmacy's root under the active key; in the sandbox a fresh key is made first."""
    ring = read_keys(settings)
    if not settings.keys.get_secret_value():
        ring = ring.with_new_key()
        write_key_file(settings.key_file, ring)
    engine = open_database(settings.database)
    migrate(engine)
    return Vault(engine, ring).rotate()
