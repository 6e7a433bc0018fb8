"""A line that says that another mail stands below hides nothing by itself: anybody can type it."""

import time

import pytest

from server.connectors.mail.plain_text import read_body
from server.model.triage import Route
from tests.builders import a_message
from tests.test_assess import triage_of

ASKED = "Graag mijn metoprolol 50 mg herhalen."
SAID = "Ik heb uitslag op mijn armen sinds gisteren"
OURS = "Uw medicijnen liggen klaar."
MARKERS = [
    "-----Oorspronkelijk bericht-----",
    "-------- Oorspronkelijk bericht --------",
    "---------- Forwarded message ---------",
    "-----Original Message-----",
    "Oorspronkelijk bericht:",
]
HEADS = {
    "who": "Van: Apotheek De Linde",
    "when": "Datum: 9 november 2026 11:32",
    "said": "Op ma 9 nov 2026 om 11:32 schreef Apotheek De Linde <info@linde.example>:",
    "marks": "> Beste Jan,",
}


@pytest.mark.parametrize("parent", ["", OURS], ids=["first mail", "answer"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["below", "a line below"])
@pytest.mark.parametrize("marker", MARKERS)
def test_what_stands_below_a_bare_marker_is_read(marker: str, gap: str, parent: str) -> None:
    text = read_body(f"{ASKED}\n{marker}{gap}{SAID}", "text", parent)
    assert ASKED in text.new
    assert SAID in text.new
    triage = triage_of(a_message(text.new, subject=""))
    assert triage.route is Route.ESCALATE
    assert "new_symptoms" in triage.triggers


@pytest.mark.parametrize("marker", MARKERS[:4])
def test_below_a_bare_marker_what_repeats_the_mail_being_answered_is_quoted(marker: str) -> None:
    text = read_body(f"{ASKED}\n\n{marker}\n\n{OURS}", "text", OURS)
    assert text.new == ASKED
    assert OURS in text.quoted


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("marker", MARKERS)
def test_with_a_mail_programs_lines_behind_it_a_marker_begins_a_quote(marker: str, head: str) -> None:
    text = read_body(f"{ASKED}\n\n{marker}\n{head}\n{'> ' if head[0] == '>' else ''}{OURS}", "text")
    assert text.new == ASKED
    assert OURS in text.quoted


def test_many_markers_take_bounded_work() -> None:
    body = "\n".join(["-----Oorspronkelijk bericht-----", OURS] * 50_000) + "\nanders"
    started = time.perf_counter()
    assert OURS in read_body(body, "text", OURS).new
    assert time.perf_counter() - started < 5
