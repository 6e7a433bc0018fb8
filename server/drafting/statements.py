"""What a reply says: per question the statements that hold, picked by outcome, grouped by equal values, filled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from server.drafting.facts import named_subjects
from server.drafting.fields import RECORD_FIELDS
from server.drafting.greeting import closing, greeting
from server.drafting.notices import identify_first, records_unavailable, safe_channel, with_pharmacist
from server.drafting.voice import NO_RECORD, Voice, voice_of
from server.drafting.wording import fields_of
from server.errors import InvalidContent
from server.model.patient import Rung
from server.model.reply import PartKind, Piece, ReplyBrief, Sentence, SentenceOrigin
from server.model.rulebook import Intent, Rulebook, Statement
from server.model.triage import Question, Route

MAX_WORDS = 120  # house rule 9
MAX_CANDIDATES = 3  # house rule 10: no longer list in a mail

# Outcomes that mean the same whichever intent asks: said once per record.
_SHARED = frozenset({"ready", "in_progress", "back_order", "delivered", "not_ordered"})
# Outcomes that say little: not said of a record about which another question has a real answer.
_WEAK = frozenset({"not_ordered", "unknown", "pickup"})
# Of a mail that asks something else as well, these parts need no words of their own.
_SILENT_BESIDE = frozenset({("other", "unknown"), ("other", "thanks")})
# Outcomes that are a wish themselves: what we do about it is the next step.
_WISHED = frozenset({"delivery_wanted"})


@dataclass(frozen=True)
class PlannedPart:
    """A part of the reply as it holds, in the template's order. `question`: its index in the triage."""

    kind: PartKind
    question: int | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class _Said:
    """A sentence of a question's part; one that is `spare` may go when the reply gets too long."""

    sentence: Sentence
    spare: bool = False


@dataclass(frozen=True)
class _Group:
    """Records with one outcome of which everything that is said is the same."""

    outcome: str
    subject_ids: tuple[str, ...]


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


class _Answers:
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
        self.withheld = 0  # statements that may not be said over this channel

    def answer(self, question: Question) -> list[_Said]:
        """The question's statements in order, the next step of each outcome right behind it; a wish takes its place."""
        intent = self.voice.rulebook.intents.get(question.intent)
        if intent is None:
            raise InvalidContent(f"no such intent: {question.intent}")
        said: list[_Said] = []
        wishes = [_Said(sentence) for sentence in self._wishes(question)]
        wished = bool(wishes) or any(about.outcome in _WISHED for about in question.about)
        for outcome, subject_ids in self._by_outcome(question).items():
            withheld = self.withheld
            stated = [_Said(sentence) for sentence in self._state(intent, outcome, subject_ids)]
            if not wished and (stated or self.withheld == withheld):
                stated += [_Said(s, spare=True) for s in self._next_steps(intent, outcome, len(subject_ids))]
            said += stated
        return [*said, *(_Said(sentence) for sentence in self._clarify(intent, question)), *wishes]

    def _by_outcome(self, question: Question) -> dict[str, list[str]]:
        """Records by outcome, without those of which another question has a real answer."""
        found: dict[str, list[str]] = {}
        about = [(a.subject_id, a.outcome) for a in question.about]
        if not about and not question.candidates:
            about = [(self._names[word.strip()], "unknown") for word in question.named if word.strip() in self._names]
            about = about or [("", "pharmacist" if question.intent == "clinical_question" else "unknown")]
        for subject_id, outcome in dict.fromkeys(about):
            silent = self._beside and (question.intent, outcome) in _SILENT_BESIDE
            told_better = outcome in _WEAK and (
                subject_id in self._answered or self._nothing_to_collect(question, outcome)
            )
            if not silent and not told_better:
                found.setdefault(outcome, []).append(subject_id)
        return found

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
        statements = self._allowed(self._statements(intent, outcome))
        general = [all(not fields_of(w) & RECORD_FIELDS for w in self.voice.wordings(s)) for s in statements]
        last = max((at for at, is_general in enumerate(general) if not is_general), default=-1)
        lead, closing_ones = statements[: last + 1], statements[last + 1 :]
        fresh = [subject for subject in subject_ids if self._first_time(subject, outcome)]
        fitting = [subject for subject in fresh if all(self.voice.choose(s, subject) for s in lead)]
        if lead and len(fitting) < len(fresh):
            yield from self._state(intent, "unknown", NO_RECORD) if outcome != "unknown" else ()
        for group in self._groups(outcome, lead, fitting):
            for statement in lead:
                yield self._filled(statement, group.subject_ids)
        for statement in closing_ones:
            sentence = self.voice.say_statement(statement, count=len(subject_ids))
            if sentence is not None:
                yield sentence

    def _groups(self, outcome: str, statements: Sequence[Statement], subject_ids: Sequence[str]) -> Iterator[_Group]:
        groups: dict[object, list[str]] = {}
        for subject_id in subject_ids:
            wordings = [self.voice.choose(statement, subject_id) or "" for statement in statements]
            key = tuple((wording, self.voice.told(wording, subject_id)) for wording in wordings)
            groups.setdefault(key, []).append(subject_id)
        return (_Group(outcome, tuple(members)) for members in groups.values())

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
        """What is wanted beside, where the house has a statement for it: the first such wish."""
        ids = (f"wish.{question.intent}_{wish}" for wish in question.wishes)
        known = (statement_id for statement_id in ids if statement_id in self.voice.rulebook.statements)
        for statement in self._allowed(self.voice.statement(statement_id) for statement_id in islice(known, 1)):
            yield from self.voice.say_all((statement.id,))

    def _next_steps(self, intent: Intent, outcome: str, count: int) -> Iterator[Sentence]:
        if outcome == "pickup" and self._answered and not self._ready:
            return
        for statement_id in intent.next_step.get(outcome, ()):
            sentence = self.voice.say(statement_id, count=count)
            if sentence is not None and statement_id not in self._steps:
                self._steps.add(statement_id)
                yield sentence


