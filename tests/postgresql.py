"""A throw-away PostgreSQL for tests: found on this machine, run as nobody even when tests run as root."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_postgresql() -> Path | None:
    """The folder with initdb and postgres."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def run_postgresql(programs: Path) -> Iterator[str]:
    """Yields the address of an empty database that forgets everything at the end."""
    folder = Path(tempfile.mkdtemp(prefix="balie-pg"))
    as_nobody: dict[str, object] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    common = {"cwd": folder, "env": {"PATH": f"{programs}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, **as_nobody}
    data = str(folder / "data")
    make = [str(programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, **common)
    options = [option for pair in ("fsync=off", "full_page_writes=off") for option in ("-c", pair)]
    server = [str(programs / "postgres"), "-D", data, "-k", str(folder), "-h", "", *options]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(server, stderr=log, **common)
    try:
        url = f"postgresql://postgres@/postgres?host={folder}"
        _wait(url)
        yield url
    finally:
        process.send_signal(2)
        process.wait(10)
        shutil.rmtree(folder)


def _wait(url: str) -> None:
    import psycopg

    for _ in range(200):
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start")
