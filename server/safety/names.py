"""Whose names a draft may hold: the patient's, an authorized contact's, the house's, prescribers', and the mail's own."""

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale

from server.safety.reading import Passage, Reading
from server.safety.tokens import Token
from server.text.calendar_words import MONTHS, NAMED_DAYS, WEEKDAYS
from server.text.persons import name_tokens
from server.text.words import fold

_PARTICLE = r"(?:van|de|den|der|het|'t|ten|ter|te|von|la|le|da|di|dos|el|al|bin|Van|De|Den|Der|Het|Ten|Ter|El|Al|Von|La|Le|Da|Di|Dos|Bin|Ben|O')"
_NAME = r"(?:[A-ZÀ-ÖØ-ÞŞİĞ][\w'’-]+|[A-Z]\.(?:\s?[A-Z]\.){0,3})"
_FULL = rf"(?:{_PARTICLE}\s){{0,3}}{_NAME}(?:\s(?:{_PARTICLE}\s){{0,3}}{_NAME}){{0,3}}"
_TITLED = re.compile(
    rf"\b(?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Mm]eneer|[Mm]ijnheer|[Dd]e heer|[Hh]eer|[Dd]hr\.?|[Mm]r\.?|[Mm]rs\.?|[Mm]s\.?|[Mm]iss|[Dd]r\.?|[Dd]rs\.?|[Dd]okter|[Dd]octor|[Pp]rof\.?"
    rf"|[Hh]uisarts|[Ss]pecialist|[Cc]ardioloog|[Ii]nternist|[Pp]sychiater|[Nn]euroloog|GP|[Ff]amilie|[Ff]am\.?)\s({_FULL})"
)
_OF = re.compile(
    rf"\b(?:[Vv]oor|[Vv]an|[Ff]or|[Nn]amens|[Aa]an|[Mm]et|[Ww]ith|of|aan|to|met|with|namens|from|about|over|bij)\s(?:{_PARTICLE}\s)?({_NAME}(?:\s(?:{_PARTICLE}\s){{0,3}}{_NAME}){{0,2}})"
)
_WHOSE = re.compile(rf"(?<![\w'])({_NAME})(?:'s|’s)\s")
_RUN = re.compile(rf"(?<![\w.@])({_NAME}\s(?:{_PARTICLE}\s){{0,3}}{_NAME})")
_STREET = re.compile(
    r"\b([A-ZÀ-Þ][\w'.-]{2,30}(?:\s(?:van|de|der|den|het|'t|v\.|d\.)){0,2}(?:\s[A-ZÀ-Þ][\w'.-]{1,30}){0,3})\s(\d{1,4})(?:\s?[-/]?\s?(?:[a-zA-Z]{1,3}|\d{1,3}))?\b(?!\s?(?:mg|ml|microgram|mcg|tablet|euro|uur|jaar|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|%|am|pm|[A-Z]?[a-z]*ber|January|February|March|April|May|June|July|August|units|IE|E\b|g\b))"
)
_STREET_WORD = re.compile(
    r"(?:straat|laan|weg|plein|gracht|kade|dijk|singel|hof|plantsoen|dreef|pad|steeg|markt|baan|park|lei|ring|wal|kamp|akker|veld|oord|haven|brug|street|road|lane|avenue|drive|square)$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:op|aan|at|to|naar|in|adres|address|woont?|woonachtig|live|living|lives|bezorg\w*|deliver\w*)\b[^.]{0,25}$",
    re.IGNORECASE,
)
_NEUTRAL = frozenset(
    fold(
        "heer mevrouw mevr mw dhr meneer mijnheer mr mrs ms miss dr sir madam klant client patient patiënt allemaal allen iedereen collega collegas relatie lezer team all everyone"
        " customer reader sender afzender familie fam dame heren dames there again"
    ).split()
)
_ORDINARY = frozenset(
    fold(
        "digid id idin bsn sms pdf avg gdpr lsp ggd gp nhs app apotheek pharmacy huisarts apotheker u uw je i i'm ideal zorgpas europa nederland netherlands holland"
        " kerst kerstmis pasen pinksteren sinterklaas nieuwjaar christmas easter new year balie post postnl dhl whatsapp internet dutch english nederlands engels engelse"
        " friday monday lareb farmatec zorgkluis mijn my our ons de het een the a an at in on op aan voor als zodra if once when dear beste kind regards met vriendelijke groet"
        " eigen risico holland google schiphol vecozo opiumwet cak zvw rivm cbg"
    ).split()
)


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Names of countries in Dutch and English, for people travel."""
    names = [name for language in ("nl", "en") for name in Locale(language).territories.values()]
    return frozenset(word for name in names for word in re.findall(r"[^\W\d_]{3,}", fold(name)))


def allowed_tokens(reading: Reading) -> frozenset[str]:
    """Folded words of every name that may stand in this draft."""
    brief, ledger = reading.brief, reading.ledger
    names = [brief.pharmacy.name, brief.pharmacy.address]
    senders = [
        f"{message.sender.name} {message.sender.key.split('@')[0].replace('.', ' ')}"
        for message in brief.thread.messages
        if not message.outgoing
    ]
    if ledger.patient:
        names += [
            ledger.patient.name,
            *(contact.name for contact in ledger.patient.contacts),
            ledger.patient.address or "",
        ]
        names += [request.prescriber or "" for request in ledger.requests]
        names += [ledger.coverage.insurer or "", *(a.kind for a in ledger.appointments), *(r.name for r in ledger.labs)]
        names += [request.medication for request in ledger.requests]
        names += [invoice.description for invoice in ledger.invoices]
    if brief.match.contact:
        names.append(brief.match.contact.name)
    own = frozenset(token for name in (*names, *senders) for token in name_tokens(name))
    return own | frozenset(re.findall(r"[^\W\d_]+", fold(ledger.mail).replace("'", "")))


def _strange(words: str, allowed: frozenset[str]) -> bool:
    """Whether a name has a word that nobody here is called."""
    tokens = {token for token in name_tokens(words) if len(token) > 1} - _NEUTRAL
    return any(token not in allowed and token.removesuffix("s") not in allowed for token in tokens)


def _known_word(token: str) -> bool:
    return token in _ORDINARY or token in _places() or token in MONTHS or token in WEEKDAYS or token in NAMED_DAYS


def strangers_addressed(addressed: str, allowed: frozenset[str]) -> bool:
    """Whether a greeting names somebody else."""
    return _strange(addressed, allowed)


def strange_names(passage: Passage, allowed: frozenset[str]) -> Iterator[str]:
    """Names in a sentence that belong to nobody this reply may speak of."""
    text = passage.line.text
    line = passage.line
    tokens: tuple[Token, ...] = (*line.medicines, *line.contacts, *line.dates, *line.references)
    taken = [(one.start, one.end) for one in tokens]
    for match in _TITLED.finditer(text):
        if _strange(match[1], allowed):
            yield match[0]
    for pattern in (_OF, _WHOSE, _RUN):
        for match in pattern.finditer(text):
            parts = {token for token in name_tokens(match[1]) if len(token) > 2}
            inside = any(start < match.end(1) and match.start(1) < end for start, end in taken)
            first = match.start(1) == 0
            if inside or not parts or any(_known_word(part) for part in parts) or (first and len(parts) < 2):
                continue
            if match[1].isupper() or (pattern is _RUN and first):
                continue
            if _strange(match[1], allowed):
                yield match[1]


def strange_addresses(passage: Passage, reading: Reading) -> Iterator[str]:
    """Streets with a number that are neither the house's, the patient's own, nor the mail's."""
    patient = reading.ledger.patient
    known = fold(
        " ".join((reading.brief.pharmacy.address, (patient.address or "") if patient else "", reading.ledger.mail))
    )
    line = passage.line
    tokens: tuple[Token, ...] = (*line.medicines, *line.dates, *line.money, *line.times)
    taken = [(one.start, one.end) for one in tokens]
    for match in _STREET.finditer(passage.line.text):
        street = match[1]
        looks = _STREET_WORD.search(street) or _AT.search(passage.line.text[: match.start()])
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        words = fold(f"{street} {match[2]}")
        if looks and not inside and words not in known and not _known_word(fold(street)):
            yield match[0]
