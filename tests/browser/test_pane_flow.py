"""From a click to a sent reply: what a person does with one routine mail, by mouse and by keyboard."""

import pytest


def test_a_click_leads_to_a_draft_that_is_inserted_edited_and_sent(desk, book):
    desk.draft("routine")
    assert "Metoprololsuccinaat 50 mg kunt u weer bestellen" in desk.body

    desk.press("Invoegen")
    compose = desk.page.get_by_label("Tekst van het antwoord")
    compose.wait_for()
    assert compose.input_value() == book.replies["r1"]["draft"]["text"]
    desk.says("Ingevoegd. Lees het na en verstuur zelf.")

    compose.fill(compose.input_value() + "\n\nTot ziens!")
    desk.page.get_by_role("button", name="Verzenden (demo)").click()
    desk.page.get_by_text("Dit is een demo").wait_for()
    desk.says("Verstuurd door u.")
    inserted, sent = book.bodies("/outcome")
    assert inserted["kind"] == "inserted"
    assert sent["kind"] == "edited"
    assert sent["final_text"].endswith("Tot ziens!")

    desk.page.get_by_role("button", name="Verzonden (demo)").click()
    desk.page.locator(".mail").first.click()
    desk.page.locator(".mail-plain", has_text="Tot ziens!").wait_for()


def test_a_draft_sent_as_it_was_tells_its_outcome_once(desk, book):
    desk.draft("routine")
    desk.press("Invoegen")
    desk.page.get_by_label("Tekst van het antwoord").wait_for()
    desk.page.get_by_role("button", name="Verzenden (demo)").click()
    desk.says("Verstuurd door u.")
    desk.page.get_by_text("Dit is een demo").wait_for()
    assert [body["kind"] for body in book.bodies("/outcome")] == ["inserted"]


def test_steps_tick_off_and_sentences_arrive_while_it_works(desk, book):
    book.hold_at = "patient"
    desk.open("routine")
    desk.pane.locator('.idle [data-focus="main"]').click()
    desk.pane.locator(".steps .running", has_text="Patiënt zoeken").wait_for()
    desk.pane.locator(".steps .done", has_text="Gesprek lezen").wait_for()
    book.hold_at = "safety"
    book.go.set()
    book.go.clear()
    desk.pane.locator(".draft-body", has_text="Apotheek De Linde").wait_for()
    desk.pane.locator(".bar", has_text="Controleren").wait_for()
    assert desk.pane.get_by_role("button", name="Invoegen").count() == 0, "not before the whole was checked"
    book.go.set()
    desk.pane.get_by_role("button", name="Invoegen").wait_for()


def test_each_fact_shows_its_source_on_focus_and_on_hover(desk):
    desk.draft("routine")
    bubble = desk.pane.locator(".bubble")
    assert bubble.is_hidden()
    desk.pane.get_by_text("23 november", exact=True).focus()
    assert bubble.inner_text() == "Uitgifte 1-9-2026 · 90 dagen · gelezen 10:42"
    fact = desk.pane.get_by_text("23 november", exact=True)
    described = desk.frame.evaluate(
        "e => document.getElementById(e.getAttribute('aria-describedby')).textContent", fact.element_handle()
    )
    assert described == "Uitgifte 1-9-2026 · 90 dagen · gelezen 10:42"

    desk.page.keyboard.press("Escape")
    assert bubble.is_hidden()
    assert desk.pane.locator(".draft-body").count() == 1, "Escape closed the bubble, not the draft"
    desk.pane.get_by_text("Metoprololsuccinaat 50 mg", exact=True).hover()
    assert bubble.inner_text() == "Recept RX1001 · gelezen 10:42"


def test_a_click_on_an_intent_shows_the_words_of_the_mail(desk):
    desk.draft("routine")
    desk.press("Afhalen of bezorgen")
    desk.says("“Mijn zoon komt ze dan ophalen.”")
    desk.press("Afhalen of bezorgen")
    assert desk.pane.locator(".words").is_hidden()


def test_undo_takes_the_draft_out_again(desk):
    desk.draft("routine")
    desk.press("Invoegen")
    desk.press("Ongedaan maken")
    desk.says("Invoegen ongedaan gemaakt.")
    assert desk.page.get_by_label("Tekst van het antwoord").is_hidden()
    assert desk.pane.get_by_role("button", name="Invoegen").is_enabled()


def test_throwing_the_compose_window_away_is_undoing(desk):
    desk.draft("routine")
    desk.press("Invoegen")
    desk.page.locator(".compose").get_by_role("button", name="Weggooien").click()
    desk.says("Invoegen ongedaan gemaakt.")
    assert desk.pane.get_by_role("button", name="Invoegen").is_enabled()


def test_tone_language_version_and_own_sentence_reach_the_server(desk, book):
    desk.draft("routine")
    desk.pane.get_by_label("Toon").select_option("informal")
    desk.pane.get_by_label("Taal").select_option("en")
    desk.pane.get_by_role("button", name="Andere versie").click()
    desk.says("Dit is versie 2.")
    desk.pane.get_by_text("Zin toevoegen").click()
    desk.pane.get_by_label("Eén zin voor de patiënt").fill("We sluiten om 17 uur.")
    desk.press("Voeg toe")
    desk.pane.locator(".sentence.staff", has_text="We sluiten om 17 uur.").wait_for()
    last = book.bodies("/replies")[-1]
    assert {key: last[key] for key in ("tone", "language", "version", "staff_sentence")} == {
        "tone": "informal",
        "language": "en",
        "version": 2,
        "staff_sentence": "We sluiten om 17 uur.",
    }
    keys = [key for key in book.keys if key]
    assert len(set(keys)) == len(keys)

    desk.draft("words")
    last = book.bodies("/replies")[-1]
    assert last["tone"] == "informal", "the tone is remembered for the pharmacy"
    assert (last["language"], last["version"], last["staff_sentence"]) == (None, 1, "")


