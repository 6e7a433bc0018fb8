"""When a failure is followed by another, the first is the one that is seen; the second is logged by its kind."""

import json

import pytest

from server.errors import AuditUnavailable, StoreBusy
from server.flows import draft_reply as drafting
from server.flows.draft_once import draft_once
from server.flows.draft_reply import draft_reply
from server.flows.events import Triaged
from tests.running import ASK, Server


def fails(kind):
    def fail(*_args, **_kwargs):
        raise kind("Jan de Vries")

    return fail


@pytest.fixture
def server(monkeypatch):
    """One whose log takes the beginning of a draft and nothing after it."""
    server = Server()
    append = server.services.audit.append

    def only_begun(event, **more):
        if event.type != "draft.begun":
            raise AuditUnavailable("no")
        return append(event, **more)

    monkeypatch.setattr(server.services.audit, "append", only_begun)
    return server


def ended(suite_logs):
    lines = [json.loads(line) for line in suite_logs.getvalue().splitlines()]
    return [(line["step"], line["kind"]) for line in lines if line["event"] == "ending failed"]


def test_what_broke_a_draft_is_seen_and_not_that_its_end_could_not_be_logged(server, monkeypatch, suite_logs):
    monkeypatch.setattr(drafting, "keep_reply", fails(KeyError))
    with pytest.raises(KeyError):
        server.events(ASK)
    assert ended(suite_logs)[-1] == ("draft.abandoned", "AuditUnavailable")


def test_a_listener_who_leaves_gets_no_error_when_that_cannot_be_logged(server, suite_logs):
    events = draft_reply(server.services, server.caller, server.pharmacy, server.request(ASK))
    for event in events:
        if isinstance(event, Triaged):
            break
    before = len(ended(suite_logs))
    events.close()
    assert ended(suite_logs)[before:] == [("draft.abandoned", "AuditUnavailable")]


def test_what_broke_a_draft_is_seen_and_not_that_its_key_could_not_be_freed(monkeypatch, suite_logs):
    server = Server()
    monkeypatch.setattr(drafting, "keep_reply", fails(KeyError))
    monkeypatch.setattr(server.services.replies, "abandon_claim", fails(StoreBusy))
    with pytest.raises(KeyError):
        list(draft_once(server.services, server.caller, server.pharmacy, server.request(ASK), "key-1"))
    assert ended(suite_logs)[-1] == ("claim", "StoreBusy")
