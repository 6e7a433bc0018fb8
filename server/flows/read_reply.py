"""A reply that was made before: read again, or the state of its thread."""

from typing import Any

from server.errors import NotFound
from server.flows.audit_trail import seen
from server.flows.find_pharmacy import own_pharmacies
from server.flows.reply_document import iso
from server.model.escalation import ThreadState
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.services import Services


def read_kept(services: Services, pharmacy_id: str, reply_id: str) -> dict[str, Any]:
    """All that is kept of a reply. Raises NotFound, Erased."""
    return services.replies.get(pharmacy_id, reply_id)


def pharmacy_of_reply(services: Services, caller: Caller, reply_id: str) -> Pharmacy:
    """Which of the caller's own pharmacies has this reply. Raises NotFound, also when another organisation has it."""
    for pharmacy in own_pharmacies(services, caller):
        try:
            services.replies.get_row(pharmacy.id, reply_id)
        except NotFound:
            continue
        return pharmacy
    raise NotFound("no such reply")


def read_reply(services: Services, caller: Caller, reply_id: str) -> dict[str, Any]:
    """The reply as it was made, marked stale when a newer mail came. Reading is logged too."""
    pharmacy = pharmacy_of_reply(services, caller, reply_id)
    kept = read_kept(services, pharmacy.id, reply_id)
    row = services.replies.get_row(pharmacy.id, reply_id)
    services.audit.append(seen(services, caller, pharmacy.id, reply_id, row.person_ref))
    entries = services.audit.events(pharmacy.id, object_id=reply_id)
    audit = [{"seq": e.seq, "type": e.event.type, "at": iso(e.event.at)} for e in entries]
    return {**kept["reply"], "stale": row.stale, "audit": audit}


def thread_state(services: Services, caller: Caller, thread_id: str) -> dict[str, Any]:
    """Where a thread stands, in whichever of the caller's pharmacies it was seen; one never seen is open."""
    for pharmacy in own_pharmacies(services, caller):
        status = services.threads.get(pharmacy.id, thread_id)
        latest = services.replies.find_latest(pharmacy.id, thread_id)
        if status.message_id or latest:
            open_one = services.escalations.find_open(pharmacy.id, thread_id)
            stale = bool(latest and latest.stale)
            return {"state": status.state.value, "stale": stale, "escalation_open": open_one is not None}
    return {"state": ThreadState.OPEN.value, "stale": False, "escalation_open": False}
