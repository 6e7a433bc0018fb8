"""The answer to each question: the statements of its outcome, its records grouped by equal values, nothing said twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from server.drafting.facts import named_subjects
from server.drafting.fields import RECORD_FIELDS
from server.drafting.voice import NO_RECORD, Voice
from server.drafting.wording import fields_of
from server.errors import InvalidContent
from server.model.patient import Rung
from server.model.reply import Sentence
from server.model.rulebook import Intent, Statement
from server.model.triage import Question

MAX_WISHES = 2
MAX_CANDIDATES = 3  # house rule 10: no longer list in a mail

# Outcomes that mean the same whichever intent asks: said once per record.
_SHARED = frozenset({"ready", "in_progress", "back_order", "delivered", "not_ordered"})
# Outcomes that say little: not said of a record about which another question has a real answer.
_WEAK = frozenset({"not_ordered", "unknown", "pickup"})
# Of a mail that asks something else as well, these parts need no words of their own.
_SILENT_BESIDE = frozenset({("other", "unknown"), ("other", "thanks")})
# Intents that say back a medicine that is in no record.
_SAY_NAMED = frozenset({"refill_request", "prescription_status", "stock_availability", "prescription_transfer"})
# Outcomes that are a wish themselves: what we do about it is the next step.
_WISHED = frozenset({"delivery_wanted"})
# Wishes that leave nothing to say next: the doctor has sent the prescription already.
_NO_NEXT_STEP = frozenset({"sent"})


@dataclass(frozen=True)
class Said:
    """A sentence of a question's part; one that is `spare` may go when the reply gets too long."""

    sentence: Sentence
    spare: bool = False


def _is_of_house(said: Said) -> bool:
    return said.sentence.statement_id.startswith("house.")


