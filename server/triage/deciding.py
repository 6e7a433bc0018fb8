"""What findings come to: who answers and how soon, whoever found them. Computed again when a model's opinion has come."""

from collections.abc import Sequence

from server.model.finding import Finding
from server.model.patient import PatientMatch, Rung
from server.model.rulebook import Rulebook
from server.model.triage import Question, Route, Urgency
from server.triage.triggers import is_emergency

_URGENCY = {"routine": Urgency.ROUTINE, "same_day": Urgency.SAME_DAY, "urgent": Urgency.URGENT}


def urgency_of(findings: Sequence[Finding], rulebook: Rulebook) -> Urgency:
    """How soon a person must look: the strictest of the findings that stand."""
    standing = [finding for finding in findings if finding.stands]
    if any(is_emergency(finding, rulebook) for finding in standing):
        return Urgency.EMERGENCY
    known = [rulebook.triggers[f.code].urgency for f in standing if f.code in rulebook.triggers]
    return max(
        (_URGENCY.get(word, Urgency.SAME_DAY) for word in known),
        default=Urgency.SAME_DAY if standing else Urgency.ROUTINE,
    )


def route_of(findings: Sequence[Finding], match: PatientMatch) -> Route:
    """Any standing finding: the pharmacist. Nobody verified: the letter that tells nothing. Else a draft."""
    if any(finding.stands for finding in findings):
        return Route.ESCALATE
    return Route.VERIFY if match.rung is Rung.UNKNOWN else Route.DRAFT


def is_reply_needed(questions: Sequence[Question], findings: Sequence[Finding], *, automatic: bool) -> bool:
    """Bounces, newsletters and bare thanks wait for no answer; what a pharmacist must see always does."""
    if any(finding.stands for finding in findings):
        return True
    thanks = [about.outcome == "thanks" for q in questions for about in q.about] or [False]
    return not automatic and not (all(thanks) and all(q.intent == "other" for q in questions))
