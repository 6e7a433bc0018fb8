"""The languages that replies can be written in: one file each, content/languages/<code>.toml, and whole or refused."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_time
from pydantic import BaseModel, ConfigDict, ValidationError

from server.errors import InvalidContent, InvalidRequest
from server.model.language import Language, Written
from server.model.rulebook import Rulebook, Statement

BASE = ("nl", "en")  # always written and read: what a house may add to, never take away
TERMS = "wording_terms"
Model = TypeVar("Model", bound=BaseModel)
_CODE = re.compile(r"[a-z]{2,3}")
_SLOTS = {"through": "first last", "hours": "opens closes", "prescriber": "role name", "untranslated": "text"}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Tone(_Strict):
    tone: str
    never: tuple[str, ...] = ()
    wordings: bool = False


class _File(_Strict):
    name: str
    through: str
    hours: str
    closed: str
    clock_unit: str
    prescriber: str
    untranslated: str
    lower_nouns: bool
    articles: tuple[str, ...]
    written: dict[str, Any]
    formal: _Tone
    informal: _Tone | None = None


class _Written(_Strict):
    locale: str
    weekday: str
    day: str
    year: str
    clock: str
    clock_words: dict[str, str] = {}


def read_language(path: Path, table: Mapping[str, Any]) -> Language:
    """One language file. Raises InvalidContent, naming the file and the line that is missing, unknown or wrong."""
    if not _CODE.fullmatch(path.stem):
        raise InvalidContent(f"{path.name}: a language file is called after its code (ISO 639), as de.toml")
    parsed = _parsed(_File, path.name, "", table)
    for name, slots in _SLOTS.items():
        text = getattr(parsed, name)
        if (text or name != "untranslated") and sorted(re.findall(r"\{(\w*)\}", text)) != sorted(slots.split()):
            raise InvalidContent(f"{path.name}: {name}: needs {' and '.join(f'{{{s}}}' for s in slots.split())}, once")
    general = {
        name: value for name, value in parsed.written.items() if not isinstance(value, dict) or name == "clock_words"
    }
    countries = {name: value for name, value in parsed.written.items() if name not in general}
    informal = parsed.informal or parsed.formal
    return Language(
        code=path.stem,
        written=_written(path.name, "written", general),
        countries={name: _written(path.name, f"written.{name}", general | own) for name, own in countries.items()},
        tones={True: parsed.formal.tone, False: informal.tone},
        never={True: parsed.formal.never, False: informal.never},
        informal=informal.wordings,
        **parsed.model_dump(exclude={"written", "formal", "informal"}),
    )


def _parsed(model: type[Model], file: str, where: str, table: Mapping[str, Any]) -> Model:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        path = ".".join((*((where,) if where else ()), *map(str, first["loc"])))
        raise InvalidContent(f"{file}: {path}: {first['msg']}") from error


# What Babel makes of a locale or a pattern that is none: a letter it does not know (KeyError), too many of one (ValueError),
# and one of the other half: hours in a date, days in a time (AttributeError, TypeError).
_NOT_WRITTEN = (UnknownLocaleError, ValueError, KeyError, AttributeError, TypeError)


def _written(file: str, where: str, table: Mapping[str, Any]) -> Written:
    """Its patterns are tried once: a mistake shows here, not in a letter."""
    parsed = _parsed(_Written, file, where, table)
    try:
        locale = Locale.parse(parsed.locale)
        format_date(date(2027, 12, 31), parsed.weekday + parsed.day + parsed.year, locale=locale)
        format_time(time(14, 5), parsed.clock, locale=locale)
    except _NOT_WRITTEN as error:
        raise InvalidContent(f"{file}: {where}: {error}") from error
    if not {"d", "M"} <= set(parsed.day) or "y" not in parsed.year or "m" not in parsed.clock:
        raise InvalidContent(f"{file}: {where}: day needs d and M, year needs y, clock needs m")
    return Written(**parsed.model_dump())


def check_whole(rulebook: Rulebook) -> None:
    """Raises InvalidContent unless each language has wordings for all that may be said, and no other language has any."""
    for problem in _problems(rulebook):
        raise InvalidContent(problem)


def _problems(rulebook: Rulebook) -> Iterator[str]:
    yield from (f"languages/{code}.toml is missing" for code in BASE if code not in rulebook.languages)
    voices = {voice for language in rulebook.languages.values() for voice in language.voices}
    for statement in (*rulebook.statements.values(), *_fixed(rulebook)):
        for code in rulebook.languages:
            if not statement.variants.get(code):
                yield f"[{statement.id}] has no wording for {code} (languages/{code}.toml)"
        for voice in statement.variants:
            if voice not in voices:
                yield f"[{statement.id}] has a wording for {voice}, which no file of languages/ knows"
    for code in rulebook.languages:
        if code not in rulebook.phrases.get(TERMS, {}):
            yield f"[{TERMS}] has no list for {code} (languages/{code}.toml)"


def _fixed(rulebook: Rulebook) -> Iterator[Statement]:
    """Greeting, closing and the like."""
    for name, variants in rulebook.phrases.items():
        if name.startswith("wording_") and name != TERMS:
            yield Statement(name, variants, "house")


def languages_read(rulebook: Rulebook) -> tuple[str, ...]:
    """The languages in which a mail can be read: every trigger and intent has patterns and examples in it, and thresholds
    and telling words are there. Raises InvalidContent when that fails for one that is always read."""
    spoken = {code for trigger in rulebook.triggers.values() for code in trigger.fires_on}
    for code in BASE:
        for lack in _lacks(rulebook, code):
            raise InvalidContent(f"a mail in {code} can no longer be read: {lack}")
    others = sorted(code for code in spoken - set(BASE) if not any(_lacks(rulebook, code)))
    return (*BASE, *others)


def _lacks(rulebook: Rulebook, code: str) -> Iterator[str]:
    """What is missing before a mail in this language can be read."""
    for trigger in rulebook.triggers.values():
        if not any(group.patterns.get(code) for group in trigger.groups):
            yield f"{trigger.id}: no patterns"
        if not trigger.fires_on.get(code) or not trigger.stays_quiet_on.get(code):
            yield f"{trigger.id}: no examples"
    for intent in rulebook.intents.values():
        if not intent.patterns.get(code):
            yield f"{intent.id}: no patterns"
        if not intent.examples.get(code):
            yield f"{intent.id}: no examples"
    if not rulebook.phrases.get("reading_telling", {}).get(code):
        yield "reading_telling: no words"
    yield from (f"thresholds.toml: {name}" for name, table in rulebook.thresholds.items() if code not in table)


def refuse_unknown(codes: Iterable[str], known: Iterable[str]) -> None:
    """Raises InvalidRequest, naming the languages that there are, unless a house may enable these."""
    codes, known = tuple(codes), tuple(known)
    unknown = [code for code in codes if code not in known]
    there_are = f"there are {', '.join(known)}"
    if not codes or unknown:
        raise InvalidRequest(f"languages: no template set for {', '.join(unknown) or 'none at all'}; {there_are}")
    if len(set(codes)) < len(codes):
        raise InvalidRequest(f"languages: each once; {there_are}")
