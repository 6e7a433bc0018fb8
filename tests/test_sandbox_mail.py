"""The sandbox's mailbox groups mail files into threads and takes in what is dropped."""

import pytest

from server.connectors.mail.sandbox import MAX_DROPPED, SandboxMail
from server.errors import NotAMail, NotFound
from server.model.identity import MailboxGrant
from server.model.thread import ThreadRef

HOUSE = "info@linde.example"
GRANT = MailboxGrant("sandbox", HOUSE)


def raw(
    number: int, *, sender: str = "jan@example.org", to: str = HOUSE, subject: str = "Herhaalrecept", head: str = ""
) -> bytes:
    """A mail of the given minute."""
    fields = f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: Fri, 20 Nov 2026 12:{number:02} +0000\n"
    return f"{fields}Message-ID: <m{number}@example.org>\n{head}\nMail nummer {number}.".encode()


def ref(thread_id: str) -> ThreadRef:
    return ThreadRef("sandbox", HOUSE, thread_id)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "sent").mkdir()
    (tmp_path / "inbox" / "a.eml").write_bytes(raw(1))
    (tmp_path / "sent" / "b.eml").write_bytes(
        raw(2, sender=HOUSE, to="jan@example.org", subject="RE: Herhaalrecept", head="In-Reply-To: <m1@example.org>\n")
    )
    (tmp_path / "inbox" / "c.eml").write_bytes(
        raw(3, subject="Ander onderwerp", head="References: <m1@example.org> <m2@example.org>\n")
    )
    (tmp_path / "inbox" / "d.eml").write_bytes(raw(4, sender="els@example.org"))
    (tmp_path / "inbox" / "stray.eml").write_bytes(b"geen mail")
    return tmp_path


def test_mails_that_name_each_other_are_one_thread_oldest_first(folder):
    box = SandboxMail(folder, (HOUSE,))
    newest, other = sorted(box.list_threads(), key=lambda summary: summary.sender.address, reverse=True)
    thread = box.get_thread(GRANT, ref(newest.id))
    assert [message.text.new for message in thread.messages] == ["Mail nummer 1.", "Mail nummer 2.", "Mail nummer 3."]
    assert [message.outgoing for message in thread.messages] == [False, True, False]
    assert len(box.get_thread(GRANT, ref(other.id)).messages) == 1


def test_a_list_shows_the_newest_first_and_who_wrote(folder):
    first, second = SandboxMail(folder, (HOUSE,)).list_threads()
    assert (first.sender.address, first.folder, first.unread) == ("els@example.org", "inbox", True)
    assert (second.sender.address, second.snippet, second.subject) == (
        "jan@example.org",
        "Mail nummer 3.",
        "Ander onderwerp",
    )


def test_a_thread_that_the_house_answered_last_is_sent(folder):
    (folder / "inbox" / "c.eml").unlink()
    box = SandboxMail(folder, (HOUSE,))
    assert [summary.folder for summary in box.list_threads()] == ["inbox", "sent"]
    assert [summary.sender.address for summary in box.list_threads("sent")] == ["jan@example.org"]


def test_same_subject_between_the_same_people_is_one_thread(tmp_path):
    (tmp_path / "a.eml").write_bytes(raw(1, subject="Vraag"))
    (tmp_path / "b.eml").write_bytes(raw(2, subject="Re: vraag", sender=HOUSE, to="jan@example.org"))
    (tmp_path / "c.eml").write_bytes(raw(3, subject="vraag", sender="els@example.org"))
    (tmp_path / "d.eml").write_bytes(raw(4, subject=""))
    (tmp_path / "e.eml").write_bytes(raw(5, subject=""))
    sizes = sorted(
        len(SandboxMail(tmp_path).get_thread(GRANT, ref(s.id)).messages) for s in SandboxMail(tmp_path).list_threads()
    )
    assert sizes == [1, 1, 1, 2]


def test_a_list_names_the_house_address_that_was_written_to(tmp_path):
    (tmp_path / "a.eml").write_bytes(raw(1, to=f"els@example.org, {HOUSE}"))
    assert SandboxMail(tmp_path, (HOUSE,)).list_threads()[0].mailbox == HOUSE


def test_ids_do_not_change_between_starts(folder):
    ids = {summary.id for summary in SandboxMail(folder).list_threads()}
    assert ids == {summary.id for summary in SandboxMail(folder).list_threads()}


def test_a_header_may_name_the_folder(tmp_path):
    (tmp_path / "a.eml").write_bytes(raw(1, head="X-Balie-Folder: sent\n"))
    assert SandboxMail(tmp_path).list_threads()[0].folder == "sent"


def test_an_unknown_thread_is_not_found(folder):
    with pytest.raises(NotFound):
        SandboxMail(folder).get_thread(GRANT, ref("onbekend"))


def test_a_missing_folder_is_an_empty_mailbox(tmp_path):
    assert SandboxMail(tmp_path / "nergens").list_threads() == ()


def test_a_dropped_mail_joins_its_thread(folder):
    box = SandboxMail(folder, (HOUSE,))
    answered = box.add(raw(9, head="In-Reply-To: <m3@example.org>\n"))
    assert box.get_thread(GRANT, ref(answered)).latest.text.new == "Mail nummer 9."
    assert len(box.get_thread(GRANT, ref(answered)).messages) == 4


def test_a_mail_dropped_twice_is_there_once(folder):
    box = SandboxMail(folder)
    assert box.add(raw(9, sender="piet@example.org")) == box.add(raw(9, sender="piet@example.org"))
    assert len(box.list_threads()) == 3


def test_what_is_no_mail_is_refused(folder):
    with pytest.raises(NotAMail):
        SandboxMail(folder).add(b"geen mail")


def test_the_oldest_dropped_mails_are_forgotten(tmp_path):
    box = SandboxMail(tmp_path)
    for number in range(MAX_DROPPED + 5):
        box.add(
            raw(number % 60, sender=f"p{number}@example.org", head=f"X-Number: {number}\n").replace(
                b"<m", f"<n{number}".encode()
            )
        )
    assert len(box.list_threads()) == MAX_DROPPED
