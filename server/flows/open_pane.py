"""What the pane must know before anybody clicks."""

from typing import Any

from server.errors import Conflict
from server.flows.audit_trail import VERSION
from server.flows.find_pharmacy import find_pharmacy, own_pharmacies
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.services import Services


def _document(pharmacy: Pharmacy) -> dict[str, Any]:
    return {
        "id": pharmacy.id,
        "name": pharmacy.name,
        "languages": list(pharmacy.languages),
        "formal": pharmacy.formal,
        "channel": pharmacy.channel,
        "quote_original": pharmacy.quotes_original,
        "emergency_phone": pharmacy.emergency_phone,
        "mailboxes": list(pharmacy.mailboxes),
    }


def open_pane(services: Services, caller: Caller, mailbox: str) -> dict[str, Any]:
    """User, pharmacy (the organisation's first while the mailbox does not decide), model and version."""
    pharmacies = own_pharmacies(services, caller)
    try:
        pharmacy = find_pharmacy(services, caller, mailbox)
    except Conflict:
        pharmacy = pharmacies[0]
    model = services.model(pharmacy)
    return {
        "mode": services.mode,
        "user": {"name": caller.user.name, "role": caller.user.role.name.lower()},
        "pharmacy": _document(pharmacy),
        "pharmacies": [_document(one) for one in pharmacies],
        "model": model.name if model else None,
        "version": VERSION,
    }
