"""Answers out of a file instead of a model, and the file of questions that still need one: `evaluate` with a model
that nobody has to run at that moment."""

import hashlib
import json
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

from server.errors import ModelUnavailable
from server.ports import ModelRequest


def request_key(request: ModelRequest) -> str:
    """SHA-256 of the canonical JSON of what is asked; the model's name is no part of it."""
    asked = {"kind": request.kind, "messages": [dict(m) for m in request.messages], "schema": request.schema}
    canonical = json.dumps(asked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


class RequestLog:
    """Appends each request once, one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._written: set[str] = set()
        path.write_text("", encoding="utf-8")

    def add(self, request: ModelRequest) -> None:
        """Writes the request, unless this log has it already."""
        key = request_key(request)
        messages = [dict(message) for message in request.messages]
        line = {"key": key, "kind": request.kind, "messages": messages, "schema": request.schema}
        with self._lock:
            if key in self._written:
                return
            self._written.add(key)
            with self._path.open("a", encoding="utf-8") as log:
                log.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_answers(path: Path) -> dict[str, str]:
    """Answers by key. Raises ValueError naming the line that is not one."""
    answers: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry: Any = json.loads(line)
            key, answer = entry["key"], entry["answer"]
        except (ValueError, TypeError, KeyError):
            raise ValueError(f"{path.name}, line {number}: not a recorded answer") from None
        answers[str(key)] = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return answers


class RecordedAnswers:
    """A language model that knows the answers of one file and no others; what it does not know goes into the log."""

    def __init__(self, answers: dict[str, str], log: RequestLog | None = None, *, name: str = "recorded") -> None:
        self._answers = answers
        self._log = log
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def answer(self, request: ModelRequest, *, deadline: float) -> Generator[str]:  # noqa: ARG002 (the port's signature)
        """The recorded text in one piece. Raises ModelUnavailable("down") when there is none. A question that is not
        answered is logged here and not when it is read, so that a log has the same order each time."""
        found = self._answers.get(request_key(request))
        if found is None and self._log is not None:
            self._log.add(request)
        return _replayed(found)


def _replayed(found: str | None) -> Generator[str]:
    if found is None:
        raise ModelUnavailable("down")
    yield found
