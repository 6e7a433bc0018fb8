"""A medicine as a mail names it, and the lines of the patient's record that such words fit."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from server.model.patient import MedicationRequest
from server.text.labels import Label, amounts_of, read_label
from server.text.lexicon import Entry, Lay, fold_word
from server.text.medicine_words import SALTS


@dataclass(frozen=True)
class MedicineMention:
    """One medicine named. `names`: canonical Dutch substance names, more than one when the words do not choose (a
    look-alike), none for a lay word without a line that fits; `atc`: codes, or their beginnings for a lay word;
    `score`: 0 to 100, 100 for what is written in full, less for a guess; `kind`: "substance", "brand", "lay",
    "misspelling", "record" (words of the patient's own label) or "unheard_of" (built like a medicine's name, `names` holds
    the word itself); `strength`: as written beside the name ("50 mg"), or "";
    `request_ids`: the patient's lines that the words fit; `controlled`: by the record or by the law of the country read
    for, and `controlled_by` the countries of LAWS for which that holds; `sensitive`: marked for the pharmacist only;
    `settled`: nobody need ask which medicine is meant."""

    words: str = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    atc: tuple[str, ...]
    score: int
    exact: bool
    controlled: bool
    kind: str
    start: int
    end: int
    strength: str = ""
    request_ids: tuple[str, ...] = ()
    controlled_by: frozenset[str] = frozenset()
    sensitive: bool = False
    settled: bool = True


LAWS = ("NL", "US", "other")


def law_of(country: str) -> str:
    """Which of LAWS a country (ISO code) is read by."""
    return country if country in LAWS else "other"


def under_law_of(mention: MedicineMention, country: str) -> MedicineMention:
    """The mention as the law of this country has it."""
    return replace(mention, controlled=law_of(country) in mention.controlled_by)


def is_controlled(request: MedicationRequest, country: str = "NL") -> bool:
    """Whether a line is of a medicine under control: the record says so, or the law does."""
    entry = read_label(request).entry
    return bool(request.controlled) or bool(entry and entry.controlled_in(country))


def fits_lay(request: MedicationRequest, label: Label, lay: Lay) -> bool:
    """Whether a line is of the kind that a lay word means, by its code or its form."""
    if request.atc and any(request.atc.startswith(start) for start in lay.atc):
        return True
    return bool(label.forms & {fold_word(form) for form in lay.forms})


def fitting_lines(
    entries: Sequence[Entry], labels: Sequence[tuple[MedicationRequest, Label]]
) -> list[MedicationRequest]:
    """Lines with the same code; else lines whose label has one of the names among its words, salt or not."""
    codes = {entry.atc for entry in entries if entry.atc}
    same = [request for request, _ in labels if request.atc in codes]
    if same:
        return same
    names = [set(fold_word(entry.name).replace("/", " ").split()) for entry in entries]
    return [r for r, label in labels if any(all(_has_word(label, word) for word in name) for name in names)]


def _has_word(label: Label, word: str) -> bool:
    return word in label.words or any(word + salt in label.words for salt in SALTS)


def with_strength(strength: str, requests: Sequence[MedicationRequest]) -> list[MedicationRequest]:
    """The lines that have this strength; a bare number may be milligram or microgram."""
    amounts = amounts_of(strength)
    if strength and not any(c.isalpha() for c in strength):
        amounts |= {round(amount * 0.001, 6) for amount in amounts}
    return [request for request in requests if amounts & read_label(request).amounts]


def matching_requests(mention: MedicineMention, requests: Sequence[MedicationRequest]) -> tuple[MedicationRequest, ...]:
    """The lines that a mention fits, stopped ones too; a strength in the words chooses when a line has it."""
    fitting = [request for request in requests if request.id in mention.request_ids]
    return tuple(with_strength(mention.strength, fitting) or fitting)
