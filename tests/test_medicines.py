"""Medicines as people write them: names, brands, lay words, misspellings, and what must not be taken for one."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.text.medicines import MedicineMention, display_name, find_medicines, matching_requests
from tests.builders import a_request

LINES = tuple(
    a_request(medication, id=f"RX{number}", atc=atc, controlled=controlled)
    for number, (medication, atc, controlled) in enumerate(
        [
            ("Metoprololsuccinaat 50 mg tablet mga", "C07AB02", False),
            ("Simvastatine 40 mg tablet", "C10AA01", False),
            ("Levothyroxine 75 microgram tablet", "H03AA01", False),
            ("Levothyroxine 100 microgram tablet", "H03AA01", False),
            ("Insuline glargine 100 E/ml pen (Lantus SoloStar)", "A10AE04", False),
            ("Ethinylestradiol/levonorgestrel 30/150 microgram tablet (Microgynon)", "G03AA07", False),
            ("Budesonide 32 microgram/dosis neusspray", "R01AD05", False),
            ("Zolpidem 10 mg tablet", "N05CF02", True),
            ("Macrogol/elektrolyten poeder sachet (Movicolon)", "A06AD65", False),
            ("Pregabaline 75 mg capsule", "N02BF02", False),
        ]
    )
)


def only(text: str, *, lines: tuple = ()) -> MedicineMention:
    found = find_medicines(text, lines)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Graag mijn metoprolol herhalen", "metoprolol"),
        ("metoprolol50mg graag", "metoprolol"),
        ("Could I have rosuvastatin please", "rosuvastatine"),
        ("is de Eliquis er al", "apixaban"),
        ("my Lipitor", "atorvastatine"),
        ("de omeprazolcapsules zijn op", "omeprazol"),
        ("een nieuwe proliaspuit", "denosumab"),
        ("metoprololsuccinaat", "metoprolol"),
        ("pantoprasol", "pantoprazol"),
        ("simvastatien", "simvastatine"),
        ("amoxcilline drankje", "amoxicilline"),
        ("LEVOTHYROXINE", "levothyroxine"),
        ("nitrofurantoïne", "nitrofurantoïne"),
        ("vitamine D", "colecalciferol"),
        ("St John's wort", "sint-janskruid"),
    ],
)
def test_a_medicine_is_known_by(text: str, name: str) -> None:
    assert only(text).names == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "Ik heb zitten wachten op mijn medicijnen.",
        "Met vriendelijke groet, J. Prozak",
        "Ella belde gisteren, Yasmin ook.",
        "Waarin verschilt dat, en waarvan komt het?",
        "straks haal ik het recept op",
        "Thanks for your reaction, please approve.",
        "Mevrouw Westra uit Temse, Doris en Marisol",
        "druppels en een pen",
        "",
    ],
)
def test_ordinary_words_and_names_are_no_medicines(text: str) -> None:
    assert find_medicines(text) == ()


@pytest.mark.parametrize(
    ("text", "request_id"),
    [
        ("mn metropolol", "RX0"),
        ("levothyroxine 100", "RX3"),
        ("levothyroxine 0,1 mg", "RX3"),
        ("levo 75", "RX2"),
        ("lantus", "RX4"),
        ("de insuline", "RX4"),
        ("de pil", "RX5"),
        ("microginon", "RX5"),
        ("my nose spray", "RX6"),
        ("slaappillen", "RX7"),
        ("movikolon", "RX8"),
        ("de zakjes", "RX8"),
        ("my cholesterol tablets", "RX1"),
    ],
)
def test_the_patients_own_lines_decide(text: str, request_id: str) -> None:
    mention = only(text, lines=LINES)
    assert [request.id for request in matching_requests(mention, LINES)] == [request_id]


def test_a_strength_that_no_line_has_leaves_them_all() -> None:
    mention = only("levothyroxine 50", lines=LINES)
    assert mention.strength == "50"
    assert [request.id for request in matching_requests(mention, LINES)] == ["RX2", "RX3"]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("omeprazol 20 mg", "20 mg"),
        ("omeprazol 20mg", "20mg"),
        ("Nurofen 400 op voorraad", "400"),
        ("omeprazol 3 doosjes", ""),
        ("omeprazol 2x daags", ""),
        ("omeprazol, 30 november", ""),
        ("omeprazol voor 3 maanden", ""),
    ],
)
def test_the_strength_beside_a_name_is_not_a_count(text: str, strength: str) -> None:
    assert only(text).strength == strength


@pytest.mark.parametrize(
    ("text", "names"),
    [("citaloprm", {"citalopram", "escitalopram"}), ("escitalopran", {"citalopram", "escitalopram"})],
)
def test_a_misspelling_between_two_medicines_stays_two(text: str, names: set[str]) -> None:
    assert set(only(text).names) == names


@pytest.mark.parametrize(
    ("text", "own", "atc", "fits"),
    [
        ("escitalopran", "Escitalopram 10 mg tablet", "N06AB10", True),
        ("loratadien", "Lorazepam 1 mg tablet", "N05BA06", False),
        ("prednison", "Prednisolon 5 mg tablet", "H02AB06", False),
        ("oxybutynine", "Oxycodon 10 mg tablet", "N02AA05", False),
        ("lora", "Lorazepam 1 mg tablet", "N05BA06", True),
    ],
)
def test_look_alikes_beside_the_patients_own(text: str, own: str, atc: str, fits: bool) -> None:
    lines = (a_request(own, atc=atc),)
    assert bool(matching_requests(only(text, lines=lines), lines)) is fits


@pytest.mark.parametrize(
    ("text", "controlled"),
    [
        ("oxycodon", True),
        ("oxycontin", True),
        ("temasepam", True),
        ("Ritalin", True),
        ("co-codamol", True),
        ("zolpidem", True),
        ("tramadol", False),  # scheduled in the United States only
        ("zopiclon", False),
        ("pregabaline", False),
        ("loratadine", False),
        ("oxybutynine", False),
        ("temozolomide", False),
    ],
)
def test_controlled_is_what_the_opium_act_lists(text: str, controlled: bool) -> None:
    assert only(text).controlled is controlled


def test_the_record_may_say_that_a_medicine_is_controlled() -> None:
    line = a_request("Tramadol 50 mg capsule", atc="N02AX02", controlled=True)
    assert only("tramadol", lines=(line,)).controlled


def test_a_lay_word_without_a_line_that_fits_names_nothing() -> None:
    mention = only("mijn plaspil", lines=LINES)
    assert (mention.names, mention.kind, mention.request_ids) == ((), "lay", ())


@pytest.mark.parametrize(
    ("medication", "atc", "dutch", "english"),
    [
        ("Simvastatine 40 mg tablet", "C10AA01", "simvastatine 40 mg", "simvastatin 40 mg"),
        ("Tamsulosine 0,4 mg tablet mga", "G04CA02", "tamsulosine 0,4 mg", "tamsulosin 0.4 mg"),
        (
            "Insuline glargine 100 E/ml pen (Lantus SoloStar)",
            "A10AE04",
            "insuline glargine 100 E/ml (Lantus SoloStar)",
            "insulin glargine 100 units/ml (Lantus SoloStar)",
        ),
        (
            "Macrogol/elektrolyten poeder sachet (Movicolon)",
            "A06AD65",
            "macrogol/elektrolyten (Movicolon)",
            "macrogol/electrolytes (Movicolon)",
        ),
        ("Paracetamol 500 mg tablet", "N02BE01", "paracetamol 500 mg", "paracetamol 500 mg"),
        (
            "Salbutamol 100 microgram/dosis aerosol",
            "R03AC02",
            "salbutamol 100 microgram/dosis",
            "salbutamol 100 microgram/dose",
        ),
        ("Huismiddel", None, "huismiddel", "huismiddel"),
    ],
)
def test_a_label_is_shown_without_its_form(medication: str, atc: str | None, dutch: str, english: str) -> None:
    line = a_request(medication, atc=atc)
    assert (display_name(line, "nl"), display_name(line, "en")) == (dutch, english)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for mention in find_medicines(text, LINES):
        assert text[mention.start : mention.end] == mention.words


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(LINES), st.sampled_from(["Graag {} herhalen.", "is {} er al?", "{}", "- {}\n- iets anders"]))
def test_a_line_named_as_on_its_label_is_found(line: object, sentence: str) -> None:
    text = sentence.format(display_name(line, "nl"))  # type: ignore[arg-type]
    found = {request.id for mention in find_medicines(text, LINES) for request in matching_requests(mention, LINES)}
    assert line.id in found  # type: ignore[attr-defined]


def test_a_huge_text_is_read_in_time() -> None:
    text = "Graag mijn metoprolol en xqzwv herhalen, " * 120_000
    find_medicines("warm", LINES)
    started = process_time()
    assert find_medicines(text, LINES)
    assert process_time() - started < 20  # a hang; bench/hostile.py measures
