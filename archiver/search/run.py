"""Running a query: how many, which ones first, how they spread.

The numbers of documents are in the order of time (see archiver/store/fulltext.py), so all that has to do
with dates is a range of numbers. The work for one page is bounded whatever the archive's size, but for
the count, which is always exact.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from archiver.errors import QueryError
from archiver.search.match import INDEX, Compiled, compiled
from archiver.search.query import Query, parse
from archiver.store import tables as t
from archiver.store.fulltext import day_of, first_number, last_number

RANKED = 20_000  # hits that are ranked by relevance: the newest; the older follow by date
COUNTED = 20_000  # hits up to which facets are counted one by one; beyond, this many are a sample
LOWEST, HIGHEST = -(1 << 59), 1 << 59
CURSOR = re.compile(r"([no])(-?\d{1,18})|r(-?\d{1,18})_(-?\d+(?:\.\d+)?(?:e-?\d+)?)_(-?\d{1,18})", re.ASCII)


class Place(NamedTuple):
    """A document in the results: its number, and its rank where the order is by relevance."""

    number: int
    rank: float | None


class Months(NamedTuple):
    """How many hits each month has, oldest first, and how many have no date."""

    counts: dict[str, int]
    undated: int


class Search:
    """One query over one connection."""

    def __init__(self, connection: Connection, query: Query) -> None:
        self._connection = connection
        self.node = parse(query.text)
        self.sites: dict[int, str] = dict(connection.execute(select(t.Site.id, t.Site.name)).all())
        self._query: Compiled = compiled(connection, query, self.node, self._site_id(query.site))
        self._low, self._high = _range(query.since, query.until)
        has_words = self._query.expression is not None
        self._table: FromClause = INDEX if has_words else t.table_of(t.SearchDocument)
        self._number: ColumnElement[int] = self._table.c["rowid" if has_words else "id"].label("number")

    def count(self, low: int = LOWEST, high: int = HIGHEST) -> int:
        """How many documents match, between two numbers where they are given."""
        return self._connection.scalar(self._matching(func.count(), low, high)) or 0

    def article_ids(self) -> Iterator[int]:
        """Of all hits, newest first; streamed."""
        d, found = t.SearchDocument, self._matching(self._number).subquery()
        ids = select(d.article_id).join(found, found.c.number == d.id).order_by(found.c.number.desc())
        yield from self._connection.execute(ids, execution_options={"yield_per": 1_000}).scalars()

    def by_date(self, sort: str, limit: int, after: Place | None) -> list[Place]:
        low, high, order = LOWEST, HIGHEST, self._number.desc()
        if sort == "oldest":
            order = self._number.asc()
            low = low if after is None else after.number + 1
        elif after is not None:
            high = after.number - 1
        numbers = self._matching(self._number, low, high).order_by(order).limit(limit)
        return [Place(number, None) for number in self._connection.scalars(numbers)]

    def floor(self, total: int) -> int:
        """The number from which on hits are ranked: all, or the newest of very many."""
        if total <= RANKED:
            return LOWEST
        newest = self._matching(self._number).order_by(self._number.desc())
        return self._connection.scalar(newest.offset(RANKED - 1).limit(1)) or LOWEST

    def by_relevance(self, floor: int, limit: int, after: Place | None) -> list[Place]:
        """Best first among the documents from `floor` on; the newer first where two are as good."""
        assert self._query.expression is not None
        rank = self._query.dialect.rank(self._query.expression).label("rank")
        found = self._matching(self._number, floor).add_columns(rank).subquery()
        best = select(found.c.number, found.c.rank).order_by(found.c.rank, found.c.number.desc()).limit(limit)
        if after is not None:
            # The archive may have grown since: the rank of the last hit shown is what it is today.
            last = self._matching(rank, after.number, after.number)
            reached = self._connection.scalar(last)
            reached = after.rank if reached is None else reached
            follows = (found.c.rank == reached) & (found.c.number < after.number)
            best = best.where((found.c.rank > reached) | follows)
        return [Place(*row) for row in self._connection.execute(best)]

    def months(self, total: int) -> Months:
        """Exact, whatever the number of hits."""
        if total <= COUNTED:
            return self._months_one_by_one()
        counts: dict[str, int] = {}
        number = self._first_from(0)
        while number is not None:
            day = day_of(number)
            assert day is not None
            start, stop = _month(day)
            counts[day.isoformat()[:7]] = self.count(start, stop - 1)
            number = self._first_from(stop)
        return Months(counts, total - sum(counts.values()))

    def facet_rows(self, total: int, months: Months) -> Iterator[tuple[float, Any]]:
        """Rows of (site_id, section, authors) with how many hits each stands for: 1, or more in a sample.

        A sample has its share of every month, so that old and new count alike.
        """
        if total <= COUNTED:
            yield from ((1.0, row) for row in self._facets(LOWEST, HIGHEST, COUNTED))
            return
        spans = [
            (*_month(date.fromisoformat(month + "-01")), count) for month, count in months.counts.items()
        ]
        if months.undated:
            spans.append((LOWEST, 0, months.undated))
        for start, stop, count in spans:
            rows = self._facets(start, stop - 1, max(1, COUNTED * count // total))
            yield from ((count / len(rows), row) for row in rows)

    def _facets(self, low: int, high: int, limit: int) -> list[Any]:
        d, found = t.SearchDocument, self._matching(self._number, low, high).limit(limit).subquery()
        rows = select(d.site_id, d.section, d.authors).join(found, found.c.number == d.id)
        return list(self._connection.execute(rows))

    def _months_one_by_one(self) -> Months:
        numbers = sorted(self._connection.scalars(self._matching(self._number)))
        at = undated = bisect_left(numbers, 0)
        counts: dict[str, int] = {}
        while at < len(numbers):
            day = day_of(numbers[at])
            assert day is not None
            after = bisect_left(numbers, _month(day)[1], at)
            counts[day.isoformat()[:7]] = after - at
            at = after
        return Months(counts, undated)

    def _first_from(self, low: int) -> int | None:
        first = self._matching(self._number, low).order_by(self._number.asc()).limit(1)
        number: int | None = self._connection.scalar(first)
        return number

    def _matching(self, chosen: Any, low: int = LOWEST, high: int = HIGHEST) -> Select[Any]:
        """What is chosen of the documents that match, between two numbers."""
        between = self._number.between(max(low, self._low), min(high, self._high))
        found = select(chosen).select_from(self._table).where(between)
        if self._query.expression is None:
            return found
        return found.where(self._query.dialect.matches(self._query.expression))

    def _site_id(self, site: str | None) -> int | None:
        if site is None:
            return None
        for number, name in self.sites.items():
            if name == site.strip().lower().removeprefix("www."):
                return number
        known = ", ".join(sorted(self.sites.values())[:10]) or "none yet"
        raise QueryError(f"{ascii(site)[1:-1]}: no site of this archive; it has: {known}")


def cursor(place: Place, sort: str, floor: int) -> str:
    """A place in the results as text, for the next page to begin after."""
    if place.rank is not None:
        return f"r{floor}_{place.rank!r}_{place.number}"
    return f"{'o' if sort == 'oldest' else 'n'}{place.number}"


def read_cursor(after: str) -> tuple[str, Place, int]:
    """Order, place and floor of `cursor`. Raises `QueryError`."""
    found = CURSOR.fullmatch(after)
    if found is None:
        raise QueryError("after: not a place in results; take `next` of a page, or begin again without it")
    if found[1]:
        return ("newest" if found[1] == "n" else "oldest"), Place(int(found[2]), None), LOWEST
    return "relevance", Place(int(found[5]), float(found[4])), int(found[3])


def count_pending(connection: Connection) -> int:
    """Articles that are not in the index yet."""
    return connection.scalar(select(func.count()).select_from(t.SearchPending)) or 0


def _range(since: date | None, until: date | None) -> tuple[int, int]:
    """The numbers of the days asked for; documents without a date only where no day is."""
    if since is None and until is None:
        return LOWEST, HIGHEST
    if since and until and since > until:
        raise QueryError(f"from {since} to {until}: the first day comes after the last")
    return (first_number(since) if since else 0), (last_number(until) if until else HIGHEST)


def _month(day: date) -> tuple[int, int]:
    """The lowest number of the day's month, and that of the month after."""
    first = day.replace(day=1)
    if day.month == 12 and day.year == date.max.year:
        return first_number(first), HIGHEST
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_number(first), first_number(following)
