"""A consistent copy of an archive, also while a crawl writes to it.

The database is copied first, as it stands at one moment; then the WARC files, each up to the last exchange
that copy knows. A crawl flushes its snapshots before it commits their rows, so those bytes are there. WARC
files only grow: a further backup into the same folder copies what is new, and one that was killed goes on.

What was copied is read before it counts: a damaged database never takes the place of the last backup's, and a
damaged exchange is named.
"""

import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from archiver.clock import now_text
from archiver.errors import ArchiveError, InputError, SchemaError, SnapshotError
from archiver.store import room
from archiver.store.archive import WARC_FOLDER, software
from archiver.store.database import DATABASE, VARIABLE, Database, reading_options
from archiver.store.lock import ArchiveLock
from archiver.store.snapshots import Damage, SnapshotStore

MARK = "backup.json"
"""Says that a folder is a backup; no other folder with anything in it is written to."""
PART = DATABASE + ".part"
OURS = {MARK, MARK + ".part", ".lock"}
PAGES = 2_000  # of the database, between two reports
CHUNK = 4 << 20  # bytes
COMPARED = 1 << 20  # bytes at the end of what is there already

Progress = Callable[[str], None]


@dataclass(slots=True)
class Copied:
    """What a backup came to; sizes in bytes."""

    articles: int = 0
    database: int = 0
    warc_files: int = 0
    warc: int = 0  # all in all
    new: int = 0  # of these, copied this time
    damaged: list[str] = field(default_factory=list)
    """Where what was copied this time is no whole exchange, and why: so it is in the archive."""


def backup(source: Path, target: Path, progress: Progress = lambda _: None) -> Copied:
    """Copies the archive in one folder into another, which is empty, new, or an earlier backup of it.

    Raises `InputError` where the target is anything else, `ArchiveLocked` while another backup writes to it,
    `ArchiveError` where what is there is not of this archive, `SnapshotError` where the source is damaged, `OSError`
    that names the target where there is no room for it.
    """
    if Database.of(source).file is None:
        raise InputError(
            f"{source}: its rows are in PostgreSQL ({VARIABLE}): copy them with pg_dump first, then the folder"
        )
    if not (source / DATABASE).is_file():
        raise InputError(f"{source}: no archive here (no {DATABASE})")
    _check_target(source.resolve(), target)
    with room.needed_for(target):
        target.mkdir(parents=True, exist_ok=True)
        with ArchiveLock(target):
            return _copy(source, target, progress)


def _copy(source: Path, target: Path, progress: Progress) -> Copied:
    if not (target / MARK).exists():
        _write_mark(target, source, None)
    copied, ends = _copy_database(source / DATABASE, target / PART, progress)
    _write_mark(target, source, None)
    _copy_snapshots(source / WARC_FOLDER, target / WARC_FOLDER, ends, copied, progress)
    for settings in source.glob("*.toml"):
        shutil.copyfile(settings, target / settings.name)
    for left in (
        f"{DATABASE}-wal",
        f"{DATABASE}-shm",
    ):  # of the copy that goes, should a reader have made them
        (target / left).unlink(missing_ok=True)
    (target / PART).replace(target / DATABASE)
    _write_mark(target, source, copied)
    _sync(target)
    return copied


def _check_target(source: Path, target: Path) -> None:
    if target.resolve().is_relative_to(source) or source.is_relative_to(target.resolve()):
        raise InputError(
            f"{target}: a backup stands in a folder of its own, neither within the archive nor around it"
        )
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{target}: not a folder")
    if not (target / MARK).is_file() and {path.name for path in target.iterdir()} - OURS:
        raise InputError(
            f"{target}: has something in it and is no backup of Warraq's; give an empty or a new folder"
        )


def _write_mark(target: Path, source: Path, copied: Copied | None) -> None:
    """`finished_at` stays null until everything is there."""
    mark = {
        "backup_of": str(source.absolute()),
        "software": software(),
        "finished_at": now_text() if copied else None,
        "articles": copied.articles if copied else None,
    }
    part = target / (MARK + ".part")
    part.write_text(json.dumps(mark, ensure_ascii=False) + "\n", "utf-8")
    part.replace(target / MARK)


