"""What a crawl shows on a terminal while it runs, and the table it ends with."""

import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from archiver.cli._words import are, counted

SITE = 16  # characters of a site's name that are not broken, on a terminal of eighty
UNREAD = ("parse_error", "parse_limit")
NEEDS_A_PERSON = (
    "blocked",
    "http_error",
    "dns_error",
    "connection_error",
    "timeout",
    "too_large",
    "broken_response",
    "parse_error",
    "parse_limit",
    "rate_limited",
    "robots_denied",
    "trap",
    "soft_404",
    "gone",
    "out_of_range",
    "out_of_section",
)


def indexing(left: int) -> None:
    """Says on a terminal how many articles an upgrade has still to make searchable."""
    if sys.stderr.isatty():
        click.echo(
            f"\rmaking the archive searchable: {counted(left, 'article')} to go ", nl=not left, err=True
        )


class CrawlProgress:
    """A line a site: counts, rate, queue; redrawn in place. Nothing where there is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._shown = self._console.is_terminal and not quiet
        self._started = time.monotonic()
        self.seconds = 0.0

    @contextmanager
    def over(self, crawler: Any) -> Iterator[None]:
        """Shows the crawler's progress while the block runs."""
        try:
            if not self._shown:
                yield
                return
            with Live(
                get_renderable=lambda: self._table(crawler),
                console=self._console,
                refresh_per_second=4,
                transient=True,
            ):
                yield
        finally:
            self.seconds = time.monotonic() - self._started

    def _table(self, crawler: Any) -> Table | Text:
        crawl = getattr(crawler.spider, "crawl", None)
        if crawl is None:
            return Text("starting …")
        seconds = max(0.1, time.monotonic() - self._started)
        table = Table(box=None, pad_edge=False)
        for heading in ("site", "articles", "new", "pages", "pages/s", "under way", "errors", ""):
            table.add_column(heading, justify="left" if heading in ("site", "") else "right")
        for site in list(crawl.sites.values()):
            now = next(iter(list(site.open_rows.values())), None)
            table.add_row(
                site.name,
                str(site.articles),
                str(site.new_articles),
                str(site.fetched),
                f"{site.fetched / seconds:.1f}",
                str(len(site.open_rows)),
                str(site.failures),
                Text(now.url_key if now else "", overflow="ellipsis", no_wrap=True),
            )
        return table


def _words_of(name: str, site: dict[str, Any], *, is_known: bool, quiet: bool) -> Iterator[str]:
    """What is said of a site beside its line in the table; with `quiet`, only what needs a person."""
    if (site["error"] or site["blocked"]) and not (quiet and is_known):
        yield f"blocked by a challenge page ({site['blocked']})" if site["blocked"] else site["error"]
    if unread := sum(site["outcomes"].get(outcome, 0) for outcome in UNREAD):
        yield (
            f"{are(unread, 'page')} kept and could not be read; once the parser is mended, "
            f"`warraq reparse --site {name}` reads again"
        )
    if site["nothing"]:
        yield site["nothing"]
    elif site["left_out"] and not site["articles"] and not quiet:
        yield site["left_out"]
    if site["rests_until"] and not quiet:
        until = f"{site['rests_until'][:16].replace('T', ' ')} UTC"
        yield f"asks to be left alone until {until}; what is left is for a later run"


def closing_table(
    summary: dict[str, Any],
    *,
    seconds: float,
    quiet: bool,
    failed: bool,
    known: Collection[str] = (),
) -> None:
    """The table a crawl ends with, on standard error; with `quiet` only the sites that failed, without
    those `known` to have failed before.
    """
    for name, site in summary["sites"].items():
        for said in _words_of(name, site, is_known=name in known, quiet=quiet):
            click.echo(f"warraq: {name}: {said}", err=True)
    if quiet:
        return
    console = Console(stderr=True, highlight=False)
    table = Table(title=f"{summary['archive']}: {summary['result']} in {seconds:.0f} s")
    longest = max(map(len, summary["sites"]), default=0)
    table.add_column("site", overflow="fold", min_width=min(longest, SITE))
    for heading in ("articles", "new", "changed", "pages", "left"):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("what else came", overflow="fold")
    for name, site in summary["sites"].items():
        others = "\n".join(
            f"{count} {outcome}" for outcome, count in site["outcomes"].items() if outcome in NEEDS_A_PERSON
        )
        table.add_row(
            name,
            str(site["articles"]),
            str(site["new_articles"]),
            str(site["changed_articles"]),
            str(site["fetched"]),
            str(site["pending"]),
            others,
        )
    console.print(table)
    copies = summary.get("copies", {})
    if copies.get("links") or copies.get("left"):
        left = (
            f"; {counted(copies['left'], 'article')} left to compare: `warraq copies --update`"
            if copies["left"]
            else ""
        )
        console.print(f"copies: {counted(copies['links'], 'link')} among articles that share text{left}")
    if not failed and (said := _words_of_left(summary["sites"].values())):
        console.print(said)


def _words_of_left(sites: Collection[dict[str, Any]]) -> str:
    """What becomes of that which is left; what was refused is not asked for again at once."""
    refused = sum(site["refused"] for site in sites)
    sentences = []
    if sum(site["pending"] for site in sites) > refused:
        sentences.append("What is left is kept: the same command goes on from here.")
    if refused:
        sentences.append(f"What was refused ({refused}) is asked for again once a day has passed.")
    return " ".join(sentences)
