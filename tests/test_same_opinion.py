"""Another version of a reply: the mail is the same, so a model's opinion of it is asked for once."""

import hashlib
from dataclasses import replace

from tests.builders import a_thread
from tests.reading_along import FAILING, HARMLESS, HOSTILE, ROUTINE, Talking, calm, doubt
from tests.running import Server

__all__ = ["calm", "doubt"]  # fixtures


def kinds(model):
    return [request.kind for request in model.requests]


def test_another_version_takes_the_opinion_that_was_heard_and_asks_for_another_text(doubt):
    model = Talking("klein", HARMLESS)
    server = Server(model=model)
    first, second, third = (server.reply(ROUTINE, version=version) for version in (1, 2, 3))
    assert sorted(kinds(model)) == ["opinion", "write", "write", "write"]
    for later in (second, third):
        assert later["triage"] == first["triage"]
        assert [request["kind"] for request in later["sent_out"]["requests"]] == ["write"]
    completed = [e.event for e in server.services.audit.events(server.pharmacy.id) if e.event.type == "draft.completed"]
    assert [entry.detail["opinion_from"] for entry in completed] == [None, first["id"], first["id"]]
    assert [entry.detail["opinion"] for entry in completed] == ["valid"] * 3
    assert completed[1].detail["opinion_hash"] is None
    assert completed[0].detail["opinion_hash"] == hashlib.sha256(sent(first, "opinion").encode()).hexdigest()


def sent(reply, kind):
    return next(request["text"] for request in reply["sent_out"]["requests"] if request["kind"] == kind)


def test_a_mail_that_changed_is_judged_anew(doubt):
    model = Talking("klein", HARMLESS)
    server = Server(model=model)
    server.reply(ROUTINE)
    more = a_thread(
        replace(ROUTINE.latest, text=replace(ROUTINE.latest.text, new=ROUTINE.latest.text.new + "\n\nHaast!"))
    )
    server.reply(more, version=2)
    assert kinds(model).count("opinion") == 2


def test_another_model_is_asked_itself(doubt):
    one, other = Talking("klein", HARMLESS), Talking("groot", HARMLESS)
    server = Server(model=one)
    server.reply(ROUTINE)
    server.services = replace(server.services, model=lambda _pharmacy: other)
    server.reply(ROUTINE, version=2)
    assert kinds(other).count("opinion") == 1


def test_an_opinion_that_did_not_count_is_asked_for_again(doubt):
    model = Talking("klein", HARMLESS)
    server = Server(model=Talking("klein", HOSTILE[FAILING[0]]))
    assert server.reply(ROUTINE)["triage"]["opinion"]["state"] != "valid"
    server.services = replace(server.services, model=lambda _pharmacy: model)
    assert server.reply(ROUTINE, version=2)["triage"]["opinion"]["state"] == "valid"
    assert kinds(model).count("opinion") == 1


def test_of_an_erased_person_nothing_is_taken(doubt):
    model = Talking("klein", HARMLESS)
    server = Server(model=model)
    server.reply(ROUTINE)
    vault = server.services.vault
    vault.erase_person(server.pharmacy.id, vault.person_ref(server.pharmacy.id, "patient", "P1"))
    server.reply(ROUTINE, version=2)
    assert kinds(model).count("opinion") == 2


def test_what_a_model_said_of_a_mail_is_kept_closed_and_in_no_answer_of_the_api(doubt):
    server = Server(model=Talking("klein", HARMLESS))
    reply = server.reply(ROUTINE)
    assert "answer" not in str(reply["triage"]["opinion"])
    kept = server.services.replies.get(server.pharmacy.id, reply["id"])["opinion"]
    assert (kept["model"], kept["reply_id"]) == ("klein", reply["id"])
