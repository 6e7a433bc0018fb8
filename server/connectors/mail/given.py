"""Threads handed over in memory: the command line's files and the evaluation's cases go the same path as a mailbox."""

from server.errors import NotFound
from server.model.identity import MailboxGrant
from server.model.thread import Thread, ThreadRef


class GivenThreads:
    """A MailProvider over threads that were given to it."""

    provider = "given"

    def __init__(self) -> None:
        self._threads: dict[str, Thread] = {}

    def add(self, thread: Thread, mailbox: str = "") -> ThreadRef:
        """Takes a thread and returns where to find it."""
        self._threads[thread.id] = thread
        return ThreadRef(self.provider, mailbox, thread.id)

    def get_thread(self, grant: MailboxGrant, ref: ThreadRef) -> Thread:  # noqa: ARG002  (the port's signature)
        try:
            return self._threads[ref.thread_id]
        except KeyError:
            raise NotFound("no such thread") from None
