"""Takes the people out of a text before it leaves the house: known values first, then patterns, then unknown names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from server.text.contact_data import find_contact_data
from server.text.identifiers import find_identifiers, is_bsn
from server.text.known_values import NAME_WORD, KnownValues, squashed
from server.text.medicines import find_medicines
from server.text.patterns import fold
from server.text.spans import Taken

_BRACKETS = str.maketrans("<>[]{}", "‹›()()")
_MONTH = (
    r"(?:jan|feb|febr|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|sept|okt|oct|nov|dec)[a-z]{0,6}\.?"  # "maart", "Sept."
)
_PATTERNS = (
    ("DATE", r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})\b|\b\d{4}-\d{1,2}-\d{1,2}\b"),
    ("DATE", rf"\b\d{{1,2}}(?:e|ste|de|st|nd|rd|th)?\s{{1,3}}(?:of\s)?{_MONTH},?\s{{1,3}}(?:\d{{4}}|['’]\d{{2}})\b"),
    ("DATE", rf"\b{_MONTH}\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,3}}\d{{4}}\b"),
    ("ADDRESS", r"\b[1-9]\d{3} ?[A-Z]{2}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    (
        "ADDRESS",
        r"\b[^\W\d_][\w'’-]{0,40}(?:straat|laan|weg|plein|gracht|kade|dijk|hof|singel|pad|dreef|steeg|markt|park)\s{1,3}\d{1,5}[a-z]?\b",
    ),
    (
        "ADDRESS",
        r"\b\d{1,5}[a-z]?\s(?:[A-Z][\w'’-]{1,30}\s){1,3}(?:Street|Road|Lane|Avenue|Drive|Close|Way|Court|St|Rd|Ave)\b",
    ),
    ("NUMBER", r"\d(?:[ ._/-]{0,2}\d){5,30}"),
    ("NUMBER", r"\b(?=[A-Za-z-]{0,12}\d)(?=[\d-]{0,12}[A-Za-z])[A-Za-z\d-]{6,40}\b"),
)
_COMPILED = tuple((label, re.compile(pattern, re.IGNORECASE if label == "DATE" else 0)) for label, pattern in _PATTERNS)
# a whole word: were half a word enough, a run of names could be read in more ways than there is time for
_NAME = r"(?:(?<![\w'’-])[A-ZÀ-ÖØ-Þ][\w'’-]{1,40}(?![\w'’-])\.?)"
_PARTICLE = r"(?:van|de|den|der|het|'t|ten|ter|te|el|al|bin|von|la|le|da|di|dos|op)"
_AFTER_CUE = re.compile(
    r"\b(?:(?i:meneer|mijnheer|mevrouw|mevr|mw|dhr|heer|mr|mrs|ms|miss|dr|dokter|doctor|zuster|broeder|familie|fam|arts"
    r"|naam is|name is|heet|called|ik ben|i am|i'm|namens|t\.?a\.?v|groetjes|groeten|groet|gr|mvg|liefs|regards|wishes"
    r"|sincerely|cheers|thanks))[\s.,:!-]{1,6}"
    rf"((?:[A-Z]\.\s?){{0,4}}(?:{_PARTICLE}\s+){{0,3}}{_NAME}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,3}}{_NAME}){{0,3}})"
)
_SIGNED = re.compile(
    r"(?i:\b(?:groetjes|groeten|groet|gr|mvg|liefs|regards|wishes|sincerely|cheers|thanks|dank|bedankt))[.,!]?[ \t]*\n\s{0,6}"
    r"([^\W\d_][^\d\n@]{1,40})(?=\n|$)"
)
_IN_A_ROW = re.compile(
    rf"(?:\b[A-Z]\.\s?){{1,4}}(?:{_PARTICLE}\s+){{0,3}}{_NAME}|{_NAME}(?:[ ](?:{_PARTICLE}[ ]){{0,3}}{_NAME}){{1,3}}"
)
_OWN_LINE = re.compile(rf"(?:^|\n|[.!?]\s)[ ]{{0,4}}((?:(?:{_PARTICLE}|{_NAME})[ ]?){{1,5}})(?=\n|$)")
_LAST_LINE = re.compile(r"\n\s{0,6}([^\W\d_][^\d\n.,!?@]{1,24})\s*$")
_HALVES = re.compile("['’-]")
_SHORT_LINE = 7  # words in a last line that may be a farewell and a name
_SENTENCE_START = re.compile(r"(?:^|[.!?:,;]\s{1,3}|\n)[ \t]{0,4}")
_INITIALS = re.compile(r"\b(?:[A-Z]\.\s?){1,4}(?=\[NAME)")
_SIGN_OFF = frozenset(
    {"gr", "groet", "groetjes", "groeten", "mvg", "liefs", "regards", "wishes", "thanks", "bedankt", "cheers"}
)
# What the dictionaries lack, and what opens or closes a mail.
_ORDINARY = frozenset(
    re.split(
        r"\s+",
        "apotheek apotheker apothekers huisarts huisartsenpost beste geachte goedemorgen goedemiddag goedenavond goedendag dag"
        " hallo hoi hi hello dear good morning afternoon evening kind best warm regards wishes met vriendelijke groet groeten"
        " groetjes thanks thank you bedankt dank alvast pharmacy pharmacist mvg ok oke okay ik i u uw mijn my the de het een a"
        " id bsn pgb ggz gp nhs re fw fwd ps nb aub svp whatsapp app email mail sms ehic dvd tv van and en yours sincerely"
        " hierbij hierin hiervoor hoelang gaarne whenever medicijnrol medicatie herhaalrecept herhaalrecepten thuiszorg spoed"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
        " september october november december christmas easter"
        " zorgverzekeraar huisartsenpraktijk bezorgdienst apotheekteam",
    )
)


@dataclass
class _Masks:
    """Stretches of a text to be replaced, and who is who."""

    text: str = field(repr=False)
    taken: Taken
    spans: list[tuple[int, int, str, str]] = field(repr=False, default_factory=list)

    def add(self, start: int, end: int, label: str, who: str = "") -> None:
        if self.taken.claim(start, end):
            self.spans.append((start, end, label, who or squashed(self.text[start:end])))

    def merged(self) -> list[tuple[int, int, str, str]]:
        """Names with nothing but spaces, dots and particles between them are one name."""
        joined: list[tuple[int, int, str, str]] = []
        for span in sorted(self.spans):
            if joined and span[2] == joined[-1][2] == "NAME" and _between(self.text[joined[-1][1] : span[0]]):
                joined[-1] = (joined[-1][0], span[1], "NAME", joined[-1][3])
            else:
                joined.append(span)
        return joined

    def replaced(self) -> str:
        numbers: dict[tuple[str, str], int] = {}
        pieces, at = [], 0
        for start, end, label, who in self.merged():
            count = sum(one == label for one, _ in numbers)
            number = numbers.setdefault((label, who), count + 1)
            pieces += [self.text[at:start], f"[{label}_{number}]"]
            at = end
        return "".join([*pieces, self.text[at:]])


_between = re.compile(rf"[ .\t]*(?:{_PARTICLE}\s+)?(?:{_PARTICLE}\s+)?", re.IGNORECASE).fullmatch


def plain_text(text: str) -> str:
    """One form for look-alike characters, nothing invisible, and no brackets that a chat format or we ourselves give a
    meaning ("<|im_end|>", "[INST]", "[NAME_1]")."""
    composed = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\t", " "))
    kept = (
        c for c in composed if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me"}
    )
    return "".join(kept).translate(_BRACKETS)


@lru_cache(maxsize=20_000)
def _is_word(word: str) -> bool:
    """Whether Dutch or English has this word in lower case, so that a capital means nothing. The dictionaries hold
    names as well, with their capital: "Emily" is known, and no word."""
    import simplemma  # a second to load, and only a model needs it

    bare = fold(word).split("'")[0]
    return (
        len(bare) < 2
        or bare in _ORDINARY
        or any(
            simplemma.is_known(form, language) and simplemma.lemmatize(form, language)[:1].islower()
            for form in {word.lower(), bare}
            for language in ("nl", "en")
        )
    )


def _literal(masks: _Masks, folded: str, value: str, label: str, who: str = "") -> None:
    if value in folded:
        for match in re.finditer(r"(?<!\w)" + re.escape(value) + r"(?!\w)", folded):
            masks.add(*match.span(), label, who)


def _owner(word: str, words: Mapping[str, str]) -> str:
    """Whose name a word is, also as "Jans", "jan's" or half of a double name; "" when nobody's."""
    if word in words:
        return words[word]
    bare = word.removesuffix("s").rstrip("'’")
    return next((words[part] for part in (bare, *_HALVES.split(word)) if part in words), "")


