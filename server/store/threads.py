"""Where each thread stands, who was at it last, and which drafts a newer mail has made stale."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from server.errors import Conflict
from server.model.escalation import ThreadState
from server.store.engine import insert_once, reading, writing
from server.store.schema import replies, threads

_OPEN, _DRAFTED, _WITH = ThreadState.OPEN, ThreadState.DRAFTED, ThreadState.WITH_PHARMACIST
_ANSWERED, _CLOSED = ThreadState.ANSWERED, ThreadState.CLOSED
# A thread goes forward, or back to open. With the pharmacist it stays until they, or a person who answers, let it go.
_MAY_BECOME = {
    _OPEN: {_DRAFTED, _WITH, _ANSWERED, _CLOSED},
    _DRAFTED: {_OPEN, _WITH, _ANSWERED, _CLOSED},
    _WITH: {_OPEN, _ANSWERED, _CLOSED},
    _ANSWERED: {_OPEN, _DRAFTED, _WITH, _CLOSED},
    _CLOSED: {_OPEN, _DRAFTED, _WITH, _ANSWERED},
}


@dataclass(frozen=True)
class ThreadStatus:
    """`message_id`: the newest incoming mail we saw; `last_user_id` "" when nobody was at it yet."""

    thread_id: str
    state: ThreadState = ThreadState.OPEN
    message_id: str = ""
    last_user_id: str = ""
    last_user_at: datetime | None = None


class ThreadStore:
    """The state of a pharmacy's threads. A thread never seen is open."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, pharmacy_id: str, thread_id: str) -> ThreadStatus:
        """The thread's status; that of a new thread when it was never seen."""
        with reading(self._engine) as connection:
            row = self._find(connection, pharmacy_id, thread_id)
        return ThreadStatus(thread_id) if row is None else _status(row)

    def see(
        self,
        pharmacy_id: str,
        thread_id: str,
        message_id: str,
        *,
        at: datetime,
        sent_at: datetime | None = None,
        connection: Connection | None = None,
    ) -> ThreadStatus:
        """Notes the newest incoming mail. A mail not seen before reopens the thread, unless a pharmacist has it, and
        marks older drafts stale. A pane that still shows an older mail (by `sent_at`) changes nothing."""
        with writing(self._engine, connection) as own:
            row = self._locked(own, pharmacy_id, thread_id, at)
            older = sent_at is not None and row.message_at is not None and sent_at < row.message_at
            if row.message_id == message_id or older:
                return _status(row)
            state = _WITH if row.state == _WITH.value else _OPEN
            values = {"state": state.value, "message_id": message_id, "message_at": sent_at, "changed_at": at}
            self._change(own, pharmacy_id, thread_id, values)
            outdated = replies.update().where(
                replies.c.pharmacy_id == pharmacy_id,
                replies.c.thread_id == thread_id,
                replies.c.message_id != message_id,
            )
            own.execute(outdated.values(stale=True))
            return _status(self._locked(own, pharmacy_id, thread_id, at))

    def move(
        self,
        pharmacy_id: str,
        thread_id: str,
        to: ThreadState,
        *,
        user_id: str,
        at: datetime,
        connection: Connection | None = None,
    ) -> ThreadStatus:
        """Moves a thread and notes who did. A draft made while the pharmacist has it leaves it there. Raises Conflict
        when it can't go there from where it is."""
        with writing(self._engine, connection) as own:
            state = ThreadState(self._locked(own, pharmacy_id, thread_id, at).state)
            if to is _DRAFTED and state is _WITH:
                to = _WITH
            if to is not state and to not in _MAY_BECOME[state]:
                raise Conflict(f"a thread that is {state.value} can't become {to.value}")
            values = {"state": to.value, "last_user_id": user_id, "last_user_at": at, "changed_at": at}
            self._change(own, pharmacy_id, thread_id, values)
            return _status(self._locked(own, pharmacy_id, thread_id, at))

    def touch(
        self, pharmacy_id: str, thread_id: str, *, user_id: str, at: datetime, connection: Connection | None = None
    ) -> ThreadStatus:
        """Notes who is at it now; returns how it was before, so that a caller sees a colleague at work."""
        with writing(self._engine, connection) as own:
            before = _status(self._locked(own, pharmacy_id, thread_id, at))
            self._change(own, pharmacy_id, thread_id, {"last_user_id": user_id, "last_user_at": at})
            return before

    def _locked(self, connection: Connection, pharmacy_id: str, thread_id: str, at: datetime) -> Row[Any]:
        """The thread's row, made when there is none, and ours until the transaction ends."""
        empty = {"state": _OPEN.value, "message_id": "", "last_user_id": "", "changed_at": at}
        insert_once(connection, threads, {"pharmacy_id": pharmacy_id, "thread_id": thread_id, **empty})
        row = self._find(connection, pharmacy_id, thread_id, lock=True)
        if row is None:
            raise Conflict("the thread vanished meanwhile", retryable=True)
        return row

    def _find(self, connection: Connection, pharmacy_id: str, thread_id: str, *, lock: bool = False) -> Row[Any] | None:
        query = select(threads).where(threads.c.pharmacy_id == pharmacy_id, threads.c.thread_id == thread_id)
        return connection.execute(query.with_for_update() if lock else query).first()

    def _change(self, connection: Connection, pharmacy_id: str, thread_id: str, values: dict[str, Any]) -> None:
        mine = (threads.c.pharmacy_id == pharmacy_id) & (threads.c.thread_id == thread_id)
        connection.execute(threads.update().where(mine).values(**values))


def _status(row: Row[Any]) -> ThreadStatus:
    return ThreadStatus(row.thread_id, ThreadState(row.state), row.message_id, row.last_user_id, row.last_user_at)
