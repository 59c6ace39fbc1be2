"""`warraq backup`: a consistent copy, also while a crawl runs."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console

from archiver.cli import _options
from archiver.cli._whole import need
from archiver.cli._words import counted
from archiver.store.backup import backup


@click.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="DEST")
@_options.archive
@_options.quiet
@_options.as_json
def command(target: Path, archive: Path, quiet: bool, as_json: bool) -> None:
    """Copy the archive into the folder DEST, also while a crawl runs.

    Again into the same folder, only what is new is copied. A damaged database is refused, and the last one's stays;
    damaged pages are copied and named, with exit code 1. The copy is an archive: `warraq verify --archive DEST`.
    """
    need("pages", archive, "back up")
    shown = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
    with shown.status("copying …") as status:
        copied = backup(archive, target, lambda words: status.update(f"copying … {words}"))
    if as_json:
        click.echo(
            json.dumps({"archive": str(archive), "backup": str(target), **asdict(copied)}, ensure_ascii=False)
        )
    elif not quiet:
        click.echo(
            f"{target}: {counted(copied.articles, 'article')}; the database ({copied.database:,} bytes) and "
            f"{counted(copied.warc_files, 'WARC file')} ({copied.warc:,} bytes, {copied.new:,} of them new)"
        )
    for damaged in copied.damaged:
        click.echo(f"warraq: {damaged}; it is damaged in the archive: see `warraq verify`", err=True)
    sys.exit(1 if copied.damaged else 0)
