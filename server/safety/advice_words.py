"""Words of medical advice and reassurance (domain.md 8.1 and more), as patterns over a sentence in which medicines and
strengths are masked ("xmed", "xdose"). Reviewed statements never meet them; free text and connecting text do."""

import re

_TAKE_NL = r"(?:nemen|innemen|slikken|doorslikken|gebruiken|doorgebruiken|inspuiten|spuiten|smeren|insmeren|druppelen|inhaleren|drinken|kauwen|pletten|breken|toedienen)"
_CHANGE_NL = r"(?:stoppen|doorgaan|overslaan|verhogen|verlagen|ophogen|halveren|verdubbelen|afbouwen|opbouwen|minderen|combineren|overstappen|pauzeren|hervatten|uitstellen|inhalen|aanpassen)"
_STUFF_NL = r"(?:xmed|xdose|tablet\w*|capsules?|pil(?:len|letje)?|dosis|dosering|medicijn\w*|middel|middelen|inhalatie\w*|pufje\w*|druppel\w*|paracetamol\w*|ibuprofen\w*|pijnstiller\w*|antibiotica|kuur|injectie\w*|pleister\w*|zalf|creme|drank\w*|zakje\w*|insuline|eenheden|prik)"
_COUNT = r"(?:een|een halve|twee|drie|vier|\d+|één|dubbele?|extra|halve|one|two|three|half|double|another)"
_STUFF_EN = r"(?:xmed|xdose|tablets?|capsules?|pills?|dose|doses|dosage|medicines?|medication|puffs?|drops?|painkillers?|antibiotics?|injection|patch(?:es)?|ointment|cream|insulin|units)"
_TAKE_EN = r"(?:take|taking|use|using|swallow|inject|apply|inhale|drink|chew|crush|skip|stop|double|halve|reduce|increase|lower|raise|continue|carry on|resume|combine|mix|split|miss|come off|taper|wean|cut down|cut out|cut back|rinse)"

# Not advice though it begins like it: calling, bringing an ID, looking.
_INNOCENT = r"(?:contact|kijkje|identiteit\w*|legitimatie\w*|id\b|mee\b|afscheid|foto|a look|care|advantage|place|note|part|your time|a moment|a seat|into account|the lift|identification|proof|up with)"

