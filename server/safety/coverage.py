"""What a draft's sentence says beyond what is known: words left when values, claims, courtesies and plain words are taken out.

A list of lies is never complete; this is the other way round. A sentence that speaks of a patient's matters is let through
only when each word of it is grammar, a plain noun, a value that another check ties to the record, part of a claim that the
record is asked about, a courtesy (`frames.py`), or a word that the sender wrote."""

import re

from server.safety.claims import Clause
from server.safety.frames import CERTAIN, FACT_WORDS, RISKY, SOCIAL, STATUS_WORDS, framed
from server.safety.names import allowed_tokens
from server.safety.plain_dutch import WORDS as DUTCH
from server.safety.plain_english import WORDS as ENGLISH
from server.safety.reading import Passage, Reading
from server.safety.topics import HOURS_WORDS
from server.text.calendar_words import MONTHS, NAMED_DAYS, SHORT_WEEKDAYS, WEEKDAYS
from server.text.numbers import NUMBER_WORDS, ORDINAL_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_MARK = re.compile(r"x(?:id|link|ref|money|med|dose|take|date|time|count)")
_VALUE = re.compile(r"\bx(?:money|count|date|dose|take)\b")
_MARKS = re.compile(r"\bx(?:id|link|ref|money|med|dose|take|date|time|count)\b")
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
    return " ".join("".join([*text, line.folded[done:]]).split())


_COMPOUND = re.compile(  # a Dutch compound of a plain noun: "kaliumuitslag", "maagtabletten"
    r"[^\W\d_]{3,30}(?:uitslag(?:en)?|bepaling(?:en)?|meting(?:en)?|bestelling(?:en)?|recept(?:en)?|herhaling(?:en)?|prik(?:ken)?|afspra(?:ak|ken)|tablet(?:ten|jes)?|pil(?:len|letjes)?|pen(?:nen)?|nota|rekening(?:en)?|factu(?:ur|ren)|dag(?:en)?|middag|ochtend|avond|uren?|tijd(?:en)?|nummers?|adres(?:sen)?|service|berichten?|vraag|vragen|formulier(?:en)?|kaart(?:en)?|pas(?:sen)?|balie|dienst|lijst|gegevens|apotheek|arts(?:en)?|verzekering)"
)


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
    return tuple(
        word
        for word in words
        if word not in known
        and word.removesuffix("'s") not in known
        and not _is_name(word, names)
        and not _MARK.fullmatch(word)
        and not _COMPOUND.fullmatch(word)
    )


