"""What joins statements holds no fact-like token: a model never types a value, so it cannot type a wrong one."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.safety.tokens import Token


def _facts(passage: Passage) -> Iterator[tuple[str, str]]:
    line = passage.line
    kinds: tuple[tuple[str, tuple[Token, ...]], ...] = (
        ("unsupported_medication", line.medicines),
        ("unsupported_dose", (*line.doses, *(one for one in line.intakes if one.kind in ("frequency", "total")))),
        ("unsupported_date", (*line.dates, *line.times, *line.lengths)),
        ("unsupported_amount", (*line.money, *line.counts, *line.references)),
        ("unsafe_link", line.contacts),
    )
    for code, tokens in kinds:
        yield from ((code, token.words) for token in tokens)
    for clause in passage.clauses:
        yield from (("unsupported_status", claim.words) for claim in clause.claims)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("model"):
        for code, words in _facts(passage):
            yield blocks(code, "connecting_text", words)
