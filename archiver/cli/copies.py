"""`warraq copies`: who copied whom."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from sqlalchemy import Connection

from archiver.cli import _options
from archiver.cli._article import clock, site_named
from archiver.cli._words import counted
from archiver.copies import Cluster, Member, clusters_of, largest
from archiver.dedupe import Linked, update
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.database import DATABASE
from archiver.store.reading import find_article
from archiver.urls import identity, readable, start_address


@click.command()
@click.argument("url", required=False)
@_options.archive
@click.option("--site", help="Only clusters that an article of this site is in.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Clusters listed."
)
@click.option("--update", "is_update", is_flag=True, help="First compare what was not compared yet.")
@_options.quiet
@_options.as_json
def command(
    url: str | None, archive: Path, site: str | None, limit: int, is_update: bool, quiet: bool, as_json: bool
) -> None:
    """Show an article's copies, who was first, and how much they share; without URL the largest clusters.

    A crawl and a re-parse compare what they bring themselves; `--update` is for what they left.
    """
    if url and site:
        raise InputError(f"--site {site}: give either an article's address or --site")
    if is_update:
        _update(archive, quiet=quiet or as_json)
        if url is None and site is None and not as_json:
            return
    opened = Archive.open_for_reading(archive)
    try:
        if url is not None:
            _show(opened, start_address(url), as_json)
        else:
            _list(opened.connection, site_named(opened, site) if site else None, limit, as_json)
    finally:
        opened.close()


def sentence(linked: Linked) -> str:
    """What an update came to, in one line."""
    parts = [
        f"{counted(linked.compared, 'article')} compared, {counted(linked.links, 'link')} to copies found"
    ]
    if linked.crowded:
        parts.append(f"{linked.crowded} with text that very many articles carry")
    if linked.unmerged:
        parts.append(f"{counted(linked.unmerged, 'pair')} of clusters too large to be made one")
    if linked.left:
        parts.append(f"{linked.left} left for the next time: `warraq copies --update`")
    return "; ".join(parts)


def _update(folder: Path, *, quiet: bool) -> None:
    if not Archive.may_be_in(folder):
        raise InputError(f"{folder}: no archive here (no {DATABASE})")
    opened = Archive.create_or_open(folder)
    try:
        with Console(stderr=True, quiet=quiet or not sys.stderr.isatty()).status("comparing …") as status:
            linked = update(opened, done=lambda n: status.update(f"comparing … {n} articles"))
    finally:
        opened.close()
    if not quiet:
        click.echo(f"{folder}: {sentence(linked)}", err=True)


def _show(archive: Archive, address: str, as_json: bool) -> None:
    found = find_article(archive.connection, identity(address))
    if found is None:
        raise InputError(f"{readable(address)}: no article of this address in {archive.folder}")
    clusters = clusters_of(archive.connection, found)
    if as_json:
        answer = {"url": address, "article_id": found, "clusters": [_as_data(each) for each in clusters]}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    if not clusters:
        click.echo(f"{readable(address)}: no copies of it in this archive")
    for cluster in clusters:
        _print(cluster, found)


def _as_data(cluster: Cluster) -> dict[str, Any]:
    return asdict(cluster)


def _print(cluster: Cluster, asked_for: int) -> None:
    first = cluster.first
    sure = "" if cluster.first_is_sure else " (not sure: another may have been earlier)"
    click.echo(first.title or "(no title)")
    click.echo(f"{counted(cluster.size, 'article')}; first: {first.site}, {_when(first)}{sure}")
    for member in cluster.members:
        mark = "→" if member.article_id == asked_for else " "
        click.echo(f"{mark} {member.site}  {_when(member)}  {_share(member, first)}")
        click.echo(f"    {readable(member.url)}")
    if cluster.size > len(cluster.members):
        click.echo(f"  … and {cluster.size - len(cluster.members)} more")
    click.echo()


def _share(member: Member, first: Member) -> str:
    if member.article_id == first.article_id:
        return f"the first, {counted(member.words, 'word')}"
    if member.share is None:
        return "no text"
    how = "holds it as a passage: " if member.part == "passage" else ""
    return (
        f"{how}{member.share.words} of its {member.words} words are the first's ({member.share.of_one:.0%}), "
        f"{member.share.of_other:.0%} of the first is in it"
    )


def _when(member: Member) -> str:
    return clock(member.when) + (" (fetched)" if member.when_is == "first_fetched_at" else "")


def _list(connection: Connection, site: str | None, limit: int, as_json: bool) -> None:
    found = largest(connection, site=site, limit=limit)
    if as_json:
        clusters = [asdict(each) for each in found]
        click.echo(json.dumps({"site": site, "clusters": clusters}, ensure_ascii=False))
        return
    if not found:
        click.echo(f"no copies {f'of {site} ' if site else ''}in this archive")
        return
    for each in found:
        click.echo(
            f"{counted(each.articles, 'article')}, {counted(each.sites, 'site')}: {each.title or '(no title)'}"
        )
        click.echo(f"    {readable(each.url)}")
