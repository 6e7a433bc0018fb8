"""Content becomes a Rulebook: the shipped TOML files, checked, with a pharmacy's own versions laid over them."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from server.errors import InvalidContent
from server.model.rulebook import Intent, Rulebook, Statement, Trigger, TriggerGroup
from server.model.triage import OUTCOMES

CONTENT = Path(__file__).parent.parent / "content"
Model = TypeVar("Model", bound=BaseModel)
Words = dict[str, tuple[str, ...]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _IntentFile(_Strict):
    id: str
    about: str
    patterns: Words
    statements: Words
    next_step: Words = {}
    examples: Words = {}


class _GroupTable(_Strict):
    name: str
    patterns: Words
    strength: str = "strong"
    emergency: bool = False
    negatable: bool = True


class _TriggerFile(_Strict):
    id: str
    groups: list[_GroupTable]
    cancels: Words = {}
    urgency: str = "same_day"
    fires_on: Words
    stays_quiet_on: Words


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidContent(f"{path.name}: {error}") from error


def _checked(model: type[Model], path: Path, table: dict[str, Any]) -> Model:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise InvalidContent(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _files(content: Path, kind: str, suffix: str = ".toml") -> Iterator[Path]:
    yield from sorted((content / kind).glob(f"*{suffix}"))


def _read_intents(content: Path) -> Iterator[Intent]:
    for path in _files(content, "intents"):
        parsed = _checked(_IntentFile, path, _read(path))
        if parsed.id != path.stem or parsed.id not in OUTCOMES:
            raise InvalidContent(f"{path.name}: the id must be the file's name and a known intent")
        unknown = (set(parsed.statements) | set(parsed.next_step)) - set(OUTCOMES[parsed.id])
        if unknown or set(parsed.statements) != set(OUTCOMES[parsed.id]):
            raise InvalidContent(f"{path.name}: statements must name each outcome of the intent once")
        yield Intent(**parsed.model_dump())


def _read_triggers(content: Path) -> Iterator[Trigger]:
    for path in _files(content, "triggers"):
        parsed = _checked(_TriggerFile, path, _read(path))
        if parsed.id != path.stem:
            raise InvalidContent(f"{path.name}: the id must be the file's name")
        table = parsed.model_dump()
        yield Trigger(**{**table, "groups": tuple(TriggerGroup(**group) for group in table["groups"])})


def _read_statements(content: Path) -> Iterator[Statement]:
    for path in _files(content, "statements"):
        for topic, statements in _read(path).items():
            for name, table in statements.items():
                variants = {k: tuple(v) for k, v in table.items() if k != "content_class"}
                if not {"nl", "en"} <= set(variants):
                    raise InvalidContent(f"{path.name}: [{topic}.{name}] needs wordings for nl and en")
                yield Statement(f"{topic}.{name}", variants, table.get("content_class", "answer"))


def _read_phrases(content: Path) -> dict[str, Mapping[str, tuple[str, ...]]]:
    return {
        name: {language: tuple(words) for language, words in table.items()}
        for path in _files(content, "phrases")
        for name, table in _read(path).items()
    }


def _version(content: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in content.rglob("*") if path.suffix in {".toml", ".md", ".csv"}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@lru_cache(maxsize=4)
def load_rulebook(content: Path = CONTENT) -> Rulebook:
    """The shipped content. Raises InvalidContent, naming the file and what is wrong with it."""
    rulebook = Rulebook(
        version=_version(content),
        intents={intent.id: intent for intent in _read_intents(content)},
        triggers={trigger.id: trigger for trigger in _read_triggers(content)},
        statements={statement.id: statement for statement in _read_statements(content)},
        phrases=_read_phrases(content),
        prompts={path.stem: path.read_text(encoding="utf-8") for path in _files(content, "prompts", ".md")},
    )
    for intent in rulebook.intents.values():
        used = [name for names in (*intent.statements.values(), *intent.next_step.values()) for name in names]
        missing = [name for name in used if name not in rulebook.statements]
        if missing:
            raise InvalidContent(f"{intent.id}.toml: no such statement: {missing[0]}")
    return rulebook
