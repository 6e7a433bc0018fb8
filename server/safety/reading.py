"""One reading of a draft for all checks: its free text in sentences, clauses and tokens, beside what is true."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from server.model.finding import Finding, Part, Severity
from server.model.reply import Draft, ReplyBrief
from server.safety.claims import Clause, read_clauses
from server.safety.ledger import Ledger, make_ledger
from server.safety.letter import Letter, read_letter
from server.safety.senses import Focus
from server.safety.stretches import Mode, Stretch, stretches
from server.safety.subjects import asked_kind
from server.safety.tokens import Line, read_line

# What the checks can read: claims, advice and promises are known in these. Words of another language are not checked, so
# they are not let through (checks/wrong_language.py).
CHECKED_LANGUAGES = frozenset({"nl", "en"})


@dataclass(frozen=True)
class Passage:
    """One sentence of free or connecting text with what it holds and says."""

    line: Line
    clauses: tuple[Clause, ...]
    mode: Mode
    number: int = 0

    def clause_at(self, place: int) -> Clause | None:
        """The clause in which a token stands."""
        return next((clause for clause in self.clauses if clause.start <= place < clause.end), None)


@dataclass(frozen=True)
class Reading:
    """`passages`: the sentences that are not reviewed content, in order. Made once for each review."""

    draft: Draft
    brief: ReplyBrief
    stretches: tuple[Stretch, ...] = ()
    ledger: Ledger = field(repr=False, kw_only=True)

    @cached_property
    def letters(self) -> tuple[tuple[Letter, Mode], ...]:
        return tuple((read_letter(one.text), one.mode) for one in self.stretches if one.mode != "statement")

    @property
    def _house(self) -> tuple[str, ...]:
        """Names and addresses in which a number is no claim: the house's, and the patient's own."""
        patient = self.ledger.patient
        addresses = [self.brief.pharmacy.address, (patient.address or "") if patient else ""]
        streets = [address.split(",")[0] for address in addresses]
        return tuple(words for words in (*addresses, *streets, self.brief.pharmacy.name) if words)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        house = self._house
        focus = Focus(asked_kind(self.ledger))
        found: list[Passage] = []
        for letter, mode in self.letters:
            for sentence in letter.sentences:
                line = read_line(sentence, self.ledger.requests, self.draft.language, self.brief.today, house)
                clauses = read_clauses(line, self.ledger, focus)
                found.append(Passage(line, clauses, mode, len(found)))
        return tuple(found)

    def of(self, *modes: Mode) -> Iterator[Passage]:
        """The sentences of these origins."""
        return (passage for passage in self.passages if passage.mode in modes)

    @property
    def own_text(self) -> str:
        """All that is not reviewed content, as it stands."""
        return "\n".join(one.text for one in self.stretches if one.mode != "statement")


def read_draft(draft: Draft, brief: ReplyBrief) -> Reading:
    """Takes the draft apart; sentences are read when a check first asks for them."""
    return Reading(draft, brief, stretches(draft), ledger=make_ledger(brief))


def blocks(code: str, check: str, *quotes: str) -> Finding:
    """A hard finding of a check."""
    return Finding(code, Part.CHECK, Severity.HARD, f"checks/{check}", tuple(quote.strip()[:200] for quote in quotes))


def notes(code: str, check: str, *quotes: str) -> Finding:
    """A soft finding: a person should look, nothing is withheld."""
    return Finding(code, Part.CHECK, Severity.SOFT, f"checks/{check}", tuple(quote.strip()[:200] for quote in quotes))
