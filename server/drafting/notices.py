"""Replies that answer nothing: with the pharmacist, identity first, records out of reach, channel not safe."""

from server.drafting.voice import Voice
from server.model.reply import Sentence

# Escalations that cannot be a matter of health by themselves: "if it gets worse, call your doctor" would only alarm.
_ADMINISTRATIVE = frozenset(
    {
        "controlled_substance",
        "early_refill_controlled",
        "missing_prior_authorization",
        "suspicious_content",
        "unclear_request",
    }
)
_SELF_HARM = "triggers/urgent_language/self_harm"
_HELP_LINE_COUNTRY = "NL"  # the wording names that country's help line
_NO_IDENTITY_NEEDED = frozenset({("other", "supplier"), ("other", "stop"), ("other", "thanks")})


def with_pharmacist(voice: Voice) -> tuple[tuple[Sentence, ...], ...]:
    """The acknowledgement of an escalated mail: the danger first and alone, no clinical word, nothing of the record."""
    triage = voice.brief.triage
    if voice.brief.emergency:
        self_harm = any(finding.rule == _SELF_HARM and finding.stands for finding in triage.findings)
        help_line = ("notice.help_line",) if self_harm and voice.brief.pharmacy.country == _HELP_LINE_COUNTRY else ()
        first = voice.say_all(("notice.emergency", *help_line))
        return first, voice.say_all(("notice.pharmacist_knows", "notice.cannot_wait"))
    triggers = frozenset(triage.triggers)
    if triggers and triggers <= _ADMINISTRATIVE:
        return (voice.say_all(("notice.thanks", "notice.pharmacist_looks", "notice.no_commitment")),)
    danger = ("notice.life",) if "urgent_language" in triggers else ()
    return (voice.say_all(("notice.thanks", "notice.pharmacist", "notice.worse", *danger)),)


def _outcomes(voice: Voice) -> set[tuple[str, str]]:
    questions = voice.brief.triage.questions
    return {(question.intent, about.outcome) for question in questions for about in question.about}


def identify_first(voice: Voice) -> tuple[tuple[Sentence, ...], ...]:
    """Asks the sender to identify through a safe channel. House matters are answered; nothing else is even hinted at."""
    outcomes = _outcomes(voice)
    if outcomes and outcomes <= _NO_IDENTITY_NEEDED:
        return (voice.say_all(("notice.received",)),)
    hours = voice.say_all(("house.hours",)) if any(outcome == "opening_hours" for _, outcome in outcomes) else ()
    verify = voice.say_all(("notice.verify", "notice.verify_how", "notice.verify_never"))
    return (hours, verify) if hours else (verify,)


def records_unavailable(voice: Voice) -> tuple[tuple[Sentence, ...], ...]:
    """Our own system does not answer; that says nothing about who is writing."""
    return (voice.say_all(("notice.unavailable", "notice.unavailable_call")),)


def safe_channel(voice: Voice) -> tuple[Sentence, ...]:
    """What stands in for an answer that may not go over this channel."""
    return voice.say_all(("notice.in_hand", "notice.plain"))
