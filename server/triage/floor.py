"""Whether changed content would lower the safety floor: a pharmacy's own rules may add words that alarm, never take one away.

Said of the content itself, whatever mails there are: each thing that alarmed before must alarm after. Trying the change on
mails (flows/try_rulebook.py) shows what it does; this shows what it may not do."""

import re
from collections.abc import Iterable, Iterator, Mapping

from server.model.rulebook import Rulebook, Trigger, TriggerGroup
from server.text.words import clipped

_URGENCY = ("routine", "same_day", "urgent")
_CLASS = re.compile(r"<(\w+)>")
# Lists that silence when they hold more words, and those that silence when they hold fewer (reading_negation.toml).
_SILENCING = (
    "none",
    "nots",
    "carries",
    "listing",
    "filler",
    "answers",
    "linking",
    "elsewhere",
    "family",
    "not_wanted",
    "telling",
)
_ALARMING = ("contrast", "stops", "doubt", "linking", "health", "telling")
Table = Mapping[str, tuple[str, ...]]


def find_lowered(shipped: Rulebook, changed: Rulebook) -> tuple[str, ...]:
    """What of the floor the changed content would take away, one line each; empty when it only adds."""
    return tuple(dict.fromkeys((*_triggers(shipped, changed), *_lists(shipped, changed))))


def _triggers(shipped: Rulebook, changed: Rulebook) -> Iterator[str]:
    for name, before in shipped.triggers.items():
        after = changed.triggers.get(name)
        if after is None:
            yield f"{name}: the trigger is gone"
            continue
        if _URGENCY.index(after.urgency) < _URGENCY.index(before.urgency):
            yield f"{name}: less urgent than before"
        yield from _groups(before, after)
        yield from (
            f"{name}: a new figure of speech silences it: {clipped(words)}"
            for words in _more(before.cancels, after.cancels)
        )
        yield from (
            f"{name}: an example it fires on is gone: {clipped(words)}"
            for words in _more(after.fires_on, before.fires_on)
        )


def _groups(before: Trigger, after: Trigger) -> Iterator[str]:
    groups = {group.name: group for group in after.groups}
    for group in before.groups:
        kept = groups.get(group.name)
        if kept is None:
            yield f"{before.id}: the group {group.name} is gone"
        else:
            yield from _group(f"{before.id}, group {group.name}", group, kept)


def _group(where: str, before: TriggerGroup, after: TriggerGroup) -> Iterator[str]:
    yield from (f"{where}: no longer alarms: {clipped(words)}" for words in _more(after.patterns, before.patterns))
    if before.strength == "strong" and after.strength != "strong":
        yield f"{where}: no longer strong"
    if before.emergency and not after.emergency:
        yield f"{where}: no longer an emergency"
    if after.negatable and not before.negatable:
        yield f"{where}: a negation would silence it now"


def _lists(shipped: Rulebook, changed: Rulebook) -> Iterator[str]:
    """Classes of words that patterns use may only grow, those that only figures of speech use may only shrink."""
    alarming = _classes(group.patterns for trigger in shipped.triggers.values() for group in trigger.groups)
    grow = {*_ALARMING, *alarming}
    shrink = {*_SILENCING, *(_classes(trigger.cancels for trigger in shipped.triggers.values()) - alarming)}
    for name in sorted(grow | shrink):
        before, after = (book.phrases.get(f"reading_{name}", {}) for book in (shipped, changed))
        if name in grow:
            yield from (f"reading_{name}: no longer knows: {clipped(words)}" for words in _more(after, before))
        if name in shrink:
            yield from (
                f"reading_{name}: a new word silences alarms: {clipped(words)}" for words in _more(before, after)
            )


def _classes(tables: Iterable[Table]) -> set[str]:
    return {name for table in tables for patterns in table.values() for p in patterns for name in _CLASS.findall(p)}


def _more(one: Table, other: Table) -> Iterator[str]:
    """What `other` lists in some language and `one` does not."""
    for language, words in other.items():
        known = set(one.get(language, ()))
        yield from (word for word in words if word not in known)
