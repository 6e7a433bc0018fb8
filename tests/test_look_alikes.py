"""Medicines that look or sound alike: what lies between two of them is asked about, never guessed (domain.md §3.5)."""

import pytest

from server.text.lexicon import load_lexicon
from server.text.medicines import find_medicines
from server.text.misspellings import reach_of
from tests.builders import a_request

# Groups of names that are mixed up, generics and brands, as written in a mail.
GROUPS = (
    "oxycodon oxybutynine oxazepam oxcarbazepine", "temazepam temozolomide", "lorazepam loratadine lormetazepam",
    "diazepam diltiazem ditropan", "clonazepam clonidine clobazam clozapine lorazepam", "alprazolam alprostadil",
    "xanax zantac xarelto", "methylfenidaat methylprednisolon methyldopa", "dexamfetamine dexamethason",
    "tramadol trazodon toradol", "zolpidem zolmitriptan zopiclon", "morfine movicolon",
    "metoprolol metoclopramide metronidazol misoprostol", "prednison prednisolon primidon",
    "hydroxyzine hydralazine hydroxychloroquine hydroxycarbamide", "carbamazepine oxcarbazepine", "carbimazol carbamazepine",
    "levothyroxine levofloxacine levetiracetam", "lamotrigine lamisil lamivudine", "losec lasix", "seroquel seroxat",
    "celebrex celexa cerebyx", "adderall inderal", "buspiron bupropion", "risperidon ropinirol", "azathioprine azitromycine",
    "methotrexaat metoprolol", "sintrom sinemet", "amlodipine amiodaron amitriptyline", "glimepiride glipizide gliclazide",
    "tacrolimus tamsulosine", "novorapid novomix", "humalog humulin", "lantus toujeo",
    "citalopram escitalopram", "omeprazol esomeprazol", "cetirizine levocetirizine", "losartan valsartan",
)  # fmt: skip
PAIRS = [(a, b) for group in GROUPS for a in group.split() for b in group.split() if a < b]


def substances(name: str) -> set[str]:
    return {entry.name for entry, _ in load_lexicon().names[name]}


def between(one: str, other: str) -> set[str]:
    """Words made of the beginning of one and the end of the other, and those that lie a step off."""
    crossed = {one[:cut] + other[cut:] for cut in range(3, min(len(one), len(other)))}
    crossed |= {other[:cut] + one[cut:] for cut in range(3, min(len(one), len(other)))}
    return {word for word in crossed if word not in load_lexicon().names}


def distance(word: str, name: str) -> int:
    """Letters to add, leave out, change or swap: written out here, so that the reader's own measure is tested too."""
    rows = [list(range(len(name) + 1))]
    for i, left in enumerate(word, 1):
        row = [i]
        for j, right in enumerate(name, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == name[j - 2] and word[i - 2] == right:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
def test_both_of_a_pair_are_known_as_themselves(one: str, other: str) -> None:
    for name in (one, other):
        (mention,) = find_medicines(f"graag {name} herhalen")
        assert mention.exact
        assert set(mention.names) == substances(name)


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
def test_what_is_within_reach_of_both_is_asked_about(one: str, other: str) -> None:
    for word in sorted(between(one, other)):
        near = [name for name in (one, other) if distance(word, name) <= reach_of(word)]
        for mention in find_medicines(f"graag {word} herhalen"):
            if mention.words == word and len(near) == 2:
                assert not mention.settled, (word, mention.names)
                assert len(mention.names) > 1, (word, mention.names)


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
def test_the_patients_own_wins_only_when_it_is_nearer(one: str, other: str) -> None:
    entry = load_lexicon().names[one][0][0]
    lines = (a_request(f"{entry.name.capitalize()} 10 mg tablet ({one.capitalize()})", atc=entry.atc),)
    for word in sorted(between(one, other)):
        for mention in find_medicines(f"graag {word} herhalen", lines):
            nearer = distance(word, one) < distance(word, other)
            if mention.words == word and mention.settled and mention.request_ids and not nearer:
                assert distance(word, other) > reach_of(word), (word, mention.names)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("citaloprm", {"citalopram", "escitalopram"}),
        ("prednisolo", {"prednison", "prednisolon"}),
        ("lorazepadine", {"lorazepam", "loratadine"}),
        ("clonazepin", {"clonazepam", "clozapine"}),
        ("omeprazl", {"omeprazol", "esomeprazol"}),
        ("glipizid", {"glipizide"}),
    ],
)
def test_a_form_between_two_holds_both(word: str, names: set[str]) -> None:
    found = {name for mention in find_medicines(f"graag {word} herhalen") for name in mention.names}
    assert names <= found or not found


@pytest.mark.parametrize("word", ["oxycodan", "metotreksat", "temazepum", "digoxcine", "insulin glargin", "lityum"])
def test_a_misspelling_of_what_may_do_harm_is_asked_about(word: str) -> None:
    assert all(not mention.settled or mention.kind in ("lay", "substance") for mention in find_medicines(word))


def test_another_brand_of_insulin_than_the_patient_has_is_asked_about() -> None:
    lines = (a_request("Insuline glargine 100 E/ml pen (Lantus SoloStar)", atc="A10AE04"),)
    (own,), (other,) = find_medicines("graag de Lantus", lines), find_medicines("graag de Toujeo", lines)
    assert (own.settled, other.settled) == (True, False)


@pytest.mark.parametrize(
    ("word", "label", "atc"),
    [
        ("metropolol", "Metoprololsuccinaat 50 mg tablet mga", "C07AB02"),
        ("levotiroxine", "Levothyroxine 75 microgram tablet", "H03AA01"),
        ("omeprasol", "Omeprazol 20 mg capsule", "A02BC01"),
        ("escitalopran", "Escitalopram 10 mg tablet", "N06AB10"),
        ("acenocoumerol", "Acenocoumarol 1 mg tablet", "B01AA07"),
    ],
)
def test_a_slip_in_the_patients_own_medicine_is_theirs(word: str, label: str, atc: str) -> None:
    lines = (a_request(label, atc=atc),)
    (mention,) = find_medicines(f"graag {word} herhalen", lines)
    assert (mention.settled, mention.request_ids) == (True, (lines[0].id,))


def test_a_name_that_several_share_means_the_one_that_the_patient_has() -> None:
    lines = (a_request("Macrogol/elektrolyten poeder sachet (Movicolon)", atc="A06AD65"),)
    (mention,) = find_medicines("graag de macrogol", lines)
    assert (mention.settled, mention.names) == (True, ("macrogol/elektrolyten",))
    (alone,) = find_medicines("graag de macrogol")
    assert not alone.settled


@pytest.mark.parametrize(
    ("word", "known"),
    [("quizartinib", True), ("Olokizumab", True), ("zorbavaptan", True), ("waterkoker", False), ("Nielson", False)],
)
def test_a_word_built_like_a_medicine_is_one_though_nobody_here_knows_it(word: str, known: bool) -> None:
    found = find_medicines(f"graag {word} herhalen")
    assert [mention.kind for mention in found] == (["unheard_of"] if known else [])


@pytest.mark.parametrize(
    "name", ["valganciclovir", "tolvaptan", "imipramine", "lamivudine", "carbimazol", "flupentixol", "vericiguat"]
)
def test_what_is_dispensed_seldom_is_known_as_itself(name: str) -> None:
    (mention,) = find_medicines(f"graag {name} herhalen")
    assert (mention.names, mention.exact, mention.settled) == ((name,), True, True)
