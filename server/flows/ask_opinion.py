"""The third reader in the flow: a model's opinion and its text are asked for at once, and nothing is told until the
opinion has come, failed or run out of time. What it may change is decided in triage/combining.py."""

import hashlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import structlog

from server.drafting.prompt import build_request
from server.errors import ModelUnavailable
from server.flows.events import Waiting
from server.flows.model_call import ModelCall
from server.flows.prepare_brief import ReplyRequest, with_reading
from server.flows.reply_document import request_text
from server.model.reply import Consulted, HeardOpinion, ReplyBrief
from server.model.rulebook import Rulebook
from server.model.triage import Route, Triage
from server.ports import LanguageModel, ModelRequest
from server.triage.combining import as_if_cleared, may_be_asked, with_opinion
from server.triage.opinion import AskedOpinion, build_opinion_request, read_opinion

log = structlog.get_logger("draft")
VALID = "valid"
NOT_NEEDED = "not_needed"  # nothing an opinion says could change who answers, or there is nothing to write
MAX_BLANKS = 200  # small models end an answer with blanks without end
Built = TypeVar("Built")


@dataclass(frozen=True)
class Plan:
    """What a model would be asked about one mail; nothing has left. None: that is not asked, and `no_opinion`,
    `no_text` say why ("not_needed", "egress", "too_long", "internal"). `heard`: the opinion was given before and is not
    asked again."""

    model: LanguageModel | None
    opinion: AskedOpinion | None = field(repr=False, default=None)
    text: ModelRequest | None = field(repr=False, default=None)
    no_opinion: str = NOT_NEEDED
    no_text: str = NOT_NEEDED
    heard: HeardOpinion | None = None

    @property
    def opinion_hash(self) -> str:
        """Of the exact text of the request for an opinion; "" without one."""
        return hashlib.sha256(request_text(self.opinion.request).encode()).hexdigest() if self.opinion else ""

    @property
    def requests(self) -> tuple[ModelRequest, ...]:
        """What would leave, the opinion first."""
        asked = (self.opinion.request if self.opinion and not self.heard else None, self.text)
        return tuple(request for request in asked if request is not None)


def plan_for(
    model: LanguageModel | None, brief: ReplyBrief, request: ReplyRequest, rulebook: Rulebook, now: datetime
) -> Plan:
    """The requests for one mail. `brief` holds its reading so far; the text is asked for as if all doubt that may be
    cleared were, so that its request does not depend on what the opinion will say.

    No opinion is asked where none could change who answers (a finding of the floor stands), where something looks like
    an attack, and of mail that no person sent. No text where the reply states nothing of a record."""
    if model is None or not may_be_asked(brief.triage):
        return Plan(model)
    automatic = brief.thread.latest.automatic
    cleared = as_if_cleared(brief.triage, model.name, brief.match, rulebook, automatic=automatic)
    hoped = with_reading(brief, cleared, request, now)
    if not may_be_asked(hoped.triage):  # its facts could not be read
        return Plan(model)
    opinion, no_opinion = None, NOT_NEEDED
    if not automatic:
        opinion, no_opinion = _built(
            lambda: build_opinion_request(brief.thread, brief.match, brief.triage, brief.pharmacy, rulebook)
        )
    text, no_text = None, NOT_NEEDED
    if hoped.triage.route is Route.DRAFT and hoped.triage.questions and hoped.verified:
        text, no_text = _built(lambda: build_request(hoped, rulebook))
    return Plan(model, opinion, text, no_opinion, no_text)


def _built(build: Callable[[], Built]) -> tuple[Built | None, str]:
    try:
        return build(), ""
    except ModelUnavailable as problem:
        return None, problem.reason
    except Exception:  # a fault of ours around the model: caution and template do without it
        log.exception("model request failed")
        return None, "internal"


@dataclass(frozen=True)
class Heard:
    """The reading when the opinion has come, or when it has not. `opinion`: "valid", or why there is none; `answer`: the
    valid one."""

    triage: Triage
    opinion: str = NOT_NEEDED
    answer: HeardOpinion | None = None


