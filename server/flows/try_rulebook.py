"""What changed content would do to mails: each goes the whole path twice, and the two answers are laid side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from server.flows.draft_reply import draft_reply
from server.flows.events import Document, Done
from server.flows.prepare_brief import ReplyRequest
from server.model.identity import Caller
from server.model.pharmacy import Pharmacy
from server.model.rulebook import Rulebook
from server.model.thread import ThreadRef
from server.services import Services


@dataclass(frozen=True)
class Answer:
    """What one rulebook makes of one mail. `floor`: codes of the findings that nobody may take away."""

    route: str
    intents: tuple[str, ...]
    floor: frozenset[str]
    draft: str = field(repr=False)
    withheld: str = ""


@dataclass(frozen=True)
class Difference:
    """One mail before and after the change."""

    case_id: str
    before: Answer
    after: Answer

    @property
    def changed(self) -> bool:
        """Whether the mail would be read or answered otherwise."""
        return self.before != self.after

    @property
    def lost(self) -> frozenset[str]:
        """Findings of the floor that the change would take away."""
        return self.before.floor - self.after.floor

    @property
    def breaks(self) -> bool:
        """Whether a draft that could be shown would be withheld by the safety checks."""
        return bool(self.after.withheld) and not self.before.withheld


def try_rulebook(
    services: Services,
    caller: Caller,
    pharmacy: Pharmacy,
    changed: Rulebook,
    mails: Iterable[tuple[str, ThreadRef]],
) -> Iterator[Difference]:
    """Each mail with what the shipped and the changed rulebook make of it. `services` is over a database of its own: both
    runs keep and audit as always. Raises Problem."""
    trial = replace(services, rulebook=lambda _pharmacy: changed)
    for case_id, ref in mails:
        before = _answer(services, caller, pharmacy, ref)
        yield Difference(case_id, before, _answer(trial, caller, pharmacy, ref))


def _answer(services: Services, caller: Caller, pharmacy: Pharmacy, ref: ThreadRef) -> Answer:
    reply: Document = {}
    for event in draft_reply(services, caller, pharmacy, ReplyRequest(ref)):
        if isinstance(event, Done):
            reply = event.reply
    triage = reply["triage"]
    return Answer(
        route=triage["route"],
        intents=tuple(intent["id"] for intent in triage["intents"]),
        floor=frozenset(f["code"] for f in triage["findings"] if f["part"] == "floor" and f["severity"] == "hard"),
        draft=reply["draft"]["text"] if reply["draft"] else "",
        withheld=reply["withheld"],
    )
