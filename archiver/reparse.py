"""Reading the snapshots again with today's parser: no network, on all cores.

An article is read again from the page its row was read from, so a changed result is the parser's
doing (`cause` parser), never an edit of the publisher's. A page that was no article may turn out to
be one; an article that reads as none now keeps its row, and is named. What a crash or a lost database
left unread is taken up in the order in which it came: then an article's later pages are its versions.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, and_, or_, select

from archiver.article import Article
from archiver.clock import as_text
from archiver.dating import hides_text, keep_date, keep_told
from archiver.extract import Verdict, read_page
from archiver.extract.multipage import join
from archiver.outcomes import Outcome
from archiver.page import Page
from archiver.payload import GZIP_MAGIC, decode_payload
from archiver.store import tables as t
from archiver.store.archive import NOT_MODIFIED, Archive
from archiver.store.articles import content_digest, item_digest
from archiver.store.reading import article_item, article_items
from archiver.store.snapshots import SnapshotStore
from archiver.workers import LimitExceeded, TaskFailed, WorkerPool

BATCH = 200  # articles between transactions
MAYBE_ARTICLES = (
    Outcome.OTHER_PAGE,
    Outcome.GALLERY,
    Outcome.SOFT_404,
    Outcome.PARSE_ERROR,
    Outcome.PARSE_LIMIT,
)
"""What an earlier parser may have misjudged; listings are read again by the next crawl."""
ANSWERS = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.NOT_MODIFIED)
"""What tells of an article without a page to read: it is gone, or there still."""
RESULTS: dict[Outcome, "Result"] = {Outcome.ARTICLE: "added", Outcome.ARTICLE_CHANGED: "changed"}

Result = Literal["same", "changed", "added", "lost", "failed", "not_article"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a snapshot's headers and its payload stand: two records, for a revisit."""

    warc_file: str
    offset: int
    payload_file: str
    payload_offset: int
    not_modified: bool


@dataclass(frozen=True, slots=True)
class Reread:
    """One article or page to read again, and whose it is; `places` has its further pages too."""

    snapshot_id: int
    site_id: int
    site: str
    url: str
    article_id: int | None
    item_digest: str | None
    places: tuple[Place, ...]
    pages: tuple[int, ...] = ()  # snapshots of the further pages
    url_key: str = ""  # of a page that no row was read from
    answer: tuple[int, str] | None = None  # one of `ANSWERS` and when it came, where there is no page


@dataclass(frozen=True, slots=True)
class Change:
    """What reading a page again came to; for a changed article, field by field (old, new)."""

    url: str
    result: Result
    fields: dict[str, tuple[Any, Any]]
    detail: str | None = None


def reread(folder: Path, task: Reread) -> tuple[Verdict, Article, str, str]:
    """In a reading process: verdict, article, the item's digest, and when the page was fetched."""
    store = SnapshotStore(folder, software="")
    first, *further = (_page_at(store, place) for place in task.places)
    reading = read_page(first)
    article = replace(reading.article, site=task.site)
    if further:
        article = join([article, *(read_page(page).article for page in further)])
    assert first.fetched_at is not None
    return reading.verdict, article, item_digest(article.to_dict()), as_text(first.fetched_at)


def _page_at(store: SnapshotStore, place: Place) -> Page:
    record = store.read(place.warc_file, place.offset)
    if (place.payload_file, place.payload_offset) != (place.warc_file, place.offset):
        original = store.read(place.payload_file, place.payload_offset)
        headers = original.headers if place.not_modified else record.headers
        record = replace(record, wire=original.wire, headers=headers)
    payload = record.payload
    if payload.startswith(GZIP_MAGIC):
        payload = decode_payload(payload, "gzip")
    headers_by_name: dict[str, str] = {}
    for name, value in record.headers:
        known = headers_by_name.get(name.lower())
        headers_by_name[name.lower()] = value if known is None else f"{known}, {value}"
    return Page(
        payload, record.url, fetched_at=record.fetched_at, headers=headers_by_name, hints=record.hints
    )


