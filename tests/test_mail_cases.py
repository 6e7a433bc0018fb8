"""The evaluation's JSON threads take the same way as mail."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.connectors.mail.case import thread_from_json
from server.errors import NotAMail

HOUSE = "info@linde.example"


@settings(deadline=None, max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(["from", "to", "date", "subject", "body", "content_type"]),
        st.one_of(st.none(), st.text(max_size=30), st.integers(), st.lists(st.text(max_size=5)), st.just({})),
    )
)
def test_odd_values_in_a_case_do_no_harm(row):
    assert len(thread_from_json({"id": "x", "thread": [row]}).messages) == 1


def test_a_case_becomes_a_thread():
    row = {"from": {"name": "Jan", "email": "jan@example.org"}, "to": [HOUSE], "subject": "x", "content_type": "text"}
    case = {
        "id": "c-1",
        "thread": [
            {**row, "date": "2026-11-20T12:00:00+01:00", "body": "Hoi"},
            {**row, "from": {"name": "Apotheek", "email": HOUSE}, "date": "2026-11-20T13:00:00", "body": "Dag"},
            {**row, "date": "kapot", "body": "<p>Dank</p>", "content_type": "html"},
        ],
    }
    thread = thread_from_json(case, (HOUSE,))
    assert [message.outgoing for message in thread.messages] == [False, True, False]
    assert [message.text.new for message in thread.messages] == ["Hoi", "Dag", "Dank"]
    assert thread.messages[0].sent_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert thread.messages[1].sent_at == datetime(2026, 11, 20, 13, tzinfo=UTC)
    assert thread.latest.sent_at is None


@pytest.mark.parametrize("case", [{}, {"thread": []}, {"thread": "x"}, {"thread": [1]}])
def test_a_case_without_messages_is_no_mail(case):
    with pytest.raises(NotAMail):
        thread_from_json(case)
