"""The second reader on what it has not seen: whole mails kept out of training, file by file, with the floor beside it.

Nested: for each language the threshold that gives a recall is chosen on one writer's file that was kept out too, and read on
the mails. Which words the floor knows was written with the corpus in view, so its share here is flattered; the curve of the
reader is not."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bench.quality.measured import Measured, Rate, Table
from bench.train_classifier import Example, read_corpus, train
from server.store.rulebook import load_rulebook
from server.text.medicines import find_medicines
from server.triage.classifier import features_of, sums_of
from server.triage.triggers import find_triggers

EPOCHS = 6  # of ten: the same curve within its interval, in half the time
HARMLESS = ("harmless",)
LIMITS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
AIMED = 0.8  # of the writer's sentences with a trigger, caught by the reader alone
_WRITERS = {"nl": "nl-b", "en": "en-b"}  # one writer's file, kept out to choose on


@dataclass(frozen=True)
class Mail:
    """One mail kept out. `lowest`: log-odds of harmlessness of its most doubtful sentence; `floor`: words or a controlled
    medicine in it speak already."""

    harmful: bool
    lowest: float
    floor: bool


def measure() -> Measured:
    """The curve of each language, and the point that the nested choice picks."""
    figures: dict[str, Rate] = {}
    tables = [_curve(language) for language in _WRITERS]
    for language in _WRITERS:
        mails, limit = _read(language)
        figures[f"{language}.mails_recall"] = _caught(mails, limit, harmful=True)
        figures[f"{language}.mails_false"] = _caught(mails, limit, harmful=False)
    return Measured(figures, tables)


@cache
def _read(language: str) -> tuple[tuple[Mail, ...], float]:
    """The mails of one language, read by a model that saw neither them nor one writer's file; and the nested threshold."""
    examples = read_corpus()
    kept_out = {f"mails-{language}", _WRITERS[language]}
    weights = train([e for e in examples if e.source not in kept_out], HARMLESS, epochs=EPOCHS)

    def harmlessness(example: Example) -> float:
        return sums_of(features_of(example.text), weights)[0]

    chosen = sorted(harmlessness(e) for e in examples if e.source == _WRITERS[language] and e.harmful)
    limit = chosen[int(AIMED * len(chosen))]
    by_mail: dict[str, list[Example]] = {}
    for example in examples:
        if example.source == f"mails-{language}":
            by_mail.setdefault(example.mail, []).append(example)
    mails = tuple(
        Mail(any(e.harmful for e in mail), min(map(harmlessness, mail)), _on_floor(mail)) for mail in by_mail.values()
    )
    return mails, limit


def _on_floor(mail: Sequence[Example]) -> bool:
    rulebook = load_rulebook()
    mentions = [mention for example in mail for mention in find_medicines(example.text)]
    texts = [example.text for example in mail]
    return any(m.controlled for m in mentions) or bool(find_triggers(texts, mail[0].language, rulebook, mentions))


def _caught(mails: Sequence[Mail], limit: float, *, harmful: bool, alone: bool = False) -> Rate:
    counted = [mail for mail in mails if mail.harmful is harmful]
    return Rate(sum(mail.lowest < limit or (mail.floor and not alone) for mail in counted), len(counted))


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _curve(language: str) -> Table:
    mails, limit = _read(language)
    return Table(
        f"Whole mails never trained on, {language}: caught, and sent to the pharmacist without need",
        ["least harmless", "reader, caught", "reader, false", "with the floor, caught", "with the floor, false"],
        list(_rows(mails, limit)),
        "One threshold for all sentences; the product uses a stricter one where health is named and knows greetings, names "
        "and requests by pattern, so it is quieter than this.",
    )


def _rows(mails: Sequence[Mail], chosen: float) -> Iterator[list[object]]:
    for name, limit in (*((str(p), _log_odds(p)) for p in LIMITS), ("nested choice", chosen)):
        alone = [_caught(mails, limit, harmful=harmful, alone=True) for harmful in (True, False)]
        yield [name, *alone, *(_caught(mails, limit, harmful=harmful) for harmful in (True, False))]
