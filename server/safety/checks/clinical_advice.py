"""Medical advice, reassurance or the meaning of a value: that is the pharmacist's, never a draft's."""

import re
from collections.abc import Iterator, Sequence

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.advice_implied import PATTERNS as IMPLIED
from server.safety.advice_words import PATTERNS, REASSURING
from server.safety.reading import Passage, Reading, blocks, notes, read_draft
from server.safety.tokens import Line
from server.safety.topics import LAB_NOUN
from server.text.words import fold

_ALL = (*PATTERNS, *IMPLIED)


def masked(line: Line, labels: Sequence[str] = ()) -> str:
    """The folded sentence with each medicine as "xmed", each strength as "xdose" and what a label says as "xlabel"."""
    places = [
        *((one.start, one.end, "xmed") for one in line.medicines),
        *((one.start, one.end, "xdose") for one in line.doses),
        *((one.start, one.end, "xmoney") for one in line.money),
    ]
    for label in labels:
        at = line.folded.find(label)
        if at >= 0:
            places.append((at, at + len(label), "xlabel"))
    text, done = [], 0
    for start, end, word in sorted(places):
        if start >= done:
            text += [line.folded[done:start], word]
            done = end
    return "".join([*text, line.folded[done:]])


def _of_results(passage: Passage, reading: Reading) -> bool:
    """Whether the sentence, or the one before it, speaks of a lab result."""
    near = reading.passages[max(0, passage.number - 1) : passage.number + 1]
    return any(clause.subjects.lab or LAB_NOUN.search(clause.folded) for one in near for clause in one.clauses)


_USES_A_REPEAT = re.compile(
    r"\buse (?:one|it|them|the last one)(?: of (?:them|these|those))?\b(?! (?:daily|a day|every|each|with|before|after))"
)


def _of_repeats(passage: Passage, reading: Reading) -> bool:
    """Whether what may be "used" is a repeat of a prescription, of which this sentence or the one before gives the number."""
    near = reading.passages[max(0, passage.number - 1) : passage.number + 1]
    counted = any(count.of == "repeats" for one in near for count in one.line.counts)
    held = (*passage.line.medicines, *passage.line.doses, *passage.line.intakes)
    return counted and not held and _USES_A_REPEAT.search(passage.line.folded) is not None


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    labels = [fold(one.dosage_text) for one in reading.ledger.requests if one.dosage_text]
    clinical = any(question.intent == "clinical_question" for question in brief.triage.questions)
    for passage in reading.of("free", "model", "staff"):
        folded = masked(passage.line, labels)
        if _of_repeats(passage, reading):
            folded = _USES_A_REPEAT.sub(" ", folded)
        if any(pattern.search(folded) for pattern in _ALL):
            yield blocks("clinical_advice", "clinical_advice", passage.line.text)
        elif REASSURING.search(folded):
            tell = blocks if clinical or _of_results(passage, reading) else notes
            yield tell("clinical_advice", "clinical_advice", passage.line.text)
