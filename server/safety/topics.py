"""The words by which a draft says how something stands (ready, paid, covered, booked …), Dutch and English together."""

import re
from typing import Literal

Kind = Literal["medication", "invoice", "coverage", "appointment", "lab", "patient"]
Topic = Literal[
    "ready", "process", "in_progress", "renewable", "delivered", "back_order", "in_stock", "no_order", "no_repeats", "approved", "paid", "open", "covered", "insured", "lapsed", "booked", "proposed", "cancelled", "moved", "received",
    "done", "sent_for", "no_appointment", "awaited", "too_early", "stopped",
]  # fmt: skip

KIND_OF: dict[Topic, Kind] = {
    "ready": "medication", "process": "medication", "in_progress": "medication", "renewable": "medication",
    "delivered": "medication", "back_order": "medication", "in_stock": "medication", "no_repeats": "medication", "no_order": "medication",
    "approved": "medication", "paid": "invoice", "open": "invoice",
    "covered": "invoice", "insured": "coverage", "lapsed": "coverage", "booked": "appointment", "proposed": "appointment",
    "cancelled": "appointment", "moved": "appointment", "received": "lab", "done": "patient", "sent_for": "medication",
    "no_appointment": "appointment", "awaited": "lab", "too_early": "medication", "stopped": "medication",
}  # fmt: skip

_GAP = r"(?:\s(?:[^\s.;:!?]|[.:](?=\d)){1,24}){0,%d}?\s"  # "17.30" is one word


def _near(first: str, second: str, words: int = 6) -> str:
    """`first` and `second` in either order with a few words between."""
    gap = _GAP % words
    return rf"\b(?:{first}){gap}(?:{second})\b|\b(?:{second}){gap}(?:{first})\b"


_MAY = r"kan|kunt|kunnen|mag|mogen|can|may|could|able to|eligible|in staat"
_AGAIN = (
    r"herhalen|herhaald|herhaling(?:en)?|bestellen|besteld|bijbestellen|bijbesteld|nabestellen|nabesteld|aanvragen|aangevraagd|opnieuw"
    r"|renew(?:ed|al)?|refill(?:ed|s)?|repeat(?:ed)?|reorder(?:ed)?|order(?:ed)?|request(?:ed)?"
)
_FETCH = r"ophalen|opgehaald|afhalen|afgehaald|op te halen|af te halen|komen halen|meenemen|collect(?:ed)?|pick(?:ed)?(?: it| them| this)? up|fetch(?:ed)?"
_BILL = r"factu(?:ur|ren)|rekening(?:en)?|nota(?:'s)?|bedrag|eigen risico|invoices?|bills?|amounts?|balance|payments?|betaling(?:en)?|€"
INSURER_NAMES = r"zilveren kruis|achmea|cz|vgz|menzis|onvz|dsw|ditzo|ohra|unive|fbto|de friesland|interpolis|salland|zekur|izz|aevitae|anderzorg"
_BE = r"is|zijn|was|werd|werden|heeft|heb|hebben|hebt|has|have|had|been|were|are|bent|ben|we've|i've|it's|that's"

