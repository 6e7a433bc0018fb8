"""From brief to checked draft: the model's parts one by one, the template wherever a part, or all of it, fails."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import structlog

from server.drafting.llm_drafter import build_request, draft_by_model
from server.drafting.template_drafter import draft_by_template
from server.errors import ModelUnavailable
from server.flows.events import Event, PartReady, PartReplaced, Retracted
from server.flows.reply_document import facts_document, part_document, request_text
from server.model.finding import Finding, Severity
from server.model.reply import Draft, DraftPart, ReplyBrief, SafetyReport
from server.model.rulebook import Rulebook
from server.model.triage import Route
from server.ports import LanguageModel
from server.safety.review import review, review_part

log = structlog.get_logger("draft")


@dataclass(frozen=True)
class Written:
    """What came of writing. `draft` is None when even the template's did not pass; `request` is the exact text sent
    to a model, "" when none was."""

    draft: Draft | None
    report: SafetyReport
    swapped: tuple[int, ...] = ()
    withheld: str = ""
    request: str = field(repr=False, default="")
    model: str = ""


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
    brief: ReplyBrief, rulebook: Rulebook, model: LanguageModel, deadline: float, template: Draft, kept: list[DraftPart]
) -> Iterator[Event | int]:
    """Yields each part once its checks passed, and the index of each that the template had to write."""
    spare = {_same_place(part): part for part in template.parts}
    for index, written in enumerate(draft_by_model(brief, rulebook, model, deadline=deadline)):
        part, swapped = written.part, bool(written.swapped)
        if _hard(review_part(part, template.language, brief)) and _same_place(part) in spare:
            part, swapped = spare[_same_place(part)], True
        kept.append(part)
        if swapped:
            yield index
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


def _by_model(
    brief: ReplyBrief, rulebook: Rulebook, model: LanguageModel, deadline: float
) -> Iterator[Event | Written]:
    whole = _by_template(brief, rulebook)
    if whole.draft is None:
        yield whole
        return
    kept: list[DraftPart] = []
    swapped: list[int] = []
    request = reason = ""
    try:
        request = request_text(build_request(brief, rulebook))
        for event in _release_model_parts(brief, rulebook, model, deadline, whole.draft, kept):
            if isinstance(event, int):
                swapped.append(event)
            else:
                yield event
    except ModelUnavailable as problem:
        reason = problem.reason
    draft = Draft(tuple(kept), whole.draft.language, model.name)
    report = review(draft, brief) if not reason else whole.report
    if reason or report.blocked:
        reason = reason or "unsafe"
        log.info("model draft not used", reason=reason, model=model.name)
        yield from _replace_all(brief, kept, whole, reason)
        yield replace(whole, draft=replace(whole.draft, fallback=reason), request=request, model=model.name)
        return
    yield Written(draft, report, tuple(swapped), whole.withheld, request, model.name)


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
