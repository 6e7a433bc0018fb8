"""How one endpoint wants to be asked: compatible servers differ, and each refusal teaches us one simpler form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from server.ports import ModelRequest

_SIMPLER_FORMAT = {"json_schema": "json_object", "json_object": "plain"}
_NOT_UNDERSTOOD = frozenset({400, 404, 415, 422, 500, 501})
_THINKING_ROOM = 4  # models that insist on max_completion_tokens count their reasoning in it


@dataclass(frozen=True)
class Dialect:
    """`format` of the answer; `tokens_field` that caps it; whether `temperature` may be given (reasoning models refuse)."""

    format: str = "json_schema"
    tokens_field: str = "max_tokens"
    temperature: bool = True


def payload(request: ModelRequest, dialect: Dialect) -> dict[str, Any]:
    """The body's fields beside model and stream. Without a schema on the wire it is told in the instructions."""
    messages = [dict(message) for message in request.messages]
    fields: dict[str, Any] = {"messages": messages}
    if dialect.format == "json_schema":
        schema = {"name": request.kind, "strict": True, "schema": request.schema}
        fields["response_format"] = {"type": "json_schema", "json_schema": schema}
    else:
        told = json.dumps(request.schema, ensure_ascii=False, sort_keys=True)
        messages[0]["content"] += (
            f"\n\nAnswer with one JSON object that fits this JSON schema, and nothing else:\n{told}"
        )
    if dialect.format == "json_object":
        fields["response_format"] = {"type": "json_object"}
    room = _THINKING_ROOM if dialect.tokens_field == "max_completion_tokens" else 1
    fields[dialect.tokens_field] = request.max_tokens * room
    if dialect.temperature:
        fields["temperature"] = 0
    return fields


def simpler(dialect: Dialect, status: int, complaint: str) -> Dialect | None:
    """What to try after a refusal; None when it was not about the form of our request.

    A 500 must say that it is about the format (llama-cpp-python answers so); a bare 400 need not."""
    if status not in _NOT_UNDERSTOOD:
        return None
    words = complaint.casefold()
    if "max_tokens" in words and "max_completion_tokens" in words and dialect.tokens_field == "max_tokens":
        return replace(dialect, tokens_field="max_completion_tokens")
    if "temperature" in words and dialect.temperature:
        return replace(dialect, temperature=False)
    about_format = any(word in words for word in ("response_format", "json_schema", "json_object", "schema", "grammar"))
    unexplained = status in {400, 422} and not any(word in words for word in ("context", "content_filter", "model"))
    if (about_format or unexplained) and dialect.format in _SIMPLER_FORMAT:
        return replace(dialect, format=_SIMPLER_FORMAT[dialect.format])
    return None


def complaint_of(body: object) -> str:
    """The words of an error body that say what it is about: compared, never logged or shown."""
    if isinstance(body, Mapping):
        return " ".join(str(body.get(key) or "") for key in ("message", "code", "param", "type"))
    return str(body or "")[:2000]
