"""The words by which a mail tells for whom something is asked: what one gets at a pharmacy, needs, fetches or says; names."""

import re

MEDICINE = "\u00aa"  # a letter that stands for each letter of a medicine's name

PARTICLE = r"(?:van|de|den|der|het|'t|ten|ter|te|el|al|bin|von|la|le|da|di|dos|op|vd|v\.d\.|v\.|Van|De|Den|Der|El|Al)"
NO_FIRST = r"(?!(?:Voor|Van|Namens|For|Of|On|About|Over|Betreft|Is|Are|De|Het|The|Mevrouw|Mevr|Mw|Meneer|Mijnheer|Dhr|Heer|Mr|Mrs|Ms|Miss|Familie|Fam)\b)"
NAME_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w-]{1,40}(?:['’](?!s\b)\w[\w-]*)*|[A-Z]['’]\w[\w-]{1,40}|[A-Z]\.(?:\s?[A-Z]\.){0,3})"
REST = rf"(?:[ \t]+(?:{PARTICLE}[ \t]+){{0,3}}{NAME_WORD}){{0,3}}"
NAME = rf"(?:{NO_FIRST}{NAME_WORD}{REST})"
TITLE = r"(?:(?:de|het|the)\s+)?(?i:meneer|mijnheer|mevrouw|mevr\.?|mw\.?|dhr\.?|heer|mr\.?|mrs\.?|ms\.?|miss|mister|fam\.?|familie|family)"
SOMEBODY = re.compile(
    rf"(?<![\w@.'’-])(?:(?P<title>{TITLE})\s+(?P<titled>(?:{PARTICLE}[ \t]+){{0,3}}{NAME_WORD}{REST})|(?P<name>{NAME}))"
)
FLEMISH = re.compile(r"\b[Oo]ns\s+(?P<name>[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{1,30})")
DOCTOR = re.compile(
    r"\b(?:dokter|dr|drs|huisarts|arts|tandarts|specialist|cardioloog|internist|psychiater|neuroloog|dermatoloog|longarts|gynaecoloog|kinderarts|doctor"
    r"|prof|professor|gp|nurse|surgeon|consultant|apotheker|apotheek|apotheken|pharmacist|pharmacy|assistente?|praktijk|huisartsenpraktijk|zuster|verpleegkundige"
    r"|collega|ziekenhuis|hospital|firma|bedrijf|bakkerij|zaak|winkel|bureau|stichting|team|juf|meester|meneer van|merk|brand|stad|city|straat|station|camping|hotel)\.?\s+$"
)

