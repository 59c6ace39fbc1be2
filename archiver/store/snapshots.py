"""Snapshots: every exchange as WARC 1.1 records (ISO 28500), one gzip member a record.

An exchange is written as `response` (or `revisit`, where the payload is that of an earlier snapshot),
`request` and `metadata`, in that order, and is whole only when all three are. The WARC files are the
truth for bytes; the database only says where to find them.
"""

import base64
import hashlib
import io
import json
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archiver.errors import SnapshotError
from archiver.payload import GZIP_MAGIC, decode_payload
from archiver.store.members import is_torn, members, next_record

MAX_WARC_SIZE = 1_000_000_000  # bytes; a file is closed by the first exchange that ends beyond
BROKEN = (OSError, ArchiveLoadFailed, ValueError, TypeError, AttributeError, zlib.error)
"""What reading a damaged file raises: a header that is not there is None to the reader of WARC."""
NOT_WHOLE = "a record of its exchange is missing"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
PHRASES = {status.value: status.phrase for status in HTTPStatus}
HOP_BY_HOP = frozenset({"transfer-encoding"})  # undone by the client before the body is handed on
COMPRESSION = 6  # zlib level
STORED = 0  # for what came gzipped over the wire: it gets no smaller, and the trying costs thirty times the storing
SMALL = 4_096  # bytes of a record
SMALL_WINDOW = (
    12  # bits: where there is little to find, a compressor's usual 256 KB cost ten times the compressing
)

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as they came over the wire (chunking undone)."""

    url: str
    fetched_at: datetime  # aware, UTC
    method: str
    request_headers: Headers
    status: int
    response_headers: Headers
    body: bytes
    protocol: str = "HTTP/1.1"
    ip_address: str | None = None
    hints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier snapshot that a revisit's payload stands in."""

    id: int
    url: str
    fetched_at: str
    payload_digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an exchange went."""

    warc_file: str
    warc_offset: int
    warc_length: int
    end_offset: int
    record_type: str
    payload_digest: str
    payload_of: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """A `response` or `revisit` record as read back, with what its `metadata` record knew."""

    record_type: str
    url: str
    fetched_at: datetime
    status: int
    headers: Headers
    wire: bytes
    payload_digest: str
    hints: dict[str, Any]
    offset: int
    length: int
    end_offset: int

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def payload(self) -> bytes:
        """The page: the wire bytes with Content-Encoding undone. Raises `PayloadError`."""
        return decode_payload(self.wire, self.header("content-encoding"))


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of a WARC file in which no whole exchange stands, and why."""

    offset: int
    end: int
    what: str
    is_torn: bool = False  # an exchange that was still being written ends the file


