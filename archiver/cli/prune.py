"""`warraq prune`: what an archive can do without."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import click

from archiver.cli import _options
from archiver.cli._words import counted
from archiver.clock import now
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.database import DATABASE, Database
from archiver.store.lock import ArchiveLock
from archiver.store.prune import prune

DEFAULT_AGE = "90d"


@click.command()
@_options.archive
@click.option(
    "--older-than",
    type=_options.Duration(unit_needed=True),
    default=DEFAULT_AGE,
    show_default=True,
    help="Only what is older: 90d, 12w.",
)
@click.option("--apply", is_flag=True, help="Remove it; without this, it is only counted.")
@click.option(
    "--vacuum", is_flag=True, help="Then give the room back to the disk; needs as much again meanwhile."
)
@_options.quiet
@_options.as_json
def command(archive: Path, older_than: int, apply: bool, vacuum: bool, quiet: bool, as_json: bool) -> None:
    """Remove rows that say once more what their neighbours say: never a page, an article, or the only copy of anything.

    Of an unbroken row of tries of one address that came to the same, the first and the last stay.
    """
    if vacuum and (not apply or Database.of(archive).file is None):
        raise InputError("--vacuum goes with --apply, and is for SQLite: PostgreSQL does it by itself")
    if apply and not Database.of(archive).may_be_there():
        raise InputError(f"{archive}: no archive here (no {DATABASE})")
    opened = Archive.create_or_open(archive) if apply else Archive.open_for_reading(archive)
    try:
        found = prune(opened, now() - timedelta(seconds=older_than), apply=apply)
    finally:
        opened.close()
    if vacuum:
        _vacuum(archive)
    if as_json:
        told = {"archive": str(archive), "applied": apply, "tries": found.total(), "outcomes": dict(found)}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif not quiet:
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in found.most_common())
        done = "removed" if apply else "can go (nothing was removed; --apply removes what can)"
        click.echo(
            f"{archive}: {counted(found.total(), 'repeated try')} {done}{': ' if outcomes else ''}{outcomes}"
        )


def _vacuum(archive: Path) -> None:
    with (
        ArchiveLock(archive),
        closing(sqlite3.connect(archive / DATABASE, isolation_level=None)) as connection,
    ):
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
