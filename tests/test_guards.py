"""The architecture's rules as tests: who imports whom, one door for each danger, nothing too long."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SERVER = ROOT / "server"
FILES = sorted(path for path in SERVER.rglob("*.py"))
PURE = {"model", "text"}
# What a room may import inside server/ (server/README.md says why).
MAY_IMPORT = {
    "model": {"model"},
    "text": {"model", "text"},
    "triage": {"model", "text", "errors", "ports", "triage"},
    "safety": {"model", "text", "safety"},
    "drafting": {"model", "text", "errors", "ports", "drafting"},
    "connectors": {"model", "text", "errors", "ports", "connectors"},
    "store": {"model", "text", "errors", "store"},
    "flows": {"model", "text", "errors", "ports", "triage", "safety", "drafting", "store", "services", "flows"},
    "web": {"model", "errors", "services", "flows", "web"},
    "services": {"model", "ports", "store"},
    "ports": {"model"},
    "errors": set(),
    "logs": set(),
    "settings": set(),
    "app": {"services", "web"},
    "wsgi": {"wiring", "app", "flows", "logs", "settings"},
}  # fmt: skip
# Third-party or standard modules that have one door.
DOORS = {
    "requests": {"connectors/http.py"},
    "flask": {"web/*", "app.py", "cli.py"},
    "sqlalchemy": {"store/*", "connectors/pms/embedded.py", "connectors/pms/sql.py"},
    "openai": {"connectors/llm/chat_completions.py"},  # loaded late by openai_compatible.py
    "httpx2": {"connectors/llm/chat_completions.py"},
    "alembic": {"store/*"},
    "cryptography": {"store/vault.py", "store/sealing.py"},
    "structlog": {"logs.py", "flows/*", "web/*", "app.py", "connectors/*", "store/*", "cli.py", "wiring.py"},
}  # fmt: skip
STANDARD_ONLY = {"model"}


def relative(path: Path) -> str:
    return path.relative_to(SERVER).as_posix()


def room(path: Path) -> str:
    return relative(path).split("/")[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    """Dotted names that a file imports, wherever in the file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}: relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def allowed_at(path: Path, doors: set[str]) -> bool:
    name = relative(path)
    return any(name == door or (door.endswith("/*") and name.startswith(door[:-1])) for door in doors)


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_room_imports_only_what_it_may(path):
    may = MAY_IMPORT.get(room(path))
    if may is None:  # __main__, cli, wiring: the edge that knows everything
        return
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("server.")}
    assert ours <= may, f"{relative(path)} imports {sorted(ours - may)}"


@pytest.mark.parametrize("path", [p for p in FILES if relative(p).startswith("connectors/")], ids=relative)
def test_a_connector_knows_no_other_kind(path):
    parts = relative(path).split("/")
    if len(parts) < 3:
        return
    kind = parts[1]
    others = {n.split(".")[2] for n in imports(path) if n.startswith("server.connectors.")} - {kind, "http"}
    assert not others, f"{relative(path)} imports connectors of another kind: {sorted(others)}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_each_danger_has_one_door(path):
    for name in imports(path):
        doors = DOORS.get(name.split(".")[0])
        assert doors is None or allowed_at(path, doors), f"{relative(path)} may not import {name}"


@pytest.mark.parametrize("path", [p for p in FILES if room(p) in STANDARD_ONLY], ids=relative)
def test_the_nouns_need_no_package(path):
    outside = [n for n in imports(path) if not n.startswith("server.")]
    known = {"dataclasses", "datetime", "enum", "typing", "collections", "functools", "decimal"}
    assert {n.split(".")[0] for n in outside} <= known


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_environment_clock_and_print_have_one_place(path):
    text = path.read_text(encoding="utf-8")
    name = relative(path)
    if name != "settings.py":
        assert "os.environ" not in text and "getenv" not in text, f"{name} reads the environment"
    if name != "wiring.py":
        assert not re.search(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(", text), (
            f"{name} asks the time"
        )
    if name not in {"cli.py"}:
        assert not re.search(r"^\s*print\(", text, re.MULTILINE), f"{name} prints"


@pytest.mark.parametrize(
    "path", [*FILES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))], ids=str
)
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300, f"{path.name} is over 300 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 40, f"{path.name}:{node.name} has {length} lines"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_each_module_says_why_it_exists(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, f"{relative(path)} has no docstring"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_names_say_what_a_thing_is(path):
    assert not re.search(r"utils|helpers|common|manager|handler|base", path.stem), (
        f"{relative(path)}: say what it holds"
    )


def test_no_two_rooms_need_each_other():
    edges = {(room(p), n.split(".")[1]) for p in FILES for n in imports(p) if n.startswith("server.")}
    both_ways = {(a, b) for a, b in edges if a < b and (b, a) in edges}
    assert not both_ways


def test_every_blueprint_states_its_guard():
    from server import app

    for blueprint, guard in app.BLUEPRINTS:
        assert callable(guard), blueprint.name
    defined = re.findall(
        r"^(\w+) = APIBlueprint\(", "\n".join(p.read_text() for p in (SERVER / "web").glob("*.py")), re.M
    )
    assert len(defined) == len(app.BLUEPRINTS), (
        "a blueprint that app.py does not list does not exist: list or delete it"
    )


def test_the_repository_names_no_machine():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not tracked:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"/wo" r"rk/|/ro" r"ot/|/ho" r"me/\w+/")
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".js", ".css", ".html", ".txt", ".in", ".yml"} or path.name in {
            "Makefile",
            "run",
        }:
            assert not pattern.search(path.read_text(encoding="utf-8")), f"{name} names a path of one machine"


def test_the_pane_never_builds_markup_from_text():
    for path in [*(ROOT / "addin").rglob("*.js"), *(SERVER / "web").rglob("*.js")]:
        if "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text), path.name
        if path.name not in {"outlook.js", "events.js"}:
            assert "Office." not in text, f"{path.name} says Office."