class WireHeaders(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers written with the bytes they came in (held as latin-1); warcio would escape raw Arabic."""

    def compute_headers_buffer(self, header_filter: Any) -> None:
        self.headers_buff = self.to_bytes(header_filter, "latin-1")


class SnapshotStore:
    """Writes and reads the WARC files of one folder. One writer at a time; readers need no lock."""

    def __init__(
        self, folder: Path, *, software: str, operator: str | None = None, max_size: int = MAX_WARC_SIZE
    ) -> None:
        self.folder = folder
        self._info = {
            "software": software,
            "format": "WARC File Format 1.1",
            "operator": operator,
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey",
        }
        self._max_size = max_size
        self._file: io.FileIO | None = None
        self._left: set[str] = set()  # files that nothing is added to
        self._builder = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")

    def write(self, exchange: Exchange, earlier: Earlier | None = None) -> Kept:
        """Appends the exchange; it is on disk only after `flush`.

        With `earlier`, the payload is not written again (`revisit`). Raises `OSError` when the disk is
        full: the file is then cut back to where the exchange began.
        """
        file = self._writable()
        start = file.tell()
        response = self._response(exchange, earlier)
        is_packed = exchange.body.startswith(GZIP_MAGIC)
        members = [
            _member(response, self._builder, STORED if is_packed else COMPRESSION),
            _member(self._request(exchange, response), self._builder),
            _member(self._metadata(exchange, response), self._builder),
        ]
        try:
            _write_all(file, b"".join(members))
        except OSError:
            file.truncate(start)
            file.close()
            self._file = None
            raise
        digest = response.rec_headers.get_header("WARC-Payload-Digest").removeprefix("sha1:")
        return Kept(
            Path(file.name).name,
            start,
            len(members[0]),
            start + sum(map(len, members)),
            response.rec_type,
            digest,
            earlier.id if earlier else None,
        )

    def flush(self) -> None:
        """Makes everything written durable."""
        if self._file is not None:
            os.fsync(self._file.fileno())

    def flusher(self) -> Callable[[], None]:
        """What makes everything written until now durable, to be called once, in any thread."""
        if self._file is None:
            return lambda: None
        descriptor = os.dup(self._file.fileno())  # the file itself may be closed meanwhile

        def flush() -> None:
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

        return flush

    def close(self) -> None:
        if self._file is not None:
            self.flush()
            self._file.close()
            self._file = None

    def read(self, warc_file: str, offset: int) -> Record:
        """The exchange that begins at `offset`. Raises `SnapshotError` naming file and offset."""
        try:
            with (self.folder / warc_file).open("rb") as stream:
                return next(_exchanges(stream, offset))
        except (StopIteration, *BROKEN) as error:
            raise SnapshotError(
                f"{warc_file} at {offset}: no readable record ({error or 'end of file'}); "
                "restore the file from a backup"
            ) from None

    def read_all(self, warc_file: str, start: int = 0) -> Iterator[Record | Damage]:
        """Every exchange of a file, with all digests checked, and what stands between them and is none.

        `start` is where an exchange begins, or 0. Raises `SnapshotError` where the file cannot be read at all.
        """
        try:
            with (self.folder / warc_file).open("rb") as stream:
                yield from _exchanges_and_damage(stream, start or _end_of_warcinfo(stream))
        except OSError as error:
            raise SnapshotError(f"{warc_file}: cannot be read ({error})") from None

    def files(self) -> list[str]:
        """The WARC files, oldest first."""
        return sorted(path.name for path in self.folder.glob("*.warc.gz"))

    def mend(self, warc_file: str, known_end: int) -> tuple[list[Record], int]:
        """Looks at what follows the last exchange the database knows of, after a crash.

        Gives the whole exchanges found there, and how many bytes of a torn tail were cut off. What stands
        between whole exchanges is left as it is; so is what is damaged and not torn, and nothing is added behind it.
        """
        path = self.folder / warc_file
        size = path.stat().st_size
        if size <= known_end:
            return [], 0
        with path.open("r+b") as stream:
            start = known_end or _end_of_warcinfo(stream)
            every = list(_exchanges_and_damage(stream, start))
            found = [each for each in every if isinstance(each, Record)]
            if every and isinstance(every[-1], Damage) and not every[-1].is_torn:
                self.leave(warc_file)
                return found, 0
            end = found[-1].end_offset if found else start
            stream.truncate(end)
        return found, size - end

    def leave(self, warc_file: str) -> None:
        """Nothing more is added to a file of this name: rows point behind its end."""
        self._left.add(warc_file)

    def _writable(self) -> io.FileIO:
        if self._file is not None and self._file.tell() >= self._max_size:
            self.close()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            files = self.files()
            path = self.folder / files[-1] if files and files[-1] not in self._left else None
            if path is None or path.stat().st_size >= self._max_size:
                number = len({*files, *self._left}) + 1
                path = self.folder / f"warraq-{datetime.now(UTC):%Y%m%d%H%M%S}-{number:05}.warc.gz"
            self._file = path.open("ab", buffering=0)
            if self._file.tell() == 0:
                info = {key: value for key, value in self._info.items() if value}
                self._file.write(
                    _member(self._builder.create_warcinfo_record(path.name, info), self._builder)
                )
        return self._file

    def _response(self, exchange: Exchange, earlier: Earlier | None) -> Any:
        phrase = PHRASES.get(exchange.status, "")
        headers = [(k, v) for k, v in exchange.response_headers if k.lower() not in HOP_BY_HOP]
        http = WireHeaders(f"{exchange.status} {phrase}", headers, protocol=exchange.protocol)
        warc = {"WARC-Date": warc_date(exchange.fetched_at)}
        if exchange.ip_address:
            warc["WARC-IP-Address"] = exchange.ip_address
        if earlier is None:
            return self._builder.create_warc_record(
                exchange.url,
                "response",
                payload=io.BytesIO(exchange.body),
                length=len(exchange.body),
                http_headers=http,
                warc_headers_dict=warc,
            )
        record = self._builder.create_revisit_record(
            exchange.url,
            f"sha1:{earlier.payload_digest}",
            earlier.url,
            warc_date(datetime.fromisoformat(earlier.fetched_at)),
            http_headers=http,
            warc_headers_dict=warc,
        )
        if exchange.status == HTTPStatus.NOT_MODIFIED:
            record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED)
        return record

    def _request(self, exchange: Exchange, response: Any) -> Any:
        parts = urlsplit(exchange.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = exchange.request_headers
        if not any(name.lower() == "host" for name, _ in headers):
            headers = [("Host", parts.netloc), *headers]
        http = WireHeaders(f"{exchange.method} {target} HTTP/1.1", headers, is_http_request=True)
        return self._builder.create_warc_record(
            exchange.url,
            "request",
            payload=io.BytesIO(b""),
            length=0,
            http_headers=http,
            warc_headers_dict=_concurrent_to(response),
        )

    def _metadata(self, exchange: Exchange, response: Any) -> Any:
        hints = json.dumps(exchange.hints, ensure_ascii=False, sort_keys=True)
        block = f"via: {exchange.hints.get('referrer', '')}\r\nwarraq-hints: {hints}\r\n".encode()
        return self._builder.create_warc_record(
            exchange.url,
            "metadata",
            payload=io.BytesIO(block),
            length=len(block),
            warc_content_type="application/warc-fields",
            warc_headers_dict=_concurrent_to(response),
        )


def warc_date(moment: datetime) -> str:
    """A WARC 1.1 date: UTC to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def payload_digest(body: bytes) -> str:
    """The digest warcio writes as WARC-Payload-Digest, without its `sha1:`."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def _write_all(file: io.FileIO, data: bytes) -> None:
    """Writes to an unbuffered file: what a full disk refuses is not written later by `close`."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _concurrent_to(response: Any) -> dict[str, str]:
    headers = response.rec_headers
    return {
        "WARC-Date": headers.get_header("WARC-Date"),
        "WARC-Concurrent-To": headers.get_header("WARC-Record-ID"),
    }


def _member(record: Any, builder: WARCWriter, level: int = COMPRESSION) -> bytes:
    """One record as one gzip member. warcio compresses at level 9, at three times the time of 6."""
    builder.out = io.BytesIO()
    builder.write_record(record)
    plain = builder.out.getvalue()
    is_small = len(plain) <= SMALL or level == STORED
    window, memory = (SMALL_WINDOW, 5) if is_small else (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    compressor = zlib.compressobj(level, zlib.DEFLATED, window | 16, memory)
    return compressor.compress(plain) + compressor.flush()


def _exchanges(stream: BinaryIO, start: int) -> Iterator[Record]:
    """The exchanges from `start` on, each only when its `metadata` record is whole too. Raises one of `BROKEN`."""
    pending: dict[str, Any] | None = None
    for member in members(stream, start):
        record = next(iter(ArchiveIterator(io.BytesIO(member.plain), check_digests="raise")), None)
        if record is None:
            raise ValueError("a member without a record")
        block = record.raw_stream.read()
        record.raw_stream.read()  # at the end the digests are checked
        headers = record.rec_headers
        if record.rec_type in ("response", "revisit"):
            pending = {
                "record_type": record.rec_type,
                "url": headers.get_header("WARC-Target-URI"),
                "fetched_at": datetime.fromisoformat(headers.get_header("WARC-Date")),
                "status": int(record.http_headers.get_statuscode()),
                "headers": list(record.http_headers.headers),
                "wire": block,
                "payload_digest": headers.get_header("WARC-Payload-Digest").removeprefix("sha1:"),
                "offset": member.offset,
                "length": member.end - member.offset,
            }
        elif record.rec_type == "metadata" and pending is not None:
            yield Record(**pending, hints=_hints(block), end_offset=member.end)
            pending = None


def _exchanges_and_damage(stream: BinaryIO, start: int) -> Iterator[Record | Damage]:
    """The exchanges from `start` on. Behind a damaged record reading goes on with the next one."""
    end, why = start, ""
    position: int | None = start
    while position is not None:
        try:
            for record in _exchanges(stream, position):
                if record.offset > end:
                    yield Damage(end, record.offset, why or NOT_WHOLE)
                yield record
                end, why = record.end_offset, ""
            break
        except BROKEN as error:
            why = why or str(error)
            position = next_record(stream, max(end, position) + 1)
    size = stream.seek(0, io.SEEK_END)
    if end < size:
        yield Damage(end, size, why or NOT_WHOLE, is_torn=is_torn(stream, end))


def _hints(block: bytes) -> dict[str, Any]:
    for line in block.decode().split("\r\n"):
        name, _, value = line.partition(": ")
        if name == "warraq-hints":
            hints: dict[str, Any] = json.loads(value)
            return hints
    return {}


def _end_of_warcinfo(stream: BinaryIO) -> int:
    """Where the file's warcinfo record ends, 0 where even that is torn."""
    try:
        first = next(members(stream, 0))
        record = next(iter(ArchiveIterator(io.BytesIO(first.plain))))
    except (StopIteration, *BROKEN):
        return 0
    return first.end if record.rec_type == "warcinfo" else 0
