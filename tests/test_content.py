"""The content files: every trigger's own examples, the shape of each file, and that patterns do not contradict themselves."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.model.rulebook import Rulebook, Trigger
from server.store.rulebook import CONTENT, load_rulebook
from server.text.medicines import find_medicines
from server.text.notation import parse_pattern
from server.text.sentences import split_sentences
from server.triage.triggers import find_triggers

TRIGGERS = {
    "urgent_language", "suspected_adverse_reaction", "allergy", "new_symptoms", "unclear_dosing", "clinical_judgement",
    "controlled_substance", "early_refill_controlled", "missing_prior_authorization", "conflicting_history",
    "unclear_request", "suspicious_content",
}  # fmt: skip
LANGUAGES = ("nl", "en")
RULEBOOK = load_rulebook()


def triggers_of(text: str, language: str, rulebook: Rulebook = RULEBOOK) -> set[str]:
    return {f.code for f in find_triggers(split_sentences(text), language, rulebook, find_medicines(text))}


def examples(kind: str) -> Iterator[tuple[str, str, str]]:
    for trigger in RULEBOOK.triggers.values():
        table: dict[str, tuple[str, ...]] = dict(getattr(trigger, kind))
        for language, texts in table.items():
            yield from ((trigger.id, language, text) for text in texts)


@pytest.mark.parametrize(("trigger", "language", "text"), list(examples("fires_on")))
def test_a_trigger_fires_on_its_examples(trigger: str, language: str, text: str) -> None:
    assert trigger in triggers_of(text, language)


@pytest.mark.parametrize(("trigger", "language", "text"), list(examples("stays_quiet_on")))
def test_a_trigger_stays_quiet_on_its_look_alikes(trigger: str, language: str, text: str) -> None:
    assert trigger not in triggers_of(text, language)


def test_there_is_one_file_for_each_trigger() -> None:
    assert set(RULEBOOK.triggers) == TRIGGERS


@pytest.mark.parametrize("trigger", list(RULEBOOK.triggers.values()), ids=lambda trigger: trigger.id)
def test_a_trigger_speaks_both_languages_and_is_well_formed(trigger: Trigger) -> None:
    assert trigger.urgency in {"routine", "same_day", "urgent"}
    assert len({group.name for group in trigger.groups}) == len(trigger.groups)
    assert all(group.strength in {"strong", "weak"} for group in trigger.groups)
    for language in LANGUAGES:
        assert any(group.patterns.get(language) for group in trigger.groups)
        assert len(trigger.fires_on[language]) >= 2
        assert len(trigger.stays_quiet_on[language]) >= 2


def all_patterns() -> Iterator[tuple[str, str]]:
    for trigger in RULEBOOK.triggers.values():
        for table in (*(group.patterns for group in trigger.groups), trigger.cancels):
            yield from ((trigger.id, pattern) for patterns in table.values() for pattern in patterns)
    for name in (
        "medicine",
        "package",
        "complaint",
        "body",
        "amiss",
        "critical",
        "amount",
        "office",
        "doubt",
        "not_wanted",
    ):
        for patterns in RULEBOOK.phrases[f"reading_{name}"].values():
            yield from ((name, pattern) for pattern in patterns)


def test_every_pattern_can_be_read_and_names_classes_that_exist() -> None:
    unreadable = []
    for where, pattern in all_patterns():
        try:
            steps = repr(parse_pattern(pattern))
        except ValueError as error:
            unreadable.append(f"{where}: {error}")
            continue
        classes = {part.split(">")[0] for part in steps.split("<")[1:]}
        unreadable += [f"{where}: <{name}>" for name in classes if f"reading_{name}" not in RULEBOOK.phrases]
    assert unreadable == []


def test_no_trigger_lists_a_pattern_twice_in_one_group() -> None:
    twice = [
        (trigger.id, group.name, pattern)
        for trigger in RULEBOOK.triggers.values()
        for group in trigger.groups
        for patterns in group.patterns.values()
        for pattern in set(patterns)
        if patterns.count(pattern) > 1
    ]
    assert twice == []


def test_only_danger_to_life_is_an_emergency() -> None:
    emergencies = {t.id for t in RULEBOOK.triggers.values() for group in t.groups if group.emergency}
    assert emergencies == {"urgent_language"}


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.toml")), ids=lambda path: path.name)
def test_a_content_file_is_toml_with_a_word_on_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text)
    if path.parent.name == "triggers":
        assert text.startswith("#")
