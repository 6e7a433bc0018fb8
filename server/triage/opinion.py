"""The third reader: what a model is asked about a mail (its opinion of each sentence), and whether its answer holds.

The mail's own words are foreign material between two marks, nobody's name is in them, and no value of the record is told.
An answer counts only when it fits the schema, labels every sentence once and quotes nothing but what was sent."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from server.errors import InvalidContent, ModelUnavailable
from server.model.opinion import NamedTrigger, Opinion, Role, SentenceOpinion
from server.model.patient import PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.rulebook import Rulebook
from server.model.thread import Thread
from server.model.triage import Triage, Urgency
from server.ports import ModelRequest
from server.text.fence import mark_of
from server.text.known_values import KnownValues, known_values, squashed
from server.text.patterns import fold
from server.text.pseudonyms import leaks, plain_text, pseudonymise
from server.text.sentences import split_sentences
from server.triage.context import bare_subject, own_subject
from server.triage.suspicious import CODE as SUSPICIOUS
from server.triage.triggers import find_triggers

MAX_SENTENCES = 80  # a longer mail gets no opinion: what is doubtful about it goes to a person
MAX_CHARS = 8_000
MAX_ANSWER = 60_000  # characters; nothing that labels 80 sentences is longer
_EARLIER = 2  # messages before this one that are told, so that "it" can be understood
_EARLIER_CHARS = 500  # of each of them
_EDGE = 200  # what stands at the cut may be half a name, so it goes too
_FEWEST_QUOTED = 4  # letters and digits that a quote has at least, if its sentence has as many
_SUBJECT = "(subject) "
_SAME_LINE = " ¦; "  # between two sentences of one line while names are looked for
_MEDICINE_INTENTS = {"refill_request", "prescription_status", "pickup_delivery", "stock_availability"}
_URGENCIES = {urgency.name.lower(): urgency for urgency in Urgency}
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_QUOTE_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "´": "'", "`": "'"})


@dataclass(frozen=True)
class AskedOpinion:
    """One request for an opinion. `sentences` are the mail's own, `sent` the same as they left: same length and order."""

    request: ModelRequest
    sentences: tuple[str, ...] = field(repr=False)
    sent: tuple[str, ...] = field(repr=False)


def build_opinion_request(
    thread: Thread, match: PatientMatch, triage: Triage, pharmacy: Pharmacy, rulebook: Rulebook
) -> AskedOpinion:
    """The request for an opinion of the last incoming mail: same mail and reading, same bytes. Raises ModelUnavailable:
    "empty" (nothing to read), "too_long", or "egress" when what would leave still identifies somebody."""
    if "opinion" not in rulebook.prompts:
        raise InvalidContent("prompts/opinion.md is missing")
    own, glue = _own_sentences(thread)
    if not own:
        raise ModelUnavailable("empty")
    if len(own) > MAX_SENTENCES or sum(map(len, own)) > MAX_CHARS:
        raise ModelUnavailable("too_long")
    known = known_values(match, thread, pharmacy)
    earlier = _earlier(thread, triage.language, rulebook)
    shown = (f"{_SUBJECT}{own[0]}", *own[1:]) if own_subject(thread) else own
    lines = _pseudonymised([*earlier, *shown], ["\n"] * len(earlier) + glue, known)
    before, sent = [_cut(line) for line in lines[: len(earlier)]], lines[len(earlier) :]
    material = "\n".join([*before, *(f"[{number}] {line}" for number, line in enumerate(sent, 1))])
    if leaks(material, known):
        raise ModelUnavailable("egress")
    content = _question(_told(match, triage, rulebook), material, len(sent))
    messages = (
        {"role": "system", "content": rulebook.prompts["opinion"].strip()},
        {"role": "user", "content": content},
    )
    request = ModelRequest("opinion", messages, _schema(), max_tokens=200 + 60 * len(sent))
    return AskedOpinion(request, own, tuple(sent))


def _own_sentences(thread: Thread) -> tuple[tuple[str, ...], list[str]]:
    """What the sender typed now: the subject when it is this mail's own, then the sentences of the text; and what stands
    before each, a new line or a sentence on the same line (a name that stands alone on a line is told by that)."""
    text = thread.latest.text.new
    sentences = split_sentences(text)
    glue, at = [], 0
    for sentence in sentences:
        found = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(text, at)
        same_line = found is not None and at > 0 and "\n" not in text[at : found.start()]
        glue.append(_SAME_LINE if same_line else "\n")
        at = found.end() if found else at
    if not own_subject(thread):
        return sentences, glue
    return (" ".join(own_subject(thread).split()), *sentences), ["\n", *glue]


def _earlier(thread: Thread, language: str, rulebook: Rulebook) -> list[str]:
    """The end of the conversation before this mail, a line a message; nothing of it when it speaks to a machine."""
    message = thread.latest
    place = thread.messages.index(message)
    older = thread.messages[max(0, place - _EARLIER) : place]
    told = [("pharmacy" if one.outgoing else "sender", one.text.new) for one in older]
    if not told and message.text.quoted:
        told = [("quoted", message.text.quoted)]
    if not own_subject(thread) and bare_subject(message.subject):
        told.insert(0, ("subject", bare_subject(message.subject)))
    lines = [
        f"(earlier, {who}) " + " ".join(text[: _EARLIER_CHARS + _EDGE].split()) for who, text in told if text.strip()
    ]
    attacks = any(finding.code == SUSPICIOUS for finding in find_triggers(lines, language, rulebook))
    return [] if attacks else lines


