"""`warraq show`: an article as a reader sees it, as JSON, or its page byte for byte."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import select

from archiver.cli import _options
from archiver.cli._article import DOING, find, moment, removed, say_removed, version_of
from archiver.cli._whole import need
from archiver.cli._words import counted
from archiver.diff import changes
from archiver.errors import InputError
from archiver.export.schema_org import news_article
from archiver.payload import PayloadError
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.reading import article_item, further_pages, kept_as, versions_of
from archiver.urls import identity, readable, start_address

ONE_OF = (
    ("--raw", "--outcomes", "--versions", "--json-ld"),
    ("--raw", "--json"),
    ("--version", "--outcomes"),
    ("--version", "--versions"),
)
"""Each is another answer."""


@click.command()
@click.argument("url")
@_options.archive
@click.option("--raw", is_flag=True, help="The page as it was served, byte for byte.")
@click.option(
    "--outcomes", is_flag=True, help="Every try at this address, or at this site, and what came of it."
)
@click.option("--provenance", is_flag=True, help="Where every field came from.")
@click.option("--version", "number", type=click.IntRange(1), help="As this version had it.")
@click.option(
    "--page", type=click.IntRange(1), help="With --raw: this page of a story over several; 1 is the first."
)
@click.option("--versions", is_flag=True, help="Every version: when, whose doing, which fields.")
@click.option("--json-ld", is_flag=True, help="As schema.org NewsArticle, in JSON-LD.")
@_options.as_json
def command(
    url: str,
    archive: Path,
    raw: bool,
    outcomes: bool,
    provenance: bool,
    number: int | None,
    page: int | None,
    versions: bool,
    json_ld: bool,
    as_json: bool,
) -> None:
    """Show what the archive keeps of an address."""
    _check({
        "--raw": raw, "--outcomes": outcomes, "--versions": versions, "--json-ld": json_ld, "--json": as_json,
        "--version": number is not None,
    })  # fmt: skip
    if page is not None and not raw:
        raise InputError("--page goes with --raw")
    if raw:
        need("pages", archive, "have it from")
    if outcomes:
        need("outcomes", archive, "ask")
    opened = Archive.open_for_reading(archive)
    try:
        address = start_address(url)
        if outcomes:
            _print_outcomes(opened, address, as_json)
        elif raw:
            sys.stdout.buffer.write(_payload(opened, address, number, page))
            sys.stdout.buffer.flush()
        elif versions:
            _print_versions(opened, address, as_json)
        else:
            article = find(opened, address)
            item = version_of(opened, article, number) if number else article_item(opened.connection, article)
            kept, gone = kept_as(opened.connection, article, number), removed(opened, article)
            if json_ld:
                click.echo(json.dumps(_json_ld(opened, article, item), ensure_ascii=False))
            elif as_json:
                click.echo(json.dumps({**item, **kept, **gone}, ensure_ascii=False))
            else:
                _print_article(item, kept, with_provenance=provenance)
                if gone:
                    click.echo(f"! {say_removed(gone)}")
    finally:
        opened.close()


def _check(given: dict[str, bool]) -> None:
    """Raises `InputError` where two answers are asked for at once."""
    for group in ONE_OF:
        asked = [name for name in group if given[name]]
        if len(asked) > 1:
            raise InputError(f"{' and '.join(asked)} do not go together")


def _json_ld(archive: Archive, article: int, item: dict[str, Any]) -> dict[str, Any]:
    a = t.ArticleRow
    return news_article(
        item, fetched_at=archive.connection.scalar(select(a.fetched_at).where(a.id == article))
    )


def _print_versions(archive: Archive, address: str, as_json: bool) -> None:
    article = find(archive, address)
    found = versions_of(archive.connection, article)
    item: dict[str, Any] = {}
    for each in found:
        before, item = item, version_of(archive, article, each["number"])
        each["changed"] = [change.field for change in changes(before, item)] if before else []
    gone = removed(archive, article)
    if as_json:
        click.echo(json.dumps({"url": address, "versions": found, **gone}, ensure_ascii=False))
        return
    for each in found:
        fields = f": {', '.join(each['changed'])}" if each["changed"] else ""
        click.echo(
            f"{each['number']}  {moment(each['fetched_at'])}  {each['parser']}  {DOING[each['cause']]}{fields}"
        )
    if gone:
        click.echo(say_removed(gone))


def _payload(archive: Archive, address: str, number: int | None, page: int | None) -> bytes:
    """The newest page kept of the address, or that of a version of its article; or one of its further pages. Redirects
    and errors are pages only where there is nothing better.
    """
    s, v = t.Snapshot, t.ArticleVersion
    query = (
        select(s.id)
        .where(s.url_key == identity(address))
        .order_by((s.status.in_((200, 304))).desc(), s.id.desc())
    )
    if number is not None:
        article = find(archive, address)
        query = select(v.snapshot_id).where(v.article_id == article, v.number == number)
        version_of(archive, article, number)
    snapshot = archive.connection.scalar(query.limit(1))
    if page is not None and page > 1:
        pages = further_pages(archive.connection, find(archive, address), number)
        if page > len(pages) + 1:
            raise InputError(f"--page {page}: it stands on {counted(len(pages) + 1, 'page')}")
        snapshot = pages[page - 2]
    if snapshot is None:
        raise InputError(f"{readable(address)}: no snapshot of this address in {archive.folder}")
    record = archive.page_of(snapshot)
    try:
        return record.payload
    except PayloadError as error:
        click.echo(f"warraq: {readable(address)}: {error}; these are the bytes as they were sent", err=True)
        return record.wire


def _print_outcomes(archive: Archive, address: str, as_json: bool) -> None:
    f = t.Fetch
    site = archive.connection.scalar(select(t.Site.id).where(t.Site.name == identity(address).rstrip("/")))
    condition = f.site_id == site if site is not None else f.url_key == identity(address)
    rows = (
        archive.connection.execute(
            select(f.fetched_at, f.outcome, f.status, f.url, f.detail).where(condition).order_by(f.id)
        )
        .mappings()
        .all()
    )
    if not rows:
        raise InputError(f"{readable(address)}: no try at it in {archive.folder}: it was never asked for")
    if as_json:
        tries = [dict(row) for row in rows]
        click.echo(json.dumps({"url": address, "outcomes": tries}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(
            "  ".join(
                [
                    row["fetched_at"][:19],
                    f"{row['outcome']:18}",
                    str(row["status"] or "-"),
                    readable(row["url"]),
                    row["detail"] or "",
                ]
            ).rstrip()
        )


def _print_article(item: dict[str, Any], kept: dict[str, Any], *, with_provenance: bool) -> None:
    """As a reader sees it: trail, headline, date, picture, text, see also, and then the small print."""
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    if item["breadcrumbs"]:
        console.print(Text(" / ".join(crumb["name"] for crumb in item["breadcrumbs"]), style="dim"))
    console.print(Text(item["title"] or "(no title)", style="bold"))
    if item["subtitle"]:
        console.print(Text(item["subtitle"], style="italic"))
    line = [
        item["published_at"] or "no date",
        "، ".join(item["authors"]),
        item["agency"] or "",
        item["section"] or "",
    ]
    console.print(Text(" · ".join(part for part in line if part), style="cyan"))
    for image in item["images"]:
        label = "صورة" if image["role"] == "lead" else "صورة في النص"
        console.print(
            Text(
                f"[{label}] {image['caption'] or '—'}" + (f" ({image['credit']})" if image["credit"] else "")
            )
        )
    console.print()
    for block in item["blocks"]:
        style = "bold" if block["type"] == "heading" else ""
        prefix = {"quote": "❝ ", "list_item": "• "}.get(block["type"], "")
        console.print(Text(prefix + block["text"], style=style))
        console.print()
    if item["see_also"]:
        console.print(Text("شاهد أيضاً", style="bold"))
        for link in item["see_also"]:
            console.print(Text(f"  {link['title']}  ({link['kind']})\n  {readable(link['url'])}"))
    if item["tags"]:
        console.print(Text("وسوم: " + "، ".join(item["tags"])))
    _print_small_print(console, item, kept, with_provenance)


def _print_small_print(
    console: Console, item: dict[str, Any], kept: dict[str, Any], with_provenance: bool
) -> None:
    shown = item["displayed_date"]
    if shown:
        console.print(
            Text(
                f"as printed: {shown['text']} ({shown['role']}: {shown['value'] or 'not read'})", style="dim"
            )
        )
    console.print(Text(f"{readable(item['canonical_url'])}  ·  {item['parser']}", style="dim"))
    console.print(
        Text(
            f"version {kept['version']}, fetched {kept['fetched_at']}\n"
            f"{kept['payload_digest']} in {kept['warc_file']} at {kept['warc_offset']}",
            style="dim",
        )
    )
    for place, page in enumerate(kept["further_pages"], 2):
        text = f"page {place}: {page['payload_digest']} in {page['warc_file']} at {page['warc_offset']}"
        console.print(Text(text, style="dim"))
    for warning in item["warnings"]:
        console.print(Text(f"! {warning['code']}: {warning['detail']}", style="yellow"))
    if with_provenance:
        table = Table("field", "source", "where", "as it stood", box=None)
        for name, origin in item["provenance"].items():
            table.add_row(name, origin["source"], Text(origin["locator"]), Text(origin["raw"][:80]))
        console.print(table)
