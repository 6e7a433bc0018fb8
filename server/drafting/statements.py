"""What a reply says: greeting, one part per question or a notice, staff's own sentence, closing; short enough to read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from server.drafting.answers import Answers, Said
from server.drafting.greeting import closing, greeting
from server.drafting.notices import identify_first, records_unavailable, safe_channel, with_pharmacist
from server.drafting.voice import Voice, voice_of
from server.model.reply import PartKind, Piece, ReplyBrief, Sentence, SentenceOrigin
from server.model.rulebook import Rulebook
from server.model.triage import Route

MAX_WORDS = 120  # house rule 9


@dataclass(frozen=True)
class PlannedPart:
    """A part of the reply as it holds, in the template's order. `question`: its index in the triage."""

    kind: PartKind
    question: int | None
    sentences: tuple[Sentence, ...]


def _for_whom(voice: Voice, answers: Iterable[Sequence[Said]]) -> tuple[Sentence, ...]:
    """Says once whom the reply is about when somebody acts for them; opening hours are about nobody."""
    ids = {item.sentence.statement_id for part in answers for item in part}
    personal = any(voice.statement(statement_id).content_class != "house" for statement_id in ids)
    if not personal or voice.brief.match.contact is None or "patient.name" not in voice.facts:
        return ()
    sentence = voice.say_statement(voice.phrase("wording_patient"))
    return (sentence,) if sentence is not None else ()


def _words(parts: Iterable[Sequence[Said]]) -> int:
    return sum(len(item.sentence.text.split()) for part in parts for item in part)


def _shortened(answers: list[list[Said]], room: int) -> list[list[Said]]:
    """Leaves out next steps, the last ones first, until the reply is short enough."""
    answers = [list(part) for part in answers]
    for part in reversed(answers):
        for at in reversed(range(len(part))):
            if _words(answers) <= room:
                return answers
            if part[at].spare and len(part) > 1:
                del part[at]
    return answers


def _without_repeats(answers: Iterable[Sequence[Said]]) -> list[list[Said]]:
    """Each text once, where it comes first; it is spare only if it is nowhere an answer."""
    answers = list(answers)
    needed = {item.sentence.text for part in answers for item in part if not item.spare}
    seen: set[str] = set()
    kept: list[list[Said]] = []
    for part in answers:
        fresh = {item.sentence.text: item for item in part if item.sentence.text not in seen}
        seen |= set(fresh)
        kept.append([Said(item.sentence, text not in needed) for text, item in fresh.items()])
    return kept


def _joined(answers: Iterable[list[Said]]) -> list[list[Said]]:
    """A question whose answer another one has given leaves its next step with that one."""
    joined: list[list[Said]] = []
    for part in answers:
        if part and joined and all(item.spare for item in part):
            joined[-1] = [*joined[-1], *part]
            part = []
        joined.append(part)
    return joined


def _answer_parts(voice: Voice, room: int) -> Iterator[PlannedPart]:
    work = Answers(voice)
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
