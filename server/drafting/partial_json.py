"""Takes the finished parts out of a model's JSON while the rest is still coming."""

import re
from collections.abc import Iterator
from typing import Any

import jiter

_MAX = 20_000  # characters; an answer is a few hundred
_BLANKS = 120
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)  # some models think aloud before they answer


class PartsReader:
    """Fed with the answer piece by piece; gives each element of "parts" once it is whole."""

    def __init__(self) -> None:
        self._text = ""
        self._start: int | None = None
        self._looked_at = 0
        self.given = 0

    def feed(self, text: str) -> Iterator[Any]:
        """The parts that this piece of text completes."""
        if self.over:
            return
        self._text += text
        if self._start is None:
            self._start = self._json_starts()
        if self._start is None:
            return
        at = max(self._looked_at, self._start)
        while (at := self._text.find("}", at)) != -1:
            at += 1
            yield from self._new_parts(self._text[self._start : at])
        self._looked_at = len(self._text)

    @property
    def over(self) -> bool:
        """Whether nothing more can be expected: small models, bound to a schema, write blanks without end."""
        return len(self._text) > _MAX or (len(self._text) > _BLANKS and self._text[-_BLANKS:].isspace())

    def _json_starts(self) -> int | None:
        if self._text.lstrip().startswith("<think>"):
            thoughts = _THOUGHTS.match(self._text)
            found = self._text.find("{", thoughts.end()) if thoughts else -1
        else:
            found = self._text.find("{")
        return found if found != -1 else None

    def _new_parts(self, head: str) -> Iterator[Any]:
        """A brace that ends a part leaves list and object open, so closing both makes it valid JSON. Inside a string or
        a deeper object it does not."""
        try:
            whole = jiter.from_json((head + "]}").encode(), partial_mode=False)
        except ValueError:
            return
        parts = whole.get("parts")
        if isinstance(parts, list):
            yield from parts[self.given :]
            self.given = max(self.given, len(parts))
