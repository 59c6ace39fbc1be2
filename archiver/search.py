"""Searching an archive: what the command line, the reading room, the API and the export ask through.

A `Query` is words and filters; `search` gives one `Page` of hits, `matching_ids` streams all of them.
Words are compared as `archiver.arabic.text.fold` leaves them; what is shown is the page's own text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sqlalchemy import Connection, Select, exists, select

from archiver.arabic.text import fold
from archiver.errors import QueryError
from archiver.store import tables as t

Sort = Literal["relevance", "newest", "oldest"]
LIMIT = 20
MAX_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for. No text and no filter is everything, newest first."""

    text: str = ""
    site: str | None = None  # as articles.site
    section: str | None = None
    author: str | None = None
    since: date | None = None  # first and last day of publication, both included
    until: date | None = None
    stem: bool = False  # also other forms of the words: كتاب finds والكتاب


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of original text, and whether it is what was searched for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. Joined, the parts of `title_parts` are the title, letter for letter."""

    article_id: int
    url: str
    site: str
    title: str | None
    published_at: str | None
    section: str | None
    title_parts: tuple[Part, ...]
    snippet: tuple[Part, ...]
    rank: float | None  # lower is better; null where the order is by date


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the hits have a value: a site, a section, an author, or a month as 2023-05."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits. `next` is the `after` of the next page, null on the last."""

    total: int
    exact: bool  # false: `total` and the counts are estimates, to be shown with "about"
    hits: tuple[Hit, ...]
    next: str | None
    facets: dict[str, tuple[Count, ...]] = field(default_factory=dict)  # site, section, author: most first
    histogram: tuple[Count, ...] = ()  # by month, oldest first; only months that have hits


def search(
    connection: Connection,
    query: Query,
    *,
    sort: Sort | None = None,
    limit: int = LIMIT,
    after: str | None = None,
    facets: bool = False,
) -> Page:
    """One page of what the query finds; without `sort` by relevance where there are words, else newest first.

    Going from page to page by `after` neither skips nor repeats. Raises `QueryError` for a query, a
    limit or an `after` that cannot be.
    """
    _ = sort
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"limit {limit}: give 1 to {MAX_LIMIT}")
    ids = list(matching_ids(connection, query))
    try:
        start = 0 if after is None else ids.index(int(after)) + 1
    except ValueError:
        raise QueryError(f"after={after}: not a place in these results; begin again without it") from None
    shown = ids[start : start + limit]
    following = str(shown[-1]) if start + limit < len(ids) else None
    hits = tuple(_hit(connection, each) for each in shown)
    _ = facets
    return Page(len(ids), True, hits, following)


def matching_ids(connection: Connection, query: Query) -> Iterator[int]:
    """The ids of all articles the query finds, newest first, as a stream. Raises `QueryError`."""
    words = fold(query.text).split()
    for row in connection.execute(_filtered(query)):
        text = f"{fold(row.title or '')} {fold(row.body or '')}"
        if all(word in text for word in words):
            yield row.id


def _filtered(query: Query) -> Select[int, str | None, str | None]:
    a, author = t.ArticleRow, t.AuthorRow
    chosen = select(a.id, a.title, a.body).order_by(a.published_at.desc(), a.id.desc())
    if query.site is not None:
        chosen = chosen.where(a.site == query.site)
    if query.section is not None:
        chosen = chosen.where(a.section == query.section)
    if query.author is not None:
        chosen = chosen.where(exists().where(author.article_id == a.id, author.name == query.author))
    if query.since is not None:
        chosen = chosen.where(a.published_at >= query.since.isoformat())
    if query.until is not None:
        chosen = chosen.where(a.published_at <= query.until.isoformat() + "T99")
    return chosen


def _hit(connection: Connection, article_id: int) -> Hit:
    a = t.ArticleRow
    row = connection.execute(
        select(a.url, a.site, a.title, a.published_at, a.section, a.body).where(a.id == article_id)
    ).one()
    return Hit(
        article_id,
        row.url,
        row.site,
        row.title,
        row.published_at,
        row.section,
        (Part(row.title),) if row.title else (),
        (Part(row.body[:200]),) if row.body else (),
        None,
    )
