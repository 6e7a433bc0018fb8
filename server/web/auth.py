"""Who may call what: app.py lists each blueprint with one of these guards; a blueprint without one does not exist."""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, current_app, g, request

from server.errors import Forbidden
from server.model.identity import Caller, Role
from server.services import Services

LOOPBACK = frozenset({"127.0.0.1", "::1"})
Guard = Callable[[], None]


def services() -> Services:
    """This app's services."""
    found: Services = current_app.extensions["services"]
    return found


def caller() -> Caller:
    """The caller that the guard identified."""
    found: Caller = g.caller
    return found


def begin_request() -> None:
    """A request id for logs, problems and the audit; an id from outside is not trusted."""
    g.request_id = secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def refuse_strangers_in_sandbox() -> None:
    """The sandbox has no sign-in, so it answers this machine only, under its own name: a server bound elsewhere by
    mistake, or another site's name that points here, gets nothing."""
    if services().mode != "sandbox":
        return
    host = urlsplit(f"//{request.host}").hostname or ""
    if request.remote_addr not in LOOPBACK or host not in {*LOOPBACK, "localhost"}:
        raise Forbidden("the sandbox answers this machine only")


def public() -> None:
    """Anybody: health, static files, the OpenAPI document."""


def _signed_in(role: Role) -> Guard:
    def guard() -> None:
        headers = {name.lower(): value for name, value in request.headers.items()}
        g.caller = services().identity.identify(headers)
        if g.caller.user.role < role:
            raise Forbidden("this needs another role")

    return guard


staff = _signed_in(Role.STAFF)


def sandbox_only() -> None:
    """The demo inbox exists in the sandbox only."""
    if services().mode != "sandbox":
        raise Forbidden("only in the sandbox")
    staff()


def guarded(blueprint: Blueprint, guard: Guard) -> Blueprint:
    """The blueprint, asking `guard` before each view and before anything else is looked at."""
    blueprint.before_request_funcs.setdefault(None, []).insert(0, guard)
    return blueprint
