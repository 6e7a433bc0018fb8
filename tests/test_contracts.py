"""Every connector of a kind is asked the same questions as its fake: a new one joins the list and must answer alike."""

from datetime import date

import pytest

from server.connectors.identity.sandbox import SandboxIdentity
from server.connectors.llm.openai_compatible import OpenAICompatible
from server.connectors.llm.recorded import RecordedAnswers, request_key
from server.connectors.mail.given import GivenThreads
from server.connectors.mail.sandbox import SandboxMail
from server.connectors.pms.embedded import EmbeddedRecords, load_records
from server.errors import ModelUnavailable, NotFound
from server.model.identity import Caller, MailboxGrant
from server.model.thread import ThreadRef
from server.ports import ModelRequest
from server.store.engine import migrate, open_database
from tests.builders import a_contact, a_patient, a_thread
from tests.fake_openai import KEY, fails, fake_openai, says
from tests.fakes import FakeModel, FakeRecords

RAW = b"From: Jan <jan@example.org>\r\nTo: info@apotheekdelinde.example\r\nSubject: Herhaling\r\nMessage-ID: <1@x>\r\n\r\nGraag metoprolol.\r\n"
FILE = {
    "as_of": "2026-11-20",
    "pharmacy": {"name": "Apotheek De Linde", "phone": "030 555 01 40", "email": "info@apotheekdelinde.example"},
    "patients": [
        {
            "id": "P1",
            "name": "Jan de Vries",
            "birth_date": "1958-04-03",
            "email": "jan@example.org",
            "authorized_contacts": [
                {"name": "Marieke de Vries", "email": "marieke@example.org", "relation": "dochter"}
            ],
        }
    ],
}
GRANT = MailboxGrant("sandbox", "*")
REQUEST = ModelRequest(
    "write", ({"role": "system", "content": "s"}, {"role": "user", "content": "x"}), {"type": "object"}
)


@pytest.fixture(params=["fake", "embedded"])
def records(request):
    if request.param == "fake":
        yield FakeRecords(a_patient(contacts=(a_contact(),)))
        return
    engine = open_database("sqlite://")
    migrate(engine)
    load_records(engine, "linde", FILE)
    yield EmbeddedRecords(engine, "linde")
    engine.dispose()


def test_records_find_by_address_without_regard_to_case_and_say_how(records):
    (own,) = records.find_patients(email="JAN@Example.org")
    (contact,) = records.find_patients(email="marieke@example.org")
    assert (own.patient.id, own.found_by) == ("P1", "email")
    assert (contact.patient.id, contact.found_by) == ("P1", "contact_email")
    assert list(records.find_patients(email="nobody@example.org")) == []


def test_records_find_by_name_and_by_birth_date(records):
    assert [one.patient.id for one in records.find_patients(name="J. de Vries")] == ["P1"]
    assert [one.patient.id for one in records.find_patients(birth_date=date(1958, 4, 3))] == ["P1"]
    assert list(records.find_patients(name="Truus Smit")) == []


def test_records_get_a_patient_or_say_that_there_is_none(records):
    assert records.get_patient("P1").name == "Jan de Vries"
    with pytest.raises(NotFound):
        records.get_patient("P2")


def test_records_take_an_entry_once(records):
    entry = {"key": "k1", "patient_id": "P1", "kind": "note"}
    assert records.record(entry) == records.record(entry)


@pytest.fixture(params=["given", "sandbox"])
def mail(request, tmp_path):
    if request.param == "given":
        threads = GivenThreads()
        return threads, threads.add(a_thread())
    mailbox = SandboxMail(tmp_path, ("info@apotheekdelinde.example",))
    return mailbox, ThreadRef("sandbox", "", mailbox.add(RAW))


def test_a_mailbox_gives_a_thread_with_its_new_text(mail):
    provider, ref = mail
    thread = provider.get_thread(GRANT, ref)
    assert thread.latest.sender.key == "jan@example.org"
    assert "metoprolol" in thread.latest.text.new


def test_a_mailbox_says_when_there_is_no_such_thread(mail):
    provider, ref = mail
    with pytest.raises(NotFound):
        provider.get_thread(GRANT, ThreadRef(ref.provider, "", "nothing"))


@pytest.fixture(params=["fake", "recorded", "openai"])
def models(request):
    """(a model that says hello, a model that is down)"""
    if request.param == "fake":
        yield FakeModel("hello"), FakeModel(reason="down")
    elif request.param == "recorded":
        yield RecordedAnswers({request_key(REQUEST): "hello"}), RecordedAnswers({})
    else:
        with fake_openai(says("hello")) as good, fake_openai(fails(500)) as bad:
            yield OpenAICompatible(good.url, KEY, "m"), OpenAICompatible(bad.url, KEY, "m")


def test_a_model_answers_in_pieces(models):
    assert "".join(models[0].answer(REQUEST, deadline=60)) == "hello"
    assert models[0].name


def test_a_model_that_is_down_says_so_within_its_deadline(models):
    with pytest.raises(ModelUnavailable) as problem:
        list(models[1].answer(REQUEST, deadline=0.5))
    assert problem.value.reason in {"down", "timeout"}


@pytest.mark.parametrize("identity", [SandboxIdentity()])
def test_an_identity_provider_gives_a_caller_without_secrets_in_its_repr(identity):
    caller = identity.identify({"authorization": "Bearer secret-token"})
    assert isinstance(caller, Caller)
    assert "secret-token" not in repr(caller)
