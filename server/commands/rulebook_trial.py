"""`python -m server rulebook try`: what changed content would do, and whether it may."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.commands.evaluation import noon, read_rows
from server.connectors.mail.case import thread_from_json
from server.errors import InvalidContent
from server.flows.check_content import find_faults
from server.flows.compare_content import find_notes
from server.flows.try_rulebook import Difference, try_rulebook
from server.store.rulebook import lay_over, load_rulebook
from server.triage.floor import find_lowered
from server.wiring import build_throw_away

_MOST_LISTED = 40
_FEWEST_MAILS = 50


@dataclass(frozen=True)
class Trial:
    """`lowered`: what of the floor it takes away; `faults`: what is wrong in the content itself; `differences`: mails that
    would be read or answered otherwise; `escalations`: mails that are expected to go to the pharmacist or go there; `notes`:
    what the change touches that the mails do not show."""

    lowered: tuple[str, ...]
    faults: tuple[str, ...]
    differences: tuple[Difference, ...]
    tried: int
    escalations: int = 0
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the change may not count."""
        found = any(difference.lost or difference.breaks for difference in self.differences)
        return bool(self.lowered or self.faults or found)


def run_trial(folder: Path, cases: Path, records: Mapping[str, Any]) -> Trial:
    """Lays the folder's files over the shipped content and tries it. Raises InvalidContent, InvalidRecords, InvalidRequest."""
    if not folder.is_dir():
        raise InvalidContent(f"{folder}: there is no such folder")
    shipped, changed = load_rulebook(), lay_over(folder)
    services, threads, pharmacy = build_throw_away(records, now=noon(records))
    lowered = find_lowered(shipped, changed)
    faults = find_faults(changed, pharmacy, services.now())
    rows = read_rows(cases)
    if faults:
        return Trial(lowered, faults, (), 0, notes=find_notes(shipped, changed))
    caller = services.identity.identify({})
    mails = ((row["id"], threads.add(thread_from_json(row, (pharmacy.email,)), pharmacy.email)) for row in rows)
    tried = tuple(try_rulebook(services, caller, pharmacy, changed, mails))
    differences = tuple(one for one in tried if one.changed)
    escalations = sum(map(_is_escalation, rows, tried))
    return Trial(lowered, faults, differences, len(tried), escalations, find_notes(shipped, changed))


def _is_escalation(row: Mapping[str, Any], tried: Difference) -> bool:
    expected = row.get("expected")
    wanted = isinstance(expected, Mapping) and expected.get("disposition") == "escalate"
    return wanted or "escalate" in (tried.before.route, tried.after.route)


def show_trial(trial: Trial) -> str:
    """The trial as a person reads it: the verdict first, then why, then the mails."""
    lines = ["REFUSED: this change may not count." if trial.refused else "This change may count."]
    lines += [f"  lowers the floor: {line}" for line in trial.lowered[:_MOST_LISTED]]
    lines += [f"  fails its own test: {line}" for line in trial.faults[:_MOST_LISTED]]
    lost = [d for d in trial.differences if d.lost]
    lines += [f"  lowers the floor: {d.case_id} no longer finds {', '.join(sorted(d.lost))}" for d in lost]
    lines += [f"  a draft would be withheld: {d.case_id}" for d in trial.differences if d.breaks]
    lines += [f"  note: {line}" for line in trial.notes[:_MOST_LISTED]]
    return "\n".join([*lines, "", _summary(trial), *_doubts(trial), *_listed(trial.differences)])


def _doubts(trial: Trial) -> Iterator[str]:
    """Why these mails say little about the change, whatever came of them."""
    if 0 < trial.tried < _FEWEST_MAILS:
        yield f"  warning: only {trial.tried} mails were tried: fewer than {_FEWEST_MAILS} prove little"
    if trial.tried and not trial.escalations:
        yield "  warning: no mail of this set is expected to go or goes to the pharmacist: it proves little about safety"


def _summary(trial: Trial) -> str:
    if not trial.tried:
        return "No mail was tried: the content must pass its own tests first."
    more = sum(d.after.route == "escalate" != d.before.route for d in trial.differences)
    fewer = sum(d.before.route == "escalate" != d.after.route for d in trial.differences)
    drafts = sum(d.before.draft != d.after.draft and d.before.route == d.after.route for d in trial.differences)
    return (
        f"{trial.tried} mails tried: {more} more to the pharmacist, {fewer} fewer, "
        f"{drafts} with the same route and another text, {trial.tried - len(trial.differences)} unchanged."
    )


def _listed(differences: Sequence[Difference]) -> Iterator[str]:
    for difference in differences[:_MOST_LISTED]:
        before, after = difference.before, difference.after
        said = [f"{before.route} → {after.route}"] if before.route != after.route else []
        if before.intents != after.intents:
            said.append(f"{', '.join(before.intents)} → {', '.join(after.intents)}")
        if after.floor - before.floor:
            said.append(f"new: {', '.join(sorted(after.floor - before.floor))}")
        if before.draft != after.draft and before.route == after.route:
            said.append("another text")
        yield f"  {difference.case_id}: {'; '.join(said) or 'other findings'}"
    if len(differences) > _MOST_LISTED:
        yield f"  … and {len(differences) - _MOST_LISTED} more"
