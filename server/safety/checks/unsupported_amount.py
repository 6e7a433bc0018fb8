"""Money, counts and stock that no record bears out, in digits or in words."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.patient import Invoice, MedicationRequest
from server.model.reply import Draft, ReplyBrief
from server.safety.claims import Clause
from server.safety.ledger import Ledger
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.safety.subjects import UNKNOWN
from server.safety.tokens import Count
from server.safety.truth import AFTER_THIS
from server.text.contact_data import is_number_to_call
from server.text.money import Money
from server.text.numbers import find_numbers

_STOCK = re.compile(r"\b(?:voorraad|voorradig|plank|stock|shel(?:f|ves)|left|remaining|liggen|nog|in huis|house)\b")
_PIECE = re.compile(r"[,;:()]|\b(?:en|and|maar|but|dus|so|of which|waarvan)\b")
_ROLE_BEFORE = tuple(
    (role, re.compile(words))
    for role, words in (
        (
            "due",
            r"\b(?:you (?:have |already )?paid|betaalde u|u betaalde|(?:heeft|hebt) u|yourself paid)\s(?:\w+\s){0,2}$",
        ),
        (
            "covered",
            r"\b(?:betaalde|vergoedde|vergoedt|vergoed|covered|paid|reimbursed|covers|took care of|takes care of|picked up|picks up|nam|droeg)\s(?:\w+\s){0,2}$",
        ),
        (
            "due",
            r"\b(?:u betaalt|betaalt u|te betalen|resteert|blijft|overblijft|u nog|you pay|you owe|to pay|leaves|remaining|left|remains|still owe)\s(?:\w+\s){0,3}$",
        ),
        (
            "whole",
            r"\b(?:factuur van|rekening van|bedraagt|totaal(?:bedrag)?|invoice (?:of|for)|bill (?:of|for)|total(?: of)?|comes to|amounts to|kost)\s(?:\w+\s){0,2}$",
        ),
    )
)
_ROLE_AFTER = tuple(
    (role, re.compile(words))
    for role, words in (
        ("covered", r"^\s?(?:\w+\s){0,4}(?:vergoed|gedekt|covered|reimbursed|paid by|betaald door)\b"),
        (
            "due",
            r"\b(?:left|remains?|remaining|resteert|over(?:blijft)?|te betalen|to pay|voor uw (?:eigen )?rekening|zelf (?:te )?betalen)\b|\b(?:is|are) yours\b",
        ),
    )
)
_PRESCRIBED = re.compile(r"\b(?:recept|prescription)\b")
_TOGETHER = re.compile(r"\b(?:samen|bij elkaar|in totaal|opgeteld|together|altogether|in total|in all)\b")
_LAST_REPEAT = re.compile(
    r"\b(?:laatste|final|last) (?:herhaling|keer(?= (?:op|van) (?:dit|uw|het|je) recept)|repeat|refill|renewal|one on (?:this|your|the) prescription)\b"
)
_HOUSE_RULE_DAYS = frozenset({1.0, 7.0})  # "een week voor u door uw voorraad heen bent"
_MONEY_TOPICS = frozenset({"paid", "open", "covered"})


def _about(clause: Clause | None, kind: str, passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The records of a kind that a number is said of: its clause's, its sentence's, the last told before, or all."""
    near = [clause] if clause else []
    before = [c for p in reversed(reading.passages[: passage.number]) for c in reversed(p.clauses)]
    for one in (*near, *reversed(passage.clauses), *before):
        own = tuple(subject for subject in one.subjects.of(kind) if subject != UNKNOWN)  # type: ignore[arg-type]
        if own:
            return own
    return reading.ledger.ids(kind)


def _owed(ledger: Ledger) -> set[int]:
    due = [i.amount_cents - i.covered_cents for i in ledger.invoices if i.status == "open"]
    return {sum(due), *due}


