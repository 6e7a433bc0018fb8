"""A plain channel gives nothing away: no medicine, no status, no date; and no two records make two different letters."""

import itertools
import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.connectors.mail.case import thread_from_json
from server.connectors.mail.eml import thread_from_eml
from server.connectors.pms.records_file import read_records
from server.drafting.template_drafter import draft_by_template
from server.flows.match_patient import match_patient
from server.flows.prepare_brief import ReplyRequest, make_brief, read_question
from server.model.patient import Patient, PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.reply import ReplyBrief
from server.model.thread import Thread, ThreadRef
from server.model.triage import OUTCOMES, About, Question
from server.safety.review import draft_from_text, review
from server.text.dates import find_dates
from server.text.doses import find_doses
from server.text.medicines import find_medicines
from server.text.money import find_money
from tests.builders import NOW, a_contact, a_match, a_pharmacy
from tests.drafted import RULEBOOK, SUBJECTS, VOICES, asked, body, brief_of, draft_of, the_patient
from tests.fakes import FakeRecords

ROOT = Path(__file__).parents[1]
DEV = Path(__file__).parents[2] / "shared" / "eval" / "dev"
CHANNELS: list[dict[str, Any]] = [{"channel": "plain"}, {"channel": "plain", "plain_acknowledge": True}]
HOUSE_OUTCOMES = {"opening_hours", "pickup", "thanks", "supplier"}  # what the mail asks, whatever the record holds
_STATUS = re.compile(
    r"\b(?:klaar|besteld|bestelling|geleverd|leverbaar|onderweg|herhaling\w*|recept\w*|uitslag\w*|afspraak|factuur|betaald|verzekerd|medicijn\w*"
    r"|ready|ordered|order|stock|repeat\w*|prescription\w*|result\w*|appointment|invoice|paid|insured|medicines?)\b",
    re.IGNORECASE,
)


def plain(**fields: Any) -> Pharmacy:
    return a_pharmacy(portal_url="https://mijn.linde.example", **fields)


def gives_away(text: str, brief: ReplyBrief) -> list[str]:
    """Everything in a letter that is health data, or a hint of it; the house's own hours, address and name apart."""
    patient = brief.match.patient
    requests = patient.medication_requests if patient else ()
    house = " ".join(
        (brief.pharmacy.name, brief.pharmacy.address, brief.pharmacy.portal_url, brief.pharmacy.opening_hours)
    )
    own = "\n".join(line for line in text.splitlines() if "open" not in line and "Ophalen kan" not in line)
    own = own.replace("can collect", "").replace(house, "")
    found = [one.words for one in find_medicines(text, requests)]
    found += [one.words for one in (*find_doses(own), *find_money(own))]
    found += [one.words for one in find_dates(own, brief.language, brief.today) if one.kind == "day"]
    found += [match[0] for match in _STATUS.finditer(own)]
    if patient:
        found += [word for word in (patient.address or "").split(",")[:1] if word and word in text]
    return found


def test_no_two_outcomes_of_a_record_make_two_letters() -> None:
    for channel, voice in itertools.product(CHANNELS, VOICES):
        for intent, outcomes in OUTCOMES.items():
            if RULEBOOK.intents[intent].about == "house":
                continue
            letters = {
                draft_of(asked(intent, outcome), pharmacy=plain(**channel), voice=voice).text
                for outcome in outcomes
                if outcome not in HOUSE_OUTCOMES
            }
            assert len(letters) == 1, (channel, voice, intent, letters)


def random_questions(chance: random.Random) -> list[Question]:
    questions = []
    for intent in chance.sample(sorted(OUTCOMES), chance.choice([1, 1, 2, 3])):
        prefix = SUBJECTS.get(RULEBOOK.intents[intent].about)  # type: ignore[index]
        about = tuple(
            About(f"{prefix}{n}" if prefix else "", chance.choice(OUTCOMES[intent]))
            for n in range(1, chance.choice([2, 2, 3, 4]))
        )
        candidates = (f"{prefix}1", f"{prefix}2") if prefix and chance.random() < 0.2 else ()
        named = ("Nurofen",) if chance.random() < 0.2 else ()
        questions.append(Question(intent, about=() if candidates else about, candidates=candidates, named=named))  # type: ignore[arg-type]
    return questions


