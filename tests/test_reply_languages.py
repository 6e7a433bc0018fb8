"""Replies in a language that a pharmacy enabled: who gets which, what is never let through unread, what a setting accepts."""

from dataclasses import replace

import pytest

from server.commands.pharmacy_settings import changed
from server.drafting.prompt import build_request
from server.errors import InvalidRequest
from server.flows.open_pane import open_pane
from server.model.pharmacy import Pharmacy
from server.model.reply import Draft, DraftPart, Piece, Sentence, SentenceOrigin
from server.safety.review import draft_from_text, review, review_part
from server.text.language import foreign_language
from tests.builders import a_message, a_patient, a_pharmacy, a_thread
from tests.drafted import RULEBOOK, asked, brief_of, draft_of
from tests.running import Server

GERMAN = a_pharmacy(languages=("nl", "en", "de"), out_of_hours_phone="088 130 96 00")
REQUEST = "Guten Tag,\n\nkönnen Sie bitte mein Rezept für Metoprolol noch einmal bestellen?\n\nMit freundlichen Grüßen\nJan de Vries"
DANGER = "Hilfe, mein Mann bekommt keine Luft mehr und hat starke Schmerzen in der Brust. Was soll ich tun?"
POLISH = "Dzień dobry, czy mój lek jest już gotowy do odbioru? Proszę o wiadomość."
DUTCH = "Graag mijn metoprolol herhalen.\n\nJan de Vries"


def reply_to(body, *patients, house=GERMAN, sender="", **request):
    message = a_message(body, sender=sender, sender_name="Jan de Vries") if sender else a_message(body)
    return Server(*patients, pharmacy=house).reply(a_thread(message), **request)


def test_a_german_mail_gets_a_german_acknowledgement_and_a_person_to_read_it():
    reply = reply_to(REQUEST)
    assert (reply["triage"]["route"], reply["draft"]["language"]) == ("escalate", "de")
    assert [finding["code"] for finding in reply["triage"]["findings"]] == ["unread_language"]
    assert reply["draft"]["text"] == (
        "Guten Tag Jan de Vries,\n\n"
        "Danke für Ihre Nachricht. Unsere Apothekerin oder unser Apotheker sieht sich Ihre Frage an und meldet sich bei "
        "Ihnen. Ändert sich etwas oder wird es schlimmer? Dann warten Sie nicht auf uns. Rufen Sie Ihre Hausarztpraxis an "
        "oder, wenn sie geschlossen ist, den ärztlichen Notdienst (huisartsenpost): 088 130 96 00.\n\n"
        "Fragen? Rufen Sie uns unter 030 555 01 40 an.\n\nMit freundlichen Grüßen\nApotheek De Linde"
    )


def test_danger_in_german_names_the_emergency_number_first():
    reply = reply_to(DANGER)
    assert (reply["triage"]["urgency"], reply["draft"]["language"]) == ("emergency", "de")
    assert "Rufen Sie jetzt 112 an." in reply["draft"]["text"].split("\n\n")[1]


def test_a_stranger_who_writes_german_is_asked_in_german_who_they_are():
    reply = reply_to(REQUEST, sender="iemand@elders.example")
    assert (reply["triage"]["route"], reply["draft"]["language"]) == ("verify", "de")
    assert "Können Sie uns unter 030 555 01 40 anrufen oder mit einem Ausweis" in reply["draft"]["text"]
    assert "Jan" not in reply["draft"]["text"]


def test_whoever_writes_a_language_without_templates_gets_their_own_when_it_is_enabled():
    german = a_patient(language="de")
    assert reply_to(POLISH, german)["draft"]["language"] == "de"
    assert reply_to(POLISH, german, house=a_pharmacy())["draft"]["language"] == "nl"
    assert reply_to(POLISH, a_patient(language="en"), house=a_pharmacy())["draft"]["language"] == "en"
    assert reply_to(POLISH, sender="iemand@elders.example")["draft"]["language"] == "nl"


def test_german_is_off_until_it_is_enabled():
    assert Pharmacy.languages == ("nl", "en")
    for body in (REQUEST, DANGER):
        assert reply_to(body, house=a_pharmacy())["draft"]["language"] == "nl"
    assert reply_to(DUTCH, house=a_pharmacy(), language="de")["draft"]["language"] == "nl"


def test_staff_may_choose_each_language_that_is_enabled():
    server = Server(pharmacy=GERMAN)
    assert open_pane(server.services, server.caller, GERMAN.email)["pharmacy"]["languages"] == ["nl", "en", "de"]
    reply = reply_to(DUTCH, language="de")
    assert reply["draft"]["text"].split("\n\n")[1] == (
        "Wir haben Ihre Bestellung für Metoprololsuccinaat 50 mg erhalten und machen uns an die Arbeit. "
        "Sie hören von uns, sobald Sie das Medikament abholen können."
    )


