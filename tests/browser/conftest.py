"""What the browser tests share: one Chromium for all, a fresh window and a fresh fake API for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fake_api import Answerer, Book, serving

CHROMIUM = next((p for p in ("/usr/bin/chromium", shutil.which("chromium") or "") if p and Path(p).exists()), "")
HERE = Path(__file__).parent
# Chromium's own words for a refused request (tests ask for those) and for a mail's frame that may not run scripts.
EXPECTED = ("Failed to load resource", "Blocked script execution in 'about:srcdoc'")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """One real Chromium; without it these tests are skipped, and say so."""
    if not CHROMIUM:
        pytest.skip("no Chromium: install Debian's `chromium` to run the browser tests")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shelf() -> Iterator[tuple[type[Answerer], str]]:
    """One fake API for all tests, so that Chromium may keep our files; each test gives it a fresh book."""
    with serving(Book()) as (answerer, url):
        yield answerer, url


@pytest.fixture
def book(shelf: tuple[type[Answerer], str]) -> Book:
    shelf[0].book = Book()
    return shelf[0].book


@pytest.fixture
def address(shelf: tuple[type[Answerer], str], book: Book) -> str:
    return shelf[1]


@pytest.fixture(scope="session")
def session(chromium):
    """One browser session; its storage is emptied for each window."""
    context = chromium.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


class Desk:
    """A window with the playground, and what a person at the counter does with it."""

    def __init__(self, page, url: str) -> None:
        self.page = page
        self.url = url
        self.faults: list[str] = []
        page.set_default_timeout(15_000)  # a slow machine is no failure
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: line.type == "error" and self.faults.append(line.text))
        page.goto(url)
        page.wait_for_selector('[role="option"][aria-selected="true"]')
        self.pane = page.frame_locator("#pane-frame")
        self.pane.locator('[data-focus="main"], .idle.empty').first.wait_for()

    @property
    def frame(self):
        return next(frame for frame in self.page.frames if "taskpane.html" in frame.url)

    def open(self, thread_id: str) -> None:
        self._open(self.page.locator(f'[id="mail-{thread_id}"]'))

    def open_subject(self, subject: str) -> None:
        self._open(self.page.locator(".mail", has=self.page.get_by_text(subject, exact=True)))

    def _open(self, mail) -> None:
        mail.click()
        subject = self.page.locator(".thread-subject")
        subject.filter(has_text=mail.locator(".subject").inner_text()).wait_for()
        self.pane.locator(".idle h2").filter(has_text=subject.inner_text()).wait_for()

    def draft(self, thread_id: str = "", *, patience: float = 20.0) -> None:
        if thread_id:
            self.open(thread_id)
        self.pane.locator('.idle [data-focus="main"]').click()
        self.frame.wait_for_function(
            "() => !['working', 'idle'].includes(document.documentElement.dataset.face) || document.querySelector('.alert')",
            timeout=patience * 1000,
        )

    def press(self, name: str) -> None:
        self.pane.get_by_role("button", name=name, exact=True).click()

    def says(self, text: str) -> bool:
        self.pane.get_by_text(text).first.wait_for()
        return True

    @property
    def body(self) -> str:
        return self.pane.locator(".draft-body").inner_text()


@pytest.fixture
def window(session, address):
    """Opens a Desk in the asked theme, language and sizes; checks at the end that the page had no faults."""
    desks: list[Desk] = []

    def build(*, theme: str = "light", locale: str = "nl", width: int = 360, screen: int = 1440, url: str = "") -> Desk:
        page = session.new_page()
        page.set_viewport_size({"width": screen, "height": 900})
        page.goto(f"{url or address}/addin/tokens.css")
        settings = {"theme": theme, "locale": locale, "width": width}
        script = "s => { localStorage.clear(); for (const [k, v] of Object.entries(s)) localStorage[`balie.playground.${k}`] = v; }"
        page.evaluate(script, settings)
        desks.append(Desk(page, url or address))
        return desks[-1]

    yield build
    faults = [fault for desk in desks for fault in desk.faults]
    for desk in desks:
        desk.page.close()
    assert not [fault for fault in faults if not fault.startswith(EXPECTED)]


@pytest.fixture
def desk(window) -> Desk:
    return window()
