"""A language as content: what its file must hold, values that are read back, and a language that nobody has heard of."""

import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from server.drafting.fields import Speech
from server.drafting.template_drafter import draft_by_template
from server.errors import InvalidContent
from server.model.patient import Rung
from server.model.triage import OUTCOMES, About, Question, Route
from server.safety.checks.statement_values import check as check_values
from server.safety.review import review
from server.store.languages import check_whole, languages_read, refuse_unknown
from server.store.rulebook import CONTENT, lay_over, load_rulebook
from server.text.calendar_names import says_day
from tests.builders import TODAY, a_brief, a_contact, a_fact, a_finding, a_match, a_pharmacy
from tests.drafted import RULEBOOK, asked, brief_of, the_patient

SPEECHES = [
    pytest.param(Speech(language, TODAY, country), id=f"{language.code}-{country}")
    for language in RULEBOOK.languages.values()
    for country in ("NL", *language.countries)
]
YEAR = [date(2026, 11, 1) + timedelta(days=7 * n + n % 7) for n in range(60)]


def piece_findings(speech, *pairs):
    """What the check says of pieces that state these facts in these words."""
    facts = tuple(replace(fact, path=f"R{n}.{fact.kind}") for n, (fact, _) in enumerate(pairs))
    house = a_pharmacy(country=speech.country)
    brief = a_brief(offered=facts, allowed=facts, language=speech.language.code, pharmacy=house)
    pieces = [replace(PIECE, text=text, facts=(fact.path,)) for fact, (_, text) in zip(facts, pairs, strict=True)]
    sentences = [replace(SENTENCE, pieces=(piece,)) for piece in pieces]
    part = replace(DRAFT.parts[1], sentences=tuple(sentences))
    return list(check_values(replace(DRAFT, parts=(part,), language=speech.language.code), brief))


DRAFT = draft_by_template(brief_of(asked("refill_request", "eligible")), RULEBOOK)
SENTENCE = DRAFT.parts[1].sentences[0]
PIECE = SENTENCE.pieces[0]


@pytest.mark.parametrize("speech", SPEECHES)
def test_every_value_that_is_written_is_read_back(speech):
    days = [(a_fact("RX1.earliest_refill", day), speech.day(day, weekday=True)) for day in YEAR]
    times = [
        (a_fact("A1.appointment_time", datetime(2026, 11, 24, hour, minute, tzinfo=UTC)), speech.clock(f"{hour + 1}:{minute:02}"))
        for hour in range(6, 20)
        for minute in (0, 5, 30)
    ]  # fmt: skip
    money = [(a_fact("F1.amount", cents), speech.money(cents)) for cents in (0, 5, 1250, 2385, 100000, 123405)]
    assert piece_findings(speech, *days, *times, *money) == []


@pytest.mark.parametrize("speech", SPEECHES)
def test_a_value_in_the_place_of_another_is_found(speech):
    wrong = [(a_fact("RX1.earliest_refill", day), speech.day(day + timedelta(days=1), weekday=True)) for day in YEAR]
    wrong += [(a_fact("RX1.earliest_refill", day), speech.day(day + timedelta(days=31), weekday=False)) for day in YEAR]
    wrong += [(a_fact("F1.amount", cents), speech.money(cents + 1)) for cents in (5, 1250, 123405)]
    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    wrong += [(a_fact("A1.appointment_time", at), speech.clock(clock)) for clock in ("10:31", "11:30")]
    assert len(piece_findings(speech, *wrong)) == len(wrong)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Dienstag, 24. November"), ("de", "24. November 2026"), ("fr", "mardi 24 novembre"), ("pl", "24 listopada 2026"),
        ("tr", "24 Kasım Salı"), ("uk", "вівторок, 24 листопада"),
    ],
)  # fmt: skip
def test_a_day_is_known_in_the_names_of_its_language(language, text):
    assert says_day(text, date(2026, 11, 24), language)
    for other in (date(2026, 11, 25), date(2026, 12, 24), date(2026, 10, 24), date(2026, 1, 24)):
        assert not says_day(text, other, language)
    assert not says_day(f"{text} 25", date(2026, 11, 24), language)


@pytest.mark.parametrize("text", ["Mittwoch, 24. November", "24. November 2027", "Dienstag, November", "24", ""])
def test_a_day_that_does_not_fit_in_one_part_is_not_said(text):
    assert not says_day(text, date(2026, 11, 24), "de")
    assert not says_day("24 november", date(2026, 11, 24), "xx")


# --- the files -------------------------------------------------------------------------------------------------------