def test_no_mixture_of_questions_makes_a_plain_letter_give_anything_away() -> None:
    chance = random.Random(7516)
    for _ in range(600):
        voice, rung = chance.choice(VOICES), chance.choice([Rung.ADDRESS_KNOWN, Rung.CONFIRMED])
        match = a_match(the_patient(), rung, contact=chance.choice([None, a_contact()]))
        brief = brief_of(*random_questions(chance), voice=voice, match=match, pharmacy=plain(**chance.choice(CHANNELS)))
        draft = draft_by_template(brief, RULEBOOK)
        assert gives_away(body(draft), brief) == [], brief.triage.questions
        assert not review(draft, brief).blocked


def test_a_change_in_the_record_alone_never_changes_a_plain_letter() -> None:
    chance = random.Random(457)
    for _ in range(300):
        questions = random_questions(chance)
        channel, voice = chance.choice(CHANNELS), chance.choice(VOICES)
        other = [
            replace(q, about=tuple(About(a.subject_id, _another(q, a, chance)) for a in q.about)) for q in questions
        ]
        one, two = (draft_of(*asked_, voice=voice, pharmacy=plain(**channel)).text for asked_ in (questions, other))
        assert one == two


def _another(question: Question, about: About, chance: random.Random) -> str:
    """Another outcome that the record might have given; what the mail itself asks stays."""
    if about.outcome in HOUSE_OUTCOMES or RULEBOOK.intents[question.intent].about == "house":
        return about.outcome
    return chance.choice([outcome for outcome in OUTCOMES[question.intent] if outcome not in HOUSE_OUTCOMES])


def briefs(pharmacy: Pharmacy, patients: tuple[Patient, ...], threads: list[Thread]) -> list[ReplyBrief]:
    """Each mail as the flow reads it: real rung; and with its patient confirmed by staff, so that much could be told."""
    made = []
    for thread in threads:
        match = match_patient(thread, FakeRecords(*patients), pharmacy)
        candidates = (
            [match.patient]
            if match.patient
            else [p for p in patients if match.candidates and p.id == match.candidates[0].patient_id]
        )
        for one in (match, *(PatientMatch(Rung.CONFIRMED, patient) for patient in candidates if patient)):
            triage = read_question(thread, one, RULEBOOK, pharmacy, NOW)
            made.append(make_brief(pharmacy, thread, one, triage, ReplyRequest(ThreadRef("given", "", thread.id)), NOW))
    return made


def mails_of_demo() -> tuple[Pharmacy, tuple[Patient, ...], list[Thread]]:
    data = json.loads((ROOT / "server" / "demo" / "pms-de-linde.json").read_text(encoding="utf-8"))
    house = data["pharmacy"]["email"]
    threads = [
        thread_from_eml(path.read_bytes(), (house,))
        for path in sorted((ROOT / "server" / "demo" / "inbox").glob("*.eml"))
    ]
    return plain(email=house, mailboxes=(house,)), read_records(data).patients, threads


def mails_of(folder: Path) -> tuple[Pharmacy, tuple[Patient, ...], list[Thread]]:
    if not folder.is_dir():
        pytest.skip("the development set lies beside the repository and is not here")
    data = json.loads((folder / "pms.json").read_text(encoding="utf-8"))
    house = data["pharmacy"]["email"]
    cases = (json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines())
    return (
        plain(email=house, mailboxes=(house,)),
        read_records(data).patients,
        [thread_from_json(c, (house,)) for c in cases],
    )


