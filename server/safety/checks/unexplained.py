"""A sentence that says something of the patient's matters which nothing explains: not a value or a claim of the record, not a
courtesy. What cannot be understood cannot be found true (domain.md §0.1, for drafts as for mails)."""

from collections.abc import Iterator

from server.model.finding import Finding, Part
from server.model.reply import Draft, ReplyBrief
from server.safety.coverage import says_clinically, says_more, says_nothing_known, tells_of_another
from server.safety.frames import RISKY
from server.safety.reading import Reading, blocks, read_draft
from server.safety.things_said import moves_the_visit, others_did, reassures_by_silence, says_of_things


def _is_pharmacists(brief: ReplyBrief) -> bool:
    """Whether the mail is for the pharmacist by a floor's or a model's finding, so that only an acknowledgement may go."""
    return any(finding.stands and finding.part in (Part.FLOOR, Part.MODEL) for finding in brief.triage.findings)


_OF_HEALTH = frozenset(
    {"new_symptoms", "suspected_adverse_reaction", "allergy", "clinical_judgement", "unclear_dosing"}
)


def _is_clinical(brief: ReplyBrief) -> bool:
    """Whether the mail may be about health: a doubt is enough to read a draft more strictly."""
    asked = any(question.intent == "clinical_question" for question in brief.triage.questions)
    return asked or any(finding.code in _OF_HEALTH for finding in brief.triage.findings)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    pharmacists, clinical = _is_pharmacists(brief), _is_clinical(brief)
    for passage in reading.of("free"):
        if pharmacists:
            words, code = says_clinically(passage, reading), "clinical_advice"
        elif brief.verified:
            words = says_more(passage, reading, clinical=clinical)
            code = "clinical_advice" if any(word in RISKY for word in words) else "unsupported_status"
        else:
            words, code = tells_of_another(passage, reading), "identity_disclosure"
        if brief.verified and not pharmacists and not words:
            words = says_of_things(passage, reading) or others_did(passage, reading)
            code = "unsupported_status"
        if moved := moves_the_visit(passage):
            yield blocks("unsupported_status", "unexplained", moved)
        if reassures_by_silence(passage):
            yield blocks("clinical_advice", "unexplained", passage.line.text)
        elif words or (brief.verified and not pharmacists and says_nothing_known(passage)):
            yield blocks(code, "unexplained", passage.line.text)
