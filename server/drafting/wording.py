"""The language of statements: `((field))` for a value, `((one|several))` by number of records, and no logic."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from server.drafting.fields import FIELDS
from server.errors import InvalidContent
from server.model.language import Language
from server.model.reply import Piece
from server.model.rulebook import Statement

# What a statement's last wording may still need: what its records are called by, and what every house has.
NAMES = frozenset({"medication", "named", "appointment_kind", "invoice_number", "lab_name"})
_ALWAYS = frozenset({"pharmacy.name", "pharmacy.emergency_phone", "patient.name"})

_SLOTS = re.compile(r"\(\(([^()]*)\)\)")


@dataclass(frozen=True)
class Field:
    """A value is put here."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of two words, by the number of records."""

    one: str
    several: str


Token = str | Field | Choice


def _slot(inside: str, wording: str) -> Field | Choice:
    if "|" in inside:
        one, _, several = inside.partition("|")
        if "|" in several:
            raise InvalidContent(f"more than two choices in: {wording}")
        return Choice(one, several)
    if inside.strip() not in FIELDS:
        raise InvalidContent(f"no such field: {inside.strip()!r}")
    return Field(inside.strip())


@lru_cache(maxsize=4096)
def parse(wording: str) -> tuple[Token, ...]:
    """The wording taken apart. Raises InvalidContent for an unknown field or brackets that do not pair."""
    tokens: list[Token] = []
    at = 0
    for match in _SLOTS.finditer(wording):
        tokens += [wording[at : match.start()], _slot(match[1], wording)]
        at = match.end()
    tokens.append(wording[at:])
    if any(isinstance(token, str) and ("((" in token or "))" in token) for token in tokens):
        raise InvalidContent(f"brackets do not pair in: {wording}")
    return tuple(token for token in tokens if token != "")


def fields_of(wording: str) -> frozenset[str]:
    """The fields that a wording needs."""
    return frozenset(token.name for token in parse(wording) if isinstance(token, Field))


def fill(wording: str, value: Callable[[str], tuple[Piece, ...]], count: int) -> tuple[Piece, ...]:
    """The wording as pieces. A value that turns out empty is an error of ours, never a gap in a sentence."""
    pieces: list[Piece] = []
    for token in parse(wording):
        if isinstance(token, Choice):
            pieces.append(Piece(token.one if count == 1 else token.several))
        elif isinstance(token, Field):
            filled = value(token.name)
            if not "".join(piece.text for piece in filled).strip():
                raise InvalidContent(f"nothing to fill in for: {token.name}")
            pieces += filled
        else:
            pieces.append(Piece(token))
    return _capital(_merged(pieces))


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring pieces without facts become one; empty ones go."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and not piece.facts and not merged[-1].facts:
            merged[-1] = Piece(merged[-1].text + piece.text)
        elif piece.text:
            merged.append(piece)
    return merged


def _capital(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    first, *rest = pieces
    return (Piece(first.text[:1].upper() + first.text[1:], first.facts), *rest)


@lru_cache
def _article(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\s+\(\((?:medication|named)\)\)", re.IGNORECASE)


def _problems(statement: Statement, languages: Mapping[str, Language]) -> Iterator[str]:
    yield from (f"a wording for {code} is needed" for code in languages if code not in statement.variants)
    spoken = {voice: language for language in languages.values() for voice in language.voices}
    for voice, wordings in statement.variants.items():
        if voice not in spoken:
            yield f"{voice} is no language of content/languages"
            continue
        if not wordings or not all(wording.strip() for wording in wordings):
            yield f"{voice} has an empty wording"
            continue
        used = [fields_of(wording) for wording in wordings]  # each is read: a field that does not exist is a mistake
        if not used[-1] <= NAMES | _ALWAYS:
            yield f"the last wording of {voice} may need the name only"
        articles = spoken[voice].articles
        for wording in wordings:
            if articles and _article(articles).search(wording):
                yield f"no article or possessive before a medicine: {wording}"


def check_statement(statement: Statement, languages: Mapping[str, Language]) -> None:
    """Raises InvalidContent when the statement could not be filled in each language or breaks a rule of statements."""
    for problem in _problems(statement, languages):
        raise InvalidContent(f"[{statement.id}] {problem}")
