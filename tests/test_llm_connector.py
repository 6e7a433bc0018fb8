"""The model's connector against a real local server that streams, stalls, cuts, refuses and talks nonsense."""

import json
import logging
import socket
import threading
import time

import pytest

from server.connectors.llm.openai_compatible import OpenAICompatible
from server.connectors.llm.recorded import RecordedAnswers, RequestLog, read_answers, request_key
from server.errors import ModelUnavailable
from server.ports import ModelRequest
from tests.fake_openai import KEY, Connection, FakeOpenAI, fails, fake_openai, refuses_formats, says

SCHEMA = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}
REQUEST = ModelRequest(
    "write",
    ({"role": "system", "content": "Antwoord in JSON."}, {"role": "user", "content": "Geheim uit de mail"}),
    SCHEMA,
)


def model_of(server: FakeOpenAI, key: str = KEY) -> OpenAICompatible:
    model = OpenAICompatible(server.url, key, "klein-model", connect_timeout=1.0)
    model.warm()  # so that no deadline below pays for the import
    return model


def ask(server: FakeOpenAI, deadline: float = 5.0) -> str:
    return "".join(model_of(server).answer(REQUEST, deadline=deadline))


def reason_of(server: FakeOpenAI, deadline: float = 5.0) -> str:
    with pytest.raises(ModelUnavailable) as caught:
        ask(server, deadline)
    return caught.value.reason


def test_an_answer_comes_in_pieces_as_the_model_sends_it():
    with fake_openai(says("Één antwoord in stukken", size=4)) as server:
        pieces = list(model_of(server).answer(REQUEST, deadline=5))
    assert "".join(pieces) == "Één antwoord in stukken"
    assert len(pieces) == 6


def test_the_request_names_model_schema_and_key_and_asks_for_a_stream():
    with fake_openai(says("{}")) as server:
        ask(server)
    sent = server.requests[0]
    assert (sent["model"], sent["stream"], sent["max_tokens"]) == ("klein-model", True, 900)
    assert sent["response_format"]["json_schema"] == {"name": "write", "strict": True, "schema": SCHEMA}
    assert sent["messages"] == [dict(message) for message in REQUEST.messages]


def _after_words(then):
    def script(connection: Connection, body: dict) -> None:
        connection.head()
        connection.chunk('{"parts": [')
        then(connection)

    return script


def _only(then):
    def script(connection: Connection, body: dict) -> None:
        connection.head()
        then(connection)

    return script


