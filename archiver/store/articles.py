"""Writing articles: one row an article, a version for every state it was read in.

A version's cause tells an edit by the publisher from a better reading by us: the first needs another
page than the row was read from, the second the same page.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, insert, select, update

from archiver.arabic.text import fold
from archiver.article import Article
from archiver.clock import now_text
from archiver.errors import AddressError
from archiver.outcomes import Outcome
from archiver.store import tables as t
from archiver.store.tables import new_row_id
from archiver.urls import identity, in_site

Cause = Literal["first", "publisher", "parser"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing an article came to."""

    article_id: int
    outcome: Outcome


def content_digest(article: Article) -> str:
    """What makes a version: title, body, captions and date. Counters, ads and related boxes do not."""
    published = article.published_at.isoformat() if article.published_at else None
    content = [article.title, article.body, [image.caption for image in article.images], published]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def item_digest(article: Article) -> str:
    """Everything that was read of an article, whoever read it."""
    item = {name: value for name, value in article.to_dict().items() if name != "parser"}
    return hashlib.sha256(json.dumps(item, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class ArticleStore:
    """Article rows over a connection whose transactions the caller ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def twin_of(self, article: Article) -> int | None:
        """The archived article this page is another address of: its canonical link says so, and so does
        its text. None where it is an article of its own, or known under its own address already.
        """
        own_key, shown_key = identity(article.url), self._canonical_key(article)
        if shown_key == own_key or self._row_of(own_key) is not None:
            return None
        twin = self._row_of(shown_key)
        return twin.id if twin is not None and _same_story(article, twin) else None

    def store(
        self,
        article: Article,
        *,
        site_id: int,
        snapshot_id: int,
        fetched_at: str,
        cause: Literal["publisher", "parser"] = "publisher",
    ) -> Stored:
        """Adds the article, or a new version of it, or (where it says the same) takes over what is around it."""
        own_key = identity(article.url)
        row = self._row_of(own_key)
        digest = content_digest(article)
        if row is None:
            article_id = self._insert(article, own_key, digest, site_id, snapshot_id, fetched_at)
            return Stored(article_id, Outcome.ARTICLE)
        if row.content_digest == digest:
            self._refresh(row, article, snapshot_id, fetched_at, cause)
            return Stored(row.id, Outcome.ARTICLE_UNCHANGED)
        number = row.version + 1
        self._connection.execute(
            update(t.ArticleRow)
            .where(t.ArticleRow.id == row.id)
            .values(
                **_columns(article),
                version=number,
                content_digest=digest,
                snapshot_id=snapshot_id,
                fetched_at=fetched_at,
            )
        )
        self._write_version(row.id, number, cause, article, digest, snapshot_id)
        self._write_parts(row.id, article)
        return Stored(row.id, Outcome.ARTICLE_CHANGED)

    def add_alias(self, url: str, article_id: int, reason: Literal["redirect", "canonical"]) -> None:
        """Another address that leads to the article; links to it resolve from now on."""
        key = identity(url)
        if self._connection.scalar(select(t.Alias.url_key).where(t.Alias.url_key == key)) is None:
            self._connection.execute(
                insert(t.Alias).values(url_key=key, article_id=article_id, url=url, reason=reason)
            )
            self._resolve_links_to(key, article_id)

    def id_of(self, url_key: str) -> int | None:
        """The article of an address, by its own identity or an alias."""
        found = self._connection.scalar(select(t.ArticleRow.id).where(t.ArticleRow.url_key == url_key))
        if found is None:
            found = self._connection.scalar(select(t.Alias.article_id).where(t.Alias.url_key == url_key))
        return found

    def _row_of(self, url_key: str) -> Any:
        columns = (
            t.ArticleRow.id,
            t.ArticleRow.version,
            t.ArticleRow.content_digest,
            t.ArticleRow.title,
            t.ArticleRow.body,
            t.ArticleRow.parser,
            t.ArticleRow.snapshot_id,
            t.ArticleRow.item_digest,
        )
        row = self._connection.execute(select(*columns).where(t.ArticleRow.url_key == url_key)).first()
        if row is None:
            row = self._connection.execute(
                select(*columns)
                .join(t.Alias, t.Alias.article_id == t.ArticleRow.id)
                .where(t.Alias.url_key == url_key)
            ).first()
        return row

    def _canonical_key(self, article: Article) -> str:
        """The identity of the page's own canonical address, where it can be this article's."""
        try:
            key = identity(article.canonical_url)
        except AddressError:
            return identity(article.url)
        parts = urlsplit(article.canonical_url)
        if not in_site(article.canonical_url, article.site) or (parts.path in ("", "/") and not parts.query):
            return identity(article.url)
        return key

    def _insert(
        self, article: Article, url_key: str, digest: str, site_id: int, snapshot_id: int, fetched_at: str
    ) -> int:
        added = self._connection.execute(
            insert(t.ArticleRow).values(
                **_columns(article),
                site_id=site_id,
                url_key=url_key,
                version=1,
                content_digest=digest,
                first_fetched_at=fetched_at,
                fetched_at=fetched_at,
                snapshot_id=snapshot_id,
            )
        )
        article_id: int = new_row_id(added)
        self._write_version(article_id, 1, "first", article, digest, snapshot_id)
        self._write_parts(article_id, article, is_new=True)
        self._resolve_links_to(url_key, article_id)
        return article_id

    def _refresh(self, row: Any, article: Article, snapshot_id: int, fetched_at: str, cause: str) -> None:
        """The content is the same; what is around it (see also, warnings, provenance) is as last read."""
        values: dict[str, Any] = {"fetched_at": fetched_at} if cause == "publisher" else {}
        if row.item_digest == item_digest(article):
            self._connection.execute(
                update(t.ArticleRow).where(t.ArticleRow.id == row.id).values(parser=article.parser, **values)
            )
            return
        self._connection.execute(
            update(t.ArticleRow)
            .where(t.ArticleRow.id == row.id)
            .values(**_columns(article), **values, snapshot_id=snapshot_id)
        )
        self._write_parts(row.id, article)

    def _write_version(
        self, article_id: int, number: int, cause: Cause, article: Article, digest: str, snapshot_id: int
    ) -> None:
        self._connection.execute(
            insert(t.ArticleVersion).values(
                article_id=article_id,
                number=number,
                cause=cause,
                created_at=now_text(),
                snapshot_id=snapshot_id,
                parser=article.parser,
                content_digest=digest,
                item=article.to_dict(),
            )
        )

    def _write_parts(self, article_id: int, article: Article, *, is_new: bool = False) -> None:
        for table, rows in _parts(article).items():
            if not is_new:
                self._connection.execute(delete(table).where(table.article_id == article_id))
            if rows:
                self._connection.execute(insert(table), [{"article_id": article_id, **row} for row in rows])
        if article.see_also:
            self._resolve_links_of(article_id)

    def _resolve_links_of(self, article_id: int) -> None:
        """Points the article's links at the articles that are archived already."""
        keys = select(t.LinkRow.url_key).where(t.LinkRow.article_id == article_id)
        targets = dict(
            self._connection.execute(
                select(t.ArticleRow.url_key, t.ArticleRow.id)
                .where(t.ArticleRow.url_key.in_(keys))
                .union(select(t.Alias.url_key, t.Alias.article_id).where(t.Alias.url_key.in_(keys)))
            )
            .tuples()
            .all()
        )
        for key, target in targets.items():
            self._connection.execute(
                update(t.LinkRow)
                .where(t.LinkRow.article_id == article_id, t.LinkRow.url_key == key)
                .values(target_article_id=target)
            )

    def _resolve_links_to(self, url_key: str, article_id: int) -> None:
        self._connection.execute(
            update(t.LinkRow).where(t.LinkRow.url_key == url_key).values(target_article_id=article_id)
        )


def _columns(article: Article) -> dict[str, Any]:
    item = article.to_dict()
    shown = item["displayed_date"] or {"text": None, "value": None, "role": None}
    names = (
        "url",
        "canonical_url",
        "site",
        "title",
        "subtitle",
        "description",
        "language",
        "published_at",
        "published_precision",
        "modified_at",
        "section",
        "agency",
        "body",
        "blocks",
        "parser",
    )
    columns = {name: item[name] for name in names} | {f"displayed_date_{name}": shown[name] for name in shown}
    return columns | {"item_digest": item_digest(article)}


def _parts(article: Article) -> dict[type[Any], list[dict[str, Any]]]:
    """The rows of every table that belongs to an article."""
    return {
        t.ProvenanceRow: [
            {"field": name, "source": p.source, "locator": p.locator, "raw": p.raw[:500]}
            for name, p in article.provenance.items()
        ],
        t.WarningRow: _numbered({"code": w.code, "detail": w.detail} for w in article.warnings),
        t.ImageRow: _numbered(
            {"url": i.url, "caption": i.caption, "credit": i.credit, "alt": i.alt, "role": i.role}
            for i in article.images
        ),
        t.BreadcrumbRow: _numbered({"name": c.name, "url": c.url} for c in article.breadcrumbs),
        t.LinkRow: _numbered(
            {
                "title": link.title,
                "url": link.url,
                "url_key": _key_or_url(link.url),
                "excerpt": link.excerpt,
                "kind": link.kind,
            }
            for link in article.see_also
        ),
        t.TagRow: _numbered({"name": name} for name in article.tags),
        t.AuthorRow: _numbered({"name": name} for name in article.authors),
    }


def _numbered(rows: Any) -> list[dict[str, Any]]:
    return [{"position": position, **row} for position, row in enumerate(rows)]


def _key_or_url(url: str) -> str:
    try:
        return identity(url)
    except AddressError:
        return url


def _same_story(article: Article, row: Any) -> bool:
    """Whether a page and the article its canonical address names are the same story."""
    if article.title and row.title and fold(article.title) == fold(row.title):
        return True
    return bool(article.body and row.body and fold(article.body) == fold(row.body))
