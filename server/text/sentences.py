"""A mail becomes sentences, because every rule on a mail speaks of one sentence; the words stay as they were typed."""

import re
from collections.abc import Iterator
from itertools import pairwise

MAX_CHARS = 200_000  # a longer text is not a letter; the rest stays in the mailbox for a person to read

_TITLES = {
    "dr", "drs", "mw", "mevr", "dhr", "hr", "mej", "prof", "ir", "mr", "mrs", "ms", "st", "fam", "burg", "pres", "tj",
    "th", "chr", "joh", "jac", "ph", "wm",
}  # fmt: skip
_INSIDE = {  # never the last word of a sentence
    "bijv", "bv", "d.w.z", "dwz", "i.v.m", "ivm", "m.b.t", "mbt", "t.a.v", "tav", "i.p.v", "ipv", "m.b.v", "o.a", "oa",
    "t.g.v", "n.a.v", "nav", "i.o.m", "i.c.m", "t.o.v", "t.b.v", "ca", "nr", "nrs", "tel", "geb", "evt", "resp", "incl",
    "excl", "vlgs", "volg", "zgn", "z.g", "e.g", "i.e", "vs", "approx", "p.o", "max", "pag", "blz", "ong", "d.d", "c.q",
    "cq", "w.o", "huisnr", "p.s", "ps",
}  # fmt: skip
_MAYBE = {  # the last word only when a capital follows
    "enz", "etc", "e.d", "mg", "ml", "gr", "mcg", "kg", "stk", "tabl", "tab", "caps", "a.m", "p.m", "am", "pm", "a.u.b",
    "aub", "s.v.p", "svp", "z.s.m", "jl", "jr", "sr", "jan", "feb", "mrt", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "okt", "oct", "nov", "dec", "ma", "di", "wo", "vr", "za", "zo", "mon", "tue", "thu", "fri", "a.s", "b.v",
    "n.v", "ltd", "inc", "dgn", "wk", "mnd", "hrs", "yrs", "p.d", "i.o", "h.p", "n.v.t", "nvt", "no", "min",
}  # fmt: skip

_GREETING = re.compile(
    r"(?:hoi|hallo|halo|hi|hello|hey|hee+|heey+|hai|dag|beste|geachte?|lieve|waarde|dear|dearest|l\.?s\.?|moin|"
    r"goede ?morgen|goeie ?morgen|goede ?middag|goeden? ?avond|goeden?middag|goeden? ?dag|goei?en? ?dag|"
    r"good (?:morning|afternoon|evening|day)|greetings|collega(?:'s)?)"
    r"(?:[ /](?:(?:dr|mw|mevr|mej|dhr|hr|mrs|mr|ms|prof|drs|ir|fam|[a-z])\.|[^\s,.!?:;]{1,24})){0,5}(?:, (?:meneer|mijnheer|heren?|mevrouw|sir|madam)(?=,))? ?[,!:.]+(?=\s|$)",
    re.IGNORECASE,
)
_CLOSING_WORDS = (
    r"(?:met (?:de )?(?:meeste )?(?:[a-z]{3,16} )?(?:groet(?:en|jes)?|dank|hoogachting)"
    r"|(?:vriendelijke|hartelijke|lieve|beste|veel|fijne|zonnige) ?groet(?:en|jes)?|groet(?:en|jes)?|hoogachtend|mvg|m\.v\.g\.?|vr\.? ?gr\.?|gr(?:tjs|t|oetj?es)?"
    r"|(?:kind|best|warm|kindest|warmest|many|with kind) regards|regards|yours (?:sincerely|faithfully|truly)|sincerely"
    r"|cheers|best wishes|all the best|alvast (?:hartelijk )?(?:bedankt|dank)|bij voorbaat dank|(?:many )?thanks|thank you|bedankt|xx?x?|liefs|ciao)"
)
_CLOSING_LINE = re.compile(_CLOSING_WORDS + r"\b", re.IGNORECASE)
_CLOSING_TAIL = re.compile(
    r"(?<=[^\s,(])[ ,]+((?i:"
    + _CLOSING_WORDS.replace("|xx?x?", "")
    + r")[,.!]? +(?:[A-Z][\w.'’-]{0,24} ?|van |de |der |den |el |ten |ter ){1,6})$",
)
_BULLET = re.compile(r"(?:[-*•·–—▪●◦]+|\(?\d{1,2}[.)]|[a-h]\))[ \t]+(?=\S)")
_INLINE_ITEM = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})(\)|\.)[ ](?=[^\W\d])")
_END = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"'”’»)\]]*)(?=\s|$)|(?<=[a-zà-ÿ]{3})[.!?](?=[A-Z][a-zà-ÿ])")
_WORD_BEFORE = re.compile(r"([^\s(\[\"'„“]{1,40})$")
_POSTSCRIPT = re.compile(r"(?<=\S) (?=(?:PS|P\.S\.|Ps|ps)[:,.]? \S)")
_ADDRESS = re.compile(r"@|://|^www\.", re.IGNORECASE)


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a mail in order, each as it stands there but for white space. Greetings, closings and list
    items are sentences of their own."""
    found: list[str] = []
    for line in _logical_lines(text[:MAX_CHARS]):
        for piece in _pieces(line):
            found.extend(sentence for sentence in _split_at_stops(piece) if _says_something(sentence))
    return tuple(found)


def _says_something(sentence: str) -> bool:
    return any(char.isalnum() for char in sentence)


def _logical_lines(text: str) -> Iterator[str]:
    """Lines, with soft-wrapped ones joined again."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    width = _wrap_width(lines)
    current = ""
    last = ""  # the physical line that `current` ends with
    for line in lines:
        if current and line and _continues(last, line, width):
            current = f"{current} {line}"
        else:
            if current:
                yield current
            current = line
        last = line
    if current:
        yield current


