"""Words that stand in a mail in a form that nobody reads: encoded, turned around, spaced out, in other letters."""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from server.text.words import fold

_MOST = 40  # encoded runs of one mail that are looked at
_LONGEST = 4_000  # characters of one
_BASE64 = re.compile(r"(?<![\w/+=.@:-])[A-Za-z0-9+/_-]{20,4000}={0,2}(?![\w/+=@])")
_BASE64_LINES = re.compile(r"^(?:[A-Za-z0-9+/]{20,200}\n)+[A-Za-z0-9+/]{1,200}={0,2}$", re.MULTILINE)
_HEX = re.compile(r"(?<![\w/.=-])(?:0x)?((?:[0-9a-fA-F]{2}[ :]?){10,2000})(?![\w/])")
_PERCENT = re.compile(r"(?<![\w/?=&.:])(?:%[0-9a-fA-F]{2}[\w.,!]{0,3}){6,1000}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SIGNS = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "i"}
)
_SPACED = re.compile(r"(?:\b\w{1,2}[ ._*\-]{1,3}){6}", re.UNICODE)
_NEEDLES = (
    "ignoreallprevious", "ignoreprevious", "ignoreprior", "ignoreyourinstr", "ignoretheabove", "disregardprevious", "disregardall",
    "forgetallprevious", "forgetyourinstr", "negeeralle", "negeervorige", "negeerbovenstaande", "negeerdeinstr", "vergeetjeinstr", "vergeetalleinstr",
    "systemprompt", "systeemprompt", "developermode", "overrideprotocol", "jailbreak", "previousinstructions", "alleinstructies",
)  # fmt: skip


def decoded(text: str) -> Iterator[str]:
    """What runs of base64, hexadecimal and percent signs say, when they say words."""
    for run in islice(_runs(text), _MOST):
        said = run.strip("\x00 \n")
        letters = sum(char.isalpha() or char == " " for char in said)
        if len(said) >= 6 and letters >= 0.8 * len(said) and _LETTERS.search(said):
            yield said


def _runs(text: str) -> Iterator[str]:
    for match in _BASE64_LINES.finditer(text):
        yield _from_base64(match[0].replace("\n", ""))
    for match in _BASE64.finditer(text):
        yield _from_base64(match[0])
    for match in _HEX.finditer(text):
        yield _text(_unhex(re.sub(r"[ :]", "", match[1])[:_LONGEST]))
    for match in _PERCENT.finditer(text):
        yield unquote(match[0])


def _from_base64(run: str) -> str:
    run = run[:_LONGEST].rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    try:
        return _text(base64.b64decode(run + "=" * (-len(run) % 4)))
    except (binascii.Error, ValueError):
        return ""


def _unhex(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def disguised(text: str) -> bool:
    """Whether words that only an attack uses stand here in digits for letters, spaced out, in rot13 or backwards. What is
    written plainly is found by the patterns."""
    bare, squeezed = re.sub(r"[^a-z0-9]", "", fold(text)), re.sub(r"[^a-z]", "", fold(text).translate(_SIGNS))
    found = [needle for needle in _NEEDLES if needle in squeezed]
    if found and (_SPACED.search(text) or not any(needle in bare for needle in found)):
        return True
    turned = (codecs.encode(squeezed, "rot13"), squeezed[::-1])
    return any(needle in form for form in turned for needle in _NEEDLES)
