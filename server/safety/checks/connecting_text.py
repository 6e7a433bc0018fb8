"""What joins statements is in the closed language of joining text and holds no fact-like token.

The first is the wall: only reviewed words in reviewed openers (content/phrases/joining.toml), so nothing that a mail asked
for, spelled or translated can be among them. The second stays behind it: a model never types a value."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.safety.tokens import Token
from server.text.joining import is_joining_text

_TEN = re.compile(r"ten\b", re.IGNORECASE)  # "ten slotte": in Dutch no number


def _facts(passage: Passage, language: str) -> Iterator[tuple[str, str]]:
    line = passage.line
    counts = tuple(one for one in line.counts if language != "nl" or not _TEN.match(one.words))
    kinds: tuple[tuple[str, tuple[Token, ...]], ...] = (
        ("unsupported_medication", line.medicines),
        ("unsupported_dose", (*line.doses, *(one for one in line.intakes if one.kind in ("frequency", "total")))),
        ("unsupported_date", (*line.dates, *line.times, *line.lengths)),
        ("unsupported_amount", (*line.money, *counts, *line.references)),
        ("unsafe_link", line.contacts),
    )
    for code, tokens in kinds:
        yield from ((code, token.words) for token in tokens)
    for clause in passage.clauses:
        # "U vroeg wanneer u het kunt ophalen" states nothing
        yield from (("unsupported_status", claim.words) for claim in clause.claims if claim.asserted)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for stretch in reading.stretches:
        if stretch.mode == "model" and stretch.text.strip() and not is_joining_text(stretch.text, draft.language):
            yield blocks("connecting_text", "connecting_text", stretch.text)
    for passage in reading.of("model"):
        for code, words in _facts(passage, draft.language):
            yield blocks(code, "connecting_text", words)
