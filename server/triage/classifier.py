"""The second reader: a linear model of single sentences, how likely each intent and trigger is, and that none holds.

Pure Python, one model for both languages (what is learned of names, numbers and short lines in one serves the other),
trained by `python -m bench.train_classifier` from bench/corpus. An opinion, never a proof: patterns and the record speak
first (contract: questions, findings, route)."""

import gzip
import json
import math
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from server.model.rulebook import Rulebook
from server.text.medicines import find_medicines
from server.text.patterns import fold
from server.triage.vectors import LONGEST, in_use, look_closely

WEIGHTS = Path(__file__).parent / "weights.json.gz"
MAX_CHARS = 1_000  # of a sentence; what is longer is no sentence
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|0+|[?!]")
_DIGITS = re.compile(r"\d+")
_FEWEST_LETTERS = 2
_RUNS = (3, 4, 5)
_SKIPS = (2, 3)  # words apart of a loose pair


@dataclass(frozen=True)
class Scores:
    """Probabilities from 0 to 1 of one sentence. `harmless`: that no trigger holds."""

    intents: Mapping[str, float]
    triggers: Mapping[str, float]
    harmless: float


@dataclass(frozen=True)
class Weights:
    """A trained model. `places`: feature → its number; numbers `starts[n]` to `starts[n + 1]` of `cells` hold pairs (head,
    hundredths); `rarity`: by feature, how much it tells (hundredths)."""

    heads: tuple[str, ...]
    biases: tuple[float, ...]
    places: Mapping[str, int]
    starts: Sequence[int]
    rarity: Sequence[int]
    cells: Sequence[int]


def _masked(sentence: str) -> str:
    """The sentence with every medicine as one word, so that what is learned of one medicine holds for all."""
    parts: list[str] = []
    at = 0
    for mention in find_medicines(sentence):
        parts += [sentence[at : mention.start], " medc " if mention.controlled else " medx "]
        at = mention.end
    return _DIGITS.sub("0", fold("".join([*parts, sentence[at:]])))


def features_of(sentence: str) -> list[str]:
    """What the model looks at: words, pairs of words next to or near each other, and runs of letters, each once."""
    words = _WORD.findall(_masked(sentence[:MAX_CHARS]))
    found = dict.fromkeys(words)
    found.update(dict.fromkeys(f"{a} {b}" for a, b in zip(["<", *words], [*words, ">"], strict=True)))
    for skip in _SKIPS:
        found.update(dict.fromkeys(f"{a}_{b}" for a, b in zip(words, words[skip:], strict=False)))
    for word in words:
        if len(word) > _FEWEST_LETTERS:
            padded = f"#{word}#"
            for run in _RUNS:
                found.update(dict.fromkeys("~" + padded[i : i + run] for i in range(len(padded) - run + 1)))
    return list(found)


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS) -> Weights:
    """The trained model. A quarter of a second; done beside the start (flows/warm_up.py)."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        stored = json.load(stream)
    return Weights(
        heads=tuple(stored["heads"]),
        biases=tuple(stored["biases"]),
        places={feature: place for place, feature in enumerate(stored["features"].split("\n"))},
        starts=array("I", stored["starts"]),
        rarity=array("H", stored["rarity"]),
        cells=array("h", stored["cells"]),
    )


def sums_of(features: Sequence[str], weights: Weights) -> list[float]:
    """Log-odds of each head."""
    sums = [0.0] * len(weights.heads)
    length = 0.0
    for feature in features:
        place = weights.places.get(feature)
        if place is None:
            continue
        rarity = weights.rarity[place] / 100
        length += rarity * rarity
        cells = weights.cells[weights.starts[place] : weights.starts[place + 1]]
        for at in range(0, len(cells), 2):
            sums[cells[at]] += cells[at + 1] * rarity
    scale = 0.01 / math.sqrt(length or 1.0)
    return [bias + total * scale for bias, total in zip(weights.biases, sums, strict=True)]


def _probability(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=4096)
def classify(sentence: str) -> Scores:
    """How the trained model reads one sentence by its words."""
    return _scores(_by_words(sentence))


@lru_cache(maxsize=4096)
def classify_closely(sentence: str) -> Scores:
    """How it reads one sentence by its words and by what it means, where this machine can tell (triage/vectors.py). A
    sentence too long for a vector is read by its words: nothing at its end may go unheard."""
    if len(sentence) > LONGEST or not in_use():
        return classify(sentence)
    return _scores(look_closely(sentence, _by_words(sentence)))


def limit(rulebook: Rulebook, name: str) -> Mapping[str, float]:
    """A threshold by language, of the reading that is in use: with vectors it has numbers of its own."""
    return rulebook.thresholds[f"closely_{name}" if in_use() else name]


@lru_cache(maxsize=4096)
def _by_words(sentence: str) -> Mapping[str, float]:
    """Log-odds of each head; asked twice of a sentence that is looked at closely."""
    weights = load_weights()
    return dict(zip(weights.heads, sums_of(features_of(sentence), weights), strict=True))


def _scores(sums: Mapping[str, float]) -> Scores:
    scores = {head: _probability(total) for head, total in sums.items()}
    return Scores(
        intents={head[7:]: p for head, p in scores.items() if head.startswith("intent:")},
        triggers={head[8:]: p for head, p in scores.items() if head.startswith("trigger:")},
        harmless=scores["harmless"],
    )
