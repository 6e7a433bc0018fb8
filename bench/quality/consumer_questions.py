"""Real questions that people asked about medicines and health, sent as mail by a known patient: none of them is routine.

The questions are other people's (397, public) and lie beside the repository. Nothing was trained on them. Of those that passed
the first time (16) the class of error was read and patterns for those classes written, so the figure since is tuned on them."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from bench.quality.measured import Measured, Rate, Table
from server.connectors.mail.plain_text import read_body
from server.demo.shift import demo_records
from server.flows.match_patient import match_patient
from server.flows.prepare_brief import read_question
from server.model.thread import EmailAddress, Message, Thread
from server.model.triage import Route, Triage
from server.store.rulebook import load_rulebook
from server.wiring import build_throw_away

QUESTIONS = Path(__file__).parents[3] / "shared" / "reference" / "consumer-med-questions.jsonl"
NOW = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
SENDER = "f.elamrani@brievenbus.example"  # of the demo's records


@dataclass(frozen=True)
class Asked:
    """One question and how it was read."""

    id: str
    text: str
    triage: Triage


@cache
def read_all() -> tuple[Asked, ...]:
    """Every question through the real matching and reading. Raises FileNotFoundError where the file is not there."""
    services, _, pharmacy = build_throw_away(demo_records(date(2026, 11, 27))[0], now=NOW)
    records, rulebook = services.records(pharmacy), load_rulebook()
    found: list[Asked] = []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        message = Message(
            id=row["id"],
            sender=EmailAddress(SENDER),
            subject=row["subject"] or "",
            text=read_body(row["text"], "text"),
            sent_at=NOW,
        )
        thread = Thread(row["id"], (message,))
        match = match_patient(thread, records, pharmacy)
        found.append(Asked(row["id"], row["text"], read_question(thread, match, rulebook, pharmacy, NOW)))
    return tuple(found)


def measure() -> Measured:
    """How many take the draft route, each with what it was taken for; and which part stopped the rest."""
    asked = read_all()
    passed = [one for one in asked if one.triage.route is not Route.ESCALATE]
    figures = {"consumer.draft_route": Rate(len(passed), len(asked))}
    return Measured(figures, (_passed(passed), _stopped(asked)))


def _passed(passed: Sequence[Asked]) -> Table:
    rows = [[one.id, ", ".join(one.triage.intents), " ".join(one.text.split())[:160]] for one in passed]
    return Table(
        "Real questions about medicines that would get a routine draft",
        ["question", "taken for", "its words"],
        rows or [["none", "", ""]],
    )


def _stopped(asked: Sequence[Asked]) -> Table:
    parts = Counter(part for one in asked for part in _parts(one.triage))
    return Table("What stopped the others", ["by", "questions"], [[part, n] for part, n in parts.most_common()])


def _parts(triage: Triage) -> Iterator[str]:
    """The floor where it found anything; else each kind of doubt."""
    standing = [finding for finding in triage.findings if finding.stands]
    if any(finding.part.value == "floor" for finding in standing):
        yield "floor"
        return
    yield from {f"caution: {f.code if f.rule.startswith('coverage/') else 'second reader'}" for f in standing}
