"""A model orders statements and joins them; whatever else it does is replaced by the template's part."""

import json
from collections.abc import Generator

import pytest

from server.connectors.llm.openai_compatible import OpenAICompatible
from server.drafting.llm_drafter import WrittenPart, draft_by_model
from server.drafting.partial_json import PartsReader
from server.drafting.prompt import named_parts
from server.drafting.template_drafter import draft_by_template
from server.errors import ModelUnavailable
from server.model.reply import SentenceOrigin
from server.store.rulebook import load_rulebook
from tests.fake_openai import KEY, fake_openai, says
from tests.test_prompt import brief_of

RULEBOOK = load_rulebook()
BRIEF = brief_of(staff_sentence="Tot maandag zit mijn collega aan de balie.")
NAMES = [list(part.names) for part in named_parts(BRIEF, RULEBOOK) if part.names]
FIRST, SECOND = NAMES
ALL = {0: FIRST, 1: SECOND}


class Says:
    """A model that answers this, in pieces; `fails` after them when a reason is given."""

    name = "klein-model"

    def __init__(self, answer: str, *, size: int = 5, fails: str = "") -> None:
        self.answers, self.size, self.fails = answer, size, fails
        self.asked = 0
        self.given = 0
        self.closed = False

    def answer(self, request, *, deadline: float) -> Generator[str, None, None]:
        self.asked += 1
        try:
            for start in range(0, len(self.answers), self.size):
                self.given = start + self.size
                yield self.answers[start : start + self.size]
            if self.fails:
                raise ModelUnavailable(self.fails)
        finally:
            self.closed = True


def uses(*names: str) -> list[dict]:
    return [{"use": name} for name in names]


def answer_of(*parts: tuple[int, list[dict]]) -> str:
    return json.dumps({"parts": [{"question": question, "sentences": said} for question, said in parts]})


GOOD = answer_of((0, [{"text": "Dank voor uw bericht."}, *uses(*FIRST)]), (1, uses(*SECOND)))


def written(answer: str | Says, brief=BRIEF) -> list[WrittenPart]:
    model = answer if isinstance(answer, Says) else Says(answer)
    return list(draft_by_model(brief, RULEBOOK, model, deadline=5))


def template_parts(brief=BRIEF):
    return list(draft_by_template(brief, RULEBOOK).parts)


def test_a_good_answer_becomes_our_statements_in_the_models_order_with_its_joining_text():
    parts = written(GOOD)
    assert [one.part.kind for one in parts] == [part.kind for part in template_parts()]
    assert not any(one.swapped for one in parts)
    answer = parts[1].part
    assert answer.sentences[0].text == "Dank voor uw bericht."
    assert answer.sentences[0].origin is SentenceOrigin.MODEL
    assert answer.sentences[1:] == template_parts()[1].sentences
    assert parts[-2].part.text == BRIEF.staff_sentence


def test_the_models_order_is_kept():
    turned = written(answer_of((0, uses(*reversed(FIRST))), (1, uses(*SECOND))))
    assert turned[1].part.sentences == template_parts()[1].sentences[::-1]


def test_parts_may_come_in_any_order_and_are_given_in_the_plans():
    parts = written(answer_of((1, uses(*SECOND)), (0, uses(*FIRST))))
    assert [one.part.question for one in parts] == [None, 0, 1, None, None]
    assert not any(one.swapped for one in parts)


def test_the_greeting_comes_before_the_model_is_asked_and_each_part_as_soon_as_it_is_whole():
    model = Says(GOOD, size=1)
    parts = draft_by_model(BRIEF, RULEBOOK, model, deadline=5)
    assert next(parts).part.kind == "greeting"
    assert model.asked == 0
    assert next(parts).part.question == 0
    assert model.given == GOOD.index("}]}") + 3  # the brace that ends the first part, and not one more
    assert next(parts).part.question == 1


