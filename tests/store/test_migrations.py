"""Archives of earlier schemas: their rows arrive in the newest."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from archiver import dedupe
from archiver.store import Archive, archive
from archiver.store.database import DATABASE

SCRIPTS = Path(archive.__file__).parent / "migrations"


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """An archive at schema 0001 with a site, two articles and a sitemap."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    engine = create_engine(f"sqlite:///{tmp_path / DATABASE}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database, database:
        database.execute(
            "INSERT INTO sites (id, name, start_url, added_at) VALUES (1, 'example.ly', 'x', 'x')"
        )
        for number, (published, fetched) in enumerate(
            [
                ("2023-05-30T01:30:00+03:00", "2024-01-01T00:00:00.000000+00:00"),
                (None, "2024-02-01T00:00:00+00:00"),
            ],
            1,
        ):
            database.execute(
                "INSERT INTO snapshots (id, url, url_key, fetched_at, status, record_type, warc_file, warc_offset, "
                "warc_length, end_offset, payload_digest) VALUES (?, 'u', 'u', 'x', 200, 'response', 'w', ?, 1, 1, 'd')",
                (number, number),
            )
            database.execute(
                "INSERT INTO articles (id, site_id, url_key, url, canonical_url, site, published_at, blocks, parser, "
                "version, content_digest, item_digest, first_fetched_at, fetched_at, snapshot_id) "
                "VALUES (?, 1, ?, 'u', 'u', 'example.ly', ?, '[]', 'warraq/1', 1, 'd', 'd', ?, ?, ?)",
                (number, f"example.ly/{number}", published, fetched, fetched, number),
            )
        for key, kind, gave in [
            ("example.ly/1", "article", 1),
            ("example.ly/2", "article", 1),
            ("example.ly/map.xml", "sitemap", 7),
            ("example.ly/about", "page", 0),
        ]:
            database.execute(
                "INSERT INTO frontier (site_id, url, url_key, kind, state, rank, depth, hints, discovered_at, gave, shape, "
                "fetched_at) VALUES (1, 'u', ?, ?, 'done', 1, 1, '{}', 'x', ?, 's', '2024-03-01')",
                (key, kind, gave),
            )
    database.close()
    return tmp_path


def test_an_archive_of_the_first_schema_learns_how_old_its_articles_are(first_schema: Path) -> None:
    Archive.create_or_open(first_schema).close()
    with closing(sqlite3.connect(first_schema / DATABASE)) as database, database:
        rows = database.execute("SELECT url_key, dated, gave_at FROM frontier ORDER BY id").fetchall()
        assert database.execute("SELECT count(*) FROM articles WHERE removed_at IS NULL").fetchone() == (2,)
        assert database.execute("SELECT crawled_at FROM sites").fetchall() == [(None,)]
    database.close()
    assert rows == [
        ("example.ly/1", "2023-05-29T22:30:00+00:00", "2024-03-01"),
        ("example.ly/2", "2024-02-01T00:00:00+00:00", "2024-03-01"),
        ("example.ly/map.xml", None, "2024-03-01"),
        ("example.ly/about", None, None),
    ]


def test_articles_of_the_first_schema_are_compared_with_each_other(first_schema: Path) -> None:
    with closing(sqlite3.connect(first_schema / DATABASE)) as database, database:
        database.execute("UPDATE articles SET body = ?", ("وصلت السفينة إلى الرصيف الشرقي صباح اليوم وسط ترحيب كبير من الأهالي الذين انتظروها طويلا عند بوابة الميناء القديم في المدينة",))  # fmt: skip
    database.close()
    opened = Archive.create_or_open(first_schema)
    assert dedupe.update(opened).links == 1
    opened.close()
