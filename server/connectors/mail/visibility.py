"""What a reader of an HTML mail would not see, judged from styles: instructions are hidden there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from server.connectors.mail.colours import Colour, alike, read_colour
from server.connectors.mail.stylesheets import Style

_NUMBER = re.compile(r"(-?\d{0,6}(?:\.\d{1,6})?)\s*(px|pt|em|rem|%|ex|ch|vw|vh|cm|mm|in)?")
_FONT_SHORTHAND = re.compile(r"(?:^|\s)(\d{1,4}(?:\.\d{1,4})?)(px|pt|em|rem|%)?(?:/|\s|$)")
_PIXELS = {"px": 1.0, "": 1.0, "pt": 1.33, "rem": 16.0, "cm": 38.0, "mm": 3.8, "in": 96.0, "vw": 8.0, "vh": 8.0}
_TINY = 3.0  # pixels; nobody reads letters of that height
_FAR = -500.0  # pixels beside or above the page
_CLIPPED = re.compile(
    r"rect\(\s*(?:0(?:px)?|1px|auto)?[\s,]+(?:0(?:px)?|1px)[\s,]+(?:0(?:px)?|1px)[\s,]+(?:0(?:px)?|1px|auto)?\s*\)"
    r"|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|ellipse\(\s*0|polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*(?:,\s*0(?:px|%)?\s+0(?:px|%)?\s*)*\)"
)
_MOVED = re.compile(r"(?:scale[xy]?|scale3d|matrix)\(\s*0(?:\.0\d*)?\s*[,)]|rotate[xy]\(\s*-?(?:90|270)(?:\.0)?deg")
_TRANSLATED = re.compile(
    r"translate[xy]?(?:3d)?\(\s*(-\d{1,6}(?:\.\d{1,4})?[a-z%]{0,3})|translate\([^,()]{1,12},\s*(-\d{1,6}[a-z%]{0,3})"
)
_ALPHA = re.compile(r"alpha\(\s*opacity\s*=\s*([\d.]{1,6})|opacity\(\s*([\d.]{1,6})")
_OFFSETS = (
    "text-indent",
    "left",
    "top",
    "right",
    "bottom",
    "margin-left",
    "margin-top",
    "margin-right",
    "letter-spacing",
)
_SIZES = ("height", "max-height", "width", "max-width")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]{1,60})\s*(?:,([^()]{0,60}))?\)")


@dataclass(frozen=True)
class Look:
    """How text looks here. `gone` holds for all below it; the rest may be set anew by an element inside."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    colour: Colour | None = (0, 0, 0)
    background: Colour | None = (255, 255, 255)
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def hidden(self) -> bool:
        if self.gone or self.invisible or self.tiny:
            return True
        return self.colour is not None and self.background is not None and alike(self.colour, self.background)


def own_style(tag: str, attributes: Mapping[str, str], sheet: Style, strict: Style, typed: Mapping[str, str]) -> Style:
    """What applies to one element: the sheet, then old attributes, then its own style, then what is !important."""
    style = dict(sheet)
    if "bgcolor" in attributes:
        style["background-color"] = attributes["bgcolor"].lower()
    if attributes.get("background"):
        style["background-image"] = "url()"
    if tag == "font" and "color" in attributes:
        style["color"] = attributes["color"].lower()
    if tag == "body" and "text" in attributes:
        style["color"] = attributes["text"].lower()
    style.update(typed)
    style.update(strict)
    return style


def look_inside(outer: Look, tag: str, attributes: Mapping[str, str], style: Style) -> Look:
    """How text directly inside an element looks. Text that is drawn backwards is not what it reads as: it is hidden."""
    backwards = tag == "bdo" and attributes.get("dir", "").lower() == "rtl"
    if not style and "hidden" not in attributes and not backwards:
        return outer
    style, variables = _resolved(style, outer)
    look = replace(
        outer, variables=variables, gone=outer.gone or backwards or "hidden" in attributes or _is_gone(style)
    )
    if "visibility" in style:
        look = replace(look, invisible=style["visibility"] in {"hidden", "collapse"})
    size = _font_size(style)
    if size is not None:
        look = replace(look, tiny=size <= _TINY or (outer.tiny and _is_relative(style)))
    colour = style.get("-webkit-text-fill-color") or style.get("color")
    if colour:
        look = replace(look, colour=read_colour(colour, outer.background, outer.colour))
    return _on_background(look, outer, style)


def _on_background(look: Look, outer: Look, style: Style) -> Look:
    background = style.get("background-color") or style.get("background")
    if "url(" in style.get("background-image", "") or "gradient" in style.get("background-image", ""):
        return replace(look, background=None)  # a picture lies behind it: nobody can tell
    if not background:
        return look
    picture = "url(" in background or "gradient" in background
    return replace(look, background=None if picture else read_colour(background, outer.background, outer.background))


def _resolved(style: Style, outer: Look) -> tuple[Style, tuple[tuple[str, str], ...]]:
    """The style with its variables filled in, and the variables that hold inside."""
    own = tuple((name, value) for name, value in style.items() if name.startswith("--"))
    if not own and not any("var(" in value for value in style.values()):
        return style, outer.variables
    variables = dict((*outer.variables[-50:], *own[:50]))
    filled = {
        name: _VARIABLE.sub(lambda used: variables.get(used[1], (used[2] or "").strip()), value)
        for name, value in style.items()
    }
    return filled, tuple(variables.items())


def _is_gone(style: Style) -> bool:
    if style.get("display") == "none" or style.get("mso-hide") == "all" or style.get("content-visibility") == "hidden":
        return True
    if _is_transparent(style) or _CLIPPED.search(style.get("clip", "") + style.get("clip-path", "")):
        return True
    if style.get("overflow", style.get("overflow-y", "")).split(" ")[0] in {"hidden", "clip", "scroll"} and any(
        name in style and (_length(style[name]) or 0.0) <= _TINY and style[name][:1] in ".0123456789" for name in _SIZES
    ):
        return True
    return _is_elsewhere(style)


def _is_transparent(style: Style) -> bool:
    opacity = _share(style.get("opacity", ""))
    filtered = _ALPHA.search(style.get("filter", "") + style.get("-ms-filter", ""))
    shown = _share(filtered[2]) if filtered and filtered[2] else (_share(filtered[1] + "%") if filtered else None)
    return (opacity is not None and opacity <= 0.1) or (shown is not None and shown <= 0.1)


def _share(value: str) -> float | None:
    """A part of one: "0.3", "30%"."""
    match = _NUMBER.match(value.strip())
    if not match or match.group(1) in {"", "-", "."}:
        return None
    return float(match.group(1)) / (100.0 if match.group(2) == "%" else 1.0)


def _is_elsewhere(style: Style) -> bool:
    """Whether it is drawn beside the page, or folded to nothing."""
    transform = style.get("transform", "") or style.get("-webkit-transform", "")
    if transform and _MOVED.search(transform):
        return True
    moved = [match[1] or match[2] for match in _TRANSLATED.finditer(transform)]
    if style.get("scale", "x") in {"0", "0.0", "0%"}:
        return True
    offsets = [style.get(name, "") for name in _OFFSETS] + [part for part in style.get("margin", "").split() if part]
    return any(value.startswith("-") and (_length(value) or 0.0) <= _FAR for value in (*offsets, *moved))


def _length(value: str) -> float | None:
    """A CSS length in pixels (percentages and em of 16 px); None when it is not a number."""
    match = _NUMBER.match(value.strip())
    if not match or match.group(1) in {"", "-", "."}:
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
