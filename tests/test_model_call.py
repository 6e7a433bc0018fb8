"""One call in a thread of its own: deadline and cancel hold whatever the model does."""

import threading
import time

import pytest

from server.errors import ModelUnavailable
from server.flows.model_call import MAX_CHARS, ModelCall
from server.ports import ModelRequest

REQUEST = ModelRequest("opinion", ({"role": "user", "content": "x"},), {})


class Model:
    """Yields what `say` yields; remembers that it was closed."""

    name = "m"

    def __init__(self, say):
        self.say = say
        self.closed = threading.Event()

    def answer(self, request, *, deadline):
        try:
            yield from self.say()
        finally:
            self.closed.set()


def call(say, seconds=5.0):
    model = Model(say)
    return model, ModelCall(model, REQUEST, seconds)


def test_pieces_come_as_they_were_said():
    model, one = call(lambda: iter(["a", "", "b"]))
    assert "".join(one.pieces()) == "ab"
    assert model.closed.wait(5)


def test_what_came_in_time_may_be_read_after_the_deadline():
    model, one = call(lambda: iter(["a", "b"]), seconds=0.2)
    assert model.closed.wait(5)
    threading.Event().wait(0.3)
    assert "".join(one.pieces()) == "ab"


def test_what_comes_late_does_not_count_however_late_it_is_looked_at():
    def late():
        threading.Event().wait(0.2)
        yield "te laat"

    model, one = call(late, seconds=0.1)
    assert model.closed.wait(5)
    with pytest.raises(ModelUnavailable, match="timeout"):
        list(one.pieces())


def test_a_model_that_never_speaks_is_given_up_at_the_deadline():
    gate = threading.Event()

    def silent():
        gate.wait(30)
        yield "x"

    _, one = call(silent, seconds=0.2)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="timeout"):
        list(one.pieces())
    assert time.monotonic() - began < 5
    gate.set()


@pytest.mark.parametrize(
    ("error", "reason"), [(ModelUnavailable("refused"), "refused"), (RuntimeError("boom"), "internal")]
)
def test_a_failure_is_told_after_what_was_said(error, reason):
    def fails():
        yield "half"
        raise error

    _, one = call(fails)
    pieces = one.pieces()
    assert next(pieces) == "half"
    with pytest.raises(ModelUnavailable, match=reason):
        list(pieces)


def test_an_endless_answer_is_cut_off():
    def endless():
        while True:
            yield "x" * 10_000

    model, one = call(endless)
    with pytest.raises(ModelUnavailable, match="malformed"):
        sum(map(len, one.pieces()))
    assert model.closed.wait(5)
    assert MAX_CHARS < 1_000_000


def test_cancelling_or_closing_closes_the_models_stream():
    def drips():
        while True:
            threading.Event().wait(0.01)
            yield ""

    model, one = call(drips)
    one.cancel()
    assert model.closed.wait(5)
    model, one = call(drips)
    pieces = one.pieces()
    assert next(pieces) == ""
    pieces.close()
    assert model.closed.wait(5)


def test_a_model_that_cannot_begin_says_so_at_once():
    class Broken:
        name = "b"

        def answer(self, request, *, deadline):
            raise ModelUnavailable("down")

    with pytest.raises(ModelUnavailable, match="down"):
        ModelCall(Broken(), REQUEST, 1.0)
