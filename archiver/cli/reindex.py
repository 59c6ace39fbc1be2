"""`warraq reindex`: the full-text index made anew from the articles."""

from pathlib import Path

import click

from archiver.cli import _options
from archiver.cli._progress import indexing
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.database import DATABASE


@click.command()
@_options.archive
@_options.quiet
def command(archive: Path, quiet: bool) -> None:
    """Make the full-text index anew; for when `warraq verify` says it disagrees with the articles."""
    if not Archive.may_be_in(archive):
        raise InputError(f"{archive}: no archive here (no {DATABASE})")
    opened = Archive.create_or_open(archive)
    try:
        opened.fulltext.start_anew()
        total = left = opened.fulltext.pending()
        while done := opened.fulltext.catch_up():
            opened.commit()
            left -= done
            if not quiet:
                indexing(left)
    finally:
        opened.close()
    if not quiet:
        click.echo(f"{archive}: {total} articles are searchable")