def _copy_database(source: Path, part: Path, progress: Progress) -> tuple[Copied, dict[str, int]]:
    """The database as it stands at one moment; gives where each WARC file ends for it."""
    for left in part.parent.glob(PART + "*"):
        left.unlink()
    address = f"{source.absolute().as_uri()}?{urlencode(reading_options(source))}"
    try:
        with (
            closing(sqlite3.connect(address, uri=True, timeout=30)) as old,
            closing(sqlite3.connect(part, isolation_level=None)) as new,
        ):
            old.execute(
                "BEGIN"
            )  # what others write from here on is not seen, and does not start the copy anew
            old.execute("SELECT version_num FROM alembic_version").fetchone()
            old.backup(
                new,
                pages=PAGES,
                progress=lambda _, left, whole: progress(_share("database", whole - left, whole)),
            )
            new.execute("PRAGMA journal_mode = DELETE")  # one file, also on a medium that is read-only later
            progress("database: checking")
            _check_database(source, new)
            articles = new.execute("SELECT count(*) FROM articles").fetchone()[0]
            ends = dict(new.execute("SELECT warc_file, max(end_offset) FROM snapshots GROUP BY warc_file"))
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise SchemaError(f"{source}: a database, but not an archive of Warraq's") from None
        raise ArchiveError(f"{source}: cannot be copied ({error}); run `warraq verify`") from None
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{source}: cannot be copied ({error}); run `warraq verify`") from None
    except ArchiveError:
        part.unlink()
        raise
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    return Copied(articles=articles, database=part.stat().st_size), ends


def _check_database(source: Path, copy: sqlite3.Connection) -> None:
    """Raises `ArchiveError` where the copy, and so the database it is of, is damaged."""
    (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise ArchiveError(
            f"{source}: damaged ({' '.join(found.split())}): not copied, and no earlier backup's database is replaced. "
            "Restore it from a backup, or move it away and run `warraq reparse`, which builds one from the "
            "WARC files"
        )


def _copy_snapshots(
    source: Path, target: Path, ends: dict[str, int], copied: Copied, progress: Progress
) -> None:
    target.mkdir(exist_ok=True)
    for path in target.glob("*.warc.gz"):
        if path.stat().st_size > ends.get(path.name, 0):
            raise ArchiveError(
                f"{path}: has more in it than the archive knows of: this folder holds another archive, or was "
                "written to since. Give another folder"
            )
    whole = sum(ends.values())
    copies = SnapshotStore(target, software=software())
    for name, end in sorted(ends.items()):
        try:
            new = _copy_file(
                source / name,
                target / name,
                end,
                lambda done: progress(_share("WARC", copied.warc + done, whole)),
            )
        except FileNotFoundError:
            raise SnapshotError(f"{source / name}: is not there; run `warraq verify`") from None
        copied.warc_files += 1
        copied.warc += end
        copied.new += new
        if new:
            progress(f"WARC: checking {name}")
            start = _exchange_at(target.parent / PART, name, end - new)
            copied.damaged += (
                f"{name} at {each.offset}: {each.end - each.offset} bytes of no whole exchange ({each.what})"
                for each in copies.read_all(name, start)
                if isinstance(each, Damage)
            )
    _sync(target)


def _exchange_at(database: Path, name: str, position: int) -> int:
    """Where the last exchange known to end before a position of a WARC file ends; 0 where none does."""
    last = "SELECT coalesce(max(end_offset), 0) FROM snapshots WHERE warc_file = ? AND end_offset <= ?"
    with closing(sqlite3.connect(database)) as known:
        start: int = known.execute(last, (name, position)).fetchone()[0]
    return start


def _copy_file(source: Path, target: Path, end: int, progress: Callable[[int], None]) -> int:
    """Appends what the target lacks of the source's first `end` bytes; gives how much that was."""
    with source.open("rb") as old, target.open("a+b") as new:
        have = start = new.seek(0, os.SEEK_END)
        if have and not _same_end(old, new, have):
            raise ArchiveError(
                f"{target}: differs from {source}: one of the two is damaged, or of another archive. See which "
                "with `warraq verify`; a damaged copy can be moved away, and is made anew"
            )
        old.seek(have)
        while have < end:
            chunk = old.read(min(CHUNK, end - have))
            if not chunk:
                raise SnapshotError(f"{source}: ends at {have}, its rows go on to {end}; run `warraq verify`")
            new.write(chunk)
            have += len(chunk)
            progress(have)
        new.flush()
        os.fsync(new.fileno())
    return end - start


def _same_end(old: io.BufferedReader, new: io.BufferedRandom, have: int) -> bool:
    start = max(0, have - COMPARED)
    old.seek(start)
    new.seek(start)
    return old.read(have - start) == new.read(have - start)


def _share(what: str, done: int, whole: int) -> str:
    return f"{what}: {done * 100 // max(1, whole)} %"


def _sync(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
