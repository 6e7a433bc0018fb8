"""Postal addresses in free text: streets with a number, postcodes, towns with a state; Dutch, British and American.

A street is known by its ending ("…straat 12", "12 … Road"), by the words that lead to it ("ik woon op …", "we live at …"), by a
postcode behind it or by its capitals. A number that counts something ("woont 12 jaar") is none."""

import re
from collections.abc import Iterable, Iterator

from server.text.calendar_words import MONTHS, WEEKDAYS

_WORD = r"[^\W\d_][^\W\d_.'’-]{0,40}(?:['’.-][^\W\d_]{1,40}){0,4}\.?"
_DAYS = frozenset(word for word in (*WEEKDAYS, *MONTHS) if len(word) > 3)
_UNITS = (
    r"mg|mcg|ug|µg|g|gr|gram|ml|ie|iu|dd|x|st|stuks?|tablet\w*|capsule\w*|pil\w*|pill\w*|pufjes?|puffs?|druppels?|drops?|dagen|dag|days?|weken|week|weeks?|maanden|maand|months?"
    r"|jaar|jarige?|jaren|years?|yrs?|uur|uren|hours?|u|h|min\w*|keer|times|euro|pond|pounds?|procent|percent|km|kilo\w*|kg|cm|mm|m|meter|miles?|personen|mensen|people|kinderen"
    r"|children|kids|katten|cats|honden|dogs|doosjes?|dozen|box\w*|pack\w*|jan\w*|feb\w*|maart|mrt|march|apr\w*|mei|may|jun\w*|jul\w*|aug\w*|sep\w*|okt\w*|oct\w*|nov\w*|dec\w*"
    r"|am|pm|of|t/m|tot|à|en een half|ons|liter|eenheden|units?|andere|others?|recepten?|items?|herhalingen|repeats?"
)
_NUMBER = rf"\d{{1,5}}(?:[ ]?[-/][ ]?\d{{1,4}})?(?:[ ]?[a-zA-Z](?![\w'’]))?(?:[ ](?:bis|ter|hs|huis|rood|zwart|i{{1,3}}|[1-9](?:e|de)?[ ]?etage|boven|beneden|links|rechts)\b)?(?!\d|[.,:]\d)(?![ ]?(?:{_UNITS})\b)(?![ ]?[%€$£])"
_ENDING = (
    r"(?:straat|str\.|laan|ln\.|weg|plein|gracht|kade|dijk|hof|singel|pad|dreef|steeg|markt|park|erf|zand|veld|kamp|hout|berg|wal|haven|ring|baan|akker|horst|beek|diep|dam"
    r"|burg|poort|boulevard|plantsoen|wetering|oord|kwartier|hoek|wijk|gaarde|linde|vliet|sluis|brink|donk|wei|weide|tuin|tuinen|heuvel|kerk|molen|meent|bos|gouw|stee|hoeve|lei)"
)
_BEFORE = r"(?:(?:prins|prinses|koning|koningin|burgemeester|burg\.|dr\.?|pastoor|sint|st\.?|oude|nieuwe|lange|korte|kleine|grote|eerste|tweede|derde|noord|zuid|oost|west|achter|van|de|den|der|het|'t|ter|ten|aan|onder)[ ]|(?-i:[A-Z])[^\W\d_.'’]{0,30}\.?[ ]){0,4}"
_TYPES = (
    r"(?:street|road|lane|avenue|drive|close|way|court|crescent|terrace|grove|gardens?|walk|mews|row|place|square|boulevard|parkway|circle|trail|rise|green|parade|wharf|quay|hill"
    r"|heights|st|rd|ln|ave|blvd|pkwy|dr|ct|cir|ter|pl|sq|cres|hwy)\b\.?"
)
_LIVES = r"\b(?:woont?|wonen|wonend|gewoond|woonachtig|woonde|verhuisd|verhuis\w*|adres\w*|bezorg\w*|breng\w*|lever\w*|afleveren|opsturen|stuur\w*|liggend|gevestigd|live[sd]?|living|address|moved?|deliver\w*|resid\w*|surgery|clinic|praktijk|send|bring)\b"
_NO_STREET = r"(?!(?:op|aan|in|naar|bij|voor|tussen|om|na|vanaf|tot|binnen|met|kan|kunt|kunnen|wil|graag|at|to|on|by|between|before|after|until|for|from|is|was|can|could|please|mijn|my|ons|our|it|them)\b)"
_LED = r"(?:[ :,]{1,3}(?:is|was|naar|op|aan|in|bij|van|to|at|on|nog|steeds|niet|meer|nu|now|mijn|ons|my|our|hem|haar|them|it|still|:|nieuwe?|new|adres|address|zijn|are)){0,4}[ :]{1,3}"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Dr. Schaepmanplein 3", "lijsterstraat 41a"
        rf"(?<![\w'’-]){_BEFORE}[^\W\d_][\w'’.-]{{1,40}}(?<=[^\W\d_]){_ENDING}[ ]{{1,2}}{_NUMBER}",
        # "12 Old Mill Lane", "flat 3, 12 the crescent"
        rf"(?<![\w.,/€$£-])\d{{1,5}}[a-z]?[ ](?:{_WORD}[ ]){{1,3}}{_TYPES}",
    )
)
_LIKELY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "woont op Het Zand 5", "ons adres is achter de kerk 34 bis"
        rf"{_LIVES}{_LED}(?P<street>{_NO_STREET}(?:{_WORD}[ ]){{1,5}}{_NUMBER})",
        rf"{_LIVES}{_LED}(?P<street>\d{{1,5}}[a-z]?[ ](?!{_UNITS}){_WORD}(?:[ ]{_WORD}){{0,2}})(?=[,.\n;)]|$)",
        # "Boterdiep 8, 1234 AB", also on two lines
        rf"(?P<street>(?:{_WORD}[ ]){{1,5}}\d{{1,5}}[ a-z0-9-]{{0,6}}?)(?=[ ]?[,\n][ ]?(?:\d{{4}}[ ]?[a-z]{{2}}\b|[a-z]{{1,2}}\d[a-z\d]?[ ]?\d[a-z]{{2}}\b))",
        rf"(?:^|\n)[ ]{{0,3}}(?P<street>\d{{1,5}}[a-z]?[ ]{_WORD}(?:[ ]{_WORD}){{0,3}})(?=[ ]?[,\n])(?=[^\n]{{0,40}}\n?[^\n]{{0,12}}\b(?:[a-z]{{1,2}}\d[a-z\d]?[ ]?\d[a-z]{{2}}|[a-z]{{2}}[ ]\d{{5}})\b)",
    )
)
# "Oude Gracht 33 bis", each word with a capital, not at the start of a sentence; a medicine and its strength look the same
_CAPITALS = re.compile(
    rf"(?<=[a-z,(][ ])(?P<street>(?:[A-Z][^\W\d_A-Z][^\W\d_A-Z'’.-]{{0,30}}[ ]|(?:van|de|den|der|het|ter|ten|aan)[ ]){{1,4}}(?<=[a-z.][ ]){_NUMBER})(?=[ ]?(?:[,.;)\n]|$|in\b|te\b))"
)
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_REACH = 120  # characters from a digit to the end of an address
_SMALL_UNIT = r"(?:mg|ml|mcg|ie|iu|st|mm|cc|gr|pk|te|de|en|he|na|za|al|el|ze|me|we|je|ne|er|be|nl|ma|of|in|op|is)"
_CODES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.,/€+-])[1-9]\d{{3}}[ ]?(?:[A-Z]{{2}}|(?!{_SMALL_UNIT}\b)[a-z]{{2}})(?![\w'’-])",
        r"(?<![\w.])(?:[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}|[a-z]{1,2}\d[a-z\d]?[ ]?\d(?!ml|mg|st|dd|xd)[a-z]{2})(?!\w)",
        r"(?<!\w)(?:[A-Z][\w'’.-]{1,30}[ ]){0,2}[A-Z][\w'’.-]{1,30},?[ ](?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])[ ]{1,2}\d{5}(?:-\d{4})?\b",
        r"(?i:\bzip(?:[ ]?code)?)[ :]{1,3}(?:is )?\d{5}(?:-\d{4})?\b",
    )
)  # fmt: skip


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """The places of streets with their number, of postcodes, and of American towns with state and ZIP code."""
    yield from _found((*_CODES, *_PATTERNS), text)


def find_likely_addresses(text: str) -> Iterator[tuple[int, int]]:
    """The places of words and a number that are an address by what stands around them, unless a medicine is among them."""
    yield from _found((*_LIKELY, _CAPITALS), text)


def _found(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[tuple[int, int]]:
    windows = list(_around_digits(text))
    for pattern in patterns:
        group = "street" if "street" in pattern.groupindex else 0
        for start, end in windows:
            for match in pattern.finditer(text, start, end):
                if not _DAYS & set(_LETTERS.findall(match[group].lower())):
                    yield match.span(group)


def _around_digits(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which an address can stand: near a digit, from the start of a line or word."""
    start = end = 0
    for match in _DIGITS.finditer(text):
        if match.start() > end + _REACH:
            if end:
                yield start, min(len(text), end + _REACH)
            start = max(0, match.start() - _REACH)
            start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start), 0) if start else 0
        end = match.end()
    if end:
        yield start, min(len(text), end + _REACH)
