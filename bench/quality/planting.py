"""Invented identifiers, written as people write them, and the mails they are planted in (planted/). Same seed, same mails."""

import random
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from server.text.identifiers import is_bsn, is_card, is_iban
from server.text.words import fold

DATA = Path(__file__).parent / "planted"
PARTS = ("open", "held")
_SLOT = re.compile(r"\{([a-z0-9_.]+)\}")
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_DIGITS_NL = "nul een twee drie vier vijf zes zeven acht negen".split()


@dataclass(frozen=True)
class Template:
    """One mail with places. `mode`: "", "lower", "upper" or "flat" (lower case and no punctuation)."""

    number: int
    language: str
    mode: str
    text: str


@dataclass(frozen=True)
class Person:
    """Somebody invented, who has all that a record may know."""

    given: str
    surname: str
    born: date
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plant:
    """One identifier as it stands in a mail. `kind`: "known", "pattern", "name" or "town"; `slot`: which place it took."""

    kind: str
    slot: str
    words: str


@dataclass(frozen=True)
class Planted:
    """A mail with its identifiers; `bare`: the mail without them; `patient`, `contact`, `prescriber`: whom the record knows."""

    template: Template
    text: str
    bare: str
    plants: tuple[Plant, ...]
    patient: Person
    contact: Person
    prescriber: Person


