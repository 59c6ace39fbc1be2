"""Searching an archive: what the command line, the reading room, the API and the export ask through.

A `Query` is words and filters; `search` gives one `Page` of hits, `matching_ids` streams all of them.
Words are compared as `archiver.arabic.text.fold` leaves them; what is shown is the page's own text.
How a search text is written: archiver/search/query.py.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, select

from archiver.arabic.words import words
from archiver.errors import QueryError
from archiver.search.marks import Marker, Part
from archiver.search.match import DIALECTS
from archiver.search.query import Query, parse
from archiver.search.run import Months, Order, Place, Search, count_pending, cursor, read_cursor
from archiver.store import tables as t

__all__ = ["Count", "Hit", "Page", "Part", "Query", "Sort", "fts_expression", "matching_ids", "search"]

Sort = Literal["relevance", "newest", "oldest"]
SORTS = ("relevance", "newest", "oldest")
LIMIT = 20
MAX_LIMIT = 100
FACET_VALUES = 20


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
    rank: float | None  # lower is better; null where the order is by date, or the hits are very many


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the hits have a value: a site, a section, an author, or a month as 2023-05."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits. `next` is the `after` of the next page, null on the last."""

    total: int  # exact, always
    exact: bool  # false: the facets' counts are estimates, to be shown with "about"
    hits: tuple[Hit, ...]
    next: str | None
    facets: dict[str, tuple[Count, ...]] = field(default_factory=dict)  # site, section, author: most first
    histogram: tuple[Count, ...] = ()  # by month, oldest first, exact; only months that have hits
    undated: int = 0  # hits without a date, which no month has; counted with the facets
    pending: int = 0  # articles of the archive that are not in the index yet


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
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"limit {limit}: give 1 to {MAX_LIMIT}", "limit", most=MAX_LIMIT)
    if sort is not None and sort not in SORTS:
        raise QueryError(f"sort {sort!a}: give one of {', '.join(SORTS)}", "sort")
    running = Search(connection, query)
    months = running.months() if facets else None
    places, following = _places(running, sort, limit, None if after is None else read_cursor(after))
    hits = _hits(connection, places, Marker(running.node, stem=query.stem))
    pending = count_pending(connection)
    if months is None:
        return Page(running.total, True, hits, following, pending=pending)
    counted, exact = _facets(running, months)
    histogram = tuple(Count(month, number) for month, number in months.counts.items())
    return Page(running.total, exact, hits, following, counted, histogram, months.undated, pending)


def matching_ids(connection: Connection, query: Query) -> Iterator[int]:
    """The ids of all articles the query finds, newest first, as a stream. Raises `QueryError` at once."""
    return Search(connection, query).article_ids()


def fts_expression(connection: Connection, text: str, *, stem: bool = False) -> str | None:
    """A search text as `articles_fts MATCH` takes it, for SQL of one's own; None where it is blank.

    Raises `QueryError`.
    """
    node = parse(text)
    return None if node is None else DIALECTS[connection.dialect.name](connection).expression(node, [], stem)


def _places(
    running: Search, sort: Sort | None, limit: int, after: Place | None
) -> tuple[list[Place], str | None]:
    """The page's places, and the cursor of the next page."""
    order: Order
    if running.node is None and sort == "relevance":
        sort = "newest"  # without words none is more relevant than another
    if sort in ("newest", "oldest") or running.node is None:
        order = "oldest" if sort == "oldest" else "newest"
    elif after is not None:
        order = after.order  # what has been begun goes on, though the hits have become very many
    else:
        order = "titled" if running.are_many else "ranked"
    if after is not None and (
        after.order != order or (sort == "relevance" and order in ("newest", "oldest"))
    ):
        raise QueryError(f"after: a place in another order ({after.order}); begin again without it", "place")
    places = running.places(order, limit + 1, after)
    if order == "titled" and len(places) <= limit:
        places += running.places("rest", limit + 1 - len(places), None)
    shown = places[:limit]
    return shown, cursor(shown[-1]) if len(places) > limit else None


def _facets(running: Search, months: Months) -> tuple[dict[str, tuple[Count, ...]], bool]:
    (sites, sections, bylines), exact = running.facets(months)
    authors: Counter[str] = Counter()
    for names, number in bylines.items():
        for name in (names or "").split("\n"):
            authors[name] += number
    named = Counter({running.sites[site]: number for site, number in sites.items()})
    counted = {"site": named, "section": sections, "author": authors}
    return {name: _most(counter) for name, counter in counted.items()}, exact


def _most(counter: Counter[str | None]) -> tuple[Count, ...]:
    """The most frequent values; what folds alike is one value, in its most frequent spelling."""
    alike: dict[tuple[str, ...], tuple[str, float]] = {}
    for value, number in counter.most_common():
        if not value:
            continue
        folded = tuple(words(value))
        spelling, before = alike.get(folded, (value, 0.0))
        alike[folded] = (spelling, before + number)
    ordered = sorted(alike.values(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(value, round(number)) for value, number in ordered[:FACET_VALUES])


def _hits(connection: Connection, places: Sequence[Place], marker: Marker) -> tuple[Hit, ...]:
    a, d = t.ArticleRow, t.SearchDocument
    columns = (a.id, a.url, a.site, a.title, a.published_at, a.section, a.body, a.subtitle, a.description)
    found = {
        row.number: row
        for row in connection.execute(
            select(d.id.label("number"), *columns)
            .join(a, a.id == d.article_id)
            .where(d.id.in_([place.number for place in places]))
        )
    }
    hits = []
    for place in places:
        row = found.get(place.number)
        if row is None:
            continue  # the index names an article that is gone: `warraq verify` tells
        title = marker.parts(row.title) if row.title else ()
        is_shown = any(part.marked for part in title)
        snippet = marker.snippet(_texts(connection, row, has_more=not is_shown))
        hits.append(
            Hit(
                row.id,
                row.url,
                row.site,
                row.title,
                row.published_at,
                row.section,
                title,
                snippet,
                place.rank,
            )
        )
    return tuple(hits)


def _texts(connection: Connection, row: Any, *, has_more: bool) -> Iterator[str | None]:
    """What a snippet may be taken from, in this order; the last are read only where nothing else shows the hit."""
    yield row.body
    yield row.subtitle
    yield row.description
    if has_more:
        captions, tags, authors = t.ImageRow, t.TagRow, t.AuthorRow
        for column, table in (
            (captions.caption, captions),
            (captions.credit, captions),
            (tags.name, tags),
            (authors.name, authors),
        ):
            yield from connection.scalars(
                select(column).where(table.article_id == row.id).order_by(table.position)
            )
