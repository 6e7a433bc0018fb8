"""Danger to life may be meant, and the reply does not name the number to call."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Reading, blocks


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    number = re.sub(r"\D", "", brief.pharmacy.emergency_phone) or "112"
    spelled = r"[\s.-]?".join(number)
    if brief.emergency and not re.search(rf"(?<![\d-]){spelled}(?![\d-]\d|\d)", draft.text):
        yield blocks("missing_emergency_number", "missing_emergency_number")