def _role(money: Money, passage: Passage) -> str:
    """What an amount is said to be: what is left to pay, what was covered, the whole bill, or "" when nothing says."""
    others = [one for one in passage.line.money if one is not money]
    right = min((one.start for one in others if one.start >= money.end), default=len(passage.line.folded))
    left = max((one.end for one in others if one.end <= money.start), default=0)
    after = _PIECE.split(passage.line.folded[money.end : right], maxsplit=1)[0] if right else ""
    before = _PIECE.split(passage.line.folded[left : money.start])[-1]
    for text, patterns in ((before, _ROLE_BEFORE), (after, _ROLE_AFTER)):
        role = next((name for name, pattern in patterns if pattern.search(text)), "")
        if role:
            return role
    return ""


def _amounts(invoice: Invoice, role: str) -> tuple[int, ...]:
    whole, covered = invoice.amount_cents, invoice.covered_cents
    if role == "covered":
        return (covered,)
    if role == "due":
        return (whole - covered,)
    return (whole, whole - covered) if role == "whole" else (whole, covered, whole - covered)


def _money_holds(money: Money, clause: Clause | None, passage: Passage, reading: Reading) -> bool:
    ledger = reading.ledger
    ids = _about(clause, "invoice", passage, reading)
    invoices = [i for i in ledger.invoices if i.id in ids]
    allowed = {cents for i in invoices for cents in _amounts(i, _role(money, passage))}
    if len(ids) != 1 or _TOGETHER.search(passage.line.folded):
        allowed |= _owed(ledger)
    claimed = bool(clause and any(c.asserted and c.topic in _MONEY_TOPICS for c in clause.claims))
    brought = money.cents in ledger.mail_money and not claimed
    return (money.cents in allowed and ledger.patient is not None) or brought


def _units(count: Count, clause: Clause | None, passage: Passage, reading: Reading) -> bool:
    ledger = reading.ledger
    ids = _about(clause, "medication", passage, reading)
    requests = [request for request in ledger.requests if request.id in ids]
    stock = {float(request.stock) for request in requests if request.stock is not None}
    if clause and any(claim.topic == "ready" and not claim.negated for claim in clause.claims):
        return count.value in {request.quantity for request in requests} or count.value == 1
    if clause and _STOCK.search(clause.folded):
        if _PRESCRIBED.search(clause.folded) and count.value in {request.quantity for request in requests}:
            return True
        after = AFTER_THIS.search(clause.folded) is not None
        return count.value in stock or (
            count.of == "left" and count.value in {left for r in requests for left in _repeats(r, after=after)}
        )
    billed = {number.value for invoice in ledger.invoices for number in find_numbers(invoice.description)}
    told = {number.value for request in requests for number in find_numbers(request.dosage_text or "")}
    return count.value in stock | billed | told | {request.quantity for request in requests} or count.value == 1


def _repeats(request: MedicationRequest, *, after: bool) -> Iterator[float]:
    """What may be said of how many repeats are left, now or after the one spoken of, which may be under way already."""
    if request.repeats_left is None:
        return
    if not after or request.order_status in ("in_progress", "ready"):
        yield float(request.repeats_left)
    if after:
        yield float(request.repeats_left - 1)


def _holds(count: Count, clause: Clause | None, passage: Passage, reading: Reading) -> bool:
    ledger = reading.ledger
    if count.of in ("units", "left"):
        return _units(count, clause, passage, reading)
    ids = _about(clause, "medication", passage, reading)
    requests = [request for request in ledger.requests if request.id in ids]
    if not count.of and any(0 < one.start - count.end < 3 for one in passage.line.medicines):  # "60 sachets"
        return count.value in {request.quantity for request in requests}
    if count.of == "repeats":
        before = clause.folded[: max(0, count.start - clause.start)] if clause else ""
        after = AFTER_THIS.search(before) is not None
        return count.value in {left for r in requests for left in _repeats(r, after=after)}
    if count.of == "invoices":
        open_ones = sum(invoice.status == "open" for invoice in ledger.invoices)
        return ledger.patient is not None and count.value in {
            float(open_ones),
            float(len(ledger.invoices)),
            float(len(ledger.invoices) - open_ones),
        }
    if count.of == "days":
        supply = {float(request.days_supply) for request in requests if request.days_supply}
        return count.value in supply | _HOUSE_RULE_DAYS | {number / 7 for number in supply} | {
            number / 30 for number in supply
        }
    if count.of in ("items", "appointments", "results"):
        kind = {"items": "medication", "appointments": "appointment", "results": "lab"}[count.of]
        named = {subject for p in reading.passages for c in p.clauses for subject in c.subjects.of(kind)}  # type: ignore[arg-type]
        return count.value in {1.0, float(len(named)), float(len(ledger.ids(kind)))}
    return False


