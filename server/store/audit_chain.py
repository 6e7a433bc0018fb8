"""The arithmetic of the audit chain: what an entry's code runs over, and which entries of a chain are not as they were."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from server.store.vault import EMPTY_MAC, chain_seal

CHAINED = (
    "at", "type", "action", "user_id", "role", "on_behalf_of", "request_id", "object_type", "object_id", "subject",
    "outcome", "detail",
)  # fmt: skip
_LOOKED_THROUGH = 500  # changed entries among which a re-ordering is looked for; more than that is no re-ordering

What = Literal["changed", "removed", "reordered", "inserted", "tail_missing", "head"]


@dataclass(frozen=True)
class ChainFault:
    """One entry that is not as it was written. "removed": this and perhaps more up to the next that is there;
    "inserted": nothing was ever written here; "tail_missing": this entry and all after it are gone; "head": the record
    of how long the chain is was changed or is gone."""

    pharmacy_id: str
    seq: int
    what: What


@dataclass(frozen=True)
class Head:
    """How long a chain is and how it ends, closed by its seal."""

    seq: int
    mac: bytes
    seal: bytes


def entry_mac(key: bytes, pharmacy_id: str, seq: int, row: Mapping[str, Any], prev: bytes) -> bytes:
    """HMAC-SHA256 over the entry as it is stored, its place, and the entry before it. `sealed` counts as ciphertext
    and `subject` as keyed hash, so that erasing a person leaves the chain as it was."""
    sealed = row["sealed"]
    said = [
        pharmacy_id,
        seq,
        *(row[name] for name in CHAINED),
        None if sealed is None else bytes(sealed).hex(),
        prev.hex(),
    ]
    canonical = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, canonical.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _is_genuine(key: bytes, pharmacy_id: str, seq: int, row: Mapping[str, Any]) -> bool:
    """Whether the entry's code fits it at this place. Whoever can write rows can write odd types too: those never fit."""
    if not isinstance(row["mac"], bytes) or not isinstance(row["prev"], bytes):
        return False
    try:
        return hmac.compare_digest(row["mac"], entry_mac(key, pharmacy_id, seq, row, row["prev"]))
    except (TypeError, ValueError):
        return False


def check_chain(
    key: bytes, pharmacy_id: str, rows: Iterable[Mapping[str, Any]], head: Head | None
) -> Iterator[ChainFault]:
    """Reads a chain in order, once, and names every fault."""
    expected, prev = 1, EMPTY_MAC
    broken: list[Mapping[str, Any]] = []
    gaps: list[int] = []
    for row in rows:
        seq = row["seq"]
        if not isinstance(seq, int) or seq < 1:
            yield ChainFault(pharmacy_id, 0, "inserted")
            continue
        if seq > expected and (head is None or expected <= head.seq):
            gaps.extend(range(expected, min(seq, expected + _LOOKED_THROUGH)))
            yield ChainFault(pharmacy_id, expected, "removed")
        if not _is_genuine(key, pharmacy_id, seq, row):
            broken.append(row)
        elif seq == expected and row["prev"] != prev and not (broken and broken[-1]["seq"] == seq - 1):
            yield ChainFault(pharmacy_id, seq, "changed")
        expected, prev = seq + 1, row["mac"]
    yield from _name_broken(key, pharmacy_id, broken, gaps, head.seq if head else expected - 1)
    yield from _check_head(key, pharmacy_id, head, expected - 1, prev, bool(broken))


def _name_broken(
    key: bytes, pharmacy_id: str, broken: list[Mapping[str, Any]], gaps: list[int], length: int
) -> Iterator[ChainFault]:
    """An entry whose code fits another place was moved; one outside the chain was put there; any other was changed."""
    places = [*(row["seq"] for row in broken), *gaps]
    looking = len(places) <= _LOOKED_THROUGH
    for row in broken:
        moved = looking and any(_is_genuine(key, pharmacy_id, place, row) for place in places)
        yield ChainFault(
            pharmacy_id, row["seq"], "reordered" if moved else "inserted" if row["seq"] > length else "changed"
        )


def _check_head(
    key: bytes, pharmacy_id: str, head: Head | None, last: int, mac: bytes, broken: bool
) -> Iterator[ChainFault]:
    if head is None:
        yield ChainFault(pharmacy_id, last, "head")
    elif not hmac.compare_digest(head.seal, chain_seal(key, pharmacy_id, head.seq, head.mac)):
        yield ChainFault(pharmacy_id, head.seq, "head")
    elif last < head.seq:
        yield ChainFault(pharmacy_id, last + 1, "tail_missing")
    elif last > head.seq and not broken:
        yield ChainFault(pharmacy_id, head.seq + 1, "inserted")
    elif last == head.seq and not broken and not hmac.compare_digest(head.mac, mac):
        yield ChainFault(pharmacy_id, head.seq, "changed")