MISBEHAVIOUR = {
    "finish_reason length": (_after_words(lambda c: (c.chunk(finish="length"), c.done())), "cut_off"),
    "content filter": (_after_words(lambda c: (c.chunk(finish="content_filter"), c.done())), "refused"),
    "tool call": (_after_words(lambda c: (c.chunk(finish="tool_calls"), c.done())), "malformed"),
    "refusal": (_only(lambda c: (c.chunk(refusal="I cannot help with that"), c.chunk(finish="stop"), c.done())), "refused"),
    "connection cut": (_after_words(lambda c: c.cut()), "cut_off"),
    "stream ends without a reason": (_after_words(lambda c: c.done()), "cut_off"),
    "error event in the middle": (_after_words(lambda c: (c.event({"error": {"message": "boom"}}), c.end())), "cut_off"),
    "no JSON": (_after_words(lambda c: (c.raw(b"data: {not json\n\n"), c.done())), "malformed"),
    "no text": (_after_words(lambda c: (c.raw(b"data: \xff\xfe\x00\x9c\n\n"), c.done())), "malformed"),
    "no chunk": (_after_words(lambda c: (c.event({"choices": "none"}), c.done())), "malformed"),
    "a number": (_only(lambda c: (c.event(7), c.done())), "malformed"),
    "a web page": (_only(lambda c: (c.raw(b"<html>Login</html>\n\n"), c.end())), "malformed"),
    "nothing said": (_only(lambda c: (c.chunk(finish="stop"), c.usage(), c.done())), "empty"),
    "only white space": (_only(lambda c: (c.chunk(" \n"), c.chunk(finish="stop"), c.done())), "empty"),
    "wrong model": (fails(404, "The model `x` does not exist"), "down"),
    "content policy": (fails(400, "The response was filtered", code="content_filter"), "refused"),
    "too long": (fails(400, "maximum context length exceeded", code="context_length_exceeded"), "refused"),
    "redirect": (fails(307, "go elsewhere", Location="http://127.0.0.1:9/v1/chat/completions"), "down"),
    "quota used up": (fails(429, "You exceeded your quota", code="insufficient_quota"), "rate_limited"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_each_misbehaviour_gets_its_reason_without_a_second_try(name):
    script, reason = MISBEHAVIOUR[name]
    with fake_openai(script) as server:
        assert reason_of(server) == reason
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "trouble", [fails(500), fails(503), fails(429), lambda c, body: c.cut(), _only(lambda c: c.cut())]
)
def test_trouble_before_the_first_word_is_tried_again(trouble):
    with fake_openai(trouble, says("goed")) as server:
        assert ask(server) == "goed"
    assert len(server.requests) == 2


def test_lasting_trouble_is_tried_four_times_and_no_more():
    with fake_openai(fails(500, retry_after="0.01")) as server:
        assert reason_of(server) == "down"
    assert len(server.requests) == 4


def test_retry_after_is_waited_for_when_it_fits_the_deadline():
    with fake_openai(fails(429, retry_after="0.3"), says("goed")) as server:
        before = time.monotonic()
        assert ask(server) == "goed"
        assert time.monotonic() - before >= 0.3


@pytest.mark.parametrize(
    "headers", [{"retry_after": "60"}, {"retry_after": "Wed, 21 Oct 2099 07:28:00 GMT"}, {"retry_after_ms": "60000"}]
)
def test_retry_after_beyond_the_deadline_gives_up_at_once(headers):
    with fake_openai(fails(429, **headers)) as server:
        before = time.monotonic()
        assert reason_of(server) == "rate_limited"
        assert time.monotonic() - before < 10
    assert len(server.requests) == 1


def test_a_closed_port_is_down():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    model = OpenAICompatible(f"http://127.0.0.1:{port}/v1", KEY, "m")
    model.warm()
    with pytest.raises(ModelUnavailable, match="down"):
        list(model.answer(REQUEST, deadline=0.5))


def _dribble(connection: Connection, body: dict) -> None:
    connection.head()
    while not connection.gone:
        connection.raw(b": still thinking\n\n")  # a comment: never a chunk, so only a watch of our own can end it
        time.sleep(0.02)


@pytest.mark.parametrize(
    "script", [lambda c, body: c.stall(), _only(lambda c: c.stall()), _after_words(lambda c: c.stall()), _dribble]
)
def test_a_stall_ends_at_the_deadline_and_hangs_up(script):
    with fake_openai(script) as server:
        before = time.monotonic()
        assert reason_of(server, deadline=0.3) == "timeout"
        assert 0.25 < time.monotonic() - before < 3
        assert server.left.wait(2), "the connection must be closed"
    assert len(server.requests) == 1


@pytest.mark.parametrize("taken", [0, 1])
def test_closing_the_iterator_closes_the_connection(taken):
    with fake_openai(_after_words(lambda c: c.stall())) as server:
        answer = model_of(server).answer(REQUEST, deadline=30)
        for _ in range(taken):
            next(answer)
            assert server.stalled.wait(2)
        answer.close()
        assert server.left.wait(2) if taken else not server.requests
        assert _no_call_threads()


def _no_call_threads() -> bool:
    for thread in threading.enumerate():
        if thread.name == "model-call":
            thread.join(2)
    return not any(thread.name == "model-call" for thread in threading.enumerate())


def test_giving_up_before_the_first_word_closes_the_connection_too():
    with fake_openai(lambda c, body: c.stall()) as server:
        answer = model_of(server).answer(REQUEST, deadline=0.4)
        with pytest.raises(ModelUnavailable):
            next(answer)
        assert server.left.wait(2)
        assert _no_call_threads()


def test_a_wait_between_tries_ends_when_given_up():
    with fake_openai(fails(429, retry_after="0.8")) as server, pytest.raises(ModelUnavailable, match="rate_limited"):
        list(model_of(server).answer(REQUEST, deadline=0.5))
    assert _no_call_threads()


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize(
    ("unknown", "used"), [(("json_schema",), "json_object"), (("json_schema", "json_object"), "plain")]
)
def test_a_server_without_schemas_is_asked_more_simply_and_remembered(status, unknown, used):
    with fake_openai(refuses_formats(*unknown, status=status, otherwise=says("{}"))) as server:
        model = model_of(server)
        assert "".join(model.answer(REQUEST, deadline=5)) == "{}"
        asked_first = len(server.requests)
        assert "".join(model.answer(REQUEST, deadline=5)) == "{}"
    assert asked_first == len(unknown) + 1
    assert len(server.requests) == asked_first + 1
    sent = server.requests[-1]
    assert sent.get("response_format", {"type": "plain"})["type"] == used
    assert json.dumps(SCHEMA, sort_keys=True) in sent["messages"][0]["content"]


def test_a_reasoning_model_gets_its_own_token_field_and_no_temperature():
    def picky(connection: Connection, body: dict) -> None:
        if "max_tokens" in body:
            connection.error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        elif "temperature" in body:
            connection.error(400, "Unsupported value: 'temperature' does not support 0 with this model.")
        else:
            says("{}")(connection, body)

    with fake_openai(picky) as server:
        assert ask(server) == "{}"
    assert server.requests[-1]["max_completion_tokens"] == 3600
    assert server.requests[-1]["response_format"]["type"] == "json_schema"


def test_a_wrong_key_is_down_and_neither_key_nor_mail_is_logged_or_shown(caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx2", "httpcore2"):
        caplog.set_level(logging.DEBUG, logger=name)
    with fake_openai(says("{}")) as server:
        model = model_of(server, key="sk-wrong-999")
        with pytest.raises(ModelUnavailable) as caught:
            list(model.answer(REQUEST, deadline=5))
        model_of(server).answer(REQUEST, deadline=5).__next__()
    assert caught.value.reason == "down"
    told = caplog.text + repr(model) + str(caught.value)
    assert "sk-wrong" not in told
    assert KEY not in told
    assert "Geheim" not in told


def test_a_server_that_needs_no_key_gets_a_word_instead_of_an_empty_header():
    with fake_openai(says("{}")) as server, pytest.raises(ModelUnavailable, match="down"):
        list(model_of(server, key="").answer(REQUEST, deadline=5))


def test_a_key_depends_on_what_is_asked_only():
    same = ModelRequest("write", tuple({"content": m["content"], "role": m["role"]} for m in REQUEST.messages), SCHEMA)
    assert request_key(same) == request_key(REQUEST)
    assert request_key(ModelRequest("opinion", REQUEST.messages, SCHEMA)) != request_key(REQUEST)


def test_recorded_answers_are_replayed_and_what_is_missing_is_logged_once(tmp_path):
    log = RequestLog(tmp_path / "out.jsonl")
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match="down"):
            list(RecordedAnswers({}, log).answer(REQUEST, deadline=1))
    line, *rest = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert not rest
    assert set(entry) == {"key", "kind", "messages", "schema"}
    answers = tmp_path / "in.jsonl"
    answers.write_text(json.dumps({"key": entry["key"], "answer": '{"ok": true}'}) + "\n\n", encoding="utf-8")
    assert list(RecordedAnswers(read_answers(answers), log).answer(REQUEST, deadline=1)) == ['{"ok": true}']


@pytest.mark.parametrize("line", ["{", "[]", '{"key": "x"}', '"key"'])
def test_a_file_of_answers_that_is_none_says_where(tmp_path, line):
    path = tmp_path / "in.jsonl"
    path.write_text('{"key": "a", "answer": "b"}\n' + line, encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_answers(path)
