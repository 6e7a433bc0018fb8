"""`pharmacy set NAME=VALUE`: text from a command line becomes fields of a Pharmacy."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from server.errors import InvalidRequest
from server.model.pharmacy import Pharmacy
from server.store.languages import refuse_unknown
from server.store.rulebook import load_rulebook
from server.text.opening_hours import read_hours

FIXED = {"id", "organisation_id", "hours"}
_YES, _NO = {"yes", "true", "1", "ja"}, {"no", "false", "0", "nee"}


def _value(name: str, now: Any, text: str) -> Any:
    if isinstance(now, bool):
        if text.casefold() not in _YES | _NO:
            raise InvalidRequest(f"{name}: yes or no")
        return text.casefold() in _YES
    if isinstance(now, int):
        if not text.isdigit():
            raise InvalidRequest(f"{name}: a whole number")
        return int(text)
    if isinstance(now, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def changed(pharmacy: Pharmacy, assignments: Iterable[str]) -> Pharmacy:
    """The pharmacy with these settings. Raises InvalidRequest naming what is wrong."""
    known = {field.name for field in fields(pharmacy)} - FIXED
    values: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or name not in known:
            raise InvalidRequest(f"{name}: not a setting; there are {', '.join(sorted(known))}")
        values[name] = _value(name, getattr(pharmacy, name), text)
    if values.get("channel", "secure") not in {"secure", "plain"}:
        raise InvalidRequest("channel: secure or plain")
    if "languages" in values:
        refuse_unknown(values["languages"], load_rulebook().languages)
    if "opening_hours" in values:
        values["hours"] = read_hours(values["opening_hours"])
    return replace(pharmacy, **values)
