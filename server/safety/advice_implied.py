"""Medical advice that gives no order: what others do, what would be enough, what we would choose, what is nothing to fear.
Patterns over a sentence in which medicines, strengths and labels are masked ("xmed", "xdose", "xlabel")."""

import re

_N = r"(?:een halve|eentje|een enkele|een|twee|drie|vier|halve|a single|a half|half a|half|one|two|three|four|single|just one|\d{1,2}(?:[.,]5)?)"
_FORM = r"(?:tablet(?:ten|je|jes|s)?|capsules?|pil(?:len|letje|letjes)?|pills?|pufjes?|puffs?|druppels?|drops?|zakjes?|sachets?|spuitjes?|dosis|doses?|inhalaties?|lepels?|eenheden|units|injecties?|injections?|pleisters?|patch(?:es)?)"
_OFTEN = r"(?:per dag|daags|per keer|per week|tegelijk|elke \w+|iedere \w+|a day|per day|daily|at a time|each \w+|every \w+|a week|twice|'s (?:ochtends|avonds|middags|morgens))"
_SOME = rf"(?:{_N}(?:\s{_FORM}|\s{_OFTEN}|(?=\s*(?:[.,;!?]|$)))|(?:de |het |the |your |uw |je )?(?:\w+ )?(?:xdose|xmed|{_FORM}|schema|schedule|dosering|dosage))"
_STAFF = r"(?:contact\w*|bel\w*|call\w*|ring|phone|huisarts\w*|arts\w*|dokter\w*|specialist\w*|apothek\w*|pharmac\w*|doctor\w*|gp|nurse|langs|overleg\w*|speak|ask|vraag\w*|visit|ophalen|afhalen|halen|collect\w*|pick|mail\w*|e-?mail\w*|portal\w*|portaal|bring|meenem\w*|check|afspraak|appointment|verzekeraar|insurer|bestel\w*|order\w*|request\w*|aanvra\w*|balie|counter|reply|show|laten weten|let us)"
_VALUE = r"(?:uitslag\w*|waarden?|\w+waarde|bloeddruk|nierfunctie|hba1c|egfr|tsh|kalium|cholesterol|inr|creatinine|ferritine|vitamine? [bd]\w*|results?|levels?|values?|readings?|blood pressure|kidney function|potassium|ferritin|bloedonderzoek|blood tests?)"
_MEALS = r"(?:het ontbijt|ontbijt|het eten|eten|de maaltijd|maaltijden|het avondeten|de lunch|het diner|het slapen(?: gaan)?|de nacht|bedtijd)"
_TAKEN = r"(?:neemt|nemen|nam|slikt|slikken|gebruikt|gebruiken|inneemt|innemen|take|takes|taking|use|uses|using|swallow|have)"

_COMPLAINT = r"(?:\w*hoest\w*|\w*kriebel\w*|duizel\w*|misselijk\w*|\w*hoofdpijn|jeuk\w*|moeheid|vermoeid\w*|slaperig\w*|\w*trillen|\w*trilling\w*|hartkloppingen|diarree|\w*pijn|koorts|benauwd\w*|zwelling\w*|dikke enkels|droge mond|slapeloos\w*|cough\w*|dizz\w*|nause\w*|headaches?|itch\w*|rash|tired\w*|shak(?:y|ing|es?)|tremors?|palpitations|diarrh\w*|cramps?|fever|swelling|swollen \w+|\w* ?pain|dry mouth|drows\w*|insomnia)"
_PASSES = r"(?:vaker|vaak|regelmatig|meestal|soms|niets|geen reden|gewoon|normaal|bekend|hoort|minder|over|weg|onschuldig|mild|often|common\w*|usually|sometimes|nothing|no reason|normal|known|belongs|less|away|fades?|settles?|harmless|typical\w*|frequent\w*|expected|a few days|een paar dagen)"
_BODY = r"(?:nier\w*|hart\w*|lever|bloed\w*|maag|longen|hersenen|huid|buik|hoofd|benen|ogen|klacht\w*|kidneys?|heart|liver|blood|stomach|lungs?|brain|skin|belly|legs?|eyes?|symptoms?|complaints?|baby|kind|child|xmed|xdose|uitslag\w*|waarde\w*|results?|levels?)"
_ALONGSIDE = r"(?:beer|biertje|bier|wine|wijn\w*|glas|glass|drink|alcohol|borrel|coffee|koffie|melk|milk|grapefruit\w*|autorijden|driving|sporten|zon|sun|xmed|xdose)"

