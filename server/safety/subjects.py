"""Of which records a clause speaks: medicines, invoices, appointments, lab results, by name, number, amount or kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from server.model.patient import Invoice
from server.safety.ledger import Ledger
from server.safety.tokens import Line
from server.safety.topics import BILL_NOUN, COVERAGE_NOUN, Kind
from server.text.dates import DateMention
from server.text.words import fold

_SMALL_WORDS = frozenset({"met", "van", "voor", "het", "check"})
UNKNOWN = "?"  # a record that is named and that the ledger does not hold

# What an appointment may be called: words of one row mean the same.
_APPOINTMENTS = (
    r"griep\w*|flu\b|influenza\w*",
    r"bloeddruk\w*|blood pressure|bp check",
    r"medicatiebeoordeling\w*|medicatiegesprek\w*|medicijngesprek|medication review|medicines review|polyfarmacie\w*",
    r"inhalatie\w*|inhaler\w*|inhalation",
    r"reis(?:advies|vaccin\w*|spreekuur|consult)|travel\w*",
    r"corona\w*|covid\w*",
    r"pneumokok\w*|pneumo\w*|gordelroos\w*|shingles|zoster",
    r"diabetes\w*|suikercontrole|bloedsuiker\w*|glucosemeting|blood sugar",
    r"stoppen met roken|smok\w+|rookstop\w*",
    r"eerste uitgifte\w*|uitgiftegesprek|first dispens\w*|new medicine\w*",
    r"ontslag\w*|discharge\w*",
    r"cholesterol\w*",
)
_LABS = (
    r"kalium\w*|potassium", r"natrium\w*|sodium", r"nierfunctie\w*|egfr|kidney function|renal function", r"creatinine\w*|kreatinine\w*",
    r"hba1c", r"glucose\w*|bloedsuiker\w*", r"tsh|schildklier\w*|thyroid\w*", r"vitamine? d\b", r"vitamine? b\s?12|\bb12\b", r"vitamine? b6",
    r"cholesterol\w*|ldl|hdl|lipid\w*|vetten", r"hemoglobine\w*|haemoglobin|hemoglobin|\bhb\b", r"ferritine\w*|ferritin|ijzer\w*|\biron\b",
    r"\binr\b|stolling\w*", r"leverfunctie\w*|leverwaard\w*|liver function|alat|asat|ggt", r"\bcrp\b|bse\b", r"\bpsa\b", r"foliumzuur\w*|folate|folic acid",
    r"urine\w*|urinekweek", r"lithium\w*", r"digoxine\w*", r"bloedbeeld|blood count", r"magnesium\w*", r"calcium\w*", r"albumine\w*",
    r"fosfaat|phosphate", r"ureum|urea", r"urinezuur|uric acid", r"cortisol", r"leukocyten|trombocyten|platelets",
)  # fmt: skip


@dataclass(frozen=True)
class Subjects:
    """Record ids by kind; `unsure`: kinds of which the words fit several records without choosing."""

    medication: tuple[str, ...] = ()
    invoice: tuple[str, ...] = ()
    appointment: tuple[str, ...] = ()
    lab: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()

    def of(self, kind: Kind) -> tuple[str, ...]:
        return () if kind == "patient" else tuple(getattr(self, kind))

    def vague(self, kind: Kind) -> bool:
        return kind in self.unsure

    def __bool__(self) -> bool:
        return bool(self.medication or self.invoice or self.appointment or self.lab or self.coverage)


@lru_cache(maxsize=256)
def _row_patterns(rows: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{row})") for row in rows)


@lru_cache(maxsize=8)
def _any_row(rows: tuple[str, ...]) -> re.Pattern[str]:
    """All rows as one: most clauses name none."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(rows)})")


@lru_cache(maxsize=512)
def _name_pattern(name: str) -> re.Pattern[str] | None:
    """The words of a kind of appointment or lab test."""
    words = [word for word in re.findall(r"[^\W_]{3,}", fold(name)) if word not in _SMALL_WORDS]
    return re.compile("|".join(rf"(?<!\w){re.escape(word[:12])}" for word in words)) if words else None


def _medication(line: Line, start: int, end: int, ledger: Ledger) -> tuple[tuple[str, ...], bool]:
    """Requests named; several lines for one name (two strengths) leave it open which."""
    known = {request.id for request in ledger.requests}
    found: list[str] = []
    unsure = False
    for mention in line.medicines:
        if not start <= mention.start < end:
            continue
        ids = [one for one in mention.request_ids if one in known]
        if len(ids) > 1:
            near = {v for d in line.doses if 0 <= d.start - mention.end < 25 for v in d.values}
            chosen = [one for one in ids if near & ledger.strengths(one)]
            active = [one for one in ids if ledger.is_active(one)]
            ids = chosen or active or ids
        unsure = unsure or len(ids) > 1
        found += ids or [UNKNOWN]
    unique = tuple(dict.fromkeys(found))
    return unique, unsure and len(line.medicines) == 1


