"""With a model: a careful person's reading of the requests, written down once, answers them, and the whole flow is scored.

`tests/sets/noted/<set>.jsonl` holds what that person noted: for each mail the sentences that are not everyday ones (some of
their words, a role, the triggers). They saw the numbered sentences and the guide that a model gets, no labels, no rules and no
record, so what the reading misses is what such a reader misses. Every other sentence counts as background. The text is ordered as
the plan lists it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from structlog.testing import capture_logs

from bench.quality.measured import Measured, Rate, Table
from bench.quality.scores import DISPOSITIONS, Row, read_rows, routes, score_cases
from bench.quality.sets import SETS, UNSEEN, folders
from bench.quality.stub_models import labelled, opinion_json
from server.commands.evaluation import noon
from server.connectors.mail.case import thread_from_json
from server.flows.evaluate import predict
from server.model.pharmacy import Pharmacy
from server.ports import LanguageModel, ModelRequest
from server.wiring import build_throw_away

READINGS = SETS / "noted"
_MOST_OF = 0.7
FIGURES = (
    "escalation_recall",
    "false_escalation",
    "verify_recall",
    "trigger_recall",
    "trigger_precision",
    "must_mention",
    "answered_right",
    "violations",
)


@dataclass(frozen=True)
class Reader:
    """A LanguageModel that answers as one mail's reading says."""

    reading: Row
    name: str = "reader"

    def answer(self, request: ModelRequest, *, deadline: float) -> Iterator[str]:  # noqa: ARG002 (the port's signature)
        yield self._opinion(request) if request.kind == "opinion" else _in_order(request)

    def _opinion(self, request: ModelRequest) -> str:
        labels = labelled(request)
        for label in labels:
            for noted in self.reading.get("labels", ()):
                if says_so(label["quote"], noted["words"]):
                    label |= {"role": noted["role"], "triggers": noted["triggers"]}
        escalates = any(label["triggers"] for label in labels)
        urgency = self.reading.get("urgency", "urgent" if escalates else "routine")
        return opinion_json(labels, escalate=escalates, urgency=urgency)


def says_so(sentence: str, words: str) -> bool:
    """Whether these words stand in a sentence, though a few of them may have been taken for a name and hidden."""
    tokens, held = words.split(), set(sentence.split())
    return words in sentence or (len(tokens) > 3 and sum(token in held for token in tokens) >= _MOST_OF * len(tokens))


def _in_order(request: ModelRequest) -> str:
    """Each statement once, as the plan has them."""
    parts: list[dict[str, object]] = []
    sentences: list[dict[str, str]] = []
    for line in request.messages[1]["content"].splitlines():
        if line.startswith("Part "):
            sentences = []
            parts.append({"question": int(line[5 : line.index(":")]), "sentences": sentences})
        elif " = " in line:
            sentences.append({"use": line.split(" = ")[0]})
    return json.dumps({"parts": parts})


def predictions(folder: Path, readings: dict[str, Row] | None) -> dict[str, Row]:
    """Each case through the whole flow, read along by its reading; without readings no model takes part."""
    records = json.loads((folder / "pms.json").read_text(encoding="utf-8"))
    services, threads, pharmacy = build_throw_away(records, now=noon(records))
    caller = services.identity.identify({})
    found: dict[str, Row] = {}
    for case in read_rows(folder / "cases.jsonl"):
        reader = Reader(readings.get(case["id"], {})) if readings is not None else None
        along = replace(services, model=partial(_whoever, reader))
        ref = threads.add(thread_from_json(case, (pharmacy.email,)), pharmacy.email)
        found[case["id"]] = predict(along, caller, pharmacy, case["id"], ref)
    return found


def _whoever(reader: LanguageModel | None, _pharmacy: Pharmacy) -> LanguageModel | None:
    return reader


def measure() -> Measured:
    """Each set that has readings and is here, read along."""
    figures: dict[str, Rate] = {}
    rows: list[list[object]] = []
    taken: Counter[tuple[str, str]] = Counter()
    for name, folder in folders():
        path = READINGS / f"{name}.jsonl"
        if not path.is_file():
            continue
        cases = read_rows(folder / "cases.jsonl")
        with capture_logs():
            found = predictions(folder, {row["id"]: row for row in read_rows(path)})
        scores = score_cases(cases, found)
        figures |= {f"{name}.{figure}": scores[figure] for figure in FIGURES}
        rows.append([f"*{name}*" if name in UNSEEN else name, *(scores[figure] for figure in FIGURES)])
        taken.update(routes(cases, found) if name in UNSEEN else {})
    return Measured(
        figures,
        [
            Table("Read along by a careful reader", ["set", *(name.replace("_", " ") for name in FIGURES)], rows),
            Table(
                "Routes, unseen sets read along",
                ["should be \\ became", *DISPOSITIONS],
                [[want, *(taken[want, got] for got in DISPOSITIONS)] for want in DISPOSITIONS],
            ),
        ],
    )
