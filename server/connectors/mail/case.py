"""A thread in the evaluation's JSON format becomes a Thread, by the same reading of bodies as every mailbox."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from server.connectors.mail.characters import clean
from server.connectors.mail.eml import as_seen_from, thread_id
from server.connectors.mail.plain_text import take_apart
from server.errors import NotAMail
from server.model.thread import EmailAddress, Message, Thread

_MAX_MESSAGES = 100


def thread_from_json(case: Mapping[str, Any], house_addresses: Collection[str] = ()) -> Thread:
    """The thread of a case; mails from a house address are outgoing. Odd values become empty ones; a case without any
    message raises NotAMail."""
    rows = case.get("thread") if isinstance(case, Mapping) else None
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []
    if not found:
        raise NotAMail("the case has no messages")
    name = _text(case.get("id")) or "case"
    messages: list[Message] = []
    parent = ""
    for number, row in enumerate(found[-_MAX_MESSAGES:], 1):
        messages.append(as_seen_from(_message(row, f"{name}-{number}", parent), house_addresses))
        parent = messages[-1].text.new
    return Thread(thread_id(name), tuple(messages))


def _message(row: Mapping[str, Any], id_: str, parent: str) -> Message:
    content_type = _text(row.get("content_type")).lower()
    is_html = "html" in content_type
    body = take_apart(_text(row.get("body")), "html" if is_html else "text", parent)
    return Message(
        id=id_,
        sender=_address(row.get("from")),
        subject=clean(_text(row.get("subject"))).strip()[:1_000],
        text=body.text,
        to=_addresses(row.get("to")),
        cc=_addresses(row.get("cc")),
        sent_at=_time(row.get("date")),
        html=body.markup,
        truncated=body.truncated,
        forwarded=body.forwarded,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ("" if value is None else str(value))


def _address(value: object) -> EmailAddress:
    if isinstance(value, Mapping):
        return EmailAddress(clean(_text(value.get("email"))).strip(), clean(_text(value.get("name"))).strip())
    shown, bracket, address = _text(value).partition("<")
    return EmailAddress(address.strip("> "), shown.strip(' "')) if bracket else EmailAddress(shown.strip())


def _addresses(value: object) -> tuple[EmailAddress, ...]:
    values = value if isinstance(value, list | tuple) else ([value] if value else [])
    return tuple(_address(one) for one in values[:100])


def _time(value: object) -> datetime | None:
    """A naive time is taken as UTC; a broken one is unknown."""
    try:
        when = datetime.fromisoformat(_text(value).strip())
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
