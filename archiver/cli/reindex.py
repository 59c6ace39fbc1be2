"""`warraq reindex`: the full-text index made anew from the articles."""

from pathlib import Path

import click

from archiver.cli import _options
from archiver.cli._progress import indexing
from archiver.cli._words import are
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.database import DATABASE


@click.command()
@_options.archive
@click.option(
    "--compact", is_flag=True, help="Only bring the pieces of the index together, for faster search."
)
@_options.quiet
def command(archive: Path, compact: bool, quiet: bool) -> None:
    """Make the full-text index anew; for when `warraq verify` says it disagrees with the articles."""
    if not Archive.may_be_in(archive):
        raise InputError(f"{archive}: no archive here (no {DATABASE})")
    opened = Archive.create_or_open(archive)
    try:
        if not compact:
            opened.fulltext.start_anew()
        left = opened.fulltext.pending()
        while done := opened.fulltext.catch_up():
            opened.commit()
            left -= done
            if not quiet:
                indexing(left)
        opened.fulltext.compact()
        total = opened.fulltext.size()
        opened.commit()
    finally:
        opened.close()
    if not quiet:
        click.echo(f"{archive}: {are(total, 'article')} searchable")
