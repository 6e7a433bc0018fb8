"""The sandbox's only user: no sign-in, loopback only (settings.py refuses any other address)."""

from collections.abc import Mapping

from server.model.identity import Caller, MailboxGrant, Role, User

ORGANISATION = "linde-groep"


class SandboxIdentity:
    """Everybody is the demo pharmacist. Exists only when nothing real is configured."""

    def identify(self, credentials: Mapping[str, str]) -> Caller:  # noqa: ARG002  (the port's signature)
        grant = MailboxGrant("sandbox", "*")
        return Caller(User("demo-user", "Demo-medewerker", Role.PHARMACIST), ORGANISATION, grant)
