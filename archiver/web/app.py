"""The reading room as an ASGI application: which pages there are, and what holds for all of them."""

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from archiver.errors import WarraqError
from archiver.store import Archive
from archiver.web import article, graph, home, room, search, site, snapshot
from archiver.web.api import create_api
from archiver.web.head_requests import HeadRequests
from archiver.web.shelter import Shelter

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
STATIC = Path(__file__).parent / "static"


def create_app(archive: Path, *, names: Sequence[str] = ()) -> FastAPI:
    """The reading room of the archive in this folder, which is opened read-only, once a request.

    `names` are the hosts it is reached under beside loopback's own: a request that names any other is
    refused, so that no page of the web can read the archive by DNS rebinding. Raises as
    `Archive.open_for_reading` does where there is no archive to read.
    """
    Archive.open_for_reading(archive).close()
    app = FastAPI(title="Warraq", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.archive = archive
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, *names], www_redirect=False)
    app.add_middleware(Shelter)
    app.add_middleware(HeadRequests)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/api", create_api(archive), name="api")
    for page in (home, search, article, site, snapshot, graph):
        app.include_router(page.router, include_in_schema=False)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misread)
    for error in (WarraqError, DBAPIError):
        app.add_exception_handler(error, _unreadable)
    return app


def _refused(request: Request, error: Exception) -> Response:
    """What there is not, said as a page."""
    assert isinstance(error, HTTPException)
    return room.problem(request, error.status_code, str(error.detail or ""))


def _misread(request: Request, error: Exception) -> Response:
    """An address whose parts are not what they must be: `/article/abc`."""
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
    return room.problem(request, HTTPStatus.BAD_REQUEST, said)


def _unreadable(request: Request, error: Exception) -> Response:
    """A torn snapshot, a broken `health.toml`, an archive that was changed under our feet: named, not hidden."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return room.problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, said)
