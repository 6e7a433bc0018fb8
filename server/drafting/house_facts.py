"""Facts that need no record: the house's own, which anybody may hear, and how the sender is addressed."""

from collections.abc import Iterator
from datetime import datetime

from server.drafting.content_classes import class_of
from server.model.pharmacy import OpeningTime, Pharmacy
from server.model.reply import Fact
from server.text.opening_hours import read_week

CLOSED = "closed"


def _stretch(opening: OpeningTime) -> str:
    return f"{opening.opens:%H:%M}-{opening.closes:%H:%M}"


def _weekday_hours(pharmacy: Pharmacy) -> Iterator[tuple[int, str]]:
    """For each weekday its stretches ("08:00-12:00, 13:00-18:00") or "closed"; nothing of a day that is not known.

    A structured week is whole; of a written one only what is said closed is closed."""
    stretches, closed = read_week(pharmacy.opening_hours)
    if pharmacy.hours:
        stretches, closed = pharmacy.hours, frozenset(range(7))
    for weekday in range(7):
        that_day = sorted((o for o in stretches if o.weekday == weekday), key=lambda o: o.opens)
        if that_day or weekday in closed:
            yield weekday, ", ".join(_stretch(opening) for opening in that_day) or CLOSED


def house_facts(pharmacy: Pharmacy, now: datetime) -> Iterator[Fact]:
    """What may be told to anybody, on any channel."""
    kinds = (
        "name",
        "phone",
        "email",
        "address",
        "opening_hours",
        "emergency_phone",
        "out_of_hours_phone",
        "portal_url",
    )
    values: list[tuple[str, str, str]] = [(f"pharmacy.{kind}", kind, getattr(pharmacy, kind)) for kind in kinds]
    values += [(f"pharmacy.hours.{weekday}", "hours", text) for weekday, text in _weekday_hours(pharmacy)]
    for path, kind, value in values:
        if value.strip():
            yield Fact(
                path, "pharmacy", kind, value.strip(), "Gegevens van de apotheek", now, class_of("pharmacy", kind)
            )


def first_name(name: str) -> str:
    """The first name as one would say it, "" when the record has initials only or just one word."""
    first, _, rest = name.strip().partition(" ")
    letters = first.replace("-", "").replace("'", "").replace("’", "")
    return first if rest and len(letters) > 1 and letters.isalpha() and not letters.isupper() else ""


def sender_facts(name: str, subject_id: str, now: datetime) -> Iterator[Fact]:
    """How to address whoever writes: the name on record, never what stands in the mail's header."""
    for kind, value in (("salutation", " ".join(name.split())), ("first_name", first_name(name))):
        if value:
            yield Fact(f"sender.{kind}", subject_id, kind, value, "Naam in de gegevens", now, class_of("sender", kind))
