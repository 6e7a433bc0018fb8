"""What a model's opinion changes of a reading: it adds escalations, and takes away doubt that may be taken away.

Never what the floor found (contract: questions, findings, route)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from server.model.finding import Finding, Part, Severity
from server.model.opinion import Opinion, SentenceOpinion
from server.model.patient import PatientMatch
from server.model.rulebook import Rulebook
from server.model.triage import Triage, Urgency
from server.triage.deciding import is_reply_needed, route_of, urgency_of
from server.triage.suspicious import CODE as SUSPICIOUS

UNNAMED = "opinion_escalates"  # the model wants a pharmacist to look and names none of the triggers
_MOST_QUOTES = 5


def may_be_asked(triage: Triage) -> bool:
    """Whether an opinion could still change who answers: only doubt that may be cleared stands, and nothing that looks
    like an attack (whoever can write to the pharmacy must not be able to talk a model into clearing that)."""
    standing = [finding for finding in triage.findings if finding.stands]
    return all(_may_be_cleared(finding) and finding.code != SUSPICIOUS for finding in standing)


def as_if_cleared(triage: Triage, model: str, match: PatientMatch, rulebook: Rulebook, *, automatic: bool) -> Triage:
    """The reading if all doubt that may be cleared were: what a text is asked for while the opinion is under way."""
    findings = [_cleared(f, model) if f.stands and _may_be_cleared(f) else f for f in triage.findings]
    return _decided(triage, findings, match, rulebook, automatic=automatic)


def with_opinion(
    triage: Triage, opinion: Opinion, match: PatientMatch, rulebook: Rulebook, *, automatic: bool
) -> Triage:
    """The reading with a valid opinion taken into account; with an attack in sight as it was."""
    if any(finding.stands and finding.code == SUSPICIOUS for finding in triage.findings):
        return triage
    added = tuple(_added(opinion))
    unnamed = any(finding.code == UNNAMED for finding in added)
    weighed = [
        _cleared(finding, opinion.model) if not unnamed and _takes_away(opinion, finding) else finding
        for finding in triage.findings
    ]
    decided = _decided(triage, [*weighed, *added], match, rulebook, automatic=automatic)
    return replace(decided, urgency=max(decided.urgency, opinion.urgency)) if added else decided


def _decided(
    triage: Triage, findings: Sequence[Finding], match: PatientMatch, rulebook: Rulebook, *, automatic: bool
) -> Triage:
    """Route, urgency and need of a reply anew, what stands first."""
    ordered = tuple(sorted(findings, key=lambda f: (not f.stands, f.part is not Part.FLOOR, -f.severity)))
    return replace(
        triage,
        findings=ordered,
        route=route_of(ordered, match),
        urgency=urgency_of(ordered, rulebook),
        reply_needed=is_reply_needed(triage.questions, ordered, automatic=automatic),
    )


def _may_be_cleared(finding: Finding) -> bool:
    return finding.part is Part.CAUTION and finding.clearable


def _cleared(finding: Finding, model: str) -> Finding:
    return replace(finding, cleared_by=f"model:{model}")


def _takes_away(opinion: Opinion, finding: Finding) -> bool:
    """Whether the opinion calls every sentence harmless that this doubt is about: the quoted ones, else all of them."""
    if not (finding.stands and _may_be_cleared(finding)):
        return False
    if not finding.quotes:
        return all(said.harmless for said in opinion.sentences)
    concerned = [_concerned(opinion.sentences, quote) for quote in finding.quotes]
    return all(found and all(said.harmless for said in found) for found in concerned)


def _concerned(sentences: Sequence[SentenceOpinion], quote: str) -> list[SentenceOpinion]:
    """The labelled sentences that a quote is of; none when it is of no sentence that was sent."""
    words = " ".join(quote.split())
    held = [(" ".join(said.sentence.split()), said) for said in sentences]
    return [said for text, said in held if words and words in text]


def _added(opinion: Opinion) -> Iterator[Finding]:
    """One finding for each trigger that is named; one of its own for an escalation without any."""
    named: dict[str, list[str]] = {}
    for said in opinion.sentences:
        attack = (SUSPICIOUS,) if said.role == "instruction" else ()
        for trigger in dict.fromkeys((*said.triggers, *attack)):
            named.setdefault(trigger, []).append(said.sentence)
    for trigger, sentences in named.items():
        quotes = tuple(dict.fromkeys(sentences))[:_MOST_QUOTES]
        yield Finding(trigger, Part.MODEL, Severity.HARD, f"opinion/{trigger}", quotes)
    if not named and (opinion.escalates or opinion.urgency is Urgency.EMERGENCY):
        quotes = tuple(said.sentence for said in opinion.sentences if not said.harmless)[:_MOST_QUOTES]
        yield Finding(UNNAMED, Part.MODEL, Severity.HARD, "opinion/unnamed", quotes)
