"""What a free-text draft says of how things stand: each status word with the records it speaks of, clause by clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from server.safety.clause_spans import clause_spans
from server.safety.ledger import Ledger
from server.safety.senses import Focus, fit_context, negated_near, topics_in
from server.safety.subjects import UNKNOWN, Subjects, find_subjects
from server.safety.tokens import Line
from server.safety.topics import FUTURE, INTERJECTION, KIND_OF, NEGATION, Topic

_WORD = re.compile(r"[^\W_]+")
_REALLY_LATER = re.compile(r"\b(?:zal|zullen|gaat|gaan|will|shall|going to|straks|later|soon|binnenkort)\b|'ll\b")
_OWN_NEGATION = frozenset(
    {
        "too_early",
        "no_order",
        "no_appointment",
        "awaited",
        "no_repeats",
        "open",
        "paid",
        "cancelled",
        "lapsed",
        "back_order",
    }
)
_THE_OTHER = re.compile(
    r"\b(?:de|het|uw|the|your) (?:andere|overige|other|remaining) (?:factu|rekening|nota|invoice|bill|afspra|appointment|uitslag|result|medicijn|medicine|middel)"
)
_BESIDE = re.compile(r"\b(?:verder|daarnaast|anders|nothing else|anything else|no other|geen andere)\b")
_AFFIRMED = re.compile(r"\b(?:wel|is|are|has|does)[.!]?\s*$")  # "…, but the Symbicort is"
_PAYMENT = re.compile(
    r"^(?:betaling|payment|zien|gezien|see|seen|staat|staan|is|are)\b"
)  # "de betaling is nog niet gezien": the negation is no part of the word
_SMALL = frozenset({
    "de", "het", "een", "uw", "je", "jouw", "zijn", "haar", "your", "the", "his", "her", "and", "en", "ook", "too",
    "as", "well", "also", "net", "als", "so", "is", "are", "does", "do", "van", "voor", "of", "for", "not", "niet",
    "geen", "no", "helaas", "yet", "nog", "al", "wel", "unfortunately", "sadly", "jammer", "genoeg", "dat", "that",
    "die", "it", "mg", "ml", "tablet", "tabletten", "tablets", "capsules"
})  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """One thing said. `asserted`: not under "zodra", "if" or a question; `future`: "wordt", "will"; `named`: its own
    clause says of what, else `subjects` were carried over, asked about, or are all there are ("any": one may do)."""

    topic: Topic
    words: str = field(repr=False)
    negated: bool = False
    asserted: bool = True
    future: bool = False
    subjects: tuple[str, ...] = ()
    any_of: bool = False


@dataclass(frozen=True)
class Clause:
    """A stretch of one sentence that says one thing; `start` and `end` are places in the sentence."""

    start: int
    end: int
    folded: str = field(repr=False)
    asserted: bool
    claims: tuple[Claim, ...] = ()
    subjects: Subjects = field(default_factory=Subjects)

    @property
    def topics(self) -> frozenset[Topic]:
        return frozenset(claim.topic for claim in self.claims)


def _subjects_of(
    topic: Topic, own: Subjects, focus: Focus, ledger: Ledger, folded: str
) -> tuple[tuple[str, ...], bool]:
    """The records a claim speaks of, and whether one of them is enough."""
    kind = KIND_OF[topic]
    named = own.of(kind)
    if named:
        return named, own.vague(kind)
    if topic == "covered" and own.medication:  # of a medicine no bill here tells of, nobody knows what is covered
        return ledger.bills_for(own.medication) or (UNKNOWN,), True
    if _BESIDE.search(folded):
        return tuple(one for one in ledger.ids(kind) if one not in focus.of.get(kind, ())), False
    if focus.of.get(kind):
        from_before = focus.of[kind]
        rest = tuple(one for one in ledger.ids(kind) if one not in from_before)
        if rest and _THE_OTHER.search(folded):
            return rest, False
        return from_before, len(from_before) > 1 and bool(re.search(r"\b(?:andere|other|rest|overige)\b", folded))
    every = ledger.ids(kind)
    asked = tuple(subject for subject in every if subject in ledger.about)
    return (asked, False) if asked else (every, True)


def _elliptical(folded: str) -> bool:
    """Whether a clause has little beside its subject: "de metformine nog niet", "and the ramipril too"."""
    return len([word for word in _WORD.findall(folded) if word not in _SMALL and not word.isdigit()]) <= 2


def _names_a_moment(line: Line, start: int, end: int) -> bool:
    """Whether a day or time of day stands at start:end."""
    days = [one for one in line.dates if one.kind in ("day", "weekday", "relative", "month")]
    places = [*(one.start for one in days), *(one.start for one in line.times)]
    return any(start <= place < end for place in places)


def _claims(
    folded: str, own: Subjects, focus: Focus, ledger: Ledger, *, asserted: bool, moment: bool
) -> Iterator[Claim]:
    """`moment`: the clause names a day or time. Of an appointment that alone says that it stands."""
    found = topics_in(folded)
    fit_context(found, folded, own, focus)
    named = own.appointment and (own.appointment != (UNKNOWN,) or not own.medication)
    if moment and named and not any(KIND_OF[topic] == "appointment" for topic in found):
        found["booked"] = (0, 0)
    for topic, (start, end) in found.items():
        subjects, any_of = _subjects_of(topic, own, focus, ledger, folded)
        own_negation = topic in _OWN_NEGATION and not _PAYMENT.search(folded[start:end])
        negated = negated_near(folded, start, end, own=own_negation)
        negated = negated and not (topic == "proposed" and "booked" in found)  # "het voorstel is nog niet vast"
        later = _REALLY_LATER if topic == "in_progress" else FUTURE  # "wordt klaargemaakt" is now
        future = later.search(folded) is not None and not (topic == "booked" and moment and named)
        yield Claim(topic, folded[start:end], negated, asserted, future, subjects, any_of)


def read_clauses(line: Line, ledger: Ledger, focus: Focus) -> tuple[Clause, ...]:
    """The clauses of one sentence with what they claim. `focus` is read and moved on."""
    skip = INTERJECTION.match(line.folded)
    clauses: list[Clause] = []
    spans = clause_spans(line, ledger)
    for number, (start, end, sub) in enumerate(spans):
        begin = max(start, skip.end()) if skip and start < skip.end() < end else start
        folded = line.folded[begin:end]
        asks = line.text.rstrip().endswith("?") and number == len(spans) - 1
        own = find_subjects(line, start, end, ledger)
        moment = _names_a_moment(line, start, end)
        claims = tuple(_claims(folded, own, focus, ledger, asserted=not sub and not asks, moment=moment))
        last = clauses[-1] if clauses else None
        if not claims and own and last and last.claims and not sub and _elliptical(folded):
            claims = _carried(last, own, folded)
        clauses.append(Clause(start, end, folded, not sub and not asks, claims, own))
        _move(focus, own, claims)
    return tuple(clauses)


def _carried(last: Clause, own: Subjects, folded: str) -> tuple[Claim, ...]:
    """The claims of the clause before said of other records: "de metformine nog niet"."""
    negated, affirmed = NEGATION.search(folded) is not None, _AFFIRMED.search(folded) is not None
    return tuple(
        replace(
            claim,
            subjects=own.of(KIND_OF[claim.topic]),
            any_of=False,
            negated=negated or (claim.negated and not affirmed),
        )
        for claim in last.claims
        if own.of(KIND_OF[claim.topic])
    )


def _move(focus: Focus, own: Subjects, claims: Sequence[Claim]) -> None:
    for kind in ("medication", "coverage", "lab", "appointment", "invoice"):
        named = own.of(kind)
        if named:
            focus.of[kind] = named
            focus.last = kind
    if claims and not own:
        kind = KIND_OF[claims[0].topic]
        focus.last = kind if kind != "patient" else focus.last