# Each topic with what says it. A pattern sees one clause, folded; order matters where one topic silences another.
PATTERNS: tuple[tuple[Topic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(words))  # type: ignore[misc]
    for topic, words in (
        (
            "process",
            r"\b(?:in orde)\b|\b(?:neem|neemt|nemen)\b.{0,30}\bin behandeling\b|\bklaar\s?(?:te )?(?:maken|maakt|gemaakt|zetten|leggen)\b|"
            + _near(r"maak|maakt|maken|zet|zetten|leg|leggen", r"klaar|gereed", 10)
            + r"|\b(?:get|getting|make|making)" + _GAP % 8 + r"ready\b|\b(?:will|we'll|can|to) prepare\b"
            r"|\b(?:we|wij|ik) (?:herhalen|verlengen|verwerken)\b|\b(?:herhalen|verlengen) (?:we|wij)\b|\bin gang\b"
            r"|\b(?:will|we'll) (?:renew|refill|repeat)\b",
        ),
        (
            "in_progress",
            r"\bin behandeling\b|\bin bewerking\b|\bin (?:de |onze )?voorbereiding\b|\b(?:could|kon|kunnen|can)(?:den)? ?(?:not|niet|n't)\b.{0,20}\b(?:start|begin|beginnen|starten)\b|\bmee bezig\b|\bbezig met\b|\b(?:we|wij) nog bezig\b|\bin progress\b"
            r"|\bbeing (?:prepared|processed|made up|worked on|filled)\b|\bworking on\b|\bstill preparing\b|\bunder way\b|\bunderway\b"
            r"|\bwordt (?:nu |nog |momenteel |op dit moment )?(?:klaargemaakt|voorbereid|gereedgemaakt|bereid)\b|\bonderhanden\b"
            r"|\b(?:aan|eraan|er)\b.{0,80}\bgewerkt\b|\bwordt\b.{0,25}\baan gewerkt\b|\b(?:we're|we are|we are still|still) (?:busy with|preparing|putting together|making up)\b|\bnog (?:niet )?klaargemaakt\b",
        ),
        (
            "ready",
            r"\bklaar(?:ligt|liggen|staat|staan|gelegd|gezet|gelegen)?\b|\bgereed\b|\bready\b|\bwaiting for (?:you|him|her|collection)\b"
            r"|\bwelcome to (?:come and |come |pop in and )?(?:collect|pick|fetch|get)\b|\bwelkom om\b.{0,30}\b(?:op te halen|af te halen)\b|\b(?:waiting|been|still|is|are) (?:\w+ ){0,2}(?:at the counter|here for (?:you|him|her))\b|\bawaiting (?:collection|pick)|\bwach(?:t|ten) (?:al |hier |ook |nog |bij ons ){0,3}op (?:u|je|hem|haar)\b|\bop (?:u|je|hem|haar|ze) te wachten\b|\bafhaalbaar\b|\bavailable (?:for|to) (?:collect|pick)"
            r"|" + _near(r"kan|kunt|kunnen|kun|mag|mogen|can|may", _FETCH, 8) + r"|\bready-made\b|\b(?:is|are|isn't|aren't) (?:not )?there(?: yet)?\b(?=[,.;]|$)|\bon the counter\b|\bbehind the counter\b|\bachter de balie\b|\bop de balie\b"
            r"|\b(?:staat|staan|ligt|liggen|zit|zitten|is|are|sitting|stands)\b.{0,25}\b(?:in (?:het|ons) rek|in (?:de|uw|een) (?:tas|kast|lade|bak|zak)|in the (?:bag|drawer|cupboard)|on (?:the|our) (?:shelf|rack|counter)|with your name)\b|\b(?:ligt|liggen|is|are) er(?! (?:nog )?(?:niet|een|geen|twee|drie|iets|wat|op|weer|nu|al een)\b)(?=[,.;]|$| al| ook| voor| sinds| since)|\b(?:ligt|liggen|staat|staan) (?:\w+ ){0,3}hier\b|\b(?:is|are) (?:already |also |still )?here\b(?! to| for (?:you|any))",
        ),
        ("back_order", r"\bnalevering\b|\bin nabestelling\b|\bback[- ]?order(?:ed)?\b|\bout of stock\b|\buitverkocht\b|\btekort\b|\bshortage\b|\bleverings?probleem\w*|\bsupply (?:problem|issue)s?\b|\bunavailable\b|\bsold out\b|\bon its way from the (?:supplier|wholesaler)\b|\buit de handel\b|\bdiscontinued\b"),
        (
            "in_stock",
            r"\bop voorraad\b|\bin voorraad\b|\bvoorradig\b|\bleverbaar\b|\bleveren\b|\bin stock\b|\bop de plank\b|\bon the shel(?:f|ves)\b|\bin huis\b"
            r"|\b(?:is|are) (?:\w+ ){0,2}available\b|\bin the house\b|\b(?:we|wij) (?:er )?(?:hebben|have) (?:\w+ ){0,4}(?:liggen|staan)\b|\bhebben (?:we|wij) (?:\w+ ){0,5}(?:liggen|staan)\b"
            r"|\bsupply (?:it|you|this)\b|\bkeep (?:it|this) in\b|\bwe have (?:it|some|plenty|enough)\b|\bgenoeg (?:van|voorraad)\b",
        ),
        ("no_order", r"\b(?:geen|no) (?:\w+ ){0,1}(?:bestelling|order)\b(?! (?:to|te)\b)|\bnog niet besteld\b|\bnot (?:yet )?(?:been )?ordered\b"
            r"|(?:\bnot|n't) (?:have|see|find|hold) (?:an? |any )?(?:open |current |running )?orders?\b|\b(?:nothing|niets) (?:is |was |has been )?(?:on order|ordered|besteld|in bestelling)\b|\b(?:zien|vinden|hebben) (?:we|wij) geen (?:\w+ )?bestelling\b"),
        ("no_repeats", r"\b(?:alle|all) (?:herhalingen|repeats|refills)\b.{0,20}\b(?:gebruikt|verbruikt|op|used)\b|\b(?:herhalingen|repeats|refills)\b.{0,20}\b(?:verbruikt|opgebruikt|opgemaakt)\b|\b(?:geen|no) (?:\w+ ){0,2}(?:recept|prescription|script)\b(?!.{0,25}\b(?:nodig|needed|necessary|required|by e-?mail|per)\b)|\b(?:nodig|vereist|moet|moeten|eerst)\b.{0,40}\b(?:nieuw|ander|vers) recept\b|\b(?:nieuw|ander|vers) recept\b.{0,40}\b(?:nodig|vereist|uitschrijven|schrijven|eerst)\b|\b(?:needs?|needed|requires?|required|must|has to)\b.{0,40}\b(?:new|fresh|another) (?:prescription|script)\b|\b(?:new|fresh|another) (?:prescription|script)\b.{0,25}\b(?:needed|required|first|necessary)\b|\b(?:geen|no|zero|0)(?: \w+){0,2} (?:herhaling(?:en)?|herhaalrecepten|refills?|repeats?|renewals?)\b|\bherhalingen\b.{0,20}\b(?:zijn|is|waren|raken)\b.{0,12}\bop\b(?!\s(?:het|de|uw|je))|\b(?:zijn|waren|raken)\b.{0,25}\bherhalingen (?:nu |al |allemaal )?op\b(?!\s(?:het|de|uw|je))|\brecept\b.{0,20}\b(?:op|opgebruikt|uitgeput)\b(?!\s(?:het|de|uw|je|zijn|haar|\w*recept|\w+dag|\d|naam|te))|\brecept\b.{0,20}\bverlopen\b|\bprescription\b.{0,30}\b(?:expired|run out|used up)\b|\b(?:out of|used up)\b.{0,16}\b(?:refills|repeats)\b|\b(?:refills|repeats)\b.{0,60}\b(?:used up|left: (?:0|none))\b"),
        ("too_early", r"\b(?:te vroeg|too (?:early|soon)|nog niet aan de beurt|(?:not|n't) (?:yet )?due\b(?: yet)?|pas (?:weer )?aan de beurt|mag nog niet(?=[,.;]|$)|nog te vroeg|(?:a (?:little|bit|while)|some way|some time|further) (?:further )?(?:off|away)(?=[,.;:]|$)|nog niet zover|not (?:quite )?time (?:yet )?for)"),
        (
            "renewable",
            _near(_MAY, _AGAIN, 10)
            + r"|\b(?:kan|mag|kunnen|mogen) (?:nu|al|nu al|direct|meteen|vandaag al|weer|alweer|pas vanaf|pas|vanaf)\b(?=[,.;:]|$| vanaf\b| op\b| weer\b| mee\b| bij\b| maandag| dinsdag| woensdag| donderdag| vrijdag| zaterdag| \d)"
            + r"|(?<!not )\b(?:is|are) (?:now |also )?due\b(?! (?:back|to arrive|on|at|in))|(?<!pas )(?<!weer )(?<!niet )\baan de beurt\b"
            + r"|\bdue for (?:a )?(?:\w+ )?(?:refill|renewal|repeat)\b|\b(?:kan|mag|mogen)\b(?: \S+){1,4} (?:al)?weer(?=[,.;:!]|$)|\b(?:kan|mag|kunnen|mogen) (?:er )?(?:wel|ook|ook wel|gerust|ook al) (?:alvast|al|nu|meteen|mee|bij)\b|\bherhaalbaar\b|\baan (?:een )?herhaling toe\b|\bherhaling mag\b|\bmag (?:ook )?(?:al )?weer\b|\bopnieuw verkrijgbaar\b|\byou can have\b.{0,30}\bagain\b",
        ),
        (
            "delivered",
            r"\b(?:bezorgd|afgeleverd|verzonden|verstuurd|opgestuurd|meegegeven|meegekregen|uitgereikt|thuisbezorgd|delivered|shipped|dispatched|sent out|posted|handed over)\b"
            r"|\bonderweg\b|\bon (?:its|the|their) way\b|\bmet de (?:bezorger|koerier) mee\b|\bout for delivery\b|\bwith the courier\b|\b(?:courier|bezorger|koerier|driver|postbode|postnl|dhl)\b.{0,30}\b(?:left|vertrokken|meegenomen|took|taken|gebracht|picked|onderweg|has|heeft)\b|\bde deur uit\b|\bleft (?:our|the) (?:pharmacy|building|shop)\b|\bin the post\b|\bop de post\b"
            rf"|\b(?:{_BE})" + _GAP % 5 + r"(?:opgehaald|afgehaald|collected|picked up)\b|\b(?:opgehaald|afgehaald) (?:op|is|zijn)\b",
        ),
        ("approved", r"\b(?:goedgekeurd|toegekend|ingewilligd|gehonoreerd|ingestemd|akkoord (?:gegeven|bevonden|gegaan)|signed off|okayed|agreed to|green light|groen licht|approved|authori[sz]ed|granted)\b|" + _near(r"machtiging|goedkeuring|toestemming|approval|authori[sz]ation", r"binnen|rond|gekregen|verleend|akkoord|geregeld|received|in place|come through|through", 6) + r"|\bakkoord\b(?=.{0,40}\b(?:verzekeraar|arts|huisarts)\b)"),
        (
            "paid",
            r"\b(?:voldaan|vereffend|afgehandeld|afgerekend|paid|settled|cleared)\b|\bbetaald\b"
            r"|\bbetaling\b.{0,25}\bontvangen\b|\bontvangen\b.{0,25}\bbetaling\b|\bpayment\b.{0,30}\breceived\b|\breceived\b.{0,25}\bpayment\b|\bbetaling(?:en)?\b.{0,25}\b(?:gezien|zien|zichtbaar|binnen|verwerkt|bijgeschreven|gekregen|teruggevonden)\b|\bpayments?\b.{0,25}\b(?:seen|show|visible|come in|came in|arrived|cleared|processed|reached)\b|\b(?:zien|gezien|see|seen|had|got)\b.{0,30}\b(?:betaling|payment)\b(?:.{0,25}\b(?:niet|not)\b)?|\bkwijtgescholden\b|\bniets\b.{0,25}\bte betalen\b|\b(?:hoeft|hoef|hoeven)\b.{0,40}\bniet(?:s)? (?:meer |zelf )?te betalen\b|\b(?:owe (?:us )?nothing|(?:not|n't) owe|no(?:thing)?\b.{0,12} (?:to pay|due|owed|owing))\b|\b(?:not|n't) (?:have|need) to pay\b|\bfree of charge\b|\b(?:kost|costs) (?:u|je|you) niets\b|\b(?:quitte|vrij van kosten)\b|\b(?:all square|square with us|settled up|quits|kiet)\b|\bwritten off\b|\bnothing (?:is |remains )?(?:left )?(?:to|for you to) (?:pay|settle)\b|\bhoeft? .{0,20}niets? (?:meer )?te betalen\b",
        ),
        ("open", r"\b(?:staat|staan|is|are)\b.{0,45}\bopen\b(?=[,.;:]|$| van\b| op\b| for\b| on\b)|\bleaves?\b.{0,25}\b(?:to pay|for you|te betalen)\b|\bopenstaand\w*\b|\boutstanding\b|\bunpaid\b|\bopen (?:invoice|bill|amount|balance)s?\b|\bopen (?:factuur|rekening|nota|bedrag)\b|€\s?[\d.,]+ (?:is|remains|staat) (?:still |nog )?(?:due|open|outstanding|payable|te betalen)\b|\byou (?:still )?owe\b|\bstill owed?\b|\bnog te betalen\b|\b(?:moet|dient) .{0,30}(?:te )?(?:betalen|voldoen)\b|" + _near(_BILL, r"open|due", 12)),
        ("covered", r"\b(?:falls?|valt|vallen|zit|zitten) (?:within|under|onder|binnen|in) (?:\w+ )?(?:basic|basis\w*|package|pakket|cover|dekking|vergoeding)\b|\b(?:vergoed|gedekt|covered|reimbursed|refundable|fully insured)\b|\bcovers (?:it|this|the)\b(?! (?:dispensing|fees?|costs?|period|month|charge)\b)|\bvergoedt\b|"
            rf"\b(?:verzekeraar|zorgverzekering|verzekering|insurer|insurance|{INSURER_NAMES})\b.{{0,30}}\b(?:betaalt|betaalde|betaald|pays|paid|covers|draagt|neemt|picks? up|picked up|takes? care|took care|footed)\b"
            r"|\bvoor (?:zijn|haar|hun) rekening (?:genomen|neemt|nemen|is|komt)\b|\b(?:neemt|nemen|nam)\b.{0,40}\bvoor (?:zijn|haar|hun) rekening\b"),
        ("insured", r"\b(?:\w*verzekering|polis|dekking|insurance|policy|coverage|(?:your|his|her) cover|verzekerd|insured)\b.{0,50}\b(?:actief|geldig|loopt|lopend|in orde|in order|running|unchanged|ongewijzigd|klopt|active|valid|current|up to date|in force|fine|good|runs|continues|doorloopt)\b|\b(?:actieve|geldige|lopende|active|valid|current) (?:(?!and\b|en\b)\w+ ){0,2}(?:\w*verzekering|polis|insurance|policy)\b|\b(?:bent|is|are) (?:\w+ ){0,3}(?:verzekerd|insured)\b|\b(?:still|nog (?:steeds |gewoon )?|gewoon) ?(?:with|bij) (?:them|hen|" + INSURER_NAMES + r")\b"),
        ("lapsed", r"\b(?:\w*verzekering|polis|dekking|insurance|policy|coverage)\b.{0,60}\b(?:verlopen|beeindigd|afgelopen|ten einde|gestopt|vervallen|opgezegd|niet actief|lapsed|expired|ended|inactive|cancelled|stopped)\b|\b(?:verlopen|lapsed|expired)\b.{0,20}\b(?:\w*verzekering|polis|insurance|policy)\b"),
        ("cancelled", r"\bniet door(?:gaan|gaat|ging|gegaan)?\b(?=[,.;]|$)|\b(?:not|n't|cannot) (?:be )?go(?:ing|ne)? ahead\b|\bfallen through\b|\bfell through\b|\b(?:geannuleerd\w*|afgezegd|vervallen|cancelled|canceled|called off|gaat niet door|komt te vervallen)\b"),
        ("moved", r"\b(?:verzet|verplaatst|rescheduled|postponed|brought forward)\b|\bmoved to\b|\buitgesteld\b"),
        ("proposed", r"\bstel(?:len|de|den)?\b.{0,60}\bvoor\b(?=[,.;]|$)|\b(?:voorgesteld\w*|voorstel|voorstellen|suggestion|proposal|not (?:yet )?(?:fixed|definite|settled)|proposed|suggested|suggest|offered|optie|provisional\w*|onder voorbehoud|voorlopig\w*|tentative\w*|pencilled)\b"),
        ("booked", r"\b(?:bevestigd\w*|geboekt|ingepland|gepland|vastgelegd|ingeboekt|vastgezet|genoteerd voor|confirmed|booked|scheduled)\b|\bgaat (?:gewoon |zeker )?door\b|\bstaat (?:nog |gewoon )?(?:vast|gepland)\b|\bgo(?:es|ing) ahead\b|\bverwachten (?:we |wij )?u\b|\bexpect(?:ing)? you\b|\bsee you on\b|\bdefinite\b|\bstaat u .{0,30}\bgenoteerd\b|\bis set for\b|\bis due\b|\bstaat (?:\w+ )?op\b|\bstaat voor (?=\w*dag|\d)|\b(?:is|staat|ligt)(?: (?:al|nog|nu|dus|niet|not|yet|now|already|inmiddels)){0,3} (?:definitief|zeker|vast|definite|certain|firm|final|fixed)\b|\brond\b|\bkomt u\b(?=.{0,30}\bom\b)|\b(?:staat|staan|gezet|genoteerd|is|are|noted|put|have)\b.{0,30}\bin (?:de|onze|uw|the|our) (?:agenda|diary|calendar)\b|\bin (?:de|onze|uw) agenda (?:gezet|genoteerd|gereserveerd|gepland)\b|\b(?:zien|see) (?:u|je|jullie|you|him|her)\b(?! (?:graag|terug))|\bdown for\b|\b(?:is|are) (?:on|at)\b"),
        ("no_appointment", r"\b(?:geen|no)\s(?:\w+\s){0,2}(?:afspra(?:ak|ken)|appointments?)\b(?!(?:\s\w+){0,3}\s(?:nodig|needed|necessary|required|maken|make|maakt))|(?:\bnot|n't) (?!need\b|require\b)(?:\w+ ){0,2}(?:an|any) (?:\w+ )?appointments?\b(?! (?:needed|necessary|required))|\b(?:niets|niks|nothing)\b.{0,20}\b(?:ingepland|gepland|geboekt|booked|scheduled|planned)\b|\bagenda\b.{0,20}\bleeg\b|\b(?:niets|niks|nothing)\b.{0,25}\b(?:in|on) (?:de|onze|the|our) (?:agenda|diary|calendar)\b"),
        ("awaited", r"\b(?:wacht(?:en)?|waiting|wait|awaiting|pending|afwachten|af te wachten|onderweg)\b|\blaat (?:\w+ )?op zich wachten\b|n't\b.{0,25}\b(?:reported|heard|sent|come back|been back)\b|\b(?:not|niets|niet|nothing|nog geen)\b.{0,25}\b(?:back|heard|gehoord|gekregen|reported|doorgegeven|gemeld|uitgebracht|from the lab|van het lab)\b|\b(?:with|at|bij|in) (?:the|het) lab\b"),
        ("received", r"\b(?:is|zijn) er (?:\w+ ){0,2}(?:wel|niet)(?=[,.;:]|$)|\b(?:is|zijn) er (?:nog |helaas |dus |al |ook )*(?:niet)?(?=[,.;:]|$)|\b(?:doorgekregen|gekregen|ontvangen|binnen|binnengekomen|binnengehad|terug|bekend|beschikbaar|aangekomen|received|come in|came in|come (?:back|through)|came (?:back|through)|come from|came from|arrived|available)\b|\b(?:had|have|got|we've) (?:\w+ ){1,4}back\b|\b(?:is|are|isn't|aren't|not|yet|already|now|been|still) (?:in|back)\b"),
        (
            "done",
            rf"\b(?:{_BE})" + _GAP % 9 + r"(?:verwerkt|aangepast|gewijzigd|doorgevoerd|bijgewerkt|geregeld|uitgeschreven|afgemeld|aangemeld|ingeschreven|gecorrigeerd|gecrediteerd|terugbetaald|overgeschreven|overgezet|overgedragen|verlengd|vernieuwd|veranderd|opgeslagen|verwijderd|bevestigd|afgerond|hersteld|bijgeschreven|opgelost|stopgezet|processed|updated|changed|amended|unsubscribed|removed|registered|credited|refunded|transferred|renewed|arranged|sorted|corrected|completed|stopped|extended|confirmed|finali[sz]ed|taken off|resolved|cancelled)\b"
            r"|\b(?:huisarts|arts|dokter|specialist|praktijk|verzekeraar|leverancier|groothandel|doctor|gp|practice|surgery|insurer|supplier|wholesaler|prescriber)\b(?:\s[^\s.;:!?]+){0,3}?\s(?:heeft|hebben|has|have)\b.{0,60}\b(?:doorgestuurd|gestuurd|gemaild|verstuurd|getekend|ondertekend|goedgekeurd|bevestigd|toegezegd|uitgeschreven|verlengd|ingestemd|akkoord|beloofd|sent|signed|approved|agreed|renewed|issued|confirmed|promised|extended)\b"
            r"|\b(?:huisarts|arts|dokter|specialist|doctor|gp|insurer)\b(?:\s\w+){0,2}?\s(?:stuurde|tekende|bevestigde|signed|sent|confirmed|approved|agreed)\b",
        ),
        ("sent_for", rf"\b(?:{_BE})" + _GAP % 9 + r"(?:besteld|aangevraagd|opgevraagd|ordered|requested|asked your (?:doctor|gp)|herhaald|refilled)\b"),
    )
)  # fmt: skip

