"""`python -m server …`: what a person types. Each command reads, calls one flow or store, and prints."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from server.errors import InvalidContent, InvalidRecords, Problem


class Failure(click.ClickException):
    """One line on stderr. Exit code 2 for what the caller can mend, 3 for what broke inside."""

    exit_code = 2


class Broken(Failure):
    """The same for what broke on our side."""

    exit_code = 3


@contextmanager
def plain_errors() -> Iterator[None]:
    """Our own problems as one line, not a traceback."""
    from server.settings import InvalidSettings

    try:
        yield
    except InvalidSettings as error:
        raise Failure("These settings cannot be used:\n  " + str(error).replace("\n", "\n  ")) from None
    except (InvalidRecords, InvalidContent) as problem:
        raise Failure(f"{problem.title}: {problem.detail}") from None
    except Problem as problem:
        raise (Failure if problem.status < 500 else Broken)(f"{problem.title}. {problem.detail}") from None


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose problems are told plainly."""
    from functools import wraps

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with plain_errors():
            return function(*args, **kwargs)

    return run


def _settings(log_level: str = "WARNING", **overrides: Any) -> Any:
    from server.logs import configure_logs
    from server.settings import read_settings

    settings = read_settings(**overrides)
    configure_logs(log_level if "log_level" not in settings.model_fields_set else settings.log_level)
    return settings


def _store() -> Any:
    """Services over what is kept. Nothing is loaded, so that looking changes nothing."""
    from server.wiring import open_store

    return open_store(_settings())


def _json_file(path: Path) -> dict[str, Any]:
    from server.connectors.pms.records_file import parse_json

    try:
        return parse_json(path.read_bytes())
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None
    except InvalidRecords as problem:
        raise Failure(f"{path}: {problem.detail}") from None


def _organisation(given: str | None = None) -> dict[str, str]:
    """Where a pharmacy belongs whose file does not say: in the sandbox to its only user, or nobody could reach it."""
    from server.connectors.identity.sandbox import ORGANISATION

    organisation = given or (ORGANISATION if _settings().sandbox else "")
    return {"organisation_id": organisation} if organisation else {}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Balie: reply drafts for a pharmacy's mail."""


@main.command()
@click.option("--port", type=int, help="Port to listen on (default 8080, or PORT).")
@command
def run(port: int | None) -> None:
    """Serve the sandbox: the demo pharmacies, their inbox and the pane."""
    from server.commands.serve import serve

    serve(_settings() if port is None else _settings(PORT=port))


@main.command()
@command
def migrate() -> None:
    """Bring the database up to date."""
    from server.store.engine import migrate as bring_up_to_date
    from server.store.engine import open_database

    changed = bring_up_to_date(open_database(_settings().database))
    click.echo("The database is up to date." if not changed else "The database was brought up to date.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pms", type=click.Path(path_type=Path), help="Patient records (JSON); without it the demo's.")
@click.option("--json", "as_json", is_flag=True, help="Print the reply as the API returns it.")
@click.option("--informal", is_flag=True, help="Write je instead of u.")
@click.option("--add", "staff_sentence", default="", help="One sentence of your own for the patient.")
@command
def draft(file: Path, pms: Path | None, as_json: bool, informal: bool, staff_sentence: str) -> None:
    """Draft a reply to the mail in FILE (.eml) and show what it rests on."""
    from server.commands.draft_file import draft_file, show_reply

    records = _json_file(pms) if pms else None
    reply = draft_file(file, records, _settings("ERROR"), informal=informal, staff_sentence=staff_sentence)
    click.echo(json.dumps(reply, ensure_ascii=False, indent=1) if as_json else show_reply(reply))


@main.command()
@click.argument("cases", required=False, type=click.Path(path_type=Path))
@click.option("--drafts", type=click.Path(path_type=Path), help="Judge these drafts instead of answering cases.")
@click.option(
    "--pms", required=True, type=click.Path(path_type=Path), help="The records that the set is judged against."
)
@click.option("--drafter", type=click.Choice(["template", "llm"]), default="template")
@click.option("--model-requests", type=click.Path(path_type=Path), help="Write each model request not yet answered.")
@click.option("--model-answers", type=click.Path(path_type=Path), help="Replay these answers of a model.")
@click.option("--model", "model_name", help="Ask this model (with --model-url), never taken from the environment.")
@click.option("--model-url", default="https://api.openai.com/v1", help="Its OpenAI-compatible endpoint.")
@command
def evaluate(
    cases: Path | None,
    drafts: Path | None,
    pms: Path,
    drafter: str,
    model_requests: Path | None,
    model_answers: Path | None,
    model_name: str | None,
    model_url: str,
) -> None:
    """Print a prediction for each case (or with --drafts a verdict for each draft), one JSON object a line."""
    from server.commands.evaluation import ModelChoice, evaluate_cases, evaluate_drafts

    if (cases is None) == (drafts is None):
        raise Failure("Give CASES.jsonl, or --drafts DRAFTS.jsonl, one of the two.")
    if model_name and drafter != "llm":
        raise Failure("--model asks a model, and that needs --drafter llm.")
    choice = ModelChoice(drafter, model_requests, model_answers, model_name, model_url)
    settings = _settings("ERROR")
    records = _json_file(pms)
    rows = evaluate_cases(cases, records, choice, settings) if cases else evaluate_drafts(drafts, records)
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


