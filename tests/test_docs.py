"""The documentation keeps up with the code: settings, problems, routes, targets and links."""

import re
from pathlib import Path

import pytest

from server import errors
from server.app import create_app
from server.cli import main
from server.settings import Settings
from tests.running import Server

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "server" / "README.md", *(ROOT / "docs").glob("*.md")])


def problems(kind=errors.Problem):
    for sub in kind.__subclasses__():
        yield sub
        yield from problems(sub)


@pytest.mark.parametrize("variable", [str(f.validation_alias) for f in Settings.model_fields.values()])
def test_each_setting_is_in_the_readme_and_the_operating_page(variable):
    assert variable in README
    assert variable in (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")


def test_each_setting_has_a_comment_of_its_own():
    lines = (ROOT / "server" / "settings.py").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if "validation_alias=" in line and " = Field(" in line:
            assert lines[number - 1].strip().startswith("#"), line


@pytest.mark.parametrize("problem", sorted(set(problems()), key=lambda p: p.slug), ids=lambda p: p.slug)
def test_each_problem_is_documented_with_its_status(problem):
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert re.search(rf"\| `{problem.slug}` \| {problem.status} \|", page), f"docs/api.md lacks {problem.slug}"
    assert problem.__doc__


def test_each_route_is_documented():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for rule in create_app(Server().services).url_map.iter_rules():
        path = re.sub(r"<(?:path:)?\w+>", "<id>", rule.rule)
        if path.startswith("/api/") and path not in {"/api/", "/api/openapi.json", "/api/static/<id>"}:
            assert path in page, f"docs/api.md lacks {rule.rule}"


def test_each_command_is_named_somewhere():
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for name in main.commands:
        assert re.search(rf"server {name}|make {name}", pages), f"no page says `python -m server {name}`"


def test_make_targets_that_pages_name_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for target in re.findall(r"(?:`|^)make (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert target in targets, f"{page.name} names make {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_images_point_at_something(page):
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name} points at {target}"


def test_pages_named_in_the_readme_exist():
    for name in re.findall(r"`((?:docs|server)/[\w./-]+)`", README):
        assert (ROOT / name).exists(), name


def test_each_requirement_is_pinned_and_says_why():
    for name in ("requirements.in", "requirements-dev.in"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.match(r"[\w.\[\]-]+==[\w.]+( ; [^#]+)?\s+# \S", line), f"{name}: {line}"
