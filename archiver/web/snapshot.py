"""A snapshot replayed: what is known of it around a sandboxed frame, the neutral page, and the true bytes."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import RowMapping, select
from starlette.exceptions import HTTPException

from archiver.errors import SnapshotError
from archiver.payload import PayloadError
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.snapshots import Record
from archiver.web.replay import neutral_html, plain_text
from archiver.web.room import Reading, render
from archiver.web.shelf import RowId
from archiver.web.shelter import REPLAY_POLICY

router = APIRouter(prefix="/snapshot")

TEXTS = ("text/", "application/xml", "application/json", "application/rss", "application/atom")


@router.get("/{snapshot_id}")
def snapshot(request: Request, archive: Reading, snapshot_id: RowId, plain: bool = False) -> Response:
    row = _row(archive, snapshot_id)
    s, a = t.Snapshot, t.ArticleRow
    others = archive.connection.execute(
        select(s.id, s.fetched_at, s.status, s.record_type)
        .where(s.url_key == row["url_key"])
        .order_by(s.id.desc())
        .limit(50)
    ).all()
    article = archive.connection.execute(select(a.id, a.title).where(a.url_key == row["url_key"])).first()
    return render(
        request, "snapshot.html", row=row, kind=_kind(row), others=others, article=article, plain=plain
    )


@router.get("/{snapshot_id}/page")
def page(archive: Reading, snapshot_id: RowId, plain: bool = False) -> Response:
    """The page to be framed: cleaned, and under a policy that lets it do nothing even when opened by itself."""
    row = _row(archive, snapshot_id)
    kind = _kind(row)
    if kind == "other":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, row["content_type"])
    record = archive.page_of(snapshot_id)
    payload, declared = _payload(record, snapshot_id), record.header("content-type")
    if kind == "html":
        html = neutral_html(payload, row["url"], declared, styled=not plain)
    else:
        html = plain_text(payload, row["url"], declared)
    return HTMLResponse(html, headers={"Content-Security-Policy": REPLAY_POLICY, "Cache-Control": "no-cache"})


@router.get("/{snapshot_id}/raw")
def raw(archive: Reading, snapshot_id: RowId) -> Response:
    """The true bytes, as a file to be kept: never shown by the browser as a page."""
    _row(archive, snapshot_id)
    return Response(
        _payload(archive.page_of(snapshot_id), snapshot_id),
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="snapshot-{snapshot_id}.bin"',
            "Content-Security-Policy": REPLAY_POLICY,
        },
    )


def _row(archive: Archive, snapshot_id: int) -> RowMapping:
    found = (
        archive.connection.execute(select(t.Snapshot.__table__).where(t.Snapshot.id == snapshot_id))
        .mappings()
        .first()
    )
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"snapshot {snapshot_id}")
    return found


def _payload(record: Record, snapshot_id: int) -> bytes:
    try:
        return record.payload
    except PayloadError as error:
        raise SnapshotError(f"snapshot {snapshot_id}: {error}") from None


def _kind(row: Any) -> str:
    """html, text or other, by the declared type; a page that declares none is taken for one."""
    declared = (row["content_type"] or "text/html").lower()
    if "html" in declared:
        return "html"
    return "text" if declared.startswith(TEXTS) or "+xml" in declared else "other"
