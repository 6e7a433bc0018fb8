"""A sentence in a language that nobody here reads: never known to be harmless, its words of danger heard, and no name or typo taken for one."""

import json
from pathlib import Path

import pytest

from server.connectors.mail.case import thread_from_json
from server.model.triage import Route, Urgency
from server.text.foreign import is_foreign
from server.text.sentences import split_sentences
from server.text.words import cut_words
from tests.test_assess import triage_of

ROUTINE = "Graag mijn metoprolol 50 mg herhalen."
SETS = Path(__file__).parent / "sets"
CORPUS = Path(__file__).parents[1] / "bench" / "corpus"

DANGER = [
    "J'ai du mal à respirer depuis hier.",
    "J'étouffe.",
    "J'ai avalé toute la boîte.",
    "Dünden beri nefes alamıyorum.",
    "Artık yaşamak istemiyorum.",
    "Wczoraj połknęłam całe pudełko.",
    "Nie chcę żyć.",
    "Necesito ayuda, quiero morir.",
    "NO PUEDO RESPIRAR",
    "Me tomé toda la caja.",
    "Eu quero morrer.",
    "Tomei a caixa inteira.",
    "Voglio morire.",
    "Ho preso tutta la scatola.",
    "Ich will sterben.",
    "Mein Kind hat alle Tabletten geschluckt.",
    "Nu pot sa respir.",
    "Am luat toate pastilele.",
    "لا أستطيع التنفس",
    "Я проглотила всю пачку.",
    "Я випила всі таблетки.",
]
STRANGE = [
    "Jag vill dö.",
    "Mi è venuta un'eruzione sulle braccia.",
    "Tengo alergia a la penicilina.",
    "Ben hamileyim ve korkuyorum.",
    "Mam wysypkę na rękach.",
    "Mon bébé a de la fièvre.",
    "Saya tidak bisa tidur.",
    "Nemůžu dýchat.",
    "Sinds gisteren j'ai mal à la tête.",
    "Mijn man zegt: ich habe Ausschlag am Arm.",
]
SAYS_NOTHING = [
    "Groetjes Fatima el Haddadi",
    "MVG ROELOFS WIJNBERGSEWEG 9",
    "jelle bouma",
    "Dzień dobry,",
    "Muchas gracias!",
    "Tot gauw, merci en fijne dag",
    "kheb nog 3 pilletjes bisoprololl en herhaalrecpt is op",
    "Hierbij de bestelling van afhaalzakken (x29) en etiketten.",
    "Apotheek De Linde",
    "Metformine, omeprazol en simvastatine",
    "j.de.vries@planetmail.example",
    "Could you pop it in the post pls, cheers",
    "06 12345678",
    "Mevr. A. van den Oudenhoven-Szczepański",
]


@pytest.mark.parametrize("before", ["", "Beste apotheek,\n\n"], ids=["bare", "letter"])
@pytest.mark.parametrize("sentence", DANGER)
def test_danger_in_a_language_that_is_not_read_is_heard_inside_a_mail_that_is(sentence: str, before: str) -> None:
    behind = f"\n\nMet vriendelijke groet,\nJan Bakker\n{sentence}" if before else f" {sentence}"
    triage = triage_of(f"{before}{ROUTINE}{behind}")
    assert (triage.route, triage.urgency) == (Route.ESCALATE, Urgency.EMERGENCY)


@pytest.mark.parametrize("sentence", STRANGE)
def test_a_sentence_that_nobody_can_read_is_not_known_to_be_harmless(sentence: str) -> None:
    triage = triage_of(f"{ROUTINE} {sentence}")
    assert triage.route is Route.ESCALATE
    assert any(sentence.split(": ")[-1] in quote for finding in triage.findings for quote in finding.quotes)


@pytest.mark.parametrize("sentence", SAYS_NOTHING)
def test_names_medicines_courtesies_slips_and_addresses_are_no_language(sentence: str) -> None:
    assert not is_foreign(sentence, names=frozenset({"jelle", "bouma", "roelofs"}))


def test_a_language_that_a_pharmacy_has_made_readable_is_none_of_these() -> None:
    german = "Ich möchte bitte meine Tabletten wieder bestellen und am Montag abholen."
    assert is_foreign(german)
    assert not is_foreign(german, ("de", "en", "nl"))
    assert is_foreign("Necesito ayuda, quiero morir.", ("de", "en", "nl"))


@pytest.mark.parametrize("name", ["a", "c", "repeats"])
def test_no_sentence_of_a_dutch_or_english_mail_is_taken_for_another_language(name: str) -> None:
    wrong = []
    for line in (SETS / name / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for message in thread_from_json(row, ()).messages if row["language"] in ("nl", "en") else ():
            sender = f"{message.sender.name} {message.sender.address.partition('@')[0].replace('.', ' ')}"
            names = frozenset(cut_words(sender).words)
            wrong += [one for one in split_sentences(message.text.new) if is_foreign(one, names=names)]
    assert wrong == []


# The files that the word lists were made with; of those that came later a few in a thousand are mistaken, and go to a person.
MADE_WITH = {"en-a", "en-b", "mails-en", "mails-nl", "nl-a", "nl-b", "nl-c", "own-en", "own-nl"}


@pytest.mark.parametrize(("made_with", "least", "share"), [(True, 8_000, 0.00025), (False, 10_000, 0.004)])
def test_hardly_any_sentence_of_the_corpus_is_taken_for_another_language(
    *, made_with: bool, least: int, share: float
) -> None:
    count, wrong = 0, []
    for path in sorted(path for path in CORPUS.glob("*.jsonl") if (path.stem in MADE_WITH) is made_with):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            texts = [one["text"] for one in row["sentences"]] if "sentences" in row else [row["text"]]
            for sentence in (one for text in texts for one in split_sentences(text)):
                count += 1
                wrong += [sentence] if is_foreign(sentence) else []
    assert count > least
    assert len(wrong) <= share * count, wrong  # one closes in Irish
