"""Content becomes a Rulebook: the shipped TOML files, checked, with a pharmacy's own versions laid over them."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from server.errors import InvalidContent
from server.model.rulebook import (
    About,
    Intent,
    Rulebook,
    Statement,
    StatementClass,
    Strength,
    Trigger,
    TriggerGroup,
    TriggerUrgency,
)
from server.model.triage import OUTCOMES, IntentId
from server.store.languages import check_whole, languages_read, read_language
from server.store.thresholds import read_thresholds

CONTENT = Path(__file__).parent.parent / "content"
Model = TypeVar("Model", bound=BaseModel)
Words = dict[str, tuple[str, ...]]
_SUFFIXES = (".toml", ".md")
_EXPLAINS = "README.md"  # stands beside content and is none


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _IntentFile(_Strict):
    id: IntentId
    about: About
    patterns: Words
    statements: Words
    next_step: Words = {}
    examples: Words = {}


class _GroupTable(_Strict):
    name: str
    patterns: Words
    strength: Strength = "strong"
    emergency: bool = False
    negatable: bool = True


class _TriggerFile(_Strict):
    id: str
    groups: list[_GroupTable]
    cancels: Words = {}
    urgency: TriggerUrgency = "same_day"
    fires_on: Words
    stays_quiet_on: Words


class _StatementTable(BaseModel):
    """A wording list for each language or tone, and the class of what it tells."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: Words
    content_class: StatementClass = "answer"


class _StatementsFile(RootModel[dict[str, dict[str, _StatementTable]]]):
    """Topic → name → statement."""


class _PhrasesFile(RootModel[dict[str, Words]]):
    """Name of a list → language → words."""


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


class _Content:
    """The shipped files with a folder of changed ones laid over them: whole files, by name."""

    def __init__(self, shipped: Path, changed: Path | None) -> None:
        self._folders = (shipped,) if changed is None else (shipped, changed)
        self.kinds = {path.name for path in shipped.iterdir() if path.is_dir()}
        if changed is not None:
            self._refuse_strays(changed)

    def _refuse_strays(self, changed: Path) -> None:
        """A file that nothing would read is a mistake, not a change."""
        paths = [path.relative_to(changed) for path in sorted(changed.rglob("*")) if path.is_file()]
        files = [path for path in paths if path.name != _EXPLAINS]
        if not files:
            raise InvalidContent(f"{changed.name}: no file in it")
        for path in files:
            if not self._is_read(path):
                raise InvalidContent(f"{path}: not a file of content (triggers/…, intents/…, statements/…, phrases/…)")

    def _is_read(self, path: Path) -> bool:
        shipped = (self._folders[0] / path).is_file()
        match path.parts:
            case (_,):
                return shipped and path.suffix == ".toml"
            case ("prompts", _):
                return shipped
            case (kind, _):
                return kind in self.kinds and path.suffix == ".toml"
        return False

    def files(self, kind: str, suffix: str = ".toml") -> Iterator[Path]:
        """The files of one kind that count, sorted by name. `kind` "." for those that stand alone."""
        found = {path.name: path for folder in self._folders for path in (folder / kind).glob(f"*{suffix}")}
        yield from (found[name] for name in sorted(found) if name != _EXPLAINS)

    def version(self) -> str:
        """A hash over everything that counts; the medicines beside it included."""
        kinds = sorted(self.kinds | {"."})
        files = [path for kind in kinds for suffix in (*_SUFFIXES, ".csv") for path in self.files(kind, suffix)]
        digest = hashlib.sha256()
        for path in sorted(files, key=lambda path: (path.parent.name, path.name)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:16]


def _read_intents(content: _Content) -> Iterator[Intent]:
    for path in content.files("intents"):
        parsed = _checked(_IntentFile, path, _read(path))
        if parsed.id != path.stem:
            raise InvalidContent(f"{path.name}: the id must be the file's name")
        unknown = (set(parsed.statements) | set(parsed.next_step)) - set(OUTCOMES[parsed.id])
        if unknown or set(parsed.statements) != set(OUTCOMES[parsed.id]):
            raise InvalidContent(f"{path.name}: statements must name each outcome of the intent once")
        yield Intent(**parsed.model_dump())


def _read_triggers(content: _Content) -> Iterator[Trigger]:
    for path in content.files("triggers"):
        parsed = _checked(_TriggerFile, path, _read(path))
        if parsed.id != path.stem:
            raise InvalidContent(f"{path.name}: the id must be the file's name")
        table = parsed.model_dump()
        yield Trigger(**{**table, "groups": tuple(TriggerGroup(**group) for group in table["groups"])})


def _read_statements(content: _Content) -> Iterator[Statement]:
    for path in content.files("statements"):
        for topic, statements in _checked(_StatementsFile, path, _read(path)).root.items():
            for name, table in statements.items():
                yield Statement(f"{topic}.{name}", table.model_extra or {}, table.content_class)


def _read_phrases(content: _Content) -> dict[str, Mapping[str, tuple[str, ...]]]:
    return {
        name: table
        for path in content.files("phrases")
        for name, table in _checked(_PhrasesFile, path, _read(path)).root.items()
    }


def _read_prompts(content: _Content) -> Iterator[tuple[str, str]]:
    for path in content.files("prompts", ".md"):
        text = path.read_text(encoding="utf-8")
        if not text.strip():
            raise InvalidContent(f"{path.name}: a model would be asked nothing")
        yield path.stem, text


@lru_cache(maxsize=4)
def load_rulebook(content: Path = CONTENT) -> Rulebook:
    """The shipped content, read once. Raises InvalidContent, naming the file and what is wrong with it."""
    return _read_all(_Content(content, None))


def lay_over(changed: Path, shipped: Path = CONTENT) -> Rulebook:
    """The shipped content with a folder of changed files laid over it, as they are now. Words that a pharmacy adds to a class
    alarm and never silence: cancels are read with the shipped classes. Raises InvalidContent."""
    rulebook, known = _read_all(_Content(shipped, changed)), load_rulebook(shipped).phrases
    unread = next((name for name in rulebook.phrases if name not in known), None)
    if unread is not None:
        raise InvalidContent(f"phrases: {unread}: nothing reads a list of that name")
    return replace(rulebook, silencing=known)


def _read_all(content: _Content) -> Rulebook:
    rulebook = Rulebook(
        version=content.version(),
        intents={intent.id: intent for intent in _read_intents(content)},
        triggers={trigger.id: trigger for trigger in _read_triggers(content)},
        statements={statement.id: statement for statement in _read_statements(content)},
        phrases=_read_phrases(content),
        thresholds=read_thresholds(content.files(".")),
        languages={path.stem: read_language(path, _read(path)) for path in content.files("languages")},
        prompts=dict(_read_prompts(content)),
    )
    check_whole(rulebook)
    rulebook = replace(rulebook, reads=languages_read(rulebook))
    for intent in rulebook.intents.values():
        used = [name for names in (*intent.statements.values(), *intent.next_step.values()) for name in names]
        missing = [name for name in used if name not in rulebook.statements]
        if missing:
            raise InvalidContent(f"{intent.id}.toml: no such statement: {missing[0]}")
    return rulebook
