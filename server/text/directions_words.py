"""The words of a dosage text, as rules: what may stand there, in Dutch and in the codes of US and UK prescriptions.

A rule is (kind, pattern). The reader (directions.py) takes the first rule that fits at each place; where none fits, the text
is not read: nothing is guessed (domain.md §2.1, §2.2)."""

import re
from collections.abc import Mapping

# How a unit is counted: "piece" is handed out by number, the others by content of a container.
UNITS: Mapping[str, tuple[str, ...]] = {
    "piece": (
        "tabletten", "tabletjes", "tabletje", "tablet", "tabl", "tabs", "tab", "tablets", "capsules", "capsule", "caps", "cap", "pillen",
        "pil", "pills", "pill", "dragees", "dragee", "stuks", "stuk", "sachets", "sachet", "zakjes", "zakje", "pleisters", "pleister",
        "patches", "patch", "zetpillen", "zetpil", "suppositories", "suppository", "ampullen", "ampul", "injecties", "injectie", "injections",
        "injection", "pennen", "pen", "pens", "spuiten", "spuit", "kauwtabletten", "kauwtablet",
    ),
    "ml": ("milliliter", "millilitres", "ml", "cc"),
    "puff": ("inhalaties", "inhalatie", "inhalations", "inhalation", "pufjes", "pufje", "puffs", "puff", "pufs", "puf", "inh",
             "verstuivingen", "verstuiving", "sprays", "spray", "doses", "dosis"),
    "drop": ("druppels", "druppel", "drops", "drop", "gtts", "gtt"),
    "unit": ("eenheden", "eenheid", "units", "unit", "ie", "iu", "e"),
    "weight": ("milligram", "microgram", "mg", "mcg", "gram", "g"),
    "teaspoon": ("teaspoons", "teaspoon", "tsp"),
    "tablespoon": ("tablespoons", "tablespoon", "tbsp"),
}  # fmt: skip
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words}
CODE_UNITS = {  # of the Dutch code of prescribers ("1D1T")
    "t": "piece", "c": "piece", "zp": "piece", "pl": "piece", "zk": "piece", "am": "piece", "st": "piece", "ml": "ml", "d": "drop",
    "gt": "drop", "dr": "drop", "puf": "puff", "inh": "puff", "do": "puff", "sp": "puff", "e": "unit",
}  # fmt: skip
DAYS = {"d": 1, "dag": 1, "dagen": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weken": 7, "weeks": 7, "m": 30, "maand": 30, "maanden": 30,
        "month": 30, "months": 30}  # fmt: skip
NUMBERS = {
    "½": "1/2", "¼": "1/4", "¾": "3/4", "een halve": "1/2", "een half": "1/2", "halve": "1/2", "half": "1/2", "anderhalve": "3/2", "anderhalf": "3/2",
    "a half": "1/2", "one": "1", "two": "2", "three": "3", "four": "4", "een": "1", "twee": "2", "drie": "3", "vier": "4", "vijf": "5",
    "zes": "6", "acht": "8", "tien": "10", "half a": "1/2",
}  # fmt: skip
ROMAN = {"iii": "3", "ii": "2", "i": "1", "ss": "1/2"}


def _one_of(words: object) -> str:
    return "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True))  # type: ignore[attr-defined]


_FIGURE = r"\d{1,4}(?:[.,]\d{1,2})?(?![.,]?\d)"
_N = rf"(?:\d/\d|{_FIGURE}|(?:{_one_of(NUMBERS)})(?!\w))"
_SIG_N = rf"(?:{_N}|(?:{_one_of(ROMAN)})(?!\w))"


def _range(number: str, name: str = "") -> str:
    low, high = f"low{name}", f"high{name}"
    return rf"(?P<{low}>{number})(?:\s?(?:-|–|tot|to|à|or)\s?(?P<{high}>{number}))?"


