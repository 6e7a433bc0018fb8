"""What a mail asks, of which of the patient's records, and what code finds there: the reading that all else builds on."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from server.model.patient import PatientMatch
from server.model.pharmacy import Pharmacy
from server.model.rulebook import Rulebook
from server.model.thread import Thread
from server.model.triage import IntentId, Question
from server.text.foreign import is_foreign
from server.text.language import detect_language
from server.text.medicines import MedicineMention
from server.text.mentions import under_law_of
from server.text.words import cut_words
from server.triage.answers import Found, find_about
from server.triage.context import Context, read_context
from server.triage.intents import ALONE, CLINICAL, ReadSentence, likeliest_intent, order_intents
from server.triage.matters import names_day_of
from server.triage.wanted import phrase_matcher, wanted_mentions

_FOLLOW_UP = {"billing", "insurance", "appointment", "lab_followup", "stock_availability", "prescription_transfer"}
SURELY_CLINICAL = 0.9
PROVEN = 0.0  # log-odds from which the trained reader alone proves what is asked; the sentence must be explained beside
_HOW = {"pickup_delivery", "other"}
_NAME_WORDS = 3  # words of a line that can only be a name
_MEDICINE_INTENTS = frozenset({"refill_request", "prescription_status", "pickup_delivery", "stock_availability"})
SUPPLY = _MEDICINE_INTENTS | {"prescription_transfer"}


@dataclass(frozen=True)
class Reading:
    """One mail read. `explained` goes with `sentences`; `mentions` are those of its own words, offsets within their
    sentence, and `by_sentence` the same, sentence by sentence; `carried`: medicines that "it" stands for, from the
    subject or older messages; `proven`: intents that are asked in known words, or that the trained reader is sure of."""

    questions: tuple[Question, ...]
    explained: tuple[bool, ...]
    sentences: tuple[str, ...] = field(repr=False)
    mentions: tuple[MedicineMention, ...] = field(repr=False, default=())
    by_sentence: tuple[tuple[MedicineMention, ...], ...] = field(repr=False, default=())
    carried: tuple[MedicineMention, ...] = field(repr=False, default=())
    proven: frozenset[str] = frozenset()


def find_questions(
    thread: Thread, match: PatientMatch, rulebook: Rulebook, pharmacy: Pharmacy, today: date, *, language: str = ""
) -> Reading:
    """The questions of the last incoming mail, the leading one first. Without a verified patient they have no records."""
    message = thread.latest
    spoken = language or detect_language(message.text.new or message.subject)
    context = read_context(thread, match.patient, rulebook, pharmacy, today, spoken)
    intents = _asked_by_nobody(context) if message.automatic else _asked(context)
    questions: list[Question] = []
    carried: list[MedicineMention] = []
    for intent in intents:
        pieces = _pieces(context, intent, intents)
        mentions = _mentions(context, intent, pieces)
        own = bool(mentions)
        if not own:
            mentions = _carried(context)
            carried += mentions if intent in SUPPLY else ()
        found = find_about(intent, context, pieces, mentions, tuple(questions), named_here=own)
        questions.append(_question(intent, pieces, found))
    by_sentence = tuple(_under_law(sentence.mentions, pharmacy) for sentence in context.sentences)
    people = _people(thread, match)
    return Reading(
        questions=tuple(questions),
        explained=tuple(s.explained and not is_foreign(s.text, rulebook.reads, people) for s in context.sentences),
        sentences=tuple(sentence.text for sentence in context.sentences),
        mentions=tuple(mention for mentions in by_sentence for mention in mentions),
        by_sentence=by_sentence,
        carried=_under_law(tuple(dict.fromkeys(carried)), pharmacy),
        proven=frozenset(intent for intent in intents if _is_proven(context, intent)),
    )


def _people(thread: Thread, match: PatientMatch) -> frozenset[str]:
    """The folded words of the names of who writes and who is known: in no language at all."""
    sender = thread.latest.sender
    patient = (match.patient.name, *(one.name for one in match.patient.contacts)) if match.patient else ()
    said = " ".join((sender.name, re.sub(r"[\W\d_]", " ", sender.address.partition("@")[0]), *patient))
    return frozenset(cut_words(said).words)


def _under_law(mentions: Sequence[MedicineMention], pharmacy: Pharmacy) -> tuple[MedicineMention, ...]:
    return tuple(under_law_of(mention, pharmacy.country) for mention in mentions)


def _is_proven(context: Context, intent: str) -> bool:
    """Whether the mail or its subject asks this in known words or nearly surely, only lists medicines, or goes on with
    what the thread was about."""
    subject = (context.subject,) if context.subject is not None else ()
    said = (*context.sentences, *subject)
    if any(_proves(s, intent) for s in said) or _only_thanks(context):
        return True
    if intent == "appointment" and _about_appointment(context, (intent,), certain=False):
        return True
    if intent == "refill_request" and any(s.listed for s in said):
        return True
    return context.is_reply and _asked_before(context) == intent


def _proves(sentence: ReadSentence, intent: str) -> bool:
    """Whether one sentence asks this in known words; or by the trained reader alone, which is believed of a sentence that
    names a medicine or a complaint only where it asks for supply ("X, what is it for?" sounds like a bill)."""
    score = sentence.scores.get(intent, 0.0)
    weak = any(f"{intent}/{name}" in sentence.lists for name in ("weak", "own", "outcome.thanks", "outcome.complaint"))
    alone = score >= PROVEN and (intent in _MEDICINE_INTENTS or not (sentence.mentions or "health" in sentence.lists))
    return intent in sentence.hits or alone or (weak and score > 0)


def _question(intent: str, pieces: Sequence[ReadSentence], found: Found) -> Question:
    return Question(
        intent=cast(IntentId, intent),
        pieces=tuple(piece.text for piece in pieces),
        about=found.about,
        candidates=found.candidates,
        named=found.named,
        wishes=found.wishes,
    )


def _asked_by_nobody(context: Context) -> tuple[str, ...]:
    """Of an automatic answer, a bounce or a newsletter: only what it asks in known words."""
    asked = {intent for sentence in context.sentences for intent in sentence.hits & set(sentence.intents)}
    return tuple(i for i in order_intents(context.sentences, context.rulebook) if i in asked) or ("other",)


def _asked(context: Context) -> tuple[str, ...]:
    """The intents of a mail. A bare follow-up ("any news?") asks again what the thread was about; a mail that says
    nothing clear takes its subject's intent, else the likeliest."""
    if _only_thanks(context) or (context.patient is None and any("other/only" in s.lists for s in context.sentences)):
        return ("other",)
    asked = order_intents(context.sentences, context.rulebook)
    certain = any(_says(sentence) for sentence in context.sentences)
    if _about_appointment(context, asked, certain=certain):
        return ("appointment", *(i for i in asked if i != "appointment" and _beside_appointment(context, i)))
    if not certain and _speaks_of_complaints(context):
        sure = {intent for s in context.sentences for intent in s.intents if s.scores[intent] >= ALONE}
        return ("clinical_question", *(intent for intent in asked if intent in sure - {"clinical_question"}))
    if not certain or ("prescription_status" in asked and _bare_status(context)):
        before = _asked_before(context)
        if before and (before in _FOLLOW_UP or not asked):
            return (before, *(intent for intent in asked if intent not in (before, "prescription_status")))
    subject = (context.subject,) if context.subject is not None else ()
    silent = not certain and "clinical_question" not in asked and any(s.hits or not asked for s in subject)
    if silent or (_asks_only_how(context, asked) and any(s.mentions and s.hits & set(s.intents) for s in subject)):
        titled = [intent for intent in order_intents(subject, context.rulebook) if intent != "other"]
        asked = tuple(dict.fromkeys((*titled, *asked)))
    said = [sentence for sentence in context.sentences if not sentence.courtesy]
    if not asked and said and all(sentence.listed for sentence in said):
        return ("refill_request",)  # a bare list of medicines
    return asked or (likeliest_intent((*context.sentences, *subject)),)