class Consultation:
    """The requests of a plan under way. Made, they have left; `cancel` when nobody waits any more."""

    def __init__(self, plan: Plan, seconds: float) -> None:
        self._plan = plan
        self._name = plan.model.name if plan.model else ""
        self.sent = {request.kind: request_text(request) for request in plan.requests}
        wanted = plan.opinion.request if plan.opinion and not plan.heard else None
        self._opinion, self._no_opinion = _started(plan, wanted, seconds)
        self._text, self._no_text = _started(plan, plan.text, seconds)

    @property
    def waits(self) -> bool:
        """Whether an opinion is under way."""
        return self._opinion is not None

    def hear(self, brief: ReplyBrief, rulebook: Rulebook) -> Iterator[Waiting | Heard]:
        """Signs that the model is silent, then one Heard. Whatever goes wrong: the reading stays as it was, in which all
        caution counts."""
        read, asked, answer = brief.triage, self._plan.opinion, self._answer()
        if asked is None or answer is None:
            yield Heard(read, self._no_opinion or self._plan.no_opinion)
            return
        try:
            text = yield from _whole(answer)
            opinion = read_opinion(text, asked, self._name)
            automatic = brief.thread.latest.automatic
            decided = with_opinion(read, opinion, brief.match, rulebook, automatic=automatic)
            yield Heard(decided, VALID, self._plan.heard or HeardOpinion(self._plan.opinion_hash, text))
        except ModelUnavailable as problem:
            log.info("no opinion", reason=problem.reason, model=self._name)
            yield Heard(read, problem.reason)
        except Exception:
            log.exception("opinion failed")
            yield Heard(read, "internal")

    def _answer(self) -> Generator[str] | None:
        """The opinion's text in pieces: of the request under way, or as it was given before."""
        if self._plan.heard is not None:
            return (text for text in (self._plan.heard.answer,))
        return self._opinion.pieces() if self._opinion is not None else None

    @property
    def writer(self) -> "AskedWriter | None":
        """The model, for whom the text was asked already; None without one."""
        return AskedWriter(self._name, self._text, self._no_text or self._plan.no_text) if self._plan.model else None

    def consulted(self, heard: Heard) -> Consulted:
        """What is kept of it."""
        return Consulted(self._name, self.sent, "" if heard.opinion == NOT_NEEDED else heard.opinion, heard.answer)

    def cancel(self) -> None:
        """Nobody waits for any of it."""
        for call in (self._opinion, self._text):
            if call is not None:
                call.cancel()


@dataclass(frozen=True)
class AskedWriter:
    """A LanguageModel that gives the answer that is under way, to the request that was sent and to no other."""

    name: str
    call: ModelCall | None
    reason: str = ""

    def answer(self, request: ModelRequest, *, deadline: float) -> Iterator[str]:  # noqa: ARG002 (the call has its own)
        """Raises ModelUnavailable when no text, or another one, was asked for."""
        if self.call is None or request != self.call.request:
            raise ModelUnavailable(self.reason or "internal")
        return self.call.pieces()


def _started(plan: Plan, request: ModelRequest | None, seconds: float) -> tuple[ModelCall | None, str]:
    if request is None or plan.model is None:
        return None, ""
    try:
        return ModelCall(plan.model, request, seconds), ""
    except ModelUnavailable as problem:
        return None, problem.reason
    except Exception:
        log.exception("model call failed")
        return None, "internal"


def _whole(pieces: Generator[str]) -> Generator[Waiting, None, str]:
    """The whole answer; blanks without end are not waited for."""
    text, blanks = "", 0
    for piece in pieces:
        if not piece:
            yield Waiting()
            continue
        text += piece
        blanks = blanks + len(piece) if not piece.strip() else len(piece) - len(piece.rstrip())
        if blanks > MAX_BLANKS:
            break
    pieces.close()
    return text
