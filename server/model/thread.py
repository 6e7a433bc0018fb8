"""The mail: a thread of messages, each with its new text already taken apart from what it quotes."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class ThreadRef:
    """Where a thread is to be found: which provider, which mailbox, which ids. Opaque to all but the provider."""

    provider: str
    mailbox: str = field(repr=False)
    thread_id: str
    message_id: str = ""


@dataclass(frozen=True)
class EmailAddress:
    """One mailbox address; compared without regard to case. The display name is whatever its sender typed."""

    address: str = field(repr=False)
    name: str = field(repr=False, default="")

    @property
    def key(self) -> str:
        """The address as it is compared: trimmed, case-folded."""
        return self.address.strip().casefold()


@dataclass(frozen=True)
class Attachment:
    """A file with a mail, known by name and type only. `inline` ones are pictures in the text (signatures)."""

    name: str = field(repr=False)
    media_type: str = "application/octet-stream"
    inline: bool = False


@dataclass(frozen=True)
class MailText:
    """A body taken apart. `new` is what the sender typed now, in plain text, without quotes, signature block and
    disclaimer (but with a closing such as "Groet, Jan"); `quoted` what stood below; `signature` what was cut as
    signature or disclaimer; `hidden` text that a reader would not see (display:none, white on white)."""

    new: str = field(repr=False)
    quoted: str = field(repr=False, default="")
    signature: str = field(repr=False, default="")
    hidden: str = field(repr=False, default="")


@dataclass(frozen=True)
class Message:
    """One mail. `sent_at` is aware, UTC (None when the header is broken); `outgoing`: sent by the pharmacy itself.

    `reply_to` is None when absent. `authentication` is what the receiving host found of the From domain: "pass", "fail",
    "mismatch" (sent through another domain) or "" (it did not say). `automatic`: Auto-Submitted, bulk, list, bounce:
    nobody waits for an answer. `forwarded`: the sender passes on somebody else's mail. `unreadable`: encrypted or
    otherwise without text."""

    id: str
    sender: EmailAddress
    subject: str = field(repr=False)
    text: MailText
    to: tuple[EmailAddress, ...] = ()
    cc: tuple[EmailAddress, ...] = ()
    reply_to: EmailAddress | None = None
    sent_at: datetime | None = None
    html: str = field(repr=False, default="")
    attachments: tuple[Attachment, ...] = ()
    outgoing: bool = False
    automatic: bool = False
    authentication: str = ""
    unreadable: bool = False
    truncated: bool = False
    forwarded: bool = False


@dataclass(frozen=True)
class Thread:
    """A conversation, oldest message first; the last incoming one is to be answered."""

    id: str
    messages: tuple[Message, ...]

    @property
    def latest(self) -> Message:
        """The message to answer: the last incoming one, else the last."""
        incoming = [message for message in self.messages if not message.outgoing]
        return (incoming or list(self.messages))[-1]
