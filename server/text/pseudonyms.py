"""Takes the people out of a text before it leaves the house: known values first, then patterns, then unknown names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from server.text.addresses import find_addresses, find_likely_addresses
from server.text.contact_data import find_contact_data
from server.text.identifiers import find_identifiers, is_bsn
from server.text.known_values import NAME_WORD, KnownValues, find_birthdays, find_squashed, plain_letters, squashed
from server.text.medicines import find_medicines
from server.text.ordinary_words import Ordinary, how_ordinary
from server.text.person_words import PARTICLE
from server.text.personal_numbers import find_dates, find_numbers, find_spelled_mails, said_digits
from server.text.spans import Taken
from server.text.strangers import find_strangers
from server.text.words import plain_word

_INITIALS = re.compile(r"\b(?:[A-Z]\.\s?){1,4}(?=\[NAME)")
_WORD = re.compile(r"[^\W\d_]+")
_HALVES = re.compile("['’-]")
_SIGNS_OF_NAME = 6  # signs and spaces in a whole name; with more of them somebody hides it, and the mail is not sent
_SIGNS_OF_VALUE = 30
_NO_CHANCE = 8  # letters of a name that no other words together spell
_SIGN_OFF = frozenset(
    {"gr", "groet", "groetjes", "groeten", "mvg", "liefs", "regards", "wishes", "thanks", "bedankt", "cheers"}
)
_BRACKETS = str.maketrans("<>[]{}", "‹›()()")


@dataclass
class _Masks:
    """Stretches of a text to be replaced, and who is who."""

    text: str = field(repr=False)
    taken: Taken
    spans: list[tuple[int, int, str, str]] = field(repr=False, default_factory=list)

    def add(self, start: int, end: int, label: str, who: str = "") -> None:
        for first, last in self.taken.free(start, end):
            words = self.text[first:last].strip(" \t\n,;:")
            if any(map(str.isalnum, words)) and self.taken.claim(first, last):
                first += self.text[first:last].index(words)
                self.spans.append((first, first + len(words), label, who or squashed(words)))

    def merged(self) -> list[tuple[int, int, str, str]]:
        """Names with nothing but spaces and particles between them, or the dot of an initial, are one name; parts of an
        address side by side are one address."""
        joined: list[tuple[int, int, str, str]] = []
        for span in sorted(self.spans):
            if joined and span[2] == joined[-1][2] and self._same(joined[-1], span[0]):
                joined[-1] = (joined[-1][0], span[1], span[2], joined[-1][3])
            else:
                joined.append(span)
        return joined

    def _same(self, before: tuple[int, int, str, str], start: int) -> bool:
        gap = self.text[before[1] : start]
        if before[2] == "ADDRESS":
            return gap in (" ", ", ")
        initial = before[1] - before[0] == 1 or not self.text[before[1] - 2].isalpha()
        return before[2] == "NAME" and _between(gap) is not None and ("." not in gap or initial)

    def replaced(self) -> str:
        numbers: dict[tuple[str, str], int] = {}
        pieces, at = [], 0
        for start, end, label, who in self.merged():
            count = sum(one == label for one, _ in numbers)
            number = numbers.setdefault((label, who), count + 1)
            pieces += [self.text[at:start], f"[{label}_{number}]"]
            at = end
        return "".join([*pieces, self.text[at:]])


_between = re.compile(rf"[ .\t]*(?:{PARTICLE}\s+)?(?:{PARTICLE}\s+)?", re.IGNORECASE).fullmatch


def plain_text(text: str) -> str:
    """One form for look-alike characters, nothing invisible, and no brackets that a chat format or we ourselves give a
    meaning ("<|im_end|>", "[INST]", "[NAME_1]")."""
    composed = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\t", " "))
    kept = (
        c for c in composed if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me"}
    )
    return "".join(kept).translate(_BRACKETS)


def _owner(word: str, words: Mapping[str, str]) -> str:
    """Whose name a word is, also as "Jans", "jan's" or half of a double name; "" when nobody's."""
    if word in words:
        return words[word]
    bare = word.removesuffix("s").rstrip("'’")
    return next((words[part] for part in (bare, *_HALVES.split(word)) if part in words), "")


