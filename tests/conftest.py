"""What every test shares: nothing leaves this machine, and what the whole suite logs holds nobody's data."""

import io
import json
import socket

import pytest

from server.app import create_app
from server.demo.shift import HERE
from server.logs import configure_logs
from tests.running import Server

# Tests of whole services, databases and servers: `make test` runs them, `make check` (pure tests, a minute) does not.
WHOLE = {
    *("test_api", "test_api_edges", "test_audit_tampering", "test_audit", "test_cli", "test_contracts", "test_draft_reply", "test_embedded_pms"),
    *("test_erase_person", "test_llm_connector", "test_llm_drafter", "test_migrations", "test_pharmacies", "test_postgresql"),
    *("test_quality", "test_real_model", "test_store", "test_template_passes_review", "test_tenants", "test_threads", "test_vault"),
    *("test_crash_escalates", "test_once", "test_escalation_record", "test_same_opinion", "test_first_error", "test_growth", "test_escalations", "test_records_file", "test_template_drafter", "test_docs"),
    *("test_cli_evaluate", "test_cli_mistakes", "test_store_busy"),
}  # fmt: skip
_connect = socket.socket.connect
# Words of people that tests use everywhere; each demo patient's name and address is added to them.
PERSONAL = {"de vries", "jan@example.org", "lijsterstraat", "misselijk", "verwaarloosd", "sk-test-1234567890"}


def pytest_collection_modifyitems(items):
    """Marks what `make check` leaves out."""
    for item in items:
        if item.path.stem in WHOLE or "hostile" in item.name:
            item.add_marker("slow")


def _loopback_only(self, address):
    host = address[0] if isinstance(address, tuple) else "unix"
    if host not in {"127.0.0.1", "::1", "localhost", "unix"}:
        raise OSError(f"tests may not leave this machine: {host}")
    return _connect(self, address)


@pytest.fixture
def server():
    """The whole product in memory, with one pharmacy and its patients."""
    return Server()


@pytest.fixture
def client(server):
    """A browser's side of it."""
    return create_app(server.services).test_client()


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """No test may talk to anything but this machine."""
    socket.socket.connect = _loopback_only
    yield
    socket.socket.connect = _connect


def personal_words():
    """What no log line may hold, lower-cased."""
    words = set(PERSONAL)
    for path in HERE.glob("pms-*.json"):
        for patient in json.loads(path.read_text(encoding="utf-8"))["patients"]:
            words |= {patient["name"].lower(), patient["email"].lower()}
    return words


@pytest.fixture(autouse=True, scope="session")
def suite_logs():
    """Every line that the suite logs, ours and libraries', is read at the end: the suite fails when one is personal."""
    stream = io.StringIO()
    configure_logs("DEBUG", stream)
    yield stream
    lines = stream.getvalue().splitlines()
    words = personal_words()
    leaks = [line for line in lines if any(word in line.lower() for word in words)]
    assert not leaks, f"personal data in {len(leaks)} log lines, the first: {leaks[0]}"
