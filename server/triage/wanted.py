"""Which of the medicines that a sentence names are wanted, and which it says are had already or come from elsewhere."""

import re
from collections.abc import Iterator, Sequence

from server.model.rulebook import Rulebook
from server.text.medicines import MedicineMention
from server.text.patterns import Matcher, compile_patterns

_DOUBTED = re.compile(
    r"\?|\b(?:of|maar|toch|echter|helaas|alleen|kwijt|gestolen|verloren|op|weer|opnieuw"
    r"|whether|if|but|however|yet|unfortunately|lost|stolen|gone|again|more)\b"
)


def phrase_matcher(name: str, rulebook: Rulebook | None) -> Matcher:
    """The patterns of one list of content/phrases, of every language: people mix them."""
    table = rulebook.phrases.get(name, {}) if rulebook else {}
    return compile_patterns(pattern for language in sorted(table) for pattern in table[language])


def wanted_mentions(
    sentence: str, mentions: Sequence[MedicineMention], not_wanted: Matcher
) -> Iterator[MedicineMention]:
    """The medicines of a sentence but for those that it says are had already ("de oxycodon heb ik al opgehaald"). Where it
    asks ("is de oxycodon al binnen?") or takes that back ("al gehad, maar kwijt"), all of them."""
    doubted = not mentions or _DOUBTED.search(sentence.lower()) is not None
    spans = [] if doubted else [(hit.start, hit.end) for hit in not_wanted.find(sentence)]
    for place, mention in enumerate(mentions):
        following = mentions[place + 1].start if place + 1 < len(mentions) else len(sentence) + 1
        if not any(mention.start <= end and start < following and start >= mention.start for start, end in spans):
            yield mention
