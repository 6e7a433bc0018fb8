"""Any mail file becomes a Message, or a clear problem."""

import base64
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.connectors.mail.eml import MAX_MAIL_BYTES, read_eml, thread_from_eml
from server.connectors.mail.parts import decode_bytes, unflow
from server.errors import NotAMail, TooLarge

DEV = Path(__file__).parents[2] / "shared" / "eval" / "dev"
HOUSE = "info@linde.example"


def a_mail(body: bytes | str = "Graag mijn pillen.", head: str = "", *, sender: str = "Jan <jan@example.org>") -> bytes:
    """A raw mail; `head` holds further header fields, a line each."""
    fields = f"From: {sender}\nTo: {HOUSE}\nSubject: Herhaalrecept\nDate: Fri, 20 Nov 2026 12:00:00 +0100\n{head}"
    return fields.replace("\n", "\r\n").encode() + b"\r\n" + (body if isinstance(body, bytes) else body.encode())


def multipart(kind: str, *parts: tuple[str, bytes | str]) -> tuple[bytes, str]:
    """The body and the header field of a multipart mail."""
    pieces = [
        f"--b-{kind}\r\n{head}\r\n\r\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\r\n"
        for head, body in parts
    ]
    return b"".join(pieces) + f"--b-{kind}--\r\n".encode(), f'Content-Type: multipart/{kind}; boundary="b-{kind}"\n'


HTML = "Content-Type: text/html; charset=utf-8"
PLAIN = "Content-Type: text/plain; charset=utf-8"


def test_the_fields_of_a_plain_mail():
    message = read_eml(a_mail(head="Message-ID: <abc@example.org>\nCc: Els <els@example.org>, piet@example.org\n"))
    assert message.id == "abc@example.org"
    assert (message.sender.address, message.sender.name) == ("jan@example.org", "Jan")
    assert [address.address for address in message.to] == [HOUSE]
    assert [address.address for address in message.cc] == ["els@example.org", "piet@example.org"]
    assert message.sent_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert (message.subject, message.text.new) == ("Herhaalrecept", "Graag mijn pillen.")
    assert not (message.automatic or message.unreadable or message.outgoing or message.truncated or message.html)


@pytest.mark.parametrize(
    ("head", "body", "new"),
    [
        (
            "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n",
            "caf=E9 =80 5",
            "café € 5",
        ),
        (
            "Content-Type: text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: quoted-printable\n",
            "=A4 5",
            "€ 5",
        ),
        ("Content-Type: text/plain; charset=iso-8859-1\n", "zo\x92n".encode("latin-1"), "zo’n"),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
            base64.b64encode("één".encode()),
            "één",
        ),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", b"w6nDqW4", "één"),
        ("Content-Type: text/plain; charset=x-does-not-exist\n", "één", "één"),
        ("Content-Type: text/plain; charset=us-ascii\n", "één", "één"),
        ("Content-Type: text/plain; charset=utf-8\n", "één".encode("cp1252"), "één"),
        ("", "één", "één"),
        ("Content-Type: text/plain; charset=unicode_escape\n", r"\u0041", r"\u0041"),
        ("Content-Type: text/html\n", b"<meta charset='windows-1252'><p>\x80 5</p>", "€ 5"),
        ("Content-Type: text/plain; format=flowed\n", "een lange \r\nzin\r\n> oud \r\n> en ouder", "een lange zin"),
    ],
)
def test_charsets_and_encodings(head, body, new):
    assert read_eml(a_mail(body, head)).text.new == new


def test_of_alternatives_the_html_is_read_and_the_plain_text_when_it_says_nothing():
    body, head = multipart("alternative", (PLAIN, "plat"), (HTML, "<p>rijk</p>"))
    assert read_eml(a_mail(body, head)).text.new == "rijk"
    body, head = multipart("alternative", (PLAIN, "plat"), (HTML, "<p><img src='x'></p>"))
    assert read_eml(a_mail(body, head)).text.new == "plat"


def test_text_around_an_attachment_is_read_together():
    pdf = "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''r%C3%A9cept.pdf"
    body, head = multipart("mixed", (PLAIN, "voor"), (pdf, "x"), (PLAIN, "na"), (HTML, "<p>voetnoot</p>"))
    message = read_eml(a_mail(body, head))
    assert message.text.new.split() == ["voor", "na", "voetnoot"]
    assert [attachment.name for attachment in message.attachments] == ["récept.pdf"]


