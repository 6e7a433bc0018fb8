"""Takes a pattern of content/README.md's notation apart into steps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from server.text.words import TOKEN, plain_word

GAPS = {"..": 4, "...": 8}  # words that may stand between
_MAX_GAPS = 3  # a pattern with more would cost too much at each word of hostile text
_MOST_ROWS = 200  # ways to read one alternative


@dataclass(frozen=True)
class Choice:
    """One of several rows of words and gaps, or, when optional, nothing."""

    alternatives: tuple[tuple[str | int, ...], ...]
    optional: bool = False


Step = str | int | Choice
_PIECE = re.compile(r"(\.{2,3})(?=\s|$)|([^\s()|]+)")


def parse_pattern(pattern: str) -> tuple[Step, ...]:
    """A pattern's steps: a word, a number of words that may stand between, or a choice. Raises ValueError."""
    steps: list[Step] = []
    for text, optional, is_choice in _parts(pattern):
        if is_choice:
            rows = tuple(row for part in _alternatives(text) for plain in _spread(part) if (row := _row(plain)))
            steps += [Choice(rows, optional)] if rows else []
        else:
            steps += _steps(text)
    if not steps or (isinstance(steps[0], Choice) and steps[0].optional):
        raise ValueError(f"the first word cannot be optional or missing: {pattern!r}")
    if isinstance(steps[0], int) or isinstance(steps[-1], int) or sum(isinstance(s, int) for s in steps) > _MAX_GAPS:
        raise ValueError(f"a gap must stand between words, {_MAX_GAPS} at most: {pattern!r}")
    return tuple(steps)


def _parts(pattern: str) -> Iterable[tuple[str, bool, bool]]:
    """Plain text and what stands between outer parentheses, with whether a "?" follows."""
    depth, begun = 0, 0
    for at, char in enumerate(pattern):
        if char == "(":
            if depth == 0:
                yield pattern[begun:at], False, False
                begun = at + 1
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                optional = pattern[at + 1 : at + 2] == "?"
                yield pattern[begun:at], optional, True
                begun = at + 1 + optional
        if depth < 0 or (char == "|" and depth == 0):
            break
    else:
        if depth == 0:
            yield pattern[begun:], False, False
            return
    raise ValueError(f"parentheses do not match: {pattern!r}")


def _alternatives(text: str) -> list[str]:
    """Split at the bars that no inner parentheses hold."""
    found, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += char
    return found


def _spread(text: str) -> list[str]:
    """An alternative with choices inside written out in full."""
    if "(" not in text:
        return [text]
    rows = [""]
    for part, optional, is_choice in _parts(text):
        options = [one for inner in _alternatives(part) for one in _spread(inner)] if is_choice else [part]
        options += [""] if optional else []
        rows = [f"{row} {option}" for row in rows for option in options]
    if len(rows) > _MOST_ROWS:
        raise ValueError(f"too many ways to read: {text!r}")
    return rows


def _steps(text: str) -> list[Step]:
    steps: list[Step] = []
    for gap, word in _PIECE.findall(text):
        if gap:
            steps.append(GAPS[gap])
        else:
            words = _pattern_words(word.rstrip("?"))
            steps += [Choice((words,), True)] if word.endswith("?") and words else words
    return steps


def _row(text: str) -> tuple[str | int, ...]:
    """The words and gaps of one alternative; a gap at its end or beginning says nothing and is dropped."""
    row: list[str | int] = []
    for gap, word in _PIECE.findall(text):
        row += [GAPS[gap]] if gap else _pattern_words(word)
    while row and isinstance(row[0], int):
        row = row[1:]
    while row and isinstance(row[-1], int):
        row = row[:-1]
    return tuple(row)


def _pattern_words(text: str) -> tuple[str, ...]:
    """The words of a pattern, cut as a text is, with their stars ("side-effect*" is two words)."""
    words: list[str] = []
    for match in re.finditer(rf"(\*?)(<[a-z_]+>|{TOKEN.pattern}|#)(\*?)", text):
        left, core, right = match.group(1), match.group(2), match.group(match.lastindex or 3)
        words.append(core if core[0] in "#<" else f"{left}{plain_word(core)}{right}")
    if any(len(word.strip("*")) < 2 for word in words if "*" in word):
        raise ValueError(f"a stem needs two letters at least: {text!r}")
    return tuple(words)
