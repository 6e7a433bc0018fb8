"""Trains the second reader from bench/corpus and writes server/triage/weights.json.gz: `python -m bench.train_classifier`.

Seeded: on one machine the same corpus gives the same file, byte for byte. How good it is on files that it has not seen:
bench/quality/cross_validation.py."""

import gzip
import json
import math
import random
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from server.triage.classifier import WEIGHTS, Weights, features_of

CORPUS = Path(__file__).parent / "corpus"
EPOCHS = 10
RATE = 60.0
SLOWER = 0.5  # how fast the rate falls, per epoch
SHRINK = 1e-5  # pull towards zero, per step
MOST_BOOST = 3.0  # the rarer answer of a head teaches more
LEAST_COUNT = 2  # a feature seen once says nothing
LEAST_WEIGHT = 10  # in hundredths; smaller ones are not stored
LEAST_ERROR = 0.02  # what is known so well teaches nothing
MOST_RARITY = 600
SEED = 20261120


@dataclass(frozen=True)
class Example:
    """One labelled sentence. `heads`: the outputs that should say yes; `mail`: file and line, where it stands in a whole
    mail."""

    text: str
    language: str
    heads: frozenset[str]
    source: str
    mail: str

    @property
    def harmful(self) -> bool:
        return "harmless" not in self.heads


def heads_of(row: dict[str, list[str]]) -> frozenset[str]:
    """The outputs that should say yes to a passage or sentence so labelled."""
    heads = {f"intent:{name}" for name in row["intents"]} | {f"trigger:{name}" for name in row["triggers"]}
    return frozenset(heads if row["triggers"] else heads | {"harmless"})


def read_corpus(folder: Path = CORPUS) -> list[Example]:
    """All passages, and the sentences of whole mails, file by file."""
    examples: list[Example] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            mail = f"{path.stem}:{number}" if "sentences" in row else ""
            for item in row.get("sentences", [row]):
                examples.append(Example(item["text"], row["language"], heads_of(item), path.stem, mail))
    return examples


def train(examples: Sequence[Example], heads: Sequence[str], *, epochs: int = EPOCHS) -> Weights:
    """One logistic regression per head over the same features, by stochastic gradient descent with a falling rate."""
    found = [features_of(example.text) for example in examples]
    counts = Counter(feature for features in found for feature in features)
    kept = sorted(feature for feature, count in counts.items() if count >= LEAST_COUNT)
    places = {feature: place for place, feature in enumerate(kept)}
    rarity = array("H", (min(MOST_RARITY, round(100 * (1 + math.log(len(found) / counts[f])))) for f in kept))
    told = np.array(rarity, dtype=np.float64)
    data = []
    for features in found:
        at = np.array([places[feature] for feature in features if feature in places], dtype=np.intp)
        values = told[at]
        data.append((at, values / (np.sqrt((values**2).sum()) or 1.0)))
    wanted = np.array([[head in example.heads for head in heads] for example in examples], dtype=np.float64)
    rows, biases = _descend(data, wanted, len(kept), epochs)
    return _packed(tuple(heads), biases.tolist(), kept, rarity, rows)


def _descend(
    data: Sequence[tuple[NDArray[np.intp], NDArray[np.float64]]],
    wanted: NDArray[np.float64],
    features: int,
    epochs: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights, a row a feature and a column a head, and biases, moved towards what is wanted, sentence by sentence."""
    total, heads = wanted.shape
    rows, biases = np.zeros((features, heads)), np.full(heads, -2.0)
    positive = wanted.sum(axis=0)
    rare = np.minimum(positive, total - positive)
    boost = np.where(rare > 0, np.minimum(MOST_BOOST, np.sqrt((total - rare) / np.maximum(rare, 1))), 1.0)
    order = list(range(total))
    shuffle = random.Random(SEED)
    for epoch in range(epochs):
        shuffle.shuffle(order)
        rate = RATE / (1 + SLOWER * epoch)
        for place in order:
            at, values = data[place]
            found = rows[at]
            error = wanted[place] - 1.0 / (1.0 + np.exp(-np.clip(biases + values @ found, -30.0, 30.0)))
            error[np.abs(error) < LEAST_ERROR] = 0.0
            error = np.where((error > 0) == (positive < total / 2), error * boost, error)
            biases += 0.01 * rate * error
            rows[at] = found * (1 - SHRINK) + np.outer(values, 0.05 * rate * error)
    return rows, biases


def _packed(
    heads: tuple[str, ...],
    biases: Sequence[float],
    kept: list[str],
    rarity: Sequence[int],
    rows: NDArray[np.float64],
) -> Weights:
    """The model as it is stored: whole hundredths, small weights left out, features without any left out."""
    names: list[str] = []
    starts, rare, cells = array("I", [0]), array("H"), array("h")
    for feature, told, row in zip(kept, rarity, rows, strict=True):
        pairs = [(head, round(100 * weight)) for head, weight in enumerate(row.tolist())]
        strong = [number for head, weight in pairs if abs(weight) >= LEAST_WEIGHT for number in (head, weight)]
        if strong:
            names.append(feature)
            rare.append(told)
            cells.extend(strong)
            starts.append(len(cells))
    places = {feature: place for place, feature in enumerate(names)}
    return Weights(heads, tuple(round(bias, 3) for bias in biases), places, starts, rare, cells)


def write(weights: Weights, path: Path = WEIGHTS) -> None:
    """The same weights give the same bytes."""
    stored = {
        "heads": weights.heads,
        "biases": weights.biases,
        "features": "\n".join(weights.places),
        "starts": list(weights.starts),
        "rarity": list(weights.rarity),
        "cells": list(weights.cells),
    }
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    with path.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, compresslevel=9) as stream:
        stream.write(text.encode("utf-8"))


def main() -> None:
    """Trains on everything and writes the file."""
    began = time.perf_counter()
    examples = read_corpus()
    heads = sorted({head for example in examples for head in example.heads})
    write(train(examples, heads))
    size = WEIGHTS.stat().st_size / 1024
    print(f"{WEIGHTS.name}: {len(examples)} sentences, {size:.0f} kB, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
