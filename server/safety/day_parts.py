"""Parts of the day ("first thing in the morning", "na de lunch") said of an appointment: they must hold its time."""

import re
from collections.abc import Iterator

from server.safety.claims import Clause
from server.safety.reading import Passage, Reading
from server.safety.senses import negated_near
from server.safety.tokens import Token

# words → from and until which minute of the day they may be said
_PARTS: tuple[tuple[re.Pattern[str], float, float], ...] = tuple(
    (re.compile(words), since * 60, until * 60)
    for words, since, until in (
        (r"\bfirst thing\b|\bvroeg in de (?:ochtend|morgen)\b|\bbegin van de (?:ochtend|morgen)\b|\bearly (?:in the |\w*day )?morning\b|\b(?:ochtend|morgen)vroeg\b", 6, 10),
        (r"\b(?:eind|einde|aan het eind) van de (?:ochtend|morgen)\b|\blate (?:in the )?morning\b", 10, 12.5),
        (r"\brond (?:het middaguur|lunchtijd|de lunch)\b|\b(?:het middaguur|lunchtijd|lunch ?time)\b|\b(?:around|at|over) (?:noon|lunch|midday)\b", 11.5, 13.5),
        (r"\bna de (?:lunch|middag)\b|\bafter lunch\b", 12.5, 18),
        (r"\b(?:eind|einde|aan het eind) van de middag\b|\blate (?:in the )?afternoon\b|\bend of the (?:afternoon|day)\b|\beind van de dag\b", 15.5, 18.5),
        (r"\bbegin van de middag\b|\bearly (?:in the )?afternoon\b", 12, 14.5),
        (r"\b(?:'s|s) (?:ochtends|morgens)\b|\b(?:in de|\w+dag)\s?(?:ochtend|morgen)\b|\bin the morning\b|\b\w+day morning\b", 6, 12.1),
        (r"\b(?:'s|s) middags\b|\b(?:in de|\w+dag)\s?middag\b|\bin the afternoon\b|\b\w+day afternoon\b", 12, 18.5),
        (r"\b(?:'s|s) avonds\b|\b(?:in de|\w+dag)\s?avond\b|\bin the evening\b|\b\w+day (?:evening|night)\b|\bvooravond\b", 17.5, 24),
    )
)  # fmt: skip
_OF_VISIT = frozenset({"booked", "proposed"})


def _visits(clauses: tuple[Clause, ...], reading: Reading) -> set[int]:
    """The minutes of the day at which the appointments start that these clauses say to stand."""
    ledger = reading.ledger
    starts = {a.id: a.start_at.astimezone(ledger.zone) for a in ledger.appointments}
    said = [claim for clause in clauses for claim in clause.claims if claim.topic in _OF_VISIT and not claim.negated]
    return {starts[one].hour * 60 + starts[one].minute for claim in said for one in claim.subjects if one in starts}


def wrong_day_parts(passage: Passage, reading: Reading) -> Iterator[str]:
    """Parts of the day that no appointment spoken of here lies in. Beside a time of day they only say which half it is."""
    minutes = _visits(passage.clauses, reading)
    if not minutes or passage.line.times or passage.line.text.rstrip().endswith("?"):
        return
    for part, since, until in _PARTS:
        match = part.search(passage.line.folded)
        if match is None:
            continue
        denied = negated_near(passage.line.folded, *match.span(), own=False)
        if not denied and not any(since <= minute <= until for minute in minutes):
            yield match[0]
        return


_SINCE = re.compile(
    r"\b(?:sinds|since)\s(?!…|(?:kort|enige|even|een tijdje|toen|recently|then|a while|some time|u |you )\b)"
)


def undated_since(passage: Passage) -> Iterator[str]:
    """ "Since the first of the month": a beginning that no date was read in can't be asked of the record."""
    for clause in passage.clauses:
        match = _SINCE.search(clause.folded)
        moments: tuple[Token, ...] = (*passage.line.dates, *passage.line.times)
        read = any(clause.start <= one.start < clause.end for one in moments)
        if match and not read and clause.asserted and any(claim.asserted for claim in clause.claims):
            yield clause.folded[match.start() : match.start() + 40]
