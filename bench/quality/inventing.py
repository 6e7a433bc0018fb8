"""Invented people, numbers and addresses, written as people write them. Same seed, same values."""

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
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
_DIGITS_NL = "nul een twee drie vier vijf zes zeven acht negen"


@dataclass(frozen=True)
class Person:
    """Somebody invented, who has all that a record may know."""

    given: str
    surname: str
    born: date
    numbers: Mapping[str, str] = field(default_factory=dict)


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
        month = _MONTHS[language].split()[day.month - 1]
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
            return " ".join(_DIGITS_NL.split()[int(d)] for d in "06" + one(8))
        if variant == "uk":
            return self.pick.choice(
                [f"07{one(3)} {one(6)}", f"+44 7{one(3)} {one(6)}", f"01{one(3)} {one(6)}", f"020 {one(4)} {one(4)}"]
            )
        if variant == "us":
            return self.pick.choice(
                [
                    f"({one(3)}) {one(3)}-{one(4)}",
                    f"{one(3)}-{one(3)}-{one(4)}",
                    f"+1 {one(3)} {one(3)} {one(4)}",
                    f"{one(3)}.{one(3)}.{one(4)}",
                ]
            )
        pairs = " ".join(one(2) for _ in range(4))
        return self.pick.choice([
            f"06-{one(8)}", f"06 {pairs}", f"+31 6 {one(8)}", f"0{one(2)}-{one(7)}", f"0{one(3)} {one(6)}", f"(0{one(2)}) {one(3)} {one(4)}",
            f"00316{one(8)}", f"06.{one(4)}.{one(4)}", f"+32 4{one(2)} {one(2)} {one(2)} {one(2)}", f"06/{one(8)}",
        ])  # fmt: skip

    def _born(self, variant: str) -> str:
        return self.dated(date(1930, 1, 1) + timedelta(days=self.pick.randint(0, 90 * 365)), variant or "nl")

    def _mail(self, _variant: str) -> str:
        person = self.person()
        first, last = (re.sub(r"[^a-z]", "", fold(name)) for name in (person.given, person.surname))
        local = self.pick.choice(
            [
                f"{first}.{last}",
                f"{first[0]}{last}{self.digits(2)}",
                f"{last}-{first}",
                f"{first}_{self.digits(4)}",
                f"info+{last}",
            ]
        )
        return f"{local}@{self.pick.choice(_places(self.part)['mail_hosts'])}"

    def _plate(self, variant: str) -> str:
        letters = [self.pick.choice("BDFGHJKLNPRSTVXZ") for _ in range(5)]
        one = self.digits
        if variant == "uk":
            return f"{letters[0]}{letters[1]}{one(2)} {''.join(letters[2:])}"
        return self.pick.choice(
            [
                f"{letters[0]}-{one(3)}-{letters[1]}{letters[2]}",
                f"{one(2)}-{letters[0]}{letters[1]}{letters[2]}-{one(1)}",
                f"{letters[0]}{letters[1]}-{one(2)}-{letters[2]}{letters[3]}",
            ]
        )

    def _bsn(self) -> str:
        while not is_bsn(number := self.digits(9)):
            pass
        return self.pick.choice(
            [number, f"{number[:4]}.{number[4:6]}.{number[6:]}", f"{number[:3]} {number[3:6]} {number[6:]}"]
        )

    def _card(self) -> str:
        while not is_card(number := "4" + self.digits(15)):
            pass
        return " ".join(number[at : at + 4] for at in range(0, 16, 4))

    def _iban(self) -> str:
        bank, account = self.pick.choice(["RABO", "INGB", "ABNA", "KNAB"]), "0" + self.digits(9)
        number = next(
            f"NL{check:02}{bank}{account}" for check in range(2, 99) if is_iban(f"NL{check:02}{bank}{account}")
        )
        spaced = " ".join(number[at : at + 4] for at in range(0, 18, 4))
        return self.pick.choice([number, spaced, number.lower()])
