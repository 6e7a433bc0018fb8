"""The floors under the figures: what a change may not make worse (floors.toml)."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bench.quality.measured import Measured

AREAS = (
    "sets", "read_along", "consumer_questions", "cross_validation", "stub_models", "injection", "medicines", "identity",
    "identifiers", "reading",
)  # fmt: skip
_FILE = Path(__file__).parent / "floors.toml"
Bound = Mapping[str, float]


@cache
def floors() -> dict[str, dict[str, Bound]]:
    """By area and figure: {"least": share} or {"most": share}, and `outside = true` where the figure needs files that lie
    beside the repository."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def holds(measured: Measured, name: str, bound: Bound) -> bool:
    """Whether one figure keeps its floor. A figure that is missing, or of nothing, does not."""
    figure = measured.figures.get(name)
    if figure is None or not figure.of:
        return False
    return bound.get("least", 0.0) <= figure.value <= bound.get("most", 1.0)


def broken(area: str, measured: Measured) -> Iterator[str]:
    """One line for each figure that fell under its floor."""
    for name, bound in floors().get(area, {}).items():
        if not holds(measured, name, bound):
            yield f"{area}: {name} = {measured.figures.get(name, 'not measured')}, floor {dict(bound)}"
