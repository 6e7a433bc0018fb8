"""What stands below a mail but is not said in it: mobile footers, disclaimers, company blocks. Whatever could be said
by a person stays: a name, an address, a birth date, a list, a question, a sentence."""

import re
from dataclasses import dataclass

_MAX_FOOTER_CHARS = 220
_MAX_BLOCK_LINES = 25
_MAX_LINES_LOOKED_AT = 600  # footers stand at the end, banners on top of a letter

_DEVICE = (
    r"i-?phone|i-?pad|i-?pod|i-?os|galaxy|samsung|android|mobiel\w*|mobile?s?|mobilger\w*|mobiltelefon|telefoon|telefoontje|toestel|tablet|"
    r"smartphone|phone|handy|cell|outlook|mail|e-?mail|gmail|yahoo|windows|blackberry|huawei|xiaomi|oneplus|pixel|nokia|"
    r"device|app|proton\w*|tutanota|bluemail|spark|airmail|mailbox|thunderbird|k-9|ziggo|kpn|hotmail|spike|sparrow"
)
_DEVICE_NAME = re.compile(rf"\b(?:{_DEVICE})\b", re.IGNORECASE)
_FOOTER = re.compile(
    rf"[\W_]{{0,4}}(?:sent|verzonden|verstuurd|gestuurd|getypt|gesendet|envoyé|enviado|inviato|skickat|dit bericht (?:is|werd) (?:verzonden|verstuurd))"
    rf"(?: \w{{1,12}})?,? (?:from|via|with|by|vanaf|vanuit|vanop|van|met|mit|von|de|depuis|da|från|using|on|op)\b.{{0,60}}?\b(?:{_DEVICE})\b.{{0,110}}"
    r"|[\W_]{0,4}sent from (?:my|a) \S.{0,60}"
    r"|[\W_]{0,4}(?:von|vom) (?:mein\w{1,2}|unterwegs).{0,40}gesendet.{0,20}"
    r"|[\W_]{0,4}from my (?:i-?phone|i-?pad|android|mobile|samsung|galaxy)\b.{0,30}"
    r"|diese nachricht wurde von .{0,60} gesendet\.?"
    r"|[\W_]{0,4}(?:get|download|hol(?:en)? sie sich|obtenir|scarica|obtener|krijg|haal) .{0,6}(?:outlook|yahoo mail|bluemail)\b.{0,120}"
    r"|[\W_]{0,4}(?:outlook|yahoo mail|bluemail) (?:voor|for|für|pour) (?:android|ios)\b.{0,60}(?:downloaden|herunterladen|télécharger|ophalen)?.{0,60}"
    r"|[\W_]{0,4}(?:verzonden|sent) (?:met|with|using) .{0,30}(?:beveiligd|secure|encrypted).{0,60}"
    r"|yahoo mail: .{0,60}|從我的 .{0,30}傳送",
    re.IGNORECASE,
)
_URL = re.compile(r"https?:\S{1,300}|www\.\S{1,300}")
_DISCLAIMER_START = re.compile(
    r"[\W_]{0,6}(?:disclaimer\b|proclaimer\b|vertrouwelijkheids\w*\b|confidentiality (?:notice|note)\b|privacyverklaring:|"
    r"(?:the|de|alle) (?:information|informatie|inhoud|contents?|gegevens)\b[^.]{0,60}(?:e-?mail|mail|bericht|message|communication|transmission)|"
    r"dit (?:e-?mail-?|mail)?(?:bericht|e-?mail|mail)\b[^.]{0,60}(?:uitsluitend|vertrouwelijk|bestemd|bedoeld|persoonlijk)|"
    r"deze (?:e-?mail|mail|berichtgeving|boodschap)\b[^.]{0,70}(?:uitsluitend|vertrouwelijk|bestemd|bedoeld|gescand)|"
    r"this (?:e-?mail|mail|message|communication|transmission)\b[^.]{0,90}(?:confidential|intended|privileged|scanned|may contain|checked)|"
    r"if you (?:are not|have received|received) (?:the|this)\b|indien u (?:dit|deze|niet)\b[^.]{0,40}(?:bericht|e-?mail|mail|geadresseerde|ontvanger)|"
    r"aan (?:dit|deze|de inhoud)\b[^.]{0,60}(?:geen rechten|rechten worden)|aan de inhoud van dit|"
    r"please consider the environment|(?:please )?think (?:of|about) the environment|(?:denk|spaar) (?:aan )?het milieu|"
    r"(?:caution|warning|let op|waarschuwing|attention|achtung|external|extern)\b[^.]{0,40}(?:e-?mail|mail|bericht|message|sender|afzender)\b[^.]{0,60}"
    r"(?:outside|external|buiten|extern)|you (?:don't|do not) often get e-?mail from|u ontvangt niet vaak e-?mail van|"
    r"(?:this e-?mail|deze e-?mail|dit bericht)\b[^.]{0,60}(?:virus|malware)|virus-?(?:free|vrij)\b|"
    r"diese (?:e-?mail|nachricht)\b[^.]{0,60}vertraulich|ce (?:message|courriel)\b[^.]{0,60}confidentiel)",
    re.IGNORECASE,
)
_SAYS_I = re.compile(r"\b(?:ik|mij|mijn|m'n|ikzelf|i|i'm|i've|my|ich|mein|meine|je suis|j'ai)\b|\?", re.IGNORECASE)
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
    r"co[oö]rdinator|hoofd|accountmanager|developer|ontwikkelaar|beheerder|specialist|analist|analyst|officer|director|"
    r"secretaris|secretary|vertegenwoordiger|representative|administrat\w+|partner|founder|eigenaar|owner|ceo|cfo|cto|coo|"
    r"stagiair|intern|trainee|onderzoeker|promovendus|hoogleraar|planner|inkoper|verkoper|sales|marketing|afdeling|department|"
    r"faculty|faculteit|projectleider|teamleider|team lead|advocaat|lawyer|notaris|architect|recruiter|beleids\w+|jurist)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:b\.?v\.?|n\.v\.|v\.o\.f\.|vof|ltd|inc|gmbh|llc|plc|holding|groep|kvk|btw|iban)\b", re.IGNORECASE
)
_CONTACT = re.compile(
    r"[\W_]{0,3}(?:t|m|e|w|f|tel|telefoon|mob|mobiel|fax|phone|mail|e-?mail|web|website|site|bezoekadres|postadres|kvk|linkedin|twitter|"
    r"instagram|facebook|direct|office)\.?\s?[:.|]?\s+[\w+(@<:/].{0,80}|(?:https?://|www\.)\S{1,100}|<?[\w.+-]{1,60}@[\w.-]{1,80}>?",
    re.IGNORECASE,
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
        stripped = line.strip()
        if (
            6 <= len(stripped) <= _MAX_FOOTER_CHARS
            and _FOOTER.fullmatch(stripped)
            and not _SAYS_I.search(_after_device(stripped))
        ):
            cut[index] = True


def _after_device(line: str) -> str:
    """What follows the name of the device: "… mijn iPhone. Ik heb pijn" is said by a person."""
    match = _DEVICE_NAME.search(line)
    return _URL.sub("", line[match.end() :]) if match else ""


def _cut_disclaimer(lines: list[str], cut: list[bool], start: int, end: int) -> None:
    for index in range(start, end):
        if cut[index] or not _DISCLAIMER_START.match(lines[index][:400]):
            continue
        body = " ".join(lines[index:end])
        if len(body) <= 12_000 and not _SAYS_I.search(body.replace("?subject", "")):
            cut[index:end] = [True] * (end - index)
            _cut_heading_above(lines, cut, index)
        elif len(lines[index]) < 400 and not _SAYS_I.search(lines[index]) and len(lines[index]) > 60:
            cut[index] = True
        return


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
    if _SAYS_I.search(line) or _LIST_ITEM.match(line):
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
            for at in rest:
                cut[at] = cut[at] or at not in stays or bool(listed)
            return


def _cut_block_below_name(lines: list[str], cut: list[bool]) -> None:
    """Job title, company and numbers below a closing, or at the very end; names and home addresses stay."""
    used = [at for at, line in enumerate(lines) if line.strip() and not cut[at]]
    closing = next((at for at in reversed(used) if _CLOSING.fullmatch(lines[at].strip()) and len(lines[at]) < 70), -1)
    tail = [at for at in used if at > closing] if closing >= 0 else used[1:]
    for at in reversed(tail[-_MAX_BLOCK_LINES:]):
        line = lines[at].strip()
        if _is_prose(line) or len(line) > 160:
            break
        if _IDENTITY.search(line) and not _COMPANY.search(line):
            continue
        business = _PARTED.search(line) or _COMPANY.search(line)
        below_closing = closing >= 0 and (_is_contact(line) or (_ROLE.search(line) and len(line.split()) <= 8))
        if business or below_closing:
            cut[at] = True
        elif closing < 0 and _looks_like_name(line):
            break


def _is_contact(line: str) -> bool:
    """A labelled number, an address or a site; "M. de Vries" has the label but is a name."""
    told = "@" in line or "www." in line or "://" in line or sum(char.isdigit() for char in line) >= 6
    return told and bool(_CONTACT.fullmatch(line))


def _looks_like_name(line: str) -> bool:
    words = line.split()
    return len(words) <= 5 and words[0][:1].isupper()
