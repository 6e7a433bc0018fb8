"""Where the mail being answered begins: new words must never be cut, old words must never be taken for new.

Own rules rather than a library's: those found nothing in the collected formats that these do not, and cut new words
after lines such as "On Friday my doctor wrote:". A line only counts as the head of a quote when it carries what a mail
program puts there (an address, a time, a block of header lines, ">" below it)."""

import re
from dataclasses import dataclass

_MAX_LINES_OF_HEAD = 4
_MAX_HEAD_CHARS = 500
_MAX_LINES_LOOKED_AT = 4_000  # quotes begin early; far below only ">" is looked for
_MAX_LINES = 200_000
_LONG_LINE = 600  # no head of a quote is longer; also bounds the work of every pattern here

_FROM = r"van|from|von|de|da|från|fra|od|kimden|expéditeur|afzender|от"
_SENT = (
    r"verzonden(?: op)?|verstuurd|sent|gesendet|envoyé(?: le)?|inviato|enviado(?: el| em)?|skickat|sendt|wysłano|"
    r"gönderildi|отправлено|datum|date|data|fecha|dato|дата"
)
_TO = r"aan|to|an|à|a|para|till|til|do|kime|destinataire|кому|cc|kopie|copie|bcc"
_ABOUT = r"onderwerp|subject|betreft|betreff|objet|oggetto|asunto|assunto|ämne|emne|temat|konu|тема"
_OTHER = r"beantwoorden|antwoord(?:en)? aan|reply-to|antwort an|bijlagen?|attachments?|urgentie|importance|prioriteit"
_HEADER = re.compile(
    rf"[*_>\s]{{0,6}}(?:(?P<from>{_FROM})|(?P<sent>{_SENT})|(?P<to>{_TO})|(?P<about>{_ABOUT})|(?P<other>{_OTHER}))"
    r"[*_]{0,3} ?:[*_]{0,3}(?P<value>.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+'%=-]{1,64}@[\w.-]{1,80}")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_RULE = re.compile(r"[\s>]{0,6}[-_=*–—]{5,}\s*")

_SAID = (
    r"wrote|schreef|geschreven|schreven|schrieb|geschrieben|a écrit|ont écrit|escribió|ha scritto|scrisse|escreveu|"
    r"skrev|napisała?|napisał\(a\)|yazdı|şunu yazdı|написала?|написал\(а\)|a scris|írta|kirjoitti"
)
_SAID_END = re.compile(rf"(?:\b|^)(?:{_SAID})\b[^:\n]{{0,160}}:\s*$|(?:{_SAID})\s*-{{2,}}\s*$", re.IGNORECASE)
_HEAD_START = re.compile(
    r"[\s*_>\"“'-]{0,6}(?:on|op|am|le|el|il|em|den|dnia|w dniu|no dia|date|in (?:a|het|een) (?:bericht|message)|"
    r"(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun|mo|mi|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mån|tis|ons|tors|"
    r"fre|lör|sön|pon|wt|śr|czw|pt|sob)[a-zàéöåä]{0,9}\.?,?|\d{1,4}[-./ ]\S{1,12})\s",
    re.IGNORECASE,
)
_PASSED_ON = (
    r"(?:begin (?:van )?)?(?:het )?doorgestuurd(?:e)? (?:bericht|e-?mail|mail)|begin forwarded message|"
    r"forwarded message|forwarded mail|weitergeleitete (?:nachricht|e-?mail)|"
    r"anfang der weitergeleiteten (?:nachricht|e-?mail)|message transféré|début du message (?:transféré|réexpédié)|"
    r"messaggio inoltrato|mensaje reenviado|mensagem encaminhada|vidarebefordrat meddelande|пересылаемое сообщение"
)
_ORIGINAL = (
    r"oorspronkelijk(?:e)? (?:bericht|e-?mail|mail)|origineel bericht|originele (?:e-?mail|bericht)|original message|"
    r"original mail|ursprüngliche (?:nachricht|e-?mail)|message d'origine|message original|messaggio originale|"
    r"mensaje original|mensagem original|originalmeddelande|antwoord bericht|reply message|исходное сообщение"
)
_DASHED = re.compile(
    rf"\A[\s>*]{{0,6}}[-_=–—]{{2,}} ?(?:{_PASSED_ON}|{_ORIGINAL})[ :]{{0,2}}[-_=–—]{{0,60}}\s*", re.IGNORECASE
)
_NAMED = re.compile(rf"[\s>*]{{0,6}}(?:{_PASSED_ON}|{_ORIGINAL}) ?:?\*{{0,2}}\s*", re.IGNORECASE)
_FORWARD = re.compile(_PASSED_ON, re.IGNORECASE)
_TELLING = 12  # a shorter line may be in any mail
_DASHES = tuple("-_=*–—")
_MARK = re.compile(r"\s{0,3}>")
_MARKS = re.compile(r"\s{0,3}(?:> ?){1,12}")
_AMOUNT = re.compile(r"\s{0,3}>\s?\d")  # ">39 graden koorts": more than, not a quote


