"""The words of a text as names of medicines are looked up: folded, with their places, joined over a space or a dash."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.text.lexicon import TOKEN, fold_word


@dataclass(frozen=True)
class Token:
    """One word or number, folded, and where it stands."""

    word: str
    start: int
    end: int


def cut_tokens(text: str) -> list[Token]:
    """The words and numbers of a text; very long words are cut."""
    return [Token(fold_word(found[0][:60]), *found.span()) for found in TOKEN.finditer(text)]


def join_tokens(text: str, tokens: Sequence[Token], first: int, count: int) -> str | None:
    """The words as a look-up key; None when more than a space, dash, slash or dot stands between them."""
    for left, right in zip(tokens[first : first + count], tokens[first + 1 : first + count], strict=False):
        gap = text[left.end : right.start]
        if len(gap) > 3 or gap.strip(" \n\t-/.'’‐‑–") or gap.startswith(". "):
            return None
    return " ".join(token.word for token in tokens[first : first + count])
