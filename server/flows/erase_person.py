"""One person is forgotten: the key to what is kept of them is destroyed, and the log says so and still verifies."""

from server.errors import InvalidRequest
from server.model.audit import AuditEvent
from server.services import Services


def erase_person(services: Services, pharmacy_id: str, *, patient_id: str = "", address: str = "", by: str) -> int:
    """Destroys the keys of a patient, of an address (a stranger's mails), or of both; returns how many there were.
    Raises InvalidRequest when neither is named, NotFound for no such pharmacy."""
    services.pharmacies.get(pharmacy_id)
    people = [("patient", patient_id)] * bool(patient_id) + [("email", address)] * bool(address)
    if not people:
        raise InvalidRequest("name a patient or an address")
    erased = 0
    for kind, value in people:
        reference = services.vault.person_ref(pharmacy_id, kind, value)
        event = AuditEvent(
            type="person.erased",
            action="D",
            pharmacy_id=pharmacy_id,
            user_id=by,
            role="admin",
            at=services.now(),
            object_type="person",
            subject=reference,
        )
        with services.transaction() as connection:
            erased += services.vault.erase_person(pharmacy_id, reference, connection)
            services.audit.append(event, connection=connection)
    services.vault.forget_journal()
    return erased
