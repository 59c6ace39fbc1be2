"""The archive in its folder: schema, one writer, and what it refuses."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from archiver.errors import ArchiveLocked, InputError, SchemaError
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.tables import VIEWS, Base
from tests.store.rows import ARTICLE, store


def test_the_migrations_make_the_schema_that_the_code_knows(archive: Archive) -> None:
    ours = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("articles_fts")}
    context = MigrationContext.configure(archive.connection, opts=ours)
    assert compare_metadata(context, Base.metadata) == []
    made = dict(
        archive.connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'view'")).all()
    )
    assert {name: " ".join(sql.split()) for name, sql in made.items()} == {
        name: f"CREATE VIEW {name} AS {' '.join(sql.split())}" for name, sql in VIEWS.items()}  # fmt: skip
    for name in VIEWS:
        archive.connection.execute(text(f"SELECT * FROM {name}")).all()


def test_sqlite_is_in_wal_mode_with_foreign_keys_on(archive: Archive) -> None:
    assert archive.connection.scalar(text("PRAGMA journal_mode")) == "wal"
    assert archive.connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_arabic_stays_readable_in_json_columns(archive: Archive) -> None:
    store(archive, ARTICLE)
    assert "فقرة أولى" in archive.connection.scalar(text("SELECT blocks FROM articles"))


def test_one_writer_an_archive_and_readers_beside_it(archive: Archive) -> None:
    with pytest.raises(ArchiveLocked, match="another run"):
        Archive.create_or_open(archive.folder)
    reader = Archive.open_for_reading(archive.folder)
    assert reader.connection.scalar(select(t.Site.name)) == "example.ly"
    reader.close()


def test_a_database_that_is_gone_is_built_from_its_warc_files(archive: Archive) -> None:
    """A crawl would begin from nothing: who lost the database is not sent there."""
    archive.close()
    (archive.folder / "warc").mkdir(exist_ok=True)
    (archive.folder / "warc" / "warraq-20230530000000-00001.warc.gz").touch()
    for left in archive.folder.glob("archive.db*"):
        left.unlink()
    with pytest.raises(InputError, match=r"no archive here.*its WARC files are.*`warraq reparse") as raised:
        Archive.open_for_reading(archive.folder)
    assert "warraq crawl" not in str(raised.value)


def test_what_is_no_archive_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no archive here.*make one with `warraq crawl"):
        Archive.open_for_reading(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot hold an archive"):
        Archive.create_or_open(tmp_path / "file")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as other, other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    with pytest.raises(SchemaError, match="not an archive of Warraq"):
        Archive.create_or_open(tmp_path)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as other, other:
        other.execute("CREATE TABLE alembic_version (version_num)")
        other.execute("INSERT INTO alembic_version VALUES ('9999')")
    other.close()
    with pytest.raises(SchemaError, match="newer Warraq"):
        Archive.create_or_open(tmp_path)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "100%41 of: my? archive#2 أرشيف"
    opened = Archive.create_or_open(folder)
    opened.site_id("https://example.ly/")
    opened.commit()
    opened.close()
    assert (folder / "archive.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    reader = Archive.open_for_reading(folder)
    assert reader.connection.scalar(text("SELECT count(*) FROM sites")) == 1
    reader.close()
