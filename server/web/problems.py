"""Every error leaves as RFC 9457 problem+json: what happened and a request id, never a value from the request."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, json
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from server.errors import Problem

log = structlog.get_logger("web")
MEDIA_TYPE = "application/problem+json"


def problem_document(problem: Problem) -> dict[str, Any]:
    """RFC 9457 members, and whether trying again may help."""
    return {
        "type": f"/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "request_id": g.get("request_id", ""),
        "retryable": problem.retryable or problem.status in {502, 503},
    }


def _response(document: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(document), document["status"], headers, content_type=MEDIA_TYPE)


def on_problem(problem: Problem) -> Response:
    """One of our own errors, raised on purpose."""
    log.info("problem", code=problem.slug, status=problem.status)
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else None
    return _response(problem_document(problem), headers)


def on_validation_error(error: ValidationError) -> Response:
    """A request that does not fit its schema: where, and what was expected; never what was sent."""
    document = {
        "type": "/problems/invalid-request",
        "title": "Invalid request",
        "status": 422,
        "detail": "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}"
            for e in error.errors(include_input=False, include_context=False, include_url=False)
        ),
        "request_id": g.get("request_id", ""),
        "retryable": False,
    }
    return _response(document)


def _on_http_error(error: HTTPException) -> Response:
    code = error.code or 500
    document = {
        "type": f"/problems/http-{code}",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": "",
        "request_id": g.get("request_id", ""),
        "retryable": code >= HTTPStatus.BAD_GATEWAY,
    }
    kept = {k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After", "Location"}}
    if code < HTTPStatus.BAD_REQUEST:  # a redirect is no problem
        return Response(status=code, headers=kept)
    return _response(document, kept)


def _on_crash(error: Exception) -> Response:
    log.error("request failed", exc_info=error)
    return _response(problem_document(Problem()))


def register_problems(app: Flask) -> None:
    """Every way out of a view that is not an answer."""
    app.register_error_handler(Problem, on_problem)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_crash)
