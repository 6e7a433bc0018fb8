"""Trains the sentence reader from bench/corpus and writes server/triage/weights.json.gz: `python -m bench.train_classifier`.

Pure Python and seeded: the same corpus gives the same file. Prints a learning curve, measured on sentences held out."""

import gzip
import json
import math
import random
import sys
import time
from collections import Counter
from pathlib import Path

from server.triage.classifier import WEIGHTS, features_of

CORPUS = Path(__file__).parent / "corpus"
EPOCHS = 8
RATE = 6.0
SHRINK = 2e-5  # pull towards zero, per step
MOST_BOOST = 4.0  # rare heads learn more from each example that has them
LEAST_COUNT = 2  # a feature seen once says nothing
LEAST_WEIGHT = 12  # in hundredths; smaller ones are not stored
HELD_OUT = 7  # one of so many is kept aside when measuring

Example = tuple[list[str], frozenset[str]]


def labels_of(row: dict) -> frozenset[str]:
    heads = {f"intent:{name}" for name in row["intents"]} | {f"trigger:{name}" for name in row["triggers"]}
    return frozenset(heads if row["triggers"] else heads | {"harmless"})


def read_corpus() -> dict[str, list[Example]]:
    """Per language: passages, and the sentences of whole mails."""
    examples: dict[str, list[Example]] = {"nl": [], "en": []}
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for item in row.get("sentences", [row]):
                examples[row["language"]].append((features_of(item["text"]), labels_of(item)))
    return examples


def train(examples: list[Example], heads: list[str]) -> tuple[list[float], dict[str, list[float]]]:
    """One logistic regression per head, by stochastic gradient descent with a falling rate."""
    counts = Counter(feature for features, _ in examples for feature in features)
    weights = {feature: [0.0] * len(heads) for feature, count in counts.items() if count >= LEAST_COUNT}
    biases = [-3.0] * len(heads)
    data = [([weights[f] for f in features if f in weights], len(features), labels) for features, labels in examples]
    order = list(range(len(data)))
    positive = [sum(head in labels for _, labels in examples) for head in heads]
    boost = [min(MOST_BOOST, math.sqrt((len(examples) - n) / n)) if n else 1.0 for n in positive]
    shuffle = random.Random(20261120)
    for epoch in range(EPOCHS):
        shuffle.shuffle(order)
        rate = RATE / (1 + 0.6 * epoch)
        for place in order:
            rows, length, labels = data[place]
            scale = 1.0 / math.sqrt(length or 1)
            sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(heads)
            for head, name in enumerate(heads):
                total = max(-30.0, min(30.0, biases[head] + sums[head] * scale))
                error = (1.0 if name in labels else 0.0) - 1.0 / (1.0 + math.exp(-total))
                if abs(error) < 0.01:
                    continue
                error *= boost[head] if error > 0 else 1.0
                biases[head] += 0.02 * rate * error
                step = rate * error * scale
                for row in rows:
                    row[head] += step - SHRINK * row[head]
    return biases, weights


def packed(biases: list[float], weights: dict[str, list[float]], heads: list[str]) -> dict:
    table = {}
    for feature, row in sorted(weights.items()):
        pairs = [(head, round(100 * weight)) for head, weight in enumerate(row)]
        kept = [number for head, weight in pairs if abs(weight) >= LEAST_WEIGHT for number in (head, weight)]
        if kept:
            table[feature] = kept
    return {"heads": heads, "biases": [round(bias, 3) for bias in biases], "weights": table}


def measure(model: dict, examples: list[Example], threshold: float) -> dict[str, tuple[int, int, int]]:
    """Per head: true positives, false positives, misses at one threshold."""
    cells = {head: [0, 0, 0] for head in model["heads"]}
    limit = math.log(threshold / (1 - threshold))
    for features, labels in examples:
        scale = 0.01 / math.sqrt(len(features) or 1)
        sums = [0.0] * len(model["heads"])
        for feature in features:
            row = model["weights"].get(feature, ())
            for place in range(0, len(row), 2):
                sums[row[place]] += row[place + 1]
        for head, name in enumerate(model["heads"]):
            said = model["biases"][head] + sums[head] * scale >= limit
            if said or name in labels:
                cells[name][0 if said and name in labels else 1 if said else 2] += 1
    return {head: (tp, fp, fn) for head, (tp, fp, fn) in cells.items()}


def f1(cells: tuple[int, int, int]) -> float:
    tp, fp, fn = cells
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def curve(language: str, examples: list[Example], heads: list[str]) -> None:
    """Prints F1 on what was held out, by share of the rest that was learned from."""
    held = examples[::HELD_OUT]
    rest = [example for place, example in enumerate(examples) if place % HELD_OUT]
    random.Random(7).shuffle(rest)
    for share in (0.25, 0.5, 1.0):
        model = packed(*train(rest[: int(share * len(rest))], heads), heads)
        cells = measure(model, held, 0.5)
        kinds = {
            kind: [f1(cells[h]) for h in heads if h.startswith(kind)] for kind in ("intent:", "trigger:", "harmless")
        }
        means = "  ".join(f"{kind.rstrip(':')} {sum(values) / len(values):.2f}" for kind, values in kinds.items())
        print(f"{language}  {share:4.0%} of {len(rest)} learned, {len(held)} held out, mean F1:  {means}", flush=True)
    for head in heads:
        print(f"    {head:38} F1 {f1(cells[head]):.2f}  {cells[head]}")


def main() -> None:
    started = time.perf_counter()
    stored = {}
    for language, examples in read_corpus().items():
        heads = sorted({label for _, labels in examples for label in labels})
        if "--quick" not in sys.argv:
            curve(language, examples, heads)
        stored[language] = packed(*train(examples, heads), heads)
    with WEIGHTS.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, compresslevel=9) as stream:
        stream.write(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} kB, {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
