"""The schema of `archive.db`. Dates are ISO 8601 text; lists of an article are tables of their own.

Every column's `comment` is its entry in docs/data-dictionary.md; a test holds the two together.
"""

from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    CursorResult,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text(), dict[str, Any]: JSON(), list[Any]: JSON()}  # noqa: RUF012


def key(comment: str = "row number") -> Mapped[int]:
    return mapped_column(primary_key=True, comment=comment)


def column(comment: str, *, default: Any = None, index: bool = False, unique: bool = False) -> Mapped[Any]:
    server_default = None if default is None else text(repr(default))
    return mapped_column(comment=comment, server_default=server_default, index=index, unique=unique)


def points_to(target: str, comment: str, *, index: bool = True) -> Mapped[Any]:
    return mapped_column(ForeignKey(target), comment=comment, index=index)


def part_of(comment: str = "the article it belongs to") -> Mapped[int]:
    return mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, comment=comment)


def position() -> Mapped[int]:
    return mapped_column(primary_key=True, comment="its place on the page, from 0", autoincrement=False)


class Site(Base):
    """The sites this archive keeps, one row each."""

    __tablename__ = "sites"
    id: Mapped[int] = key()
    name: Mapped[str] = column("host without www., the same as articles.site", unique=True)
    start_url: Mapped[str] = column("the address the site was first crawled from")
    added_at: Mapped[str] = column("when it was first crawled, UTC")
    crawl_delay: Mapped[float | None] = column("seconds between requests its robots.txt asks for")
    crawled_at: Mapped[str | None] = column(
        "when a crawl of it last came to its end, UTC; what is due counts from it"
    )


class Run(Base):
    """One row for every run of a crawl or a re-parse."""

    __tablename__ = "runs"
    id: Mapped[int] = key()
    command: Mapped[str] = column("crawl or reparse")
    arguments: Mapped[dict[str, Any]] = column("what it was asked to do")
    started_at: Mapped[str] = column("UTC")
    ended_at: Mapped[str | None] = column("UTC; null while it runs, or when it was killed")
    result: Mapped[str | None] = column("done, failed, interrupted or killed")
    exit_code: Mapped[int | None] = column("as the process gave it")
    parser: Mapped[str] = column("name and revision of the extraction it used")
    user_agent: Mapped[str | None] = column("how it introduced itself")
    summary: Mapped[dict[str, Any] | None] = column("its closing counts")


