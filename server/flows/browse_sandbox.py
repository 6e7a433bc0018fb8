"""The playground's mailbox: the list, one thread, and a mail that somebody dropped on it."""

from typing import Any, Protocol, cast

from server.errors import Conflict, NotFound
from server.flows.find_pharmacy import find_pharmacy, own_pharmacies
from server.flows.reply_document import iso
from server.model.identity import Caller
from server.model.thread import Message, Thread, ThreadRef
from server.services import Services


class Browsable(Protocol):
    """What the sandbox's mailbox can do beside being a MailProvider."""

    def list_threads(self) -> Any: ...
    def add(self, raw: bytes) -> str: ...


def _mailbox(services: Services) -> Browsable:
    return cast("Browsable", services.mail["sandbox"])


def _person(message: Message) -> dict[str, str]:
    return {"name": message.sender.name, "address": message.sender.address}


def _own_address(services: Services, caller: Caller, thread: Thread) -> str:
    """The address of ours that the thread came to; "" when it names none of ours."""
    ours = {box.casefold() for pharmacy in own_pharmacies(services, caller) for box in pharmacy.mailboxes}
    addresses = [a for m in thread.messages for a in (*m.to, *m.cc, m.sender)]
    return next((a.address for a in addresses if a.key in ours), next(iter(sorted(ours)), ""))


def _pharmacy_id(services: Services, caller: Caller, mailbox: str) -> str:
    """Whose inbox a mail is in; one addressed to none of ours lies in the first."""
    try:
        return find_pharmacy(services, caller, mailbox).id
    except Conflict:
        return own_pharmacies(services, caller)[0].id


def list_threads(services: Services, caller: Caller, folder: str) -> list[dict[str, Any]]:
    """Newest first. `folder` "" is all."""
    return [
        {
            "id": one.id,
            "subject": one.subject,
            "from": {"name": one.sender.name, "address": one.sender.address},
            "sent_at": iso(one.sent_at),
            "snippet": one.snippet,
            "folder": one.folder,
            "unread": one.unread,
            "mailbox": one.mailbox,
            "pharmacy_id": _pharmacy_id(services, caller, one.mailbox),
        }
        for one in _mailbox(services).list_threads()
        if not folder or one.folder == folder
    ]


def read_thread(services: Services, caller: Caller, thread_id: str) -> dict[str, Any]:
    """A thread as a mail client shows it. Raises NotFound."""
    thread = services.mail["sandbox"].get_thread(caller.grant, ThreadRef("sandbox", "", thread_id))
    if not thread.messages:
        raise NotFound("no such thread")
    return {
        "id": thread.id,
        "subject": thread.latest.subject,
        "mailbox": _own_address(services, caller, thread),
        "messages": [
            {
                "id": message.id,
                "from": _person(message),
                "to": [{"name": a.name, "address": a.address} for a in message.to],
                "sent_at": iso(message.sent_at),
                "text": "\n\n".join(p for p in (message.text.new, message.text.signature, message.text.quoted) if p),
                "html": message.html,
                "outgoing": message.outgoing,
                "attachments": [{"name": a.name} for a in message.attachments if not a.inline],
            }
            for message in thread.messages
        ],
    }


def add_thread(services: Services, raw: bytes) -> str:
    """Takes a dropped mail and returns its thread's id. Raises NotAMail, TooLarge."""
    return _mailbox(services).add(raw)
