"""Opening an archive: folder, lock, schema, and the mending of what a crash left behind."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from sqlalchemy import Connection, Engine, bindparam, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from archiver.article import PARSER
from archiver.clock import as_text, now_text
from archiver.errors import ArchiveError, InputError, SchemaError
from archiver.outcomes import Outcome
from archiver.store.articles import ArticleStore
from archiver.store.batch import Batch
from archiver.store.database import Database
from archiver.store.fulltext import FullText
from archiver.store.lock import ArchiveLock
from archiver.store.siteruns import record_forgotten_runs
from archiver.store.snapshots import Record, SnapshotStore
from archiver.store.tables import Fetch, Run, Site, Snapshot, new_row_id, table_of
from archiver.urls import identity, site_of

if TYPE_CHECKING:
    from archiver.store.copykeys import CopyKeys

WARC_FOLDER = "warc"
NOT_MODIFIED = 304
TRIES = 3  # to commit beside others, before they have to wait
SLICE = 40  # articles indexed in one go beside a crawl
REST = 0.01  # seconds between two goes, for what waits meanwhile
SCHEMA = "0009"
"""The newest migration; a test holds it to the scripts."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What a crash had left in the snapshots, and what was done."""

    warc_file: str
    recovered: int  # whole exchanges the database did not know
    cut: int  # bytes of a torn tail


