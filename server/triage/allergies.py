"""Whether a recorded allergy meets a medicine: the same substance, its family, or a class known to react alike."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.text.medicines import find_medicines
from server.text.words import fold

_FAMILY = 5  # letters of an ATC code that substances of one chemical family share (C09AA: ACE inhibitors)

# What stands in a record (folded, Dutch or English) → beginnings of the ATC codes that it forbids. Wide on purpose:
# who decides that a cephalosporin is fine after all is the pharmacist.
_CLASSES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(words), codes)
    for words, codes in (
        (r"penic|amoxi|fluclox|augmentin|feneticil|beta.?lactam", ("J01C",)),
        (r"cefal|cepha|cefur|ceftri|beta.?lactam", ("J01D",)),
        (r"sulfa|sulpha|sulfon|sulpho|cotrimox|co-trimox|trimethoprim.?sulf", ("J01EB", "J01EC", "J01EE", "A07EC01")),
        (r"trimeth|trimetop|cotrimox", ("J01EA", "J01EE")),
        (r"nsaid|ibuprof|diclof|naprox|ontstekingsremmende pijn|prostaglandine|meloxic|etoric|celecox", ("M01A", "M02AA", "N02BA", "B01AC06")),
        (r"aspirin|acetylsalic|ascal|salicyl", ("N02BA", "B01AC06", "M01A", "M02AA")),
        (r"macrolid|eryt?h?romyc|claritromyc|clarithromyc|azitromyc|azithromyc", ("J01FA",)),
        (r"tetracycl|doxycycl|minocycl", ("J01A",)),
        (r"chinol|quinol|floxac", ("J01M", "S01AE")),
        (r"clindamyc", ("J01FF", "D10AF01")),
        (r"nitrofuran", ("J01XE",)),
        (r"metronidaz|imidazol", ("J01XD", "P01AB", "D06BX01", "G01AF01")),
        (r"opio|opia|morfin|morphin|codein|oxycod", ("N02A", "R05DA", "N07BC02")),
        (r"tramad", ("N02AX02", "N02AJ13")),
        (r"jodium|iodine|contrast", ("V08A", "D08AG", "H03C", "C01BD01")),
        (r"ace.?remmer|ace inhib|\wpril\b", ("C09A", "C09B")),
        (r"statin", ("C10AA", "C10BA")),
        (r"heparin|nadropar|enoxapar", ("B01AB",)),
        (r"insulin", ("A10A",)),
        (r"lidoca|lokale verdoving|local an", ("N01BB", "C05AD01", "D04AB01", "R02AD02")),
        (r"pinda|peanut|soja|soya", ("G03DA04", "D10BA01")),
        (r"kippenei|\bei\b|\begg", ("J07BB",)),
        (r"gelatin", ("J07BK", "J07BD")),
        (r"carbamaz|oxcarb|fenyto|phenyto|lamotrig", ("N03AB", "N03AF", "N03AX09")),
        (r"paracet|acetamin", ("N02BE",)),
        (r"bijen|wesp|\bbee\b|wasp", ()),
    )
)  # fmt: skip


@dataclass(frozen=True)
class _Forbidden:
    allergy: str
    codes: tuple[str, ...]


def _read(allergy: str) -> _Forbidden:
    folded = fold(allergy)
    codes = [code for words, listed in _CLASSES if words.search(folded) for code in listed]
    for mention in find_medicines(allergy):
        codes += [code[:_FAMILY] for code in mention.atc if len(code) >= _FAMILY]
    return _Forbidden(allergy, tuple(dict.fromkeys(codes)))


def met_allergies(allergies: Sequence[str], codes: Iterable[str]) -> tuple[str, ...]:
    """The recorded allergies that one of these ATC codes meets."""
    asked = [code for code in codes if code]
    return tuple(
        item.allergy
        for item in map(_read, allergies)
        if any(code.startswith(forbidden) for code in asked for forbidden in item.codes)
    )
