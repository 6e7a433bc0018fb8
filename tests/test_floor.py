"""What changed content may not do: whatever alarmed before must alarm after."""

from dataclasses import replace

import pytest

from server.model.rulebook import Rulebook, Trigger, TriggerGroup
from server.store.rulebook import load_rulebook
from server.triage.floor import find_lowered

BREATH = TriggerGroup("breath", {"nl": ("geen lucht", "stik*")}, emergency=True, negatable=False)
URGENT = Trigger(
    "urgent_language",
    (BREATH,),
    cancels={"nl": ("geen lucht <office>",)},
    urgency="urgent",
    fires_on={"nl": ("Ik krijg geen lucht",)},
    stays_quiet_on={"nl": ("Alles goed",)},
)
SHIPPED = Rulebook(
    "v",
    {},
    {"urgent_language": URGENT},
    {},
    phrases={
        "reading_none": {"nl": ("geen",)},
        "reading_contrast": {"nl": ("maar",)},
        "reading_office": {"nl": ("fax",)},
    },
)


def changed(group: TriggerGroup = BREATH, phrases: dict | None = None, **trigger) -> Rulebook:
    book = replace(SHIPPED, triggers={"urgent_language": replace(URGENT, groups=(group,), **trigger)})
    return replace(book, phrases={**SHIPPED.phrases, **(phrases or {})})


LOWERS = {
    "a trigger is gone": replace(SHIPPED, triggers={}),
    "a group is gone": replace(SHIPPED, triggers={"urgent_language": replace(URGENT, groups=())}),
    "a pattern is gone": changed(replace(BREATH, patterns={"nl": ("geen lucht",)})),
    "a language is gone": changed(replace(BREATH, patterns={})),
    "a group became weak": changed(replace(BREATH, strength="weak")),
    "danger to life is none any more": changed(replace(BREATH, emergency=False)),
    "a negation silences it now": changed(replace(BREATH, negatable=True)),
    "it became less urgent": changed(urgency="same_day"),
    "a figure of speech was added": changed(cancels={"nl": ("geen lucht <office>", "geen lucht")}),
    "its example is gone": changed(fires_on={"nl": ()}),
    "a word that denies was added": changed(phrases={"reading_none": {"nl": ("geen", "soms")}}),
    "a word that ends a denial is gone": changed(phrases={"reading_contrast": {"nl": ()}}),
    "a class that only silences grew": changed(phrases={"reading_office": {"nl": ("fax", "meer")}}),
}
ADDS = {
    "nothing changed": SHIPPED,
    "a pattern was added": changed(replace(BREATH, patterns={"nl": ("geen lucht", "stik*", "geen adem")})),
    "a language was added": changed(replace(BREATH, patterns={**BREATH.patterns, "de": ("keine luft",)})),
    "an emergency more": changed(replace(BREATH, patterns=BREATH.patterns), urgency="urgent"),
    "a look-alike was added as an example": changed(stays_quiet_on={"nl": ("Alles goed", "Lucht genoeg")}),
    "a figure of speech was taken away": changed(cancels={}),
    "a trigger was added": replace(SHIPPED, triggers={**SHIPPED.triggers, "house": replace(URGENT, id="house")}),
    "a word that denies was taken away": changed(phrases={"reading_none": {"nl": ()}}),
}


@pytest.mark.parametrize("book", LOWERS.values(), ids=LOWERS)
def test_what_takes_an_alarm_away_lowers_the_floor(book):
    assert find_lowered(SHIPPED, book)


@pytest.mark.parametrize("book", ADDS.values(), ids=ADDS)
def test_what_only_adds_alarms_does_not(book):
    assert find_lowered(SHIPPED, book) == ()


def test_the_shipped_content_does_not_lower_itself():
    assert find_lowered(load_rulebook(), load_rulebook()) == ()


def test_no_pattern_of_the_shipped_floor_can_be_taken_out_unseen():
    """Each group of each shipped trigger, one pattern out."""
    book = load_rulebook()
    for trigger in book.triggers.values():
        for at, group in enumerate(trigger.groups):
            language, patterns = next(iter(group.patterns.items()))
            fewer = replace(group, patterns={**group.patterns, language: patterns[1:]})
            groups = (*trigger.groups[:at], fewer, *trigger.groups[at + 1 :])
            lowered = find_lowered(
                book, replace(book, triggers={**book.triggers, trigger.id: replace(trigger, groups=groups)})
            )
            assert lowered == (f"{trigger.id}, group {group.name}: no longer alarms: {patterns[0]}",)
