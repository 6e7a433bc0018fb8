"""The web application: which blueprints exist and who guards each; nothing else."""

import time

import structlog
from flask import Response, g, request
from flask_openapi3 import Info, OpenAPI

from server.services import Services
from server.web import pane, public, replies
from server.web.auth import begin_request, guarded, refuse_strangers_in_sandbox, sandbox_only, staff
from server.web.auth import public as anybody
from server.web.problems import on_validation_error, register_problems
from server.web.schemas import ProblemOut

BLUEPRINTS = [
    (public.blueprint, anybody),
    (pane.blueprint, staff),
    (replies.blueprint, staff),
    (pane.sandbox, sandbox_only),
]
CSP = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
}
log = structlog.get_logger("web")


def _after(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.path.startswith("/api/") and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    route = request.url_rule.rule if request.url_rule else "unknown"
    ms = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
    log.info("request", method=request.method, route=route, status=response.status_code, ms=ms)
    return response


def _before() -> None:
    g.began = time.perf_counter()
    begin_request()
    refuse_strangers_in_sandbox()


def create_app(services: Services) -> OpenAPI:
    """The application over these services."""
    app = OpenAPI(
        "server",
        info=Info(title="Balie", version="0.1.0", description="Reply drafts for a pharmacy's mail"),
        static_folder=None,
        doc_prefix="/api",
        doc_url="/openapi.json",
        security_schemes={"bearer": {"type": "http", "scheme": "bearer"}},
        validation_error_status=422,
        validation_error_model=ProblemOut,
        validation_error_callback=on_validation_error,
    )
    app.extensions["services"] = services
    app.config["MAX_CONTENT_LENGTH"] = 26 * 1024 * 1024
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.before_request(_before)
    app.after_request(_after)
    register_problems(app)
    for blueprint, guard in BLUEPRINTS:
        if guard not in blueprint.before_request_funcs.get(None, []):
            guarded(blueprint, guard)
        app.register_api(blueprint)
    return app
