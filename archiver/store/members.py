"""The gzip members that a WARC file is made of, one a record: each is whole or damaged by itself."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from archiver.payload import GZIP_MAGIC

CHUNK = 1 << 16  # bytes read at once
RECORD_BEGINS = b"WARC/1."
UNFINISHED = "its end is missing"
MAX_RECORD = 256 * 1024 * 1024  # bytes of one record, when read back


@dataclass(frozen=True, slots=True)
class Member:
    """A whole member, its checksum right."""

    offset: int
    end: int
    plain: bytes


def members(stream: BinaryIO, start: int) -> Iterator[Member]:
    """The members from `start` on, to the end of the file. Raises `zlib.error` at one that is damaged or torn."""
    stream.seek(start)
    chunk = stream.read(CHUNK)
    while chunk:
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        parts, size, read = [], 0, 0
        while True:
            if not chunk:
                raise zlib.error(UNFINISHED)
            parts.append(inflater.decompress(chunk, MAX_RECORD - size + 1))
            size += len(parts[-1])
            if size > MAX_RECORD:
                raise zlib.error(f"more than {MAX_RECORD} bytes in one record")
            read += len(chunk) - len(inflater.unused_data)
            chunk = inflater.unused_data or stream.read(CHUNK)
            if inflater.eof:
                break
        yield Member(start, start + read, b"".join(parts))
        start += read


def is_torn(stream: BinaryIO, start: int) -> bool:
    """Whether what follows `start` was still being written, and so has no end: whole members and the beginning of one,
    zeros, or nothing that is a member. What is damaged in the midst of whole members was once whole.
    """
    end = start
    try:
        for member in members(stream, start):
            end = member.end
    except zlib.error as error:
        if _is_whole_behind(stream, end + 1):
            return False
        return str(error) == UNFINISHED or end == start or _is_empty(stream, end)
    return True


def _is_whole_behind(stream: BinaryIO, start: int) -> bool:
    """Whether a whole member with a record begins at `start` or behind it."""
    position = next_record(stream, start)
    while position is not None:
        try:
            next(members(stream, position))
        except zlib.error:
            position = next_record(stream, position + 1)
        else:
            return True
    return False


def _is_empty(stream: BinaryIO, start: int) -> bool:
    """Whether nothing but zeros stands from `start` to the end of the file."""
    stream.seek(start)
    while chunk := stream.read(CHUNK):
        if chunk.strip(b"\0"):
            return False
    return True


def next_record(stream: BinaryIO, start: int) -> int | None:
    """Where, at `start` or behind it, a member begins that holds a WARC record; None where none does."""
    found = -1
    while True:
        stream.seek(start)
        chunk = stream.read(CHUNK)
        found = chunk.find(GZIP_MAGIC)
        if found >= 0:
            stream.seek(start + found)
            if _begins_record(stream.read(CHUNK)):
                return start + found
            start += found + 1
        elif len(chunk) < CHUNK:
            return None
        else:
            start += len(chunk) - len(GZIP_MAGIC) + 1  # it may stand across


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, len(RECORD_BEGINS)) == RECORD_BEGINS
    except zlib.error:
        return False
