"""One site: its sections and authors, how much of each field was found over time, what became of its addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection, case, exists, func, select
from starlette.exceptions import HTTPException

from archiver import search as searching
from archiver.store import tables as t
from archiver.web.home import health
from archiver.web.plots import month_plot
from archiver.web.room import Reading, render
from archiver.web.shelf import month_of, months, newest

router = APIRouter()

NEWEST = 10  # articles
CRAWLS = 10  # told of
SAMPLE = 20_000  # articles that are looked at for the coverage, of a site that has more
FIELDS = ("title", "published_at", "body", "section", "authors", "images", "breadcrumbs", "see_also", "tags")
LISTS: dict[str, Any] = {
    "authors": t.AuthorRow,
    "images": t.ImageRow,
    "breadcrumbs": t.BreadcrumbRow,
    "see_also": t.LinkRow,
    "tags": t.TagRow,
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles of a period have each field; the period is a month, or None for those without a date."""

    month: str | None
    articles: int  # that were looked at
    found: dict[str, int]

    def share(self, field: str) -> float:
        """From 0 to 1."""
        return self.found[field] / self.articles if self.articles else 0.0


@router.get("/site/{name}")
def site(request: Request, archive: Reading, name: str) -> Response:
    connection = archive.connection
    row = connection.execute(select(t.Site.__table__).where(t.Site.name == name.lower())).mappings().first()
    if row is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, name)
    a, f = t.ArticleRow, t.Fetch
    in_site = a.site == row["name"]
    articles = connection.scalar(select(func.count()).select_from(a).where(in_site)) or 0
    step = -(-articles // SAMPLE) or 1
    by_month = coverage(connection, row["name"], step)
    found = searching.search(connection, searching.Query(site=row["name"]), limit=1, facets=True)
    outcomes = connection.execute(
        select(f.outcome, func.count().label("tries"), func.max(f.fetched_at).label("last_at"))
        .where(f.site_id == row["id"])
        .group_by(f.outcome)
        .order_by(func.count().desc())
    ).all()
    return render(
        request,
        "site.html",
        site=row,
        cards=newest(connection, NEWEST, site=row["name"]),
        articles=articles,
        found=found,
        plot=month_plot(months(connection, in_site), site=row["name"]),
        fields=FIELDS,
        coverage=by_month,
        is_sample=step > 1,
        total=_total(by_month),
        shares=_shares(by_month),
        outcomes=outcomes,
        doing=next((each for each in health(archive) if each.site == row["name"]), None),
        crawls=_crawls(connection, row["id"]),
    )


def _crawls(connection: Connection, site_id: int) -> Sequence[Any]:
    """What the last crawls of a site came to, newest first."""
    r = t.SiteRun
    return connection.execute(
        select(r.ended_at, r.result, r.error, r.requests, r.errors, r.new_articles, r.changed_articles)
        .where(r.site_id == site_id)
        .order_by(r.run_id.desc())
        .limit(CRAWLS)
    ).all()


def coverage(connection: Connection, name: str, step: int = 1) -> list[Coverage]:
    """By month of publication, oldest first; articles without a date come last. One of `step` is looked at."""
    a = t.ArticleRow
    month = month_of(a.published_at)
    columns: list[Any] = [
        func.count(getattr(a, field)).label(field) for field in FIELDS if field not in LISTS
    ]
    columns += [
        func.count(case((exists().where(part.article_id == a.id), 1))).label(field)
        for field, part in LISTS.items()
    ]
    rows = connection.execute(
        select(month.label("month"), func.count().label("articles"), *columns)
        .where(a.site == name, a.id % step == 0)
        .group_by(month)
        .order_by(month.is_(None), month)
    ).mappings()
    return [
        Coverage(row["month"], row["articles"], {field: int(row[field]) for field in FIELDS}) for row in rows
    ]


def _total(parts: list[Coverage]) -> Coverage:
    found = {field: sum(part.found[field] for part in parts) for field in FIELDS}
    return Coverage(None, sum(part.articles for part in parts), found)


def _shares(parts: list[Coverage]) -> dict[str, object]:
    """A row a field, in per cent, over the months that have articles."""
    dated = [part for part in parts if part.month]
    return {
        "kind": "shares",
        "labels": [part.month for part in dated],
        "series": {field: [round(100 * part.share(field), 1) for part in dated] for field in FIELDS},
    }
