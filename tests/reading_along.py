"""What the tests of the third reader share: a mail with a doubt about it, and a model that reads along and writes."""

from dataclasses import replace

import pytest

from bench.quality.stub_models import HOSTILE, SHORT, SLOW, Stub
from server.flows import prepare_brief as preparing
from server.model.finding import Finding, Part, Severity
from server.model.triage import Route
from tests.builders import a_message, a_thread

BODY = (
    "Goedemiddag,\n\nGraag mijn metoprolol herhalen. De kat at vanmorgen mee.\n\nMet vriendelijke groet,\nJan de Vries"
)
ROUTINE = a_thread(a_message(BODY))
ODD = "De kat at vanmorgen mee."
SIDE_EFFECT = a_thread(a_message("Sinds ik de metoprolol slik ben ik zo duizelig en misselijk. Is dat een bijwerking?"))
STRANGER = a_thread(a_message("Is mijn metoprolol klaar?", sender="iemand@elders.example", sender_name="Iemand"))
HARMLESS = HOSTILE["calls everything harmless"]
FAILING = [name for name in HOSTILE if not name.startswith(("calls everything", "escalates"))]


def deadline(name):
    """Seconds: few only for those that use them up."""
    return SHORT if name in SLOW else 20.0


@pytest.fixture
def doubt(monkeypatch):
    """Caution has a doubt about one sentence of any mail (the classifier's own would change with its training)."""
    finding = Finding("unexplained_sentence", Part.CAUTION, Severity.HARD, "coverage/sentence", (ODD,), clearable=True)
    return read_as(monkeypatch, finding)


def read_as(monkeypatch, *findings):
    """Every mail that the rules call calm is read with these findings and no other doubt."""
    real = preparing.assess

    def assess(*args, **fields):
        triage = real(*args, **fields)
        calm = [f for f in triage.findings if not (f.part is Part.CAUTION and f.stands)]
        stands = any(f.stands for f in (*findings, *calm))
        route = (
            Route.ESCALATE
            if stands
            else min(triage.route, Route.VERIFY)
            if triage.route is Route.VERIFY
            else Route.DRAFT
        )
        return replace(triage, findings=(*findings, *calm), route=route)

    monkeypatch.setattr(preparing, "assess", assess)
    return findings[0] if findings else None


@pytest.fixture
def calm(monkeypatch):
    """No doubt at all."""
    read_as(monkeypatch)


class Talking(Stub):
    """A stub that also orders the reply's statements as the plan lists them."""

    def answer(self, request, *, deadline):
        if request.kind == "opinion":
            yield from super().answer(request, deadline=deadline)
            return
        self.requests.append(request)
        names = [line.split(" = ")[0] for line in request.messages[1]["content"].splitlines() if " = " in line]
        use = ", ".join(f'{{"use": "{name}"}}' for name in names)
        yield f'{{"parts": [{{"question": 0, "sentences": [{{"text": "Dank voor uw bericht."}}, {use}]}}]}}'