def _by_words(folded: str, rows: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    """Records whose name has a word, or a word of the same row, in this text; UNKNOWN when a row is named that no record has."""
    found: list[str] = []
    for subject, name in names.items():
        named = _name_pattern(name)
        if named and named.search(folded):
            found.append(subject)
    for pattern in _row_patterns(rows) if _any_row(rows).search(folded) else ():
        if pattern.search(folded):
            same = [subject for subject, name in names.items() if pattern.search(fold(name))]
            found += same or [UNKNOWN]
    known = [one for one in dict.fromkeys(found) if one != UNKNOWN]
    return tuple(known or dict.fromkeys(found))


def is_lab(words: str, ledger: Ledger) -> bool:
    """Whether these words name a test of which a result is known here: "vitamin D" is one as well as a medicine."""
    return UNKNOWN not in (_by_words(fold(words), _LABS, {r.id: r.name for r in ledger.labs}) or (UNKNOWN,))


def _says_bill(invoice: Invoice, mention_words: Iterator[str]) -> bool:
    description = fold(invoice.description)
    return any(word[:8] in description for word in mention_words if len(word) > 4)


def _of_month(invoice: Invoice, month: DateMention) -> bool:
    """ "De nota van augustus": the one that was sent then, or is for what was done then."""
    said = fold(month.words).split(" ")[0]
    dated = invoice.on.month == month.month and month.year in (0, invoice.on.year)
    return said in fold(invoice.description) or dated


def _invoices(line: Line, start: int, end: int, ledger: Ledger) -> tuple[str, ...]:
    """By number, else by amount, else by what the invoice is for."""
    ids = {invoice.id.casefold(): invoice.id for invoice in ledger.invoices}
    referred = [ids.get(r.words.casefold(), "") for r in line.references if start <= r.start < end]
    if any(referred):
        return tuple(one for one in referred if one)
    cents = {money.cents for money in line.money if start <= money.start < end}
    by_amount = [
        i.id
        for i in ledger.invoices
        if cents & {i.amount_cents, i.amount_cents - i.covered_cents, i.covered_cents or -1}
    ]
    if by_amount:
        return tuple(by_amount)
    bill = BILL_NOUN.search(line.folded[start:end])
    days = {day for one in line.dates if one.kind == "day" and start <= one.start < end for day in one.days}
    if bill and (by_day := [invoice.id for invoice in ledger.invoices if invoice.on in days]):
        return tuple(by_day)
    months = [one for one in line.dates if one.kind == "month" and start <= one.start < end]
    if bill and (by_month := [i.id for i in ledger.invoices if any(_of_month(i, one) for one in months)]):
        return tuple(by_month)
    if bill:
        mentions = [m for m in line.medicines if start <= m.start < end]
        words = [fold(word) for m in mentions for word in (m.words, *m.names)]
        return tuple(i.id for i in ledger.invoices if _says_bill(i, iter(words)))
    return ()


def asked_kind(ledger: Ledger) -> Kind | None:
    """The kind of the one record that the mail asks about, which "it" in a draft's first sentence means; else None."""
    kinds: tuple[Kind, ...] = ("medication", "appointment", "invoice", "lab")
    asked = [kind for kind in kinds for one in ledger.ids(kind) if one in ledger.about]
    named = _by_words(ledger.mail_folded, _LABS, {result.id: result.name for result in ledger.labs})
    if not asked and len(named) == 1 and named != (UNKNOWN,) and not ledger.mail_medicines:
        return "lab"
    return asked[0] if len(asked) == 1 else None


def _on_that_day(named: tuple[str, ...], line: Line, start: int, end: int, ledger: Ledger) -> tuple[str, ...]:
    """Of two appointments of one kind the one on the day that the clause names; day and time together name one by itself."""
    days = {day for one in line.dates if one.kind == "day" and start <= one.start < end for day in one.days}
    minutes = {minute for one in line.times if start <= one.start < end for minute in one.minutes}
    starts = {a.id: a.start_at.astimezone(ledger.zone) for a in ledger.appointments}
    if named:
        chosen = tuple(one for one in named if one in starts and starts[one].date() in days)
        return chosen if len(named) > 1 and chosen else named
    return tuple(one for one, at in starts.items() if at.date() in days and at.hour * 60 + at.minute in minutes)


def find_subjects(line: Line, start: int, end: int, ledger: Ledger) -> Subjects:
    """The records that the clause at start:end of the sentence names."""
    folded = line.folded[start:end]
    medication, unsure = _medication(line, start, end, ledger)
    appointments = _by_words(folded, _APPOINTMENTS, {a.id: a.kind for a in ledger.appointments})
    appointments = _on_that_day(appointments, line, start, end, ledger)
    labs = _by_words(folded, _LABS, {r.id: r.name for r in ledger.labs})
    coverage = ("coverage",) if COVERAGE_NOUN.search(folded) else ()
    if medication and not _has_noun(folded):
        labs = ()
    return Subjects(
        medication=medication,
        invoice=_invoices(line, start, end, ledger),
        appointment=appointments,
        lab=labs,
        coverage=coverage,
        unsure=frozenset({"medication"} if unsure else ()),
    )


def _has_noun(folded: str) -> bool:
    return (
        re.search(r"\b(?:\w*uitslag\w*|\w*bepaling\w*|\w*waarden?|lab\w*|results?|tests?|bloedonderzoek)\b", folded)
        is not None
    )