_R, _S = _range(_N), _range(_SIG_N)
_A, _UNIT = _range(_N, "2"), rf"(?P<unit>{_one_of(UNIT_OF)})(?!\w)"
_X = r"\s?(?:x|×|maal|keer)\s?"
_A_DAY = r"(?:per dag|daags|dgs|dagelijks|per etmaal|per 24 uur|in 24 uur|/\s?dag|op een dag)(?!\w)"
_PERIOD = rf"(?P<period>{_one_of(DAYS)})(?!\w)"

DUTCH = (
    ("cycle", r"(?P<on>\d{1,2}) dagen(?=.{0,60}?\b(?P<off>\d{1,2}) dagen (?:geen|stop|niet|niets|pauze|rust))"),
    ("cycle", r"(?P<on>\d{1,2}) aan\s?/\s?(?P<off>\d{1,2}) af"),
    ("skip", r"(?:daarna|gevolgd door|dan) \d{1,2} dagen (?:geen|stop|niets?|pauze|rust)(?: tablet(?:ten)?)?|\d{1,2} dagen (?:stop|pauze|rust)"),
    ("code", rf"{_R}(?:x(?P<every>\d{{1,2}}))?(?P<period>[dwm]){_A}(?P<unit>{_one_of(CODE_UNITS)})(?![a-z])"),
    ("code", rf"{_R}\s?(?P<period>d)d(?:\s?{_A}(?!\w)(?:\s?(?P<word>{_one_of(UNIT_OF)})(?!\w))?)?(?!\w)"),
    ("cap_times", rf"max(?:imaal|\.)?\s?(?P<high>{_N}){_X}{_A_DAY}"),
    ("cap", rf"max(?:imaal|\.)?\s?(?P<high>{_N})(?:\s(?:{_one_of(UNIT_OF)}))?\s?{_A_DAY}"),
    ("times", rf"{_R}{_X}{_A_DAY}"),
    ("times", r"(?P<named>eenmaal|tweemaal|driemaal|viermaal) (?:daags|per dag)"),
    ("times", rf"{_R}{_X}(?:per|in de|/)\s?(?:(?P<every>\d{{1,2}})\s)?{_PERIOD}"),
    ("hours", r"(?:om de|elke|iedere|per) (?P<least>\d{1,2})(?:-(?P<longest>\d{1,2}))? uur"),
    ("times", r"om de (?:andere )?(?P<alternate>dag|week)(?!\w)"),
    ("times", rf"(?:om de|elke|iedere|per) (?:(?P<every>\d{{1,2}})\s)?{_PERIOD}"),
    ("times", r"(?:dagelijks|daags)(?!\w)"),
    ("times", r"(?P<weekly>wekelijks)(?!\w)"),
    ("amount", rf"{_R}\s?(?:hele\s)?{_UNIT}"),
    ("course", r"(?:gedurende|voor) (?P<count>\d{1,3}) (?P<period>dagen|weken)(?!\w)"),
    ("moment", r"'?s (?:ochtends|morgens|middags|avonds)|voor de nacht|voor het slapen(?: gaan)?|bij (?:het|de) (?:ontbijt|lunch|avondeten)"
               r"|voor het (?:ontbijt|avondeten)|(?:vm|av|an|vn)(?!\w)"),
    ("needed", r"(?:zo nodig|indien nodig|z\.?n\.?(?!\w)|bij (?:een )?(?:pijn|klachten|aanval|migraine|benauwdheid|koorts|misselijkheid|hoest))(?!\w)"),
    ("both", r"(?:per neusgat|in (?:elk|ieder|beide) (?:neusgat(?:en)?|ogen|oog|oor|oren)|per oog|beide ogen)(?!\w)"),
    ("bare", rf"{_R}(?=\s|$|,)"),
    ("skip", r"(?:bij de maaltijd|bij het eten|met (?:water|voedsel)|(?:voor|na|tijdens) (?:het eten|de maaltijd)|nuchter|innemen|inhaleren|via voorzetkamer"
             r"|(?:op )?(?:\()?(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:\))?|en|ve|ach|te|ne|nuc|kt|oraal|in het (?:linker|rechter)? ?(?:oog|oor))(?!\w)"),
)  # fmt: skip

