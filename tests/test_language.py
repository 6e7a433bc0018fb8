"""The language of a mail, also of a short one; an honest "" where there is nothing to tell."""

import json
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.language import detect_language

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

CASES = {
    "nl": [
        "Graag mijn metoprolol herhalen", "kan ik hem ophalen", "is ie klaar", "graag!", "Hoi", "bloeddrukpillen zijn op",
        "Is mijn bestelling ready for pickup? Ik kom er zo aan thanks", "Gaarne herhaling metoprolol 50 mg, 90 stuks",
    ],
    "en": [
        "Please renew my perindopril 4mg", "is it ready", "my pills plz", "ran out of inhaler", "Hi", "thx bye",
        "Can I have the pil and the oxazepam please, Apotheek De Linde",
    ],
    "de": ["Wann sind meine Tabletten fertig?", "Guten Tag, ich bräuchte ein neues Rezept für Metoprolol. Danke!"],
    "fr": ["Bonjour, je voudrais renouveler mon ordonnance", "Pouvez-vous me dire quand mes médicaments seront prêts ?"],
    "es": ["Hola, necesito mis pastillas para la tensión", "Buenos días, ¿puedo recoger la receta mañana?"],
    "it": ["Buongiorno, vorrei ritirare la mia ricetta domani"],
    "pt": ["Bom dia, preciso de mais comprimidos para a tensão"],
    "pl": ["Dzień dobry, proszę o leki na nadciśnienie", "Czy mój lek jest już gotowy do odbioru?"],
    "tr": ["Merhaba, tansiyon ilacım bitti, yenisini alabilir miyim?"],
    "ro": ["Bună ziua, aș dori medicamentele mele pentru tensiune"],
    "sv": ["Hej, kan jag hämta min medicin imorgon?"],
    "uk": ["Добрий день, мені потрібні ліки від тиску"],
    "ru": ["Добрый день мне нужны таблетки"],
    "ar": ["أريد تجديد الوصفة الطبية لدواء Metoprolol"],
    "zh": ["您好，我的药好了吗"],
    "": ["Metoprolol 50 mg", "Mehmet Yildiz", "123", "", "Jan de Vries", "J. Verbeek", "!?"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in CASES.items() for text in texts]
)
def test_language_of(language, text):
    assert detect_language(text) == language


def test_the_library_decides_what_stop_words_leave_open():
    assert detect_language("Rezeptbestellung Blutdrucktabletten Nachschub dringend abholbereit") == "de"


def test_threads_do_not_mix_up_answers():
    texts = [
        "Rezeptbestellung Blutdrucktabletten Nachschub dringend",
        "renouvellement ordonnances hypertension urgent",
    ] * 10
    wanted = [detect_language(text) for text in texts]
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(text for text, language in zip(texts, wanted, strict=True) if detect_language(text) != language)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the repository")
def test_nearly_every_passage_of_the_corpus_is_told():
    rows = [
        json.loads(line)
        for path in sorted(CORPUS.glob("[en][nl]-?.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    wrong = [row["text"] for row in rows if detect_language(row["text"]) != row["language"]]
    assert len(rows) > 2_000
    assert len(wrong) <= 0.005 * len(rows), wrong


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300))
def test_any_text_has_an_answer(text):
    assert len(detect_language(text)) in {0, 2}
