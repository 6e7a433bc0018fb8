"""A small real HTTP server that speaks the API's wire format and serves pane and playground, for states that the real
server seldom shows: stalls, problems, a sign-in that ended. `python -m tests.fake_api` runs it to look at the pane."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.fake_replies import READ_AT, SCENARIOS, reply_for

ROOT = Path(__file__).parent.parent
PLACES = {"/addin/": ROOT / "addin", "/playground/": ROOT / "server/web/playground"}
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
CSP = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
SPECIAL = ("stall", "problem", "cut", "no-audit", "signed-out")
MAILBOX = "info@apotheekdelinde.example"
PHARMACY = {
    "id": "de-linde",
    "name": "Apotheek De Linde",
    "languages": ["nl", "en"],
    "formal": True,
    "channel": "secure",
    "quote_original": True,
    "emergency_phone": "112",
    "mailboxes": [MAILBOX],
}
BODY = "Goedemiddag,\n\nZou ik mijn metoprolol weer kunnen bestellen?\n\nGroet, Fatima El Amrani"
SENDER = {"name": "Fatima El Amrani", "address": "f.elamrani@brievenbus.example"}


class Book:
    """What the server was asked, for tests to look at; and the pace at which it answers."""

    def __init__(self, pace: float = 0.0) -> None:
        self.pace = pace
        self.asked: list[tuple[str, str, Any]] = []
        self.keys: list[str] = []
        self.replies: dict[str, dict[str, Any]] = {}
        self.hung_up = threading.Event()
        self.hold_at = ""  # a step at which a draft waits for `go`
        self.go = threading.Event()
        self.slow_pane = threading.Event()  # cleared: the pane without a mailbox waits for what it must know
        self.slow_pane.set()
        self.states: dict[str, dict[str, Any]] = {}  # where a thread stands, when it is not open
        self.mails = list(dict.fromkeys([*SCENARIOS, *SPECIAL]))

    def bodies(self, ending: str) -> list[Any]:
        return [body for method, path, body in self.asked if method == "POST" and path.endswith(ending)]


def thread_row(thread_id: str, index: int) -> dict[str, Any]:
    return {
        "id": thread_id,
        "subject": f"Mail: {thread_id}",
        "from": SENDER,
        "sent_at": f"2026-11-27T09:{59 - index:02d}:00+00:00",
        "snippet": "Zou ik mijn metoprolol weer kunnen bestellen?",
        "folder": "inbox",
        "unread": index > 0,
        "pharmacy_id": "de-linde",
    }


def thread_document(thread_id: str) -> dict[str, Any]:
    message = {"id": "m1", "from": SENDER, "to": [{"name": "", "address": MAILBOX}], "sent_at": READ_AT, "text": BODY}
    html = "<p>Goedemiddag,</p><p>Wat zijn de <b>openingstijden</b>?</p>" if thread_id == "verify" else ""
    return {
        "id": thread_id,
        "subject": f"Mail: {thread_id}",
        "mailbox": MAILBOX,
        "messages": [{**message, "html": html, "outgoing": False, "attachments": []}],
    }


def problem(status: int, slug: str) -> dict[str, Any]:
    return {
        "type": f"/problems/{slug}",
        "title": slug,
        "status": status,
        "detail": "",
        "request_id": "req-7f3a",
        "retryable": True,
    }


class Answerer(BaseHTTPRequestHandler):
    book: Book

    def log_message(self, *_args: Any) -> None:
        """Quiet."""

    def _send(self, status: int, body: bytes, kind: str, keep: str = "no-store") -> None:
        self.send_response(status)
        self.send_header("Cache-Control", keep)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _json(self, document: Any, status: int = 200) -> None:
        kind = "application/json" if status < 400 else "application/problem+json"
        self._send(status, json.dumps(document).encode(), kind)

    def _file(self, path: str) -> None:
        name = "/playground/playground.html" if path == "/" else path
        for start, folder in PLACES.items():
            file = (folder / name.removeprefix(start)).resolve()
            if name.startswith(start) and file.is_file() and file.is_relative_to(folder):
                keep = "max-age=60" if self.book.pace == 0 else "no-store"  # who looks at the pane edits it too
                self._send(200, file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"), keep)
                return
        self._json(problem(404, "not-found"), 404)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        mails = self.book.mails
        if path == "/api/pane":
            if "mailbox" not in self.path and "taskpane" in self.headers.get("Referer", ""):
                self.book.slow_pane.wait(10)
            pane = {
                "mode": "sandbox",
                "user": {"name": "Demo", "role": "pharmacist"},
                "model": None,
                "version": "0.1.0",
            }
            self._json({**pane, "pharmacy": PHARMACY, "pharmacies": [PHARMACY]})
        elif path == "/api/sandbox/threads":
            self._json({"threads": [thread_row(name, i) for i, name in enumerate(mails)]})
        elif path.startswith("/api/sandbox/threads/"):
            self._json(thread_document(path.removeprefix("/api/sandbox/threads/")))
        elif path.endswith("/state"):
            thread_id = path.removeprefix("/api/threads/").removesuffix("/state")
            standing = {"state": "open", "stale": False, "escalation_open": False}
            self._json({**standing, **self.book.states.get(thread_id, {})})
        elif path.startswith("/api/replies/"):
            self._json(self.book.replies[path.removeprefix("/api/replies/")])
        else:
            self._file(path)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_json = self.headers.get("Content-Type", "").startswith("application/json")
        body = json.loads(raw) if is_json else raw
        path = urlsplit(self.path).path
        self.book.asked.append(("POST", path, body))
        self.book.keys.append(self.headers.get("Idempotency-Key", ""))
        if path == "/api/replies":
            self._draft(body["thread"]["thread_id"], body)
        elif path == "/api/threads":
            self.book.mails.insert(0, "own")
            self._json({"thread_id": "own"}, 201)
        elif path.endswith("/outcome"):
            self._json({"id": path.split("/")[3], "kind": body["kind"], "changed": False, "diff": []})
        elif path.endswith("/escalation"):
            self._json({"escalation_id": "e1"}, 201)
        elif path.endswith("/patient"):
            asked = self.book.bodies("/api/replies")[-1]
            self._draft(asked["thread"]["thread_id"], {**asked, **body})
        else:
            self._json(problem(404, "not-found"), 404)

    def _remember(self, reply: dict[str, Any]) -> dict[str, Any]:
        self.book.replies[reply["id"]] = reply
        return reply

    def _event(self, name: str, data: Any) -> None:
        self.wfile.write(f": ping\n\nevent: {name}\ndata: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()
        time.sleep(self.book.pace)
        if name == "progress" and data["step"] == self.book.hold_at:
            self.book.go.wait(10)

    def _draft(self, scenario: str, body: dict[str, Any]) -> None:
        if scenario == "signed-out":
            self._json(problem(401, "unauthorized"), 401)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("X-Request-Id", "req-7f3a")
        self.end_headers()
        self.close_connection = True
        try:
            self._stream(scenario, body)
        except (BrokenPipeError, ConnectionResetError):
            self.book.hung_up.set()

    def _stream(self, scenario: str, body: dict[str, Any]) -> None:
        reply = reply_for(scenario, f"r{len(self.book.replies) + 1}", body)
        self._event("progress", {"step": "thread", "ms": 0.1})
        self._event("progress", {"step": "patient", "ms": 1.0})
        while scenario == "stall" and not self.book.hung_up.is_set():
            self.wfile.write(b": ping\n\n")
            self.wfile.flush()
            time.sleep(0.02)
        if scenario == "problem":
            self._event("problem", problem(502, "connector-failed"))
        if scenario in {"problem", "cut"}:
            return
        self._event("progress", {"step": "triage", "ms": 2.0})
        self._event("triage", {"patient": reply["patient"], "triage": reply["triage"]})
        if scenario == "no-audit":
            self._event("problem", problem(503, "audit-unavailable"))
            return
        self._event("progress", {"step": "draft", "ms": 3.0})
        for one in (reply["draft"] or {"parts": []})["parts"]:
            self._event("part", {"index": one["index"], "part": one, "facts": reply["facts"]})
        self._event("progress", {"step": "safety", "ms": 4.0})
        self._event("progress", {"step": "audit", "ms": 5.0})
        self._event("done", {"reply": self._remember(reply)})


@contextmanager
def serving(book: Book, port: int = 0):
    """Runs the server in a thread; gives its class (whose `book` may be changed) and its address."""
    answerer = type("BoundAnswerer", (Answerer,), {"book": book})
    server = ThreadingHTTPServer(("127.0.0.1", port), answerer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield answerer, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


if __name__ == "__main__":
    with serving(Book(pace=0.3), port=8090):
        threading.Event().wait()
