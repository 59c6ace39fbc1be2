"""WACZ 1.1.1: the pages of the articles as they were served, for ReplayWeb.page and its kin.

A ZIP that is not compressed, for what is in it is: the WARC records byte for byte as the archive has them, an
index to find an address in them without reading it all, the list of articles, and a digest of everything.
Each page is read back before it is copied: what is damaged is left out, and noted in `Counts.left_out`.
https://specs.webrecorder.net/wacz/1.1.1/
"""

import gzip
import hashlib
import io
import json
import re
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Connection, Row, select
from warcio.warcwriter import WARCWriter

from archiver.errors import SnapshotError
from archiver.export.source import Entry, LeftOut, Source
from archiver.store import tables as t
from archiver.store.archive import software

VERSION = "1.1.1"
WARC, INDEX, LOOKUP, PAGES = (
    "archive/data.warc.gz",
    "indexes/index.cdx.gz",
    "indexes/index.idx",
    "pages/pages.jsonl",
)
NUMBERED = re.compile(r"^www\d*\.")
AS_IT_IS = "".join(map(chr, range(33, 127)))
EXTENDED_TIME = (0x5455, 5, 1)  # tag, bytes that follow, and what: when it was changed
BLOCK = 3_000  # lines of the index in one gzip member
CHUNK = 1 << 20
SNAPSHOT = (
    t.Snapshot.id, t.Snapshot.url, t.Snapshot.fetched_at, t.Snapshot.status, t.Snapshot.content_type,
    t.Snapshot.record_type, t.Snapshot.warc_file, t.Snapshot.warc_offset, t.Snapshot.warc_length, t.Snapshot.end_offset,
    t.Snapshot.payload_digest, t.Snapshot.payload_of,
)  # fmt: skip
OF_BOTH = ("record_type", "url", "status", "payload_digest", "end_offset")
"""What a record and its row must agree in."""


def write(source: Source, target: Path) -> None:
    """Makes the file `target`. Raises `SnapshotError` where one of the archive's WARC files cannot be opened."""
    with (
        tempfile.TemporaryDirectory(prefix=target.name, dir=target.parent) as folder,
        closing(Index(Path(folder) / "index.db")) as index,
        ZipFile(target, "w", ZIP_STORED, allowZip64=True) as packed,
    ):
        package = Package(packed)
        pages = Path(folder) / "pages.jsonl"
        with package.member(WARC) as out, pages.open("wb") as listed:
            _write_records(source, out, listed, index)
        with package.member(INDEX) as out:
            lookup = index.write(out)
        with package.member(LOOKUP) as out:
            out.write(lookup)
        with package.member(PAGES) as out, pages.open("rb") as listed:
            while chunk := listed.read(CHUNK):
                out.write(chunk)
        package.close(source)


