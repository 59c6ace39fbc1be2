"""Backups taken while a crawl writes, killed half way, gone on with; and what no backup is written over."""

import json
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from archiver.errors import ArchiveError, ArchiveLocked, InputError, SnapshotError
from archiver.store import Archive
from archiver.store.backup import backup
from archiver.store.lock import ArchiveLock
from tests.crawl.conftest import Desk
from tests.keep_archive import unpack
from tests.newsroom.server import Newsroom


def taken(desk: Desk, target: Path) -> dict[str, Any]:
    ran = desk.run("backup", str(target), "--json")
    assert (ran.code, ran.err) == (0, "")
    return ran.summary


@pytest.fixture
def copy(tmp_path: Path) -> Desk:
    """A small archive."""
    Archive.create_or_open(unpack("0001", tmp_path / "archive")).close()
    return Desk(tmp_path / "archive")


def test_a_backup_taken_while_a_crawl_runs_is_whole(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "safe" / "backup"
    seen = []
    with Newsroom(40, traps=False) as newsroom:
        crawl = desk.start("crawl", newsroom.url, "--delay", "0.02", "--json")
        for asked in (20, 40):
            newsroom.hold_after(asked + 15)
            while len(newsroom.requests) < asked:
                time.sleep(0.05)
            seen.append(taken(desk, target))
            verified = Desk(target).run("verify", "--json").summary
            assert verified["problems"] == []
            assert verified["articles"] == seen[-1]["articles"]
        newsroom.hold_after(None)
        crawl.communicate(timeout=100)
        last = taken(desk, target)
    assert seen[0]["articles"] < last["articles"] == desk.column("SELECT count(*) FROM articles")[0]
    assert seen[0]["new"] + sum(each["new"] for each in seen[1:]) + last["new"] == last["warc"]
    assert Desk(target).run("verify").code == 0
    assert Desk(target).sql("SELECT url_key, content_digest FROM articles ORDER BY 1") == desk.sql(
        "SELECT url_key, content_digest FROM articles ORDER BY 1"
    )


def test_a_backup_is_an_archive_that_goes_on(copy: Desk, tmp_path: Path) -> None:
    (copy.archive / "health.toml").write_text("drop = 0.5\n", "utf-8")
    taken(copy, tmp_path / "backup")
    assert taken(copy, tmp_path / "backup")["new"] == 0
    restored = Desk(tmp_path / "backup")
    assert (restored.archive / "health.toml").read_text("utf-8") == "drop = 0.5\n"
    url = restored.column("SELECT url FROM articles LIMIT 1")[0]
    assert restored.run("show", url, "--json").summary["url"] == url
    assert json.loads((restored.archive / "backup.json").read_text("utf-8"))["backup_of"] == str(copy.archive)
    assert not list(restored.archive.glob("archive.db-*"))


def test_a_backup_that_was_killed_is_gone_on_with(copy: Desk, tmp_path: Path) -> None:
    target, (warc,) = tmp_path / "backup", (copy.archive / "warc").iterdir()
    taken(copy, target)
    half = warc.stat().st_size // 2
    os.truncate(target / "warc" / warc.name, half)
    (target / "archive.db").unlink()
    (target / "archive.db.part").write_bytes(b"half a database")
    assert taken(copy, target)["new"] == warc.stat().st_size - half
    assert Desk(target).run("verify").code == 0
    process = copy.start("backup", str(tmp_path / "other"))
    while not (tmp_path / "other" / "backup.json").exists():
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    taken(copy, tmp_path / "other")
    assert Desk(tmp_path / "other").run("verify").code == 0


def test_what_is_no_backup_is_not_written_to(
    copy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.txt").write_text("لا تُمس", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    for target in ("papers", "file", "archive/backup", "archive", "."):
        with pytest.raises(InputError, match=str(tmp_path)):
            backup(copy.archive, tmp_path / target)
    assert [path.name for path in (tmp_path / "papers").iterdir()] == ["thesis.txt"]
    with pytest.raises(InputError, match="no archive here"):
        backup(tmp_path / "papers", tmp_path / "backup")
    assert copy.run("backup", str(tmp_path / "papers")).code == 2
    monkeypatch.setenv("WARRAQ_DATABASE", "postgresql://user@host/news")
    with pytest.raises(InputError, match="pg_dump"):
        backup(copy.archive, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_one_archive_s_backup_is_never_another_s(copy: Desk, tmp_path: Path) -> None:
    target, (warc,) = tmp_path / "backup", (copy.archive / "warc").iterdir()
    taken(copy, target)
    (target / "warc" / "warraq-20200101000000-00001.warc.gz").write_bytes(b"of another archive")
    with pytest.raises(ArchiveError, match="another archive"):
        backup(copy.archive, target)
    (target / "warc" / "warraq-20200101000000-00001.warc.gz").unlink()
    kept = (target / "warc" / warc.name).read_bytes()
    (target / "warc" / warc.name).write_bytes(kept[:-9] + b"otherwise")
    with pytest.raises(ArchiveError, match="differs"):
        backup(copy.archive, target)
    assert (target / "warc" / warc.name).read_bytes() == kept[:-9] + b"otherwise"
    with ArchiveLock(target), pytest.raises(ArchiveLocked):
        backup(copy.archive, target)


def test_a_damaged_archive_is_named_and_the_last_good_backup_stays(copy: Desk, tmp_path: Path) -> None:
    target, (warc,) = tmp_path / "backup", (copy.archive / "warc").iterdir()
    taken(copy, target)
    os.truncate(warc, warc.stat().st_size - 10)
    (target / "warc" / warc.name).unlink()
    with pytest.raises(SnapshotError, match="its rows go on"):
        backup(copy.archive, target)
    (copy.archive / "archive.db").write_bytes(b"SQLite format 3\0" + b"rubbish" * 2_000)
    before = (target / "archive.db").read_bytes()
    with pytest.raises(ArchiveError, match="cannot be copied"):
        backup(copy.archive, target)
    assert (target / "archive.db").read_bytes() == before
    (copy.archive / "archive.db").unlink()
    with closing(sqlite3.connect(copy.archive / "archive.db")) as other, other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    with pytest.raises(ArchiveError, match="not an archive of Warraq"):
        backup(copy.archive, target)


def altered(path: Path, start: int, end: int) -> None:
    """The bytes from `start` to `end` turned over."""
    whole = bytearray(path.read_bytes())
    whole[start:end] = (byte ^ 0xFF for byte in whole[start:end])
    path.write_bytes(whole)


def test_a_database_with_one_damaged_page_does_not_replace_the_last_backup_s(
    copy: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "backup"
    taken(copy, target)
    kept = {name: (target / name).read_bytes() for name in ("archive.db", "backup.json")}
    (root,) = copy.column("SELECT rootpage FROM sqlite_master WHERE name = 'fetches'")
    (size,) = copy.column("PRAGMA page_size")
    altered(copy.archive / "archive.db", (root - 1) * size, root * size)
    for place in (target, tmp_path / "new"):
        ran = copy.run("backup", str(place))
        assert (ran.code, ran.out) == (1, "")
        assert f"{copy.archive / 'archive.db'}: " in ran.err
        assert "warraq reparse" in ran.err
        assert not (place / "archive.db.part").exists()
    assert {name: (target / name).read_bytes() for name in kept} == kept
    assert Desk(target).run("verify").code == 0


def test_a_damaged_page_is_copied_and_named_with_exit_code_1(copy: Desk, tmp_path: Path) -> None:
    target, (warc,) = tmp_path / "backup", (copy.archive / "warc").iterdir()
    last = copy.column("SELECT max(warc_offset) FROM snapshots")[0]
    taken(copy, target)
    os.truncate(target / "warc" / warc.name, last + 50)  # killed within the last exchange
    assert taken(copy, target)["damaged"] == []
    os.truncate(target / "warc" / warc.name, last + 50)
    altered(warc, last + 300, last + 301)
    for place in (target, tmp_path / "new"):
        ran = copy.run("backup", str(place), "--json")
        assert (ran.code, len(ran.summary["damaged"])) == (1, 1)
        assert ran.summary["damaged"][0].startswith(f"{warc.name} at {last}: ")
        assert f"{warc.name} at {last}: " in ran.err
    assert taken(copy, target)["new"] == 0


NOBODY = 65_534


def as_nobody() -> None:
    """Root may write everywhere."""
    if os.getuid() == 0:
        os.setuid(NOBODY)


@pytest.fixture
def locked_away(tmp_path: Path) -> Iterator[Desk]:
    """An archive in a folder that may be read and not written to, also by who may not read pytest's own."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        archive = unpack("0001", Path(folder) / "archive")
        Archive.create_or_open(archive).close()
        archive.chmod(0o555)
        yield Desk(archive)
        archive.chmod(0o755)


def test_an_archive_in_a_folder_that_may_not_be_written_to_is_read(locked_away: Desk) -> None:
    assert (locked_away.archive / "archive.db").read_bytes()[19] == 2, "in WAL mode"
    for command in (("status", "--quiet"), ("verify",), ("search", "الميناء"), ("show", "--outcomes", "x")):
        ran = locked_away.run(*command, before=as_nobody)
        assert "database" not in ran.err
    assert locked_away.run("verify", before=as_nobody).code == 0
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        ran = locked_away.run("backup", f"{folder}/safe", before=as_nobody)
        assert (ran.code, ran.err) == (0, "")
    assert sorted(path.name for path in locked_away.archive.iterdir()) == [".lock", "archive.db", "warc"]


def test_a_journal_that_was_left_there_is_not_passed_over(locked_away: Desk) -> None:
    locked_away.archive.chmod(0o755)
    (locked_away.archive / "archive.db-wal").write_bytes(b"what was committed last")
    locked_away.archive.chmod(0o555)
    ran = locked_away.run("verify", before=as_nobody)
    assert ran.code == 1
    assert "copy all of it to where you may" in ran.err
