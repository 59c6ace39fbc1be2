"""The clusters of copies, read back: who was first, and how much each has of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from archiver.shingles import Share, Shingles
from archiver.store.tables import ArticleRow, CopyMember, table_of

SHOWN = 200  # members of a cluster that are read back; the whole number is always told
DAY = timedelta(days=1)
EAST, WEST = timedelta(hours=14), timedelta(hours=12)  # the clocks that are furthest from UTC
MEMBERS, ARTICLES = table_of(CopyMember), table_of(ArticleRow)


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a cluster."""

    article_id: int
    url: str
    site: str
    title: str | None
    when: str  # ISO 8601
    when_is: Literal["published_at", "first_fetched_at"]
    part: Literal["text", "passage"]
    words: int
    share: Share | None  # with the first; `of_one` is the member's, `of_other` the first's; None: no text


@dataclass(frozen=True, slots=True)
class Cluster:
    """A text and its copies, earliest first, and how many they are in all (`size`).

    `first` is the earliest by date of publication, or where that is unknown by when it was first
    fetched; `first_is_sure` is false where another may have been earlier: the same day without a
    time, a clock without a zone, or no date at all.
    """

    id: int
    size: int
    first: Member
    first_is_sure: bool
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A cluster in a list."""

    id: int
    articles: int
    sites: int
    title: str | None  # of its earliest article
    url: str


def cluster_of(connection: Connection, article_id: int) -> Cluster | None:
    """The cluster of an article: that of its own text, else the largest whose text it holds as a passage.

    None where it is no copy of anything, and nothing a copy of it.
    """
    found = clusters_of(connection, article_id, limit=1)
    return found[0] if found else None


def clusters_of(connection: Connection, article_id: int, *, limit: int = 10) -> list[Cluster]:
    """All clusters of an article, its own first; several where it holds several texts."""
    m, other = MEMBERS.c, MEMBERS.alias()
    size = select(func.count()).where(other.c.cluster_id == m.cluster_id).scalar_subquery()
    rows = connection.execute(
        select(m.cluster_id)
        .where(m.article_id == article_id)
        .order_by((m.part == "text").desc(), size.desc(), m.cluster_id)
        .limit(limit)
    )
    return [read_cluster(connection, cluster_id) for (cluster_id,) in rows.all()]


def read_cluster(connection: Connection, cluster_id: int) -> Cluster:
    """Raises `KeyError` where there is no such cluster."""
    a = ARTICLES.c
    columns = (
        a.id,
        a.url,
        a.site,
        a.title,
        a.body,
        a.published_at,
        a.published_precision,
        a.first_fetched_at,
    )
    rows = connection.execute(
        select(*columns, MEMBERS.c.part)
        .join(MEMBERS, MEMBERS.c.article_id == a.id)
        .where(MEMBERS.c.cluster_id == cluster_id)
        .order_by(func.coalesce(a.published_at, a.first_fetched_at), a.id)
        .limit(SHOWN)
    ).all()
    if not rows:
        raise KeyError(cluster_id)
    size = connection.scalar(select(func.count()).where(MEMBERS.c.cluster_id == cluster_id)) or len(rows)
    spans = {row.id: _span(row) for row in rows}
    rows = sorted(rows, key=lambda row: (spans[row.id][1], row.id))
    first, *others = rows
    text = Shingles(first.body or "")
    members = tuple(_member(row, text) for row in rows)
    is_sure = all(spans[first.id][2] < spans[other.id][0] for other in others)
    return Cluster(cluster_id, size, members[0], is_sure, members)


def largest(connection: Connection, *, site: str | None = None, limit: int = 20) -> list[Summary]:
    """The largest clusters, of the whole archive or those in which a site takes part."""
    m, a = MEMBERS.c, ARTICLES.c
    articles = func.count().label("articles")
    query = (
        select(m.cluster_id, articles, func.count(a.site.distinct()))
        .join(ARTICLES, a.id == m.article_id)
        .group_by(m.cluster_id)
        .order_by(articles.desc(), m.cluster_id)
        .limit(limit)
    )
    if site is not None:
        of_site = select(m.cluster_id).join(ARTICLES, a.id == m.article_id).where(a.site == site)
        query = query.where(m.cluster_id.in_(of_site))
    return [
        Summary(cluster_id, count, sites, *_earliest(connection, cluster_id))
        for cluster_id, count, sites in connection.execute(query).all()
    ]


def _earliest(connection: Connection, cluster_id: int) -> tuple[str | None, str]:
    """Title and address of a cluster's earliest text; a round-up that holds it as a passage does not give it a name."""
    m, a = MEMBERS.c, ARTICLES.c
    rows = connection.execute(
        select(a.id, a.title, a.url, a.published_at, a.published_precision, a.first_fetched_at, m.part)
        .join(MEMBERS, m.article_id == a.id)
        .where(m.cluster_id == cluster_id)
        .order_by((m.part == "text").desc(), func.coalesce(a.published_at, a.first_fetched_at), a.id)
        .limit(SHOWN)
    ).all()
    first = min(rows, key=lambda row: (row.part != "text", _span(row)[1], row.id))
    return first.title, first.url


def _member(row: Any, first: Shingles) -> Member:
    text = Shingles(row.body or "")
    return Member(
        row.id,
        row.url,
        row.site,
        row.title,
        row.published_at or row.first_fetched_at,
        "published_at" if row.published_at else "first_fetched_at",
        row.part,
        text.words,
        text.share_with(first) if text.words else None,
    )


def _span(row: Any) -> tuple[datetime, datetime, datetime]:
    """The earliest moment it can have been published at, the one to order by, and the latest."""
    start = datetime.min.replace(tzinfo=UTC)
    if row.published_at is None:
        fetched = _aware(datetime.fromisoformat(row.first_fetched_at))
        return start, fetched, fetched
    if len(row.published_at) <= len("2023-05-30"):
        day = datetime.combine(date.fromisoformat(row.published_at), datetime.min.time(), UTC)
        length = {"year": 366 * DAY, "month": 31 * DAY}.get(row.published_precision, DAY)
        return day - EAST, day, day + length + WEST
    moment = datetime.fromisoformat(row.published_at)
    length = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}.get(
        row.published_precision, timedelta()
    )
    aware = _aware(moment)
    if moment.tzinfo is None:
        return aware - EAST, aware, aware + length + WEST
    return aware, aware, aware + length


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
