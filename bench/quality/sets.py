"""The evaluation sets through the real flow, without a model: how mails are routed and answered, how drafts are judged."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.quality.measured import Measured, Rate, Table
from bench.quality.scores import DISPOSITIONS, Row, labels, read_rows, routes, score_cases, score_drafts
from server.commands.evaluation import ModelChoice, evaluate_cases, evaluate_drafts
from server.settings import Settings

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests" / "sets"
DEVELOPMENT = ROOT.parent / "shared" / "eval" / "dev"
_ORDER = ("dev", "a", "c", "repeats", "checks_tune", "checks_tune_c", "b", "d", "repeats_held", "checks_held")
UNSEEN = frozenset({"b", "d", "repeats_held", "checks_held"})
_CASE_FIGURES = (
    "disposition",
    "escalation_recall",
    "false_escalation",
    "verify_recall",
    "intent",
    "trigger_recall",
    "trigger_precision",
    "must_mention",
    "violations",
    "long_drafts",
    "answered_right",
)
_DRAFT_FIGURES = ("block_recall", "false_blocks")


@dataclass(frozen=True)
class Set:
    """One evaluation set with what the product said of it. Either half may be empty."""

    name: str
    cases: list[Row]
    predictions: dict[str, Row]
    drafts: list[Row]
    verdicts: dict[str, Row]

    @property
    def figures(self) -> dict[str, Rate]:
        """Every figure of this set by its name ("dev.intent")."""
        found = score_cases(self.cases, self.predictions) if self.cases else {}
        found |= score_drafts(self.drafts, self.verdicts) if self.drafts else {}
        return {f"{self.name}.{name}": value for name, value in found.items()}


def folders() -> Iterator[tuple[str, Path]]:
    """The sets that are here, those that were mended on first. The development set lies outside the repository."""
    places = {"dev": DEVELOPMENT} | {folder.name: folder for folder in SETS.iterdir() if folder.is_dir()}
    for name in sorted(places, key=lambda n: (_ORDER.index(n) if n in _ORDER else len(_ORDER), n)):
        if (places[name] / "pms.json").is_file():
            yield name, places[name]


@cache
def read_set(name: str, folder: Path) -> Set:
    """Runs one set."""
    records = json.loads((folder / "pms.json").read_text(encoding="utf-8"))
    mails, texts = folder / "cases.jsonl", folder / "drafts.jsonl"
    predictions = evaluate_cases(mails, records, ModelChoice(), Settings()) if mails.is_file() else iter(())
    verdicts = evaluate_drafts(texts, records) if texts.is_file() else iter(())
    return Set(
        name,
        read_rows(mails) if mails.is_file() else [],
        {row["id"]: row for row in predictions},
        read_rows(texts) if texts.is_file() else [],
        {row["id"]: row for row in verdicts},
    )


def measure() -> Measured:
    """All sets, with tables of what is confused with what over those that are unseen."""
    sets = [read_set(name, folder) for name, folder in folders()]
    figures = {name: value for one in sets for name, value in one.figures.items()}
    return Measured(figures, (*_overview(sets, figures), *_confusions(sets)))


def _overview(sets: list[Set], figures: dict[str, Rate]) -> Iterator[Table]:
    mails = [one for one in sets if one.cases]
    yield Table(
        "Mails, without a model",
        ["figure", *(_titled(one.name) for one in mails)],
        [["mails", *(len(one.cases) for one in mails)]]
        + [[name, *(figures[f"{one.name}.{name}"] for one in mails)] for name in _CASE_FIGURES],
        "Sets in italics are unseen: nobody who builds has read them. Each rate: hits/tried and Wilson's 95 % interval.",
    )
    drafts = [one for one in sets if one.drafts]
    yield Table(
        "Drafts that others wrote: blocked or passed",
        ["figure", *(_titled(one.name) for one in drafts)],
        [["drafts", *(len(one.drafts) for one in drafts)]]
        + [[name, *(figures[f"{one.name}.{name}"] for one in drafts)] for name in _DRAFT_FIGURES],
    )


def _titled(name: str) -> str:
    return f"*{name}*" if name in UNSEEN else name


def _confusions(sets: list[Set]) -> Iterator[Table]:
    for title, names in (("unseen sets", UNSEEN), ("sets that were mended on", {s.name for s in sets} - UNSEEN)):
        chosen = [one for one in sets if one.cases and one.name in names]
        taken: Counter[tuple[str, str]] = Counter()
        for one in chosen:
            taken.update(routes(one.cases, one.predictions))
        yield Table(
            f"Routes, {title} together",
            ["should be \\ became", *DISPOSITIONS],
            [[want, *(taken[want, got] for got in DISPOSITIONS)] for want in DISPOSITIONS],
        )
        for kind in ("triggers", "intents"):
            yield _label_table(f"{kind.capitalize()}, {title} together", chosen, kind)


def _label_table(title: str, sets: list[Set], kind: str) -> Table:
    cells: dict[str, list[int]] = {}
    for one in sets:
        for label, counts in labels(one.cases, one.predictions, kind).items():
            cells[label] = [a + b for a, b in zip(cells.get(label, [0, 0, 0]), counts, strict=True)]
    rows = [
        [label, right, wrong, missed, Rate(right, right + missed), Rate(right, right + wrong)]
        for label, (right, wrong, missed) in sorted(cells.items())
    ]
    return Table(title, ["", "right", "wrongly", "missed", "recall", "precision"], rows)
