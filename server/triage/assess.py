"""The reading of one mail put together: questions, what the floor and the caution say of them, urgency and route."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.refill import rules_of
from server.model.rulebook import Rulebook
from server.model.thread import Message, Thread
from server.model.triage import Triage
from server.text.language import detect_language
from server.triage.caution import find_caution
from server.triage.context import bare_subject, own_subject
from server.triage.deciding import is_reply_needed, route_of, urgency_of
from server.triage.questions import Reading, find_questions
from server.triage.record_rules import find_record_findings
from server.triage.routine import find_unproven
from server.triage.suspicious import find_disguised, known_addresses
from server.triage.triggers import find_triggers
from server.triage.weighing import weigh_automatic, weigh_words

MAX_SENTENCES = 400  # of one mail; beyond that a person reads it
MAX_CHARS = 60_000
MOST_UNANSWERED = 5  # mails before this one that are read again
UNANSWERED_DAYS = 7  # an older one was dealt with some other way
UNREAD = "unread_language"


def assess(thread: Thread, match: PatientMatch, rulebook: Rulebook, pharmacy: Pharmacy, today: date) -> Triage:
    """Reads the last incoming mail. What is found on the floor is never taken away by what comes later."""
    message = thread.latest
    language = _language(thread)
    reading = find_questions(thread, match, rulebook, pharmacy, today, language=language)
    floor = (
        *_floor(thread, reading, language, match, rulebook, pharmacy, today),
        *_unanswered(thread, match, rulebook, pharmacy, today),
    )
    unread = _unread_language(message, rulebook)
    doubt = () if unread else find_caution(language, reading, match, floor, rulebook)
    unproven = () if unread else tuple(find_unproven(reading, match, automatic=message.automatic))
    found = _merged((*floor, *doubt, *unproven))
    findings = tuple(weigh_automatic(found, rulebook, match)) if message.automatic else found
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


def _floor(
    thread: Thread,
    reading: Reading,
    language: str,
    match: PatientMatch,
    rulebook: Rulebook,
    pharmacy: Pharmacy,
    today: date,
) -> tuple[Finding, ...]:
    """What nobody may take away: words of danger, rules on the record, what hides, what could not be read."""
    message = thread.latest
    sentences = _sentences(reading, thread)
    unread = _unread_language(message, rulebook)
    mentions = (*reading.mentions, *reading.carried)
    words = find_triggers(sentences, unread or language, rulebook, mentions, unread=bool(unread))
    house = f"{pharmacy.name} {pharmacy.address}"
    record = find_record_findings(
        reading, match, thread, today, rulebook=rulebook, rules=rules_of(pharmacy), house=house
    )
    return (
        *(words if unread else weigh_words(words, reading, match, today, rules_of(pharmacy))),
        *(finding for finding in record if not unread or finding.severity is not Severity.HARD),
        *find_disguised(message, language, rulebook, known_addresses(pharmacy, match)),
        *_unreadable(message, reading),
        *_unread(unread, match),
    )


def _unanswered(
    thread: Thread, match: PatientMatch, rulebook: Rulebook, pharmacy: Pharmacy, today: date
) -> Iterable[Finding]:
    """What stands on the floor of the mails before this one that nobody has answered: a second mail ("ook graag mijn
    metoprolol") must not bury the first. The record counts only for a mail of the same sender."""
    sender, place = thread.latest.sender.key, thread.messages.index(thread.latest)
    for at in range(place - 1, max(-1, place - 1 - MOST_UNANSWERED), -1):
        earlier = thread.messages[at]
        if earlier.outgoing or _is_old(earlier, thread.latest):
            return
        before = Thread(thread.id, thread.messages[: at + 1])
        whose = match if earlier.sender.key == sender else PatientMatch(Rung.UNKNOWN)
        language = _language(before)
        reading = find_questions(before, whose, rulebook, pharmacy, today, language=language)
        yield from (f for f in _floor(before, reading, language, whose, rulebook, pharmacy, today) if f.stands)


def _is_old(earlier: Message, latest: Message) -> bool:
    """Whether a mail is so long ago that its question has passed. Without dates it counts as new."""
    if earlier.sent_at is None or latest.sent_at is None:
        return False
    return latest.sent_at - earlier.sent_at > timedelta(days=UNANSWERED_DAYS)


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
    subject = (own_subject(thread),) if own_subject(thread) else ()
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
