"""Running a query: how many, which ones first, how they spread.

The numbers of documents are in the order of time (see archiver/store/fulltext.py), so all that has to do
with dates is a range of numbers. The work for one page is bounded whatever the archive's size, but for
the count, which is always exact.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, Literal, NamedTuple

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
    literal_column,
    select,
    values,
)

from archiver.errors import QueryError
from archiver.search.match import INDEX, Compiled, compiled
from archiver.search.query import Query, leaves, parse
from archiver.store import tables as t
from archiver.store.fulltext import DAY_BITS, day_of, first_number, last_number

HELD = 10_000
"""Hits up to which all are held, ranked and counted one by one. Of more, those with the words in their title come
first, the newest first, and facets are estimated from a sample of so many.
"""
STRETCHES = 40  # of time, that a sample is taken from
MONTHS_AT_ONCE = 120
AT_ONCE = 1_000  # numbers in one statement
LOWEST, HIGHEST = -(1 << 59), 1 << 59
CURSOR = re.compile(r"([notb])(-?\d{1,18})|r(-?\d+(?:\.\d+)?(?:e-?\d+)?)_(-?\d{1,18})", re.ASCII)

Order = Literal["newest", "oldest", "ranked", "titled", "rest"]
LETTERS: dict[str, Order] = {"n": "newest", "o": "oldest", "r": "ranked", "t": "titled", "b": "rest"}


class Place(NamedTuple):
    """A document in the results, and the order that it stands in there."""

    number: int
    order: Order
    rank: float | None = None


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
        self._expressions = {"titled": self._query.in_title, "rest": self._query.not_in_title}
        has_words = self._query.expression is not None
        self._table: FromClause = INDEX if has_words else t.table_of(t.SearchDocument)
        self._number: ColumnElement[int] = self._table.c["rowid" if has_words else "id"].label("number")
        self._held = self._hold()
        self._total = None if self._held is None else len(self._held)

    @property
    def total(self) -> int:
        """How many documents match."""
        if self._total is None:
            self._total = self._count(LOWEST, HIGHEST)
        return self._total

    @property
    def are_many(self) -> bool:
        """Whether there are more than `HELD`; known without counting them."""
        return self._held is None or len(self._held) > HELD

    def _hold(self) -> list[int] | None:
        """All numbers, ascending, where they are few; or where asking is dear, as it is for beginnings of words."""
        is_dear = self.node is not None and any(each.is_prefix for each in leaves(self.node))
        found = self._matching(self._number).limit(None if is_dear else HELD + 1)
        numbers = sorted(self._connection.scalars(found, self._between()))
        return numbers if is_dear or len(numbers) <= HELD else None

    def _count(self, low: int, high: int) -> int:
        return self._connection.scalar(self._matching(func.count()), self._between(low, high)) or 0

    def article_ids(self) -> Iterator[int]:
        """Of all hits, newest first; streamed."""
        d, found = t.SearchDocument, self._matching(self._number).subquery()
        ids = select(d.article_id).join(found, found.c.number == d.id).order_by(found.c.number.desc())
        options = {"yield_per": 1_000}
        yield from self._connection.execute(ids, self._between(), execution_options=options).scalars()

    def places(self, order: Order, limit: int, after: Place | None) -> list[Place]:
        """The first in an order, or those that follow a place."""
        if order == "ranked":
            return self._ranked(limit, after)
        low, high = LOWEST, HIGHEST
        if after is not None:
            low, high = (after.number + 1, HIGHEST) if order == "oldest" else (LOWEST, after.number - 1)
        if self._held is not None and order in ("newest", "oldest"):
            numbers = self._held[bisect_left(self._held, low) : bisect_right(self._held, high)]
            chosen = numbers[:limit] if order == "oldest" else numbers[::-1][:limit]
        else:
            found = self._matching(self._number, expression=self._expressions.get(order))
            ordered = found.order_by(self._number.asc() if order == "oldest" else self._number.desc())
            chosen = list(self._connection.scalars(ordered.limit(limit), self._between(low, high)))
        return [Place(number, order) for number in chosen]

    def _ranked(self, limit: int, after: Place | None) -> list[Place]:
        """Best first; the newer first where two are as good."""
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
        rows = self._connection.execute(best, self._between())
        return [Place(number, "ranked", rank) for number, rank in rows]

    def months(self) -> Months:
        """Exact, whatever the number of hits; who asks for it first gets `total` for nothing."""
        if self._held is not None:
            return _months_of(self._held)
        if not self._query.dialect.is_sorted:
            return self._months_at_once()
        counts: dict[str, int] = {}
        number = self._first_from(0)
        while number is not None:
            spans = list(islice(_months_from(number), MONTHS_AT_ONCE))
            counts |= {month: found for month, found in self._counts(spans) if found}
            number = self._first_from(spans[-1][2])  # over gaps in one step
        undated = self._count(LOWEST, -1)
        self._total = undated + sum(counts.values())
        return Months(counts, undated)

    def _months_at_once(self) -> Months:
        """All hits in one go, by the day."""
        day = self._number.op(">>", return_type=BigInteger())(literal_column(str(DAY_BITS))).label("day")
        grouped = self._matching(day).add_columns(func.count()).group_by(day).order_by(day)
        counts: Counter[str] = Counter()
        undated = 0
        for ordinal, found in self._connection.execute(grouped, self._between()):
            if ordinal < 0:
                undated += found
            else:
                counts[date.fromordinal(ordinal).isoformat()[:7]] += found
        self._total = undated + counts.total()
        return Months(dict(counts), undated)

    def facets(self, months: Months) -> tuple[list[Counter[Any]], bool]:
        """How many hits each site_id, section and listing of authors has, and whether that is exact.

        A sample has old and new in their shares: every so many-th hit, or the first of every stretch of time.
        """
        added: list[Counter[Any]] = [Counter(), Counter(), Counter()]
        for share, rows in self._facet_rows(months):
            for whole, values_ in zip(added, zip(*rows, strict=True), strict=False):
                for value, number in Counter(values_).items():
                    whole[value] += number * share  # type: ignore[assignment]
        return added, not self.are_many

    def _facet_rows(self, months: Months) -> Iterator[tuple[float, list[Any]]]:
        """(how many hits each row stands for, rows) until all or a sample of `HELD` are read."""
        d = t.SearchDocument
        columns = select(d.site_id, d.section, d.authors)
        if self._held is not None:
            step = -(-self.total // HELD) or 1
            chosen = self._held[::step]
            for at in range(0, len(chosen), AT_ONCE):
                given = {"numbers": chosen[at : at + AT_ONCE]}
                these = columns.where(d.id.in_(bindparam("numbers", expanding=True)))
                yield self.total / len(chosen), list(self._connection.execute(these, given))
            return
        found = self._matching(self._number).limit(bindparam("limit")).subquery()
        first = columns.join(found, found.c.number == d.id)
        for start, stop, count in _stretches(months, self.total):
            given_ = self._between(start, stop - 1) | {"limit": max(1, HELD * count // self.total)}
            rows = list(self._connection.execute(first, given_))
            yield count / max(1, len(rows)), rows

    def _counts(self, spans: list[tuple[str, int, int]]) -> list[tuple[str, int]]:
        """The hits of every (month, start, stop), in one statement."""
        given = [(month, max(start, self._low), min(stop - 1, self._high)) for month, start, stop in spans]
        columns = column("month", Text), column("low", BigInteger), column("high", BigInteger)
        span = values(*columns, name="given").data(given).cte("span")
        inside = self._number.between(span.c.low, span.c.high)
        counted = self._matching(func.count(), inside).scalar_subquery().correlate(span)
        rows = self._connection.execute(select(span.c.month, counted))
        return [(month, count) for month, count in rows]

    def _first_from(self, low: int) -> int | None:
        first = self._matching(self._number).order_by(self._number.asc()).limit(1)
        number: int | None = self._connection.scalar(first, self._between(low))
        return number

    def _matching(
        self, chosen: Any, inside: ColumnElement[bool] | None = None, expression: str | None = None
    ) -> Select[Any]:
        """What is chosen of the documents that match; to be executed with `_between`."""
        found = select(chosen).select_from(self._table)
        expression = expression or self._query.expression
        if expression is not None:
            found = found.where(self._query.dialect.matches(expression))
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
        shown = ascii(site)[1:-1]
        raise QueryError(
            f"{shown}: no site of this archive; it has: {known}", "site", site=shown, known=known
        )


def cursor(place: Place) -> str:
    """A place in the results as text, for the next page to begin after."""
    if place.rank is not None:
        return f"r{place.rank!r}_{place.number}"
    return next(letter for letter, order in LETTERS.items() if order == place.order) + str(place.number)


def read_cursor(after: str) -> Place:
    """The place of a `cursor`. Raises `QueryError`."""
    found = CURSOR.fullmatch(after)
    if found is None:
        raise QueryError(
            "after: not a place in results; take `next` of a page, or begin again without it", "place"
        )
    if found[1]:
        return Place(int(found[2]), LETTERS[found[1]])
    return Place(int(found[4]), "ranked", float(found[3]))


def count_pending(connection: Connection) -> int:
    """Articles that are not in the index yet."""
    return connection.scalar(select(func.count()).select_from(t.SearchPending)) or 0


def _range(since: date | None, until: date | None) -> tuple[int, int]:
    """The numbers of the days asked for; documents without a date only where no day is."""
    if since is None and until is None:
        return LOWEST, HIGHEST
    if since and until and since > until:
        raise QueryError(
            f"from {since} to {until}: the first day comes after the last", "days", first=since, last=until
        )
    return (first_number(since) if since else 0), (last_number(until) if until else HIGHEST)


def _months_of(numbers: list[int]) -> Months:
    at = undated = bisect_left(numbers, 0)
    counts: dict[str, int] = {}
    while at < len(numbers):
        day = day_of(numbers[at])
        assert day is not None
        after = bisect_left(numbers, _month(day)[1], at)
        counts[day.isoformat()[:7]] = after - at
        at = after
    return Months(counts, undated)


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
