"""Verbs of a pharmacy's ordinary courtesies, each harmless only beside what it is said of: "stuur" beside "bericht", "laat"
beside "weten", "neem" beside "contact" or "mee". Elsewhere the same verb states or advises something."""

import re
from collections.abc import Iterator

_NL_MAIL = r"bericht\w*|mail\w*|e-mail\w*|sms\w*|verzoek\w*|brief\w*|seintje|vraag|vragen|aanvraag|reactie|klacht|compliment|foto|kopie|opmerking|\w*gegevens|adres|nummer|wijziging|afmelding|aanmelding|bestelling|telefoontje"
_NL_STAFF = r"apotheker\w*|collega\w*|medewerker\w*|team"
_NL_PAPERS = r"identiteitsbewijs|legitimatie\w*|paspoort|zorgpas\w*|pasje|id|briefje|factuur|doosjes?|code|geboortedatum|naam|bankpas|rijbewijs"
_EN_MAIL = r"messages?|e-?mails?|texts?|lines?|requests?|questions?|letters?|notes?|complaints?|feedback|compliments?|copy|photo|details|address|number|change|word|enquiry|query|order"
_EN_STAFF = r"pharmacists?|colleagues?|team|member of staff|us|we"
_EN_PAPERS = r"id|identification|passport|card|proof|invoice|code|name|date of birth|box(?:es)?|licence"

_WE = r"wij|we|ik|apotheker|apothekers|collega\w*|medewerker|team|ons"
_ENG_WE = r"we|we'll|we'd|we're|i|i'll|i'd|pharmacist|pharmacists|colleagues?|team|staff|let's"

