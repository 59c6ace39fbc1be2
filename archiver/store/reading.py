"""Reading articles back: the item as every surface shows it, put together from its rows."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from archiver.article import TRACED
from archiver.store import tables as t

ITEM_COLUMNS = (
    "url", "canonical_url", "site", "title", "subtitle", "description", "language", "published_at",
    "published_precision", "modified_at", "section", "agency", "body", "blocks", "parser",
)  # fmt: skip

PARTS: dict[str, tuple[Any, ...]] = {
    "breadcrumbs": (t.BreadcrumbRow, "name", "url"),
    "authors": (t.AuthorRow, "name"),
    "tags": (t.TagRow, "name"),
    "images": (t.ImageRow, "url", "caption", "credit", "alt", "role"),
    "see_also": (t.LinkRow, "title", "url", "excerpt", "kind"),
    "warnings": (t.WarningRow, "code", "detail"),
    "provenance": (t.ProvenanceRow, "field", "source", "locator", "raw"),
}
"""The fields that are tables of their own, and the columns of each."""


def find_article(connection: Connection, url_key: str) -> int | None:
    """The article of an address, by its own identity or as an alias."""
    own = connection.scalar(select(t.ArticleRow.id).where(t.ArticleRow.url_key == url_key))
    return own or connection.scalar(select(t.Alias.article_id).where(t.Alias.url_key == url_key))


def article_item(connection: Connection, article_id: int) -> dict[str, Any]:
    """The item of an article, as `Article.to_dict` gives it. Raises `KeyError` where there is none."""
    return article_items(connection, [article_id])[article_id]


def article_items(connection: Connection, article_ids: list[int]) -> dict[int, dict[str, Any]]:
    """The items of some hundred articles at most, by their ids; an id without an article has none."""
    rows = connection.execute(select(t.table_of(t.ArticleRow)).where(t.ArticleRow.id.in_(article_ids)))
    items: dict[int, dict[str, Any]] = {}
    for row in rows.mappings():
        item = items[row["id"]] = {name: row[name] for name in ITEM_COLUMNS}
        item["displayed_date"] = None
        if row["displayed_date_text"] is not None:
            item["displayed_date"] = {
                name: row[f"displayed_date_{name}"] for name in ("text", "value", "role")
            }
    for field, (table, *names) in PARTS.items():
        for item in items.values():
            item[field] = []
        for article_id, part in _parts(connection, table, list(items), *names):
            items[article_id][field].append(part)
    for item in items.values():
        item["authors"] = [each["name"] for each in item["authors"]]
        item["tags"] = [each["name"] for each in item["tags"]]
        told = {each["field"]: each for each in item["provenance"]}
        item["provenance"] = {
            field: {name: told[field][name] for name in ("source", "locator", "raw")}
            for field in (*filter(told.__contains__, TRACED), *(told.keys() - set(TRACED)))
        }
    return items


def versions_of(connection: Connection, article_id: int) -> list[dict[str, Any]]:
    """Every version of an article, the first first: {number, cause, created_at, fetched_at, snapshot_id, parser}.

    `fetched_at` is when the page it was read from was served, `created_at` when it was read.
    """
    v, s = t.ArticleVersion, t.Snapshot
    rows = connection.execute(
        select(v.number, v.cause, v.created_at, s.fetched_at, v.snapshot_id, v.parser)
        .join(s, s.id == v.snapshot_id)
        .where(v.article_id == article_id)
        .order_by(v.number)
    )
    return [dict(row) for row in rows.mappings()]


def version_item(connection: Connection, article_id: int, number: int) -> dict[str, Any]:
    """The item of an article as one version had it. Raises `KeyError` where there is no such version."""
    v = t.ArticleVersion
    row = connection.execute(
        select(v.item, v.parser).where(v.article_id == article_id, v.number == number)
    ).first()
    if row is None:
        raise KeyError(number)
    item = json.loads(row.item)
    return {**(item if "body" in item else _with_empty_texts(item)), "parser": row.parser}


# What an export without texts leaves out of an item, and what stands in its place when it is read back.
NO_TEXTS: Mapping[str, Any] = {"subtitle": None, "description": None, "body": None, "blocks": []}
NO_TEXTS_OF_PARTS: Mapping[str, Mapping[str, Any]] = {
    "images": {"caption": None, "alt": None},
    "see_also": {"excerpt": None},
    "warnings": {"detail": ""},
}


def _with_empty_texts(item: dict[str, Any]) -> dict[str, Any]:
    """A version whose texts an export left out, with nothing in their places, as the article's own row has it."""
    parts = {name: [{**none, **part} for part in item[name]] for name, none in NO_TEXTS_OF_PARTS.items()}
    provenance = {field: {"raw": "", **origin} for field, origin in item["provenance"].items()}
    return {**NO_TEXTS, **item, **parts, "provenance": provenance}


def kept_as(connection: Connection, article_id: int, number: int | None = None) -> dict[str, Any]:
    """How a version of an article (the newest, without a number) is kept: {version, fetched_at, payload_digest,
    warc_file, warc_offset, warc_length, further_pages}, of the page it was read from, and of each of the further pages
    of a story over several, in order, {payload_digest, warc_file, warc_offset, warc_length}.
    """
    a, v, s = t.ArticleRow, t.ArticleVersion, t.Snapshot
    page = aliased(s)  # where the payload stands: of an unchanged one, that is an earlier record
    of: Any = a if number is None else v
    version = a.version if number is None else v.number
    condition = [a.id == article_id] if number is None else [v.article_id == article_id, v.number == number]
    row = connection.execute(
        select(version.label("version"), s.fetched_at, s.payload_digest, page.warc_file, page.warc_offset,
               page.warc_length)
        .select_from(of)
        .join(s, s.id == of.snapshot_id)
        .join(page, page.id == func.coalesce(s.payload_of, s.id))
        .where(*condition)
    ).one()  # fmt: skip
    pages = further_pages(connection, article_id, number)
    return {**_as_kept(row), "further_pages": [_as_kept(each) for each in _kept_at(connection, pages)]}


def further_pages(connection: Connection, article_id: int, number: int | None = None) -> list[int]:
    """The snapshots of a story's further pages, in order: as it was last read, or as a version was."""
    p: Any = t.ArticlePage if number is None else t.VersionPage
    condition = (
        [p.article_id == article_id] if number is None else [p.article_id == article_id, p.number == number]
    )
    return list(connection.scalars(select(p.snapshot_id).where(*condition).order_by(p.position)))


def _kept_at(connection: Connection, snapshots: list[int]) -> list[Any]:
    s = t.Snapshot
    page = aliased(s)
    rows = connection.execute(
        select(s.id, s.payload_digest, page.warc_file, page.warc_offset, page.warc_length)
        .join(page, page.id == func.coalesce(s.payload_of, s.id))
        .where(s.id.in_(snapshots))
    )
    found = {row.id: row for row in rows}
    return [found[each] for each in snapshots]


def _as_kept(row: Any) -> dict[str, Any]:
    told = {name: value for name, value in row._mapping.items() if name != "id"}
    return told | {"payload_digest": f"sha1:{row.payload_digest}"}


def _parts(
    connection: Connection, table: Any, article_ids: list[int], *names: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(article, part) in the order of the page."""
    order = table.position if hasattr(table, "position") else table.field
    rows = connection.execute(
        select(table.article_id, *(getattr(table, name) for name in names))
        .where(table.article_id.in_(article_ids))
        .order_by(table.article_id, order)
    )
    for row in rows.mappings():
        part = dict(row)
        yield part.pop("article_id"), part
