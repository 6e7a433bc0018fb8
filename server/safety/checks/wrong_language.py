"""A reply in another language than the sender's."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Reading, blocks
from server.text.language import detect_language

_ENOUGH = 8  # words by which a paragraph shows its language


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    found = detect_language(draft.text)
    if found and found != brief.language:
        yield blocks("wrong_language", "wrong_language", draft.text[:80])
        return
    for paragraph in draft.text.split("\n"):
        if len(paragraph.split()) >= _ENOUGH and detect_language(paragraph) not in ("", brief.language):
            other = detect_language(paragraph)
            if other in ("nl", "en", "de", "fr"):
                yield blocks("wrong_language", "wrong_language", paragraph[:80])
