"""A scripted history summary in the wire format, with every mark that the panel can show."""

from typing import Any


def line(number: int, medication: str, **more: Any) -> dict[str, Any]:
    defaults = {
        "id": f"RX10{number:02}", "medication": medication, "dosage_text": "1x daags 1 tablet", "asked": False,
        "fills": [{"on": "2026-09-01", "quantity": 90, "days_supply": 90}], "days_left": 4, "supply_from": "record", "repeats_left": 2,
        "prescriber": "M. Visser, huisarts", "prior_authorization": "not_required", "authorization_until": None, "controlled": False,
        "law": "", "sensitive": False, "risk": [],
        "refill": {"status": "eligible", "reasons": [], "earliest_on": None, "needs": []},
    }  # fmt: skip
    return {**defaults, **more}


HISTORY: dict[str, Any] = {
    "patient_id": "P001",
    "as_of": "2026-11-27",
    "lines": [
        line(
            21,
            "Oxycodon 10 mg tablet mga",
            asked=True,
            dosage_text="2x daags 1 tablet",
            controlled=True,
            law="I",
            risk=["opioid"],
            days_left=16,
            repeats_left=0,
            prior_authorization="approved",
            authorization_until="2027-03-01",
            fills=[
                {"on": "2026-11-13", "quantity": 60, "days_supply": 30},
                {"on": "2026-10-22", "quantity": 60, "days_supply": 30},
                {"on": "2026-10-01", "quantity": 60, "days_supply": None},
            ],
            refill={
                "status": "pharmacist",
                "reasons": ["N3", "N9", "N10"],
                "earliest_on": "2026-12-06",
                "needs": ["pharmacist", "wait", "new_prescription"],
            },
        ),
        line(22, "Metoprololsuccinaat 50 mg tablet mga"),
        line(23, "Pregabaline 75 mg capsule", sensitive=True, days_left=None, supply_from="unknown", dosage_text=None),
        line(24, "Ethinylestradiol/levonorgestrel 30/150 microgram tablet", days_left=1, supply_from="directions"),
    ],
    "stopped": [line(25, "Diclofenac 50 mg tablet msr")],
    "allergies": ["penicilline", "latex"],
    "duplicates": [["RX1022", "RX1024"]],
    "red_flags": [
        {"code": "loss_story", "quotes": ["gestolen"], "subject_ids": []},
        {"code": "early_pattern", "quotes": [], "subject_ids": ["RX1021"]},
    ],
}
