"""Real questions that people asked about medicines: at most one in a hundred may look like routine."""

import pytest

from bench.quality.consumer_questions import QUESTIONS, measure


@pytest.mark.skipif(not QUESTIONS.is_file(), reason="the questions lie outside the repository and are not here")
def test_hardly_any_real_question_about_medicines_is_routine() -> None:
    measured = measure()
    assert measured.figures["consumer.draft_route"].value <= 0.01, measured.tables[0].markdown()
