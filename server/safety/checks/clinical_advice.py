"""Medical advice, reassurance or the meaning of a value: that is the pharmacist's, never a draft's."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.advice_words import PATTERNS, REASSURING
from server.safety.reading import Reading, blocks, notes, read_draft
from server.safety.tokens import Line


def masked(line: Line) -> str:
    """The folded sentence with each medicine as "xmed" and each strength as "xdose"."""
    places = [(one.start, one.end, "xmed") for one in line.medicines] + [
        (one.start, one.end, "xdose") for one in line.doses
    ]
    text, done = [], 0
    for start, end, word in sorted(places):
        if start >= done:
            text += [line.folded[done:start], word]
            done = end
    return "".join([*text, line.folded[done:]])


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "model", "staff"):
        folded = masked(passage.line)
        if any(pattern.search(folded) for pattern in PATTERNS):
            yield blocks("clinical_advice", "clinical_advice", passage.line.text)
        elif REASSURING.search(folded):
            yield notes("clinical_advice", "clinical_advice", passage.line.text)
