"""Names that nobody told us: however they are typed, and not what only looks like one."""

import keyword
import re
import tomllib
from pathlib import Path

import pytest

from server.text.known_values import KnownValues
from server.text.pseudonyms import plain_text, pseudonymise

ROOT = Path(__file__).parents[1]
NOBODY = KnownValues()

NAMED = [
    ("Mijn buurman Zdravko Petković komt het halen.", "Zdravko Petković"),
    ("mijn buurman zdravko haalt het op", "zdravko"),
    ("hoi met thijmen ik wil mijn pil bestellen", "thijmen"),
    ("Namens mevrouw Ó Súilleabháin vraag ik dit.", "Súilleabháin"),
    ("Dokter van der Vlist-Kuipers heeft gebeld.", "Vlist Kuipers"),
    ("GRAAG BELLEN NAAR OLUWASEUN ADEBOLA", "OLUWASEUN ADEBOLA"),
    ("Is Nguyễn's recept al klaar?", "Nguyễn"),
    ("Jan en Ploni komen samen.", "Jan Ploni"),
    ("Met groet, Jan", "Jan"),
    ("Kunt u helpen?\n\nMvg\nfemke de wit", "femke"),
    ("Wanneer is het klaar? Kris Vlaming (06 11223344)", "Kris Vlaming"),
    ("my daughter saoirse needs her inhaler", "saoirse"),
    ("Could Mr. Do call me back?", "Do"),
    ("this is ravinder calling about my tablets", "ravinder"),
    ("Regards\nH. Farquhar-Lindt", "Farquhar Lindt"),
    ("Op dinsdag schreef Przemek dat het klaar lag.", "Przemek"),
    ("Storm Jacobs heeft het al.", "Storm Jacobs"),
    ("De heer Chad Ouwehand is verhuisd.", "Chad Ouwehand"),
    ("naam: storm, telefoon volgt", "storm"),
    ("Hetty's pillen zijn op, Hetty belt morgen.", "Hetty"),
    ("liefs oma van xander", "xander"),
]
UNTOUCHED = [
    "Graag mijn metoprolol 50 mg herhalen, 90 stuks.",
    "De medicatielijst van het ziekenhuis klopt niet met mijn herhaalservice.",
    "HEEFT U DE INSULINE AL BINNEN? IK HEB HAAST.",
    "Ik heb diabetes, astma en reuma en slik daar van alles voor.",
    "Kan het maandag of dinsdag in december?",
    "I'm on holiday until Friday, I'll collect it then. I've two days left.",
    "my mother has eczema and a rash",
    "omdat mijn dochter koorts heeft en hoest",
    "Ik wil graag mijn afspraak verzetten, dat kan niet op vrijdag.",
    "Prima. Nee. Dank u wel.",
    "De HPV-prik en de CT-scan zijn geweest.",
    "Mijn Dad zei dat het kon.",
    "graag herhaalrecpt voor mijn pufjes",  # a slip
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_a_strangers_name_is_gone(text, names):
    out = pseudonymise(plain_text(text), NOBODY)
    assert not set(re.findall(r"[^\W_]+", out)) & set(plain_text(names).split()), out


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_names_nobody_stays(text):
    assert pseudonymise(text, NOBODY) == text


def test_the_house_and_the_kin_stay_readable():
    out = pseudonymise("Mijn oma Beppie en de huisarts Wouda weten ervan, de apotheek ook.", NOBODY)
    assert out == "Mijn oma [NAME_1] en de huisarts [NAME_2] weten ervan, de apotheek ook."


def test_a_mail_in_another_language_is_not_wiped_out():
    german = "Guten Tag, ich brauche bitte ein neues Rezept und möchte es morgen abholen, wenn das möglich ist."
    out = pseudonymise(german, NOBODY)
    assert "brauche bitte ein" in out


def test_one_person_has_one_number_whether_named_in_full_or_not():
    out = pseudonymise("Het is voor Zdravko Petković. Zdravko komt zelf.", NOBODY)
    assert out == "Het is voor [NAME_1]. [NAME_1] komt zelf."


def test_the_product_knows_none_of_the_planted_names():
    """Else the measurement would prove what was told."""
    rows = tomllib.loads((ROOT / "bench/quality/planted/names.toml").read_text(encoding="utf-8")).values()
    given = {name.casefold() for row in rows for name in row["given"].split()}
    surnames = {name.casefold() for row in rows for name in row["surnames"].split()}
    assert len(given) >= 250
    assert len(surnames) >= 250
    for source in ("first_names.py", "person_words.py", "strangers.py", "name_words.py"):
        held = set(re.findall(r"[\w'-]+", (ROOT / "server/text" / source).read_text(encoding="utf-8").casefold()))
        assert not (given & held) - set(keyword.kwlist), source
