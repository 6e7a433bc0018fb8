"""Who a person said the mail is about: kept for every next draft of that mail, and for no other."""

import pytest

JAN = {"patient_id": "P016", "confirmed_by": "called_back"}


def chosen_in(body: dict) -> dict:
    return {key: body[key] for key in ("patient_id", "confirmed_by") if key in body}


@pytest.fixture
def jan(desk):
    """The desk after somebody called back and chose one of two patients."""
    desk.draft("several")
    desk.press("Jan de Vries · 16-05-1978")
    desk.pane.get_by_label("Teruggebeld").check()
    desk.press("Vastleggen")
    desk.pane.locator(".person.confirmed", has_text="Jan de Vries").wait_for()
    return desk


def change_tone(desk) -> None:
    desk.pane.get_by_label("Toon").select_option("informal")


def change_language(desk) -> None:
    desk.pane.get_by_label("Taal").select_option("en")


def another_version(desk) -> None:
    desk.press("Andere versie")


def add_a_sentence(desk) -> None:
    desk.pane.get_by_text("Zin toevoegen").click()
    desk.pane.get_by_label("Eén zin voor de patiënt").fill("We sluiten om 17 uur.")
    desk.press("Voeg toe")


@pytest.mark.parametrize("change", [change_tone, change_language, another_version, add_a_sentence])
def test_a_chosen_patient_stays_chosen_in_the_next_draft(jan, book, change):
    assert book.bodies("/patient") == [JAN]
    with jan.page.expect_response(lambda answer: answer.url.endswith("/api/replies")):
        change(jan)
    jan.pane.locator(".person.confirmed", has_text="Jan de Vries").wait_for()
    jan.pane.get_by_role("button", name="Invoegen").wait_for()
    first, next_one = book.bodies("/api/replies")
    assert chosen_in(first) == {}
    assert chosen_in(next_one) == JAN


def test_a_confirmed_patient_stays_confirmed_through_several_changes(desk, book):
    desk.draft("routine")
    desk.press("Bevestigen…")
    desk.pane.get_by_label("Geboortedatum klopt").check()
    desk.press("Vastleggen")
    desk.says("Bevestigd door u")
    for change in (change_tone, add_a_sentence):
        with desk.page.expect_response(lambda answer: answer.url.endswith("/api/replies")):
            change(desk)
        desk.pane.get_by_role("button", name="Invoegen").wait_for()
    desk.says("Bevestigd door u")
    later = book.bodies("/api/replies")[1:]
    assert [chosen_in(body) for body in later] == [{"patient_id": "P001", "confirmed_by": "birth_date"}] * 2


def test_another_mail_and_coming_back_start_without_the_choice(jan, book):
    jan.draft("routine")
    jan.draft("several")
    jan.says("Meer dan één patiënt past bij deze mail.")
    assert [chosen_in(body) for body in book.bodies("/api/replies")] == [{}, {}, {}]


def test_a_wrong_choice_can_be_changed(jan, book):
    jan.press("Wijzigen")
    jan.says("Meer dan één patiënt past bij deze mail.")
    assert chosen_in(book.bodies("/api/replies")[-1]) == {}


def test_stop_while_choosing_really_stops_and_keeps_no_choice(desk, book):
    desk.draft("several")
    book.hold_at = "patient"
    desk.press("Jan de Vries · 16-05-1978")
    desk.pane.get_by_label("Teruggebeld").check()
    with desk.page.expect_event("requestfailed", lambda request: request.url.endswith("/patient")):
        desk.press("Vastleggen")
        desk.pane.locator(".steps .running", has_text="Patiënt zoeken").wait_for()
        desk.press("Stop")
    desk.says("Gestopt. Er is niets ingevoegd.")
    book.hold_at = ""
    book.go.set()
    desk.press("Maak opnieuw")
    desk.says("Meer dan één patiënt past bij deze mail.")
    assert chosen_in(book.bodies("/api/replies")[-1]) == {}


@pytest.mark.parametrize(("status", "slug"), [(422, "invalid-request"), (404, "not-found")])
def test_a_choice_that_cannot_be_followed_is_said_with_a_way_on(desk, book, status, slug):
    problem = {"type": f"/problems/{slug}", "status": status, "detail": "", "request_id": "req-1", "retryable": False}
    desk.page.route("**/patient", lambda route: route.fulfill(status=status, json=problem))
    desk.draft("several")
    desk.press("Jan de Vries · 16-05-1978")
    desk.pane.get_by_label("Teruggebeld").check()
    desk.press("Vastleggen")
    desk.says("Deze patiënt kon niet worden vastgelegd.")
    assert desk.pane.locator(".draft-body").count() == 0
    desk.press("Maak opnieuw")
    desk.says("Meer dan één patiënt past bij deze mail.")
    assert chosen_in(book.bodies("/api/replies")[-1]) == {}
