"""A link, number, address or attachment that the pharmacy did not configure."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, Piece, ReplyBrief
from server.safety.reading import Reading, blocks, read_draft
from server.text.contact_data import ContactData, find_contact_data, link_host, link_key, phone_key

_HELP_LINES = frozenset({"112", "113", "08000113"})  # danger to life, thoughts of suicide (domain.md E-01)
_ATTACHED = re.compile(
    r"\b(?:bijgevoegd\w*|bijgesloten|meegestuurd\w*|als bijlage|in de bijlage|zie (?:de )?bijlage|zie (?:het )?attachment)\b(?!.{0,25}\b(?:u|je) (?:ons )?(?:stuurde|heeft|hebt|mailde))"
    r"|\bbijlage\b.{0,30}\b(?:vindt|staat|openen|invullen|downloaden)\b|\b(?:open|download|vul|bekijk)\b.{0,25}\b(?:bijlage|bestand|formulier|document|pdf)\b"
    r"|\b(?:attached (?:you|is|are|to this|please|find|form|document|file)|please find attached|see (?:the )?(?:attached|attachment|enclosed)|i have attached|we have attached|we've attached|enclosed|open the attach\w+|download (?:the|and|this|our|your|a)|in the attachment)\b"
)
_CLICK = re.compile(
    r"\b(?:klik|klikt|tik)\b.{0,20}\b(?:hier|link|knop|onderstaande)\b|\b(?:onderstaande|deze|volgende|bijgaande) (?:betaal)?link\b|\bbetaal(?:link|verzoek)\b|\btikkie\b|\bqr-?code\b|\bvia (?:de|een|deze) link\b"
    r"|\bclick (?:here|on|the|this|below)\b|\b(?:following|link) (?:link|below)\b|\bpayment (?:link|request)\b|\bscan the\b|\b(?:this|the|via|a) link\b|\bwhats ?app\b|\bfacebook\b|\btelegram\b|\bwetransfer\b|\bdropbox\b|\bgoogle (?:forms?|drive)\b"
)
_PAPERS = re.compile(
    r"\b(?:kopie|foto|scan|copy|picture|photo|image)\b.{0,30}\b(?:paspoort|identiteits\w*|rijbewijs|id-?(?:kaart|bewijs|card)?|passport|id card|identity|driving licen[cs]e|bankpas|zorgpas|insurance card)\b"
    r"|\b(?:mail|stuur|geef|send|e-?mail|reply with|provide)\b.{0,40}\b(?:bsn|burgerservicenummer|social security|wachtwoord|password|pincode|pin code|creditcard\w*|credit card|rekeningnummer|bank (?:details|account)|digid)\b"
)
_NOT = re.compile(r"\b(?:geen|niet|nooit|no|not|never|without)\b|n't\b")


def _own(brief: ReplyBrief) -> tuple[set[str], set[str], set[str]]:
    """Keys of the phones, hosts-and-paths and addresses that this pharmacy configured."""
    house = brief.pharmacy
    phones = {house.phone, house.emergency_phone, house.out_of_hours_phone, *house.own_phones}
    links = {house.portal_url, *house.own_links}
    emails = {house.email, *house.mailboxes}
    return (
        {phone_key(phone) for phone in phones if phone} | _HELP_LINES,
        {link_key(link) for link in links if link},
        {email.casefold() for email in emails if email},
    )


def _is_known(found: ContactData, brief: ReplyBrief, reading: Reading) -> bool:
    phones, links, emails = _own(brief)
    patient = reading.ledger.patient
    if found.kind == "phone":
        own = patient.phone if patient else None
        ours = found.key in phones or bool(own and found.key == phone_key(own))
        return ours or found.key in reading.ledger.mail_contacts
    if found.kind == "email":
        own = patient.email if patient else None
        sender = brief.thread.latest.sender.key
        ours = found.key in emails or found.key in (sender, (own or "").casefold())
        return ours or found.key in reading.ledger.mail_contacts
    hosts = {link_host(link) for link in links} | {email.rsplit("@", 1)[1] for email in emails if "@" in email}
    below = any(found.key == link or found.key.startswith(link + "/") for link in links)
    return below or (found.key == link_host(found.words) and found.key in hosts)


def _from_record(draft: Draft, brief: ReplyBrief, reading: Reading) -> Iterator[str]:
    """Ways to reach somebody that stand in a value of the record: a description, label or name is not checked by anybody,
    and whoever wrote into the pharmacy's system could send patients elsewhere."""
    for part in draft.parts:
        for piece in (piece for sentence in part.sentences for piece in sentence.pieces):
            if any(not path.startswith("pharmacy.") for path in piece.facts):
                found = find_contact_data(piece.text)
                yield from (
                    one.words for one in found if not _is_known(one, brief, reading) and not _is_insurer(piece, one)
                )


def _is_insurer(piece: Piece, found: ContactData) -> bool:
    """Some insurers are called by their bare host."""
    return found.key == link_host(found.words) and all(path.endswith(".insurer") for path in piece.facts)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for words in _from_record(draft, brief, reading):
        yield blocks("unsafe_link", "unsafe_link", words)
    for found in find_contact_data(reading.own_text):
        if not _is_known(found, brief, reading):
            yield blocks("unsafe_link", "unsafe_link", found.words)
    for passage in reading.of("free", "model", "staff"):
        folded = passage.line.folded
        for pattern in (_ATTACHED, _CLICK, _PAPERS):
            match = pattern.search(folded)
            linked = any(one.kind == "link" for one in passage.line.contacts)  # which is judged above
            known_link = linked and match and (pattern is _CLICK or match[0].startswith("download"))
            if match and not known_link and not _NOT.search(folded[max(0, match.start() - 30) : match.end() + 25]):
                yield blocks("unsafe_link", "unsafe_link", passage.line.text)
                break
