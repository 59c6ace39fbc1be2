"""The archive for programs: JSON under `/api`, described at `/api/openapi.json`.

An application of its own, so that what goes wrong here is told as JSON and not as a page. It reads what
the pages read, by the same functions; lists go on by `next`, which neither skips nor repeats.
"""

import hashlib
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from archiver.errors import InputError, WarraqError
from archiver.web.api import articles, sites

DESCRIPTION = """\
Everything the archive keeps of an article, as it was read, with the source of each field. Dates are ISO 8601,
date-only where only the day is known; what a page does not show is null. Answers carry an `ETag`: send it back
as `If-None-Match`, and an answer that has not changed is 304 without a body."""


def create_api(archive: Path) -> FastAPI:
    """The API over the archive in this folder, to be mounted."""
    api = FastAPI(
        title="Warraq",
        version=version("warraq"),
        description=DESCRIPTION,
        docs_url=None,  # they would be loaded from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    api.state.archive = archive
    api.include_router(articles.router)
    api.include_router(sites.router)
    api.middleware("http")(_with_etag)
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(RequestValidationError, _misread)
    api.add_exception_handler(InputError, _not_asked_right)
    for error in (WarraqError, DBAPIError):
        api.add_exception_handler(error, _unreadable)
    return api


async def _with_etag(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Names an answer by its content; one that the client has already is not sent again."""
    response = await go_on(request)
    if response.status_code != HTTPStatus.OK:
        return response
    body = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {**response.headers, "ETag": etag, "Cache-Control": "no-cache"}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    if etag in known or "*" in known:
        headers.pop("content-length", None)
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, response.status_code, headers)


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"detail": str(error.detail)}, error.status_code, error.headers)


def _misread(_request: Request, error: Exception) -> Response:
    """A parameter that is not what it must be."""
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
    return JSONResponse({"detail": said}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _not_asked_right(_request: Request, error: Exception) -> Response:
    return JSONResponse({"detail": str(error)}, HTTPStatus.BAD_REQUEST)


def _unreadable(_request: Request, error: Exception) -> Response:
    """A torn snapshot, an archive that cannot be read: named, not hidden."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return JSONResponse({"detail": said}, HTTPStatus.SERVICE_UNAVAILABLE)