# What one gets at a pharmacy, or asks of it for somebody.
THING = (
    rf"(?:\w{{1,20}}-)?(?:{MEDICINE}+\w{{0,24}}|\w{{0,24}}(?:medicijn|medicatie|medicament|geneesmiddel|tablet|pilleke|druppel|zalf|spray|inhal|puffer|pufje|insuline|drankje|zetpil|pleister"
    r"|zakje|capsule|vaccin|antibiotic|pijnstiller|naald|stripje|verpakking|kous|luiers|katheter|stoma|spuit|medicine|medication|ointment|inhaler|eardrop|patches)\w{0,24}"
    r"|(?:herhaal)?recept(?:en|je|jes)?|herhaling\w{0,24}|bestelling\w{0,24}|\w{0,24}pil|\w{0,24}pillen|dozen|doos|doosje|doosjes|weekdoos|weekdozen|rol|rollen|potje|potjes|uitnodiging|oproep|bloed\w{0,24}|baxter\w{0,24}|creme\w{0,24}|crème\w{0,24}|dieetvoeding|sondevoeding"
    r"|(?:bloedsuiker|glucose|diabetes|bloeddruk)meter\w{0,3}|afspraak|afspraken|\w{0,24}prik|inenting\w{0,24}|uitslag\w{0,24}|labuitslag\w{0,24}|rekening|rekeningen|factuur|facturen|nota|verwijzing|overzicht|flesje|verband|poeder\w{0,24}|drank"
    r"|pills?|tablets?|prescriptions?|repeats?|refills?|drops|cream|patch|syrup|orders?|appointments?|\w{0,24}jabs?|vaccin\w{0,24}|shots?|results?|bloods?|invoices?|bills?|packs?|bags?|box|boxes"
    r"|pen|pens|pennen|statins?|medicines?|meds|script|scripts|strips?|methadon\w{0,24})"
)
NEED = (
    r"(?:nodig|herhal\w{0,24}|bestel\w{0,24}|gebruikt|slikt|neemt(?!\s+(?:mij|me|mijn|het|ze|hem|contact))|krijgt|kreeg|inschrijven|ingeschreven|inplannen|overzetten|overstappen|bijna door|is door|zijn op|op is|is op|raakt op"
    r"|kwijt|verloren|wacht\w{0,24} op|needs?|needing|takes|uses|run(?:s|ning)? out|ran out|out of|lost|register\w{0,24}|book\w{0,24}|transfer\w{0,24}|is on|left for|low on|(?:having|has|heeft|heb)\s+(?:nog\s+)?(?:only|maar|just)|days? (?:of )?stock|nog (?:voor )?\d+ dag\w{0,24})"
)
FETCH = (
    r"(?:haalt|halen|haal|ophal\w{0,24}|ophaalt|afhal\w{0,24}|afhaalt|opgehaald|afgehaald|oppik\w{0,24}|opgepikt|meenem\w{0,24}|meeneemt|meegenomen|langs\w{0,24}|komt|kwam|brengt|rijdt|stuur|stuurt"
    r"|collects?|collecting|collected|picks?|picking|picked|fetch\w{0,24}|comes?|coming|drops by|swing|sign)"
)
SAYING = r"(?:zei|zegt|denkt|dacht|vertelde|vertelt|vindt|vond|hoorde|las|weet|wist|belde|noemt|typt|typte|helpt|hielp|says|said|thinks|told|heard|reckons|mentioned|helps|rang|called)"
THIRD = r"(?:haar|d'r|z'n|zn|zijn|hun|his|her|their)"
NOT_FIRST = r"(?!(?:mijn|m'n|mn|my|de|het|er|the|onze|our|alle|nog|al|jullie|uw|geen|die|deze|dit|dat|these|those|niet|ze|we|wij|u)\b)"
THIRD_THING = re.compile(rf"\b{THIRD}\s+(?:{NOT_FIRST}[\w'-]{{1,30}}\s+){{0,2}}{THING}\b")
SURE_THIRD = re.compile(rf"\b(?:haar|d'r|z'n|hun|his|her)\s+(?:{NOT_FIRST}[\w'-]{{1,30}}\s+){{0,2}}{THING}\b")
THIRD_NEEDS = re.compile(
    rf"\b(?:hij|zij|he|she)\s+(?:{NOT_FIRST}[\w'-]{{1,30}}\s+){{0,4}}?(?:de |het |een |the |a )?(?:{THING}|{NEED})\b"
)
MAY = re.compile(
    r"^(?:\s+[a-z'-]{1,30})?\s+(?:kan|mag|zal|gaat|moet|wil|komt|will|can|could|would|may|might|is going)\b"
)
FOR_THIRD = re.compile(r"\b(?:voor|van|namens|for|on behalf of|of)\s+(?:hem|hen|him|(?:haar|her)(?!\s+\w))\b")
FOR_HER = re.compile(
    r"\b(?:voor|for)\s+(?:haar|her)\s+(?:klaar|nog|iets|al|een|de|het|graag|bestel\w{0,24}|ready|anything|too|please|on|to|ook)\b"
)
FIRST_THING = re.compile(rf"\b(?:mijn|m'n|mn|my)\s+(?P<words>(?:[\w'-]{{1,30}}\s+){{0,2}}?){THING}\b")
FOR_ME = re.compile(
    r"\b(?:voor|for)\s+(?:mijzelf|mezelf|myself)\b|\b(?:voor\s+mij|for\s+me)(?=\s+(?:de|het|een|graag|en|and|the|an?)\b)|\b(?:en|and)\s+(?:(?:voor|for)\s+(?:mij|me)|mijzelf|mezelf|myself)\b"
)
ONLY_ME = re.compile(
    r"\b(?:voor|for)\s+(?:mijzelf|mezelf|mij zelf|myself)\b|\bmijn eigen\s+" + THING + r"\b|\bmy own\s+" + THING + r"\b"
)
TOGETHER = re.compile(
    r"\b(?:ons beide[n]?|wij beide[n]?|voor ons allemaal|both of us|the two of us|we both|for us both|i both|ik allebei|ons gezin|het hele gezin|whole family|(?:wij|we|ons|onze)\s+(?:\w{1,24}\s+){0,4}allebei)\b"
)

