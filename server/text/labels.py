"""Reading a prescription line as it stands on the label: its substance words, brand, strengths and form."""

import re
from dataclasses import dataclass
from functools import lru_cache

from server.model.patient import MedicationRequest
from server.text.lexicon import Entry, fold_word, load_lexicon, words_of
from server.text.medicine_words import FORM_WORDS

_BRAND = re.compile(r"\(([^()]{2,60})\)")
_STRENGTH = re.compile(
    r"(?<!\w)(\d+(?:[.,]\d+)?(?:\s?/\s?\d+(?:[.,]\d+)?)*)\s?"
    r"(mg|milligram|microgram|mcg|µg|ug|gram|g|ml|ie|iu|e|eh|units|eenheden|%|mmol)?(?![a-z])"
    r"((?:\s?/\s?(?:\d+(?:[.,]\d+)?\s?)?(?:mg|ml|dosis|dose|microgram|g|uur|h|ie|iu|e)(?![a-z]))*)",
    re.IGNORECASE,
)
_IN_MG = {
    "milligram": 1.0,
    "mg": 1.0,
    "microgram": 0.001,
    "mcg": 0.001,
    "µg": 0.001,
    "ug": 0.001,
    "gram": 1000.0,
    "g": 1000.0,
}
_NAMED_STRENGTH = re.compile(r"\d")


@dataclass(frozen=True)
class Label:
    """A label taken apart. `words`: folded words of substance and brand; `forms`: folded words of the form;
    `strength`: as written ("50 mg"); `amounts`: its numbers, in milligram where the unit says so."""

    substance: str
    brand: str
    strength: str
    words: frozenset[str]
    forms: frozenset[str]
    amounts: frozenset[float]
    entry: Entry | None


def amounts_of(strength: str) -> frozenset[float]:
    """The numbers of a strength, in milligram where it has such a unit: "0,1 mg" and "100 microgram" are the same."""
    found: set[float] = set()
    for match in _STRENGTH.finditer(strength):
        factor = _IN_MG.get((match[2] or "").lower(), 1.0)
        found |= {
            round(float(number.replace(",", ".")) * factor, 6) for number in re.findall(r"\d+(?:[.,]\d+)?", match[1])
        }
    return frozenset(found)


def _entry_of(atc: str | None, words: frozenset[str]) -> Entry | None:
    entries = load_lexicon().by_atc.get(atc or "", ())
    for entry in entries:
        if words & set(words_of(entry.name)):
            return entry
    return entries[0] if len(entries) == 1 else None


@lru_cache(maxsize=4096)
def _read(medication: str, atc: str | None) -> Label:
    brand_match = _BRAND.search(medication)
    brand = brand_match[1] if brand_match and not _NAMED_STRENGTH.match(brand_match[1]) else ""
    bare = _BRAND.sub(" ", medication)
    number = _STRENGTH.search(bare)
    head = bare[: number.start()] if number else bare
    kept = [word for word in head.split() if fold_word(word).strip(",.") not in FORM_WORDS]
    substance = " ".join(kept).strip(" ,-")
    words = frozenset(
        w for w in words_of(f"{substance} {brand}") if len(w) > 2 and w not in FORM_WORDS and not w[0].isdigit()
    )
    return Label(
        substance=substance,
        brand=brand,
        strength=number[0].strip() if number else "",
        words=words,
        forms=frozenset(w for w in words_of(bare) if w in FORM_WORDS),
        amounts=amounts_of(number[0]) if number else frozenset(),
        entry=_entry_of(atc, words),
    )


def read_label(request: MedicationRequest) -> Label:
    """The label of one prescription line, taken apart (cached: the same lines come back with every mail)."""
    return _read(request.medication, request.atc)


def _strength_in(strength: str, language: str) -> str:
    if language != "en":
        return strength
    text = re.sub(r"(?<=\d),(?=\d)", ".", strength)
    text = re.sub(r"\bdosis\b", "dose", text)
    text = re.sub(r"\bIE\b", "IU", text)
    return re.sub(r"\bE(?=/|$)", "units", text)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def display_name(request: MedicationRequest, language: str) -> str:
    """The medicine as a sentence names it: substance, strength and brand, without the form. "metoprololsuccinaat 50 mg",
    "semaglutide 1 mg (Ozempic)"; in English the English name where the lexicon has one that fits the whole label."""
    label = read_label(request)
    name = _lower_first(label.substance) or request.medication
    if language == "en":
        name = _english(label, name)
    brand = f"({label.brand})" if label.brand else ""
    return " ".join(part for part in (name, _strength_in(label.strength, language), brand) if part)


_ENGLISH_PARTS = {"elektrolyten": "electrolytes", "vitamine": "vitamin"}
_ENGLISH_SALTS = {
    "succinaat": "succinate", "tartraat": "tartrate", "fumaraat": "fumarate", "maleaat": "maleate", "mesilaat": "mesilate",
    "besilaat": "besilate", "citraat": "citrate", "fosfaat": "phosphate", "sulfaat": "sulfate", "acetaat": "acetate",
    "acetonide": "acetonide", "dipropionaat": "dipropionate", "propionaat": "propionate", "furoaat": "furoate",
    "valeraat": "valerate", "carbonaat": "carbonate", "gluconaat": "gluconate", "lactaat": "lactate", "dinitraat": "dinitrate",
    "mononitraat": "mononitrate", "nitraat": "nitrate", "etexilaat": "etexilate", "medoxomil": "medoxomil",
    "monohydraat": "monohydrate", "hydrochloride": "hydrochloride", "hydrobromide": "hydrobromide", "bromide": "bromide",
    "natrium": "sodium", "kalium": "potassium", "calcium": "calcium", "magnesium": "magnesium", "hcl": "hydrochloride",
    "decanoaat": "decanoate", "pamoaat": "pamoate", "oxalaat": "oxalate", "arginine": "arginine", "erbumine": "erbumine",
}  # fmt: skip


def _english(label: Label, name: str) -> str:
    """The substance in English, part by part, so that nothing of the label is lost."""
    if (
        label.entry is not None
        and set(words_of(label.entry.name)) == set(words_of(label.substance))
        and "/" not in name
    ):
        return label.entry.name_en
    return "/".join(_english_part(part.strip()) for part in name.split("/"))


def _english_part(part: str) -> str:
    known = load_lexicon().names.get(" ".join(words_of(part)), ())
    for entry, kind in known:
        if kind == "substance" and words_of(entry.name) == words_of(part):
            return entry.name_en
    return _english_salt(part) or " ".join(_ENGLISH_PARTS.get(word.lower(), word) for word in part.split(" "))


def _english_salt(part: str) -> str:
    """ "metoprololsuccinaat" or "losartan kalium" as substance and salt; "" when it is not made up so."""
    for dutch, english in _ENGLISH_SALTS.items():
        stem = part.lower().removesuffix(dutch).strip(" -")
        if stem and stem != part.lower():
            known = load_lexicon().names.get(" ".join(words_of(stem)), ())
            names = [
                entry.name_en for entry, kind in known if kind == "substance" and words_of(entry.name) == words_of(stem)
            ]
            return f"{names[0]} {english}" if names else ""
    return ""