def changed_language(tmp_path, old, new, name="de"):
    """The content with one line of a language file changed."""
    text = (CONTENT / "languages" / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "languages").mkdir(exist_ok=True)
    (tmp_path / "languages" / f"{name}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('closed = "geschlossen"\n', "", r"de.toml: closed: Field required"),
        ('closed = "geschlossen"', 'closed = "geschlossen"\nshut = "zu"', r"de.toml: shut: Extra inputs"),
        ("{first} bis {last}", "bis {last}", r"de.toml: through: needs \{first\} and \{last\}"),
        ("von {opens} bis {closes}", "von {opens} bis {shuts}", r"de.toml: hours: needs"),
        ("{name} ({role})", "{name} ({role}) {role}", r"de.toml: prescriber: needs"),
        ("„{text}“", "„…“", r"de.toml: untranslated: needs \{text\}"),
        ('"de_DE"', '"qq_QQ"', r"de.toml: written: unknown locale"),
        ('locale = "de_AT"', 'locale = "de_AT"\nmonth = "MM"', r"de.toml: written.AT.month: Extra inputs"),
        ('day = "d. MMMM"', 'day = "d."', r"de.toml: written: day needs d and M"),
        ('day = "d. MMMM"', 'day = "d. MMMM H"', r"de.toml: written: "),
        ('day = "d. MMMM"', 'day = "d. MMMM g"', r"de.toml: written: "),
        ('day = "d. MMMM"', 'day = "dddd. MMMM"', r"de.toml: written: "),
        ('clock = "H:mm"', 'clock = "d:mm"', r"de.toml: written: "),
        ('clock = "H:mm"', 'clock = "HH:mm D"', r"de.toml: written: "),
        ('tone = \'formal', 'ton = \'formal', r"de.toml: formal.tone: Field required"),
        ("lower_nouns = false", 'lower_nouns = "perhaps"', r"de.toml: lower_nouns"),
    ],
)  # fmt: skip
def test_a_language_file_that_is_not_whole_is_refused_and_named(tmp_path, old, new, told):
    with pytest.raises(InvalidContent, match=told):
        lay_over(changed_language(tmp_path, old, new))


@pytest.mark.parametrize("name", ["english", "de-informal", "DE", "x"])
def test_a_language_file_is_called_after_its_code(tmp_path, name):
    (tmp_path / "languages").mkdir()
    text = (CONTENT / "languages" / "de.toml").read_text(encoding="utf-8")
    (tmp_path / "languages" / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidContent, match="called after its code"):
        lay_over(tmp_path)


def test_a_language_without_a_wording_for_something_is_refused_and_that_is_named():
    german = RULEBOOK.statements["refill.sooner"]
    less = replace(german, variants={k: v for k, v in german.variants.items() if k != "de"})
    with pytest.raises(InvalidContent, match=r"\[refill.sooner\] has no wording for de \(languages/de.toml\)"):
        check_whole(replace(RULEBOOK, statements={**RULEBOOK.statements, "refill.sooner": less}))
    for name in ("wording_closing", "wording_terms"):
        table = {k: v for k, v in RULEBOOK.phrases[name].items() if k != "de"}
        with pytest.raises(
            InvalidContent, match=r"\.?closing\] has no wording for de|wording_terms\] has no list for de"
        ):
            check_whole(replace(RULEBOOK, phrases={**RULEBOOK.phrases, name: table}))
    with pytest.raises(InvalidContent, match="has a wording for de, which no file of languages/ knows"):
        check_whole(replace(RULEBOOK, languages={k: v for k, v in RULEBOOK.languages.items() if k != "de"}))
    with pytest.raises(InvalidContent, match=r"languages/en.toml is missing"):
        check_whole(replace(RULEBOOK, languages={k: v for k, v in RULEBOOK.languages.items() if k != "en"}))


# --- a language that nobody has heard of -----------------------------------------------------------------------------


def as_xx(text):
    """A content file with each English list once more, as "xx"."""
    doubled = re.sub(r"(?ms)^en = (\[.*?\])$", lambda m: f"{m[0]}\nxx = {m[1]}", text)
    tomllib.loads(doubled)
    return doubled


