"""Which appointment, invoice or laboratory result a question is about."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.model.patient import Appointment, Invoice, LabResult, MedicationRequest
from server.text.dates import DateMention, find_dates
from server.text.labels import read_label
from server.text.lexicon import words_of
from server.text.medicines import MedicineMention
from server.text.money import find_money

_RECENT_DAYS = 120  # an older appointment or result is not what a mail of today asks about
_DAY_NUMBER = re.compile(r"\b(?:de|the|op) (\d{1,2})(?:e|ste|de|st|nd|rd|th)?\b(?! ?(?:mg|mcg|ml|stuks|tablet|:|\.\d))")
_LONG_WORD = 6  # letters of a word that tells invoices apart
_ON_EVERY_INVOICE = frozenset(
    {"terhandstelling", "medicijnen", "medicijn", "medicatie", "geneesmiddel", "factuur", "apotheek"}
)
_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(said), re.compile(kept))
    for said, kept in (
        (r"griep|\bflu\b|influenza", r"griep|flu"),
        (r"corona|covid", r"corona|covid"),
        (r"gordelroos|shingles", r"gordelroos|shingles"),
        (r"pneumokok|pneumoni", r"pneumo"),
        (r"vaccin|\bprik\b|inent|\bjab\b|\bshot\b", r"vaccin|prik"),
        (r"bloeddruk|blood pressure|\bbp\b", r"bloeddruk|blood"),
        (r"inhalat|puf|inhaler|spacer|voorzetkamer", r"inhal"),
        (
            r"medicatiebeoordeling|medicatiegesprek|medicatiereview|beoordeling|\breview\b|medication check",
            r"beoordeling|gesprek|review",
        ),
        (r"reis|travel|tropen", r"reis|travel"),
        (r"roken|smoking|quit", r"roken|smok"),
        (r"cholesterol|suiker|glucose|vingerprik", r"cholesterol|suiker|glucose|diabetes"),
        (r"spuitinstructie|prikinstructie|injection (training|instruction)", r"instructie"),
    )
)
_LABS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(said), re.compile(kept))
    for said, kept in (
        (r"\bnier|egfr|kidney|renal", r"nier|egfr|creatinine|kidney"),
        (r"hba1c|a1c|suiker|sugar|glucose|diabetes", r"hba1c|glucose|suiker"),
        (r"\btsh\b|schildklier|thyroid", r"tsh|schildklier|t4"),
        (r"vitamine d|vitamin d|vit d", r"vitamine d|25-oh"),
        (r"\bb12\b|b-12", r"b12"),
        (r"kalium|potassium", r"kalium"),
        (r"creatinine|kreatinine", r"creatinine|nier"),
        (r"cholesterol|\bldl\b|lipid", r"cholesterol|ldl|lipid"),
        (r"\binr\b|stolling|clotting", r"inr"),
        (r"lever|liver|alat|asat", r"lever|alat|asat"),
        (r"ijzer|ferritine|iron|\bhb\b|hemoglobine|haemoglobin", r"ijzer|ferritine|hb|hemoglobine"),
        (r"natrium|sodium", r"natrium"),
        (r"lithium", r"lithium"),
    )
)


def select_appointments(
    text: str, language: str, appointments: Sequence[Appointment], *, today: date, time_zone: str
) -> tuple[Appointment, ...]:
    """The appointments meant: of the kind said, on the day said; else the ones to come."""
    zone = ZoneInfo(time_zone)
    midnight = datetime(today.year, today.month, today.day, tzinfo=zone).astimezone(UTC)
    coming = [a for a in appointments if a.start_at >= midnight] or [
        a for a in appointments if a.start_at >= midnight - timedelta(days=_RECENT_DAYS)
    ]
    said = text.lower()
    kinds = [kept for pattern, kept in _KINDS if pattern.search(said)]
    if kinds:
        return tuple(a for a in coming if any(kept.search(a.kind.lower()) for kept in kinds))
    days = _days_of(find_dates(text, language, today))
    on_day = [a for a in coming if a.start_at.astimezone(zone).date() in days]
    return tuple(on_day or coming)


def names_day_of(text: str, language: str, appointments: Sequence[Appointment], *, today: date, time_zone: str) -> bool:
    """Whether the words name the day of an appointment to come: its date, or "the 22nd"."""
    zone = ZoneInfo(time_zone)
    days = {a.start_at.astimezone(zone).date() for a in appointments if a.status != "cancelled"}
    coming = {day for day in days if day >= today}
    said = _days_of(find_dates(text, language, today))
    numbers = {int(number) for number in _DAY_NUMBER.findall(text.lower())}
    return bool(coming & said) or any(day.day in numbers for day in coming)


def kind_is_said(text: str) -> bool:
    """Whether the words say what kind of appointment is meant."""
    return any(pattern.search(text.lower()) for pattern, _ in _KINDS)


def lab_is_said(text: str) -> bool:
    """Whether the words name a laboratory test."""
    return any(pattern.search(text.lower()) for pattern, _ in _LABS)


def select_invoices(
    text: str,
    language: str,
    invoices: Sequence[Invoice],
    *,
    today: date,
    mentions: Sequence[MedicineMention] = (),
    requests: Sequence[MedicationRequest] = (),
) -> tuple[Invoice, ...]:
    """The invoices meant: by number, amount, medicine, day or month; else the open ones; else the latest."""
    squeezed = re.sub(r"[^a-z0-9]", "", text.lower())
    by_number = [i for i in invoices if _number_is_in(i.id, squeezed)]
    if by_number:
        return tuple(by_number)
    cents = {money.cents for money in find_money(text)} | _bare_cents(text)
    by_amount = [i for i in invoices if i.amount_cents in cents]
    words = {word for word in words_of(text) if len(word) > _LONG_WORD}
    by_medicine = [i for i in invoices if _describes(i.description, mentions, requests)]
    by_medicine = by_medicine or [i for i in invoices if words & set(words_of(i.description)) - _ON_EVERY_INVOICE]
    by_date = [i for i in invoices if _fits_date(i, find_dates(text, language, today))]
    both = [i for i in by_medicine if i in by_date]
    still_open = [i for i in invoices if i.status == "open"]
    latest = sorted(invoices, key=lambda i: i.on)[-1:]
    return tuple(by_amount or both or by_medicine or by_date or still_open or latest)


def select_lab_results(text: str, results: Sequence[LabResult], *, today: date) -> tuple[LabResult, ...]:
    """The laboratory results meant: by name; else all of the last months, the latest first."""
    kinds = [kept for pattern, kept in _LABS if pattern.search(text.lower())]
    named = [r for r in results if any(kept.search(r.name.lower()) for kept in kinds)]
    if kinds:
        return tuple(named)
    recent = [r for r in results if r.on is None or r.on >= today - timedelta(days=_RECENT_DAYS)]
    return tuple(sorted(recent, key=lambda r: r.on or today, reverse=True))


def _days_of(mentions: Sequence[DateMention]) -> set[date]:
    return {day for mention in mentions for day in mention.days}


def _number_is_in(number: str, squeezed: str) -> bool:
    own = re.sub(r"[^a-z0-9]", "", number.lower())
    return len(own) >= 4 and own in squeezed


def _bare_cents(text: str) -> set[int]:
    return {
        int(euro) * 100 + int(cent) for euro, cent in re.findall(r"(?<![\d.,])(\d{1,5})[.,](\d{2})(?![\d.,])", text)
    }


def _describes(description: str, mentions: Sequence[MedicineMention], requests: Sequence[MedicationRequest]) -> bool:
    words = set(words_of(description))
    for mention in mentions:
        own = {word for r in requests if r.id in mention.request_ids for word in read_label(r).words}
        if words & (own | {word for name in mention.names for word in words_of(name)} | set(words_of(mention.words))):
            return True
    return False


def _fits_date(invoice: Invoice, mentions: Sequence[DateMention]) -> bool:
    for mention in mentions:
        if mention.kind == "month" and mention.month == invoice.on.month and mention.year in (0, invoice.on.year):
            return True
        if invoice.on in mention.days:
            return True
    return False
