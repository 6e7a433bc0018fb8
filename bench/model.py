"""What our path adds to a model's own time: first released part and end, against a bare call in the same run.

The stub model needs 1 s to its first token and 3 s in all, for an opinion and for a text alike (both are asked at once), calls
every sentence harmless and answers with the statements that the brief offers."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

from openai import OpenAI

from bench.pipeline import threads
from bench.quality.stub_models import labelled, opinion_json
from bench.tables import machine, percentile, show
from server.connectors.llm.openai_compatible import OpenAICompatible
from server.demo.shift import demo_records
from server.flows.draft_reply import draft_reply
from server.flows.events import Done, PartReady
from server.flows.prepare_brief import ReplyRequest
from server.logs import configure_logs
from server.ports import ModelRequest
from server.wiring import build_throw_away, utc_now
from tests.fake_openai import KEY, Connection, fake_openai

RUNS = 7
FIRST, WHOLE = 1.0, 3.0


def _answer(body: dict[str, Any]) -> str:
    """What a well-behaved model says: each sentence is harmless; each statement once, in the plan's order."""
    if body["response_format"]["json_schema"]["name"] == "opinion":
        return opinion_json(labelled(ModelRequest("opinion", tuple(body["messages"]), {})))
    parts: list[dict[str, Any]] = []
    for line in body["messages"][1]["content"].splitlines():
        if found := re.match(r"Part (\d+):", line):
            parts.append({"question": int(found[1]), "sentences": []})
        elif found := re.match(r"(S\d+) = ", line):
            parts[-1]["sentences"].append({"use": found[1]})
    return json.dumps({"parts": parts})


def slow(connection: Connection, body: dict[str, Any]) -> None:
    """Streams the answer in 20 chunks between the first and the last second."""
    text = _answer(body)
    size = max(1, -(-len(text) // 20))
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    connection.head()
    time.sleep(FIRST)
    for chunk in chunks:
        connection.chunk(chunk)
        time.sleep((WHOLE - FIRST) / len(chunks))
    connection.chunk(None, "stop")
    connection.done()


def _bare(url: str, messages: list[Any], schema: Any) -> Iterator[float]:
    """Seconds to the first and the last token of a plain `openai` call with the same messages."""
    client = OpenAI(base_url=url, api_key=KEY, max_retries=0)
    began = time.perf_counter()
    wanted = {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}
    for index, chunk in enumerate(
        client.chat.completions.create(model="m", messages=messages, stream=True, response_format=wanted)
    ):  # type: ignore[call-overload]
        if index == 0 and chunk:
            yield time.perf_counter() - began
    yield time.perf_counter() - began


def main() -> None:
    """Prints the table."""
    configure_logs("ERROR")
    with fake_openai(slow) as server:
        model = OpenAICompatible(server.url, KEY, "m")
        services, given, pharmacy = build_throw_away(demo_records(utc_now().date())[0], now=utc_now(), model=model)
        caller = services.identity.identify({})
        greeting, first, whole, bare_first, bare_whole = [], [], [], [], []
        for run in range(RUNS + 1):
            ref = given.add(threads(1000, 1, run), pharmacy.email)
            began, parts, written = time.perf_counter(), [], ""
            for event in draft_reply(services, caller, pharmacy, ReplyRequest(ref)):
                if isinstance(event, PartReady):
                    parts.append(time.perf_counter() - began)
                if isinstance(event, Done):
                    written = event.reply["draft"]["written_by"]
                    sent = next(
                        json.loads(r["text"]) for r in event.reply["sent_out"]["requests"] if r["kind"] == "write"
                    )
            end = time.perf_counter() - began
            assert written == "m", f"the stub's answer was not used: {written}"
            alone = list(_bare(server.url, sent["messages"], sent["schema"]))
            if run:  # the first warms both sides
                greeting.append(parts[0])
                first.append(parts[1])
                whole.append(end)
                bare_first.append(alone[0])
                bare_whole.append(alone[-1])
    print(machine())
    ms = [percentile(values, 0.5) * 1000 for values in (bare_first, bare_whole, greeting, first, whole)]
    rows = [
        ["bare openai call (first token, end)", "", ms[0], ms[1], "1.000"],
        ["our path", ms[2], ms[3], ms[4], f"{ms[4] / ms[1]:.3f}"],
    ]
    head = ["", "greeting released", "first answer released", "end", "ratio of ends"]
    show("A model that needs 1 s to its first token and 3 s in all (ms, medians)", head, rows)


if __name__ == "__main__":
    main()
