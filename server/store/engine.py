"""Opens the database: one place that knows how SQLite and PostgreSQL differ, so that no query has to."""

import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.errors import StoreBusy

MIGRATIONS = Path(__file__).parent / "migrations"
THROW_AWAY = "sqlite://"
_WAIT_SECONDS = 5
_MIGRATION_PAUSE = 0.2  # seconds
_MIGRATION_TRIES = 6  # who starts while another migrates waits longer than a request may
_READY_SECONDS = 2
_PASSING = ("locked", "busy", "unable to open", "is full", "disk I/O", "readonly")  # in SQLite's words
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "pool_timeout": _WAIT_SECONDS}
# SQLite has one writer at a time. Who waits for that does so here, before taking one of the pool's connections: waiting
# writers would hold them all, and nobody could read.
_writer_slots: "weakref.WeakKeyDictionary[Engine, threading.Lock]" = weakref.WeakKeyDictionary()


def open_database(url: str = THROW_AWAY) -> Engine:
    """The database at `url` (not yet migrated). "sqlite://" is a throw-away file, gone with the engine: unlike SQLite's
    own in-memory database it may be used by many threads at once."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.get_backend_name() != "sqlite":
        driver = parsed if "+" in parsed.drivername else parsed.set(drivername="postgresql+psycopg")
        return create_engine(driver, connect_args={"connect_timeout": _WAIT_SECONDS}, pool_pre_ping=True, **_POOL)
    if parsed.database in {None, "", ":memory:"}:
        return _open_throw_away()
    _create_private(Path(str(parsed.database)))
    return _open_sqlite(parsed, synchronous="FULL")


def _create_private(path: Path) -> None:
    """The file exists afterwards and is its owner's alone (SQLite gives its journal the same rights), as is its folder
    when it is made here. What can't be done is left to the first query to tell."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)


def _open_throw_away() -> Engine:
    folder = tempfile.mkdtemp(prefix="balie-")
    engine = _open_sqlite(URL.create("sqlite", database=str(Path(folder) / "balie.db")), synchronous="OFF")
    weakref.finalize(engine, shutil.rmtree, folder, ignore_errors=True)
    return engine


def _open_sqlite(url: URL, *, synchronous: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _WAIT_SECONDS}, **_POOL)
    _writer_slots[engine] = threading.Lock()
    # secure_delete: an erased key must not linger in a free page of the file.
    pragmas = (
        f"busy_timeout={_WAIT_SECONDS * 1000}",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "secure_delete=ON",
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own is always deferred
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that turns writer half-way is refused by SQLite, so a writer says so at its start and waits its turn.
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _is_passing(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    if type(error.orig).__module__.startswith("sqlite3"):  # says "operational" of a missing table too
        return any(words in str(error.orig) for words in _PASSING)
    return isinstance(error, OperationalError)


@contextmanager
def _or_busy() -> Iterator[None]:
    """What may work a moment later gets one name; what is wrong with a query keeps its own."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreBusy from error
    except DBAPIError as error:
        if not _is_passing(error):
            raise
        raise StoreBusy from error


@contextmanager
def _writer_slot(engine: Engine) -> Iterator[None]:
    """Ours until the end; other databases let many write at once. Raises StoreBusy."""
    slot = _writer_slots.get(engine)
    if slot is None:
        yield
        return
    if not slot.acquire(timeout=_WAIT_SECONDS):
        raise StoreBusy
    try:
        yield
    finally:
        slot.release()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database. Raises StoreBusy when it is locked or lost."""
    with _or_busy(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, connection: Connection | None = None) -> Iterator[Connection]:
    """One transaction: all of it, or nothing. Given a connection, its transaction is joined and left to its owner.
    Raises StoreBusy when the database is locked for too long or lost."""
    if connection is not None:
        yield connection
        return
    with _or_busy(), _writer_slot(engine), engine.connect() as fresh:
        fresh.execution_options(write=True)
        with fresh.begin():
            yield fresh


def insert_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Inserts a row unless one with its key is there; says whether it did. Safe when two do it at the same time."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    # Without the option SQLAlchemy does not keep an INSERT's row count on PostgreSQL.
    careful = dialect.insert(table).values(**values).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return connection.execute(careful).rowcount == 1


def head_revision() -> str:
    """The newest migration's id, by its file's name: so that a start with nothing to do needs no Alembic."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("v*.py"))


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def migrate(engine: Engine) -> bool:
    """Brings the tables up to date and says whether there was anything to do. Two processes may start together."""
    for _ in range(_MIGRATION_TRIES):
        try:
            return _migrate_once(engine)
        except StoreBusy:
            threading.Event().wait(_MIGRATION_PAUSE)  # another start has it: SQLite's switch to WAL waits for nobody
    return _migrate_once(engine)


def _migrate_once(engine: Engine) -> bool:
    with reading(engine) as connection:
        if _revision(connection) == head_revision():
            return False
    _upgrade(engine)
    return True


def _upgrade(engine: Engine) -> None:
    from alembic import command  # 0.2 s to import, needed once in a version's life
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(727001)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_ready(engine: Engine) -> bool:
    """Whether the database answers within two seconds and its tables are this version's. Never raises."""
    answers: list[bool] = []
    # Asked aside: neither a full pool nor a server that accepts and then says nothing may hold up who asks.
    probe = threading.Thread(target=lambda: answers.append(_is_current(engine)), name="ready", daemon=True)
    probe.start()
    probe.join(_READY_SECONDS)
    return answers == [True]


def _is_current(engine: Engine) -> bool:
    try:
        with reading(engine) as connection:
            return _revision(connection) == head_revision()
    except (SQLAlchemyError, StoreBusy):
        return False
