"""The sandbox's mailbox: a folder of .eml files and what a visitor drops in, so that the product can be tried alone."""

import re
import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from server.connectors.mail import headers
from server.connectors.mail.eml import as_seen_from, parse, read_eml, thread_id
from server.errors import NotAMail, NotFound, TooLarge
from server.model.identity import MailboxGrant
from server.model.thread import EmailAddress, Message, Thread, ThreadRef

MAX_DROPPED = 50
_MAX_FILES = 2_000
_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|antw?|aw|sv|betr|doorst|wg|tr)\s?(?:\[\d{1,3}\])?\s?:)+\s*", re.IGNORECASE)
_SNIPPET = 140
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ThreadSummary:
    """One line of a mailbox. `sender`: who wrote the latest incoming mail; `folder` "inbox" or "sent" of the latest
    mail; `unread`: the latest mail is incoming."""

    id: str
    subject: str = field(repr=False)
    sender: EmailAddress
    sent_at: datetime | None
    snippet: str = field(repr=False)
    folder: str = "inbox"
    unread: bool = True
    mailbox: str = field(repr=False, default="")


@dataclass(frozen=True)
class _Mail:
    message: Message
    folder: str
    links: tuple[str, ...]  # message ids that it answers


class SandboxMail:
    """A MailProvider over .eml files; read at first use, dropped mails are kept in memory and the oldest ones forgotten."""

    def __init__(self, folder: Path, house_addresses: Collection[str] = ()) -> None:
        self._folder = folder
        self._house = tuple(house_addresses)
        self._lock = threading.Lock()
        self._stored: list[_Mail] | None = None
        self._dropped: list[_Mail] = []
        self._threads: dict[str, tuple[Thread, str]] = {}

    def get_thread(self, grant: MailboxGrant, ref: ThreadRef) -> Thread:  # noqa: ARG002  (the port's signature)
        """The thread, oldest first. Raises NotFound."""
        found = self._all().get(ref.thread_id)
        if found is None:
            raise NotFound("no such thread")
        return found[0]

    def list_threads(self, folder: str = "") -> tuple[ThreadSummary, ...]:
        """Newest first; all, or those of one folder."""
        summaries = (self._summary(thread, place) for thread, place in self._all().values())
        kept = [summary for summary in summaries if folder in {"", summary.folder}]
        return tuple(sorted(kept, key=lambda summary: summary.sent_at or _BEFORE_ALL, reverse=True))

    def add(self, raw: bytes) -> str:
        """Takes a mail that was dropped in and returns its thread's id. Raises NotAMail, TooLarge."""
        mail = self._read(raw, "inbox")
        with self._lock:
            self._load()
            self._dropped = [kept for kept in self._dropped if kept.message.id != mail.message.id]
            self._dropped = [*self._dropped, mail][-MAX_DROPPED:]
            self._threads = self._grouped()
            return next(id_ for id_, (thread, _) in self._threads.items() if mail.message in thread.messages)

    def _all(self) -> dict[str, tuple[Thread, str]]:
        with self._lock:
            self._load()
            return self._threads

    def _load(self) -> None:
        if self._stored is not None:
            return
        self._stored = []
        for path in sorted(self._folder.rglob("*.eml"))[:_MAX_FILES]:
            place = "sent" if path.parent.name.lower() in {"sent", "verzonden"} else "inbox"
            try:
                self._stored.append(self._read(path.read_bytes(), place))
            except (NotAMail, TooLarge, OSError):
                continue  # a stray file in the folder is no reason to have no mailbox
        self._threads = self._grouped()

    def _read(self, raw: bytes, place: str) -> _Mail:
        message = as_seen_from(read_eml(raw), self._house)
        fields = parse(raw)
        told = headers.first(fields, "x-balie-folder").lower()
        links = headers.message_ids(fields, "in-reply-to", "references")
        folder = told if told in {"inbox", "sent"} else ("sent" if message.outgoing else place)
        return _Mail(message, folder, links)

    def _grouped(self) -> dict[str, tuple[Thread, str]]:
        """Mails by thread: those that name each other, else same subject between the same people."""
        unique = {mail.message.id: mail for mail in (*(self._stored or ()), *self._dropped)}
        groups: dict[str, list[_Mail]] = {}
        of_id: dict[str, str] = {}
        of_subject: dict[tuple[str, frozenset[str]], str] = {}
        for mail in sorted(unique.values(), key=lambda mail: mail.message.sent_at or _BEFORE_ALL):
            known = next((of_id[link] for link in mail.links if link in of_id), "")
            same = self._subject_key(mail.message)
            key = known or (of_subject.get(same, "") if same[0] else "") or mail.message.id
            groups.setdefault(key, []).append(mail)
            of_id.update(dict.fromkeys((mail.message.id, *mail.links), key))
            of_subject[same] = key
        return {thread_id(key): self._thread(key, mails) for key, mails in groups.items()}

    def _subject_key(self, message: Message) -> tuple[str, frozenset[str]]:
        subject = _PREFIX.sub("", message.subject).strip().casefold()
        return subject, frozenset(address.key for address in (message.sender, *message.to))

    @staticmethod
    def _thread(key: str, mails: list[_Mail]) -> tuple[Thread, str]:
        return Thread(thread_id(key), tuple(mail.message for mail in mails)), mails[-1].folder

    def _summary(self, thread: Thread, folder: str) -> ThreadSummary:
        latest, last = thread.latest, thread.messages[-1]
        own = {address.strip().casefold() for address in self._house}
        addressed = sorted((*latest.to, *latest.cc), key=lambda address: address.key not in own)  # ours first
        words = " ".join((latest.text.new or latest.text.quoted).split())
        return ThreadSummary(
            id=thread.id,
            subject=latest.subject or thread.messages[0].subject,
            sender=latest.sender,
            sent_at=last.sent_at,
            snippet=words if len(words) <= _SNIPPET else f"{words[: _SNIPPET - 1]}…",
            folder=folder,
            unread=not last.outgoing,
            mailbox=next((address.address for address in addressed), ""),
        )