def test_over_a_plain_channel_german_names_nothing_either():
    plain = replace(GERMAN, channel="plain", portal_url="https://delinde.example")
    text = reply_to(DUTCH, house=plain, language="de")["draft"]["text"]
    assert "metoprolol" not in text.casefold()
    assert "Über Persönliches schreiben wir nicht in einer normalen E-Mail." in text


# --- what nobody can check -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Bis morgen am Nachmittag, wir freuen uns auf Sie.", "unread_language"),
        ("Tschüss!", "unread_language"),
        ("Wij zien u morgen graag aan de balie.", "wrong_language"),
    ],
)
def test_staffs_own_sentence_in_a_german_letter_is_left_out_and_said_so(typed, code):
    reply = reply_to(DUTCH, language="de", staff_sentence=typed)
    assert reply["withheld"] == "staff_sentence"
    assert [(finding["code"], finding["severity"]) for finding in reply["findings"]] == [(code, "soft")]
    assert typed not in reply["draft"]["text"]


@pytest.mark.parametrize("text", ["Ihr Rezept liegt bereit.", "Nehmen Sie zwei davon.", "Ok!", "…"])
def test_a_german_letter_that_somebody_typed_is_blocked_whatever_it_says(text):
    brief = brief_of(asked("other", "question"), voice=("de", True))
    assert [f.code for f in review(draft_from_text(text, "de"), brief).findings if f.severity.name == "HARD"]


def test_a_models_own_words_are_never_let_through_where_none_were_reviewed():
    brief = brief_of(asked("other", "question"), voice=("de", True))
    own = Sentence((Piece("Danke für Ihre Nachricht."),), SentenceOrigin.MODEL)
    draft = draft_of(asked("other", "question"), voice=("de", True))
    assert {f.code for f in review_part(DraftPart("question", (own,), 0), "de", brief)} >= {"connecting_text"}
    whole = Draft((*draft.parts[:1], DraftPart("question", (own,), 0), *draft.parts[1:]), "de")
    assert {f.code for f in review(whole, brief).findings} >= {"connecting_text", "unread_language"}


def test_a_model_is_told_the_language_and_that_it_writes_statements_only():
    brief = brief_of(asked("refill_request", "eligible"), voice=("de", True))
    request = build_request(brief, RULEBOOK)
    plan = request.messages[1]["content"]
    assert 'Language of the reply: German\nTone: formal: "Sie", never "du"' in plan
    assert "statements only" in plan
    item = request.schema["properties"]["parts"]["items"]["properties"]["sentences"]["items"]
    assert list(item["properties"]) == ["use"]


@pytest.mark.parametrize(
    "smuggled",
    [
        "Nehmen Sie zwei Tabletten am Tag.",
        "Vous pouvez arrêter le médicament.",
        "Proszę wziąć dwie tabletki dziennie.",
        "Принимайте две таблетки.",
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_sentence_in_a_language_that_is_not_read_blocks_a_letter(language, smuggled):
    letter = {
        "nl": "Dank voor uw bericht. {} Met vriendelijke groet, de apotheek. Wij helpen u graag verder.",
        "en": "Thank you for your message. {} We are happy to help you. Kind regards, the pharmacy.",
    }[language].format(smuggled)
    brief = brief_of(asked("other", "question"), voice=(language, True))
    assert "wrong_language" in {f.code for f in review(draft_from_text(letter, language), brief).findings}


def test_dutch_and_english_sentences_are_no_foreign_ones():
    sentences = [
        "Uw pantoprazol ligt klaar.",
        "Your inhaler is ready, Mr Brown.",
        "Tot morgen!",
        "Die is er al.",
        "De heer Müller",
    ]
    assert not [text for text in sentences if foreign_language(text, {"nl", "en"})]


# --- the setting -----------------------------------------------------------------------------------------------------


def test_the_setting_takes_what_there_are_templates_for():
    assert changed(a_pharmacy(), ["languages=nl,en,de"]).languages == ("nl", "en", "de")
    assert changed(a_pharmacy(), ["languages=de"]).languages == ("de",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nl,pl,xx", "no template set for pl, xx; there are de, en, nl"),
        ("", "no template set for none at all; there are de, en, nl"),
        ("nl,NL", "no template set for NL"),
        ("nl,nl", "each once"),
    ],
)
def test_the_setting_says_what_it_does_not_know_and_what_there_is(text, told):
    with pytest.raises(InvalidRequest, match=told):
        changed(a_pharmacy(), [f"languages={text}"])