_MATTERS = re.compile(  # what a patient's mail is about; beside the values, which always are
    r"\bx(?:med|money|count|dose|take|ref)\b"
    r"|(?<![\w'])(?:\w*recept|voorschrift|herhaling\w*|bestelling\w*|medicijn\w*|medicatie|tablet\w*|capsules?|factuur|rekening|nota|bedrag|betaling|afspraak|\w*prik|\w*vaccinatie|\w*meting|\w*beoordeling|\w*uitslag\w*|\w*bepaling|polis|\w*verzekering|machtiging|vergoeding|aanvraag"
    r"|prescriptions?|refills?|repeats?|orders?|medicines?|medications?|tablets?|capsules?|invoices?|bills?|amount|payment|appointments?|\w*vaccinations?|jab|results?|policy|coverage|approval|authori[sz]ation)(?![\w'])"
)
_VALUE_OR_DAY = re.compile(r"\bx(?:med|money|count|dose|take|date|time)\b")
_THIRD = re.compile(
    r"(?<![\w'])(?:him|hij|zij|haar|diens|she|he|her|his|hers|mevrouw|meneer|de heer|mrs?|ms"
    r"|(?:uw|je|your) (?:zus|broer|moeder|vader|buurvrouw|buurman|man|vrouw|dochter|zoon|partner|vriendin?|sister|brother|mother|father|neighbou?r|husband|wife|daughter|son|friend|mum|dad)(?:'s)?)(?![\w'])"
)
_THEIRS = re.compile(  # a patient's things, said to somebody who may be none
    r"(?<![\w'])(?:uw|je|jouw|your|haar|zijn|her|his) (?:\w+ )?(?:bestelling\w*|recept\w*|medicijn\w*|medicatie|dossier|rekening\w*|factu\w+|herhaling\w*|afspra\w+|orders?|prescriptions?|medications?|medicines?|file|account|invoices?|bills?|appointments?|(?:[\w]+-)(?:e-?mail)?(?:adres|address))(?![\w'])"
    r"|(?<![\w'])(?:uw|je|your) (?:andere|oude|vorige|eerdere|bekende|other|old|previous|usual) (?:e-?mail)?-?(?:adres|address|nummer|number)"
)
_ARTICLE = r"\b(?:de|het|een|uw|je|onze|ons|deze|dit|zijn|haar|geen|the|a|an|your|our|this|his|her|their|no|any)"
_BY_OURSELVES = re.compile(r"(?<![\w'])(?:wij|we|ik|i|we'll|we'd|i'll)(?![\w'])")
_POLICY = re.compile(r"\b(?:polis|\w*verzekering|dekking|policy|insurance|coverage)\b")
_STATES = re.compile(r"\b(?:is|zijn|are|was|were|heeft|has|have|had|kwam|came|gaat|goes|ging|went)\b")
_WE_LOOK = re.compile(
    r"\b(?:kijk\w*|zoek\w*|vraag|vragen|aanvragen|bespreken|overleg\w*|nagaan|na|navragen|bel|bellen|weten|controleren|houden|wachten|helpen|gaan|komen|pak\w*|regelen|verwerken|doorgeven|maken|maakt|printen|drukken|mailen|leggen|kunnen|mogen|check|look|ask|see|find|discuss|contact|call|ring|chase|know|wait|help|cannot|can't|keep|try|start|put|take|get)\b"
)
_DONE = re.compile(r"(?<![\w'])(?:heb|hebben|heeft|have|has|we've|i've|had|hadden|\w{3,}ed)(?![\w'])")
_REFUSAL = re.compile(  # how a stranger is told that nothing can be told
    r"\b(?:toestemming|machtig\w*|zelf|anderen|andere mensen|derden|third parties|other people|other customers|iemand anders|persoon|namens|permission|authori[sz]\w+|themsel\w+|himself|herself|anyone|someone|person)\b"
)


