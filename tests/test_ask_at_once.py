"""Opinion and text are asked at once, nothing is told before the opinion has come, and whoever leaves cancels both."""

import threading
import time

from bench.quality.stub_models import HOSTILE
from server.flows.draft_reply import draft_reply
from server.flows.events import Done, PartReady, Triaged, Waiting
from tests.reading_along import HARMLESS, ROUTINE, Talking, calm, doubt
from tests.running import Server

__all__ = ["calm", "doubt"]  # fixtures


class Held:
    """A model whose opinion waits until it is let go, while its text comes at once or never."""

    name = "held"

    def __init__(self, *, writes=True):
        self.go = threading.Event()
        self.asked = {"opinion": threading.Event(), "write": threading.Event()}
        self.closed = {"opinion": threading.Event(), "write": threading.Event()}
        self.writes = writes

    def answer(self, request, *, deadline):
        self.asked[request.kind].set()
        try:
            while request.kind == "opinion" and not self.go.wait(0.02):
                yield ""
            if request.kind == "opinion":
                yield HARMLESS(request)
            while request.kind == "write" and not self.writes:
                threading.Event().wait(0.02)
                yield ""
            if request.kind == "write":
                yield from Talking("t", HARMLESS).answer(request, deadline=deadline)
        finally:
            self.closed[request.kind].set()


def test_both_are_asked_at_once_and_nothing_is_told_before_the_opinion(doubt):
    model = Held()
    server = Server(model=model)
    told = []
    for event in draft_reply(server.services, server.caller, server.pharmacy, server.request(ROUTINE)):
        told.append(event)
        if isinstance(event, Waiting) and not model.go.is_set():
            assert model.asked["opinion"].wait(5)
            assert model.closed["write"].wait(5), "the text is ready and held"
            assert not any(isinstance(one, Triaged | PartReady) for one in told)
            model.go.set()
    assert sum(isinstance(event, Triaged) for event in told) == 1
    assert isinstance(told[-1], Done)
    assert told[-1].reply["draft"]["written_by"] == "held"


def test_an_escalation_cancels_the_text(calm):
    model = Held(writes=False)
    model.answer_opinion = HOSTILE["escalates everything"]
    held = model.answer

    def answer(request, *, deadline):
        if request.kind == "opinion":
            return iter([HOSTILE["escalates everything"](request)])
        return held(request, deadline=deadline)

    model.answer = answer
    began = time.monotonic()
    reply = Server(model=model).reply(ROUTINE)
    assert reply["triage"]["route"] == "escalate"
    assert model.closed["write"].wait(5)
    assert time.monotonic() - began < 5
    assert [request["kind"] for request in reply["sent_out"]["requests"]] == ["opinion", "write"], "it did leave"


def test_a_listener_who_leaves_while_the_opinion_is_awaited_cancels_both_and_the_log_says_what_left(doubt):
    model = Held(writes=False)
    server = Server(model=model)
    events = draft_reply(server.services, server.caller, server.pharmacy, server.request(ROUTINE))
    for event in events:
        if isinstance(event, Waiting):
            break
    events.close()
    assert model.closed["opinion"].wait(5)
    assert model.closed["write"].wait(5)
    abandoned = list(server.services.audit.events(server.pharmacy.id))[-1].event
    assert abandoned.type == "draft.abandoned"
    assert abandoned.detail["opinion_hash"]
    assert abandoned.detail["prompt_hash"]
