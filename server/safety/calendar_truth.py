"""Which days and times a draft may name: those of the records it speaks of, the house's hours, and the mail's own."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from server.model.patient import MedicationRequest
from server.model.refill import RefillRules, earliest_refill_on, rules_of
from server.safety.claims import Clause
from server.safety.ledger import Ledger
from server.safety.reading import Passage, Reading
from server.safety.topics import Kind
from server.text.dates import DateMention

_FROM = re.compile(
    r"\b(?:vanaf|from|as of|starting|per|not before|niet eerder dan|niet voor|pas(?: weer)?(?: op)?|until|tot|na|after|op zijn vroegst|earliest(?: \w+){0,3} is)\s(?:\w+\s){0,2}$"
)
_SINCE = re.compile(r"\b(?:sinds|since)\s(?:\w+\s){0,2}$")
_HANDED = re.compile(
    r"\b(?:laatst\w*|laatste keer|vorige keer|last|previous\w*|meegegeven|meegekregen|gekregen|opgehaald|afgehaald|uitgereikt|afgeleverd|dispensed|collected|picked up|supplied|received|handed)\b"
)
_LASTS = re.compile(
    r"\b(?:genoeg|voldoende|voorraad|toereikend|vooruit|enough|supply|last you|run out|op zijn|lasts?)\b"
)
_SUPPLIER = re.compile(
    r"\b(?:leverancier|groothandel|fabrikant|supplier|wholesaler|manufacturer|nieuwe (?:voorraad|levering)|new stock|next delivery)\b"
)

# topics → the kinds of day they are about
_ROLES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("renewable", "process", "no_repeats", "too_early"), frozenset({"earliest"})),
    **dict.fromkeys(("in_stock", "back_order"), frozenset({"expected"})),
    "ready": frozenset({"ready_since", "expected"}),
    "delivered": frozenset({"last"}),
    "sent_for": frozenset({"expected"}),
    **dict.fromkeys(("booked", "proposed", "cancelled", "moved", "no_appointment"), frozenset({"appointment"})),
    **dict.fromkeys(("paid", "open", "covered"), frozenset({"invoice"})),
    **dict.fromkeys(("received", "awaited"), frozenset({"lab"})),
}
_OWN_DAY = frozenset({"appointment", "invoice", "lab"})
_ANY = _OWN_DAY | {"earliest", "ready_since", "expected", "last"}
_AT_LATEST = re.compile(r"\b(?:uiterlijk|voor|by|before|at the latest|no later than|binnen)\s(?:\w+\s)?$")
_KINDS: tuple[Kind, ...] = ("medication", "appointment", "invoice", "lab")


def _of_request(request: MedicationRequest, rules: RefillRules) -> Iterator[tuple[str, date]]:
    earliest, last = earliest_refill_on(request, rules), request.last_dispensed_on
    if earliest:
        yield "earliest", earliest
    if last:
        yield "last", last
        if request.days_supply:
            yield "runs_out", last + timedelta(days=request.days_supply)
    if request.ready_since_on and request.order_status == "ready":
        yield "ready_since", request.ready_since_on
    if request.expected_on:
        yield "expected", request.expected_on


def days_of(subject: str, ledger: Ledger) -> tuple[tuple[str, date], ...]:
    """(role, day) of one record."""
    for request in ledger.requests:
        if request.id == subject:
            return tuple(_of_request(request, rules_of(ledger.pharmacy)))
    found = [("appointment", a.start_at.astimezone(ledger.zone).date()) for a in ledger.appointments if a.id == subject]
    found += [("invoice", invoice.on) for invoice in ledger.invoices if invoice.id == subject]
    found += [("lab", result.on) for result in ledger.labs if result.id == subject and result.on]
    return tuple(found)


def subjects_near(clause: Clause | None, passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The records that a token is said of: of its clause, its claims, its sentence, those told last; else all."""
    near = [clause] if clause else []
    rest = [one for one in passage.clauses if one is not clause]
    before = [c for p in reversed(reading.passages[: passage.number]) for c in reversed(p.clauses)]
    for one in (*near, *reversed(rest), *before):
        own = [subject for kind in _KINDS for subject in one.subjects.of(kind)]
        claimed = [subject for claim in one.claims for subject in claim.subjects if not claim.any_of]
        if own or (claimed and one is clause):
            return tuple(dict.fromkeys((*own, *claimed)))
    return tuple(subject for kind in _KINDS for subject in reading.ledger.ids(kind))


def _roles(mention: DateMention, clause: Clause | None, passage: Passage) -> frozenset[str]:
    """Which kinds of day are meant here."""
    before = passage.line.folded[max(0, mention.start - 30) : mention.start]
    around = clause.folded if clause else passage.line.folded
    if _SINCE.search(before):
        return frozenset({"ready_since", "last"} if _HANDED.search(around) else {"ready_since"})
    topics = clause.topics if clause else frozenset()
    if mention.kind == "distance" and topics & {"ready", "in_progress", "back_order"}:
        return frozenset({"ready_since"})
    wanted: frozenset[str] = frozenset().union(*(_ROLES.get(topic, frozenset()) for topic in topics))
    if _SUPPLIER.search(around):
        wanted |= {"expected"}
    elif _LASTS.search(around):
        wanted |= {"runs_out"}
    if _HANDED.search(around) and not _FROM.search(before):
        wanted |= {"last"}
    if _FROM.search(before) and not topics & {"booked", "received", "paid", "open"}:
        wanted |= {"earliest"}
    if _AT_LATEST.search(before) and "earliest" not in wanted:
        return wanted | {"expected"}
    return wanted or _ANY


def days_allowed(mention: DateMention, passage: Passage, reading: Reading) -> frozenset[date]:
    """The days that a record bears out at this place."""
    clause = passage.clause_at(mention.start)
    roles = _roles(mention, clause, passage)
    subjects = subjects_near(clause, passage, reading)
    found = [pair for subject in subjects for pair in days_of(subject, reading.ledger)]
    return frozenset(
        day
        for role, day in found
        if role in roles or (role in _OWN_DAY and not roles & {"earliest", "ready_since", "expected"})
    )
