"""What changed content may not do: whatever alarmed before must alarm after."""

import re
from dataclasses import replace

import pytest

from server.model.rulebook import Rulebook, Trigger, TriggerGroup
from server.store.rulebook import CONTENT, lay_over, load_rulebook
from server.text.medicines import find_medicines
from server.text.sentences import split_sentences
from server.text.words import clipped, cut_words
from server.triage.floor import find_lowered
from server.triage.triggers import find_triggers

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
            assert lowered == (f"{trigger.id}, group {group.name}: no longer alarms: {clipped(patterns[0])}",)


def fired(text: str, language: str, rulebook: Rulebook) -> set[tuple[str, str]]:
    found = find_triggers(split_sentences(text), language, rulebook, find_medicines(text))
    return {(finding.code, finding.rule) for finding in found}


def test_a_word_added_to_a_class_that_alarms_and_silences_takes_no_alarm_away(tmp_path):
    """A figure of speech holds <medicine> too: "ik heb" as a medicine must not make one of a complaint."""
    shipped = (CONTENT / "phrases" / "reading_classes.toml").read_text(encoding="utf-8")
    text = shipped.replace("[reading_medicine]\nnl = [", '[reading_medicine]\nnl = ["ik heb", "ik ben", ', 1)
    assert text != shipped
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "reading_classes.toml").write_text(text, encoding="utf-8")
    grown = lay_over(tmp_path)
    assert "ik heb" in grown.phrases["reading_medicine"]["nl"]
    assert "new_symptoms" in {code for code, _ in fired("Ik heb voor het eerst jeuk", "nl", grown)}


def shared_classes() -> list[str]:
    """The classes that both alarms and figures of speech name."""
    triggers = load_rulebook().triggers.values()
    alarming = " ".join(p for t in triggers for g in t.groups for ps in g.patterns.values() for p in ps)
    silencing = " ".join(p for t in triggers for ps in t.cancels.values() for p in ps)
    return sorted(set(re.findall(r"<(\w+)>", alarming)) & set(re.findall(r"<(\w+)>", silencing)))


@pytest.mark.parametrize("name", shared_classes())
def test_no_word_of_any_example_silences_it_as_a_member_of_a_class(name):
    book = load_rulebook()
    examples = [(text, spoken) for t in book.triggers.values() for spoken in book.reads for text in t.fires_on[spoken]]
    words = {
        spoken: {w for text, one in examples if one == spoken for w in cut_words(text).words} for spoken in book.reads
    }
    before = book.phrases[f"reading_{name}"]
    more = {spoken: (*before[spoken], *sorted(words[spoken] - set(before[spoken]))) for spoken in book.reads}
    grown = replace(book, phrases={**book.phrases, f"reading_{name}": more}, silencing=book.phrases)
    assert find_lowered(book, grown) == ()
    for text, spoken in examples:
        assert fired(text, spoken, book) <= fired(text, spoken, grown), text
