"""The parts of a MIME mail: which hold the words that a reader sees, and what else came along."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message as Parsed

from server.connectors.mail.headers import decoded, first
from server.model.thread import Attachment

_MAX_PARTS = 200
_MAX_DEPTH = 20
_MAX_HTML_BYTES = 10_000_000  # with pictures inside
_MAX_PLAIN_BYTES = 3_000_000
_MAX_SOURCE_CHARS = 50_000
_NOT_CHARSETS = {  # Python codecs that are no charsets of mail: some are slow, some warn, some do other things
    "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf_7", "utf7", "utf-7",
    "unicode-escape", "raw-unicode-escape",
}  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,30})", re.IGNORECASE)
_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted", "application/pgp-encrypted"}
_SEALS = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
}


@dataclass
class Parts:
    """What was found: the bodies that a reader is shown, in order, with whether each is HTML; `spare`: plain texts that
    stand in for an HTML that says nothing; mails that came along whole; attachments."""

    shown: list[tuple[bool, str]] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)
    mails: list[Parsed] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    encrypted: bool = False


def read_parts(mail: Parsed) -> Parts:
    """All parts of a mail, to a bounded number and depth."""
    parts = Parts()
    for part, spare in _leaves(mail, 0):
        if len(parts.attachments) + len(parts.shown) >= _MAX_PARTS:
            break
        _take(part, parts, spare=spare)
    return parts


def _leaves(part: Parsed, depth: int, *, spare: bool = False) -> Iterator[tuple[Parsed, bool]]:
    """Parts that are not containers (encrypted ones and whole mails are not opened), with whether a richer form of the
    same text stands beside it."""
    kind = part.get_content_type()
    payload = part.get_payload()
    if kind in _ENCRYPTED or kind == "message/rfc822" or not isinstance(payload, list) or depth >= _MAX_DEPTH:
        yield part, spare
        return
    inner = [choice for choice in payload[:_MAX_PARTS] if isinstance(choice, Parsed)]
    richer = kind == "multipart/alternative" and any(_holds_html(choice) for choice in inner)
    for choice in inner:
        yield from _leaves(choice, depth + 1, spare=spare or (richer and not _holds_html(choice)))


def _holds_html(part: Parsed) -> bool:
    inner = part.get_payload()
    if isinstance(inner, list) and inner and part.get_content_maintype() == "multipart":
        return any(isinstance(choice, Parsed) and choice.get_content_type() == "text/html" for choice in inner)
    return part.get_content_type() == "text/html"


def _take(part: Parsed, parts: Parts, *, spare: bool) -> None:
    kind = part.get_content_type()
    disposition = first(part, "content-disposition").lower().split(";")[0].strip()
    if kind in _ENCRYPTED:
        parts.encrypted = True
    elif kind in _SEALS:
        return
    elif kind == "message/rfc822":
        inner = part.get_payload()
        mail = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Parsed) else None
        title = decoded(first(mail, "subject")) if mail is not None else ""
        parts.attachments.append(Attachment(f"{title or 'bericht'}.eml"[:255], kind))
        if mail is not None and len(parts.mails) < 5:
            parts.mails.append(mail)
    elif kind in {"text/plain", "text/html"} and disposition != "attachment" and not _is_named_file(part, disposition):
        text = _text(part)
        if "-----BEGIN PGP MESSAGE-----" in text[:2_000]:
            parts.encrypted = True
        if spare:
            parts.spare.append(text)
        else:
            parts.shown.append((kind == "text/html", text))
    elif kind.startswith("multipart/"):  # no boundary, or nested too deep: its source is better than nothing
        parts.shown.append((False, _text(part)[:_MAX_SOURCE_CHARS]))
    else:
        parts.attachments.append(_attachment(part, kind, disposition))


def _is_named_file(part: Parsed, disposition: str) -> bool:
    """Text with a file name that is not part of what is shown (Apple Mail names none of its own)."""
    return bool(_file_name(part)) and disposition != "inline"


def _file_name(part: Parsed) -> str:
    try:
        name = part.get_filename()
    except (ValueError, TypeError, LookupError, IndexError, AttributeError):
        name = None
    return decoded(str(name))[:255] if name else ""


def _attachment(part: Parsed, kind: str, disposition: str) -> Attachment:
    shown_in_text = kind.startswith("image/") and disposition != "attachment" and bool(first(part, "content-id"))
    name = _file_name(part) or ("uitnodiging.ics" if kind == "text/calendar" else kind.replace("/", "."))
    return Attachment(name, kind[:100], inline=shown_in_text or (kind.startswith("image/") and disposition == "inline"))


def _text(part: Parsed) -> str:
    raw = _raw_bytes(part)[: _MAX_HTML_BYTES if part.get_content_type() == "text/html" else _MAX_PLAIN_BYTES]
    try:
        charset = part.get_content_charset() or ""
    except (ValueError, TypeError, LookupError, IndexError, AttributeError):
        charset = ""
    if not charset and part.get_content_type() == "text/html":
        match = _META_CHARSET.search(raw[:2_000])
        charset = match.group(1).decode("ascii") if match else ""
    text = decode_bytes(raw, charset)
    if part.get_content_type() == "text/plain" and str(part.get_param("format") or "").lower() == "flowed":
        return unflow(text, stuffed_spaces=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _raw_bytes(part: Parsed) -> bytes:
    """The part's bytes with the transfer encoding undone, as far as it can be."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, TypeError, LookupError, IndexError, AttributeError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def decode_bytes(raw: bytes, charset: str) -> str:
    """Bytes as text. Declared charsets are wrong often enough: UTF-8 that is UTF-8 wins, and Latin-1 means Windows-1252
    as in every browser."""
    name = charset.strip().strip("\"'").lower()
    if raw.startswith(codecs.BOM_UTF8) or name in {"", "us-ascii", "ascii", "utf8", "utf-8", "unknown-8bit", "default"}:
        name = "utf-8-sig"
    elif name in {"iso-8859-1", "latin1", "latin-1", "iso8859-1", "l1"}:
        name = "cp1252"
    if name.replace("-", "_") in _NOT_CHARSETS or name in _NOT_CHARSETS:
        name = "utf-8-sig"
    for attempt in (name, "utf-8-sig", "cp1252"):
        try:
            return raw.decode(attempt)
        except (LookupError, ValueError):
            continue
    return raw.decode("latin-1")


def unflow(text: str, *, stuffed_spaces: bool = False) -> str:
    """Joins the lines that format=flowed (RFC 3676) broke: those that end in a space, within one quote depth."""
    joined: list[str] = []
    open_marks = None  # quote marks of a line that goes on
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.lstrip(">")
        marks = line[: len(line) - len(bare)]
        bare = bare.removeprefix(" ") if bare != " " or marks else bare
        if open_marks == marks and bare != "-- ":
            joined[-1] = (joined[-1][:-1] if stuffed_spaces else joined[-1]) + bare
        else:
            joined.append(f"{marks} {bare}" if marks else bare)
        open_marks = marks if bare.endswith(" ") and bare != "-- " else None
    return "\n".join(joined)
