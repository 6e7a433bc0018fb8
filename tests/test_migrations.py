"""The database: migrations and tables agree, a fresh one is quick, two processes may start at once."""

import re
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.connectors.pms.embedded import metadata as pms_metadata
from server.store.engine import MIGRATIONS, head_revision, is_ready, migrate, open_database, reading, writing
from server.store.schema import metadata


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


@pytest.mark.parametrize("tables", [metadata, pms_metadata], ids=["store", "embedded-pms"])
def test_the_migrations_make_the_tables_that_the_code_expects(tables):
    engine = open_database()
    migrate(engine)
    others = {name for both in (metadata, pms_metadata) for name in both.tables} - set(tables.tables)

    def ours(thing, name, kind, _reflected, _other):
        return not (kind == "table" and name in others)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, tables) == []


def test_every_row_carries_its_pharmacy():
    for table in (*metadata.tables.values(), *pms_metadata.tables.values()):
        assert "pharmacy_id" in table.primary_key.columns, table.name


def test_the_quick_look_at_the_newest_migration_agrees_with_alembic():
    assert script().get_heads() == [head_revision()]


def test_a_migration_goes_back_as_it_came():
    engine = open_database()
    migrate(engine)
    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with engine.connect() as connection:
        left = set(connection.execute(text("select name from sqlite_master where type = 'table'")).scalars())
    assert left == {"alembic_version"}
    assert migrate(engine) and is_ready(engine)


def test_a_fresh_database_is_ready_at_once_and_a_second_start_does_nothing():
    migrate(open_database())  # Alembic is imported
    engine = open_database()
    assert not is_ready(engine)
    began = time.process_time()
    assert migrate(engine) is True
    assert time.process_time() - began < 20  # a hang; bench/hostile.py measures
    assert migrate(engine) is False
    assert is_ready(engine)


def test_two_processes_that_start_together_migrate_once(tmp_path):
    url = f"sqlite:///{tmp_path}/balie.db"
    engines, done = [open_database(url) for _ in range(3)], []
    threads = [threading.Thread(target=lambda e=engine: done.append(migrate(e))) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 3 and any(done) and all(is_ready(engine) for engine in engines)


def test_a_database_that_is_not_there_is_not_ready(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/balie.db")
    engine.dispose()
    (tmp_path / "balie.db").unlink(missing_ok=True)
    (tmp_path / "balie.db").mkdir()
    assert is_ready(engine) is False


def test_sqlite_is_set_to_lose_nothing(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/deep/balie.db")
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        told = [connection.execute(text(f"pragma {name}")).scalar() for name in asked]
    assert told == ["wal", 2, 1, 1, 5000]


def test_a_throw_away_database_goes_with_its_engine():
    engine = open_database()
    folder = Path(engine.url.database).parent
    assert folder.is_dir()
    engine.dispose()
    del engine
    import gc

    gc.collect()
    assert not folder.exists()


def test_a_transaction_is_all_or_nothing_and_readers_see_none_of_it_meanwhile():
    engine = open_database()
    migrate(engine)
    row = text("insert into pharmacy_keys values ('a', x'00')")
    count = text("select count(*) from pharmacy_keys")
    with pytest.raises(RuntimeError), writing(engine) as connection:
        connection.execute(row)
        with reading(engine) as other:
            assert other.execute(count).scalar() == 0
        raise RuntimeError
    with reading(engine) as connection:
        assert connection.execute(count).scalar() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_events set type = 'x'",
        "delete from audit_events",
        "delete from audit_heads",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(statement):
    from tests.store_builders import a_memory, an_event

    memory = a_memory()
    memory.audit.append(an_event())
    with pytest.raises(DBAPIError, match="append-only"), writing(memory.engine) as connection:
        connection.execute(text(statement))
    assert memory.audit.verify() == ()


def test_a_postgresql_address_gets_our_driver_by_any_of_its_names():
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    assert psycopg
    for url in ("postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"):
        assert open_database(url).url.drivername == "postgresql+psycopg"


def test_migrations_name_no_table_of_the_code():
    """A migration tells history: it must not change when the tables do."""
    for path in (MIGRATIONS / "versions").glob("*.py"):
        assert not re.search(r"from server|import server", path.read_text(encoding="utf-8")), path.name