_DAILY = r"(?:a day|per day|daily|each day|every day|/\s?day|in 24 hours|per 24 hours)(?!\w)"
ENGLISH = (
    ("skip", r"(?:#\s?\d+|(?:disp|qty|rf|refills?|daw)\s?:?\s?\d+|nr)(?!\w)"),
    ("cap", rf"max(?:imum|\.)?\s?(?P<high>{_N})(?:\s(?:{_one_of(UNIT_OF)}))?\s?{_DAILY}"),
    ("amount", rf"{_S}\s?{_UNIT}"),
    ("times", r"(?P<fixed>qd|once daily|once a day|daily|every day|each day|bid|bd|b\.i\.d\.|twice daily|twice a day|tid|tds|t\.i\.d\.|qid|qds|q\.i\.d\."
              r"|qod|alt die|every other day|qw|once weekly|once a week|weekly|biw|tiw)(?!\w)"),
    ("times", rf"{_R} times {_DAILY}"),
    ("times", rf"{_R} times (?:a|per) {_PERIOD}"),
    ("hours", r"(?:q|every )\s?(?P<least>\d{1,2})(?:\s?-\s?(?P<longest>\d{1,2}))?\s?(?:h|hrs?|hours?)(?!\w)"),
    ("times", rf"every (?P<every>\d{{1,2}}) {_PERIOD}"),
    ("moment", r"(?:qam|qpm|qhs|hs|mane|nocte|at bedtime|at night|nightly|every (?:morning|evening|night)|in the (?:morning|evening))(?!\w)"),
    ("course", r"(?:for|x) (?P<count>\d{1,3}) (?P<period>days|weeks)(?!\w)"),
    ("needed", r"(?:prn|sos|as needed|if needed|when required)(?: for (?:pain|cough|anxiety|sleep|nausea|headache))?(?!\w)"),
    ("both", r"(?:ou|au|in (?:both|each) (?:eyes?|ears?|nostrils?)|(?:each|both) (?:eyes?|nostrils?))(?!\w)"),
    ("skip", r"(?:take|inhale|instill|inject|use|give|po|by mouth|orally|sl|pr|pv|sc|sq|subq|im|inh|neb|top|ac|pc|with (?:food|meals|water)"
             r"|(?:before|after) (?:food|meals|breakfast)|and|os|as|ad|(?:in )?(?:the )?(?:left|right) (?:eye|ear))(?!\w)"),
)  # fmt: skip
FIXED = {  # gifts a day
    **dict.fromkeys(("qd", "once daily", "once a day", "daily", "every day", "each day", "od"), "1"),
    **dict.fromkeys(("bid", "bd", "b.i.d.", "twice daily", "twice a day"), "2"), **dict.fromkeys(("tid", "tds", "t.i.d."), "3"),
    **dict.fromkeys(("qid", "qds", "q.i.d."), "4"), **dict.fromkeys(("qod", "alt die", "every other day"), "1/2"),
    **dict.fromkeys(("qw", "once weekly", "once a week", "weekly"), "1/7"), "biw": "2/7", "tiw": "3/7",
    "eenmaal": "1", "tweemaal": "2", "driemaal": "3", "viermaal": "4",
}  # fmt: skip
# Codes that mean another thing in each country: "od" is the right eye in the US and once a day in the UK.
LOCAL: Mapping[str, tuple[tuple[str, str], ...]] = {
    "US": (("skip", r"od(?!\w)"),),
    "GB": (("times", r"(?P<fixed>od)(?!\w)"), ("moment", r"(?:on|om)(?!\w)")),
}
