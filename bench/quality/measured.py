"""Figures with their uncertainty, and the tables that show them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Z = 1.96  # of a normal distribution: 95 %


@dataclass(frozen=True)
class Rate:
    """`hits` of `of` trials. Nothing tried is no figure: it prints as such and passes no floor."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share; NaN of nothing, which compares as false with any floor."""
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (E. B. Wilson, JASA 1927): holds for small numbers and near 0 and 1."""
        if not self.of:
            return (0.0, 1.0)
        share, n = self.hits / self.of, self.of
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return (max(0.0, middle - half), min(1.0, middle + half))

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.hits + other.hits, self.of + other.of)

    def __str__(self) -> str:
        if not self.of:
            return "none tried"
        low, high = self.interval
        return f"{self.value:.3f} ({self.hits}/{self.of}; {low:.2f}–{high:.2f})"


@dataclass(frozen=True)
class Table:
    """A table of a report; `note` stands under it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    note: str = ""

    def markdown(self) -> str:
        lines = [f"### {self.title}", "", "| " + " | ".join(self.head) + " |", "|" + "---|" * len(self.head)]
        lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in self.rows]
        return "\n".join([*lines, *(["", self.note] if self.note else [])])


@dataclass(frozen=True)
class Measured:
    """What one area came to: `figures` by name ("dev.escalation_recall"), against which floors hold."""

    figures: Mapping[str, Rate] = field(default_factory=dict)
    tables: Sequence[Table] = ()


def _cell(cell: object) -> str:
    text = f"{cell:.3f}" if isinstance(cell, float) else str(cell)
    return text.replace("|", "\\|").replace("\n", " ")
