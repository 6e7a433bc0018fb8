"""How likely a sentence asks something: the trained reader and the patterns together, in log-odds."""

import math
from collections.abc import Container
from dataclasses import dataclass

from server.triage.vectors import in_use

NEVER = -9.0  # a pattern says that this is not asked
DOUBTED = 0.05  # the reader may doubt a pattern no more than this


@dataclass(frozen=True)
class Mix:
    """What counts for how much, in log-odds: of the `reader`, a pattern that is found (`hit`), one of an intent's weak list
    (`weak`), and one of another intent (`elsewhere`)."""

    reader: float
    hit: float
    weak: float
    elsewhere: float
    base: float


# The trained reader's log-odds and the patterns together: a logistic regression over sentences of writers that neither was
# made from (by words alone, and by words and vectors; docs/data-sheet.md).
BY_WORDS = Mix(reader=0.72, hit=1.29, weak=1.16, elsewhere=-0.68, base=-0.79)
CLOSELY = Mix(reader=1.08, hit=0.77, weak=0.84, elsewhere=-0.71, base=0.0)


def score_of(intent: str, probability: float, hits: frozenset[str], found: Container[str]) -> float:
    """Log-odds that a sentence asks this, from the trained reader and the patterns found in it."""
    mix = CLOSELY if in_use() else BY_WORDS
    p = min(max(probability, DOUBTED if intent in hits else 1e-4), 1 - 1e-4)
    score = mix.base + mix.reader * math.log(p / (1 - p))
    if intent in hits:
        score += mix.hit
    elif f"{intent}/weak" in found or f"{intent}/near" in found:
        score += mix.weak
    return score + (mix.elsewhere if hits - {intent} else 0.0)
