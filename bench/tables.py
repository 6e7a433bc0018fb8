"""Percentiles and plain tables, so that every script prints alike."""

import platform
import subprocess
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def machine() -> str:
    """Which code on which machine, for the top of a table."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return f"commit {commit or 'unknown'}, Python {platform.python_version()}, {platform.machine()}"


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints a table in Markdown."""
    print(f"\n### {title}\n\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")
