"""Which of the medicines that a sentence names are wanted, and which it says are had already or come from elsewhere."""

import re
from collections.abc import Iterator, Sequence

from server.model.rulebook import Rulebook
from server.text.medicines import MedicineMention
from server.text.patterns import Matcher, compile_patterns

_DOUBTED = re.compile(
    r"\b(?:of|maar|toch|echter|helaas|kwijt|gestolen|verloren|op|weer|opnieuw"
    r"|whether|if|but|however|yet|unfortunately|lost|stolen|gone|again|more)\b"
)
_DENIED = re.compile(r"\b(?:niet|geen|not)\s+(?:de|het|mijn|the|my|any)?\s*$")
_INSTEAD = re.compile(r"\b(?:alleen|wel|only|just)\b")
_FORGET = re.compile(r"verge[et]|forget")


def phrase_matcher(name: str, rulebook: Rulebook | None) -> Matcher:
    """The patterns of one list of content/phrases, of every language: people mix them."""
    table = rulebook.phrases.get(name, {}) if rulebook else {}
    return compile_patterns(pattern for language in sorted(table) for pattern in table[language])


def wanted_mentions(
    sentence: str, mentions: Sequence[MedicineMention], not_wanted: Matcher
) -> Iterator[MedicineMention]:
    """The medicines of a sentence but for those that it says are had already ("de oxycodon heb ik al opgehaald") or are not
    meant ("niet de oxycodon, alleen …"). Where it asks ("is de oxycodon al binnen?") all of them, and one of which it takes
    that back ("al gehad, maar kwijt")."""
    said = sentence.lower()
    spans = [] if "?" in said or not mentions else [(hit.start, hit.end) for hit in not_wanted.find(sentence)]
    instead = "?" not in said and _INSTEAD.search(said) is not None and _FORGET.search(said) is None
    for place, mention in enumerate(mentions):
        following = mentions[place + 1].start if place + 1 < len(mentions) else len(sentence) + 1
        had = any(mention.start <= start < following for start, _ in spans)
        had = had and _DOUBTED.search(said[mention.start : following]) is None
        if not had and not (instead and _DENIED.search(said[: mention.start])):
            yield mention