def _asks_only_how(context: Context, asked: Sequence[str]) -> bool:
    """Whether a new mail only says how to get what its subject asks for ("see subject, you may deliver it")."""
    return bool(asked) and set(asked) <= _HOW and not context.is_reply


def _says(sentence: ReadSentence) -> bool:
    """Whether it says in known words what it asks; thanks in passing say nothing."""
    said = sentence.hits & set(sentence.intents)
    return bool(said - {"other"} if "other/aside" in sentence.lists else said)


def _speaks_of_complaints(context: Context) -> bool:
    """Whether a mail that asks nothing in known words is one of complaints; where its subject says what it is about and
    no medicine is named, only when that is nearly sure."""
    titled = context.subject is not None and context.subject.hits - {"clinical_question"} and not context.is_reply
    named = any(sentence.mentions for sentence in context.sentences)
    least = SURELY_CLINICAL if titled and not named else CLINICAL
    return any(sentence.clinical >= least for sentence in context.sentences)


def _only_thanks(context: Context) -> bool:
    """Whether an answer to us only says thanks: then its subject asks nothing again. "Thanks in advance" asks."""
    said = [s for s in context.sentences if "known_identity" not in s.lists]
    thanks = [s for s in said if "other/outcome.thanks" in s.lists and "known_ahead" not in s.lists]
    rest = [s for s in said if not s.courtesy and s not in thanks and len(s.words.words) > _NAME_WORDS]
    quiet = all(s.courtesy or not s.hits - {"other"} for s in said) and not any("?" in s.text for s in said)
    asks = context.subject is not None and bool(context.subject.hits - {"other"}) and not context.is_reply
    return bool(thanks) and quiet and not asks and all("other" in s.hits or "other/aside" in s.lists for s in rest)


