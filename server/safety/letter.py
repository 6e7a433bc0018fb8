"""A free-text draft taken apart into greeting, sentences and closing, because a name may stand in one and not the other."""

import re
from dataclasses import dataclass, field

from server.text.sentences import split_sentences

MAX_CHARS = 20_000  # a longer text is no reply
MAX_SENTENCE = 800  # nor is a longer sentence; what goes beyond is blocked unread
_GREETING = re.compile(
    r"^[ \t*_]*(?P<word>beste|geachte|dag|hallo|hoi|lieve|hi|hello|dear|goede(?:n)?\s?(?:morgen|middag|avond|dag)"
    r"|good (?:morning|afternoon|evening|day))\b[ \t]*(?P<name>[^,.!?:;\n]{0,70})(?P<mark>[,.!:]|$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ \t*_]*(?:met (?:de )?(?:meeste )?(?:vriendelijke|hartelijke|beste|warme) groet(?:en|jes)?|(?:vriendelijke|hartelijke|beste) groet(?:en)?"
    r"|groet(?:en|jes)?|hoogachtend|(?:with )?(?:kind|best|warm|kindest|warmest) regards|regards|best wishes|(?:yours )?sincerely"
    r"|yours (?:faithfully|truly)|all the best|many thanks)[ \t]*[,.!]?[ \t]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Letter:
    """`addressed`: what stands between "Beste" and the comma; `closing`: the lines after the closing words that are
    names (staff, pharmacy)."""

    addressed: tuple[str, ...] = field(repr=False)
    sentences: tuple[str, ...] = field(repr=False)
    closing: tuple[str, ...] = field(repr=False)


def _is_signature(line: str) -> bool:
    """A line under the closing words: a name, a role, the pharmacy; a whole sentence is none."""
    bare = line.strip()
    return (
        bool(bare)
        and len(bare.split()) <= 7
        and not bare.endswith((".", "?", "!"))
        and not bare.lower().startswith("p")
    )


def read_letter(text: str) -> Letter:
    """Takes a draft's text apart. What is in doubt counts as body, where everything is checked."""
    addressed: list[str] = []
    body: list[str] = []
    closing: list[str] = []
    lines = text[:MAX_CHARS].splitlines()
    under = 0  # lines that may still be a signature
    for number, line in enumerate(lines):
        greeting = _GREETING.match(line) if number < 12 and not addressed else None
        if greeting and (greeting["name"].strip() or not line[greeting.end() :].strip()):
            addressed.append(greeting["name"].strip())
            body.append("")
            line = line[greeting.end() :]
        if _CLOSING.match(line):
            under = 4
            body.append("")
            continue
        if under and line.strip():
            under -= 1
            if _is_signature(line) or line.strip().lower().startswith("apotheek"):
                closing.append(line.strip())
                continue
        body.append(line)
    sentences = split_sentences("\n".join(body))
    return Letter(tuple(addressed), tuple(sentence[:MAX_SENTENCE] for sentence in sentences), tuple(closing))
