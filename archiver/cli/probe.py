"""`warraq probe`: what a page was taken for, and where every value came from."""

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import unquote

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archiver.article import Article, ArticleWarning
from archiver.cli._fetch import as_plain, fetched_at_option, page_argument, page_from, url_option
from archiver.extract import Reading, read_page
from archiver.page import Page
from archiver.sites.profile import Profile, profile_for

T = TypeVar("T")
SHORT = 160  # characters of a value or raw text
ADDRESSES = frozenset({"url", "canonical_url", "breadcrumbs", "images", "see_also"})


@click.command()
@page_argument
@url_option
@fetched_at_option
@click.option("--full", is_flag=True, help="Print values and raw texts whole.")
def command(source: str, url: str | None, fetched_at: str | None, full: bool) -> None:
    """Show what Warraq makes of FILE, URL, or standard input (-).

    Verdict and evidence, theme, every field with its winner and the losers that contradicted it,
    and the milliseconds each stage took.
    """
    page = page_from(source, url, fetched_at)
    reading, profile, spent = timed_reading(page)
    console = Console(highlight=False)
    if console.is_terminal:
        _draw(console, page, reading, profile, spent, full)
    else:
        for line in plain_lines(page, reading, profile, spent, full):
            click.echo(line)


def timed_reading(page: Page) -> tuple[Reading, Profile, dict[str, float]]:
    """The reading, the profile it was read with, and {stage: milliseconds} of a second, warm reading."""
    read_page(_again(page))  # the first reading of a process compiles patterns and loads tables
    fresh, spent = _again(page), {}
    spent["decode"], _ = _clock(lambda: fresh.encoding)
    spent["parse"], _ = _clock(lambda: fresh.root)
    spent["recognise"], profile = _clock(lambda: profile_for(fresh))
    spent["read"], reading = _clock(lambda: read_page(fresh, profile))
    return reading, profile, {**spent, "total": sum(spent.values())}


def plain_lines(
    page: Page, reading: Reading, profile: Profile, spent: dict[str, float], full: bool = False
) -> Iterator[str]:
    """The probe as lines of text, one fact a line: ``field<TAB>value<TAB>source<TAB>locator<TAB>raw``."""
    for name, value in _facts(page, reading, profile, spent):
        yield f"{name}\t{value}"
    for row in field_rows(reading.article, full):
        yield "\t".join(row[:5])
        for loser in row[5:]:
            yield f"\t! {loser}"
    for warning in _other_warnings(reading.article):
        yield f"warning\t{warning.code}\t{_cut(warning.detail, full)}"


def field_rows(article: Article, full: bool = False) -> Iterator[tuple[str, ...]]:
    """Every field: name, value, source, locator, raw text, then its own warnings."""
    item = article.to_dict()
    for name in item:
        if name in ("provenance", "warnings", "parser", "body"):
            continue
        source = article.provenance.get("body" if name == "blocks" else name)
        where = (source.source, source.locator, _cut(source.raw, full)) if source else ("", "", "")
        losers = (f"{each.code}: {_cut(each.detail, full)}" for each in _own_warnings(article, name))
        yield name, _value(name, item[name], full), *where, *losers


def _again(page: Page) -> Page:
    return Page(page.body, page.url, fetched_at=page.fetched_at, headers=page.headers, hints=page.hints)


def _clock(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return (time.perf_counter() - started) * 1000, done


def _facts(
    page: Page, reading: Reading, profile: Profile, spent: dict[str, float]
) -> Iterator[tuple[str, str]]:
    yield "page", unquote(page.url)
    yield "verdict", reading.verdict.kind
    for sign in reading.verdict.evidence:
        yield "evidence", sign
    yield "profile", profile.name
    yield "encoding", page.encoding
    yield "size", f"{len(page.body):,} bytes, {len(page.elements):,} elements"
    yield "ms", ", ".join(f"{stage} {ms:.1f}" for stage, ms in spent.items())


def _value(name: str, value: Any, full: bool) -> str:
    if name == "blocks" and value:
        return _cut(f"{len(value)} blocks: " + " ¶ ".join(each["text"] for each in value), full)
    text = as_plain(value)
    return _cut(unquote(text) if name in ADDRESSES else text, full)


def _own_warnings(article: Article, name: str) -> list[ArticleWarning]:
    """The warnings that speak of one field: their code begins as its name does."""
    begin = {"blocks": "body"}.get(name, name).split("_")[0]
    return [each for each in article.warnings if each.code.split("_")[0] == begin]


def _other_warnings(article: Article) -> list[ArticleWarning]:
    owned = [warning for name in article.to_dict() for warning in _own_warnings(article, name)]
    return [each for each in article.warnings if each not in owned]


def _cut(text: str, full: bool) -> str:
    text = " ".join(text.split())
    return text if full or len(text) <= SHORT else f"{text[:SHORT]}…"


def _draw(
    console: Console, page: Page, reading: Reading, profile: Profile, spent: dict[str, float], full: bool
) -> None:
    """The probe in two columns; the terminal itself sets Arabic from right to left."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _facts(page, reading, profile, spent):
        table.add_row(Text(name, style="dim"), Text(value))
    table.add_row()
    for name, value, source, locator, raw, *losers in field_rows(reading.article, full):
        table.add_row(name, Text(value))
        if source:
            shown = "" if raw == value else f"  ‹{raw}›"
            table.add_row("", Text.assemble((f"{source} ", "cyan"), (f"{locator}{shown}", "dim")))
        for loser in losers:
            table.add_row("", Text(f"! {loser}", style="yellow"))
    for warning in _other_warnings(reading.article):
        table.add_row(Text("warning", style="yellow"), Text(f"{warning.code}: {_cut(warning.detail, full)}"))
    console.print(table)
