"""Judges a draft against its brief: every check of the folder beside this file, and one that crashes blocks."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from server.model.finding import Finding
from server.model.reply import Draft, DraftPart, Piece, ReplyBrief, SafetyReport, Sentence
from server.safety import checks
from server.safety.reading import Reading, blocks, read_draft
from server.safety.stretches import draft_from_text

__all__ = ["draft_from_text", "review", "review_part"]

_WHOLE_DRAFT = frozenset({"missing_emergency_number", "wrong_language", "too_long"})  # say nothing of one part

# beside a part, so that a model's sentence in it is judged as one that joins statements, not as free text
_SOMETHING_REVIEWED = DraftPart("closing", (Sentence((Piece(""),), statement_id="closing.none"),))


class Check(Protocol):
    def __call__(self, draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
        """What one check finds. `reading`: the draft as already taken apart, so that it is done once for all."""
        ...


@lru_cache(maxsize=1)
def load_checks() -> tuple[tuple[str, Check], ...]:
    """(id, check) for each file of the folder, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    return tuple((name, importlib.import_module(f"{checks.__name__}.{name}").check) for name in names)


def _run(name: str, check: Check, draft: Draft, brief: ReplyBrief, reading: Reading | None) -> Iterator[Finding]:
    try:
        yield from tuple(check(draft, brief, reading=reading))
    except Exception as error:  # fail towards the human: what could not be checked may not leave
        yield blocks("check_failed", name, type(error).__name__)


def _judge(draft: Draft, brief: ReplyBrief, skip: frozenset[str]) -> tuple[Finding, ...]:
    try:
        reading: Reading | None = read_draft(draft, brief)
    except Exception:  # each check will meet it again and say so
        reading = None
    found = [
        finding
        for name, check in load_checks()
        if name not in skip
        for finding in _run(name, check, draft, brief, reading)
    ]
    return tuple(dict.fromkeys(found))


def review(draft: Draft, brief: ReplyBrief) -> SafetyReport:
    """What the checks say of a whole draft."""
    return SafetyReport(_judge(draft, brief, frozenset()))


def review_part(part: DraftPart, draft_language: str, brief: ReplyBrief) -> tuple[Finding, ...]:
    """What the checks say of one part of a drafter's reply, before it is released. Sentences of a model join statements
    there and may hold no fact, even when the part has no statement."""
    draft = Draft((part, _SOMETHING_REVIEWED), draft_language, written_by="part")
    return _judge(draft, brief, _WHOLE_DRAFT)
