"""A day or time that no record, opening hour or calendar bears out, in digits or in words."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.day_parts import undated_since, wrong_day_parts
from server.safety.day_truth import day_holds
from server.safety.house_time import time_holds
from server.safety.reading import Reading, blocks, read_draft

_CLOCK_UNITS = frozenset(["minuut", "minuten", "uur", "uren", "kwartier", "minute", "minutes", "hour", "hours"])


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free"):
        for mention in passage.line.dates:
            if not day_holds(mention, passage, reading):
                yield blocks("unsupported_date", "unsupported_date", mention.words)
        for time in passage.line.times:
            if not time_holds(time, passage, reading):
                yield blocks("unsupported_date", "unsupported_date", time.words)
        for words in (*wrong_day_parts(passage, reading), *undated_since(passage)):
            yield blocks("unsupported_date", "unsupported_date", words)
        for length in passage.line.lengths:
            known = length.words.casefold() in reading.ledger.mail_folded
            loose = bool(re.search(r"\b(?:few|enkele|paar)\b", length.words))
            if not loose and length.lead in ("over", "in") and length.unit in _CLOCK_UNITS and not known:
                yield blocks("unsupported_date", "unsupported_date", length.words)
