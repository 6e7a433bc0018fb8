"""The pane says which reader said what, what a second reader cleared, and that nobody but a person reads attachments."""


def test_each_reason_names_its_reader(desk):
    desk.draft("who-said-what")
    said = {
        item.locator("strong").inner_text(): item.locator(".reader").inner_text()
        for item in desk.pane.locator(".reasons li").all()
    }
    assert said == {
        "Mogelijke bijwerking": "vaste regel",
        "Nieuwe of ergere klacht": "vaste regel",
        "Twijfel over de dosering · Vraag voor de apotheker": "twijfel · meelezer",
        "Deze zinnen herkennen wij niet": "twijfel",
    }
    assert desk.pane.locator(".reasons li", has_text="Deze zinnen herkennen wij niet").inner_text().count("“") == 2


def test_who_the_readers_are_can_be_asked(desk):
    desk.draft("who-said-what")
    desk.pane.get_by_text("Wie zegt dit?").click()
    desk.says("Niemand kan dit wegnemen.")
    desk.says("Meelezer: llama-3 las de mail zonder namen en nummers")


def test_what_was_cleared_stays_to_be_seen_with_who_did_it(desk):
    desk.draft("cleared")
    notes = desk.pane.locator(".notes li").all_inner_texts()
    assert notes[0] == "Balie kan bijlagen niet lezen. Kijk zelf: foto.jpg, brief.pdf"
    assert any(
        "weggenomen door de meelezer (llama-3)" in note
        and "Twijfel over de dosering: “Ik neem ze nu om de dag.”" in note
        for note in notes
    )
    assert desk.pane.locator(".draft-body").count() == 1
    assert desk.pane.locator(".alert").count() == 0


def test_a_reader_that_was_not_heard_is_said_and_the_doubt_stands(desk):
    desk.draft("no-opinion")
    desk.says("De meelezer deed niet mee (te traag). Bij twijfel gaat de mail naar de apotheker.")
    desk.says("Eerst de apotheker")


def test_both_texts_that_left_can_be_opened(desk):
    desk.draft("cleared")
    desk.pane.get_by_text("Wat naar llama-3 ging").click()
    assert desk.pane.locator("footer pre").all_inner_texts() == ['{"messages": ["lees mee"]}', '{"messages": []}']


def test_an_emergency_names_the_reader_too_and_keeps_calm(desk):
    desk.draft("emergency")
    assert desk.pane.locator(".alert .reader").inner_text() == "vaste regel"
    assert desk.pane.get_by_text("Wie zegt dit?").count() == 0