def _mask_known(masks: _Masks, known: KnownValues) -> None:
    folded = fold(masks.text)
    for place in known.places:
        _literal(masks, folded, fold(place), "ADDRESS")
    for form in known.written_dates:
        _literal(masks, folded, form, "DATE", "birth")
    for number in known.numbers:
        _literal(masks, folded, fold(number), "NUMBER")
    for phrase, who in known.phrases_of_names:
        for match in phrase.finditer(folded):
            masks.add(*match.span(), "NAME", who)
    tokens = list(NAME_WORD.finditer(folded))
    for at, match in enumerate(tokens):
        owner = _owner(match[0], known.words_of_names)
        if owner:
            # "Will" and "Jan" are words as well: there the capital tells, or the place where people sign
            signs = at >= len(tokens) - 2 or tokens[at - 1][0] in _SIGN_OFF
            if signs or masks.text[match.start()].isupper() or not _is_word(match[0]):
                masks.add(*match.span(), "NAME", owner)


def _mask_contact_data(masks: _Masks) -> None:
    for found in find_identifiers(masks.text):
        masks.add(found.start, found.end, found.kind.upper())
    for contact in find_contact_data(masks.text):
        if len(contact.key) > 4:  # 112 and the like belong to nobody
            masks.add(contact.start, contact.end, contact.kind.upper(), contact.key)


