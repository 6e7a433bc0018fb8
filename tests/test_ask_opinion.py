"""The third reader in the flow: asked beside the text, heard before anything is told, and never able to lower the floor."""

import hashlib
from dataclasses import replace

import pytest

from bench.quality.stub_models import HOSTILE, Stub, labelled, opinion_json, sentences_of
from server.connectors.llm.recorded import request_key
from server.errors import AuditUnavailable
from server.model.finding import Finding, Part, Severity
from server.model.triage import Urgency
from tests.builders import a_message, a_thread
from tests.reading_along import (
    BODY,
    FAILING,
    HARMLESS,
    ODD,
    ROUTINE,
    SIDE_EFFECT,
    STRANGER,
    Talking,
    calm,
    deadline,
    doubt,
    read_as,
)
from tests.running import Server

__all__ = ["calm", "doubt"]  # fixtures


def test_a_doubt_that_the_opinion_takes_away_lets_the_model_draft(doubt):
    server = Server(model=Talking("klein", HARMLESS))
    reply = server.reply(ROUTINE)
    (finding,) = [f for f in reply["triage"]["findings"] if f["code"] == doubt.code]
    assert (reply["triage"]["route"], finding["cleared_by"]) == ("draft", "model:klein")
    assert reply["triage"]["opinion"] == {"model": "klein", "state": "valid"}
    assert reply["draft"]["written_by"] == "klein"
    assert "Dank voor uw bericht." in reply["draft"]["text"]