_TELLS_OF = re.compile(  # what may be said of a record without saying how it stands: which one, from whom, for what, asked for
    r"\b(?:gaat (?:het |dit )?(?:om|over)|betreft|bedraagt|is (?:voor|van|for|from) (?:the |de |het )?(?:one|een|x(?:count|med|date|money|dose|take))|concerns?|relates? to|comes? to|came to|totaal\w*|bedrag|total|amount|staa[tn] (?:\w+ ){0,2}(?:op|in)|op (?:(?:de|uw|het|je) )?(?:\w+ )?(?:factuur|nota|rekening|recept|etiket)|on (?:the|your) (?:invoice|bill|label)|according to the label|(?:is|was) (?:uw |your |het )?(?:eigen (?:risico|bijdrage)|deductible|own contribution)|(?:are|is|zijn) (?:both |allebei )?(?:noted|genoteerd))\b"
    r"|\b(?:vraag|vragen|verzoek|aanvraag|bericht|bestelling|wijziging|afmelding|afzegging|herhaling|repeat|question|request|message|order|cancellation)\b.{0,80}\b(?:ontvangen|gekregen|gelezen|genoteerd|doorgegeven|received|noted|passed on|forwarded|reached)\b|\b(?:received|have|got|noted|ontvangen)\b.{0,20}\b(?:request|question|message|order|vraag|verzoek|aanvraag)\b"
    r"|\b(?:kan|kunnen|kunt|can|could|may|mag|will|zal)\b.{0,60}\b(?:vertellen|uitleggen|zeggen|navragen|nakijken|tell|explain|advise|ask|check|bellen|call|ring)\b|\b(?:hangt|beslist|bepaalt|bespreekt?|bespreken|depends?|decides?|discuss|explain|go through)\b"
    r"|\b(?:voorgeschreven|voorschrijft|prescribed|prescribes|prescriber)\b|\b(?:u|je|you) (?:krijgt|kreeg|ontvangt|heeft|hebt|get|got|receive|received)\b.{0,40}\bxcount\b|\bxcount\b.{0,30}\b(?:per keer|each time|at a time)\b"
    r"|\b(?:weten|weet|know|bekend|nagaan|onbekend|sure|datum|date|nieuws|news)\b.{0,40}\b(?:niet|geen|nog|not|no|n't|yet)\b|\b(?:niet|geen|not|no|don't|can't|cannot)\b.{0,40}\b(?:weten|weet|know|zeggen|say|datum|date|nieuws|news|zien|see|sure)\b"
    r"|\b(?:bel|belt|bellen|mail|neem|neemt|laat|geef|geeft|stuur|vraag|kom|call|ring|let us|please|bring|contact|reply|show|vermeld|vermeldt|noem|noemt|quote|state)\b|\b(?:schrijft|vraagt|noemt|write|wrote|asked|mentioned)\b"
    r"|\b(?:invoice|bill|factuur|nota|rekening)\b.{0,40}\b(?:was|is|bedroeg|gehad|gekregen)(?: \w+)?,? xmoney"
    r"|\b(?:invoice|bill|factuur|nota)\b.{0,60}\b(?:covers|dekt|is (?:for|voor)(?! (?:uw|je|ons|hem|haar|hen|de|het|your|the|us|him|her|them|you)\b))\b|\b(?:details|gegevens|specificatie|overview|overzicht) (?:of|van)\b|\b(?:last|previous|laatste|vorige) (?:supply|time|keer|uitgifte|levering)\b.{0,40}\bxdate\b"
    r"|\b(?:could|zou|zouden|would)\b|\b(?:zodra|als|wanneer|indien|mocht|once|if|when|as soon as|whether)\b.{0,80}\b(?:hoort|bericht|weten|bel\w*|langs|hear|message|know|call|tell|text|talk|come)\b"
    r"|\b(?:hoort|bericht|weten|bel\w*|hear|message|know|call|tell|text|kijken|check|nagaan|na)\b.{0,80}\b(?:zodra|als|wanneer|of|once|if|when|as soon as|whether)\b"
)


def _names_a_record(clause: Clause) -> bool:
    """Whether a clause speaks of a record; of the insurer alone it does not."""
    own = clause.subjects
    of_policy = own.coverage and _POLICY.search(clause.folded)
    return bool(own.medication or own.invoice or own.appointment or own.lab or of_policy)


_LAST_REPEAT = re.compile(r"\b(?:laatste|last|final) (?:herhaling|repeat|refill|renewal)\b")


def says_nothing_known(passage: Passage) -> bool:
    """Whether a sentence names a record and yet makes no claim that can be asked of it, nor one of the plain remarks."""
    if passage.line.text.rstrip().endswith("?") or any(claim for clause in passage.clauses for claim in clause.claims):
        return False
    if not any(_names_a_record(clause) for clause in passage.clauses if clause.asserted):
        return False
    if any(count.of == "repeats" for count in passage.line.counts) or _LAST_REPEAT.search(passage.line.folded):
        return False  # how many are left, which is asked of the record elsewhere
    text = marked(passage)
    if _BY_OURSELVES.search(text) and _WE_LOOK.search(text) and not _DONE.search(text):
        return False
    says = len(_WORD.findall(_MARKS.sub(" ", text))) > 4 or _STATES.search(text) is not None
    return says and _TELLS_OF.search(text) is None


