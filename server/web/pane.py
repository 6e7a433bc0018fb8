"""What the pane needs to start, and the sandbox's mailbox."""

from http import HTTPStatus
from typing import Any

from flask import request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field

from server.flows.browse_sandbox import add_thread, list_threads, read_thread
from server.flows.open_pane import open_pane
from server.web.auth import caller, services
from server.web.replies import PROBLEMS
from server.web.schemas import PaneOut, ThreadIdOut, ThreadOut, ThreadPath, ThreadsOut

MAX_MAIL = 25 * 1024 * 1024
blueprint = APIBlueprint("pane", __name__, url_prefix="/api", abp_tags=[Tag(name="pane")])
sandbox = APIBlueprint("sandbox", __name__, url_prefix="/api", abp_tags=[Tag(name="sandbox")])


class PaneQuery(BaseModel):
    mailbox: str = Field("", max_length=320)


class FolderQuery(BaseModel):
    folder: str = Field("", max_length=40)


@blueprint.get("/pane", responses={"200": PaneOut, **PROBLEMS}, summary="What the pane needs to start")
def pane(query: PaneQuery) -> dict[str, Any]:
    return open_pane(services(), caller(), query.mailbox)


@sandbox.get("/sandbox/threads", responses={"200": ThreadsOut, **PROBLEMS}, summary="The demo inbox")
def threads(query: FolderQuery) -> dict[str, Any]:
    return {"threads": list_threads(services(), caller(), query.folder)}


@sandbox.get("/sandbox/threads/<path:thread_id>", responses={"200": ThreadOut, **PROBLEMS}, summary="A demo thread")
def thread(path: ThreadPath) -> dict[str, Any]:
    return read_thread(services(), caller(), path.thread_id)


@sandbox.post("/threads", responses={"201": ThreadIdOut, **PROBLEMS}, summary="Try a mail of your own (message/rfc822)")
def drop_thread() -> tuple[dict[str, Any], int]:
    request.max_content_length = MAX_MAIL + 1024
    return {"thread_id": add_thread(services(), request.get_data())}, HTTPStatus.CREATED
