"""What every page needs: the archive, open for one request; the reader's language; the templates."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from archiver.store import Archive
from archiver.urls import readable
from archiver.web.wording import DIRECTION, LANGUAGES, Language, Words

COOKIE = "warraq-language"
A_YEAR = 365 * 86_400  # seconds

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _readable(url: str) -> str:
    """An address for people; one that is none, as it stands in the page, stays as it is."""
    try:
        return readable(url)
    except ValueError:
        return url


def link(path: str, **query: object) -> str:
    """An address within the room; what is None or empty is left out of the query."""
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


ENVIRONMENT.filters |= {"readable": _readable, "number": lambda value: f"{value:,}"}
ENVIRONMENT.tests["web"] = lambda url: url.lower().startswith(("http://", "https://"))
ENVIRONMENT.globals |= {"link": link, "site_path": lambda name: f"/site/{quote(name)}", "zip": zip}


def opened(request: Request) -> Iterator[Archive]:
    """The archive, read-only, for this request alone: a crawl may go on writing meanwhile."""
    archive = Archive.open_for_reading(request.app.state.archive)
    try:
        yield archive
    finally:
        archive.close()


Reading = Annotated[Archive, Depends(opened)]


def language(request: Request) -> Language:
    """As the address asks, else as the reader chose before, else Arabic."""
    asked = (request.query_params.get("lang"), request.cookies.get(COOKIE))
    return next((each for choice in asked for each in LANGUAGES if each == choice), "ar")


def render(request: Request, template: str, status: int = HTTPStatus.OK, **context: Any) -> HTMLResponse:
    """A page in the reader's language. A language chosen in the address is kept in a cookie."""
    chosen = language(request)
    words = Words(chosen)
    html = ENVIRONMENT.get_template(template).render(
        request=request,
        t=words,
        lang=chosen,
        direction=DIRECTION[chosen],
        other_language=_with(request, lang=next(each for each in LANGUAGES if each != chosen)),
        here=request.url.path,
        data=_data,
        **context,
    )
    response = HTMLResponse(html, status, headers={"Cache-Control": "no-cache", "Vary": "Cookie"})
    if request.query_params.get("lang") == chosen:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="lax")
    return response


def problem(request: Request, status: int, detail: str) -> HTMLResponse:
    """A page that says what is wrong and where to go on."""
    return render(request, "problem.html", status, code=status, detail=detail)


def _with(request: Request, **changed: str) -> str:
    return f"?{urlencode({**dict(request.query_params), **changed})}"


def _data(name: str, value: object) -> Markup:
    """A value for the page's script, as a data block that cannot end early: no `<`, `>` or `&` is left in it."""
    text = json.dumps(value, ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="application/json" id="{}">').format(name) + Markup(text + "</script>")  # noqa: S704
