"""What the rules on the record look at: the medicines that a mail asks for or takes, and the lines these mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from server.model.patient import MedicationRequest, PatientMatch
from server.model.refill import RefillRules
from server.model.rulebook import Rulebook
from server.model.thread import Thread
from server.model.triage import Question
from server.text.medicines import MedicineMention, find_medicines, matching_requests
from server.text.patterns import Matcher
from server.triage.questions import SUPPLY, Reading
from server.triage.wanted import phrase_matcher, wanted_mentions

CLINICAL = "clinical_question"


@dataclass(frozen=True)
class Asked:
    """What the rules look at: the medicines that the mail asks for or takes, and the lines these mean; `insured`: all that a
    mail about insurance names."""

    questions: tuple[Question, ...]
    mentions: tuple[MedicineMention, ...]
    lines: tuple[MedicationRequest, ...]
    named_lines: tuple[MedicationRequest, ...]
    requests: tuple[MedicationRequest, ...]
    match: PatientMatch = field(repr=False)
    today: date = date.min
    rules: RefillRules = field(default_factory=RefillRules)
    elsewhere: frozenset[str] = frozenset()
    insured: tuple[MedicineMention, ...] = ()

    def intends(self, *intents: str) -> bool:
        """Whether one of these is asked."""
        return any(question.intent in intents for question in self.questions)


def asked_of(
    reading: Reading,
    match: PatientMatch,
    thread: Thread,
    today: date,
    *,
    rules: RefillRules,
    rulebook: Rulebook | None = None,
) -> Asked:
    """What this mail asks for, by its own words and by what the thread carries over. `rules`: of the pharmacy's country."""
    not_wanted = phrase_matcher("reading_not_wanted", rulebook)
    requests = match.patient.medication_requests if match.patient else ()
    asking = {piece: q.intent for q in reversed(reading.questions) for piece in q.pieces}
    counted = _counted_sentences(reading, asking)
    mentions = [
        mention
        for place in counted
        for mention in wanted_mentions(reading.sentences[place], reading.by_sentence[place], not_wanted)
    ]
    insurance = any(question.intent == "insurance" for question in reading.questions)
    if insurance and not mentions and not reading.mentions:
        mentions += _named_before(thread, requests)
    mentions += [m for m in reading.carried if m.request_ids or _said_before(m, thread)]
    ids = {a.subject_id for q in reading.questions if q.intent in SUPPLY for a in q.about}
    named = {r.id for mention in mentions for r in matching_requests(mention, requests)}
    return Asked(
        questions=reading.questions,
        mentions=tuple(mentions),
        lines=tuple(r for r in requests if r.id in ids | named),
        named_lines=tuple(r for r in requests if r.id in named),
        requests=requests,
        match=match,
        today=today,
        rules=rules,
        insured=(*mentions, *reading.mentions) if insurance else (),
        elsewhere=_elsewhere(reading, phrase_matcher("reading_elsewhere", rulebook)),
    )


def _counted_sentences(reading: Reading, asking: Mapping[str, str]) -> Iterator[int]:
    """The sentences whose medicines count: those that ask for supply or clinically; with a clinical question, or where what
    is asked is only a guess, every sentence ("named as taken") that no proven question claims; with a supply question what
    no such question claims, where nothing explains it, it names a controlled medicine, or those that ask name none."""
    asked = {question.intent for question in reading.questions}
    every = CLINICAL in asked or is_guessed(reading)
    supply = bool(asked & SUPPLY)
    pairs = tuple(zip(reading.sentences, reading.by_sentence, strict=True))
    named = any(mentions for sentence, mentions in pairs if asking.get(sentence) in SUPPLY)
    for place, sentence in enumerate(reading.sentences):
        intent = asking.get(sentence, "")
        counts = intent in SUPPLY or intent == CLINICAL
        controlled = any(mention.controlled for mention in reading.by_sentence[place])
        meant = supply and (controlled or not named or not reading.explained[place])
        if counts or (intent not in reading.proven and (every or meant)):
            yield place


def is_guessed(reading: Reading) -> bool:
    """Whether something else than supply or a clinical question is asked, and that is not proven by known words."""
    return any(q.intent not in reading.proven | SUPPLY | {CLINICAL} for q in reading.questions)


def _elsewhere(reading: Reading, said: Matcher) -> frozenset[str]:
    """The medicines whose prescription is said to be with another pharmacy."""
    sentences = zip(reading.sentences, reading.by_sentence, strict=True)
    return frozenset(m.words for sentence, mentions in sentences if mentions and said.find(sentence) for m in mentions)


def _said_before(mention: MedicineMention, thread: Thread) -> bool:
    """Whether the subject or an older message of the thread names it. What is only quoted below counts for nothing that
    the record does not know."""
    older = [message.text.new for message in thread.messages if message is not thread.latest]
    return any(mention.words in text for text in (thread.latest.subject, *older))


def _named_before(thread: Thread, requests: Sequence[MedicationRequest]) -> Iterator[MedicineMention]:
    """What the subject or an older message names: an insurer's question often leaves the medicine out."""
    older = [message.text.new for message in thread.messages if message is not thread.latest]
    for text in (thread.latest.subject, *reversed(older)):
        found = find_medicines(text[:5_000], requests)
        if found:
            yield from found
            return
