"""Loads what is heavy (word lists, classifier, language models, checks) before the first mail, beside the start."""

import threading

import structlog

from server.flows.ask_opinion import plan_for
from server.flows.prepare_brief import ReplyRequest, prepare_brief, read_question
from server.flows.write_draft import write_draft
from server.model.patient import PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.thread import EmailAddress, MailText, Message, Thread, ThreadRef
from server.services import Services

log = structlog.get_logger("start")

# One mail a language, with a misspelt medicine and a word of neither, so that every list is read once.
MAILS = (
    "Goedemiddag, graag mijn metropolol en de Zorgpas herhalen. Ik heb jeuk. Groet, Jan",
    "Hello, could you repeat my simvastatine please? I have a rash. Jan",
    "Lorem ipsum dolor sit amet consectetur adipiscing elit sed tempor",
)
HOUSE = Pharmacy("warm-up", "", "", channel="secure")


def warm_up(services: Services) -> None:
    """Reads, drafts and checks made-up mails; nothing is stored, logged in the audit or sent."""
    try:
        for text in MAILS:
            thread = Thread("warm-up", (Message("m", EmailAddress(""), "", MailText(text)),))
            match = PatientMatch(Rung.UNKNOWN)
            now = services.now()
            rulebook = services.rulebook(HOUSE)
            triage = read_question(thread, match, rulebook, HOUSE, now)
            request = ReplyRequest(ThreadRef("", "", ""))
            brief = prepare_brief(HOUSE, thread, match, triage, request, now)
            list(write_draft(brief, rulebook, None, 1.0))
            plan_for(services.model(HOUSE), brief, request, rulebook, now)  # the dictionaries that only a model needs
        log.info("warm")
    except Exception:
        log.exception("warm-up failed")


def forget_expired(services: Services) -> None:
    """What is older than a pharmacy keeps it goes at each start (and by `vault purge`, daily)."""
    try:
        purged = services.replies.purge_expired(services.now())
        log.info("purged", count=purged.replies)
    except Exception:
        log.exception("purge failed")


def _start(services: Services) -> None:
    warm_up(services)
    forget_expired(services)


def warm_up_in_background(services: Services) -> threading.Thread:
    """Starts `warm_up` beside the server's start; a mail that comes earlier waits only for what it needs itself."""
    thread = threading.Thread(target=_start, args=(services,), name="warm-up", daemon=True)
    thread.start()
    return thread
