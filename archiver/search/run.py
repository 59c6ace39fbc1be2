"""Running a query: how many, which ones first, how they spread.

The numbers of documents are in the order of time (see archiver/store/fulltext.py), so all that has to do
with dates is a range of numbers. The work for one page is bounded whatever the archive's size, but for
the count, which is always exact.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Text,
    bindparam,
    column,
    func,
    select,
    values,
)

from archiver.errors import QueryError
from archiver.search.match import INDEX, Compiled, compiled
from archiver.search.query import Query, parse
from archiver.store import tables as t
from archiver.store.fulltext import day_of, first_number, last_number

RANKED = 20_000  # hits that are ranked by relevance: the newest; the older follow by date
COUNTED = 20_000  # hits up to which facets are counted one by one; beyond, this many are a sample
STRETCHES = 40  # of time, that a sample is taken from
MONTHS_AT_ONCE = 120
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
        self._count = self._matching(func.count())

    def count(self, low: int = LOWEST, high: int = HIGHEST) -> int:
        """How many documents match, between two numbers where they are given."""
        return self._connection.scalar(self._count, self._between(low, high)) or 0

    def article_ids(self) -> Iterator[int]:
        """Of all hits, newest first; streamed."""
        d, found = t.SearchDocument, self._matching(self._number).subquery()
        ids = select(d.article_id).join(found, found.c.number == d.id).order_by(found.c.number.desc())
        options = {"yield_per": 1_000}
        yield from self._connection.execute(ids, self._between(), execution_options=options).scalars()

    def by_date(self, sort: str, limit: int, after: Place | None) -> list[Place]:
        low, high, order = LOWEST, HIGHEST, self._number.desc()
        if sort == "oldest":
            order = self._number.asc()
            low = low if after is None else after.number + 1
        elif after is not None:
            high = after.number - 1
        numbers = self._matching(self._number).order_by(order).limit(limit)
        return [Place(number, None) for number in self._connection.scalars(numbers, self._between(low, high))]

    def floor(self, total: int) -> int:
        """The number from which on hits are ranked: all, or the newest of very many."""
        if total <= RANKED:
            return LOWEST
        newest = self._matching(self._number).order_by(self._number.desc())
        last = self._connection.scalar(newest.offset(RANKED - 1).limit(1), self._between())
        return LOWEST if last is None else last

    def by_relevance(self, floor: int, limit: int, after: Place | None) -> list[Place]:
        """Best first among the documents from `floor` on; the newer first where two are as good."""
        assert self._query.expression is not None
        rank = self._query.dialect.rank(self._query.expression).label("rank")
        found = self._matching(self._number).add_columns(rank).subquery()
        best = select(found.c.number, found.c.rank).order_by(found.c.rank, found.c.number.desc()).limit(limit)
        if after is not None:
            # The archive may have grown since: the rank of the last hit shown is what it is today.
            reached = self._connection.scalar(self._matching(rank), self._between(after.number, after.number))
            reached = after.rank if reached is None else reached
            follows = (found.c.rank == reached) & (found.c.number < after.number)
            best = best.where((found.c.rank > reached) | follows)
        return [Place(*row) for row in self._connection.execute(best, self._between(floor))]

    def months(self, total: int) -> Months:
        """Exact, whatever the number of hits."""
        if total <= COUNTED:
            return self._months_one_by_one()
        counts: dict[str, int] = {}
        number = self._first_from(0)
        while number is not None:
            spans = list(islice(_months_from(number), MONTHS_AT_ONCE))
            counts |= {month: found for month, found in self._counts(spans) if found}
            number = self._first_from(spans[-1][2])  # over gaps in one step
        return Months(counts, total - sum(counts.values()))

    def facets(self, total: int, months: Months) -> tuple[list[Counter[Any]], bool]:
        """How many hits each site_id, section and listing of authors has, and whether that is exact.

        A sample takes its share of the beginning of every stretch of time, so that old and new count alike.
        """
        d, found = t.SearchDocument, self._matching(self._number).limit(bindparam("limit")).subquery()
        rows = select(d.site_id, d.section, d.authors).join(found, found.c.number == d.id)

        def counters(low: int, high: int, limit: int) -> list[Counter[Any]]:
            given = self._between(low, high) | {"limit": limit}
            columns = zip(*self._connection.execute(rows, given).all(), strict=True)
            return [Counter(column) for column in columns]

        if total <= COUNTED:
            return counters(LOWEST, HIGHEST, COUNTED), True
        added: list[Counter[Any]] = [Counter(), Counter(), Counter()]
        for start, stop, count in _stretches(months, total):
            sample = counters(start, stop - 1, max(1, COUNTED * count // total))
            for whole, part in zip(added, sample, strict=False):
                share = count / part.total()
                whole.update({value: number * share for value, number in part.items()})
        return added, False

    def _counts(self, spans: list[tuple[str, int, int]]) -> list[tuple[str, int]]:
        """The hits of every (month, start, stop), in one statement."""
        given = [(month, max(start, self._low), min(stop - 1, self._high)) for month, start, stop in spans]
        columns = column("month", Text), column("low", BigInteger), column("high", BigInteger)
        span = values(*columns, name="given").data(given).cte("span")
        inside = self._number.between(span.c.low, span.c.high)
        counted = self._matching(func.count(), inside).scalar_subquery().correlate(span)
        rows = self._connection.execute(select(span.c.month, counted))
        return [(month, count) for month, count in rows]

    def _months_one_by_one(self) -> Months:
        numbers = sorted(self._connection.scalars(self._matching(self._number), self._between()))
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
        first = self._matching(self._number).order_by(self._number.asc()).limit(1)
        number: int | None = self._connection.scalar(first, self._between(low))
        return number

    def _matching(self, chosen: Any, inside: ColumnElement[bool] | None = None) -> Select[Any]:
        """What is chosen of the documents that match; to be executed with `_between`."""
        found = select(chosen).select_from(self._table)
        if self._query.expression is not None:
            found = found.where(self._query.dialect.matches(self._query.expression))
        return found.where(
            self._number.between(bindparam("low"), bindparam("high")) if inside is None else inside
        )

    def _between(self, low: int = LOWEST, high: int = HIGHEST) -> dict[str, int]:
        return {"low": max(low, self._low), "high": min(high, self._high)}

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


def _months_from(number: int) -> Iterator[tuple[str, int, int]]:
    """(month, first number, first number of the next month), from the month of a number on."""
    day = day_of(number)
    while day is not None:
        start, stop = _month(day)
        yield day.isoformat()[:7], start, stop
        day = day_of(stop) if stop < HIGHEST else None


def _stretches(months: Months, total: int) -> Iterator[tuple[int, int, int]]:
    """The months put together to some `STRETCHES` of about as many hits each: (start, stop, hits)."""
    if months.undated:
        yield LOWEST, 0, months.undated
    start = stop = held = 0
    for month, count in months.counts.items():
        stop = _month(date.fromisoformat(month + "-01"))[1]
        held += count
        if held * STRETCHES >= total:
            yield start, stop, held
            start, held = stop, 0
    if held:
        yield start, stop, held


def _month(day: date) -> tuple[int, int]:
    """The lowest number of the day's month, and that of the month after."""
    first = day.replace(day=1)
    if day.month == 12 and day.year == date.max.year:
        return first_number(first), HIGHEST
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_number(first), first_number(following)