PATTERNS = tuple(
    re.compile(words)
    for words in (
        # the same in another box
        r"\b(?:zit|zitten|bevat|bevatten) (?:er )?(?:precies |gewoon |exact )?(?:het|de)?zelfde\b|\b(?:same|identical) (?:thing|ingredient|substance|stuff|tablets?|medicine)\b|\bmee (?:verder|door)\b|\b(?:gewoon|rustig|prima) (?:verder|door)\b(?!\s?(?:stuur|geef|verb))|\b(?:carry|keep) on (?:with|taking|using|as)\b",
        # what others do or feel
        rf"\b(?:de meeste|de meesten|veel|vele|sommige|andere|most|many|some(?! (?:id|kind|form|sort|time|proof|more|identification)\b)|other|a lot of|plenty of) (?:van onze |of our |other |andere )?(?:mensen|patienten|klanten|gebruikers|vrouwen|mannen|people|patients|users|customers|women|men|of them)?\b.{{0,40}}\b(?:{_TAKEN}|merk\w*|voel\w*|ervaar\w*|ervaren|heb(?:ben)? (?:daar|hier|er) last|klacht\w*|notice|feel|experience|xmed|xdose|wen\w*|start\w*|stop\w*|begin\w*|tolerate|find it|hebben dat|have that|get that)\b(?!.{{0,40}}\b{_STAFF}\b)",
        # keep to, stick with, stay on
        rf"\b(?:stick|keep|hold|stay|remain|leave it|limit yourself|go back|cut back|drop|go down|go up|move up)\b(?: \w+)? (?:to|with|at|on)\b (?:just |only |the |your |a )?{_SOME}",
        rf"\b(?:hou|houd|houdt|houden|blijf|blijft|blijven|beperk|beperkt|laat|laten|ga|gaat|zak|zakt)\b(?: (?:u|je|het|dit|dat|zich|uzelf|voorlopig|maar|gewoon|nog|even|eerst|liever|dan|terug|rustig|vooral)){{0,5}} (?:op|bij|aan|met|naar|tot) (?:maar |gewoon )?{_SOME}",
        # one is enough
        rf"(?:^|[.,;:!?]\s*|\b(?:maar|but|dan|then|ja|yes|met|with) )(?:{_N}(?:\s{_FORM})?(?:\s{_OFTEN})?|{_FORM}|xdose|allebei|beide|both|either|geen van beide|neither) (?:is|zijn|are|will be|should be|would be|lijkt|volstaat|will do|suffices)\b(?: (?:meer dan|more than|just|gewoon|helemaal|quite|perfectly|in principe|voor u|for you|nu|voorlopig|ook|wel|also))*(?: (?:fine|enough|genoeg|voldoende|prima|goed|ok|okay|best|het beste|right|plenty|safe|veilig|akkoord|correct|juist|the right amount)\b|\s*[.!]?$)",
        rf"^(?:(?:ja|nee|yes|no|gewoon|just|maximaal|max|only|slechts)[, ]+)?{_N}(?:\s{_FORM})?(?:\s{_OFTEN})?[.!]?$",
        rf"\b{_N}(?:\s{_FORM})? (?:volstaat|suffices|will do|will be enough|is genoeg|is enough|is plenty)\b",
        rf"(?:^|[.,;:!?]\s*|\b(?:maar|but|dan|then) )(?!one\b){_N}(?:\s{_FORM})?(?:\s{_OFTEN})? (?:zou|zouden|mag|mogen|kan|kunnen|could|may|might|can|hoeft|moet|should)\b",
        # what we would choose
        r"\b(?:zou|zouden|zouden wij|wij|we|ik)\b.{0,30}\b(?:liever|eerder|zelf)\b.{0,40}\b(?:xmed|xdose|kiezen|houden|wachten met|nemen|beginnen|stoppen|minderen|\w+pillen|pijnstiller\w*)\b",
        rf"\b(?:we|i|our pharmacist)(?:'d| would| tend to| usually)\b(?! (?:like|love|be happy|be glad))(?: \w+){{0,2}} (?:go for|choose|pick|opt|stay|stick|hold|leave|skip|avoid|start|stop|rather|prefer)\b(?!.{{0,40}}\b{_STAFF}\b)",
        rf"\b(?:verstandig\w*|raadzaam|aan te raden|aangeraden|af te raden|veiliger|safer|wiser?|advisable|sensible|better off|beter af|eerste keus|first choice|it(?:'s| is| would be|'d be) (?:best|better)|best is|is het beste|you'?d better|de voorkeur)\b(?!.{{0,60}}\b{_STAFF}\b)",
        rf"\b(?:probeer|probeert|try|consider|overweeg)\b.{{0,30}}\b(?:xmed|xdose|rust|rest|{_FORM}|water|zalf|drinken|sleeping|lower|without|zonder)\b",
        r"\b(?:xmed|xdose|pijnstiller\w*|painkillers?|middel|zalf|cream|drankje)\b.{0,30}\b(?:helpt|helpen|helps?|verlicht\w*|relieves?|eases?|kalmeert|werkt (?:ook|wel|goed|prima|hiervoor|daarvoor))\b",
        # nothing to fear
        r"\bgerust (?:hart|gevoel|gemoed)\b|\bmet een gerust\b|\b(?:peace of mind|rest easy|sleep easy|breathe easy|easy in your mind)\b|\bop (?:uw|je) gemak\b.{0,20}\b(?:stellen|zijn)\b|\ball(?:es)? (?:is |looks )?(?:as it should be|zoals het hoort)\b",
        r"\bniets achter te zoeken\b|\b(?:won't|will not|doesn't|does not|can't|cannot|wouldn't) (?:do|cause|hurt|matter|harm|make)\b(?: you| any| much)*(?: harm|anything|damage| a difference| hurt| trouble| problems?| anything)?\b(?!.{0,20}\b(?:order|delivery|bestelling)\b)|\bnothing (?:bad )?(?:will |should |can )?happens?\b|\ber (?:gebeurt|kan) (?:dan )?niets\b|\b(?:niet erg|geen ramp|geen drama|no big deal|not the end of the world)\b",
        r"\b(?:in het begin|de eerste (?:dagen|weken|tijd)|at first|in the beginning|the first (?:few )?(?:days|weeks))\b.{0,50}\b(?:\w*last|merk\w*|voel\w*|duizel\w*|misselijk\w*|klacht\w*|moe|dizz\w*|nause\w*|tired|feel\w*|notice\w*|normal|wen\w*|hoofdpijn|headache\w*|symptom\w*)|\b(?:merk\w*|voel\w*|last|duizel\w*|misselijk\w*|feel\w*|notice\w*|dizz\w*|nause\w*|headache\w*)\b.{0,50}\b(?:in het begin|de eerste (?:dagen|weken|tijd)|at first|in the beginning|the first (?:few )?(?:days|weeks))\b",
        r"\b(?:lichaam|body)\b.{0,30}\b(?:wen\w*|adjust\w*|get used|gets used|aanpass\w*)\b|\b(?:wen\w*|get(?:ting)? used|adjust\w*)\b.{0,25}\b(?:aan|to)\b.{0,25}\b(?:xmed|medicijn|middel|medicine|medication|tablet\w*|dosis|dose)\b|\b(?:zakt|trekt|slijt|ebt)\b.{0,15}\b(?:weg|bij)\b|\bgewenning\b|\bsettles? (?:down|itself)\b|\b(?:ease|wear|eases|wears) off\b|\btends? to (?:fade|pass|go|wear|settle|disappear|get better)\b|\bfades?\b|\b(?:belongs to|comes with|goes with|is part of|are part of) (?:the|this|these|your) (?:xmed|inhaler|medicine|medication|tablet|pill|treatment|course)|\bhoort\b.{0,15}\bbij (?:dit|deze|de|het|zo'n|een|xmed)(?! (?:afspraak|bestelling|factuur))\b",
        r"\bwhere you left off\b|\b(?:carry on|continue|keep going|go on|proceed|resume)\b.{0,12}\b(?:as (?:before|usual|normal|you (?:were|did|do))|with (?:it|them|your))\b|\b(?:ga|gaat u|gaat) (?:er )?(?:maar |gewoon |rustig |gerust )+(?:mee )?(?:door|verder)\b(?! met (?:de|uw) (?:aanvraag|bestelling))|\b(?:gewone|normale|vaste|oude) (?:schema|tijd(?:stip)?|dosis|dosering)\b|\b(?:normal|usual|regular) (?:schedule|dose|time)\b.{0,15}(?:again|tomorrow|[.!]?$)",
        rf"\b{_COMPLAINT}\b.{{0,70}}\b{_PASSES}\b(?!.{{0,60}}\b{_STAFF}\b)|\b{_PASSES}\b.{{0,40}}\b{_COMPLAINT}\b(?!.{{0,60}}\b{_STAFF}\b)",
        rf"\b{_ALONGSIDE}\b.{{0,50}}\b(?:issue|problem|problems|harm|hurt|objection|bezwaar|probleem|kwaad)\b(?!.{{0,40}}\b{_STAFF}\b)|\b(?:wakker van te liggen|lose sleep over|nothing to fret)\b",
        r"\b(?:needn't|need not|don't need to|don't have to|no need to|hoeft|hoef|hoeven)\b.{0,25}\b(?:make up for|catch up|inhalen|in te halen|afbouwen|af te bouwen|wait between)\b|\b(?:go|goes|switch|return|ga|gaat|keer) (?:\w+ )?(?:back|terug) (?:to|naar)\b.{0,30}\b(?:tablet|pil|capsule|dose|dosis|xmed|xdose)\w*|\bno reason to (?:come off|stop|change|reduce)\b|\bgeen reden om\b.{0,40}\b(?:stoppen|te stoppen|minderen|veranderen)\b",
        rf"\b(?:xmed|xdose|{_FORM}|combinatie|combination)\b.{{0,50}}\b(?:compatible|allowed|permitted|toegestaan|toegelaten|verenigbaar|geoorloofd|acceptable|acceptabel|tolerated|suitable|unsuitable|geschikt|ongeschikt)\b(?!.{{0,40}}\b{_STAFF}\b)",
        r"\b(?:tijdstip|inname|volgorde|werking|time of day|timing|effect)\b.{0,40}\b(?:uit|difference|matters?|belangrijk|important|verschil|same|hetzelfde)\b",
        rf"\b(?:geen zorgen|niet ongerust|niet bang|gerust zijn|no (?:need|reason|cause) (?:to worry|for concern)|(?:not|n't) (?:need to )?worry|not be (?:worried|alarmed))\b.{{0,60}}\b{_BODY}\b|\b{_BODY}\b.{{0,60}}\b(?:geen zorgen|niet ongerust|niet bang|gerust zijn|no (?:need|reason|cause) to worry|(?:not|n't) (?:need to )?worry)\b",
        # what a value means
        rf"\b{_VALUE}\b.{{0,50}}\b(?:better|worse|improv\w*|beter|slechter|verbeterd|gedaald|gestegen|lower than|higher than|lager dan|hoger dan|hersteld|op peil|niets bijzonders|nothing unusual|nothing to worry|geruststellend|reassuring|mee|tegen|went (?:up|down)|dropped|vooruit\w*|netjes|keurig|zorgwekkend|worrying|positive|negative|positief|negatief|schoon)\b(?!.{{0,25}}\b{_STAFF}\b)",
        # when
        rf"\b(?:voor|bij|na|tijdens|vlak voor|direct na) {_MEALS}\b|\b(?:het beste|best|liefst|bij voorkeur|preferably|ideally)\b.{{0,25}}\b(?:'s (?:ochtends|avonds|morgens|middags)|ochtend|avond|morning|evening|night|nacht|before|after|voor|na|met|with)\b(?!.{{0,40}}\b{_STAFF}\b)",
        r"\b(?:xmed|xdose)\b(?: \w+){0,3} (?:'s (?:ochtends|avonds|morgens|middags)|voor het slapen|in the (?:morning|evening)|at (?:night|bedtime)|with (?:food|water))(?!.{0,25}\b(?:ophalen|halen|collect|pick|bezorg\w*|deliver\w*|klaar|ready)\b)",
        r"\b(?:miss(?:en|ed|ing|t)?|vergeten|vergeet|forgetting|forgot|skipping|overslaan|gemist\w*|overgeslagen|skipped)\b.{0,50}\b(?:geen probleem|no problem|niet erg|fine|ok|okay|prima|geeft niet\w*|kan geen|scheelt|maakt niet\w*|(?:not|n't) matter|inhalen|catch up|make up|alsnog|still take)\b|\b(?:geen probleem|no problem|geeft niet\w*)\b.{0,40}\b(?:vergeten|gemist|missed|overgeslagen|skipped|dosis|dose)\b",
    )
)  # fmt: skip
