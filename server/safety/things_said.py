"""Statements about a record that is not named ("everything", "both", "it") or about what somebody else did with it.

A predicate that no claim was read in is nothing that the record can bear out: "everything is bagged up", "your bills have been
taken care of", "de huisarts heeft hem laten stoppen"."""

import re

from server.safety.claims import Clause
from server.safety.coverage import marked, residue
from server.safety.frames import RISKY
from server.safety.reading import Passage, Reading
from server.safety.topics import KIND_OF

_THINGS = (
    r"(?:everything|all of (?:it|them)|both|the lot|they|it|the rest|alles|allebei|beide|ze|hij|die|de rest|het geheel"
    r"|(?:uw|je|jouw|your|his|her|haar|zijn|the|de|het) (?:\w+ ){0,2}?(?:bestelling\w*|recept\w*|medicijn\w*|medicatie|herhaling\w*|factu\w+|rekening\w*|nota\w*|afspra\w+|uitslag\w*|orders?|prescriptions?|medicines?|medication|repeats?|refills?|invoices?|bills?|appointments?|results?))"
)
_STANDS = r"(?:is|are|was|were|has been|have been|has|have|got|zijn|waren|werd|werden|heeft|hebben|staat|staan|ligt|liggen|zit|zitten|kwam|kwamen|raakt|went|goes|gaat|gaan|komt|comes)"
_OF_THINGS = re.compile(
    rf"^(?:(?:ja|nee|yes|no|fijn|dus|so|well|and|en|nothing at the moment|nothing|niets)\W{{1,3}})?{_THINGS}\b(?:[^,;:.]{{0,40}}?)\b{_STANDS}\b|^(?:dan |nu |then |now |so |dus )?{_STANDS} {_THINGS}\b"
)
_OTHERS = r"(?:\w*arts|dokter|specialist|praktijk|verzekeraar|leverancier|groothandel|fabrikant|ziekenhuis|lab|laboratorium|bezorger|koerier|doctor|gp|surgery|practice|insurer|supplier|wholesaler|hospital|courier|cz|menzis|vgz|dsw|onvz)"
_THEY_DID = re.compile(
    rf"\b{_OTHERS}\b(?:\s[^\s.;:!?,]+){{0,3}}?\s(?:heeft|hebben|had|has|have|bevestigde|confirmed|tekende|signed|stopte|stopped|weigerde|refused|verloor|lost)\b(?! (?:uw|you|u|vragen|questions))"
)
_TOLD = re.compile(  # what others may be said to have done: they prescribed, asked, said, gave no date
    r"\b(?:voorgeschreven|gevraagd|aangevraagd|gezegd|genoemd|gegeven|aangegeven|laten weten|geschreven|gemeld|prescribed|asked|said|told|given|mentioned|requested|written|indicated|advised us|been able)\b"
)
_OF_MESSAGE = re.compile(
    r"\b(?:bericht\w*|vra(?:ag|gen)|verzoek|mail\w*|klacht|opmerking|messages?|questions?|requests?|e-?mails?|complaint|feedback|note)\b"
)


_IS_FOR = re.compile(r"\b(?:invoice|bill|factuur|nota)\b[^,;]{0,40}\bis (?:for|voor)\b(?! (?:uw|je|ons|your|us|you)\b)")


_AT_HOME = re.compile(
    r"\b(?:bij (?:u|je|jou|hem|haar) (?:thuis|aan huis)|at (?:your|his|her) (?:home|house|place)|visits? you|komt (?:naar|bij) (?:u|je)(?: toe)?)\b"
)


def moves_the_visit(passage: Passage) -> str:
    """An appointment that is said to be elsewhere than in the pharmacy, of which no record tells; else ""."""
    stands = any(claim.topic == "booked" and claim.asserted for clause in passage.clauses for claim in clause.claims)
    match = _AT_HOME.search(passage.line.folded) if stands else None
    return match[0] if match and not passage.line.text.rstrip().endswith("?") else ""


def _unread(passage: Passage, clause: Clause) -> bool:
    return clause.asserted and not clause.claims and not passage.line.text.rstrip().endswith("?")


def says_of_things(passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The words of a sentence by which something is said of an unnamed or named record that nobody can ask of it."""
    left = residue(passage, reading)
    content = tuple(word for word in left if len(word) > 2)
    if not content:
        return ()
    if _IS_FOR.search(passage.line.folded):
        return ()
    for clause in passage.clauses:
        if not _unread(passage, clause) or _OF_MESSAGE.search(clause.folded):
            continue
        own = tuple(word for word in content if word in clause.folded)
        things = _OF_THINGS.search(clause.folded.strip(" ,;:"))
        if own and things:
            return own
    return ()


def others_did(passage: Passage, reading: Reading) -> tuple[str, ...]:
    """The words by which a doctor, insurer or supplier is said to have done something with a record."""
    left = tuple(word for word in residue(passage, reading) if len(word) > 2)
    for clause in passage.clauses:
        did = _THEY_DID.search(clause.folded) and not _TOLD.search(clause.folded)
        own = tuple(word for word in left if word in clause.folded)
        known = any(KIND_OF[claim.topic] in ("invoice", "coverage", "lab") for claim in clause.claims)
        if did and own and not known and clause.asserted and (clause.subjects or any(word in RISKY for word in own)):
            return own
    return ()


_DENIED_COUNTERFACTUAL = re.compile(  # "if anything were wrong you would have heard": reassurance by what did not happen
    r"\b(?:als|indien|mocht|if|had|were|should)\b.{0,30}\b(?:iets|er|dat|het|anything|something|it|there)\b.{0,30}\b(?:mis|aan de hand|ernstig\w*|afwijkend\w*|fout|niet goed|wrong|serious|abnormal|amiss|off|urgent|bad)\b.{0,60}\b(?:had|hadden|zou|zouden|would|'d)\b"
    r"|\b(?:geen nieuws|no news)\b.{0,12}\b(?:goed nieuws|good news)\b"
    r"|\b(?:anders|otherwise|or else)\b,? (?:had|hadden|zou|zouden|would|they'd|we'd|your \w+ would)\b.{0,50}\b(?:gebeld|laten weten|gewaarschuwd|called|rung|told|phoned|contacted)\b"
)


def reassures_by_silence(passage: Passage) -> bool:
    """Whether a sentence concludes from somebody's silence that all is well."""
    return _DENIED_COUNTERFACTUAL.search(marked(passage)) is not None
