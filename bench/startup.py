"""How long until a fresh process can draft, and what it weighs then."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.tables import machine, percentile, show

RUNS = 5


def memory_mb(pid: int) -> float:
    """Resident memory of a process and its children, from /proc (Linux)."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except (OSError, ValueError):
            continue
        if int(fields.get("PPid", "0")) == pid or int(fields["Pid"]) == pid:
            total += float(fields.get("VmRSS", "0 kB").split()[0]) / 1024
    return total


def start(data_dir: str, port: int) -> tuple[float, float]:
    """Seconds from process start to /ready, and megabytes then."""
    # As on any machine after `make setup`: modules are compiled once.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**inherited, "BALIE_DATA_DIR": data_dir, "PORT": str(port), "LOG_LEVEL": "ERROR"}
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "server", "run"], env=environment, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=1):
                    return time.perf_counter() - began, memory_mb(process.pid)
            except OSError:
                time.sleep(0.02)
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Prints the table."""
    print(machine())
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        first, weight = start(folder, 18080)
        rows.append(["first start (makes the database, loads the demo)", first, first, weight])
        later = [start(folder, 18080) for _ in range(RUNS)]
        seconds = [one for one, _ in later]
        rows.append(["later starts", percentile(seconds, 0.5), max(seconds), percentile([mb for _, mb in later], 0.5)])
    show(
        "Process start to ready",
        ["start", "median s", "worst s", "memory MB"],
        [[r[0], f"{r[1]:.2f}", f"{r[2]:.2f}", r[3]] for r in rows],
    )


if __name__ == "__main__":
    main()
