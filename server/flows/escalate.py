"""A person hands a mail to the pharmacist, or opens the acknowledgement of an escalated one with a reason; the list, and one record."""

from typing import Any

from server.errors import NotFound
from server.flows.audit_trail import escalated, escalation_seen
from server.flows.find_pharmacy import own_pharmacies
from server.flows.once import do_once
from server.flows.read_reply import pharmacy_of_reply, read_kept
from server.flows.reply_document import iso
from server.model.escalation import Escalation, ThreadState
from server.model.identity import Caller
from server.model.triage import Urgency
from server.services import Services


def escalate_once(services: Services, caller: Caller, reply_id: str, reason: str, key: str) -> str:
    """`escalate_reply`, once per key; without a key each time. Raises Conflict when the key is another request's."""

    def do() -> tuple[str, str]:
        opened = escalate_reply(services, caller, reply_id, reason)
        return opened, opened

    pharmacy = pharmacy_of_reply(services, caller, reply_id)
    return do_once(services, caller, pharmacy.id, key, ("escalation", reply_id, reason), do, lambda opened: opened)


def escalate_reply(services: Services, caller: Caller, reply_id: str, reason: str) -> str:
    """Opens an escalation for the reply's thread, or adds the reason to the open one; returns its id. It never lowers
    anything: the findings stay."""
    pharmacy = pharmacy_of_reply(services, caller, reply_id)
    kept = read_kept(services, pharmacy.id, reply_id)
    reply = kept["reply"]
    row = services.replies.get_row(pharmacy.id, reply_id)
    now = services.now()
    triage = reply["triage"]
    codes = tuple(f["code"] for f in triage["findings"] if f["severity"] == "hard" and not f["cleared_by"])
    wanted = Escalation(
        id=services.new_id(),
        pharmacy_id=pharmacy.id,
        reply_id=reply_id,
        thread_id=row.thread_id,
        codes=tuple(dict.fromkeys(codes)) or ("by_staff",),
        urgency=int(Urgency[triage["urgency"].upper()]),
        opened_at=now,
        opened_by=caller.user.id,
        subject=next((m["subject"] for m in reversed(kept["thread"]["messages"]) if not m["outgoing"]), ""),
        reason=reason,
        history=reply["history"],
    )
    with services.transaction() as connection:
        opened = services.escalations.open_escalation(wanted, person_ref=row.person_ref, connection=connection)
        services.threads.move(
            pharmacy.id,
            row.thread_id,
            ThreadState.WITH_PHARMACIST,
            user_id=caller.user.id,
            at=now,
            connection=connection,
        )
        services.audit.append(escalated(services, caller, opened, row.person_ref, reason), connection=connection)
    return opened.id


def list_escalations(services: Services, caller: Caller) -> list[dict[str, Any]]:
    """The open ones of the caller's pharmacies, in order of arrival: ranking patients by need is not claimed."""
    found = [
        one for pharmacy in own_pharmacies(services, caller) for one in services.escalations.list_open(pharmacy.id)
    ]
    return [_listed(one) for one in sorted(found, key=lambda one: one.opened_at)]


def read_escalation(services: Services, caller: Caller, escalation_id: str) -> dict[str, Any]:
    """One record whole, with the reason and the summary of the patient's medicines. Reading is logged. Raises NotFound, also
    for another organisation's."""
    for pharmacy in own_pharmacies(services, caller):
        try:
            one = services.escalations.get(pharmacy.id, escalation_id)
        except NotFound:
            continue
        person = services.replies.get_row(pharmacy.id, one.reply_id).person_ref
        services.audit.append(escalation_seen(services, caller, one, person))
        return {**_listed(one), "closed_at": iso(one.closed_at), "reason": one.reason, "history": one.history}
    raise NotFound("no such escalation")


def _listed(one: Escalation) -> dict[str, Any]:
    return {
        "id": one.id,
        "pharmacy_id": one.pharmacy_id,
        "reply_id": one.reply_id,
        "thread_id": one.thread_id,
        "subject": one.subject,
        "codes": list(one.codes),
        "urgency": Urgency(one.urgency).name.lower(),
        "opened_at": iso(one.opened_at),
    }