def _for_whom(voice: Voice, answers: Iterable[Sequence[_Said]]) -> tuple[Sentence, ...]:
    """Says once whom the reply is about when somebody acts for them; opening hours are about nobody."""
    ids = {item.sentence.statement_id for part in answers for item in part}
    personal = any(voice.statement(statement_id).content_class != "house" for statement_id in ids)
    if not personal or voice.brief.match.contact is None or "patient.name" not in voice.facts:
        return ()
    sentence = voice.say_statement(voice.phrase("wording_patient"))
    return (sentence,) if sentence is not None else ()


def _words(parts: Iterable[Sequence[_Said]]) -> int:
    return sum(len(item.sentence.text.split()) for part in parts for item in part)


def _shortened(answers: list[list[_Said]], room: int) -> list[list[_Said]]:
    """Leaves out next steps, the last ones first, until the reply is short enough."""
    answers = [list(part) for part in answers]
    for part in reversed(answers):
        for at in reversed(range(len(part))):
            if _words(answers) <= room:
                return answers
            if part[at].spare and len(part) > 1:
                del part[at]
    return answers


def _without_repeats(answers: Iterable[Sequence[_Said]]) -> list[list[_Said]]:
    """Each text once, where it comes first; it is spare only if it is nowhere an answer."""
    answers = list(answers)
    needed = {item.sentence.text for part in answers for item in part if not item.spare}
    seen: set[str] = set()
    kept: list[list[_Said]] = []
    for part in answers:
        fresh = {item.sentence.text: item for item in reversed(part) if item.sentence.text not in seen}
        seen |= set(fresh)
        kept.append([_Said(item.sentence, text not in needed) for text, item in reversed(fresh.items())])
    return kept


def _joined(answers: Iterable[list[_Said]]) -> list[list[_Said]]:
    """A question whose answer another one has given leaves its next step with that one."""
    joined: list[list[_Said]] = []
    for part in answers:
        if part and joined and all(item.spare for item in part):
            joined[-1] = [*joined[-1], *part]
            part = []
        joined.append(part)
    return joined


def _answer_parts(voice: Voice, room: int) -> Iterator[PlannedPart]:
    work = _Answers(voice)
    answers = _joined(_without_repeats([work.answer(question) for question in voice.brief.triage.questions]))
    whom = _for_whom(voice, answers)
    room -= sum(len(sentence.text.split()) for sentence in whom)
    first = True
    for index, part in enumerate(_shortened(answers, room)):
        if part:
            sentences = (*(whom if first else ()), *(item.sentence for item in part))
            yield PlannedPart("question", index, sentences)
            first = False
    if work.withheld:
        yield PlannedPart("notice", None, safe_channel(voice))
    elif first:
        yield PlannedPart("notice", None, voice.say_all(("notice.received",)))


def _body(voice: Voice, room: int) -> tuple[PlannedPart, ...]:
    brief = voice.brief
    if brief.triage.route is Route.ESCALATE:
        notices = with_pharmacist(voice)
    elif brief.match.record_unavailable:
        notices = records_unavailable(voice)
    elif brief.triage.route is Route.VERIFY or not brief.verified:
        notices = identify_first(voice)
    else:
        return tuple(_answer_parts(voice, room))
    return tuple(PlannedPart("notice", None, sentences) for sentences in notices if sentences)


def _states(parts: Iterable[PlannedPart], path: str) -> bool:
    return any(path in piece.facts for part in parts for sentence in part.sentences for piece in sentence.pieces)


def parts_for(brief: ReplyBrief, rulebook: Rulebook) -> tuple[PlannedPart, ...]:
    """The whole reply as it holds: greeting, one part per question, staff's own sentence, closing.

    Raises InvalidContent when content names what does not exist; a value is never silently left out."""
    voice = voice_of(brief, rulebook)
    opening = PlannedPart("greeting", None, greeting(voice))
    frame = (*opening.sentences, *closing(voice, with_contact=True))
    staff = brief.staff_sentence.strip()
    room = MAX_WORDS - sum(len(sentence.text.split()) for sentence in frame) - len(staff.split())
    body = _body(voice, room)
    own = Sentence((Piece(staff),), SentenceOrigin.STAFF)
    staff_part = (PlannedPart("staff", None, (own,)),) if staff else ()
    ending = PlannedPart("closing", None, closing(voice, with_contact=not _states(body, "pharmacy.phone")))
    return (opening, *body, *staff_part, ending)