def _about_appointment(context: Context, asked: Sequence[str], *, certain: bool) -> bool:
    """Whether the mail answers a proposal or asks again when an appointment is, without the word: its subject says so, or
    it names the day of one, or one is proposed."""
    if any("appointment" in s.hits & set(s.intents) for s in context.sentences):
        return len(asked) > 1 and asked[0] != "appointment" and not _elsewhere(context, asked)
    agrees = any("appointment/agrees" in s.lists for s in context.sentences)
    if not agrees or (certain and _elsewhere(context, asked)):
        return False
    titled = context.subject is not None and "appointment" in context.subject.hits
    return titled or _names_appointment_day(context)


def _names_appointment_day(context: Context) -> bool:
    if context.patient is None:
        return False
    said = "\n".join(sentence.text for sentence in context.sentences if not sentence.mentions)
    zone = context.pharmacy.time_zone
    return names_day_of(said, context.language, context.patient.appointments, today=context.today, time_zone=zone)


def _elsewhere(context: Context, asked: Sequence[str]) -> bool:
    """Whether something else is asked in known words that no appointment explains."""
    return any(intent != "appointment" and _beside_appointment(context, intent) for intent in asked)


def _beside_appointment(context: Context, intent: str) -> bool:
    """Whether this is asked beside an appointment: in known words, and not only what to bring to it or how to get there."""
    asking = [s for s in context.sentences if intent in s.intents and intent in s.hits]
    return any("appointment/wish.bring" not in s.lists for s in asking) and intent != "other"


def _bare_status(context: Context) -> bool:
    """Whether the mail asks how something stands without saying what ("any news?")."""
    asking = [sentence for sentence in context.sentences if "prescription_status" in sentence.intents]
    return not any(sentence.mentions for sentence in context.sentences) and not any(
        "prescription_status/order_named" in s.lists for s in asking
    )


def _asked_before(context: Context) -> str:
    """What the thread was about: the intent of its subject, else of the newest older message that asks something."""
    subject = (context.subject,) if context.subject is not None else ()
    for sentences in itertools.chain([subject], context.earlier()):
        intents = [i for i in order_intents(sentences, context.rulebook) if any(i in s.hits for s in sentences)]
        if intents and intents[0] != "other":
            return intents[0]
    return ""


def _pieces(context: Context, intent: str, intents: Sequence[str]) -> tuple[ReadSentence, ...]:
    """The sentences that ask it, with the bare list of medicines that may follow; all that say something when none does."""
    asking = [sentence for sentence in context.sentences if intent in sentence.intents]
    lists = intent == next((i for i in intents if i in _MEDICINE_INTENTS), "")
    if asking and lists:
        asking = [
            s for s in context.sentences if s in asking or (s.mentions and not s.intents and len(s.words.words) <= 8)
        ]
    if asking or intent != intents[0]:
        return tuple(asking)
    return tuple(sentence for sentence in context.sentences if not sentence.courtesy)


def _mentions(context: Context, intent: str, pieces: Sequence[ReadSentence]) -> tuple[MedicineMention, ...]:
    """The medicines a question names, but for those that it says are had already; when its own sentences name none, those
    of the mail's other sentences."""
    named = tuple(mention for piece in pieces for mention in piece.mentions)
    if intent not in _MEDICINE_INTENTS:
        return named
    among = pieces if named else context.sentences
    if intent != "refill_request":
        return tuple(mention for piece in among for mention in piece.mentions)
    had = phrase_matcher("reading_not_wanted", context.rulebook)
    return tuple(mention for piece in among for mention in wanted_mentions(piece.text, piece.mentions, had))


def _carried(context: Context) -> tuple[MedicineMention, ...]:
    """The medicines that "it" stands for: of the subject, else of the newest message that names one."""
    return next(context.mentions_before(), ())
