"""Doubt that a trained reader has where the floor is silent: it may send a mail to the pharmacist, never the other way.

Two thresholds for each language (contract: CAUTION). The lower counts while no valid opinion of a model is there; the
upper always, so `rule` says which one was passed."""

from collections.abc import Iterator, Sequence

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.triage.classifier import classify
from server.triage.questions import Reading
from server.triage.weighing import is_authorized, is_resolved

LOWER = {"nl": 0.50, "en": 0.50}
UPPER = {"nl": 0.80, "en": 0.80}
_BY_RECORD = frozenset(
    {"controlled_substance", "early_refill_controlled"}
)  # names and record say it better than a guess
_MOST_SENTENCES = 120
_FEWEST_WORDS = 4  # what is shorter ("Spiriva???", a signature) was never learned from


def find_caution(language: str, reading: Reading, match: PatientMatch, floor: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding for each trigger that a sentence sounds like, unless the floor says it already. A sentence that is
    explained as routine, or too short to say anything, must sound like it above the upper threshold."""
    known = {finding.code for finding in floor if finding.stands} | _BY_RECORD
    if match.rung is Rung.UNKNOWN or is_resolved(reading):
        known |= {"unclear_request"}
    if is_authorized(reading, match):
        known |= {"missing_prior_authorization"}
    return tuple(_found(reading, language if language in LOWER else "nl", known))


def _found(reading: Reading, language: str, known: set[str]) -> Iterator[Finding]:
    best: dict[str, tuple[float, str]] = {}
    for sentence, explained in list(zip(reading.sentences, reading.explained, strict=True))[:_MOST_SENTENCES]:
        if len(sentence.split()) < _FEWEST_WORDS:
            continue
        limit = UPPER[language] if explained else LOWER[language]
        for trigger, score in classify(sentence, language).triggers.items():
            if trigger not in known and score >= limit and score > best.get(trigger, (0.0, ""))[0]:
                best[trigger] = (score, sentence)
    for trigger, (score, sentence) in sorted(best.items()):
        level = "upper" if score >= UPPER[language] else "lower"
        yield Finding(trigger, Part.CAUTION, Severity.HARD, f"classifier/{trigger}/{level}", (sentence,))
