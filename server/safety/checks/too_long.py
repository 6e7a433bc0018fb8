"""A reply that nobody reads to its end: about 120 words is the house's measure, and far more is no reply."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.letter import MAX_CHARS, MAX_SENTENCE
from server.safety.reading import Reading, blocks, notes
from server.text.sentences import split_sentences

_WORDS = 130


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del brief, reading
    endless = any(len(sentence) > MAX_SENTENCE for sentence in split_sentences(draft.text[:MAX_CHARS]))
    if len(draft.text) > MAX_CHARS or endless:  # beyond it nothing was checked
        yield blocks("too_long", "too_long")
    elif len(draft.text.split()) > _WORDS:
        yield notes("too_long", "too_long")
