"""The evaluation's files: reads cases, lets flows/evaluate.py do each, yields rows. A model takes part only by flags."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server.connectors.llm.openai_compatible import OpenAICompatible
from server.connectors.llm.recorded import RecordedAnswers, RequestLog, read_answers
from server.connectors.mail.case import thread_from_json
from server.errors import NotAMail
from server.flows.evaluate import failed, judge, predict
from server.ports import LanguageModel
from server.settings import Settings
from server.wiring import build_throw_away

ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class ModelChoice:
    """How a model takes part: `drafter` "template" (not at all) or "llm", by recorded answers or a live endpoint."""

    drafter: str = "template"
    requests: Path | None = None
    answers: Path | None = None
    name: str | None = None
    url: str = ""

    def model(self, settings: Settings) -> LanguageModel | None:
        """The model, or None for templates only."""
        if self.drafter == "template":
            return None
        if self.name:
            return OpenAICompatible(self.url, settings.openai_api_key.get_secret_value() or "none", self.name)
        answers = read_answers(self.answers) if self.answers else {}
        return RecordedAnswers(answers, RequestLog(self.requests) if self.requests else None)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        yield json.loads(line)
                    except json.JSONDecodeError:
                        raise NotAMail(f"{path.name} line {number} is not JSON") from None
    except FileNotFoundError:
        raise NotAMail(f"no such file: {path.name}") from None


def noon(records: Mapping[str, Any]) -> datetime:
    """The moment a set is judged at: its `as_of`, 12:00 in Amsterdam."""
    return datetime.combine(datetime.fromisoformat(records["as_of"]).date(), time(12), ZONE)


def evaluate_cases(
    path: Path, records: Mapping[str, Any], choice: ModelChoice, settings: Settings
) -> Iterator[dict[str, Any]]:
    """A prediction for each case, through the same flow as the API."""
    services, threads, pharmacy = build_throw_away(records, now=noon(records), model=choice.model(settings))
    caller = services.identity.identify({})
    for case in _rows(path):
        try:
            thread = thread_from_json(case, (pharmacy.email,))
        except Exception:  # a case that cannot even be read is one for a person
            yield failed(str(case.get("id", "")))
            continue
        yield predict(services, caller, pharmacy, case["id"], threads.add(thread, pharmacy.email))


def evaluate_drafts(path: Path | None, records: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A verdict for each draft case."""
    assert path is not None
    services, _, pharmacy = build_throw_away(records, now=noon(records))
    for case in _rows(path):
        thread = thread_from_json(case["case"], (pharmacy.email,))
        yield judge(services, pharmacy, case["id"], thread, case["draft"])
