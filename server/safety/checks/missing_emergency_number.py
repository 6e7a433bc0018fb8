"""Danger to life may be meant, and the reply does not name the number to call."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief, SentenceOrigin
from server.safety.reading import Reading, blocks
from server.text.contact_data import is_number_to_call

_REVIEWED, _NUMBER = SentenceOrigin.STATEMENT, "pharmacy.emergency_phone"


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    number = re.sub(r"\D", "", brief.pharmacy.emergency_phone) or "112"
    spelled = r"[\s.-]?".join(number)
    named = re.finditer(rf"(?<![\d-]){spelled}(?![\d-]\d|\d)", draft.text)
    told = any(is_number_to_call(draft.text, *match.span()) for match in named) or _stated(draft)
    if brief.emergency and not told:
        yield blocks("missing_emergency_number", "missing_emergency_number")


def _stated(draft: Draft) -> bool:
    """Whether one of the pharmacy's own sentences gives it: those are reviewed in whatever language they are."""
    pieces = (p for part in draft.parts for s in part.sentences if s.origin is _REVIEWED for p in s.pieces)
    return any(_NUMBER in piece.facts for piece in pieces)
