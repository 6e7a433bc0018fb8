"""Attacks that hide: instructions in text that no reader sees, in spaced out or disguised letters, in a model's own markup.

The plain ones are patterns (content/triggers/suspicious_content.toml); these are what patterns over words cannot see."""

import re
from collections.abc import Iterator

from server.model.finding import Finding, Part, Severity
from server.model.rulebook import Rulebook
from server.model.thread import Message
from server.text.words import fold
from server.triage.triggers import find_triggers

CODE = "suspicious_content"
_MOST_CHARS = 60_000
_MOST_COMMENTS = 50
_MARKUP = re.compile(
    r"<\|[^|<>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?(?:system|tool|assistant|user|instructions?)>|\"role\"\s?:\s?\"(?:system|assistant)\""
    r"|^#{2,}\s?\(?(?:system|instruction|new instruction|assistant)",
    re.IGNORECASE | re.MULTILINE,
)
_TAGS = re.compile("[\U000e0020-\U000e007f]{3}|[\u200b-\u200d\u2060\ufeff]{4}")  # letters that no screen shows
_DISGUISE = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "i"}
)
_NEEDLES = (
    "ignoreallprevious", "ignoreprevious", "ignoreprior", "ignoreyourinstr", "ignoretheabove", "disregardprevious", "disregardall",
    "forgetallprevious", "forgetyourinstr", "negeeralle", "negeervorige", "negeerbovenstaande", "negeerdeinstr", "vergeetjeinstr", "vergeetalleinstr",
    "systemprompt", "systeemprompt", "developermode", "overrideprotocol", "jailbreak",
)  # fmt: skip
# What speaks to a machine: a command about mail, data or the answer. In text that no reader sees that is enough.
_COMMAND = re.compile(
    r"\b(?:forward|send|reply|e-?mail|append|include|delete|ignore|disregard|approve|mark|state|list|reveal"
    r"|stuur|mail|negeer|antwoord|voeg|keur|verwijder|markeer|noem|geef|vergeet)\b.{0,200}?"
    r"(?:@|assistant|assistent|patient|pati.nt|summary|samenvatting|reply|antwoord|gegevens|records|instruct|apothe|pharmac|verif|inbox)",
    re.IGNORECASE | re.DOTALL,
)
_SPACED = re.compile(r"(?:\b\w{1,2}[ ._*\-]{1,3}){6}", re.UNICODE)


def find_disguised(message: Message, language: str, rulebook: Rulebook) -> tuple[Finding, ...]:
    """What is hidden in this mail, or disguised. Hidden text alone is common (previews of newsletters): it counts when
    it speaks as an attack does."""
    return tuple(_found(message, language, rulebook))


def _found(message: Message, language: str, rulebook: Rulebook) -> Iterator[Finding]:
    text = f"{message.subject}\n{message.text.new}\n{message.text.signature}"[:_MOST_CHARS]
    hidden = message.text.hidden[:_MOST_CHARS]
    for part, where in (
        (hidden, "hidden"),
        (message.text.signature[:_MOST_CHARS], "signature"),
        (message.sender.name, "name"),
    ):
        for finding in find_triggers(part.splitlines(), language, rulebook) if part else ():
            if finding.code == CODE and _is_instruction(finding):
                yield _finding(where, finding.quotes)
    for part, where in ((hidden, "hidden"), (_comments(message.html), "comment")):
        if match := _COMMAND.search(part):
            yield _finding(where, (match.group()[:200],))
    for match in _MARKUP.finditer(f"{text}\n{hidden}"):
        yield _finding("markup", (match.group(),))
        break
    if _TAGS.search(text):
        yield _finding("invisible")
    disguised = [needle for needle in _NEEDLES if needle in _squeezed(text)]
    if disguised and (_SPACED.search(text) or not any(needle in _bare(text) for needle in disguised)):
        yield _finding("disguised")


def _comments(html: str) -> str:
    """What stands in comments of the HTML, but for those that Outlook's own conditions and styles stand in."""
    found: list[str] = []
    at = html.find("<!--")
    while at != -1 and len(found) < _MOST_COMMENTS:
        end = html.find("-->", at)
        comment = html[at + 4 : end if end != -1 else at + 2_000][:2_000]
        if not comment.lstrip().startswith(("[if", "<![endif", "@", "/*")):
            found.append(comment)
        at = html.find("<!--", end) if end != -1 else -1
    return "\n".join(found)


def _is_instruction(finding: Finding) -> bool:
    return finding.rule.endswith(("/instructs_the_assistant", "/markup_of_models", "/data_of_others"))


def _finding(rule: str, quotes: tuple[str, ...] = ()) -> Finding:
    return Finding(CODE, Part.FLOOR, Severity.HARD, f"suspicious/{rule}", quotes)


def _bare(text: str) -> str:
    """The letters and digits of a text, folded."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _squeezed(text: str) -> str:
    """The same with digits and signs that stand for letters turned back ("1gn0re")."""
    return re.sub(r"[^a-z]", "", fold(text).translate(_DISGUISE))
