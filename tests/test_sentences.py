"""A mail becomes sentences that stay as they were typed."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.sentences import MAX_CHARS, split_sentences

CASES = [
    ("Graag mijn pillen. Kan dat morgen? Ja! Dank u", ["Graag mijn pillen.", "Kan dat morgen?", "Ja!", "Dank u"]),
    ("kan ik komen. wanneer mag dat", ["kan ik komen.", "wanneer mag dat"]),
    ("Hoe kan dat?? Nooit eerder gebeurd!!", ["Hoe kan dat??", "Nooit eerder gebeurd!!"]),
    # greetings and closings
    ("Hoi, mag ik de pil weer bestellen?", ["Hoi,", "mag ik de pil weer bestellen?"]),
    ("Geachte heer/mevrouw,\n\nIk heb een vraag.", ["Geachte heer/mevrouw,", "Ik heb een vraag."]),
    ("Geachte mevrouw, meneer, Ik heb een vraag.", ["Geachte mevrouw, meneer,", "Ik heb een vraag."]),
    ("Dear Ms. Vermeer, I have a question.", ["Dear Ms. Vermeer,", "I have a question."]),
    ("Dear Sir, Dear Madam, I have a question.", ["Dear Sir,", "Dear Madam,", "I have a question."]),
    ("Goedemorgen! Liggen ze klaar?", ["Goedemorgen!", "Liggen ze klaar?"]),
    ("Ik kom morgen. Met vriendelijke groet, Ruben van Tol", ["Ik kom morgen.", "Met vriendelijke groet, Ruben van Tol"]),
    ("Kan ik hem ophalen groetjes Jan de Vries", ["Kan ik hem ophalen", "groetjes Jan de Vries"]),
    ("See you then, kind regards, Anna", ["See you then,", "kind regards, Anna"]),
    ("dag zuster\nkunt u de witte klaarleggen\ngroetjes mw Bos", ["dag zuster", "kunt u de witte klaarleggen", "groetjes mw Bos"]),
    ("Groet,\nJan\nDorpsstraat 5", ["Groet,", "Jan", "Dorpsstraat 5"]),
    ("Gr. Wouter", ["Gr. Wouter"]),
    ("Best wishes, Diane PS I bleed again.", ["Best wishes, Diane", "PS I bleed again."]),
    # full stops that end nothing
    ("Voor C. van den Akker en Mw. De Vries van dr. Bos.", ["Voor C. van den Akker en Mw. De Vries van dr. Bos."]),
    ("Ik neem bijv. 2,5 mg. per dag, d.w.z. elke dag.", ["Ik neem bijv. 2,5 mg. per dag, d.w.z. elke dag."]),
    ("Op 12 okt. 2026 om 9.30 uur of 5 p.m. kan ik.", ["Op 12 okt. 2026 om 9.30 uur of 5 p.m. kan ik."]),
    ("Mijn nr. is 06.12.34.56.78. Bel maar.", ["Mijn nr. is 06.12.34.56.78.", "Bel maar."]),
    ("Ik kom om 10 a.m. Is dat goed?", ["Ik kom om 10 a.m.", "Is dat goed?"]),
    ("Metoprolol, enalapril enz. Graag morgen.", ["Metoprolol, enalapril enz.", "Graag morgen."]),
    ("Metoprolol, enalapril enz. graag morgen.", ["Metoprolol, enalapril enz. graag morgen."]),
    ("Nou ja ... dat weet ik niet. Of wel… Misschien.", ["Nou ja ... dat weet ik niet.", "Of wel…", "Misschien."]),
    ("Naar Portugal (surfen!) dus graag nu.", ["Naar Portugal (surfen!) dus graag nu."]),
    ('In een doos met "diversen". Heeft u die nodig?', ['In een doos met "diversen".', "Heeft u die nodig?"]),
    ("Mail mij op jan@example.org. Dank.", ["Mail mij op jan@example.org.", "Dank."]),
    ("Ik heb pijn.Kan dat van de pil komen?", ["Ik heb pijn.", "Kan dat van de pil komen?"]),
    ("Zie www.voorbeeld.nl/Pil.Html voor meer", ["Zie www.voorbeeld.nl/Pil.Html voor meer"]),
    # lists
    ("Graag:\n- metoprolol 50 mg\n- enalapril", ["Graag:", "metoprolol 50 mg", "enalapril"]),
    ("1) is my Lantus ready?\n2) the flu jab", ["is my Lantus ready?", "the flu jab"]),
    ("Ik wil 1) metoprolol 2) enalapril graag", ["Ik wil", "metoprolol", "enalapril graag"]),
    ("Neem 2) van de tabletten", ["Neem 2) van de tabletten"]),
    # soft wraps
    (
        "Uw foliumzuur is zaterdag meegegeven. Neem het elke dag op een vast\nmoment in.",
        ["Uw foliumzuur is zaterdag meegegeven.", "Neem het elke dag op een vast moment in."],
    ),
    (
        "zie net dat mijn zakje met pillen in het water is gevallen bij het vissen\nkan er een nieuw recept komen",
        ["zie net dat mijn zakje met pillen in het water is gevallen bij het vissen", "kan er een nieuw recept komen"],
    ),
    ("ik heb pijn\nkan ik komen", ["ik heb pijn", "kan ik komen"]),
    ("", []),
    ("\n \n--\n***\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_sentences(text, sentences):
    assert split_sentences(text) == tuple(sentences)


PIECES = st.text(alphabet="abcJI .,!?:;()\"'\n-123•€é@/", max_size=200)


@settings(deadline=None, max_examples=300)
@given(PIECES)
def test_every_word_comes_back_in_order_and_nothing_is_added(text):
    squeezed = "".join(text.split())
    at = 0
    for sentence in split_sentences(text):
        found = squeezed.find("".join(sentence.split()), at)
        assert found >= at
        skipped = squeezed[at:found]
        assert not any(char.isalpha() for char in skipped) or skipped.rstrip(")").isalpha()  # a bullet such as "a)"
        at = found + len("".join(sentence.split()))
    assert not any(char.isalpha() for char in squeezed[at:])


HOSTILE = [
    "!" * 200_000 + "x",
    "a. " * 60_000,
    "gr Aa" * 40_000,
    "1) a 2) b " * 20_000,
    "hoi " * 50_000,
    "beste" + "/a" * 90_000,
    "(" * MAX_CHARS,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_work_is_linear(text):
    started = time.process_time()
    split_sentences(text)
    assert time.process_time() - started < 20  # a hang; bench/hostile.py measures
