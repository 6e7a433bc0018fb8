"""A reply that is hard to read: B1 is the level of the house (domain rule 4), so a long sentence or a heavy text is shown.

Never more than a soft finding: a person decides whether a sentence must be split."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, DraftPart, ReplyBrief
from server.safety.letter import MAX_CHARS
from server.safety.reading import Reading, notes
from server.text.reading_level import B1, LONG_WORDS, reading_ease, words_of_sentence
from server.text.sentences import split_sentences

_FEWEST_WORDS = 30  # a shorter text has no level: one long word would decide


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del brief, reading
    parts = [part for part in draft.parts if part.kind not in ("greeting", "closing")]
    pairs = [pair for part in parts for pair in _sentences(part)]
    yield from (
        notes("long_sentence", "reading_level", shown)
        for counted, shown in pairs
        if len(words_of_sentence(counted)) > LONG_WORDS
    )
    texts = [counted for counted, _ in pairs]
    ease = reading_ease(texts, draft.language)
    if ease is not None and ease < B1 and sum(len(words_of_sentence(text)) for text in texts) >= _FEWEST_WORDS:
        yield notes("hard_to_read", "reading_level", _hardest(pairs, draft.language))


def _sentences(part: DraftPart) -> Iterator[tuple[str, str]]:
    """Each sentence as it is counted, and as it stands. A value of the record counts as one plain word: nobody can choose an
    easier name for a medicine."""
    for sentence in part.sentences:
        shown = split_sentences(sentence.text[:MAX_CHARS])
        counted = split_sentences(
            "".join("het" if piece.facts else piece.text for piece in sentence.pieces)[:MAX_CHARS]
        )
        same = len(shown) == len(counted)  # a value may hold a full stop of its own
        yield from ((text, shown[at] if same else sentence.text) for at, text in enumerate(counted))


def _hardest(pairs: list[tuple[str, str]], language: str) -> str:
    eases = [(reading_ease([counted], language), shown) for counted, shown in pairs]
    return min((ease, shown) for ease, shown in eases if ease is not None)[1]