def test_an_own_sentence_that_a_check_refuses_is_said_and_can_be_mended(desk):
    desk.draft("routine")
    desk.pane.get_by_text("Zin toevoegen").click()
    desk.pane.get_by_label("Eén zin voor de patiënt").fill("Neem er twee per dag.")
    desk.press("Voeg toe")
    desk.says("Uw zin is weggelaten. Een controle sloeg aan: Medisch advies.")
    assert "twee per dag" not in desk.body
    assert desk.pane.get_by_label("Eén zin voor de patiënt").input_value() == "Neem er twee per dag."
    desk.press("Haal weg")
    desk.pane.get_by_text("Uw zin is weggelaten").wait_for(state="detached")


def test_copy_puts_the_text_on_the_clipboard(desk, book):
    desk.draft("routine")
    desk.press("Kopieer")
    desk.says("Gekopieerd.")
    assert desk.page.evaluate("navigator.clipboard.readText()") == book.replies["r1"]["draft"]["text"]


def test_throwing_a_draft_away_is_recorded(desk, book):
    desk.draft("routine")
    desk.press("Weggooien")
    desk.says("Concept weggegooid.")
    desk.pane.get_by_role("button", name="Maak opnieuw").wait_for()
    assert book.bodies("/outcome") == [{"kind": "discarded", "final_text": None}]


def test_cancel_really_cancels(desk, book):
    desk.open("stall")
    desk.pane.locator('.idle [data-focus="main"]').click()
    desk.pane.locator(".steps .running", has_text="Patiënt zoeken").wait_for()
    desk.press("Stop")
    desk.says("Gestopt. Er is niets ingevoegd.")
    assert book.hung_up.wait(3), "the server still had its listener"


def test_what_is_slow_is_said_after_eight_seconds(desk):
    desk.page.clock.install()
    desk.page.reload()
    desk.open("stall")
    desk.pane.locator('.idle [data-focus="main"]').click()
    desk.pane.locator(".steps .running", has_text="Patiënt zoeken").wait_for()
    desk.page.clock.run_for(7000)
    assert desk.pane.locator(".slow").count() == 0
    desk.page.clock.run_for(1500)
    desk.says("De koppeling met het AIS antwoordt traag.")
    desk.press("Stop")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_another_mail_clears_everything_at_once(desk, book, moment):
    book.hold_at = "draft" if moment == "before" else ""
    desk.open("escalate")
    desk.pane.locator('.idle [data-focus="main"]').click()
    desk.pane.locator(".person", has_text="Fatima El Amrani").wait_for()
    desk.says("Eerst de apotheker")
    if moment == "after":
        desk.pane.get_by_role("button", name="Naar de apotheker").wait_for()
    desk.open("routine")
    text = desk.pane.locator("main").inner_text()
    assert "Fatima" not in text
    assert "sertraline" not in text
    book.go.set()
    desk.page.wait_for_timeout(300)
    assert "Fatima" not in desk.pane.locator("main").inner_text(), "a late answer of the former mail came through"


def test_keyboard_alone_is_enough(desk, book):
    page = desk.page
    page.locator('[role="option"][aria-selected="true"]').focus()
    page.keyboard.press("j")
    desk.pane.locator(".idle h2", has_text="Mail: words").wait_for()
    page.keyboard.press("ArrowUp")
    desk.pane.locator(".idle h2", has_text="Mail: routine").wait_for()
    for _ in range(12):
        page.keyboard.press("Tab")
        if desk.frame.evaluate("document.hasFocus() && document.activeElement.dataset.focus === 'main'"):
            break
    page.keyboard.press("Enter")
    desk.pane.get_by_role("button", name="Invoegen").wait_for()
    page.keyboard.press("Enter")  # at once: the same impatient hand, so nothing happens
    assert book.bodies("/outcome") == []
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    desk.page.get_by_label("Tekst van het antwoord").wait_for()
    assert page.evaluate("document.activeElement.id") == "compose-text"
    page.keyboard.type("Dag! ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Dit is een demo").wait_for()
    assert [body["kind"] for body in book.bodies("/outcome")] == ["inserted", "edited"]


def test_escape_puts_the_draft_aside(desk, book):
    desk.draft("routine")
    desk.pane.locator("main").click(position={"x": 5, "y": 400})
    desk.page.keyboard.press("Escape")
    desk.says("Concept weggegooid.")


def test_the_end_is_announced_once(desk):
    desk.open("routine")
    desk.frame.evaluate(
        """() => {
          window.heard = [];
          const voice = document.querySelector('[role="status"]');
          new MutationObserver(() => window.heard.push(voice.textContent)).observe(voice, {childList: true, characterData: true, subtree: true});
        }"""
    )
    desk.draft()
    assert [words for words in desk.frame.evaluate("window.heard") if words] == ["Concept klaar."]


def test_a_mail_opened_while_the_pane_still_starts_is_not_lost(desk, book):
    book.slow_pane.clear()
    desk.page.reload()
    desk.page.locator(".thread-subject", has_text="Mail: routine").wait_for()
    book.slow_pane.set()
    desk.pane.locator(".idle h2", has_text="Mail: routine").wait_for()
    desk.page.wait_for_timeout(200)
    assert desk.pane.locator(".idle h2").inner_text() == "Mail: routine"
