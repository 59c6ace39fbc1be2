"""The full-text index: it follows the rows, survives a kill, and is made anew."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from archiver.arabic.words import words
from archiver.search import Query, search
from archiver.store import Archive, fulltext
from archiver.store import tables as t
from archiver.store.verify import Checked, verify
from tests.search.stories import STORIES, article, found, keep, new_archive


def index_of(archive: Archive) -> Counter[str]:
    """Every word of the index with the number of its documents, as FTS5 itself counts them."""
    archive.connection.execute(
        text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.v USING fts5vocab(main, articles_fts, row)")
    )
    return Counter(dict(archive.connection.execute(text("SELECT term, doc FROM temp.v")).all()))


def test_the_index_follows_what_is_stored_and_is_as_if_made_anew(archive: Archive) -> None:
    for number, story in enumerate(STORIES):
        keep(archive, article(number, *story))
    archive.commit()
    changed = replace(
        article(1, *STORIES[1]), title="إلغاء الزيارة", published_at=date(2023, 7, 1), tags=("عاجل",)
    )
    keep(archive, changed)
    assert found(archive, "طبرق") == set()  # out at once; in again with the commit
    assert search(archive.connection, Query()).pending == 1
    archive.commit()
    assert found(archive, "الغاء عاجل") == {1}
    assert found(archive, "يزور") == set()
    assert found(archive, "", since=date(2023, 7, 1)) == {1}
    before = index_of(archive)
    archive.fulltext.start_anew()
    assert search(archive.connection, Query()).pending == 6
    archive.commit()
    assert index_of(archive) == before
    assert before["يزور"] == 0


def test_what_was_written_in_a_killed_run_is_searchable_after_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = new_archive(tmp_path)
    for number in range(3):
        keep(archive, article(number, *STORIES[number]))
    archive.batch.write()
    archive.batch.write()
    archive.connection.commit()  # the rows are durable, the index has not caught up
    archive.close()
    monkeypatch.setattr(fulltext, "BATCH", 1)
    told: list[int] = []
    Archive.create_or_open(tmp_path, indexing=told.append).close()
    assert told == [1, 0]
    reader = Archive.open_for_reading(tmp_path)
    assert found(reader, "مصراتة") == {0, 2}
    reader.close()


def test_an_archive_of_the_first_schema_becomes_searchable(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    keep(archive, article(0, *STORIES[0]))
    archive.commit()
    archive.close()
    with closing(sqlite3.connect(tmp_path / "archive.db")) as raw, raw:
        for table in (
            "articles_fts",
            "search_documents",
            "search_pending",
            "search_index",
            "site_runs",
            "alerts",
            "copy_shingles",
            "copy_segments",
            "copy_blocks",
            "copy_filters",
            "version_pages",
        ):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("CREATE TABLE copy_bands (key BIGINT, article_id INTEGER)")
        raw.execute("ALTER TABLE sites DROP COLUMN idle_parameters")
    raw.close()
    _set_schema(tmp_path, "0003")
    with pytest.raises(Exception, match="schema 0003"):
        Archive.open_for_reading(tmp_path)
    Archive.create_or_open(tmp_path).close()
    reader = Archive.open_for_reading(tmp_path)
    assert found(reader, "مصراتة") == {0}
    reader.close()


def _set_schema(folder: Path, revision: str) -> None:
    with closing(sqlite3.connect(folder / "archive.db")) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    raw.close()


def test_other_rules_make_the_index_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = new_archive(tmp_path)
    keep(archive, article(0, *STORIES[0]))
    archive.commit()
    archive.close()
    monkeypatch.setattr(fulltext, "REVISION", "another")
    monkeypatch.setattr(fulltext, "words", lambda text: [word[::-1] for word in words(text)])
    archive = Archive.create_or_open(tmp_path)
    assert found(archive, "هتارصم") == {0}
    assert found(archive, "مصراتة") == set()
    archive.close()


def test_very_many_articles_of_one_minute_keep_their_day(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "MINUTE_SIZE", 4)
    for number in range(12):
        keep(archive, article(number, "خبر", "نص", "2023-05-30", None, None, "example.ly"))
        if number % 5 == 0:
            archive.commit()
    archive.commit()
    page = search(archive.connection, Query(since=date(2023, 5, 30), until=date(2023, 5, 30)), facets=True)
    assert (page.total, [each.articles for each in page.histogram]) == (12, [12])


def test_verify_sees_an_index_that_disagrees(archive: Archive) -> None:
    for number, story in enumerate(STORIES):
        keep(archive, article(number, *story))
    archive.commit()

    def seen() -> list[str]:
        return [each.what for each in verify(archive, Checked()) if each.where == "full-text index"]

    assert seen() == []
    archive.connection.execute(delete(t.SearchDocument).where(t.SearchDocument.article_id == 1))
    archive.connection.execute(
        update(t.SearchDocument).where(t.SearchDocument.article_id == 2).values(item_digest="x")
    )
    lacking, other, more = seen()
    assert "1 article is not in it" in lacking
    assert "1 article is in it with another text" in other
    assert "holds 6 documents for 5" in more
    archive.fulltext.start_anew()
    archive.commit()
    assert seen() == []
    archive.connection.execute(delete(t.SearchIndex))
    checked = Checked()
    assert seen() == []
    list(verify(archive, checked))
    assert checked.left == ["full-text index: to be made anew, by today's rules"], "the next run does"