@dataclass(frozen=True)
class Split:
    """New lines and quoted lines, each in order; `forwarded`: the quote was passed on rather than answered."""

    new: str
    quoted: str
    forwarded: bool = False


def split_quotes(text: str, parent: str = "") -> Split:
    """Takes a cleaned plain text apart. `parent`: the text of the mail being answered, when it is known."""
    lines = text.split("\n", _MAX_LINES)
    old = [False] * len(lines)
    marked = _marked_lines(lines)
    index, forwarded, bare, end = 0, False, False, len(lines)
    while index < end:
        line = lines[index]
        if marked[index]:
            old[index] = True
            index += 1
            continue
        looked_at = index < _MAX_LINES_LOOKED_AT and len(line) <= _LONG_LINE and not line.isspace() and line
        length = _head_length(lines, index, marked) if looked_at else 0
        if not length:
            if looked_at and _is_dashed(line):  # without a head below it anybody types that: what follows is read
                old[index] = True
                if not bare and _all_repeated(lines, index + 1, parent):
                    old[index:] = [True] * (end - index)
                    break
                bare = True
            index += 1
            continue
        forwarded = forwarded or bool(_FORWARD.search(line))
        below = _next_line(lines, index + length)
        if below < end and marked[below]:
            old[index : index + length] = [True] * length
            index += length
        else:
            old[index:] = [True] * (end - index)
            break
    if parent:
        _mark_repeated(lines, old, parent)
    return Split(_join(lines, old, False), _join(lines, old, True), forwarded)


def _join(lines: list[str], old: list[bool], wanted: bool) -> str:
    kept = [line for line, is_old in zip(lines, old, strict=True) if is_old is wanted]
    if wanted:
        kept = [_MARKS.sub("", line, count=1) if _MARK.match(line) else line for line in kept]
    return _tidy(kept)


def _tidy(lines: list[str]) -> str:
    """No space at the ends of lines, no more than one empty line in a row."""
    tidied: list[str] = []
    for line in lines:
        stripped = line.rstrip()
        if stripped or (tidied and tidied[-1]):
            tidied.append(stripped)
    return "\n".join(tidied).strip("\n")


def _marked_lines(lines: list[str]) -> list[bool]:
    """Lines that carry ">": quoted, unless one stands alone and tells an amount."""
    marked = [bool(_MARK.match(line)) for line in lines]
    marked[_MAX_LINES:] = [False] * len(marked[_MAX_LINES:])  # the rest, unread: rather too much than too little
    for index, line in enumerate(lines):
        if not marked[index] or not _AMOUNT.match(line):
            continue
        alone = not (index and marked[index - 1]) and not (index + 1 < len(lines) and marked[index + 1])
        if alone and not _is_head_above(lines, index):
            marked[index] = False
    return marked


def _is_head_above(lines: list[str], index: int) -> bool:
    above = next((line for line in reversed(lines[max(0, index - 3) : index]) if line.strip()), "")
    return bool(_SAID_END.search(above[-240:]))


