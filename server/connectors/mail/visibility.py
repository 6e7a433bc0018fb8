"""What a reader of an HTML mail would not see, judged from styles: instructions are hidden there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

Colour = tuple[int, int, int]
Style = dict[str, str]

_MAX_CSS = 100_000
_CONTRAST = 24  # channels that differ less than this cannot be told apart
_NAMED: dict[str, Colour] = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "black": (0, 0, 0), "windowtext": (0, 0, 0),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "red": (255, 0, 0), "blue": (0, 0, 255), "navy": (0, 0, 128),
    "green": (0, 128, 0), "yellow": (255, 255, 0), "silver": (192, 192, 192),
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,6}))?")
_NUMBER = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)\s*(px|pt|em|rem|%|ex|ch|vw|vh|cm|mm|in)?")
_FONT_SHORTHAND = re.compile(r"(?:^|\s)(\d{1,4}(?:\.\d{1,4})?)(px|pt|em|rem|%)?(?:/|\s|$)")
_SIMPLE_SELECTOR = re.compile(r"[a-z0-9]{0,12}[.#]?[\w-]{0,60}", re.IGNORECASE)
_PIXELS = {"px": 1.0, "": 1.0, "pt": 1.33, "rem": 16.0, "cm": 38.0, "mm": 3.8, "in": 96.0, "vw": 8.0, "vh": 8.0}


@dataclass(frozen=True)
class Look:
    """How text looks here. `gone` holds for all below it; the rest may be set anew by an element inside."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    colour: Colour | None = (0, 0, 0)
    background: Colour | None = (255, 255, 255)

    @property
    def hidden(self) -> bool:
        if self.gone or self.invisible or self.tiny:
            return True
        if self.colour is None or self.background is None:
            return False
        return all(abs(a - b) < _CONTRAST for a, b in zip(self.colour, self.background, strict=True))


@lru_cache(maxsize=512)
def parse_style(text: str) -> Mapping[str, str]:
    """The declarations of a style attribute, lower-cased."""
    found: Style = {}
    for declaration in text[:4_000].lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def read_stylesheet(css: str) -> dict[str, Style]:
    """selector → declarations, for plain selectors (".a", "p.a", "#a", "p") outside @media and the like."""
    rules: dict[str, Style] = {}
    depth, start, selector = 0, 0, ""
    css = "".join(
        [part.partition("*/")[2] if number else part for number, part in enumerate(css[:_MAX_CSS].split("/*"))]
    )
    for brace in re.finditer(r"[{}]", css):
        between = css[start : brace.start()]
        start = brace.end()
        if brace.group() == "{":
            depth += 1
            selector = between if depth == 1 else ""
            continue
        depth = max(0, depth - 1)
        if depth == 0 and selector and "@" not in selector:
            style = parse_style(between.strip())
            for name in selector.replace("-->", "").replace("<!--", "").split(","):
                if _SIMPLE_SELECTOR.fullmatch(name.strip()):
                    rules.setdefault(name.strip().lower(), {}).update(style)
        selector = ""
    return rules


def style_of(tag: str, attributes: Mapping[str, str], rules: Mapping[str, Style]) -> Style:
    """What applies to one element: the sheet first, then old attributes, then its own style."""
    style: Style = {}
    if rules:
        names = [tag, f"#{attributes.get('id', '').lower()}"]
        for name in attributes.get("class", "").lower().split()[:20]:
            names += [f".{name}", f"{tag}.{name}"]
        for name in names:
            style.update(rules.get(name, {}))
    if "bgcolor" in attributes:
        style["background-color"] = attributes["bgcolor"].lower()
    if tag == "font" and "color" in attributes:
        style["color"] = attributes["color"].lower()
    if "style" in attributes:
        style.update(parse_style(attributes["style"]))
    return style


def look_inside(outer: Look, attributes: Mapping[str, str], style: Style) -> Look:
    """How text directly inside an element looks."""
    if not style and "hidden" not in attributes:
        return outer
    look = replace(outer, gone=outer.gone or "hidden" in attributes or _is_gone(style))
    if "visibility" in style:
        look = replace(look, invisible=style["visibility"] in {"hidden", "collapse"})
    size = _font_size(style)
    if size is not None:
        look = replace(look, tiny=size <= 1.4 or (outer.tiny and _is_relative(style)))
    if "color" in style:
        look = replace(look, colour=_colour(style["color"], outer.background))
    background = style.get("background-color") or style.get("background")
    if "url(" in style.get("background-image", "") or "gradient" in style.get("background-image", ""):
        look = replace(look, background=None)  # a picture lies behind it: nobody can tell
    elif background:
        painted = None if "url(" in background or "gradient" in background else _colour(background, outer.background)
        look = replace(look, background=painted)
    return look


def _is_gone(style: Style) -> bool:
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return True
    opacity = _length(style.get("opacity", "")) if "opacity" in style else None
    if opacity is not None and opacity <= 0.05:
        return True
    if style.get("overflow", "").startswith("hidden") and any(
        name in style and (_length(style[name]) or 0.0) <= 1 and style[name][:1].isdigit()
        for name in ("height", "max-height", "width", "max-width")
    ):
        return True
    offsets = (style.get(name, "") for name in ("text-indent", "left", "top", "margin-left", "right"))
    return any(value.startswith("-") and (_length(value) or 0.0) <= -500 for value in offsets)


def _length(value: str) -> float | None:
    """A CSS length in pixels (percentages and em of 16 px); None when it is not a number."""
    match = _NUMBER.match(value.strip())
    if not match or match.group(1) in {"", "-"}:
        return None
    number, unit = float(match.group(1)), match.group(2) or ""
    return number * (0.16 if unit == "%" else _PIXELS.get(unit, 16.0))


def _font_size(style: Style) -> float | None:
    if "font-size" in style:
        return _length(style["font-size"])
    match = _FONT_SHORTHAND.search(style.get("font", ""))
    return _length(match.group(1) + (match.group(2) or "")) if match else None


def _is_relative(style: Style) -> bool:
    return style.get("font-size", "").endswith(("%", "em")) and not style.get("font-size", "").endswith("rem")


def _colour(value: str, background: Colour | None) -> Colour | None:
    """The colour that a value stands for; what is fully transparent shows what lies behind it; None when unknown."""
    if value.startswith("transparent"):
        return background
    match = _RGB.search(value)
    if match:
        if match.group(4) and float(match.group(4).strip(".") or 0) <= 0.05:
            return background
        return (int(match.group(1)), int(match.group(2)), int(match.group(3)))
    match = _HEX.search(value)
    if match:
        digits = match.group(1)
        if (len(digits) == 8 and digits[6:] == "00") or (len(digits) == 4 and digits[3] == "0"):
            return background
        if len(digits) < 6:
            digits = "".join(digit * 2 for digit in digits[:3])
        return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
    word = value.split(" ", 1)[0]
    return background if word in {"none", "inherit", "initial"} else _NAMED.get(word)