def _wrap_width(lines: list[str]) -> int:
    """The column at which this text was wrapped, 0 when it was not. One long line proves nothing for a writer who
    starts sentences without capitals: there each line may be a sentence."""
    longest = max((len(line) for line in lines), default=0)
    if not 55 <= longest <= 84:
        return 0
    full = sum(_is_full(line, after, longest) for line, after in pairwise(lines) if after)
    first = next((line for line in lines if line), "")
    return longest if full >= 2 or (full == 1 and first[:1].isupper()) else 0


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _continues(line: str, after: str, width: int) -> bool:
    """Whether `after` goes on with the sentence of `line`."""
    if _BULLET.match(after) or _GREETING.fullmatch(line) or _CLOSING_LINE.match(after):
        return False
    if line.endswith((".", "!", "?", ":", ";", "…")) or _CLOSING_LINE.match(line):
        return False
    if width and _is_full(line, after, width):
        return after[:1].islower() or after[:1].isdigit() or width >= 68
    return line.endswith((",", "-", " en", " of", " and", " or")) and after[:1].islower() and len(line) > 20


def _pieces(line: str) -> Iterator[str]:
    """A logical line without its bullet, cut at a greeting in front, at numbered items and at a closing behind."""
    bullet = _BULLET.match(line)
    if bullet:
        line = line[bullet.end() :]
    for _ in range(2):  # "Dear Sir, dear Madam,"
        greeting = _GREETING.match(line)
        if greeting and greeting.end() < len(line):
            yield line[: greeting.end()]
            line = line[greeting.end() :].lstrip()
    for part in _POSTSCRIPT.split(line):
        said, tail = _without_closing(part)
        yield from _items(said)
        if tail:
            yield tail


def _without_closing(line: str) -> tuple[str, str]:
    """The line and the closing with a name at its end, when the line does not begin with that closing itself."""
    closing = _CLOSING_TAIL.search(line, max(0, len(line) - 120))
    at_start = _CLOSING_LINE.match(line)
    if not closing or (at_start and at_start.end() >= closing.start(1)):
        return line, ""
    return line[: closing.start(1)].rstrip(), closing.group(1)


def _items(line: str) -> Iterator[str]:
    """Cuts "1) … 2) …" when the numbers count up from one."""
    cuts: list[tuple[int, int]] = []
    for match in _INLINE_ITEM.finditer(line):
        if int(match.group(1)) == len(cuts) + 1:
            cuts.append(match.span())
    if len(cuts) < 2:
        yield line
        return
    start = 0
    for begin, end in cuts:
        yield line[start:begin].strip()
        start = end
    yield line[start:].strip()


def _split_at_stops(piece: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(piece):
        if _ends_sentence(piece, start, match):
            yield piece[start : match.end()].strip()
            start = match.end()
    rest = piece[start:].strip()
    if rest:
        yield rest


def _ends_sentence(piece: str, start: int, match: re.Match[str]) -> bool:
    if match.end() >= len(piece):
        return True
    stop = match.group()
    following = piece[match.end() : match.end() + 4].lstrip()[:1]
    if stop[-1] in ")]" and following.islower():
        return False
    if "!" in stop or "?" in stop:
        return True
    if len(stop.rstrip(")]\"'”’»")) > 1 or stop[0] == "…":  # an ellipsis trails off, or stands inside a sentence
        return following.isupper() or following.isdigit()
    before = _WORD_BEFORE.search(piece, max(start, match.start() - 40), match.start())
    word = before.group(1) if before else ""
    return _word_may_end(word, following, glued=not piece[match.end()].isspace(), at_start=len(word) == match.start())


def _word_may_end(word: str, following: str, *, glued: bool, at_start: bool) -> bool:
    lowered = word.lower().strip("(")
    if glued:
        return not _ADDRESS.search(word)
    if not lowered:  # a closing quote or bracket stands before the full stop
        return following.isupper()
    if (lowered.isdigit() and len(lowered) <= 2 and not following.isupper()) or (lowered == "gr" and at_start):
        return False
    if lowered in _TITLES or lowered in _INSIDE:
        return False
    if len(word) == 1 and word.isalpha() and word.isupper():  # an initial
        return False
    if "." in word and all(len(part) <= 1 for part in word.split(".")):  # initials, or a.m.
        return lowered in _MAYBE and following.isupper()
    if lowered in _MAYBE:
        return following.isupper()
    return True
