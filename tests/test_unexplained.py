"""Free text by default is not believed: every word explained, every record named with a claim that it bears out, and nothing else."""

from itertools import product

import pytest

from server.model.finding import Severity
from server.model.reply import Draft, DraftPart, Piece, Sentence, SentenceOrigin
from server.safety.review import draft_from_text, review, review_part
from tests.safety_cast import BROWN, VOS, brief_for

ASKS = {"who": "vos", "mail": "Ligt de pantoprazol klaar en mag ik weer amlodipine?", "language": "nl"}
ASKS_ENGLISH = {"who": "brown", "mail": "Is my inhaler ready and may I order atorvastatin?", "language": "en"}
STRANGER = {"who": "stranger", "mail": "Is alles klaar voor Anna de Vos?", "language": "nl"}
HEALTH = {"who": "vos", "mail": "Ik voel me raar sinds de amlodipine.", "language": "nl", "escalated": True}


def blocked_by(text: str, case: dict) -> set[str]:
    brief = brief_for(case)
    findings = review(draft_from_text(text, brief.language), brief).findings
    return {finding.rule for finding in findings if finding.severity is Severity.HARD}


@pytest.mark.parametrize(
    "text",
    [
        "De pantoprazol staat genoteerd bij onze collega van de avond.",
        "Voor de amlodipine is nog een machtiging nodig.",
        "Uw enalapril wacht op de goedkeuring van de arts.",
        "De Madopar zit er weer aan te komen.",
        "De nota van november is voor uw verzekeraar.",
        "Uw huisarts heeft vanmorgen een nieuw recept gestuurd.",
        "Daar komt u nog wel even mee vooruit met uw amlodipine.",
        "Uw bloeddruk is heel gewoon voor uw leeftijd, en de amlodipine doet de rest.",
    ],
)
def test_a_sentence_that_names_a_record_and_claims_nothing_known_is_blocked(text):
    assert blocked_by(text, ASKS)


@pytest.mark.parametrize(
    "text",
    [
        "Your inhaler was squared away with the evening team.",
        "The sertraline is waiting for your GP's approval.",
        "Your GP signed the new prescription yesterday.",
        "We have taken the €31.20 off your account.",
        "One box of atorvastatin sees you through the month.",
    ],
)
def test_the_same_in_english(text):
    assert blocked_by(text, ASKS_ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Wat leuk dat u naar de kleinkinderen gaat, geniet ervan!",
        "Een collega zoekt het voor u uit en belt u daarover.",
        "Op maandagochtend is het bij ons vaak druk.",
        "Wij hebben uw vraag over de amlodipine ontvangen.",
        "Wilt u dat wij de amlodipine klaarmaken?",
        "Kom gerust langs aan de balie, wij zijn op werkdagen open tot 18.00 uur.",
        "Het gaat om de factuur van 2 november.",
        "Op het recept voor amlodipine staan nog twee herhalingen.",
    ],
)
def test_courtesies_house_matters_and_plain_remarks_pass(text):
    assert blocked_by(text, ASKS) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Zij hoort dat zelf van ons, zoals altijd.",
        "Geeft u haar het tasje dan mee?",
        "Zodra mevrouw het goed vindt, krijgt u haar spullen.",
    ],
)
def test_a_stranger_hears_nothing_of_anybody(text):
    assert blocked_by(text, STRANGER)


@pytest.mark.parametrize(
    "text",
    [
        "Voor informatie over iemand anders hebben wij toestemming van die persoon nodig.",
        "Wij zijn op zaterdag open van 9.00 tot 13.00 uur.",
        "Wilt u ons bellen op 030 555 01 40?",
    ],
)
def test_a_stranger_may_hear_of_the_house_and_why_we_are_silent(text):
    assert blocked_by(text, STRANGER) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Dat is bij ouderen heel gewoon.",
        "Ga er even bij zitten.",
        "Voor nu is er geen haast.",
        "Vaak helpt wat beweging.",
    ],
)
def test_where_the_pharmacist_must_look_only_an_acknowledgement_goes(text):
    assert blocked_by(text, HEALTH)


def test_an_acknowledgement_passes_where_the_pharmacist_must_look():
    text = "Dank voor uw bericht. Onze apotheker leest het en belt u. Wordt het erger, bel dan uw huisarts of 112."
    assert blocked_by(text, HEALTH) == set()


READY = {"nl": "Uw {name} ligt voor u klaar.", "en": "Your {name} is ready to collect."}
NOT_READY = {"nl": "Uw {name} ligt nog niet klaar.", "en": "Your {name} is not ready yet."}
NO_REPEATS = {"nl": "Voor {name} zijn er geen herhalingen meer.", "en": "There are no repeats left for {name}."}
BACK_ORDER = {"nl": "{name} staat in nalevering.", "en": "{name} is on back order."}
IN_PROGRESS = {"nl": "Uw {name} is nog in behandeling.", "en": "Your {name} is still in progress."}


@pytest.mark.parametrize(("patient", "case"), [(VOS, ASKS), (BROWN, ASKS_ENGLISH)])
def test_each_claim_is_asked_of_the_medicine_that_it_names_and_of_no_other(patient, case):
    language = case["language"]
    truths = (
        (READY, lambda r: r.order_status == "ready"),
        (NOT_READY, lambda r: r.order_status != "ready"),
        (NO_REPEATS, lambda r: r.repeats_left == 0),
        (BACK_ORDER, lambda r: r.order_status == "back_order" or r.stock == 0),
        (IN_PROGRESS, lambda r: r.order_status == "in_progress"),
    )
    for request, (sentence, holds) in product(patient.medication_requests, truths):
        name = request.medication.split(" ")[0].split("/")[0]
        text = sentence[language].format(name=name.lower())
        assert bool(blocked_by(text, case)) is not holds(request), text


def test_two_medicines_in_one_claim_need_both_to_bear_it_out():
    assert blocked_by("Uw pantoprazol en uw amlodipine liggen klaar.", ASKS)
    assert blocked_by("Uw pantoprazol ligt klaar en uw amlodipine ook.", ASKS)
    assert not blocked_by("Uw pantoprazol ligt klaar, uw amlodipine nog niet.", ASKS)


def test_a_verdict_on_a_part_says_nothing_of_the_others():
    brief = brief_for(ASKS)

    def part(text: str, number: int) -> DraftPart:
        return DraftPart("question", (Sentence((Piece(text),), SentenceOrigin.MODEL),), number)

    good, bad = part("Dank voor uw bericht.", 0), part("Uw amlodipine ligt klaar.", 1)
    mended = DraftPart(
        "question", (Sentence((Piece("Wij kijken het na."),), SentenceOrigin.STATEMENT, "other.look"),), 1
    )
    assert not any(f.severity is Severity.HARD for f in review_part(good, "nl", brief))
    assert any(f.severity is Severity.HARD for f in review_part(bad, "nl", brief))
    assert not review(Draft((good, mended), "nl"), brief).blocked
