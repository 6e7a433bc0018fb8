"""The playground around the pane: a mail client that is calm, works at every width, in both languages and themes."""

from pathlib import Path

import pytest

EML = b"From: Jan <jan@voorbeeld.example>\r\nTo: info@apotheekdelinde.example\r\nSubject: Vraag\r\n\r\nHallo\r\n"
DROP = """(bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "mail.eml", {type: "message/rfc822"}));
  const fire = (type) => document.body.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
  fire("dragenter");
  const veil = !document.querySelector(".drop").hidden;
  fire("dragover");
  fire("drop");
  return veil;
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STICKS_OUT = """[...document.querySelectorAll('main *, .bottom *')]
  .filter(e => e.getClientRects().length && !e.closest('.sr-only') && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.textContent)"""
TOO_LOW = """[...document.querySelectorAll('button, select, summary, input, a.button')]
  .filter(e => e.getClientRects().length && !e.closest('label.choice') && e.getBoundingClientRect().height < 32)
  .map(e => e.textContent)"""
SCENARIOS = ["routine", "words", "several", "escalate", "emergency", "blocked", "nothing", "no-record", "problem"]


@pytest.mark.parametrize(
    ("locale", "width", "scenarios"),
    [("nl", 320, SCENARIOS), ("en", 320, SCENARIOS), ("nl", 450, ["words", "emergency"])],
)
def test_the_pane_never_scrolls_sideways_and_its_targets_are_large_enough(window, locale, width, scenarios):
    desk = window(width=width, locale=locale)
    for scenario in scenarios:
        desk.draft(scenario)
        assert desk.frame.evaluate("innerWidth") == width
        assert desk.frame.evaluate(OVERFLOW) <= 0, scenario
        assert desk.frame.evaluate(STICKS_OUT) == [], scenario
        assert desk.frame.evaluate(TOO_LOW) == [], scenario


@pytest.mark.parametrize("width", [1100, 400])
def test_the_page_fits_its_window(window, width):
    desk = window(screen=width)
    desk.draft("routine")
    desk.press("Invoegen")
    assert desk.page.evaluate(OVERFLOW) <= 0


def test_the_compose_window_quotes_the_mail_only_where_it_may_and_says_the_subject(desk):
    for scenario, subject, quoted in (
        ("routine", "Re: ", True),
        ("plain-mail", "Uw bericht aan Apotheek De Linde", False),
    ):
        desk.draft(scenario)
        desk.press("Invoegen")
        desk.page.get_by_text(f"Onderwerp: {subject}").wait_for()
        assert desk.page.locator("#compose-original").is_visible() is quoted
        assert desk.page.locator("#compose-apart").is_visible() is not quoted
        desk.page.get_by_role("button", name="Weggooien").click()


def test_language_and_theme_switch_at_once_and_are_remembered(desk):
    desk.draft("escalate")
    desk.page.get_by_label("Taal").select_option("en")
    desk.says("Pharmacist first")
    desk.page.get_by_text("Demo pharmacy, invented patients.").wait_for()
    desk.page.get_by_label("Theme").select_option("dark")
    assert desk.frame.evaluate("document.documentElement.dataset.theme") == "dark"
    assert desk.frame.evaluate("document.documentElement.lang") == "en"
    desk.page.reload()
    desk.page.get_by_text("Demo pharmacy, invented patients.").wait_for()
    assert desk.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_dropped_mail_opens_in_the_inbox(desk, book):
    assert desk.page.evaluate(DROP, list(EML)) is True
    desk.page.locator('[id="mail-own"][aria-selected="true"]').wait_for()
    assert book.bodies("/api/threads") == [EML]
    desk.draft()
    assert "Metoprololsuccinaat" in desk.body


def test_a_chosen_file_does_the_same(desk, book, tmp_path: Path):
    file = tmp_path / "mail.eml"
    file.write_bytes(EML)
    desk.page.locator('input[type="file"]').set_input_files(file)
    desk.page.locator('[id="mail-own"][aria-selected="true"]').wait_for()
    assert book.bodies("/api/threads") == [EML]


def test_a_file_that_is_no_mail_is_refused_in_words(desk):
    desk.page.route("**/api/threads", lambda route: route.fulfill(status=422, json={"type": "/problems/not-a-mail"}))
    desk.page.evaluate(DROP, [1, 2, 3])
    desk.page.get_by_text("Dit bestand kon niet worden gelezen als mail.").wait_for()


def test_html_mail_is_shown_without_scripts_and_in_full(desk):
    desk.open("verify")
    shown = "document.querySelector('.mail-frame')?.contentDocument?.body?.innerText.includes('openingstijden')"
    desk.page.wait_for_function(shown)
    assert desk.page.locator(".mail-frame").get_attribute("sandbox") == "allow-same-origin"


def test_what_happened_is_closed_until_asked_and_then_tells_the_path(desk):
    desk.draft("words")
    assert desk.page.get_by_text("Stap", exact=True).is_hidden()
    desk.page.get_by_text("Wat gebeurde er?").click()
    desk.page.get_by_role("cell", name="Recept RX1001").wait_for()
    desk.page.get_by_role("cell", name="Belofte die de apotheek niet deed", exact=True).first.wait_for()


def test_the_pane_can_be_made_wider_by_keyboard(desk):
    edge = desk.page.get_by_role("separator", name="Breedte van het paneel")
    edge.focus()
    for _ in range(20):
        desk.page.keyboard.press("ArrowLeft")
    assert edge.get_attribute("aria-valuenow") == "450"
    assert desk.frame.evaluate("innerWidth") == 450


def test_a_server_that_does_not_answer_is_said_in_the_list(session, address):
    page = session.new_page()
    page.route("**/api/sandbox/threads", lambda route: route.abort())
    page.goto(address)
    page.get_by_text("De mails konden niet worden geladen.").wait_for()
    page.unroute("**/api/sandbox/threads")
    page.get_by_role("button", name="Probeer opnieuw").click()
    page.locator(".mail").first.wait_for()
    page.close()


def test_messages_of_another_origin_or_window_are_ignored(desk):
    desk.open("routine")
    desk.frame.evaluate(
        "window.postMessage({mark: 'balie/1', type: 'item', item: {subject: 'Nep', threadId: 'x'}}, '*')"
    )
    desk.page.wait_for_timeout(100)
    assert desk.pane.locator(".idle h2").inner_text() == "Mail: routine"


@pytest.mark.parametrize("cut", [1, 7, 30])
def test_events_are_read_whole_however_they_are_cut(desk, cut):
    read = desk.page.evaluate(
        """async (cut) => {
          const { readEvents } = await import("/addin/api.js");
          const bytes = new TextEncoder().encode('event: a\\r\\ndata: {"x": "é1"}\\r\\n\\r\\n: ping\\n\\n: ping\\n\\n:\\n\\n: data: {}\\nevent: b\\ndata: {"y":\\ndata: 2}\\n\\nevent: c\\ndata: {"z"');
          const body = new ReadableStream({ start(stream) {
            for (let i = 0; i < bytes.length; i += cut) stream.enqueue(bytes.slice(i, i + cut));
            stream.close();
          }});
          const read = [];
          for await (const event of readEvents(body)) read.push(event);
          return read;
        }""",
        cut,
    )
    assert read == [{"event": "a", "data": {"x": "é1"}}, {"event": "b", "data": {"y": 2}}]
