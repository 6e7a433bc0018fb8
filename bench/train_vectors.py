"""Trains the second reader's second look (server/triage/vectors.py) from bench/corpus: `python -m bench.train_vectors`.

Kernel ridge regression over the vectors of all sentences, and for each head the mix of that with the words, fitted on
opinions of readers that had not seen the sentence's writer. Ten minutes, most of it making vectors, which are kept in
var/. The same machine gives the same numbers; another one may differ in the last digits, as the engine's do."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.train_classifier import CORPUS, Example, read_corpus, train
from server.triage.classifier import features_of, sums_of
from server.triage.vectors import LONGEST, VECTORS, embed, kernel, shortened

Rows = NDArray[np.float32]
KEPT = Path(__file__).parents[1] / "var" / "corpus-vectors.npz"
AXES = 160
RIDGE = 0.3
STEPS = 60  # of the fit of a mix
PULL = 1e-3  # of a mix, towards zero
CAP = 4.0  # of a vector's say, so that no mix grows without bound
# Writers kept out together: what a reader says of these sentences it says without having read their writer.
FOLDS = (
    frozenset({"engen-en", "nlfolk-nl", "nl-a", "en-a"}),
    frozenset({"enclin-en", "nlurban-nl", "nl-b", "en-b", "own-en", "repnl-nl", "passing-nl", "passing-en"}),
    frozenset({"intents-nl", "intents-en", "nlclin-nl", "nl-c", "own-nl", "enrep-en"}),
    frozenset({"mails-nl", "mails-en"}),
)


def vectors_of(texts: Sequence[str], kept: Path = KEPT) -> Rows:
    """The vector of each text; those made before are read from `kept`."""
    known: dict[str, Rows] = {}
    if kept.is_file():
        with np.load(kept) as stored:
            known = dict(zip(map(str, stored["texts"]), stored["rows"], strict=True))
    missing = [text for text in dict.fromkeys(text[:LONGEST] for text in texts) if text not in known]
    known.update((text, embed(text)) for text in missing)
    if missing:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, texts=np.array(list(known)), rows=np.array(list(known.values()), dtype=np.float32))
    return np.array([known[text[:LONGEST]] for text in texts], dtype=np.float32)


def turn(rows: Rows) -> tuple[Rows, Rows]:
    """The middle of the rows, and the axes along which they differ most."""
    middle = rows.mean(axis=0)
    spread = (rows - middle).T.astype(np.float64) @ (rows - middle).astype(np.float64)
    _, turned = np.linalg.eigh(spread)
    return middle, np.asarray(turned[:, ::-1][:, :AXES], dtype=np.float32)


def learn(points: Rows, wanted: Rows) -> tuple[Rows, Rows]:
    """What each point says of each head, and what is said on average. `wanted`: 1 or 0 for each sentence and head."""
    aim = 2 * wanted - 1
    usual = aim.mean(axis=0)
    nearness = kernel(points, points)
    nearness[np.diag_indices_from(nearness)] += RIDGE
    return np.asarray(np.linalg.solve(nearness, aim - usual), dtype=np.float32), np.asarray(usual, dtype=np.float32)


def unseen_opinions(examples: Sequence[Example], rows: Rows, wanted: Rows, heads: Sequence[str]) -> tuple[Rows, Rows]:
    """What words and vectors say of each sentence when its writer was kept out."""
    words, meant = np.zeros_like(wanted), np.zeros_like(wanted)
    for fold in FOLDS:
        out = np.array([example.source in fold for example in examples])
        weights = train([e for e, kept in zip(examples, out, strict=True) if not kept], heads)
        words[out] = [sums_of(features_of(e.text), weights) for e, one in zip(examples, out, strict=True) if one]
        middle, axes = turn(rows[~out])
        points = shortened(rows[~out], middle, axes)
        says, usual = learn(points, wanted[~out])
        meant[out] = kernel(shortened(rows[out], middle, axes), points) @ says + usual
        print(f"kept out {', '.join(sorted(fold))}: {out.sum()} sentences", flush=True)
    return words, meant


def mix_of(words: Rows, meant: Rows, wanted: Rows) -> Rows:
    """The logistic regression of one head on both readings, by Newton's method: (words, vector, constant)."""
    columns = np.column_stack([words, meant, np.ones(len(words))]).astype(np.float64)
    weights = np.zeros(3)
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (said - wanted) / len(wanted) + PULL * weights
        bend = (columns * (said * (1 - said))[:, None]).T @ columns / len(wanted) + PULL * np.eye(3)
        weights -= np.linalg.solve(bend, slope)
    return np.asarray(weights, dtype=np.float32)


def write(heads: Sequence[str], rows: Rows, wanted: Rows, mix: Rows, path: Path = VECTORS) -> None:
    """Learns from all and writes the file: points in steps of 1/127 of the greatest, the rest in half precision."""
    middle, axes = turn(rows)
    points = shortened(rows, middle, axes)
    step = np.float32(np.abs(points).max() / 127)
    stored = np.round(points / step).astype(np.int8)
    says, usual = learn(stored.astype(np.float32) * step, wanted)
    np.savez_compressed(
        path,
        heads=np.array(heads),
        middle=middle,
        axes=axes.astype(np.float16),
        points=stored,
        step=step,
        says=says.astype(np.float16),
        usual=usual,
        mix=mix,
    )


def main() -> None:
    """Trains on everything and writes the file."""
    began = time.perf_counter()
    examples = read_corpus(CORPUS)
    heads = sorted({head for example in examples for head in example.heads})
    rows = vectors_of([example.text for example in examples])
    wanted = np.array([[head in example.heads for head in heads] for example in examples], dtype=np.float32)
    words, meant = unseen_opinions(examples, rows, wanted, heads)
    mix = np.array([mix_of(words[:, n], meant[:, n], wanted[:, n]) for n in range(len(heads))])
    write(heads, rows, wanted, mix)
    size = VECTORS.stat().st_size / 1024
    print(f"{VECTORS.name}: {len(examples)} sentences, {size:.0f} kB, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
