"""An article as a reader sees it, at any of its versions; what changed between two; how to cite it."""

from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection, RowMapping, select
from starlette.exceptions import HTTPException

from archiver.copies import cluster_of
from archiver.diff import changes
from archiver.store import tables as t
from archiver.store.reading import article_item, further_pages, version_item, versions_of
from archiver.web.room import Reading, language, render
from archiver.web.shelf import MOST_ROWS, RowId, article_ids
from archiver.web.wording import DAY, Words

router = APIRouter()

MOST_LINKS = 50  # listed of those that lead to it
Number = Annotated[int, Query(ge=1, le=MOST_ROWS)]


@dataclass(frozen=True, slots=True)
class Citation:
    """What a footnote needs; parted, for each part has a direction of its own."""

    words: tuple[str, ...]  # author, title, site, day
    address: str
    moment: str
    digest: str


@router.get("/article")
def by_address(request: Request, archive: Reading, url: Annotated[str, Query(max_length=4_096)]) -> Response:
    """The article of an address, whatever its spelling."""
    found = article_ids(archive.connection, [url]).get(url)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, url)
    return RedirectResponse(f"/article/{found}", HTTPStatus.FOUND)


@router.get("/article/{article_id}")
def article(request: Request, archive: Reading, article_id: RowId, version: Number | None = None) -> Response:
    connection = archive.connection
    row = _row(connection, article_id)
    versions = versions_of(connection, article_id)[::-1]
    number = version or row["version"]
    is_newest = version is None  # as it was last read; a version by its number is as it was when it was made
    shown = next((each for each in versions if each["number"] == number), None)
    if shown is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"version {number}")
    item = article_item(connection, article_id) if is_newest else version_item(connection, article_id, number)
    snapshot = _snapshot(connection, row["snapshot_id"] if is_newest else shown["snapshot_id"])
    return render(
        request,
        "article.html",
        row=row,
        item=item,
        blocks=_grouped(item["blocks"]),
        number=number,
        is_newest=is_newest,
        versions=versions,
        snapshot=snapshot,
        archived=article_ids(connection, [each["url"] for each in item["see_also"]]),
        copies=cluster_of(connection, article_id),
        leading_here=_leading_here(connection, article_id),
        aliases=connection.execute(
            select(t.Alias.url, t.Alias.reason).where(t.Alias.article_id == article_id).limit(MOST_LINKS)
        ).all(),
        further_pages=further_pages(connection, article_id, version),
        citation=citation(item, snapshot, Words(language(request))),
    )


@router.get("/article/{article_id}/diff")
def diff(request: Request, archive: Reading, article_id: RowId, older: Number, newer: Number) -> Response:
    """What changed between two versions, word by word."""
    connection = archive.connection
    row = _row(connection, article_id)
    versions = {each["number"]: each for each in versions_of(connection, article_id)}
    if older not in versions or newer not in versions:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"versions {older}, {newer}")
    items = [version_item(connection, article_id, number) for number in (older, newer)]
    return render(
        request,
        "diff.html",
        row=row,
        title=items[1]["title"],
        older=versions[older],
        newer=versions[newer],
        numbers=sorted(versions),
        changes=changes(*items),
    )


def citation(item: dict[str, Any], snapshot: RowMapping, words: Words) -> Citation:
    """Author, title, site and day; the address; and the very bytes that were read, by time and digest."""
    authors = f"{words('comma')} ".join(item["authors"]) or item["agency"] or ""
    title = words("quoted").format(item["title"] or words("untitled"))
    day = words.date((item["published_at"] or "")[:DAY]) or words("undated")
    return Citation(
        tuple(part for part in (authors, title, item["site"], day) if part),
        item["canonical_url"],
        f"{snapshot['fetched_at'][:19].replace('T', ' ')} UTC",
        f"sha1:{snapshot['payload_digest']}",
    )


def _row(connection: Connection, article_id: int) -> RowMapping:
    a = t.ArticleRow
    times = (a.first_fetched_at, a.fetched_at, a.removed_at, a.removed_how)
    row = (
        connection.execute(
            select(a.id, a.url, a.site, a.version, a.snapshot_id, *times).where(a.id == article_id)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"article {article_id}")
    return row


def _snapshot(connection: Connection, snapshot_id: int) -> RowMapping:
    return (
        connection.execute(select(t.Snapshot.__table__).where(t.Snapshot.id == snapshot_id)).mappings().one()
    )


def _leading_here(connection: Connection, article_id: int) -> list[RowMapping]:
    """Archived articles that link to this one."""
    a, link = t.ArticleRow, t.LinkRow
    return list(
        connection.execute(
            select(a.id, a.title, a.site, a.published_at)
            .distinct()
            .join(link, link.article_id == a.id)
            .where(link.target_article_id == article_id, a.id != article_id)
            .order_by(a.id.desc())
            .limit(MOST_LINKS)
        ).mappings()
    )


def _grouped(blocks: list[dict[str, str]]) -> list[tuple[str, list[str]]]:
    """Blocks with neighbouring list items together: one list each."""
    groups: list[tuple[str, list[str]]] = []
    for kind, run in groupby(blocks, key=lambda block: block["type"]):
        texts = [block["text"] for block in run]
        groups += [(kind, texts)] if kind == "list_item" else [(kind, [text]) for text in texts]
    return groups
