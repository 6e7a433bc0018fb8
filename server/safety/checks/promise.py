"""A guarantee that the pharmacy did not give: certainty, a term, money back, or what a doctor or insurer will do."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.safety.topics import INTERJECTION

_DENIED = re.compile(r"\b(?:niet|geen|nooit|niets|not|no|cannot|never|nothing|unable)\b|n't\b")
_PROMISES = tuple(
    re.compile(words)
    for words in (
        r"\b(?:aan|voor|bij) (?:uw|je) (?:voor)?deur\b(?! (?:staat|stond))|\bin (?:uw|je) brievenbus\b(?! (?:gelegen|gekeken))|\b(?:at|to) your (?:front )?door\b|\bon your doorstep\b|\bthrough your letter ?box\b",
        r"\b(?:u|je) (?:heeft|hebt|heb|krijgt|krijg) (?:het|hem|ze|die|alles)\b.{0,30}\b(?:deze week|vandaag|morgen|op tijd|weekend|\w+dag)\b|\b(?:deze week|vandaag|morgen|op tijd|voor het weekend|\w+dag) (?:heeft|hebt|heb|krijgt|krijg) (?:u|je) (?:het|hem|ze|die|alles)\b|\bop (?:bouwen|rekenen|vertrouwen)\b|\b(?:wat er ook gebeurt|hoe dan ook|whatever happens|one way or another|rain or shine)\b|\byou'll have (?:it|them|everything)\b.{0,30}\b(?:by|before|on|in time|today|tomorrow|this)\b|\b(?:find|get|have) (?:him|her|you|them) (?:something|some|it|one)\b.{0,30}\bbefore\b|\bwon't (?:be|take) (?:later|longer) than\b|\bniet later dan\b",
        r"\bgarande\w+|\bgegarandeerd\b|\bgarantie\b|\bbelo(?:of|ven|oft|ofd|fte)\w*|\bverzeker(?:en|t)? (?:ik |wij |we )?u\b(?! bij)|\b(?:wij|we|ik) verzekeren\b|\bzeggen? (?:wij |we |ik )?(?:u |je )?toe\b|\btoegezegd\b",
        r"\b(?:op|erop|er volledig op|er zeker van|ervan op aan)\b.{0,15}\b(?:rekenen|vertrouwen)\b|\brekent u (?:er|maar)\b|\bkunt (?:u|je)\b.{0,20}\b(?:op aan|op rekenen|van uitgaan|zeker van zijn)\b|\bhoe dan ook\b|\bkoste wat\b|\bin ieder geval\b.{0,30}\b(?:klaar|bezorgd|binnen|op tijd|vandaag|morgen)\b",
        r"\b(?:zonder twijfel|ongetwijfeld|absoluut zeker|100 ?%|honderd procent|gegarandeerd|sowieso|met zekerheid|beslist(?! (?:onze|uw|de|het|u|wie|of|over|je|zelf|hij|zij|dr|arts)\b)|vast en zeker)\b|\bheus\b|\bzonder (?:mankeren|fout|meer op tijd)\b|\b(?:voor|before|by) (?:het|the) weekend\b(?!.*\?)|\b(?:heeft u|u heeft)\b.{0,40}\bin huis\b|\b(?:staan|sta) (?:wij|we|ik) (?:\w+ ){0,3}(?:in|garant)\b|\bvouch for\b|\bkomt (?:\w+ ){0,2}(?:zeker|vast|helemaal|procent) goed\b|\bop (?:mijn|ons) (?:erewoord|woord)\b",
        r"\b(?:zorgen|regelen|maken) (?:wij |we )?(?:ervoor|er voor|het zo)\b.{0,40}\b(?:op tijd|klaar|vandaag|morgen|altijd|snel|uiterlijk|voor \w+dag|binnen|thuis)\b|\baltijd op tijd\b",
        r"\bguarante\w+|\bpromis(?:e|es|ed|ing)\b|\brest assured\b|\bassur(?:e|ing) you\b|\byou have (?:our|my) word\b|\bcount on (?:it|us|this|that)\b|\brely on (?:it|us|this)\b|\bdepend on (?:it|us)\b|\b(?:definitely|certainly|without (?:a )?(?:doubt|fail)|for sure|no matter what|come what may|absolutely|undoubtedly)\b.{0,40}\b(?:ready|be|arrive|there|deliver\w*|have|approve\w*|cover\w*|today|tomorrow|on time)\b|\bwithout fail\b|\bno matter what\b",
        r"\bmake sure (?:that )?(?:it|you|your|they|the)\b.{0,40}\b(?:on time|ready|today|tomorrow|arrives?|delivered|get|receive)\b|\bby (?:tomorrow|today|tonight|close of business|the end of (?:the|this) (?:day|week)) at the latest\b|\bat the (?:very )?latest\b|\bno later than\b",
        r"\b(?:refus\w+|reject\w+|weiger\w+|afwijs\w+|wijst\b.{0,20}\baf|niet vergoedt?)\b.{0,40}(?:\b(?:wij|we|we'll)\b.{0,30}\b(?:take care|sort|pay|cover|handle|betalen|regelen|lossen|nemen|zorgen)|\b(?:betalen|regelen|lossen|nemen|zorgen) (?:wij|we))\b",
        # terms
        r"(?<!dan )\buiterlijk\b(?!.{0,40}\b(?:aan ons|bij ons aan|door(?:geven)?|van tevoren)\b)(?!.{0,30}\b(?:houdbaar|verander\w*)\b)|\bbinnen (?:een |één |1 )?(?:paar )?(?:uur|minuten|kwartier|half uur|dag)\b|\bnog (?:vandaag|vanmiddag|vanavond|deze week|voor het weekend|voor sluitingstijd)\b.{0,40}\b(?:bezorg\w*|thuis|mat|klaar|binnen|geleverd|in huis|leveren|brengen)\b|\b(?:bezorg\w*|brengen|leveren|klaar|thuis)\b.{0,30}\bnog (?:vandaag|vanmiddag|vanavond|deze week|voor het weekend)\b|\b(?:op de|op uw|bij u op de) (?:mat|stoep)\b",
        r"\bwill (?:\w+ )?(?:be (?:delivered|with you|at your door|ready|there|in) |arrive |reach you )(?:today|tomorrow|tonight|this (?:afternoon|evening|week)|by|before|on \w+day)\b|\byou will (?:have|receive|get) (?:it|them|your \w+)\b.{0,20}\b(?:today|tomorrow|tonight|by|before|on \w+day|this (?:week|afternoon))\b",
        # money back, for others
        r"\b(?:krijgt|ontvangt|storten|geven|betalen)\b.{0,40}\b(?:geld|bedrag|volledig|alles|eigen risico)\b.{0,15}\bterug\b|\bterugbetal\w+\b|\b(?:schelden|scheld)\b.{0,30}\bkwijt\b|\bvergoeden (?:wij|we)\b|\b(?:wij|we) vergoeden\b|\brefund\b.{0,30}\b(?:you|full|amount|will|entire)\b|\bmoney back\b|\bmake up the difference\b|\b(?:pay|cover|bear) (?:for )?(?:it|that|this|the rest|the difference) ourselves\b|\b(?:op|voor) onze (?:kosten|rekening)\b|\b(?:on us|on the house)\b|\b(?:passen|leggen) (?:wij|we) .{0,30}\bbij\b|\b(?:we|pharmacy) will (?:pay|reimburse|refund|waive)\b|\bcompensat\w+\b|\b(?:kosteloos|gratis|free of charge|at no cost|no extra cost)\b(?!.{0,12}\b0?(?:113|800))",
        r"\b(?:arts|huisarts|specialist|dokter|verzekeraar|doctor|gp|insurer|insurance|specialist|prescriber|hospital|leverancier|groothandel|supplier|wholesaler)\b.{0,30}\b(?:zal|gaat|will|is going to|zullen)\b.{0,30}\b(?:goedkeuren|akkoord|vergoeden|uitschrijven|tekenen|ondertekenen|voorschrijven|verlengen|leveren|approve|agree|sign|pay|cover|reimburse|renew|write|deliver|authori[sz]e|accept)\b|\b(?:wordt|worden|will be|is going to be) (?:\w+ ){0,3}(?:vergoed|goedgekeurd|covered|reimbursed|approved|paid by)\b",
    )
)
_ASSURED = re.compile(  # a promise in the shape of a denial
    r"\b(?:niet|nooit|geen (?:\w+ )?(?:dag|moment|enkele dag)|not|never|n't|not a (?:single )?day) (?:be (?:left )?|go )?(?:zonder|without|run(?:ning)? out|misgrijpen|short)\b(?! (?:\w+ )?(?:toestemming|recept|machtiging|afspraak|voorschrift|id|legitimatie\w*|permission|prescription|appointment|consent|proof))"
)
_CONTACT = re.compile(r"\b(?:bel\w*|contact|call\w*|hear|hoort|bericht|antwoord|reply|answer|reageren|reactie)\b")
_ASKED_OF_THEM = re.compile(r"\b(?:van tevoren|vooraf|in advance|beforehand|aan ons door)\b")  # a term for the patient
_SETTLED_TERM = frozenset({"over", "in"})  # "over drie dagen" is a date and is checked as one


def _terms(passage: Passage, reading: Reading) -> Iterator[str]:
    """Lengths of time that the reader is told to reckon with; the mail's own may be said back."""
    for length in passage.line.lengths:
        soft = length.words.split()[-2:-1] in (["enkele"], ["few"])
        brought = length.words.casefold().split()[-2:] == [] or length.words.casefold() in reading.ledger.mail_folded
        asked = _ASKED_OF_THEM.search(passage.line.folded[length.start :])
        if length.lead not in _SETTLED_TERM and not soft and not brought and not asked:
            yield length.words


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "model", "staff"):
        spoken = INTERJECTION.match(passage.line.folded)  # "Certainly, …" promises nothing
        folded = passage.line.folded[spoken.end() if spoken else 0 :]
        for pattern in _PROMISES:
            match = pattern.search(folded)
            if match and not _DENIED.search(folded[max(0, match.start() - 35) : match.end()]):
                yield blocks("promise", "promise", passage.line.text)
                break
        else:
            if _ASSURED.search(folded):
                yield blocks("promise", "promise", passage.line.text)
            for term in _terms(passage, reading) if passage.mode != "staff" else ():
                yield blocks("promise", "promise", term)
