"""What in a mail's head speaks against its From: each doubt lowers the rung, none ever raises it."""

import re
from collections.abc import Iterator, Sequence

from server.model.patient import Evidence, Patient
from server.model.pharmacy import Pharmacy
from server.model.thread import EmailAddress, Message
from server.text.lookalike import domain_of, looks_like_address, looks_like_domain, plain_domain
from server.text.persons import may_be_called, name_tokens
from server.text.words import fold
from server.triage.concerned import Known

_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHARMACY = re.compile(
    r"\b(?:apotheek|apotheken|apotheker|apothekers|apotekersassistente?|apothekersassistente?|pharmacy|pharmacist|pharmacists)\b"
)
# Mailbox providers whose names are imitated most; a patient's own domain and the pharmacy's are compared as well.
_PROVIDERS = (
    "gmail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl", "live.com", "icloud.com", "yahoo.com", "ziggo.nl", "kpnmail.nl", "kpnplanet.nl", "planet.nl",
    "xs4all.nl", "hetnet.nl", "home.nl", "casema.nl", "chello.nl", "upcmail.nl", "telenet.be", "skynet.be", "proximus.be", "protonmail.com", "btinternet.com",
)  # fmt: skip


def _house(pharmacy: Pharmacy | None) -> frozenset[str]:
    if pharmacy is None:
        return frozenset()
    return frozenset(address.strip().casefold() for address in (pharmacy.email, *pharmacy.mailboxes) if "@" in address)


def _poses_as_house(sender: EmailAddress, pharmacy: Pharmacy | None, own: Sequence[str]) -> bool:
    """A display name that calls itself a pharmacy, this one, or somebody of its staff, from an address of neither."""
    shown = fold(sender.name)
    if not shown or sender.key in _house(pharmacy) or any(may_be_called(sender.name, name) for name in own):
        return False
    house = pharmacy.name if pharmacy else ""
    tokens = name_tokens(house) - {"apotheek", "pharmacy", "the"}
    staff = pharmacy.staff_names if pharmacy else ()
    is_house = bool(tokens) and tokens <= name_tokens(sender.name)
    is_staff = any(len(name_tokens(name)) > 1 and name_tokens(name) <= name_tokens(sender.name) for name in staff)
    return bool(_PHARMACY.search(shown)) or is_house or is_staff


def _lookalikes(address: str, pharmacy: Pharmacy | None) -> bool:
    """Whether a domain imitates the pharmacy's or a well-known provider's."""
    domain = domain_of(address)
    if not domain or plain_domain(domain) in _PROVIDERS:
        return False
    houses = {domain_of(house) for house in _house(pharmacy)}
    if plain_domain(domain) in {plain_domain(house) for house in houses}:
        return False
    imitated = any(looks_like_domain(domain, house) for house in houses)
    provider = any(looks_like_domain(domain, one) and not _only_ending(domain, one) for one in _PROVIDERS)
    return imitated or provider


def _only_ending(domain: str, real: str) -> bool:
    """ "live.be" for "live.nl": big providers have many endings of their own."""
    return plain_domain(domain).split(".")[-2:-1] == plain_domain(real).split(".")[-2:-1]


def _doubts(message: Message, known: Known, pharmacy: Pharmacy | None) -> Iterator[Evidence]:
    sender = message.sender
    own = [p.name for p in known.patients] + [contact.name for _, contact in known.acted_for]
    if message.reply_to is not None and message.reply_to.key != sender.key:
        look_alike = looks_like_address(message.reply_to.key, sender.key)
        yield Evidence("reply_to_lookalike" if look_alike else "reply_to_differs", message.reply_to.address)
    if message.authentication == "fail":
        yield Evidence("authentication_failed")
    if message.authentication == "mismatch":
        yield Evidence("sent_by_other_domain")
    inside = [found for found in _ADDRESS.findall(sender.name) if found.casefold() != sender.key]
    if inside:
        yield Evidence("name_holds_address", inside[0])
    if _poses_as_house(sender, pharmacy, own):
        yield Evidence("name_poses_as_pharmacy", sender.name[:80])


def sender_doubts(message: Message, known: Known, pharmacy: Pharmacy | None) -> tuple[Evidence, ...]:
    """Everything in the head that disagrees with the From address."""
    return tuple(_doubts(message, known, pharmacy))


def impostor(message: Message, candidates: Sequence[Patient], pharmacy: Pharmacy | None) -> Iterator[Evidence]:
    """Why an address that is on file for nobody is worse than unknown: it imitates one that is."""
    address = message.sender.key
    addresses = [p.email or "" for p in candidates] + [c.email for p in candidates for c in p.contacts]
    if any(looks_like_address(address, real) for real in addresses):
        yield Evidence("lookalike_address", message.sender.address)
    elif _lookalikes(address, pharmacy):
        yield Evidence("lookalike_domain", message.sender.address)


def origin(message: Message) -> Evidence:
    """Whether the receiving server checked where the mail came from. Nobody having said so changes nothing, but is told."""
    return Evidence("origin_checked" if message.authentication == "pass" else "origin_not_checked")
