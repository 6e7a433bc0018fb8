"""The drafter that asks a model: it orders the statements that hold and joins them; whatever breaks the rules is the
template's."""

import contextlib
import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from server.drafting.partial_json import PartsReader
from server.drafting.prompt import NamedPart, build_request, named_parts
from server.errors import ModelUnavailable
from server.model.reply import DraftPart, Piece, ReplyBrief, Sentence, SentenceOrigin
from server.model.rulebook import Rulebook
from server.ports import LanguageModel, ModelRequest

__all__ = ["WrittenPart", "build_request", "draft_by_model"]

MAX_TEXTS = 2  # sentences of the model's own in a part
MAX_WORDS = 25  # in each of them
# A cheap first sieve; the safety checks look for facts in words as well.
_FACT_LIKE = re.compile(r"[\d@<>\[\]{}|*_#€$£%]|\(\(|www\.|://")
# ours: with the model's there would be two
_FRAME = re.compile(
    r"(?:beste|geachte|hallo|hoi|dear|hello|hi|met (?:vriendelijke|hartelijke) groet|hoogachtend|(?:kind|best) regards"
    r"|yours|sincerely)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WrittenPart:
    """One part of the reply. `swapped`: why a part that the model should have written is the template's, else ""."""

    part: DraftPart
    swapped: str = ""


_WAITING = object()  # the model is still silent


class _Swap(Exception):
    """The model's part is not used."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class _Said(_Strict):
    use: str | None = None
    text: str | None = None


class _Part(_Strict):
    question: int
    sentences: list[_Said]


def _joining(text: str) -> Sentence:
    """A sentence of the model's own. Raises _Swap when it is more than that."""
    words = " ".join(text.replace("!", ".").split())  # house rule 20
    if not any(map(str.isalpha, words)):
        raise _Swap("malformed")
    if len(words.split()) > MAX_WORDS:
        raise _Swap("too_much_text")
    if _FACT_LIKE.search(words):
        raise _Swap("fact_in_text")
    if _FRAME.match(words):
        raise _Swap("greeting")
    return Sentence((Piece(words if words[-1] in ".?!:…" else words + "."),), SentenceOrigin.MODEL)


def _sentences(said: list[_Said], names: Mapping[str, Sentence]) -> Iterator[Sentence]:
    for one in said:
        if bool(one.use) == bool(one.text):
            raise _Swap("malformed")
        if one.text:
            yield _joining(one.text)
        elif one.use and one.use in names:
            yield names[one.use]
        else:
            raise _Swap("unknown_statement")


def _accepted(answer: _Part | None, named: NamedPart) -> DraftPart:
    """The model's part, when each statement is used exactly once. Raises _Swap with the reason when it is not."""
    if answer is None:
        raise _Swap("missing")
    sentences = tuple(_sentences(answer.sentences, named.names))
    used = Counter(one.use for one in answer.sentences if one.use)
    if set(used) != set(named.names):
        raise _Swap("left_out")
    if max(used.values(), default=0) > 1:
        raise _Swap("repeated")
    if len(sentences) - len(used) > MAX_TEXTS:
        raise _Swap("too_much_text")
    return DraftPart("question", sentences, named.plan.question)


def _raw_parts(model: LanguageModel, request: ModelRequest, deadline: float) -> Generator[Any]:
    """The parts of the answer as they become whole. Raises ModelUnavailable when nothing of it is one."""
    reader = PartsReader()
    stream = model.answer(request, deadline=deadline)
    try:
        for text in stream:
            if not text:
                yield _WAITING
            yield from reader.feed(text)
            if reader.over:
                break
    finally:
        if isinstance(stream, Generator):
            stream.close()  # at once, not when it is collected: closing is what cancels the call
    if not reader.given:
        raise ModelUnavailable("malformed")


def _take(answers: Iterator[Any], question: int | None, kept: dict[int, _Part]) -> Generator[None, None, _Part | None]:
    """Reads on until this question's part is there; the others are kept for their turn. The first of two counts. Yields
    None for each sign that the model is still silent."""
    while question not in kept:
        raw = next(answers, None)
        if raw is None:
            return None
        if raw is _WAITING:
            yield None
            continue
        try:
            part = _Part.model_validate(raw)
        except ValidationError:
            continue
        kept.setdefault(part.question, part)
    return kept[question] if question is not None else None


def draft_by_model(
    brief: ReplyBrief, rulebook: Rulebook, model: LanguageModel, *, deadline: float
) -> Iterator[WrittenPart | None]:
    """The reply part by part, in the plan's order, each as soon as it is whole: greeting, staff's sentence and closing
    are ours. None in between means that the model is silent: a caller that finds nobody listening closes this, and with it
    the call. Raises ModelUnavailable (also between parts) when the model fails as a whole: then the template writes.

    A part is the template's, with the reason in `swapped`, when the model leaves it out, uses a name that it does not
    have, leaves out or repeats a statement, or writes more than joining text."""
    request = build_request(brief, rulebook)
    kept: dict[int, _Part] = {}
    with contextlib.closing(_raw_parts(model, request, deadline)) as answers:
        for named in named_parts(brief, rulebook):
            plan = named.plan
            planned = DraftPart(plan.kind, plan.sentences, plan.question)
            if not named.names:
                yield WrittenPart(planned)
                continue
            try:
                answer = yield from _take(answers, plan.question, kept)
                yield WrittenPart(_accepted(answer, named))
            except _Swap as swap:
                yield WrittenPart(planned, str(swap))
