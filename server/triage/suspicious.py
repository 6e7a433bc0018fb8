"""Attacks that hide: instructions in text that no reader sees, in encoded or disguised words, in a model's own markup.

The plain ones are patterns (content/triggers/suspicious_content.toml); these are what patterns over words cannot see. What is
found is a signal for staff: that nothing of an attack reaches a draft rests on the checks (server/safety), not on this."""

import re
from collections.abc import Collection, Iterator

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch
from server.model.pharmacy import Pharmacy
from server.model.rulebook import Rulebook
from server.model.thread import Message
from server.text.contact_data import find_contact_data
from server.text.words import fold
from server.triage.disguises import decoded, disguised
from server.triage.triggers import find_triggers

CODE = "suspicious_content"
HIDDEN = "hidden_text"
_MAX_CHARS = 60_000
_MAX_LINES = 400
_MAX_SHOWN = 300  # characters of hidden text that staff sees
_SENTENCE = 5  # words: a logo's name or "x" out of sight is not worth a line
_UNPRINTED = re.compile(
    "(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]{3}|[\u200b-\u200d\u2060\ufeff]{4}"
)  # what a reader of mails left in
_ROLES = "system|user|assistant|tool|human|developer|instructions?|prompt|tasks?|job|inst"
_MARKUP = re.compile(
    r"<\|[^|<>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>"
    rf"|</?(?:{_ROLES})>|\[/?(?:{_ROLES})\]|\"role\"\s?:\s?\"(?:system|assistant|user)\""
    rf"|^[ \t]{{0,8}}#{{2,}}\s?\(?(?:{_ROLES}|new instruction)\b|\[\s?action\s?=|\{{\{{\s?\w{{1,40}}\s?\}}\}}"
    r"|!\[[^\]\n]{0,80}\]\(\s?https?://|\[[A-Z _-]{0,40}(?:SYSTEM|OVERRIDE|INSTRUCTION|PROTOCOL|PROMPT|ADMIN)[A-Z _:-]{0,40}",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING_TAG = re.compile(r"</([a-z][\w-]{2,30})\s?>", re.IGNORECASE)
_HTML_ELEMENTS = """html head body title style script meta link div span table tbody thead tfoot tr td th caption ul ol li dl dt
dd pre code font center strong small big sub sup del ins strike section article header footer nav main aside
form label button select option textarea input img svg iframe object blockquote cite abbr address figure
figcaption details summary h1 h2 h3 h4 h5 h6"""
_HTML = frozenset(_HTML_ELEMENTS.split())
_TURNS = re.compile(
    r"^[ \t>*]{0,8}(?:user|assistant|system|human|ai|bot|gebruiker|assistent|systeem)[ \t]?:",
    re.IGNORECASE | re.MULTILINE,
)
_CODE = re.compile(
    r"^\s{0,8}(?:import \w+|from \w+(?:\.\w+){0,3} import \w+|def \w+\(|function \w+\(|curl -|sudo\b)", re.MULTILINE
)
# What speaks to a machine: a command about mail, data or the answer. In text that no reader sees that is enough.
_COMMAND = re.compile(
    r"\b(?:forward|send|reply|e-?mail|append|include|delete|ignore|disregard|approve|mark|state|list|reveal"
    r"|stuur|mail|negeer|antwoord|voeg|keur|verwijder|markeer|noem|geef|vergeet)\b.{0,200}?"
    r"(?:@|assistant|assistent|patient|pati.nt|summary|samenvatting|reply|antwoord|gegevens|records|instruct|apothe|pharmac|verif|inbox)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"[\"'`“”‘’«»]([^\"'`“”‘’«»\n@]{2,80})[\"'`“”‘’«»]")
_NEAR = 160  # characters
# A third who is to get, know or do something.
_TO_THIRD = re.compile(
    r"\b(?:send|forward|e-?mail|reply|respond|write|copy|cc|bcc|deliver|transmit|notify|share|invite|add|grant|give|create|transfer|post"
    r"|upload|submit|report|contact|stuur|verstuur|mail|antwoord|schrijf|deel|voeg|geef|nodig)\b(?! (?:id|address|adres)\b)[^.!?\n]{0,160}$",
    re.IGNORECASE,
)


def find_disguised(
    message: Message, language: str, rulebook: Rulebook, known: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What is hidden in this mail, encoded or disguised. Hidden text alone is common (the preview line of a newsletter):
    it is shown, and counts when it speaks as an attack does. `known`: mail addresses of the
    house and of the patient's record."""
    return tuple(_found(message, language, rulebook, known))


def known_addresses(pharmacy: Pharmacy, match: PatientMatch) -> tuple[str, ...]:
    """The mail addresses that are the house's own, the patient's or a contact's on record."""
    patient = match.patient
    own = (patient.email or "", *(contact.email for contact in patient.contacts)) if patient else ()
    return tuple(filter(None, (pharmacy.email, *pharmacy.mailboxes, *own)))


def _found(message: Message, language: str, rulebook: Rulebook, known: Collection[str]) -> Iterator[Finding]:
    new = f"{message.subject}\n{message.text.new}\n{message.text.signature}"[:_MAX_CHARS]
    hidden = message.text.hidden[:_MAX_CHARS]
    yield from _shown(hidden)
    names = "\n".join((message.sender.name, *(file.name for file in message.attachments)))[:2_000]
    unread = (("hidden", hidden), ("signature", message.text.signature[:_MAX_CHARS]), ("name", names))
    for where, text in (*unread, ("encoded", "\n".join(decoded(f"{new}\n{hidden}")))):
        if quotes := _attack(text, language, rulebook):
            yield _finding(where, quotes)
    yield from _dangers(hidden, language, rulebook)
    if command := _COMMAND.search(hidden):
        yield _finding("hidden_command", (command.group()[:200],))
    if encoded := [said for said in decoded(new) if len(said.split()) > 3 or len(said) > 9]:
        yield _finding("encoded_words", (encoded[0][:200],))
    if markup := _markup(f"{new}\n{hidden}\n{message.text.quoted[:_MAX_CHARS]}"):
        yield _finding("markup", (markup,))
    if words := _to_third(new, {message.sender.key, *(address.casefold() for address in known)}):
        yield _finding("to_third", (words,))
    if disguised(new):
        yield _finding("disguised")
    if _UNPRINTED.search(f"{new}{names}"):
        yield _finding("invisible")


def _shown(hidden: str) -> Iterator[Finding]:
    """The hidden text, so that a person can look at it."""
    lines = [line for line in hidden.splitlines() if len(line.split()) >= _SENTENCE]
    if lines:
        yield Finding(HIDDEN, Part.FLOOR, Severity.SOFT, "mail/hidden_text", (" … ".join(lines)[:_MAX_SHOWN],))


def _dangers(hidden: str, language: str, rulebook: Rulebook) -> Iterator[Finding]:
    """Danger in hidden text counts: who writes in dark mode sends white letters, and is no attacker."""
    lines = [line for line in hidden.splitlines() if line.strip()][:_MAX_LINES]
    yield from (found for found in (find_triggers(lines, language, rulebook) if lines else ()) if found.code != CODE)


def _attack(text: str, language: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The words by which a text that nobody was meant to read speaks as an attack does."""
    lines = [line for line in text.splitlines() if line.strip()][:_MAX_LINES]
    found = find_triggers(lines, language, rulebook) if lines else ()
    return tuple(
        dict.fromkeys(quote for one in found if one.code == CODE and _is_instruction(one) for quote in one.quotes)
    )


def _markup(text: str) -> str:
    """A model's own signs, a made-up conversation, code, or a closing tag that HTML does not have."""
    for pattern in (_MARKUP, _CODE):
        if match := pattern.search(text):
            return str(match.group())[:100]
    if len(turns := _TURNS.findall(text)) > 1:
        return str(turns[0]).strip()
    return next((f"</{name}>" for name in _CLOSING_TAG.findall(text) if name.lower() not in _HTML), "")


def _to_third(text: str, known: Collection[str]) -> str:
    """An order about a mail address that neither the sender nor the house has: to write there, or, between quotation marks
    beside it, what to write, in any language."""
    for found in find_contact_data(text) if "@" in text else ():
        if found.kind != "email" or found.key in known:
            continue
        before = text[max(0, found.start - _NEAR) : found.start]
        if order := _TO_THIRD.search(before):
            return f"{order[0]}{found.words}"
        near = before + text[found.start : found.end + _NEAR]
        if said := next((match for match in _QUOTED.finditer(near) if _is_message(match[1])), None):
            return f"{found.words} … {said[0]}"
    return ""


def _is_message(words: str) -> bool:
    """Whether what stands between quotation marks could be a text to send: words, no name of a file or a number."""
    return (
        len(words.split()) <= 12 and bool(re.fullmatch(r"[\w ,.!?:-]+", words)) and any(map(str.isalpha, fold(words)))
    )


def _is_instruction(finding: Finding) -> bool:
    return finding.rule.endswith(
        ("/instructs_the_assistant", "/drives_a_machine", "/markup_of_models", "/data_of_others")
    )


def _finding(rule: str, quotes: tuple[str, ...] = ()) -> Finding:
    return Finding(CODE, Part.FLOOR, Severity.HARD, f"suspicious/{rule}", quotes)
