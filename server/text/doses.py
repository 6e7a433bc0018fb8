"""Strengths and ways of taking in a text ("50 mg", "2x daags 1 tablet"), comparable however they are written."""

import re
from dataclasses import dataclass, field

from server.text.calendar_words import one_of
from server.text.numbers import NUMBER_WORDS, read_digits
from server.text.spans import Taken
from server.text.words import fold

# unit → (family, factor)
_UNITS = {
    "mg": ("g", 1e-3), "milligram": ("g", 1e-3), "milligrams": ("g", 1e-3), "milligrammen": ("g", 1e-3), "mgr": ("g", 1e-3),
    "mcg": ("g", 1e-6), "µg": ("g", 1e-6), "μg": ("g", 1e-6), "ug": ("g", 1e-6), "microgram": ("g", 1e-6),
    "micrograms": ("g", 1e-6), "microgrammen": ("g", 1e-6), "g": ("g", 1.0), "gr": ("g", 1.0), "gram": ("g", 1.0), "grams": ("g", 1.0),
    "ml": ("l", 1e-3), "milliliter": ("l", 1e-3), "millilitre": ("l", 1e-3), "millilitres": ("l", 1e-3), "milliliters": ("l", 1e-3),
    "cc": ("l", 1e-3), "ie": ("e", 1.0), "iu": ("e", 1.0), "e": ("e", 1.0), "eh": ("e", 1.0), "unit": ("e", 1.0), "units": ("e", 1.0),
    "eenheid": ("e", 1.0), "eenheden": ("e", 1.0), "%": ("%", 1.0), "procent": ("%", 1.0), "percent": ("%", 1.0), "mmol": ("mol", 1.0),
}  # fmt: skip
_WORDS = {
    word: value
    for word, value in NUMBER_WORDS.items()
    if word not in ("een", "one")
    and (0 < value <= 30 or (value % 10 == 0 and value <= 100) or (value % 100 == 0 and value <= 1000))
}
_WORDS |= {"hundred": 100, "a hundred": 100, "one hundred": 100, "a thousand": 1000, "one thousand": 1000}
_WORDS |= {f"{word} hundred": NUMBER_WORDS[word] * 100 for word in ("two", "three", "four", "five", "six", "eight")}
_WORDS |= {
    f"{word} thousand": NUMBER_WORDS[word] * 1000
    for word in NUMBER_WORDS
    if word.isascii() and 1 < NUMBER_WORDS[word] <= 12
}
_WORDS |= {f"{word}duizend": NUMBER_WORDS[word] * 1000 for word in NUMBER_WORDS if 1 < NUMBER_WORDS[word] <= 12}
_HALVES = {
    "half": 0.5, "half a": 0.5, "half an": 0.5, "half of a": 0.5, "one half": 0.5, "a half": 0.5, "een halve": 0.5, "halve": 0.5, "een half": 0.5,
    "½": 0.5, "1/2": 0.5, "1/4": 0.25, "¼": 0.25, "een kwart": 0.25, "a quarter": 0.25, "a quarter of a": 0.25, "1½": 1.5, "1 1/2": 1.5,
    "anderhalf": 1.5, "anderhalve": 1.5, "one and a half": 1.5, "tweeenhalf": 2.5, "tweeenhalve": 2.5, "two and a half": 2.5,
}  # fmt: skip
_FEW = {word: value for word, value in _WORDS.items() if value <= 12}
_NUMBER = rf"(?:\d{{1,7}}(?:[.,]\d{{1,4}})*|{one_of(_WORDS)})"
_DOSE = re.compile(
    rf"(?<![\w.,€])(?P<numbers>{_NUMBER}(?:\s?[/+-]\s?{_NUMBER}){{0,3}})\s?-?(?P<unit>{one_of(_UNITS)})(?![a-zµ])"
    r"(?P<per>\s?/\s?(?:\d{1,4}\s?)?(?:ml|dosis|dose|puff|uur|h|g|tablet|pufje)\b)?"
)
_TIMES = {"eenmaal": 1, "tweemaal": 2, "driemaal": 3, "viermaal": 4, "once": 1, "twice": 2, "thrice": 3}
_PERIOD = r"(?P<period>daags|dagelijks|per dag|op een dag|a day|per day|daily|each day|every day|per etmaal|per week|a week|weekly|per maand|a month|per \d{1,2} (?:uur|weken|maanden)|every \d{1,2} hours)"
_FREQUENCY = re.compile(
    rf"(?<![\w.,])(?:(?P<count>\d{{1,2}}|{one_of(_FEW)}|een|one)(?:\s?(?:-|tot|to|à)\s?(?P<most>\d{{1,2}}))?\s?(?:x|×|keer|maal|times?)\s?{_PERIOD}|(?P<named>{one_of(_TIMES)})\s+{_PERIOD.replace('period', 'period2')})"
)
_EVERY = re.compile(
    rf"\b(?:om de|iedere|elke|every)\s+(?P<count>\d{{1,2}}|{one_of(_FEW)}|andere|other)\s+(?:uur|uren|hours?|dag|dagen|days?|weken|weeks?)\b"
)
_FORMS = r"(?:tablet(?:ten|s|je|jes)?|capsules?|pil(?:len|letje|letjes)?|pills?|inhalaties?|inhalations?|pufjes?|pufs?|puffs?|druppels?|drops?|sachets?|zakjes?|sprays?|verstuivingen|lepels?|maatlepels?|spoon(?:ful)?s?|eenheden|units|e|ml|injecties?|injections?|stuks?|zetpil(?:len)?|pleisters?|patch(?:es)?|kauwtablet(?:ten)?)"
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<count>{one_of(_HALVES)}|\d{{1,3}}(?:[.,]\d{{1,2}})?|{one_of(_FEW)}|een|one|a single|a)(?:\s?(?:-|tot|to|à)\s?(?P<most>\d{{1,2}}))?\s+(?:extra\s+|hele\s+)?(?P<form>{_FORMS})\b"
)
_PER_DAY = re.compile(
    rf"(?<![\w.,/])(?P<count>{one_of(_HALVES)}|\d{{1,2}}|{one_of(_FEW)}|een|one|a single)\s+(?:{_FORMS}\s+)?"
    r"(?:per dag|a day|per day|each day|every day|elke dag|iedere dag|daily|per etmaal|per 24 uur|in 24 hours)\b"
)
_MOMENTS = {
    "morning": r"'s (?:ochtends|morgens)|(?:elke|iedere) (?:ochtend|morgen)|in de ochtend|(?:each|every|in the) morning|(?:at|before|with) breakfast|bij het ontbijt",
    "noon": r"'s middags|(?:elke|iedere) middag|(?:each|every|in the) afternoon|at noon|at lunch\w*|bij de lunch",
    "evening": r"'s avonds|(?:elke|iedere) avond|in de avond|(?:each|every|in the) evening|at (?:dinner|supper)|bij het avondeten",
    "night": r"voor de nacht|voor het slapen(?: gaan)?|'s nachts|(?:each|every) night|at (?:night|bedtime)|before (?:bed|sleep)\w*",
}
_MOMENT = re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{words})\b)" for name, words in _MOMENTS.items()))
_BARE_STRENGTH = re.compile(
    r"\s(?P<numbers>\d{1,4}(?:[.,]\d{1,2})?(?:\s?/\s?\d{1,4}(?:[.,]\d{1,2})?){1,3}"
    r"|\d{1,4}(?:[.,]\d{1,2})?(?=[.,;:)!?]?\s*$|[,;)]\s|\s(?:is|ligt|liggen|en|and|kan|kunt|mag|can|has|heeft|staat|wordt|op|in)\b))(?![\w%/])"
)


