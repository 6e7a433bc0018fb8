"""Where one sentence says two things: its cuts into clauses, so that a status is said of its own subject only."""

import re
from collections.abc import Iterator, Sequence

from server.safety.ledger import Ledger
from server.safety.subjects import find_subjects
from server.safety.tokens import Line
from server.safety.topics import PATTERNS, SUBORDINATE

_CUT = re.compile(
    r"(?P<strong>[;–—]|\s-\s|\b(?:maar|but|terwijl|while|whereas|although|hoewel|however|echter)\b)"
    r"|(?P<weak>[:,()]|\b(?:en|and|dus|so|want|because|omdat)\b)"
)


_RECEIVED = dict(PATTERNS)["received"]


def _has_topic(folded: str) -> bool:
    return any(pattern.search(folded) for topic, pattern in PATTERNS if topic != "received")


def _atoms(folded: str, whole: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[int, int, str]]:
    """(start, end, how it is joined to what stands before): "strong", "weak", "sub" or "". Nothing is cut inside `whole`
    ("zes euro en tien cent")."""
    cuts = [(m.start(), m.end(), "strong" if m["strong"] else "weak") for m in _CUT.finditer(folded)]
    cuts = [cut for cut in cuts if not any(left < cut[0] and cut[1] < right for left, right in whole)]
    cuts += [(m.start(), m.start(), "sub") for m in SUBORDINATE.finditer(folded)]
    start, how = 0, ""
    for left, right, kind in sorted(cuts):
        if left > start or (left == start == 0 and kind == "sub"):
            if left > start:
                yield start, left, how
            start, how = right if kind != "sub" else left, kind
        elif kind == "sub" or how == "":
            how = "sub" if kind == "sub" or how == "sub" else kind
            start = max(start, right)
        elif kind == "strong":
            start, how = right, "sub" if how == "sub" and start == left else "strong"
        else:
            start = max(start, right)
    if start < len(folded):
        yield start, len(folded), how


def clause_spans(line: Line, ledger: Ledger) -> list[tuple[int, int, bool]]:
    """(start, end, subordinate) of the clauses of a sentence."""
    spans: list[tuple[int, int, bool]] = []
    for start, end, how in _atoms(line.folded, [(money.start, money.end) for money in line.money]):
        if not spans:
            spans.append((start, end, how == "sub"))
            continue
        left, right, sub = spans[-1]
        before, here = line.folded[left:right], line.folded[start:end]
        cut = how in ("strong", "sub") or (sub and line.folded[right : right + 1] == ",")
        if not cut and (_has_topic(before) or _RECEIVED.search(before)):
            own, told = find_subjects(line, start, end, ledger), find_subjects(line, left, right, ledger)
            if _has_topic(before) or (told.lab and _RECEIVED.search(before)):
                cut = _has_topic(here) or (bool(own) and bool(told))
        if cut:
            spans.append((start, end, how == "sub"))
        else:
            spans[-1] = (left, end, sub)
    return spans
