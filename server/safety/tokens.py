"""The fact-like tokens of one sentence: everything in it that can be wrong, each read once and as one thing only."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeVar

from server.model.patient import MedicationRequest
from server.text.contact_data import ContactData, find_contact_data
from server.text.dates import DateMention, find_dates
from server.text.doses import Dose, Intake, find_bare_strength, find_doses, find_intakes
from server.text.identifiers import Identifier, find_identifiers
from server.text.medicines import MedicineMention, find_medicines
from server.text.money import Money, find_money
from server.text.numbers import Number, find_numbers
from server.text.spans import Taken
from server.text.times import LengthMention, TimeMention, find_lengths, find_times
from server.text.words import fold

CountOf = Literal["units", "repeats", "invoices", "days", "items", "appointments", "results", "left", ""]

_REFERENCE = re.compile(
    r"(?<![\w-])(?=[A-Z0-9/-]{5,24}(?![\w-]))[A-Z]{1,5}[-/ ]?\d[\dA-Z]*(?:[-/]\d+)+|(?<![\w-])[A-Z]{2,5}-?\d{4,12}(?![\w-])"
)
_POSTCODE = re.compile(r"(?<![\w-])[1-9]\d{3}\s?[A-Z]{2}(?![\w-])")
_COUNTED: tuple[tuple[CountOf, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\s{{1,40}}(?:[^\W\d]{{2,16}}\s{{1,40}}){{0,2}}?(?:{words})\b"))  # type: ignore[misc]
    for kind, words in (
        (
            "units",
            r"tablet(?:ten|jes|s)?|capsules?|pil(?:len|letjes)?|pills?|stuks?|fles(?:sen|jes|je)?|bottles?|do(?:os|zen|osjes|osje)|boxe?s?|packs?|packets?"
            r"|verpakking(?:en)?|strips?|pen(?:nen|s)?|inhalers?|inhalators?|pufjes?|sachets?|zakjes?|tubes?|tubetjes?|ampul(?:len)?|spuit(?:en|jes)?|pleisters?"
            r"|patches|sprays?|exemplaren|potjes?|rol(?:len)?|kuur|kuren|inhalaties?|doses|units|injecties|injections",
        ),
        (
            "repeats",
            r"herhaling(?:en)?|herhaalrecepten|keer (?:worden )?(?:herhal\w+|herhaald)|repeats?|refills?|renewals?|times",
        ),
        ("invoices", r"facturen|factuur|rekening(?:en)?|nota'?s?|invoices?|bills?"),
        ("days", r"dag(?:en)?|days?|wek?en|week|weeks?|maand(?:en)?|months?|jaar|years?"),
        ("items", r"recept(?:en)?|medicijn(?:en)?|middelen|prescriptions?|medicines?|items?|bestelling(?:en)?|orders?"),
        ("appointments", r"afspra(?:ak|ken)|appointments?"),
        ("results", r"uitslag(?:en)?|results?"),
    )
)
_TURNS = re.compile(
    r"\s(?:keer|maal) (?:op pad|heen|langs|komen|rijden|te komen|te lopen|ophalen|op te halen|moet|moeten|hoeft)\b|\strips?\b"
)
_GLUED = re.compile(r"[^\W\d_]")
_NOT_TEN = re.compile(
    r"\s(?:bedrage|slotte|eerste|minste|aanzien|opzichte|behoeve|gevolge|tijde|dele|hoogste|laatste|gunste)\b"
)
_LEFT = re.compile(r"\b(?:nog|er|left|remaining|over|resterend\w*|voorradig|plank|shelf|voorraad|stock)\b")


@dataclass(frozen=True)
class Count:
    """A number with what it counts. `of` is "left" for "we hebben er nog drie" and "" when nothing says."""

    words: str = field(repr=False)
    value: float
    of: CountOf
    start: int
    end: int
    written: bool = False


@dataclass(frozen=True)
class Reference:
    """An invoice number, a prescription or policy number, a postcode."""

    words: str = field(repr=False)
    start: int = 0
    end: int = 0


class Token(Protocol):
    """What every kind of token has: its words and its place."""

    @property
    def words(self) -> str: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Token)


@dataclass(frozen=True)
class Line:
    """One sentence with its tokens, in the order of the text within each kind."""

    text: str = field(repr=False)
    folded: str = field(repr=False)
    identifiers: tuple[Identifier, ...] = ()
    contacts: tuple[ContactData, ...] = ()
    references: tuple[Reference, ...] = ()
    money: tuple[Money, ...] = ()
    medicines: tuple[MedicineMention, ...] = ()
    doses: tuple[Dose, ...] = ()
    intakes: tuple[Intake, ...] = ()
    dates: tuple[DateMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    lengths: tuple[LengthMention, ...] = ()
    counts: tuple[Count, ...] = ()


def _counts(folded: str, numbers: Sequence[Number]) -> Iterator[Count]:
    for number in numbers:
        near = folded[max(0, number.start - 40) : number.end + 45]
        around_left = _LEFT.search(near) is not None and not _TURNS.match(folded, number.end)
        if _NOT_TEN.match(folded, number.end) and number.words.casefold() == "ten":
            continue  # "ten bedrage van", "ten slotte": in Dutch no number
        if _GLUED.search(folded, max(0, number.start - 1), number.start) or _GLUED.match(folded, number.end):
            continue  # "HbA1c", "1e", "B12"
        kinds = ((kind, pattern.match(folded, number.end)) for kind, pattern in _COUNTED)
        of: CountOf = next((kind for kind, match in kinds if match), "")
        if not of and number.written and not around_left:
            continue  # "een van de twee" counts nothing that a record knows
        if not of and number.value == 1 and number.written:
            continue  # "this one", "nog één ding"
        if not of and around_left:
            of = "left"
        yield Count(number.words, number.value, of, number.start, number.end, number.written)


class _LineReader:
    """Reads one sentence kind by kind; what one kind has taken the next does not see."""

    def __init__(self, text: str, house: Sequence[str]) -> None:
        self.text = text
        self.taken = Taken(len(text))
        for own in house:
            at = text.find(own) if own else -1
            if at >= 0:
                self.taken.mark(at, at + len(own))

    @property
    def left(self) -> str:
        """The text without what was read already."""
        return self.taken.blanked(self.text)

    def keep(self, found: Iterable[T]) -> tuple[T, ...]:
        """Those whose place is still free, which they then take."""
        return tuple(one for one in found if self.taken.claim(one.start, one.end))


def _references(text: str) -> Iterator[Reference]:
    for pattern in (_REFERENCE, _POSTCODE):
        for match in pattern.finditer(text):
            yield Reference(match[0], *match.span())


def read_line(
    text: str, requests: Sequence[MedicationRequest], language: str, today: date, house: Sequence[str] = ()
) -> Line:
    """The tokens of one sentence. `house`: the pharmacy's own address and name, in which nothing is a claim."""
    reader = _LineReader(text, house)
    identifiers = reader.keep(find_identifiers(reader.left))
    contacts = reader.keep(find_contact_data(reader.left))
    references = reader.keep(_references(reader.left))
    signed = reader.keep(money for money in find_money(reader.left) if not money.bare)
    medicines = find_medicines(reader.left, requests, language)
    for mention in medicines:  # "vitamine B12" is no number
        reader.taken.mark(mention.start, mention.end)
    often = ("frequency", "total")
    frequencies = reader.keep(intake for intake in find_intakes(reader.left) if intake.kind in often)
    bare_strengths = [find_bare_strength(text, mention.end) for mention in medicines]
    doses = reader.keep((*find_doses(reader.left), *(one for one in bare_strengths if one)))
    dates = reader.keep(find_dates(reader.left, language, today))
    lengths = reader.keep(find_lengths(reader.left))
    times = reader.keep(find_times(reader.left))
    bare = reader.keep(money for money in find_money(reader.left) if money.bare)
    left = reader.left
    return Line(
        text=text,
        folded=fold(text),
        identifiers=identifiers,
        contacts=contacts,
        references=references,
        money=tuple(sorted((*signed, *bare), key=lambda money: money.start)),
        medicines=medicines,
        doses=doses,
        intakes=(*frequencies, *(intake for intake in find_intakes(left) if intake.kind not in often)),
        dates=dates,
        times=times,
        lengths=lengths,
        counts=tuple(_counts(fold(left), find_numbers(left))),
    )
