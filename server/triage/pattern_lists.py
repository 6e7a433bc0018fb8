"""The intents' pattern lists and the known lines of the content, walked over a sentence together."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from server.model.rulebook import Rulebook
from server.text.patterns import Matcher, compile_patterns
from server.text.words import Words

_KNOWN = ("known_greeting", "known_closing", "known_identity", "known_background", "known_ahead")
_HEALTH = ("medicine", "complaint", "body", "amiss", "critical", "swallowed", "breath", "package", "health")
_Row = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lists:
    """All lists of one language, ready to be found. `owners`: by pattern number, the list's name: "billing" for what an
    intent looks like, "billing/wish.refund" for its further lists, "known_greeting" for known lines, "health" for the
    words of body, complaints and medicines."""

    matcher: Matcher
    owners: tuple[str, ...]

    def find(self, words: Words) -> Iterator[tuple[str, bool]]:
        """The name of each list that is found, and whether it begins the sentence."""
        for hit in self.matcher.find(words):
            yield self.owners[hit.pattern], hit.first == 0


def languages_of(language: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The languages whose patterns are tried: the mail's own, or all when it is another."""
    return (language,) if language in rulebook.reads else rulebook.reads


def lists_for(rulebook: Rulebook, language: str) -> tuple[Lists, ...]:
    """The lists to read a mail in this language with; compiled once for the same content."""
    return tuple(_compiled(tuple(_rows(rulebook, spoken))) for spoken in languages_of(language, rulebook))


def _rows(rulebook: Rulebook, language: str) -> Iterator[_Row]:
    for intent in rulebook.intents.values():
        for key, patterns in intent.patterns.items():
            spoken, _, name = key.partition(".")
            if spoken == language:
                yield (f"{intent.id}/{name}" if name else intent.id), tuple(patterns)
    for known in _KNOWN:
        yield known, tuple(rulebook.phrases.get(known, {}).get(language, ()))
    for name in _HEALTH:
        yield "health", tuple(rulebook.phrases.get(f"reading_{name}", {}).get(language, ()))


@lru_cache(maxsize=16)
def _compiled(rows: tuple[_Row, ...]) -> Lists:
    owners = tuple(name for name, patterns in rows for _ in patterns)
    return Lists(compile_patterns(pattern for _, patterns in rows for pattern in patterns), owners)
