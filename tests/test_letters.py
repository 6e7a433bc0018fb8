"""Whole letters, word for word: what we would sign. Change one on purpose only."""

from datetime import date

import pytest

from server.model.patient import Rung
from server.model.triage import About, Question, Route
from tests.builders import a_contact, a_finding, a_match, a_patient, a_pharmacy, a_request
from tests.drafted import asked, draft_of, the_patient

END = "Vragen? Bel ons op 030 555 01 40.\n\nMet vriendelijke groet,\nApotheek De Linde"


def letter(*paragraphs: str, greeting: str = "Beste Jan de Vries,", end: str = END) -> str:
    return "\n\n".join((greeting, *paragraphs, end))


def test_a_repeat_of_which_one_may_and_one_may_not_yet_be_ordered() -> None:
    draft = draft_of(asked("refill_request", "eligible", "too_early"))
    assert draft.text == letter(
        "Wij hebben uw aanvraag voor metoprololsuccinaat 50 mg ontvangen en gaan ermee aan de slag. "
        "U krijgt bericht zodra u het medicijn kunt ophalen. "
        "Simvastatine 40 mg kunt u weer bestellen vanaf donderdag 3 december. "
        "Hebt u eerder iets nodig, bijvoorbeeld voor een reis? Bel ons dan, dan kijken wij samen wat er kan."
    )


def test_a_daughter_who_asks_for_her_father_without_repeats() -> None:
    draft = draft_of(asked("refill_request", "no_repeats"), match=a_match(the_patient(), contact=a_contact()))
    assert draft.text == letter(
        "Het gaat om Jan de Vries. Op het recept voor metoprololsuccinaat 50 mg staan geen herhalingen meer. "
        "Wij vragen daarom een nieuw recept aan bij de voorschrijver, huisarts M. Visser. "
        "Zodra wij het nieuwe recept hebben, gaan wij ermee aan de slag.",
        greeting="Beste Marieke de Vries,",
    )


def test_is_it_ready_and_when_can_i_collect_it() -> None:
    draft = draft_of(asked("prescription_status", "ready"), asked("pickup_delivery", "ready"))
    assert draft.text == letter(
        "Metoprololsuccinaat 50 mg ligt voor u klaar sinds dinsdag 17 november. "
        "Wij zijn open op maandag tot en met vrijdag van 8.00 tot 18.00 uur en zaterdag van 9.00 tot 13.00 uur. "
        "Op zondag zijn wij gesloten. Neem een identiteitsbewijs mee; iemand anders mag ook komen ophalen."
    )


def test_the_same_informally() -> None:
    draft = draft_of(asked("prescription_status", "in_progress"), voice=("nl", False))
    assert draft.text == (
        "Beste Jan,\n\n"
        "Metoprololsuccinaat 50 mg kun je nog niet ophalen; we zijn er nog mee bezig. "
        "Je krijgt bericht zodra je het medicijn kunt ophalen.\n\n"
        "Vragen? Bel ons op 030 555 01 40.\n\nHartelijke groet,\nApotheek De Linde"
    )


def test_a_shortage_a_bill_and_an_appointment_in_english() -> None:
    line = a_request("Omeprazol 20 mg capsule", atc="A02BC01", order_status="back_order", expected_on=date(2026, 12, 4))
    patient = a_patient(
        name="Emily Carter", medication_requests=(line,), invoices=the_patient().invoices, appointments=the_patient().appointments
    )  # fmt: skip
    about = (About("RX1", "back_order"),)
    draft = draft_of(
        Question("stock_availability", about=about), asked("billing", "open"), asked("appointment", "proposed"),
        voice=("en", True), match=a_match(patient),
    )  # fmt: skip
    assert draft.text == (
        "Dear Emily Carter,\n\n"
        "Omeprazole 20 mg is currently out of stock; we expect new stock around Friday 4 December. "
        "We are keeping an eye on this and will contact you when there is news. "
        "Is there less than a week's supply left? Please call us today.\n\n"
        "Invoice F1 of 2 November is still open: €12.50 for “Eigen bijdrage metoprolol”. "
        "The invoice says how to pay; you can also pay at the counter.\n\n"
        "For the flu vaccination we proposed Wednesday 25 November at 10:30; this has not been confirmed yet. "
        "Does this suit you? Let us know and we will put it in the diary.\n\n"
        "Questions? Call us on 030 555 01 40.\n\nKind regards,\nApotheek De Linde"
    )


def test_a_clinical_question_goes_to_the_pharmacist() -> None:
    draft = draft_of(asked("refill_request", "ready"), findings=[a_finding()])
    assert draft.text == letter(
        "Dank voor uw bericht. Uw vraag is voor onze apotheker, die contact met u opneemt. "
        "Verandert er iets of wordt het erger? Wacht dan niet op ons. "
        "Bel uw huisarts, of buiten kantooruren de huisartsenpost."
    )


def test_danger_to_life() -> None:
    draft = draft_of(
        asked("other", "unknown"), findings=[a_finding("urgent_language")], emergency=True,
        pharmacy=a_pharmacy(out_of_hours_phone="088 130 96 00"),
    )  # fmt: skip
    assert draft.text == letter(
        "Is er levensgevaar, of twijfelt u? Bel nu 112.",
        "Wacht niet op een antwoord per e-mail. Uw bericht gaat naar onze apotheker, die contact met u opneemt. "
        "Is er geen levensgevaar, maar kan het niet wachten? Bel uw huisarts of de huisartsenpost: 088 130 96 00.",
    )


@pytest.mark.parametrize("intent", ["refill_request", "lab_followup", "consent_change"])
def test_a_stranger(intent: str) -> None:
    draft = draft_of(Question(intent), route=Route.VERIFY, match=a_match(rung=Rung.UNKNOWN))  # type: ignore[arg-type]
    assert draft.text == letter(
        "Om ieders privacy te beschermen, geven wij pas informatie als wij zeker weten wie ons schrijft en voor wie. "
        "Met dit e-mailadres kunnen wij dat niet nagaan. "
        "Wilt u ons bellen op 030 555 01 40, of langskomen met een identiteitsbewijs? "
        "Stuur ons per e-mail geen BSN en geen foto van een paspoort.",
        greeting="Goedendag,",
        end="Met vriendelijke groet,\nApotheek De Linde",
    )
