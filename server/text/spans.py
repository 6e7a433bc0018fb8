"""Which places of a text are already read, so that "12,50" is money or a time but never both; linear on any text."""


class Taken:
    """Marks stretches of a text of a given length as read."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def claim(self, start: int, end: int) -> bool:
        """Marks the stretch and says True, unless part of it was marked already."""
        if end <= start or self._marks.find(1, start, end) != -1:
            return False
        self._marks[start:end] = b"\x01" * (end - start)
        return True

    def free(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts of the stretch that are not marked."""
        found, at = [], start
        while at < end:
            if self._marks[at]:
                at += 1
                continue
            stop = self._marks.find(1, at, end)
            stop = end if stop == -1 else stop
            found.append((at, stop))
            at = stop
        return found

    def holds(self, start: int, end: int) -> bool:
        """Whether part of the stretch is marked."""
        return self._marks.find(1, start, end) != -1

    def mark(self, start: int, end: int) -> None:
        """Marks the stretch whatever stands there."""
        self._marks[start:end] = b"\x01" * max(0, min(end, len(self._marks)) - start)

    def blanked(self, text: str) -> str:
        """The text with all that is marked as spaces: offsets stay true."""
        if 1 not in self._marks:
            return text
        return "".join(" " if mark else char for char, mark in zip(text, self._marks, strict=True))
