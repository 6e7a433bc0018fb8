"""What one mail is read against: its own sentences, its subject, what was said before, and the patient's record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from server.model.patient import MedicationRequest, Patient
from server.model.pharmacy import Pharmacy
from server.model.rulebook import Rulebook
from server.model.thread import Thread
from server.text.medicines import MedicineMention, find_medicines
from server.text.sentences import split_sentences
from server.triage.intents import ReadSentence, read_sentences

_PREFIX = re.compile(r"^\s*(?:(?:re|fw|fwd|antw|aw|tr|doorst|vs|sv|betreft)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_EARLIER = 6  # messages looked back
_EARLIER_SENTENCES = 40
_MOST_QUOTED = 5_000
MOST_SENTENCES = 2_000  # of one mail; long before, it goes to a person (triage/assess.py)


@dataclass(frozen=True)
class Context:
    """One mail to read. `older`: the sentences of older messages, newest message first, not read yet: most mails say
    themselves what they are about; `quoted`: what the mail quotes below."""

    sentences: tuple[ReadSentence, ...]
    subject: ReadSentence | None
    is_reply: bool
    older: tuple[tuple[str, ...], ...] = field(repr=False)
    quoted: str = field(repr=False)
    language: str
    rulebook: Rulebook
    pharmacy: Pharmacy
    today: date
    patient: Patient | None = field(repr=False, default=None)

    @property
    def requests(self) -> tuple[MedicationRequest, ...]:
        return self.patient.medication_requests if self.patient else ()

    def whole_text(self) -> str:
        """The subject and all sentences, for what may be named anywhere in a mail."""
        subject = (self.subject,) if self.subject is not None else ()
        return "\n".join(sentence.text for sentence in (*subject, *self.sentences))

    def earlier(self) -> Iterator[tuple[ReadSentence, ...]]:
        """Older messages, newest first, each read when its turn comes."""
        for sentences in self.older:
            yield read_sentences(sentences, self.language, self.rulebook, self.requests)

    def mentions_before(self) -> Iterator[tuple[MedicineMention, ...]]:
        """Medicines named around this mail's own words: in the subject, then in each older message, newest first, and
        last in what it quotes below."""
        if self.subject is not None and self.subject.mentions:
            yield self.subject.mentions
        for message in self.older:
            mentions = tuple(mention for text in message for mention in find_medicines(text, self.requests))
            if mentions:
                yield mentions
        if self.is_reply:
            yield find_medicines(self.quoted[:_MOST_QUOTED], self.requests)


def bare_subject(subject: str) -> str:
    """The subject without "Re:" and the like."""
    return _PREFIX.sub("", subject).strip()


def own_subject(thread: Thread) -> str:
    """The subject of the mail to be answered, when no earlier message of the thread has it already; else ""."""
    message = thread.latest
    subject = bare_subject(message.subject)
    before = thread.messages[: thread.messages.index(message)]
    return "" if any(bare_subject(earlier.subject) == subject for earlier in before) else subject


def read_context(
    thread: Thread, patient: Patient | None, rulebook: Rulebook, pharmacy: Pharmacy, today: date, language: str
) -> Context:
    """Reads the mail to be answered, and as much of what came before as is needed to know what "it" is."""
    message = thread.latest
    requests = patient.medication_requests if patient else ()
    subject = bare_subject(message.subject)
    place = thread.messages.index(message)
    older = tuple(reversed(thread.messages[max(0, place - _EARLIER) : place]))
    return Context(
        sentences=read_sentences(split_sentences(message.text.new)[:MOST_SENTENCES], language, rulebook, requests),
        subject=read_sentences((subject,), language, rulebook, requests)[0] if subject else None,
        is_reply=bool(older) or subject != message.subject.strip(),
        older=tuple(split_sentences(m.text.new)[:_EARLIER_SENTENCES] for m in older),
        quoted=message.text.quoted,
        language=language,
        rulebook=rulebook,
        pharmacy=pharmacy,
        today=today,
        patient=patient,
    )
