"""What every command shares: problems told in one line, settings and store opened, files read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from server.errors import InvalidContent, InvalidRecords, Problem


class Failure(click.ClickException):
    """One line on stderr. Exit code 2 for what the caller can mend, 3 for what broke inside."""

    exit_code = 2


class Broken(Failure):
    """The same for what broke on our side."""

    exit_code = 3


@contextmanager
def plain_errors() -> Iterator[None]:
    """Our own problems as one line, not a traceback."""
    from server.settings import InvalidSettings

    try:
        yield
    except InvalidSettings as error:
        raise Failure("These settings cannot be used:\n  " + str(error).replace("\n", "\n  ")) from None
    except (InvalidRecords, InvalidContent) as problem:
        raise Failure(f"{problem.title}: {problem.detail}") from None
    except Problem as problem:
        raise (Failure if problem.status < 500 else Broken)(f"{problem.title}. {problem.detail}") from None


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose problems are told plainly."""
    from functools import wraps

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with plain_errors():
            return function(*args, **kwargs)

    return run


def read_settings_for(log_level: str = "WARNING", **overrides: Any) -> Any:
    from server.logs import configure_logs
    from server.settings import read_settings

    settings = read_settings(**overrides)
    configure_logs(log_level if "log_level" not in settings.model_fields_set else settings.log_level)
    return settings


def open_own_store() -> Any:
    """Services over what is kept. Nothing is loaded, so that looking changes nothing."""
    from server.wiring import open_store

    return open_store(read_settings_for())


def read_json(path: Path) -> dict[str, Any]:
    from server.connectors.pms.records_file import parse_json

    try:
        return parse_json(path.read_bytes())
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None
    except InvalidRecords as problem:
        raise Failure(f"{path}: {problem.detail}") from None


def own_organisation(given: str | None = None) -> dict[str, str]:
    """Where a pharmacy belongs whose file does not say: in the sandbox to its only user, or nobody could reach it."""
    from server.connectors.identity.sandbox import ORGANISATION

    organisation = given or (ORGANISATION if read_settings_for().sandbox else "")
    return {"organisation_id": organisation} if organisation else {}
