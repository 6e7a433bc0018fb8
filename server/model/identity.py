"""Who is calling: the signed-in member of staff, and the right to read one mailbox for one request."""

from dataclasses import dataclass, field
from enum import IntEnum


class Role(IntEnum):
    """What a member of staff may do; a higher role may do all that a lower one may."""

    STAFF = 1
    PHARMACIST = 2
    ADMIN = 3


@dataclass(frozen=True)
class User:
    """A person of the pharmacy's staff. `id` is opaque (Entra `oid`, Google `sub`)."""

    id: str
    name: str = field(repr=False)
    role: Role = Role.STAFF


@dataclass(frozen=True)
class MailboxGrant:
    """The right to read one mailbox during one request. Never stored, never logged."""

    provider: str
    mailbox: str = field(repr=False)
    token: str = field(repr=False, default="")


@dataclass(frozen=True)
class Caller:
    """A user, the organisation (Entra tenant, Google domain) they belong to, and their mailbox grant."""

    user: User
    organisation_id: str
    grant: MailboxGrant
