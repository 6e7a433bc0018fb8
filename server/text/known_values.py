"""What we know of the people around a mail, in the forms in which it may stand there: hidden before a text leaves."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from server.model.patient import Patient, PatientMatch
from server.model.pharmacy import Pharmacy
from server.model.thread import EmailAddress, Thread
from server.text.contact_data import phone_key
from server.text.patterns import fold
from server.text.persons import name_tokens

NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december",
    "january february march april may june july august september october november december",
)


def squashed(text: str) -> str:
    """Letters and digits only, folded: what no spacing or punctuation can disguise."""
    return "".join(filter(str.isalnum, fold(text)))


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
        """Each telling word of a name, folded, and the first name that it belongs to."""
        words: dict[str, str] = {}
        for name in self.names:
            telling = name_tokens(name)
            for match in NAME_WORD.finditer(fold(name)):
                whole = match[0].replace("’", "'")
                for word in (whole, whole.replace("'", ""), *re.split("['-]", whole)):
                    if len(word) > 1 and (word in telling or word == whole) and set(re.split("['-]", word)) & telling:
                        words.setdefault(word, name)
        return words

    @cached_property
    def phrases_of_names(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Whole names, and surnames with their particles ("de vries"), folded; each with its name. Longest first."""
        phrases: dict[str, str] = {}
        for name in self.names:
            words = [match[0] for match in NAME_WORD.finditer(fold(name))]
            telling = name_tokens(name)
            first_particle = next((at for at, word in enumerate(words) if word not in telling), len(words))
            for start in {0, first_particle}:
                if len(words) - start > 1:
                    phrases.setdefault(r"[\s.,-]{1,3}".join(map(re.escape, words[start:])), name)
        longest_first = sorted(phrases.items(), key=lambda item: -len(item[0]))
        return tuple((re.compile(rf"(?<!\w){phrase}(?!\w)"), name) for phrase, name in longest_first)

    @cached_property
    def written_dates(self) -> tuple[str, ...]:
        """Each date of birth as people write it, folded."""
        return tuple(form for day in self.birth_dates for form in _written(day))

    @cached_property
    def squashed_values(self) -> tuple[str, ...]:
        """Everything whole, as `squashed` text: what may not be in a text that leaves. Short ones prove nothing."""
        values = [
            *(squashed(name) for name in self.names),
            *(squashed(email) for email in self.emails),
            *(squashed(number) for number in self.numbers),
            *(squashed(place) for place in self.places),
            *(squashed(form) for form in self.written_dates),
        ]
        return tuple(dict.fromkeys(value for value in values if len(value) > 5))


def _written(day: date) -> Iterator[str]:
    for separator in "-/. ":
        for year in (f"{day.year}", f"{day.year % 100:02}"):
            yield f"{day.day:02}{separator}{day.month:02}{separator}{year}"
            yield f"{day.day}{separator}{day.month}{separator}{year}"
        yield f"{day.year}{separator}{day.month:02}{separator}{day.day:02}"
    yield f"{day.day:02}{day.month:02}{day.year}"
    for months in _MONTHS:
        month = months.split()[day.month - 1]
        for name in (month, month[:3]):
            yield f"{day.day} {name} {day.year}"
            yield f"{day.day} {name}"
            yield f"{name} {day.day}, {day.year}"
            yield f"{name} {day.day}"


def _of_patient(patient: Patient) -> Iterator[tuple[str, str]]:
    yield "name", patient.name
    yield "email", patient.email or ""
    yield "number", phone_key(patient.phone or "")
    yield "number", patient.coverage.policy_number or ""
    for part in re.split(r"[,\n]", patient.address or ""):
        yield "place", part.strip()
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
    found += [("name", candidate.name) for candidate in match.candidates]
    found += _of_thread(thread, (pharmacy.email, *pharmacy.mailboxes))
    born = [match.patient.birth_date if match.patient else None, *(one.birth_date for one in match.candidates)]

    def of(kind: str, at_least: int) -> tuple[str, ...]:
        values = (value.strip() for one, value in found if one == kind)
        return tuple(dict.fromkeys(v for v in values if len(v) >= at_least and squashed(v) != squashed(pharmacy.name)))

    return KnownValues(
        of("name", 2), of("email", 3), of("number", 4), tuple(day for day in dict.fromkeys(born) if day), of("place", 4)
    )