async def reparse(
    archive: Archive,
    *,
    site: str | None = None,
    since: date | None = None,
    dry_run: bool = False,
    processes: int = 1,
    done: Callable[[int], None] = lambda _: None,
) -> AsyncIterator[Change]:
    """Every page read again, one `Change` each. With `dry_run` nothing is written."""
    tasks = _tasks(archive, site, since)
    told: dict[str, str] = {}
    absent: set[str] = set()  # addresses whose last page was no article
    count = 0
    async with WorkerPool(processes) as pool:
        while batch := list(islice(tasks, BATCH)):
            readings = await asyncio.gather(*(_read(pool, archive.snapshots.folder, task) for task in batch))
            altered = _altered(archive, batch)
            for task, reading in zip(batch, readings, strict=True):
                if task.answer is not None:
                    if not dry_run:
                        _note_answer(archive, task.url_key, *task.answer, absent)
                    continue
                count += 1
                if task.article_id is None and not isinstance(reading, Exception):
                    change = _settle_page(archive, task, reading, told if dry_run else None)
                    (absent.add if change.result == "not_article" else absent.discard)(task.url_key)
                    yield change
                else:
                    yield _settle(archive, task, reading, dry_run=dry_run, altered=task.article_id in altered)
            if not dry_run:
                archive.commit()
            done(count)


def _altered(archive: Archive, tasks: list[Reread]) -> set[int]:
    """The articles among these whose rows do not say what their digest is of: somebody has written into them."""
    digests = {task.article_id: task.item_digest for task in tasks if task.article_id is not None}
    items = article_items(archive.connection, list(digests))
    return {article_id for article_id, item in items.items() if item_digest(item) != digests[article_id]}


async def read_again(archive: Archive, pool: WorkerPool, article_id: int) -> Change:
    """One article read again from the page its row was read from; what differs is a version of cause `parser`."""
    a, s = t.ArticleRow, t.Snapshot
    row = archive.connection.execute(
        select(s.id, a.site_id, a.site, s.url, a.id, a.item_digest)
        .join(s, s.id == a.snapshot_id)
        .where(a.id == article_id)
    ).one()
    archive.snapshots.flush()
    task = _task(archive, *row)
    reading = await asyncio.ensure_future(_read(pool, archive.snapshots.folder, task))
    return _settle(archive, task, reading, dry_run=False)


async def _read(pool: WorkerPool, folder: Path, task: Reread) -> Any:
    if task.answer is not None:
        return None
    try:
        return await pool.run(reread, folder, task)
    except (LimitExceeded, TaskFailed) as error:
        return error


def _settle(archive: Archive, task: Reread, reading: Any, *, dry_run: bool, altered: bool = False) -> Change:
    """Takes one reading of an article to what it changes; `altered` rows are written anew whatever their digest
    says.
    """
    if isinstance(reading, Exception) or task.article_id is None:
        return Change(task.url, "failed", {}, str(reading))
    verdict, article, digest, fetched_at = reading
    if not _is_article(verdict, article):
        return Change(task.url, "lost", {}, f"reads as {verdict.kind} now: " + "; ".join(verdict.evidence))
    if digest == task.item_digest and not altered:
        return Change(task.url, "same", {})
    item = article_item(archive.connection, task.article_id)
    article = article if altered else keep_told(item, article)
    fields = _differences(item, article.to_dict())
    if not dry_run:
        archive.articles.store(
            article,
            site_id=task.site_id,
            snapshot_id=task.snapshot_id,
            fetched_at=fetched_at,
            cause="parser",
            pages=task.pages,
            anew=altered,
        )
    return Change(task.url, "changed" if fields else "same", fields)


