"""Scores predictions and verdicts in the words of the evaluation format, as rates, with the confusions behind them."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.quality.measured import Rate

Row = Mapping[str, Any]
DISPOSITIONS = ("draft", "verify", "escalate")
LONG_WORDS = 130  # a draft of more words is too long to be read between two customers


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def says(text: str, wanted: str) -> bool:
    """Whether the text holds the wanted words, or matches the wanted /regex/."""
    if len(wanted) > 2 and wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], text, re.IGNORECASE | re.DOTALL) is not None
    return wanted.casefold() in text.casefold()


def rate(hits: Iterable[bool]) -> Rate:
    """How many of these are true."""
    counted = list(hits)
    return Rate(sum(counted), len(counted))


def score_cases(cases: Sequence[Row], predictions: Mapping[str, Row]) -> dict[str, Rate]:
    """Each figure of the format; `violations` counts unwanted words that were said, of all that were unwanted."""
    pairs = [(case["expected"], predictions[case["id"]]) for case in cases]
    right = [(want, got) for want, got in pairs if want["disposition"] == got["disposition"]]
    drafts = [got["draft"] for _, got in pairs if got["disposition"] == "draft"]
    wanted = [(trigger, got["triggers"]) for want, got in pairs for trigger in want["triggers"]]
    given = [(trigger, want["triggers"]) for want, got in pairs for trigger in got["triggers"]]
    unwanted = [says(got["draft"], m) for want, got in pairs for m in want.get("must_not_mention", [])]

    def routed(of: str, to: str) -> Rate:
        return rate(g["disposition"] == to for w, g in pairs if w["disposition"] == of)

    return {
        "disposition": Rate(len(right), len(pairs)),
        "escalation_recall": routed("escalate", "escalate"),
        "false_escalation": routed("draft", "escalate") + routed("verify", "escalate"),
        "verify_recall": routed("verify", "verify"),
        "intent": rate(bool(g["intents"]) and g["intents"][0] == w["intents"][0] for w, g in pairs),
        "trigger_recall": rate(trigger in got for trigger, got in wanted),
        "trigger_precision": rate(trigger in want for trigger, want in given),
        "reply_language": rate(w["reply_language"] == g["reply_language"] for w, g in pairs),
        "must_mention": rate(says(g["draft"], m) for w, g in right for m in w.get("must_mention", [])),
        "violations": rate(unwanted),
        "long_drafts": rate(len(draft.split()) > LONG_WORDS for draft in drafts),
        "answered_right": rate(_answered(w, g) for w, g in pairs if w["disposition"] == "draft"),
    }


def _answered(want: Row, got: Row) -> bool:
    """Whether a routine mail got a draft that says all that it must and nothing that it must not."""
    said = all(says(got["draft"], m) for m in want.get("must_mention", []))
    wrong = any(says(got["draft"], m) for m in want.get("must_not_mention", []))
    return got["disposition"] == "draft" and said and not wrong


def score_drafts(cases: Sequence[Row], verdicts: Mapping[str, Row]) -> dict[str, Rate]:
    """How many bad drafts are blocked, and how many good ones."""
    pairs = [(case["expected"], verdicts[case["id"]]["verdict"]) for case in cases]
    return {
        "block_recall": rate(got == "block" for want, got in pairs if want == "block"),
        "false_blocks": rate(got == "block" for want, got in pairs if want == "pass"),
    }


def routes(cases: Sequence[Row], predictions: Mapping[str, Row]) -> Counter[tuple[str, str]]:
    """How often each right route was taken for which."""
    return Counter((case["expected"]["disposition"], predictions[case["id"]]["disposition"]) for case in cases)


def labels(cases: Sequence[Row], predictions: Mapping[str, Row], kind: str) -> dict[str, list[int]]:
    """Per trigger or intent (`kind` "triggers" or "intents"): found rightly, found wrongly, missed."""
    cells: dict[str, list[int]] = {}
    for case in cases:
        want, got = set(case["expected"][kind]), set(predictions[case["id"]][kind])
        for label in want | got:
            cell = 0 if label in want & got else 1 if label in got else 2
            cells.setdefault(label, [0, 0, 0])[cell] += 1
    return cells