class Digested(io.RawIOBase):
    """A stream that knows how much went through it, and its digest."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._sha256 = hashlib.sha256()
        self.size = 0

    def write(self, data: Any) -> int:
        self._out.write(data)
        self._sha256.update(data)
        self.size += len(data)
        return len(data)

    @property
    def digest(self) -> str:
        return f"sha256:{self._sha256.hexdigest()}"


class Package:
    """The ZIP, and the Frictionless Data Package that lists what is in it."""

    def __init__(self, packed: ZipFile) -> None:
        self._packed = packed
        self._resources: list[dict[str, Any]] = []
        self._now = datetime.now(UTC)

    @contextmanager
    def member(self, path: str) -> Iterator[Digested]:
        """A file of the package, open to be written to, listed when it is whole."""
        with self._packed.open(self._info(path), "w", force_zip64=True) as out:
            digested = Digested(out)
            yield digested
        name = path.rpartition("/")[2]
        entry = {"name": name, "path": path, "hash": digested.digest, "bytes": digested.size}
        self._resources.append(entry)

    def close(self, source: Source) -> None:
        """Adds the list itself, and its digest."""
        counts, moment = source.counts, self._now.strftime("%Y-%m-%dT%H:%M:%SZ")
        published = f" published {counts.earliest} to {counts.latest}" if counts.earliest else ""
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": f"{counts.articles} articles of {', '.join(sorted(counts.sites)) or 'no site'}",
            "description": f"Articles{published}, as they were served.",
            "created": moment,
            "modified": moment,
            "software": software(),
            "resources": self._resources,
        }
        listed = json.dumps(package, ensure_ascii=False, indent=1).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(listed).hexdigest()}"}
        self._packed.writestr(self._info("datapackage.json"), listed)
        self._packed.writestr(self._info("datapackage-digest.json"), json.dumps(digest))

    def _info(self, path: str) -> ZipInfo:
        """With the time as an extra field: where the ZIP's list has none, ReplayWeb.page takes it that there is none
        before the file either, and looks in the wrong place for one whose size was not known when it was begun.
        """
        info = ZipInfo(path, self._now.timetuple()[:6])
        info.extra = struct.pack("<HHBL", *EXTENDED_TIME, int(self._now.timestamp()) % (1 << 32))
        return info


class Index:
    """CDXJ lines, sorted on disk: a million do not have to fit into memory."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE lines (line TEXT PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE met (snapshot INTEGER PRIMARY KEY, is_whole INTEGER);"
        )

    def met(self, snapshot: int) -> bool | None:
        """Whether the snapshot was whole; None where it is met for the first time."""
        found = self._database.execute("SELECT is_whole FROM met WHERE snapshot = ?", (snapshot,)).fetchone()
        return None if found is None else bool(found[0])

    def meet(self, snapshot: int, *, is_whole: bool) -> None:
        self._database.execute("INSERT INTO met VALUES (?, ?)", (snapshot, is_whole))

    def add(self, line: str) -> None:
        self._database.execute("INSERT OR IGNORE INTO lines VALUES (?)", (line,))

    def write(self, out: Digested) -> bytes:
        """The lines in blocks, each a gzip member; gives the list of blocks: the first key and place of each."""
        name = INDEX.rpartition("/")[2]
        lookup = ["!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": name})]
        lines = (line for (line,) in self._database.execute("SELECT line FROM lines ORDER BY line"))
        while block := list(islice(lines, BLOCK)):
            packed = gzip.compress("".join(f"{line}\n" for line in block).encode(), mtime=0)
            place = {
                "offset": out.size,
                "length": len(packed),
                "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}",
                "filename": name,
            }
            key, moment, _ = block[0].split(" ", 2)
            lookup.append(f"{key} {moment} {json.dumps(place)}")
            out.write(packed)
        return "".join(f"{line}\n" for line in lookup).encode()

    def close(self) -> None:
        self._database.close()


