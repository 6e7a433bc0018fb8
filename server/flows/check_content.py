"""Whether content does what it says of itself: its patterns can be read, its own examples come out right."""

import re
from collections.abc import Iterator
from datetime import datetime

from server.drafting.wording import check_statement
from server.errors import InvalidContent
from server.model.finding import Severity
from server.model.patient import Patient, PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.reply import ReplyBrief
from server.model.rulebook import Rulebook, Statement
from server.model.thread import EmailAddress, MailText, Message, Thread
from server.model.triage import Question, Route, Triage, Urgency
from server.safety.reading import CHECKED_LANGUAGES
from server.safety.review import draft_from_text, review
from server.text.contact_data import find_contact_data
from server.text.medicines import find_medicines
from server.text.patterns import compile_patterns
from server.text.sentences import split_sentences
from server.text.words import clipped
from server.triage.questions import find_questions
from server.triage.triggers import find_triggers

_CHOICE = re.compile(r"\(\(([^()|]*)\|[^()]*\)\)")  # ((ligt|liggen)): the first
_FIELD = re.compile(r"(?<!\s)\s*\(\([^()]*\)\)")
_NUMBER = re.compile(r"\d+")
_CLASS = re.compile(r"<(\w+)>")
_PATTERNS = ("known_", "reading_")  # phrases that are read as patterns; the others are wordings


def find_faults(rulebook: Rulebook, pharmacy: Pharmacy, now: datetime) -> tuple[str, ...]:
    """One line for each thing that is wrong, naming where; empty when all is well."""
    unreadable = tuple(_unreadable(rulebook))
    if unreadable:
        return unreadable
    return (*_statements(rulebook, pharmacy, now), *_triggers(rulebook), *_intents(rulebook, pharmacy, now))


def _unreadable(rulebook: Rulebook) -> Iterator[str]:
    """Patterns of triggers, of intents and of the lists by which a mail is read that do not follow the notation."""
    tables = [(t.id, g.patterns) for t in rulebook.triggers.values() for g in t.groups]
    tables += [(t.id, t.cancels) for t in rulebook.triggers.values()]
    tables += [(i.id, i.patterns) for i in rulebook.intents.values()]
    tables += [(name, table) for name, table in rulebook.phrases.items() if name.startswith(_PATTERNS)]
    for where, table in tables:
        for pattern in (pattern for patterns in table.values() for pattern in patterns):
            try:
                compile_patterns([pattern])
            except ValueError as error:
                yield f"{where}: {clipped(str(error), 160)}"
            unknown = [name for name in _CLASS.findall(pattern) if f"reading_{name}" not in rulebook.phrases]
            yield from (f"{where}: <{name}> is no class: {clipped(pattern)}" for name in unknown)


def _statements(rulebook: Rulebook, pharmacy: Pharmacy, now: datetime) -> Iterator[str]:
    """A statement that can't be filled, or whose own words say what only a record may say, or advise, or promise. That an
    order is ready may be said: which statement speaks is decided by the record."""
    for statement in rulebook.statements.values():
        try:
            check_statement(statement, rulebook.languages)
        except InvalidContent as problem:
            yield f"statements: {problem.detail}"
            continue
        for voice, wording in ((voice, w) for voice, wordings in statement.variants.items() for w in wordings):
            language, formal = voice.partition("-")[0], not voice.endswith("-informal")
            text = _plain(wording)
            if language not in CHECKED_LANGUAGES:
                yield from (f"{statement.id} ({voice}): {fault}" for fault in _unread(text, statement))
                continue
            report = review(draft_from_text(text, language), _brief(pharmacy, now, language, formal=formal))
            for finding in report.findings:
                if finding.severity is Severity.HARD and finding.code != "unsupported_status":
                    yield f"{statement.id} ({voice}): {finding.code}: {' | '.join(finding.quotes) or text}"


def _plain(wording: str) -> str:
    return _FIELD.sub(" …", _CHOICE.sub(r"\1", wording))


def _unread(text: str, statement: Statement) -> Iterator[str]:
    """What is wrong with a wording in a language whose words no check knows: it may hold no medicine at all, and no number
    or address that the wordings in the languages that are checked do not hold. What it says, a person reads."""
    checked = " ".join(
        _plain(wording)
        for voice, wordings in statement.variants.items()
        if voice.partition("-")[0] in CHECKED_LANGUAGES
        for wording in wordings
    )
    yield from (f"unsupported_medication: {found.words}" for found in find_medicines(text) if found.kind != "lay")
    said, known = set(_NUMBER.findall(checked)), {found.key for found in find_contact_data(checked)}
    yield from (f"unsupported_amount: {number}" for number in _NUMBER.findall(text) if number not in said)
    yield from (f"unsafe_link: {found.words}" for found in find_contact_data(text) if found.key not in known)


def _brief(pharmacy: Pharmacy, now: datetime, language: str, *, formal: bool) -> ReplyBrief:
    """A brief without any fact, so that whatever a wording says of its own stands out."""
    match = PatientMatch(Rung.ADDRESS_KNOWN, Patient("patient", ""))
    question = Question("other")
    triage = Triage((question,), (), Urgency.ROUTINE, Route.DRAFT, language, language)
    thread = _thread("", now)
    return ReplyBrief(pharmacy, thread, match, triage, now.date(), language=language, formal=formal)


def _triggers(rulebook: Rulebook) -> Iterator[str]:
    for trigger in rulebook.triggers.values():
        for expected, table in ((True, trigger.fires_on), (False, trigger.stays_quiet_on)):
            for language, text in ((language, text) for language, texts in table.items() for text in texts):
                found = find_triggers(split_sentences(text), language, rulebook, find_medicines(text))
                fires = any(f.code == trigger.id and f.severity is Severity.HARD for f in found)
                if fires is not expected:
                    yield f"{trigger.id}: {'does not fire' if expected else 'fires'} on its own example: {text}"


def _intents(rulebook: Rulebook, pharmacy: Pharmacy, now: datetime) -> Iterator[str]:
    nobody = PatientMatch(Rung.UNKNOWN)
    for intent in rulebook.intents.values():
        for text in (text for texts in intent.examples.values() for text in texts):
            thread = _thread(text, now)
            asked = find_questions(thread, nobody, rulebook, pharmacy, now.date()).questions
            if not asked or asked[0].intent != intent.id:
                yield f"{intent.id}: its own example is read as {asked[0].intent if asked else 'nothing'}: {text}"


def _thread(text: str, now: datetime) -> Thread:
    return Thread(
        "example", (Message("example", EmailAddress("patient@example.org"), "", MailText(text), sent_at=now),)
    )
