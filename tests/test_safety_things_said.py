"""What is said without a record's name, by others, in parts of a day or in words for a length, and the true sentence beside each."""

import pytest

from tests.test_unexplained import ASKS, ASKS_ENGLISH, HEALTH, STRANGER, blocked_by


@pytest.mark.parametrize(
    ("false", "true", "case"),
    [
        ("Alles zit al in een tasje voor u.", "Zodra alles klaar is, krijgt u een sms.", ASKS),
        ("Everything is bagged up for you.", "You'll get a text once everything is ready.", ASKS_ENGLISH),
        ("De huisarts heeft de amlodipine laten stoppen.", "De huisarts heeft de amlodipine voorgeschreven.", ASKS),
        ("Uw griepprik is woensdag 25 november na de lunch.", "Uw griepprik is woensdagochtend 25 november.", ASKS),
        ("De verpleegkundige komt woensdag 25 november om 10.30 uur bij u thuis voor de griepprik.",
         "Uw griepprik is woensdag 25 november om 10.30 uur.", ASKS),
        ("Dit is de laatste herhaling van de amlodipine.", "Dit is de laatste herhaling van de enalapril.", ASKS),
        ("Het is gewoon goed, anders had de huisarts u allang gebeld.", "De uitslag bespreekt u met de huisarts.", ASKS),
        ("U zit geen dag zonder de pantoprazol.", "De pantoprazol ligt voor u klaar.", ASKS),
        ("De pantoprazol ligt sinds de eerste van de maand voor u klaar.",
         "De pantoprazol ligt sinds 17 november voor u klaar.", ASKS),
        ("Dan vertellen wij u ook meer over de levering van de pen.", "Over anderen kunnen wij u niets vertellen.", STRANGER),
        ("Neem rust als u duizelig bent.", "Bel direct 112 als u ineens benauwd bent.", HEALTH),
    ],
)  # fmt: skip
def test_the_false_sentence_is_blocked_and_the_true_one_beside_it_passes(false, true, case):
    assert blocked_by(false, case)
    assert not blocked_by(true, case)
