"""What the template writes passes every safety check: there is nothing behind it to fall back on."""

from typing import Any

import pytest

from server.drafting.template_drafter import draft_by_template
from server.model.patient import Rung
from server.model.triage import OUTCOMES, About, Question, Route
from server.safety.review import review
from tests.builders import a_contact, a_finding, a_match, a_pharmacy
from tests.drafted import RULEBOOK, VOICES, asked, brief_of, the_patient


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: f"{voice[0]}-{voice[1]}")
@pytest.mark.parametrize(
    ("intent", "outcome"), [(intent, o) for intent, outcomes in OUTCOMES.items() for o in outcomes]
)
def test_every_answer_passes(intent: Any, outcome: str, voice: tuple[str, bool]) -> None:
    for question, version, acting in (
        (Question(intent, about=(About("", outcome),)), 1, False),
        (asked(intent, outcome), 2, False),
        (asked(intent, outcome, outcome, outcome), 1, True),
    ):
        match = a_match(the_patient(), contact=a_contact() if acting else None)
        brief = brief_of(question, voice=voice, version=version, match=match)
        assert review(draft_by_template(brief, RULEBOOK), brief).findings == ()


SELF_HARM = a_finding("urgent_language", rule="triggers/urgent_language/self_harm")
HOUSE = a_pharmacy(portal_url="https://delinde.example/inloggen", out_of_hours_phone="088 130 96 00")
PLAIN = a_pharmacy(channel="plain", plain_acknowledge=True, portal_url="https://delinde.example")
STRANGER = a_match(rung=Rung.UNKNOWN)


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: f"{voice[0]}-{voice[1]}")
@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"findings": [a_finding()], "pharmacy": HOUSE}, id="clinical"),
        pytest.param({"findings": [SELF_HARM], "emergency": True, "pharmacy": HOUSE}, id="emergency"),
        pytest.param({"findings": [a_finding("urgent_language")]}, id="haste"),
        pytest.param({"findings": [a_finding("controlled_substance")]}, id="controlled"),
        pytest.param({"match": STRANGER, "route": Route.VERIFY, "pharmacy": HOUSE}, id="stranger"),
        pytest.param({"match": a_match(rung=Rung.UNKNOWN, record_unavailable=True)}, id="unavailable"),
        pytest.param({"pharmacy": PLAIN}, id="plain"),
        pytest.param({"match": a_match(the_patient(), Rung.CONFIRMED)}, id="confirmed"),
    ],
)
def test_every_notice_passes(fields: dict[str, Any], voice: tuple[str, bool]) -> None:
    for question in (
        asked("refill_request", "ready"),
        asked("other", "opening_hours"),
        asked("consent_change", "contact_change"),
    ):
        brief = brief_of(question, voice=voice, **fields)
        assert review(draft_by_template(brief, RULEBOOK), brief).findings == ()
