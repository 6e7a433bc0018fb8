"""Does the time of a call grow with its text, or with its square? Measured as growth, never as seconds: machines differ."""

import dataclasses
import importlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import BuiltinMethodType
from typing import Any

import server

ROOT = Path(server.__file__).parent
# What a mail program, a scanner or somebody who means harm may send by the page.
UNITS = (
    *(
        " ",
        "\n",
        "a",
        "A ",
        "1 ",
        "a@",
        "(",
        "- ",
        "\t\n",
        "1-",
        "A.",
        "groet ",
        ".",
        ",",
        "<",
        "aA",
        "a,",
        "a-",
        "_",
        "\u00a0",
    ),
    *("> \n", "a\n", "Van: x\n", "ok. ", "ik ", "<b>", "&#", "=20", "1 mg ", "0"),
)
# What a run stands between: most patterns look back only where something else ends it, many only begin at a word.
AROUND = (("", ""), ("", "\u00a7"), ("beste Jan de Vries 1 ", " x\u00a7"), ("groet,", "a"))
LADDER = (19, 78, 312, 1_250, 5_000, 20_000)  # four times as long each time; the first rungs catch what never ends
SQUARE = 16
MOST_GROWTH = 8.0  # of a call on four times the text: linear is 4, quadratic 16
TRIES = 3
_linear = re.compile(r"[a-z]+ ?|.", re.DOTALL)


def _texts(length: int) -> dict[str, str]:
    """Each ugly text of this length by its name."""
    return {f"{head}…{unit!r}…{end}": head + (unit * length)[:length] + end for unit in UNITS for head, end in AROUND}


TEXTS = {length: _texts(length) for length in LADDER}


def seconds(call: Callable[[str], object], text: str, tries: int = TRIES) -> float:
    """The best of some tries."""
    best = float("inf")
    for _ in range(tries):
        began = time.perf_counter()
        call(text)
        best = min(best, time.perf_counter() - began)
    return best


def scan(pattern: re.Pattern[str]) -> Callable[[str], object]:
    """Every match in a text, which tries each place where one may begin."""
    return lambda text: sum(1 for _ in pattern.finditer(text))


def grace() -> float:
    """What a linear pattern takes on the longest text, twenty times: growth below this is the clock's noise."""
    return 20 * seconds(scan(_linear), "a b" * (LADDER[-1] // 3))


def grows_too_fast(
    call: Callable[[str], object], noise: float, *, ladder: Sequence[int] = LADDER, every: int = 1
) -> str:
    """The first ugly text on which four times the length takes far more than four times as long; "" when there is none.
    `every`: 2 takes half of the texts, for what is slow by itself."""
    for name in list(TEXTS[ladder[0]])[::every]:
        before = seconds(call, TEXTS[ladder[0]][name], 1)
        for shorter, longer in pairwise(ladder):
            if longer == ladder[-1] and before * SQUARE < noise / 2:
                break  # even the square of this would be lost in the noise
            took = seconds(call, TEXTS[longer][name], 1)
            if took > MOST_GROWTH * before + noise and _grows(call, TEXTS[shorter][name], TEXTS[longer][name], noise):
                return f"{name}: {longer} characters"
            before = took
    return ""


def _grows(call: Callable[[str], object], shorter: str, longer: str, noise: float) -> bool:
    """Measured again, at its best: something else may have had the machine."""
    return seconds(call, longer) > MOST_GROWTH * seconds(call, shorter) + noise


def modules() -> Iterator[Any]:
    """Every module of the server that can be loaded without starting one."""
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(("server", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        if path.name not in {"__main__.py", "wsgi.py", "env.py"}:
            yield importlib.import_module(name)


def patterns() -> dict[str, re.Pattern[str]]:
    """Where it stands → each pattern that a module holds, by itself, bound to a method, or inside a table or a record."""
    found: dict[int, tuple[str, re.Pattern[str]]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                if isinstance(pattern.pattern, str):
                    found.setdefault(id(pattern), (f"{module.__name__}.{name}", pattern))
    return {f"{where}#{at}": pattern for at, (where, pattern) in enumerate(found.values())}


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    bound = value.__self__ if isinstance(value, BuiltinMethodType) else None
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(bound, re.Pattern):
        yield bound
    elif depth < 4:
        parts: list[object] = []
        if isinstance(value, Mapping):
            parts = [*value.keys(), *value.values()]
        elif isinstance(value, tuple | list | set | frozenset):
            parts = list(value)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            parts = [getattr(value, field.name) for field in dataclasses.fields(value)]
        for part in parts:
            if not isinstance(part, str | int | float):
                yield from patterns_in(part, depth + 1)
