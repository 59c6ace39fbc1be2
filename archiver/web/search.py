"""The search page: words and filters, hits with what was found marked, facets, and a time histogram."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from archiver import search as searching
from archiver.errors import QueryError
from archiver.store import tables as t
from archiver.web.plots import month_plot
from archiver.web.room import Reading, render
from archiver.web.shelf import MonthCount, article_ids, every_month

router = APIRouter()

SORTS: tuple[searching.Sort, ...] = ("relevance", "newest", "oldest")
Words = Annotated[str, Query(max_length=1_000)]


@router.get("/search")
def search(
    request: Request,
    archive: Reading,
    q: Words = "",
    site: Words = "",
    section: Words = "",
    author: Words = "",
    first: Annotated[str, Query(alias="from", max_length=30)] = "",
    last: Annotated[str, Query(alias="to", max_length=30)] = "",
    stem: bool = False,
    sort: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    asked = {"q": q, "site": site, "section": section, "author": author, "from": first, "to": last}
    asked |= {"stem": "1" if stem else "", "sort": sort}
    if q.strip().startswith(("http://", "https://")):  # an address, not words
        found = article_ids(archive.connection, [q.strip()])
        if found:
            return RedirectResponse(f"/article/{next(iter(found.values()))}", HTTPStatus.FOUND)
    page, problem = None, None
    try:
        query = searching.Query(
            q, site or None, section or None, author or None, _day(first), _day(last), stem
        )
        order = next((each for each in SORTS if each == sort), None)
        page = searching.search(archive.connection, query, sort=order, after=after or None, facets=True)
    except QueryError as error:
        problem = error
    return render(
        request,
        "search.html",
        HTTPStatus.OK if page else HTTPStatus.BAD_REQUEST,
        asked=asked,
        page=page,
        problem=problem,
        first_page=not after,
        sorts=SORTS,
        sites=archive.connection.scalars(select(t.Site.name).order_by(t.Site.name)).all(),
        plot=_histogram(page, asked) if page else None,
    )


def _day(text: str) -> date | None:
    """A day as the form's fields send it: 2023-05-30. Raises `QueryError`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise QueryError(f"{text}: not a day; write 2023-05-30", "day", text=text) from None


def _histogram(page: searching.Page, asked: dict[str, str]) -> dict[str, Any]:
    counts = {each.value: each.articles for each in page.histogram}
    kept = {name: value for name, value in asked.items() if name not in ("from", "to")}
    return month_plot([MonthCount(each, counts.get(each, 0)) for each in every_month(list(counts))], **kept)