def _mask_patterns(masks: _Masks) -> None:
    for label, pattern in _COMPILED[:-1]:
        for match in pattern.finditer(masks.text):
            masks.add(*match.span(), label)


def _mask_unknown_names(masks: _Masks) -> None:
    starts = {match.end() for match in _SENTENCE_START.finditer(masks.text)}
    for pattern in (_AFTER_CUE, _SIGNED, _IN_A_ROW, _OWN_LINE, _LAST_LINE):
        for match in pattern.finditer(masks.text):
            for word in NAME_WORD.finditer(masks.text, *match.span(match.lastindex or 0)):
                opens = pattern is _IN_A_ROW and word.start() in starts and _is_word(word[0])  # "Voor Jan de Vries"
                if fold(word[0]) not in _ORDINARY and not _between(word[0] + " ") and not opens:
                    masks.add(*word.span(), "NAME")
    last = masks.text.rstrip().rpartition("\n")[2]
    signed_from = masks.text.rfind(last) if len(last.split()) <= _SHORT_LINE else len(masks.text)
    for match in NAME_WORD.finditer(masks.text):
        signs = match.start() > signed_from and fold(match[0]) not in _ORDINARY  # "Fijne dag verder, Greet"
        if match[0][0].isupper() and (signs or not _is_word(match[0])):
            masks.add(*match.span(), "NAME")


def pseudonymise(text: str, known: KnownValues) -> str:
    """The text with persons, addresses, numbers and full dates as "[NAME_1]", the same person always the same number.
    Medicines stay. Expects `plain_text`; hides too much rather than too little."""
    masks = _Masks(text, Taken(len(text)))
    _mask_contact_data(masks)
    _mask_known(masks, known)
    _mask_patterns(masks)
    for mention in find_medicines(text):
        if mention.exact:
            masks.taken.mark(mention.start, mention.end)
    label, code = _COMPILED[-1]
    for match in code.finditer(text):
        masks.add(*match.span(), label)
    _mask_unknown_names(masks)
    return _INITIALS.sub("", masks.replaced())


def _nine_digits(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<!\d)\d(?:[\s._/-]{0,3}\d){8}(?![\s._/-]{0,3}\d)", text):
        yield re.sub(r"\D", "", match[0])


def leaks(text: str, known: KnownValues) -> bool:
    """Whether a text that is about to leave still holds a known value or a number that identifies. Looks at letters and
    digits only, independently of `pseudonymise`, so that one's mistake is not the other's."""
    if find_identifiers(text) or any(is_bsn(digits) for digits in _nine_digits(text)):
        return True
    bare = squashed(text)
    return any(value in bare for value in known.squashed_values)
