"""Whom a mail is about when it is not its sender: relations ("voor mijn moeder") and names in the text."""

import re
from dataclasses import dataclass
from datetime import date

from server.text.patterns import fold

_RELATIONS = {
    "nl": r"moeder|vader|ma|pa|man|vrouw|echtgenoot|echtgenote|partner|vriend|vriendin|zoon|zoontje|dochter|dochtertje|kind"
    r"|kleinzoon|kleindochter|broer|broertje|zus|zusje|opa|oma|schoonmoeder|schoonvader|tante|oom|nicht|neef|buurman"
    r"|buurvrouw|overbuurman|overbuurvrouw|buren|collega|huisgenoot|huisgenote|client|bewoner|bewoonster|kennis",
    "en": r"mother|mum|mom|father|dad|husband|wife|partner|boyfriend|girlfriend|son|daughter|child|kid|baby|brother|sister"
    r"|grandfather|grandmother|grandad|grandma|granny|nan|aunt|uncle|niece|nephew|cousin|neighbour|neighbor|colleague"
    r"|coworker|flatmate|housemate|roommate|friend|client|resident|mother-in-law|father-in-law",
}  # fmt: skip
_MY = r"(?:mijn|m'n|mn|me|onze|ons|my|our)"
_ALL = "|".join(_RELATIONS.values())
# "voor mijn moeder", "namens mijn vader", "van mijn buurman", "for my mum", "my sister's", "dad's"
_FOR = re.compile(
    rf"\b(?:voor|namens|van|for|on behalf of|of)\s+{_MY}\s+(?:lieve |oude |eigen |elderly |old )?({_ALL})\b"
)
_WHOSE = re.compile(rf"\b(?:{_MY}\s+)?({_ALL})['’]s\s")
# "mijn vrouw gebruikt …", "my husband needs …"; "heeft" and "has" only when what follows is a need
_IS = re.compile(
    rf"\b{_MY}\s+({_ALL})\s+(?:(?:gebruikt|slikt|krijgt|takes|uses|needs)\b|(?:heeft|wil|moet|has|wants)\b(?=.{{0,60}}?"
    r"\b(?:nodig|medicijn\w*|medicatie|recept\w*|tablet\w*|pillen|pil|herhal\w*|bestel\w*|refill|prescription|medicine\w*|run out)\b))"
)
_BY = re.compile(
    r"(?:haalt|halen|ophalen|opgehaald|meenemen|komt|langskomt|brengt|collect|collects|pick|picks|picking|come|comes|fetch)"
)
_NAME_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[A-Z]\.(?:\s?[A-Z]\.)*)"
_PARTICLE = r"(?:van|de|den|der|het|'t|ten|ter|te|el|al|bin|von|la|le|da|di|dos|op)"
_NAME = re.compile(rf"(?<![\w@.])({_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_NAME_WORD}){{1,3}})")
_TITLED = re.compile(
    r"\b(?i:meneer|mijnheer|mevrouw|mevr\.?|mw\.?|dhr\.?|heer|mr\.?|mrs\.?|ms\.?|miss|fam\.?|familie)\s+"
    rf"((?:(?:{_PARTICLE}|[Vv]an|[Dd]e)\s+){{0,3}}{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_NAME_WORD}){{0,2}})"
)
_DATE = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ]((?:19|20)?\d{2})\b")


@dataclass(frozen=True)
class PersonsNamed:
    """`relations`: words such as "moeder" for whom something is asked; `names`: full or titled names in the text;
    `birth_dates`: dates that may be somebody's date of birth."""

    relations: tuple[str, ...]
    names: tuple[str, ...]
    birth_dates: tuple[date, ...]


def _relations(text: str) -> list[str]:
    folded = fold(text)
    found = [match.group(1) for pattern in (_FOR, _WHOSE) for match in pattern.finditer(folded)]
    for match in _IS.finditer(folded):
        # "mijn dochter komt het halen" tells who fetches, not for whom
        if not _BY.search(folded[match.start() : match.end() + 40]):
            found.append(match.group(1))
    return found


def _birth_dates(text: str) -> list[date]:
    found = []
    for day, month, year in _DATE.findall(text):
        full = int(year) if len(year) == 4 else 1900 + int(year)
        try:
            found.append(date(full, int(month), int(day)))
        except ValueError:
            continue
    return found


def find_persons(text: str) -> PersonsNamed:
    """Whom `text` (what the sender typed) names beside the sender. Looks at the first 20,000 characters."""
    text = text[:20_000]
    names = [" ".join(m.group(1).split()) for pattern in (_NAME, _TITLED) for m in pattern.finditer(text)]
    return PersonsNamed(
        tuple(dict.fromkeys(_relations(text))),
        tuple(dict.fromkeys(names)),
        tuple(dict.fromkeys(_birth_dates(text))),
    )


def name_tokens(name: str) -> frozenset[str]:
    """A name's telling words, folded, without particles, titles and punctuation."""
    skip = {
        "van",
        "de",
        "den",
        "der",
        "het",
        "ten",
        "ter",
        "te",
        "el",
        "al",
        "von",
        "la",
        "le",
        "da",
        "di",
        "dos",
        "op",
        "t",
    }
    skip |= {
        "mevr",
        "mevrouw",
        "mw",
        "meneer",
        "mijnheer",
        "dhr",
        "heer",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "fam",
        "familie",
    }
    words = re.findall(r"[^\W\d_]+", fold(name).replace("'", ""))
    return frozenset(word for word in words if word not in skip)


def same_person(one: str, other: str) -> bool:
    """Whether two ways of writing a name can mean one person: the surname agrees and first names or initials do not
    contradict ("J. Verbeek" and "Johanna Verbeek"; not "Truus Smit" and "Willy Smit")."""
    a, b = name_tokens(one), name_tokens(other)
    shared = {word for word in a & b if len(word) > 1}
    if not shared:
        return False
    left, right = a - shared, b - shared
    return not left or not right or any(x[0] == y[0] and (len(x) == 1 or len(y) == 1) for x in left for y in right)
