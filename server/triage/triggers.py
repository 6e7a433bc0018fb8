"""Strong triggers: what the words of a mail say by themselves, with negation, idiom and quotation taken into account.

Nothing overrules what is found here (contract: FLOOR). The patterns are content (content/triggers/), so this file only
knows how to read them: classes of words are marked first ("any complaint", "any medicine"), then every pattern of every
trigger is walked over the sentence at once, then hits that are denied or that an idiom covers are dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from server.model.finding import Finding, Part, Severity
from server.model.rulebook import Rulebook, Trigger
from server.text.foreign import is_foreign
from server.text.language import detect_language
from server.text.medicines import MedicineMention
from server.text.negation import NegationWords, find_negated, negation_words
from server.text.patterns import Hit, Matcher, compile_patterns
from server.text.words import Words, cut_words

_CLASSES = (
    "medicine", "package", "complaint", "body", "amiss", "critical", "amount", "office",
    "child", "person", "holder", "whole", "swallowed", "gorged", "many",
    "breath", "lack", "chest", "chest_wrong", "wake", "side", "fails", "swells", "airway", "sugar",
)  # fmt: skip
_SHIPPED = "shipped_"  # before the name of a class: its words as shipped
_NEEDS_CONTROLLED = "early_refill_controlled"
_ANY_LANGUAGE = frozenset({"suspicious_content"})  # attacks are often in English, whatever the mail is in
_MOST_QUOTES = 5
MAX_CHARS = 20_000  # of one sentence; what is longer is none (triage/assess.py sends such a mail to a person)


@dataclass(frozen=True)
class _Entry:
    """One pattern of a trigger: a hit (`group`) or, without one, what silences hits that it overlaps."""

    trigger: str
    group: str = ""
    strength: str = "strong"
    negatable: bool = True


@dataclass(frozen=True)
class _Reader:
    """All that is needed to read one language. `telling`: little words by which a sentence in it shows itself."""

    classes: Matcher
    class_names: tuple[str, ...]
    patterns: Matcher
    entries: tuple[_Entry, ...]
    negation: NegationWords
    telling: frozenset[str]


@dataclass(frozen=True)
class _Found:
    entry: _Entry
    hit: Hit


def find_triggers(
    sentences: Sequence[str],
    language: str,
    rulebook: Rulebook,
    mentions: Sequence[MedicineMention] = (),
    *,
    unread: bool = False,
) -> tuple[Finding, ...]:
    """One finding for each group of a trigger that fires, with the words that made it. Of a mail in a language that is
    not read (`unread`) only that language's words of danger count, and what is the same in every mail. In a sentence
    that is in another language than its mail, the words of danger of every language count."""
    readers = _readers(rulebook)
    foreign = language if unread else ""
    fired: dict[tuple[str, str], list[str]] = {}
    names = _names(mentions)
    for sentence in sentences:
        for found in _read(sentence[:MAX_CHARS], language, readers, names, foreign, rulebook):
            quotes = fired.setdefault((found.entry.trigger, found.entry.group), [])
            if found.hit.words not in quotes and len(quotes) < _MOST_QUOTES:
                quotes.append(found.hit.words)
    controlled = any(mention.controlled for mention in mentions) or any(t == "controlled_substance" for t, _ in fired)
    return tuple(
        Finding(trigger, Part.FLOOR, Severity.HARD, f"triggers/{trigger}/{group}", tuple(quotes))
        for (trigger, group), quotes in fired.items()
        if trigger != _NEEDS_CONTROLLED or controlled
    )


def is_emergency(finding: Finding, rulebook: Rulebook) -> bool:
    """Whether a group that means danger to life made this finding."""
    trigger = rulebook.triggers.get(finding.code)
    group = finding.rule.rpartition("/")[2]
    return trigger is not None and any(g.name == group and g.emergency for g in trigger.groups)


def _readers(rulebook: Rulebook) -> Mapping[str, tuple[_Reader, _Reader]]:
    """By language: everything, and only what is read in every mail."""
    every = tuple(rulebook.triggers.values())
    some = tuple(trigger for trigger in every if trigger.id in _ANY_LANGUAGE)
    return {spoken: (_reader(every, rulebook, spoken), _reader(some, rulebook, spoken)) for spoken in rulebook.reads}


def _read(
    sentence: str,
    language: str,
    readers: Mapping[str, tuple[_Reader, _Reader]],
    names: frozenset[tuple[str, ...]],
    foreign: str,
    rulebook: Rulebook,
) -> Iterable[_Found]:
    cut = cut_words("\n".join(line for line in sentence.splitlines() if not line.lstrip().startswith(">")))
    others = _unread_languages(rulebook) if is_foreign(cut.text, rulebook.reads) else ()
    for other in dict.fromkeys((foreign, *others) if foreign else others):
        reader = _reader(tuple(rulebook.triggers.values()), rulebook, other)
        yield from _standing(_mark(cut, reader, names), reader)
    if foreign:
        language = detect_language(cut.text)  # a sentence in a language that is read is read
    for spoken, (every, some) in readers.items():
        switches = not foreign and (language not in readers or _switches_to(spoken, cut, readers))
        reader = every if spoken == language or switches else some
        yield from _standing(_mark(cut, reader, names), reader)


def _unread_languages(rulebook: Rulebook) -> tuple[str, ...]:
    """The languages of which only words of danger are known."""
    groups = (group for trigger in rulebook.triggers.values() for group in trigger.groups)
    return tuple(sorted({language for group in groups for language in group.patterns} - set(rulebook.reads)))


def _switches_to(language: str, cut: Words, readers: Mapping[str, tuple[_Reader, _Reader]]) -> bool:
    """Whether a sentence is in `language` though the mail is not."""
    counts = {spoken: sum(word in reader.telling for word in cut.words) for spoken, (reader, _) in readers.items()}
    return counts[language] > max((count for spoken, count in counts.items() if spoken != language), default=0)


def _standing(cut: Words, reader: _Reader) -> Iterable[_Found]:
    """The hits that count: not denied, not covered by an idiom, and not weak alone."""
    negated = find_negated(cut, reader.negation)
    hits = [_Found(reader.entries[hit.pattern], hit) for hit in reader.patterns.find(cut)]
    covers = [(found.entry.trigger, found.hit) for found in hits if not found.entry.group]
    left = [
        found
        for found in hits
        if found.entry.group
        and not (found.entry.negatable and any(n in negated for n in range(found.hit.first, found.hit.last + 1)))
        and not any(trigger == found.entry.trigger and _overlap(cover, found.hit) for trigger, cover in covers)
    ]
    groups: dict[str, set[str]] = {}
    for found in left:
        groups.setdefault(found.entry.trigger, set()).add(found.entry.group)
    for found in left:
        beside = len(groups[found.entry.trigger]) > 1 or bool(cut.marks.get("medicine"))
        if found.entry.strength == "strong" or beside:
            yield found


def _overlap(one: Hit, other: Hit) -> bool:
    return one.first <= other.last and other.first <= one.last


def _names(mentions: Sequence[MedicineMention]) -> frozenset[tuple[str, ...]]:
    return frozenset(cut_words(mention.words).words for mention in mentions)


def _mark(cut: Words, reader: _Reader, names: frozenset[tuple[str, ...]]) -> Words:
    """The sentence with its classes of words marked; medicines that the lexicon knows count as <medicine>."""
    marks: dict[str, dict[int, tuple[int, ...]]] = {}
    spans = [(reader.class_names[hit.pattern], hit.first, hit.last) for hit in reader.classes.find(cut)]
    for name in names:
        starts = (at for at in range(len(cut.words) - len(name) + 1) if cut.words[at : at + len(name)] == name)
        places = [(at, at + len(name) - 1) for at in starts if name]
        spans += [(label, *place) for label in ("medicine", f"{_SHIPPED}medicine") for place in places]
    for label, first, last in spans:
        table = marks.setdefault(label, {})
        if last not in table.get(first, ()):
            table[first] = (*table.get(first, ()), last)
    return replace(cut, marks=marks)


def _reader(triggers: tuple[Trigger, ...], rulebook: Rulebook, language: str) -> _Reader:
    """The reader of one language, compiled once for the same content. What silences is read with the shipped classes, so
    that no word added to a class takes an alarm away; a language that is not shipped has its own."""
    rows = tuple(
        (trigger.id, group.name, group.strength, group.negatable, tuple(group.patterns.get(language, ())))
        for trigger in triggers
        for group in trigger.groups
    ) + tuple((trigger.id, "", "strong", False, tuple(trigger.cancels.get(language, ()))) for trigger in triggers)
    phrases = tuple(
        (name, tuple(table.get(language, ())))
        for name, table in sorted(rulebook.phrases.items())
        if name.startswith("reading_")
    )
    shipped = ((name, rulebook.silencing.get(f"reading_{name}", {})) for name in _CLASSES)
    silencing = tuple((name, tuple(table[language])) for name, table in shipped if language in table)
    own = dict(phrases)
    return _compiled(rows, phrases, tuple(row for row in silencing if row[1] != own.get(f"reading_{row[0]}")), language)


@lru_cache(maxsize=64)
def _compiled(
    rows: tuple[tuple[str, str, str, bool, tuple[str, ...]], ...],
    phrases: tuple[tuple[str, tuple[str, ...]], ...],
    silencing: tuple[tuple[str, tuple[str, ...]], ...],
    language: str,
) -> _Reader:
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = {name: {language: words} for name, words in phrases}
    negation = negation_words(lists, (language,))
    patterns: list[str] = []
    entries: list[_Entry] = []
    for trigger, group, strength, negatable, listed in rows:
        for pattern in listed:
            denies = bool(negation.negators & set(cut_words(pattern).words))
            patterns.append(pattern if group else _by_shipped(pattern, silencing))
            entries.append(_Entry(trigger, group, strength, negatable and not denies))
    classes = [(name, words) for name in _CLASSES for words in lists.get(f"reading_{name}", {}).get(language, ())]
    classes += [(_SHIPPED + name, word) for name, words in silencing for word in words]
    return _Reader(
        classes=compile_patterns(words for _, words in classes),
        class_names=tuple(name for name, _ in classes),
        patterns=compile_patterns(patterns),
        entries=tuple(entries),
        negation=negation,
        telling=frozenset(lists.get("reading_telling", {}).get(language, ())),
    )


def _by_shipped(pattern: str, silencing: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    for name, _ in silencing:
        pattern = pattern.replace(f"<{name}>", f"<{_SHIPPED}{name}>")
    return pattern