def _cut(line: str) -> str:
    return line if len(line) <= _EARLIER_CHARS else line[:_EARLIER_CHARS].rsplit(None, 1)[0] + " …"


def _pseudonymised(lines: Sequence[str], glue: Sequence[str], known: KnownValues) -> list[str]:
    """Each line without anybody's name or number; a person has the same number in all lines where that can be."""
    plain = [" ".join(plain_text(line).replace(_SAME_LINE.strip(), "|").split()) for line in lines]
    whole = "".join(before + line for before, line in zip(glue, plain, strict=True)).removeprefix("\n")
    together = [part.strip() for part in re.split(f"\n|{re.escape(_SAME_LINE)}", pseudonymise(whole, known))]
    if len(together) == len(plain) and all(together):
        return together
    return [" ".join(pseudonymise(line, known).split()) for line in plain]  # a name ran on into the next line


def _told(match: PatientMatch, triage: Triage, rulebook: Rulebook) -> list[str]:
    """What code knows and words alone do not say. No value of the record."""
    sender = "an address that the pharmacy does not know" if match.rung is Rung.UNKNOWN else "known to the pharmacy"
    asked = [question for question in triage.questions if question.intent in _MEDICINE_INTENTS]
    settled = bool(asked) and all(q.about and not q.candidates and not q.named for q in asked)
    medicine = "settled" if settled and all(about.subject_id for q in asked for about in q.about) else "not settled"
    spoken = rulebook.languages.get(triage.language)
    return [
        f"Language of the mail: {spoken.name if spoken else triage.language or 'unknown'}",
        f"Sender: {sender}",
        f"What the pharmacy's software takes to be asked: {', '.join(triage.intents) or 'nothing'}",
        f"Which medicine is meant, in the record: {medicine if asked else 'not asked about'}",
    ]


def _question(told: Sequence[str], material: str, count: int) -> str:
    mark = mark_of(material)
    return "\n".join([
        *told,
        f"The mail, between two lines {mark}:",
        mark,
        material,
        mark,
        f"Label the sentences [1] to [{count}], each once, and answer with the one JSON object.",
    ])  # fmt: skip


def _schema() -> dict[str, Any]:
    def closed(**properties: Any) -> dict[str, Any]:
        required = list(properties)
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    triggers = {"type": "array", "items": {"type": "string", "enum": list(get_args(NamedTrigger))}}
    sentence = closed(
        n={"type": "integer"},
        quote={"type": "string"},
        role={"type": "string", "enum": list(get_args(Role))},
        triggers=triggers,
    )
    return closed(
        sentences={"type": "array", "items": sentence},
        escalate={"type": "boolean"},
        urgency={"type": "string", "enum": list(_URGENCIES)},
    )


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class _Label(_Strict):
    n: int
    quote: str
    role: Role
    triggers: list[NamedTrigger]


class _Answer(_Strict):
    sentences: list[_Label]
    escalate: bool
    urgency: Literal["routine", "same_day", "urgent", "emergency"]


def read_opinion(text: str, asked: AskedOpinion, model: str) -> Opinion:
    """The opinion that an answer holds. Raises ModelUnavailable: "malformed" (no such JSON), "incomplete" (a sentence
    without a label, or with two), "misquoted" (words that were not in that sentence as it was sent)."""
    answer = _parsed(text)
    labels = {label.n: label for label in answer.sentences}
    if len(labels) != len(answer.sentences) or set(labels) != set(range(1, len(asked.sent) + 1)):
        raise ModelUnavailable("incomplete")
    for number, sentence in enumerate(asked.sent, 1):
        if not _quotes(labels[number].quote, sentence):
            raise ModelUnavailable("misquoted")
    read = tuple(
        SentenceOpinion(own, labels[number].role, tuple(dict.fromkeys(labels[number].triggers)))
        for number, own in enumerate(asked.sentences, 1)
    )
    return Opinion(model, read, answer.escalate, _URGENCIES[answer.urgency])


def _parsed(text: str) -> _Answer:
    """The one JSON object of an answer; what models put around it (a thought, a code fence, a word before) is no part."""
    if len(text) > MAX_ANSWER:
        raise ModelUnavailable("malformed")
    bare = _THOUGHT.sub("", text)
    start = bare.find("{")
    try:
        found, end = json.JSONDecoder(object_pairs_hook=_once).raw_decode(bare, start) if start != -1 else (None, 0)
        if "{" in bare[end:]:  # two objects: which one counts is not ours to guess
            raise ValueError
        return _Answer.model_validate(found)
    except (ValueError, RecursionError, ValidationError):
        raise ModelUnavailable("malformed") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand in it once. Raises ValueError."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _quotes(quote: str, sentence: str) -> bool:
    """Whether these are words of the sentence, and enough of them to say which one it is."""
    said, held = (" ".join(fold(text.translate(_QUOTE_MARKS)).split()) for text in (quote, sentence))
    said = said.strip(" .…")
    return said in held and len(squashed(said)) >= min(_FEWEST_QUOTED, len(squashed(held)))
