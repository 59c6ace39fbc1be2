"""Where an archive's rows are: `archive.db` in its folder, or a PostgreSQL database of its own.

`WARRAQ_DATABASE` names the latter, as `postgresql://user:password@host/name`: one database an archive. The WARC
files and the lock stay in the folder either way.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from archiver.errors import ArchiveError, InputError
from archiver.store.batch import BESIDE

DATABASE = "archive.db"
VARIABLE = "WARRAQ_DATABASE"
DRIVER = "postgresql+pg8000"
EXPORTED = 0x57415251
"""SQLite's `user_version` of an export."""
BUSY_TIMEOUT = 30_000  # ms that SQLite waits for another program's transaction to end
HEADER, USER_VERSION, READ_VERSION = 100, slice(60, 64), 19
"""Bytes of SQLite's header, and where that and the form of its journal stand in it."""
WAL = 2  # the latter, of a database that has its journal beside it


@dataclass(frozen=True, slots=True)
class Database:
    """The database of an archive, not yet connected to."""

    file: Path | None
    url: URL | None = None

    @classmethod
    def of(cls, folder: Path) -> "Database":
        """The folder's own, or what the environment names. Raises `InputError` for an address that is none."""
        address = os.environ.get(VARIABLE)
        if not address:
            return cls(folder / DATABASE)
        try:
            url = make_url(address)
        except ArgumentError:
            raise InputError(
                f"{VARIABLE}: not an address; write postgresql://user:password@host/name"
            ) from None
        if url.get_backend_name() != "postgresql":
            raise InputError(
                f"{VARIABLE}: {url.drivername} is not known; write postgresql://user:password@host/name"
            )
        return cls(None, url.set(drivername=DRIVER))

    def __str__(self) -> str:
        """For messages: never with a password."""
        if self.url is None:
            return str(self.file)
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)

    def may_be_there(self) -> bool:
        """Whether there is something to open; of a server that is known only after connecting."""
        return self.file is None or self.file.is_file()

    def is_export(self) -> bool:
        """Whether it is a smaller copy that `warraq export` made: rows without WARC files, to be read only."""
        if self.file is None or not self.file.is_file():
            return False
        with self.file.open("rb") as stream:
            header = stream.read(HEADER)
        return header[USER_VERSION] == EXPORTED.to_bytes(4)

    def engine(self, *, read_only: bool = False) -> Engine:
        """An engine; Arabic in JSON columns stays readable. Raises `ArchiveError` where the driver is not there."""
        if self.url is not None:
            return _postgresql(self.url, read_only)
        assert self.file is not None
        return _sqlite(self.file, read_only)


def reading_options(path: Path) -> dict[str, str]:
    """How SQLite is to open a file that is only read, as the query of its URI.

    Of a database in WAL mode it makes files beside it, also to read. In a folder that may not be written to it is read
    as one that nobody changes, if nobody has it open and no journal was left.
    """
    if os.access(path.parent, os.W_OK) or not path.is_file():
        return {"mode": "ro"}
    with path.open("rb") as stream:
        header = stream.read(HEADER)
    journal, index = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    is_open = journal.exists() and (index.exists() or journal.stat().st_size > 0)
    is_fixed = len(header) == HEADER and header[READ_VERSION] == WAL and not is_open
    return {"mode": "ro", "immutable": "1"} if is_fixed else {"mode": "ro"}


def _readable_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _sqlite(path: Path, read_only: bool) -> Engine:
    """SQLite in WAL mode with foreign keys on. A path is no address: it may have %, ? and # in it."""
    url = URL.create("sqlite", database=str(path))
    if read_only:
        query = {**reading_options(path), "uri": "true"}
        url = URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)
    engine = create_engine(url, json_serializer=_readable_json)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own transactions break savepoints
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        cursor.execute("PRAGMA cache_size = -65536")  # KiB
        if not read_only:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute("PRAGMA wal_autocheckpoint = 16000")  # pages: what is written often is moved once
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN", execution_options=BESIDE)

    return engine


def _postgresql(url: URL, read_only: bool) -> Engine:
    try:
        engine = create_engine(url, json_serializer=_readable_json)
    except ModuleNotFoundError:
        raise ArchiveError(
            f"{VARIABLE}: PostgreSQL needs its driver: pip install 'warraq[postgres]'"
        ) from None

    @event.listens_for(engine, "connect")
    def _session(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("SET TIME ZONE 'UTC'")
        if read_only:
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
        cursor.close()
        connection.commit()

    return engine
