"""The pane's and playground's files by the rules of the house: no markup from text, no words outside the catalogues,
nothing inline, nothing from elsewhere."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ADDIN = ROOT / "addin"
PLAYGROUND = ROOT / "server" / "web" / "playground"
SCRIPTS = sorted([*ADDIN.rglob("*.js"), *PLAYGROUND.rglob("*.js")])
STYLES = sorted([*ADDIN.rglob("*.css"), *PLAYGROUND.rglob("*.css")])
PAGES = sorted([*ADDIN.rglob("*.html"), *PLAYGROUND.rglob("*.html")])
CATALOGUES = {
    "pane": ((ADDIN / "strings" / "nl.js"), (ADDIN / "strings" / "en.js")),
    "playground": ((PLAYGROUND / "strings" / "nl.js"), (PLAYGROUND / "strings" / "en.js")),
}
WORD_FILES = {path for pair in CATALOGUES.values() for path in pair}
PAIR = re.compile(r'(?:^\s*|, )"?([\w.-]+)"?:\s*("(?:[^"\\]|\\.)*")', re.MULTILINE)  # several may share a line
# Keys made from what the server says; the codes themselves come from the server's own lists.
BUILT = (
    "trigger.",
    "check.",
    "evidence.",
    "fallback.",
    "intent.",
    "step.",
    "slow.",
    "state.",
    "person.by.",
    "announce.",
)
BUILT_PLAYGROUND = ("step.", "col.", "language.", "theme.", "part.", "severity.")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_of(path: Path) -> str:
    """The script without its comments."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(^|\s)//[^\n]*", r"\1", text)


def words_of(which: str, locale: str) -> dict[str, str]:
    nl, en = CATALOGUES[which]
    text = (nl if locale == "nl" else en).read_text(encoding="utf-8")
    return {key: json.loads(value) for key, value in PAIR.findall(text)}


@pytest.mark.parametrize("which", CATALOGUES)
def test_both_languages_have_the_same_keys_and_the_same_blanks(which):
    nl, en = words_of(which, "nl"), words_of(which, "en")
    assert len(nl) > 40
    assert nl.keys() == en.keys()
    blanks = re.compile(r"\{\w+\}")
    assert {k: sorted(blanks.findall(v)) for k, v in nl.items()} == {
        k: sorted(blanks.findall(v)) for k, v in en.items()
    }


@pytest.mark.parametrize(
    ("which", "folder", "built"), [("pane", ADDIN, BUILT), ("playground", PLAYGROUND, BUILT_PLAYGROUND)]
)
def test_every_key_is_used_and_every_used_key_exists(which, folder, built):
    keys = words_of(which, "nl").keys()
    code = "\n".join(code_of(path) for path in folder.rglob("*.js") if path not in WORD_FILES)
    quoted = set(re.findall(r'["`]([\w.-]+)["`]', code))
    unused = [key for key in keys if key not in quoted and not key.startswith(built) and not built_in_code(key, code)]
    assert unused == []
    asked = set(re.findall(r'\bt\(\s*"([\w.-]+)"', code)) | set(re.findall(r'(?:key|notice):\s*"([\w.-]+)"', code))
    assert sorted(asked - keys) == []


def built_in_code(key: str, code: str) -> bool:
    """Whether a template literal such as `draft.tone.${key}` makes this key."""
    literals = re.findall(r"`([\w.-]*\$\{[^`]*)`", code)
    patterns = [
        re.sub(r"\\\$\\\{.*?\\\}", r"[\\w.-]*", re.escape(re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "${x}", one)))
        for one in literals
    ]
    return any(re.fullmatch(pattern, key) for pattern in patterns if pattern.replace("[\\w.-]*", ""))