# What stands before the mention.
NEGATED = re.compile(
    r"\b(?:niet|not|geen)\s+(?:meer\s+|deze keer\s+|bedoeld\s+|meant\s+)?(?:voor|van|namens|for|of)\s+$"
)
FOR = re.compile(r"\b(?:voor|namens|van|for|on behalf of|of|betreft|betreffende|inzake|regarding|over|about)[:]?\s+$")
CARES = re.compile(
    r"\b(?:kom|kwam|ga|ging|come|came|go|zorg|zorgen|zorgt|zorgde|caring|care|cares|bang|bezorgd|blij|thanks|dank|bedankt|cadeau|present|werk|werkt|work)\s+(?:\w{1,24}\s+){0,2}(?:voor|for|van)\s+$"
)
HEARD = re.compile(
    r"\b(?:moest|moet|mag|mocht|hoor\w{0,24}|gehoord|begreep|begrepen|vernam|weet|kreeg|heard|advies|aanraden|initiatief|tip|groet\w{0,24}|hulp|help|regards)\s+(?:\w{1,24}\s+){0,3}(?:van|of|from)\s+$"
)
NOT_THINGS = (
    r"(?:adres|huis|woning|flat|appartement|nummer|telefoon\w{0,24}|mobiel|mail\w{0,24}|e-mail\w{0,24}|account|computer|laptop|ipad|tablet-pc|auto|fiets|bruiloft|trouwerij|verjaardag|huwelijk"
    r"|begrafenis|uitvaart|crematie|feest\w{0,24}|school|werk|creche|bankrekening|naam|tas|kast|kastje|kamer|overlijden|geboorte|vriend|vriendin|address|name|house|place|room|home|flat|number|phone|email|mobile|wedding"
    r"|birthday|funeral|car|school|work|office|bag|cupboard|boyfriend|girlfriend|desk|street)"
)
POSSESSED = re.compile(rf"\b{NOT_THINGS}\s+(?:van|of)\s+$")
HANDED = re.compile(
    r"\b(?:aan|via|door|met|bij|naar|tegen|to|at|with|by|from|via|through|near|than|dan|als|as|like|en ik woon bij)\s+$"
)
AND = re.compile(
    rf"(?:\b(?:mij|me|mezelf|mijzelf|myself|{MEDICINE}+\w{{0,24}}|{THING})\s+(?:en|and|&|én|plus|alsook)\s+)$"
)
# What follows it.
OWN = re.compile(
    rf"^(?:['’]s?)\s+(?!{NOT_THINGS}\b)(?:{NOT_FIRST}[\w'-]{{1,30}}\s+){{0,3}}?(?:{THING}|insurer|insurance|doctor|gp|specialist)\b"
    r"|^['’]s\s+(?:ready|klaar|one|ones|too|as well)\b"
)
HAS = re.compile(rf"^(?:\s+[a-z'-]{{1,30}})?\s+(?:{THIRD})\s+(?:{NOT_FIRST}[\w'-]{{1,30}}\s+){{0,2}}{THING}\b")
NOTHING_OURS = re.compile(rf"^['’]s?\s+{NOT_THINGS}\b")
ORDERED = re.compile(
    r"\b(?:get|order|refill|repeat|renew|reorder|have|collect|send|prepare|replace|\w{0,24}bestel\w{0,24}|herha\w+|krijg\w{0,24}|klaar\w{0,24})\s+$"
)
WITH = re.compile(r"\b(?:met|with)\s+$")
AT = re.compile(r"\bbij\s+$")
TESTED = re.compile(r"\b(?:bloed|\w{0,24}test|onderzo\w+|geprikt|afgenomen|voorgeschreven)\b")
HAS_NEXT = re.compile(rf"^\s+{THIRD}\s+(?:{NOT_FIRST}[\w'-]{{1,30}}\s+){{0,2}}{THING}\b")
HEARD_AFTER = re.compile(
    r"^\s+(?:langs)?kom\s*[.,?!]|^\s+(?:(?:iets|wat|medicijnen|spullen|something) )?(?:opgehaald|gehaald|meegenomen|collected|picked up)\b|^\s+(?:hoor\w{0,24}|begreep|begrijp|kreeg ik|weet ik|heb ik gehoord|heb ik begrepen|nog (?:heel )?(?:hartelijk|bedankt|veel)|hartelijk|bedankt|veel dank|gefeliciteerd)"
)
AND_ME = re.compile(r"^(?:\s+[a-z'-]{1,30})?\s+(?:en|and)\s+(?:mij|mezelf|mijzelf|me|myself|ik|i)\b")
CLAUSE_END = re.compile(
    r"[,;:(]\s*(?!die\b|who\b|dhr|mevr|de heer)|\s(?:en|and|maar|but|want|dus|so|omdat|because|terwijl|zodat)\s+(?:ik|i|mijn|my|m'n|we|wij|kan|kunt|could|is|can|kom|het|it)\b|\s(?:dus|want|so)\s"
)
FIRST_IN = re.compile(r"\b(?:mijn|m'n|mn|my|ik|mij|me|i)\b")

