"""Moves the demo's dates to today: records and mail headers were written for one day, `as_of`."""

import json
import re
from datetime import date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_DATE = re.compile(r"\A\d{4}-\d{2}-\d{2}\Z")
_MOMENT = re.compile(r"\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_DATE_HEADER = re.compile(rb"^Date:([^\r\n]*)", re.MULTILINE)
NEVER_MOVED = {"birth_date"}


def _whole_weeks(days: int) -> int:
    """Appointments keep their weekday, or a flu jab would land on a Sunday."""
    return -(-days // 7) * 7


def _shifted(value: Any, days: int, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: item if name in NEVER_MOVED else _shifted(item, days, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_shifted(item, days, key) for item in value]
    if isinstance(value, str) and _DATE.match(value):
        return (date.fromisoformat(value) + timedelta(days=days)).isoformat()
    if isinstance(value, str) and _MOMENT.match(value):
        return (datetime.fromisoformat(value) + timedelta(days=_whole_weeks(days))).isoformat(timespec="minutes")
    return value


def demo_records(today: date) -> list[dict[str, Any]]:
    """The demo pharmacies' PMS files (eval format) as if written today."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("pms-*.json"))]
    return [_shifted(data, (today - date.fromisoformat(data["as_of"])).days) for data in files]


def write_inbox(folder: Path, today: date, as_of: date) -> Path:
    """Writes the demo's mails into `folder` with their Date headers moved to today; returns the folder."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # keys and database are kept in that one too
    folder.mkdir(exist_ok=True)
    days = timedelta(days=(today - as_of).days)
    for old in folder.glob("*.eml"):
        old.unlink()
    for path in sorted((HERE / "inbox").glob("*.eml")):
        (folder / path.name).write_bytes(
            _DATE_HEADER.sub(lambda found: _moved(found, days), path.read_bytes(), count=1)
        )
    return folder


def _moved(header: re.Match[bytes], days: timedelta) -> bytes:
    """The raw header with another date: the rest of the mail stays byte for byte, as a mailbox would hand it over."""
    sent = parsedate_to_datetime(header.group(1).decode("ascii").strip())
    return b"Date: " + format_datetime(sent + days).encode("ascii")