def _settle_page(archive: Archive, task: Reread, reading: Any, told: dict[str, str] | None) -> Change:
    """Takes a page that no row was read from to the article it adds, or to what it says anew of one. With `told`, what
    was told of each address before, nothing is written.
    """
    verdict, article, _, fetched_at = reading
    key = task.url_key
    if not _is_article(verdict, article) or urlsplit(task.url)[2:4] == ("/", ""):
        if verdict.kind == "soft_404" and told is None:
            archive.articles.note_removed(key, fetched_at, "soft_404")
        return Change(task.url, "not_article", {})
    if told is not None:
        return _would_be(archive, task, article, told)
    if (twin := archive.articles.twin_of(article)) is not None:
        archive.articles.add_alias(article.url, twin.article_id, twin.reason)
        return Change(task.url, "same", {})
    known = archive.articles.id_of(key)
    cause: Literal["publisher", "unclear"] = "publisher"
    item: dict[str, Any] = {}
    if known is not None:
        item = article_item(archive.connection, known)
        if hides_text(item, article):
            archive.articles.note_there(key, fetched_at)
            return Change(task.url, "same", {})
        article = keep_date(item, article)
        cause = "publisher" if item["parser"] == article.parser else "unclear"
    stored = archive.articles.store(
        article, site_id=task.site_id, snapshot_id=task.snapshot_id, fetched_at=fetched_at, cause=cause
    )
    fields = _differences(item, stored.item) if item else {"title": (None, article.title)}
    return Change(task.url, RESULTS.get(stored.outcome, "same"), fields)


def _would_be(archive: Archive, task: Reread, article: Article, told: dict[str, str]) -> Change:
    """What a page would add or change, by what is archived and by what was told of its address before."""
    digest, before = content_digest(article.to_dict()), told.get(task.url_key)
    told[task.url_key] = digest
    if before is None and archive.articles.id_of(task.url_key) is None:
        return Change(task.url, "added", {"title": (None, article.title)})
    is_other = archive.articles.changed_by(article) is not None if before is None else digest != before
    return Change(task.url, "changed" if is_other else "same", {})


def _note_answer(archive: Archive, url_key: str, status: int, moment: str, absent: set[str]) -> None:
    """What an answer without a page says of the article that was read before it, if there is one: of the addresses
    `absent` the page that stands there still is another.
    """
    if status == HTTPStatus.NOT_MODIFIED:
        if url_key not in absent:
            archive.articles.note_there(url_key, moment)
    else:
        archive.articles.note_removed(url_key, moment, str(status))


def _is_article(verdict: Verdict, article: Article) -> bool:
    return verdict.kind in ("article", "live_blog", "paywalled") and bool(article.title or article.body)


def _differences(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (old.get(name), value)
        for name, value in new.items()
        if name != "parser" and old.get(name) != value
    }


def _tasks(archive: Archive, site: str | None, since: date | None) -> Iterator[Reread]:
    """The articles' pages first, then those that were taken for something else, then those nobody has read."""
    s, a = t.Snapshot, t.ArticleRow
    articles = (
        select(s.id, a.site_id, t.Site.name, s.url, a.id, a.item_digest)
        .join(s, s.id == a.snapshot_id)
        .join(t.Site, t.Site.id == a.site_id)
        .order_by(s.id)
    )
    for row in archive.connection.execute(_within(articles, site, since)).all():
        yield _task(archive, *row)
    for snapshot_id in _misjudged(archive, site, since):
        yield _page_task(archive, snapshot_id)
    for snapshot_id, is_same in _unread(archive, site, since):
        yield _page_task(archive, snapshot_id, is_same=is_same)


def _within(
    query: Select[*tuple[Any, ...]], site: str | None, since: date | None
) -> Select[*tuple[Any, ...]]:
    if site is not None:
        query = query.where(t.Site.name == site)
    return query if since is None else query.where(t.Snapshot.fetched_at >= since.isoformat())


