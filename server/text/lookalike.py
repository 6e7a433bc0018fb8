"""Mail addresses and domains made to look like another: swapped letters, "rn" for "m", a hyphen more, another ending."""

import unicodedata

from server.text.words import fold

_GLYPHS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SINGLE = str.maketrans(
    "0135$|" "аеорсухіјѕԁһҏвкмнтгп" "αβεικνορτυχ" "ıłøđƒ",
    "olessl" "aeopcyxijsdhpbkmhtrn" "abeiknoptyx" "ilodf",
)  # fmt: skip
_LETTER_ONE = str.maketrans("li!", "lll")
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "ac", "gov", "edu", "nhs", "ltd", "me", "sch", "plc"])
MAX_LENGTH = 253


def plain_domain(domain: str) -> str:
    """A domain as a reader sees it: lower case, punycode ("xn--…") decoded, no trailing dot."""
    labels = []
    for label in domain.strip().rstrip(".").lower()[:MAX_LENGTH].split("."):
        try:
            labels.append(label.encode("ascii").decode("idna") if label.startswith("xn--") else label)
        except (UnicodeError, ValueError):
            labels.append(label)
    return ".".join(labels)


def registered(domain: str) -> str:
    """The part of a domain that somebody registered: the last two labels, three under "co.uk" and its like."""
    labels = plain_domain(domain).split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def domain_of(address: str) -> str:
    """What stands behind the last @ of an address, "" when there is none."""
    return address.strip().casefold().rpartition("@")[2] if "@" in address else ""


def skeleton(text: str) -> str:
    """What a quick eye makes of it: look-alike letters and pairs become one, hyphens and dots go."""
    plain = fold(unicodedata.normalize("NFKC", text)).translate(_SINGLE)
    for pair, one in _GLYPHS:
        plain = plain.replace(pair, one)
    return plain.translate(_LETTER_ONE).replace("-", "").replace("_", "").replace(".", "")


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two neighbours swapped tell them apart."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


def looks_like_domain(domain: str, real: str) -> bool:
    """Whether `domain` is not `real` but made, or bound, to be taken for it. Short names must agree in all but the ending."""
    one, other = registered(domain), registered(real)
    if not one or not other or one == other:
        return False
    left, right = one.partition(".")[0], other.partition(".")[0]
    if left == right or skeleton(left) == skeleton(right):
        return True
    if min(len(left), len(right)) < 5:
        return False
    a, b = skeleton(left), skeleton(right)
    longer, shorter = sorted((a, b), key=len, reverse=True)
    dressed_up = len(shorter) >= 7 and shorter in longer and len(longer) - len(shorter) <= 9
    return _one_edit(a, b) or dressed_up


def looks_like_address(address: str, real: str) -> bool:
    """Whether an address can be taken for `real`: the same box at a look-alike domain, or a look-alike box at the same."""
    mine, theirs = address.strip().casefold(), real.strip().casefold()
    if not mine or not theirs or mine == theirs or "@" not in mine or "@" not in theirs:
        return False
    box, real_box = skeleton(mine.rpartition("@")[0]), skeleton(theirs.rpartition("@")[0])
    domain, real_domain = domain_of(mine), domain_of(theirs)
    same_domain = plain_domain(domain) == plain_domain(real_domain)
    near_box = box == real_box or (min(len(box), len(real_box)) >= 5 and _one_edit(box, real_box))
    return (near_box and looks_like_domain(domain, real_domain)) or (same_domain and near_box)
