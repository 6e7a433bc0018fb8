"""`python -m server draft FILE.eml`: the same path as the API, over a file, printed for a person."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from server.commands.evaluation import noon
from server.connectors.mail.eml import MAX_MAIL_BYTES, thread_from_eml
from server.demo.shift import demo_records
from server.errors import NotAMail, TooLarge
from server.flows.draft_reply import draft_reply
from server.flows.events import Done
from server.flows.prepare_brief import ReplyRequest
from server.model.pharmacy import Pharmacy
from server.model.thread import Thread
from server.ports import LanguageModel
from server.services import Services
from server.settings import Settings
from server.wiring import build_throw_away, configured_model, utc_now


def read_mail_file(path: Path) -> bytes:
    """The file's bytes. Raises NotAMail or TooLarge with a line that says what to do."""
    if not path.exists():
        raise NotAMail(f"There is no file {path}.")
    if path.is_dir():
        raise NotAMail(f"{path} is a folder; name one .eml file in it.")
    if path.stat().st_size > MAX_MAIL_BYTES:
        raise TooLarge(f"{path} is larger than 25 MB; save the mail without its attachments.")
    raw = path.read_bytes()
    if not raw.strip():
        raise NotAMail(f"{path} is empty.")
    return raw


def given_mail(
    path: Path, records: Mapping[str, Any] | None, model: LanguageModel | None = None
) -> tuple[Services, Pharmacy, Thread, ReplyRequest]:
    """The mail in a file as the only one of a pharmacy that is gone afterwards, and the request to answer it."""
    raw = read_mail_file(path)
    now = utc_now() if records is None else noon(records)
    data = demo_records(now.date())[0] if records is None else records
    services, threads, pharmacy = build_throw_away(data, now=now, model=model)
    thread = thread_from_eml(raw, (pharmacy.email,))
    return services, pharmacy, thread, ReplyRequest(threads.add(thread, pharmacy.email))


def draft_file(
    path: Path, records: Mapping[str, Any] | None, settings: Settings, *, informal: bool, staff_sentence: str
) -> dict[str, Any]:
    """The reply document for the mail in a file, over `records` (with their own `as_of`) or the demo's."""
    services, pharmacy, _, request = given_mail(path, records, configured_model(settings))
    request = replace(request, tone="informal" if informal else None, staff_sentence=staff_sentence)
    reply: dict[str, Any] = {}
    for event in draft_reply(services, services.identity.identify({}), pharmacy, request):
        if isinstance(event, Done):
            reply = dict(event.reply)
    return reply


def _who(patient: Mapping[str, Any]) -> list[str]:
    lines = [f"Who      {patient['name'] or 'unknown sender'} ({patient['rung']})"]
    if patient["contact"]:
        lines.append(f"         written by {patient['contact']['name']} ({patient['contact']['relation']})")
    lines += [
        f"         because {e['code']}" + (f": {e['detail']}" if e["detail"] else "") for e in patient["evidence"]
    ]
    lines += [f"         perhaps {c['name']}, born {c['birth_date']}" for c in patient["candidates"]]
    return lines


def _what(triage: Mapping[str, Any]) -> list[str]:
    lines = [f"Route    {triage['route']}, urgency {triage['urgency']}, language {triage['language']}"]
    lines += [f"Asks     {i['id']}: " + " | ".join(i["quotes"]) for i in triage["intents"]]
    for finding in triage["findings"]:
        said = " | ".join(finding["quotes"])
        lines.append(f"Found    {finding['code']} [{finding['part']}, {finding['severity']}] {finding['rule']}: {said}")
    lines += [f"Look at  attachment {name}" for name in triage["attachments"]]
    return lines


def show_reply(reply: Mapping[str, Any]) -> str:
    """The reply as a person reads it in a terminal."""
    lines = [*_who(reply["patient"]), *_what(reply["triage"])]
    lines += [f"Fact     {path} = {fact['value']}  ({fact['source']})" for path, fact in reply["facts"].items()]
    lines += [f"Check    {f['code']} [{f['severity']}]: " + " | ".join(f["quotes"]) for f in reply["findings"]]
    lines.append("")
    if reply["draft"] is None:
        lines.append(f"No draft: withheld ({reply['withheld']}).")
    else:
        by = reply["draft"]["written_by"] + (
            f", because {reply['draft']['fallback']}" if reply["draft"]["fallback"] else ""
        )
        lines += [f"Draft ({reply['draft']['language']}, by {by})", "-" * 72, reply["draft"]["text"], "-" * 72]
    return "\n".join(lines)
