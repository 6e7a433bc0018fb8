"""Whether a day that a draft names is borne out where it stands: by a record, the house's hours, the calendar or the mail."""

import re
from datetime import date

from server.safety.calendar_truth import days_allowed, days_of, subjects_near
from server.safety.reading import Passage, Reading
from server.safety.topics import APPOINTMENT_NOUN, BILL_NOUN, HOURS_WORDS
from server.text.dates import DateMention

_CLOSED = re.compile(r"\b(?:gesloten|dicht|closed)\b")
_OPEN = re.compile(r"\b(?:open|geopend|opened)\b")
_PIECE = re.compile(r"[,;:()]|\b(?:en|and|maar|but|terwijl|while)\b")
_FETCH = re.compile(
    r"\b(?:ophalen|afhalen|halen|haalt|meenemen|langskomen|langs|terecht|collect\w*|pick\w*|fetch\w*|come|drop|welcome|welkom)\b"
)
_COMMITS = re.compile(
    r"\b(?:bel(?:t|len)|bezorg\w*|brengt?|brengen|lever\w*|verzend\w*|stu(?:ur|rt|ren)|klaar\w*|ophalen|afhalen|arriveert|komt|binnen|call|calls|deliver\w*|bring\w*|send\w*|ship\w*|dispatch\w*|verwacht\w*|expect\w*|ready|arriv\w*|come in|collect|pick up|will be)\b"
)


def _in_mail(mention: DateMention, reading: Reading) -> bool:
    """Whether the sender named this day; "Saturday" and "tomorrow" may be the same one."""
    for theirs in reading.ledger.mail_dates:
        same = set(theirs.days) & set(mention.days) if mention.days else theirs.month == mention.month
        if same and (mention.weekday is None or theirs.weekday in (None, mention.weekday)):
            return True
    return False


def _is_beside(weekday: DateMention, day: DateMention, passage: Passage) -> bool:
    """Whether nothing of weight stands between: "morgen, zaterdag", "1 December is a Tuesday"."""
    first, second = sorted((weekday, day), key=lambda one: one.start)
    gap = passage.line.folded[first.end : second.start]
    return len(gap) < 30 and not re.search(r"\d|\b(?:en|and|or|of|open|geopend|tot|until|maar|but|from|van)\b", gap)


def _beside_a_day(mention: DateMention, passage: Passage) -> bool | None:
    """Whether a weekday agrees with a date of its sentence ("1 December, a Tuesday"); None: there is none."""
    days = [
        one
        for one in passage.line.dates
        if one is not mention and one.kind in ("day", "relative") and _is_beside(mention, one, passage)
    ]
    if not days:
        return None
    return any(day.weekday() == mention.weekday for one in days for day in one.days)


def _said_of(mention: DateMention, passage: Passage) -> str:
    """The piece of its sentence that says how this day is: "zaterdag om een uur | en op zondag zijn we dicht"."""
    pieces, start = [], 0
    for match in (*_PIECE.finditer(passage.line.folded), None):
        end = match.start() if match else len(passage.line.folded)
        pieces.append((start, end))
        start = match.end() if match else end
    own = next((n for n, (left, right) in enumerate(pieces) if left <= mention.start < right), 0)
    times = [one.start for one in passage.line.times]
    for left, right in (*pieces[own:], *reversed(pieces[:own])):
        piece = passage.line.folded[left:right]
        if _CLOSED.search(piece) or _OPEN.search(piece) or any(left <= time < right for time in times):
            return piece
    return passage.line.folded


def _open_then(mention: DateMention, passage: Passage, reading: Reading) -> bool | None:
    """Whether the house's hours agree with "open" or "gesloten" said of this day; None: nothing is said, or unknown."""
    text = _said_of(mention, passage)
    if not reading.ledger.hours or not (HOURS_WORDS.search(passage.line.folded) or passage.line.times):
        return None
    weekdays = {mention.weekday} if mention.weekday is not None else {day.weekday() for day in mention.days}
    is_open = any(bool(reading.ledger.open_on(weekday)) for weekday in weekdays)
    if _CLOSED.search(text):
        return not is_open or mention.kind == "day"
    return is_open if _OPEN.search(text) or HOURS_WORDS.search(passage.line.folded) else None


def _told_before(days: frozenset[date], passage: Passage, reading: Reading) -> bool:
    """Whether an earlier date of the draft, itself judged at its place, was this day."""
    earlier = [one for p in reading.passages[: passage.number] for one in p.line.dates if one.kind == "day"]
    here = [one for one in passage.line.dates if one.kind == "day"]
    return any(days & set(one.days) for one in earlier) or any(days & set(one.days) for one in here[:-1])


def _plain_today(mention: DateMention, passage: Passage, today: date) -> bool:
    """ "Vandaag" that is no record's day: "we are open today", "u kunt vandaag langskomen"."""
    before = passage.line.folded[max(0, mention.start - 20) : mention.start]
    clause = passage.clause_at(mention.start)
    commits = bool(
        clause
        and clause.asserted
        and any(c.future and c.topic in ("ready", "delivered", "in_stock", "received") for c in clause.claims)
    )
    return mention.days == (today,) and not re.search(r"\b(?:sinds|since|vanaf|from)\s$", before) and not commits


