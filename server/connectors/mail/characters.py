"""Characters nobody sees are taken out of a mail before anything reads it: they hide words from rules, not from people."""

import re
import unicodedata

_INVISIBLE = (
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4,
    0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164,
    *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0, *range(0xFFF0, 0xFFFD), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE0FFF),
)  # fmt: skip
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(range(0xD800, 0xE000)),  # lone surrogates
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n"),
}
_TAGS = re.compile(r"[\U000e0020-\U000e007e]+")  # "tag" characters spell ASCII that no screen shows
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,20000}")  # each can carry a byte behind one emoji
_TURNED = re.compile("[\u202d\u202e]([^\u202c\n]{4,2000})")  # drawn in another order than it is read


def clean(text: str) -> str:
    """Line ends become "\\n", every kind of space a space; invisible and control characters go; letters are composed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
    elif any(char in text for char in _ASCII_CONTROLS):
        text = text.translate(_TABLE)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


_ASCII_CONTROLS = "".join(chr(code) for code in (*_INVISIBLE, 0x0B, 0x0C) if code < 0x80)


def written_unseen(text: str) -> str:
    """What is spelled in characters that no screen shows (tags, variation selectors), and what is drawn in another order
    than it stands there; "" when there is none."""
    if text.isascii():
        return ""
    tagged = ("".join(chr(ord(char) - 0xE0000) for char in run) for run in _TAGS.findall(text))
    carried = (_bytes_of(run).decode("utf-8", "ignore") for run in _SELECTORS.findall(text))
    turned = (run.translate(_TABLE) for run in _TURNED.findall(text))
    return "\n".join(
        found for found in (" ".join(tagged), *carried, *(f"{run}\n{run[::-1]}" for run in turned)) if found
    )


def _bytes_of(run: str) -> bytes:
    return bytes(ord(char) - (0xFE00 if ord(char) < 0xFF00 else 0xE00F0) for char in run)
