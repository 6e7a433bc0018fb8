"""What staff did with a draft: inserted, edited or discarded. The client sends the final text, the server compares."""

import difflib
from typing import Any

from server.errors import InvalidRequest
from server.flows.audit_trail import outcome_recorded
from server.flows.events import Document
from server.flows.once import do_once
from server.flows.read_reply import pharmacy_of_reply, read_kept
from server.model.escalation import ThreadState
from server.model.identity import Caller
from server.model.reply import Outcome, OutcomeKind
from server.services import Services


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\r\n", "\n").splitlines() if line.strip()]


def compare(draft: str, final: str) -> list[str]:
    """The differences as lines that begin with "- " or "+ "; empty when only white space differs."""
    return [line for line in difflib.ndiff(_lines(draft), _lines(final)) if line[:2] in {"- ", "+ "}]


def record_outcome_once(
    services: Services, caller: Caller, reply_id: str, kind: OutcomeKind, final_text: str | None, key: str
) -> dict[str, Any]:
    """`record_outcome`, once per key; without a key each time. Raises Conflict when the key is another request's."""

    def do() -> tuple[str, dict[str, Any]]:
        return reply_id, record_outcome(services, caller, reply_id, kind, final_text)

    def again(_: str) -> dict[str, Any]:
        reply = read_kept(services, pharmacy.id, reply_id)["reply"]
        return _document(reply_id, kind, _difference(reply, final_text))

    pharmacy = pharmacy_of_reply(services, caller, reply_id)
    asked = ("outcome", reply_id, kind.value, final_text)
    return do_once(services, caller, pharmacy.id, key, asked, do, again)


def _difference(reply: Document, final_text: str | None) -> list[str]:
    drafted = reply["draft"]["text"] if reply["draft"] else ""
    return compare(drafted, final_text) if final_text is not None else []


def _document(reply_id: str, kind: OutcomeKind, diff: list[str]) -> dict[str, Any]:
    return {"id": reply_id, "kind": kind.value, "changed": bool(diff), "diff": diff}


def record_outcome(
    services: Services, caller: Caller, reply_id: str, kind: OutcomeKind, final_text: str | None
) -> dict[str, Any]:
    """Keeps the outcome (closed under the person's key) and logs it. Raises NotFound, InvalidRequest for an edit without
    its text."""
    if kind is OutcomeKind.EDITED and final_text is None:
        raise InvalidRequest("final_text: an edited draft comes with its text")
    pharmacy = pharmacy_of_reply(services, caller, reply_id)
    reply = read_kept(services, pharmacy.id, reply_id)["reply"]
    row = services.replies.get_row(pharmacy.id, reply_id)
    diff = _difference(reply, final_text)
    state = services.threads.get(pharmacy.id, row.thread_id).state
    outcome = Outcome(reply_id, kind, caller.user.id, services.now(), final_text)
    with services.transaction() as connection:
        services.replies.save_outcome(pharmacy.id, outcome, changed=bool(diff), diff=diff, connection=connection)
        event = outcome_recorded(services, caller, pharmacy.id, outcome, row.person_ref, changed=bool(diff))
        services.audit.append(event, connection=connection)
        # With the pharmacist a thread stays until they decide: an acknowledgement is no answer.
        if state is ThreadState.DRAFTED:
            services.threads.move(
                pharmacy.id,
                row.thread_id,
                ThreadState.OPEN if kind is OutcomeKind.DISCARDED else ThreadState.ANSWERED,
                user_id=caller.user.id,
                at=outcome.at,
                connection=connection,
            )
    return _document(reply_id, kind, diff)