TEXT = {"text": "Goed dat u het vraagt."}
BROKEN = {
    "left_out": uses(*FIRST[:-1]),
    "repeated": uses(*FIRST, FIRST[0]),
    "unknown_statement": uses(*FIRST, "S99"),
    "too_much_text": [TEXT, TEXT, TEXT, *uses(*FIRST)],
    "greeting": [{"text": "Beste mevrouw,"}, *uses(*FIRST)],
    "malformed": [{"use": FIRST[0], "text": "Ja"}, *uses(*FIRST[1:])],
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_part_that_breaks_a_rule_is_the_templates_and_the_others_stay_the_models(reason):
    parts = written(answer_of((0, BROKEN[reason]), (1, [TEXT, *uses(*SECOND)])))
    assert [one.swapped for one in parts] == ["", reason, "", "", ""]
    assert parts[1].part == template_parts()[1]
    assert parts[2].part.sentences[0].origin is SentenceOrigin.MODEL


def test_statements_of_another_part_are_unknown_here():
    parts = written(answer_of((0, uses(*FIRST, SECOND[0])), (1, uses(*SECOND))))
    assert parts[1].swapped == "unknown_statement"


@pytest.mark.parametrize(
    "text",
    [
        *("Het zijn 30 stuks.", "Bel S1.", "Kijk op www.pillen.example", "Zie https://x.example", "Mail a@b.example"),
        *("Beste [NAME_1]", "Het is ((medication)).", "Dat kost € vijf", "<b>Let op</b>", "**Let op**"),
    ],
)
def test_text_with_anything_like_a_fact_or_markup_swaps_the_part(text):
    parts = written(answer_of((0, [{"text": text}, *uses(*FIRST)]), (1, uses(*SECOND))))
    assert parts[1].swapped == "fact_in_text"


def test_joining_text_is_short_ends_and_does_not_shout():
    parts = written(answer_of((0, [{"text": " Fijn  dat u\nschrijft! "}, *uses(*FIRST), {"text": "Tot ziens"}])))
    assert [parts[1].part.sentences[at].text for at in (0, -1)] == ["Fijn dat u schrijft.", "Tot ziens."]
    long = written(answer_of((0, [{"text": "woord " * 26}, *uses(*FIRST)])))
    assert long[1].swapped == "too_much_text"


@pytest.mark.parametrize(
    "odd",
    [
        {"question": 0},
        {"question": "nul", "sentences": []},
        {"question": 0, "sentences": "S1"},
        {"question": 0, "sentences": [{"use": FIRST[0], "note": "x"}]},
        "S1",
        None,
        7,
    ],
)
def test_a_part_of_another_shape_counts_as_missing(odd):
    answer = json.dumps({"parts": [odd, {"question": 1, "sentences": uses(*SECOND)}]})
    parts = written(answer)
    assert [one.swapped for one in parts] == ["", "missing", "", "", ""]


@pytest.mark.parametrize(
    "answer", ["Sorry, dat kan ik niet.", "{", '{"parts": []}', '{"answer": 1}', "[]", "[{}]", '"parts"', "null"]
)
def test_an_answer_without_any_part_makes_the_model_unavailable(answer):
    with pytest.raises(ModelUnavailable, match="malformed"):
        written(answer)


@pytest.mark.parametrize("reason", ["timeout", "refused", "cut_off", "empty", "rate_limited", "down"])
@pytest.mark.parametrize("after", ["", GOOD[: len(GOOD) // 2]])
def test_a_model_that_fails_as_a_whole_says_why(reason, after):
    model = Says(after, fails=reason)
    with pytest.raises(ModelUnavailable, match=reason):
        written(model)
    assert model.closed


def test_leaving_early_closes_the_models_stream():
    model = Says(GOOD, size=1)
    parts = draft_by_model(BRIEF, RULEBOOK, model, deadline=5)
    next(parts), next(parts)
    parts.close()
    assert model.closed


@pytest.mark.parametrize(
    "wrap", ["```json\n{}\n```", "Here you are:\n{}", '<think>\n{{"parts": [{{}}]}} hm\n</think>\n{}', "\n {}"]
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_what_models_put_around_their_json_is_ignored(wrap, size):
    parts = written(Says(wrap.format(GOOD), size=size))
    assert not any(one.swapped for one in parts)


@pytest.mark.parametrize("size", [1, 2, 3, 50, 10_000])
def test_parts_are_read_the_same_however_they_are_cut(size):
    tricky = json.dumps(
        {"parts": [{"question": 0, "sentences": [{"text": 'a "}]}" \\ { é €'}]}, {"question": 1, "sentences": []}]}
    )
    reader = PartsReader()
    found = [part for at in range(0, len(tricky), size) for part in reader.feed(tricky[at : at + size])]
    assert found == json.loads(tricky)["parts"]


def test_an_endless_answer_is_not_kept():
    reader = PartsReader()
    for _ in range(40):
        assert list(reader.feed('{"parts": [' + "}" * 10 + " " * 4000)) == []
    assert len(reader._text) < 80_000


def test_blanks_without_end_are_not_waited_for():
    model = Says(answer_of((0, uses(*FIRST)))[:-2] + " \n" * 5000)
    parts = written(model)
    assert [one.swapped for one in parts] == ["", "", "missing", "", ""]
    assert model.given < 400


def test_an_ellipsis_is_no_sentence():
    assert written(answer_of((0, [{"text": "…"}, *uses(*FIRST)])))[1].swapped == "malformed"


def test_over_the_wire_a_real_connector_gives_the_same_parts():
    with fake_openai(says(GOOD)) as server:
        model = OpenAICompatible(server.url, KEY, "klein-model")
        model.warm()
        assert list(draft_by_model(BRIEF, RULEBOOK, model, deadline=5)) == written(GOOD)
