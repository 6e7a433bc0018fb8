"""The medicine names the house knows, read once from content and indexed for look-up by word."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Entry:
    """One substance under one code. `opium`: list I or II of the Dutch Opium Act; `schedule`: I to V of the US Controlled
    Substances Act ("" when on none); `sensitive`: the house marks it for the pharmacist though no Dutch list has it;
    `risk`: why a mistaken name would do harm ("insulin", "VKA" …)."""

    name: str
    name_en: str
    atc: str
    opium: str = ""
    schedule: str = ""
    sensitive: bool = False
    risk: tuple[str, ...] = ()

    @property
    def risky(self) -> bool:
        """Whether it is never taken for meant on a spelling that only comes close (domain.md §3.5)."""
        return bool(self.opium or self.schedule or self.risk)

    def controlled_in(self, country: str) -> bool:
        """Whether the law of a country (ISO code) has it under control: the Opium Act in the Netherlands, the schedules in
        the United States; elsewhere whatever is on either list or sensitive, since no list of that country is here."""
        if country == "NL":
            return bool(self.opium)
        if country == "US":
            return bool(self.schedule)
        return bool(self.opium or self.schedule or self.sensitive)


@dataclass(frozen=True)
class Lay:
    """What people call a kind of medicine: codes that begin so, or labels with such a form, are meant."""

    atc: tuple[str, ...]
    forms: tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class Lexicon:
    """`names`: folded words joined by a space → (entry, kind); `longest`: most words of a name by its first word;
    `keys`: sound keys of single-word names, in the order of `key_names`, for misspellings; `called`: those of one entry."""

    names: dict[str, tuple[tuple[Entry, str], ...]]
    lay: dict[str, Lay]
    longest: dict[str, int]
    ordinary: frozenset[str]
    by_atc: dict[str, tuple[Entry, ...]]
    keys: tuple[str, ...]
    key_names: tuple[str, ...]
    called: dict[Entry, tuple[str, ...]]


def fold_word(word: str) -> str:
    """Lower case without diacritics: "Nitrofurantoïne" → "nitrofurantoine"."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text; letters and digits are separate words ("b12" → "b", "12")."""
    return tuple(fold_word(found) for found in TOKEN.findall(text))


_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "g"), ("sch", "sg"), ("qu", "kw"), ("ij", "i"), ("ae", "e"), ("oe", "e"),
    ("y", "i"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("ie", "i"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def sound_key(word: str) -> str:
    """How a name sounds, roughly: what Dutch and English spellers mix up becomes equal ("omeprasol" → "omeprasol")."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLE.sub(r"\1", word).rstrip("e")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _controlled() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["name"], row["atc"]): row for row in _rows("controlled-substances.csv")}


def _entry(row: dict[str, str], law: dict[str, str]) -> Entry:
    return Entry(
        name=row["name"],
        name_en=row["name_en"],
        atc=row["atc"],
        opium=law.get("opium", ""),
        schedule=law.get("us_schedule", ""),
        sensitive=law.get("sensitive") == "yes",
        risk=tuple(_split(row["risk"])),
    )


def _read_names() -> tuple[dict[str, list[tuple[Entry, str]]], frozenset[str]]:
    names: dict[str, list[tuple[Entry, str]]] = {}
    ordinary: set[str] = set()
    controlled = _controlled()
    for row in _rows("medicines.csv"):
        entry = _entry(row, controlled.get((row["name"], row["atc"]), {}))
        spelled = [(row["name"], "substance"), (row["name_en"], "substance")]
        for column, kind in (("also", "substance"), ("brands", "brand"), ("misspelt", "misspelling")):
            spelled += [(name, kind) for name in _split(row[column])]
        for name, kind in spelled:
            known = names.setdefault(" ".join(words_of(name)), [])
            if all(old is not entry for old, _ in known):
                known.append((entry, kind))
        ordinary |= {" ".join(words_of(name)) for name in _split(row["ordinary"])}
    return names, frozenset(ordinary)


def _read_lay() -> dict[str, Lay]:
    lay: dict[str, Lay] = {}
    for row in _rows("lay-medicines.csv"):
        meant = Lay(tuple(_split(row["atc"])), tuple(_split(row["forms"])), row["alone"] == "yes")
        lay.update({" ".join(words_of(words)): meant for words in _split(row["words"])})
    return lay


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon; the first call reads the files (some ten milliseconds)."""
    names, ordinary = _read_names()
    lay = _read_lay()
    longest: dict[str, int] = {}
    for key in (*names, *lay):
        words = key.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    by_atc: dict[str, list[Entry]] = {}
    for known in names.values():
        for entry, _ in known:
            if entry.atc and entry not in by_atc.setdefault(entry.atc, []):
                by_atc[entry.atc].append(entry)
    single = tuple(key for key in names if " " not in key and len(key) >= 5 and key not in ordinary)
    called: dict[Entry, list[str]] = {}
    for key in single:
        for entry, _ in names[key]:
            called.setdefault(entry, []).append(key)
    return Lexicon(
        called={entry: tuple(keys) for entry, keys in called.items()},
        names={key: tuple(known) for key, known in names.items()},
        lay=lay,
        longest=longest,
        ordinary=ordinary,
        by_atc={atc: tuple(entries) for atc, entries in by_atc.items()},
        keys=tuple(sound_key(key) for key in single),
        key_names=single,
    )
