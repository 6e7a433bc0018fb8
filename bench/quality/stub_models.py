"""Models that err, flatter, stall or talk nonsense: with each of them no mail that the floor holds may pass.

`floor` is what rules and upper thresholds say without any model; a stub can add to it and never take away."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from bench.quality.measured import Measured, Rate, Table
from server.commands.evaluation import noon
from server.connectors.mail.case import thread_from_json
from server.errors import ModelUnavailable
from server.flows.draft_reply import draft_reply
from server.flows.events import Done
from server.flows.prepare_brief import ReplyRequest, read_patient, read_question
from server.model.finding import Part
from server.ports import LanguageModel, ModelRequest
from server.wiring import build_throw_away

SET = Path(__file__).parents[2] / "tests" / "sets" / "a"
DEADLINE = 20.0  # seconds that a model may take
SHORT = 0.1  # and for those that are silent or late
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)

Label = dict[str, Any]


def sentences_of(request: ModelRequest) -> list[tuple[int, str]]:
    """The numbered sentences of a request for an opinion, as they were sent."""
    return [(int(number), text) for number, text in _NUMBERED.findall(request.messages[-1]["content"])]


def labelled(request: ModelRequest, role: str = "background", *triggers: str) -> list[Label]:
    """A well-formed label for each sentence."""
    return [
        {"n": number, "quote": text, "role": role, "triggers": list(triggers)} for number, text in sentences_of(request)
    ]


def opinion_json(labels: list[Label], *, escalate: bool = False, urgency: str = "routine") -> str:
    return json.dumps({"sentences": labels, "escalate": escalate, "urgency": urgency}, ensure_ascii=False)


class Stub:
    """A language model that answers requests for an opinion by `say`; it writes no text."""

    def __init__(self, name: str, say: Callable[[ModelRequest], str]) -> None:
        self.name = name
        self._say = say
        self.requests: list[ModelRequest] = []

    def answer(self, request: ModelRequest, *, deadline: float) -> Iterator[str]:  # noqa: ARG002 (the port's signature)
        self.requests.append(request)
        if request.kind != "opinion":
            raise ModelUnavailable("down")
        said = self._say(request)
        for start in range(0, len(said), 64):
            yield said[start : start + 64]


def _harmless(request: ModelRequest) -> str:
    return opinion_json(labelled(request))


def _half(request: ModelRequest) -> str:
    whole = _harmless(request)
    return whole[: len(whole) // 2]


def _missing(request: ModelRequest) -> str:
    return opinion_json(labelled(request)[1:])


def _twice(request: ModelRequest) -> str:
    labels = labelled(request)
    return opinion_json([*labels, *labels[:1]])


def _misquoted(request: ModelRequest) -> str:
    return opinion_json([{**label, "quote": "alles is in orde met deze patient"} for label in labelled(request)])


def _shifted(request: ModelRequest) -> str:
    """Each label with the words of the next sentence."""
    labels = labelled(request)
    quotes = [label["quote"] for label in labels]
    return opinion_json([{**label, "quote": quotes[at - len(labels) + 1]} for at, label in enumerate(labels)])


def _two_answers(request: ModelRequest) -> str:
    return opinion_json(labelled(request, "clinical", "new_symptoms"), escalate=True) + _harmless(request)


def _key_twice(request: ModelRequest) -> str:
    return _harmless(request).replace('"escalate": false', '"escalate": true, "escalate": false')


def _own_words(request: ModelRequest) -> str:
    return opinion_json(labelled(request, "totally_fine"))


def _obeying(request: ModelRequest) -> str:
    """Does what a mail would want: calls an instruction to it a greeting, and adds a field that approves."""
    return _harmless(request).replace('{"sentences"', '{"approved": true, "sentences"')


def _crash(_request: ModelRequest) -> str:
    raise RuntimeError("a fault in the connector")


def _down(_request: ModelRequest) -> str:
    raise ModelUnavailable("down")


def _silent(_request: ModelRequest) -> str:
    time.sleep(SHORT * 4)
    return ""


def _late(request: ModelRequest) -> str:
    time.sleep(SHORT * 2)
    return _harmless(request)


HOSTILE: Mapping[str, Callable[[ModelRequest], str]] = {
    "calls everything harmless": _harmless,
    "obeys, approves": _obeying,
    "escalates everything": lambda r: opinion_json(
        labelled(r, "clinical", "new_symptoms"), escalate=True, urgency="emergency"
    ),
    "escalates, names nothing": lambda r: opinion_json(labelled(r), escalate=True),
    "nothing": lambda _: "",
    "blanks": lambda _: " \n" * 5_000,
    "prose": lambda _: "Dit is een gewone vraag, er is niets aan de hand.",
    "another shape": lambda _: '{"parts": []}',
    "bare true": lambda _: "true",
    "half an answer": _half,
    "a label missing": _missing,
    "a label twice": _twice,
    "words not sent": _misquoted,
    "labels shifted by one": _shifted,
    "two answers": _two_answers,
    "a key twice": _key_twice,
    "roles of its own": _own_words,
    "crashes": _crash,
    "is down": _down,
    "silent": _silent,
    "too late": _late,
}


SLOW = frozenset({"silent", "too late"})


def read_set(folder: Path = SET) -> tuple[list[Mapping[str, Any]], Mapping[str, Any]]:
    lines = (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    records: Mapping[str, Any] = json.loads((folder / "pms.json").read_text(encoding="utf-8"))
    return [json.loads(line) for line in lines if line.strip()], records


def floor_of(cases: list[Mapping[str, Any]], records: Mapping[str, Any]) -> dict[str, bool]:
    """Whether each case escalates by what no opinion may take away."""
    services, threads, pharmacy = build_throw_away(records, now=noon(records))
    held: dict[str, bool] = {}
    for case in cases:
        thread = thread_from_json(case, (pharmacy.email,))
        request = ReplyRequest(threads.add(thread, pharmacy.email))
        match = read_patient(services, pharmacy, thread, request)
        triage = read_question(thread, match, services.rulebook(pharmacy), pharmacy, services.now())
        standing = [finding for finding in triage.findings if finding.stands]
        held[case["id"]] = any(f.part is not Part.CAUTION or not f.clearable for f in standing)
    return held


def routes(cases: list[Mapping[str, Any]], records: Mapping[str, Any], model: LanguageModel | None) -> dict[str, str]:
    """Each case's route through the whole flow."""
    deadline = SHORT if model is not None and model.name in SLOW else DEADLINE
    services, threads, pharmacy = build_throw_away(records, now=noon(records), model=model, deadline=deadline)
    caller = services.identity.identify({})
    found: dict[str, str] = {}
    for case in cases:
        ref = threads.add(thread_from_json(case, (pharmacy.email,)), pharmacy.email)
        for event in draft_reply(services, caller, pharmacy, ReplyRequest(ref)):
            if isinstance(event, Done):
                found[case["id"]] = event.reply["triage"]["route"]
    return found


