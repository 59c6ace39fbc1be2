"""Whether an archive is what it says: rows against snapshots, digests, and the WARC files' structure."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, select, text

from archiver.clock import as_text
from archiver.errors import SnapshotError
from archiver.payload import PayloadError
from archiver.store import tables as t
from archiver.store.archive import SCHEMA, Archive
from archiver.store.articles import content_digest, item_digest
from archiver.store.fulltext import DIGITS
from archiver.store.lock import ArchiveLock
from archiver.store.reading import article_items
from archiver.store.snapshots import Damage, payload_digest

AT_ONCE = 200  # articles


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, and where."""

    where: str
    what: str


@dataclass(slots=True)
class Checked:
    """How much was looked at."""

    articles: int = 0
    snapshots: int = 0
    warc_files: int = 0
    bytes: int = 0
    left: list[str] = field(default_factory=list)
    """What is to be done, and the next run does: what a killed run left behind the last row's exchange is taken in or
    cut off, an index of other rules made anew. No problems.
    """


def verify(
    archive: Archive, checked: Checked, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Problem]:
    """Every problem of the archive; `checked` is filled, and `progress` told, as it goes. Of an older schema the
    database as a file and the snapshots are looked at.
    """
    yield from _database(archive)
    yield from _snapshots(archive, checked, progress)
    if archive.schema != SCHEMA:
        checked.left.append(
            f"articles and full-text index: of schema {archive.schema}, looked at once they are of {SCHEMA}; "
            "a crawl or `warraq reindex` brings them there"
        )
        return
    yield from _articles(archive, checked)
    yield from _fulltext(archive, checked)


def _database(archive: Archive) -> Iterator[Problem]:
    if archive.connection.dialect.name != "sqlite":
        return  # the server checks itself
    for (message,) in archive.connection.execute(text("PRAGMA integrity_check")):
        if message != "ok":
            yield Problem("archive.db", str(message))
    for row in archive.connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem(
            "archive.db", f"table {row[0]}, row {row[1]}: points to a row of {row[2]} that is not there"
        )


def _snapshots(archive: Archive, checked: Checked, progress: Callable[[int], None]) -> Iterator[Problem]:
    """Each WARC file is read once from end to end; every exchange must have its row, every row its exchange."""
    known: dict[str, dict[int, Any]] = {}
    for row in archive.connection.execute(select(t.Snapshot.__table__)).mappings():
        known.setdefault(row["warc_file"], {})[row["warc_offset"]] = row
    files = archive.snapshots.files()
    for name in sorted(set(known) - set(files)):
        yield Problem(
            name,
            f"the file is gone, {len(known[name])} of the archive's snapshots with it; restore it from a backup",
        )
    for name in files:
        checked.warc_files += 1
        try:
            yield from _file(archive, name, known.get(name, {}), checked, progress, is_last=name == files[-1])
        except SnapshotError as error:
            yield Problem(name, str(error))


def _file(
    archive: Archive,
    name: str,
    rows: dict[int, Any],
    checked: Checked,
    progress: Callable[[int], None],
    *,
    is_last: bool,
) -> Iterator[Problem]:
    running = ArchiveLock.is_held(archive.folder)  # then what is not committed yet is no problem
    known_end = max((row["end_offset"] for row in rows.values()), default=0)
    is_open = bool(rows) or is_last  # a run may have ended in it
    for each in archive.snapshots.read_all(name):
        is_left = is_open and each.offset >= known_end
        if isinstance(each, Damage):
            lost = [rows.pop(offset) for offset in sorted(rows) if each.offset <= offset < each.end]
            yield from (_lost(row, each.what) for row in lost)
            size = each.end - each.offset
            is_left = is_left and each.is_torn
            if not lost and not is_left:
                yield Problem(f"{name} at {each.offset}", f"{size} bytes of no exchange ({each.what})")
            elif not lost and not running:
                checked.left.append(f"{name} after {each.offset}: {size} bytes of a torn tail")
            continue
        checked.snapshots += 1
        checked.bytes += each.end_offset - each.offset
        progress(checked.snapshots)
        row = rows.pop(each.offset, None)
        if row is not None:
            yield from _record(name, each, row)
        elif not is_left:
            yield Problem(f"{name} at {each.offset}", f"an exchange no row knows ({each.url})")
        elif not running:
            checked.left.append(f"{name} at {each.offset}: an exchange of {each.url}")
    for row in rows.values():
        yield _lost(row, "end of file")


def _lost(row: Any, why: str) -> Problem:
    return Problem(
        f"{row['warc_file']} at {row['warc_offset']}",
        f"no whole record for snapshot {row['id']} of {row['url']} ({why}); restore the file from a backup",
    )


