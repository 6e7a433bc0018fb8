"""Who worded which part of a draft, because each origin is judged by its own rule (contract: grounding)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from server.model.reply import Draft, DraftPart, PartKind, Piece, Sentence, SentenceOrigin

Mode = Literal["free", "model", "staff", "statement"]
FREE_TEXT = "free text"  # `written_by` of a draft made from bare text
_MODES: dict[SentenceOrigin, Mode] = {
    SentenceOrigin.STATEMENT: "statement",
    SentenceOrigin.MODEL: "model",
    SentenceOrigin.STAFF: "staff",
}


@dataclass(frozen=True)
class Stretch:
    """A run of a draft of one origin. "free": bare text in which everything must be grounded by what stands near it;
    "model": joins statements and may hold no fact at all; "staff": typed in the pane; "statement": reviewed content."""

    text: str = field(repr=False)
    mode: Mode
    kind: PartKind


def draft_from_text(text: str, language: str) -> Draft:
    """A draft of bare text (an edited one, another's, a draft case): one part, worded by nobody we know."""
    sentence = Sentence((Piece(text),), SentenceOrigin.MODEL)
    return Draft((DraftPart("question", (sentence,)),), language, written_by=FREE_TEXT)


def _of_part(part: DraftPart, *, free: bool) -> Iterator[Stretch]:
    if free:
        yield Stretch(part.text, "free", part.kind)
        return
    for sentence in part.sentences:
        yield Stretch(sentence.text, _MODES[sentence.origin], part.kind)


def is_free_text(draft: Draft) -> bool:
    """Whether nothing of the draft is one of the pharmacy's statements."""
    return all(s.origin is SentenceOrigin.MODEL for part in draft.parts for s in part.sentences)


def stretches(draft: Draft) -> tuple[Stretch, ...]:
    """The draft's text by origin, in its order."""
    free = is_free_text(draft)
    return tuple(stretch for part in draft.parts for stretch in _of_part(part, free=free))
