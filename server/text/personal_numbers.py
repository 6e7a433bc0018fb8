"""Dates of birth and numbers that belong to somebody (customer, policy, order, prescription, passport, licence plate, handle),
in digits or in words. What counts, doses or tells a day without a year stays."""

import re
from collections.abc import Iterator

from server.text.calendar_words import DAY, DAY_WORDS, MONTHS, one_of
from server.text.numbers import NUMBER_WORDS, read_number_word
from server.text.words import fold

_MONTH = one_of((*MONTHS, "maa"))  # "24 maa 1949"
_YEAR = r"(?:(?:1[89]|20)\d{2}|['’]?\d{2}(?!\d|[.:]\d| ?(?:uur|u|h|am|pm|tabl\w*|stuks?|caps\w*|pil\w*|mg|ml|x)\b))"
_SEPARATOR = r"[ ]?[-/.][ ]?|[ ]"
_UNDER_100 = one_of(word for word, value in NUMBER_WORDS.items() if value < 100 and value == int(value))
_YEAR_WORDS = rf"(?:(?:negentien|twintig|tweeduizend|nineteen|twenty|two thousand)(?:[ -]?(?:honderd|hundred))?(?:[ -]?(?:en|and))?(?:[ -]?(?:{_UNDER_100}))?(?:[ -](?:{_UNDER_100}))?\b)"
_BORN = r"\b(?:geb(?:oren|oortedatum|oortedag|\.? ?dat(?:um)?)?|jarig|verjaar\w*|born|d\.?o\.?b|date of birth|birth ?(?:date|day)|birthdate)\b[ .:,]{0,3}(?:is|was|op|on|:)?[ .:]{0,3}"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d.,/-])\d{{1,2}}(?:{_SEPARATOR})\d{{1,2}}(?:{_SEPARATOR}){_YEAR}(?![\d/-]|[.,]\d)",
        r"(?<![\d.,/-])(?:1[89]|20)\d{2}[-/. ]\d{1,2}[-/. ]\d{1,2}(?!\d)",
        rf"(?<![\w.,/-])(?:the )?{DAY}(?:{_SEPARATOR})(?:of )?(?:{_MONTH})\b\.?,?(?:[ -/]{{1,3}})?(?:in )?(?:{_YEAR}|{_YEAR_WORDS})(?!\d)",
        rf"(?<!\w)(?:{_MONTH})\b\.?[ ](?:the )?{DAY},?[ ]{{1,2}}(?:{_YEAR}|{_YEAR_WORDS})(?!\d)",
        rf"(?<![\w.,/-])(?:{one_of(DAY_WORDS)})[ ](?:{one_of(DAY_WORDS)})[ ]{_YEAR_WORDS}",
        rf"{_BORN}(?P<value>(?:the )?{DAY}[ ](?:of )?(?:{_MONTH})\b|(?:{_MONTH})\b[ ]{DAY}|\d{{1,2}}[-/. ]\d{{1,2}}(?!\d)|(?:in )?(?:19|20)\d{{2}}(?!\d))",
    )
)
_CODE = r"(?=[a-z0-9./-]{0,20}\d)[a-z0-9]+(?:[./-][a-z0-9]+){0,4}"
_NAMED = re.compile(
    r"(?<!\w)(?:klant|client|patient|polis|verzekerings?|verzekerden|relatie|dossier|zaak|klacht|order|bestel|bestellings?|recept|factuur|rekening|kenmerk|referentie|lidmaatschaps|lid"
    r"|inschrijf|track(?:ing)?|zending|pakket|paspoort|rijbewijs|identiteits|id|agb|big|uzi|customer|member|policy|insurance|account|reference|ref|case|claim|prescription|script|rx|invoice"
    r"|passport|licen[cs]e|registration|chart|mrn|medicaid|medicare|bsn|burgerservice|sofi|ssn|social security|nhs|ni|health card|group|bin|pcn|kenteken|nummerplaat|plate|number plate"
    r"|reg)(?:[ -]?(?:nummer|nr|no|number|num|code|id|plate|bewijs|kaart))?s?(?:[ ](?:is|was|heeft|has|had|nummer|nr|no|number|van|mijn|:|met|with))*[ .:=#-]{1,4}"
    rf"(?P<value>{_CODE})(?![\w])(?![ ]?(?:mg|ml|mcg|g|tablet|capsule|euro|stuks|dag|week|we[ek]|maand|jaar|day|month|year|keer|times|uur|repeat|herhaling|items?)\w*)"
)  # fmt: skip
_OTHER = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w@./-])@[\w.]{2,40}\w",  # a handle
        r"(?<![\w-])(?:[A-Za-z]{1,2}-\d{3}-[A-Za-z]{1,2}|\d{1,2}-[A-Za-z]{2,3}-\d{1,2}|[A-Za-z]{2}-\d{2}-[A-Za-z]{2}|\d{2}-\d{2}-[A-Za-z]{2}|[A-Za-z]{2}-\d{2}-\d{2}|[A-Za-z]{2}-[A-Za-z]{2}-\d{2}"
        r"|\d{2}-[A-Za-z]{2}-[A-Za-z]{2}|[A-Za-z]{3}-\d{2}-[A-Za-z]|\d-[A-Za-z]{3}-\d{2,3}|[A-Z]{2}\d{2}[ ]?[A-Z]{3}|[a-z]{2}\d{2}[ ][a-z]{3})(?![\w-])",  # licence plates
        r"(?<![\w#])#[ ]?\d{3,12}\b",
    )
)
# "jan punt smit apenstaartje post punt nl"
_SPELLED_MAIL = re.compile(
    r"(?<![\w.])[\w+-]{1,40}(?: ?(?:\.| punt | dot | min | streepje | underscore ) ?[\w-]{1,40}){0,3} ?(?:@| ape?n?staartje? |\(at\)|\[at\]| at ) ?[\w-]{1,40}"
    r"(?: ?(?:\.| punt | dot |\(dot\)) ?[a-z]{2,12}){1,3}\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\w)[(+]{0,2}\d(?:[ ._/()-]{0,3}\d){5,30}")
