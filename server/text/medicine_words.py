"""Word lists for reading medicine names in running text: forms, endings, counts, and words beside which names stand."""

import re

_FORMS = """tablet tabletten tabl tab capsule capsules caps zetpil zetpillen kauwtablet bruistablet smelttablet zuigtablet dragee
    inhalatiecapsule inhalatiepoeder aerosol inhalator verstuiver poeder sachet zakje granulaat drank siroop suspensie
    oplossing druppels oogdruppels oordruppels neusdruppels oogzalf ooggel neusspray spray mondspray zalf creme gel lotion
    emulsie schuim shampoo pleister injectievloeistof injectiespuit injectie injectieflacon pen penfill patroon flacon ampul
    spuit wegwerpspuit vaginaaltablet vaginaalcreme ring spiraal implantaat klysma kauwgom mga mva msr omhuld filmomhuld
    maagsapresistent retard zr cr er xr sr orodispergeerbaar hard zacht dosis voor met en inhalatie oraal cutaan"""
_ENDINGS = """tablet tabletten tabletje tabletjes tabs pil pillen pilletje pilletjes capsule capsules caps puffer puffers pufje
    spray neusspray pleister pleisters spuit spuiten spuitje prik prikken pen pennen drank drankje siroop zalf creme gel
    druppels oogdruppels zetpil zetpillen kuur kuurtje zakjes sachets poeder injectie injecties recept medicatie
    tjes jes letje letjes metje metjes netje netjes eke ekes keke kes leke lekes meke mekes etjes s en n"""
_SALTS = "succinaat tartraat natrium kalium calcium hydrochloride hcl maleaat besilaat mesilaat fumaraat sodium"
_PERSONS = """groet groeten groetjes groetje gr regards greetings mvg sincerely faithfully mevrouw mevr mw meneer dhr heer beste hoi hallo
    dag geachte dear hello hi familie fam dr dokter drs ds mr mrs ms miss mister"""
_COUNTS = """x keer maal times doosje doosjes doos dozen strip strips verpakking verpakkingen stuks stuk tabletten tablets pillen
    pilletjes pakjes pakje boxes box packs pack maanden maand months month weken week weeks dagen days dag day
    januari februari maart april mei juni juli augustus september oktober november december january february march may june
    july august october uur pm am euro flesjes flesje pennen pens puffers inhalers sprays"""
_ORDINARY = """medicijn medicijnen medicatie medicamenten recept recepten herhaalrecept apotheek apotheker bestelling verzekering
    polikliniek lactose approval reactie zitten zomaar groetjes vriendelijke prescription prescriptions pharmacy refill
    refills medication medications tablet tablets tabletten capsules straks doormidden zojuist zonet daarnet sowieso
    hopelijk hierbij alsnog"""

FORM_WORDS = frozenset(_FORMS.split())  # of a label
SALTS = tuple(_SALTS.split())
ENDINGS = (*sorted(_ENDINGS.split(), key=len, reverse=True), *SALTS)  # stuck to a name: "omeprazolcapsules"
PERSON_WORDS = frozenset(_PERSONS.split())  # people's names stand after these
COUNTED = frozenset(_COUNTS.split())  # a number before one of these is a count, not a strength
UNITS = frozenset(("mg", "mcg", "microgram", "ug", "g", "gram", "ml", "ie", "e", "milligram", "iu"))
NEVER_MEDICINES = frozenset(_ORDINARY.split())  # words that sound like a name and are not in the dictionaries
ADVERBS = re.compile(
    r"(?:daar|waar|hier|er)(?:in|van|op|mee|voor|aan|uit|bij|om|over|door|tegen|na|naar|onder|boven|tussen|achter|heen|toe|af"
    r"|binnen|buiten|naast|langs|vandaan|mede|omheen)"
)
MEDICINE_NEAR = re.compile(
    r"\d\s?(?:mg|mcg|microgram|ug|ml|ie|%)\b|\b(?:medicijn\w*|puf\w*|pil\w*|inhal\w*|tablet\w*|capsule\w*|strip\w*|spray\w*"
    r"|recept\w*|herhaal\w*|herhal\w*|refill\w*|medic\w*|prescription\w*|bestel\w*|doosje\w*|druppels|drops|dosi\w*)",
    re.IGNORECASE,
)
PLAIN_FORMS = {  # small words, Dutch and Flemish, as they stand in the list of lay words
    "pilleke": "pil", "pillekes": "pillen", "pillekens": "pillen", "pilletje": "pil", "pilletjes": "pillen",
    "puffertje": "puffer", "puffertjes": "puffers", "pufferke": "puffer", "pufferkes": "puffers", "pufje": "puf", "pufjes": "puf",
    "tabletje": "tablet", "tabletjes": "tabletten", "tabletteke": "tablet", "tablettekes": "tabletten",
    "spuitje": "spuit", "spuitjes": "spuit", "spuiteke": "spuit", "spuitekes": "spuit", "prikje": "prik", "prikske": "prik",
    "zalfke": "zalf", "zalfje": "zalf", "drankske": "drank", "drankje": "drank", "druppelke": "druppels", "druppelkes": "druppels",
    "druppeltje": "druppels", "druppeltjes": "druppels", "poederke": "poeder", "poederkes": "poeders", "poedertje": "poeder",
}  # fmt: skip
DIMINUTIVE = re.compile(rf"\A(\w*?)({'|'.join(sorted(PLAIN_FORMS, key=len, reverse=True))})")
# Endings that the World Health Organization gives to names of medicines of one kind (INN stems), Dutch and English: a word
# that ends so and is no ordinary word names a medicine, even one that the house has never heard of.
_STEMS = """olol pril sartan statine? conazole? prazole? nidazole? dipine? tinib anib ciclib lisib parib zomib rafenib metinib
    gliptine? gliflozine? glutide natide paratide ciclovir avir tegravir buvir previr cycline? mycine? micine? cilline?
    floxacine? oxetine? triptan setron dronaat dronate droninezuur aparine? xaban gatran lukast terol tropium barbital azepam azolam
    codone? codeine? fibraat fibrate glitazone? tidine? dosine? losine? denafil dalafil relix dogrel grelor vaptan lutamide platine? rubicine?
    taxel mustine? thiazide? semide nolactone? erenone? oprost penem fungine? oquine? zumab ximab limumab umab tercept tacept nercept
    kinra gepant fenacine? giline? capone? dopa peridone? tiapine? zapine? zepine? triptyline? pramine? profene? coxib fenac oxicam
    ocaine? caine? phylline? fylline? tropine? stigmine? gabaline? gabatrine? racetam pentine? tocine? lukine? stim ornithine? oxaban"""
STEM = re.compile(rf"\A\w{{2,}}(?:{'|'.join(sorted(set(_STEMS.split()), key=len, reverse=True))})")
STEM_OF_HARM = re.compile(
    r"(?:azepam|azolam|barbital|codone?|codeine?|xaban|gatran|aparine?)$"
)  # sedatives, opioids, blood thinners
