"""A reply in another language than the sender's."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief, SentenceOrigin
from server.safety.reading import Reading, blocks
from server.text.language import detect_language

_ENOUGH = 8  # words by which a paragraph shows its language


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    if draft.language != brief.language:
        yield blocks("wrong_language", "wrong_language", draft.text[:80])
        return
    # The pharmacy's own statements were picked by language: what anybody typed is looked at.
    typed = "\n".join(
        s.text for part in draft.parts for s in part.sentences if s.origin is not SentenceOrigin.STATEMENT
    )
    found = detect_language(typed)
    if found and found != brief.language:
        yield blocks("wrong_language", "wrong_language", typed[:80])
        return
    for paragraph in typed.split("\n"):
        if len(paragraph.split()) >= _ENOUGH and detect_language(paragraph) not in ("", brief.language):
            other = detect_language(paragraph)
            if other in ("nl", "en", "de", "fr"):
                yield blocks("wrong_language", "wrong_language", paragraph[:80])
