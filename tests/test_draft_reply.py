"""The one path: what a mail becomes, what is told when, what is logged, and what happens when a step fails."""

import pytest

from server.errors import AuditUnavailable, InvalidRequest, NotFound
from server.flows import prepare_brief as preparing
from server.flows import write_draft as writing
from server.flows.draft_reply import draft_reply
from server.flows.events import Done, PartReady, Progress, Triaged
from server.model.thread import EmailAddress
from tests.builders import a_message, a_patient, a_request, a_thread
from tests.fakes import FakeModel, FakeRecords
from tests.running import Server

ROUTINE = a_thread(
    a_message("Goedemiddag,\n\nGraag mijn metoprolol herhalen.\n\nMet vriendelijke groet,\nJan de Vries")
)
STRANGER = a_thread(a_message("Is mijn metoprolol klaar?", sender="iemand@elders.example", sender_name="Iemand"))
SIDE_EFFECT = a_thread(a_message("Sinds ik de metoprolol slik ben ik zo duizelig en misselijk. Is dat een bijwerking?"))
DANGER = a_thread(a_message("Mijn man heeft pijn op de borst en krijgt geen lucht meer. Wat moet ik doen?"))


def test_a_routine_question_is_drafted_from_the_record():
    reply = Server().reply(ROUTINE)
    assert (reply["triage"]["route"], reply["patient"]["rung"]) == ("draft", "address_known")
    assert "metoprolol" in reply["draft"]["text"].casefold()
    assert any(fact["kind"] == "medication" for fact in reply["facts"].values())
    assert reply["findings"] == []
    assert reply["sent_out"] == {"model": None, "requests": []}
    assert reply["triage"]["opinion"] is None


def test_a_stranger_hears_nothing_about_any_patient():
    reply = Server().reply(STRANGER)
    assert (reply["triage"]["route"], reply["patient"]["name"]) == ("verify", None)
    text = reply["draft"]["text"].casefold()
    assert "metoprolol" not in text
    assert "jan" not in text
    assert "030 555 01 40" in text


def test_an_escalated_mail_gets_the_neutral_acknowledgement_and_an_open_record():
    server = Server()
    reply = server.reply(SIDE_EFFECT)
    assert reply["triage"]["route"] == "escalate"
    assert "metoprolol" not in reply["draft"]["text"].casefold()
    assert "apotheker" in reply["draft"]["text"].casefold()
    (open_one,) = server.services.escalations.list_open(server.pharmacy.id)
    assert open_one.reply_id == reply["id"]
    assert server.services.threads.get(server.pharmacy.id, "t1").state.value == "with_pharmacist"


def test_danger_to_life_names_the_emergency_number():
    reply = Server().reply(DANGER)
    assert (reply["triage"]["route"], reply["triage"]["urgency"]) == ("escalate", "emergency")
    assert "112" in reply["draft"]["text"]


def test_events_come_in_order_and_triage_once():
    events = Server().events(ROUTINE)
    kinds = [type(event) for event in events]
    assert [event.step for event in events if isinstance(event, Progress)] == [
        "thread",
        "patient",
        "triage",
        "draft",
        "audit",
    ]
    assert kinds.count(Triaged) == 1
    assert kinds.index(Triaged) < kinds.index(PartReady)
    assert kinds[-1] is Done


def test_a_draft_leaves_two_entries_with_what_was_read_and_what_was_written():
    server = Server()
    server.reply(ROUTINE)
    assert server.audit_types() == ["draft.begun", "draft.completed"]
    begun, completed = (entry.event for entry in server.services.audit.events(server.pharmacy.id))
    assert begun.detail["content_version"]
    assert begun.detail["route"] == "draft"
    assert completed.detail["written_by"] == "template"
    assert completed.detail["draft_hash"]
    assert begun.on_behalf_of == "demo-user"
    assert server.services.audit.verify() == ()


def test_closing_the_stream_is_logged_as_abandoned():
    server = Server()
    events = draft_reply(server.services, server.caller, server.pharmacy, server.request(ROUTINE))
    for event in events:
        if isinstance(event, Triaged):
            break
    events.close()
    assert server.audit_types() == ["draft.begun", "draft.abandoned"]


def test_when_the_log_cannot_be_written_nothing_personal_leaves(monkeypatch):
    server = Server()

    def refuse(*_args, **_kwargs):
        raise AuditUnavailable("no")

    monkeypatch.setattr(server.services.audit, "append", refuse)
    told = []
    with pytest.raises(AuditUnavailable):
        for event in draft_reply(server.services, server.caller, server.pharmacy, server.request(SIDE_EFFECT)):
            told.append(event)
    (triaged,) = [event for event in told if isinstance(event, Triaged)]
    assert triaged.patient is None
    assert triaged.triage["findings"]
    assert all(finding["quotes"] == [] for finding in triaged.triage["findings"])
    assert all(intent["quotes"] == [] for intent in triaged.triage["intents"])
    assert not any(isinstance(event, PartReady) for event in told)


def test_when_the_log_fails_at_the_end_no_reply_is_told_or_kept(monkeypatch):
    server = Server()
    append, calls = server.services.audit.append, []

    def second_fails(event, **more):
        calls.append(event.type)
        if event.type == "draft.completed":
            raise AuditUnavailable("no")
        return append(event, **more)

    monkeypatch.setattr(server.services.audit, "append", second_fails)
    with pytest.raises(AuditUnavailable):
        server.events(ROUTINE)
    assert calls == ["draft.begun", "draft.completed", "draft.abandoned"]
    assert server.services.replies.find_latest(server.pharmacy.id, "t1") is None


