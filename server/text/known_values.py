"""What we know of the people around a mail, in the forms in which it may stand there: hidden before a text leaves."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from server.model.patient import Patient, PatientMatch
from server.model.pharmacy import Pharmacy
from server.model.thread import EmailAddress, Thread
from server.text.calendar_words import DAY, MONTH, MONTHS, read_day
from server.text.contact_data import phone_key
from server.text.ordinary_words import Ordinary, how_ordinary
from server.text.person_words import PARTICLES
from server.text.persons import name_tokens
from server.text.words import fold

NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december",
    "january february march april may june july august september october november december",
)


_POSTCODE = re.compile(
    r"\b(?:[1-9]\d{3} ?[A-Za-z]{2}|[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}|(?:[A-Z]{2} )?\d{5}(?:-\d{4})?)\b"
)
_DAY_AND_MONTH = re.compile(
    rf"(?<![\w.,/-])(?:the )?(?P<d1>{DAY})[ .-]{{1,3}}(?:of )?(?P<m1>{MONTH})\b|(?<!\w)(?P<m2>{MONTH})\b\.?[ ](?:the )?(?P<d2>{DAY})(?!\d|[.:]\d)"
)
_UMLAUTS = {ord("ü"): "ue", ord("ö"): "oe", ord("ä"): "ae", ord("ß"): "ss", ord("å"): "aa"}
_PROVES = 5  # a value of no more letters and digits may stand in any text by chance
_TELLS = 5  # letters of a word of a name that stands in no text by chance
_LETTERS = str.maketrans("ıłøđðħ", "iloddh")  # letters of their own, which people type as their neighbours


def plain_letters(text: str) -> str:
    """Folded, and letters that a keyboard may lack as the ones people type for them. Keeps the length."""
    return fold(text).translate(_LETTERS)


def squashed(text: str) -> str:
    """Letters and digits only, folded: what no spacing or punctuation can disguise."""
    return "".join(filter(str.isalnum, plain_letters(text)))


@dataclass(frozen=True)
class KnownValues:
    """`names` of persons; `numbers`: telephone, policy and other numbers; `birth_dates`; `places`: postal addresses."""

    names: tuple[str, ...] = field(repr=False, default=())
    emails: tuple[str, ...] = field(repr=False, default=())
    numbers: tuple[str, ...] = field(repr=False, default=())
    birth_dates: tuple[date, ...] = field(repr=False, default=())
    places: tuple[str, ...] = field(repr=False, default=())

    @cached_property
    def words_of_names(self) -> dict[str, str]:
        """Each telling word of a name in `plain_letters`, and the first name that it belongs to; "mueller" for "Müller"."""
        words: dict[str, str] = {}
        for name in self.names:
            telling = {plain_letters(word) for word in name_tokens(name)}
            for spelled in dict.fromkeys((name, name.lower().translate(_UMLAUTS))):
                for match in NAME_WORD.finditer(plain_letters(spelled)):
                    whole = match[0].replace("’", "'")
                    parts = re.split("['-]", whole)
                    tells = spelled != name or bool(set(parts) & telling) or whole.replace("'", "") in telling
                    for word in (whole, whole.replace("'", ""), *parts):
                        if len(word) > 1 and tells and (word in telling or word == whole or spelled != name):
                            words.setdefault(word, name)
        return {word: name for word, name in words.items() if word not in PARTICLES}

    @cached_property
    def whole_names(self) -> tuple[tuple[str, str], ...]:
        """Whole names, also surname first, and surnames with their particles, `squashed`; each with its name. Longest
        first."""
        forms = {form: name for name in reversed(self.names) for form in _whole_names(name) if len(form) > 3}
        return tuple(sorted(forms.items(), key=lambda item: -len(item[0])))

    @cached_property
    def whole_places(self) -> tuple[str, ...]:
        """Each part of an address, `squashed`, also with a word before the number ("kastanjelaan nr. 7"), and its street
        alone. Longest first."""
        streets = (re.sub(r"\W*\d.*$", "", place) for place in self.places)
        forms = {squashed(place) for place in (*self.places, *streets) if _tells_place(place)}
        forms |= {
            re.sub(r"(?<=[a-z])(?=\d)", between, form, count=1) for form in forms for between in ("nr", "nummer", "no")
        }
        return tuple(sorted(forms, key=len, reverse=True))

    @cached_property
    def squashed_values(self) -> tuple[str, ...]:
        """Everything whole, as `squashed` text: what may not be in a text that leaves. Short ones prove nothing."""
        months = [months.split() for months in _MONTHS]
        values = [
            *(form for name in self.names for form in _whole_names(name)),
            *(squashed(email) for email in self.emails),
            *(squashed(number) for number in self.numbers),
            *(squashed(place) for place in self.places),
            *(f"{day.day:02}{day.month:02}{day.year}" for day in self.birth_dates),
            *(f"{day.year}{day.month:02}{day.day:02}" for day in self.birth_dates),
            *(f"{day.day}{day.month}{day.year}" for day in self.birth_dates),
            *(f"{day.day}{names[day.month - 1]}{day.year}" for day in self.birth_dates for names in months),
            *(f"{names[day.month - 1]}{day.day}{day.year}" for day in self.birth_dates for names in months),
        ]
        return tuple(dict.fromkeys(value for value in values if len(value) > _PROVES))

    @cached_property
    def telling_words(self) -> frozenset[str]:
        """Words of names, long enough to be no chance, that are not in nearly every mail."""
        words = (word for word in self.words_of_names if len(word) >= _TELLS)
        return frozenset(word for word in words if how_ordinary(word) < Ordinary.FREQUENT)

    @cached_property
    def ends_of_numbers(self) -> tuple[str, ...]:
        """The last eight digits of each long number, whatever stands before them (a country, a zero)."""
        digits = (re.sub(r"\D", "", number) for number in self.numbers)
        return tuple(dict.fromkeys(number[-8:] for number in digits if len(number) >= 8))


def _whole_names(name: str) -> Iterator[str]:
    """A whole name, also surname first, and a surname with its particles."""
    words = [squashed(word) for word in name.split()]
    yield "".join(words)
    for at in range(1, len(words)):
        yield "".join([*words[at:], *words[:at]])
        if words[at] in PARTICLES:
            yield "".join(words[at:])


def _tells_place(place: str) -> bool:
    return len(place) > 3 and (any(map(str.isdigit, place)) or how_ordinary(place.lower()) < Ordinary.COMMON)


def find_squashed(plain: str, values: Iterable[str], most_signs: int) -> Iterator[tuple[int, int, str]]:
    """The places in a text (in `plain_letters`) of `squashed` values that stand there as words of their own, with no more
    than `most_signs` signs and spaces among their letters and digits."""
    places = [at for at, char in enumerate(plain) if char.isalnum()]
    bare = "".join(map(plain.__getitem__, places))
    for value in values:
        at = bare.find(value)
        while at != -1 and value:
            first, last = places[at], places[at + len(value) - 1]
            before = plain[first - 1] if first else " "
            behind = plain[last + 1] if last + 1 < len(plain) else " "
            if last - first < len(value) + most_signs and not (before.isalnum() or behind.isalnum()):
                yield first, last + 1, value
            at = bare.find(value, at + len(value))


def find_birthdays(low: str, births: Iterable[date]) -> Iterator[tuple[int, int]]:
    """The places in folded text of the day and month of a date of birth, without its year."""
    days = {(day.day, day.month) for day in births}
    for match in _DAY_AND_MONTH.finditer(low) if days else ():
        day, month = (match["d1"], match["m1"]) if match["d1"] else (match["d2"], match["m2"])
        if (read_day(day), MONTHS[month]) in days:
            yield match.span()


def _parts_of(address: str) -> Iterator[str]:
    """Street, postcode and town of an address as it is on file."""
    for part in re.split(r"[,\n]", address):
        code = _POSTCODE.search(part)
        if code is None:
            yield part.strip()
        else:
            yield from (piece.strip() for piece in (part[: code.start()], code[0], part[code.end() :]))


def _of_patient(patient: Patient) -> Iterator[tuple[str, str]]:
    yield "name", patient.name
    yield "email", patient.email or ""
    yield "number", phone_key(patient.phone or "")
    yield "number", patient.coverage.policy_number or ""
    yield from (("place", part) for part in _parts_of(patient.address or ""))
    for contact in patient.contacts:
        yield "name", contact.name
        yield "email", contact.email
    for request in patient.medication_requests:
        yield "name", re.split(r"[,(]", request.prescriber or "")[0]
    yield "number", patient.id
    for kind in (patient.medication_requests, patient.appointments, patient.invoices):
        yield from (("number", record.id) for record in kind)


def _of_thread(thread: Thread, house: Iterable[str]) -> Iterator[tuple[str, str]]:
    ours = {address.casefold() for address in house}
    for message in thread.messages:
        answer_to: tuple[EmailAddress, ...] = (message.reply_to,) if message.reply_to else ()
        for person in (message.sender, *message.to, *message.cc, *answer_to):
            if person.key not in ours or message.outgoing:
                yield "name", person.name
            if person.key not in ours:
                yield "email", person.address


def known_values(match: PatientMatch, thread: Thread, pharmacy: Pharmacy) -> KnownValues:
    """Whatever the record and the mail's own headers tell of persons. The house's own name and address are no secret."""
    found: list[tuple[str, str]] = list(_of_patient(match.patient)) if match.patient else []
    if match.contact:
        found += [("name", match.contact.name), ("email", match.contact.email)]
    found += [("name", name) for name in (*(candidate.name for candidate in match.candidates), *pharmacy.staff_names)]
    found += _of_thread(thread, (pharmacy.email, *pharmacy.mailboxes))
    born = [match.patient.birth_date if match.patient else None, *(one.birth_date for one in match.candidates)]

    ours = {squashed(pharmacy.name), *(squashed(part) for part in _parts_of(pharmacy.address))}

    def of(kind: str, at_least: int) -> tuple[str, ...]:
        values = (value.strip() for one, value in found if one == kind)
        return tuple(dict.fromkeys(v for v in values if len(v) >= at_least and squashed(v) not in ours))

    return KnownValues(
        of("name", 2), of("email", 3), of("number", 4), tuple(day for day in dict.fromkeys(born) if day), of("place", 4)
    )
