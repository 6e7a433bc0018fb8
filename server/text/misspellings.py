"""Guesses which medicine an odd word means, and says when two come close; ordinary words are never guessed at."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from server.text.lexicon import load_lexicon, sound_key
from server.text.medicine_words import NEVER_MEDICINES

LEAST = 84  # a guess against the whole lexicon scores at least this (reference/dependencies.md, part 2, section 4)
LEAST_OWN = 76  # one of the patient's own few medicines may be spelled worse
LEAST_PARTIAL = 4  # letters of the beginning of a name that may stand for it ("amlo")


@dataclass(frozen=True)
class Guess:
    """A name that an odd word may stand for. `own`: a word of the patient's own label; `partial`: the beginning of it."""

    word: str
    score: int
    own: bool = False
    partial: bool = False


@lru_cache(maxsize=20_000)
def is_plain_word(word: str) -> bool:
    """Whether this is a word of Dutch or English, so that it is no misspelled medicine."""
    import simplemma  # a second to load, and only mail with odd words needs it

    return word in NEVER_MEDICINES or bool(simplemma.is_known(word, lang=("nl", "en")))


@lru_cache(maxsize=20_000)
def _in_lexicon(word: str) -> tuple[tuple[str, int], ...]:
    lexicon = load_lexicon()
    key = sound_key(word)
    found = process.extract(key, lexicon.keys, scorer=fuzz.ratio, score_cutoff=LEAST - 8, limit=12)
    scored: dict[str, int] = {}
    for _, sounded, place in found:
        name = lexicon.key_names[place]
        score = round(max(min(sounded, 99.0), fuzz.ratio(word, name)))
        if score >= (LEAST if len(word) >= 6 else LEAST + 4):
            scored[name] = max(score, scored.get(name, 0))
    return tuple(sorted(scored.items(), key=lambda item: -item[1]))


def _own_score(word: str, own: str) -> int:
    return round(max(min(fuzz.ratio(sound_key(word), sound_key(own)), 99.0), fuzz.ratio(word, own)))


def guess_names(word: str, own_words: tuple[str, ...]) -> tuple[Guess, ...]:
    """What an odd word may stand for, best first. `own_words`: the words of the patient's labels."""
    partial = [own for own in own_words if len(word) >= LEAST_PARTIAL and own.startswith(word)]
    if partial:
        return tuple(Guess(own, 90, own=True, partial=True) for own in partial)
    if len(word) < 5:
        return ()
    own = [Guess(name, score, own=True) for name in own_words if (score := _own_score(word, name)) >= LEAST_OWN]
    general = [Guess(name, score) for name, score in _in_lexicon(word) if name not in own_words]
    return tuple(sorted([*own, *general], key=lambda guess: (-guess.score, not guess.own)))