class Answers:
    """Answers the questions of one brief; remembers what was said, so that nothing is said twice."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self._told: set[tuple[str, str]] = set()
        self._steps: set[str] = set()
        self._names = named_subjects(voice.brief.triage)
        questions = voice.brief.triage.questions
        abouts = [about for question in questions for about in question.about]
        self._answered = {about.subject_id for about in abouts if about.outcome not in _WEAK and about.subject_id}
        self._ready = any(about.outcome == "ready" for about in abouts)
        self._beside = any((q.intent, a.outcome) not in _SILENT_BESIDE for q in questions for a in q.about)
        if not voice.tells_records:  # what is said of the house must not depend on the record either
            self._answered, self._ready = set(), False
        self.withheld = 0  # statements that may not be said over this channel

    def answer(self, question: Question) -> list[Said]:
        """The question's statements in order, the next step of each outcome right behind it; a wish takes its place."""
        intent = self.voice.rulebook.intents.get(question.intent)
        if intent is None:
            raise InvalidContent(f"no such intent: {question.intent}")
        said: list[Said] = []
        house: list[Said] = []  # what holds for all, after what is said of each record
        wishes = [Said(sentence) for sentence in self._wishes(question)]
        tells = self.voice.tells_records
        wished = bool(wishes) or (tells and any(about.outcome in _WISHED for about in question.about))
        wished = wished or bool(_NO_NEXT_STEP & set(question.wishes))
        for outcome, subject_ids in self._by_outcome(question).items():
            withheld = self.withheld
            stated = [Said(sentence) for sentence in self._state(intent, outcome, subject_ids)]
            if not wished and (stated or self.withheld == withheld):
                steps = [Said(s, spare=True) for s in self._next_steps(intent, outcome, len(subject_ids))]
                stated += [step for step in steps if not _is_of_house(step)]
                house += [step for step in steps if _is_of_house(step)]
            said += stated
        return [*said, *house, *(Said(sentence) for sentence in self._clarify(intent, question)), *wishes]

    def _by_outcome(self, question: Question) -> dict[str, list[str]]:
        """Records by outcome, without those of which another question has a real answer."""
        found: dict[str, list[str]] = {}
        about = self._with_named(question, [(a.subject_id, a.outcome) for a in question.about])
        if not about and not question.candidates:
            about = [("", "pharmacist" if question.intent == "clinical_question" else "unknown")]
        for subject_id, outcome in dict.fromkeys(about):
            silent = self._beside and (question.intent, outcome) in _SILENT_BESIDE
            told_better = outcome in _WEAK and (
                subject_id in self._answered or self._nothing_to_collect(question, outcome)
            )
            if not silent and not told_better:
                found.setdefault(outcome, []).append(subject_id)
        return found

    def _with_named(self, question: Question, about: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Medicine words of the mail that fit no record stand in for the record that there is none of."""
        if question.intent not in _SAY_NAMED or not question.named:
            return about
        outcome = next((outcome for subject_id, outcome in about if not subject_id), "unknown")
        named = [(self._names[word.strip()], outcome) for word in question.named if word.strip()]
        return [(subject_id, outcome) for subject_id, outcome in about if subject_id] + named

    def _nothing_to_collect(self, question: Question, outcome: str) -> bool:
        """How to collect, in general, is no answer while this reply says of every order that it is not ready yet."""
        return outcome == "pickup" and bool(self._answered) and not self._ready and "hours" not in question.wishes

    def _first_time(self, subject_id: str, outcome: str) -> bool:
        """Whether this reply has not said this of the record yet, whichever question brought it up."""
        before = (subject_id, outcome) in self._told
        self._told.add((subject_id, outcome))
        return not before or outcome not in _SHARED

    def _statements(self, intent: Intent, outcome: str) -> tuple[Statement, ...]:
        """The statements of an outcome; for a confirmed sender its own wording where there is one."""
        ids = intent.statements.get(outcome)
        if ids is None:
            raise InvalidContent(f"{intent.id} has no statements for {outcome}")
        if outcome == "pickup" and self._answered:
            ids = tuple(i for i in ids if i != "pickup.where")  # whoever has an order here knows the counter
        confirmed = self.voice.brief.match.rung is Rung.CONFIRMED
        known = self.voice.rulebook.statements
        return tuple(
            self.voice.statement(f"{i}_confirmed" if confirmed and f"{i}_confirmed" in known else i) for i in ids
        )

    def _allowed(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        statements = tuple(statements)
        allowed = tuple(statement for statement in statements if self.voice.may_say(statement))
        self.withheld += len(statements) - len(allowed)
        return allowed

    def _state(self, intent: Intent, outcome: str, subject_ids: Sequence[str]) -> Iterator[Sentence]:
        statements = self._statements(intent, outcome)
        if (
            intent.about != "house"
            and not self.voice.tells_records
            and any(s.content_class != "house" for s in statements)
        ):
            self.withheld += len(statements)  # all of it: what is left over would tell one outcome from another
            return
        statements = self._allowed(statements)
        general = [all(not fields_of(w) & RECORD_FIELDS for w in self.voice.wordings(s)) for s in statements]
        last = max((at for at, is_general in enumerate(general) if not is_general), default=-1)
        lead, closing_ones = statements[: last + 1], statements[last + 1 :]
        fresh = [subject for subject in subject_ids if self._first_time(subject, outcome)]
        fitting = [subject for subject in fresh if all(self.voice.choose(s, subject) for s in lead)]
        if lead and len(fitting) < len(fresh):
            yield from self._state(intent, "unknown", NO_RECORD) if outcome != "unknown" else ()
        for group in self._groups(lead, fitting):
            for statement in lead:
                yield self._filled(statement, group)
        for statement in closing_ones:
            sentence = self.voice.say_statement(statement, count=len(subject_ids))
            if sentence is not None:
                yield sentence

    def _groups(self, statements: Sequence[Statement], subject_ids: Sequence[str]) -> Iterator[list[str]]:
        groups: dict[object, list[str]] = {}
        for subject_id in subject_ids:
            wordings = [self.voice.choose(statement, subject_id) or "" for statement in statements]
            key = tuple((wording, self.voice.told(wording, subject_id)) for wording in wordings)
            groups.setdefault(key, []).append(subject_id)
        yield from groups.values()

    def _filled(self, statement: Statement, subject_ids: Sequence[str], style: str = "and") -> Sentence:
        wording = self.voice.choose(statement, subject_ids[0])
        if wording is None:
            raise InvalidContent(f"[{statement.id}] cannot be filled")
        return self.voice.sentence(statement, wording, subject_ids, style=style)

    def _clarify(self, intent: Intent, question: Question) -> Iterator[Sentence]:
        """Asks which record is meant: never guessed. More than a few are not listed."""
        if not question.candidates:
            return
        listed = question.candidates if len(question.candidates) <= MAX_CANDIDATES else NO_RECORD
        statement_id = f"clarify.{intent.about}"
        known = statement_id in self.voice.rulebook.statements
        for statement in self._allowed((self.voice.statement(statement_id if known else "clarify.other"),)):
            subject_ids = listed if all(self.voice.choose(statement, subject) for subject in listed) else NO_RECORD
            yield self._filled(statement, subject_ids, "or")

    def _wishes(self, question: Question) -> Iterator[Sentence]:
        """What is wanted beside, where the house has a statement for it: the first two such wishes."""
        ids = (f"wish.{question.intent}_{wish}" for wish in question.wishes)
        known = (statement_id for statement_id in ids if statement_id in self.voice.rulebook.statements)
        for statement in self._allowed(
            self.voice.statement(statement_id) for statement_id in islice(known, MAX_WISHES)
        ):
            yield from self.voice.say_all((statement.id,))

    def _next_steps(self, intent: Intent, outcome: str, count: int) -> Iterator[Sentence]:
        if outcome == "pickup" and self._answered and not self._ready:
            return
        for statement_id in intent.next_step.get(outcome, ()):
            sentence = self.voice.say(statement_id, count=count)
            if sentence is not None and statement_id not in self._steps:
                self._steps.add(statement_id)
                yield sentence
