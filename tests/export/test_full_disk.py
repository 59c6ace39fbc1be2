"""A disk without room for what is to be written beside the archive: one line, which names it."""

import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import ArchiveError
from archiver.export import FORMATS, Source, export, replay
from archiver.search import Query
from archiver.store import Archive
from archiver.store import backup as copying
from archiver.store.backup import backup
from tests.crawl.conftest import ROOT, Desk, environment

CONNECT = sqlite3.connect


def within(most: int) -> None:
    """No file gets longer than this: what a full disk looks like to a process."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.fixture(scope="module")
def at_rest(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The archive, to be read without making any file beside it."""
    copy = Desk(tmp_path_factory.mktemp("at-rest") / "archive")
    shutil.copytree(desk.archive, copy.archive)
    with closing(sqlite3.connect(copy.archive / "archive.db")) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    return copy


def connect_to_a_small_disk(path: Any, **more: Any) -> sqlite3.Connection:
    """A database that can be no larger than a page: «database or disk is full», as on a full disk."""
    connection: sqlite3.Connection = CONNECT(path, **more)
    connection.execute("PRAGMA max_page_count = 1")
    return connection


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_export_without_room_names_what_could_not_be_written(
    at_rest: Desk, tmp_path: Path, format_name: str
) -> None:
    target = tmp_path / "made"
    ran = at_rest.run("export", "--format", format_name, str(target), before=partial(within, 1_000))
    assert ran.code == 1
    named = "the archive's database" if format_name == "sqlite" else target  # it is one, of its own
    assert ran.err.startswith(f"warraq: {named}: ")
    assert ran.err.count("\n") == 1
    assert "nothing archived is harmed" in ran.err
    assert "restore" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_an_index_without_room_is_no_error_of_the_archive(
    opened: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay.sqlite3, "connect", connect_to_a_small_disk)
    with pytest.raises(OSError, match="No space left on device") as raised:
        export(Source(opened, Query()), FORMATS["wacz"], tmp_path / "made.wacz")
    assert raised.value.filename == str(tmp_path / "made.wacz")


def test_standard_output_without_room_is_named(desk: Desk, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "archiver.cli", "export", "--format", "csv", "-"]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*command, "--archive", str(desk.archive)],
            cwd=ROOT,
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith("warraq: standard output: No space left on device")


def test_a_backup_without_room_names_its_folder(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = tmp_path / "safe"
    with monkeypatch.context() as patched:
        patched.setattr(copying.sqlite3, "connect", connect_to_a_small_disk)
        with pytest.raises(OSError, match="No space left on device") as raised:
            backup(desk.archive, safe)
    assert raised.value.filename == str(safe)
    assert backup(desk.archive, safe).articles == 5, "it is gone on with once there is room"


def test_a_database_that_cannot_be_opened_is_not_to_be_restored(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, or another program: the file itself is well."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "archive.db").write_bytes((desk.archive / "archive.db").read_bytes())
    monkeypatch.setattr("archiver.store.database.BUSY_TIMEOUT", 10)
    holder = sqlite3.connect(folder / "archive.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(ArchiveError, match="nothing archived is harmed") as raised:
            Archive.create_or_open(folder)
        assert "restore" not in str(raised.value)
    finally:
        holder.close()
