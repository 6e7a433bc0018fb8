"""Staff's own sentence may ground times and house matters, never a medicine or strength, whether the record has it or not."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Reading, blocks, read_draft
from server.safety.tokens import Token


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("staff"):
        for mention in passage.line.medicines:
            if mention.kind != "lay" or mention.request_ids:
                yield blocks("unsupported_medication", "staff_sentence", mention.words)
        frequencies = (one for one in passage.line.intakes if one.kind == "frequency")
        doses: tuple[Token, ...] = (*passage.line.doses, *frequencies)
        for dose in doses:
            yield blocks("unsupported_dose", "staff_sentence", dose.words)
