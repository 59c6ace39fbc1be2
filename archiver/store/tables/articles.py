"""Articles, their versions, and the lists and facts that belong to each."""

from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from archiver.store.tables.base import Base, column, key, part_of, points_to, position


class ArticleRow(Base):
    """The articles, one row each, as last read. Columns carry the item's names."""

    __tablename__ = "articles"
    __table_args__ = (
        Index("ix_articles_site_published_at", "site", "published_at"),
        Index(
            "ix_articles_canonical_url",
            "canonical_url",
            sqlite_where=text("canonical_url <> url"),
            postgresql_where=text("canonical_url <> url"),
        ),
    )
    id: Mapped[int] = key()
    site_id: Mapped[int] = points_to("sites.id", "the site it belongs to")
    url_key: Mapped[str] = column("its identity: one article is one row", unique=True)
    url: Mapped[str] = column("the address it was fetched from")
    canonical_url: Mapped[str] = column("the address the page gives as its own")
    site: Mapped[str] = column("host without www.")
    title: Mapped[str | None] = column("headline, letter for letter")
    subtitle: Mapped[str | None] = column("kicker or deck beside the headline")
    description: Mapped[str | None] = column("summary the page declares in its head")
    language: Mapped[str | None] = column("BCP 47, as declared or seen")
    published_at: Mapped[str | None] = column(
        "ISO 8601, as precise as is known: 2023-05-30 or with a time", index=True
    )
    published_precision: Mapped[str | None] = column("year, month, day, hour, minute or second")
    modified_at: Mapped[str | None] = column("ISO 8601; last change as the page gives it")
    displayed_date_text: Mapped[str | None] = column("the date as printed")
    displayed_date_value: Mapped[str | None] = column("the printed date in ISO 8601")
    displayed_date_role: Mapped[str | None] = column("published, modified or served (the site's clock)")
    section: Mapped[str | None] = column("rubric")
    agency: Mapped[str | None] = column("news agency credited")
    body: Mapped[str | None] = column("the text, paragraphs parted by a blank line")
    blocks: Mapped[list[Any]] = column("JSON list of {type, text}")
    parser: Mapped[str] = column("name and revision of the extraction that read it")
    version: Mapped[int] = column("number of its newest version, from 1")
    content_digest: Mapped[str] = column("sha256 over title, body, captions and date")
    item_digest: Mapped[str] = column("sha256 over the whole item, to see whether anything changed at all")
    first_fetched_at: Mapped[str] = column("when it was first archived, UTC")
    fetched_at: Mapped[str] = column("when it was last fetched, UTC")
    snapshot_id: Mapped[int] = points_to("snapshots.id", "the page this row was read from")
    removed_at: Mapped[str | None] = column(
        "when its address was first found to lead nowhere, UTC; null while it is there", index=True
    )
    removed_how: Mapped[str | None] = column(
        "404, 410, soft_404 (a page that says so), redirect_home, redirect_missing or redirect_other (an article)"
    )


class ArticleVersion(Base):
    """Every state an article was read in: edits by the publisher and revisions of the parser, told apart."""

    __tablename__ = "article_versions"
    article_id: Mapped[int] = part_of()
    number: Mapped[int] = mapped_column(primary_key=True, comment="from 1", autoincrement=False)
    cause: Mapped[str] = column(
        "first, publisher (the page changed), parser (we read the same page anew) or unclear (the page changed, and "
        "the one before could not be read with the same parser)"
    )
    created_at: Mapped[str] = column("UTC")
    snapshot_id: Mapped[int] = points_to("snapshots.id", "the page it was read from")
    parser: Mapped[str] = column("name and revision of the extraction")
    content_digest: Mapped[str] = column("sha256 over title, body, captions and date")
    item: Mapped[str] = column("the whole item as JSON, but for `parser`")


class Alias(Base):
    """Other addresses of an article: redirects, AMP and print twins, canonical links."""

    __tablename__ = "aliases"
    url_key: Mapped[str] = mapped_column(primary_key=True, comment="identity of the other address")
    article_id: Mapped[int] = points_to("articles.id", "the article it leads to")
    url: Mapped[str] = column("the other address")
    reason: Mapped[str] = column("redirect, canonical or same_text")


class ArticlePage(Base):
    """The further pages of an article that stands over several, as they were joined to it."""

    __tablename__ = "article_pages"
    article_id: Mapped[int] = part_of()
    position: Mapped[int] = position()
    snapshot_id: Mapped[int] = points_to("snapshots.id", "the page as kept")


class VersionPage(Base):
    """The further pages that a version of an article was read from; of versions before schema 0009 they are not known,
    but for the newest.
    """

    __tablename__ = "version_pages"
    article_id: Mapped[int] = part_of()
    number: Mapped[int] = mapped_column(primary_key=True, comment="of the version", autoincrement=False)
    position: Mapped[int] = position()
    snapshot_id: Mapped[int] = points_to("snapshots.id", "the page as kept")


class ProvenanceRow(Base):
    """Where each field of an article came from."""

    __tablename__ = "provenance"
    article_id: Mapped[int] = part_of()
    field: Mapped[str] = mapped_column(primary_key=True, comment="the item's field")
    source: Mapped[str] = column(
        "profile, theme, structure, json_ld, microdata, opengraph, meta, hint, url, page_state, trafilatura"
    )
    locator: Mapped[str] = column("selector, JSON-LD path, meta or hint name")
    raw: Mapped[str] = column("the text it was read from, at most 500 characters")


class WarningRow(Base):
    """What a reader of an article must know."""

    __tablename__ = "warnings"
    article_id: Mapped[int] = part_of()
    position: Mapped[int] = position()
    code: Mapped[str] = column("a fixed code", index=True)
    detail: Mapped[str] = column("the particulars")


class ImageRow(Base):
    """The pictures of an article."""

    __tablename__ = "images"
    article_id: Mapped[int] = part_of()
    position: Mapped[int] = position()
    url: Mapped[str] = column("the picture's own address")
    caption: Mapped[str | None] = column("as printed")
    credit: Mapped[str | None] = column("photographer or agency, where marked")
    alt: Mapped[str | None] = column("the alt attribute")
    role: Mapped[str] = column("lead or inline")


class BreadcrumbRow(Base):
    """The trail above an article."""

    __tablename__ = "breadcrumbs"
    article_id: Mapped[int] = part_of()
    position: Mapped[int] = position()
    name: Mapped[str] = column("as shown")
    url: Mapped[str | None] = column("null where the crumb is no link")


class LinkRow(Base):
    """«شاهد أيضاً» and its kin: links from an article to others."""

    __tablename__ = "links"
    article_id: Mapped[int] = part_of()
    position: Mapped[int] = position()
    title: Mapped[str] = column("as shown")
    url: Mapped[str] = column("canonical address")
    url_key: Mapped[str] = column("its identity", index=True)
    excerpt: Mapped[str | None] = column("the teaser beside it")
    kind: Mapped[str] = column("check_also, related or inline")
    target_article_id: Mapped[int | None] = points_to("articles.id", "the article it leads to, once archived")


class TagRow(Base):
    """The tags of an article."""

    __tablename__ = "tags"
    article_id: Mapped[int] = part_of()
    position: Mapped[int] = position()
    name: Mapped[str] = column("as shown", index=True)


class AuthorRow(Base):
    """The authors of an article."""

    __tablename__ = "authors"
    article_id: Mapped[int] = part_of()
    position: Mapped[int] = position()
    name: Mapped[str] = column("as shown", index=True)