# (verbs, what must stand near them; "" for anywhere), Dutch and English
_ROWS: tuple[tuple[str, str], ...] = (
    # Dutch: reaching each other
    (r"bel|belt|bellen|gebeld|belde|terugbel\w*|mailt|mailde|mailen|schrijft?|schrijven|schreef|geschreven|reageren|reageert|beantwoord\w*|bereik\w*|antwoordt?|vroeg|vraagt|vragen|noemt|noemde|noemen|noteren|weten|weet|wisten|zien|ziet|vinden|vindt|gevonden|denken|denkt|hopelijk|bedoelt|bedoelen|betekent|informeert|ophalen|afhalen|opgehaald|afgehaald|langskomen|klopt|bespreken|bespreekt|overleggen", ""),
    (r"neemt?|nemen|opnemen|opneemt|opgenomen", "contact"),
    (r"laat|laten|weten|weet|horen|hoort|hoor|hoorde", r"weten|zodra|als|of|van ons|wanneer|hoe|wat|graag|niets|niks|lang|laat|laten"),
    (r"stuurt?|sturen|gestuurd|krijgt?|krijgen|gekregen|ontvangt?|ontvangen|geeft?|geef|geven|doorgegeven|doorgeven|gelezen|leest|lezen|bekijkt|bekijken|verwerken|verwerkt|behandelen|aangekomen|delen|deelt|aanpast?|aanpassen|passen|wijzigen|wijzigt|onthouden|intrekken", _NL_MAIL + r"|antwoord|toestemming|contactgegevens|dank voor het"),
    (r"gerust", r"bel\w*|mail\w*|stuur\w*|vraagt?|komt?|langs|schrijf\w*|contact|reageer\w*|weten"),
    (r"blijft?|blijven", rf"ontvangen|krijgen|sturen|staan|staat|zoals|{_NL_MAIL}"),
    (r"terug|terecht", r"bel\w*|komen|mail\w*|contact|hierop|erop|kunt|bij"),
    # Dutch: who looks into it
    (r"kijkt?|kijken|nakijken|nagaan|gaan|gaat|zoekt?|zoeken|uitzoeken|bekijkt|bekijken|bespreekt?|bespreken|besproken|overlegt?|overleggen|leggen|legt|uitleggen|voorgelegd|voorleggen|helpt?|helpen|meekijken|bezig|vertelt|vertellen|benaderen|probeert|proberen|doorgegeven|gewaarschuwd|gebracht|zien|pakken|pakt|houdt|houden|controleren|controleert|gecontroleerd|navragen|komen|terugkomen|regelt|regelen|informeren|informeert|overnemen|melden|meldt|weet", _WE),
    (r"mee", r"kijk\w*|denk\w*|bel\w*|neem|neemt|nemen"),
    (r"neemt?|nemen", "mee|tijd"),
    (r"komt", "uit"),
    (r"ontvangen|verwerken|verwerkt", r"afzegging|afspraak|inschrijving"),
    (r"moet|moeten|meenemen|meebrengen|overnemen|bevestigen|opvragen|altijd|afmelden|inloggen|hoe het|staat|staan|binnen|meegeven|bestellen", r"kijken|kunt|kun|wilt|wil|voordat|welke|apotheek|xlink"),
    (r"minder|less|fewer", r"week|weken|week's"),
    (r"twijfel|twijfels", r"levensgevaar|bel\w*|112"),
    (r"bedoel", ""),
    (r"genoteerd|noted", r"herhaling|verzoek|vraag|wens|nummer|request|both|repeat"),
    (r"gaan?|gaat", r"slag|aan de slag|112|xlink"),
    (r"loopt|lopen", r"voor niks|voor niets|langs"),
    (r"werkt|werken|works?|done", r"hoe dat|hoe het|hoe dit|how that|how it|how this"),
    (r"take", "from there"),
    (r"enough|genoeg|voldoende", "xcount"),
    (r"nagekeken|nagevraagd|opgezocht|uitgezocht", "even|wij|we|ik"),
    (r"erg", "vervelend|jammer|spijt"),
    (r"komt?|kom", "naar"),
    (r"feel|feels|zorgen|gaat", r"112|doctor|gp|huisarts"),
    (r"door|geven|geeft|geef", r"geven|geeft|geef|door"),
    (r"vertellen|zeggen|tell|say|uitleggen", r"kan|kunnen|can|could"),
    (r"mag|mogen|kan", r"dat|ook|natuurlijk|ja"),
    (r"vraagt?|aanvragen|moet|nodig|uitschrijven|opvragen|stuurt?|sturen|hebben|ontvangen|gegeven|krijgen|voorgeschreven|schreef", r"nieuw recept|recept|recepten"),
    (r"bespreekt?|bespreken|besproken|legt|uitleggen|vertellen|vertelt|bespreek|beslist|bepaalt|weet|precies|aanvroeg|stuurt|sturen|schrijft|voorschrijft", r"huisarts|arts|specialist|voorschrijver|praktijk|verzekeraar|zorgverzekeraar"),
    (r"hoeft?|doen|gedaan", r"niets|niet|zelf"),
    (r"wachten|wacht|gewacht", r"niet|moest|moeten|lang|antwoord|reactie|op"),
    (r"moest|moeten|duurde?|duurt|duren|nodig", r"wachten|lang|langer|paar|even|eerder|excuses"),
    (r"ruim|voldoende|genoeg|plenty|enough", r"voorraad|voorradig|plank|stock|shelf|shelves"),
    (r"drukken|drukt|af|printen|print|kopie", r"drukken|drukt|balie|factuur|nota|recept|kopie|copy"),
    (r"doorgestuurd|doorgezet|overgedragen|doorgespeeld|neergelegd|voorgelegd|passed|forwarded", _NL_MAIL + "|" + _EN_MAIL),
    (r"verschuiven|schuift|aangegeven|verwacht|gemeld|indicated|slip|shift", r"datum|leverancier|groothandel|date|supplier|wholesaler|levering|delivery"),
    (r"durven|durf|beloven|noemen|inschatten|precieze|exacte|exact|precise|estimate", r"dag|datum|tijdstip|niet|geen|day|date|not|can't|cannot"),
    (r"able|expect|manage", r"tell|say|supplier|explain|not|n't|pharmacist|until"),
    (r"different|story", r"story|afraid"),
    (r"moet|bekeken|nagekeken|onderzocht|beoordeeld|checked|seen", r"meteen|direct|spoed|bekeken|right away|urgently|immediately"),
    (r"sample|taken|reported|afgenomen", r"lab|laboratorium|results?|tests?|uitslag"),
    (r"gebruikt|gebruiken|used|use", r"herhaling|herhalingen|repeats?|refills?"),
    (r"ingelicht|bekeken|gezien|told|aware", r"apotheker|apothekers|pharmacist|meteen"),
    (r"mogelijk|spoedig|possible", r"zo|spoedig|as soon as"),
    (r"handed|hand|hesitate", r"message|pharmacist|don't|call|112"),
    (r"aarzel|aarzelt|aarzelen", r"niet|bel|112"),
    (r"tegoed|resterend\w*", r"herhaling|herhalingen|keer|xcount"),
    (r"outstanding|awaited|doorgeeft|binnenkrijgen|inhoudt|inhoud", r"lab|laboratorium|uitslag|result|wat|huisarts|zodra"),
    # Dutch: coming by
    (r"langskom\w*|langskomt|kom|komt|komen|kwam|terecht|bezoeken|binnenlopen|aanbellen|welkom|gebruikmaken|staan|staat", r"langs|balie|apotheek|bij ons|terecht|welkom|bezorger|langskomen|wij er|verzoek|parkeerplaats"),
    (r"neemt?|neem|nemen|meenemen|mee|meebrengen|laat|laten|tonen|toont|zien|noemen|noemt|vergeet|vergeten|hoeft|bij zich", rf"{_NL_PAPERS}|doosjes|niets mee"),
    (r"inloggen|log|logt|inschrijven|schrijft|vindt?|vinden|gevestigd|verkopen|verkoopt|invullen|gebruiken|gebruikt|kiezen|zit|zitten|opvragen|uitprinten|afdrukken|inleveren|doorgeven", r"portaal|balie|online|app|website|plein|straat|via|wij|ons|telefonisch"),
    (r"open|geopend|gesloten|dicht|sluiten|sluit|openen|normaal|normale", r"xtime|xdate|uur|werkdagen|zondag|zaterdag|vandaag|morgen|dagen|doordeweeks|feestdag|deur|openingstijden"),
    (r"betaalt|betalen|voldoen|pinnen|overmaken|gespreid|spreiden|gebruikelijke|afrekenen", r"balie|pin|contant|rekening|bon|manier|overboeking|factuur|nota|termijnen|xmoney|kunt"),
    (r"geldige?", _NL_PAPERS),
    (r"let|goed", "op"),
    # Dutch: courtesy
    (r"vaak|soms|meestal|meeste|altijd|vaker|druk|rustig|rustiger|normaal|genoeg|genoteerd|extra|speelt|stevig\w*|inleveren|brengen|terugbrengen|overgebleven|mag|mogen", r"bij ons|balie|apotheek|wachttijd|ochtend\w*|zaterdag|vervelend|nederland|naam|contactpersoon|naaldenbeker|medicijnen inleveren|oude medicijnen|klant"),
    (r"usually|often|sometimes|always|most|usual|busy|quiet\w*|fine|ordinary|normally|certainly|many|drop off|returned", r"with us|counter|pharmacy|mornings?|saturdays?|noon|leaflets|practices|way|open|welcome|queue"),
    (r"neemt|staat|staan|genomen|gebruikt|krijgt", r"schrijft|etiket|label"),
    (r"valt|krijgt|komt|moet|geldt|bijna|akkoord|zichtbaar|soms", r"vertrek|uitleg|overboeking|laatste|herhaling|alles|huisarts"),
    (r"made|prescribed|shows?|waiting|put|type|opens|works|clock|allow\w*|stay", r"day|counter|locker|code|door|prescription|records|gp|file|112|xlink"),
    (r"dank|bedankt|bedanken|fijne?|leuke?|goede?|goed|mooie?|jammer|vervelende?|naar|sorry|spijt|spijten|spijtig|begrijpen|begrijp|begrijpelijk|begrepen|welkom|hartelijke?|harte|beterschap|gewenst|wensen|wenst|sterkte|succes|plezier|gecondoleerd|gefeliciteerd|prettige?|aardig|attent|lastige?|graag gedaan|klinkt|hopen|hoop|waarderen|stellen", ""),
    (r"probleem|zorgen|druk|moeite|maakt", r"geen probleem|vervelend|dat u zich|kleine moeite"),
    (r"betreft|gaat|betekent|betekenen|heet|staat|staan|hangt|bepaalt|bepalen|beslist|valt|vallen|vergoedt|onder|af|bedraagt|gebruikt", r"factuur|nota|rekening|xref|xmoney|polis|verzekeraar|uitslag\w*|om|eigen risico|kosten|zorgverzekeraar"),
    (r"klopt|kloppen|zeker|echt|uitkomt|uitkomen|schikt|past|passend|passen|lukt|mogelijk|vrij|verandert|veranderd|veranderen|bedoelt|bedoelen|twijfelt|overgestapt|stapt|verhuisd|nodig|misgegaan|gebeurd", r"kijken|laat|laten|weten|welke?|als|of|wat|klopt|geef|wij|we|ja"),
    (r"tonen|geven|zeggen|garanderen|beloven|toezeggen|verklaren|vaststellen|vertellen|bevestigen|beoordelen|delen|inzien|kennen|herkennen|bekend|komt|verstrekken|mogen|uitleggen|zien|nagaan", r"niet|geen|niets|privacy"),
    (r"beschermen|wijzigen|veranderen|verwerken|doorvoeren|komt|zeker", r"privacy|voordat|eerst"),
    (r"bezorgen|thuisbezorgen|bezorgd|ophalen|afhalen|halen|haalt|opgehaald|afgehaald|ligt|klaarligt|klaarstaat|binnen|binnenkomt|is|gebeurt|komt|komen", r"kijken|mogelijk|lukt|zodra|als|wanneer|iemand|of|helaas niet"),
    (r"mag|mogen|moet|goedvindt|geeft|zonder", r"iemand|toestemming|ja|privacy"),
    (r"maken|maakt|plannen|inplannen|zoeken|verzetten|verplaatsen|afzeggen|vastleggen|vast|leggen|boeken|doen|past|schikt", r"afspraak|moment|datum|agenda|voorstel|dan|samen"),
    (r"klaarmaken|klaarzetten|klaarleggen|klaar|gereed|maken|zetten|leggen|herhalen|aanvragen|bestellen|verwerken|afronden", _WE + r"|zodra|wanneer|zullen"),
    (r"zorgen|krijgt|ontvangt|sturen|uitschrijven|afmelden|afgemeld|aanmelden|schrijven|halen", r"nieuwsbrie\w+|reclame|aanbiedingen"),
    (r"erger|slechter|vertrouwt|gevaar|levensgevaar|spoed|gratis|denkt?|zelfdoding|nood|wordt", r"112|113|xlink|huisarts|huisartsenpost|bel\w*"),
    # English: reaching each other
    (r"call|calls|calling|ring|rings|ringing|phone|phoning|write|writes|writing|wrote|contact|contacting|reply|replying|replied|reach|reaching|hear|heard|text|message|drop|answer|answering|speak|mention|mentioned|say|says|said|ask|asks|asked|asking|know|knows|see|seen|find|found|think|means|mean|collect|collecting|wonder|discuss|come by|drop in|understand|let|confirm with", ""),
    (r"let|letting|know|knows|tell|tells|telling|told", r"know|us|when|if|which|about|whether|once"),
    (r"send|sends|sending|sent|get|gets|got|receive|receives|received|have|passed|pass|forward\w*|read|reading|look|process|processing|share|sharing|given|give|gives|confirm|stop|prefer", _EN_MAIL + r"|permission"),
    (r"get|getting|come|keep|keeping|be|touch|give|giving", r"touch|back to|ring|call|posted|line"),
    (r"free", r"feel|113|xlink"),
    (r"feel", r"free"),
    (r"reached|received|process\w*|dealing|passing|goes|cancellation|comes|working", r"request|message|cancellation|question|answer|we"),
    (r"confirm|request|take over|requested|work|see|add|noted|forward|expects?|stands?|keeping an eye|eye|like|experience|matters?", r"we|we'll|please|would|pharmacy|doctor|how|your"),
    (r"log|unsubscribe|like|use|choose|reach", r"xlink|any time|would|you"),
    (r"count|counts|towards|fall|falls|under", r"deductible|eigen risico|excess|costs?"),
    (r"left|remaining", r"supply|less than"),
    (r"collected|delivered", r"according to|records"),
    (r"worse|life|unsure|night|outside|office|reach|like", r"do not wait|don't wait|danger|112|113|xlink|doctor|out-of-hours|hours"),
    # English: who looks into it
    (r"look|looking|check|checks|checking|see|find|finding|help|helps|discuss|discusses|explain|try|trying|tries|alerted|informed|told|aware|review|working|arrange|happy|glad|gladly|going|get|start|pleased|arranging|put|keep|passed|pick|interested|answer|holding|make|made|like|love", _ENG_WE),
    (r"ask|asks|asking|need|needs|needed|send|sends|write|writes|issue|new|want|like|requires?|prescribed|comes", r"new prescription|prescription|prescriptions"),
    (r"go|discuss|discusses|explain|explains|tell|decides?|ask|talk|speak|told|knows|know|say|sure|interpret", r"doctor|gp|specialist|prescriber|insurer"),
    (r"need|needs|do|done|bring|rush", r"nothing|anything|no need|no rush|don't need"),
    (r"wait|waiting|waited", r"for us|not|long|don't|had to|weeks|reply"),
    (r"take|takes|took|taking|be", r"days|while|few|longer|little|able"),
    # English: coming by
    (r"come|comes|coming|stop|visit|visiting|welcome|find|collect", r"by|in|along|counter|pharmacy|welcome|collect|us"),
    (r"bring|brings|bringing|show|shows|give|giving|take|takes", _EN_PAPERS + r"|label"),
    (r"log|sign|signed|register|registering|join|use|using|choose|printed|print|download|find|do|return|hand", r"portal|counter|online|app|website|newsletter|leaflets?|us"),
    (r"open|opens|closed|close|closes|shut|on", r"xtime|xdate|we're|weekdays|sundays?|saturdays?|today|tomorrow|hours|door"),
    (r"pay|paying|spread|settle|says", r"counter|card|cash|invoice|transfer|bill|bank|payment|way"),
    (r"valid|printed", _EN_PAPERS + r"|copy"),
    # English: courtesy
    (r"thank|thanks|thanking|good|nice|lovely|kind|sorry|apologi[sz]e|appreciate|understand|pity|annoying|frustrating|glad|happy|enjoy|wish|wishing|wishes|hope|hoping|congratulations|merry|best|great|pleasure|regret|condolences|looking forward|sounds|suit|suits", ""),
    (r"problem|bother|fine", r"no problem|no bother|that's fine|that is fine|that'd be fine|noon|course"),
    (r"concerns?|relates?|comes|decides?|depends?|means?|says?|covers?|called|dated|came|issued", r"invoice|bill|xref|xmoney|policy|insurer|result|about"),
    (r"right|correct|suits?|work|works|possible|available|free|changed?|clear|unclear|sure|suitable|mean|meant|changing|switch|switched|moved|travelling|needs?|arrives|differs|prefer|rather|better", r"if|whether|let|which|does|do|did|see|yes|when"),
    (r"tell|say|promise|explain|give|confirm|share|sharing|answer|guarantee|discuss|disclose|recogni[sz]e|identify|know|see|sure|certain|honestly|given", r"cannot|can't|not|don't|haven't|hasn't|unable|until|nothing|only|privacy|never"),
    (r"protect|update|updating|verify|keep|safe|certain|confirm|change", r"privacy|details|identity|information|before|after checking"),
    (r"deliver|delivering|collect|collecting|collects|pick|picked|fetch|fetching|ready|arrives|there|in", r"whether|when|if|once|possible|someone|welcome|as soon as|whenever"),
    (r"may|permission|authori[sz]ed|agrees?|agreed", r"someone|permission|information|person"),
    (r"make|book|move|find|look|suggest|propose|put|arrange|offer|reschedule|note|stays|stay", r"appointment|another|diary|slot|proposal"),
    (r"prepare|preparing|get|ready|put|together|refill|renew|order|repeat|start|working", _ENG_WE + r"|shall|once"),
    (r"gets?|worse|emergency|life|threatening|danger|unwell|unsure|doubt|suicide|deteriorat\w+|wait|change", r"112|113|xlink|doctor|call|gp"),
    (r"leest|lezen|reads?|reading", _WE + "|" + _ENG_WE),
    (r"gets?|getting", "worse"),
    (r"emergency|urgent|worse", r"if|call|gp|doctor"),
    (r"expected|known|given", r"date"),
    (r"voelt|voel|ziek|zieker|beroerd|feel|feeling|unwell|ill|erger|slechter|wordt|verandert|denkt?|zelfdoding|gevaar|levensgevaar|wachten|twijfelt|vertrouwt|worse|change|unsure|doubt|danger|suicide|thinking", "?"),
    (r"verwacht|verwachten|noemt|meldt|expects?|gives|given", r"xdate"),
    (r"mogelijk|possible|soon", r"zo snel|as soon as|soon as"),
)  # fmt: skip


