"""HTML mail becomes plain text with quotes marked by "> ", what a reader cannot see set apart, and clean HTML for staff.

lxml's event interface is used instead of a tree: it never recurses, so ten thousand nested elements cost nothing, and
one pass gives the text, the hidden text and the markup (inscriptis gives only the first, and drops hidden text)."""

import re
from dataclasses import dataclass, field, replace
from html import escape, unescape

import nh3
from lxml import etree  # type: ignore[import-untyped]

from server.connectors.mail.characters import clean, written_unseen
from server.connectors.mail.elements import BLOCKS, BREAKS, MARKUP, SPACED, UNREAD, VOID
from server.connectors.mail.stylesheets import Element, Sheet, Style, parse_style
from server.connectors.mail.visibility import Look, look_inside, own_style

MAX_MARKUP_CHARS = 500_000
_MAX_MARKUP_DEPTH = 200  # nh3's time grows with the square of the depth; no mail program nests deeper
_MAX_HIDDEN_CHARS = 20_000
_MAX_EVENTS = 40_000  # starts of elements and runs of text; the longest newsletter has a tenth of these
_MAX_TEXT_CHARS = 1_000_000
_MAX_QUOTES = 9
_CHUNK = 50_000


_QUOTE_CLASS = re.compile(r"quote|cite", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n{3,}")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SPOKEN = ("alt", "title", "aria-label", "summary", "placeholder")  # attributes that hold words
_SENTENCE = 5  # words
RULE = "_" * 32  # how a horizontal line reads; mail programs draw one above the mail they answer


@dataclass(frozen=True)
class HtmlText:
    """`text`: what a reader sees, quotes marked by "> "; `hidden`: what they do not; `markup`: clean HTML of the first;
    `pictures`: how many images stood in it; `truncated`: the markup was cut off."""

    text: str = field(repr=False)
    hidden: str = field(repr=False, default="")
    markup: str = field(repr=False, default="")
    pictures: int = 0
    truncated: bool = False


@dataclass(frozen=True)
class _Frame:
    element: Element
    look: Look
    quotes: int = 0
    skipped: bool = False
    spaced: bool = False
    preformatted: bool = False
    marked: bool = False  # a start tag went into the markup, so an end tag must follow

    @property
    def tag(self) -> str:
        return self.element.tag


class _Reader:
    """lxml calls start, end and data; `close` gives what was read."""

    def __init__(self) -> None:
        self.frames = [_Frame(Element(""), Look())]
        self.lines: list[str] = []
        self.current: list[str] = []
        self.quotes_of_line = 0
        self.blank_wanted = False
        self.hidden: list[str] = []
        self.strange: list[str] = []  # runs that may spell something in characters nobody sees
        self.markup: list[str] = []
        self.markup_size = 0
        self.pictures = 0
        self.sheet = Sheet()
        self.stylesheet: list[str] = []
        self.counters: list[int] = []
        self.events = 0
        self.text_size = 0
        self.empty_line_typed = False

    @property
    def full(self) -> bool:
        """Whether enough was read."""
        return self.events > _MAX_EVENTS or self.text_size > _MAX_TEXT_CHARS

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        self.events += 1
        if self.full:
            return
        outer = self.frames[-1]
        tag = tag.lower()
        if "@" in tag:  # <jan@example.org> typed without escaping
            self.data(f"<{tag}>")
        element = Element(tag, attrib)
        sheet, strict = self.sheet.style_of(element, [frame.element for frame in self.frames[-60:]])
        style = own_style(tag, attrib, sheet, strict, parse_style(attrib.get("style", "")))
        look = look_inside(outer.look, tag, attrib, style)
        self._unseen(" ".join(attrib[name] for name in _SPOKEN if name in attrib))
        quotes = outer.quotes + (1 if tag == "blockquote" and _is_quote(attrib, style) else 0)
        frame = _Frame(
            element,
            look,
            quotes,
            skipped=outer.skipped or tag in UNREAD,
            spaced=tag in SPACED and not _is_tight(attrib, style),
            preformatted=tag == "pre" or outer.preformatted or style.get("white-space", "").startswith("pre"),
            marked=self._open_markup(tag, attrib, look),
        )
        self._break_before(frame)
        self.frames.append(frame)
        if tag == "img" and not look.hidden:
            self.pictures += 1

    def end(self, _tag: str) -> None:
        if len(self.frames) == 1 or self.full:
            return
        frame = self.frames.pop()
        if frame.tag == "style":
            self.sheet.add("".join(self.stylesheet))
            self.stylesheet.clear()
        if frame.marked:
            self._mark(f"</{frame.tag}>")
        if frame.tag in BLOCKS:
            self._end_line()
            self.blank_wanted = self.blank_wanted or frame.spaced
        elif frame.tag in {"td", "th"} and self.current:
            self.current.append("  ")
        if frame.tag in {"ul", "ol"} and self.counters:
            self.counters.pop()

    def data(self, data: str) -> None:
        frame = self.frames[-1]
        if frame.tag == "style":
            self.stylesheet.append(data)
        self.events += 1
        self.text_size += len(data)
        if self.full:
            return
        if frame.skipped:
            if frame.tag not in {"style", "script"}:
                self._unseen(data)
            return
        if not data.isascii():
            self.strange.append(data)
        if frame.look.hidden:
            self.hidden.append(data)
            return
        self._mark(escape(data))
        if not frame.preformatted:
            self.empty_line_typed = self.empty_line_typed or ("\xa0" in data and not data.strip())
            self._add(_SPACE.sub(" ", clean(data).replace("\n", " ")), frame)
            return
        for number, line in enumerate(clean(data).split("\n")):
            if number:
                self._end_line(keep_empty=True)
            self._add(line, frame)

    def comment(self, text: str) -> None:
        """Comments are nobody's words, and hidden ones when they are sentences."""
        self.events += 1
        if not self.full and not text.lstrip().startswith(("@", "/*")):
            self._unseen(_TAG.sub(" ", text[:_MAX_HIDDEN_CHARS]))

    def _unseen(self, text: str) -> None:
        """Keeps what is written where no reader looks, when it is a sentence and not a mail program's own mark."""
        if len(text) > 20 and len(text[:500].split()) >= _SENTENCE:
            self.hidden.append(text[:_MAX_HIDDEN_CHARS])

    def close(self) -> HtmlText:
        self._end_line()
        unseen = written_unseen("".join(self.strange))
        hidden = "\n".join(filter(None, (" ".join(clean(part).split()) for part in (*self.hidden, unseen))))
        markup = nh3.clean("".join(self.markup), tags=set(MARKUP), attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
        return HtmlText(
            "\n".join(self.lines).strip("\n"),
            hidden[:_MAX_HIDDEN_CHARS],
            markup,
            self.pictures,
            self.markup_size > MAX_MARKUP_CHARS or self.full or self.sheet.given_up,
        )

    def _break_before(self, frame: _Frame) -> None:
        if frame.skipped or frame.tag not in BREAKS:
            return
        self._end_line(keep_empty=frame.tag == "br")
        self.blank_wanted = self.blank_wanted or (frame.spaced and bool(self.lines))
        if frame.tag in {"ul", "ol"}:
            self.counters.append(0 if frame.tag == "ol" else -1)
        elif frame.tag == "hr" and not frame.look.hidden:
            self._add(RULE, frame)
            self._end_line()
        elif frame.tag == "li" and not frame.look.hidden:
            self._add(self._bullet(), frame)

    def _bullet(self) -> str:
        if not self.counters or self.counters[-1] < 0:
            return "- "
        self.counters[-1] += 1
        return f"{self.counters[-1]}. "

    def _add(self, text: str, frame: _Frame) -> None:
        if not text or (text == " " and not self.current):
            return
        if not self.current:
            self.quotes_of_line = frame.quotes
        elif frame.quotes != self.quotes_of_line and text.strip():
            self._end_line()
            self.quotes_of_line = frame.quotes
        self.current.append(text)

    def _end_line(self, *, keep_empty: bool = False) -> None:
        text = _SPACE.sub(" ", "".join(self.current)).strip() if self.current else ""
        quotes = self.quotes_of_line if self.current else self.frames[-1].quotes
        self.current = []
        keep_empty, self.empty_line_typed = keep_empty or self.empty_line_typed, False
        if not text and not keep_empty:
            return
        if text and self.blank_wanted and self.lines and self.lines[-1]:
            self.lines.append("")
        self.blank_wanted = self.blank_wanted and not text
        mark = "> " * min(quotes, _MAX_QUOTES)
        if text or (self.lines and self.lines[-1].strip("> ")):
            self.lines.append((mark + text).rstrip())

    def _open_markup(self, tag: str, attrib: dict[str, str], look: Look) -> bool:
        frame = self.frames[-1]
        if tag not in MARKUP or look.hidden or frame.skipped or len(self.frames) > _MAX_MARKUP_DEPTH:
            return False
        if self.markup_size > MAX_MARKUP_CHARS:
            return False
        target = f' href="{escape(attrib["href"])}"' if tag == "a" and "href" in attrib else ""
        self._mark(f"<{tag}{target}>")
        return tag not in VOID

    def _mark(self, markup: str) -> None:
        self.markup_size += len(markup)
        if self.markup_size <= MAX_MARKUP_CHARS:
            self.markup.append(markup)


_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


def _is_quote(attrib: dict[str, str], style: Style) -> bool:
    """A blockquote that a mail program put around a mail, not one that its writer indented with (Gmail's "indent")."""
    if attrib.get("type") == "cite" or "cite" in attrib or _QUOTE_CLASS.search(attrib.get("class", "")[:200]):
        return True
    return not ("border" in style and style["border"].startswith("none") and "border-left" not in style)


def _is_tight(attrib: dict[str, str], style: Style) -> bool:
    """A paragraph without space around it: Outlook writes each line as one."""
    if attrib.get("class", "").startswith(("Mso", "mso")):
        return True
    return style.get("margin", "x")[:1] == "0" or (style.get("margin-top") == "0" and style.get("margin-bottom") == "0")


def read_html(html: str) -> HtmlText:
    """Never raises: what the parser cannot read, or is too much for it, is read by dropping its tags, and `truncated`."""
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    html = html.translate(_UNPARSABLE) if not html.isascii() or "\0" in html else html
    rest = ""
    try:
        for start in range(0, len(html), _CHUNK):
            parser.feed(html[start : start + _CHUNK])
            if reader.full:
                rest = _without_tags(html[start:])
                break
        result = parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        result = None
    if not isinstance(result, HtmlText):
        text = _without_tags(html)
        # what was hidden in it cannot be told, so a person must read it and no model
        return HtmlText(text, markup=f"<pre>{escape(text[:MAX_MARKUP_CHARS])}</pre>", truncated="<" in html)
    return replace(result, text=f"{result.text}\n{rest}".strip("\n")) if rest else result


_UNPARSABLE = {0: None, **dict.fromkeys(range(0xD800, 0xE000))}


def _without_tags(html: str) -> str:
    """The text between the tags; the last resort, so it keeps all and judges nothing."""
    pieces: list[str] = []
    for part in html.split("<"):
        tag, closed, text = part.partition(">")
        name = tag.strip("/ ").split(" ", 1)[0].lower() if closed else ""
        if name not in UNREAD:
            pieces.append("\n" if name in BREAKS else "")
            pieces.append(text if closed else part)
    return _EMPTY_LINES.sub("\n\n", clean(unescape("".join(pieces)))).strip()
