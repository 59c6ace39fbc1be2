"""`warraq export`: the articles a search finds, as a file for other programs."""

import sys
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from archiver.cli import _options
from archiver.cli._article import find, moment, site_asked
from archiver.cli._whole import need
from archiver.cli._words import are, counted
from archiver.errors import InputError
from archiver.export import FORMATS, Source, export, stream
from archiver.search import Query, search
from archiver.search.run import count_pending
from archiver.store import Archive
from archiver.urls import readable, start_address

STDOUT = Path("-")


@click.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="[DEST]", required=False)
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@_options.archive
@click.option(
    "--query", "text", default="", help="Only articles with these words, as `warraq search` finds them."
)
@click.option(
    "--url", "urls", multiple=True, help="Only the article of this address; as often as there are articles."
)
@click.option("--site", help="Only this site, as example.ly.")
@click.option("--section", help="Only this section: رياضة.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day or later.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day or before.")
@click.option("--author", help="Only by this author.")
@click.option("--stem", is_flag=True, help="Other forms of the words too: كتاب finds والكتاب.")
@click.option(
    "--no-text", is_flag=True, help="Metadata and addresses only: what may be shared under copyright."
)
@click.option("--overwrite", is_flag=True, help="Put it in the place of an earlier one.")
@_options.quiet
def command(
    target: Path | None,
    format_name: str,
    archive: Path,
    text: str,
    urls: tuple[str, ...],
    site: str | None,
    section: str | None,
    since: datetime | None,
    until: datetime | None,
    author: str | None,
    stem: bool,
    no_text: bool,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Write articles to the file or folder DEST, or with `-` to standard output.

    Without DEST it is called warraq-export, with the format's ending. A manifest (counts, digests, filters)
    stands beside it. Finding nothing is an answer like another: it says so, and exits 0. Pages that cannot be read
    back are named and left out of a WACZ, and the exit code is 1.
    """
    chosen = FORMATS[format_name]
    target = target or Path(f"warraq-export{chosen.suffix}")
    query = Query(text, site_asked(site), section, author, _day(since), _day(until), stem)
    if urls and query != Query():
        raise InputError("--url names the articles: leave the other filters away")
    if chosen.needs_text:
        need("pages", archive, "export them from")
    opened = Archive.open_for_reading(archive)
    try:
        shown = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
        only = tuple(dict.fromkeys(find(opened, start_address(url)) for url in urls)) if urls else None
        total = len(only) if only else search(opened.connection, query, sort="newest", limit=1).total
        with shown.status(f"{total:,} articles …") as status:
            source = Source(
                opened,
                query,
                only,
                with_text=not no_text,
                progress=lambda done: status.update(f"{done:,} of {total:,} articles …"),
            )
            if target == STDOUT:
                if chosen.needs_text and no_text:
                    raise InputError(f"{format_name} cannot be had with --no-text")
                stream(source, chosen, sys.stdout.buffer)
            else:
                export(source, chosen, target, overwrite=overwrite)
        pending = count_pending(opened.connection)
    finally:
        opened.close()
    _report(source, target, pending, quiet=quiet)
    sys.exit(1 if source.counts.left_out else 0)


def _report(source: Source, target: Path, pending: int, *, quiet: bool) -> None:
    """On standard error: the articles themselves may be on standard output."""
    counts = source.counts
    if pending:
        click.echo(
            f"warraq: {are(pending, 'article')} not searchable yet, and not in the export; the running crawl, the next "
            "one or `warraq reindex` sees to it",
            err=True,
        )
    for note, number in counts.notes.items():
        if number:
            click.echo(f"warraq: {number} {note}: they are written whole", err=True)
    for page in counts.left_out:
        click.echo(
            f"warraq: {readable(page.url)}: its page of {moment(page.fetched_at)} is left out: {page.why}",
            err=True,
        )
    if not counts.articles:
        click.echo("warraq: nothing found: the export is empty", err=True)
    elif not quiet:
        dates = f", {counts.earliest} to {counts.latest}" if counts.earliest else ""
        undated = f", {counts.undated:,} without a date" if counts.undated else ""
        less = f", {counted(len(counts.left_out), 'page')} left out" if counts.left_out else ""
        of = f"{counted(counts.articles, 'article')} of {counted(len(counts.sites), 'site')}"
        click.echo(f"{target}: {of}{dates}{undated}{less}", err=True)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
