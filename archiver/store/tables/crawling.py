"""What a crawl keeps: sites, runs, snapshots, one row for every try, and the frontier."""

from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from archiver.store.tables.base import Base, column, key, points_to


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
    idle_parameters: Mapped[list[Any] | None] = column(
        "JSON list of the parameters of its addresses that were seen to say nothing of what is shown: left out of them"
    )


class Run(Base):
    """One row for every run of a crawl or a re-parse."""

    __tablename__ = "runs"
    id: Mapped[int] = key()
    command: Mapped[str] = column("crawl or reparse")
    arguments: Mapped[dict[str, Any]] = column("what it was asked to do")
    started_at: Mapped[str] = column("UTC")
    ended_at: Mapped[str | None] = column(
        "UTC; null while it runs; of a run that was killed, its last try (or its start), noted by the next run"
    )
    result: Mapped[str | None] = column(
        "done, max_runtime (its time was over), interrupted, failed or killed; null while it runs"
    )
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
