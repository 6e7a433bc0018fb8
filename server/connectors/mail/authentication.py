"""What the receiving server says of where a mail came from: Authentication-Results (RFC 8601), read to doubt, never to trust.

Only the host's own words count. Servers put their field on top, so the topmost one tells the name that our host goes by
(authserv-id; Microsoft 365 writes none), and further fields of that name are its as well. Whatever else a sender put
there is not read; and since a "pass" raises nothing, a forged one gains nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from server.text.lookalike import domain_of, plain_domain, registered

_MAX = 10_000
_MAX_FIELDS = 20
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s;="()]+)|([;=])')
_METHODS = frozenset(
    [
        "dmarc",
        "spf",
        "dkim",
        "compauth",
        "arc",
        "auth",
        "iprev",
        "sender-id",
        "dkim-adsp",
        "domainkeys",
        "dkim-atps",
        "bimi",
    ]
)
_FAILED = frozenset(["fail", "hardfail", "reject"])


@dataclass(frozen=True)
class MethodResult:
    """One method's word: "dkim", "pass", {"header.d": "example.org"}."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """One field: who says so ("" where the host gives no name) and what of each method."""

    server: str
    methods: tuple[MethodResult, ...] = ()


def _without_comments(value: str) -> str:
    """The value with its comments blanked: they nest, and a quoted string may hold brackets."""
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for char in value[:_MAX]:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif char == "(" and not quoted:
            depth += 1
        elif char == ")" and depth and not quoted:
            depth -= 1
            char = " "
        kept.append(" " if depth else char)
    return "".join(kept)


def _tokens(value: str) -> Iterator[str]:
    for match in _TOKEN.finditer(value):
        yield match[1] if match[1] is not None else match[2] or match[3]


def _sections(value: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for piece in _tokens(_without_comments(value)):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _pairs(section: Sequence[str]) -> list[tuple[str, str]]:
    """The "name = value" of a section, in order."""
    found = []
    for at, sign in enumerate(section[1:-1], 1):
        if sign == "=":
            found.append((section[at - 1].lower(), section[at + 1]))
    return found


def read_results(value: str) -> Results:
    """One Authentication-Results field. What fits no grammar gives no methods; nothing raises."""
    sections = _sections(value)
    first = _pairs(sections[0])
    nameless = bool(first) and first[0][0].partition("/")[0] in _METHODS
    server = "" if nameless or not sections[0] else sections[0][0].lower()
    methods = []
    for section in sections if nameless else sections[1:]:
        pairs = _pairs(section)
        if pairs and pairs[0][0].partition("/")[0] in _METHODS:
            (name, result), properties = pairs[0], pairs[1:]
            methods.append(MethodResult(name.partition("/")[0], result.lower(), dict(reversed(properties))))
    return Results(server, tuple(methods))


def _of_host(values: Sequence[str]) -> tuple[MethodResult, ...]:
    """What our own host says: the topmost field, and those of the same name."""
    read = [read_results(value) for value in values[:_MAX_FIELDS]]
    return tuple(method for one in read if one.server == read[0].server for method in one.methods) if read else ()


def _aligned(domain: str, shown: str) -> bool:
    """Whether a domain and the one in From belong to one owner (DMARC's relaxed alignment)."""
    return bool(domain) and registered(domain_of(domain) or domain) == registered(shown)


def _proved(methods: Sequence[MethodResult]) -> list[str]:
    """The domains that SPF and DKIM passed for."""
    found = []
    for one in methods:
        said = one.properties
        if one.method == "spf" and one.result == "pass":
            found.append(said.get("smtp.mailfrom") or said.get("smtp.mail") or said.get("smtp.helo", ""))
        elif one.method == "dkim" and one.result == "pass":
            found.append(said.get("header.d") or said.get("header.i", ""))
    return [domain for domain in found if domain]


def judge_origin(values: Sequence[str], from_address: str) -> str:
    """ "pass": the host found that the mail came from the domain in From; "fail": that it did not (DMARC, or Microsoft's
    composite); "mismatch": no DMARC, and what SPF and DKIM proved is another domain or nothing; "": the host said nothing.

    `values`: the mail's Authentication-Results fields, the topmost first."""
    methods = _of_host(values)
    shown = plain_domain(domain_of(from_address))
    said = {
        name: {one.result for one in methods if one.method == name} for name in ("dmarc", "compauth", "spf", "dkim")
    }
    if (said["dmarc"] | said["compauth"]) & _FAILED:
        return "fail"
    judged = [
        one.properties.get("header.from", "") for one in methods if one.method == "dmarc" and one.result == "pass"
    ]
    if judged:
        return "pass" if not judged[0] or _aligned(judged[0], shown) else "fail"
    proved = _proved(methods)
    if any(_aligned(domain, shown) for domain in proved):
        return "pass"
    refused = bool((said["spf"] | said["dkim"]) & _FAILED)
    return "mismatch" if shown and (proved or refused) else ""
