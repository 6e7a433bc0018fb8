"""What a typed text may tell on each rung over each channel: the contract's table, seen from the last gate before a mailbox."""

from dataclasses import replace

import pytest

from server.model.patient import Rung
from server.safety.review import draft_from_text, review
from tests.builders import a_match, a_pharmacy
from tests.drafted import asked, brief_of, the_patient

PATIENT = replace(the_patient(), allergies=("penicilline",))
PLACES = [(rung, channel) for rung in Rung for channel in ("secure", "plain")]
ANSWERS = [(Rung.ADDRESS_KNOWN, "secure"), (Rung.CONFIRMED, "secure")]

# (what it tells, the sentence, where it may stand)
SENTENCES = [
    ("hours", "Wij zijn open op maandag tot en met vrijdag van 8.00 tot 18.00 uur.", PLACES),
    ("telephone of the house", "Wilt u ons bellen op 030 555 01 40?", PLACES),
    ("order", "Metoprololsuccinaat 50 mg ligt voor u klaar.", ANSWERS),
    ("appointment", "Uw griepvaccinatie is op woensdag 25 november om 10.30 uur.", ANSWERS),
    ("invoice", "Van factuur F1 staat nog € 12,50 open.", ANSWERS),
    ("insurance", "U staat bij ons verzekerd bij CZ.", ANSWERS),
    ("a result has come", "De uitslag van HbA1c is binnen.", ANSWERS),
    ("address on file", "Wij bezorgen het op Lijsterstraat 41.", ANSWERS),
    ("telephone on file", "Uw telefoonnummer bij ons is 030 555 10 20.", ANSWERS),
    ("birth date", "Uw geboortedatum is 3 april 1958.", []),
    ("allergy", "Bij ons staat dat u allergisch bent voor penicilline.", []),
    ("allergy, in English", "You have an allergy to penicillin on file.", []),
    ("value", "Uw kalium is 4,1.", []),
    ("diagnosis", "U hebt hoge bloeddruk.", []),
    ("what it is for", "Vanwege uw hartfalen kijken wij mee.", []),
    ("diagnosis, in English", "You are being treated for heart failure.", []),
    ("citizen service number", "Uw BSN is 111222333.", []),
    ("somebody else", "Mevrouw Smit heeft haar metoprolol opgehaald.", []),
    ("directions", "Neem 1x daags 1 tablet metoprolol.", []),
]

# Another check may hold a sentence back on every rung, as long as it does so on all: these do not answer the mail.
HELD_BACK = {"insurance", "appointment", "invoice", "a result has come", "address on file", "telephone on file"}


def passes(text: str, rung: Rung, channel: str) -> bool:
    language = "en" if text.startswith("You") else "nl"
    match = a_match(PATIENT if rung else None, rung)
    brief = brief_of(
        asked("refill_request", "ready"), voice=(language, True), match=match, pharmacy=a_pharmacy(channel=channel)
    )
    return not review(draft_from_text(text, language), brief).blocked


@pytest.mark.parametrize(("what", "text", "where"), SENTENCES, ids=[what for what, _, _ in SENTENCES])
def test_a_sentence_passes_on_the_rungs_and_channels_that_may_hear_it_and_on_no_other(
    what: str, text: str, where: list[tuple[Rung, str]]
) -> None:
    may = [place for place in PLACES if passes(text, *place)]
    assert may == where or (may == [] and what in HELD_BACK)


@pytest.mark.parametrize(
    "text",
    [
        "Bent u ergens allergisch voor?",
        "Uw griepprik staat gepland.",
        "De afspraak voor de bloeddrukmeting is nog niet bevestigd.",
        "Wij hebben een brochure over astma aan de balie.",
        "Uw astma-inhalator ligt klaar.",
        "Your asthma inhaler is ready.",
        "The slot for your hepatitis A vaccination is not confirmed yet.",
    ],
)
def test_words_of_care_that_are_no_diagnosis_are_not_taken_for_one(text: str) -> None:
    language = "en" if text.startswith(("Your", "The")) else "nl"
    brief = brief_of(asked("refill_request", "ready"), voice=(language, True))
    assert "never_told" not in {finding.code for finding in review(draft_from_text(text, language), brief).findings}
