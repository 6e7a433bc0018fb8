"""Real mails of some thirty mail programs, collected from other projects' tests: what is new and what is quoted."""

import quopri
from pathlib import Path

import pytest

from server.connectors.mail.eml import read_eml
from server.connectors.mail.plain_text import read_body
from server.model.thread import MailText

FIXTURES = Path(__file__).parents[2] / "shared" / "reference" / "mail-fixtures"
pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the collected mail formats are not beside the repository"
)

# file → (the whole new text, or its first and last words), (what must be among the quoted), (what was cut as signature)
NEW = {
    "email-reply-parser--email_1_5.txt": ("One: Here's what I've got.", "for a while.", "", ""),
    "email-reply-parser--email_german_outlook.txt": ("Fusce", "nec nibh.", "original message content", ""),
    "email-reply-parser--email_gmail_split_line_from.txt": ("Fusce", "nec nibh.", "The Hiring Engine", ""),
    "email-reply-parser--email_ios_outlook.txt": ("Fusce", "nec nibh.", "Chauffeur - Berlin", "Get Outlook for iOS"),
    "email-reply-parser--email_outlook_split_line_from.txt": ("Fusce", "nec nibh.", "Here's a new person", ""),
    "email-reply-parser--email_tricky_18_inline_reply.txt": ("I think option A", "our use case.", "What about option B?", ""),
    "email-reply-parser--email_tricky_5_mixed_languages.txt": ("Fusce", "nec nibh.", "Merci pour votre message", ""),
    "email-reply-parser--email_tricky_9_nested_quotes.txt": ("I agree", "points below.", "best approach here", ""),
    "email-reply-parser--email_zoho.txt": ("What is the best way", "running a test?", "Java sucks", ""),
    "email-reply-parser--pathological.txt": ("I think you're onto", "to a computer.", "shortening the reference", ""),
    "email-reply-trimmer--email_headers_5.txt": ("Hi Erlend,", "//Jef", "Is your University", ""),
    "email-reply-trimmer--embedded_ception.txt": ("This is the reply.", "Some One", "How is it doing?", "Community Manager"),
    "email-reply-trimmer--embedded_email_dutch_1.txt": ("Nice of you", "be great.", "Solved. Going forward", ""),
    "email-reply-trimmer--embedded_email_dutch_2.txt": ("The adblocker idea", "know then...", "Hmm, if that is true", ""),
    "email-reply-trimmer--embedded_email_french_2.txt": ("Thanks for your answer.", "Thanks for your answer.", "Hello French guy", ""),
    "email-reply-trimmer--embedded_email_german_1.txt": ("alright, no big deal", "I18N anyway.", "complex change", "K-9 Mail"),
    "email-reply-trimmer--forwarded_apple.txt": ("This email has been", "Apple Mail.", "Lorem ipsum", ""),
    "email-reply-trimmer--forwarded_gmail.txt": ("This email has been", "from Gmail.", "Lorem ipsum", ""),
    "email-reply-trimmer--signatures.txt": ("This email was sent", "Someone from mobile", "", "Sent from my TI-85"),
    "emailreplyparser--email_w10_mail.txt": ("Great thanks Bort", "Braxton", "Here is the stuff.", "Sent from Mail for Windows"),
    "emailreplyparser--email_zimbra_free_fr.txt": ("Bonjour Test,", "Michael Scott", "Vous venez de recevoir", ""),
    "mail-parser-reply--caution2.txt": ("Hello,", "", "", "hereby notified"),
    "mail-parser-reply--email_headers_no_delimiter.txt": ("And another reply!", "And another reply!", "A reply", ""),
    "mail-parser-reply--email_nl_1_1.txt": ("Hallo allemaal,", "-Maarten de Jong", "", "mailing list"),
    "mail-parser-reply--email_nl_1_2.txt": ("Outlook met een", "een antwoord", "onlangs bijgewerkt", ""),
    "mail-parser-reply--email_sv_anon_1.txt": ("Hej", "070-0000000", "mitt sena svar", ""),
    "mail-parser-reply--forward.txt": ("FW: YYY", "Best regards", "", ""),
    "mail-parser-reply--multi_header.txt": ("No problem.", "a new order.", "unable to add items", ""),
    "mail-parser-reply--multiline_on_de.txt": ("Am heutigen Tage", "Am heutigen Tage", "noreply@github.com", ""),
    "mail-parser-reply--outlook.txt": ("Dear Team,", "000 000", "", "Get Outlook for iOS"),
    "quotequail--apple_reply.html": ("Foo", "Bar", "Some important email", ""),
    "quotequail--gmail_reply.html": ("foo", "bar", "This is the reply", "Senior Director"),
    "quotequail--outlook_forward.html": ("Original message", "More text", "How are you doing?", ""),
    "talon--gmail.html": ("Hi. I am fine.", "Alex", "Hello! How are you?", ""),
    "talon--hotmail.html": ("Hi. I am fine.", "Alex", "Hello! How are you?", ""),
    "talon--ms_outlook_2003.html": ("Hi. I am fine.", "Alex", "Hello! How are you?", ""),
    "talon--ms_outlook_2007.html": ("Hi. I am fine.", "Alex", "Hello! How are you?", ""),
    "talon--ms_outlook_2010.html": ("Hi. I am fine.", "Alex", "Hello! How are you?", ""),
    "talon--windows_mail.html": ("Hi. I am fine.", "Alex", "Hello! How are you?", ""),
    "talon--android.eml": ("Hello", "Hello", "Hi", ""),
    "talon--aol.eml": ("Hello", "Hello", "Original Message", ""),
    "talon--apple_mail.eml": ("Hello", "Hello", "bob wrote:", ""),
    "talon--apple_mail_2.eml": ("Hello", "Hello", "Hi there!", ""),
    "talon--comcast.eml": ("Hello", "Hello", "Subject: Test", ""),
    "talon--gmail.eml": ("Hello", "Hello", "Hi", ""),
    "talon--hotmail.eml": ("Hello", "Hello", "Subject: Test", ""),
    "talon--iphone.eml": ("Hello", "Hello", "Hi", "Sent from my iPhone"),
    "talon--outlook.eml": ("Allo! Follow up MIME!", "Allo! Follow up MIME!", "xxx@xxx.mailgun.org", ""),
    "talon--reply-quotations-share-block.eml": ("Hi Katharine.", "Jhon Doe", "new booking inquiry", ""),
    "talon--sparrow.eml": ("Hello", "Hello", "Hi", "Sent with Sparrow"),
    "talon--thunderbird.eml": ("Hello", "Hello", "Hi", ""),
    "talon--yahoo.eml": ("Hello", "Hello", "Original Message", ""),
    "mail--raw_email_reply.eml": ("Message body", "Message body", "", ""),
    "mail--attachment_pdf.eml": ("Just attaching", "wrong here.", "", ""),
    "mail--attachment_message_rfc822.eml": ("This is the first", "first part.", "Another PDF", ""),
    "mail--japanese_iso_2022.eml": ("すみません。", "すみません。", "", ""),
    "flanker--iphone.eml": ("Hello", "~Danielle", "", ""),
    "flanker--bilingual-simple.eml": ("This line is in English", "А эта линия по-русски.", "", ""),
    "mail-parser--008.eml": ("The Hare and the Tortoise", "", "", ""),
}  # fmt: skip


