"""Measures every area and writes the tables into docs/quality.md: `python -m bench.quality [AREA …]`. Ends with 1 when a
figure is under its floor."""

import importlib
import re
import sys
import time
from pathlib import Path

from bench.quality.floors import AREAS, broken, floors
from bench.quality.measured import Measured
from bench.tables import machine

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def written(page: str, area: str, measured: Measured) -> str:
    """The page with this area's tables put between its two marks. Raises ValueError when the page lacks them."""
    begin, end = f"<!-- {area} -->", f"<!-- /{area} -->"
    if begin not in page or end not in page:
        raise ValueError(f"docs/quality.md has no marks for {area}")
    tables = "\n\n".join(table.markdown() for table in measured.tables)
    return re.sub(
        re.escape(begin) + ".*?" + re.escape(end), lambda _: f"{begin}\n{tables}\n{end}", page, flags=re.DOTALL
    )


def main() -> int:
    wanted = sys.argv[1:] or list(AREAS)
    page = PAGE.read_text(encoding="utf-8")
    fallen: list[str] = []
    for area in wanted:
        began = time.perf_counter()
        measured = importlib.import_module(f"bench.quality.{area}").measure()
        page = written(page, area, measured)
        found = [*broken(area, measured)]
        fallen += found
        print(f"{area}: {len(measured.figures)} figures, {time.perf_counter() - began:.0f} s", flush=True)
        for name, value in measured.figures.items():
            print(f"  {name:42} {value}")
    page = re.sub(r"Measured at .*", f"Measured at {machine()}.", page, count=1)
    PAGE.write_text(page, encoding="utf-8")
    print("\n".join(["", *fallen] if fallen else ["", f"All {sum(len(v) for v in floors().values())} floors hold."]))
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
