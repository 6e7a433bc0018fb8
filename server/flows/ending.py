"""What is done on the way out of a failure may fail as well: the first error is the one that is seen."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger("draft")


@contextmanager
def ending(step: str) -> Iterator[None]:
    """Around clearing up after something broke or somebody left. Its own failure is logged by kind and raised no further."""
    try:
        yield
    except Exception as error:
        log.error("ending failed", step=step, kind=type(error).__name__)
