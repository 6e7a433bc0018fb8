"""What a draft's sentence says beyond what is known: words left when values, claims, courtesies and plain words are taken out.

A list of lies is never complete; this is the other way round. A sentence that speaks of a patient's matters is let through
only when each word of it is grammar, a plain noun, a value that another check ties to the record, part of a claim that the
record is asked about, a courtesy (`frames.py`), or a word that the sender wrote."""

import re

from server.safety.frames import FACT_WORDS, RISKY, SOCIAL, STATUS_WORDS, framed
from server.safety.names import allowed_tokens
from server.safety.plain_dutch import WORDS as DUTCH
from server.safety.plain_english import WORDS as ENGLISH
from server.safety.reading import Passage, Reading
from server.text.calendar_words import MONTHS, NAMED_DAYS, SHORT_WEEKDAYS, WEEKDAYS
from server.text.numbers import NUMBER_WORDS, ORDINAL_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_MARK = re.compile(r"x(?:id|link|ref|money|med|dose|take|date|time|count)")
_VALUE = re.compile(r"\bx(?:money|count|date|dose|take)\b")
_CLINICAL_VALUE = re.compile(r"\bx(?:med|dose|money|count|take)\b")
_CALENDAR = frozenset((*MONTHS, *NAMED_DAYS, *WEEKDAYS, *SHORT_WEEKDAYS, *NUMBER_WORDS, *ORDINAL_WORDS))
_PLAIN = DUTCH | ENGLISH | _CALENDAR


def marked(passage: Passage) -> str:
    """The folded sentence with each value as a mark ("xdate"): whether it is right is judged elsewhere."""
    line = passage.line
    kinds = (
        ("xid", line.identifiers), ("xlink", line.contacts), ("xref", line.references), ("xmoney", line.money),
        ("xmed", line.medicines), ("xdose", line.doses), ("xtake", line.intakes), ("xdate", line.dates),
        ("xtime", line.times), ("xtime", line.lengths), ("xcount", line.counts),
    )  # fmt: skip
    places = sorted((token.start, token.end, mark) for mark, tokens in kinds for token in tokens)
    text, done = [], 0
    for start, end, mark in places:
        if start >= done:
            text += [line.folded[done:start], f" {mark} "]
            done = end
    return "".join([*text, line.folded[done:]])


def _is_name(word: str, names: frozenset[str]) -> bool:
    return word in names or word.removesuffix("'s").removesuffix("s'").removesuffix("s") in names


def residue(passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The words of a sentence that nothing explains, in order."""
    text = marked(passage)
    left = list(text)
    for start, end in framed(text):
        left[start:end] = " " * (end - start)
    claims = [claim for clause in passage.clauses for claim in clause.claims]
    known = _PLAIN | {word for claim in claims for word in _WORD.findall(claim.words)}
    if claims:
        known |= STATUS_WORDS | FACT_WORDS
    elif _VALUE.search(text):
        known |= FACT_WORDS
    if (social := SOCIAL.search(text)) and not _CLINICAL_VALUE.search(social[0]):
        left[social.start() : social.end()] = " " * (social.end() - social.start())
    names = allowed_tokens(reading)  # the mail's own words are among them
    words = _WORD.findall("".join(left))
    return tuple(w for w in words if w not in known and not _is_name(w, names) and not _MARK.fullmatch(w))


_MATTERS = re.compile(  # what a patient's mail is about; beside the values, which always are
    r"(?<![\w'])(?:\w*recept\w*|voorschrift\w*|herhaling\w*|bestelling\w*|medicijn\w*|medicatie|geneesmiddel\w*|middel\w*|tablet\w*|capsules?|pil|pillen|doosjes?|spray|inhalator\w*"
    r"|factu\w+|rekening\w*|nota\w*|bedrag\w*|betaling\w*|afspra\w+|\w*prik|\w*vaccinatie\w*|\w*meting|\w*beoordeling|\w*uitslag\w*|\w*bepaling|polis\w*|\w*verzekering|\w*verzekeraar|machtiging\w*|vergoeding\w*|aanvraag|huisarts|arts|specialist|leverancier|groothandel|bezorger|koerier"
    r"|prescriptions?|refills?|repeats?|orders?|medicines?|medications?|tablets?|capsules?|pills?|box(?:es)?|inhalers?|invoices?|bills?|amounts?|payments?|appointments?|\w*vaccinations?|jab|results?|tests?|polic(?:y|ies)|insur\w+|coverage|approval|authori[sz]ation|doctors?|gp|specialist|supplier|wholesaler|courier|driver"
    r"|die|deze|hem|ze|hij|dat|it|they|them|that|those|these|both|beide|allebei|alles|everything|all)(?![\w'])"
)
_THIRD = re.compile(
    r"(?<![\w'])(?:hij|zij|haar|hem|zijn (?!wij|we|er)|diens|she|he|her|him|his|hers|mevrouw|meneer|de heer|mrs?|ms"
    r"|(?:uw|your) (?:zus|broer|moeder|vader|buurvrouw|buurman|man|vrouw|dochter|zoon|partner|vriendin?|sister|brother|mother|father|neighbou?r|husband|wife|daughter|son|friend|mum|dad)(?:'s)?)(?![\w'])"
)


def says_more(passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The unexplained words of a sentence that speaks of the patient's matters, or that judge, advise or assure."""
    left = residue(passage, reading)
    risky = tuple(word for word in left if word in RISKY)
    if not left or passage.line.text.rstrip().endswith("?"):
        return risky if len(risky) > 1 else ()
    text = marked(passage)
    if social := SOCIAL.search(text):
        text = text[social.end() :]
    claimed = any(claim.asserted for clause in passage.clauses for claim in clause.claims)
    matters = not claimed and (_MATTERS.search(text) or "xmed" in text or _VALUE.search(text))
    return left if risky or len(left) > (1 if matters else 2) else ()


def tells_of_another(passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The unexplained words of a sentence to a stranger that speaks of somebody, or of a patient's matters."""
    left = residue(passage, reading)
    text = marked(passage)
    if passage.line.text.rstrip().endswith("?"):
        return left if len(left) > 1 and _THIRD.search(text) else ()
    return left if _THIRD.search(text) or _MATTERS.search(text) or len(left) > 2 else ()