class Archive:
    """An open archive. `connection` is in a transaction from the first statement to `commit`.

    Open for writing it holds the archive's lock; open for reading it never waits for a writer.
    """

    def __init__(
        self, folder: Path, engine: Engine, snapshots: SnapshotStore, lock: ArchiveLock | None
    ) -> None:
        self.folder = folder
        self.schema = SCHEMA
        self.engine = engine
        self.snapshots = snapshots
        self.connection: Connection = engine.connect()
        self.fulltext = FullText(self.connection)
        self.batch = Batch(self.connection)
        self.articles = ArticleStore(self.batch)
        self.mended: list[Mended] = []
        self.damaged: list[str] = []  # what WARC files lack
        self._lock = lock

    @cached_property
    def copy_keys(self) -> "CopyKeys":
        """The keys under which articles that share text meet."""
        from archiver.store.copykeys import CopyKeys  # with numpy, which few commands need

        return CopyKeys(self.connection)

    @classmethod
    def create_or_open(
        cls, folder: Path, *, operator: str | None = None, indexing: Callable[[int], None] = lambda _: None
    ) -> "Archive":
        """Opens for writing, making or migrating the archive as needed; `indexing` is told how many articles
        are still to be made searchable, where an older Warraq left very many.

        Raises `ArchiveLocked`, `SchemaError`, or `InputError` where the folder cannot be one.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"{folder}: cannot hold an archive ({error.strerror}); give another with --archive"
            ) from None
        with ExitStack() as undo:
            lock = ArchiveLock(folder)
            undo.callback(lock.release)
            database = Database.of(folder)
            if database.is_export():
                raise InputError(
                    f"{database}: an export, to be read only; give another folder with --archive"
                )
            engine = database.engine()
            undo.callback(engine.dispose)
            _migrate(engine, database)
            archive = cls(folder, engine, _snapshot_store(folder, operator), lock)
            undo.callback(archive.connection.close)
            archive._note_damage()
            archive._mend()
            archive._index(indexing)
            undo.pop_all()
        return archive

    @classmethod
    def open_for_reading(cls, folder: Path, *, older: bool = False) -> "Archive":
        """Opens read-only; with `older` also where `schema` is one of before, whose snapshots are as today's.

        Raises `InputError` where there is no archive, `SchemaError` on another schema.
        """
        database = Database.of(folder)
        nothing = InputError(f"{folder}: no archive here (nothing in {database}); {cls.way_out(folder)}")
        if not database.may_be_there():
            raise nothing
        engine = database.engine(read_only=True)
        try:
            found = _schema_of(engine, database)
            if found is None:
                raise nothing
            if found > SCHEMA:
                raise _newer(database, found)
            if found < SCHEMA and not older:
                raise SchemaError(
                    f"{database}: of an older Warraq (schema {found}, this one reads {SCHEMA}); run `warraq reindex "
                    f"--archive {folder}`, which brings it there and alters no article; `warraq backup` first copies "
                    "it as it is"
                )
        except BaseException:
            engine.dispose()
            raise
        archive = cls(folder, engine, _snapshot_store(folder, None), None)
        archive.schema = found
        return archive

    @staticmethod
    def may_be_in(folder: Path) -> bool:
        """Whether there is a database to open; what it holds is seen when it is."""
        return Database.of(folder).may_be_there()

    @staticmethod
    def way_out(folder: Path) -> str:
        """What to do in a folder without a database: its WARC files may be there still."""
        if any((folder / WARC_FOLDER).glob("*.warc.gz")):
            return (
                f"its WARC files are: put the database back from a backup, or build it anew from them with "
                f"`warraq reparse --archive {folder}`"
            )
        return f"make one with `warraq crawl https://example.ly --archive {folder}`"

    def commit(self) -> None:
        """Makes everything since the last commit durable, and searchable: the snapshots first, then the rows."""
        self.batch.write()
        self.snapshots.flush()
        self.fulltext.catch_up()
        self.connection.commit()

    async def commit_beside(self) -> None:
        """As `commit`, while others go on writing: what they add meanwhile is left for the next commit."""
        while self.fulltext.catch_up(SLICE) == SLICE:
            await asyncio.sleep(REST)
        for _ in range(TRIES):
            self.batch.set_aside()
            await asyncio.to_thread(self.snapshots.flusher())
            if not self.batch.is_ahead:
                self.batch.write_aside()
                self.connection.commit()
                return
        self.commit()

    def rollback(self) -> None:
        """Forgets what was not committed."""
        self.batch.forget()
        self.articles.forget()
        self.connection.rollback()

    def close(self) -> None:
        """Ends an open transaction without keeping it; commit first what is to stay."""
        self.connection.close()
        self.engine.dispose()
        self.snapshots.close()
        if self._lock is not None:
            self._lock.release()

    def start_run(self, command: str, arguments: dict[str, Any], user_agent: str | None = None) -> int:
        """A row in `runs`, to be ended by `end_run`; one that was left open is noted as killed at its last try."""
        last_try = select(func.max(Fetch.fetched_at)).where(Fetch.run_id == Run.id).scalar_subquery()
        self.connection.execute(
            update(Run)
            .where(Run.ended_at.is_(None))
            .values(result="killed", ended_at=func.coalesce(last_try, Run.started_at))
        )
        record_forgotten_runs(self.connection)
        result = self.connection.execute(
            insert(Run).values(
                command=command,
                arguments=arguments,
                started_at=now_text(),
                parser=PARSER,
                user_agent=user_agent,
            )
        )
        self.commit()
        run_id: int = new_row_id(result)
        return run_id

    def end_run(self, run_id: int, result: str, exit_code: int, summary: dict[str, Any]) -> None:
        self.connection.execute(
            update(Run)
            .where(Run.id == run_id)
            .values(ended_at=now_text(), result=result, exit_code=exit_code, summary=summary)
        )
        self.commit()

    def page_of(self, snapshot_id: int) -> Record:
        """A snapshot read back; a revisit with the payload of the snapshot it points to.

        Raises `SnapshotError`, and `KeyError` where there is no such snapshot.
        """
        columns = (Snapshot.warc_file, Snapshot.warc_offset, Snapshot.payload_of, Snapshot.status)
        row = self.connection.execute(select(*columns).where(Snapshot.id == snapshot_id)).first()
        if row is None:
            raise KeyError(snapshot_id)
        record = self.snapshots.read(row.warc_file, row.warc_offset)
        if row.payload_of is None:
            return record
        original = self.page_of(row.payload_of)
        headers = original.headers if row.status == NOT_MODIFIED else record.headers
        return replace(record, wire=original.wire, headers=headers)

    def site_id(self, start_url: str) -> int:
        """The site's row, made where there is none."""
        name = site_of(start_url)
        found = self.connection.scalar(select(Site.id).where(Site.name == name))
        if found is not None:
            return found
        added = self.connection.execute(
            insert(Site).values(name=name, start_url=start_url, added_at=now_text())
        )
        new_id: int = new_row_id(added)
        return new_id

    def _index(self, told: Callable[[int], None]) -> None:
        """Indexes what an older Warraq, other rules or a killed run left unindexed, a batch a transaction."""
        if not self.fulltext.is_current():
            self.fulltext.start_anew()
        left = self.fulltext.pending()
        while done := self.fulltext.catch_up():
            self.connection.commit()
            left -= done
            told(left)
        self.connection.commit()

    def _mend(self) -> None:
        """After a crash: adopts whole exchanges that no row knows, cuts a torn tail back, and notes both."""
        for warc_file in self.snapshots.files():
            end = self._end_known(warc_file)
            records, cut = self.snapshots.mend(warc_file, end)
            for record in records:
                self._adopt(record, warc_file)
            if records or cut:
                self.mended.append(Mended(warc_file, len(records), cut))
        self.commit()

    def _note_damage(self) -> None:
        """Notes the WARC files that are not what the rows say; nothing is added to these."""
        files = self.snapshots.files()
        for warc_file in self._files_known():
            end = self._end_known(warc_file)
            if warc_file not in files:
                self.damaged.append(f"{warc_file}: the file is gone, and the pages in it")
                self.snapshots.leave(warc_file)
            elif (size := (self.snapshots.folder / warc_file).stat().st_size) < end:
                self.damaged.append(f"{warc_file}: has {size} bytes of {end}, the pages behind them are gone")
                self.snapshots.leave(warc_file)

    def _end_known(self, warc_file: str) -> int:
        """The first byte behind the last exchange in a file that a row knows; 0 where none does."""
        last = select(Snapshot.end_offset).where(Snapshot.warc_file == warc_file)
        return self.connection.scalar(last.order_by(Snapshot.warc_offset.desc()).limit(1)) or 0

    def _files_known(self) -> Iterator[str]:
        """The WARC files that rows point into, each found by the index behind the one before."""
        following = select(func.min(Snapshot.warc_file)).where(Snapshot.warc_file > bindparam("file"))
        name: str | None = ""
        while name := self.connection.scalar(following, {"file": name}):
            yield name

    def _adopt(self, record: Record, warc_file: str) -> None:
        site_url = record.hints.get("site") or urljoin(record.url, "/")
        origin = None
        if record.record_type == "revisit":
            origin = self.connection.scalar(
                select(Snapshot.id)
                .where(Snapshot.payload_digest == record.payload_digest, Snapshot.record_type == "response")
                .limit(1)
            )
        snapshot = self.connection.execute(
            insert(Snapshot).values(
                id=self.batch.new_id(table_of(Snapshot)),
                url=record.url,
                url_key=identity(record.url),
                fetched_at=as_text(record.fetched_at),
                status=record.status,
                content_type=record.header("content-type"),
                record_type=record.record_type,
                warc_file=warc_file,
                warc_offset=record.offset,
                warc_length=record.length,
                end_offset=record.end_offset,
                payload_digest=record.payload_digest,
                payload_of=origin,
            )
        )
        self.connection.execute(
            insert(Fetch).values(
                id=self.batch.new_id(table_of(Fetch)),
                site_id=self.site_id(site_url),
                url=record.url,
                url_key=identity(record.url),
                fetched_at=as_text(record.fetched_at),
                outcome=Outcome.RECOVERED,
                status=record.status,
                size=len(record.wire),
                snapshot_id=new_row_id(snapshot),
            )
        )


