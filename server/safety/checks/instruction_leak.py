"""Prompt or system text in a reply: what was said to a machine is not for a patient."""

import re
from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Reading, blocks
from server.text.words import fold

_LEAKS = tuple(
    re.compile(words)
    for words in (
        r"\b(?:system|systeem)[\s_-]?(?:prompt|message|bericht|instructi\w+)\b|\bprompts?\b|\bpre-?prompt\b|\bmy (?:instructions|guidelines|rules|programming|training)\b|\bmijn (?:instructies?|richtlijnen|opdracht|regels|training)\b",
        r"\b(?:conform|volgens|op basis van|according to|following|as per|per) (?:de|the|my|mijn|your|uw|these|deze|bovenstaande|above)? ?(?:instructies?|instructions?|opdracht|guidelines|richtlijnen|regels|rules)\b(?! van (?:uw|de) (?:arts|huisarts|verzekeraar))|\b(?:you|u) (?:asked|vroeg|instructed)\b.{0,25}\b(?:me|mij)\b.{0,20}\b(?:write|draft|schrijven|respond|act)\b",
        r"\b(?:als|as|ik ben|i am|i'm) (?:een |an |a )?(?:ai|ki|kunstmatige intelligentie|artificial intelligence|taalmodel|language model|large language model|chatbot|virtuele assistent|virtual assistant|ai[- ](?:assistent|assistant|model)|digitale assistent|llm)\b|\b(?:taalmodel|language model|chatgpt|gpt-?\d|openai|claude|gemini|llama|copilot|mistral)\b",
        r"\b(?:sure|certainly|of course|natuurlijk|zeker|prima|here you go|alsjeblieft)\b[!,.: ]{1,3}.{0,12}\b(?:here is|here's|hier is|hierbij|hieronder)\b.{0,40}\b(?:reply|response|draft|email|e-mail|answer|antwoord|concept\w*|reactie|mail|tekst|versie)\b|\b(?:here is|here's|hier is|hieronder (?:staat|vindt u)) (?:the|a|my|your|het|de|een|mijn|uw)? ?(?:\w+ )?(?:draft|reply|response|suggested|concept\w*|conceptantwoord|antwoord|voorbeeld\w*|revised|rewritten)\b",
        r"<\|[a-z_ ]{2,40}\|>|\[/?inst\]|<</?sys>>|</?(?:system|user|assistant|instructions?|context|mail|patient_data|facts?|data|untrusted|prompt|email)>|^\s{0,4}#{2,}\s|```|\brole\s?[:=]\s?[\"']?(?:system|user|assistant|pharmacy)|\b(?:system|assistant|user|human|instruction|context|opdracht|systeem|assistent)\s?:(?=\s?\S)(?<!@)",
        r"\b(?:pms|his|ais)[- ]?(?:fragment|snippet|context|data|record|extract|gegevens)\b|\b(?:allowed|offered) facts\b|\b(?:json|schema|token limit|max_tokens|temperature|few-shot|context window|tool call|function call)\b|\b(?:offered|allowed|brief|facts?|reply_brief|order|refill|notice)\.[a-z_]{3,30}\b(?!\.)",
        r"\b(?:geen|no|do not give|geef geen|avoid) (?:klinisch|medisch|clinical|medical) (?:advies|advice)\b|\bnoem geen andere\b|\bdo not (?:mention|reveal|disclose|invent|include|make up)\b|\bantwoord (?:uitsluitend|alleen) (?:op basis|in het)\b|\bschrijf in het (?:nederlands|engels)\b|\b(?:write|answer|respond|reply) (?:only )?in (?:dutch|english)\b|\b(?:maximaal|max\.?|at most|maximum of|no more than|limit(?:ed)? to|onder de|under) \d{2,3} (?:woorden|words)\b",
        r"\b(?:ignore|negeer|disregard|override)\b.{0,30}\b(?:instructi\w+|previous|vorige|above|eerdere|regels|rules)\b|\bgebruik de (?:volgende )?(?:statements?|template|sjabloon)\b|\b(?:statement|template|sjabloon) (?:id|refill|order|\w+\.\w+)\b|\bas (?:requested|instructed),? (?:i|here)\b|\b(?:the )?(?:user|gebruiker|patient|sender) (?:wants|is asking|asks|vraagt|wil) (?:me|to|for|om|of|whether)\b|\b(?:note|opmerking|nb) (?:to|aan|voor) (?:self|reviewer|staff|medewerker|pharmacist|the pharmacist)\b|\bi (?:cannot|can't) (?:help|assist) with that\b|\bi was (?:told|instructed|asked|configured)\b|\bik (?:ben|werd) (?:geinstrueerd|ingesteld|opgedragen)\b",
        r"\b(?:onderwerp|subject)\s?:\s?\S.{0,80}$(?<!x)|\b(?:draft|concept) (?:reply|antwoord|version|versie)\s?(?:\d\s?)?:|\b(?:reasoning|thought|thinking|analysis|redenering|gedachte)\s?:|</?think>",
        r"\[[a-z][^\]\n]{1,120}\]|\b(?:toon|tone|stijl|style|lengte|length|doelgroep|audience)\s?:\s?\w|\b(?:u-vorm|je-vorm)\b|\b\d{2,3} (?:woorden|words)\b|(?<![\w@./-])[a-z]{2,}(?:_[a-z0-9]+)+(?![\w@/]|\.\w)|\b\w+ ?(?:==|=|:=) ?\w+|\b(?:note|noot|nb|opmerking)\s?: (?:the|de|het|this|dit|record|internal|intern)\b",
        r"\b(?:based on|from|using|according to|op basis van|volgens|uit) (?:the |de |your |uw )?(?:provided|given|supplied|attached|aangeleverde|verstrekte|meegegeven|bijgeleverde|bovenstaande)\b.{0,25}\b(?:data|gegevens|context|information|informatie|records?|dossier|facts?|feiten)\b",
        r"\b(?:below|hieronder|onderstaand\w*|here)\b.{0,15}\b(?:is|are|staat|volgt|vindt u|vind je)\b.{0,40}\b(?:answer|reply|response|draft|message|antwoord|concept\w*|reactie|bericht|e-?mail)\b.{0,20}\b(?:you can|you may|u kunt|je kunt|to the (?:patient|customer|sender)|for the (?:patient|customer)|voor de (?:patient|klant)|aan de (?:patient|klant)|(?:ver)?sturen|to send|die u kunt)",
        r"\b(?:guidance|guidelines?|instructions?|rules|briefing|richtlijnen|instructies?|aanwijzingen)\b.{0,15}\b(?:i|ik|we) (?:was|were|have|had|got|received|follow\w*|kreeg|heb|volg)\b|\b(?:avoided|left out|kept out|omitted|vermeden|weggelaten)\b.{0,15}\b(?:medical|clinical|medisch\w*|klinisch\w*)\b|\b(?:kept|keep|hield|houd) (?:this|it|dit|het) (?:short|brief|concise|kort)\b",
        r"\b(?:the|de) (?:patient|sender|afzender|klant|customer)\b.{0,25}\b(?:asks|asked|vraagt|vroeg|wants|wil weten|should not|may not|mag niet)\b.{0,30}\b(?:weten|know|told|horen|about|naar|whether|of)\b|\b(?:let me know|laat (?:het )?(?:me|mij) weten) if (?:you|u) (?:want|would like|need) (?:me|any|a|changes)\b|\b(?:shorter|formal|kortere|formelere|informele) (?:version|versie)\b|\b(?:knowledge cut-?off|training data|guardrails?|hallucinat\w+)\b",
    )
)


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    del reading, brief
    for written in draft.text.split("\n"):
        line = fold(written)
        for pattern in _LEAKS:
            match = pattern.search(line)
            if match:
                same = len(line) == len(written)  # else it was not composed text, and places moved
                words = written[match.start() : match.end()] if same else written
                yield blocks("instruction_leak", "instruction_leak", words)
                break