def test_reply_and_log_hold_both_requests_exactly(doubt):
    server = Server(model=Talking("klein", HARMLESS))
    reply = server.reply(ROUTINE)
    sent = {request["kind"]: request["text"] for request in reply["sent_out"]["requests"]}
    begun, completed = (entry.event for entry in server.services.audit.events(server.pharmacy.id))
    assert (begun.detail["route"], completed.detail["route"]) == ("escalate", "draft")
    assert completed.detail["opinion"] == "valid"
    assert completed.detail["opinion_cleared"] == ["coverage/sentence:unexplained_sentence"]
    for kind, name in (("opinion", "opinion_hash"), ("write", "prompt_hash")):
        assert completed.detail[name] == hashlib.sha256(sent[kind].encode()).hexdigest()
    assert "Jan" not in sent["opinion"] + sent["write"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_model_takes_a_mail_that_the_rules_hold_below_the_floor(name):
    stub = Stub("stub", HOSTILE[name])
    reply = Server(model=stub, model_deadline=deadline(name)).reply(SIDE_EFFECT)
    assert reply["triage"]["route"] == "escalate"
    assert stub.requests == [], "nothing is asked where the rules decide"
    assert reply["sent_out"] == {"model": None, "requests": []}


@pytest.mark.parametrize("name", FAILING)
def test_an_opinion_that_does_not_count_leaves_the_doubt(doubt, name):
    reply = Server(model=Stub("stub", HOSTILE[name]), model_deadline=deadline(name)).reply(ROUTINE)
    assert reply["triage"]["route"] == "escalate"
    assert reply["triage"]["opinion"]["state"] != "valid"
    assert doubt.code in [f["code"] for f in reply["triage"]["findings"] if not f["cleared_by"]]
    assert "metoprolol" not in reply["draft"]["text"].casefold()


@pytest.mark.parametrize("name", FAILING)
def test_without_a_doubt_a_failing_model_costs_nothing_but_its_time(calm, name):
    reply = Server(model=Stub("stub", HOSTILE[name]), model_deadline=deadline(name)).reply(ROUTINE)
    assert (reply["triage"]["route"], reply["draft"]["written_by"]) == ("draft", "template")
    assert "metoprolol" in reply["draft"]["text"].casefold()


def test_an_opinion_adds_an_escalation_and_its_own_words_are_the_reason(calm):
    def says(request):
        labels = labelled(request)
        (at,) = [n for n, text in sentences_of(request) if "kat" in text]
        labels[at - 1] |= {"role": "clinical", "triggers": ["unclear_dosing"]}
        return opinion_json(labels, escalate=True, urgency="urgent")

    server = Server(model=Stub("klein", says))
    reply = server.reply(ROUTINE)
    (finding,) = [f for f in reply["triage"]["findings"] if f["part"] == "model"]
    assert (finding["code"], finding["rule"], finding["quotes"]) == ("unclear_dosing", "opinion/unclear_dosing", [ODD])
    assert (reply["triage"]["route"], reply["triage"]["urgency"]) == ("escalate", "urgent")
    assert "metoprolol" not in reply["draft"]["text"].casefold()
    (open_one,) = server.services.escalations.list_open(server.pharmacy.id)
    assert open_one.codes == ("unclear_dosing",)
    assert open_one.urgency == int(Urgency.URGENT)
    completed = list(server.services.audit.events(server.pharmacy.id))[-1].event
    assert completed.detail["opinion_added"] == ["opinion/unclear_dosing"]


def test_an_emergency_by_the_model_names_the_emergency_number(calm):
    reply = Server(model=Stub("klein", HOSTILE["escalates everything"])).reply(ROUTINE)
    assert reply["triage"]["urgency"] == "emergency"
    assert "112" in reply["draft"]["text"]


def test_a_stranger_is_read_along_and_hears_nothing(calm):
    model = Talking("klein", HARMLESS)
    reply = Server(model=model).reply(STRANGER)
    assert reply["triage"]["route"] == "verify"
    assert [request.kind for request in model.requests] == ["opinion"]
    assert Server(model=Stub("s", HOSTILE["escalates everything"])).reply(STRANGER)["triage"]["route"] == "escalate"


def test_mail_that_no_person_sent_gets_no_opinion(calm):
    model = Talking("klein", HARMLESS)
    Server(model=model).reply(a_thread(a_message(BODY, automatic=True)))
    assert "opinion" not in [request.kind for request in model.requests]


def test_with_an_attack_in_sight_nothing_is_asked(monkeypatch):
    read_as(monkeypatch, Finding("suspicious_content", Part.CAUTION, Severity.HARD, "c", (ODD,), clearable=True))
    model = Talking("klein", HARMLESS)
    assert Server(model=model).reply(ROUTINE)["triage"]["route"] == "escalate"
    assert model.requests == []


def test_the_request_for_text_is_the_same_whatever_the_opinion_says(doubt):
    keys = set()
    for name in ("calls everything harmless", "escalates everything", "nothing"):
        model = Talking("klein", HOSTILE[name])
        Server(model=model).reply(ROUTINE)
        opinion, write = model.requests
        keys.add((request_key(opinion), request_key(write)))
    assert len(keys) == 1


def test_when_the_log_cannot_be_written_nothing_goes_to_a_model(monkeypatch, doubt):
    model = Talking("klein", HARMLESS)
    server = Server(model=model)

    def refuse(*_args, **_kwargs):
        raise AuditUnavailable("no")

    monkeypatch.setattr(server.services.audit, "append", refuse)
    with pytest.raises(AuditUnavailable):
        server.events(ROUTINE)
    assert model.requests == []


def test_a_mail_that_would_still_identify_somebody_gets_no_opinion_and_no_text(monkeypatch, doubt):
    for place in ("server.triage.opinion.leaks", "server.drafting.prompt.leaks"):
        monkeypatch.setattr(place, lambda *_: True)
    model = Talking("klein", HARMLESS)
    reply = Server(model=model).reply(ROUTINE)
    assert model.requests == []
    assert (reply["triage"]["route"], reply["triage"]["opinion"]["state"]) == ("escalate", "egress")


def test_a_model_that_cannot_be_made_leaves_the_template(doubt):
    def broken(_pharmacy):
        raise RuntimeError("no such model")

    server = Server()
    server.services = replace(server.services, model=broken)
    assert server.reply(ROUTINE)["triage"]["route"] == "escalate"


def test_blanks_without_end_after_an_opinion_are_not_waited_for(doubt):
    class Blank(Stub):
        def answer(self, request, *, deadline):
            yield from super().answer(request, deadline=deadline)
            while True:
                yield " \n" * 20

    reply = Server(model=Blank("blank", HARMLESS)).reply(ROUTINE)
    assert reply["triage"]["opinion"]["state"] == "valid"
