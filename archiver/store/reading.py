"""Reading articles back: the item as every surface shows it, put together from its rows."""

import json
from typing import Any

from sqlalchemy import Connection, select

from archiver.store import tables as t

ITEM_COLUMNS = (
    "url", "canonical_url", "site", "title", "subtitle", "description", "language", "published_at",
    "published_precision", "modified_at", "section", "agency", "body", "blocks", "parser",
)  # fmt: skip


def find_article(connection: Connection, url_key: str) -> int | None:
    """The article of an address, by its own identity or as an alias."""
    own = connection.scalar(select(t.ArticleRow.id).where(t.ArticleRow.url_key == url_key))
    return own or connection.scalar(select(t.Alias.article_id).where(t.Alias.url_key == url_key))


def article_item(connection: Connection, article_id: int) -> dict[str, Any]:
    """The item of an article, as `Article.to_dict` gives it. Raises `KeyError` where there is none."""
    row = (
        connection.execute(select(t.ArticleRow.__table__).where(t.ArticleRow.id == article_id))
        .mappings()
        .first()
    )
    if row is None:
        raise KeyError(article_id)
    item: dict[str, Any] = {name: row[name] for name in ITEM_COLUMNS}
    item["displayed_date"] = None
    if row["displayed_date_text"] is not None:
        item["displayed_date"] = {name: row[f"displayed_date_{name}"] for name in ("text", "value", "role")}
    item["breadcrumbs"] = _parts(connection, t.BreadcrumbRow, article_id, "name", "url")
    item["authors"] = [each["name"] for each in _parts(connection, t.AuthorRow, article_id, "name")]
    item["tags"] = [each["name"] for each in _parts(connection, t.TagRow, article_id, "name")]
    item["images"] = _parts(connection, t.ImageRow, article_id, "url", "caption", "credit", "alt", "role")
    item["see_also"] = _parts(connection, t.LinkRow, article_id, "title", "url", "excerpt", "kind")
    item["warnings"] = _parts(connection, t.WarningRow, article_id, "code", "detail")
    item["provenance"] = {
        each["field"]: {name: each[name] for name in ("source", "locator", "raw")}
        for each in _parts(connection, t.ProvenanceRow, article_id, "field", "source", "locator", "raw")
    }
    return item


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
    return {**json.loads(row.item), "parser": row.parser}


def _parts(connection: Connection, table: Any, article_id: int, *names: str) -> list[dict[str, Any]]:
    order = table.position if hasattr(table, "position") else table.field
    rows = connection.execute(
        select(*(getattr(table, name) for name in names))
        .where(table.article_id == article_id)
        .order_by(order)
    )
    return [dict(row) for row in rows.mappings()]
