"""A mail with a known value in it is never sent, however the value is written; and nothing of a placeholder comes back."""

import random
import re

import pytest

from server.drafting import prompt
from server.drafting.llm_drafter import draft_by_model
from server.errors import ModelUnavailable
from server.safety.review import review_part
from server.store.rulebook import load_rulebook
from server.text.known_values import known_values
from server.text.pseudonyms import leaks, plain_text, pseudonymise
from server.triage import opinion
from tests.test_llm_drafter import ALL, Says, answer_of, uses
from tests.test_prompt import SECRETS, brief_of

RULEBOOK = load_rulebook()
BRIEF = brief_of()
KNOWN = known_values(BRIEF.match, BRIEF.thread, BRIEF.pharmacy)
SPOKEN = dict(zip("0123456789", "nul een twee drie vier vijf zes zeven acht negen".split(), strict=True))  # noqa: SIM905

# Every value of the record, in forms that people write.
WRITTEN = {
    "name": ["Wilhelmina Oosterbeek", "W. Oosterbeek", "Oosterbeek, Wilhelmina", "mevrouw oosterbeek", "Oosterbeeks"],
    "contact": ["Sjoerd Oosterbeek", "sjoerd oosterbeek"],
    "candidate": ["Hendrik Zijlstra", "dhr. Zijlstra"],
    "prescriber": ["K. Dijkgraaf", "dokter dijkgraaf"],
    "phone": ["06 98 76 54 32", "06-98765432", "+31698765432", "0031 6 98765432", "06.98.76.54.32"],
    "email": ["w.oosterbeek@post.example", "W.Oosterbeek@Post.Example"],
    "address": ["Kastanjelaan 7", "kastanjelaan nr. 7", "Kastanjelaan, 7"],
    "postcode": ["3584 GH", "3584gh"],
    "born": ["23-07-1949", "23 juli 1949", "1949-07-23", "July 23, 1949", "23/7/49", "23 jul '49", "drieentwintig juli 1949"],
    "policy": ["VGZ-7654321", "vgz 7654321", "VGZ7654321"],
    "prescription": ["RX55501", "rx 55501"],
}  # fmt: skip
# Forms that hold a whole value: the last look must see them in whatever dress.
WHOLE = [
    *("Wilhelmina Oosterbeek", "Sjoerd Oosterbeek", "Hendrik Zijlstra", "Dijkgraaf", "06 98 76 54 32", "w.oosterbeek@post.example"),
    *("23-07-1949", "23 juli 1949", "VGZ-7654321", "RX55501", "Kastanjelaan 7", "3584 GH"),
]  # fmt: skip
MAILS = [
    "Graag herhalen. {}",
    "hoi, het gaat om {} en ik wil weten of het klaar is",
    "Kunt u dat nagaan?\n\nGroet,\n{}",
    "IS HET KLAAR? {}",
    "> eerder schreef u: {}\nDank voor het antwoord.",
]


def in_other_dress(value: str, pick: random.Random) -> str:
    """The same value as somebody may spell it, by hand or to get past a filter."""
    dress = pick.randrange(8)
    if dress == 0:
        return " ".join(value)
    if dress == 1:
        return pick.choice(".-_/*").join(value.split(" "))
    if dress == 2:
        return value.upper()
    if dress == 3:
        return "\u200b".join(value)
    if dress == 4:
        return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in value)
    if dress == 5:
        return value.translate(str.maketrans("eo", "ео"))  # Cyrillic
    if dress == 6:
        return "".join(char + "\u0301" if char in "aeiou" else char for char in value)
    return value.swapcase()


@pytest.mark.parametrize("value", [value for forms in WRITTEN.values() for value in forms])
def test_no_form_of_a_value_is_left_in_any_mail(value):
    tells = {word for word in re.findall(r"[^\W_]+", value.casefold()) if len(word) > 3 or word.isdigit()} - {
        "mevrouw",
        "dokter",
        "juli",
        "july",
    }
    for mail in MAILS:
        out = pseudonymise(plain_text(mail.format(value)), KNOWN)
        assert not [word for word in re.findall(r"[^\W_]+", out.casefold()) if word in tells], out
        assert not leaks(out, KNOWN)


def test_the_last_look_sees_a_whole_value_in_every_dress():
    pick = random.Random(20261128)
    for value in WHOLE:
        for _ in range(60):
            mail = plain_text(pick.choice(MAILS).format(in_other_dress(value, pick)))
            assert leaks(mail, KNOWN), (value, mail)


def test_a_telephone_number_in_words_is_seen():
    spoken = " ".join(SPOKEN[digit] for digit in "0698765432")
    assert leaks(f"Bel mij op {spoken} graag.", KNOWN)
    assert not leaks(pseudonymise(f"Bel mij op {spoken} graag.", KNOWN), KNOWN)


def test_a_citizen_service_number_in_words_is_seen():
    assert leaks("mijn bsn is een twee drie vier vijf zes zeven acht twee", KNOWN)


def test_what_pseudonymising_lets_through_is_not_sent_to_write(monkeypatch):
    monkeypatch.setattr(prompt, "pseudonymise", lambda text, known: text)
    pick = random.Random(7)
    for value in WHOLE:
        for _ in range(10):
            brief = brief_of(pick.choice(MAILS).format(in_other_dress(value, pick)))
            with pytest.raises(ModelUnavailable, match="egress"):
                prompt.build_request(brief, RULEBOOK)


def test_what_pseudonymising_lets_through_is_not_sent_for_an_opinion(monkeypatch):
    monkeypatch.setattr(opinion, "pseudonymise", lambda text, known: text)
    pick = random.Random(8)
    for value in WHOLE:
        for _ in range(10):
            brief = brief_of(pick.choice(MAILS).format(in_other_dress(value, pick)))
            with pytest.raises(ModelUnavailable, match="egress"):
                opinion.build_opinion_request(brief.thread, brief.match, brief.triage, brief.pharmacy, RULEBOOK)


@pytest.mark.parametrize(
    "text",
    [
        "Dank u, [NAME_1].",
        "Dank u, NAME_1.",
        "Dank u, (NAME 1).",
        "Dank u, name one.",
        "Dank u, NAAM.",
        "Dank u, Wilhelmina.",
        "Dank u, mevrouw Oosterbeek.",
        "Wij bellen u op [PHONE_1].",
        "Wij sturen het naar [ADDRESS_1].",
        "U bent geboren op [DATE_1].",
        "Fijn dat [NAME_2] het ophaalt.",
    ],
)
def test_neither_a_placeholder_nor_a_name_comes_into_a_draft(text):
    answer = answer_of((0, [{"text": text}, *uses(*ALL[0])]), (1, uses(*ALL[1])))
    for one in draft_by_model(BRIEF, RULEBOOK, Says(answer), deadline=5):
        if one is not None and not one.swapped and text in one.part.text:
            assert any(finding.stands for finding in review_part(one.part, BRIEF.language, BRIEF)), one.part.text


def test_nothing_in_the_product_puts_a_name_in_the_place_of_a_placeholder():
    """Who is who is forgotten at once: `pseudonymise` gives back text and no key."""
    assert isinstance(pseudonymise("Voor Jan.", KNOWN), str)
    assert not [value for value in SECRETS.values() if value in pseudonymise(" en ".join(SECRETS.values()), KNOWN)]
