"""The <style> of a mail, as far as it says what a reader sees: selectors with ancestors, attributes, weight and !important.

Only screens count: rules for print, for dark mode and for narrow windows do not show at a desk."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

Style = dict[str, str]

_MAX_CSS = 200_000  # characters
_SHORT = 2_000  # of a style that is kept for the next element like it
_MAX_RULES = 3_000
_MAX_WORK = 600_000  # comparisons for one mail; a newsletter needs some ten thousand
_MAX_DEPTH = 60  # ancestors that are looked at
_DESK = 1_000.0  # pixels of a window on a desk
_COMPOUND = re.compile(r"(\*|[a-z][\w-]{0,30})?((?:[.#][\w-]{1,80}|\[[^\]]{1,120}\])*)", re.IGNORECASE)
_PIECE = re.compile(r"([.#])([\w-]+)|\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*[\"']?([^\"'\]]*)[\"']?\s*)?\]")
_WIDTH = re.compile(r"(min|max)-(?:device-)?width\s*:\s*([\d.]{1,8})\s*(px|em|rem)?")
_OTHER_MEDIA = ("print", "speech", "prefers-color-scheme: dark", "prefers-color-scheme:dark", "orientation")
_STARTS = {"^=": str.startswith, "$=": str.endswith, "*=": str.__contains__}


@dataclass(frozen=True)
class Element:
    """One element of a mail with what selectors ask of it."""

    tag: str
    attributes: Mapping[str, str] = field(repr=False, default_factory=dict)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").lower().split()[:20]


@dataclass(frozen=True)
class _Compound:
    tag: str
    wanted: tuple[tuple[str, str, str], ...]  # (attribute, operator, value); a class is ("class", "~=", name)

    def fits(self, element: Element) -> bool:
        return (not self.tag or self.tag == element.tag) and all(_holds(element, *one) for one in self.wanted)


@dataclass(frozen=True)
class _Rule:
    last: _Compound
    before: tuple[tuple[_Compound, bool], ...]  # nearest first, with whether it must be the parent
    style: Style
    important: frozenset[str]
    weight: tuple[int, int]


def _holds(element: Element, name: str, operator: str, value: str) -> bool:
    held = element.attributes.get(name)
    if held is None:
        return False
    held = held.lower()
    if operator in _STARTS:
        return bool(value) and _STARTS[operator](held, value)
    if operator == "~=":
        return value in (element.classes if name == "class" else held.split())
    return not operator or held == value


def parse_style(text: str) -> Mapping[str, str]:
    """The declarations of a style attribute, lower-cased."""
    return _short_style(text) if len(text) < _SHORT else _declarations(text)[0]


@lru_cache(maxsize=512)
def _short_style(text: str) -> Mapping[str, str]:
    return _declarations(text)[0]


def _declarations(text: str) -> tuple[Style, frozenset[str]]:
    """The declarations, and the names of those that are !important."""
    found: Style = {}
    important: set[str] = set()
    for declaration in _without_comments(text[:_MAX_CSS]).lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").replace("! important", "").strip()
            if "important" in value:
                important.add(name.strip())
    return found, frozenset(important)


def _without_comments(css: str) -> str:
    if "/*" not in css:
        return css
    return "".join(part.partition("*/")[2] if number else part for number, part in enumerate(css.split("/*")))


class Sheet:
    """All rules of a mail's <style> elements."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[_Rule]] = {}
        self._count = 0
        self._work = 0
        self._cut = False

    @property
    def given_up(self) -> bool:
        """Whether there were more rules or elements than any mail program writes: then not all was judged."""
        return self._cut or self._work > _MAX_WORK or self._count > _MAX_RULES

    def add(self, css: str) -> None:
        """Reads one <style> element."""
        self._cut = self._cut or len(css) > _MAX_CSS
        for selectors, body in _blocks(_without_comments(css[:_MAX_CSS])):
            style, important = _declarations(body)
            for selector in selectors.replace("-->", "").replace("<!--", "").split(",")[:200]:
                if style and self._count <= _MAX_RULES:
                    self._add(selector.strip().lower(), style, important)

    def _add(self, selector: str, style: Style, important: frozenset[str]) -> None:
        steps = selector.replace(">", " > ").split()
        compounds: list[tuple[_Compound, bool]] = []
        child = False
        for step in steps:
            if step == ">":
                child = True
                continue
            compound = _compound(step)
            if compound is None:  # a sibling, a state or a pseudo-element: says nothing sure of what is seen
                return
            compounds.append((compound, child))
            child = False
        if not compounds:
            return
        last, links = compounds[-1][0], [direct for _, direct in compounds[1:]]
        before = tuple(zip((one for one, _ in reversed(compounds[:-1])), reversed(links), strict=True))
        ids = sum(name == "id" for one, _ in compounds for name, _, _ in one.wanted)
        rest = sum(len(one.wanted) * 100 + bool(one.tag) for one, _ in compounds)
        self._count += 1
        self._by_key.setdefault(_key(last), []).append(
            _Rule(last, before, style, important, (ids * 10_000 + rest, self._count))
        )

    def style_of(self, element: Element, ancestors: Sequence[Element]) -> tuple[Style, Style]:
        """(what the sheet says of an element, what of it is !important). `ancestors`: the nearest last."""
        if not self._by_key or self.given_up:  # such a mail goes to a person, unstyled
            return {}, {}
        fitting = [rule for rule in self._candidates(element) if self._fits(rule, element, ancestors)]
        plain: Style = {}
        strict: Style = {}
        for rule in sorted(fitting, key=lambda one: one.weight):
            plain.update(rule.style)
            strict.update({name: rule.style[name] for name in rule.important})
        return plain, strict

    def _candidates(self, element: Element) -> Iterator[_Rule]:
        keys = [element.tag, "*", f"#{element.attributes.get('id', '').lower()}"]
        for key in (*keys, *(f".{name}" for name in element.classes)):
            yield from self._by_key.get(key, ())

    def _fits(self, rule: _Rule, element: Element, ancestors: Sequence[Element]) -> bool:
        self._work += 1
        if self.given_up or not rule.last.fits(element):
            return False
        above = iter(reversed(ancestors[-_MAX_DEPTH:]))
        for compound, parent in rule.before:
            for ancestor in above:
                self._work += 1
                if compound.fits(ancestor):
                    break
                if parent:
                    return False
            else:
                return False
        return True


