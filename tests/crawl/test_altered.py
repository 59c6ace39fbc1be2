"""An archive that somebody has written into, or taken from: rows found by `warraq verify` and written anew by
`warraq reparse`, WARC files told by every crawl.
"""

import sqlite3
from contextlib import closing

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.paper import Paper


@pytest.fixture
def archived(desk: Desk) -> Desk:
    with Paper() as paper:
        paths = [f"/story-of-the-harbour-{number}" for number in range(1, 5)]
        paper.front(*paths)
        for path in paths:
            paper.story(path, f"خبر الميناء {path[-1]}")
        assert desk.crawl(paper.url).code == 0
    assert desk.run("verify").code == 0
    return desk


def write(desk: Desk, *statements: str) -> None:
    with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
        for statement in statements:
            assert database.execute(statement).rowcount > 0
    database.close()


def test_what_was_written_into_an_article_is_found_and_mended(archived: Desk) -> None:
    before = archived.sql("SELECT title, body, published_at FROM articles ORDER BY id")
    provenance = archived.column("SELECT count(*) FROM provenance")
    write(
        archived,
        "UPDATE articles SET body = 'نص مزور', published_at = '1999-01-01' WHERE url LIKE '%-1'",
        "DELETE FROM provenance WHERE article_id = (SELECT id FROM articles WHERE url LIKE '%-2')",
    )
    found = archived.run("verify")
    assert found.code == 1
    assert "story-of-the-harbour-1: its text, title or day is not what was read" in found.err
    assert "story-of-the-harbour-2: what is around its text is not what was read" in found.err
    assert found.err.count("`warraq reparse` writes them anew") == 2
    mended = archived.run("reparse")
    assert mended.code == 0
    assert archived.sql("SELECT title, body, published_at FROM articles ORDER BY id") == before
    assert archived.column("SELECT count(*) FROM provenance") == provenance
    assert archived.column("SELECT DISTINCT version FROM articles") == [1], "no edit, and no better reading"
    assert archived.run("verify").code == 0, archived.run("verify").err
    assert "مزور" not in archived.run("search", "مزور", "--json").out


def test_what_was_written_into_a_version_is_found(archived: Desk) -> None:
    write(
        archived,
        "UPDATE article_versions SET item = replace(item, 'الميناء', 'المطار') WHERE article_id = (SELECT id FROM articles WHERE url LIKE '%-3')",
    )
    found = archived.run("verify")
    assert found.code == 1
    assert "story-of-the-harbour-3: version 1 is not what was read" in found.err
    assert "restore it from a backup" in found.err


def test_a_version_that_is_gone_and_another_time_of_the_fetch_are_found(archived: Desk) -> None:
    copied = "INSERT INTO article_versions SELECT article_id, 3, cause, created_at, snapshot_id, parser, content_digest, item"
    third = "(SELECT id FROM articles WHERE url LIKE '%-3')"
    write(
        archived,
        f"{copied} FROM article_versions WHERE article_id = {third}",
        f"UPDATE articles SET version = 3 WHERE id = {third}",
        "UPDATE snapshots SET fetched_at = '2020-01-01T00:00:00+00:00' WHERE url LIKE '%-4'",
    )
    found = archived.run("verify")
    assert found.code == 1
    assert (
        "story-of-the-harbour-3: of its 3 versions there are 2; restore the others from a backup" in found.err
    )
    assert "the row says 2020-01-01T00:00:00+00:00" in found.err
    assert len(found.err.splitlines()) == 2 + ("problems" in found.err.splitlines()[-1])


