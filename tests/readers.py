"""Everything that reads what somebody outside typed, as one call on a text, for measuring how it grows."""

from collections.abc import Callable
from datetime import date

from server.connectors.mail.html_text import read_html
from server.connectors.mail.parts import unflow
from server.connectors.mail.plain_text import read_body
from server.connectors.mail.quotes import split_quotes
from server.connectors.mail.signatures import split_signature
from server.safety.review import draft_from_text, review
from server.store.rulebook import load_rulebook
from server.text.dates import find_dates
from server.text.known_values import known_values
from server.text.language import detect_language
from server.text.medicines import find_medicines
from server.text.persons import find_persons
from server.text.pseudonyms import leaks, plain_text, pseudonymise
from server.text.sentences import split_sentences
from server.triage.assess import assess
from server.triage.triggers import find_triggers
from tests.builders import a_brief, a_contact, a_match, a_message, a_patient, a_pharmacy, a_thread

RULEBOOK = load_rulebook()
PARENT = a_message("Beste Jan,\n\nUw metoprolol ligt klaar.\nGroeten van de apotheek aan de Lijsterstraat")
MATCH = a_match(a_patient(contacts=(a_contact(),)))
KNOWN = known_values(MATCH, a_thread(), a_pharmacy())
TODAY = date(2026, 11, 20)


def _triggers(text: str) -> object:
    return find_triggers(split_sentences(text), "nl", RULEBOOK, find_medicines(text))


READERS: dict[str, Callable[[str], object]] = {
    "pseudonymise": lambda text: pseudonymise(plain_text(text), KNOWN),
    "leaks": lambda text: leaks(text, KNOWN),
    "find_persons": find_persons,
    "subject": lambda text: find_persons("Graag mijn pillen.", text),
    "split_sentences": split_sentences,
    "detect_language": detect_language,
    "find_triggers": _triggers,
    "find_medicines": find_medicines,
    "find_dates": lambda text: find_dates(text, "nl", TODAY),
    "split_quotes": lambda text: split_quotes(text, PARENT.text.new),
    "split_signature": split_signature,
    "read_body": lambda text: read_body(text, "text"),
    "read_html": read_html,
    "read_html tags": lambda text: read_html(f"<div>{text}<p>x"),
    "read_html style": lambda text: read_html(f"<style>{text}</style><p style='{text}' class='{text}'>x</p>"),
    "unflow": unflow,
    "assess": lambda text: assess(a_thread(a_message(text)), MATCH, RULEBOOK, a_pharmacy(), TODAY),
    "review": lambda text: review(draft_from_text(text, "nl"), a_brief()),
}
