"""A sentence that says something of the patient's matters which nothing explains: not a value or a claim of the record, not a
courtesy. What cannot be understood cannot be found true (domain.md §0.1, for drafts as for mails)."""

from collections.abc import Iterator

from server.model.finding import Finding, Part
from server.model.reply import Draft, ReplyBrief
from server.safety.coverage import residue, says_more, tells_of_another
from server.safety.frames import RISKY
from server.safety.reading import Reading, blocks, read_draft


def _is_pharmacists(brief: ReplyBrief) -> bool:
    """Whether the mail is for the pharmacist by a floor's or a model's finding, so that only an acknowledgement may go."""
    return any(finding.stands and finding.part in (Part.FLOOR, Part.MODEL) for finding in brief.triage.findings)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    clinical = _is_pharmacists(brief)
    for passage in reading.of("free"):
        if clinical:
            words, code = residue(passage, reading), "clinical_advice"
        elif brief.verified:
            words = says_more(passage, reading)
            code = "clinical_advice" if any(word in RISKY for word in words) else "unsupported_status"
        else:
            words, code = tells_of_another(passage, reading), "identity_disclosure"
        if words:
            yield blocks(code, "unexplained", passage.line.text)