def test_a_signature_picture_is_inline_and_a_photo_is_not():
    logo = "Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline; filename=logo.png"
    photo = "Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename=foto.jpg"
    body, head = multipart("related", (HTML, "<p>hoi</p><img src='cid:logo'>"), (logo, "x"), (photo, "x"))
    found = read_eml(a_mail(body, head)).attachments
    assert [(attachment.name, attachment.inline) for attachment in found] == [("logo.png", True), ("foto.jpg", False)]


def test_a_mail_that_was_attached_is_quoted():
    inner = "From: Huisarts <h@example.org>\r\nSubject: Recept\r\n\r\nHierbij het recept."
    body, head = multipart("mixed", (PLAIN, "Zie bijlage"), ("Content-Type: message/rfc822", inner))
    message = read_eml(a_mail(body, head))
    assert message.text.new == "Zie bijlage"
    assert "Huisarts <h@example.org>" in message.text.quoted
    assert "Hierbij het recept." in message.text.quoted
    assert message.forwarded
    assert [attachment.name for attachment in message.attachments] == ["Recept.eml"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n",
            "AAAA",
        ),
        (
            "Content-Type: multipart/encrypted; boundary=b\n",
            "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--",
        ),
        ("", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----"),
        ("Content-Type: application/pdf; name=scan.pdf\nContent-Transfer-Encoding: base64\n", "AAAA"),
        ("Content-Type: text/html\n", "<img src='cid:scan'>"),
    ],
)
def test_what_holds_no_words_is_unreadable(head, body):
    message = read_eml(a_mail(body, head))
    assert message.unreadable
    assert message.text.new == ""


def test_a_signed_mail_is_readable():
    seal = "Content-Type: application/pkcs7-signature; name=smime.p7s"
    body, head = multipart("signed", (PLAIN, "Graag mijn pillen"), (seal, "x"))
    message = read_eml(a_mail(body, head))
    assert (message.text.new, message.attachments, message.unreadable) == ("Graag mijn pillen", (), False)


@pytest.mark.parametrize(
    ("head", "sender", "automatic"),
    [
        ("", "Jan <jan@example.org>", False),
        ("Auto-Submitted: no\n", "Jan <jan@example.org>", False),
        ("Auto-Submitted: auto-replied\n", "Jan <jan@example.org>", True),
        ("Precedence: bulk\n", "Jan <jan@example.org>", True),
        ("List-Id: <nieuws.example.org>\n", "Jan <jan@example.org>", True),
        ("List-Unsubscribe: <mailto:uit@example.org>\n", "Jan <jan@example.org>", True),
        ("Return-Path: <>\n", "Jan <jan@example.org>", True),
        ("", "MAILER-DAEMON@example.org", True),
        ("", "Winkel <no-reply@example.org>", True),
        ("", "niet-beantwoorden@example.org", True),
        ("Reply-To: jan@example.org\n", "Webformulier <noreply@linde.example>", False),
        ("", "noreen.kelly@example.org", False),
    ],
)
def test_who_waits_for_an_answer(head, sender, automatic):
    assert read_eml(a_mail(head=head, sender=sender)).automatic is automatic


@pytest.mark.parametrize(
    ("head", "authentication"),
    [
        ("", ""),
        ("Authentication-Results: mx.linde.example; spf=pass; dmarc=pass (p=reject)\n", "pass"),
        ("Authentication-Results: mx.linde.example; dmarc=fail action=none\n", "fail"),
        ("Authentication-Results: mx; dmarc=fail\nAuthentication-Results: forged; dmarc=pass\n", "fail"),
        ("Authentication-Results: mx; dmarc=none\n", ""),
        ("From: iemand@elders.example\n", "fail"),
    ],
)
def test_what_the_receiving_server_says_of_the_sender(head, authentication):
    assert read_eml(a_mail(head=head)).authentication == authentication


@pytest.mark.parametrize(
    ("sender", "address", "name"),
    [
        ("jan@example.org", "jan@example.org", ""),
        ('"Vries, Jan de" <jan@example.org>', "jan@example.org", "Vries, Jan de"),
        ("=?utf-8?q?Mehmet_Y=C4=B1ld=C4=B1z?= <m@example.org>", "m@example.org", "Mehmet Yıldız"),
        ("=?utf-8?b?TWVobWV0?= =?utf-8?b?IFk=?= <m@example.org>", "m@example.org", "Mehmet Y"),
        ("José <jose@example.org>", "jose@example.org", "José"),
        ("=?kapot?q?x?= <m@example.org>", "m@example.org", "x"),
        ("Jan de Vries jan@example.org", "jan@example.org", "Jan de Vries"),
        ("niemand", "", "niemand"),
    ],
)
def test_senders_of_all_sorts(sender, address, name):
    found = read_eml(a_mail(sender=sender)).sender
    assert (found.address, found.name) == (address, name)


