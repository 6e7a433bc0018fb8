"""`python -m server …`: what a person types. Each command reads, calls one flow or store, and prints."""

import json
from pathlib import Path

import click

from server.commands.command_line import (
    Failure,
    command,
    open_own_store,
    own_organisation,
    read_json,
    read_settings_for,
)
from server.commands.keeping import audit, vault
from server.commands.rules import rulebook


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Balie: reply drafts for a pharmacy's mail."""


@main.command()
@click.option("--port", type=int, help="Port to listen on (default 8080, or PORT).")
@command
def run(port: int | None) -> None:
    """Serve the sandbox: the demo pharmacies, their inbox and the pane."""
    from server.commands.serve import serve

    serve(read_settings_for() if port is None else read_settings_for(PORT=port))


@main.command()
@command
def migrate() -> None:
    """Bring the database up to date."""
    from server.store.engine import migrate as bring_up_to_date
    from server.store.engine import open_database

    changed = bring_up_to_date(open_database(read_settings_for().database))
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

    records = read_json(pms) if pms else None
    reply = draft_file(file, records, read_settings_for("ERROR"), informal=informal, staff_sentence=staff_sentence)
    click.echo(json.dumps(reply, ensure_ascii=False, indent=1) if as_json else show_reply(reply))


@main.command("what-leaves")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pms", type=click.Path(path_type=Path), help="Patient records (JSON); without it the demo's.")
@click.option("--json", "as_json", is_flag=True, help="Print the exact text of each request.")
@command
def what_leaves(file: Path, pms: Path | None, as_json: bool) -> None:
    """Print what a model would be sent about the mail in FILE (.eml), or why nothing would be. Sends nothing."""
    from server.commands import what_leaves as shown

    read_settings_for("ERROR")
    leaving = shown.what_leaves(file, read_json(pms) if pms else None)
    click.echo(shown.leaving_json(leaving) if as_json else shown.show_leaving(leaving))


@main.command()
@click.argument("cases", required=False, type=click.Path(path_type=Path))
@click.option("--drafts", type=click.Path(path_type=Path), help="Judge these drafts instead of answering cases.")
@click.option(
    "--pms", required=True, type=click.Path(path_type=Path), help="The records that the set is judged against."
)
@click.option(
    "--drafter",
    type=click.Choice(["template", "llm"]),
    help="Whether a model takes part; with --model-requests or --model-answers it does.",
)
@click.option("--model-requests", type=click.Path(path_type=Path), help="Write each model request not yet answered.")
@click.option("--model-answers", type=click.Path(path_type=Path), help="Replay these answers of a model.")
@click.option("--model", "model_name", help="Ask this model (with --model-url), never taken from the environment.")
@click.option("--model-url", default="https://api.openai.com/v1", help="Its OpenAI-compatible endpoint.")
@command
def evaluate(
    cases: Path | None,
    drafts: Path | None,
    pms: Path,
    drafter: str | None,
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
    choice = ModelChoice(drafter or "", model_requests, model_answers, model_name, model_url)
    settings = read_settings_for("ERROR")
    records = read_json(pms)
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
    data = read_json(file)
    read_records(data)  # whole, before anything is kept
    pharmacy, counts = load_pharmacy(open_own_store(), data, **given, **own_organisation(organisation))
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    click.echo(f"{pharmacy.id} (organisation {pharmacy.organisation_id}): {told}")


@main.group()
def pharmacy() -> None:
    """The pharmacies that this server answers for."""


@pharmacy.command("list")
@command
def pharmacy_list() -> None:
    """One a line: id, organisation, name, channel, mailboxes."""
    for one in open_own_store().pharmacies.list():
        click.echo("\t".join([one.id, one.organisation_id, one.name, one.channel, ",".join(one.mailboxes)]))


@pharmacy.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@command
def pharmacy_add(file: Path) -> None:
    """Add the pharmacy that FILE (JSON, the "pharmacy" object of a PMS file) describes. Channel "plain" unless it says otherwise."""
    from server.connectors.pms.records_file import pharmacy_from_file

    data = read_json(file)
    added = pharmacy_from_file(data if "pharmacy" in data else {"pharmacy": data}, **own_organisation())
    open_own_store().pharmacies.add(added)
    click.echo(f"Added {added.id} (organisation {added.organisation_id}).")


@pharmacy.command("set")
@click.argument("pharmacy_id")
@click.argument("assignments", nargs=-1, required=True, metavar="NAME=VALUE...")
@command
def pharmacy_set(pharmacy_id: str, assignments: tuple[str, ...]) -> None:
    """Change settings of a pharmacy: channel=secure phone="030 …" languages=nl,en formal=yes retention_days=30 …"""
    from server.commands.pharmacy_settings import changed

    services = open_own_store()
    services.pharmacies.set(changed(services.pharmacies.get(pharmacy_id), assignments))
    click.echo(f"Changed {pharmacy_id}.")


main.add_command(audit)
main.add_command(vault)
main.add_command(rulebook)
