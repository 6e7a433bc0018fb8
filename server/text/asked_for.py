"""For whom something is asked, sentence by sentence: "voor mijn moeder", "ons pa zijn pillen", "Emily's inhaler"; not who
fetches it, told it or gets it handed: "mijn man haalt het op" is about nobody but the writer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from server.text import asked_words as say
from server.text.lexicon import TOKEN
from server.text.name_words import is_medicine_word, is_no_name
from server.text.relations import ARTICLED, CALLED, DETERMINED, LITTLE, LITTLE_ONE, RELATIONS, SOMEONE, Relation, one_of
from server.text.words import fold

MAX_SENTENCES = 200  # of one mail; whoever writes more than that is read by a person
MAX_MENTIONS = 40
_BEFORE, _AFTER, _REST = (
    90,
    260,
    1_000,
)  # letters that are looked at on either side of a mention, and behind its sentence
_BARE = re.compile(rf"(?<![\w'-])(?P<word>{one_of(RELATIONS)})(?![\w-])")
_OF_ANOTHER = frozenset(["zijn", "z'n", "haar", "d'r", "hun", "his", "her", "their"])


@dataclass(frozen=True)
class Mention:
    """Somebody for whom something is asked: by `relation`, by `name`, or both. With neither it is "for her"."""

    relation: Relation | None = None
    name: str = field(repr=False, default="")


@dataclass(frozen=True)
class Asked:
    """`others`: for whom beside the writer; `self_too`: also for the writer; `only_self`: said outright ("voor mezelf");
    `third`: something is asked of "her" or "him" and it is not said who; `together`: "voor ons allebei"."""

    others: tuple[Mention, ...] = ()
    self_too: bool = False
    only_self: bool = False
    third: bool = False
    together: bool = False


def _marked(text: str) -> str:
    """Folded text with each medicine's name as marks, so that one pattern fits them all; length and offsets stay."""
    folded = fold(text)
    return TOKEN.sub(
        lambda m: say.MEDICINE * len(m[0]) if 2 < len(m[0]) < 40 and is_medicine_word(m[0]) else m[0], folded
    )


def _clause(after: str) -> str:
    end = say.CLAUSE_END.search(after)
    return after[: end.start()] if end else after[:160]


def _only_fetches(clause: str, wanted: int) -> bool:
    """Whether they come, collect or tell, before or instead of wanting anything for themselves."""
    if say.SAYS.match(clause):
        return True
    fetch = say.FETCHES.search(clause)
    return fetch is not None and (fetch.start() < wanted or bool(say.MAY.match(clause)))


def _is_subject_in_need(after: str, rest: str) -> bool:
    """Whether somebody needs, takes or has something; not whether they fetch, say or drive."""
    after = say.IN_BRACKETS.sub("", after)
    clause = _clause(after)
    theirs = (say.THIRD_THING, say.FOR_THIRD, say.FOR_HER)
    if any(pattern.search(text) for pattern in theirs for text in (after[:160], rest)) or say.AND_NEEDS.search(after):
        return True
    wanted = say.WANTED.search(clause)
    if _only_fetches(clause, wanted.start() if wanted else len(clause)):
        return False
    needs = say.THIRD_NEEDS.search(after[:200])
    return bool(needs) or (wanted is not None and not say.FIRST_IN.search(clause[: wanted.end()]))


def _is_no_benefit(before: str) -> bool:
    """ "niet voor", "zorgt voor", "hoorde van", "de bruiloft van": nothing is asked for whoever comes next."""
    return any(pattern.search(before) for pattern in (say.NEGATED, say.CARES, say.HEARD, say.POSSESSED))


def is_asked_for(before: str, after: str, rest: str) -> bool:
    """Whether something is asked for the person who stands between `before` and `after` in a (marked) sentence; `rest` is
    what the sender says in the sentences after it. In doubt: yes after "voor" and "van", no as a bare subject."""
    if _is_no_benefit(before) or say.HEARD_AFTER.match(after):
        return False
    if say.OWN.match(after) or say.HAS.match(after):
        return True
    if say.WHOSE.match(after):  # "for my cousin's funeral", but "can I get my kid's lice stuff"
        return bool(say.ORDERED.search(before)) and not say.NOTHING_OURS.match(after)
    if say.FOR.search(before) or say.AND.search(before):
        return True
    if say.HANDED.search(before):
        with_them = bool(say.WITH.search(before)) and bool(say.THIRD_THING.search(after))
        return with_them or (bool(say.AT.search(before)) and bool(say.TESTED.search(_clause(after))))
    return bool(say.WHOSE_END.match(after)) or _is_subject_in_need(after, rest)


def _around(line: str, start: int, end: int) -> tuple[str, str]:
    return line[max(0, start - _BEFORE) : start], line[end : end + _AFTER]


def _kin(sentence: str) -> Iterator[tuple[int, int, Relation]]:
    """Words of kin with their places, each place once."""
    taken: list[tuple[int, int]] = []
    for pattern in (LITTLE, DETERMINED, ARTICLED, CALLED):
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken) or len(taken) >= MAX_MENTIONS:
                continue
            taken.append((start, end))
            relation = LITTLE_ONE if pattern is LITTLE else RELATIONS.get(match["word"] or "", SOMEONE)
            if pattern is DETERMINED and match["det"] in _OF_ANOTHER:
                relation = Relation("another's", relation.sex, relation.many)
            yield start, end, relation


def _named_after(sentence: str, end: int) -> str:
    """The name right behind a word of kin: "mijn zus Geertruida Smit", "mijn moeder, mevrouw De Wit"."""
    match = say.NAMED_AFTER.match(sentence[end : end + _AFTER])
    words = match[1].split() if match else []
    return " ".join(words) if words and not is_no_name(fold(words[0])) else ""


