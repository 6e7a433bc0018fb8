"""Which kinds of facts each rung may hear over which channel: the contract's table (identity and channel), once."""

from collections.abc import Mapping

from server.model.patient import Rung
from server.model.pharmacy import Pharmacy
from server.model.reply import ContentClass

# The highest class of fact for each rung and channel. "plain_acknowledge" is a plain channel on which the pharmacy allows
# "your request is in hand". What NTA 7516 and article 7:457 of the Civil Code ask behind it: domain.md §5.1 and §5.3.
CEILINGS: Mapping[tuple[Rung, str], ContentClass] = {
    (Rung.UNKNOWN, "secure"): ContentClass.HOUSE,
    (Rung.UNKNOWN, "plain"): ContentClass.HOUSE,
    (Rung.UNKNOWN, "plain_acknowledge"): ContentClass.HOUSE,
    (Rung.ADDRESS_KNOWN, "secure"): ContentClass.ANSWER,
    (Rung.ADDRESS_KNOWN, "plain"): ContentClass.HOUSE,
    (Rung.ADDRESS_KNOWN, "plain_acknowledge"): ContentClass.ACKNOWLEDGEMENT,
    (Rung.CONFIRMED, "secure"): ContentClass.OVERVIEW,
    (Rung.CONFIRMED, "plain"): ContentClass.HOUSE,
    (Rung.CONFIRMED, "plain_acknowledge"): ContentClass.ACKNOWLEDGEMENT,
}

_ANSWERS = (
    "medication", "earliest_refill", "order_status", "ready_since", "expected_on", "prescriber", "in_stock", "repeats",
    "last_dispensed", "quantity", "days_supply", "appointment_kind", "appointment_date", "appointment_time",
    "appointment_status", "invoice_number", "invoice_date", "invoice_description", "invoice_status", "amount", "covered",
    "amount_due", "lab_name", "lab_status", "lab_date", "named",
)  # fmt: skip
# By whose the fact is (the first part of its path; "record": any line of the record), then by its kind.
CLASSES_OF_FACTS: Mapping[str, Mapping[str, ContentClass]] = {
    "pharmacy": dict.fromkeys(
        ("name", "phone", "email", "address", "opening_hours", "hours", "emergency_phone", "out_of_hours_phone", "portal_url"),
        ContentClass.HOUSE,
    ),
    "sender": dict.fromkeys(("salutation", "first_name"), ContentClass.ACKNOWLEDGEMENT),
    "patient": {
        "name": ContentClass.ANSWER,
        **dict.fromkeys(("birth_date", "address", "phone", "email"), ContentClass.OVERVIEW),
    },
    "coverage": {
        **dict.fromkeys(("insurer", "insurance_status"), ContentClass.ANSWER),
        "policy_number": ContentClass.OVERVIEW,
    },
    "record": dict.fromkeys(_ANSWERS, ContentClass.ANSWER),
}  # fmt: skip


def class_of(whose: str, kind: str) -> ContentClass:
    """The class of a kind of fact. A kind that nobody has put in the table is told to nobody."""
    return CLASSES_OF_FACTS.get(whose, CLASSES_OF_FACTS["record"]).get(kind, ContentClass.NEVER)


def ceiling(rung: Rung, pharmacy: Pharmacy) -> ContentClass:
    """The highest class of content that this rung may get over this pharmacy's channel."""
    acknowledges = pharmacy.channel == "plain" and pharmacy.plain_acknowledge
    return CEILINGS[rung, "plain_acknowledge" if acknowledges else pharmacy.channel]
