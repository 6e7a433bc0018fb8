"""What we need from outside, as small Protocols. Connectors implement them; tests have fakes that do (tests/fakes.py)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from server.model.identity import Caller, MailboxGrant
from server.model.patient import Patient
from server.model.reply import Draft
from server.model.thread import Thread, ThreadRef


class IdentityProvider(Protocol):
    def identify(self, credentials: Mapping[str, str]) -> Caller:
        """Who holds these credentials (HTTP headers, lower-cased names). Raises Unauthorized or Forbidden."""
        ...


class MailProvider(Protocol):
    def get_thread(self, grant: MailboxGrant, ref: ThreadRef) -> Thread:
        """The thread, oldest first, bodies taken apart. Raises NotFound, ConnectorFailed."""
        ...


class MailboxDrafts(Protocol):
    def create(self, grant: MailboxGrant, ref: ThreadRef, draft: Draft) -> str:
        """Puts a draft in the mailbox (never sends) and returns its id. Raises ConnectorFailed."""
        ...

    def update(self, grant: MailboxGrant, draft_id: str, draft: Draft) -> None:
        """Replaces the text of a draft we made. Raises NotFound, ConnectorFailed."""
        ...


@dataclass(frozen=True)
class FoundPatient:
    """A patient and how they were found: "email", "contact_email", "name", "name_and_birth_date"."""

    patient: Patient
    found_by: str


class PatientRecords(Protocol):
    """One pharmacy's patients. Raises ConnectorFailed when the system does not answer."""

    def find_patients(
        self, *, email: str | None = None, name: str | None = None, birth_date: date | None = None
    ) -> Sequence[FoundPatient]:
        """Patients by address (their own or an authorized contact's), or by name: names give candidates only."""
        ...

    def get_patient(self, patient_id: str) -> Patient:
        """Raises NotFound."""
        ...

    def record(self, entry: Mapping[str, Any]) -> str:
        """Writes an entry back once (idempotent by its "key") and returns its id."""
        ...


@dataclass(frozen=True)
class ModelRequest:
    """One request to a language model, deterministic: same brief and version, same bytes.
    `kind`: "opinion" or "write"; `messages`: role and content; `schema`: JSON schema of the answer."""

    kind: str
    messages: tuple[Mapping[str, str], ...] = field(repr=False)
    schema: Mapping[str, Any] = field(repr=False)
    max_tokens: int = 900


class LanguageModel(Protocol):
    @property
    def name(self) -> str:
        """What `written_by` and the audit call it."""
        ...

    def answer(self, request: ModelRequest, *, deadline: float) -> Iterator[str]:
        """The answer, as it comes in; an empty piece means "still waiting". `deadline`: seconds from now that all of it may take. Closing the iterator
        cancels the call. Raises ModelUnavailable with a reason."""
        ...


class Notifier(Protocol):
    def notify(self, person: str, kind: str, link: str) -> None:
        """Tells a person that something waits. Never patient data."""
        ...
