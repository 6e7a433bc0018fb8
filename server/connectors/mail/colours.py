"""CSS colours, as far as needed to tell whether letters can be seen on what lies behind them."""

import colorsys
import re

Colour = tuple[int, int, int]

_CONTRAST = 40  # channels that all differ less than this cannot be told apart at a glance
_CLEAR = 0.1  # of opacity: what is fainter is not seen
_NAMED: dict[str, Colour] = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "black": (0, 0, 0), "windowtext": (0, 0, 0),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "red": (255, 0, 0), "blue": (0, 0, 255), "navy": (0, 0, 128),
    "green": (0, 128, 0), "yellow": (255, 255, 0), "silver": (192, 192, 192), "mintcream": (245, 255, 250),
    "azure": (240, 255, 255), "aliceblue": (240, 248, 255), "seashell": (255, 245, 238), "honeydew": (240, 255, 240),
    "linen": (250, 240, 230), "oldlace": (253, 245, 230), "lavenderblush": (255, 240, 245), "beige": (245, 245, 220),
    "lightyellow": (255, 255, 224), "cornsilk": (255, 248, 220), "gainsboro": (220, 220, 220), "window": (255, 255, 255),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "canvas": (255, 255, 255), "canvastext": (0, 0, 0),
    "maroon": (128, 0, 0), "purple": (128, 0, 128), "teal": (0, 128, 128), "darkblue": (0, 0, 139), "lime": (0, 255, 0),
    "aqua": (0, 255, 255), "cyan": (0, 255, 255), "fuchsia": (255, 0, 255), "magenta": (255, 0, 255), "orange": (255, 165, 0),
    "olive": (128, 128, 0), "dimgray": (105, 105, 105), "dimgrey": (105, 105, 105), "darkgray": (169, 169, 169), "darkgrey": (169, 169, 169),
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_BARE_HEX = re.compile(r"[0-9a-f]{6}")  # <font color=ffffff>
_PART = r"\s*(-?[\d.]{1,7})(%|deg)?"
_FUNCTION = re.compile(rf"(rgb|hsl)a?\({_PART}[\s,]+{_PART}[\s,]+{_PART}(?:[\s,/]+([\d.]{{1,7}})(%)?)?")
_BEHIND = frozenset({"none", "transparent"})
_AROUND = frozenset({"inherit", "initial", "unset", "currentcolor", "revert"})


def alike(one: Colour, other: Colour) -> bool:
    """Whether letters of the one on the other cannot be seen."""
    return all(abs(a - b) < _CONTRAST for a, b in zip(one, other, strict=True))


def read_colour(value: str, behind: Colour | None, around: Colour | None) -> Colour | None:
    """The colour that a value stands for. What is (nearly) transparent shows what lies behind it; "inherit" is what holds
    around it; None when unknown."""
    value = value.strip()
    match = _FUNCTION.search(value)
    if match:
        return behind if _is_clear(match[8], match[9]) else _mixed(match)
    match = _HEX.search(value)
    if match or _BARE_HEX.fullmatch(value):
        return _from_hex(match[1] if match else value, behind)
    word = value.split(" ", 1)[0]
    if word in _BEHIND:
        return behind
    return around if word in _AROUND else _NAMED.get(word)


def _is_clear(opacity: str | None, percent: str | None) -> bool:
    return opacity is not None and _number(opacity) / (100.0 if percent else 1.0) <= _CLEAR


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _mixed(match: re.Match[str]) -> Colour:
    """Of rgb() or hsl(), in numbers or percentages."""
    values = [_number(match[place]) for place in (2, 4, 6)]
    if match[1] == "hsl":
        red, green, blue = colorsys.hls_to_rgb(values[0] % 360 / 360, _part(values[2] / 100), _part(values[1] / 100))
        return (round(red * 255), round(green * 255), round(blue * 255))
    scaled = [value * 2.55 if match[place] == "%" else value for value, place in zip(values, (3, 5, 7), strict=True)]
    red, green, blue = (min(255, max(0, round(value))) for value in scaled)
    return (red, green, blue)


def _part(value: float) -> float:
    return min(1.0, max(0.0, value))


def _from_hex(digits: str, behind: Colour | None) -> Colour | None:
    if (len(digits) == 8 and int(digits[6:], 16) <= 0x19) or (len(digits) == 4 and digits[3] in "01"):
        return behind
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits[:3])
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