@main.command("load-pms")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "pharmacy_id", help="The pharmacy's id, when the file names none.")
@click.option("--organisation", default=None, help="Its organisation, when the file names none (sandbox: the demo's).")
@command
def load_pms(file: Path, pharmacy_id: str | None, organisation: str | None) -> None:
    """Load a pharmacy's records (JSON) into the embedded system. A second time changes nothing."""
    from server.connectors.pms.records_file import read_records
    from server.wiring import load_pharmacy

    given = {"id": pharmacy_id} if pharmacy_id else {}
    data = _json_file(file)
    read_records(data)  # whole, before anything is kept
    pharmacy, counts = load_pharmacy(_store(), data, **given, **_organisation(organisation))
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    click.echo(f"{pharmacy.id} (organisation {pharmacy.organisation_id}): {told}")


@main.group()
def pharmacy() -> None:
    """The pharmacies that this server answers for."""


@pharmacy.command("list")
@command
def pharmacy_list() -> None:
    """One a line: id, organisation, name, channel, mailboxes."""
    for one in _store().pharmacies.list():
        click.echo("\t".join([one.id, one.organisation_id, one.name, one.channel, ",".join(one.mailboxes)]))


@pharmacy.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@command
def pharmacy_add(file: Path) -> None:
    """Add the pharmacy that FILE (JSON, the "pharmacy" object of a PMS file) describes. Channel "plain" unless it says otherwise."""
    from server.connectors.pms.records_file import pharmacy_from_file

    data = _json_file(file)
    added = pharmacy_from_file(data if "pharmacy" in data else {"pharmacy": data}, **_organisation())
    _store().pharmacies.add(added)
    click.echo(f"Added {added.id} (organisation {added.organisation_id}).")


@pharmacy.command("set")
@click.argument("pharmacy_id")
@click.argument("assignments", nargs=-1, required=True, metavar="NAME=VALUE...")
@command
def pharmacy_set(pharmacy_id: str, assignments: tuple[str, ...]) -> None:
    """Change settings of a pharmacy: channel=secure phone="030 …" languages=nl,en formal=yes retention_days=30 …"""
    from server.commands.pharmacy_settings import changed

    services = _store()
    services.pharmacies.set(changed(services.pharmacies.get(pharmacy_id), assignments))
    click.echo(f"Changed {pharmacy_id}.")


@main.group()
def audit() -> None:
    """The log of everything done."""


@audit.command("verify")
@command
def audit_verify() -> None:
    """Check every chain; exit code 1 and a line a fault when an entry was changed, removed or re-ordered."""
    services = _store()
    faults = services.audit.verify()
    for fault in faults:
        click.echo(f"{fault.pharmacy_id}: entry {fault.seq}: {fault.what}", err=True)
    if faults:
        sys.exit(1)
    click.echo("The log is whole.")


@main.group()
def vault() -> None:
    """The keys that close what is kept."""


@vault.command("new-key")
def vault_new_key() -> None:
    """Print a new key for BALIE_KEYS (put it first; keep the old ones behind it, after a comma)."""
    from server.store.keyring import KeyRing

    click.echo(KeyRing.generate().text())


@vault.command("rotate")
@command
def vault_rotate() -> None:
    """Close everything anew under the active key. Safe to repeat; in the sandbox a fresh key is made first."""
    from server.wiring import rotate_keys

    counts = rotate_keys(_settings())
    click.echo(f"{counts.rewrapped} closed anew, {counts.already} were already under the active key.")


@vault.command("erase")
@click.argument("pharmacy_id")
@click.option("--patient", "patient_id", default="", help="The patient's id in the record system.")
@click.option("--address", default="", help="An e-mail address, for what strangers wrote from it.")
@click.confirmation_option(prompt="What is kept of this person can never be read again. Go on?")
@command
def vault_erase(pharmacy_id: str, patient_id: str, address: str) -> None:
    """Forget one person: destroy the key to all that is kept of them. The log stays whole."""
    from server.flows.erase_person import erase_person

    count = erase_person(_store(), pharmacy_id, patient_id=patient_id, address=address, by="command-line")
    click.echo("Erased." if count else "Nothing was kept of this person.")


@vault.command("purge")
@command
def vault_purge() -> None:
    """Forget what is older than each pharmacy keeps it (30 days unless set). Run it daily; every start does it too."""
    services = _store()
    purged = services.replies.purge_expired(services.now())
    click.echo(f"Forgot {purged.replies} replies, {purged.outcomes} outcomes, {purged.escalations} escalations.")