def _misjudged(archive: Archive, site: str | None, since: date | None) -> list[int]:
    """The newest page of each address that has no article."""
    s, a, f = t.Snapshot, t.ArticleRow, t.Fetch
    query = (
        select(f.url_key, s.id)
        .join(s, s.id == f.snapshot_id)
        .join(t.Site, t.Site.id == f.site_id)
        .where(
            f.outcome.in_(MAYBE_ARTICLES),
            _is_page(),
            f.url_key.not_in(select(a.url_key)),
            f.url_key.not_in(select(t.Alias.url_key)),
        )
        .order_by(s.id)
    )
    newest: dict[str, int] = {
        row[0]: row[1] for row in archive.connection.execute(_within(query, site, since))
    }
    return sorted(newest.values())


def _unread(archive: Archive, site: str | None, since: date | None) -> list[tuple[int, bool]]:
    """What was found in the WARC files and never read, in the order in which it came: of an article that is known,
    what came later than its row says. With each, whether it is the page that came before it, byte for byte.
    """
    s, a, f = t.Snapshot, t.ArticleRow, t.Fetch
    query = (
        select(f.url_key, s.id, s.status, s.payload_digest)
        .join(s, s.id == f.snapshot_id)
        .join(t.Site, t.Site.id == f.site_id)
        .outerjoin(a, a.url_key == f.url_key)
        .where(
            f.outcome == Outcome.RECOVERED,
            or_(s.status.in_(ANSWERS), _is_page()),
            or_(a.id.is_(None), s.fetched_at > a.fetched_at),
            f.url_key.not_in(select(t.Alias.url_key)),
        )
        .order_by(s.id)
    )
    last: dict[str, str | None] = {}
    found = []
    for url_key, snapshot_id, status, digest in archive.connection.execute(_within(query, site, since)):
        found.append((snapshot_id, status == HTTPStatus.OK and last.get(url_key) == digest))
        if status != HTTPStatus.NOT_MODIFIED:
            last[url_key] = digest if status == HTTPStatus.OK else None
    return found


def _is_page() -> ColumnElement[bool]:
    s = t.Snapshot
    return and_(s.status == HTTPStatus.OK, or_(s.content_type.is_(None), s.content_type.contains("html")))


def _page_task(archive: Archive, snapshot_id: int, *, is_same: bool = False) -> Reread:
    s, f = t.Snapshot, t.Fetch
    row = archive.connection.execute(
        select(f.site_id, t.Site.name, s.url, s.url_key, s.status, s.fetched_at)
        .select_from(s)
        .join(f, f.snapshot_id == s.id)
        .join(t.Site, t.Site.id == f.site_id)
        .where(s.id == snapshot_id)
    ).first()
    assert row is not None
    status = HTTPStatus.NOT_MODIFIED if is_same else row.status
    if status not in ANSWERS:
        task = _task(archive, snapshot_id, row.site_id, row.name, row.url, None, None)
        return replace(task, url_key=row.url_key)
    answer = (status, row.fetched_at)
    return Reread(snapshot_id, row.site_id, row.name, row.url, None, None, (), (), row.url_key, answer)


def _task(
    archive: Archive,
    snapshot_id: int,
    site_id: int,
    site: str,
    url: str,
    article_id: int | None,
    digest: str | None,
) -> Reread:
    pages: tuple[int, ...] = ()
    if article_id is not None:
        p = t.ArticlePage
        ordered = select(p.snapshot_id).where(p.article_id == article_id).order_by(p.position)
        pages = tuple(archive.connection.scalars(ordered))
    places = tuple(_place(archive, each) for each in (snapshot_id, *pages))
    return Reread(snapshot_id, site_id, site, url, article_id, digest, places, pages)


def _place(archive: Archive, snapshot_id: int) -> Place:
    s = t.Snapshot
    columns = (s.warc_file, s.warc_offset, s.payload_of, s.status)
    row = archive.connection.execute(select(*columns).where(s.id == snapshot_id)).one()
    origin = row
    while origin.payload_of is not None:
        origin = archive.connection.execute(select(*columns).where(s.id == origin.payload_of)).one()
    return Place(
        row.warc_file, row.warc_offset, origin.warc_file, origin.warc_offset, row.status == NOT_MODIFIED
    )
