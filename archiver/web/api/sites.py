"""Sites for programs: how each does, as `warraq status` tells it."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from archiver.health import SiteStatus
from archiver.web.api.articles import WRONG
from archiver.web.home import health
from archiver.web.room import Reading

router = APIRouter(prefix="/sites", tags=["sites"], responses=WRONG)


@router.get("")
def sites(archive: Reading) -> list[SiteStatus]:
    """Every site: its last crawl, new articles, coverage of the fields, alerts, and whether it is overdue."""
    return health(archive)


@router.get("/{name}")
def site(archive: Reading, name: str) -> SiteStatus:
    """One site, by the name its articles carry: its host without www."""
    found = next((each for each in sites(archive) if each.site == name), None)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"{name}: no such site in the archive")
    return found
