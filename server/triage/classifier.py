"""A plain linear reader of single sentences: how likely each intent and trigger is, and how likely it is harmless.

Pure Python, weights trained by `python -m bench.train_classifier`. An opinion, never a proof: patterns and the
record speak first (contract: questions, findings, route)."""

import gzip
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from server.text.medicines import find_medicines
from server.text.patterns import fold

WEIGHTS = Path(__file__).parent / "weights.json.gz"
MAX_CHARS = 1_000  # of a sentence; what is longer is no sentence
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|0+|[?!]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Scores:
    """Probabilities from 0 to 1 of one sentence. `harmless`: that no trigger holds."""

    intents: Mapping[str, float]
    triggers: Mapping[str, float]
    harmless: float


def _masked(sentence: str) -> str:
    """The sentence with every medicine as one word, so that what is learned of one medicine holds for all."""
    parts: list[str] = []
    at = 0
    for mention in find_medicines(sentence):
        parts += [sentence[at : mention.start], " medc " if mention.controlled else " medx "]
        at = mention.end
    return _DIGITS.sub("0", fold("".join([*parts, sentence[at:]])))


def features_of(sentence: str) -> list[str]:
    """What the model looks at: words, pairs of words, and runs of four letters, each once."""
    words = _WORD.findall(_masked(sentence[:MAX_CHARS]))
    found = dict.fromkeys(words)
    found.update(dict.fromkeys(f"{a} {b}" for a, b in zip(["<", *words], [*words, ">"], strict=True)))
    for word in words:
        if len(word) > 4:
            padded = f"#{word}#"
            found.update(dict.fromkeys("~" + padded[i : i + 4] for i in range(len(padded) - 3)))
    return list(found)


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[list[str], list[float], dict[str, list[int]]]]:
    """Per language: heads, biases, and per feature its weights as pairs (head, hundredths)."""
    with gzip.open(WEIGHTS, "rt", encoding="utf-8") as stream:
        stored = json.load(stream)
    return {language: (table["heads"], table["biases"], table["weights"]) for language, table in stored.items()}


def _sums(features: Sequence[str], language: str) -> dict[str, float]:
    heads, biases, weights = _weights()[language]
    scale = 1.0 / (100.0 * math.sqrt(len(features) or 1))
    sums = [0.0] * len(heads)
    for feature in features:
        row = weights.get(feature)
        if row:
            for place in range(0, len(row), 2):
                sums[row[place]] += row[place + 1]
    return {head: bias + total * scale for head, bias, total in zip(heads, biases, sums, strict=True)}


def _probability(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=4096)
def classify(sentence: str, language: str) -> Scores:
    """How the trained model reads one sentence. Languages without a model are read as Dutch."""
    sums = _sums(features_of(sentence), language if language in _weights() else "nl")
    scores = {head: _probability(total) for head, total in sums.items()}
    return Scores(
        intents={head[7:]: p for head, p in scores.items() if head.startswith("intent:")},
        triggers={head[8:]: p for head, p in scores.items() if head.startswith("trigger:")},
        harmless=scores["harmless"],
    )
