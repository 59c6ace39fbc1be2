"""`warraq verify`: whether the archive is what it says."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console

from archiver.cli import _options
from archiver.cli._whole import need
from archiver.cli._words import counted
from archiver.store import Archive
from archiver.store.verify import Checked, verify


@click.command()
@_options.archive
@_options.quiet
@_options.as_json
def command(archive: Path, quiet: bool, as_json: bool) -> None:
    """Check rows against snapshots, digests and WARC structure; exit 1 where anything is wrong.

    What a killed run left undone is named, and is nothing wrong: the next run does it. Of an older Warraq's archive the
    database and the pages are checked.
    """
    need("pages", archive, "verify")
    opened = Archive.open_for_reading(archive, older=True)
    checked = Checked()
    terminal = sys.stderr.isatty()
    try:
        shown = Console(stderr=True, quiet=quiet or not terminal)
        with shown.status("checking …") as status:
            problems = list(verify(opened, checked, lambda n: status.update(f"checking … {n} snapshots")))
    finally:
        opened.close()
    if as_json:
        click.echo(
            json.dumps(
                {"archive": str(archive), **asdict(checked), "problems": [asdict(p) for p in problems]},
                ensure_ascii=False,
            )
        )
    else:
        for problem in problems:
            click.echo(f"warraq: {problem.where}: {problem.what}", err=True)
        if not quiet:
            for left in checked.left:
                click.echo(f"left undone, for the next run to mend: {left}")
            click.echo(
                f"{archive}: {counted(checked.articles, 'article')}, {counted(checked.snapshots, 'snapshot')} in "
                f"{counted(checked.warc_files, 'WARC file')} ({counted(checked.bytes, 'byte')}): "
                f"{counted(len(problems), 'problem') if problems else 'no problems'}"
            )
    sys.exit(1 if problems else 0)
