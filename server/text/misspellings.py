"""Guesses which medicine an odd word means, and says when two come close; ordinary words are never guessed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from server.text.lexicon import Entry, load_lexicon, sound_key
from server.text.medicine_words import ADVERBS, NEVER_MEDICINES

LEAST = 88  # a guess against the whole lexicon scores at least this: below it ordinary words and surnames begin
LEAST_SHORT = 93  # and this for names of fewer than eight letters, which resemble many words
LEAST_OWN = 76  # one of the patient's own few medicines may be spelled worse
RIVAL = 10  # another medicine that scores so little less is meant as likely
SURE_OWN = 85  # below this it must begin with the same sound
MOST_EDITS = 2  # letters that differ, and a short name may still be meant
LOOK_ALIKE = 2  # letters by which a name that scores as well may be further away ("omeprazol", "esomeprazol")
LEAST_PARTIAL = 4  # letters of the beginning of a name that may stand for it ("amlo")


@dataclass(frozen=True)
class Guess:
    """A name that an odd word may stand for. `own`: a word of the patient's own label; `partial`: the beginning of it;
    `distance`: letters to change, add, leave out or swap; `in_reach`: so few that the name may be meant."""

    word: str
    score: int
    own: bool = False
    partial: bool = False
    distance: int = 0
    in_reach: bool = True


def reach_of(word: str) -> int:
    """Letters by which a misspelling may differ: two, or a quarter of a long word (domain.md §3.5)."""
    return max(MOST_EDITS, len(word) // 4)


def _distance(word: str, name: str) -> int:
    """Between the words or how they sound, whichever is less: "omeprasol" and "omeprazol" sound alike."""
    return min(OSA.distance(word, name), OSA.distance(sound_key(word), sound_key(name)) + 1)


@lru_cache(maxsize=20_000)
def is_plain_word(word: str) -> bool:
    """Whether this is a word of Dutch or English, so that it is no misspelled medicine."""
    import simplemma  # a second to load, and only mail with odd words needs it

    return (
        word in NEVER_MEDICINES
        or ADVERBS.fullmatch(word) is not None
        or bool(simplemma.is_known(word, lang=("nl", "en"), low_memory=True))
    )


@lru_cache(maxsize=20_000)
def _in_lexicon(word: str) -> tuple[tuple[str, int], ...]:
    lexicon = load_lexicon()
    key = sound_key(word)
    found = process.extract(key, lexicon.keys, scorer=fuzz.ratio, score_cutoff=LEAST - RIVAL, limit=12)
    scored: dict[str, int] = {}
    for _, sounded, place in found:
        name = lexicon.key_names[place]
        score = round(max(min(sounded, 99.0), fuzz.ratio(word, name)))
        scored[name] = max(score, scored.get(name, 0))
    best = max(scored.items(), key=lambda item: item[1], default=("", 0))
    if best[1] < (LEAST if len(best[0]) >= 8 and len(word) >= 7 else LEAST_SHORT):
        return ()
    for name, score in _neighbours(word, reach_of(word)):
        scored.setdefault(name, score)
    return tuple(sorted(scored.items(), key=lambda item: -item[1]))


def _own_score(word: str, own: str) -> int:
    ours, theirs = sound_key(word), sound_key(own)
    score = round(max(min(fuzz.ratio(ours, theirs), 99.0), fuzz.ratio(word, own)))
    return score if score >= SURE_OWN or ours[:1] == theirs[:1] else 0


@lru_cache(maxsize=20_000)
def _neighbours(word: str, most: int) -> tuple[tuple[str, int], ...]:
    """Names at most so many letters away, with their score."""
    lexicon = load_lexicon()
    found = process.extract(word, lexicon.key_names, scorer=OSA.distance, score_cutoff=most, limit=12)
    return tuple((name, round(fuzz.ratio(word, name))) for name, _, _ in found)


def names_in_reach(word: str) -> tuple[str, ...]:
    """Names that the word may be a misspelling of, however little it resembles them otherwise."""
    return tuple(name for name, _ in _neighbours(word, reach_of(word)))


def guess_names(word: str, own_words: tuple[str, ...], called: tuple[str, ...] = ()) -> tuple[Guess, ...]:
    """What an odd word may stand for, best first. `own_words`: the words of the patient's labels; `called`: other names
    of the same medicines, which must be within reach. Beside one of them every name that is as near is told too."""
    partial = [own for own in own_words if len(word) >= LEAST_PARTIAL and own.startswith(word)]
    if partial:
        return tuple(Guess(own, 90, own=True, partial=True) for own in partial)
    if len(word) < 5:
        return ()
    own = [_guess(word, name, score, own=True) for name in own_words if (score := _own_score(word, name)) >= LEAST_OWN]
    theirs = [_guess(word, name, _own_score(word, name), own=True) for name in called if name not in own_words]
    own += [guess for guess in theirs if guess.in_reach and guess.score >= LEAST_OWN]
    general = dict(_in_lexicon(word))
    if own:
        most = max(reach_of(word), min(guess.distance for guess in own))
        general = {**dict(_neighbours(word, most)), **general}
    mine = {*own_words, *called}
    others = [_guess(word, name, score) for name, score in general.items() if name not in mine]
    return tuple(sorted([*own, *others], key=lambda guess: (-guess.score, not guess.own)))


def _guess(word: str, name: str, score: int, *, own: bool = False) -> Guess:
    distance = _distance(word, name)
    return Guess(name, score, own=own, distance=distance, in_reach=distance <= reach_of(word))


def stays_possible(
    rival: Guess, entries: Sequence[Entry], ours: Sequence[Entry], nearest: int, best: int, *, beside_own: bool
) -> bool:
    """Whether a name may be meant as well as the nearest one, or as the patient's own (`ours`)."""
    if {entry.name for entry in entries} <= {entry.name for entry in ours}:
        return False
    close = rival.score >= best - RIVAL and rival.distance <= nearest + LOOK_ALIKE
    if not beside_own:
        return rival.in_reach or close
    if rival.in_reach and any(entry.risky for entry in (*entries, *ours)):
        return rival.distance <= nearest + 1
    return rival.distance <= nearest
