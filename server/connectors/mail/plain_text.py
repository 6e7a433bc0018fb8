"""A body, text or HTML, is taken apart into what was said now, what was quoted, what was appended and what was hidden."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from server.connectors.mail.characters import clean, written_unseen
from server.connectors.mail.html_text import HtmlText, read_html
from server.connectors.mail.quotes import split_quotes
from server.connectors.mail.signatures import split_signature
from server.model.thread import MailText
from server.text.words import fold

MAX_NEW_CHARS = 200_000  # nobody types more; what follows is in the mailbox for a person to read
_MAX_QUOTED_CHARS = 200_000
_MAX_LOOKED_AT = 2_000_000
_MAX_BODY_CHARS = 10_000_000  # HTML may hold pictures
_EMPTY_LINES = re.compile(r"\n{4,}")
_LINK = re.compile(r"https?://\S{1,2000}|<[^<>\s]{1,2000}>|\[[^\[\]]{1,200}\]")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = 4  # words

ContentType = Literal["text", "html"]


@dataclass(frozen=True)
class ReadBody:
    """A body taken apart, with what only a reader of whole mails needs: clean HTML, whether it was passed on."""

    text: MailText
    markup: str = ""
    forwarded: bool = False
    pictures: int = 0
    truncated: bool = False


def read_body(body: str, content_type: ContentType, parent: str = "") -> MailText:
    """Takes a body apart. `parent`: the text of the mail it answers, when known (finds unmarked quotes and answers
    typed between quoted lines). Never raises."""
    return take_apart(body, content_type, parent).text


def take_apart(body: str, content_type: ContentType, parent: str = "") -> ReadBody:
    """As `read_body`, with the HTML for staff and what else was noticed."""
    page = (
        read_html(body[:_MAX_BODY_CHARS])
        if content_type == "html"
        else HtmlText(_EMPTY_LINES.sub("\n\n", clean(body[:_MAX_LOOKED_AT])))
    )
    split = split_quotes(page.text[:_MAX_LOOKED_AT], clean(parent)[:_MAX_QUOTED_CHARS])
    signed = split_signature(split.new)
    hidden = page.hidden if content_type == "html" else written_unseen(body[:_MAX_LOOKED_AT])
    text = MailText(
        new=signed.new[:MAX_NEW_CHARS],
        quoted=split.quoted[:_MAX_QUOTED_CHARS],
        signature=signed.signature[:_MAX_QUOTED_CHARS],
        hidden=hidden,
    )
    cut = page.truncated or len(signed.new) > MAX_NEW_CHARS or len(body) > _MAX_BODY_CHARS
    return ReadBody(text, page.markup, split.forwarded, page.pictures, cut)


def with_unseen(text: MailText, spare: Iterable[str]) -> MailText:
    """The text, with what a mail's plain form says and its HTML does not among what is hidden: programs make the one
    from the other, so a sentence in one only was put there for somebody who does not look at the mail."""
    seen = _words("\n".join((text.new, text.quoted, text.signature, text.hidden)))
    extra = "\n".join(_strange_lines("\n".join(spare)[:_MAX_QUOTED_CHARS], seen))
    return replace(text, hidden="\n".join(filter(None, (text.hidden, extra)))) if extra else text


def _strange_lines(spare: str, seen: frozenset[str]) -> Iterator[str]:
    """Lines of which hardly a word is seen; addresses of links stand in the plain form only, and do not count."""
    for line in clean(spare).split("\n"):
        words = _words(_LINK.sub(" ", line))
        if len(words) >= _SENTENCE and len(words & seen) < len(words) / 2:
            yield line.strip()[:2_000]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))
