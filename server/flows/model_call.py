"""One request to a model under way in a thread of its own, so that an opinion and a text can be asked for at once.

The port is a plain generator, which can only be left between two values; here a deadline and a cancel hold whatever the
model does, and what came early waits until it is wanted."""

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from queue import Empty, SimpleQueue

import structlog

from server.errors import ModelUnavailable
from server.ports import LanguageModel, ModelRequest

log = structlog.get_logger("draft")
HEARTBEAT_SECONDS = 0.5  # how long silence lasts before an empty piece is given out
MAX_CHARS = 200_000  # of one answer; nothing we ask for is longer


class ModelCall:
    """`request` has left when this exists. Read it once, by `pieces`; `cancel` whenever nobody wants it any more.
    `seconds`: how long the whole answer may take, from now. Raises what the model raises when it cannot even begin."""

    def __init__(self, model: LanguageModel, request: ModelRequest, seconds: float) -> None:
        self.request = request
        self._ends_at = time.monotonic() + seconds
        self._over = threading.Event()
        self._items: SimpleQueue[str | ModelUnavailable | None] = SimpleQueue()
        answer = model.answer(request, deadline=seconds)
        work = partial(copy_context().run, self._work, answer)  # so that its log lines name the request they belong to
        threading.Thread(target=work, name=f"model-{request.kind}", daemon=True).start()

    def cancel(self) -> None:
        """Ends the call at the model's next sign (a connector gives one a second), at the latest at its deadline."""
        self._over.set()

    def pieces(self) -> Generator[str]:
        """The answer as it comes in; an empty piece for each while of silence. Raises ModelUnavailable with a reason.
        Closing it cancels the call."""
        try:
            while True:
                left = self._ends_at - time.monotonic()
                try:
                    item = self._items.get(timeout=max(min(HEARTBEAT_SECONDS, left), 0.0))
                except Empty:
                    if left <= 0:
                        raise ModelUnavailable("timeout") from None
                    yield ""
                    continue
                if item is None:
                    return
                if isinstance(item, ModelUnavailable):
                    raise item
                yield item
        finally:
            self.cancel()

    def _work(self, answer: Iterator[str]) -> None:
        try:
            self._collect(answer)
            self._items.put(None)
        except ModelUnavailable as problem:
            self._items.put(problem)
        except Exception:  # a fault around one model must not take the reply down
            log.exception("model call failed")
            self._items.put(ModelUnavailable("internal"))
        finally:
            if isinstance(answer, Generator):
                with suppress(Exception):
                    answer.close()  # at once, not when it is collected: closing is what cancels a call

    def _collect(self, answer: Iterator[str]) -> None:
        room = MAX_CHARS
        for piece in answer:
            if self._over.is_set():
                return
            if time.monotonic() > self._ends_at:  # here, where it comes in: what came in time may be read later
                raise ModelUnavailable("timeout")
            room -= len(piece)
            if room < 0:
                raise ModelUnavailable("malformed")
            if piece:
                self._items.put(piece)
