"""What calls for a closer look at a request, for the pharmacist's eyes only (domain.md §4.3): signs, never a judgement."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from server.model.finding import Finding
from server.model.history import LineHistory, RedFlag
from server.model.refill import LOOK_BACK_DAYS, supply_ends_on
from server.text.directions import read_directions
from server.triage.allergies import met_allergies

EARLY_SHARE = 80  # per cent of a supply: fetched before so much of it was used is early
EARLY_TIMES = 2  # so often within the look-back is a pattern
_STORIES = {  # groups of words of the trigger early_refill_controlled
    "lost": "loss_story",
    "away": "travel_story",
    "pressure": "pressure",
    "early": "early_request",
}
_OPIOIDS, _SLEEP = ("N02A",), ("N05BA", "N05CD", "N05CF", "N03AE")
_METHOTREXATE = ("L04AX03", "L01BA01")


def find_red_flags(
    lines: Sequence[LineHistory], findings: Sequence[Finding], allergies: Sequence[str], today: date
) -> tuple[RedFlag, ...]:
    """The signs, each once, those of this mail first. `lines`: all of the patient's, stopped ones too."""
    running = [line for line in lines if line.request.active]
    watched = [line for line in running if line.controlled or line.sensitive]
    return tuple(
        flag
        for flags in (
            _stories(findings),
            _early_pattern(watched, today),
            _stock(watched, today),
            _prescribers(watched),
            _together(running),
            _allergies(running, allergies),
            _methotrexate(running),
        )
        for flag in flags
    )


def _stories(findings: Sequence[Finding]) -> Iterator[RedFlag]:
    for finding in findings:
        trigger, _, group = finding.rule.removeprefix("triggers/").partition("/")
        if finding.stands and trigger == "early_refill_controlled" and group in _STORIES:
            yield RedFlag(_STORIES[group], finding.quotes, finding.subject_ids)


def _early_pattern(watched: Sequence[LineHistory], today: date) -> Iterator[RedFlag]:
    """Handed over again and again before most of the last supply can have been used."""
    for line in watched:
        fills = [fill for fill in line.request.fills if fill.on >= today - timedelta(days=LOOK_BACK_DAYS)]
        early = [
            after.on
            for before, after in itertools.pairwise(fills)
            if before.days_supply and (after.on - before.on).days * 100 < EARLY_SHARE * before.days_supply
        ]
        if len(early) >= EARLY_TIMES:
            yield RedFlag("early_pattern", subject_ids=(line.request.id,))


def _stock(watched: Sequence[LineHistory], today: date) -> Iterator[RedFlag]:
    """More than a whole supply must still be there, and more is asked for."""
    for line in watched:
        ends, supply = supply_ends_on(line.request), line.request.days_supply
        if line.asked and ends is not None and supply and (ends - today).days > supply:
            yield RedFlag("stock_at_home", subject_ids=(line.request.id,))


def _prescribers(watched: Sequence[LineHistory]) -> Iterator[RedFlag]:
    """Medicines under control, or marked, of more than one prescriber."""
    names = {" ".join((line.request.prescriber or "").casefold().split()) for line in watched} - {""}
    if len(names) > 1:
        yield RedFlag("several_prescribers", subject_ids=tuple(line.request.id for line in watched))


def _of(lines: Sequence[LineHistory], starts: Sequence[str]) -> list[str]:
    return [line.request.id for line in lines if (line.request.atc or "").startswith(tuple(starts))]


def _together(running: Sequence[LineHistory]) -> Iterator[RedFlag]:
    """Opioids and sleeping or calming medicines side by side, or two of one kind."""
    opioids, sleep = _of(running, _OPIOIDS), _of(running, _SLEEP)
    if opioids and sleep:
        yield RedFlag("opioid_with_sedative", subject_ids=(*opioids, *sleep))
    for code, ids in (("two_opioids", opioids), ("two_sedatives", sleep)):
        if len(ids) > 1:
            yield RedFlag(code, subject_ids=tuple(ids))


def _allergies(running: Sequence[LineHistory], allergies: Sequence[str]) -> Iterator[RedFlag]:
    for line in running:
        if line.request.atc and met_allergies(allergies, [line.request.atc]):
            yield RedFlag("allergy_on_record", subject_ids=(line.request.id,))


def _methotrexate(running: Sequence[LineHistory]) -> Iterator[RedFlag]:
    """A directions text that has methotrexate taken each day is a known, deadly mistake (domain.md §2.1, row 6)."""
    for line in running:
        if (line.request.atc or "") in _METHOTREXATE:
            directions = read_directions(line.request.dosage_text or "")
            if directions is not None and directions.times >= 1:
                yield RedFlag("daily_methotrexate", subject_ids=(line.request.id,))
