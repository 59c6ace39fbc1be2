"""What an archive can do without: rows that say once more what their neighbours say.

A site that is looked at every hour gives the same answer most of the time, and each try is a row in
`fetches`. Of an unbroken row of tries of one address that came to the same, the first and the last say all;
those between go, once they are old. Each of them has its response, with time and status, in `snapshots` and in
a WARC file, and is counted in `site_runs`: no row goes that is the only one to know anything. Snapshots, WARC
files, articles, versions and the frontier are never touched.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, select

from archiver.clock import as_text
from archiver.outcomes import Outcome
from archiver.store.archive import Archive
from archiver.store.tables import Fetch, SiteRun

BATCH = 5_000  # rows a transaction
REPEATABLE = frozenset(
    {
        Outcome.ARTICLE_UNCHANGED,
        Outcome.UNCHANGED,
        Outcome.LISTING,
        Outcome.SITEMAP,
        Outcome.FEED,
        Outcome.ROBOTS,
        Outcome.OTHER_PAGE,
        Outcome.GALLERY,
        Outcome.NOT_HTML,
        Outcome.SOFT_404,
        Outcome.REDIRECT,
        Outcome.REDIRECT_OFF_SITE,
        Outcome.GONE,
        Outcome.HTTP_ERROR,
        Outcome.RATE_LIMITED,
        Outcome.BLOCKED,
    }
)
"""What may come again and again and tell nothing new; never what made an article or a version of one."""


def prune(archive: Archive, before: datetime, *, apply: bool) -> Counter[str]:
    """How many rows of `fetches` from before the moment (aware) can go, by outcome; with `apply` they are gone."""
    found = archive.connection.execute(_repeated(before)).all()
    if apply:
        for start in range(0, len(found), BATCH):
            ids = [row.id for row in found[start : start + BATCH]]
            archive.connection.execute(delete(Fetch).where(Fetch.id.in_(ids)))
            archive.commit()
    return Counter(row.outcome for row in found)


def _repeated(before: datetime) -> Select[*tuple[Any, ...]]:
    """The tries between two of the same address that came to the same, counted and kept elsewhere."""
    tries = select(
        Fetch.id,
        Fetch.run_id,
        Fetch.site_id,
        Fetch.outcome,
        Fetch.fetched_at,
        Fetch.snapshot_id,
        _like(func.lag).label("is_like_last"),
        _like(func.lead).label("is_like_next"),
    ).subquery()
    each = tries.c
    return select(each.id, each.outcome).where(
        each.is_like_last,
        each.is_like_next,
        each.outcome.in_(REPEATABLE),
        each.fetched_at < as_text(before),
        each.snapshot_id.is_not(None),
        select(SiteRun.run_id).where(SiteRun.run_id == each.run_id, SiteRun.site_id == each.site_id).exists(),
    )


def _like(neighbour: Any) -> ColumnElement[bool]:
    """Whether the try before, or after, at the same address came to the same."""
    told = (Fetch.outcome, Fetch.status, Fetch.url, Fetch.article_id)
    window = {"partition_by": (Fetch.site_id, Fetch.url_key), "order_by": Fetch.id}
    return and_(*(neighbour(column).over(**window).is_not_distinct_from(column) for column in told))
