"""Own work per mail with the template drafter: by size of the mail and length of the thread."""

import tempfile
import time
from datetime import UTC, datetime, timedelta

from bench.tables import machine, percentile, show
from server.connectors.mail.plain_text import read_body
from server.demo.shift import demo_records
from server.flows.draft_reply import draft_reply
from server.flows.events import Done
from server.flows.prepare_brief import ReplyRequest
from server.flows.warm_up import warm_up
from server.logs import configure_logs
from server.model.thread import EmailAddress, Message, Thread
from server.wiring import build_throw_away, utc_now

ASK = "Goedemiddag,\n\nZou ik mijn metoprolol weer kunnen bestellen? Mijn zoon komt het halen.\n\nMet vriendelijke groet,\nFatima El Amrani\n"
FILLER = "Het weer is hier goed en de tuin staat er mooi bij, dus we hebben niets te klagen. "
RUNS = 60


def mail(size: int, number: int, *, outgoing: bool = False) -> Message:
    """A mail of about `size` bytes: the question on top, the rest quoted below as a mail client would."""
    quoted = "".join(f"> {FILLER}\n" for _ in range(max(0, size - len(ASK)) // (len(FILLER) + 3)))
    body = ASK + (
        "\nOp 1 november 2026 om 10:00 schreef Apotheek De Linde <info@apotheekdelinde.example>:\n" + quoted
        if quoted
        else ""
    )
    return Message(
        id=f"m{number}",
        sender=EmailAddress("info@apotheekdelinde.example" if outgoing else "f.elamrani@brievenbus.example"),
        subject="Herhaalrecept",
        text=read_body(body, "text"),
        sent_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number),
        outgoing=outgoing,
    )


def threads(size: int, length: int, run: int) -> Thread:
    """`length` messages, the last of them of `size` bytes; parsing the last one is part of what is measured."""
    earlier = tuple(mail(1000, n, outgoing=n % 2 == 1) for n in range(length - 1))
    return Thread(f"t-{size}-{length}-{run}", (*earlier, mail(size, length)))


def measured(folder: str) -> None:
    """Prints both tables, over a database on disk that waits for the disk at each commit, as a server's does."""
    url = f"sqlite:///{folder}/bench.db"
    services, given, pharmacy = build_throw_away(demo_records(utc_now().date())[0], now=utc_now(), database_url=url)
    caller = services.identity.identify({})

    def once(size: int, length: int, run: int) -> float:
        ref = given.add(threads(size, length, run), pharmacy.email)
        began = time.perf_counter()
        threads(size, 1, run)  # taking the mail's body apart is own work too
        done = [e for e in draft_reply(services, caller, pharmacy, ReplyRequest(ref)) if isinstance(e, Done)]
        took = (time.perf_counter() - began) * 1000
        assert done and done[0].reply["draft"], "the benchmark's own mail must be drafted"
        return took

    warm_up(services)  # as the server does beside its start
    once(1000, 1, -1)
    rows = []
    for size in (1_000, 10_000, 100_000, 1_000_000):
        took = [once(size, 1, run) for run in range(RUNS)]
        rows.append([f"{size // 1000} kB", *(percentile(took, p) for p in (0.5, 0.95, 0.99))])
    show("Own work per mail, by size of the mail (ms)", ["size", "p50", "p95", "p99"], rows)
    rows = []
    for length in (1, 10, 30, 100):
        took = [once(1000, length, run) for run in range(RUNS)]
        rows.append([length, *(percentile(took, p) for p in (0.5, 0.95, 0.99))])
    show("Own work per mail, by length of the thread (ms)", ["messages", "p50", "p95", "p99"], rows)


def main() -> None:
    """Runs it in a folder of its own."""
    configure_logs("ERROR")
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        measured(folder)


if __name__ == "__main__":
    main()
