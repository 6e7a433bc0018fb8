"""What every test shares: Babel and friends warm, no network outside loopback."""

import socket

import pytest

_connect = socket.socket.connect


def _loopback_only(self, address):
    host = address[0] if isinstance(address, tuple) else "unix"
    if host not in {"127.0.0.1", "::1", "localhost", "unix"}:
        raise OSError(f"tests may not leave this machine: {host}")
    return _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """No test may talk to anything but this machine."""
    socket.socket.connect = _loopback_only
    yield
    socket.socket.connect = _connect
