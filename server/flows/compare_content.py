"""What changed content touches that mails alone do not show: what a model is asked, and which lists read a mail."""

from collections.abc import Iterator, Mapping

from server.model.rulebook import Rulebook

_OF_A_MODEL = "joining"  # read from the shipped files only, so that no change widens what a model may write


def find_notes(shipped: Rulebook, changed: Rulebook) -> tuple[str, ...]:
    """One line for each thing that a person should know beside the verdict."""
    return (*_prompts(shipped, changed), *_lists(shipped, changed), *_unused(shipped, changed))


def _prompts(shipped: Rulebook, changed: Rulebook) -> Iterator[str]:
    for name, text in changed.prompts.items():
        if text != shipped.prompts.get(name):
            yield f"prompts/{name}.md: changes what a model is asked; cases with a model must be run again"


def _lists(shipped: Rulebook, changed: Rulebook) -> Iterator[str]:
    """Lists by which a mail is read and which belong to no trigger: the floor does not hold them, so mails must show it."""
    tables = [(name, intent.patterns, changed.intents[name].patterns) for name, intent in shipped.intents.items()]
    tables += [
        (name, table, changed.phrases.get(name, {}))
        for name, table in shipped.phrases.items()
        if name.startswith("known_")
    ]
    for name, before, after in tables:
        for language in sorted({*before, *after}):
            more, fewer = _counts(before, after, language)
            if more or fewer:
                yield f"{name} ({language}): patterns: {more} more, {fewer} fewer; only mails show what they do"


def _counts(
    before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]], language: str
) -> tuple[int, int]:
    old, new = set(before.get(language, ())), set(after.get(language, ()))
    return len(new - old), len(old - new)


def _unused(shipped: Rulebook, changed: Rulebook) -> Iterator[str]:
    for name, table in changed.phrases.items():
        if name.startswith(_OF_A_MODEL) and table != shipped.phrases.get(name):
            yield f"{name}: has no effect; what a model may write of its own is held to the shipped list"