def test_another_reply_address_is_told_and_the_same_one_is_not():
    assert read_eml(a_mail(head="Reply-To: ander@example.org\n")).reply_to.address == "ander@example.org"
    assert read_eml(a_mail(head="Reply-To: JAN@example.org\n")).reply_to is None


@pytest.mark.parametrize("date", ["", "gisteren", "Fri, 32 Nov 2026 12:00:00", "Mon, 1 Jan 1900 00:00:00 +0000", "\0"])
def test_a_broken_date_is_no_date(date):
    assert read_eml(b"From: jan@example.org\nDate: " + date.encode() + b"\n\nhoi").sent_at is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"zomaar wat tekst",
        b"\x00\x01\x02" * 99,
        b"%PDF-1.7\n",
        b"Note: dit is geen mail\n\nx",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
    ],
)
def test_what_is_no_mail_is_said_so(raw):
    with pytest.raises(NotAMail) as problem:
        read_eml(raw)
    assert problem.value.detail


def test_a_mail_above_the_limit_is_refused():
    with pytest.raises(TooLarge):
        read_eml(a_mail(b"x" * MAX_MAIL_BYTES))


def test_a_byte_order_mark_and_an_mbox_line_are_no_obstacle():
    assert read_eml(b"\xef\xbb\xbf" + a_mail()).sender.address == "jan@example.org"
    assert read_eml(b"From jan@example.org Fri Nov 20 12:00:00 2026\n" + a_mail()).text.new == "Graag mijn pillen."


def test_a_thread_of_one_knows_what_the_house_sent():
    assert thread_from_eml(a_mail(sender="Apotheek <INFO@linde.example>"), (HOUSE,)).messages[0].outgoing
    thread = thread_from_eml(a_mail(), (HOUSE,))
    assert not thread.latest.outgoing
    assert thread.id == thread_from_eml(a_mail(), (HOUSE,)).id


HOSTILE = {
    "nested containers": a_mail(
        b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(3000)),
        "Content-Type: multipart/mixed; boundary=b0\n",
    ),
    "nested mails": a_mail(b"Content-Type: message/rfc822\n\n" * 3000, "Content-Type: message/rfc822\n"),
    "many parts": a_mail(b"--b\n\nhoi\n" * 50_000, "Content-Type: multipart/mixed; boundary=b\n"),
    "many fields": a_mail(head="X-A: b\n" * 200_000),
    "many addresses": a_mail(head="Cc: " + "a@example.org, " * 100_000 + "\n"),
    "many encoded words": a_mail(head="X-Subject: x\nSubject: " + "=?utf-8?q?a?= " * 50_000 + "\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mails_take_bounded_work(raw):
    started = time.process_time()
    assert read_eml(raw).sender.address == "jan@example.org"
    assert time.process_time() - started < 20  # a hang; bench/hostile.py measures


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_a_problem(raw):
    for attempt in (raw, a_mail(raw), a_mail(raw, "Content-Type: multipart/mixed; boundary=b\n"), b"From: " + raw):
        try:
            read_eml(attempt)
        except NotAMail as problem:
            assert problem.detail


def test_flowed_lines_join_within_one_depth():
    assert unflow("een \ntwee\n> drie \n> vier\nvijf \n-- \nJan") == "een twee\n> drie vier\nvijf \n-- \nJan"


def test_latin_1_means_windows_1252():
    assert decode_bytes(b"\x80 \x93x\x94", "iso-8859-1") == "€ “x”"


@pytest.mark.skipif(not DEV.is_dir(), reason="the evaluation set is not beside the repository")
@pytest.mark.parametrize(
    "path", sorted((DEV / "eml").glob("*.eml")) if DEV.is_dir() else [], ids=lambda path: path.stem
)
def test_the_example_mails_read_without_loss(path):
    message = read_eml(path.read_bytes())
    assert message.text.new
    assert message.sent_at is not None
    assert "�" not in message.text.new + message.sender.name
    assert not message.automatic