PATTERNS = tuple(
    re.compile(words)
    for words in (
        # Dutch: may, must, need not
        rf"\b(?:u|je|hij|zij|ze) (?:\w+ ){{0,2}}?(?:mag|kunt|kan|moet|hoeft|zou|kunnen|mogen|moeten|dient|kun)\b(?!.{{0,60}}\b{_INNOCENT}).{{0,70}}\b(?:{_TAKE_NL}|{_CHANGE_NL})\b",
        rf"\b(?:mag|kunt|kan|moet|hoeft|kunnen|mogen|moeten|dient|kun) (?:u|je|hij|zij|ze|dat|dit|het)\b(?!.{{0,60}}\b{_INNOCENT}).{{0,70}}\b(?:{_TAKE_NL}|{_CHANGE_NL})\b",
        rf"\b{_STUFF_NL}\b.{{0,40}}\b(?:mag|kan|kunnen|mogen|moet|moeten|kunt)\b.{{0,50}}\b(?:{_TAKE_NL}|{_CHANGE_NL}|samen|naast)\b",
        # Dutch: imperatives
        rf"(?:^|[.,;:!?]\s*|\b(?:en|dan|dus|gerust|gewoon|maar|eventueel)\s)(?:neem|neemt|slik|gebruik|sla|spuit|smeer|druppel|inhaleer|halveer|verdubbel|verhoog|verlaag|stop|stopt|bouw|drink|wacht|start|begin|hervat|vermijd|eet|combineer)\b(?!.{{0,45}}\b{_INNOCENT}|.{{0,12}}\b(?:op|niet op|met (?:reageren|antwoord))\b).{{0,60}}\b(?:{_STUFF_NL}|er|in|over|af|door|minder|meer|{_COUNT}|water|alcohol|dosis|rust|ermee)\b",
        r"\bverhoog\w*\b.{0,30}\bdos|\bverlaag\w*\b.{0,30}\bdos|\b(?:dubbele|halve|extra|lagere|hogere|volgende|vergeten|gemiste) (?:dosis|dosering|tablet\w*|pil|inname)\b",
        r"\b(?:sla|slaat|slaan)\b.{0,40}\bover\b(?!\s?stag)|\bstop(?:t|pen)?\b.{0,20}\bmet (?:de|het|uw|je|dit|deze|die|xmed)\b(?!.{0,20}(?:mail|nieuwsbrief|reclame|bericht|aanbieding|service|bezorg|herhaalservice))",
        # Dutch: reassurance and judgement
        r"\bgeen kwaad\b|\bongevaarlijk\b|\bonschuldig\w*\b|\b(?:is|zijn|lijkt|blijft|helemaal|volkomen|gewoon|heel)\b.{0,20}\bveilig\b(?!.{0,25}\b(?:kanaal|portaal|omgeving|verstuur|mail\w*|verbinding)\b)|\bveilig\b.{0,25}\b(?:te gebruiken|gebruiken|combineren|innemen|slikken|samen)\b",
        r"\bwerk(?:t|en) (?:precies |net |exact )?(?:hetzelfde|even goed|net zo goed|beter|sneller)\b|\b(?:zelfde|dezelfde) werking\b|\bnet zo (?:goed|werkzaam|sterk)\b|\bgoed(?:e)? (?:alternatief|vervanger|vervanging)\b",
        r"\bbijwerking\w*\b.{0,70}\b(?:normaal|vaak|vaker|bekend\w*|vanzelf|verdwijn\w*|onschuldig|hoort|hoor(?:en|t)|tijdelijk|meestal|zeldzaam|mild|geen|kan|kunnen|gewoon)\b|\b(?:bekende|veelvoorkomende|mogelijke|onschuldige|normale|tijdelijke) bijwerking\w*",
        r"\b(?:gaat|gaan|trekt|trekken|verdwijnt|verdwijnen|zakt)\b.{0,30}\bvanzelf\b|\bvanzelf\b.{0,15}\b(?:over|weg|beter)\b|\bhoort (?:erbij|er bij|bij (?:de|het|uw))\b|\b(?:dat|dit|die|ze|klachten|reactie|het) (?:is|zijn) (?:heel |vrij |volkomen |meestal |ook )?(?:normaal|gewoon|gebruikelijk bij)\b(?!\s?gesproken)",
        r"\b(?:komt|komen) (?:heel |vrij )?(?:vaak|vaker|regelmatig|wel eens) voor\b|\bgeen (?:reden|zorgen|zorg)\b.{0,40}\b(?:klacht\w*|ongerust|bezorgd|bijwerking\w*|dosis|tablet\w*|xmed)\b|\bniet ongerust\b|\bgeen reden tot\b|\bmaakt? (?:niets|niet|weinig|geen verschil)\b.{0,10}\buit\b|\bkwaad kan het\b",
        r"\b(?:waarschijnlijk|vermoedelijk|mogelijk|wellicht|kan|kunnen)\b.{0,30}\b(?:komt|komen|gevolg|veroorzaakt|oorzaak|wijzen op|wijst op)\b.{0,40}\b(?:xmed|medicijn\w*|middel|tablet\w*|griep|allergie|ontsteking|infectie|virus|bloeddruk)\b|\b(?:waarschijnlijk|vermoedelijk) (?:een |om een |last van |de )?(?:allergi\w+|ontsteking|infectie|griep|bijwerking|reactie|hoofdpijn|verkoudheid|virus|migraine)\b|\bdiagnose\b",
        r"\b(?:komt|komen) (?:door|van) (?:de|het|uw|je|een)? ?(?:xmed|medicijn\w*|middel|nieuwe|tablet\w*|ander merk|lage|hoge)\b|\bveroorzaakt\b|\binteractie\w*\b|\bwisselwerking\w*\b|\bcontra-?indicatie\w*\b",
        r"\b(?:gaat|gaan|kan|kunnen|mag|mogen)\b.{0,40}\b(?:goed |prima |gerust |veilig )?samen\b(?!.{0,25}\b(?:ophalen|afhalen|bezorg|meenemen|bestellen|klaar|kijken|met u)\b)|\bnaast (?:elkaar|uw (?:andere )?medicijnen|de|het|uw)\b.{0,30}\b(?:gebruiken|nemen|slikken|innemen)\b",
        rf"\b(?:raden|raad|adviseren|adviseer|advies|aanbevolen|bevelen|beveel|aan te raden|beste is|verstandig|kunt u het best|kunt u beter|beter is)\b(?!.{{0,60}}\b(?:contact|bellen|bel|huisarts\w*|langs|arts|apotheker|overleg\w*)\b).{{0,80}}\b(?:{_TAKE_NL}|{_CHANGE_NL}|nemen|neemt|{_STUFF_NL}|rust\w*|water)\b",
        r"\b(?:tijdens|bij) (?:de |uw |een )?(?:zwangerschap|borstvoeding)\b|\b(?:zwanger|borstvoeding|alcohol|autorijden|achter het stuur|rijvaardigheid)\b.{0,50}\b(?:mag|kan|kunt|geen|niet|veilig|prima|wel|beter|vermijd\w*)\b|\b(?:mag|kunt|kan)\b.{0,30}\b(?:alcohol|autorijden|rijden|zwanger)\b",
        r"\b(?:uitslag\w*|waarden?|\w*waarde|bloeddruk|nierfunctie|hba1c|tsh|kalium|cholesterol|inr|creatinine|vitamine d|resultaat|resultaten)\b.{0,45}\b(?:(?:is|zijn|was|waren|ziet|zien|lijkt|lag|ligt)\b.{0,20}\b(?:goed|normaal|te hoog|te laag|verhoogd|verlaagd|prima|in orde|afwijkend|gunstig|keurig|netjes|binnen de norm\w*|mooi|stabiel|aan de (?:hoge|lage) kant))\b(?!.{0,12}\b(?:ontvangen|binnen(?:gekomen)?|aangekomen)\b)",
        r"\b(?:maximaal|max|niet meer dan|minimaal|hooguit)\b.{0,15}\b(?:per dag|daags|per 24 uur|keer per|tabletten|capsules|pufjes)\b|\bna(?:ar)? (?:het eten|de maaltijd)\b|\bvoor het slapen\b|\bop (?:een )?(?:nuchtere|lege) maag\b|\bmet (?:wat|een glas|veel) water\b|\bzolang u erbij eet\b|\bbij de maaltijd\b(?=.{0,30}\b(?:in|nemen)\b)",
        r"\b(?:glas|glaasje|wijn|bier|borrel|alcohol\w*|autorijden|glass of wine|wine|beer|alcohol|a drink|driving|grapefruit)\b.{0,60}\b(?:mag|kan|kunt|geen|niet|veilig|prima|liever|beter|vermijd\w*|fine|ok|okay|safe|avoid|not|should|best|no problem|moderation)\b|\bavoid (?:having|taking|drinking|eating|using|mixing|more)\b",
        r"\b(?:die|de|deze|this|that|the) combinati(?:e|on)\b.{0,20}\b(?:prima|veilig|goed|geen probleem|mag|kan|fine|safe|ok|okay|no problem|not)\b|\bgeen probleem\b.{0,30}\b(?:combin\w+|samen|naast)\b",
        r"\b(?:egfr|hba1c|tsh|kalium|natrium|inr|creatinine|kreatinine|hemoglobine|hb|cholesterol|ldl|glucose|ferritine|vitamine? [bd]\d{0,2}|potassium|sodium|ferritin|crp|psa|nierfunctie|kidney function|uitslag|result|waarde|value|level)\b.{0,12}\b(?:is|was|bedraagt|bedroeg|staat op|of|came out at|=)\s(?:about |ongeveer )?\d+(?:[.,]\d+)?\b(?!\s?(?:uur|januari|februari|maart|april|mei|juni|juli|augustus|[a-z]+ber|january|february|march|may|june|july|august|days?|dagen|[-/]))",
        # English
        rf"\b(?:you|he|she|they) (?:\w+ ){{0,2}}?(?:can|may|could|should|must|need to|need not|needn't|don't need to|do not need to|don't have to|have to|might|ought to|are fine to|are ok to|are okay to|are safe to)\b(?!.{{0,40}}\b{_INNOCENT}).{{0,25}}\b(?:{_TAKE_EN})\b(?!.{{0,12}}\b(?:our|the (?:portal|form|website|app|phone|locker|link|lift)|us|by)\b)",
        rf"(?:^|[.,;:!?]\s*|\b(?:please|simply|just|then|and|so|or|to|gently|also|only|always|never|do not|don't|not)\s)(?:{_TAKE_EN})\b(?!.{{0,30}}\b{_INNOCENT}).{{0,40}}\b(?:{_STUFF_EN}|it|them|this|that|{_COUNT}|with food|as usual|as normal|water|alcohol|meals?|empty stomach)\b(?!.{{0,10}}\b(?:portal|app|form|website|counter)\b)",
        r"\b(?:no|not any|without|do any) harm\b|\bharmless\b|\b(?:it's|it is|is|are|be|perfectly|completely|quite|totally)\b.{0,15}\bsafe\b(?!.{0,25}\b(?:channel|portal|way|e-?mail)\b)|\bsafely\b.{0,20}\b(?:take|use|combine|stop|continue|skip)\b|\bshould be fine\b|\bwill be fine\b|\byou'll be fine\b|\bperfectly (?:fine|normal)\b",
        r"\bside[- ]effects?\b.{0,60}\b(?:normal|common|usual\w*|mild|pass|wear off|go away|disappear|rare|known|harmless|temporary|possible|can|may|no|not|expected|typical)\b|\b(?:common|known|normal|typical|possible|harmless|usual|temporary) side[- ]effects?\b",
        r"\b(?:that|this|it|these|they|symptoms?|reaction) (?:is|are)(?: \w+)? (?:normal|common|to be expected|expected|nothing to worry about|typical)\b|\bnothing to worry about\b|\b(?:will|should|usually|often|normally) (?:\w+ )?(?:pass|go away|wear off|settle|disappear|clear up|subside)\b|\bno (?:need|reason|cause) (?:to worry|for concern|to be concerned|for alarm)\b.{0,60}\b(?:dose|tablet|missed|symptom\w*|pill|side|xmed)\b",
        r"\bnot make (?:a|any|much) difference\b|\bmakes? no difference\b|\bno difference\b|\bworks? (?:just |exactly |in )?(?:the same|as well|just as)\b|\bgood (?:alternative|substitute)\b|\bequally effective\b|\bjust as (?:good|effective)\b|\bmissed (?:dose|tablet|pill)s?\b|\b(?:next|double|extra|half|lower|higher) dose\b|\bextra (?:tablet|pill|puff)\b",
        r"\b(?:probably|likely|most likely|possibly|sounds like|looks like|seems to be|could be|might be|may be)\b.{0,30}\b(?:caused|due to|because of|a reaction|allerg\w+|infection|side effect|flu|inflammation|virus|migraine|anxiety|the xmed|your xmed)\b|\bdiagnos\w+\b|\bcaused by\b|\binteract(?:s|ion|ions)?\b(?!.{0,15}with (?:us|our))|\bcontraindicat\w+\b",
        r"\b(?:go|goes|work|taken|used|combined?|fine|ok|okay|safe)\b.{0,20}\b(?:together|alongside|in combination)\b(?!.{0,20}\b(?:collect|pick|deliver))|\b(?:while|when|during|if you're|if you are) (?:pregnan\w+|breast-?feeding)\b|\b(?:alcohol|driv(?:e|ing)|pregnan\w+|breast-?feed\w*)\b.{0,40}\b(?:can|fine|safe|ok|okay|avoid|not|should|may|no problem)\b|\bavoid (?:alcohol|driving|grapefruit|sunlight)\b",
        rf"\b(?:we|i|our pharmacist) (?:would |strongly )?(?:advise|recommend|suggest)\b(?!.{{0,60}}\b(?:contact\w*|call\w*|speak\w*|doctor|gp|ring\w*|discuss\w*|see your|visit\w*)\b).{{0,60}}\b(?:{_TAKE_EN}|{_STUFF_EN}|rest|water)\b|\b(?:best|better) to (?:{_TAKE_EN})\b",
        r"\b(?:results?|level|levels|value|values|reading|blood pressure|kidney function|potassium|cholesterol|hba1c|tsh|creatinine|inr|vitamin d)\b.{0,30}\b(?:(?:is|are|was|were|looks?|seems?|came back|came out)\b.{0,20}\b(?:normal|fine|good|high|low|elevated|raised|within range|within the normal|excellent|abnormal|stable|perfect|ok|okay|on the (?:high|low) side))\b",
        r"\b(?:at most|no more than|maximum of|up to|a maximum)\b.{0,15}\b(?:a day|per day|daily|in 24 hours|tablets|puffs|capsules|times)\b|\b(?:before|after|with) (?:food|meals|breakfast|dinner)\b|\bon an empty stomach\b|\bat bedtime\b|\bwith (?:plenty of|a glass of|some) water\b",
    )
)
# House style forbids these everywhere; alone they are no medical advice.
REASSURING = re.compile(
    r"\bgeen zorgen\b|\bmeestal\b|\bdon't worry\b|\bno worries\b|\busually\b|\bno need to worry\b|\bmaakt u zich geen zorgen\b"
)
