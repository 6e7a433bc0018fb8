"""Reading one mail: time of identity and triage per mail over many different mails, and memory of a process with all loaded."""

import json
import time
from pathlib import Path

from bench.quality.sets import SETS
from bench.tables import machine, percentile, show
from server.commands.evaluation import noon, read_rows
from server.connectors.mail.case import thread_from_json
from server.flows.prepare_brief import ReplyRequest, read_patient, read_question
from server.flows.warm_up import warm_up
from server.logs import configure_logs
from server.wiring import build_throw_away

NAMES = ("a", "c", "repeats")


def resident_mb() -> float:
    """Memory of this process as the kernel counts it, in MB (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def read_all(name: str) -> list[float]:
    """Milliseconds of each mail of a set, each read once, so that nothing is remembered from the time before."""
    records = json.loads((SETS / name / "pms.json").read_text(encoding="utf-8"))
    services, threads, pharmacy = build_throw_away(records, now=noon(records))
    warm_up(services)
    took = []
    for row in read_rows(SETS / name / "cases.jsonl"):
        thread = thread_from_json(row, (pharmacy.email,))
        request = ReplyRequest(threads.add(thread, pharmacy.email))
        began = time.perf_counter()
        match = read_patient(services, pharmacy, thread, request)
        read_question(thread, match, services.rulebook(pharmacy), pharmacy, services.now())
        took.append((time.perf_counter() - began) * 1000)
    return took


def main() -> None:
    configure_logs("ERROR")
    print(machine())
    rows = []
    for name in NAMES:
        took = read_all(name)
        rows.append([name, len(took), *(percentile(took, p) for p in (0.5, 0.95)), max(took)])
    show("Identity and triage of a mail, each read once (ms)", ["mails of", "mails", "p50", "p95", "max"], rows)
    show("Memory of this process, everything loaded", ["resident MB"], [[resident_mb()]])


if __name__ == "__main__":
    main()