class Snapshot(Base):
    """Every response kept, and where its bytes are: a `response` or `revisit` record in a WARC file."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("warc_file", "warc_offset"),)
    id: Mapped[int] = key()
    url: Mapped[str] = column("the address that was asked for")
    url_key: Mapped[str] = column("the address's identity: see archiver/urls.py", index=True)
    fetched_at: Mapped[str] = column("when the response arrived, UTC", index=True)
    status: Mapped[int] = column("HTTP status")
    content_type: Mapped[str | None] = column("as the server declared it")
    record_type: Mapped[str] = column("response, or revisit where the payload is that of an earlier snapshot")
    warc_file: Mapped[str] = column("file name in the archive's warc/ folder")
    warc_offset: Mapped[int] = column("first byte of the record's gzip member")
    warc_length: Mapped[int] = column("bytes of the record's gzip member")
    end_offset: Mapped[int] = column("first byte after the last record of this exchange")
    payload_digest: Mapped[str] = column("sha1 of the payload in base32, as WARC-Payload-Digest", index=True)
    payload_of: Mapped[int | None] = points_to(
        "snapshots.id", "the earlier snapshot that holds a revisit's payload"
    )


class Fetch(Base):
    """Every URL ever tried, each try with exactly one named outcome."""

    __tablename__ = "fetches"
    __table_args__ = (Index("ix_fetches_site_id_outcome", "site_id", "outcome"),)
    id: Mapped[int] = key()
    run_id: Mapped[int | None] = points_to("runs.id", "the run that tried it")
    site_id: Mapped[int] = points_to("sites.id", "the site it belongs to", index=False)
    url: Mapped[str] = column("the address that was asked for")
    url_key: Mapped[str] = column("its identity", index=True)
    fetched_at: Mapped[str] = column("UTC")
    outcome: Mapped[str] = column("what came of it: see docs/outcomes.md")
    detail: Mapped[str | None] = column("the evidence, or the error's words")
    status: Mapped[int | None] = column("HTTP status; null where no response came")
    size: Mapped[int | None] = column("bytes of the body on the wire")
    latency: Mapped[float | None] = column("seconds from request to response")
    snapshot_id: Mapped[int | None] = points_to("snapshots.id", "the response as kept")
    article_id: Mapped[int | None] = points_to("articles.id", "the article it gave")


NAMES_OTHERS = "kind IN ('sitemap', 'feed', 'listing')"
"""Of the frontier: the few rows that name new ones. A query that repeats it word for word reads no other."""


class FrontierUrl(Base):
    """Every address known, visited or not: what a crawl goes on from."""

    __tablename__ = "frontier"
    __table_args__ = (
        UniqueConstraint("site_id", "url_key"),
        Index("ix_frontier_site_id_state_rank_id", "site_id", "state", "rank", "id"),
        Index(
            "ix_frontier_site_id_dated_fetched_at",
            "site_id",
            "dated",
            "fetched_at",
            sqlite_where=text("dated IS NOT NULL"),
            postgresql_where=text("dated IS NOT NULL"),
        ),
        Index(
            "ix_frontier_site_id_kind",
            "site_id",
            "kind",
            sqlite_where=text(NAMES_OTHERS),
            postgresql_where=text(NAMES_OTHERS),
        ),
    )
    id: Mapped[int] = key()
    site_id: Mapped[int] = points_to("sites.id", "the site it belongs to", index=False)
    url: Mapped[str] = column("the address to ask for")
    url_key: Mapped[str] = column("its identity")
    kind: Mapped[str] = column("what discovery takes it for: page, listing, article, sitemap or feed")
    state: Mapped[str] = column("pending, done, again (done, and a sitemap says it changed since) or dropped")
    rank: Mapped[int] = column("lower goes first")
    depth: Mapped[int] = column("links from the entry points")
    hints: Mapped[dict[str, Any]] = column("what discovery knew: feed date, lastmod, section, anchor text")
    discovered_at: Mapped[str] = column("UTC")
    not_before: Mapped[str | None] = column("UTC; a retry waits until then")
    attempts: Mapped[int] = column("tries since it was last pending", default=0)
    outcome: Mapped[str | None] = column("of the last try")
    fetched_at: Mapped[str | None] = column("of the last try, UTC")
    gave: Mapped[int] = column("articles and new promising addresses the last try gave", default=0)
    gave_at: Mapped[str | None] = column("when it last gave any, UTC")
    dated: Mapped[str | None] = column(
        "of an article's own address: when it was published or first archived, what is earlier; UTC where the zone "
        "is known. How old it is decides when it is looked at again"
    )
    lastmod: Mapped[str | None] = column("as a sitemap last gave it, letter for letter")
    etag: Mapped[str | None] = column("of the last response, for conditional requests")
    last_modified: Mapped[str | None] = column("of the last response, for conditional requests")
    shape: Mapped[str] = column(
        "the address with its numbers and slugs blanked: for finding traps", index=True
    )


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
        "404, 410, soft_404 (a page that says so), redirect_home or redirect_missing"
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


class ProvenanceRow(Base):
    """Where each field of an article came from."""

    __tablename__ = "provenance"
    article_id: Mapped[int] = part_of()
    field: Mapped[str] = mapped_column(primary_key=True, comment="the item's field")
    source: Mapped[str] = column(
        "profile, theme, structure, json_ld, microdata, opengraph, meta, hint, url, trafilatura"
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


class CopyText(Base):
    """Which state of an article was compared with all others: what `warraq copies --update` has done."""

    __tablename__ = "copy_texts"
    __table_args__ = (
        Index(
            "ix_copy_texts_stale",
            "stale",
            sqlite_where=text("stale <> 0"),
            postgresql_where=text("stale <> 0"),
        ),
    )
    article_id: Mapped[int] = part_of("the article")
    version: Mapped[int] = column("the version that was compared")
    words: Mapped[int] = column("words of its body; under 20 only the very same text counts as a copy")
    full_bands: Mapped[int] = column("bands that were full: text that very many articles carry")
    stale: Mapped[int] = column("1 where the article has changed since: compared again next time", default=0)


class CopyBand(Base):
    """MinHash bands and anchors: articles that stand under one key may be copies of each other."""

    __tablename__ = "copy_bands"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    key: Mapped[int] = mapped_column(
        BigInteger(),
        primary_key=True,
        autoincrement=False,
        comment="of a MinHash band's values, or of eight words in a row",
    )
    article_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="an article, articles.id"
    )


class RecentCopyBand(Base):
    """The newest rows of `copy_bands`, before they move there: a small table is cheaper to add to."""

    __tablename__ = "copy_bands_recent"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    key: Mapped[int] = mapped_column(
        BigInteger(), primary_key=True, autoincrement=False, comment="as in copy_bands"
    )
    article_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="an article, articles.id"
    )


class CopyLink(Base):
    """Two articles that share text, as their words were counted."""

    __tablename__ = "copy_links"
    article_id: Mapped[int] = part_of("the one that was archived later")
    other_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True, comment="the other"
    )
    kind: Mapped[str] = column(
        "exact (the same words), near, or passage (the smaller stands in a larger, other text)"
    )
    jaccard: Mapped[float] = column("shingles in both by shingles in either, 0 to 1")
    share: Mapped[float] = column("part of the article's shingles that the other has, 0 to 1")
    share_of_other: Mapped[float] = column("part of the other's shingles that the article has, 0 to 1")
    shared_words: Mapped[int] = column("words of the article that stand in shared shingles")


class CopyMember(Base):
    """The clusters: a text with its copies, and the articles that hold it as a passage."""

    __tablename__ = "copy_members"
    cluster_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="number of the cluster"
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True, comment="the article"
    )
    part: Mapped[str] = column("text (it is the text: in one cluster at most) or passage (it holds it)")


class SearchDocument(Base):
    """What the full-text index holds of every article; its words are in `articles_fts`, under the same number."""

    __tablename__ = "search_documents"
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="the day and minute of publication and a running number: newest is highest; "
        "below 0 where no date is known",
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), unique=True, comment="the article it is of"
    )
    site_id: Mapped[int] = points_to("sites.id", "its site", index=False)
    section: Mapped[str | None] = column("its rubric")
    authors: Mapped[str | None] = column("their names, one a line")
    item_digest: Mapped[str] = column("first 16 digits of the article's item_digest, as it was indexed")


class SearchPending(Base):
    """Articles whose words are still to be put into the full-text index."""

    __tablename__ = "search_pending"
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="the article",
    )


class SearchIndex(Base):
    """How the full-text index was made: one row."""

    __tablename__ = "search_index"
    revision: Mapped[str] = mapped_column(primary_key=True, comment="of the rules that cut and fold words")


class SiteRun(Base):
    """What each crawl came to at each of its sites; kept too for runs that were killed."""

    __tablename__ = "site_runs"
    __table_args__ = (Index("ix_site_runs_site_id_ended_at", "site_id", "ended_at"),)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True, comment="the run")
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True, comment="the site")
    started_at: Mapped[str] = column("UTC")
    ended_at: Mapped[str] = column("UTC; of a killed run, its last try")
    result: Mapped[str] = column("the run's result, or failed or blocked where the site was")
    error: Mapped[str | None] = column("why it failed or was blocked")
    is_bounded: Mapped[bool] = column("whether it was asked for a part only: a limit, dates, a section")
    requests: Mapped[int] = column("addresses that were tried")
    errors: Mapped[int] = column("tries that failed")
    outcomes: Mapped[dict[str, Any]] = column("how often each outcome came")
    new_articles: Mapped[int] = column("archived for the first time")
    recent_articles: Mapped[int] = column("of the new ones, those published within two days before the run")
    changed_articles: Mapped[int] = column("archived before, and changed")
    read_articles: Mapped[int] = column("new and changed ones: what the next four columns speak of")
    with_title: Mapped[int] = column("of these, those with a title")
    with_date: Mapped[int] = column("of these, those with a date of publication")
    with_body: Mapped[int] = column("of these, those with a text")
    median_body: Mapped[int | None] = column("letters of the middle one of their texts")


class AlertRow(Base):
    """What was wrong with a site, from the run that found it to the run that found it well again."""

    __tablename__ = "alerts"
    id: Mapped[int] = key()
    site_id: Mapped[int] = points_to("sites.id", "the site")
    code: Mapped[str] = column("a fixed code: see docs/health.md")
    detail: Mapped[str] = column("the particulars, as last seen")
    run_id: Mapped[int] = points_to("runs.id", "the run that raised it")
    raised_at: Mapped[str] = column("UTC")
    cleared_at: Mapped[str | None] = column("UTC; null while it stands")
    told: Mapped[str | None] = column("what the on_alert command was last told: raised or cleared")


def table_of(row: type[Base]) -> Table:
    """The table behind a row class, for statements that are built once."""
    return cast("Table", row.__table__)


def new_row_id(result: CursorResult[Any]) -> int:
    """The id that an insert gave its row."""
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


VIEWS = {
    "articles_per_day": """
        SELECT site, substr(published_at, 1, 10) AS day, count(*) AS articles
        FROM articles WHERE length(published_at) >= 10 GROUP BY site, substr(published_at, 1, 10)""",
    "articles_per_month": """
        SELECT site, substr(published_at, 1, 7) AS month, count(*) AS articles
        FROM articles WHERE length(published_at) >= 7 GROUP BY site, substr(published_at, 1, 7)""",
    "outcomes_per_site": """
        SELECT sites.name AS site, fetches.outcome, count(*) AS fetches, max(fetches.fetched_at) AS last_at
        FROM fetches JOIN sites ON sites.id = fetches.site_id GROUP BY sites.name, fetches.outcome""",
    "field_coverage": """
        SELECT site, count(*) AS articles, count(title) AS title, count(published_at) AS published_at,
               count(body) AS body, count(section) AS section,
               (SELECT count(DISTINCT x.article_id) FROM authors x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS authors,
               (SELECT count(DISTINCT x.article_id) FROM images x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS images,
               (SELECT count(DISTINCT x.article_id) FROM breadcrumbs x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS breadcrumbs
        FROM articles GROUP BY site""",
    "see_also": """
        SELECT source.site, source.url AS from_url, source.title AS from_title, links.kind,
               links.url AS to_url, links.title AS to_title, links.target_article_id IS NOT NULL AS archived
        FROM links JOIN articles source ON source.id = links.article_id""",
    "copies": """
        SELECT m.cluster_id, m.part, a.site, a.published_at, a.first_fetched_at, a.title, a.url, m.article_id
        FROM copy_members m JOIN articles a ON a.id = m.article_id""",
    "copy_clusters": """
        SELECT m.cluster_id, count(*) AS articles, count(DISTINCT a.site) AS sites,
               min(a.published_at) AS earliest_published_at, max(a.published_at) AS latest_published_at
        FROM copy_members m JOIN articles a ON a.id = m.article_id GROUP BY m.cluster_id""",
    "copy_pairs": """
        SELECT l.kind, l.jaccard, l.share, l.share_of_other, l.shared_words,
               a.site, a.published_at, a.title, a.url, l.article_id, o.site AS other_site,
               o.published_at AS other_published_at, o.title AS other_title, o.url AS other_url, l.other_id
        FROM copy_links l JOIN articles a ON a.id = l.article_id JOIN articles o ON o.id = l.other_id""",
    "article_sources": """
        SELECT articles.url, articles.title, provenance.field, provenance.source, provenance.locator, provenance.raw
        FROM provenance JOIN articles ON articles.id = provenance.article_id""",
}
"""Answers to the common questions, as SQL views: name -> SELECT."""
