"""`warraq reparse`: every extracted row built again from the snapshots."""

import asyncio
import json
import os
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from archiver.cli import _options
from archiver.cli._article import site_named
from archiver.cli._progress import indexing
from archiver.cli._whole import need
from archiver.cli._words import counted
from archiver.dedupe import update
from archiver.errors import InputError
from archiver.reparse import Change, reparse
from archiver.sites.profile import load_all
from archiver.store import Archive
from archiver.store.archive import WARC_FOLDER
from archiver.store.database import DATABASE
from archiver.urls import readable

SHOWN = 120  # characters of a value


@click.command()
@_options.archive
@click.option("--site", help="Only this site.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only pages fetched on or after this day.")
@click.option("--dry-run", is_flag=True, help="Print what would change, field by field; write nothing.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="all cores"
)
@_options.quiet
@_options.as_json
def command(
    archive: Path,
    site: str | None,
    since: datetime | None,
    dry_run: bool,
    processes: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read archived pages again with today's parser, without the network.

    These are the pages of articles, and those that ended as other_page, gallery, soft_404, parse_error, parse_limit
    or recovered: of a database that is lost, and is built anew, all pages in the order in which they came. Listings,
    feeds, sitemaps, and what --since, --until or --section left out of a crawl are not among them: a later crawl
    asks for these.
    """
    need("pages", archive, "re-parse")
    load_all()
    is_lost = not Archive.may_be_in(archive)
    if is_lost and (dry_run or not any((archive / WARC_FOLDER).glob("*.warc.gz"))):
        raise InputError(f"{archive}: no archive here (no {DATABASE})")
    if is_lost and not quiet:
        click.echo(f"warraq: {archive}: no {DATABASE}; building one from the WARC files", err=True)
    opened = (
        Archive.open_for_reading(archive) if dry_run else Archive.create_or_open(archive, indexing=indexing)
    )
    arguments = {"site": site, "since": since.date().isoformat() if since else None}
    try:
        name = site_named(opened, site) if site else None
        run = None if dry_run else opened.start_run("reparse", arguments)
        counts = asyncio.run(_all(opened, name, since, dry_run, processes, quiet=quiet or as_json))
        if run is not None:
            update(opened)  # a body that reads differently now may be a copy of others
        code = 1 if counts["failed"] or counts["lost"] else 0
        if run is not None:
            opened.end_run(run, "done", code, dict(counts))
    finally:
        opened.close()
    if as_json:
        click.echo(json.dumps({"archive": str(archive), "dry_run": dry_run, **counts}, ensure_ascii=False))
    elif not quiet:
        would = "would be " if dry_run else ""
        click.echo(
            f"{archive}: {counted(sum(counts.values()), 'page')} read again: "
            f"{counted(counts['same'], 'article')} the same, "
            f"{counts['changed']} {would}changed, {counts['added']} {would}added, "
            f"{counts['not_article']} still not an article, {counts['lost']} not one any more, "
            f"{counts['failed']} failed"
        )
    sys.exit(code)


async def _all(
    archive: Archive, site: str | None, since: datetime | None, dry_run: bool, processes: int, *, quiet: bool
) -> Counter[str]:
    counts: Counter[str] = Counter(same=0, changed=0, added=0, not_article=0, lost=0, failed=0)
    with Console(stderr=True, quiet=quiet or not sys.stderr.isatty()).status("reading …") as status:
        changes = reparse(
            archive,
            site=site,
            since=since.date() if since else None,
            dry_run=dry_run,
            processes=processes,
            done=lambda n: status.update(f"reading … {n} pages"),
        )
        async for change in changes:
            counts[change.result] += 1
            _report(change, dry_run=dry_run, quiet=quiet)
    return counts


def _report(change: Change, *, dry_run: bool, quiet: bool) -> None:
    if change.result in ("failed", "lost"):
        click.echo(f"warraq: {readable(change.url)}: {change.result}: {change.detail}", err=True)
    elif dry_run and not quiet and change.result in ("changed", "added"):
        click.echo(f"{readable(change.url)}: {change.result}")
        for field, (old, new) in change.fields.items():
            click.echo(f"  {field}:\n    - {_short(old)}\n    + {_short(new)}")


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"
