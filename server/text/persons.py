"""Whom a mail names: for whom something is asked, full names, who signed, dates of birth; and comparing names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from server.text.asked_for import Asked, read_asked
from server.text.asked_words import NAME
from server.text.calendar_words import MONTHS
from server.text.first_names import same_first_name
from server.text.name_words import is_no_name
from server.text.patterns import fold
from server.text.sentences import split_sentences

MAX_CHARS = 20_000
_PARTICLE = r"(?:van|de|den|der|het|'t|ten|ter|te|el|al|bin|von|la|le|da|di|dos|op)"
_NAME_IN_TEXT = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[A-Z]\.(?:\s?[A-Z]\.)*)"
_NAME = re.compile(rf"(?<![\w@.])({_NAME_IN_TEXT}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,3}}{_NAME_IN_TEXT}){{1,3}})")
_TITLED = re.compile(
    r"\b(?i:meneer|mijnheer|mevrouw|mevr\.?|mw\.?|dhr\.?|heer|mr\.?|mrs\.?|ms\.?|miss|fam\.?|familie)\s+"
    rf"((?:(?:{_PARTICLE}|[Vv]an|[Dd]e)[ \t]+){{0,3}}{_NAME_IN_TEXT}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,3}}{_NAME_IN_TEXT}){{0,2}})"
)
# Somebody who only fetches, knows or is told is not whom the mail is about.
_PASSING = re.compile(
    r"^[,)]?\s+(?:haalt|komt|kan|mag|zal|brengt|weet|neemt|collects?|will|can|picks?|is|says|zei|zegt|told|at|van de|from)\b"
)
_GIVEN_TO = re.compile(
    r"\b(?:aan|door|met|via|bij|to|by|with|dokter|dr\.?|drs\.?|doctor|huisarts|arts)\s+(?:(?:mevrouw|meneer|dhr\.?|mrs?\.?|ms\.?)\s+)?$",
    re.IGNORECASE,
)

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = (
    rf"(?:(?P<y1>(?:19|20)\d{{2}})-(?P<m1>\d{{1,2}})-(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s?[-/. ]\s?(?P<m2>\d{{1,2}})\s?[-/. ]\s?(?P<y2>(?:19|20)\d{{2}}|\d{{2}})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|e)?\s+(?:of\s+)?(?P<m3>{_MONTH})\.?,?\s+(?P<y3>(?:19|20)\d{{2}}|\d{{2}})|(?P<m4>{_MONTH})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>(?:19|20)\d{{2}}))(?!\d)"
)
_ANY_DAY = re.compile(rf"(?<![\d/.-]){_DAY}")
_BORN_ON = re.compile(
    rf"\b(?:geb|geboren|geboortedatum|geb\.? ?dat|born|dob|d\.o\.b|date of birth|birth date|birthday)\b[.:]?\s*(?:is\s+|op\s+|on\s+|:\s*)?{_DAY}"
)
_AFTER_NAME = re.compile(
    rf"[^\W\d_][,:]?\s{{0,4}}\(?\s{{0,4}}(?P<day>{_DAY})\s{{0,4}}(?:\)|$|\n|[,.]?\s{{0,4}}$)", re.MULTILINE
)
_LAST_WORD = re.compile(r"(?<![^\W\d_])([A-ZÀ-ÖØ-Þ][\w'’-]*)[,:]?\s{0,4}\(?\s{0,4}$")

_SIGNED = re.compile(
    rf"(?:^|\n|[.!?](?=\s))[^\S\n]*((?:(?i:mw|mevr|dhr|mrs?|ms)\.?\s+)?{NAME}(?:\s+(?:en|and|&)\s+{NAME})?)\s*(?:[(,|].{{0,60}})?[.!]?\s*$"
)
_CLOSED = re.compile(
    rf"(?i:groet(?:en|jes)?|mvg|gr\.?|hoogachtend|bedankt|regards|cheers|thanks|thank you|sincerely|wishes|liefs)\b[\s,.!]*(?:(?i:van|from)\s+)?({NAME}(?:\s+(?:en|and|&)\s+{NAME})?)"
)


_REPLIED = re.compile(r"^\s*(?:(?:re|fwd?|fw|antw|aw|betr|doorst|tr|sv)(?:\[\d+\])?\s?:\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class PersonsNamed:
    """`names`: full or titled names that the mail is about or speaks of, not those who only fetch; `birth_dates`: dates
    that may be somebody's date of birth; `born`: those that are said to be one; `signed`: the names under the mail;
    `asked`: for whom something is asked; `words`: every folded word, for first names without a capital."""

    names: tuple[str, ...] = ()
    birth_dates: tuple[date, ...] = ()
    born: tuple[date, ...] = ()
    signed: tuple[str, ...] = ()
    asked: Asked = field(default_factory=Asked)
    words: frozenset[str] = field(repr=False, default=frozenset())


def _day_of(match: re.Match[str]) -> date | None:
    """A year of two digits is the one that is not yet to come ("58" is 1958, "17" is 2017)."""
    found = match.groupdict()
    form = next(n for n in "1234" if found[f"d{n}"])
    year, month = found[f"y{form}"], found[f"m{form}"]
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 30 else 2000)
    try:
        return date(full, MONTHS.get(month) or int(month), int(found[f"d{form}"]))
    except ValueError:
        return None


def _days(pattern: re.Pattern[str], folded: str) -> tuple[date, ...]:
    found = (_day_of(match) for match in pattern.finditer(folded))
    return tuple(dict.fromkeys(day for day in found if day is not None))


def signed_names(text: str) -> tuple[str, ...]:
    """The names under a mail: behind the last closing word, or alone at the very end."""
    tail = text.rstrip()[-400:]
    closed = list(_CLOSED.finditer(tail))
    match = closed[-1] if closed else _SIGNED.search(tail)
    if match is None:
        return ()
    found = re.split(r"\s+(?:en|and|&)\s+", " ".join(match[1].split()))
    shouted = tail.isupper()  # then a capital tells nothing
    return () if shouted else tuple(name.strip(" .,") for name in found if not _has_ordinary_word(name))


def _has_ordinary_word(name: str) -> bool:
    return any(is_no_name(word) for word in re.findall(r"[^\W\d_]{2,}", fold(name)) if word not in _SKIPPED)


def _born(text: str, folded: str) -> tuple[date, ...]:
    """Days that are said to be a birth date: by a word, or right behind a name ("Sanne de Boer (2 nov 1991)")."""
    after_names = []
    for match in _AFTER_NAME.finditer(folded):
        word = _LAST_WORD.search(text[max(0, match.start("day") - 40) : match.start("day")])
        day = _day_of(match)
        if word and day and not _has_ordinary_word(word[1]):
            after_names.append(day)
    return tuple(dict.fromkeys((*_days(_BORN_ON, folded), *after_names)))


def _names(text: str) -> Iterator[str]:
    for pattern in (_NAME, _TITLED):
        for match in pattern.finditer(text):
            if not _PASSING.match(text[match.end() :]) and not _GIVEN_TO.search(text[: match.start()][-60:]):
                yield " ".join(match[1].split())


def find_persons(body: str, subject: str = "") -> PersonsNamed:
    """Whom a mail (what its sender typed) names beside the sender. Looks at the first 20,000 characters."""
    subject = _REPLIED.sub("", subject)
    text = f"{subject}\n\n{body}"[:MAX_CHARS]
    folded = fold(text)
    return PersonsNamed(
        names=tuple(dict.fromkeys(_names(text))),
        birth_dates=_days(_ANY_DAY, folded),
        born=_born(text, folded),
        signed=signed_names(text),
        asked=read_asked(split_sentences(body[:MAX_CHARS]), subject),
        words=frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", folded)),
    )


_SKIPPED = frozenset(
    """van de den der het ten ter te el al von la le da di dos op t vd mevr mevrouw mw meneer mijnheer dhr heer mr mrs ms miss mister dr
    fam familie""".split()  # noqa: SIM905
)


# Letters that no decomposition turns into the plain one that people type for them.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "'": ""})


def name_tokens(name: str) -> frozenset[str]:
    """A name's telling words, folded, without particles, titles and punctuation."""
    words = re.findall(r"[^\W\d_]+", fold(name).translate(_PLAIN))
    return frozenset(word for word in words if word not in _SKIPPED)


def same_person(one: str, other: str) -> bool:
    """Whether two ways of writing a name can mean one person: the surname agrees and first names or initials do not
    contradict ("J. Verbeek" and "Johanna Verbeek"; not "Truus Smit" and "Willy Smit")."""
    a, b = name_tokens(one), name_tokens(other)
    shared = {word for word in a & b if len(word) > 1}
    if not shared:
        return False
    left, right = a - shared, b - shared
    return not left or not right or any(x[0] == y[0] and (len(x) == 1 or len(y) == 1) for x in left for y in right)


def may_be_called(name: str, full_name: str) -> bool:
    """`same_person`, with call names: "Jim" and "Bob Hughes" for James and Robert Hughes, "Noortje" for Noor."""
    if same_person(name, full_name):
        return True
    words, known = re.findall(r"[^\W\d_][\w'’.-]*", name), full_name.split()
    if not words or not known or not same_first_name(words[0], known[0]):
        return False
    rest = name_tokens(" ".join(words[1:]))
    return not rest or bool(rest & name_tokens(" ".join(known[1:])))
