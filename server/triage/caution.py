"""Doubt that a trained reader has where the floor is silent: it may send a mail to the pharmacist, never the other way.

Two thresholds for each language (contract: CAUTION). The lower counts while no valid opinion of a model is there; the
upper always, so `rule` says which one was passed."""

from collections.abc import Iterator, Sequence

from server.model.finding import Finding, Part, Severity
from server.model.patient import PatientMatch, Rung
from server.triage.classifier import classify
from server.triage.questions import Reading
from server.triage.weighing import is_authorized, is_resolved

# Measured by 4-fold cross-validation on the training corpus' 520 whole mails, floor and caution together: at these values
# 85 % (nl) and 76 % (en) of the mails with a trigger are caught, and 15 % of the clean ones (mails full of veiled hints
# and look-alikes) are sent along. At half the lower value another 4 % are caught for 3 % more sent along in vain. An upper
# value below 0.9 sends routine sentences that the patterns know, and finds nothing for it.
LOWER = {"nl": 0.40, "en": 0.30}
UPPER = {"nl": 0.90, "en": 0.90}
LIKELY = 0.50  # beside a finding of the floor, which sends the mail anyway, only what is likelier than not is told
_BY_RECORD = frozenset(
    {"controlled_substance", "early_refill_controlled"}
)  # names and record say it better than a guess
_MOST_SENTENCES = 120
_FEWEST_WORDS = 6  # shorter ones ("Spiriva???", a signature) sound like anything; no mail is caught by them alone


def find_caution(language: str, reading: Reading, match: PatientMatch, floor: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding for each trigger that a sentence sounds like, unless the floor says it already. A sentence that is
    explained as routine, or too short to say anything, must sound like it above the upper threshold."""
    standing = {finding.code for finding in floor if finding.stands}
    known = standing | _BY_RECORD
    if match.rung is Rung.UNKNOWN or is_resolved(reading):
        known |= {"unclear_request"}
    if is_authorized(reading, match):
        known |= {"missing_prior_authorization"}
    least = LIKELY if standing else 0.0
    return tuple(_found(reading, language if language in LOWER else "nl", known, least))


def _found(reading: Reading, language: str, known: set[str], least: float) -> Iterator[Finding]:
    best: dict[str, tuple[float, str]] = {}
    for sentence, explained in list(zip(reading.sentences, reading.explained, strict=True))[:_MOST_SENTENCES]:
        if len(sentence.split()) < _FEWEST_WORDS:
            continue
        limit = max(least, UPPER[language] if explained else LOWER[language])
        for trigger, score in classify(sentence, language).triggers.items():
            if trigger not in known and score >= limit and score > best.get(trigger, (0.0, ""))[0]:
                best[trigger] = (score, sentence)
    for trigger, (score, sentence) in sorted(best.items()):
        level = "upper" if score >= UPPER[language] else "lower"
        yield Finding(trigger, Part.CAUTION, Severity.HARD, f"classifier/{trigger}/{level}", (sentence,))
