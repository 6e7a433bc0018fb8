"""The header fields of a mail, read from whatever a mail program or an attacker put there; nothing here raises."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Parsed
from email.utils import getaddresses, parsedate_to_datetime

from server.connectors.mail.authentication import judge_origin
from server.connectors.mail.characters import clean
from server.model.thread import EmailAddress

_MAX_VALUE = 10_000
_MAX_ADDRESSES = 100
_BARE_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_NO_REPLY = re.compile(
    r"(?:mailer-daemon|postmaster|(?:do[-_.]?)?no[-_.]?t?[-_.]?reply\w*|niet[-_.]?(?:be)?antwoorden|geen[-_.]?antwoord|noresponse|bounces?)"
    r"(?:[-+_.].{0,60})?@.{0,255}",
    re.IGNORECASE,
)
_AUTOMATIC_SUBJECT = re.compile(
    r"(?:automatisch antwoord|automatische (?:reactie|beantwoording)|automatic reply|auto(?:matic)?[- ]?(?:re(?:ply|sponse))|out of (?:the )?office|"
    r"undeliverable|onbestelbaar|delivery status notification|mail delivery (?:failed|failure|subsystem)|"
    r"returned mail|automatische antwort|abwesenheitsnotiz|réponse automatique)\s*(?:$|[:\[(–-])",
    re.IGNORECASE,
)


def values(mail: Parsed, name: str) -> tuple[str, ...]:
    """Every value of a field, unfolded, 8-bit characters decoded, encoded words still encoded."""
    found = (str(value) for key, value in mail.raw_items() if key.lower() == name)
    return tuple(" ".join(_eight_bit(value[:_MAX_VALUE]).split()) for value in found)


def first(mail: Parsed, name: str) -> str:
    """The first value of a field, "" when it is absent."""
    return next(iter(values(mail, name)), "")


def _eight_bit(value: str) -> str:
    if value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def decoded(value: str) -> str:
    """A value with its encoded words ("=?utf-8?q?…?=") turned into text."""
    if "=?" not in value:
        return clean(value).strip()
    try:
        pieces = [
            piece if isinstance(piece, str) else _charset(piece, charset) for piece, charset in decode_header(value)
        ]
    except (HeaderParseError, ValueError, LookupError, AssertionError):
        return clean(value).strip()
    return " ".join(clean("".join(pieces)).split())


def _charset(piece: bytes, charset: str | None) -> str:
    for name in (charset or "ascii", "utf-8"):
        try:
            return piece.decode(name)
        except (LookupError, ValueError):
            continue
    return piece.decode("cp1252", "replace")


def addresses(mail: Parsed, name: str) -> tuple[EmailAddress, ...]:
    """The addresses of a field; of a field that fits no grammar whatever looks like one."""
    found: dict[str, EmailAddress] = {}
    for value in values(mail, name):
        for address in _parsed(value):
            found.setdefault(address.key, address)
    return tuple(found.values())[:_MAX_ADDRESSES]


def _parsed(value: str) -> Iterator[EmailAddress]:
    try:
        pairs = [(shown, address) for shown, address in getaddresses([value]) if _BARE_ADDRESS.fullmatch(address)]
    except (ValueError, IndexError, TypeError, AttributeError):
        pairs = []
    if pairs:
        for shown, address in pairs:
            yield EmailAddress(clean(address).strip()[:320], decoded(shown)[:200])
        return
    for match in _BARE_ADDRESS.finditer(decoded(value)):
        yield EmailAddress(
            match.group(), decoded(value[: value.find(match.group())]).strip(' "<') if match.start() else ""
        )


def sender(mail: Parsed) -> EmailAddress:
    """Who the mail says it is from; an empty address when it says nothing."""
    for name in ("from", "sender", "x-original-from"):
        found = addresses(mail, name)
        if found:
            return found[0]
    return EmailAddress("", decoded(first(mail, "from"))[:200])


def reply_to(mail: Parsed, from_: EmailAddress) -> EmailAddress | None:
    """Where answers are wanted, when that is somewhere else."""
    found = addresses(mail, "reply-to")
    other = [address for address in found if address.key != from_.key]
    return other[0] if other else None


def sent_at(mail: Parsed) -> datetime | None:
    """When it was sent, UTC; None when the field is absent or makes no sense."""
    value = first(mail, "date")
    try:
        when = parsedate_to_datetime(value)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return when if 1980 <= when.year <= 2200 else None


def message_ids(mail: Parsed, *names: str) -> tuple[str, ...]:
    """Message ids without brackets, in order, each once."""
    found = (
        match for name in names for value in values(mail, name) for match in re.findall(r"<([^<>\s]{1,400})>", value)
    )
    return tuple(dict.fromkeys(found))


def message_id(mail: Parsed) -> str:
    """The mail's own id, "" when absent."""
    return next(iter(message_ids(mail, "message-id")), "") or first(mail, "message-id").strip("<> ")[:400]


def authentication(mail: Parsed) -> str:
    """ "pass", "fail", "mismatch" or "" (`authentication.judge_origin`). Two different From addresses count as a failure:
    what is checked need not be what is shown."""
    if len(addresses(mail, "from")) > 1:
        return "fail"
    return judge_origin(values(mail, "authentication-results"), sender(mail).address)


def is_automatic(mail: Parsed, from_: EmailAddress, answer_to: EmailAddress | None) -> bool:
    """Whether a machine sent it, so that nobody waits for an answer. A web form that sends from no-reply but names a
    person to answer is not automatic."""
    if first(mail, "auto-submitted").lower().split(";")[0].strip() not in {"", "no"}:
        return True
    if first(mail, "precedence").lower() in {"bulk", "list", "junk", "auto_reply"}:
        return True
    fields = {name.lower() for name in mail}
    if fields & {"list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-auto-response-id", "feedback-id"}:
        return True
    if mail.get_content_type() == "multipart/report" or first(mail, "return-path").replace(" ", "") == "<>":
        return True
    if _AUTOMATIC_SUBJECT.match(decoded(first(mail, "subject"))):
        return True
    answered_elsewhere = answer_to is not None and not _NO_REPLY.fullmatch(answer_to.address)
    return bool(_NO_REPLY.fullmatch(from_.address)) and not answered_elsewhere
