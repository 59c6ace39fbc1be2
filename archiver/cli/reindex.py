"""`warraq reindex`: the full-text index made anew from the articles."""

import sys
from pathlib import Path

import click
from rich.console import Console

from archiver.cli import _options
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
        total = opened.fulltext.pending()
        shown = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
        with shown.status("indexing …") as status:
            while left := opened.fulltext.pending():
                opened.commit()
                status.update(f"indexing … {total - left} of {total} articles")
    finally:
        opened.close()
    if not quiet:
        click.echo(f"{archive}: {total} articles are searchable")
