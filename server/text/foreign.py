"""Whether a sentence is in a language that nobody here reads: told by its own words, whatever the mail around it is in.

What the trained reader thinks of a sentence that it cannot read is worth nothing, so this is asked before it is believed.
The words that mails use (`common_words.txt`), little words and the medicines are known; names and numbers say nothing."""

import re
from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

from server.text.first_names import sex_of
from server.text.language import detect_language, little_words
from server.text.medicines import find_medicines
from server.text.ordinary_words import LANGUAGES, is_joined, is_slip, mail_word
from server.text.words import cut_words, fold

MAX_CHARS = 2_000  # of one sentence
_NEAR = 6  # words within which two little words of another language show it
_SHORT = 4  # words of a sentence that is counted whole
_WINDOWS = ((4, 1), (6, 2))  # in so many words on end no more known than this
_ADDRESS = re.compile(r"(?<!\S)\S*(?:@|://|www\.)\S*")
_SCRIPT = re.compile(r"[^\W\d_a-zA-Z\u00aa-\u024f\u1e00-\u1eff]")
_OTHER_LETTERS = re.compile("[ąćęłńśźżğışţțșăåæøßñãõčďěňřšťůžőűđðþ]")  # in no word of Dutch or English
_JOINED = re.compile(r"(?:[cjln]|qu)'\w{3,}")  # "j'arrive", "l'eau"
# Of names, and the same in many languages.
_SAYS_NOTHING = frozenset(
    "el al da di la le las los dos das do van de der den von of e i a o te ten ter san st en del della bin ben abu".split()  # noqa: SIM905
)
# Courtesies that people keep in their own language; what they say is known.
_POLITE = frozenset(
    """bonjour bonsoir merci beaucoup cordialement guten tag morgen abend danke schon vielen dank grusse gruss freundlichen mfg hola gracias muchas
    saludos buenos buenas dias tardes buongiorno buonasera grazie mille saluti cordiali ciao bom boa dia tarde noite obrigado obrigada muito dzien
    dobry dziekuje pozdrawiam witam merhaba selam tesekkurler tesekkur ederim saygilarimla salaam salam aleikum alaikum shukran inshallah
    multumesc buna ziua hej tack mange takk hilsen selamat pagi siang terima kasih tot gauw namaste""".split()  # noqa: SIM905
)


@lru_cache(maxsize=16)
def _little(reads: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The little words of the languages that are read, and those of all others that are no word of these."""
    words = {language: {fold(word) for word in listed} for language, listed in little_words().items()}
    own = frozenset(word for language in reads for word in words.get(language, ()))
    others = {word for language in words if language not in reads for word in words[language]}
    return own, frozenset(word for word in others if len(word) > 1 and word not in own and not mail_word(word))


class _Telling(IntEnum):
    """What a word says of the language that a sentence is in."""

    LITTLE = 0  # a little word of a language that is not read, or a strange one in that language's own letters
    STRANGE = 1
    OPENING = 2  # strange, with the capital of a first word: may be a name
    SLIP = 3  # one letter from a known word
    KNOWN = 4


@lru_cache(maxsize=20_000)
def _told_by(word: str, reads: tuple[str, ...]) -> _Telling:
    own, others = _little(reads)
    if word in others or ("fr" not in reads and _JOINED.fullmatch(word) and not mail_word(word)):
        return _Telling.LITTLE
    parts = [part for part in word.split("'") if len(part) > 1]
    if word in own or mail_word(word) or all(part in own or mail_word(part) for part in parts) or is_joined(word):
        return _Telling.KNOWN
    return _Telling.SLIP if word.isascii() and is_slip(word) else _Telling.STRANGE


def is_foreign(sentence: str, reads: Sequence[str] = LANGUAGES, names: Collection[str] = ()) -> bool:
    """Whether a sentence, or a good part of it, is in none of the languages in `reads`. `names`: folded words of people who are
    known to write or be written about. One strange word is no language: a sentence of one word tells none, unless by its script."""
    spoken = tuple(reads)
    text = _ADDRESS.sub(lambda found: " " * len(found.group()), sentence[:MAX_CHARS])
    if any(len(word) > 2 and word not in names for word in _in_other_script(text)):
        return True
    if not _tells_another(tuple(_telling(text, spoken, names))):
        return False
    return set(spoken) <= set(LANGUAGES) or detect_language(sentence) not in spoken


def _in_other_script(text: str) -> Iterator[str]:
    """The words without one Latin letter."""
    if _SCRIPT.search(text):
        yield from (w for w in cut_words(text).words if len(_SCRIPT.findall(w)) == sum(map(str.isalpha, w)) > 0)


def _telling(text: str, reads: tuple[str, ...], names: Collection[str]) -> Iterator[tuple[str, _Telling]]:
    """The words that tell a language. Medicines, numbers, names and courtesies are left out."""
    cut = cut_words(text)
    medicines = [(mention.start, mention.end) for mention in find_medicines(text)]
    letters = [char for char in text if char.isalpha()]
    loud = sum(map(str.isupper, letters)) * 2 > len(letters)
    first = True
    for word, (start, end) in zip(cut.words, cut.spans, strict=True):
        if not word.isalpha() and "'" not in word:
            continue
        opens, first = first, False
        if word in _SAYS_NOTHING or word in _POLITE or any(low < end and high > start for low, high in medicines):
            continue
        told = _told_by(word, reads)
        if told in (_Telling.LITTLE, _Telling.KNOWN):
            yield word, told
        elif len(word) > 2 and word not in names and not sex_of(word):
            if loud or text[start].islower():
                yield word, _Telling.LITTLE if _OTHER_LETTERS.search(text[start:end].lower()) else told
            elif opens:
                yield word, _Telling.OPENING


def _tells_another(words: tuple[tuple[str, _Telling], ...]) -> bool:
    little = [word if told is _Telling.LITTLE else "" for word, told in words]
    if any(len(set(little[at : at + _NEAR]) - {""}) > 1 for at in range(len(little))):
        return True
    least = _Telling.KNOWN if any(little) else _Telling.SLIP  # beside another language a slip is a word of it
    known = [told >= least for _, told in words]
    strange = len(known) - sum(known)
    if 0 < len(words) == sum(len(word) > 3 for word in little):
        return True
    if strange < 2 or all(told >= _Telling.OPENING for _, told in words):
        return False
    if len(known) <= _SHORT:
        return sum(known) * 2 < len(known) + any(little)
    return any(sum(known[at : at + size]) <= most for size, most in _WINDOWS for at in range(len(known) - size + 1))
