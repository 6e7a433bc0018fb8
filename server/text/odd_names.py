"""Words that stand where a medicine's name stands and that nobody here knows: "graag de Qlaira herhalen"."""

import re
from collections.abc import Iterable

from server.text.lexicon import fold_word, load_lexicon
from server.text.medicine_words import PERSON_WORDS
from server.text.misspellings import is_plain_word

# What comes right before the name of what is asked for.
_BEFORE = re.compile(
    r"(?<!\w)(?:de|het|mijn|m'n|mn|me|zijn|haar|m’n|een|nieuwe|extra|weer|doosjes?|doos|dozen|strips?|flesjes?|tubes?|pennen|kuur"
    r"|my|the|his|her|some|more|another|new|box(?:es)? of|packs? of|supply of|refill of)\s+(?=(?P<word>[^\W\d_]{5,30})(?!\w))",
    re.IGNORECASE,
)
_LEAST_PART = 3  # letters of a part of a compound
# Beginnings and parts of ordinary words of a request, however they are spelled.
_OF_A_REQUEST = re.compile(
    r"h?e?r?haal|hehaal|herhal|medi[ckst]|mede[ck]|receps?|resept|recep|presc|persc|refil|repea|bestel|apoth|pharm|farma"
    r"|tablet|capsul|pil(?:le|len|s)?|puf|zalf|creme|druppel|spray|strip|doos|flesj|week|maand|month|voorraad|pleister|injecti|spuit|pomp|chol[ei]?st|naald|last$|^\w*ge\w+(?:de|te)n?$"
)


def find_odd_names(sentence: str, known: Iterable[str]) -> tuple[str, ...]:
    """The odd words of a sentence that asks for a medicine, each once. `known`: words that are no medicine though no
    dictionary has them (people's names, the house's) and those that were recognised."""
    names = load_lexicon().names
    others = {fold_word(word) for text in known for word in re.findall(r"[^\W\d_]+", text)}
    found = (m["word"] for m in _BEFORE.finditer(sentence) if not _of_person(sentence[: m.start()]))
    odd = [
        word
        for word in found
        if (plain := fold_word(word)) not in others
        and plain not in names
        and _OF_A_REQUEST.search(plain) is None
        and not is_plain_word(plain)
        and not _is_compound(plain)
    ]
    return tuple(dict.fromkeys(odd))


def _of_person(before: str) -> bool:
    """Whether a person's name begins here: "mw. de Wolff"."""
    return bool(PERSON_WORDS & {fold_word(word) for word in re.findall(r"[^\W\d_]+", before)[-1:]})


def _is_compound(word: str) -> bool:
    """Whether it is two known words written as one, with an "s" between or not: "thuiszorg", "insulinenaaldjes"."""
    names = load_lexicon().names
    for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        first, second = word[:cut], word[cut:]
        if not (is_plain_word(second) or second in names):
            continue
        if is_plain_word(first) or first in names or (first.endswith("s") and is_plain_word(first[:-1])):
            return True
    return False
