"""Ways to reach somebody that a text names (telephone, link, mail address), compared in one form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from server.text.numbers import read_number_word
from server.text.spans import Taken
from server.text.words import fold

ContactKind = Literal["phone", "link", "email"]

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}", re.IGNORECASE)
_TLDS = (
    "nl|com|org|net|eu|example|info|io|ly|be|de|fr|uk|co|app|health|care|link|online|site|shop|store|xyz|ai|dev|gl|nu|click|page"
    "|top|club|biz|test|tk|cc|ws|tv|us|ie|int|gov|edu|pharmacy|apotheek|amsterdam|frl|gle|zip|live|support|help|cloud|web|goo|eus|me"
)
_LINK = re.compile(
    rf"(?:https?|hxxps?|ftp)://[^\s<>\"')\]]{{1,500}}"
    rf"|(?<![\w@.-])www\.[^\s<>\"')\]]{{1,500}}"
    rf"|(?<![\w@./-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_TLDS})(?![\w-])(?:/[^\s<>\"')\]]{{0,500}})?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,/+€-])(?:\+|00|0|\(0)\d?(?:[\s().-]{0,3}\d){7,13}(?![\w/]|[.,-]\d)")
_SHORT = re.compile(  # emergency and help lines: three or four digits after a word of calling
    r"\b(?:bel|belt|bellen|call|dial|ring|phone|text|sms|number|nummer|telefoonnummer)\b(?:\s\w{1,12}){0,3}?\s"
    r"(1\d{2,3}|911|999|988)(?![\w/]|[.,:-]\d|\s?(?:uur|mg|euro|keer|dagen|am|pm)\b)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:bel|belt|bellen|gebeld|call\w*|dial\w*|ring|phone|alarm\w*|nood\w*|spoed\w*|emergenc\w*|ambulance|gevaar|levensgevaar|danger)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s{1,2}(?:\w{2,16}\s)?(?:tablet\w*|capsule\w*|stuk\w*|pil\w*|pack\w*|do(?:os|z)\w*|box\w*|keer|dagen|days|euro|mg|ml|in (?:huis|stock)|op voorraad|left|over|liggen|repeats?|herhaling\w*)\b",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?<![\w-])([a-z0-9][a-z0-9-]{{1,62}})(?:\s?[\[(]?\s?\b(?:punt|dot)\b\s?[\])]?\s?|\s?[\[(]\.[\])]\s?)({_TLDS})(?![\w-])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SPOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SPOKEN_GAP = re.compile(r"[\s,.-]{1,3}")
_TRAILING = ".,;:!?…"


@dataclass(frozen=True)
class ContactData:
    """One way to reach somebody. `key`: the form in which it is compared."""

    kind: ContactKind
    words: str = field(repr=False)
    key: str = field(repr=False)
    start: int = 0
    end: int = 0


def phone_key(phone: str) -> str:
    """National digits: "+31 (0)30 555 01 40" and "030-5550140" are the same."""
    digits = re.sub(r"\D", "", phone.replace("(0)", "") if phone.lstrip().startswith(("+", "00")) else phone)
    for prefix in ("0031", "31") if phone.lstrip().startswith(("+", "00")) else ():
        if digits.startswith(prefix):
            return "0" + digits[len(prefix) :]
    return digits


def link_key(link: str) -> str:
    """Host and path, lower case, without scheme, "www." and a closing slash."""
    bare = re.sub(r"^(?:https?|hxxps?|ftp)://", "", link.strip().lower())
    return bare.removeprefix("www.").rstrip("/" + _TRAILING)


def link_host(link: str) -> str:
    """The host of a link, lower case, without "www."."""
    return re.split(r"[/?#:]", link_key(link), maxsplit=1)[0]


def is_number_to_call(text: str, start: int, end: int) -> bool:
    """Whether the number at start:end is named as one to call; "112 tabletten" is none."""
    before = re.split(r"[.!?\n]", text[max(0, start - 80) : start])[-1]
    near = before + " " + re.split(r"[.!?\n]", text[end : end + 25])[0]
    return _CALLED.search(near) is not None and not _COUNTED.match(text, end)


def _spoken_phones(text: str) -> Iterator[tuple[int, int, str]]:
    """Telephone numbers in words: "nul dertig, vijf vijf vijf, nul twee, vier nul"."""
    folded = fold(text)
    if not re.search(r"\b(?:nul|zero|oh)\b", folded):
        return
    run: list[re.Match[str]] = []
    digits = ""
    for match in (*_SPOKEN.finditer(folded), None):
        value = _spoken_digits(match[0]) if match else ""
        joined = match and (not run or _SPOKEN_GAP.fullmatch(folded, run[-1].end(), match.start()))
        if not value or not joined:
            if 7 <= len(digits) <= 14 and digits.startswith("0"):
                yield run[0].start(), run[-1].end(), digits
            run, digits = [], ""
        if match and value and (run or value == "0"):
            run.append(match)
            digits += value


def _spoken_digits(word: str) -> str:
    if word.isdigit():
        return word[:12]
    value = 0.0 if word in ("oh", "zero", "nul") else read_number_word(word)
    return str(int(value)) if value is not None and value < 100 and value == int(value) else ""


def find_contact_data(text: str) -> tuple[ContactData, ...]:
    """Mail addresses, links and telephone numbers, in the order of the text."""
    found: list[ContactData] = []
    taken = Taken(len(text))

    def add(kind: ContactKind, words: str, key: str, start: int) -> None:
        end = start + len(words)
        if taken.claim(start, end):
            found.append(ContactData(kind, words, key, start, end))

    digits_in = _DIGIT.search(text) is not None  # most sentences have neither: what cannot match is not tried
    for match in _EMAIL.finditer(text) if "@" in text else ():
        words = match[0].rstrip(_TRAILING)
        add("email", words, words.casefold(), match.start())
    for match in _LINK.finditer(text) if "." in text or "://" in text else ():
        words = match[0].rstrip(_TRAILING)
        add("link", words, link_key(words), match.start())
    for match in _PHONE.finditer(text) if digits_in else ():
        add("phone", match[0], phone_key(match[0]), match.start())
    for match in _SHORT.finditer(text) if digits_in else ():
        add("phone", match[1], phone_key(match[1]), match.start(1))
    for match in _SPELLED.finditer(text):
        add("link", match[0], f"{match[1]}.{match[2]}".lower(), match.start())
    for start, end, digits in _spoken_phones(text):
        add("phone", text[start:end], digits, start)
    return tuple(sorted(found, key=lambda one: one.start))