def says_more(passage: Passage, reading: Reading, *, clinical: bool) -> tuple[str, ...]:
    """The unexplained words of a sentence that speaks of the patient's matters, or that judge, advise or assure.

    `clinical`: the mail asks or tells something of health, so that a word of worth or chance is likely to be advice."""
    left = residue(passage, reading)
    risky = tuple(word for word in left if word in RISKY)
    if not left or passage.line.text.rstrip().endswith("?"):
        return risky if len(risky) > 1 else ()
    text = marked(passage)
    if social := SOCIAL.search(text):
        text = text[social.end() :]
    if any(claim.asserted for clause in passage.clauses for claim in clause.claims):
        return left if len(left) > 2 or (risky and clinical) else ()
    if not clinical and HOURS_WORDS.search(text) and not (_MATTERS.search(text) or _CLINICAL_VALUE.search(text)):
        return ()  # when it is quiet at the counter, and how to ring
    ours = _BY_OURSELVES.search(text) and not _DONE.search(text)
    if any(word in CERTAIN for word in left) or (risky and (clinical or (not ours and _VALUE_OR_DAY.search(text)))):
        return left
    if ours:
        return ()  # what we shall do about it; its days, values and promises are judged elsewhere
    return left if len(_no_nouns(left, text)) > 1 and _MATTERS.search(text) else ()


def _no_nouns(left: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Without words that an article or possessive stands before: a thing by itself states nothing."""
    return tuple(word for word in left if not re.search(rf"{_ARTICLE}\s{re.escape(word)}\b", text))


_DEFINITE = re.compile(
    r"(?<![\w'])(?:de|het|the|uw|je|your) (?:\w+ )?(?P<thing>levering|bestelling\w*|\w*recept\w*|uitslag\w*|nota\w*|factu\w+|afspra\w+|\w*prik|\w*pen|pillen|tabletten|medicijn\w*|delivery|orders?|prescriptions?|results?|invoices?|bills?|appointments?|pens?|tablets|parcel|pakket\w*)(?![\w'])"
)
_UNTIL_KNOWN = re.compile(r"\b(?:niet|geen|nooit|niets|of|zonder|not|no|cannot|never|nothing|whether|any|n't)\b|n't\b")


def _presumes(text: str, reading: Reading) -> bool:
    """Whether a sentence to a stranger takes for granted that there is a thing which the mail did not bring up."""
    found = _DEFINITE.search(text)
    return bool(found and not _UNTIL_KNOWN.search(text) and found["thing"][:6] not in reading.ledger.mail_folded)


_CALLS_FOR_HELP = re.compile(
    r"\b(?:bel|belt|call|ring|phone|contact)\b.{0,60}\b(?:112|113|xlink|\w*arts|huisartsenpost|gp|doctor|out-of-hours)\b"
)
_NO_NEED = re.compile(r"\b(?:niet nodig|geen reden|hoeft|alleen|pas|no need|needn't|only|not necessary|don't need)\b")
_CONDITION = re.compile(
    r"\b(?:als|wanneer|zodra|indien|if|when|should|in case)\b[^,;:.!?]*"
    r"|^(?:wordt|krijgt|voelt|heeft|bent|raakt|gaat|verandert) (?:u|je|het|er)\b[^,;:.!?]*(?=, )"
)  # for whom or when help is called


def says_clinically(passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The unexplained words of a sentence where only an acknowledgement may go."""
    left = residue(passage, reading)
    text = marked(passage)
    if _CALLS_FOR_HELP.search(text) and not _NO_NEED.search(text):
        told = " ".join(_CONDITION.sub(" ", text).split())
        return tuple(word for word in left if re.search(rf"(?<![\w']){re.escape(word)}(?![\w'])", told))
    return left


def tells_of_another(passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The words of a sentence to a stranger that speaks of somebody else, or of things only a patient has."""
    left = residue(passage, reading)
    text = marked(passage)
    asks = passage.line.text.rstrip().endswith("?")
    third = _THIRD.search(text)
    if third and not _REFUSAL.search(text) and not SOCIAL.search(text):
        return left or (third[0],)
    if not asks and _presumes(text, reading):
        return left or tuple(text.split()[:1])
    if not left or (asks and len(left) < 2):
        return ()
    return left if third or _THEIRS.search(text) else ()
