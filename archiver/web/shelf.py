"""What several pages ask of the archive: articles in short, articles of an address, articles a month."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path
from sqlalchemy import ColumnElement, Connection, Text, column, func, literal_column, select, values

from archiver.errors import AddressError
from archiver.store import tables as t
from archiver.urls import identity

TEASER = 240  # characters of a text that stand below a headline
MOST_MONTHS = 720  # in a plot without gaps
MONTHS_AT_ONCE = 120
MONTH = 7  # characters of an ISO 8601 text up to the month
IS_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
MOST_ROWS = 2**31 - 1
RowId = Annotated[int, Path(ge=1, le=MOST_ROWS)]
"""A row number as every database can hold it."""


@dataclass(frozen=True, slots=True)
class Card:
    """An article in short."""

    id: int
    site: str
    title: str | None
    section: str | None
    published_at: str | None
    first_fetched_at: str
    teaser: str | None


@dataclass(frozen=True, slots=True)
class MonthCount:
    month: str  # 2023-05
    articles: int


def newest(connection: Connection, limit: int, *, site: str | None = None) -> list[Card]:
    """The articles archived last, newest first."""
    a = t.ArticleRow
    teaser = func.substr(func.coalesce(a.description, a.body), 1, TEASER).label("teaser")
    columns = (a.id, a.site, a.title, a.section, a.published_at, a.first_fetched_at)
    chosen = select(*columns, teaser).order_by(a.id.desc()).limit(limit)
    if site is not None:
        chosen = chosen.where(a.site == site)
    return [Card(**row) for row in connection.execute(chosen).mappings()]


def months(connection: Connection, *conditions: ColumnElement[bool]) -> list[MonthCount]:
    """Articles by month of publication, oldest first, months without any among them.

    Every month is a range of the index: to group them all takes twenty times as long.
    """
    published = t.ArticleRow.published_at
    ends = connection.execute(select(func.min(published), func.max(published)).where(*conditions)).one()
    known = every_month([each[:MONTH] for each in ends if each])
    if len(known) <= 2 and ends[0] != ends[1]:  # what is no month, or a lifetime between them
        known = every_month(_grouped(connection, conditions))
    counts: dict[str, int] = {}
    for at in range(0, len(known), MONTHS_AT_ONCE):
        columns = column("month", Text), column("following", Text)
        given = [(each, _following(each)) for each in known[at : at + MONTHS_AT_ONCE]]
        span = values(*columns, name="given").data(given).cte("span")
        inside = (published >= span.c.month) & (published < span.c.following)
        counted = select(func.count()).where(inside, *conditions).scalar_subquery().correlate(span)
        counts |= dict(connection.execute(select(span.c.month, counted)).all())
    return [MonthCount(each, counts[each]) for each in known]


def _grouped(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> list[str]:
    """The months that have articles; whatever else stands there is among them."""
    published = t.ArticleRow.published_at
    return list(
        connection.scalars(select(month_of(published)).where(published.is_not(None), *conditions).distinct())
    )


def _following(month: str) -> str:
    """The month after."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def month_of(moment: Any) -> Any:
    """The month of an ISO 8601 column. Its numbers are written out: as parameters, PostgreSQL would take two
    mentions of it for two different things, and not group by it.
    """
    return func.substr(moment, literal_column("1"), literal_column(str(MONTH)))


def every_month(known: Sequence[str]) -> list[str]:
    """The months from the first to the last of these, none left out, unless they lie a lifetime apart.

    What is no month is dropped.
    """
    numbers = sorted(int(each[:4]) * 12 + int(each[5:]) - 1 for each in known if IS_MONTH.fullmatch(each))
    if numbers and numbers[-1] - numbers[0] < MOST_MONTHS:
        numbers = list(range(numbers[0], numbers[-1] + 1))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in numbers]


def article_ids(connection: Connection, urls: Iterable[str]) -> dict[str, int]:
    """{address: article} of those addresses that are archived, by their own identity or as an alias."""
    keys = {url: key for url in urls if (key := _key(url))}
    found: dict[str, int] = {}
    for row, article in ((t.Alias, t.Alias.article_id), (t.ArticleRow, t.ArticleRow.id)):
        chosen = select(row.url_key, article).where(row.url_key.in_(set(keys.values())))
        found |= {str(key): int(number) for key, number in connection.execute(chosen)}
    return {url: found[key] for url, key in keys.items() if key in found}


def _key(url: str) -> str | None:
    try:
        return identity(url)
    except AddressError:
        return None
