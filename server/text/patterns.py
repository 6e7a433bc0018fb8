"""Finds thousands of word patterns in a mail in one pass: the notation of content/README.md, linear on hostile text.

A pattern is a row of words; the text is cut into words once, and every pattern is walked over those words at the same
time, so no regular expression ever sees a pattern and nothing can backtrack without bound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from server.text.notation import Choice, parse_pattern
from server.text.words import Words, cut_words, fold

__all__ = ["Hit", "Matcher", "compile_patterns", "fold", "parse_pattern"]

_LONGEST_WORD = 40  # a longer run of letters is cut for the look-up of stems
_NUMBERS = """twee drie vier vijf zes zeven acht negen tien elf twaalf halve anderhalve
    one two three four five six seven eight nine ten eleven twelve half"""
_NUMBER_WORDS = frozenset(_NUMBERS.split())


@dataclass(frozen=True)
class Hit:
    """A pattern found: the words as they stand in the text, their place in it, which pattern (its number in the list
    given to `compile_patterns`), and the first and last word's number."""

    words: str = field(repr=False)
    start: int
    end: int
    pattern: int = 0
    first: int = 0
    last: int = 0


class _Node:
    """A place in the patterns: where the next word may lead."""

    __slots__ = ("classes", "exact", "gaps", "inside", "leaves", "loose", "number", "prefix", "suffix")

    def __init__(self) -> None:
        self.exact: dict[str, list[_Node]] = {}
        self.prefix: dict[str, list[_Node]] = {}
        self.suffix: dict[str, list[_Node]] = {}
        self.inside: dict[str, list[_Node]] = {}
        self.classes: dict[str, list[_Node]] = {}
        self.number: list[_Node] = []
        self.gaps: list[tuple[int, _Node]] = []
        self.leaves: list[int] = []
        self.loose = False  # whether more than exact words lead on

    def edges(self, word: str) -> tuple[dict[str, list["_Node"]], str]:
        """The table and key that a word of a pattern belongs to."""
        core = word.strip("*")
        if word.startswith("*") and word.endswith("*") and len(word) > 2:
            return self.inside, core
        if word.endswith("*"):
            return self.prefix, core
        return (self.suffix, core) if word.startswith("*") else (self.exact, core)

    def follow(self, word: str) -> Sequence["_Node"]:
        """The places that one word of the text leads to."""
        exact = self.exact.get(word, ())
        if not self.loose:
            return exact
        found = list(exact)
        if self.number and (word.isdigit() or word in _NUMBER_WORDS):
            found += self.number
        longest = min(len(word), _LONGEST_WORD) + 1
        if len(self.prefix) < 8:
            found += [node for stem, nodes in self.prefix.items() if word.startswith(stem) for node in nodes]
        else:
            found += [node for n in range(2, longest) for node in self.prefix.get(word[:n], ())]
        if len(self.suffix) < 8:
            found += [node for stem, nodes in self.suffix.items() if word.endswith(stem) for node in nodes]
        else:
            found += [node for n in range(2, longest) for node in self.suffix.get(word[-n:], ())]
        return found + [node for core, nodes in self.inside.items() if core in word for node in nodes]


class Matcher:
    """Patterns made ready. `find` takes a text, raw or folded, or the words already cut from it."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._root = _Node()
        self._shared: dict[tuple[str, ...], _Node] = {(): self._root}
        for number, pattern in enumerate(patterns):
            self._add(pattern, number)

    def _add(self, pattern: str, number: int) -> None:
        steps = parse_pattern(pattern)
        node, done = self._root, 0
        while done < len(steps) and isinstance(steps[done], str):
            key = tuple(str(step) for step in steps[: done + 1])
            if key not in self._shared:
                self._shared[key] = _Node()
                _connect(node, (key[-1],), self._shared[key])
            node, done = self._shared[key], done + 1
        for step in steps[done:]:
            following = _Node()
            if isinstance(step, int):
                node.gaps.append((step, following))
            else:
                choice = step if isinstance(step, Choice) else Choice(((step,),))
                for alternative in choice.alternatives:
                    _connect(node, alternative, following)
                if choice.optional:
                    node.gaps.append((0, following))
            node = following
        node.leaves.append(number)

    def find(self, text: str | Words) -> tuple[Hit, ...]:
        """Every hit, in the order of the text; of one pattern at one place only the shortest."""
        cut = cut_words(text) if isinstance(text, str) else text
        firsts: dict[str, Sequence[_Node]] = {}
        hits: list[Hit] = []
        for first, word in enumerate(cut.words):
            nodes = firsts.get(word)
            if nodes is None:
                nodes = firsts[word] = self._root.follow(word)
            if nodes or self._root.classes:
                ahead = [(node, first + 1) for node in nodes]
                hits += self._walk(cut, first, ahead + list(_marked(self._root, cut, first)))
        return tuple(hits)

    def _walk(self, cut: Words, first: int, ahead: list[tuple[_Node, int]]) -> Iterable[Hit]:
        found: dict[int, int] = {}
        seen: set[tuple[int, int]] = set()
        count, ends, words = len(cut.words), cut.ends, cut.words
        while ahead:
            node, at = ahead.pop()
            for leaf in node.leaves:
                found[leaf] = min(found.get(leaf, at), at)
            for gap, following in node.gaps:
                if (id(following), at) not in seen:  # several ways may lead here: each place is looked at once
                    seen.add((id(following), at))
                    ahead.append((following, at))
                for skipped in range(at, min(at + gap, count)):
                    if skipped in ends:
                        break
                    if (id(following), skipped + 1) not in seen:
                        seen.add((id(following), skipped + 1))
                        ahead.append((following, skipped + 1))
            if at < count and at not in ends:
                ahead += [(following, at + 1) for following in node.follow(words[at])]
                ahead += _marked(node, cut, at)
        for leaf, end in sorted(found.items()):
            yield Hit(cut.quote(first, end - 1), cut.spans[first][0], cut.spans[end - 1][1], leaf, first, end - 1)


def _marked(node: _Node, cut: Words, at: int) -> Iterable[tuple[_Node, int]]:
    """Where a class of words leads from `at`, past what is marked there."""
    for name, targets in node.classes.items():
        for last in cut.marks.get(name, {}).get(at, ()):
            yield from ((target, last + 1) for target in targets)


def _connect(node: _Node, row: Sequence[str | int], target: _Node) -> None:
    """Makes a row of words and gaps lead from `node` to `target`."""
    for step in row[:-1]:
        following = _Node()
        if isinstance(step, int):
            node.gaps.append((step, following))
        else:
            _edge(node, step, following)
        node = following
    _edge(node, str(row[-1]), target)


def _edge(node: _Node, word: str, target: _Node) -> None:
    node.loose = node.loose or word == "#" or "*" in word
    if word == "#":
        node.number.append(target)
    elif word.startswith("<"):
        node.classes.setdefault(word[1:-1], []).append(target)
    else:
        table, core = node.edges(word)
        table.setdefault(core, []).append(target)


def compile_patterns(patterns: Iterable[str]) -> Matcher:
    """Patterns made ready to be found together; the same list is compiled once."""
    return _compiled(tuple(patterns))


@lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> Matcher:
    return Matcher(patterns)
