"""What stands below a mail but is not said in it: mobile footers, disclaimers, company blocks. Whatever could be said
by a person stays: a name, an address, a birth date, a list, a question, a sentence."""

import re
from dataclasses import dataclass

_MAX_FOOTER_CHARS = 220
_MAX_BLOCK_LINES = 25
_MAX_LINES_LOOKED_AT = 600  # footers stand at the end, banners on top of a letter

_DEVICE = (
    r"(?:i-?phone|i-?pad|i-?pod|i-?os|galaxy|samsung|android|mobiel\w*|mobile?s?|mobilger\w*|mobiltelefon|telefoon\w*|"
    r"toestel|tablet|smartphone|phone|handy|cell|outlook|(?:web)?mail|e-?mail|gmail|yahoo|windows|blackberry|huawei|xiaomi|oneplus|"
    r"pixel|nokia|device|app|proton\w*|tutanota|bluemail|spark|airmail|mailbox|thunderbird|k-9|ziggo|hotmail|spike|sparrow)\b"
)
_SENT_FROM = re.compile(
    r"[\W_]{0,4}(?:sent|verzonden|verstuurd|gesendet|envoyé|enviado|inviato|skickat|"
    r"dit bericht (?:is|werd) (?:verzonden|verstuurd)|this (?:message|e-?mail) was sent)(?: \w{1,12})?,? "
    r"(?:from|via|with|by|vanaf|vanuit|vanop|van|met|mit|von|de|depuis|da|från|using)"
    rf"(?: (?!{_DEVICE})\S{{1,20}}){{0,3}} \W?{_DEVICE}",
    re.IGNORECASE,
)
_AFTER_DEVICE = re.compile(  # what separates and what is said share no character, so that no text can match in two ways
    r"(?:[\s,.;:|()<>\[\]&-]|\b(?:voor|for|für|pour|op|on|und?|en|and|an?) [\w']+|\b\d{1,3}\w{0,3}\b|\bs\d{1,2}\b|"
    rf"\b{_DEVICE}|\b(?:work|hub|mini|pro|max|plus|ultra|note|edge|secure|t)\b)*"
    r"(?:\b(?:please|sorry|excus\w*|excuus|pardon|let niet|beveiligd\w*|secure\w*|encrypted)\b.{0,110})?",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"[\W_]{0,4}sent from (?:my|a) \S.{0,60}"
    r"|[\W_]{0,4}(?:von|vom) (?:mein\w{1,2}|unterwegs).{0,40}gesendet.{0,20}"
    r"|[\W_]{0,4}from my (?:i-?phone|i-?pad|android|mobile|samsung|galaxy)\b.{0,30}"
    r"|diese nachricht wurde von .{0,60} gesendet\.?"
    r"|[\W_]{0,4}(?:get|download|hol(?:en)? sie sich|obtenir|scarica|obtener|krijg|haal) .{0,6}(?:outlook|yahoo mail|bluemail)\b.{0,120}"
    r"|[\W_]{0,4}(?:outlook|yahoo mail|bluemail) (?:voor|for|für|pour) (?:android|ios)\b.{0,120}"
    r"|yahoo mail: .{0,60}|從我的 .{0,30}傳送",
    re.IGNORECASE,
)
_URL = re.compile(r"https?:\S{1,300}|www\.\S{1,300}")
_DISCLAIMER_START = re.compile(
    r"[\W_]{0,6}(?:(?:e-?mail )?disclaimer\b|proclaimer\b|privileged\b|vertrouwelijkheids\w*\b|confidentiality (?:notice|note)\b|"
    r"(?:the|de|alle) (?:information|informatie|inhoud|contents?|gegevens)\b|dit (?:e-?mail-?|mail)?(?:bericht|e-?mail|mail)\b|"
    r"deze (?:e-?mail|mail|boodschap)\b|this (?:e-?mail|mail|message|communication|transmission)\b|"
    r"if you (?:are not|have received|received) (?:the|this)\b|indien u (?:dit|deze|niet)\b|aan (?:dit|deze|de inhoud)\b|"
    r"please consider the environment|(?:please )?think (?:of|about) the environment|(?:denk|spaar) (?:aan )?het milieu|"
    r"(?:caution|warning|let op|waarschuwing|attention|achtung|external|extern)\b|you (?:don't|do not) often get e-?mail from|"
    r"u ontvangt niet vaak e-?mail van|virus-?(?:free|vrij)\b|diese (?:e-?mail|nachricht)\b|ce (?:message|courriel)\b)",
    re.IGNORECASE,
)
_LEGAL_WORD = re.compile(
    r"vertrouwelijk\w*|confiden\w*|vertraulich\w*|uitsluitend|(?:alleen|slechts) bestemd|bestemd|solely|intended (?:only|for the use)|privileged|"
    r"geadresseerden?|addressees?|recipients?|ontvangers?|toegestaan|prohibited|unauthori[sz]ed|geen rechten|ontleend|ten onrechte|onbedoeld|abusievelijk|"
    r"per abuis|in error|verwijder\w*|delete|destroy|disclos\w*|openbaar\w*|verspreid\w*|vermenigvuldig\w*|aansprakelijk\w*|liab\w*|"
    r"virus\w*|malware|scanned|gescand|milieu|environment|print\w*|afdruk\w*|disclaimer|copy\w*|distribut\w*|buiten (?:de|onze|uw)|"
    r"outside (?:of )?(?:the|this|your|our)|originated|afkomstig|afzender|sender|links?|bijlagen?|attachments?|notified|notify",
    re.IGNORECASE,
)
_LEGAL_ALONE = re.compile(
    r"^\W*(?:e-?mail )?disclaimer:? ?(?:https?:|www\.)|geen rechten (?:worden |kunnen )?(?:worden )?ontleend|consider the environment|about the environment|het milieu|(?:virus-?(?:free|vrij))|"
    r"outside (?:of )?(?:the|this|your|our) \w+|buiten (?:de|onze|uw) \w+|scanned|gescand|often get e-?mail|niet vaak e-?mail",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_FIRST_PERSON = re.compile(r"\b(?:ik|mij|mijn|m'n|ikzelf|i|i'm|i've|my|ich|mein|meine|je suis|j'ai)\b", re.IGNORECASE)
_OFFICE_WORD = re.compile(
    r"\b(?:medewerking|cooperation|contact|company|bedrijf|organi[sz]at\w*|services?|terms|voorwaarden|thank|dank|click|klik|archiv\w*|security|"
    r"opinions?|views|mening\w*|policy|beleid|website|responsib\w*|verantwoord\w*|schade|damages?|onmiddellijk|immediately|elektronisch\w*|"
    r"electronic\w*|kamer van koophandel|ingeschreven|registered|schriftelijke|written|verstrekking|gebruik|vernietig\w*|e-?mail\w*|bericht|message)\b",
    re.IGNORECASE,
)
_FUNCTION_WORD = re.compile(
    r"\b(?:de|het|een|en|is|zijn|was|heb|heeft|hebben|dat|die|te|op|aan|met|voor|niet|geen|al|sinds|om|naar|kan|wil|graag|"
    r"the|a|an|and|are|has|have|had|that|to|on|with|for|not|no|since|can|will|would|please|of|in)\b",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"\b(?:geb(?:oren|\.|oortedatum)?|dob|date of birth|born|bsn|burgerservicenummer|pati[eë]nt\w*|cli[eë]nt\w*|klant\w*|"
    r"polis\w*|namens|behalf|betreft|re:|postcode|adres|address|woonplaats)\b|\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}\b"
    r"|\b\d{4} ?[A-Z]{2}\b",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"(?:--|—|–|-{3,}|_{3,}|={3,}|\*{3,})\s*")
_ROLE = re.compile(
    r"\b(?:directeur|manager|engineer|medewerk\w+|adviseur|consultant|assistant|professor|researcher|lecturer|docent|teacher|"
    r"co[oö]rdinator|accountmanager|developer|ontwikkelaar|beheerder|analist|analyst|officer|director|"
    r"secretaris|secretary|vertegenwoordiger|representative|administrat\w+|founder|eigenaar|owner|ceo|cfo|cto|coo|"
    r"stagiair|intern|trainee|onderzoeker|promovendus|hoogleraar|planner|inkoper|verkoper|sales|marketing|afdeling|department|"
    r"faculty|faculteit|projectleider|teamleider|team lead|advocaat|lawyer|notaris|architect|recruiter|beleids\w+|jurist)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"(?<!\w)(?:B\.V\.|BV|N\.V\.|V\.O\.F\.|VOF|Ltd|Inc|GmbH|LLC|PLC|KvK|KVK)(?!\w)")
_CONTACT = re.compile(
    r"[\W_]{0,3}(?:t|m|e|w|f|tel|telefoon|mob|mobiel|fax|phone|mail|e-?mail|web|website|site|bezoekadres|postadres|kvk|linkedin|twitter|"
    r"instagram|facebook|direct|office)\.?\s?[:.|]?\s+[\w+(@<:/].{0,80}|(?:https?://|www\.)\S{1,100}|<?[\w.+-]{1,60}@[\w.-]{1,80}>?",
    re.IGNORECASE,
)
_MEDICINE_LINE = re.compile(
    r"\d ?(?:mg|mcg|µg|ml|g|ie|x|stuks|tabl\w*|caps\w*)\b|\b(?:tablet|capsule|daags|per dag|a day)", re.IGNORECASE
)
_PARTED = re.compile(r"\S\s?[|•·]\s?\S")
_CLOSING = re.compile(
    r"(?:met (?:de )?(?:meeste )?\w{0,15} ?(?:groet\w*|hoogachting|dank)|\w{0,12} ?groet(?:en|jes)?|hoogachtend|mvg|gr\b|vr\.? ?gr|"
    r"(?:kind|best|warm|kindest|warmest|many|with kind|with best) ?regards|regards|best|yours \w{2,12}|sincerely|cheers|thanks|"
    r"thank you|many thanks|bedankt|alvast bedankt|alvast dank|best wishes|liefs|mit freundlichen grüßen|viele grüße|cordialement)"
    r"[^?]{0,50}",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"\s{0,4}(?:[-*•]|\d{1,2}[.)])\s+\S")


@dataclass(frozen=True)
class Signed:
    """`new`: what was said; `signature`: what was cut from it."""

    new: str
    signature: str


def split_signature(text: str) -> Signed:
    """Takes footers, disclaimers and signature blocks out of the new text of a mail."""
    lines = text.split("\n")
    above, lines = lines[:-_MAX_LINES_LOOKED_AT], lines[-_MAX_LINES_LOOKED_AT:]
    cut = [False] * len(lines)
    _cut_footers(lines, cut)
    for start, end in _paragraphs(lines):
        _cut_disclaimer(lines, cut, start, end)
    _cut_after_delimiter(lines, cut)
    _cut_block_below_name(lines, cut)
    kept = [line for line, is_cut in zip(lines, cut, strict=True) if not is_cut]
    gone = [line for line, is_cut in zip(lines, cut, strict=True) if is_cut]
    return Signed(_tidy("\n".join([*above, *kept])), _tidy("\n".join(gone)))


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _paragraphs(lines: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = -1
    for index, line in enumerate([*lines, ""]):
        if line.strip():
            start = index if start < 0 else start
        elif start >= 0:
            found.append((start, index))
            start = -1
    return found


def _cut_footers(lines: list[str], cut: list[bool]) -> None:
    for index, line in enumerate(lines):
        if 6 <= len(line) <= _MAX_FOOTER_CHARS and _is_footer(line.strip()):
            cut[index] = True


def _is_footer(line: str) -> bool:
    """Whether a mail program wrote this line: what follows the device's name may only be more of its name, or an
    excuse. "Verstuurd vanaf mijn iPhone. Ik heb pijn" is said by a person."""
    if _FOOTER.fullmatch(line):
        return True
    match = _SENT_FROM.match(line)
    return match is not None and bool(_AFTER_DEVICE.fullmatch(_URL.sub("", line[match.end() :])))


def _cut_disclaimer(lines: list[str], cut: list[bool], start: int, end: int) -> None:
    for index in range(start, end):
        if not cut[index] and _DISCLAIMER_START.match(lines[index][:200]):
            if _is_disclaimer(" ".join(lines[index:end])):
                cut[index:end] = [True] * (end - index)
                _cut_heading_above(lines, cut, index)
            return


def _is_disclaimer(paragraph: str) -> bool:
    """Lawyers' words throughout and nobody speaking: "Dit bericht is vertrouwelijk: pijn op de borst" is no disclaimer."""
    if len(paragraph) > 12_000 or _FIRST_PERSON.search(paragraph):
        return False
    words = {word.lower() for word in _LEGAL_WORD.findall(paragraph)}
    if len(words) < 2 and not _LEGAL_ALONE.search(paragraph):
        return False
    return all(
        _LEGAL_WORD.search(sentence)
        or (_OFFICE_WORD.search(sentence) and "?" not in sentence)
        or len(sentence.split()) <= 2
        for sentence in _SENTENCE_END.split(paragraph)
    )


def _cut_heading_above(lines: list[str], cut: list[bool], index: int) -> None:
    """A line of dashes or the bare word "Disclaimer" above belongs to it."""
    above = index - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above >= 0 and (
        _DELIMITER.fullmatch(lines[above].strip()) or lines[above].strip(" :*").casefold() == "disclaimer"
    ):
        cut[above] = True


def _is_prose(line: str) -> bool:
    """Whether somebody says something here, rather than being named, titled or listed."""
    if len(line) > 300 or "?" in line or _FIRST_PERSON.search(line) or _LIST_ITEM.match(line):
        return True
    words = line.split()
    if len(words) >= 4 and len(_FUNCTION_WORD.findall(line)) >= 2 and not _PARTED.search(line):
        return True
    return (
        len(words) >= 3
        and line.rstrip().endswith((".", "!"))
        and sum(word[:1].islower() for word in words) * 2 > len(words)
    )


def _cut_after_delimiter(lines: list[str], cut: list[bool]) -> None:
    """Below "-- " stands a signature, as far as it looks like one."""
    said = [_is_prose(line) or bool(_IDENTITY.search(line)) for line in lines]
    for index, line in enumerate(lines):
        if not _DELIMITER.fullmatch(line.strip()) or cut[index]:
            continue
        rest = [at for at in range(index + 1, len(lines)) if lines[at].strip() and not cut[at]]
        if not rest:
            cut[index] = True
            return
        stays = [at for at in rest if said[at]]
        listed = [at for at in rest if "mailing list" in lines[at] or "mailman/listinfo" in lines[at]]
        if listed or (len(rest) <= _MAX_BLOCK_LINES and len(stays) * 2 <= len(rest)):
            cut[index] = True
            personal = any(_IDENTITY.search(lines[at]) for at in rest) and not any(
                _is_business(lines[at]) for at in rest
            )
            for at in rest:
                cut[at] = bool(listed) or not (personal or at in stays)
            return


def _cut_block_below_name(lines: list[str], cut: list[bool]) -> None:
    """Job title, company and numbers below a closing, or at the very end; names, home addresses and a bare telephone
    number stay."""
    used = [at for at, line in enumerate(lines) if line.strip() and not cut[at]]
    closing = next((at for at in reversed(used) if _CLOSING.fullmatch(lines[at].strip()) and len(lines[at]) < 70), -1)
    tail = [at for at in used if at > closing] if closing >= 0 else used[1:]
    contacts: list[int] = []
    found = False
    for at in reversed(tail[-_MAX_BLOCK_LINES:]):
        line = lines[at].strip()
        if _is_prose(line) or len(line) > 160:
            break
        business = _is_business(line)
        if (_IDENTITY.search(line) and not business) or _MEDICINE_LINE.search(line):
            continue
        titled = closing >= 0 and ((_ROLE.search(line) and len(line.split()) <= 8) or _PARTED.search(line))
        if business or titled:
            cut[at] = found = True
        elif closing >= 0 and _is_contact(line):
            contacts.append(at)
        elif closing < 0 and _looks_like_name(line):
            break
    for at in contacts:
        cut[at] = cut[at] or found


def _is_business(line: str) -> bool:
    """A company, or a row of things about somebody's work."""
    return bool(_COMPANY.search(line)) or bool(_PARTED.search(line) and (_ROLE.search(line) or _told(line)))


def _told(line: str) -> bool:
    return "@" in line or "www." in line or "://" in line or sum(char.isdigit() for char in line) >= 6


def _is_contact(line: str) -> bool:
    """A labelled number, an address or a site; "M. de Vries" has the label but is a name."""
    return _told(line) and bool(_CONTACT.fullmatch(line))


def _looks_like_name(line: str) -> bool:
    words = line.split()
    return len(words) <= 5 and words[0][:1].isupper()
