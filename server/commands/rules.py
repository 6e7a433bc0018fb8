"""`python -m server rulebook …`: rules that a pharmacy changes are tried before they count."""

import sys
from pathlib import Path

import click

from server.commands.command_line import command, read_json, read_settings_for


@click.group()
def rulebook() -> None:
    """The content: triggers, intents, statements, phrases, thresholds."""


@rulebook.command("try")
@click.argument("folder", metavar="CHANGED_DIR", type=click.Path(path_type=Path))
@click.option("--on", "cases", required=True, type=click.Path(path_type=Path), help="Mails to try it on (JSON lines).")
@click.option("--pms", type=click.Path(path_type=Path), help="Their records; without it pms.json beside the mails.")
@command
def rulebook_try(folder: Path, cases: Path, pms: Path | None) -> None:
    """Say which mails would change route, intent or draft if the files in CHANGED_DIR took the place of the shipped ones
    of the same name. Exit code 1 when the change would lower the safety floor or fails its own tests."""
    from server.commands.rulebook_trial import run_trial, show_trial

    read_settings_for("ERROR")
    trial = run_trial(folder, cases, read_json(pms or cases.parent / "pms.json"))
    click.echo(show_trial(trial))
    if trial.refused:
        sys.exit(1)
