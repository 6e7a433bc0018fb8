"""A reply in another language than the sender's, or typed in one that no check can read.

A pharmacy's own statements were picked by language and reviewed when they were written. What a model or a person types is
checked for medicines, doses, claims, advice and promises only in the languages whose words the checks know: in any other it
is not let through, whoever typed it."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief, SentenceOrigin
from server.safety.reading import CHECKED_LANGUAGES, Reading, blocks
from server.text.language import detect_language, foreign_language
from server.text.sentences import split_sentences

_ENOUGH = 8  # words by which a paragraph shows its language
_ALIKE = frozenset({("nl", "af")})  # what is told apart in a whole mail only


def _typed(draft: Draft) -> str:
    return "\n".join(s.text for part in draft.parts for s in part.sentences if s.origin is not SentenceOrigin.STATEMENT)


def _is_other(text: str, language: str) -> bool:
    found = detect_language(text)
    return bool(found) and found != language and (language, found) not in _ALIKE


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    if draft.language != brief.language:
        yield blocks("wrong_language", "wrong_language", draft.text[:80])
        return
    typed = _typed(draft)
    if _is_other(typed, brief.language):
        yield blocks("wrong_language", "wrong_language", typed[:80])
        return
    if brief.language not in CHECKED_LANGUAGES:
        if typed.strip():
            yield blocks("unread_language", "wrong_language", typed[:80])
        return
    for paragraph in typed.split("\n"):
        if len(paragraph.split()) >= _ENOUGH and _is_other(paragraph, brief.language):
            yield blocks("wrong_language", "wrong_language", paragraph[:80])
        else:
            foreign = (s for s in split_sentences(paragraph) if foreign_language(s, CHECKED_LANGUAGES))
            yield from (blocks("wrong_language", "wrong_language", sentence[:80]) for sentence in foreign)
