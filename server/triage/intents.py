"""What each sentence of a mail asks: content patterns first, the trained reader beside them, and which intent leads."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from server.model.patient import MedicationRequest
from server.model.rulebook import Rulebook
from server.model.triage import IntentId
from server.text.medicines import MedicineMention, find_medicines
from server.text.patterns import compile_patterns
from server.text.words import Words, cut_words
from server.triage.classifier import classify

INTENTS: tuple[str, ...] = get_args(IntentId)
READ = ("nl", "en")  # languages that content and the trained reader know
HIT = 4.0  # what a pattern adds to the reader's log-odds, and what its absence takes (measured on held-out sentences)
NO_HIT = 1.5
HARMLESS = 0.85  # the trained reader alone explains a sentence from here on
_COURTESY = 10  # words of the longest greeting or closing
_NAME_LINE = 8  # words of the longest line of a signature


@dataclass(frozen=True)
class ReadSentence:
    """One sentence read. `intents`: what it asks, strongest first; `scores`: log-odds of every intent; `courtesy`:
    greeting, closing or identity; `explained`: known, so that nothing unforeseen hides in it."""

    text: str = field(repr=False)
    words: Words = field(repr=False)
    mentions: tuple[MedicineMention, ...] = ()
    intents: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    hits: frozenset[str] = frozenset()
    courtesy: bool = False
    explained: bool = False


def read_sentences(
    sentences: Sequence[str], language: str, rulebook: Rulebook, requests: Sequence[MedicationRequest] = ()
) -> tuple[ReadSentence, ...]:
    """Each sentence with what it asks. After a closing only names and addresses are expected."""
    found: list[ReadSentence] = []
    closed = False
    for sentence in sentences:
        read = _read(sentence, language, rulebook, requests, closed=closed)
        closed = closed or (read.courtesy and bool(found) and _begins(read.words, "known_closing", language, rulebook))
        found.append(read)
    return tuple(found)


def languages_of(language: str) -> tuple[str, ...]:
    """The languages whose patterns are tried: the mail's own, or all when it is another."""
    return (language,) if language in READ else READ


def marked_words(sentence: str, mentions: Sequence[MedicineMention]) -> Words:
    """The words of a sentence, its medicines marked for patterns with <medicine>."""
    cut = cut_words(sentence)
    marks: dict[int, tuple[int, ...]] = {}
    for mention in mentions:
        covered = [n for n, (start, end) in enumerate(cut.spans) if start < mention.end and end > mention.start]
        if covered:
            marks[covered[0]] = (covered[-1],)
    return replace(cut, marks={"medicine": marks})


def matches(words: Words, intent: str, name: str, language: str, rulebook: Rulebook) -> bool:
    """Whether one of the intent's named pattern lists ("wish.delivery", "outcome.complaint") is found."""
    known = rulebook.intents.get(intent)
    lists = [known.patterns.get(f"{spoken}.{name}", ()) for spoken in languages_of(language)] if known else []
    return any(listed and compile_patterns(listed).find(words) for listed in lists)


def _read(
    sentence: str, language: str, rulebook: Rulebook, requests: Sequence[MedicationRequest], *, closed: bool
) -> ReadSentence:
    mentions = find_medicines(sentence, requests)
    words = marked_words(sentence, mentions)
    courtesy = _is_courtesy(words, language, rulebook, closed=closed)
    hits = frozenset() if courtesy else _hits(words, language, rulebook)
    reader = classify(sentence, language)
    scores = {
        intent: _log_odds(reader.intents.get(intent, 0.0)) + (HIT if intent in hits else -NO_HIT) for intent in INTENTS
    }
    asked = () if courtesy else tuple(sorted((i for i in INTENTS if scores[i] > 0), key=lambda i: -scores[i]))
    told = "?" not in sentence and not courtesy
    asked = tuple(i for i in asked if not (told and matches(words, i, "not", language, rulebook)))
    known = courtesy or bool(hits - {"clinical_question"}) or _found(words, "known_background", language, rulebook)
    return ReadSentence(
        sentence, words, mentions, asked, scores, hits, courtesy, explained=known or reader.harmless >= HARMLESS
    )


def _log_odds(probability: float) -> float:
    p = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _hits(words: Words, language: str, rulebook: Rulebook) -> frozenset[str]:
    """The intents of which a pattern is found; all intents' patterns are walked at once."""
    found: set[str] = set()
    for spoken in languages_of(language):
        owners = [(i.id, p) for i in rulebook.intents.values() for p in i.patterns.get(spoken, ())]
        matcher = compile_patterns(tuple(pattern for _, pattern in owners))
        found |= {owners[hit.pattern][0] for hit in matcher.find(words)}
    return frozenset(found)


def _is_courtesy(words: Words, language: str, rulebook: Rulebook, *, closed: bool) -> bool:
    count = len(words.words)
    if "?" in words.text or words.marks.get("medicine"):
        return False
    if count <= _COURTESY and any(
        _begins(words, kind, language, rulebook) for kind in ("known_greeting", "known_closing")
    ):
        return True
    return (closed and count <= _NAME_LINE) or _found(words, "known_identity", language, rulebook)


def _begins(words: Words, kind: str, language: str, rulebook: Rulebook) -> bool:
    return _found(words, kind, language, rulebook, first=True)


def _found(words: Words, kind: str, language: str, rulebook: Rulebook, *, first: bool = False) -> bool:
    phrases = rulebook.phrases.get(kind, {})
    for spoken in languages_of(language):
        listed = phrases.get(spoken, ())
        if listed and any(hit.first == 0 or not first for hit in compile_patterns(listed).find(words)):
            return True
    return False


# Where several are asked, these lead: what a patient came for, before how to get it and what it costs.
_LAST = ("pickup_delivery", "insurance", "other")


def order_intents(sentences: Sequence[ReadSentence], language: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The intents a mail asks, the leading one first: in the order of the mail, ways of collecting and remarks last.
    What is only announced ("I'll collect it on Monday") is no question beside one that is asked."""
    asked = tuple(dict.fromkeys(intent for sentence in sentences for intent in sentence.intents))
    if len(asked) > 1:
        asked = tuple(i for i in asked if _is_asked(i, sentences, language, rulebook)) or asked[:1]
    return tuple(sorted(asked, key=lambda intent: _LAST.index(intent) + 1 if intent in _LAST else 0))


def _is_asked(intent: str, sentences: Sequence[ReadSentence], language: str, rulebook: Rulebook) -> bool:
    """Whether a sentence asks it; an intent without a list of asking words is always asked."""
    known = rulebook.intents.get(intent)
    if known is None or not any(key.endswith(".asks") for key in known.patterns):
        return True
    asking = [sentence for sentence in sentences if intent in sentence.intents]
    return any("?" in s.text or matches(s.words, intent, "asks", language, rulebook) for s in asking)


def likeliest_intent(sentences: Sequence[ReadSentence]) -> str:
    """What a mail is about when no sentence says so clearly: the highest score of all, else "other"."""
    best = max(
        ((score, intent) for s in sentences if not s.courtesy for intent, score in s.scores.items()),
        default=(0.0, "other"),
    )
    return best[1]