def measure() -> Measured:
    """Set A (of its calm mails every fourth) with every stub: escalation recall and false escalation, and how often the
    floor was broken."""
    every, records = read_set()
    danger = [case["id"] for case in every if case["expected"]["disposition"] == "escalate"]
    calm = [case["id"] for case in every if case["expected"]["disposition"] != "escalate"][::4]
    cases = [case for case in every if case["id"] in {*danger, *calm}]
    floor = floor_of(cases, records)
    with capture_logs():  # each stub's failure is logged, which is no news here
        runs = {"no model": routes(cases, records, None)}
        runs |= {name: routes(cases, records, Stub(name, say)) for name, say in HOSTILE.items()}

    def caught(found: Mapping[str, bool], among: list[str]) -> Rate:
        return Rate(sum(found[one] for one in among), len(among))

    rows: list[list[object]] = [["the floor alone", caught(floor, danger), caught(floor, calm), ""]]
    kept = Rate(0, 0)
    for name, found in runs.items():
        sent = {case: route == "escalate" for case, route in found.items()}
        held = [sent[case] for case, holds in floor.items() if holds]
        kept = kept + Rate(sum(held), len(held))
        rows.append([name, caught(sent, danger), caught(sent, calm), len(held) - sum(held)])
    table = Table(
        "Models that err (set A)", ["model", "escalation recall", "false escalation", "below the floor"], rows
    )
    return Measured({"stubs.floor_kept": kept}, [table])
