"""A busy or lost database is told as such, in time, and never by taking every connection from those who read."""

import sqlite3
import threading
import time
from stat import S_IMODE

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from server.errors import AuditUnavailable, StoreBusy
from server.store import engine as engine_room
from server.store.engine import is_ready, migrate, open_database, reading, writing
from server.store.keyring import read_key_file
from tests.store_builders import a_memory, an_event


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits longer than a moment."""
    monkeypatch.setattr(engine_room, "_WAIT_SECONDS", 0.2)


def test_while_many_wait_to_write_others_read_and_the_server_is_ready(impatient):
    memory = a_memory()
    told = []

    def write():
        try:
            with writing(memory.engine):
                pass
        except StoreBusy as problem:
            told.append((problem.status, problem.retryable))

    with writing(memory.engine):
        waiting = [threading.Thread(target=write) for _ in range(40)]
        for thread in waiting:
            thread.start()
        began = time.monotonic()
        assert is_ready(memory.engine)
        with reading(memory.engine) as connection:
            assert connection.execute(text("select count(*) from pharmacies")).scalar() == 0
        assert time.monotonic() - began < 2
        assert memory.engine.pool.checkedout() <= 2
        for thread in waiting:
            thread.join()
    assert told == [(503, True)] * 40
    with writing(memory.engine):
        pass  # the slot was given back


def test_a_lock_that_another_process_holds_is_told_as_busy_and_by_the_log_as_unavailable(monkeypatch):
    memory = a_memory()
    monkeypatch.setattr(engine_room, "_WAIT_SECONDS", 0.1)
    quick = engine_room.open_database(f"sqlite:///{memory.engine.url.database}")
    other = sqlite3.connect(memory.engine.url.database)
    other.isolation_level = None
    other.execute("begin immediate")
    with pytest.raises(StoreBusy) as caught, writing(quick):
        pass
    assert isinstance(caught.value.__cause__, OperationalError)
    with pytest.raises(AuditUnavailable):
        type(memory.audit)(quick, memory.vault).append(an_event())
    other.execute("rollback")
    with writing(quick):
        pass
    other.close()


def test_a_full_pool_is_busy_and_not_ready_within_two_seconds(monkeypatch):
    monkeypatch.setattr(engine_room, "_POOL", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 3})
    engine = open_database()
    migrate(engine)
    with reading(engine):
        began = time.monotonic()
        assert not is_ready(engine)
        assert time.monotonic() - began < 2.9
        with pytest.raises(StoreBusy), reading(engine):
            pass
    assert is_ready(engine)


def test_a_query_that_is_wrong_is_not_called_busy():
    with pytest.raises(OperationalError, match="no such table"), reading(open_database()) as connection:
        connection.execute(text("select * from nowhere"))


def test_a_database_that_cannot_be_opened_is_told_the_same_way(tmp_path):
    (tmp_path / "balie.db").mkdir()
    engine = open_database(f"sqlite:///{tmp_path}/balie.db")
    for attempt in (reading, writing, migrate):
        with pytest.raises(StoreBusy):
            attempt(engine).__enter__()
    assert not is_ready(engine)


def test_what_is_kept_can_be_read_by_its_owner_alone(tmp_path):
    folder = tmp_path / "var"
    engine = open_database(f"sqlite:///{folder}/balie.db")
    migrate(engine)
    read_key_file(folder / "keys", create=True)
    with writing(engine) as connection:
        connection.execute(text("insert into pharmacy_keys values ('a', x'00')"))
        modes = {path.name: S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes == {"var": 0o700, **dict.fromkeys(("balie.db", "balie.db-wal", "balie.db-shm", "keys"), 0o600)}


def test_a_database_that_others_could_read_is_closed_to_them_at_the_next_start(tmp_path):
    path = tmp_path / "balie.db"
    path.touch(0o644)
    open_database(f"sqlite:///{path}")
    assert S_IMODE(path.stat().st_mode) == 0o600
