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
from server.connectors.pms.records_file import read_records
from server.errors import InvalidRecords, InvalidRequest
from server.flows.evaluate import failed, judge, predict
from server.ports import LanguageModel
from server.settings import Settings
from server.wiring import build_throw_away

ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class ModelChoice:
    """How a model takes part: `drafter` "template" (not at all) or "llm" (it gives its opinion and orders the reply), by
    recorded answers or a live endpoint. "": as the files say, so naming requests or answers is enough."""

    drafter: str = ""
    requests: Path | None = None
    answers: Path | None = None
    name: str | None = None
    url: str = ""

    def model(self, settings: Settings) -> LanguageModel | None:
        """The model, or None for templates only."""
        if self.drafter == "template" or not (self.drafter or self.requests or self.answers):
            return None
        if self.name:
            return OpenAICompatible(self.url, settings.openai_api_key.get_secret_value() or "none", self.name)
        answers = _answers(self.answers) if self.answers else {}
        return RecordedAnswers(answers, _log(self.requests) if self.requests else None)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Each line's object, all read before the first is answered. Raises InvalidRequest naming file and line."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise InvalidRequest(f"{path}: {error.strerror}") from None
    return [_row(f"{path.name}, line {number}", line) for number, line in enumerate(lines, 1) if line.strip()]


def _row(place: str, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidRequest(f"{place}: not UTF-8") from None
    except (ValueError, RecursionError):
        raise InvalidRequest(f"{place}: not JSON") from None
    if not isinstance(row, dict):
        raise InvalidRequest(f"{place}: expected one object")
    if not isinstance(row.get("id"), str | int) or row["id"] == "":
        raise InvalidRequest(f"{place}: id is missing or no text")
    return row


def _answers(path: Path) -> dict[str, str]:
    try:
        return read_answers(path)
    except OSError as error:
        raise InvalidRequest(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidRequest(f"{path}: not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(str(error)) from None


def _log(path: Path) -> RequestLog:
    try:
        return RequestLog(path)
    except OSError as error:
        raise InvalidRequest(f"{path}: {error.strerror}") from None


def noon(records: Mapping[str, Any]) -> datetime:
    """The moment a set is judged at: its `as_of`, 12:00 in Amsterdam. Raises InvalidRecords when there is none."""
    as_of = read_records(records).as_of
    if as_of is None:
        raise InvalidRecords("as_of: expected a date such as 2026-11-20")
    return datetime.combine(as_of, time(12), ZONE)


def evaluate_cases(
    path: Path, records: Mapping[str, Any], choice: ModelChoice, settings: Settings
) -> Iterator[dict[str, Any]]:
    """A prediction for each case, through the same flow as the API."""
    cases = read_rows(path)
    services, threads, pharmacy = build_throw_away(records, now=noon(records), model=choice.model(settings))
    caller = services.identity.identify({})
    for case in cases:
        try:
            thread = thread_from_json(case, (pharmacy.email,))
        except Exception:  # a case that cannot even be read is one for a person
            yield failed(case["id"])
            continue
        yield predict(services, caller, pharmacy, case["id"], threads.add(thread, pharmacy.email))


def evaluate_drafts(path: Path | None, records: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A verdict for each draft case."""
    assert path is not None
    cases = read_rows(path)
    services, _, pharmacy = build_throw_away(records, now=noon(records))
    for case in cases:
        try:
            thread, text = thread_from_json(case["case"], (pharmacy.email,)), case["draft"]
        except Exception:  # what cannot be read cannot be found safe
            yield {"id": case["id"], "verdict": "block", "reasons": []}
            continue
        yield judge(services, pharmacy, case["id"], thread, text)
