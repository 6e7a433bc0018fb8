"""Doubt that a trained reader has where the floor is silent: it may send a mail to the pharmacist, never the other way.

Two thresholds for each language (contract: CAUTION). The lower counts while no valid opinion of a model is there; the
upper always, so `rule` says which one was passed."""

from collections.abc import Iterator, Sequence

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.model.rulebook import Rulebook
from server.text.patterns import compile_patterns
from server.triage.classifier import classify
from server.triage.questions import Reading
from server.triage.weighing import is_authorized, is_resolved

# Measured on two held-out sevenths of the training corpus' sentences, floor and caution together: 88 % (nl) and 87 % (en) of
# the sentences with a trigger are caught, and 6 % and 9 % of the harmless ones. Without asking that something of health is
# named, as many were caught and 9 % and 13 % of the harmless ones sent along: runs of letters that only looked like a
# complaint. An upper value below 0.9 sends routine sentences that the patterns know, and finds nothing for it.
LOWER = {"nl": 0.35, "en": 0.20}
UPPER = {"nl": 0.90, "en": 0.90}
LIKELY = 0.50  # beside a finding of the floor, which sends the mail anyway, only what is likelier than not is told
_BY_RECORD = frozenset(
    {"controlled_substance", "early_refill_controlled"}
)  # names and record say it better than a guess
_MOST_SENTENCES = 120
_MOST_CHARS = 1_000  # of a sentence, as the classifier
_HEALTH = ("medicine", "complaint", "body", "amiss", "critical", "swallowed", "breath", "package", "health")
_FEWEST_WORDS = 6  # shorter ones ("Spiriva???", a signature) sound like anything; no mail is caught by them alone


def find_caution(
    language: str, reading: Reading, match: PatientMatch, floor: Sequence[Finding], rulebook: Rulebook
) -> tuple[Finding, ...]:
    """One finding for each trigger that a sentence sounds like, unless the floor says it already. A sentence that is
    explained as routine, that names nothing of health, or that the floor has read already, must sound like it above the
    upper threshold; one too short to say anything never counts."""
    standing = {finding.code for finding in floor if finding.stands}
    known = standing | _BY_RECORD
    if standing or match.rung is Rung.UNKNOWN or is_resolved(reading):
        known |= {"unclear_request"}
    if is_authorized(reading, match):
        known |= {"missing_prior_authorization"}
    least = LIKELY if standing else 0.0
    quotes = {quote for finding in floor if finding.stands for quote in finding.quotes if quote}
    spoken = language if language in LOWER else "nl"
    telling = tuple(_telling(reading, spoken, rulebook, quotes))
    return tuple(_found(reading, spoken, known, least, telling))


def _telling(reading: Reading, language: str, rulebook: Rulebook, quotes: set[str]) -> Iterator[bool]:
    """Of each sentence, whether a guess about it is worth hearing: not explained, not read by the floor, about health."""
    names = [f"reading_{name}" for name in _HEALTH]
    health = compile_patterns(p for name in names for p in rulebook.phrases.get(name, {}).get(language, ()))
    for sentence, explained, mentions in zip(reading.sentences, reading.explained, reading.by_sentence, strict=True):
        open_yet = not explained and not any(quote in sentence for quote in quotes)
        yield open_yet and (bool(mentions) or bool(health.find(sentence[:_MOST_CHARS])))


def _found(
    reading: Reading, language: str, known: set[str], least: float, telling: Sequence[bool]
) -> Iterator[Finding]:
    best: dict[str, tuple[float, str]] = {}
    for sentence, told in list(zip(reading.sentences, telling, strict=True))[:_MOST_SENTENCES]:
        if len(sentence.split()) < _FEWEST_WORDS:
            continue
        limit = max(least, LOWER[language] if told else UPPER[language])
        for trigger, score in classify(sentence, language).triggers.items():
            if trigger not in known and score >= limit and score > best.get(trigger, (0.0, ""))[0]:
                best[trigger] = (score, sentence)
    for trigger, (score, sentence) in sorted(best.items()):
        level = "upper" if score >= UPPER[language] else "lower"
        yield Finding(trigger, Part.CAUTION, Severity.HARD, f"classifier/{trigger}/{level}", (sentence,))
