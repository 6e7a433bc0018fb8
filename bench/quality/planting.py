"""Invented identifiers, written as people write them, and the mails they are planted in (planted/). Same seed, same mails."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bench.quality.inventing import DATA, PARTS, Person, Planter

__all__ = ["PARTS", "Person", "Plant", "Planted", "Template", "plant", "read_templates"]

_SLOT = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True)
class Template:
    """One mail with places. `mode`: "", "lower", "upper" or "flat" (lower case and no punctuation)."""

    number: int
    language: str
    mode: str
    text: str


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


def _known(planter: Planter, person: Person, what: str, language: str) -> str:
    if what == "born":
        return planter.dated(person.born, language)
    if what in person.numbers:
        if what == "phone":
            bare = person.numbers["phone"]
            return planter.pick.choice(
                [bare, f"{bare[:2]}-{bare[2:]}", f"+31{bare[1:]}", f"{bare[:2]} {bare[2:6]} {bare[6:]}"]
            )
        return person.numbers[what]
    return planter.named(person, what)


def _on_record(planter: Planter) -> Person:
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
    cast = {"k": _on_record(planter), "c": planter.person(), "d": planter.person()}
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
