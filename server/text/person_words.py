"""The words that stand beside a name in a mail: titles, trades, kin, "my name is", greetings, farewells, what a person does."""

import re

from server.text.relations import RELATIONS

PARTICLES = frozenset(
    "van de den der het 't ten ter te el al bin ben von la le da di dos du op ap abu ibn ould vd v/d 's y in aan st mc mac o".split()  # noqa: SIM905
)
# a particle that is a word as well counts only between two words of one name
PARTICLE = r"(?:van|de|den|der|het|'t|ten|ter|te|el|al|bin|von|la|le|da|di|dos|op)"
TITLES = frozenset(
    [
        "meneer",
        "mijnheer",
        "menheer",
        "mevrouw",
        "mevr",
        "mvr",
        "mw",
        "dhr",
        "hr",
        "heer",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mister",
        "madam",
        "dr",
        "drs",
        "dokter",
        "doctor",
        "prof",
        "zuster",
        "broeder",
        "juf",
        "fam",
        "familie",
        "juffrouw",
        "sir",
        "nurse",
        "pastoor",
        "dominee",
    ]
)
TRADES = frozenset(
    """huisarts arts tandarts cardioloog internist specialist uroloog neuroloog psychiater psycholoog gynaecoloog longarts kinderarts dermatoloog
    reumatoloog verpleegkundige wijkverpleegkundige assistente assistent doktersassistente apothekersassistente apotheker collega medewerker medewerkster
    begeleider begeleidster leidster leider bezorger bezorgster chauffeur mantelzorger verzorgende verloskundige vroedvrouw waarnemer notaris curator
    bewindvoerder pharmacist surgeon consultant assistant colleague carer driver midwife physio dentist psychiatrist cardiologist manager receptionist
    social worker therapist gp cousin girlfriend boyfriend friend vriend vriendin kennis neef nicht patient patiente client cliente bewoner""".split()  # noqa: SIM905
)
KIN = frozenset(word for word in RELATIONS if " " not in word)
OF_PERSONS = TITLES | TRADES | KIN
# Read on lower case; the name follows at once. First what leaves no doubt, whatever word follows.
NAMED = re.compile(
    r"\b(?:voor|achter|roep|meisjes|sur|first |last |full )?na(?:am|me)s?(?:[ ](?:is|was|luidt|are)[ :]{1,2}|[ ]?[:=][ ]{0,2})"
)
INTRODUCED = re.compile(
    r"\b(?:heten?|heette|hiet|genaamd|called|named|namens|uit naam van|op naam van|on behalf of|in the name of|t\.?\s?a\.?\s?v\.?|t\.?\s?n\.?\s?v\.?"
    r"|(?:spreekt|spreek) met|met(?= (?:[^\W\d_]+ ){1,4}(?:ik|wij|we)\b)|account holder|rekeninghouder|attn|c/o|p/a|signed|getekend|ondergetekende|vraag naar|ask for)"
    r"[ .:=,\n]{1,4}"
)
# Weaker: what follows is a name only when no dictionary has it, or it has a capital.
SAID_TO_BE = re.compile(r"\b(?:ik ben|i am|i'm|im|this is|dit is|met|it's|its|hier is)[ :]{1,3}")
GREETING = re.compile(
    r"(?:^|[\n.!?>][^\S\n]*)(?:beste|geachte|lieve|dear|dearest|hi|hoi|hallo|hello|hey|hee|hey there|dag|goedemorgen|goedemiddag|goedenavond|good (?:morning|afternoon"
    r"|evening)|morning|afternoon|evening|to|aan|from|van|cc)[ :,]{1,3}"
)
FAREWELL = re.compile(
    r"\b(?:groet(?:en|jes)?|groetje|groetjes|grtz|grtjs|greetz|gr|vr\.? ?gr|mvg|m\.v\.g|liefs|hoogachtend|hoogachting|kusjes|knuffel|regards|wishes|sincerely|faithfully"
    r"|cheers|thanks|thank you|thx|many thanks|ta|best|yours|love|dank|dank u|dank je|dank u wel|bedankt|xxx?|gegroet)\b(?:[ ](?:van|from))?[ .,!:-]{0,3}"
)
DETERMINERS = frozenset(
    [
        "de",
        "het",
        "een",
        "'t",
        "n",
        "d'n",
        "mijn",
        "m'n",
        "mn",
        "uw",
        "u",
        "je",
        "jouw",
        "jullie",
        "onze",
        "ons",
        "zijn",
        "haar",
        "hun",
        "deze",
        "die",
        "dit",
        "dat",
        "geen",
        "elke",
        "the",
        "a",
        "an",
        "my",
        "your",
        "our",
        "his",
        "her",
        "their",
        "this",
        "that",
        "these",
        "those",
        "no",
        "every",
        "some",
        "any",
    ]
)
# They stand before a name and belong to none, though they open a sentence with a capital.
BEFORE_NAMES = frozenset(
    [
        "volgens",
        "vanwege",
        "namens",
        "behalve",
        "dankzij",
        "tegen",
        "buiten",
        "per",
        "wegens",
        "ondanks",
        "sinds",
        "tijdens",
        "according",
        "since",
        "unlike",
        "besides",
        "except",
        "until",
        "through",
        "via",
        "aan",
        "van",
        "hierbij",
        "gisteren",
        "eergisteren",
        "vandaag",
        "morgen",
        "straks",
        "yesterday",
        "today",
        "tomorrow",
    ]
)
PERSON_VERBS = frozenset(
    """heeft had is was kan kon komt kwam haalt haalde wil wilde mag moet moest zal zou gaat ging belt belde zegt zei vroeg vraagt slikt neemt gebruikt
    krijgt kreeg woont werkt vergat weet wist doet deed geeft gaf regelt bestelt stuurt stuurde brengt bracht denkt dacht vindt logeert zit has can
    could comes came will would wants needs needed said says told asked takes took uses gets got lives works forgot picks picked collected called rang
    gave knows thinks thought moved sent brought recommended uit""".split()  # noqa: SIM905
)
