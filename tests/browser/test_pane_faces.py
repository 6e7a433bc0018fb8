"""Every face of the pane: what it says, what it offers and holds back, and that it is accessible in both themes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

FACES = {
    "routine": "Concept",
    "words": "Balie kan de bijlage niet lezen. Kijk zelf: IMG_2207.png",
    "plain-mail": "Gewone e-mail: het concept noemt niets uit het dossier",
    "verify": "Dit adres is niet van een patiënt of gemachtigde.",
    "several": "Meer dan één patiënt past bij deze mail.",
    "escalate": "Eerst de apotheker",
    "emergency": "Bel nu",
    "blocked": "Concept ingehouden",
    "nothing": "Geen antwoord nodig",
    "no-record": "Dossier niet bereikbaar",
    "who-said-what": "meelezer",
    "cleared": "Balie kan bijlagen niet lezen. Kijk zelf: foto.jpg, brief.pdf",
    "no-opinion": "De meelezer deed niet mee (te traag).",
    "no-model": "De schrijfhulp deed niet mee (te traag).",
    "problem": "Een gekoppeld systeem antwoordt niet.",
    "signed-out": "U bent niet aangemeld",
}


def violations(frame, *rules: str) -> list[str]:
    options = {"resultTypes": ["violations"], "iframes": False, **({"runOnly": list(rules)} if rules else {})}
    found = Axe().run(frame, options=options).response["violations"]
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]


# What a theme can change is contrast; all the rest is looked at once.
@pytest.mark.parametrize(("theme", "rules"), [("light", ()), ("dark", ("color-contrast",))])
def test_every_face_is_accessible(window, theme, rules):
    desk = window(theme=theme)
    for scenario, words in FACES.items():
        desk.draft(scenario)
        desk.says(words)
        assert violations(desk.frame, *rules) == [], scenario


@pytest.mark.parametrize(("theme", "rules"), [("light", ()), ("dark", ("color-contrast",))])
def test_the_playground_is_accessible_with_all_of_it_open(window, theme, rules):
    desk = window(theme=theme, locale="en")
    desk.draft("words")
    desk.press("Insert")
    desk.page.get_by_label("Text of the reply").wait_for()
    desk.page.get_by_text("What happened?").click()
    desk.page.get_by_text("Facts in the draft").wait_for()
    assert violations(desk.page, *rules) == []


def test_an_escalated_mail_shows_reasons_first_and_no_draft(desk):
    desk.draft("escalate")
    desk.says("Mogelijke bijwerking")
    desk.says("“Sinds ik het nieuwe doosje sertraline heb voel ik me zo duizelig”")
    assert desk.pane.locator(".draft-body").count() == 0
    assert desk.pane.get_by_role("button", name="Invoegen").count() == 0
    assert desk.frame.evaluate("document.querySelector('[data-focus=hand]') === document.activeElement")


def test_handing_over_offers_the_acknowledgement(desk, book):
    desk.draft("escalate")
    desk.press("Naar de apotheker")
    desk.says("Doorgegeven aan de apotheker.")
    assert "Een apotheker leest het" in desk.body
    desk.press("Invoegen")
    desk.page.get_by_label("Tekst van het antwoord").wait_for()
    assert book.bodies("/escalation") == [{"reason": "handed_over"}]


def test_opening_anyway_asks_for_a_reason_and_keeps_the_warning(desk, book):
    desk.draft("escalate")
    desk.press("Toch openen…")
    reason = desk.pane.get_by_label("Waarom opent u de ontvangstbevestiging zelf?")
    assert desk.frame.evaluate("document.activeElement.id") == "reason"
    reason.press("Enter")
    assert book.bodies("/escalation") == [], "no reason, no opening"
    reason.fill("Apotheker is al aan het bellen")
    reason.press("Enter")
    desk.says("Geopend met reden.")
    desk.says("Eerst de apotheker")
    assert "Een apotheker leest het" in desk.body
    assert book.bodies("/escalation") == [{"reason": "Apotheker is al aan het bellen"}]


def test_an_emergency_names_whom_to_call(desk):
    desk.draft("emergency")
    assert desk.pane.locator("main > .slot:not([hidden])").first.get_attribute("data-slot") == "alert-first"
    assert desk.pane.get_by_role("link", name="Bel 06 5550 1182").get_attribute("href") == "tel:0655501182"
    assert desk.pane.get_by_role("link", name="Bij levensgevaar: 112").get_attribute("href") == "tel:112"
    desk.says("Mail verstuurd om 10:42")
    assert desk.pane.locator(".draft-body").count() == 0


def test_a_person_chooses_between_patients_and_says_how_they_checked(desk, book):
    desk.draft("several")
    assert "mg" not in desk.pane.locator(".candidates").inner_text()
    desk.press("Jan de Vries · 16-05-1978")
    desk.pane.get_by_label("Teruggebeld").check()
    desk.press("Vastleggen")
    desk.pane.locator(".person", has_text="Jan de Vries").wait_for()
    desk.says("Bevestigd door u")
    assert book.bodies("/patient") == [{"patient_id": "P016", "confirmed_by": "called_back"}]


def test_none_of_these_keeps_the_draft_without_data(desk):
    desk.draft("several")
    desk.press("Geen van deze")
    desk.says("Het concept bevat geen gegevens van een patiënt.")
    assert "Wij kunnen per e-mail niet zien wie u bent" in desk.body


def test_a_known_address_can_be_confirmed(desk, book):
    desk.draft("routine")
    desk.press("Bevestigen…")
    desk.pane.get_by_label("Geboortedatum klopt").check()
    desk.press("Vastleggen")
    desk.says("Bevestigd door u")
    assert book.bodies("/patient") == [{"patient_id": "P001", "confirmed_by": "birth_date"}]


def test_how_we_know_is_one_click_away(desk):
    desk.draft("routine")
    desk.pane.get_by_text("Adres bekend").click()
    desk.says("Het adres staat bij deze patiënt in het dossier: f.elamrani@brievenbus.example")


def test_blocked_text_is_never_shown_as_a_draft(desk):
    desk.draft("blocked")
    desk.says("Medisch advies")
    assert desk.pane.locator(".draft-body").count() == 0
    assert desk.pane.get_by_role("button", name="Invoegen").count() == 0
    desk.pane.get_by_role("button", name="Andere versie").wait_for()


def test_a_mail_that_asks_nothing_can_still_be_answered(desk):
    desk.draft("nothing")
    assert desk.pane.locator(".draft-body").count() == 0
    desk.press("Toch een antwoord")
    assert "Graag gedaan." in desk.body
    desk.press("Invoegen")
    desk.page.get_by_label("Tekst van het antwoord").wait_for()


def test_a_soft_finding_is_said_under_the_text(desk):
    desk.draft("soft")
    desk.pane.locator(".notes", has_text="Langer dan nodig; kort het in").wait_for()


def test_a_swapped_part_is_marked_and_explained(desk):
    desk.draft("words")
    assert desk.pane.locator(".part.replaced").inner_text().startswith("Wij zijn open")
    desk.says("1 stuk vervangen door de vaste tekst: Belofte die de apotheek niet deed")
    desk.pane.get_by_text("Wat naar llama-3 ging").click()
    desk.says('{"messages": []}')


@pytest.mark.parametrize(
    ("scenario", "words"), [("problem", "Een gekoppeld systeem"), ("cut", "De verbinding met Balie viel weg")]
)
def test_a_problem_says_what_happened_with_a_request_number(desk, scenario, words):
    desk.draft(scenario)
    desk.says(words)
    desk.says("Er is niets ingevoegd en niets verstuurd.")
    desk.says("Vraagnummer req-7f3a")
    assert desk.pane.locator(".person, .draft-body").count() == 0
    desk.pane.get_by_role("button", name="Probeer opnieuw").click()
    desk.says("Vraagnummer req-7f3a")


def test_without_a_log_no_draft_but_the_danger_is_still_said(desk):
    desk.draft("no-audit")
    desk.says("Het logboek kan nu niet worden geschreven.")
    desk.says("Eerst de apotheker")
    desk.says("Mogelijke bijwerking")
    assert desk.pane.locator(".person, .draft-body").count() == 0


def test_a_server_that_is_gone_is_said_plainly(desk):
    desk.open("routine")
    desk.page.route("**/api/replies", lambda route: route.abort())
    desk.draft()
    desk.says("De verbinding met Balie viel weg. Er is niets ingevoegd en niets verstuurd.")


def test_signing_in_again_brings_the_pane_back(desk):
    desk.draft("signed-out")
    desk.says("Er is niets gelezen.")
    desk.press("Probeer opnieuw")
    desk.pane.get_by_role("button", name="Maak concept").wait_for()


@pytest.mark.parametrize(
    ("standing", "lines"),
    [
        ({"state": "open"}, []),
        ({"state": "closed"}, []),
        ({"state": "with_pharmacist", "escalation_open": True}, ["Dit gesprek ligt bij de apotheker."]),
        ({"state": "drafted", "escalation_open": True}, ["Dit gesprek ligt bij de apotheker."]),
        ({"state": "answered"}, ["Dit gesprek is al beantwoord."]),
        (
            {"state": "with_pharmacist", "escalation_open": True, "stale": True},
            ["Dit gesprek ligt bij de apotheker.", "Er is een nieuwe mail bijgekomen. Maak een nieuw concept."],
        ),
    ],
)
def test_where_a_colleague_left_the_mail_is_one_quiet_line(desk, book, standing, lines):
    book.states["escalate"] = standing
    with desk.page.expect_response("**/threads/escalate/state"):
        desk.open("escalate")
    for line in lines:
        desk.says(line)
    assert desk.pane.locator(".idle .done-line").all_inner_texts() == lines


def test_the_longest_words_come_first_and_words_within_them_are_left_out(desk):
    kept = desk.frame.evaluate(
        """async () => {
          const { longestFirst } = await import("/addin/view/triage.js");
          return longestFirst(["druk", "geen lucht", "Druk op  de borst", "druk op de borst en uitstraling", "geen lucht"]);
        }"""
    )
    assert kept == ["druk op de borst en uitstraling", "geen lucht"]
