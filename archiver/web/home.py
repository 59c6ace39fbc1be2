"""The front page: what is new, the sites with their health, and articles over time."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from archiver.clock import now
from archiver.health import Measures, SiteStatus, status
from archiver.schedule import Schedule
from archiver.store import Archive
from archiver.store.database import Database
from archiver.store.lock import ArchiveLock
from archiver.web.plots import month_plot
from archiver.web.room import Reading, render
from archiver.web.shelf import months, newest

router = APIRouter()

NEWEST = 12  # articles
SITES = 12  # shown at once; those that are not well come first


@router.get("/")
def home(request: Request, archive: Reading) -> Response:
    connection = archive.connection
    sites = sorted(health(archive), key=_unwell_first)
    return render(
        request,
        "home.html",
        cards=newest(connection, NEWEST),
        sites=sites,
        shown=SITES,
        articles=sum(site.articles for site in sites),
        is_running=ArchiveLock.is_held(archive.folder),
        plot=month_plot(months(connection)),
    )


def health(archive: Archive) -> list[SiteStatus]:
    """How every site does, by the archive's own measures and schedule."""
    folder = archive.folder
    sites = status(
        archive.connection,
        now(),
        Measures.load(folder),
        Schedule.load(folder),
        is_running=ArchiveLock.is_held(folder),
    )
    if Database.of(folder).is_export():  # nothing is crawled into it: no site of it is due
        return [replace(each, due_at=None, is_overdue=False) for each in sites]
    return sites


def _unwell_first(site: SiteStatus) -> tuple[bool, bool, int, str]:
    return not site.alerts, not site.is_overdue, -site.articles, site.site