def _mask_known(masks: _Masks, known: KnownValues) -> None:
    plain = plain_letters(masks.text)
    for start, end, _ in find_squashed(plain, known.whole_places, _SIGNS_OF_VALUE):
        masks.add(start, end, "ADDRESS")
    for start, end in find_birthdays(plain, known.birth_dates):
        masks.add(start, end, "DATE")
    for start, end, _ in find_squashed(plain, map(squashed, known.numbers), _SIGNS_OF_VALUE):
        masks.add(start, end, "NUMBER")
    whose = dict(known.whole_names)
    for start, end, form in find_squashed(plain, whose, _SIGNS_OF_NAME):
        masks.add(start, end, "NAME", whose[form])
    tokens = list(NAME_WORD.finditer(plain))
    for at, match in enumerate(tokens):
        owner = _owner(match[0], known.words_of_names)
        if owner:
            # "Will" and "May" are words as well: there the capital tells, or the place where people sign
            signs = at >= len(tokens) - 2 or tokens[at - 1][0] in _SIGN_OFF
            if signs or masks.text[match.start()].isupper() or how_ordinary(match[0]) < Ordinary.FREQUENT:
                masks.add(*match.span(), "NAME", owner)


def _mask_contact_data(masks: _Masks) -> None:
    for start, end in find_spelled_mails(masks.text):
        masks.add(start, end, "EMAIL")
    for found in find_identifiers(masks.text):
        masks.add(found.start, found.end, found.kind.upper())
    for contact in find_contact_data(masks.text):
        if len(contact.key) > 4:  # 112 and the like belong to nobody
            masks.add(contact.start, contact.end, contact.kind.upper(), contact.key)


def pseudonymise(text: str, known: KnownValues) -> str:
    """The text with persons, addresses, numbers and full dates as "[NAME_1]", the same person always the same number.
    Medicines stay. Expects `plain_text`; hides too much rather than too little."""
    masks = _Masks(text, Taken(len(text)))
    _mask_contact_data(masks)
    for start, end in find_dates(text):
        masks.add(start, end, "DATE")
    _mask_known(masks, known)
    for start, end in find_addresses(text):
        masks.add(start, end, "ADDRESS")
    medicines = Taken(len(text))
    for mention in find_medicines(text):
        medicines.mark(mention.start, mention.end)
        masks.taken.mark(mention.start, mention.end)
    for start, end in find_likely_addresses(text):
        if not medicines.holds(start, end):
            masks.add(start, end, "ADDRESS")
    for start, end in find_numbers(text):
        masks.add(start, end, "NUMBER")
    for start, end in find_strangers(text, masks.taken.holds):
        masks.add(start, end, "NAME")
    return _INITIALS.sub("", masks.replaced())


def leaks(text: str, known: KnownValues) -> bool:
    """Whether a text that is about to leave still holds a known value or a number that identifies. Looks at letters and
    digits only, independently of `pseudonymise`, so that one's mistake is not the other's."""
    digits = said_digits(text)
    if find_identifiers(text) or any(is_bsn(nine) for nine in (*_nine_digits(text), *digits.split())):
        return True
    if not text.isascii():  # a Cyrillic letter in a Latin word
        text = _WORD.sub(lambda word: plain_word(word[0]), text)
    bare = squashed(text)
    if any(value in bare for value in known.squashed_values):
        return True
    words = set(_WORD.findall(plain_letters(text)))
    if words & known.telling_words or any(len(word) >= _NO_CHANCE and word in bare for word in known.telling_words):
        return True
    return any(end in digits for end in known.ends_of_numbers)


def _nine_digits(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<!\d)\d(?:[\s._/-]{0,3}\d){8}(?![\s._/-]{0,3}\d)", text):
        yield re.sub(r"\D", "", match[0])
