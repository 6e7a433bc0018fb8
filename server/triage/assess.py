"""The reading of one mail put together: questions, what the floor and the caution say of them, urgency and route."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.refill import rules_of
from server.model.rulebook import Rulebook
from server.model.thread import Message, Thread
from server.model.triage import Triage
from server.text.language import detect_language
from server.triage.caution import find_caution
from server.triage.context import bare_subject
from server.triage.deciding import is_reply_needed, route_of, urgency_of
from server.triage.questions import Reading, find_questions
from server.triage.record_rules import find_record_findings
from server.triage.routine import find_unproven
from server.triage.suspicious import find_disguised, known_addresses
from server.triage.triggers import find_triggers
from server.triage.weighing import weigh_automatic, weigh_words

MAX_SENTENCES = 400  # of one mail; beyond that a person reads it
MAX_CHARS = 60_000
UNREAD = "unread_language"


def assess(thread: Thread, match: PatientMatch, rulebook: Rulebook, pharmacy: Pharmacy, today: date) -> Triage:
    """Reads the last incoming mail. What is found on the floor is never taken away by what comes later."""
    message = thread.latest
    language = _language(thread)
    reading = find_questions(thread, match, rulebook, pharmacy, today, language=language)
    sentences = _sentences(reading, thread)
    unread = _unread_language(message, rulebook)
    mentions = (*reading.mentions, *reading.carried)
    words = find_triggers(sentences, unread or language, rulebook, mentions, unread=bool(unread))
    house = f"{pharmacy.name} {pharmacy.address}"
    record = find_record_findings(
        reading, match, thread, today, rulebook=rulebook, rules=rules_of(pharmacy), house=house
    )
    floor: tuple[Finding, ...] = (
        *(words if unread else weigh_words(words, reading, match, today, rules_of(pharmacy))),
        *(finding for finding in record if not unread or finding.severity is not Severity.HARD),
        *find_disguised(message, language, rulebook, known_addresses(pharmacy, match)),
        *_unreadable(message, reading),
        *_unread(unread, match),
    )
    doubt = () if unread else find_caution(language, reading, match, floor, rulebook)
    unproven = () if unread else tuple(find_unproven(reading, match, automatic=message.automatic))
    found = _merged((*floor, *doubt, *unproven))
    findings = tuple(weigh_automatic(found, rulebook)) if message.automatic else found
    return Triage(
        questions=reading.questions,
        findings=findings,
        urgency=urgency_of(findings, rulebook),
        route=route_of(findings, match),
        language=language,
        reply_language=_reply_language(language, match, pharmacy),
        reply_needed=is_reply_needed(reading.questions, findings, automatic=message.automatic),
        explained=sum(reading.explained) / len(reading.explained) if reading.explained else 1.0,
    )


def _language(thread: Thread) -> str:
    """Of the last mail; where it is too short to tell, of its subject or of what the sender wrote before."""
    message = thread.latest
    older = [m.text.new for m in reversed(thread.messages) if not m.outgoing and m is not message]
    texts = (message.text.new, f"{bare_subject(message.subject)} {message.text.new}", *older)
    return next((found for text in texts if (found := detect_language(text))), "")


def _unread_language(message: Message, rulebook: Rulebook) -> str:
    """The language of the mail's own words when it is none that the rules read; "" too when it cannot be told."""
    texts = (message.text.new, f"{bare_subject(message.subject)} {message.text.new}")
    own = next((found for text in texts if (found := detect_language(text))), "")
    return "" if own in rulebook.reads else own


def _unread(language: str, match: PatientMatch) -> Iterable[Finding]:
    """In a language that no rule reads, danger cannot be seen: a person must look. A stranger gets the same letter
    whatever was asked, so there the finding asks staff to read the mail and does not decide the route."""
    if language:
        severity = Severity.SOFT if match.rung is Rung.UNKNOWN else Severity.HARD
        yield Finding(UNREAD, Part.FLOOR, severity, f"mail/language/{language}")


def _reply_language(language: str, match: PatientMatch, pharmacy: Pharmacy) -> str:
    own = match.patient.language if match.patient else None
    return next((spoken for spoken in (language, own) if spoken in pharmacy.languages), pharmacy.languages[0])


def _sentences(reading: Reading, thread: Thread) -> tuple[str, ...]:
    """What is read for triggers: the mail's own sentences, and its subject when that is its own too."""
    message = thread.latest
    own_subject = message.subject.strip() == bare_subject(message.subject) and thread.messages[0] is message
    subject = (message.subject,) if own_subject and message.subject.strip() else ()
    room = itertools.accumulate(map(len, reading.sentences))
    read = (s for s, upto in zip(reading.sentences[:MAX_SENTENCES], room, strict=False) if upto <= MAX_CHARS)
    return (*subject, *read)


def _unreadable(message: Message, reading: Reading) -> Iterable[Finding]:
    """A mail that could not be read whole is nobody's routine."""
    empty = not message.text.new.strip() and not message.subject.strip()
    long = len(reading.sentences) > MAX_SENTENCES or len(message.text.new) > MAX_CHARS
    if message.unreadable or message.truncated or empty or long:
        yield Finding("unclear_request", Part.FLOOR, Severity.HARD, "mail/not_read")


def _merged(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each rule speaks once; findings that stand come first, the floor before the caution."""
    by_rule: dict[tuple[str, str, Severity], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.rule, finding.severity)
        known = by_rule.get(key)
        if known is None:
            by_rule[key] = finding
        else:
            quotes = tuple(dict.fromkeys((*known.quotes, *finding.quotes)))
            ids = tuple(dict.fromkeys((*known.subject_ids, *finding.subject_ids)))
            by_rule[key] = replace(known, quotes=quotes, subject_ids=ids)
    return tuple(sorted(by_rule.values(), key=lambda f: (not f.stands, f.part is not Part.FLOOR, -f.severity)))
