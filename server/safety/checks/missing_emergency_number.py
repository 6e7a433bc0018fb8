"""Danger to life may be meant, and the reply does not name the number to call."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Reading, blocks
from server.text.contact_data import is_number_to_call


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    number = re.sub(r"\D", "", brief.pharmacy.emergency_phone) or "112"
    spelled = r"[\s.-]?".join(number)
    named = re.finditer(rf"(?<![\d-]){spelled}(?![\d-]\d|\d)", draft.text)
    if brief.emergency and not any(is_number_to_call(draft.text, *match.span()) for match in named):
        yield blocks("missing_emergency_number", "missing_emergency_number")
