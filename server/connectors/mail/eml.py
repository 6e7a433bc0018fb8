"""Any RFC 5322 file becomes a Message: a mailbox's raw mail, a dropped .eml, a file on the command line."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import replace
from email import message_from_bytes
from email.message import Message as Parsed
from email.parser import BytesHeaderParser
from html import escape

from server.connectors.mail import headers
from server.connectors.mail.parts import Parts, read_parts
from server.connectors.mail.plain_text import ReadBody, take_apart, with_unseen
from server.errors import NotAMail, TooLarge
from server.model.thread import Message, Thread

MAX_MAIL_BYTES = 25 * 1024 * 1024
_HEADER_BYTES = 256_000
_MAX_BOUNDARIES = 1_000
_KNOWN_FIELDS = {
    "from", "to", "subject", "date", "message-id", "received", "return-path", "sender", "reply-to", "cc", "bcc",
    "content-type", "mime-version", "delivered-to", "in-reply-to", "references", "x-mailer", "user-agent",
}  # fmt: skip
_OUTLOOK_FILE = b"\xd0\xcf\x11\xe0"
_FORWARDED = re.compile(r"\A\s*(?:fwd?|doorst|dst|wg|tr|rv|enc|i)\s?:", re.IGNORECASE)
_MAX_SUBJECT = 1_000
_MAX_NESTED_MAILS = 3
_PGP = "-----BEGIN PGP MESSAGE-----"


def read_eml(raw: bytes) -> Message:
    """One mail from its raw form. Raises NotAMail (empty, no header fields, another kind of file) and TooLarge."""
    mail = parse(raw)
    parts = read_parts(mail)
    body = _read_bodies(parts)
    from_ = headers.sender(mail)
    answer_to = headers.reply_to(mail, from_)
    subject = headers.decoded(headers.first(mail, "subject"))[:_MAX_SUBJECT]
    nothing_said = not (body.text.new or body.text.quoted)
    return Message(
        id=headers.message_id(mail) or f"sha256-{hashlib.sha256(raw).hexdigest()[:24]}",
        sender=from_,
        subject=subject,
        text=body.text,
        to=headers.addresses(mail, "to"),
        cc=headers.addresses(mail, "cc"),
        reply_to=answer_to,
        sent_at=headers.sent_at(mail),
        html=body.markup,
        attachments=tuple(parts.attachments),
        automatic=headers.is_automatic(mail, from_, answer_to),
        authentication=headers.authentication(mail),
        unreadable=nothing_said and (parts.encrypted or bool(parts.attachments) or body.pictures > 0),
        truncated=body.truncated,
        forwarded=body.forwarded or bool(parts.mails) or bool(_FORWARDED.match(subject)),
    )


def parse(raw: bytes) -> Parsed:
    """The raw mail as the standard library's tree, or just its header fields when the body breaks the parser."""
    if len(raw) > MAX_MAIL_BYTES:
        raise TooLarge("a mail may be at most 25 MB")
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t\x00")
    if not raw:
        raise NotAMail("the file is empty")
    if raw.startswith(_OUTLOOK_FILE):
        raise NotAMail("this is an Outlook .msg file; save it as .eml")
    raw = _with_bounded_header(raw)
    try:
        fields = BytesHeaderParser().parsebytes(raw)
        known = {name.lower() for name in fields} & _KNOWN_FIELDS
    except (ValueError, IndexError, TypeError, AttributeError, LookupError) as error:
        raise NotAMail("its header cannot be read") from error
    if not known:
        raise NotAMail("it has no header fields of a mail (From, Subject, …)")
    if fields.get_content_maintype() == "multipart" and raw.count(b"\n--") > _MAX_BOUNDARIES:
        return fields  # thousands of parts are an attack on the parser; the source is kept as text
    try:
        return message_from_bytes(raw)
    except (ValueError, IndexError, TypeError, AttributeError, LookupError, RecursionError):
        return fields


def _with_bounded_header(raw: bytes) -> bytes:
    """The mail with at most so much header: what a header holds beyond that no mail program wrote."""
    end = min((at for at in (raw.find(b"\n\n"), raw.find(b"\n\r\n")) if at >= 0), default=len(raw))
    if end <= _HEADER_BYTES:
        return raw
    return raw[: raw.rfind(b"\n", 0, _HEADER_BYTES) + 1 or _HEADER_BYTES] + raw[end:]


def _read_bodies(parts: Parts, depth: int = 0) -> ReadBody:
    """The bodies as one, with the spare plain text where the HTML says nothing, and below it the attached mails."""
    if any(is_html for is_html, _ in parts.shown):
        body = take_apart("".join(text if is_html else _as_html(text) for is_html, text in parts.shown), "html")
    else:
        body = take_apart("\n".join(text for _, text in parts.shown), "text")
    if parts.spare and not (body.text.new or body.text.quoted):
        spare = take_apart("\n".join(parts.spare), "text")
        body = replace(body, text=replace(spare.text, hidden=body.text.hidden), forwarded=spare.forwarded)
    elif parts.spare:
        body = replace(body, text=with_unseen(body.text, parts.spare))
    if _PGP in body.text.new:
        body = replace(body, text=replace(body.text, new=body.text.new.partition(_PGP)[0].strip()))
    return _with_mails(body, parts.mails, depth) if depth < _MAX_NESTED_MAILS else body


def _as_html(text: str) -> str:
    """Plain text that stands beside HTML parts, such as what a list server or virus scanner adds."""
    return f'<div style="white-space:pre">{escape(text)}</div>'


def _with_mails(body: ReadBody, mails: list[Parsed], depth: int) -> ReadBody:
    """A mail that was attached is quoted: it is somebody's words, but not the sender's of now."""
    if not mails:
        return body
    quoted = [body.text.quoted]
    for mail in mails:
        inner = _read_bodies(read_parts(mail), depth + 1)
        head = (f"{name}: {headers.decoded(headers.first(mail, name.lower()))}" for name in ("From", "Date", "Subject"))
        quoted.append("\n".join((*head, "", inner.text.new, inner.text.quoted)).strip())
    return replace(body, text=replace(body.text, quoted="\n\n".join(filter(None, quoted))))


def thread_from_eml(raw: bytes, house_addresses: Collection[str] = ()) -> Thread:
    """A thread of this one mail. `house_addresses`: a mail from one of them is outgoing."""
    message = as_seen_from(read_eml(raw), house_addresses)
    return Thread(thread_id(message.id), (message,))


def as_seen_from(message: Message, house_addresses: Collection[str]) -> Message:
    """Marks a mail as outgoing when the house sent it."""
    own = {address.strip().casefold() for address in house_addresses if address}
    return replace(message, outgoing=True) if message.sender.key in own else message


def thread_id(message_id: str) -> str:
    """A short, stable id that is safe in a URL."""
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()[:16]