STARTERS = frozenset(
    """has have had is are was does do did can could will would may might he she they we hij zij ze heeft hebben had kan kunt kunnen mag mogen wil wilt zou zouden graag staat
    ligt liggen zijn wanneer waarom hoe wat waar wie when why how what where who and but en maar ook please also now nu alvast krijgt krijg kreeg moet moeten als if omdat want dus so
    it that what here there let this these those nobody somebody everybody only just nog al met zonder with without gisteren vandaag morgen vorige volgende vanaf sinds""".split()  # noqa: SIM905
)
ISSUED = re.compile(
    r"\b(?:recept\w{0,24}|verwijzing\w{0,24}|brief\w{0,24}|bericht\w{0,24}|mail\w{0,24}|e-mail\w{0,24}|factuur|rekening|nota|prescription|letter|message|note|referral|bill)\s+(?:van|from|of)\s+(?:(?:de|the)\s+)?$"
)
THING_OF = re.compile(rf"\b{THING}\s+(?:van|of|for|voor)\s+$")
SOMEONE = re.compile(r"\b(?:hij|zij|ze|haar|zijn|hem|she|he|her|his|him)\b")
WANTED = re.compile(rf"\b(?:{THING}|{NEED})\b")
A_THING = re.compile(rf"\b{THING}\b")
FETCHES = re.compile(rf"\b{FETCH}\b")
SAYS = re.compile(rf"^(?:\s+[a-z'-]{{1,30}})?\s+{SAYING}\b")
IN_BRACKETS = re.compile(r"^\s*\([^)]{0,40}\)")
AND_NEEDS = re.compile(
    rf"\s(?:en|and)\s+(?:heeft|has|moet|wil|is|needs|uses|takes|gebruikt|slikt)\b.{{0,50}}?\b(?:{THING}|{NEED})\b"
)
WHOSE = re.compile(r"^['’]s? \w")
WHOSE_END = re.compile(r"^['’]s\s*(?:[.,!?]|$)")
WHOSE_THING = re.compile(rf"^['’]s\s+(?:[\w'-]{{1,30}}\s+){{0,2}}{THING}\b")
NEEDS_NEXT = re.compile(r"^\s+(?:has|had|heeft|needs|is|asked|vroeg|vraagt|wants|wil)\b")
PRODUCT = re.compile(rf"^\s+(?:\d|(?!is\b){THING}\b)")
NAMED_AFTER = re.compile(rf"\A,?\s*\(?(?:{TITLE}\s+(?:{PARTICLE}[ \t]+){{0,3}})?({NAME})")
AND_NAMES = re.compile(rf"^\s+(?:én|en|and|&)\s+({NAME_WORD})")
OF_SOMEBODY = re.compile(r"\w['’]s?\s|\bvan\b")
DOCTORS = frozenset(["dr", "drs", "dokter", "doctor", "prof", "gp", "st"])
NAME_BEGINS = re.compile(r"(?<=[\w,] )(?:Van|De|Den|Der|Ten|Ter)\s(?:(?:de|den|der)\s)?$")
MOVES = re.compile(r"^\s+(?:naar|to)\s")  # "van Venlo naar Zwolle"
OF_A_THING = re.compile(r"\bof\s+$")  # "boxes of Strepsils": one capital is no person there
FOR_SOMEBODY = re.compile(r"\b(?:voor|for|namens)\s+$")
A_NUMBER_NEXT = re.compile(r"^\s+\d")
TWO_OF_US = re.compile(
    r"\b(?:mijn|m'n|mn|my)\s+\w{2,20}\s+(?:en\s+ik|and\s+i|and\s+me)\b(?=.*\b(?:willen|graag|kunnen|mogen|nodig|like|want|need|could|can)\b)"
    r"|\b(?:willen|graag|kunnen|mogen|nodig|like|want|need|could|can)\b.*\b(?:mijn|m'n|mn|my)\s+\w{2,20}\s+(?:en\s+ik|and\s+i|and\s+me)\b"
)