@dataclass(frozen=True)
class Dose:
    """A strength. `values`: (family, amount) of each of its numbers: "30/150 microgram" has two; the family is "" when
    no unit is named ("Symbicort 200/6")."""

    words: str = field(repr=False)
    values: frozenset[tuple[str, float]] = frozenset()
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Intake:
    """How often ("frequency", "2/day"), how much at a time ("amount", "1"), how much in a day ("total", "3") or when
    ("moment", "evening")."""

    words: str = field(repr=False)
    kind: str = "frequency"
    value: str = ""
    start: int = 0
    end: int = 0


def _value(words: str) -> float:
    if words in _HALVES:
        return _HALVES[words]
    return (
        1.0
        if words in ("een", "one", "a", "a single")
        else (read_digits(words) if words[0].isdigit() else _WORDS[words])
    )


def find_doses(text: str) -> tuple[Dose, ...]:
    """Every strength, in the order of the text."""
    folded = fold(text)
    found = []
    for match in _DOSE.finditer(folded):
        family, factor = _UNITS[match["unit"]]
        numbers = re.split(r"\s?[/+-]\s?", match["numbers"])
        values = frozenset((family, round(_value(number) * factor, 12)) for number in numbers if number)
        found.append(Dose(text[match.start() : match.end()], values, *match.span()))
    return tuple(found)


def find_bare_strength(text: str, place: int) -> Dose | None:
    """The strength without a unit that follows a medicine whose name ends at `place`."""
    match = _BARE_STRENGTH.match(text, place)
    if match is None:
        return None
    values = frozenset(("", read_digits(number)) for number in re.split(r"\s?/\s?", match["numbers"]))
    return Dose(match["numbers"], values, *match.span("numbers"))


def _period(words: str) -> str:
    if words in (
        "daags",
        "dagelijks",
        "per dag",
        "op een dag",
        "a day",
        "per day",
        "daily",
        "each day",
        "every day",
        "per etmaal",
    ):
        return "day"
    return {"per week": "week", "a week": "week", "weekly": "week", "per maand": "month", "a month": "month"}.get(
        words, words
    )


def find_intakes(text: str) -> tuple[Intake, ...]:
    """How often and how much: "2x daags", "twice a day", "om de acht uur"; "1 tablet", "twee pufjes"."""
    folded = fold(text)
    found: list[Intake] = []
    taken = Taken(len(text))
    for match in _PER_DAY.finditer(folded):
        if taken.claim(*match.span()):
            found.append(
                Intake(text[match.start() : match.end()], "total", f"{_value(match['count']):g}", *match.span())
            )
    for match in _MOMENT.finditer(folded):
        if taken.claim(*match.span()):
            found.append(Intake(text[match.start() : match.end()], "moment", match.lastgroup or "", *match.span()))
    for match in _FREQUENCY.finditer(folded):
        count = _TIMES[match["named"]] if match["named"] else int(_value(match["count"]))
        value = f"{count}{'-' + match['most'] if match['most'] else ''}/{_period(match['period'] or match['period2'])}"
        if taken.claim(*match.span()):
            found.append(Intake(text[match.start() : match.end()], "frequency", value, *match.span()))
    for match in _EVERY.finditer(folded):
        if taken.claim(*match.span()):
            found.append(Intake(text[match.start() : match.end()], "frequency", match[0], *match.span()))
    for match in _AMOUNT.finditer(folded):
        value = f"{_value(match['count']):g}{'-' + match['most'] if match['most'] else ''}"
        if taken.claim(*match.span()):
            found.append(Intake(text[match.start() : match.end()], "amount", value, *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))
