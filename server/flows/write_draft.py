"""From brief to checked draft: the model's parts one by one, the template wherever a part, or all of it, fails."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import structlog

from server.drafting.llm_drafter import draft_by_model
from server.drafting.template_drafter import draft_by_template
from server.errors import ModelUnavailable
from server.flows.events import Event, PartReady, PartReplaced, Retracted, Waiting
from server.flows.reply_document import facts_document, part_document
from server.model.finding import Finding, Severity
from server.model.reply import Draft, DraftPart, ReplyBrief, SafetyReport
from server.model.rulebook import Rulebook
from server.model.triage import Route
from server.ports import LanguageModel
from server.safety.review import review, review_part

log = structlog.get_logger("draft")
NOT_NEEDED = "not_needed"  # there is nothing to order or to join: the model was not asked


@dataclass(frozen=True)
class Written:
    """What came of writing. `draft` is None when even the template's did not pass."""

    draft: Draft | None
    report: SafetyReport
    swapped: tuple[int, ...] = ()
    withheld: str = ""


def _hard(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.HARD)


def _ready(index: int, part: DraftPart, brief: ReplyBrief) -> PartReady:
    return PartReady(index, part_document(index, part), facts_document(part, brief))


def _by_template(brief: ReplyBrief, rulebook: Rulebook) -> Written:
    """The template's reply, reviewed like any other. A staff sentence that fails is left out and said so."""
    draft = draft_by_template(brief, rulebook)
    report = review(draft, brief)
    if report.blocked and brief.staff_sentence:
        without = draft_by_template(replace(brief, staff_sentence=""), rulebook)
        second = review(without, brief)
        if not second.blocked:
            noted = tuple(replace(finding, severity=Severity.SOFT) for finding in _hard(report.findings))
            return Written(without, SafetyReport((*second.findings, *noted)), withheld="staff_sentence")
    if report.blocked:
        return Written(None, report, withheld="blocked")
    return Written(draft, report)


def _same_place(part: DraftPart) -> tuple[str, int | None]:
    return part.kind, part.question


def _release_model_parts(
    brief: ReplyBrief,
    rulebook: Rulebook,
    model: LanguageModel,
    deadline: float,
    template: Draft,
    kept: list[DraftPart],
    swapped: dict[int, str],
) -> Iterator[Event]:
    """Yields each part once its checks passed; notes in `swapped` which parts the template had to write, and why."""
    spare = {_same_place(part): part for part in template.parts}
    for written in draft_by_model(brief, rulebook, model, deadline=deadline):
        if written is None:
            yield Waiting()
            continue
        index = len(kept)
        part, reason = written.part, written.swapped
        if _hard(review_part(part, template.language, brief)):
            if _same_place(part) not in spare:
                raise ModelUnavailable("unsafe")
            part, reason = spare[_same_place(part)], "unsafe"
        kept.append(part)
        if reason:
            swapped[index] = reason
        yield _ready(index, part, brief)


def _replace_all(brief: ReplyBrief, released: list[DraftPart], whole: Written, reason: str) -> Iterator[Event]:
    """Puts the template's reply in the place of what was released."""
    if whole.draft is None:
        yield Retracted(reason)
        return
    if len(released) > len(whole.draft.parts):
        yield Retracted(reason)
        released = []
    for index, part in enumerate(whole.draft.parts):
        if index >= len(released):
            yield _ready(index, part, brief)
        elif released[index] != part:
            yield PartReplaced(index, part_document(index, part), facts_document(part, brief), reason)


def _all_swapped(kept: list[DraftPart], swapped: dict[int, str]) -> bool:
    """Whether the template had to write each part that answers: then it is the writer."""
    answers = [index for index, part in enumerate(kept) if part.kind == "question"]
    return bool(answers) and all(index in swapped for index in answers)


def _by_model(
    brief: ReplyBrief, rulebook: Rulebook, model: LanguageModel, deadline: float
) -> Iterator[Event | Written]:
    whole = _by_template(brief, rulebook)
    if whole.draft is None:
        yield whole
        return
    if whole.withheld:
        brief = replace(brief, staff_sentence="")
    kept: list[DraftPart] = []
    swapped: dict[int, str] = {}
    reason = ""
    try:
        yield from _release_model_parts(brief, rulebook, model, deadline, whole.draft, kept, swapped)
    except ModelUnavailable as problem:
        reason = problem.reason
    except Exception:  # a fault of ours around the model: the template still answers
        log.exception("model drafting failed")
        reason = "internal"
    if reason == NOT_NEEDED:
        yield from (_ready(index, part, brief) for index, part in enumerate(whole.draft.parts))
        yield whole
        return
    draft = Draft(tuple(kept), whole.draft.language, model.name, subject=whole.draft.subject)
    report = review(draft, brief) if not reason else whole.report
    reason = reason or ("unsafe" if report.blocked or _all_swapped(kept, swapped) else "")
    if reason:
        log.info("model draft not used", reason=reason, model=model.name)
        yield from _replace_all(brief, kept, whole, reason)
        yield replace(whole, draft=replace(whole.draft, fallback=reason))
        return
    noted = tuple(finding for finding in whole.report.findings if finding.severity is Severity.SOFT)
    report = SafetyReport((*report.findings, *noted))
    yield Written(draft, report, tuple(swapped), whole.withheld)


def write_draft(
    brief: ReplyBrief, rulebook: Rulebook, model: LanguageModel | None, deadline: float
) -> Iterator[Event | Written]:
    """Events as parts become ready, then one Written. A model takes part only where facts are drafted (route DRAFT)."""
    if model is not None and brief.triage.route is Route.DRAFT and brief.triage.questions and brief.verified:
        yield from _by_model(brief, rulebook, model, deadline)
        return
    whole = _by_template(brief, rulebook)
    for index, part in enumerate(whole.draft.parts if whole.draft else ()):
        yield _ready(index, part, brief)
    yield whole
