"""Log lines hold what is known to be harmless, and nothing else."""

import io
import json
import logging

import pytest
import structlog

from server.logs import configure_logs


@pytest.fixture
def lines():
    stream = io.StringIO()
    before = logging.getLogger().handlers[:], logging.getLogger().level
    configure_logs("INFO", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().handlers[:], level = before
    logging.getLogger().setLevel(level)


def test_a_known_key_passes_and_an_unknown_one_is_redacted(lines):
    structlog.get_logger("draft").info("draft done", ms=12, patient="Jan de Vries", body="Ik heb jeuk")
    (line,) = lines()
    assert (line["event"], line["ms"]) == ("draft done", 12)
    assert "Jan" not in json.dumps(line)
    assert "jeuk" not in json.dumps(line)


def test_an_exception_shows_where_and_of_which_kind_but_not_what_it_says(lines):
    try:
        raise ValueError("geen patiënt Jan de Vries")
    except ValueError:
        structlog.get_logger("draft").exception("drafting failed")
    (line,) = lines()
    assert line["exc_type"] == "ValueError"
    assert "test_logs.py" in line["exception"]
    assert "Vries" not in json.dumps(line, ensure_ascii=False)


def test_a_librarys_own_line_says_who_spoke_but_not_what(lines):
    logging.getLogger("another.package").warning("GET https://graph.example/users/jan@example.org")
    logging.getLogger("another.package").warning("x %s", "y", extra={"body": "geheim"})
    text = json.dumps(lines())
    assert "jan@example.org" not in text
    assert "geheim" not in text
    assert "test_logs.py" in text


def test_a_request_id_travels_with_each_line(lines):
    structlog.contextvars.bind_contextvars(request_id="abc")
    structlog.get_logger("web").info("request")
    structlog.contextvars.clear_contextvars()
    assert lines()[0]["request_id"] == "abc"