NEGATION = re.compile(
    r"\b(?:niet|geen|nooit|niets|niks|nog niet|zonder|noch|not|no|none|never|nothing|without|nor|neither|cannot|yet to be|nergens|evenmin)\b|n't\b|\bunable\b|\bno longer\b"
)
INTERJECTION = re.compile(
    r"^(?:(?:ja|nee|no|yes|jazeker|ja hoor|nee hoor|no problem|no worries|geen probleem|geen zorgen|no need to worry|not to worry|geen dank|zeker|helaas|natuurlijk|of course|certainly|sorry)\b(?: hoor)?\s*[,.:;!–-]\s*)+"
)
SUBORDINATE = re.compile(
    r"\b(?:zodra|wanneer|indien|mocht(?:en)?|totdat|voordat|op het moment dat|het moment waarop|zo gauw|zolang|tenzij|zodat|once|when|whenever|as soon as|if|unless|until|before|(?<!at )the (?:moment|minute)(?= (?:it|you|we|they|your|that|the)\b)|by the time|whether|in case|should (?:you|it|the|your)|so that|so (?:it|you|we) can)\b"
    r"|\b(?<=\w\s)(?:die|dat|who|that|which)\b(?=\s(?:het|dit|de|uw|u|this|the|your|asked|ordered|requested|prescribed|aanvroeg)\b.{0,60}\b(?:aangevraagd|aanvroeg|voorschrijft|voorschreef|voorgeschreven|asked|ordered|requested|prescribed|heeft|aanvraagt)\b)"
    r"|^(?:heeft|hebt|heb|wilt|wil|bent|ben|kunt|kun|lukt|komt|gaat|mist|staat|krijgt|vindt|schikt|past|voelt|wordt|stapt|duurt) (?:u|je|het|er|dit|dat)\b(?=[^.]{3,90}, (?:dan|kunt|bel|laat|mail|neem|geef|stuur|zegt|kom|vraag)\b)"
    r"|^tot (?=(?:zij|ze|hij|wij|we|u|dat)\b)|(?:^|,\s*)als\b|(?<!net )(?<!even)\bals (?=(?:u|het|de|uw|er|deze|dit|dat|ze|zij|hij|we|wij|je|jouw|jullie|alles|iets)\b)"
    r"|(?:^|[,;:]\s*|\bvertellen\s|\bzeggen\s|\bbevestigen\s|\bvraagt\s|\bvroeg\s|\bna\s|\buit\s|\bweten\s|\bnagaan\s|\bcontroleren\s|\bnavragen\s|\bvragen\s|\bkijken\s|\bzoeken\s|\bbekijken\s)of\b|\bhangt (?:er)?(?: ?van)? ?af\b|\bhow\b(?! (?:are|is) you)|\bhoe\b|(?:^|,\s*|\b(?:of|about|van|over|know|see|tell|explain|say|you|weten|nagaan|uitleggen|uitzoeken|vertellen|zeggen)\s)(?:wat|welke|waarom|what|which|why)\b"
)
FUTURE = re.compile(
    r"\b(?:zal|zullen|gaat|gaan|wordt|worden|zou|zouden|will|shall|going to|would|verwacht(?:en|ing)?|expect(?:ed)?|hopen|hope|proberen|try|binnenkort|straks|soon|shortly|later|should be|ought to be|naar verwachting|hopelijk|hopefully)\b|'ll\b"
)
LAB_NOUN = re.compile(
    r"\b(?:\w*uitslag(?:en)?|\w*bepaling(?:en)?|labwaarden?|\w*waarde|lab|laboratorium|bloedonderzoek|urineonderzoek|results?|lab tests?|blood tests?|bloedtest)\b"
)
BILL_NOUN = re.compile(rf"\b(?:{_BILL})\b|€")
APPOINTMENT_NOUN = re.compile(
    r"\b(?:\w*afspraak|\w*afspraken|appointments?|\w*vaccinatie|\w*prik|flu (?:jab|shot)|jab|vaccination|\w*meting|blood pressure check|check|controle|\w*beoordeling|review|\w*instructie|instruction|reisadvies|travel advice|gesprek|consult\w*|spreekuur|visit|inhaler training|talk|checkup|check-up)\b"
)
COVERAGE_NOUN = re.compile(r"\b(?:verzeker\w*|(?:your|his|her) cover|polis|dekking|insur\w*|policy|coverage)\b")
MESSAGE_NOUN = re.compile(
    r"\b(?:bericht|berichtje|mail|e-mail|vraag|vragen|verzoek|aanvraag|melding|klacht|message|question|request|email|e-mail|query|note|complaint|feedback|opmerking|gegevens|adres|nummer|reactie|reply|details)\b"
)
HOURS_WORDS = re.compile(
    r"\b(?:open|geopend|gesloten|closed|opening\w*|hours|openingstijden|openen|sluiten|close|closing|langs|come by|pop in|pop by|stop by|call in|on \w+days?|bereikbaar|terecht|langskomen|kom langs|binnenlopen|drop (?:in|by)|visit|balie|counter|feestdag|holiday|werkdagen|weekdays|telefonisch|telefoon|druk\w*|rustig\w*|wachttijd\w*|spitsuur|busy|quiet\w*)\b"
)
ALTERNATIVE = re.compile(r"\b(?:andere|anderen|overige|rest|other|others|remaining|beide|both|een van|one of|some)\b")
