"""What the articles that were known before a run came to when it looked at them again."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.orm import aliased

from archiver.outcomes import Outcome
from archiver.store.tables import ArticleRow, Fetch, Run, Snapshot
from archiver.urls import key_of

THERE = frozenset({Outcome.ARTICLE, Outcome.ARTICLE_CHANGED, Outcome.ARTICLE_UNCHANGED, Outcome.PAYWALLED})
LOST = frozenset(
    {
        Outcome.OTHER_PAGE,
        Outcome.LISTING,
        Outcome.GALLERY,
        Outcome.NOT_HTML,
        Outcome.SOFT_404,
        Outcome.GONE,
        Outcome.REDIRECT_OFF_SITE,
    }
)


NOWHERE = ("redirect_home", "redirect_missing")


class LookedAt(NamedTuple):
    """Known articles at whose addresses something was found: how many, and how many are lost."""

    articles: int = 0
    lost: int = 0


def looked_at(connection: Connection, run_id: int, site_id: int, since_run: int) -> LookedAt:
    """Of the articles of a site that were there before the run `since_run` (this one, or an earlier one that first lost
    them): those that were looked at from that run to this, by their last try, and of these those whose address gives no
    article any more, or the page that another one's gives, too. An answer that nothing has changed (304) says what the
    one before it said. What failed, what lives at another address by now, and what redirects to it, tells nothing.
    """
    tried, told = aliased(Fetch), aliased(Fetch)
    last_told = (
        select(func.max(tried.id))
        .where(tried.url_key == Fetch.url_key, tried.id <= Fetch.id, tried.outcome != Outcome.UNCHANGED)
        .scalar_subquery()
    )
    newest = (
        select(func.max(Fetch.id))
        .where(Fetch.site_id == site_id, Fetch.run_id.between(since_run, run_id))
        .group_by(Fetch.url_key)
    )
    began = connection.scalar(select(Run.started_at).where(Run.id == since_run))
    rows = connection.execute(
        select(Fetch.url_key, ArticleRow.url, told.outcome, Snapshot.payload_digest, ArticleRow.removed_how)
        .join(ArticleRow, ArticleRow.url_key == Fetch.url_key)
        .join(told, told.id == last_told)
        .outerjoin(Snapshot, Snapshot.id == told.snapshot_id)
        .where(
            Fetch.id.in_(newest),
            ArticleRow.first_fetched_at < began,
            or_(ArticleRow.removed_at.is_(None), ArticleRow.removed_at >= began),
        )
    )
    last = [row for row in rows if key_of(row.url) == row.url_key]
    shown = Counter(row.payload_digest or row.url_key for row in last if row.outcome in THERE)
    lost = sum(
        row.outcome in LOST or (row.outcome == Outcome.REDIRECT and row.removed_how in NOWHERE)
        for row in last
    )
    lost += sum(count for count in shown.values() if count > 1)
    alone = sum(count == 1 for count in shown.values())
    return LookedAt(lost + alone, lost)
