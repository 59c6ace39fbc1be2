"""`warraq crawl`: sites' addresses in, an archive out. The options are here, what they ask for is in `_crawl.py`."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from archiver.bounds import Bounds
from archiver.cli import _options
from archiver.errors import InputError
from archiver.urls import start_address
from spiders.readers import reading_processes

DAY = click.DateTime(["%Y-%m-%d"])
BOUNDS = ("limit", "since", "until", "section", "max_runtime", "max_pages", "max_depth")


@click.command()
@click.argument("urls", nargs=-1, metavar="URL...")
@_options.archive
@click.option("--all", "every", is_flag=True, help="Every site of the archive.")
@click.option(
    "--due", is_flag=True, help="Those sites of the archive whose time has come: see docs/incremental.md."
)
@click.option("--limit", type=click.IntRange(1), help="Articles per site, at the most.")
@click.option("--since", type=DAY, help="Only articles published on or after this day (2023-05-30).")
@click.option("--until", type=DAY, help="Only articles published on or before this day.")
@click.option("--section", help="Only this section: its name, its part of an article's address, or its page.")
@click.option("--max-runtime", type=_options.Duration(), help="Stop after this long: seconds, 30m, 2h.")
@click.option("--max-pages", type=click.IntRange(1), help="Requests per site, at the most.")
@click.option("--max-depth", type=click.IntRange(1), help="Links from the front page, at the most (10000).")
@click.option("--delay", type=click.FloatRange(0), help="Seconds between requests, for a site of one's own.")
@click.option(
    "--concurrency", type=click.IntRange(1, 64), help="Connections per site, for a site of one's own."
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    envvar="WARRAQ_PROCESSES",
    show_envvar=True,
    help="Processes that read pages (as many as cores, four at the most).",
)
@click.option("--contact", help="Your mail address or page, named in the user agent; kept for later runs.")
@click.option("--expect-new", is_flag=True, help="Exit 4 when nothing new was found.")
@click.option(
    "--output",
    "-O",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write this run's items there: .jsonl, .json or .csv.",
)
@click.option("--set", "-s", "settings", multiple=True, metavar="KEY=VALUE", help="A setting of Scrapy's.")
@_options.log_file
@_options.log_format
@_options.quiet
@_options.as_json
def command(urls: tuple[str, ...], every: bool, due: bool, **options: Any) -> None:
    """Archive news sites, each from its address alone; run again, only what is new is fetched."""
    if bool(urls) + every + due != 1:
        raise InputError("give the sites' URLs (https://example.ly), or --all, or --due: one of the three")
    for url in urls:
        start_address(url)  # refuses what is no address before anything is opened
    bounds = {name: _day_of(options.pop(name)) for name in BOUNDS}
    Bounds.parsed(**bounds)
    pool = reading_processes(options.pop("processes"))
    if urls:
        pool.launch()  # they load what they need while it is loaded here too, which takes as long
    try:
        from archiver.cli._crawl import run

        code = run(urls, bounds, pool, every=every, due=due, **options)
    finally:
        pool.end()
    sys.exit(code)


def _day_of(value: Any) -> Any:
    """A bound as `Bounds` takes it: a day where the option gave midnight of one."""
    return value.date() if isinstance(value, datetime) else value
