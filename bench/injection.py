"""The whole hard test: every attack in every place, written in every way by a model that obeys. Some ten minutes.

`python -m bench.injection` prints the tables that docs/measurements/injection.md keeps."""

import time

from bench.quality.attacks import ALL_STRATEGIES, PLACES
from bench.quality.injection import tables, tally
from bench.tables import machine


def main() -> None:
    """Prints the tables."""
    began = time.perf_counter()
    found = tally(places=len(PLACES), strategies=len(ALL_STRATEGIES))
    print(f"Measured at {machine()}, {time.perf_counter() - began:.0f} s.\n")
    print("\n\n".join(table.markdown() for table in tables(found, found.figures)))


if __name__ == "__main__":
    main()
