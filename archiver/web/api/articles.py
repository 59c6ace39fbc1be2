"""Articles for programs: searched, by number, by address, at every version, with what changed and who copied."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from archiver import search as searching
from archiver.copies import Cluster, cluster_of
from archiver.diff import changes
from archiver.errors import AddressError
from archiver.export.schema_org import news_article
from archiver.store import tables as t
from archiver.store.reading import article_item, version_item, versions_of
from archiver.urls import start_address
from archiver.web.api.models import Archived, Changed, Found, Item, Problem, Version
from archiver.web.room import Reading
from archiver.web.shelf import RowId, article_ids

WRONG: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem},
    404: {"model": Problem},
    422: {"model": Problem},
    503: {"model": Problem},
}
router = APIRouter(prefix="/articles", tags=["articles"], responses=WRONG)


class LinkedData(JSONResponse):
    media_type = "application/ld+json"


Text = Annotated[str | None, Query(max_length=1_000)]
Number = Annotated[int, Query(ge=1, le=2**31)]


@router.get("")
def search(
    archive: Reading,
    q: Annotated[str, Query(max_length=1_000, description="words; empty finds all, newest first")] = "",
    site: Text = None,
    section: Text = None,
    author: Text = None,
    first: Annotated[date | None, Query(alias="from", description="first day of publication")] = None,
    last: Annotated[date | None, Query(alias="to", description="last day of publication")] = None,
    stem: bool = False,
    sort: searching.Sort | None = None,
    limit: Annotated[int, Query(ge=1, le=searching.MAX_LIMIT)] = searching.LIMIT,
    after: Annotated[str | None, Query(max_length=300, description="`next` of the page before")] = None,
    facets: bool = False,
) -> searching.Page:
    """One page of what is found; `next` is the `after` of the next one, null on the last."""
    query = searching.Query(q, site or None, section or None, author or None, first, last, stem)
    return searching.search(
        archive.connection, query, sort=sort, limit=limit, after=after or None, facets=facets
    )


@router.get("/by-url")
def by_url(archive: Reading, url: Annotated[str, Query(max_length=4_096)]) -> Found:
    """The article of an address, whatever its spelling: http or https or neither, www, AMP, an alias."""
    found = article_ids(archive.connection, [_typed(url)]).get(_typed(url))
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"{url}: not in the archive")
    return Found(id=found, url=url)


def _typed(url: str) -> str:
    """An address as a person writes it; unchanged where it is none."""
    try:
        return start_address(url)
    except AddressError:
        return url


@router.get("/{article_id}")
def article(archive: Reading, article_id: RowId) -> Archived:
    """The newest version of an article."""
    a = t.ArticleRow
    columns = (a.id, a.version, a.first_fetched_at, a.fetched_at, a.removed_at, a.removed_how, a.snapshot_id)
    row = archive.connection.execute(select(*columns).where(a.id == article_id)).mappings().first()
    if row is None:
        raise _none(article_id)
    return Archived(**row, item=Item(**article_item(archive.connection, article_id)))


@router.get("/{article_id}/json-ld", response_class=LinkedData)
def json_ld(archive: Reading, article_id: RowId) -> LinkedData:
    """The article as schema.org NewsArticle, in JSON-LD."""
    a = t.ArticleRow
    fetched_at = archive.connection.scalar(select(a.fetched_at).where(a.id == article_id))
    if fetched_at is None:
        raise _none(article_id)
    return LinkedData(news_article(article_item(archive.connection, article_id), fetched_at=fetched_at))


@router.get("/{article_id}/versions")
def versions(archive: Reading, article_id: RowId) -> list[Version]:
    """Every version, the first first: edits by the publisher and better readings of ours, told apart."""
    found = versions_of(archive.connection, article_id)
    if not found:
        raise _none(article_id)
    return [Version(**each) for each in found]


@router.get("/{article_id}/versions/{number}")
def version(archive: Reading, article_id: RowId, number: RowId) -> Item:
    """The item as one version had it."""
    return Item(**_version(archive.connection, article_id, number))


@router.get("/{article_id}/diff")
def diff(archive: Reading, article_id: RowId, older: Number, newer: Number) -> list[Changed]:
    """What changed between two versions, word by word; fields that did not change are left out."""
    items = [_version(archive.connection, article_id, number) for number in (older, newer)]
    return [Changed.model_validate(each.to_dict()) for each in changes(*items)]


@router.get("/{article_id}/copies")
def copies(archive: Reading, article_id: RowId) -> Cluster | None:
    """The articles that share its text, who was first and how much each has of it; null where there are none."""
    if archive.connection.scalar(select(t.ArticleRow.id).where(t.ArticleRow.id == article_id)) is None:
        raise _none(article_id)
    return cluster_of(archive.connection, article_id)


def _version(connection: Connection, article_id: int, number: int) -> dict[str, Any]:
    try:
        return version_item(connection, article_id, number)
    except KeyError:
        raise HTTPException(
            HTTPStatus.NOT_FOUND, f"article {article_id}, version {number}: not in the archive"
        ) from None


def _none(article_id: int) -> HTTPException:
    return HTTPException(HTTPStatus.NOT_FOUND, f"article {article_id}: not in the archive")
