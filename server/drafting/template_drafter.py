"""The drafter that needs no model: the statements that hold, in the house's order."""

from server.drafting.greeting import subject_line
from server.drafting.statements import parts_for
from server.drafting.voice import voice_of
from server.model.reply import Draft, DraftPart, ReplyBrief
from server.model.rulebook import Rulebook


def draft_by_template(brief: ReplyBrief, rulebook: Rulebook) -> Draft:
    """The reply as the pharmacy's statements say it. Same brief and version, same text."""
    parts = tuple(DraftPart(part.kind, part.sentences, part.question) for part in parts_for(brief, rulebook))
    return Draft(parts, brief.language, subject=subject_line(voice_of(brief, rulebook)))