def _read(name: str) -> MailText:
    raw = (FIXTURES / name).read_bytes()
    if name.endswith(".eml"):
        return read_eml(raw).text
    return read_body(raw.decode("utf-8", "replace"), "html" if name.endswith(".html") else "text")


@pytest.mark.parametrize("name", NEW)
def test_new_and_quoted_are_told_apart(name):
    first, last, quoted, signature = NEW[name]
    text = _read(name)
    assert text.new.startswith(first)
    assert text.new.endswith(last)
    assert quoted in text.quoted
    assert signature in text.signature
    if quoted:
        assert quoted not in text.new or quoted == "Hi"
    if signature:
        assert signature not in text.new


def test_an_undecoded_thread_reads_well_once_decoded():
    raw = quopri.decodestring((FIXTURES / "mail-parser-reply--begins_with_signature.txt").read_bytes())
    text = read_body(raw.decode("utf-8", "replace"), "text")
    assert text.new.startswith("Thank you, Sonya Johnson.")
    assert text.new.endswith("Christopher Edwards")


def test_a_banner_about_strangers_is_cut_from_the_top():
    text = _read("mail-parser-reply--caution.txt")
    assert text.new.startswith("Hi lads's Team,")
    assert text.signature.startswith("CAUTION: This email originated from outside")


AUTOMATIC = [
    "flanker--disposition-notification.eml", "flanker--mailbox-full.eml", "flanker--office365.eml", "flanker--yahoo.eml",
    "mail--report_422.eml", "mail--bad_date_header.eml", "mail-parser--mail_malformed_2.eml",
]  # fmt: skip


@pytest.mark.parametrize("name", AUTOMATIC)
def test_reports_and_bulk_are_automatic(name):
    assert read_eml((FIXTURES / name).read_bytes()).automatic


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.glob("*.eml")) if FIXTURES.is_dir() else [], ids=lambda path: path.stem
)
def test_every_collected_mail_can_be_read(path):
    message = read_eml(path.read_bytes())
    assert message.id
    assert path.name in AUTOMATIC or not message.automatic
    assert message.sent_at is None or message.sent_at.utcoffset().total_seconds() == 0


@pytest.mark.parametrize(
    ("name", "attachments", "inline"),
    [
        ("mail--attachment_pdf.eml", ["broken.pdf"], []),
        ("mail--attachment_message_rfc822.eml", ["Another PDF.eml"], []),
        ("flanker--iphone.eml", ["photo.JPG"], ["photo.JPG"]),
        ("mail-parser--008.eml", ["blueball.png", "greenball.png", "redball.png"], []),
    ],
)
def test_attachments_are_known_by_name(name, attachments, inline):
    found = read_eml((FIXTURES / name).read_bytes()).attachments
    assert [attachment.name for attachment in found] == attachments
    assert [attachment.name for attachment in found if attachment.inline] == inline
