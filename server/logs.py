"""Log lines as JSON with a request id; only known keys pass, so a body, a name or a token cannot."""

import logging
import sys
import threading
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

# Keys that may appear with their value. Anything else is written as [redacted]: adding one is a decision, made here.
ALLOWED = frozenset({
    "event", "level", "timestamp", "logger", "request_id", "route", "method", "status", "ms", "step", "kind", "count",
    "code", "reason", "model", "pharmacy_id", "reply_id", "thread_state", "exc_type", "exception", "version", "port",
})  # fmt: skip


def _redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value if key in ALLOWED else "[redacted]" for key, value in event.items()}


def _without_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its type and the places it passed: its message may quote a mail."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0]:
        event["exc_type"] = info[0].__name__
        frames = traceback.extract_tb(info[2])
        event["exception"] = " | ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}:{f.name}" for f in frames)
    return event


def _foreign_text(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A library's own line may hold a URL or a body: keep who spoke, not what."""
    record = event.get("_record")
    if record is not None and event.get("_from_structlog") is False:
        event["event"] = f"library line {record.filename}:{record.lineno}"
    return event


def _thread_failed(args: threading.ExceptHookArgs) -> None:
    """A thread that dies would print its message, and whatever that quotes."""
    structlog.get_logger("thread").error("thread failed", exc_info=args.exc_value)


def configure_logs(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Sends every log line of this process, ours and libraries', through the allow-list to `stream` (stderr)."""
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                _foreign_text,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_values,
                _redact,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in ("gunicorn.error", "gunicorn.access"):  # they bring handlers of their own, which print what they like
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    threading.excepthook = _thread_failed
    # These write one line a request with the address in it; ours says the same without.
    for name in ("werkzeug", "httpx2", "httpcore2", "openai", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
