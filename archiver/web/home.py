"""The front page: what is new, the sites with their health, and articles over time."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select

from archiver.store import tables as t
from archiver.web.plots import month_plot
from archiver.web.room import Reading, render
from archiver.web.shelf import months, newest

router = APIRouter()

NEWEST = 12  # articles


@router.get("/")
def home(request: Request, archive: Reading) -> Response:
    connection = archive.connection
    a = t.ArticleRow
    sites = connection.execute(
        select(t.Site.name, func.count(a.id).label("articles"), func.max(a.fetched_at).label("fetched_at"))
        .outerjoin(a, a.site_id == t.Site.id)
        .group_by(t.Site.id)
        .order_by(func.count(a.id).desc(), t.Site.name)
    ).all()
    return render(
        request,
        "home.html",
        cards=newest(connection, NEWEST),
        sites=sites,
        articles=sum(site.articles for site in sites),
        plot=month_plot(months(connection)),
    )
