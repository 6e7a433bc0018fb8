"""Chat Completions on the wire: one client, one retry layer, and every way to fail turned into a short reason."""

import contextlib
import logging
from collections.abc import Generator
from email.utils import parsedate_to_datetime

import httpx2
import openai
import tenacity
from openai import Stream
from openai.types.chat import ChatCompletionChunk

from server.connectors.llm.dialect import Dialect, complaint_of, payload, simpler
from server.connectors.llm.live_call import LiveCall, current_call
from server.errors import ModelUnavailable
from server.ports import ModelRequest

_ATTEMPTS = 4
_ENDS = {"length": "cut_off", "content_filter": "refused", None: "cut_off"}
_backoff = tenacity.wait_exponential_jitter(multiplier=0.2, max=2.0, jitter=0.2)


def _watch(request: httpx2.Request) -> None:
    call = current_call.get()
    if call is not None:
        request.extensions["trace"] = call.watch


def _client(base_url: str, api_key: str) -> openai.OpenAI:
    # The package logs whole requests at DEBUG, and OPENAI_LOG switches that on behind our back: bodies are mail.
    logging.getLogger("openai").setLevel(logging.WARNING)
    http = openai.DefaultHttpxClient(
        follow_redirects=False,  # mail goes to the configured host, nowhere else
        limits=httpx2.Limits(max_keepalive_connections=0),  # each call has its own socket, so giving up hits only it
        event_hooks={"request": [_watch]},
    )
    # an endpoint without keys (Ollama) gets a word: an empty Bearer is not a valid header
    return openai.OpenAI(base_url=base_url, api_key=api_key or "none", max_retries=0, http_client=http)


def _retry_after(error: BaseException | None) -> float | None:
    """Seconds that a 429 or 503 asks us to wait. A date counts from the answer's own Date, so no clock is read."""
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    try:
        if "retry-after-ms" in headers:
            return max(float(headers["retry-after-ms"]) / 1000, 0.0)
        return max(float(headers["retry-after"]), 0.0)
    except KeyError:
        return None
    except ValueError:
        try:
            wait = parsedate_to_datetime(headers["retry-after"]) - parsedate_to_datetime(headers["date"])
        except (KeyError, ValueError, TypeError):
            return None
        return max(wait.total_seconds(), 0.0)


def _may_pass(error: BaseException) -> bool:
    """Whether the same request may succeed a moment later."""
    if isinstance(error, openai.RateLimitError):
        return error.code != "insufficient_quota"
    if isinstance(error, openai.APIStatusError):
        return error.status_code >= 500 or error.status_code in {408, 409}
    return isinstance(error, openai.APIConnectionError)


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = _retry_after(error)
    return _backoff(state) if asked is None else asked


def _retrying(call: LiveCall) -> tenacity.Retrying:
    def stop(state: tenacity.RetryCallState) -> bool:
        over = call.given_up.is_set() or state.upcoming_sleep >= call.remaining()
        return over or state.attempt_number >= _ATTEMPTS

    return tenacity.Retrying(
        retry=tenacity.retry_if_exception(_may_pass),
        wait=_wait,
        stop=stop,
        sleep=tenacity.sleep_using_event(call.given_up),
        reraise=True,
    )


def _words(stream: Stream[ChatCompletionChunk]) -> Generator[str]:
    """The answer's words. A stream that ends without a reason to end was cut off, however well it looks."""
    said, seen, reason = False, False, None
    for chunk in stream:
        seen = True
        for choice in chunk.choices[:1]:  # the chunk that tells the usage has none
            if choice.delta.refusal:
                raise ModelUnavailable("refused")
            if choice.delta.content:
                said = said or bool(choice.delta.content.strip())
                yield choice.delta.content
            reason = choice.finish_reason or reason
    if not seen:
        raise ModelUnavailable("malformed")
    if reason != "stop":
        raise ModelUnavailable(_ENDS.get(reason, "malformed"))
    if not said:
        raise ModelUnavailable("empty")


def _texts(stream: Stream[ChatCompletionChunk]) -> Generator[str]:
    with contextlib.closing(stream):  # also when it is left half read: a socket must not wait for the collector
        yield from _words(stream)


def _reason(error: Exception, call: LiveCall, *, begun: bool) -> str:
    if not call.remaining():
        return "timeout"
    if isinstance(error, openai.RateLimitError):
        return "rate_limited"
    if isinstance(error, openai.APIStatusError):
        return "refused" if error.status_code in {400, 413, 422} else "down"
    if isinstance(error, openai.APITimeoutError) and not isinstance(error.__cause__, httpx2.ConnectTimeout):
        return "timeout"
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIResponseValidationError):
        return "cut_off" if begun else "down"
    return "malformed"  # bytes that are no text, no JSON, or no chunk


class ChatCompletions:
    """One endpoint, and what it taught us about how it wants to be asked (kept as long as the process lives)."""

    def __init__(self, base_url: str, api_key: str, model: str, connect_timeout: float) -> None:
        self._completions = _client(base_url, api_key).chat.completions  # loads what the package loads late
        self._model = model
        self._connect_timeout = connect_timeout
        self._dialect = Dialect()

    def stream(self, request: ModelRequest, call: LiveCall) -> Generator[str]:
        """The answer's words. Retries only until the first one has come. Raises ModelUnavailable."""
        begun = False
        try:
            first, rest = _retrying(call)(self._begin, request, call)
            begun = True
            yield first
            yield from rest
        except ModelUnavailable:
            raise
        except Exception as error:
            raise ModelUnavailable(_reason(error, call, begun=begun)) from error

    def _begin(self, request: ModelRequest, call: LiveCall) -> tuple[str, Generator[str]]:
        dialect = self._dialect
        while True:
            call.check()
            try:
                stream = self._open(request, dialect, call)
                break
            except openai.APIStatusError as error:
                next_one = simpler(dialect, error.status_code, complaint_of(error.body))
                if next_one is None:
                    raise
                dialect = next_one
        self._dialect = dialect
        texts = _texts(stream)
        return next(texts), texts

    def _open(self, request: ModelRequest, dialect: Dialect, call: LiveCall) -> Stream[ChatCompletionChunk]:
        left = call.remaining()
        stream: Stream[ChatCompletionChunk] = self._completions.create(
            model=self._model,
            stream=True,
            timeout=httpx2.Timeout(left, connect=min(self._connect_timeout, left)),
            **payload(request, dialect),
        )
        return stream
