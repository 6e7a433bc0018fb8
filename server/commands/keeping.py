"""`python -m server audit …` and `vault …`: the log of everything done, and the keys that close what is kept."""

import sys

import click

from server.commands.command_line import command, open_own_store, read_settings_for


@click.group()
def audit() -> None:
    """The log of everything done."""


@audit.command("verify")
@command
def audit_verify() -> None:
    """Check every chain; exit code 1 and a line a fault when an entry was changed, removed or re-ordered."""
    services = open_own_store()
    faults = services.audit.verify()
    for fault in faults:
        click.echo(f"{fault.pharmacy_id}: entry {fault.seq}: {fault.what}", err=True)
    if faults:
        sys.exit(1)
    click.echo("The log is whole.")


@click.group()
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

    counts = rotate_keys(read_settings_for())
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

    count = erase_person(open_own_store(), pharmacy_id, patient_id=patient_id, address=address, by="command-line")
    click.echo("Erased." if count else "Nothing was kept of this person.")


@vault.command("purge")
@command
def vault_purge() -> None:
    """Forget what is older than each pharmacy keeps it (30 days unless set). Run it daily; every start does it too."""
    services = open_own_store()
    purged = services.replies.purge_expired(services.now())
    click.echo(f"Forgot {purged.replies} replies, {purged.outcomes} outcomes, {purged.escalations} escalations.")
