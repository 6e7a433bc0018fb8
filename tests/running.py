"""Whole services for tests of flows, API and command line: real stores over a throw-away database, given threads."""

import json
from dataclasses import replace
from typing import Any

from server.connectors.identity.sandbox import ORGANISATION, SandboxIdentity
from server.connectors.mail.given import GivenThreads
from server.flows.draft_reply import draft_reply
from server.flows.events import Done
from server.flows.prepare_brief import ReplyRequest
from server.model.patient import Patient
from server.model.pharmacy import Pharmacy
from server.model.thread import Thread
from server.services import Services
from server.store.keyring import KeyRing
from server.wiring import assemble
from tests.builders import NOW, a_message, a_patient, a_pharmacy, a_thread
from tests.fakes import FakeRecords


class Server:
    """One pharmacy's running services, and short words for what tests do with them."""

    def __init__(self, *patients: Patient, model: Any = None, pharmacy: Pharmacy | None = None, **changes: Any) -> None:
        self.threads = GivenThreads()
        self.pharmacy = replace(pharmacy or a_pharmacy(), organisation_id=ORGANISATION)
        self.records = FakeRecords(*(patients or (a_patient(),)))
        services = assemble(
            mode="sandbox",
            database_url="sqlite://",
            keys=KeyRing.generate(),
            mail={"given": self.threads},
            identity=SandboxIdentity(),
            model=model,
            now=lambda: NOW,
        )
        services.pharmacies.add(self.pharmacy)
        self.services: Services = replace(services, records=lambda _pharmacy: self.records, **changes)
        self.caller = self.services.identity.identify({})

    def request(self, thread: Thread | None = None, **fields: Any) -> ReplyRequest:
        return ReplyRequest(self.threads.add(thread or a_thread(), self.pharmacy.email), **fields)

    def events(self, thread: Thread | None = None, **fields: Any) -> list[Any]:
        return list(draft_reply(self.services, self.caller, self.pharmacy, self.request(thread, **fields)))

    def reply(self, thread: Thread | None = None, **fields: Any) -> Any:
        """The finished reply's document."""
        (done,) = [event for event in self.events(thread, **fields) if isinstance(event, Done)]
        return done.reply

    def audit_types(self) -> list[str]:
        return [entry.event.type for entry in self.services.audit.events(self.pharmacy.id)]


ASK = a_thread(a_message("Graag mijn metoprolol herhalen.\n\nJan de Vries"))


def body(server, thread=ASK, **fields):
    ref = server.threads.add(thread, server.pharmacy.email)
    return {"thread": {"provider": ref.provider, "mailbox": ref.mailbox, "thread_id": ref.thread_id}, **fields}


def frames(response):
    """The stream's events as (name, data)."""
    found = []
    for frame in response.get_data(as_text=True).strip().split("\n\n"):
        name, data = frame.split("\n", 1)
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found