def software() -> str:
    """Name and version, as in the user agent and in warcinfo."""
    return f"Warraq/{version('warraq')}"


def _snapshot_store(folder: Path, operator: str | None) -> SnapshotStore:
    return SnapshotStore(folder / WARC_FOLDER, software=software(), operator=operator)


def _schema_of(engine: Engine, database: Database) -> str | None:
    """The migration the database stands at, None where it is empty. Raises `SchemaError` if it is no archive."""
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            if not tables:
                return None
            if "alembic_version" not in tables:
                raise SchemaError(
                    f"{database}: a database, but not an archive of Warraq's; give another folder"
                )
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found
    except DBAPIError as error:
        if database.file is None:
            raise ArchiveError(f"{database}: PostgreSQL does not let us in ({_reason(error)})") from None
        if isinstance(error, OperationalError):  # it is not the file that is wrong
            raise ArchiveError(
                f"{database}: cannot be opened ({error.orig}); nothing archived is harmed. If the disk is full or "
                "read-only, or another program holds the file, mend that; then run again. Where its folder may not be "
                "written to, copy all of it to where you may"
            ) from None
        raise ArchiveError(
            f"{database}: cannot be read as a database ({error.orig}); restore it from a backup, "
            "or move it away and run `warraq reparse`, which builds one from the WARC files"
        ) from None


def _reason(error: DBAPIError) -> str:
    """What the server said; the driver gives it as a table of fields."""
    told = error.orig.args[0] if error.orig is not None and error.orig.args else error
    return str(told.get("M", told) if isinstance(told, dict) else told)


def _newer(database: Database, found: str) -> SchemaError:
    return SchemaError(
        f"{database}: made by a newer Warraq (schema {found}, this one knows {SCHEMA}); "
        "install the newest Warraq"
    )


def _migrate(engine: Engine, database: Database) -> None:
    found = _schema_of(engine, database)
    if found == SCHEMA:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if found is not None and found not in {
        s.revision for s in ScriptDirectory.from_config(config).walk_revisions()
    }:
        raise _newer(database, found)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
