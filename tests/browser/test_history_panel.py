"""The pharmacist's summary in the pane: closed until asked for, usable by keyboard, readable at 320 px in both themes."""

import pytest

from tests.browser.test_pane_faces import violations


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 450])
def test_the_panel_is_accessible_and_never_wider_than_the_pane(window, theme, width):
    desk = window(theme=theme, width=width)
    desk.draft("history")
    summary = desk.pane.locator('[data-focus="history"]')
    summary.wait_for()
    assert desk.pane.get_by_text("Pregabaline 75 mg capsule").count() == 1
    assert not desk.pane.get_by_text("Pregabaline 75 mg capsule").first.is_visible()
    summary.focus()
    desk.page.keyboard.press("Enter")
    desk.pane.get_by_text("Pregabaline 75 mg capsule").first.wait_for()
    assert violations(desk.frame) == []
    assert desk.frame.evaluate(
        "document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"
    )


def test_what_it_tells(window):
    desk = window()
    desk.draft("history")
    desk.pane.locator('[data-focus="history"]').click()
    for words in (
        "3 punten", "Kwijt of gestolen: “gestolen”", "Vaker te vroeg opgehaald: Oxycodon 10 mg tablet mga", "Lijst I", "nog 16 dagen",
        "13-11-2026 · 60 stuks · 30 dagen", "apotheker beslist · vanaf 06-12-2026 · nieuw recept nodig", "verleend tot 01-03-2027",
        "recept RX1021", "Gevoelig middel", "onbekend hoeveel er nog is", "nog 1 dag (uit het gebruik berekend)", "penicilline, latex",
        "Diclofenac 50 mg tablet msr", "Geteld op 27-11-2026. Alleen voor de apotheek.",
    ):  # fmt: skip
        desk.says(words)


def test_other_mails_have_none(window):
    desk = window()
    for scenario in ("routine", "escalate", "verify"):
        desk.draft(scenario)
        assert desk.pane.locator(".history").count() == 0
