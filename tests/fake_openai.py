"""A strict local server that speaks Chat Completions with streaming, and misbehaves on request.

`server.answers` is a list of scripts, one a call (the last one stays). A script gets the connection and the request's
body and writes what it likes. What the client sent is in `server.requests`."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

KEY = "sk-test-1234567890"
_FIELDS = {"model", "messages", "stream", "response_format", "max_tokens", "max_completion_tokens", "temperature"}


class Connection:
    """What a script may do with the client at the other end."""

    def __init__(self, handler: BaseHTTPRequestHandler, stalled: threading.Event) -> None:
        self._handler = handler
        self._stalled = stalled
        self.gone = False

    def head(self, status: int = 200, content_type: str = "text/event-stream", **headers: str) -> None:
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type)
        self._handler.send_header("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def raw(self, data: bytes) -> None:
        try:
            self._handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self._handler.wfile.flush()
        except OSError:
            self.gone = True

    def event(self, data: Any) -> None:
        self.raw(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())

    def chunk(self, content: str | None = None, finish: str | None = None, **delta: Any) -> None:
        words = {**({} if content is None else {"content": content}), **delta}
        choice = {"index": 0, "delta": words, "finish_reason": finish}
        self.event({"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})

    def usage(self) -> None:
        counts = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
        self.event(
            {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": counts}
        )

    def done(self) -> None:
        self.raw(b"data: [DONE]\n\n")
        self.end()

    def end(self) -> None:
        try:
            self._handler.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.gone = True

    def cut(self) -> None:
        """Hangs up in the middle of the answer."""
        self._handler.close_connection = True
        self._handler.connection.close()

    def stall(self, seconds: float = 5.0) -> None:
        """Says nothing until the client hangs up (then `gone`), or the test is over."""
        self._stalled.set()
        self._handler.connection.settimeout(seconds)
        try:
            self.gone = self._handler.connection.recv(1) == b""
        except OSError:
            self.gone = False

    def error(self, status: int, message: str, *, code: str = "", param: str = "", **headers: str) -> None:
        body = json.dumps(
            {"error": {"message": message, "type": "invalid_request_error", "code": code, "param": param}}
        )
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", "application/json")
        self._handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()
        self._handler.wfile.write(body.encode())


Script = Callable[[Connection, dict[str, Any]], None]


def says(text: str, size: int = 7) -> Script:
    """A well-behaved answer in pieces of `size` characters, with a usage chunk at the end."""

    def script(connection: Connection, body: dict[str, Any]) -> None:
        connection.head()
        connection.chunk("", role="assistant")
        for start in range(0, len(text), size):
            connection.chunk(text[start : start + size])
        connection.chunk(finish="stop")
        connection.usage()
        connection.done()

    return script


def fails(status: int, message: str = "no", **more: str) -> Script:
    """An error instead of an answer."""
    return lambda connection, body: connection.error(status, message, **more)


def refuses_formats(*formats: str, status: int = 400, otherwise: Script) -> Script:
    """Like an older server: an error for each response format it does not know."""

    def script(connection: Connection, body: dict[str, Any]) -> None:
        wanted = body.get("response_format", {}).get("type", "plain")
        if wanted in formats:
            connection.error(status, f"'response_format.type' {wanted} is not supported", param="response_format")
        else:
            otherwise(connection, body)

    return script


@dataclass
class FakeOpenAI:
    """`requests`: bodies as sent, in order; `left`: set once a stalled client has hung up."""

    url: str
    answers: list[Script]
    requests: list[dict[str, Any]] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)
    complaints: list[str] = field(default_factory=list)


def _complaint(handler: BaseHTTPRequestHandler, body: Any) -> str:
    if handler.path != "/v1/chat/completions":
        return f"unknown path {handler.path}"
    if not isinstance(body, dict) or set(body) - _FIELDS:
        return f"unknown fields {sorted(set(body) - _FIELDS)}"
    roles = [message.get("role") for message in body["messages"]]
    if body.get("stream") is not True or not isinstance(body.get("model"), str):
        return "model and stream are required"
    if roles[0] != "system" or any(one == other for one, other in pairwise(roles)):
        return f"roles must alternate: {roles}"
    return ""


def _handler(server: FakeOpenAI) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            connection = Connection(self, server.stalled)
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                connection.error(401, "Incorrect API key provided")
                return
            complaint = _complaint(self, body)
            if complaint:
                server.complaints.append(complaint)
                connection.error(404, complaint)
                return
            server.requests.append(body)
            script = server.answers[min(len(server.requests), len(server.answers)) - 1]
            script(connection, body)
            if connection.gone:
                server.left.set()
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing on standard error."""

    return Handler


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what these tests are about."""


@contextmanager
def fake_openai(*answers: Script) -> Iterator[FakeOpenAI]:
    """A server on a free port of this machine for the length of a test."""
    state = FakeOpenAI("", list(answers))
    httpd = _Quiet(("127.0.0.1", 0), _handler(state))
    state.url = f"http://127.0.0.1:{httpd.server_port}/v1"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
        assert not state.complaints, state.complaints
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
