"""How easy the pharmacy's texts are to read: every statement by topic and language, and whole drafts as they come out of the flow.

Flesch's measure as each language counts it (server/text/reading_level.py); 60 and up is read as B1. Of a statement each field
counts as one plain word. Of a draft greeting, contact line and signature do not count, the names of medicines do."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache

from bench.quality.measured import Measured, Rate, Table
from bench.quality.scores import read_rows
from bench.quality.sets import SETS, folders, read_set
from server.commands.evaluation import ModelChoice, evaluate_cases
from server.settings import Settings
from server.store.rulebook import load_rulebook
from server.text.reading_level import B1, LONG_WORDS, reading_ease, words_of_sentence
from server.text.sentences import split_sentences

_CHOICE = re.compile(r"\(\(([^()|]*)\|([^()]*)\)\)")
_FIELD = re.compile(r"\(\([^()]*\)\)")
_FEWEST_WORDS = 12  # of a draft's body: a shorter one ("Graag gedaan") has no level
_OTHER_LANGUAGES = "a"  # the set whose mails are answered once more in each language that the sets do not speak
Texts = dict[str, list[str]]


def _sentences(wording: str) -> list[str]:
    """A wording's sentences as they are counted: a field is one plain word, of two forms the longer stands."""
    chosen = _CHOICE.sub(lambda match: max(match[1], match[2], key=len), wording)
    return split_sentences(_FIELD.sub("het", chosen))


def _statements() -> dict[str, Texts]:
    """Voice → topic → sentences."""
    found: dict[str, Texts] = {}
    for statement in load_rulebook().statements.values():
        for voice, wordings in statement.variants.items():
            topic = found.setdefault(voice, {}).setdefault(statement.id.partition(".")[0], [])
            topic += [sentence for wording in wordings for sentence in _sentences(wording)]
    return found


def _ease(sentences: Sequence[str], language: str) -> float:
    """Raises ValueError for a language without a measure: then there is nothing to tell."""
    ease = reading_ease(sentences, language)
    if ease is None:
        raise ValueError(f"no measure of reading for {language}")
    return ease


def _is_long(sentence: str) -> bool:
    return len(words_of_sentence(sentence)) > LONG_WORDS


def _body(draft: str) -> list[str]:
    """The sentences between greeting and closing."""
    paragraphs = draft.split("\n\n")
    return [s for paragraph in paragraphs[1:-1] or paragraphs for s in split_sentences(paragraph)]


@cache
def _drafts() -> dict[str, list[list[str]]]:
    """Language → the bodies of drafts: of every set in its own languages, of one set in the languages that no set speaks."""
    found: dict[str, list[list[str]]] = {}
    for name, folder in folders():
        for row in read_set(name, folder).predictions.values():
            if row["draft"]:
                found.setdefault(row["reply_language"], []).append(_body(row["draft"]))
    for language in load_rulebook().languages:
        if language not in found:
            found[language] = [_body(draft) for draft in _answered_in(language)]
    return found


def _answered_in(language: str) -> Iterator[str]:
    """The drafts of one set by a pharmacy that replies in this language only."""
    records = json.loads((SETS / _OTHER_LANGUAGES / "pms.json").read_text(encoding="utf-8"))
    house = {**records["pharmacy"], "languages": [language]}
    mails = SETS / _OTHER_LANGUAGES / "cases.jsonl"
    assert read_rows(mails)
    rows = evaluate_cases(mails, {**records, "pharmacy": house}, ModelChoice(), Settings())
    yield from (row["draft"] for row in rows if row["draft"] and row["reply_language"] == language)


def measure() -> Measured:
    """Statements by topic, drafts by language."""
    statements, drafts = _statements(), _drafts()
    figures: dict[str, Rate] = {}
    for voice, topics in statements.items():
        eases = [_ease(sentences, voice.partition("-")[0]) for sentences in topics.values()]
        told = [sentence for sentences in topics.values() for sentence in sentences]
        figures[f"statements.{voice}.topics_b1"] = Rate(sum(ease >= B1 for ease in eases), len(eases))
        figures[f"statements.{voice}.long_sentences"] = Rate(sum(map(_is_long, told)), len(told))
    for language, bodies in drafts.items():
        whole = [body for body in bodies if sum(len(words_of_sentence(s)) for s in body) >= _FEWEST_WORDS]
        figures[f"drafts.{language}.b1"] = Rate(sum(_ease(b, language) >= B1 for b in whole), len(whole))
        figures[f"drafts.{language}.with_long_sentence"] = Rate(sum(any(map(_is_long, b)) for b in bodies), len(bodies))
    return Measured(figures, (_statement_table(statements), _draft_table(drafts, figures)))


def _statement_table(statements: dict[str, Texts]) -> Table:
    topics = sorted({topic for table in statements.values() for topic in table})
    rows: list[list[object]] = []
    for topic in topics:
        texts = [(voice.partition("-")[0], table.get(topic)) for voice, table in statements.items()]
        rows.append([topic, *(f"{_ease(sentences, code):.0f}" if sentences else "" for code, sentences in texts)])
    told = {voice: [s for sentences in table.values() for s in sentences] for voice, table in statements.items()}
    rows.append(["all", *(f"{_ease(sentences, voice.partition('-')[0]):.0f}" for voice, sentences in told.items())])
    longest = {voice: max(len(words_of_sentence(s)) for s in sentences) for voice, sentences in told.items()}
    rows.append(["longest sentence, words", *longest.values()])
    note = "Flesch's reading ease, higher is easier; 60 and up is read as B1."
    return Table("Statements by topic", ["topic", *statements], rows, note)


def _draft_table(drafts: dict[str, list[list[str]]], figures: dict[str, Rate]) -> Table:
    rows = []
    for language, bodies in sorted(drafts.items()):
        eases = sorted(_ease(body, language) for body in bodies if any(words_of_sentence(s) for s in body))
        middle, low = eases[len(eases) // 2], eases[len(eases) // 20]
        shares = (figures[f"drafts.{language}.{name}"] for name in ("b1", "with_long_sentence"))
        rows.append([language, len(bodies), f"{middle:.0f}", f"{low:.0f}", *shares])
    head = ["language", "drafts", "median ease", "5 % are under", "B1 or easier", "with a sentence over 20 words"]
    note = f"Drafts of every set above; in a language that no set speaks, the mails of set {_OTHER_LANGUAGES} answered in it."
    return Table("Drafts", head, rows, note)
