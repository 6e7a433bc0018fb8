"""What each sentence of a mail asks: content patterns first, the trained reader beside them, and which intent leads."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from server.model.patient import MedicationRequest
from server.model.rulebook import Rulebook
from server.model.triage import IntentId
from server.text.medicine_words import COUNTED, FORM_WORDS, UNITS
from server.text.medicines import MedicineMention, find_medicines
from server.text.words import Words, cut_words
from server.triage.classifier import MAX_CHARS as WHOLE
from server.triage.classifier import classify, classify_closely, limit
from server.triage.intent_scores import NEVER, score_of
from server.triage.pattern_lists import Lists, languages_of, lists_for

INTENTS: tuple[str, ...] = get_args(IntentId)
UNLIKELY = -2.5  # below this the likeliest intent is no better than "other"
ALONE = 2.0  # what the reader alone must reach in a mail where a pattern says what it is about
SURE = 3.5  # and of a short sentence
_SHORT = 7  # words of a sentence that only goes on with what was asked ("Hoe kan dat?")
CLINICAL_SIGNS = (
    "new_symptoms",
    "suspected_adverse_reaction",
    "allergy",
    "unclear_dosing",
    "clinical_judgement",
    "urgent_language",
)
_CLINICAL_INTENT = "clinical_question"
DOUBTFUL = 0.3  # a sentence with so little of a clinical sign may still ask a clinical question
CLOSE = 0.75  # log-odds between two readings of a sentence in no known words
CLINICAL = 0.6  # a sentence that so likely has a clinical sign makes a mail without a clear question a clinical one
_BESIDE_NAMES = FORM_WORDS | UNITS | COUNTED | {"en", "and", "de", "the", "x"}
MOST_READ = 150  # sentences of a mail that are read for what they ask
MOST_SEARCHED = 1_000  # sentences looked through for medicines: such a mail goes to a person anyway
MOST_CHARS = 15_000  # and characters
SENTENCE_CHARS = 1_500  # of one sentence that are walked over
_COURTESY = 10  # words of the longest greeting or closing
_NAME_LINE = 8  # words of the longest line of a signature
_NAMES = 6  # words of a line of nothing but names
_LAST_LINES = 3  # where a mail that closes without a word is signed
_BETWEEN_NAMES = {"van", "de", "der", "den", "ten", "ter", "te", "von", "en", "and", "el", "al", "da", "di", "la", "le"}
KNOWN = 1.0  # log-odds by which a pattern of an intent makes a sentence likelier harmless
COURTEOUS = 0.5  # so harmless at least is a greeting, closing or signature that names something of health


@dataclass(frozen=True)
class ReadSentence:
    """One sentence read. `intents`: what it asks, strongest first; `scores`: log-odds of every intent; `hits`: intents of which
    a pattern is found; `lists`: all lists found ("refill_request/wish.early"); `courtesy`:
    greeting, closing or identity; `clinical`: how likely it speaks of complaints, doses or allergies; `listed`: it only names medicines; `explained`: known, so that nothing unforeseen hides in it."""

    text: str = field(repr=False)
    words: Words = field(repr=False)
    mentions: tuple[MedicineMention, ...] = ()
    intents: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    hits: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    clinical: float = 0.0
    courtesy: bool = False
    listed: bool = False
    explained: bool = False


def read_sentences(
    sentences: Sequence[str], language: str, rulebook: Rulebook, requests: Sequence[MedicationRequest] = ()
) -> tuple[ReadSentence, ...]:
    """Each sentence with what it asks. After a closing only names and addresses are expected."""
    found: list[ReadSentence] = []
    lists = lists_for(rulebook, language)
    least = _least_harmless(rulebook, language)
    closed = False
    most = _readable(sentences)
    for place, sentence in enumerate(sentences[:most]):
        last = place >= len(sentences) - _LAST_LINES
        read = _read(sentence, lists, requests, least, closed=closed, last=last)
        closed = closed or (read.courtesy and bool(found) and "known_closing" in read.lists)
        found.append(read)
    for sentence in sentences[most:]:  # a book, not a letter: its medicines count, its questions need a person
        mentions = find_medicines(sentence, requests) if len(found) < MOST_SEARCHED else ()
        found.append(ReadSentence(sentence, Words("", (), (), frozenset()), mentions))
    found = _clinical_where_it_is(found)
    if any(set(read.intents) & read.hits for read in found):
        return tuple(replace(read, intents=_backed(read)) for read in found)
    return tuple(replace(read, intents=_close_to_first(read)) for read in found)


def _clinical_where_it_is(found: list[ReadSentence]) -> list[ReadSentence]:
    """A question about the house, a bill or an appointment is no clinical one because it is a question: the reader alone is
    believed only of a sentence that names a medicine or may hold a complaint; a general question ("what should I do?",
    "what is it for?") where the mail names a medicine or a complaint and nothing else is asked in known words."""
    near = any(read.mentions or read.clinical >= CLINICAL for read in found)
    other = any(read.hits - {_CLINICAL_INTENT} for read in found)
    return [
        read
        if _CLINICAL_INTENT not in read.intents or _is_clinical(read, near=near and not other)
        else replace(read, intents=tuple(intent for intent in read.intents if intent != _CLINICAL_INTENT))
        for read in found
    ]


def _is_clinical(read: ReadSentence, *, near: bool) -> bool:
    if _CLINICAL_INTENT in read.hits:
        return True
    if f"{_CLINICAL_INTENT}/near" in read.lists:
        return near
    return bool(read.mentions) or read.clinical >= DOUBTFUL or f"{_CLINICAL_INTENT}/weak" in read.lists


def _close_to_first(read: ReadSentence) -> tuple[str, ...]:
    """What a sentence asks by the reader alone: the likeliest, and what is hardly less likely; "what is that for?" beside a
    medicine is no bill."""
    if _CLINICAL_INTENT in read.intents and f"{_CLINICAL_INTENT}/near" in read.lists:
        return (_CLINICAL_INTENT,)
    return tuple(intent for intent in read.intents if read.scores[intent] >= read.scores[read.intents[0]] - CLOSE)


def _readable(sentences: Sequence[str]) -> int:
    """How many sentences of a mail are read in full."""
    total = 0
    for count, sentence in enumerate(sentences[:MOST_READ]):
        total += min(len(sentence), SENTENCE_CHARS)
        if total > MOST_CHARS:
            return count
    return min(len(sentences), MOST_READ)


def _backed(read: ReadSentence) -> tuple[str, ...]:
    """What a sentence asks beside others that say so in known words: the reader alone must then be surer, and nearly sure of
    a short sentence that names no medicine, which mostly only goes on with what was asked."""
    least = ALONE if read.mentions or len(read.words.words) > _SHORT else SURE
    return tuple(intent for intent in read.intents if intent in read.hits or read.scores[intent] >= least)


def marked_words(sentence: str, mentions: Sequence[MedicineMention]) -> Words:
    """The words of a sentence, its medicines marked for patterns with <medicine>."""
    cut = cut_words(sentence[:SENTENCE_CHARS])
    marks: dict[int, tuple[int, ...]] = {}
    for mention in mentions:
        covered = [n for n, (start, end) in enumerate(cut.spans) if start < mention.end and end > mention.start]
        if covered:
            marks[covered[0]] = (covered[-1],)
    return replace(cut, marks={"medicine": marks})


def _read(
    sentence: str,
    lists: Sequence[Lists],
    requests: Sequence[MedicationRequest],
    least: tuple[float, float],
    *,
    closed: bool,
    last: bool,
) -> ReadSentence:
    mentions = find_medicines(sentence, requests)
    words = marked_words(sentence, mentions)
    found = {name: first for spoken in lists for name, first in sorted(spoken.find(words))}
    reader = classify(sentence)
    health = bool(mentions) or "health" in found
    polite = _is_courtesy(words, found, closed=closed) or (last and _is_name_line(sentence, words))
    courtesy = polite and not set(found) & set(INTENTS) and not (health and reader.harmless < COURTEOUS)
    listed = _is_list_item(words, mentions)
    if not (courtesy or listed):
        reader = classify_closely(sentence)
    lines = ("not",) if "?" in sentence else ("not", "told")
    barred = {intent for intent in INTENTS if courtesy or any(f"{intent}/{name}" in found for name in lines)}
    hits = frozenset(found) & frozenset(INTENTS) - barred
    scores = {intent: score_of(intent, reader.intents.get(intent, 0.0), hits, found) for intent in INTENTS}
    scores.update(dict.fromkeys(INTENTS if listed else barred, NEVER))
    asked = [intent for intent in INTENTS if scores[intent] > 0]
    known = bool(hits - {_CLINICAL_INTENT}) or "known_background" in found
    harmless = _log_odds(reader.harmless) + (KNOWN if known else 0.0)
    return ReadSentence(
        sentence,
        words,
        mentions,
        tuple(sorted(asked, key=lambda i: -scores[i])),
        scores,
        hits,
        frozenset(found),
        clinical=0.0 if courtesy or listed else max(reader.triggers.get(sign, 0.0) for sign in CLINICAL_SIGNS),
        courtesy=courtesy,
        listed=listed,
        explained=len(sentence) <= WHOLE and (courtesy or listed or harmless >= least[0 if health else 1]),
    )


def _log_odds(probability: float) -> float:
    p = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _least_harmless(rulebook: Rulebook, language: str) -> tuple[float, float]:
    """The log-odds of harmlessness that explain a sentence that names a medicine or something of health, and any other."""
    names = ("explained_health", "explained")
    spoken = languages_of(language, rulebook)
    health, other = (max(limit(rulebook, name)[one] for one in spoken) for name in names)
    return _log_odds(health), _log_odds(other)


def _is_courtesy(words: Words, found: Mapping[str, bool], *, closed: bool) -> bool:
    """Whether a sentence only greets, closes or says who writes. `found`: lists, and whether they begin it."""
    count = len(words.words)
    if "?" in words.text or words.marks.get("medicine"):
        return False
    if count <= _COURTESY and (found.get("known_greeting") or found.get("known_closing")):
        return True
    return (closed and count <= _NAME_LINE) or "known_identity" in found


def _is_name_line(sentence: str, words: Words) -> bool:
    """Whether one of the last lines holds nothing but names: "K. van Dorsten", "Greet en Ben Maas"."""
    parts = re.findall(r"[^\W\d_]+", sentence)
    if not 0 < len(parts) <= _NAMES or words.marks.get("medicine") or re.search(r"[\d?!:]", sentence):
        return False
    return parts[0][0].isupper() and all(part[0].isupper() or part in _BETWEEN_NAMES for part in parts)


def _is_list_item(words: Words, mentions: Sequence[MedicineMention]) -> bool:
    """Whether a line only names medicines, with strength and number: "bisoprolol 5 mg, 2 doosjes"."""
    covered = {n for first, lasts in words.marks.get("medicine", {}).items() for n in range(first, lasts[0] + 1)}
    left = (word for n, word in enumerate(words.words) if n not in covered)
    return bool(mentions) and "?" not in words.text and all(word.isdigit() or word in _BESIDE_NAMES for word in left)


# What only goes on with another question unless it names a medicine of its own: "the dentist sent it, can you prepare it?"
_GOES_ON = (
    ("prescription_transfer", "refill_request"),
    ("prescription_transfer", "prescription_status"),
    ("lab_followup", "prescription_status"),
)
# How to get it, and remarks, come after what a patient came for.
_LAST = ("pickup_delivery", "other")


def order_intents(sentences: Sequence[ReadSentence], rulebook: Rulebook) -> tuple[str, ...]:
    """The intents a mail asks, the leading one first: in the order of the mail, ways of collecting and remarks last.
    What is only announced ("I'll collect it on Monday") is no question beside one that is asked."""
    asked = tuple(dict.fromkeys(intent for sentence in sentences for intent in sentence.intents))
    if len(asked) > 1:
        asked = tuple(i for i in asked if _is_asked(i, sentences, rulebook)) or asked[:1]
    for leading, beside in _GOES_ON:
        if leading in asked and beside in asked and not _on_its_own(beside, leading, sentences):
            asked = tuple(intent for intent in asked if intent != beside)
    return tuple(sorted(asked, key=lambda intent: _LAST.index(intent) + 1 if intent in _LAST else 0))


def _on_its_own(intent: str, leading: str, sentences: Sequence[ReadSentence]) -> bool:
    asking = [sentence for sentence in sentences if intent in sentence.intents]
    return any(s.mentions or leading in s.intents or f"{intent}/own" in s.lists for s in asking)


def _is_asked(intent: str, sentences: Sequence[ReadSentence], rulebook: Rulebook) -> bool:
    """Whether a sentence asks it: with an asking word where the intent lists those, and not only in passing."""
    asking = [s for s in sentences if intent in s.intents and f"{intent}/aside" not in s.lists]
    known = rulebook.intents.get(intent)
    if known is None or not any(key.endswith(".asks") for key in known.patterns):
        return bool(asking)
    return any("?" in s.text or f"{intent}/asks" in s.lists for s in asking)


def likeliest_intent(sentences: Sequence[ReadSentence]) -> str:
    """What a mail is about when no sentence says so clearly: the highest score of all, else "other"."""
    best = max(
        ((score, intent) for s in sentences if not s.courtesy for intent, score in s.scores.items()),
        default=(0.0, "other"),
    )
    return best[1] if best[0] > UNLIKELY else "other"