def _record(name: str, record: Any, row: Any) -> Iterator[Problem]:
    where = f"{name} at {record.offset}"
    if record.url != row["url"] or record.status != row["status"]:
        yield Problem(where, f"is {record.status} {record.url}, the row says {row['status']} {row['url']}")
    if (record.length, record.end_offset) != (row["warc_length"], row["end_offset"]):
        yield Problem(where, "length differs from the row's")
    if record.fetched_at != datetime.fromisoformat(row["fetched_at"]):
        yield Problem(where, f"was fetched at {as_text(record.fetched_at)}, the row says {row['fetched_at']}")
    if record.record_type != row["record_type"]:
        yield Problem(where, f"is a {record.record_type} record, the row says {row['record_type']}")
    if record.record_type == "response" and payload_digest(record.wire) != row["payload_digest"]:
        yield Problem(where, "the payload's digest differs from the row's")


def _articles(archive: Archive, checked: Checked) -> Iterator[Problem]:
    """Every article says what its digest is of, has its newest version, with the same content, and a page that can be
    read back; and so does every version.
    """
    yield from _rows(archive)
    a, v = t.ArticleRow, t.ArticleVersion
    kept = select(v.article_id, func.count().label("versions")).group_by(v.article_id).subquery()
    rows = archive.connection.execute(
        select(a.id, a.url, a.snapshot_id, a.content_digest, v.content_digest, a.version, kept.c.versions)
        .outerjoin(v, (v.article_id == a.id) & (v.number == a.version))
        .outerjoin(kept, kept.c.article_id == a.id)
    )
    for article_id, url, snapshot_id, digest, version_digest, newest, versions in rows:
        checked.articles += 1
        if digest != version_digest:
            yield Problem(f"article {article_id}", f"{url}: its newest version is missing or another text")
        elif versions != newest:
            told = f"of its {newest} versions there {'is' if versions == 1 else 'are'} {versions}"
            yield Problem(f"article {article_id}", f"{url}: {told}; restore the others from a backup")
        try:
            archive.page_of(snapshot_id)
        except KeyError:
            yield Problem(f"article {article_id}", f"{url}: its snapshot, {snapshot_id}, has no row")
        except (SnapshotError, PayloadError) as error:
            yield Problem(f"article {article_id}", f"{url}: its page cannot be read back ({error})")


def _rows(archive: Archive) -> Iterator[Problem]:
    """What somebody has written into an article's rows, or into the text of a version."""
    a, v = t.ArticleRow, t.ArticleVersion
    known = archive.connection.execute(select(a.id, a.url, a.content_digest, a.item_digest).order_by(a.id))
    while some := list(islice(known, AT_ONCE)):
        items = article_items(archive.connection, [row.id for row in some])
        for row in some:
            item = items.get(row.id)
            if item is None or (content_digest(item), item_digest(item)) == (
                row.content_digest,
                row.item_digest,
            ):
                continue
            told = (
                "its text, title or day"
                if content_digest(item) != row.content_digest
                else "what is around its text"
            )
            yield Problem(
                f"article {row.id}",
                f"{row.url}: {told} is not what was read: the rows were altered; `warraq reparse` writes them anew",
            )
    versions = select(v.article_id, v.number, v.content_digest, v.item, a.url).join(a, a.id == v.article_id)
    for version in archive.connection.execute(versions.execution_options(yield_per=AT_ONCE)):
        if _version_digest(version.item) != version.content_digest:
            what = "is not what was read: it was altered; restore it from a backup"
            yield Problem(f"article {version.article_id}", f"{version.url}: version {version.number} {what}")


def _version_digest(item: str) -> str | None:
    try:
        return content_digest(json.loads(item))
    except (ValueError, LookupError, TypeError):
        return None


def _fulltext(archive: Archive, checked: Checked) -> Iterator[Problem]:
    """Every article is in the full-text index as it is now, or waits for it; and the index has no others."""
    where, mend = "full-text index", "run `warraq reindex`"
    a, d, p = t.ArticleRow, t.SearchDocument, t.SearchPending

    def count(statement: Any) -> int:
        return archive.connection.scalar(statement) or 0

    if not archive.fulltext.is_current():
        checked.left.append(f"{where}: to be made anew, by today's rules")
        return
    waiting = select(p.article_id)
    articles = (
        select(func.count()).select_from(a).where(a.id.not_in(waiting)).outerjoin(d, d.article_id == a.id)
    )
    if lacking := count(articles.where(d.id.is_(None))):
        yield Problem(where, f"{_articles_are(lacking)} not in it; {mend}")
    if other := count(articles.where(d.item_digest != func.substr(a.item_digest, 1, DIGITS))):
        yield Problem(where, f"{_articles_are(other)} in it with another text; {mend}")
    held, known = archive.fulltext.size(), count(select(func.count()).select_from(d))
    if held != known:
        yield Problem(where, f"it holds {held} documents for {known} articles; {mend}")


def _articles_are(number: int) -> str:
    return "1 article is" if number == 1 else f"{number} articles are"
