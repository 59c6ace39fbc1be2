"""`warraq search`: the articles with these words, as a page of hits."""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from archiver.cli import _options
from archiver.cli._article import clock, site_asked
from archiver.cli._words import are
from archiver.search import LIMIT, MAX_LIMIT, SORTS, Count, Hit, Page, Part, Query, search
from archiver.store import Archive
from archiver.urls import readable

MARK = "bold reverse"
SHOWN_FACETS = 8


class Search(click.Command):
    """Says of a word that begins with a hyphen, and was taken for an option, how it is written."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        word = next(
            (each for each in args if each[:1] == "-" and not each.isascii() and "=" not in each), None
        )
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption:
            if word is None:
                raise
            raise click.UsageError(
                f"{word}: words of which one begins with a hyphen stand behind --, after the options", ctx
            ) from None


@click.command(cls=Search)
@click.argument("text", nargs=-1)
@_options.archive
@click.option("--site", help="Only this site, as example.ly.")
@click.option("--section", help="Only this section: رياضة.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day or later.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day or before.")
@click.option("--author", help="Only by this author.")
@click.option("--stem", is_flag=True, help="Other forms of the words too: كتاب finds والكتاب.")
@click.option("--sort", type=click.Choice(SORTS), help="Without words newest, else relevance.")
@click.option(
    "--limit", type=click.IntRange(1, MAX_LIMIT), default=LIMIT, show_default=True, help="Hits shown."
)
@click.option("--after", help="The next page: what the last one printed as its end.")
@_options.as_json
def command(
    text: tuple[str, ...],
    archive: Path,
    site: str | None,
    section: str | None,
    since: datetime | None,
    until: datetime | None,
    author: str | None,
    stem: bool,
    sort: str | None,
    limit: int,
    after: str | None,
    as_json: bool,
) -> None:
    """Search the archive's articles: words, "phrases", beginnings*, AND, OR, NOT, ( ).

    Where the first word has a hyphen before it, the words stand behind --, after the options:
    warraq search -- '-تونس ليبيا'.

    Finding nothing is an answer like another: it says so, and exits 0.
    """
    query = Query(" ".join(text), site_asked(site), section, author, _day(since), _day(until), stem)
    opened = Archive.open_for_reading(archive)
    try:
        page = search(opened.connection, query, sort=sort, limit=limit, after=after, facets=True)  # type: ignore[arg-type]
    finally:
        opened.close()
    if as_json:
        click.echo(json.dumps(asdict(page), ensure_ascii=False))
    else:
        _print(page, Console(highlight=False, soft_wrap=not sys.stdout.isatty()))
    if page.pending:
        click.echo(
            f"warraq: {are(page.pending, 'article')} not searchable yet; the running crawl, the next one or "
            "`warraq reindex` sees to it",
            err=True,
        )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _print(page: Page, console: Console) -> None:
    if not page.total:
        console.print("nothing found")
        return
    for hit in page.hits:
        _print_hit(hit, console)
    shown = f"{len(page.hits)} of {page.total:,}" if len(page.hits) < page.total else f"{page.total:,}"
    console.print(Text(f"{shown} {'article' if page.total == 1 else 'articles'}", style="bold"))
    about = "" if page.exact else "about "
    for name, values in page.facets.items():
        if values:
            console.print(Text(f"{name}: {_counts(values[:SHOWN_FACETS], about)}", style="dim"))
    months = page.histogram[-SHOWN_FACETS:]
    if months:
        earlier = sum(each.articles for each in page.histogram[:-SHOWN_FACETS])
        before = f"earlier {earlier:,} · " if earlier else ""
        undated = f" · no date {page.undated:,}" if page.undated else ""
        console.print(Text(f"month: {before}{_counts(months, '')}{undated}", style="dim"))
    if page.next:
        console.print(Text(f"more: --after {page.next}", style="dim"))


def _print_hit(hit: Hit, console: Console) -> None:
    console.print(_marked(hit.title_parts, "bold") if hit.title else Text("(no title)", style="bold"))
    line = [hit.site, clock(hit.published_at) if hit.published_at else "no date", hit.section or ""]
    console.print(Text(" · ".join(each for each in line if each), style="cyan"))
    if hit.snippet:
        console.print(_marked(hit.snippet, ""))
    console.print(Text(readable(hit.url), style="dim"))
    console.print()


def _marked(parts: tuple[Part, ...], style: str) -> Text:
    """The parts as one text; off a terminal, where nothing can be coloured, marks are brackets."""
    colour = sys.stdout.isatty()
    shown = Text(style=style)
    for part in parts:
        text = " ".join(part.text.split("\n"))
        shown.append(text if colour or not part.marked else f"[{text}]", style=MARK if part.marked else "")
    return shown


def _counts(values: tuple[Count, ...], about: str) -> str:
    return " · ".join(f"{each.value} {about}{each.articles:,}" for each in values)
