"""A field that nobody filled, a statement without its name, or a fact that is not in the brief."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief, SentenceOrigin
from server.safety.reading import Reading, blocks

_UNFILLED = re.compile(
    r"\(\(|\)\)|\{\{|\}\}|\{%|<%|\$\{|%\([a-z_]+\)s|\{[a-z_.]{2,40}\}"
    r"|[\[<](?:naam|name|datum|date|medicijn|medication|medicine|voornaam|achternaam|first name|last name|surname|aanhef|salutation|bedrag|amount"
    r"|tijd|time|telefoon\w*|phone\w*|apotheek|pharmacy|patient\w*|invullen|insert[^\]>]{0,30}|your name|uw naam|xxx+|todo|\.\.\.+|…)[\]>]",
    re.IGNORECASE,
)
_ID = re.compile(r"\A[a-z][a-z_]*\.[a-z][a-z0-9_]*")


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    for match in _UNFILLED.finditer(draft.text):
        yield blocks("instruction_leak", "unknown_statement", match[0])
    known = {fact.path for fact in (*brief.offered, *brief.allowed)}
    for part in draft.parts:
        for sentence in part.sentences:
            if (
                sentence.origin is SentenceOrigin.STATEMENT
                and sentence.statement_id
                and not _ID.fullmatch(sentence.statement_id)
            ):
                yield blocks("unknown_statement", "unknown_statement", sentence.statement_id)
            for piece in sentence.pieces:
                if any(path not in known for path in piece.facts):
                    yield blocks("unknown_statement", "unknown_statement", piece.text)