@pytest.mark.parametrize("path", [p for p in SCRIPTS if p not in WORD_FILES], ids=name)
def test_no_visible_words_outside_the_catalogues(path):
    code = re.sub(r"import .*?;|throw .*?;|new Error\(.*?\)", "", code_of(path))
    strings = re.findall(r'"((?:[^"\\\n]|\\.)*)"', code)
    sentences = [s for s in strings if re.search(r"[A-Za-zÀ-ÿ]{2,} [A-Za-zÀ-ÿ]{2,}", s) and not is_machine_text(s)]
    assert sentences == []
    shown = re.findall(r'h\("\w+", \{[^{}]*\}, "([^"]+)"', code)
    assert shown == []


def is_machine_text(text: str) -> bool:
    """Class lists, media queries, HTTP and SVG: lower-case names or characters that no sentence holds."""
    return bool(re.search(r"[:;<>=\[\]{}()/_#]|--", text)) or bool(re.fullmatch(r"[a-z0-9 .-]+", text))


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_scripts_never_build_markup_or_run_text(path):
    code = code_of(path)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", code
    )
    assert not re.search(r'\bon\w+="|javascript:|setAttribute\("(?:style|on)', code)
    if path.name not in {"outlook.js", "events.js"}:
        assert "Office." not in code


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES, *PAGES], ids=name)
def test_nothing_comes_from_elsewhere(path):
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|[\"'(]//\w", text)


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES, *PAGES], ids=name)
def test_files_stay_small_and_say_why_they_exist(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert path.suffix == ".html" or text.startswith(("// ", "/* "))


class Inline(HTMLParser):
    """Collects what a strict content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.inside = tag
        self.found += [key for key in given if key.startswith("on") or key == "style"]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(tag)

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "script" and data.strip():
            self.found.append("script text")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_hold_nothing_inline(path):
    parser = Inline()
    parser.feed(path.read_text(encoding="utf-8"))
    assert parser.found == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_file_that_a_page_names_is_there(path):
    for target in re.findall(r'(?:href|src)="([^"]+)"', path.read_text(encoding="utf-8")):
        places = {"/addin/": ADDIN, "/playground/": PLAYGROUND}
        start = next((s for s in places if target.startswith(s)), "")
        file = places[start] / target.removeprefix(start) if start else path.parent / target
        assert file.is_file(), target


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_every_import_leads_to_a_file(path):
    for target in re.findall(r'(?:^import .*?from |import\()"([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE):
        file = ADDIN / target.removeprefix("/addin/") if target.startswith("/addin/") else path.parent / target
        assert file.is_file(), target


def test_the_pane_has_words_for_every_trigger_intent_and_check():
    words = words_of("pane", "nl")
    from server.model.triage import OUTCOMES

    assert [intent for intent in OUTCOMES if f"intent.{intent}" not in words] == []
    checks = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "server" / "safety" / "checks").glob("*.py")
    )
    codes = set(re.findall(r'(?:blocks|notes)\(\s*"(\w+)"', checks))
    assert len(codes) > 8
    assert [code for code in sorted(codes) if f"check.{code}" not in words] == []
    triggers = ROOT / "server" / "content" / "triggers"
    assert [t.stem for t in triggers.glob("*.toml") if f"trigger.{t.stem}" not in words] == []


def test_the_pane_has_words_for_every_reason_of_a_match():
    words = words_of("pane", "nl")
    rooms = [ROOT / "server" / "flows" / "match_patient.py", *(ROOT / "server" / "triage").glob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in rooms)
    codes = set(re.findall(r'Evidence\(\s*"(\w+)"', code)) | set(
        re.findall(r'^(?:OTHER|SEVERAL) = "(\w+)"', code, re.MULTILINE)
    )
    codes |= {name for pair in re.findall(r'Evidence\(\s*"(\w+)" if [^)]* else "(\w+)"', code) for name in pair}
    codes |= set(re.findall(r'"(patient_decides_\w+)"', code))
    assert len(codes) > 15
    assert [code for code in sorted(codes) if f"evidence.{code}" not in words] == []