# letters and digits in one: "ZK-88123-A", "rx1234567"; a dose or a unit behind digits is none
_MIXED = re.compile(
    r"(?<![\w@.-])(?=[A-Za-z./-]{0,12}\d)(?=[\d./-]{0,14}[A-Za-z])(?!\d{1,5}(?:mg|ml|mcg|ug|g|ie|iu|x|dd|st|e|de|ste|nd|rd|th)\b)[A-Za-z\d]+(?:[./-][A-Za-z\d]+){0,5}(?![\w])"
)
_LEAST_MIXED = 6  # characters of such a code, when no word before it says what it is
_MOST_MIXED = 40
_SPOKEN_WORD = re.compile(r"[^\W_]+")
_SPOKEN_GAP = re.compile(r"[\s,.-]{1,3}")
_LEAST_SPOKEN = 6  # digits in words
_TWICE = {"dubbel": 2, "double": 2, "dubbele": 2, "triple": 3, "driemaal": 3, "tweemaal": 2}
_AND = frozenset({"en", "and"})


def find_dates(text: str) -> Iterator[tuple[int, int]]:
    """The places of dates with a year, in digits or words, and of days said to be somebody's birthday."""
    low = fold(text)
    for pattern in _DATES:
        for match in pattern.finditer(low):
            yield match.span("value") if "value" in pattern.groupindex else match.span()


def find_spelled_mails(text: str) -> Iterator[tuple[int, int]]:
    """The places of mail addresses whose signs are spelled out."""
    if "@" in text or re.search(r"staart|\bat\b", text, re.IGNORECASE):
        yield from (match.span() for match in _SPELLED_MAIL.finditer(text))


def find_numbers(text: str) -> Iterator[tuple[int, int]]:
    """The places of numbers and codes that belong to somebody."""
    low = fold(text)
    for match in _NAMED.finditer(low):
        if len(re.sub(r"\W", "", match["value"])) > 2:
            yield match.span("value")
    for pattern in _OTHER:
        yield from (match.span() for match in pattern.finditer(text))
    yield from _spoken(low)
    for match in _MIXED.finditer(text):
        if _LEAST_MIXED <= len(match[0]) <= _MOST_MIXED and sum(map(str.isdigit, match[0])) > 1:
            yield match.span()
    yield from (match.span() for match in _DIGITS.finditer(text))


def _spoken_digits(word: str) -> str:
    if word.isdigit():
        return word[:12]
    value = 0.0 if word in ("oh", "zero", "nul", "o") else read_number_word(word)
    return str(int(value)) if value is not None and value < 100 and value == int(value) else ""


def _spoken(low: str) -> Iterator[tuple[int, int]]:
    """Numbers said digit by digit or in pairs ("nul zes twaalf vierendertig", "double four"), at least some of it in words."""
    run: list[re.Match[str]] = []
    digits, times, worded = "", 1, 0
    for match in (*_SPOKEN_WORD.finditer(low), None):
        joined = match is not None and (not run or _SPOKEN_GAP.fullmatch(low, run[-1].end(), match.start()) is not None)
        word = match[0] if match else ""
        said = _spoken_digits(word) if joined else ""
        if match is None or not joined or not (said or (word in _TWICE)):
            if len(digits) >= _LEAST_SPOKEN and worded > 2:
                yield run[0].start(), run[-1].end()
            run, digits, times, worded = [], "", 1, 0
            said = _spoken_digits(word) if match else ""
        if match is not None and (said or word in _TWICE):
            run.append(match)
            worded += not word.isdigit()
            digits += said * times
            times = _TWICE.get(word, 1)


def said_digits(text: str) -> str:
    """The digits of a text, also those in words, one after another; a space where a word stands between."""
    pieces, times = [], 1
    for match in _SPOKEN_WORD.finditer(fold(text)):
        word = match[0]
        said = _spoken_digits(word) or ("" if not any(map(str.isdigit, word)) else re.sub(r"\D", "", word))
        pieces.append(said * times if said else ("" if word in _TWICE else " "))
        times = _TWICE.get(word, 1)
    return "".join(pieces)
