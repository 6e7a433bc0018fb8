"""What free text claims and of which record: negation, plans, conditions, months, halves and hand-overs, clause by clause."""

import pytest

from server.model.finding import Severity
from server.safety.review import draft_from_text, review
from tests.safety_cast import brief_for

DUTCH = {"who": "vos", "mail": "Hoe staat het ermee?", "language": "nl"}
ENGLISH = {"who": "vos", "mail": "How do things stand?", "language": "en"}
BROWN = {"who": "brown", "mail": "How do things stand?", "language": "en"}


def is_blocked(text: str, case: dict) -> bool:
    brief = brief_for(case)
    findings = review(draft_from_text(text, brief.language), brief).findings
    return any(finding.severity is Severity.HARD for finding in findings)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        # an appointment's moment says that it stands
        (
            "Wij zien u woensdag 25 november om 10.30 uur voor de griepvaccinatie.",
            "Wij zien u donderdag 3 december om 14.00 uur voor de medicatiebeoordeling.",
        ),
        (
            "De medicatiebeoordeling op 3 december om 14.00 uur is voorgesteld, maar nog niet bevestigd.",
            "De medicatiebeoordeling is op 3 december om 14.00 uur.",
        ),
        (
            "Het voorstel voor de medicatiebeoordeling is nog niet definitief.",
            "Het voorstel voor de medicatiebeoordeling is nu definitief.",
        ),
        ("Uw griepvaccinatie gaat door.", "Uw griepvaccinatie kan helaas niet doorgaan."),
        ("Uw griepvaccinatie staat in onze agenda.", "Uw griepvaccinatie staat niet in onze agenda."),
        # a bill by its month
        ("De nota van november staat nog open.", "De nota van november is betaald."),
        ("De nota van oktober is betaald.", "De nota van oktober staat nog open."),
        ("Wij zien de betaling van € 27,40 nog niet.", "Wij hebben de betaling van € 27,40 gezien."),
        ("De factuur van € 27,40 is van november.", "De factuur van € 27,40 is van januari."),
        ("Uw griepvaccinatie is in november.", "Uw griepvaccinatie is in december."),
        # orders, plans and conditions
        ("De Madopar is besteld.", "Wij hebben uw amlodipine voor u besteld."),
        ("Wij maken uw amlodipine klaar.", "Wij maken uw hydrochloorthiazide klaar."),
        (
            "Zodra wij het nieuwe recept hebben, maken wij uw hydrochloorthiazide klaar.",
            "Voor uw hydrochloorthiazide is geen nieuw recept nodig.",
        ),
        ("Enalapril is nog niet aan de beurt.", "Amlodipine is nog niet aan de beurt."),
        # clauses
        (
            "Zodra de amlodipine klaarligt, hoort u van ons; de pantoprazol ligt klaar.",
            "Zodra de pantoprazol klaarligt, hoort u van ons; de amlodipine ligt klaar.",
        ),
        ("De amlodipine niet, maar de pantoprazol ligt klaar.", "De pantoprazol niet, maar de amlodipine ligt klaar."),
        ("De pantoprazol ligt klaar, terwijl Madopar in nalevering staat.", "Pantoprazol staat in nalevering."),
        # hand-overs by their day, what lies ready by its number
        ("Amlodipine heeft u voor het laatst meegekregen op 25 augustus.", "De pantoprazol is vanochtend meegegeven."),
        ("Er liggen 90 tabletten pantoprazol voor u klaar.", "Er liggen 60 tabletten pantoprazol voor u klaar."),
        ("Voor enalapril heeft u nog één herhaling.", "Voor enalapril is nu een nieuw recept nodig."),
        # what others did
        ("Wij vragen uw huisarts om een nieuw recept.", "Uw huisarts heeft een nieuw recept gestuurd."),
        ("De pantoprazol van oktober is volledig vergoed.", "VGZ nam de helft van de € 18,50 voor zijn rekening."),
    ],
)
def test_of_two_that_sound_alike_the_true_one_passes(true, false):
    assert not is_blocked(true, DUTCH)
    assert is_blocked(false, DUTCH)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "We'll see you on Wednesday 25 November at 10:30 for your flu vaccination.",
            "We'll see you on Thursday 3 December at 14:00 for your medication review.",
        ),
        ("Amlodipine is due now.", "Enalapril is due now."),
        ("Enalapril is not due yet.", "Amlodipine is not due yet."),
        ("€27.40 is still due.", "€18.50 is still due."),
        ("We will prepare your amlodipine.", "We will prepare your hydrochlorothiazide."),
        ("Your pantoprazole is at the counter.", "Your amlodipine is at the counter."),
        ("We will ask your GP for a new prescription.", "Your GP has signed the new prescription."),
        ("Your flu vaccination is going ahead.", "Your flu vaccination has fallen through."),
    ],
)
def test_the_same_in_english(true, false):
    assert not is_blocked(true, ENGLISH)
    assert is_blocked(false, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Wij laten u niet zonder medicijnen zitten.",
        "Die tekent dat altijd, dus deze week heeft u het.",
        "Als de verzekeraar het weigert, betalen wij het.",
        "Whatever happens, you'll have it by Friday.",
    ],
)
def test_a_promise_in_any_shape_is_blocked(text):
    assert is_blocked(text, DUTCH if "wij" in text.lower() or "Die" in text else ENGLISH)


def test_an_amount_that_only_the_mail_brought_may_be_said_back_and_no_more():
    case = {**DUTCH, "mail": "Ik kreeg een rekening van € 45,00."}
    assert not is_blocked("U schrijft over een rekening van € 45,00.", case)
    assert is_blocked("De rekening van € 45,00 is betaald.", case)


def test_partly_covered_is_neither_half_nor_all():
    assert not is_blocked("Of the €31.20 on invoice F-2026-320 part was covered: €10.00.", BROWN)
    assert is_blocked("Menzis covered half of the €31.20 on invoice F-2026-320.", BROWN)
    assert is_blocked("Menzis covered most of the €31.20 on invoice F-2026-320.", BROWN)
