"""Anything about a patient told to a sender whom we cannot tell to be that patient, even that they are one."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.claims import Claim
from server.safety.day_truth import day_holds
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.safety.tokens import Token
from server.safety.topics import MESSAGE_NOUN, SUBORDINATE
from server.text.words import fold

_IS_ONE = re.compile(
    r"\b(?:staat|staan|sta|is|bent|ben|zijn|was)\b.{0,40}\b(?:bij ons|hier|in ons (?:systeem|bestand)|in onze (?:administratie|gegevens))\b.{0,30}\b(?:ingeschreven|bekend|geregistreerd|klant|patient\w*|aangemeld|vaste)\b"
    r"|\b(?:ingeschreven|bekend|geregistreerd|klant|patient)\b.{0,12}\b(?:bij ons|bij onze apotheek|in ons)\b|\b(?:kennen|ken) (?:wij|we|ik)\b(?!.{0,25}\b(?:adres|e-?mail\w*|niet het)\b)|(?<!over )(?<!voor )(?<!van )\b(?:onze|een) (?:vaste )?(?:patient|klant|clienten?)\b"
    r"|\b(?:is|are|was|isn't|not) (?:indeed |already |currently |not |no longer |a )*(?:registered|enrolled|known|patient|customer|client|on file)\b.{0,25}\b(?:with us|here|of ours|at our|to us|pharmacy)\b|\b(?:patient|customer|client) of ours\b|\bone of our (?:patients|customers|clients)\b"
    r"|\bwe (?:do )?(?:have|know|see)\b.{0,30}\b(?:as a patient|on file|in our (?:system|records|files)|registered)\b|\b(?:hebben|vinden|zien) (?:wij|we)\b.{0,40}\b(?:in ons systeem|in ons bestand|in het dossier|als patient|als klant|ingeschreven)\b"
    r"|\b(?:collects?|picks? up|haalt|ophaalt)\b.{0,25}\b(?:for|voor|every|elke|iedere|regularly|regelmatig|medicijn\w*|medicines?|her|his|haar|zijn)\b"
    r"|\b(?:dossier|medicatie|gegevens|recept\w*|medicijnen|file|records?|medication|prescriptions?) (?:van|of|for) (?:uw|je|mevrouw|de heer|mr|mrs|ms|your|her|his|haar|zijn)\b.{0,40}\b(?:is|zijn|staat|staan|are|has|have|bevat|ligt)\b"
    r"|\b(?:het|een ander|the|a different|another) (?:e-?mail)?(?:adres|address) (?:dat|that|which|we|wij)?.{0,15}\b(?:van u|van hem|van haar|on file|have for|bekend is|geregistreerd)\b"
    r"|\b(?:does|do) (?:indeed |in fact )?(?:come|go) to (?:us|our)\b|\b(?:inderdaad|regelmatig|wel degelijk|al jaren|vaak|indeed|regularly|often|for years)\b.{0,25}\b(?:bij ons|in onze apotheek|to us|to our pharmacy|with us|here)\b|\b(?:komt|kwam) (?:\w+ ){0,2}bij ons\b(?!.{0,25}\b(?:als|om|met|langs)\b)"
    r"|\b(?:we|wij|ik|i)\b.{0,12}\b(?:hem|haar|him|her)\b.{0,40}\b(?:gezien|gesproken|geholpen|seen|spoken|served|helped)\b"
    r"|\b(?:seen|spoken to|helped|served) (?:him|her)\b"
    r"|\b(?:zij|hij|ze|she|he|mevrouw \w+|uw (?:zus|broer|moeder|vader|buurvrouw|buurman|man|vrouw|dochter|zoon)|your (?:sister|brother|mother|father|neighbou?r|husband|wife|son|daughter))\b.{0,25}\b(?:gebruikt|slikt|krijgt|haalt|heeft bij ons|komt (?:hier|bij ons)|takes|uses|gets|collects|comes here|picks up|is on|has been)\b"
)
_PERSON = r"(?:(?:mevrouw|meneer|de heer|mr|mrs|ms|miss)\.? (?:[\w'-]+ ){1,4}?|(?:zij|hij|ze|she|he) |(?:uw|your) (?:zus|broer|moeder|vader|buurvrouw|buurman|man|vrouw|dochter|zoon|sister|brother|mother|father|neighbou?r|husband|wife|son|daughter|partner|ex) )"
_HISTORY = re.compile(
    rf"\b{_PERSON}(?:\w+ ){{0,2}}?(?:switched|moved|left|stopped|changed|transferred|verhuisde|vertrok|stapte|stopte|kreeg|received|got|died|ordered|bestelde|belde|called)\b"
    rf"|\b{_PERSON}(?:is|was|heeft|has|had|was)\b.{{0,40}}\b(?:overgestapt|verhuisd|vertrokken|uitgeschreven|switched|moved away|moved to|left us|overleden|passed away|gestopt|opgehaald|gekregen|besteld|gebeld|been here|been in|langs geweest)\b"
)
_WHETHER = re.compile(
    r"\b(?:niet|geen|not|cannot|n't)\b.*\b(?:of|whether|if) (?:\w+ ){1,3}$"
)  # "of iemand klant bij ons is"
_ADDRESS_OF_MAIL = re.compile(r"\b(?:e-?mail\w*|mailadres|adres|address|account|nummer|number)\b")


def _tells(claim: Claim, passage: Passage) -> bool:
    """Whether a claim is about a person's things; of a message or request it is not, but an open bill always is."""
    return claim.asserted and (claim.topic == "open" or not MESSAGE_NOUN.search(passage.line.folded))


def _is_one(passage: Passage) -> Iterator[str]:
    """Words by which somebody is said to be, or not to be, a patient here; of a mail address they say nothing."""
    history = _HISTORY.search(passage.line.folded)
    match = _IS_ONE.search(passage.line.folded) or history
    if match is None or passage.line.text.endswith("?") or _WHETHER.search(passage.line.folded[: match.start()]):
        return
    if match is history and SUBORDINATE.search(passage.line.folded[: match.start()]):
        return
    of_mail = _ADDRESS_OF_MAIL.search(passage.line.folded[: match.end()])
    if not of_mail or "van u" in match[0] or "on file" in match[0]:
        yield passage.line.text[match.start() : match.end()]


def _told(passage: Passage, reading: Reading) -> Iterator[str]:
    line = passage.line
    brought = {fold(one.words) for one in reading.ledger.mail_medicines}
    yield from (
        mention.words for mention in line.medicines if mention.kind != "lay" and fold(mention.words) not in brought
    )
    values: tuple[Token, ...] = (*line.doses, *line.money)
    yield from (found.words for found in values if found.words.casefold() not in reading.ledger.mail_folded)
    yield from (day.words for day in line.dates if day.kind == "day" and not day_holds(day, passage, reading))
    for clause in passage.clauses:
        if any(_tells(claim, passage) for claim in clause.claims):
            yield line.text[clause.start : clause.end]
    yield from _is_one(passage)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    if brief.verified:
        return
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "model", "staff"):
        for words in _told(passage, reading):
            yield blocks("identity_disclosure", "identity_disclosure", words)
