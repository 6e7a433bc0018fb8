"""One brief's way of speaking: picks a statement's wording for the records asked about and fills it with facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.drafting.content_classes import ceiling
from server.drafting.fields import MONEY_FIELDS, OPENING_FIELDS, RECORD_FIELDS, Speech, read_terms
from server.drafting.wording import NAMES, fields_of, fill
from server.errors import InvalidContent
from server.model.reply import ContentClass, Fact, Piece, ReplyBrief, Sentence
from server.model.rulebook import Rulebook, Statement

CLASSES = {
    "house": ContentClass.HOUSE,
    "acknowledgement": ContentClass.ACKNOWLEDGEMENT,
    "answer": ContentClass.ANSWER,
    "overview": ContentClass.OVERVIEW,
}
NO_RECORD = ("",)  # the subjects of a sentence that is about no record


@dataclass(frozen=True)
class Voice:
    """Everything needed to word a sentence of this brief."""

    brief: ReplyBrief
    rulebook: Rulebook
    facts: Mapping[str, Fact]
    speech: Speech

    def statement(self, statement_id: str) -> Statement:
        """Raises InvalidContent when there is no such statement."""
        try:
            return self.rulebook.statements[statement_id]
        except KeyError:
            raise InvalidContent(f"no such statement: {statement_id}") from None

    def phrase(self, name: str) -> Statement:
        """A fixed wording of greeting or closing. Raises InvalidContent when there is none."""
        if name not in self.rulebook.phrases:
            raise InvalidContent(f"no such phrase: {name}")
        return Statement(name.replace("wording_", "wording.", 1), self.rulebook.phrases[name], "house")

    def may_say(self, statement: Statement) -> bool:
        """Whether this sender may get such content over this channel."""
        return CLASSES[statement.content_class] <= ceiling(self.brief.match.rung, self.brief.pharmacy)

    @property
    def tells_records(self) -> bool:
        """Whether anything of the record may be said at all: else the letter must not even hint at how it stands."""
        return ceiling(self.brief.match.rung, self.brief.pharmacy) >= ContentClass.ANSWER

    def wordings(self, statement: Statement) -> tuple[str, ...]:
        """All wordings in this brief's language and tone."""
        language = self.brief.language
        informal = statement.variants.get(f"{language}-informal", ()) if not self.brief.formal else ()
        found = informal or statement.variants.get(language, ())
        if not found:
            raise InvalidContent(f"[{statement.id}] has no wording for {language}")
        return found

    def _known(self, name: str, subject_id: str) -> bool:
        if name in OPENING_FIELDS:
            return bool(self.speech.opening(self._hours(), closed=name == "pharmacy.closed_days"))
        return self._path(name, subject_id) in self.facts

    def _path(self, name: str, subject_id: str) -> str:
        return f"{subject_id}.{name}" if name in RECORD_FIELDS else name

    def _hours(self) -> list[Fact]:
        return [fact for fact in self.facts.values() if fact.kind == "hours"]

    def choose(self, statement: Statement, subject_id: str = "") -> str | None:
        """The first wording whose fields are all known; for another version, its neighbour with the same fields.
        None when no wording can be filled."""
        fitting = [
            wording
            for wording in self.wordings(statement)
            if all(self._known(name, subject_id) for name in fields_of(wording))
        ]
        if not fitting:
            return None
        alike = [wording for wording in fitting if fields_of(wording) == fields_of(fitting[0])]
        return alike[(self.brief.version - 1) % len(alike)]

    def told(self, wording: str, subject_id: str) -> tuple[object, ...]:
        """What a wording says of a record beside its name: records with equal answers share a sentence.

        Amounts never do: "A and B: 12.50" could be each or both."""
        names = sorted(fields_of(wording) & RECORD_FIELDS - NAMES)
        if MONEY_FIELDS & set(names):
            return (subject_id,)
        return tuple(self.facts[self._path(name, subject_id)].value for name in names)

    def _value(self, name: str, subject_ids: Sequence[str], style: str) -> tuple[Piece, ...]:
        if name in OPENING_FIELDS:
            return self.speech.opening(self._hours(), closed=name == "pharmacy.closed_days")
        if name not in RECORD_FIELDS:
            return (Piece(self.speech.say(self.facts[name]), (name,)),)
        facts = [self.facts[self._path(name, subject_id)] for subject_id in subject_ids]
        if name not in NAMES:
            return (Piece(self.speech.say(facts[0]), tuple(fact.path for fact in facts)),)
        called: dict[str, list[str]] = {}
        for fact in facts:
            called.setdefault(self.speech.say(fact), []).append(fact.path)
        items = [(Piece(text, tuple(paths)),) for text, paths in called.items()]
        return self.speech.join(items, "or" if style == "or" else "standard")

    def sentence(
        self,
        statement: Statement,
        wording: str,
        subject_ids: Sequence[str] = NO_RECORD,
        *,
        count: int | None = None,
        style: str = "and",
    ) -> Sentence:
        """The wording filled for these records, which all say the same."""
        number = len(subject_ids) if count is None else count
        pieces = fill(wording, lambda name: self._value(name, subject_ids, style), number)
        return Sentence(pieces, statement_id=statement.id)

    def say(self, statement_id: str, *, count: int = 1) -> Sentence | None:
        """A statement that is about no record; None when its fields are not known or it may not be said."""
        return self.say_statement(self.statement(statement_id), count=count)

    def say_statement(self, statement: Statement, *, count: int = 1) -> Sentence | None:
        wording = self.choose(statement)
        if wording is None or not self.may_say(statement):
            return None
        return self.sentence(statement, wording, count=count)

    def say_all(self, statement_ids: Iterable[str]) -> tuple[Sentence, ...]:
        """Those of these statements that can be said, in order."""
        said = (self.say(statement_id) for statement_id in statement_ids)
        return tuple(sentence for sentence in said if sentence is not None)


def voice_of(brief: ReplyBrief, rulebook: Rulebook) -> Voice:
    """The voice of this brief: states nothing but its offered facts. Raises InvalidContent for a language without a file."""
    language = rulebook.languages.get(brief.language)
    if language is None:
        raise InvalidContent(f"there is no wording for {brief.language}: no such file in content/languages")
    terms = read_terms(rulebook.phrases.get("wording_terms", {}).get(language.code, ()))
    speech = Speech(language, brief.today, brief.pharmacy.country, terms)
    return Voice(brief, rulebook, {fact.path: fact for fact in brief.offered}, speech)
