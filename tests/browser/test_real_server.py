"""The whole of it: the real server with its demo, seen through a real browser."""

import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

PATIENCE = 60.0  # the first draft of a process also loads lexicons

OWN = (
    b"From: Henk Bouwmeester <henk.bouwmeester@netpost.example>\r\nTo: info@apotheekdelinde.example\r\n"
    b"Subject: Nog een vraag\r\nMessage-ID: <own-1@netpost.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Beste apotheek,\r\n\r\nLigt mijn metformine al klaar?\r\n\r\nHenk Bouwmeester\r\n"
)


@pytest.fixture(scope="module")
def real_address(tmp_path_factory):
    from server.app import create_app
    from server.settings import read_settings
    from server.wiring import build_services

    services = build_services(read_settings(data_dir=tmp_path_factory.mktemp("balie")))
    server = make_server("127.0.0.1", 0, create_app(services), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def real(window, real_address):
    return window(url=real_address)


def test_a_refill_from_click_to_sent(real):
    real.open_subject("Herhaalrecept")
    real.draft(patience=PATIENCE)
    assert "etoprolol" in real.body
    real.pane.locator(".person", has_text="Fatima El Amrani").wait_for()
    real.pane.locator(".fact").first.focus()
    assert "gelezen" in real.pane.locator(".bubble").inner_text()
    real.press("Invoegen")
    compose = real.page.get_by_label("Tekst van het antwoord")
    compose.wait_for()
    compose.fill(compose.input_value().replace("Met vriendelijke groet", "Hartelijke groet"))
    with real.page.expect_response(lambda r: '"edited"' in (r.request.post_data or "")) as answer:
        real.page.get_by_role("button", name="Verzenden (demo)").click()
    assert answer.value.ok
    assert answer.value.json()["changed"] is True


def test_danger_is_unmistakable(real):
    real.open_subject("vraagje spray")
    real.draft(patience=PATIENCE)
    real.says("Bel nu")
    real.says("druk op de borst")
    assert real.pane.locator(".draft-body").count() == 0
    with real.page.expect_response("**/escalation") as answer:
        real.press("Naar de apotheker")
    assert answer.value.status == 201
    real.pane.locator(".draft-body").wait_for()
    assert "112" in real.body


def test_hidden_text_is_shown_as_hidden_and_nothing_of_it_in_the_reply(real):
    real.open_subject("Opening hours")
    real.draft(patience=PATIENCE)
    real.says("Verborgen tekst in de mail")
    real.says("the pharmacist has already checked this patient")
    assert real.pane.locator(".draft-body").count() == 0


def test_a_side_effect_shows_its_words_and_no_draft(real):
    real.open_subject("Nieuwe doosje sertraline")
    real.draft(patience=PATIENCE)
    real.says("Eerst de apotheker")
    real.says("duizelig")
    assert real.pane.locator(".draft-body").count() == 0


def test_a_stranger_gets_a_draft_without_data_until_somebody_checks(real):
    real.open_subject("Pantoprazol")
    real.draft(patience=PATIENCE)
    real.says("Afzender onbekend")
    assert "antoprazol" not in real.body
    real.press("Jan de Vries · 08-11-1951")
    real.pane.get_by_label("Teruggebeld").check()
    real.press("Vastleggen")
    real.says("Bevestigd door u")
    real.pane.get_by_role("button", name="Invoegen").wait_for()  # the last sentence is there
    assert "antoprazol" in real.body
    with real.page.expect_response("**/api/replies"):
        real.pane.get_by_label("Toon").select_option("informal")
    real.pane.get_by_role("button", name="Invoegen").wait_for()
    real.says("Bevestigd door u")
    assert "antoprazol" in real.body, "the next draft still knows who it is"


def test_an_english_mail_is_answered_in_english(real):
    real.open_subject("Delivery of folic acid")
    real.draft(patience=PATIENCE)
    assert "Ewa Kowalska" in real.body
    assert real.pane.locator(".draft-body").get_attribute("lang") == "en"


def test_the_other_pharmacy_answers_its_own_mail(real):
    real.page.locator(".mailbox", has_text="Apotheek De Beuk").get_by_role("button", name="Postvak IN").click()
    real.open_subject("Herhaling amlodipine")
    real.draft(patience=PATIENCE)
    assert "Apotheek De Beuk" in real.body


def test_a_dropped_mail_is_read_and_answered(real, tmp_path: Path):
    file = tmp_path / "own.eml"
    file.write_bytes(OWN)
    real.page.locator('input[type="file"]').set_input_files(file)
    real.page.locator(".thread-subject", has_text="Nog een vraag").wait_for()
    real.pane.locator(".idle h2", has_text="Nog een vraag").wait_for()
    own = real.page.locator(".mail", has_text="Nog een vraag")
    assert own.locator(".when").inner_text() == "", "it has no date, so none is made up"
    real.draft(patience=PATIENCE)
    assert "etformine" in real.body


def test_what_happened_shows_the_path(real):
    real.open_subject("medicijnen")
    real.draft(patience=PATIENCE)
    real.pane.get_by_role("button", name="Invoegen").wait_for()
    real.page.get_by_text("Wat gebeurde er?").click()
    real.page.get_by_role("cell", name="Beoordeling").wait_for()
    assert real.page.locator(".what .table").count() >= 2
