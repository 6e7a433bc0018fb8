"""The readings that stand in for a careful model: what they note stands in the mails as these leave."""

import json
from pathlib import Path

import pytest

from bench.quality.read_along import READINGS, Reader, says_so
from bench.quality.scores import read_rows
from bench.quality.sets import folders
from bench.quality.stub_models import sentences_of
from server.commands.evaluation import noon
from server.connectors.mail.case import thread_from_json
from server.flows.prepare_brief import ReplyRequest, read_patient, read_question
from server.triage.opinion import build_opinion_request, read_opinion
from server.wiring import build_throw_away

FOLDERS = dict(folders())


def asked(name: str):
    """(case id, its request for an opinion) for every mail that has a reading and is in a language that is read: of any
    other each unknown word may be a name, and none is asked."""
    records = json.loads((FOLDERS[name] / "pms.json").read_text(encoding="utf-8"))
    services, threads, pharmacy = build_throw_away(records, now=noon(records))
    noted = {row["id"] for row in read_rows(READINGS / f"{name}.jsonl")}
    for case in read_rows(FOLDERS[name] / "cases.jsonl"):
        if case["id"] in noted:
            thread = thread_from_json(case, (pharmacy.email,))
            match = read_patient(services, pharmacy, thread, ReplyRequest(threads.add(thread, pharmacy.email)))
            rulebook = services.rulebook(pharmacy)
            triage = read_question(thread, match, rulebook, pharmacy, services.now())
            if triage.language not in ("nl", "en"):
                continue
            yield case["id"], build_opinion_request(thread, match, triage, pharmacy, rulebook)


@pytest.mark.parametrize("path", sorted(READINGS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_what_a_reading_notes_stands_in_the_mail_and_makes_a_valid_opinion(path: Path):
    if path.stem not in FOLDERS:
        pytest.skip("the development set lies outside the repository and is not here")
    readings = {row["id"]: row for row in read_rows(path)}
    seen = set()
    for case_id, request in asked(path.stem):
        reading = readings[case_id]
        seen.add(case_id)
        texts = [text for _, text in sentences_of(request.request)]
        for noted in reading["labels"]:
            assert any(says_so(text, noted["words"]) for text in texts), f"{case_id}: {noted['words']}"
        opinion = read_opinion("".join(Reader(reading).answer(request.request, deadline=1)), request, "reader")
        assert opinion.escalates == any(noted["triggers"] for noted in reading["labels"])
    assert len(seen) >= 0.9 * len(readings)
