"""`python -m server what-leaves FILE.eml`: exactly what a model would be sent about a mail, or why nothing would be."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from server.commands.draft_file import given_mail
from server.connectors.llm.recorded import RecordedAnswers
from server.flows.reply_document import request_text
from server.flows.what_leaves import Leaving, what_would_leave
from server.ports import ModelRequest

_WHY = {
    "egress": "what is left of the mail could still identify somebody",
    "too_long": "the mail is too long to be read as a whole",
    "empty": "there is nothing to read",
    "internal": "the request could not be made (a fault of ours; the log has it)",
}
_TITLES = {"opinion": "an opinion of each sentence", "write": "the order of the reply's sentences"}


def what_leaves(path: Path, records: Mapping[str, Any] | None) -> Leaving:
    """What a model would be asked about the mail in a file, over `records` or the demo's. Nothing is sent."""
    services, pharmacy, thread, request = given_mail(path, records)
    return what_would_leave(services, pharmacy, thread, request, RecordedAnswers({}))


def show_leaving(leaving: Leaving) -> str:
    """As a person reads it: each message word by word, under its role."""
    lines = list(_reasons(leaving))
    for request in leaving.plan.requests:
        lines += ["=" * 72, f"The model is asked for {_TITLES[request.kind]}:", *_messages(request)]
    return "\n".join(lines)


def leaving_json(leaving: Leaving) -> str:
    """The exact text of each request, as the log's hash covers it."""
    return json.dumps([{"kind": r.kind, "text": request_text(r)} for r in leaving.plan.requests], ensure_ascii=False)


def _messages(request: ModelRequest) -> Iterator[str]:
    for message in request.messages:
        yield from ("-" * 72, f"[{message['role']}]", message["content"])
    yield from ("-" * 72, "[shape of the answer]", json.dumps(request.schema, ensure_ascii=False, sort_keys=True))


def _reasons(leaving: Leaving) -> Iterator[str]:
    """Why something is not asked."""
    standing = [f.code for f in leaving.triage.findings if f.stands]
    plan = leaving.plan
    if not plan.requests:
        yield "Nothing would be sent to a model."
    if plan.opinion is None:
        decided = (
            f"the rules decide already ({', '.join(dict.fromkeys(standing))})" if standing else "no person sent it"
        )
        yield f"No opinion is asked: {_WHY.get(plan.no_opinion, decided)}."
    if plan.text is None:
        yield f"No text is asked: {_WHY.get(plan.no_text, 'the reply states nothing that a model would order')}."