def test_a_damaged_database_is_told_with_the_way_out(archived: Desk) -> None:
    database = archived.archive / "archive.db"
    (page,) = archived.column("SELECT rootpage FROM sqlite_master WHERE name = 'articles'")
    (size,) = archived.column("PRAGMA page_size")
    content = bytearray(database.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    database.write_bytes(content)
    ran = archived.run("reindex")
    assert ran.code == 1
    assert "move archive.db away and run `warraq reparse`" in ran.err
    assert "Traceback" not in ran.err


def test_a_site_that_is_not_there_is_not_read_again_and_makes_no_run(archived: Desk) -> None:
    ran = archived.run("reparse", "--site", "example.ly")
    assert ran.code == 2
    assert "--site example.ly: not in this archive, which has 127.0.0.1" in ran.err
    assert archived.run("reparse", "--site", "nosuch").code == 2
    assert archived.column("SELECT command FROM runs") == ["crawl"]


def test_one_flipped_byte_in_a_warc_file_is_one_page(archived: Desk) -> None:
    (warc,) = (archived.archive / "warc").iterdir()
    pages = archived.sql(
        "SELECT url, warc_offset, warc_length FROM snapshots WHERE url LIKE '%story%' ORDER BY id"
    )
    hit, at, length = pages[1]
    damaged = bytearray(warc.read_bytes())
    damaged[at + length // 2] ^= 0x10
    warc.write_bytes(damaged)
    found = archived.run("verify")
    assert found.code == 1
    assert f"warraq: {warc.name} at {at}: no whole record for snapshot" in found.err
    assert "restore the file from a backup" in found.err
    assert "warraq verify" not in found.err
    assert {url for url, *_ in pages if url in found.err} == {hit}
    for url, *_ in pages:
        shown = archived.run("show", url, "--raw")
        assert (shown.code == 1) == (url == hit)
        assert "warraq verify" not in shown.err


def test_a_lost_database_costs_no_page_behind_a_flipped_byte(archived: Desk) -> None:
    (warc,) = (archived.archive / "warc").iterdir()
    (at,) = archived.column("SELECT warc_offset FROM snapshots WHERE url LIKE '%harbour-2'")
    damaged = bytearray(warc.read_bytes())
    damaged[at + 300] ^= 0x10
    warc.write_bytes(damaged)
    for file in archived.archive.glob("archive.db*"):
        file.unlink()
    assert archived.run("reparse").code == 0
    assert warc.read_bytes() == damaged
    assert archived.column("SELECT count(*) FROM articles") == [3]
    found = archived.run("verify")
    assert found.code == 1
    assert f"{warc.name} at {at}: " in found.err


@pytest.mark.parametrize("database", ["there", "lost"])
def test_a_flipped_byte_in_the_last_page_of_a_file_cuts_nothing_off(archived: Desk, database: str) -> None:
    """What is damaged was once whole; only what was still being written when a run was killed is cut off."""
    (warc,) = (archived.archive / "warc").iterdir()
    (at,) = archived.column("SELECT max(warc_offset) FROM snapshots")
    damaged = bytearray(warc.read_bytes())
    damaged[at + 300] ^= 0x10
    warc.write_bytes(damaged)
    for file in archived.archive.glob("archive.db*") if database == "lost" else ():
        file.unlink()
    assert archived.run("reparse").code in (0, 1)
    assert warc.read_bytes() == damaged
    found = archived.run("verify")
    assert found.code == 1
    assert f"{warc.name} at {at}: " in found.err
    with Paper() as paper:
        paper.front("/story-of-the-harbour-9")
        paper.story("/story-of-the-harbour-9", "خبر الميناء الأخير")
        assert archived.crawl(paper.url).code == 0
    assert warc.read_bytes().startswith(damaged)
    files = len(list((archived.archive / "warc").iterdir()))
    assert files == (2 if database == "lost" else 1), "behind what no row knows nothing is added"


@pytest.mark.parametrize("damage", ["gone", "short"])
def test_a_crawl_tells_what_its_warc_files_lack_and_adds_nothing_to_these(desk: Desk, damage: str) -> None:
    with Paper() as paper:
        paper.front("/story-of-the-harbour-1")
        paper.story("/story-of-the-harbour-1", "خبر الميناء القديم")
        assert desk.crawl(paper.url).code == 0
        (warc,) = (desk.archive / "warc").iterdir()
        if damage == "gone":
            warc.unlink()
        else:
            warc.write_bytes(warc.read_bytes()[:-900])
        paper.front("/story-of-the-harbour-1", "/story-of-the-harbour-2")
        paper.story("/story-of-the-harbour-2", "خبر الميناء الجديد")
        ran = desk.run("crawl", "--all", "--delay", "0", "--quiet")
    assert ran.code == 0
    lost = "the file is gone" if damage == "gone" else "the pages behind them are gone"
    assert f"warraq: {warc.name}: " in ran.err
    assert lost in ran.err
    files = desk.column("SELECT DISTINCT warc_file FROM snapshots ORDER BY warc_file")
    assert len(files) == 2
    assert desk.run("show", f"{paper.url}story-of-the-harbour-2", "--raw").code == 0
