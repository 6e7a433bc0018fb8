"""Which pharmacy a request is for: the mailbox decides, within the caller's organisation."""

from server.errors import Conflict, Forbidden
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.services import Services


def own_pharmacies(services: Services, caller: Caller) -> list[Pharmacy]:
    """The pharmacies of the caller's organisation. Raises Forbidden when it has none here."""
    found = list(services.pharmacies.list(caller.organisation_id))
    if not found:
        raise Forbidden("your organisation has no pharmacy on this server; ask your administrator")
    return found


def find_pharmacy(services: Services, caller: Caller, mailbox: str) -> Pharmacy:
    """The pharmacy whose mailbox this is; the only one where there is one. Raises Conflict when a person must choose."""
    found = services.pharmacies.find_for_mailbox(caller.organisation_id, mailbox) if mailbox else None
    if found is not None:
        return found
    pharmacies = own_pharmacies(services, caller)
    if len(pharmacies) > 1:
        raise Conflict("several pharmacies and none has this mailbox; choose one")
    return pharmacies[0]
