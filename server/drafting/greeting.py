"""How a reply opens and closes; the name comes from the record, never from the mail's header."""

from dataclasses import replace

from server.drafting.voice import Voice
from server.errors import InvalidContent
from server.model.reply import Piece, Sentence


def _said(voice: Voice, name: str) -> Sentence:
    sentence = voice.say_statement(voice.phrase(name))
    if sentence is None:
        raise InvalidContent(f"the last wording of {name} must need no field")
    return sentence


def greeting(voice: Voice) -> tuple[Sentence, ...]:
    """Addresses the sender by the name on record where that is known and may be used."""
    known = "sender.salutation" in voice.facts
    return (_said(voice, "wording_greeting_known" if known else "wording_greeting_unknown"),)


def subject_line(voice: Voice) -> str:
    """What stands above a reply that goes over a plain channel; "" leaves the mail's own subject."""
    return _said(voice, "wording_subject").text if voice.brief.pharmacy.channel == "plain" else ""


def closing(voice: Voice, *, with_contact: bool) -> tuple[Sentence, ...]:
    """How to reach us (not when the reply has said so already), the salutation and the house's name."""
    contact = voice.say_statement(voice.phrase("wording_contact")) if with_contact else None
    signed = (_said(voice, "wording_closing"), _said(voice, "wording_signature"))
    if contact is None:
        return signed
    # An empty line between the contact line and the salutation.
    return (replace(contact, pieces=(*contact.pieces, Piece("\n"))), *signed)