def _key(last: _Compound) -> str:
    """Where a rule is kept: by its id, else its class, else its tag."""
    for name, operator, value in last.wanted:
        if (name, operator) in {("id", "="), ("class", "~=")}:
            return ("#" if name == "id" else ".") + value
    return last.tag or "*"


def _compound(text: str) -> _Compound | None:
    match = _COMPOUND.fullmatch(text)
    if match is None or not text:
        return None
    wanted = []
    for piece in _PIECE.finditer(match[2]):
        if piece[1]:
            wanted.append(("class", "~=", piece[2]) if piece[1] == "." else ("id", "=", piece[2]))
        else:
            wanted.append((piece[3], piece[4] or "", piece[5] or ""))
    tag = "" if match[1] in (None, "*") else match[1]
    return _Compound(tag, tuple(wanted))


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of all rules that count at a desk, those inside @media among them."""
    open_: list[bool] = []  # of each @-block around, whether what stands in it counts
    selector, start = "", 0
    for brace in re.finditer(r"[{}]", css):
        between = css[start : brace.start()].rpartition(";")[2] if brace.group() == "{" else css[start : brace.start()]
        start = brace.end()
        if brace.group() == "{":
            if "@" in between:
                open_.append(_counts(between.lower()))
                selector = ""
            else:
                selector = between
        elif selector:
            if all(open_):
                yield selector, between.strip()
            selector = ""
        elif open_:
            open_.pop()


def _counts(query: str) -> bool:
    """Whether an @-rule holds on a screen at a desk."""
    if "@media" not in query:
        return "@supports" in query or "@layer" in query
    if any(word in query for word in _OTHER_MEDIA) and "screen" not in query.split("(")[0]:
        return False
    for side, number, unit in _WIDTH.findall(query):
        width = float(number.strip(".") or 0) * (16.0 if unit in {"em", "rem"} else 1.0)
        if (side == "min" and width > _DESK) or (side == "max" and width < _DESK):
            return False
    return "dark" not in query
