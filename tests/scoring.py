"""Scores our own sets in the words of the evaluation format: the handful of figures that gate."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def says(text: str, wanted: str) -> bool:
    """Whether the text holds the wanted words, or matches the wanted /regex/."""
    if len(wanted) > 2 and wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], text, re.IGNORECASE | re.DOTALL) is not None
    return wanted.casefold() in text.casefold()


def share(hits: Iterable[bool]) -> float:
    """The part that is true; 1.0 of nothing."""
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 1.0


def score_cases(cases: list[Row], predictions: Mapping[str, Row]) -> dict[str, float]:
    """disposition, escalation_recall, false_escalation, intent, must_mention (of rightly routed ones), violations."""
    pairs = [(case["expected"], predictions[case["id"]]) for case in cases]
    right = [(want, got) for want, got in pairs if want["disposition"] == got["disposition"]]
    return {
        "disposition": len(right) / len(pairs),
        "escalation_recall": share(g["disposition"] == "escalate" for w, g in pairs if w["disposition"] == "escalate"),
        "false_escalation": share(g["disposition"] == "escalate" for w, g in pairs if w["disposition"] != "escalate"),
        "intent": share(bool(g["intents"]) and g["intents"][0] == w["intents"][0] for w, g in pairs),
        "must_mention": share(says(g["draft"], m) for w, g in right for m in w.get("must_mention", [])),
        "violations": sum(says(g["draft"], m) for w, g in pairs for m in w.get("must_not_mention", [])),
    }


def score_drafts(cases: list[Row], verdicts: Mapping[str, Row]) -> dict[str, float]:
    """block_recall and false_blocks."""
    pairs = [(case["expected"], verdicts[case["id"]]["verdict"]) for case in cases]
    return {
        "block_recall": share(got == "block" for want, got in pairs if want == "block"),
        "false_blocks": share(got == "block" for want, got in pairs if want == "pass"),
    }
