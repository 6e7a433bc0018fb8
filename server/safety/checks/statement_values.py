"""A filled field of a statement must say its fact's value: what was formatted wrong, or swapped, is caught by reading it back."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.model.finding import Finding
from server.model.reply import Draft, Fact, Piece, ReplyBrief, SentenceOrigin
from server.safety.reading import CHECKED_LANGUAGES, Reading, blocks
from server.text.calendar_names import says_day
from server.text.contact_data import find_contact_data, link_key, phone_key
from server.text.dates import find_dates
from server.text.medicines import find_medicines
from server.text.money import find_money
from server.text.numbers import find_numbers
from server.text.times import find_times
from server.text.words import fold

_MONEY = frozenset({"amount", "covered", "amount_due"})
_EXACT = frozenset({"name", "salutation", "first_name", "insurer", "email", "invoice_number", "address", "named"})


def _says_day(text: str, day: date, brief: ReplyBrief) -> bool:
    if brief.language not in CHECKED_LANGUAGES and says_day(text, day, brief.language, brief.pharmacy.country):
        return True
    mentions = find_dates(text, brief.language, brief.today)
    return any(day in one.days and one.weekday in (None, day.weekday()) for one in mentions)


def _says(text: str, fact: Fact, brief: ReplyBrief) -> bool:
    """Whether a piece of text says this fact. Words that only choose ("ligt", "liggen") are not values."""
    value = fact.value
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(brief.pharmacy.time_zone))
        minutes = local.hour * 60 + local.minute
        at_time = any(minutes in one.minutes for one in find_times(text))
        if brief.language not in CHECKED_LANGUAGES:  # "14h05", "godz. 14.05": its words are not known, its numbers are
            at_time = at_time or [int(n) for n in re.findall(r"\d+", text)] == [local.hour, local.minute]
        return at_time or _says_day(text, local.date(), brief)
    if isinstance(value, date):
        return _says_day(text, value, brief)
    if fact.kind in _MONEY and isinstance(value, int):
        digits = re.sub(r"\D", "", text) if brief.language not in CHECKED_LANGUAGES else ""
        return digits == f"{value:03}" or any(money.cents == value for money in find_money(text))
    if isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return any(number.value == value for number in find_numbers(text)) or not re.search(r"\d", text)
    if fact.kind == "medication":
        return _says_medicine(text, fact, brief)
    if fact.kind in ("phone", "emergency_phone", "out_of_hours_phone"):
        return phone_key(text) == phone_key(value)
    if fact.kind == "portal_url":
        return link_key(text) == link_key(value)
    if fact.kind in _EXACT:
        return fold(value).strip() in fold(text) or fold(text).strip() in fold(value)
    return {n.value for n in find_numbers(text)} <= {n.value for n in find_numbers(value)} or fact.kind == "hours"


def _says_medicine(text: str, fact: Fact, brief: ReplyBrief) -> bool:
    if fold(str(fact.value)) in fold(text):
        return True
    requests = brief.match.patient.medication_requests if brief.match.patient else ()
    return any(fact.subject_id in mention.request_ids for mention in find_medicines(text, requests))


def _wrong(piece: Piece, facts: dict[str, Fact], brief: ReplyBrief) -> bool:
    stated = [facts[path] for path in piece.facts if path in facts]
    return any(not _says(piece.text, fact, brief) for fact in stated)


def _statement_pieces(draft: Draft) -> Iterator[Sequence[Piece]]:
    for part in draft.parts:
        for sentence in part.sentences:
            if sentence.origin is SentenceOrigin.STATEMENT:
                yield sentence.pieces


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading
    facts = {fact.path: fact for fact in (*brief.allowed, *brief.offered)}
    for pieces in _statement_pieces(draft):
        for piece in pieces:
            if piece.facts and _wrong(piece, facts, brief):
                yield blocks("unknown_statement", "statement_values", piece.text)
            elif not piece.facts and any(one.kind != "phone" for one in find_contact_data(piece.text)):
                yield blocks("unsafe_link", "statement_values", piece.text)
