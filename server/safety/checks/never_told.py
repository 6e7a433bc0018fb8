"""What no rung may hear over any channel: an allergy on record, a diagnosis, what somebody is treated for (contract: identity
and channel). Whoever asks hears it from a person. Values of the laboratory and doses have checks of their own."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.text.words import fold

_CONDITIONS = r"""(?:hoge bloeddruk|te hoge bloeddruk|hypertensie|diabetes|suikerziekte|astma|copd|hartfalen|hartziekte|hartritmestoornis\w*|boezemfibrilleren|angina pectoris
 |depressie|angststoornis|psychose|schizofrenie|bipolaire stoornis|adhd|add|autisme|epilepsie|dementie|alzheimer|parkinson|multiple sclerose|kanker|borstkanker|prostaatkanker
 |leukemie|tumor|reuma|artrose|jicht|osteoporose|botontkalking|migraine|schildklieraandoening|nierfalen|nierziekte|leverziekte|levercirrose|hepatitis|hiv|aids|soa|chlamydia
 |psoriasis|eczeem|crohn|colitis|maagzweer|verslaving|alcoholisme|zwangerschap|overgewicht|obesitas|bloedarmoede|trombose|longembolie|beroerte|herseninfarct|hartinfarct
 |slaapstoornis|slapeloosheid|incontinentie|menopauze|endometriose
 |high blood pressure|hypertension|asthma|heart failure|heart disease|arrhythmia|atrial fibrillation|depression|anxiety disorder|psychosis|schizophrenia|bipolar disorder|autism
 |epilepsy|dementia|cancer|leukaemia|leukemia|tumour|rheumatism|arthritis|gout|osteoporosis|thyroid disease|kidney failure|kidney disease|liver disease|cirrhosis|chlamydia|eczema
 |stomach ulcer|addiction|alcoholism|pregnancy|obesity|anaemia|anemia|thrombosis|embolism|stroke|heart attack|insomnia|incontinence|menopause|endometriosis|diabetic)"""
_CONDITIONS = _CONDITIONS.replace("\n ", "")
_NOT_A_THING = r"(?![\w-])(?!\s(?:medicijn\w*|medicatie|inhal\w*|pufje\w*|puffer\w*|tablet\w*|pillen|zalf|creme|controle|check|medicines?|medication|pills|inhaler|cream|review|(?:[a-e] )?(?:vaccin\w*|prik|jab|shot|injecti\w*|test)))"
_HAS = re.compile(
    rf"\b(?:u|je|jij|hij|zij|ze|you|he|she|mevrouw [\w'-]+|meneer [\w'-]+|mr [\w'-]+|mrs [\w'-]+) (?:hebt|heeft|heb|lijdt aan|krijgt|have|has|suffer from|suffers from|bent|are|is)"
    rf" (?:\w+ ){{0,3}}?{_CONDITIONS}{_NOT_A_THING}"
    rf"|\b(?:uw|je|jouw|zijn|haar|your|his|her) (?:\w+ ){{0,2}}?{_CONDITIONS}{_NOT_A_THING}"
    rf"|\b(?:bekend met|onder behandeling voor|gediagnosticeerd met|diagnose(?: van)?|treated for|diagnosed with|diagnosis(?: of)?) (?:\w+ ){{0,3}}?{_CONDITIONS}"
)
_ALLERGIC = re.compile(
    r"\b(?:allergisch|overgevoelig|intolerant|allergic|hypersensitive)(?: \w+){0,2} (?:voor|tegen|to)\b|\b(?:allergie|overgevoeligheid|allergy|intolerance) (?:voor|tegen|to|for)\b"
    r"|\b(?:penicilline|lactose|noten|latex|jodium|penicillin|nut|iodine)(?:-| )?(?:allergie|allergy)\b"
)
_ASKS = re.compile(r"\?\s*$|\b(?:of u|of je|whether you|if you)\b")


def _told(passage: Passage, brief: ReplyBrief) -> Iterator[str]:
    folded = passage.line.folded
    for pattern in (_HAS, _ALLERGIC):
        match = pattern.search(folded)
        if match and not _ASKS.search(folded):
            yield match[0]
    patient = brief.match.patient
    recorded = (fold(allergy).strip() for allergy in (patient.allergies if patient else ()))
    if any(allergy and re.search(rf"\b{re.escape(allergy)}\b", folded) for allergy in recorded) and "allerg" in folded:
        yield "allerg"


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "model", "staff"):
        for words in _told(passage, brief):
            yield blocks("never_told", "never_told", words)
