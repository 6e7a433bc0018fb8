"""Doubt that a trained reader has where the floor is silent: it may send a mail to the pharmacist, never the other way.

Two thresholds for each language (contract: CAUTION). The lower counts while no valid opinion of a model is there; the
upper always, so `rule` says which one was passed."""

from collections.abc import Iterator, Sequence
from itertools import islice

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.model.rulebook import Rulebook
from server.text.patterns import compile_patterns
from server.triage.classifier import classify_closely, limit
from server.triage.questions import Reading
from server.triage.weighing import is_authorized, is_resolved

LIKELY = 0.30  # beside a finding of the floor, and of a stranger, what is less likely is not told
_BY_RECORD = frozenset(
    {"controlled_substance", "early_refill_controlled"}
)  # names and record say it better than a guess
_MOST_SENTENCES = 120
_MOST_CHARS = 1_000  # of a sentence, as the classifier
_FEWEST_WORDS = 6  # shorter ones ("Spiriva???", a signature) sound like anything; no mail is caught by them alone


def find_caution(
    language: str, reading: Reading, match: PatientMatch, floor: Sequence[Finding], rulebook: Rulebook
) -> tuple[Finding, ...]:
    """One finding for each trigger that a sentence sounds like, unless the floor says it already. The less reason there
    is to hear a sentence (explained, nothing of health in it), the surer the guess must be; one too
    short to say anything never counts. A relative's medicines asked for by name are no attack: that is for identity."""
    standing = {finding.code for finding in floor if finding.stands}
    known = standing | _BY_RECORD
    if standing or match.rung is Rung.UNKNOWN or is_resolved(reading):
        known |= {"unclear_request"}
    if is_authorized(reading, match):
        known |= {"missing_prior_authorization"}
    if match.rung is Rung.UNKNOWN and _names_family(reading, rulebook, language):
        known |= {"suspicious_content"}
    least = LIKELY if standing or match.rung is Rung.UNKNOWN else 0.0
    spoken = language if language in limit(rulebook, "lower") else "nl"
    limits = tuple(_limits(reading, rulebook, spoken, least))
    return tuple(_found(reading, known, limits, limit(rulebook, "upper")[spoken]))


def _names_family(reading: Reading, rulebook: Rulebook, language: str) -> bool:
    family = compile_patterns(rulebook.phrases.get("reading_family", {}).get(language, ()))
    return any(family.find(sentence[:_MOST_CHARS]) for sentence in reading.sentences[:_MOST_SENTENCES])


def _limits(reading: Reading, rulebook: Rulebook, language: str, least: float) -> Iterator[float]:
    """How sure a guess about each sentence must be: what is explained needs the upper threshold."""
    for explained in islice(reading.explained, _MOST_SENTENCES):
        yield max(least, limit(rulebook, "upper" if explained else "lower")[language])


def _found(reading: Reading, known: set[str], limits: Sequence[float], upper: float) -> Iterator[Finding]:
    best: dict[str, tuple[float, str]] = {}
    for sentence, least in zip(reading.sentences[:_MOST_SENTENCES], limits, strict=True):
        if len(sentence.split()) < _FEWEST_WORDS:
            continue
        for trigger, score in classify_closely(sentence).triggers.items():
            if trigger not in known and score >= least and score > best.get(trigger, (0.0, ""))[0]:
                best[trigger] = (score, sentence)
    for trigger, (score, sentence) in sorted(best.items()):
        level, clearable = ("upper", False) if score >= upper else ("lower", True)
        rule = f"classifier/{trigger}/{level}"
        yield Finding(trigger, Part.CAUTION, Severity.HARD, rule, (sentence,), clearable=clearable)