_SPAN = re.compile(
    r"\b(?:nog|voor|ruim|zeker|minstens|another|for|at least|over)\s(?:een |a |nog |another |minstens |zeker |ruim ){0,2}(?P<span>anderhalf jaar|heel jaar|hele jaar|half jaar|jaar|year and a half|whole year|full year|half a year|half year|year)\b"
)
_GIVEN = re.compile(r"\b(?:krijgt|kreeg|get|receive|genoeg|enough|vooruit)\b")
_DAYS = {"anderhalf jaar": 540, "year and a half": 540, "half jaar": 180, "half a year": 180, "half year": 180}


def _spans(passage: Passage, reading: Reading) -> Iterator[str]:
    """How long repeats or a supply will last, in words, where that is not what is left times what each lasts."""
    for clause in passage.clauses:
        match = _SPAN.search(clause.folded)
        if (
            match is None
            or not clause.asserted
            or (
                not clause.topics & {"renewable", "in_stock", "ready", "no_repeats"}
                and not _GIVEN.search(clause.folded)
            )
        ):
            continue
        ids = _about(clause, "medication", passage, reading)
        days = _DAYS.get(match["span"], 360)
        lasts = [(r.repeats_left or 0) * (r.days_supply or 0) for r in reading.ledger.requests if r.id in ids]
        lasts += [r.days_supply or 0 for r in reading.ledger.requests if r.id in ids]
        if not any(0.85 * days <= one <= 1.2 * days for one in lasts):
            yield match[0]


def _last_ones(passage: Passage, reading: Reading) -> Iterator[str]:
    """ "Dit is de laatste herhaling" of a prescription that has more."""
    match = _LAST_REPEAT.search(passage.line.folded)
    if match is None or passage.line.text.rstrip().endswith("?"):
        return
    ids = _about(passage.clause_at(match.start()), "medication", passage, reading)
    left = {r.repeats_left for r in reading.ledger.requests if r.id in ids}
    if not left & {0, 1}:
        yield match[0]


def _house_numbers(brief: ReplyBrief) -> frozenset[str]:
    """Short numbers to call, which stand in a sentence like any count."""
    house = brief.pharmacy
    return frozenset({house.emergency_phone, house.out_of_hours_phone, *house.own_phones, "112", "113"})


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free"):
        for money in passage.line.money:
            if not _money_holds(money, passage.clause_at(money.start), passage, reading):
                yield blocks("unsupported_amount", "unsupported_amount", money.words)
        for reference in passage.line.references:
            words = reference.words.casefold()
            known = {
                subject.casefold()
                for kind in ("invoice", "medication", "lab", "appointment")
                for subject in reading.ledger.ids(kind)
            }
            if (
                words not in known
                and words not in reading.ledger.mail_folded
                and not re.match(r"\d{4}\s?[a-z]{2}$", words)
            ):
                yield blocks("unsupported_amount", "unsupported_amount", reference.words)
        for words in (*_last_ones(passage, reading), *_spans(passage, reading)):
            yield blocks("unsupported_amount", "unsupported_amount", words)
        takes = any(one.kind in ("frequency", "total") for one in passage.line.intakes)
        for count in passage.line.counts:
            clause = passage.clause_at(count.start)
            claimed = bool(clause and any(claim.asserted for claim in clause.claims))
            brought = count.value in reading.ledger.mail_numbers and not claimed
            if count.words in _house_numbers(brief) and is_number_to_call(passage.line.text, count.start, count.end):
                continue
            if not brought and not takes and not _holds(count, clause, passage, reading):
                yield blocks(
                    "unsupported_amount",
                    "unsupported_amount",
                    passage.line.text[max(0, count.start - 20) : count.end + 20],
                )