@pytest.fixture(scope="module")
def with_xx(tmp_path_factory):
    """The content with a language "xx" laid over it, as content/README.md says: files only."""
    folder: Path = tmp_path_factory.mktemp("xx")
    for path in (*(CONTENT / "statements").glob("*.toml"), *(CONTENT / "phrases").glob("wording_*.toml")):
        (folder / path.parent.name).mkdir(exist_ok=True)
        (folder / path.parent.name / path.name).write_text(as_xx(path.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "languages").mkdir()
    english = (CONTENT / "languages" / "en.toml").read_text(encoding="utf-8")
    (folder / "languages" / "xx.toml").write_text(english.replace('"English"', '"Xhaxish"'), encoding="utf-8")
    return lay_over(folder)


NOTICES = [
    {"findings": [a_finding()]}, {"findings": [a_finding("urgent_language")], "emergency": True},
    {"match": a_match(rung=Rung.UNKNOWN), "route": Route.VERIFY}, {"match": a_match(rung=Rung.UNKNOWN, record_unavailable=True)},
    {"pharmacy": a_pharmacy(channel="plain", plain_acknowledge=True)},
]  # fmt: skip


@pytest.mark.parametrize(
    ("intent", "outcome"), [(intent, outcome) for intent, outcomes in OUTCOMES.items() for outcome in outcomes]
)
def test_a_language_made_of_files_alone_answers_everything(with_xx, intent, outcome):
    for question, acting in ((asked(intent, outcome), False), (asked(intent, outcome, outcome, outcome), True)):
        match = a_match(the_patient(), contact=a_contact() if acting else None)
        brief = brief_of(question, voice=("xx", True), match=match)
        draft = draft_by_template(brief, with_xx)
        assert review(draft, brief).findings == ()
        english = brief_of(question, voice=("en", True), match=match)
        if "medication" not in draft.text.casefold() and not any(a.subject_id.startswith("RX") for a in question.about):
            assert draft.text == draft_by_template(english, with_xx).text


@pytest.mark.parametrize("fields", NOTICES, ids=["pharmacist", "emergency", "stranger", "unavailable", "plain"])
def test_a_language_made_of_files_alone_has_every_notice(with_xx, fields):
    question = Question("refill_request", about=(About("", "unknown"),))
    brief = brief_of(question, voice=("xx", True), **fields)
    draft = draft_by_template(brief, with_xx)
    assert review(draft, brief).findings == ()
    assert "Kind regards," in draft.text


def test_a_language_made_of_files_alone_may_be_enabled_and_is_not_read(with_xx):
    refuse_unknown(("nl", "xx"), with_xx.languages)
    assert with_xx.reads == load_rulebook().reads == ("nl", "en")
    assert with_xx.languages["xx"].name == "Xhaxish"
    assert with_xx.version != load_rulebook().version


# --- what a language needs to be read --------------------------------------------------------------------------------


def also(table):
    return {**table, **{f"xx{key[2:]}": value for key, value in table.items() if key[:2] == "en"}}


def read_in_xx():
    """The rulebook with everything English once more as "xx"."""
    triggers = {
        name: replace(
            trigger, groups=tuple(replace(group, patterns=also(group.patterns)) for group in trigger.groups),
            fires_on=also(trigger.fires_on), stays_quiet_on=also(trigger.stays_quiet_on), cancels=also(trigger.cancels),
        )
        for name, trigger in RULEBOOK.triggers.items()
    }  # fmt: skip
    intents = {n: replace(i, patterns=also(i.patterns), examples=also(i.examples)) for n, i in RULEBOOK.intents.items()}
    phrases = {name: also(table) for name, table in RULEBOOK.phrases.items()}
    thresholds = {name: also(table) for name, table in RULEBOOK.thresholds.items()}
    return replace(RULEBOOK, triggers=triggers, intents=intents, phrases=phrases, thresholds=thresholds)


def test_a_language_is_read_when_all_of_its_reading_is_there():
    whole = read_in_xx()
    assert languages_read(whole) == ("nl", "en", "xx")
    trigger, intent = whole.triggers["allergy"], whole.intents["billing"]
    for less in (
        replace(whole, triggers={**whole.triggers, "allergy": replace(trigger, fires_on=RULEBOOK.triggers["allergy"].fires_on)}),
        replace(whole, triggers={**whole.triggers, "allergy": replace(trigger, groups=RULEBOOK.triggers["allergy"].groups)}),
        replace(whole, intents={**whole.intents, "billing": replace(intent, examples=RULEBOOK.intents["billing"].examples)}),
        replace(whole, thresholds=RULEBOOK.thresholds),
        replace(whole, phrases=RULEBOOK.phrases),
    ):  # fmt: skip
        assert languages_read(less) == ("nl", "en")


def test_dutch_and_english_are_always_read():
    intent = RULEBOOK.intents["billing"]
    deaf = replace(intent, patterns={k: v for k, v in intent.patterns.items() if not k.startswith("en")})
    with pytest.raises(InvalidContent, match="a mail in en can no longer be read: billing: no patterns"):
        languages_read(replace(RULEBOOK, intents={**RULEBOOK.intents, "billing": deaf}))


def test_another_languages_thresholds_keep_the_same_bounds(tmp_path):
    shipped = (CONTENT / "thresholds.toml").read_text(encoding="utf-8")
    for number, refused in (("0.99", True), ("0.3", False)):
        text = shipped.replace("\n[upper]", f"xx = {number}\n\n[upper]", 1)
        (tmp_path / "thresholds.toml").write_text(text, encoding="utf-8")
        if refused:
            with pytest.raises(InvalidContent, match=r"lower.xx"):
                lay_over(tmp_path)
        else:
            assert lay_over(tmp_path).thresholds["lower"]["xx"] == 0.3
