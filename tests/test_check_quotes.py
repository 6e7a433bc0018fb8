"""What a check blocks it can show: the quoted words stand in the draft as they are quoted, so that the pane can mark them."""

import pytest

from server.model.finding import Severity
from server.safety.review import draft_from_text, review
from tests.safety_cast import brief_for
from tests.test_safety import FILES

BLOCKED = [
    pytest.param(case, id=f"{name}-{number}")
    for name, cases in FILES.items()
    for number, case in enumerate(cases)
    if case["expected"] == "block"
]
WHOLE_REPLY = frozenset({"missing_emergency_number", "too_long"})  # what is missing has no words


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", BLOCKED)
def test_each_hard_finding_quotes_words_of_the_draft_as_they_stand(case):
    brief = brief_for(case)
    report = review(draft_from_text(case["draft"], brief.language), brief)
    for finding in report.findings:
        if finding.severity is Severity.HARD and finding.code not in WHOLE_REPLY:
            assert finding.quotes, finding.rule
            for quote in finding.quotes:
                assert quote.strip() and plain(quote) in plain(case["draft"]), (finding.rule, quote)
