"""What needs no sign-in: is the process up, can it work, and the static files of pane and playground."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Response, send_from_directory
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from server.web.auth import services
from server.web.schemas import HealthOut

ROOT = Path(__file__).parent.parent.parent
ADDIN = ROOT / "addin"
PLAYGROUND = Path(__file__).parent / "playground"
blueprint = APIBlueprint("public", __name__, abp_tags=[Tag(name="public")])


class FilePath(BaseModel):
    name: str


@blueprint.get("/health", responses={"200": HealthOut}, summary="The process is up")
def health() -> dict[str, Any]:
    return {"status": "ok"}


@blueprint.get(
    "/ready", responses={"200": HealthOut, "503": HealthOut}, summary="It can draft: database and content are there"
)
def ready() -> tuple[dict[str, Any], int]:
    if services().ready():
        return {"status": "ready"}, HTTPStatus.OK
    return {"status": "not ready"}, HTTPStatus.SERVICE_UNAVAILABLE


@blueprint.get("/addin/<path:name>", doc_ui=False)
def addin(path: FilePath) -> Response:
    return send_from_directory(ADDIN, path.name, max_age=0)


@blueprint.get("/playground/<path:name>", doc_ui=False)
def playground(path: FilePath) -> Response:
    return send_from_directory(PLAYGROUND, path.name, max_age=0)


@blueprint.get("/", doc_ui=False)
def index() -> Response:
    return send_from_directory(PLAYGROUND, "playground.html", max_age=0)
