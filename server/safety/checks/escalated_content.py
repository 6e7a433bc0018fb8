"""A mail that must go to the pharmacist gets an acknowledgement: in it even a medicine's name is too much."""

from collections.abc import Iterator

from server.model.finding import Finding, Part
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Reading, blocks, read_draft
from server.safety.tokens import Token

_DANGERS = frozenset({Part.FLOOR, Part.MODEL})  # not the statistical route: review depends on danger


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    if not any(finding.stands and finding.part in _DANGERS for finding in brief.triage.findings):
        return
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "model", "staff"):
        clinical: tuple[Token, ...] = (*passage.line.medicines, *passage.line.doses)
        for mention in clinical:
            yield blocks("clinical_advice", "escalated_content", mention.words)
        for clause in passage.clauses:
            if any(claim.asserted for claim in clause.claims):
                yield blocks("unsupported_status", "escalated_content", passage.line.text[clause.start : clause.end])