def _next_line(lines: list[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _head_length(lines: list[str], index: int, marked: list[bool]) -> int:
    """How many lines the head of a quote takes that begins here; 0 when none does."""
    line = lines[index]
    if line.lstrip(" >")[:1] in _DASHES and _RULE.fullmatch(line):
        below = _next_line(lines, index + 1)
        near = below <= index + 3 and below < len(lines) and not marked[below]
        block = _header_block(lines, below, led_in=True) if near else 0
        return below - index + block if block else 0
    if _is_marker(line):
        below = _next_line(lines, index + 1)
        led = below < len(lines) and (marked[below] or _begins_head(lines, below, marked))
        return 1 if led else 0
    return _header_block(lines, index) or _attribution(lines, index, marked)


def _is_marker(line: str) -> bool:
    """Whether a line says that another mail stands below ("-----Original Message-----", "Doorgestuurd bericht:")."""
    return _is_dashed(line) or (len(line) <= 70 and bool(_NAMED.fullmatch(line)))


def _is_dashed(line: str) -> bool:
    return len(line) <= 160 and line.lstrip(" >*")[:1] in _DASHES and bool(_DASHED.fullmatch(line))


def _all_repeated(lines: list[str], index: int, parent: str) -> bool:
    """Whether all that stands from here stands in the mail being answered too."""
    keys = {key for line in lines[index:] if (key := _key(line))}
    return bool(keys) and keys <= {_key(line) for line in parent.split("\n", 2_000)[:2_000]}


def _begins_head(lines: list[str], index: int, marked: list[bool]) -> bool:
    """Whether a mail program's lines begin here, below a marker: who wrote or when, or "Op … schreef …"."""
    header = _HEADER.match(lines[index]) if len(lines[index]) <= 2_000 else None
    return bool(header and not header.group("other")) or _attribution(lines, index, marked) > 0


def _header_block(lines: list[str], index: int, *, led_in: bool = False) -> int:
    """The number of lines of a block "Van: … Verzonden: … Aan: … Onderwerp: …"; 0 when it is none, or when it is the
    "Aan: … Van: …" with which people start a letter, or the fields of a web form."""
    if ":" not in lines[index][:40] or not _HEADER.match(lines[index]):
        return 0
    kinds: set[str] = set()
    position, last, strays = index, index, 0
    while position < len(lines) and position < index + 24 and strays < 3:
        line = lines[position]
        match = _HEADER.match(line) if len(line) <= 2_000 else None
        if match:
            kinds.add(next(kind for kind in ("from", "sent", "to", "about", "other") if match.group(kind)))
            last, strays = position, 0
        elif line.strip():
            strays += 1  # a value that goes on, or the text
        elif position > last + 1 and strays:
            break
        position += 1
    block = "\n".join(lines[index : last + 1])
    if "from" not in kinds or not kinds & {"sent", "to", "about"}:
        return 0
    by_program = bool(_ADDRESS.search(block[:4_000]) or _TIME.search(block[:4_000]) or led_in)
    first_words = not any(line.strip() for line in lines[:index])
    needed = 2 if led_in else 3
    if first_words and not led_in and "sent" not in kinds:
        return 0
    return last - index + 1 if len(kinds) >= needed and by_program else 0


def _attribution(lines: list[str], index: int, marked: list[bool]) -> int:
    """The number of lines of "Op … schreef Jan <jan@example.org>:" in any of the languages; 0 when it is none."""
    starts = bool(_HEAD_START.match(lines[index] + " "))
    joined = ""
    for length in range(1, _MAX_LINES_OF_HEAD + 1):
        if index + length > len(lines) or marked[index + length - 1]:
            return 0
        part = lines[index + length - 1].strip()
        if not part:
            return 0
        if length > 1 and part[:1].isalpha() and _HEAD_START.match(part + " "):
            return 0  # the head begins at this line
        joined = f"{joined} {part}".strip()
        if len(joined) > _MAX_HEAD_CHARS:
            return 0
        if joined[-1] in ":-" and _SAID_END.search(joined, max(0, len(joined) - 240)):
            break
        if not starts:
            return 0
    else:
        return 0
    below = _next_line(lines, index + length)
    quoted_below = below < len(lines) and marked[below] and below <= index + length + 2
    dated = any(char.isdigit() for char in joined)
    by_program = bool(_ADDRESS.search(joined) or (_TIME.search(joined) and _HEAD_START.match(joined)))
    return length if quoted_below or (by_program and dated) or (by_program and length == 1) else 0


def _mark_repeated(lines: list[str], old: list[bool], parent: str) -> None:
    """A tail that repeats the mail being answered, without any mark, is old too; and lines typed between the lines of
    that mail, below a block of header lines, are new after all."""
    known = {key for line in parent.split("\n", 2_000)[:2_000] if (key := _key(line))}
    telling = sum(len(key) >= _TELLING for key in known)
    if not telling or len(lines) > 2 * _MAX_LINES_LOOKED_AT:
        return
    keys = [_key(line) for line in lines]
    start, repeated = len(lines), 0
    for index in range(len(lines) - 1, -1, -1):
        if old[index] or not keys[index]:
            continue
        if keys[index] in known:
            start, repeated = index, repeated + (len(keys[index]) >= _TELLING)
        elif len(keys[index]) >= _TELLING:
            break
    if repeated >= 2 and repeated * 2 >= telling:
        old[start:] = [True] * (len(lines) - start)
    at = [index for index, key in enumerate(keys) if old[index] and len(key) >= _TELLING and key in known]
    if len(at) >= 2 and len(at) >= 0.6 * telling:
        _free_answers(lines, keys, old, at[0], at[-1], "\n".join(known))


def _free_answers(lines: list[str], keys: list[str], old: list[bool], first: int, last: int, parent: str) -> None:
    for index in range(first, min(last, first + 500)):
        if old[index] and keys[index] and not _MARK.match(lines[index]) and keys[index] not in parent:
            old[index] = False


def _key(line: str) -> str:
    return " ".join(_MARKS.sub("", line, count=1).split()).casefold()