def _not_then(mention: DateMention, passage: Passage) -> bool:
    """A day on which somebody is asked not to come: "komt u morgen liever nog niet"."""
    before, after = passage.line.folded[: mention.start], passage.line.folded[mention.end :]
    asked = re.search(r"\b(?:komt?|kom|wacht|come|rijd|rijdt)(?: (?:u|je|in|by|dan))?\s$", before)
    if re.match(
        r"\s(?:lukt|gaat|kan|halen we|redden we|is|won't|will|cannot|can)\b.{0,25}?(?:\b(?:niet|not)\b|n't\b)", after
    ):
        return True
    return bool(asked and re.match(r"\s(?:liever |beter |nog |dus |dan ){0,3}(?:niet|not)\b", after))


def _fetch_then(mention: DateMention, passage: Passage, reading: Reading) -> bool:
    """ "U kunt het maandag ophalen" of what is ready: any coming day on which the house is open."""
    clause = passage.clause_at(mention.start)
    ready = clause is not None and any(c.topic == "ready" and not c.future for c in clause.claims)
    before = passage.line.folded[max(0, mention.start - 20) : mention.start]
    if not ready or not _FETCH.search(passage.line.folded) or re.search(r"\b(?:sinds|since)\s(?:\w+\s)?$", before):
        return False
    return any(day >= reading.brief.today and reading.ledger.open_on(day.weekday()) for day in mention.days)


def _month_holds(mention: DateMention, passage: Passage, reading: Reading) -> bool:
    clause = passage.clause_at(mention.start)
    ledger = reading.ledger
    of_bill = bool(clause and BILL_NOUN.search(clause.folded))
    claimed = of_bill or bool(clause and (clause.claims or _COMMITS.search(clause.folded)))
    if mention.month == ledger.today.month and not claimed and mention.year in (0, ledger.today.year):
        return True
    if clause and _COMMITS.search(clause.folded) and not clause.topics & {"booked", "open", "paid"}:
        coming = [pair for one in subjects_near(clause, passage, reading) for pair in days_of(one, ledger)]
        days = {day for role, day in coming if role in ("expected", "appointment")}
        return any(day.month == mention.month for day in days)
    days = {i.on for i in ledger.invoices} | set(days_allowed(mention, passage, reading))
    described = " ".join(invoice.description.casefold() for invoice in ledger.invoices)
    same = any(day.month == mention.month and mention.year in (0, day.year) for day in days)
    return bool(same or mention.words.casefold().split()[0] in described or _in_mail(mention, reading) or not claimed)


def _claim_has_its_day(mention: DateMention, passage: Passage, reading: Reading) -> bool:
    """Whether what the clause claims is borne out by another date in it: "vanaf 23 december, dus na 12 december"."""
    clause = passage.clause_at(mention.start)
    others = [
        one for one in passage.line.dates if one is not mention and clause and clause.start <= one.start < clause.end
    ]
    return any(set(one.days) & days_allowed(one, passage, reading) for one in others)


def _only_asked(mention: DateMention, passage: Passage, reading: Reading) -> bool:
    """A coming day in a question that claims nothing: "Stapt u per 1 januari over?" """
    line, clause = passage.line, passage.clause_at(mention.start)
    if not line.text.rstrip().endswith("?") or line.times or (clause and (clause.claims or clause.subjects)):
        return False
    offers = APPOINTMENT_NOUN.search(line.folded) or _COMMITS.search(line.folded)
    return not offers and any(day > reading.brief.today for day in mention.days)


def day_holds(mention: DateMention, passage: Passage, reading: Reading) -> bool:
    """Whether this day, weekday or month is borne out where it stands."""
    clause = passage.clause_at(mention.start)
    if mention.kind == "month":
        return _month_holds(mention, passage, reading)
    days = frozenset(
        day for day in mention.days if mention.kind == "weekday" or mention.weekday in (None, day.weekday())
    )
    if days & days_allowed(mention, passage, reading):
        return True
    if mention.kind == "weekday":
        agrees = _beside_a_day(mention, passage)
        if agrees is not None:
            return agrees
    if mention.kind == "relative" and _plain_today(mention, passage, reading.brief.today):
        return True
    if mention.kind in ("relative", "weekday") and (opened := _open_then(mention, passage, reading)) is not None:
        return opened
    if _not_then(mention, passage) and _in_mail(mention, reading):
        return True
    if days and _fetch_then(mention, passage, reading):
        return True
    if mention.kind == "day" and days and _told_before(days, passage, reading):
        return True
    if _only_asked(mention, passage, reading):
        return True
    if mention.kind == "distance" and mention.words.casefold() in reading.ledger.mail_folded:
        return True
    claimed = bool(clause and any(c.asserted for c in clause.claims)) or bool(
        clause and _COMMITS.search(clause.folded) and clause.asserted
    )
    return bool(days) and _in_mail(mention, reading) and (not claimed or _claim_has_its_day(mention, passage, reading))
