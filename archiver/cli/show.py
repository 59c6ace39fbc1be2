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
from archiver.errors import InputError
from archiver.payload import PayloadError
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.reading import article_item, find_article
from archiver.urls import identity, readable, start_address


@click.command()
@click.argument("url")
@_options.archive
@click.option("--raw", is_flag=True, help="The page as it was served, byte for byte.")
@click.option(
    "--outcomes", is_flag=True, help="Every try at this address, or at this site, and what came of it."
)
@click.option("--provenance", is_flag=True, help="Where every field came from.")
@_options.as_json
def command(url: str, archive: Path, raw: bool, outcomes: bool, provenance: bool, as_json: bool) -> None:
    """Show what the archive keeps of an address."""
    opened = Archive.open_for_reading(archive)
    try:
        address = start_address(url)
        if outcomes:
            _print_outcomes(opened, address, as_json)
        elif raw:
            sys.stdout.buffer.write(_payload(opened, address))
            sys.stdout.buffer.flush()
        else:
            item = _item(opened, address)
            if as_json:
                click.echo(json.dumps(item, ensure_ascii=False))
            else:
                _print_article(item, with_provenance=provenance)
    finally:
        opened.close()


def _item(archive: Archive, address: str) -> dict[str, Any]:
    found = find_article(archive.connection, identity(address))
    if found is None:
        tried = archive.connection.scalar(
            select(t.Fetch.outcome)
            .where(t.Fetch.url_key == identity(address))
            .order_by(t.Fetch.id.desc())
            .limit(1)
        )
        why = f"the last try gave: {tried}" if tried else "it was never asked for"
        raise InputError(f"{readable(address)}: no article of this address in {archive.folder} ({why})")
    return article_item(archive.connection, found)


def _payload(archive: Archive, address: str) -> bytes:
    """The newest page kept of the address. Redirects and errors are pages only where there is nothing better."""
    s = t.Snapshot
    snapshot = archive.connection.scalar(
        select(s.id)
        .where(s.url_key == identity(address))
        .order_by((s.status.in_((200, 304))).desc(), s.id.desc())
        .limit(1)
    )
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
    for row in rows:
        if as_json:  # one object a line
            click.echo(json.dumps(dict(row), ensure_ascii=False))
        else:
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


def _print_article(item: dict[str, Any], *, with_provenance: bool) -> None:
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
    _print_small_print(console, item, with_provenance)


def _print_small_print(console: Console, item: dict[str, Any], with_provenance: bool) -> None:
    shown = item["displayed_date"]
    if shown:
        console.print(
            Text(
                f"as printed: {shown['text']} ({shown['role']}: {shown['value'] or 'not read'})", style="dim"
            )
        )
    console.print(Text(f"{readable(item['canonical_url'])}  ·  {item['parser']}", style="dim"))
    for warning in item["warnings"]:
        console.print(Text(f"! {warning['code']}: {warning['detail']}", style="yellow"))
    if with_provenance:
        table = Table("field", "source", "where", "as it stood", box=None)
        for name, origin in item["provenance"].items():
            table.add_row(name, origin["source"], Text(origin["locator"]), Text(origin["raw"][:80]))
        console.print(table)
