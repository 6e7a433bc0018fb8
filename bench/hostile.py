"""Input that is meant to be slow: a newsletter of 5 MB, a hundred messages, text that tempts a pattern to backtrack."""

import time
from email.message import EmailMessage

from bench.pipeline import threads
from bench.tables import machine, show
from server.connectors.mail.eml import thread_from_eml
from server.demo.shift import demo_records
from server.flows.draft_reply import draft_reply
from server.flows.events import Done
from server.flows.prepare_brief import ReplyRequest
from server.flows.warm_up import warm_up
from server.logs import configure_logs
from server.model.thread import Thread
from server.wiring import build_throw_away, utc_now


def eml(body: str, subtype: str = "plain") -> bytes:
    """A mail with this body, from a known patient."""
    message = EmailMessage()
    message["From"] = "f.elamrani@brievenbus.example"
    message["To"] = "info@apotheekdelinde.example"
    message["Subject"] = "Nieuwsbrief"
    message.set_content(body, subtype=subtype, cte="8bit")
    return message.as_bytes()


def newsletter() -> bytes:
    """Nested tables with styles, as newsletters are, 5 MB of them."""
    row = "<table style='width:100%'><tr><td><p style='color:#333'>Actie deze week! <a href='https://x.example'>Lees meer</a></p></td></tr></table>"
    return eml("<html><body>" + row * (5_000_000 // len(row)) + "</body></html>", "html")


HOSTILE = {
    "5 MB newsletter": newsletter,
    "1 MB of one word": lambda: eml("a" * 1_000_000),
    "1 MB of 'a a a'": lambda: eml("a " * 500_000),
    "500 kB of '> > >'": lambda: eml("> " * 250_000 + "\n"),
    "100,000 short lines": lambda: eml("ja\n" * 100_000),
    "10,000 nested elements": lambda: eml("<div>" * 10_000 + "graag metoprolol" + "</div>" * 10_000, "html"),
    "200 kB of digits and dots": lambda: eml("1.2.3-4-5/6 " * 17_000),
    "200 kB of brackets": lambda: eml("((" * 100_000),
}


def main() -> None:
    """Prints the table."""
    configure_logs("ERROR")
    services, given, pharmacy = build_throw_away(demo_records(utc_now().date())[0], now=utc_now())
    caller = services.identity.identify({})

    def answer(thread: Thread) -> None:
        ref = given.add(thread, pharmacy.email)
        done = [e for e in draft_reply(services, caller, pharmacy, ReplyRequest(ref)) if isinstance(e, Done)]
        assert done

    warm_up(services)  # as the server does beside its start
    answer(threads(1000, 1, 0))
    rows = []
    for name, make in HOSTILE.items():
        raw = make()
        began = time.perf_counter()
        answer(thread_from_eml(raw, (pharmacy.email,)))
        rows.append([name, f"{time.perf_counter() - began:.2f}"])
    hundred = threads(1000, 100, 1)
    began = time.perf_counter()
    answer(hundred)
    rows.append(["a thread of 100 messages", f"{time.perf_counter() - began:.2f}"])
    print(machine())
    show("Hostile input, from raw mail to answer (s; the aim is under 2)", ["input", "seconds"], rows)


if __name__ == "__main__":
    main()
