"""What one mail is read against: its own sentences, its subject, what was said before, and the patient's record."""

import re
from collections.abc import Iterator, Sequence
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


@dataclass(frozen=True)
class Context:
    """One mail to read. `earlier`: sentences of older messages, newest message first, each message its own tuple."""

    sentences: tuple[ReadSentence, ...]
    subject: ReadSentence | None
    is_reply: bool
    earlier: tuple[tuple[ReadSentence, ...], ...]
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

    def mentions_before(self) -> Iterator[tuple[MedicineMention, ...]]:
        """Medicines named around this mail's own words: in the subject, then in each older message, newest first."""
        if self.subject is not None and self.subject.mentions:
            yield self.subject.mentions
        for message in self.earlier:
            mentions = tuple(mention for sentence in message for mention in sentence.mentions)
            if mentions:
                yield mentions


def bare_subject(subject: str) -> str:
    """The subject without "Re:" and the like."""
    return _PREFIX.sub("", subject).strip()


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
        sentences=read_sentences(split_sentences(message.text.new), language, rulebook, requests),
        subject=read_sentences((subject,), language, rulebook, requests)[0] if subject else None,
        is_reply=bool(older) or subject != message.subject.strip(),
        earlier=tuple(
            read_sentences(split_sentences(m.text.new)[:_EARLIER_SENTENCES], language, rulebook, requests)
            for m in older
        ),
        language=language,
        rulebook=rulebook,
        pharmacy=pharmacy,
        today=today,
        patient=patient,
    )


def quoted_mentions(thread: Thread, requests: Sequence[MedicationRequest]) -> tuple[MedicineMention, ...]:
    """Medicines in what the mail quotes below: the last resort to know what "it" is."""
    return find_medicines(thread.latest.text.quoted[:5_000], requests)
