"""The history summary for the pharmacist: what is in use, handed over and left, and what calls for a closer look."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from server.model.history import History, LineHistory, SupplySource
from server.model.patient import MedicationDispense, MedicationRequest, PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.refill import rules_of, supply_ends_on
from server.model.triage import Route, Triage
from server.text.directions import days_supply, read_directions
from server.text.labels import read_label
from server.text.medicines import find_medicines, matching_requests
from server.text.mentions import is_controlled
from server.triage.eligibility import eligibility_of_refill
from server.triage.records import is_same_medicine
from server.triage.red_flags import find_red_flags

SHOWN_FILLS = 3


def summarise(match: PatientMatch, triage: Triage, pharmacy: Pharmacy, today: date) -> History | None:
    """The summary for a mail that goes to the pharmacist, from a sender known for the patient; None for any other."""
    patient = match.patient
    if patient is None or match.rung < Rung.ADDRESS_KNOWN or triage.route is not Route.ESCALATE:
        return None
    asked = _asked(triage, patient.medication_requests)
    lines = [_line(request, asked, match, pharmacy, today) for request in patient.medication_requests]
    running = [line for line in lines if line.request.active]
    return History(
        patient_id=patient.id,
        as_of=today,
        lines=tuple(sorted(running, key=lambda line: not line.asked)),
        stopped=tuple(line for line in lines if not line.request.active),
        allergies=patient.allergies,
        duplicates=_duplicates([line.request for line in running]),
        red_flags=find_red_flags(lines, triage.findings, patient.allergies, today),
    )


def _asked(triage: Triage, requests: Sequence[MedicationRequest]) -> frozenset[str]:
    """Ids of the lines that the mail is about: by its questions, by what was found, and by name in the words that tell it."""
    ids = {about.subject_id for question in triage.questions for about in question.about}
    ids |= {candidate for question in triage.questions for candidate in question.candidates}
    standing = [finding for finding in triage.findings if finding.stands]
    said = {piece for question in triage.questions for piece in question.pieces}
    said |= {quote for finding in standing for quote in finding.quotes}
    mentions = (mention for text in said for mention in find_medicines(text, requests))
    ids |= {line.id for mention in mentions for line in matching_requests(mention, requests)}
    return frozenset(ids | {i for finding in standing for i in finding.subject_ids})


def _line(
    request: MedicationRequest, asked: frozenset[str], match: PatientMatch, pharmacy: Pharmacy, today: date
) -> LineHistory:
    entry = read_label(request).entry
    left, source = _days_left(request, pharmacy.country, today)
    listed = (entry.schedule if pharmacy.country == "US" else entry.opium) if entry is not None else ""
    return LineHistory(
        request=request,
        asked=request.id in asked,
        fills=request.fills[: -SHOWN_FILLS - 1 : -1],
        days_left=left,
        supply_from=source,
        controlled=is_controlled(request, pharmacy.country),
        law=listed,
        sensitive=bool(entry and entry.sensitive),
        risk=tuple(tag for tag in (entry.risk if entry else ()) if tag != "controlled"),
        refill=eligibility_of_refill(request, today, rules_of(pharmacy), match.patient),
    )


def _days_left(request: MedicationRequest, country: str, today: date) -> tuple[int | None, SupplySource]:
    """Days that what was handed over must last from today on, and where the days of a hand-over come from."""
    if not request.fills:
        return None, "unknown"
    ends, source = supply_ends_on(request), "record"
    if ends is None:
        ends, source = supply_ends_on(with_directions(request, country)), "directions"
    if ends is None:
        return None, "unknown"
    return max(0, (ends - today).days), "record" if source == "record" else "directions"


def with_directions(request: MedicationRequest, country: str) -> MedicationRequest:
    """The line with the days of each hand-over computed from its directions where the record lacks them. Only what is
    handed out by the piece and taken at set times: nobody knows how many doses a "quantity" of one inhaler holds."""
    directions = read_directions(request.dosage_text or "", country)
    if directions is None or directions.unit != "piece" or directions.as_needed:
        return request

    def days(quantity: float | None, known: int | None) -> int | None:
        return known if known is not None else days_supply(directions, quantity)

    fills: list[MedicationDispense] = [replace(f, days_supply=days(f.quantity, f.days_supply)) for f in request.fills]
    return replace(request, dispenses=tuple(fills), days_supply=days(request.quantity, request.days_supply))


def _duplicates(running: Sequence[MedicationRequest]) -> tuple[tuple[str, ...], ...]:
    groups: list[list[MedicationRequest]] = []
    for line in running:
        group = next((known for known in groups if is_same_medicine(known[0], line)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return tuple(tuple(line.id for line in group) for group in groups if len(group) > 1)