def _is_name(name: str, title: str, before: str) -> bool:
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", name)]
    if not words or words[0] in say.DOCTORS or say.DOCTOR.search(before) or (len(words[0]) < 2 and len(words) < 2):
        return False
    ordinary = any(is_no_name(word) or word in RELATIONS for word in (words[0], words[-1]))
    return bool(title) or not (ordinary or name.isupper())


def _is_name_asked_for(name: str, title: str, before: str, after: str, line: str) -> bool:
    """Whether something is asked for a person named so; one capital alone needs a thing of theirs beside it."""
    sure = bool(title) or len(re.findall(r"[A-ZÀ-Þ]", name)) > 1
    common = fold(name) in say.STARTERS
    belongs = (say.HAS if before or sure else say.HAS_NEXT).match(after) and not common
    if belongs or (say.WHOSE_THING.match(after) and not common):
        return True
    if say.FOR.search(before) and not _is_no_benefit(before) and not (say.MOVES.match(after) and not title):
        if say.OF_A_THING.search(before) and not sure:
            return False
        return sure or bool(say.THING_OF.search(before) or say.A_THING.search(line))
    return bool((sure or before) and say.NEEDS_NEXT.match(after) and say.THIRD_THING.search(after[:120]))


def _names(text: str, line: str, rest: str) -> Iterator[Mention]:
    for match in say.SOMEBODY.finditer(text):
        name, title = " ".join((match["titled"] or match["name"]).split()), match["title"] or ""
        before, after = _around(line, match.start(), match.end())
        part_of_name = say.NAME_BEGINS.search(text[: match.start()])  # "Van Dijk": no preposition
        before = before[: len(before) - len(part_of_name[0])] if part_of_name else before
        is_product = not title and say.PRODUCT.match(after)
        if is_product and say.FOR_SOMEBODY.search(before) and not say.A_NUMBER_NEXT.match(after):
            is_product = None  # "voor Emir movicolon"
        if is_product or not _is_name(name, title, before) or say.ISSUED.search(before) or say.NEGATED.search(before):
            continue
        if _is_name_asked_for(name, title, before, after, line):
            yield Mention(name=name)
            yield from (Mention(name=more) for more in say.AND_NAMES.findall(text[match.end() : match.end() + _AFTER]))
    for match in say.FLEMISH.finditer(text):
        before, after = _around(line, match.start(), match.end())
        if not is_no_name(fold(match["name"])) and is_asked_for(before, after, rest):
            yield Mention(name=match["name"])


def _first_thing(line: str) -> bool:
    """Whether something of the writer's own is spoken of: "mijn pillen", not "my husband's statins"."""
    return any(
        not say.OF_SOMEBODY.search(m["words"]) and not (set(m["words"].split()) & RELATIONS.keys())
        for m in say.FIRST_THING.finditer(line)
    )


def _in_subject(subject: str, body: str) -> Iterator[Mention]:
    """A subject line needs no "mijn": "bestelling dochter", when the mail goes on about her and nothing is the writer's."""
    if _first_thing(body) or not say.SOMEONE.search(body):
        return
    taken = [(start, end) for start, end, _ in _kin(subject)]
    for match in _BARE.finditer(subject):
        before = subject[: match.start()]
        inside = any(start < match.start() < end for start, end in taken)  # with a determiner, and so weighed already
        if not (inside or say.HANDED.search(before) or say.NEGATED.search(before)):
            yield Mention(RELATIONS[match["word"]])


def _speaks_for_two(line: str) -> bool:
    return bool(say.TOGETHER.search(line) or say.TWO_OF_US.search(line[:600]))


def _of_sentence(text: str, line: str, rest: str) -> tuple[list[Mention], bool]:
    """Those for whom a sentence asks something, and whether "and me" stands behind one of them."""
    found: list[Mention] = []
    me_too = False
    for start, end, relation in _kin(line):
        before, after = _around(line, start, end)
        if is_asked_for(before, after, rest):
            found.append(Mention(relation, _named_after(text, end)))
            me_too = me_too or bool(say.AND_ME.match(after))
    known = [mention.name for mention in found if mention.name]
    found += [
        one for one in _names(text, line, rest) if not any(one.name in name or name in one.name for name in known)
    ]
    return found, me_too


def read_asked(sentences: tuple[str, ...], subject: str = "") -> Asked:
    """For whom something is asked in these sentences of one mail (its own new text, greeting and closing among them).
    A subject of the sender's own is read as one more sentence."""
    texts = (*((subject,) if subject else ()), *sentences[:MAX_SENTENCES])
    lines = [_marked(text) for text in texts]
    others: list[Mention] = []
    me_too = False
    for at, (text, line) in enumerate(zip(texts, lines, strict=True)):
        found, and_me = _of_sentence(text, line, " ".join(lines[at + 1 : at + 13])[:_REST])
        others, me_too = [*others, *found], me_too or and_me
    if subject and not others:
        others += _in_subject(lines[0], " ".join(lines[1:]))
    whole = " ".join(lines)
    return Asked(
        others=tuple(dict.fromkeys(others))[:MAX_MENTIONS],
        self_too=me_too or bool(say.FOR_ME.search(whole)) or any(map(_first_thing, lines)),
        only_self=bool(say.ONLY_ME.search(whole)),
        third=any(pattern.search(whole) for pattern in (say.SURE_THIRD, say.FOR_THIRD, say.FOR_HER)),
        together=any(say.WANTED.search(line) and _speaks_for_two(line) for line in lines),
    )
