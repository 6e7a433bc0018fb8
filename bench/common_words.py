"""Writes server/text/common_words.txt, the words that mails to a pharmacy use: `python -m bench.common_words`.

Words in lower case from bench/corpus, the most used first. Left out: what the dictionaries do not know and the corpus has
once (a slip, a name typed small), what stands more often with a capital inside a sentence, first names, medicines."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from server.text.first_names import sex_of
from server.text.medicines import find_medicines
from server.text.ordinary_words import COMMON_WORDS, in_dictionary
from server.text.pseudonyms import plain_text
from server.text.words import fold

CORPUS = Path(__file__).parent / "corpus"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OPENS = ".!?:;…,\n>-"
_LOUD = 0.5  # share of capitals from which a text is shouted, and capitals say nothing
_SURELY_A_WORD = 20  # times that a first name is written small before it is a word as well ("will")


def texts() -> Iterator[str]:
    """Every passage and whole mail of the corpus."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield plain_text("\n".join(one["text"] for one in row["sentences"]) if "sentences" in row else row["text"])


def counted() -> tuple[Counter[str], Counter[str]]:
    """How often each word is written small, and with a capital inside a sentence."""
    small, capital = Counter[str](), Counter[str]()
    for text in texts():
        letters = [char for char in text if char.isalpha()]
        if sum(map(str.isupper, letters)) > _LOUD * len(letters):
            continue
        medicines = [(mention.start, mention.end) for mention in find_medicines(text)]
        for match in _WORD.finditer(text):
            if any(start <= match.start() < end for start, end in medicines):
                continue
            before = text[: match.start()].rstrip(" '\"‘“(")
            if match[0].islower():
                small[fold(match[0])] += 1
            elif before and before[-1] not in _OPENS:
                capital[fold(match[0])] += 1
    return small, capital


def is_first_name(word: str) -> bool:
    """Whether the house's own lists have it as a first name."""
    return bool(sex_of(word))


def common_words() -> list[str]:
    """The words to keep, most used first, then by the alphabet."""
    small, capital = counted()
    kept = [
        word
        for word, count in small.items()
        if (in_dictionary(word) or count > 1)
        and count > capital[word]
        and (count >= _SURELY_A_WORD or not is_first_name(word))
        and len(word) > 1
    ]
    return sorted(kept, key=lambda word: (-small[word], word))


if __name__ == "__main__":
    words = common_words()
    COMMON_WORDS.write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words in {COMMON_WORDS.name}")
