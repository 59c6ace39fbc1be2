"""Finding an article or a site of the archive by its address, and what an article's versions are called."""

import re
from typing import Any

from sqlalchemy import select

from archiver.errors import InputError
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.reading import find_article, version_item
from archiver.urls import identity, readable, site_of, start_address

DOING = {
    "first": "first archived",
    "publisher": "changed by the publisher",
    "parser": "read better by our parser: the page is the same",
    "unclear": "changed, by the publisher or our parser: the page before could not be read again",
}
"""What a version's cause says to a person."""


def find(archive: Archive, address: str) -> int:
    """The article of an address. Raises `InputError` that says what became of the address instead."""
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
    return found


def site_asked(given: str | None) -> str | None:
    """What `--site` of a search or an export gives: the name of a site, also where its address was written."""
    return site_of(start_address(given)) if given is not None and "/" in given else given


def site_named(archive: Archive, given: str) -> str:
    """The site that `--site` gives, as name or address. Raises `InputError` where the archive has none such."""
    name = site_of(start_address(given))
    known = set(archive.connection.scalars(select(t.Site.name)))
    if name not in known:
        raise InputError(
            f"--site {given}: not in this archive, which has {', '.join(sorted(known)) or 'none'}"
        )
    return name


def version_of(archive: Archive, article_id: int, number: int) -> dict[str, Any]:
    """The item as a version had it. Raises `InputError` where there is no such version."""
    try:
        return version_item(archive.connection, article_id, number)
    except KeyError:
        v = t.ArticleVersion
        newest = archive.connection.scalar(
            select(v.number).where(v.article_id == article_id).order_by(v.number.desc()).limit(1)
        )
        raise no_version(number, newest or 0) from None


def no_version(number: int, newest: int) -> InputError:
    there = "it has one version" if newest == 1 else f"its versions are 1 to {newest}"
    return InputError(f"version {number}: there is none; {there}")


def removed(archive: Archive, article_id: int) -> dict[str, str]:
    """When and how the article was found to be gone: {removed_at, removed_how}; empty while it is there."""
    a = t.ArticleRow
    row = archive.connection.execute(select(a.removed_at, a.removed_how).where(a.id == article_id)).one()
    return dict(row._mapping) if row.removed_at else {}


def say_removed(gone: dict[str, str]) -> str:
    how = gone["removed_how"].replace("_", " ")
    return f"no longer at its address since {moment(gone['removed_at'])} ({how}); kept here"


def clock(text: str) -> str:
    """A stored day or moment as a person reads it, to the minute, with its zone where one is known: the clocks of two
    sites are compared by it: 2026-11-03 04:18 +02:00.
    """
    zone = re.search(r"[+-]\d\d:\d\d$|Z$", text[len("2026-11-03T04") :])
    return text[: len("2026-11-03T04:18")].replace("T", " ") + (f" {zone[0]}" if zone else "")


def moment(text: str) -> str:
    """A UTC text as a person reads it: 2026-11-23 16:25 UTC."""
    return f"{text[:10]} {text[11:16]} UTC"