def test_a_record_system_that_is_down_gives_an_acknowledgement_of_its_own():
    server = Server()
    server.records = FakeRecords(down=True)
    reply = server.reply(ROUTINE)
    assert reply["patient"]["record_unavailable"]
    assert "record_unavailable" in [finding["code"] for finding in reply["triage"]["findings"]]
    assert "metoprolol" not in reply["draft"]["text"].casefold()


def test_a_crash_while_reading_makes_the_mail_escalate(monkeypatch):
    def crash(*_args, **_kwargs):
        raise RuntimeError("Jan de Vries")

    monkeypatch.setattr(preparing, "assess", crash)
    reply = Server().reply(ROUTINE)
    assert reply["triage"]["route"] == "escalate"
    assert reply["triage"]["findings"][0]["code"] == "internal_failure"
    assert "metoprolol" not in reply["draft"]["text"].casefold()


def test_a_crash_while_writing_withholds_the_draft_and_is_logged(monkeypatch):
    def crash(*_args, **_kwargs):
        raise RuntimeError("Jan de Vries")

    monkeypatch.setattr(writing, "draft_by_template", crash)
    server = Server()
    reply = server.reply(ROUTINE)
    assert reply["draft"] is None
    assert reply["withheld"] == "internal_failure"
    assert server.audit_types() == ["draft.begun", "draft.withheld"]


def test_a_thread_that_is_not_there_is_an_error_and_reads_nothing():
    server = Server()
    request = server.request(ROUTINE)
    server.threads._threads.clear()
    with pytest.raises(NotFound):
        list(draft_reply(server.services, server.caller, server.pharmacy, request))
    assert server.records.asked == []
    assert server.audit_types() == []


def test_a_person_may_choose_the_patient_and_the_rung_says_so():
    server = Server(a_patient(), a_patient(id="P2", name="Truus Smit", email="truus@example.org"))
    reply = server.reply(STRANGER, patient_id="P2", confirmed_by="birth_date")
    assert (reply["patient"]["rung"], reply["patient"]["name"]) == ("confirmed", "Truus Smit")


def test_a_reply_to_another_address_is_not_trusted():
    thread = a_thread(a_message("Graag mijn metoprolol herhalen.", reply_to=EmailAddress("dief@elders.example")))
    reply = Server().reply(thread)
    assert reply["triage"]["route"] == "verify"
    assert "metoprolol" not in reply["draft"]["text"].casefold()


def test_a_model_that_is_down_leaves_the_template_and_says_why():
    server = Server(model=FakeModel(reason="timeout"))
    reply = server.reply(ROUTINE)
    assert (reply["draft"]["written_by"], reply["draft"]["fallback"]) == ("template", "timeout")
    assert reply["draft"]["text"] == Server().reply(ROUTINE)["draft"]["text"]


@pytest.mark.parametrize(
    "answer", ["", "geen JSON", "{}", '{"parts": []}', '{"parts": [{"question": 7, "sentences": []}]}']
)
def test_nonsense_from_a_model_never_reaches_a_draft(answer):
    reply = Server(model=FakeModel(answer)).reply(ROUTINE)
    texts = [s for part in reply["draft"]["parts"] for s in part["sentences"]]
    assert all(sentence["origin"] == "statement" for sentence in texts)
    assert "metoprolol" in reply["draft"]["text"].casefold()


def test_a_model_is_not_asked_about_danger_and_writes_nothing_to_strangers():
    model = FakeModel("{}")
    server = Server(model=model)
    server.reply(SIDE_EFFECT)
    assert model.requests == []
    server.reply(STRANGER)
    assert [request.kind for request in model.requests] == ["opinion"]


def test_no_value_of_the_record_goes_to_a_model():
    model = FakeModel("{}")
    Server(a_patient(medication_requests=(a_request(repeats_left=0),)), model=model).reply(ROUTINE)
    assert [request.kind for request in model.requests] == ["opinion", "write"]
    sent = " ".join(message["content"] for request in model.requests for message in request.messages).casefold()
    for value in ("visser", "1958", "lijsterstraat", "jan@example.org", "de vries", "rx1"):
        assert value not in sent


def test_staffs_sentence_is_used_word_by_word_and_a_risky_one_is_left_out():
    fine = Server().reply(ROUTINE, staff_sentence="We sluiten vandaag om 17 uur.")
    risky = Server().reply(ROUTINE, staff_sentence="U mag gerust twee tabletten per dag nemen.")
    assert "We sluiten vandaag om 17 uur." in fine["draft"]["text"]
    assert "twee tabletten" not in risky["draft"]["text"]
    assert risky["withheld"] == "staff_sentence"
    assert risky["findings"]


def test_a_fault_of_ours_around_the_model_leaves_the_template(monkeypatch):
    def crash(*_args, **_kwargs):
        raise RuntimeError("Jan de Vries")
        yield

    monkeypatch.setattr(writing, "draft_by_model", crash)
    reply = Server(model=FakeModel("{}")).reply(ROUTINE)
    assert (reply["draft"]["written_by"], reply["draft"]["fallback"]) == ("template", "internal")


def test_a_patient_chosen_without_a_second_factor_is_refused():
    """Else whoever calls the API could make any stranger a confirmed patient."""
    with pytest.raises(InvalidRequest):
        Server().reply(STRANGER, patient_id="P2", confirmed_by="")
