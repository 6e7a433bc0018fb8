"""Opens the database: one place that knows how SQLite and PostgreSQL differ, so that no query has to."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

MIGRATIONS = Path(__file__).parent / "migrations"
THROW_AWAY = "sqlite://"
_WAIT_SECONDS = 30


def open_database(url: str = THROW_AWAY) -> Engine:
    """The database at `url` (not yet migrated). "sqlite://" is a throw-away file, gone with the engine: unlike SQLite's
    own in-memory database it may be used by many threads at once."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.get_backend_name() != "sqlite":
        driver = parsed if "+" in parsed.drivername else parsed.set(drivername="postgresql+psycopg")
        return create_engine(driver, pool_size=10, max_overflow=20, pool_pre_ping=True)
    if parsed.database in {None, "", ":memory:"}:
        return _open_throw_away()
    Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    return _open_sqlite(parsed, synchronous="FULL")


def _open_throw_away() -> Engine:
    folder = tempfile.mkdtemp(prefix="balie-")
    engine = _open_sqlite(URL.create("sqlite", database=str(Path(folder) / "balie.db")), synchronous="OFF")
    weakref.finalize(engine, shutil.rmtree, folder, ignore_errors=True)
    return engine


def _open_sqlite(url: URL, *, synchronous: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _WAIT_SECONDS}, pool_size=10, max_overflow=20)
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


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, connection: Connection | None = None) -> Iterator[Connection]:
    """One transaction: all of it, or nothing. Given a connection, its transaction is joined and left to its owner."""
    if connection is not None:
        yield connection
        return
    with engine.connect() as fresh:
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
    with reading(engine) as connection:
        if _revision(connection) == head_revision():
            return False
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
    return True


def is_ready(engine: Engine) -> bool:
    """Whether the database answers and its tables are this version's. Never raises."""
    try:
        with reading(engine) as connection:
            return _revision(connection) == head_revision()
    except SQLAlchemyError:
        return False