# explained where the sentence makes a claim, which is asked of the record
_STATUS_WORDS_TEXT = """
aanvragen bestellen herhalen opnieuw eerstvolgende order reorder refill renew request again zien zichtbaar
ligt liggen staat staan lag stond blijft genoteerd geregistreerd ingepland gepland vast vastgelegd volledig geheel
helemaal gedeeltelijk deels mag mogen nabestelling steeds altijd bijna binnen binnenkomt open moet moeten nodig
bezorgd bezorgen uitkomt terug opgebruikt op af aan precies beste gewerkt beeindigd lopende loopt klaar akkoord
ophalen afhalen langskomen verplaatsen vrij bekend normale wachten afgenomen vroeg show shows shown marked listed
lapsed stands stays partly fully full waiting put aside collection collect ready needs need open expected possible set
available go come
"""
STATUS_WORDS = frozenset(_STATUS_WORDS_TEXT.split())
# explained where the sentence gives a value, which is tied to the record
_FACT_WORDS_TEXT = """
staat staan krijgt kreeg gekregen meegekregen hele blijft over komt telkens show shows left leaves remains remaining
received dated came comes counted meant pay
"""
FACT_WORDS = frozenset(_FACT_WORDS_TEXT.split())
# worth, chance, effect, body, certainty: never a courtesy, whatever stands near
_RISKY_TEXT = """
normaal normale gebruikelijk gewoonlijk vaak vaker meestal doorgaans soms zelden regelmatig meeste sommige weinig
hinder last werking werkt effect bijwerking bijwerkingen overslaan inneemt innemen inname slikt slikken gebruikt
gebruiken gebruik neem stoppen stop doorgaan veilig veilige kwaad ramp erg paniek ongerust bezorgd zorgen rustig
voldoende genoeg vooruit volstaat prima beter slechter hoog laag hoge lage waarde waarden optie alternatief verstandig
raad raden raadzaam tip advies tekent zeker gegarandeerd ongetwijfeld sowieso altijd nooit vanzelf minder extra dubbel
dubbele halve tegelijk nuchter maaltijd eten drinken alcohol koffie rijden zwanger klachten symptomen pijn allergie
onschuldig gevaarlijk erger ernstig goedkeuren regelt normal usual usually often mostly generally typically sometimes
rarely regularly common commonly many side-effect side-effects effect effects works working harmless safe safely harm
alarmed alarming worry worries worrying panic concerned concern enough sufficient plenty fine ok okay better worse
high low value values option alternative alternatives advisable recommend advise advice tip worth skip leave leaving
take taking double half extra stop stopping food meal meals alcohol coffee driving pregnant symptoms pain allergy
serious mild approve approves approved signs guaranteed definitely certainly undoubtedly surely always never guidance
instructed avoided avoid loopt lopen gelegd gezet gelukt gezien geregeld rond vastligt fixed arranged sorted gone through
settled hang merkt merken keuze choice notice protected beschermd vreemd strange unusual
"""
RISKY = frozenset(_RISKY_TEXT.split())
CERTAIN = frozenset(
    ["tekent", "gegarandeerd", "ongetwijfeld", "sowieso", "guaranteed", "definitely", "undoubtedly", "surely", "signs"]
)
SOCIAL = re.compile(  # what is wished, thanked for or regretted, and nothing else
    r"^(?:(?:ja|nee|yes|no|oh|ah|en|and)[,!]?\s)?(?:wat (?:leuk|fijn|aardig|attent|lief|mooi|heerlijk|gezellig|vervelend|naar|jammer|sneu|spannend|goed)\b|(?:fijn|leuk|goed|jammer|vervelend|aardig|mooi) (?:dat|om)\b"
    r"|gecondoleerd|gefeliciteerd|(?:veel|heel veel|alvast|nog)\s\w+ (?:plezier|succes|sterkte|beterschap)|(?:een )?(?:hele )?(?:fijne?|prettige?|goede?|mooie?) (?:dag|avond|week\w*|vakantie|reis|tijd|feestdagen|zondag|middag)|beterschap|sterkte|geniet\b|tot (?:dan|ziens|snel|morgen|maandag)"
    r"|how (?:nice|lovely|kind|annoying|frustrating|good|exciting)|(?:we're |we are |i'm |i am |so |very )*(?:sorry|glad|happy|pleased|delighted) (?:to hear|that|you|for)|(?:i|we) hope you|hope you|have a (?:lovely|nice|good|great|safe|wonderful)|enjoy\b|congratulations|best wishes|thank you|thanks|many thanks|dank|bedankt|hartelijk dank|mind the)[^,;:.!?]*"
    r"|^.*\b(?:klinkt (?:heerlijk|leuk|gezellig|fantastisch)|sounds (?:lovely|wonderful|great|fun)|looking forward to)\b.*"
)


_GAP = 7  # words between a verb and what makes it harmless
_ROW_PATTERNS = tuple(
    (
        re.compile(rf"(?<![\w'])(?:{verbs})(?![\w'])"),
        re.compile(rf"(?<![\w'])(?:{near})(?![\w'])" if near != "?" else r"\?") if near else None,
    )
    for verbs, near in _ROWS
)


def _words_between(text: str, one: tuple[int, int], other: tuple[int, int]) -> int:
    left, right = sorted((one, other))
    return len(text[left[1] : right[0]].split())


def framed(folded: str) -> Iterator[tuple[int, int]]:
    """Where verbs of courtesy stand beside what makes them harmless."""
    for verbs, near in _ROW_PATTERNS:
        found = [match.span() for match in verbs.finditer(folded)]
        if not found:
            continue
        if near is None:
            yield from found
            continue
        beside = [match.span() for match in near.finditer(folded)]
        for span in found:
            if any(one != span and _words_between(folded, span, one) <= _GAP for one in beside):
                yield span
