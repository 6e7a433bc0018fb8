"""One streaming call in a thread of its own, so that deadline and cancel hold even while the network is silent.

A socket's own timeout starts again with every byte, and a generator can only be closed between two values. So the
reading happens in a worker thread; the consumer waits on a queue until the deadline, and whoever gives up shuts the
socket, which wakes the worker at once."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from typing import Any

from server.errors import ModelUnavailable

HEARTBEAT_SECONDS = 1.0  # how long silence lasts before an empty piece is given out


class LiveCall:
    """When a call must be over, whether it was given up, and the sockets that it opened."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self.given_up = threading.Event()

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(self._ends_at - time.monotonic(), 0.0)

    def check(self) -> None:
        """Raises ModelUnavailable once the time is over or the call was given up."""
        if self.given_up.is_set() or not self.remaining():
            raise ModelUnavailable("timeout")

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Learns the call's sockets: this is httpx2's "trace" extension, told of every network event."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            opened = info["return_value"].get_extra_info("socket")
            if opened is not None:
                self._sockets.append(opened)
            if self.given_up.is_set():
                self._shut()

    def give_up(self) -> None:
        """Ends the call now, wherever it stands. The order matters: `watch` looks at the flag after it adds a socket."""
        self.given_up.set()
        self._shut()

    def _shut(self) -> None:
        for opened in self._sockets:
            # not `opened.shutdown`: an SSLSocket's own one drops its TLS state under the thread that is reading
            with contextlib.suppress(OSError):
                socket.socket.shutdown(opened, socket.SHUT_RDWR)


current_call: ContextVar[LiveCall | None] = ContextVar("current_call", default=None)


def _work(
    produce: Callable[[LiveCall], Generator[str]], call: LiveCall, items: "SimpleQueue[str | ModelUnavailable | None]"
) -> None:
    current_call.set(call)
    try:
        with contextlib.closing(produce(call)) as texts:
            for text in texts:
                items.put(text)
                call.check()
        items.put(None)
    except ModelUnavailable as problem:
        items.put(problem)
    except Exception as error:  # whatever a foreign server made us stumble over: the template must still answer
        stumbled = ModelUnavailable("malformed")
        stumbled.__cause__ = error
        items.put(stumbled)


def _consume(produce: Callable[[LiveCall], Generator[str]], call: LiveCall) -> Generator[str]:
    items: SimpleQueue[str | ModelUnavailable | None] = SimpleQueue()
    threading.Thread(target=_work, args=(produce, call, items), name="model-call", daemon=True).start()
    try:
        while True:
            try:
                item = items.get(timeout=min(HEARTBEAT_SECONDS, call.remaining()))
            except Empty:
                if call.remaining() > 0.01:
                    yield ""  # nothing yet: whoever listens may look whether anybody still waits
                    continue
                raise ModelUnavailable("timeout") from None
            if item is None:
                return
            if isinstance(item, ModelUnavailable):
                raise item
            yield item
    finally:
        call.give_up()


def stream_in_thread(produce: Callable[[LiveCall], Generator[str]], seconds: float) -> Generator[str]:
    """What `produce` yields, until it ends, fails or `seconds` have passed (counted from now). Nothing starts before
    the first value is asked for; closing the generator gives the call up."""
    return _consume(produce, LiveCall(seconds))