@pytest.mark.parametrize("source", ["demo", "dev", "a"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_no_real_mail_on_a_plain_channel_gets_health_data_back(source: str, channel: dict[str, Any]) -> None:
    pharmacy, patients, threads = {
        "demo": mails_of_demo,
        "dev": lambda: mails_of(DEV),
        "a": lambda: mails_of(ROOT / "tests" / "sets" / "a"),
    }[source]()
    pharmacy = replace(pharmacy, **channel)
    all_briefs = briefs(pharmacy, patients, threads)
    assert len(all_briefs) > 20
    for brief in all_briefs:
        draft = draft_by_template(brief, RULEBOOK)
        text = body(draft)
        assert [
            w for w in gives_away(text, brief) if brief.triage.route.name == "DRAFT" or not _STATUS.fullmatch(w)
        ] == [], text
        assert not review(draft, brief).blocked


FREE = [
    "Uw metoprolol ligt klaar.",
    "Uw bestelling ligt klaar.",
    "Uw medicijnen kunt u vanaf dinsdag 24 november weer bestellen.",
    "De uitslag is binnen.",
    "Uw afspraak is op donderdag 26 november om 10.30 uur.",
    "Er staat nog € 12,50 open.",
    "Uw metoprolol.",
    "Neem 1 tablet van 50 mg per dag.",
    "Your metoprolol is ready.",
    "Your prescription has been sent to the doctor.",
    "Uw bloeddrukpillen komen eraan.",
    "Wij bezorgen het aan Lijsterstraat 41.",
]


@pytest.mark.parametrize("text", FREE)
@pytest.mark.parametrize("rung", [Rung.ADDRESS_KNOWN, Rung.CONFIRMED])
def test_a_draft_that_somebody_typed_is_held_to_the_channel_too(text: str, rung: Rung) -> None:
    language = "en" if text.startswith("Your") else "nl"
    brief = brief_of(
        asked("refill_request", "ready"),
        voice=(language, True),
        match=a_match(the_patient(), rung),
        pharmacy=plain(channel="plain"),
    )
    assert review(draft_from_text(text, language), brief).blocked


@pytest.mark.parametrize("text", [
    "Goedendag, wilt u ons bellen op 030 555 01 40? Met vriendelijke groet, Apotheek De Linde",
    "Over persoonlijke zaken schrijven wij niet in gewone e-mail. Wilt u inloggen op https://mijn.linde.example?",
    "Wij zijn open op maandag tot en met vrijdag van 8.00 tot 18.00 uur.",
    "Wij hebben uw bericht ontvangen.",
])  # fmt: skip
def test_what_anybody_may_hear_passes_on_a_plain_channel(text: str) -> None:
    brief = brief_of(asked("refill_request", "ready"), pharmacy=plain(channel="plain"))
    assert [f.quotes for f in review(draft_from_text(text, "nl"), brief).findings if f.severity.name == "HARD"] == []


def test_a_pharmacy_may_leave_the_original_out_and_a_plain_channel_always_does() -> None:
    assert a_pharmacy(channel="secure").quotes_original
    assert not a_pharmacy(channel="secure", quote_original=False).quotes_original
    assert not a_pharmacy(channel="plain", quote_original=True).quotes_original
    assert Pharmacy("new", "org", "Apotheek Nieuw").channel == "plain"


@pytest.mark.parametrize(
    ("voice", "subject"),
    [
        (("nl", True), "Uw bericht aan Apotheek De Linde"),
        (("nl", False), "Je bericht aan Apotheek De Linde"),
        (("en", True), "Your message to Apotheek De Linde"),
    ],
)
def test_the_subject_line_of_a_plain_reply_says_nothing(voice: tuple[str, bool], subject: str) -> None:
    assert draft_of(asked("refill_request", "ready"), voice=voice, pharmacy=plain(channel="plain")).subject == subject
    assert draft_of(asked("refill_request", "ready"), voice=voice, pharmacy=plain(channel="secure")).subject == ""
