"""What a sentence says is not so: which of its words stand under a negation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.text.patterns import Matcher, compile_patterns
from server.text.words import Words

_REACH_NONE = 8  # "geen last meer van hoofdpijn of misselijkheid"
_REACH_NOT = 4  # "niet meer zo misselijk"
_REACH_BACK = 6  # "bijwerkingen heb ik tot nu toe niet"
Phrases = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class NegationWords:
    """The words of one language, from content/phrases/reading_negation.toml. `none` negates a noun and what is listed
    with it ("geen a, b of c"), `nots` what comes right after; `contrast` ends a clause; `stops` ends a negation;
    `carries` are words after which "van"/"of" carries it on; `listing` are "of"/"or"; `doubt` looks like a negation
    and is none ("geen idee of"); `filler` may stand between a thing and the "niet" that follows it."""

    none: frozenset[str]
    nots: frozenset[str]
    contrast: frozenset[str]
    stops: frozenset[str]
    linking: frozenset[str]
    carries: frozenset[str]
    listing: frozenset[str]
    filler: frozenset[str]
    answers: frozenset[str]
    doubt: Matcher

    @property
    def negators(self) -> frozenset[str]:
        """Every word that denies."""
        return self.none | self.nots


def negation_words(phrases: Phrases, languages: Sequence[str]) -> NegationWords:
    """The words of these languages together."""

    def listed(name: str) -> list[str]:
        table = phrases.get(f"reading_{name}", {})
        return [word for language in languages for word in table.get(language, ())]

    return NegationWords(
        none=frozenset(listed("none")),
        nots=frozenset(listed("nots")),
        contrast=frozenset(listed("contrast")),
        stops=frozenset(listed("stops")),
        linking=frozenset(listed("linking")),
        carries=frozenset(listed("carries")),
        listing=frozenset(listed("listing")),
        filler=frozenset(listed("filler")),
        answers=frozenset(listed("answers")),
        doubt=compile_patterns(listed("doubt")),
    )


def find_negated(cut: Words, words: NegationWords) -> frozenset[int]:
    """The numbers of the words that stand under a negation."""
    doubtful = {n for hit in words.doubt.find(cut) for n in range(hit.first, hit.last + 1)}
    negated: set[int] = set()
    for at, word in enumerate(cut.words):
        if at in doubtful:
            continue
        if word in words.none:
            negated.update(_under_none(cut, at, words))
        elif word in words.nots:
            negated.update(_under_not(cut, at, words))
            negated.update(_before_not(cut, at, words))
        if word in words.answers:
            negated.update(_field_before(cut, at))
    return frozenset(negated)


def _comma_before(cut: Words, at: int) -> bool:
    between = cut.text[cut.spans[at - 1][1] : cut.spans[at][0]]
    return any(mark in between for mark in ",;:()") or " - " in between or " – " in between


def _under_none(cut: Words, at: int, words: NegationWords) -> range:
    """After "geen": up to a contrast or a cause; past a comma only in a list that ends in "of"."""
    end = at + 1
    while end < min(len(cut.words), at + 1 + _REACH_NONE) and end not in cut.ends:
        word = cut.words[end]
        if word in words.contrast or word in words.stops:
            break
        if word in words.linking and cut.words[end - 1] not in words.carries:
            break
        if _comma_before(cut, end) and not _list_goes_on(cut, end, words):
            break
        end += 1
    return range(at + 1, end)


def _list_goes_on(cut: Words, at: int, words: NegationWords) -> bool:
    ahead = cut.words[at : at + 5]
    upto = next((n for n, word in enumerate(ahead) if word in words.contrast or word in words.stops), len(ahead))
    return any(word in words.listing for word in ahead[:upto])


def _under_not(cut: Words, at: int, words: NegationWords) -> range:
    end = at + 1
    while end < min(len(cut.words), at + 1 + _REACH_NOT) and end not in cut.ends and not _comma_before(cut, end):
        if cut.words[end] in words.contrast | words.stops | words.linking:
            break
        end += 1
    return range(at + 1, end)


def _before_not(cut: Words, at: int, words: NegationWords) -> range:
    """Before a "niet" that closes its clause: "bijwerkingen heb ik niet", over little words only, and one thing."""
    after = at + 1
    closes = after >= len(cut.words) or after in cut.ends or _comma_before(cut, after)
    if not closes and cut.words[after] not in words.filler | words.contrast | words.stops:
        return range(0)
    start = at
    while start > max(0, at - _REACH_BACK) and start not in cut.ends and not _comma_before(cut, start):
        if cut.words[start - 1] not in words.filler:
            return range(start - 1, at) if start < at else range(0)
        start -= 1
    return range(0)


def _field_before(cut: Words, at: int) -> range:
    """Of a form: "Allergie: nee", "bijwerkingen - geen", "Bijwerkingen? Nee"."""
    if at == 0:
        return range(0)
    between = cut.text[cut.spans[at - 1][1] : cut.spans[at][0]].strip()
    return range(max(0, at - 3), at) if between in {":", "-", "–", "=", "?", ":-"} else range(0)
