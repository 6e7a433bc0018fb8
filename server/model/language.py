"""A language that replies can be written in: how it writes values, which tones it knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Written:
    """How one country writes days and times. `locale`: Babel's, for names, lists and money; `weekday`, `day`, `year` and
    `clock`: Babel patterns, put one behind the other; `clock_words`: what to write for Babel's own ("PM": "p.m.")."""

    locale: str
    weekday: str
    day: str
    year: str
    clock: str
    clock_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Language:
    """One language, from content/languages/<code>.toml. `name`: in English, for a model; `clock_unit` behind a time or a
    row of hours; `through`, `hours`, `prescriber` and `untranslated` hold slots; `untranslated` "": records are kept in
    this language; `lower_nouns`: common nouns get no capital inside a sentence; `articles`: none of them may stand before
    a medicine. `tones`: formal? → how to write, for a model; `never`: formal? → words that do not stand in that tone;
    `informal`: it has wordings of its own for an informal house."""

    code: str
    name: str
    written: Written
    countries: Mapping[str, Written]
    clock_unit: str
    through: str
    hours: str
    closed: str
    prescriber: str
    untranslated: str
    lower_nouns: bool
    articles: tuple[str, ...]
    tones: Mapping[bool, str]
    never: Mapping[bool, tuple[str, ...]]
    informal: bool = False

    def written_in(self, country: str) -> Written:
        """How this country writes it, or how most do."""
        return self.countries.get(country, self.written)

    @property
    def voices(self) -> tuple[str, ...]:
        """The names of the variants that a statement may have in it."""
        return (self.code, f"{self.code}-informal") if self.informal else (self.code,)