def surt(url: str) -> str:
    """An address so that a site's stand together: com,example)/path?query; as replay software looks it up."""
    parts = urlsplit(url.lower())
    host = ",".join(reversed(NUMBERED.sub("", parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return quote(f"{host}{port}){parts.path or '/'}{query}", safe=AS_IT_IS)


def _write_records(source: Source, out: Digested, listed: IO[bytes], index: Index) -> None:
    builder = WARCWriter(out, gzip=True, warc_version="1.1")
    info = {"software": software(), "format": "WARC File Format 1.1"}
    builder.write_record(builder.create_warcinfo_record(WARC.rpartition("/")[2], info))
    listed.write(b'{"format": "json-pages-1.0", "id": "pages", "title": "Articles"}\n')
    for ids in source.ids():
        pages, newest, rows = _pages_of(source.archive.connection, ids)
        for entry in source.read(ids):
            for snapshot in sorted(pages[entry.id]):
                _copy(source, snapshot, rows, out, index)
            if index.met(newest[entry.id]):
                listed.write(_page(entry, rows[newest[entry.id]]))


def _pages_of(
    connection: Connection, ids: list[int]
) -> tuple[dict[int, set[int]], dict[int, int], dict[int, Row[Any]]]:
    """Of each article the snapshots of all its versions, and the newest; and all these snapshots, with those
    whose payload they share.
    """
    a = t.ArticleRow
    newest = dict(connection.execute(select(a.id, a.snapshot_id).where(a.id.in_(ids))).all())
    pages = {article: {snapshot} for article, snapshot in newest.items()}
    for part in (t.ArticleVersion, t.ArticlePage, t.VersionPage):
        for article, snapshot in connection.execute(
            select(part.article_id, part.snapshot_id).where(part.article_id.in_(ids))
        ):
            pages[article].add(snapshot)
    rows: dict[int, Row[Any]] = {}
    wanted = set().union(*pages.values())
    while wanted:
        found = connection.execute(select(*SNAPSHOT).where(t.Snapshot.id.in_(wanted))).all()
        rows |= {row.id: row for row in found}
        wanted = {row.payload_of for row in found} - {None} - rows.keys()
    return pages, newest, rows


def _copy(source: Source, snapshot: int, rows: dict[int, Row[Any]], out: Digested, index: Index) -> bool:
    """Copies a page, what it is a revisit of first, if it is not there yet. False where it cannot be read back: then
    it is noted as left out.
    """
    met = index.met(snapshot)
    if met is not None:
        return met
    row: Any = rows[snapshot]
    why = _damage(source, row)
    if row.payload_of is not None and not _copy(source, row.payload_of, rows, out, index):
        why = why or f"its text stands in that of {rows[row.payload_of].url}, which cannot be read back"
    index.meet(snapshot, is_whole=why is None)
    if why is None:
        index.add(_cdxj(row, out.size))
        _copy_bytes(source, row, out)
    else:
        source.counts.left_out.append(LeftOut(row.url, row.fetched_at, why))
    return why is None


def _damage(source: Source, row: Any) -> str | None:
    """Why a page is not to be copied; None where it is what its row says. Raises `SnapshotError` for a file that cannot
    be opened.
    """
    path = source.archive.snapshots.folder / row.warc_file
    try:
        path.open("rb").close()
    except OSError as error:
        raise SnapshotError(f"{path}: {error.strerror}; run `warraq verify`") from None
    try:
        record = source.archive.snapshots.read(row.warc_file, row.warc_offset)
    except SnapshotError as error:
        return str(error)
    if any(getattr(record, name) != getattr(row, name) for name in OF_BOTH):
        return f"{row.warc_file} at {row.warc_offset}: is not what its row says; run `warraq verify`"
    return None


def _copy_bytes(source: Source, row: Row[Any], out: Digested) -> None:
    """The exchange (response, request, metadata) as it stands."""
    path, left = source.archive.snapshots.folder / row.warc_file, row.end_offset - row.warc_offset
    with path.open("rb") as file:
        file.seek(row.warc_offset)
        while left and (chunk := file.read(min(left, CHUNK))):
            out.write(chunk)
            left -= len(chunk)


def _cdxj(row: Row[Any], offset: int) -> str:
    is_revisit = row.record_type == "revisit"
    fields = {
        "url": row.url,
        "mime": "warc/revisit" if is_revisit else (row.content_type or "unk").partition(";")[0].strip(),
        "status": str(row.status),
        "digest": f"sha1:{row.payload_digest}",
        "length": str(row.warc_length),
        "offset": str(offset),
        "filename": WARC.rpartition("/")[2],
    }
    moment = datetime.fromisoformat(row.fetched_at).astimezone(UTC)
    return f"{surt(row.url)} {moment:%Y%m%d%H%M%S} {json.dumps(fields, ensure_ascii=False)}"


def _page(entry: Entry, newest: Row[Any]) -> bytes:
    moment = datetime.fromisoformat(newest.fetched_at).astimezone(UTC)
    page = {
        "id": entry.key,
        "url": newest.url,
        "ts": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": entry.item["title"] or newest.url,
    }
    return json.dumps(page, ensure_ascii=False).encode() + b"\n"
