"""A language model behind any endpoint that speaks OpenAI's Chat Completions: OpenAI, Azure, Ollama, vLLM, llama.cpp."""

import threading
from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

from server.connectors.llm.live_call import LiveCall, stream_in_thread
from server.ports import ModelRequest

if TYPE_CHECKING:
    from server.connectors.llm.chat_completions import ChatCompletions


class OpenAICompatible:
    """`connect_timeout`: seconds for one connection to come about; the total is each call's own deadline."""

    def __init__(self, base_url: str, api_key: str, model: str, *, connect_timeout: float = 3.0) -> None:
        self._base_url = base_url
        self._api_key = api_key
        self._model = model
        self._connect_timeout = connect_timeout
        self._wire: ChatCompletions | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"OpenAICompatible(model={self._model!r})"

    @property
    def name(self) -> str:
        """The model's, or Azure deployment's, name."""
        return self._model

    def answer(self, request: ModelRequest, *, deadline: float) -> Generator[str]:
        """The answer's text as it comes in. Raises ModelUnavailable; closing the iterator shuts the connection."""
        return stream_in_thread(partial(self._stream, request), deadline)

    def warm(self) -> None:
        """Loads what the first call would wait for; sends nothing."""
        with self._lock:
            if self._wire is None:
                # imported late: the openai package takes 0.4 s to load, and a server without a model never needs it
                from server.connectors.llm.chat_completions import ChatCompletions

                self._wire = ChatCompletions(self._base_url, self._api_key, self._model, self._connect_timeout)

    def _stream(self, request: ModelRequest, call: LiveCall) -> Generator[str]:
        self.warm()
        assert self._wire is not None
        yield from self._wire.stream(request, call)