@cache
def read_templates(part: str) -> tuple[Template, ...]:
    """The mails of one half, in the order of their file."""
    found = []
    for chunk in re.split(r"^=== ", (DATA / f"mails_{part}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = chunk.partition("\n")
        language, _, mode = head.strip().partition(" ")
        found.append(Template(len(found) + 1, language, mode, body.strip()))
    return tuple(found)


@cache
def read_names(part: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By origin, one half of the first names and of the surnames."""
    start = PARTS.index(part)
    rows = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
    return {
        origin: (
            tuple(row["given"].split()[start::2]),
            tuple(name.replace("|", " ") for name in row["surnames"].split()[start::2]),
        )
        for origin, row in rows.items()
    }


@cache
def _places(part: str) -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads((DATA / "places.toml").read_text(encoding="utf-8"))
    return {name: tuple(row.split("|")[PARTS.index(part) :: 2]) for name, row in rows.items()}


class Planter:
    """Makes identifiers from the names of one half. Every draw comes from `seed`."""

    def __init__(self, part: str, seed: str) -> None:
        self.pick = random.Random(seed)
        self.part = part
        self._used: set[str] = set()
        self._slots: dict[str, Callable[[str], str]] = {
            "street": self.street, "town": self.town, "postcode": self._postcode, "phone": self._phone, "born": self._born,
            "mail": self._mail, "plate": self._plate,
        }  # fmt: skip

    def digits(self, count: int) -> str:
        """Digits, the first no zero."""
        return str(self.pick.randint(1, 9)) + "".join(str(self.pick.randint(0, 9)) for _ in range(count - 1))

    def person(self) -> Person:
        """A person of some origin; nobody in a mail has a name that another has."""
        for _ in range(200):
            given, surnames = self.pick.choice(list(read_names(self.part).values()))
            first, last = self.pick.choice(given), self.pick.choice(surnames)
            if not self._used & {first, last}:
                break
        self._used |= {first, last}
        born = date(1930, 1, 1) + timedelta(days=self.pick.randint(0, 90 * 365))
        return Person(first, last, born)

    def named(self, person: Person, form: str) -> str:
        """A person's name in one of the forms that people use."""
        initials = ".".join(word[0] for word in person.given.split("-")) + "."
        return {
            "full": f"{person.given} {person.surname}",
            "first": person.given,
            "nick": person.given,
            "last": person.surname[0].upper() + person.surname[1:],
            "init": f"{initials} {person.surname}",
            "lastfirst": f"{person.surname}, {person.given}",
        }[form]

    def dated(self, day: date, language: str) -> str:
        """A date in one of the forms of a language."""
        month = _MONTHS[language][day.month - 1]
        two = f"{day.year % 100:02}"
        dutch = [
            f"{day.day:02}-{day.month:02}-{day.year}", f"{day.day}-{day.month}-{day.year}", f"{day.day} {month} {day.year}",
            f"{day.day:02}/{day.month:02}/{day.year}", f"{day.day}.{day.month}.{day.year}", f"{day.day:02}-{day.month:02}-'{two}",
            f"{day.day} {month[:3]} {day.year}", f"{day.day:02} {day.month:02} {day.year}", f"{day.day:02}{day.month:02}{day.year}",
        ]  # fmt: skip
        english = [
            f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", f"{day.day:02}/{day.month:02}/{day.year}",
            f"{day.month}/{day.day}/{day.year}", f"{month[:3]} {day.day} {day.year}", f"{day.day}th of {month} {day.year}",
            f"{day.year}-{day.month:02}-{day.day:02}", f"{day.day:02}.{day.month:02}.{two}",
        ]  # fmt: skip
        return self.pick.choice(dutch if language == "nl" else english)

    def pattern(self, slot: str) -> str:
        """A value for a place such as "phone_uk" or "iban"."""
        kind, _, variant = slot.partition("_")
        if kind in self._slots:
            return self._slots[kind](variant)
        return self._numbered(kind)

    def _numbered(self, kind: str) -> str:
        one, two = self.digits, self.pick.choice
        letters = "".join(self.pick.choice("BCDFGHJKLMNPRSTVWXZ") for _ in range(3))
        if kind in ("bsn", "card", "iban"):
            return {"bsn": self._bsn, "card": self._card, "iban": self._iban}[kind]()
        return {
            "policy": two([f"{letters[:2]}-{one(7)}", one(9), f"{letters}{one(8)}", f"{one(3)}.{one(3)}.{one(4)}"]),
            "order": two([f"{letters[:2]}{one(6)}", f"{one(4)}-{one(5)}", one(7), f"{letters}-{one(4)}-{letters[:1]}"]),
            "customer": two([one(6), one(8), f"K{one(5)}", f"{letters[:1]}-{one(5)}"]),
            "rx": two([f"RX{one(6)}", f"R-{one(7)}", one(8), f"{one(2)}/{one(6)}"]),
            "nhs": f"{one(3)} {one(3)} {one(4)}",
            "ssn": f"{one(3)}-{one(2)}-{one(4)}",
            "passport": f"{letters[:2]}{one(1)}{letters[2]}{one(5)}",
            "handle": "@" + two(["", "_"]) + self.pick.choice(["zonne", "lady", "mr", "team"]) + two(["_", ".", ""]) + letters.lower() + one(2),
        }[kind]  # fmt: skip

    def street(self, variant: str) -> str:
        """Street and number as that country writes them."""
        number = self.digits(self.pick.choice([1, 2, 2, 3]))
        street = self.pick.choice(_places(self.part)[f"streets_{variant or 'nl'}"])
        if variant in ("en", "us"):
            return f"{number} {street}"
        return street + " " + number + self.pick.choice(["", "", "", "a", "-2", " bis"])

    def town(self, variant: str) -> str:
        """A town; of the United States with state and ZIP code."""
        return self.pick.choice(_places(self.part)[f"towns_{variant or 'nl'}"])

    def _postcode(self, variant: str) -> str:
        letters = "".join(self.pick.choice("BDGHJKLNPRSTVWXZ") for _ in range(2))
        if variant == "uk":
            return f"{letters}{self.digits(1)} {self.digits(1)}{letters[::-1]}"
        return f"{self.digits(4)}{self.pick.choice([' ', ' ', ''])}{letters}"

    def _phone(self, variant: str) -> str:
        one = self.digits
        if variant == "spoken":
            return " ".join(_DIGITS_NL[int(d)] for d in "06" + one(8))
        if variant == "uk":
            return self.pick.choice([f"07{one(3)} {one(6)}", f"+44 7{one(3)} {one(6)}", f"01{one(3)} {one(6)}", f"020 {one(4)} {one(4)}"])
        if variant == "us":
            return self.pick.choice([f"({one(3)}) {one(3)}-{one(4)}", f"{one(3)}-{one(3)}-{one(4)}", f"+1 {one(3)} {one(3)} {one(4)}", f"{one(3)}.{one(3)}.{one(4)}"])
        pairs = " ".join(one(2) for _ in range(4))
        return self.pick.choice([
            f"06-{one(8)}", f"06 {pairs}", f"+31 6 {one(8)}", f"0{one(2)}-{one(7)}", f"0{one(3)} {one(6)}", f"(0{one(2)}) {one(3)} {one(4)}",
            f"00316{one(8)}", f"06.{one(4)}.{one(4)}", f"+32 4{one(2)} {one(2)} {one(2)} {one(2)}", f"06/{one(8)}",
        ])  # fmt: skip

    def _born(self, variant: str) -> str:
        return self.dated(date(1930, 1, 1) + timedelta(days=self.pick.randint(0, 90 * 365)), variant or "nl")

    def _mail(self, variant: str) -> str:
        person = self.person()
        first, last = (re.sub(r"[^a-z]", "", fold(name)) for name in (person.given, person.surname))
        local = self.pick.choice([f"{first}.{last}", f"{first[0]}{last}{self.digits(2)}", f"{last}-{first}", f"{first}_{self.digits(4)}", f"info+{last}"])
        return f"{local}@{self.pick.choice(_places(self.part)['mail_hosts'])}"

    def _plate(self, variant: str) -> str:
        letters = [self.pick.choice("BDFGHJKLNPRSTVXZ") for _ in range(5)]
        one = self.digits
        if variant == "uk":
            return f"{letters[0]}{letters[1]}{one(2)} {''.join(letters[2:])}"
        return self.pick.choice([f"{letters[0]}-{one(3)}-{letters[1]}{letters[2]}", f"{one(2)}-{letters[0]}{letters[1]}{letters[2]}-{one(1)}", f"{letters[0]}{letters[1]}-{one(2)}-{letters[2]}{letters[3]}"])

    def _bsn(self) -> str:
        while not is_bsn(number := self.digits(9)):
            pass
        return self.pick.choice([number, f"{number[:4]}.{number[4:6]}.{number[6:]}", f"{number[:3]} {number[3:6]} {number[6:]}"])

    def _card(self) -> str:
        while not is_card(number := "4" + self.digits(15)):
            pass
        return " ".join(number[at : at + 4] for at in range(0, 16, 4))

    def _iban(self) -> str:
        bank, account = self.pick.choice(["RABO", "INGB", "ABNA", "KNAB"]), "0" + self.digits(9)
        number = next(f"NL{check:02}{bank}{account}" for check in range(2, 99) if is_iban(f"NL{check:02}{bank}{account}"))
        spaced = " ".join(number[at : at + 4] for at in range(0, 18, 4))
        return self.pick.choice([number, spaced, number.lower()])


def _known(planter: Planter, person: Person, what: str, language: str) -> str:
    if what == "born":
        return planter.dated(person.born, language)
    if what in person.numbers:
        if what == "phone":
            bare = person.numbers["phone"]
            return planter.pick.choice([bare, f"{bare[:2]}-{bare[2:]}", f"+31{bare[1:]}", f"{bare[:2]} {bare[2:6]} {bare[6:]}"])
        return person.numbers[what]
    return planter.named(person, what)


def _on_record(planter: Planter, language: str) -> Person:
    person = planter.person()
    numbers = {
        "phone": f"06{planter.digits(8)}",
        "mail": planter.pattern("mail"),
        "street": planter.street("nl"),
        "town": planter.town("nl"),
        "postcode": planter.pattern("postcode"),
        "policy": planter.pattern("policy"),
        "rx": f"RX{planter.digits(7)}",
    }
    return Person(person.given, person.surname, person.born, numbers)


_TYPED: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "flat": lambda text: re.sub(r"(?<=\w)[.,:;!?]+(?=\s|$)", "", text).lower(),
}


def plant(template: Template, part: str, round_: int) -> Planted:
    """The template with fresh people and numbers; the record knows the patient {k}, the contact {c} and nobody else."""
    planter = Planter(part, f"{part}/{template.number}/{round_}")
    cast = {"k": _on_record(planter, template.language), "c": planter.person(), "d": planter.person()}
    typed = _TYPED.get(template.mode, str)
    plants: list[Plant] = []

    def put(match: re.Match[str]) -> str:
        who, _, what = match[1].partition(".")
        if not what:
            kind, words = ("town" if who.startswith("town") else "pattern"), planter.pattern(who)
        else:
            kind = "name" if who.startswith("s") else "known"
            if who not in cast:
                cast[who] = planter.person()
            words = _known(planter, cast[who], what, template.language)
        plants.append(Plant(kind, match[1], typed(words)))
        return words

    text = _SLOT.sub(put, template.text)
    bare = typed(_SLOT.sub(" ", template.text))
    return Planted(template, typed(text), bare, tuple(plants), cast["k"], cast["c"], cast["d"])
