"""One small archive for all tests of exports: articles made by hand, each with something that formats trip over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver.article import (
    Article,
    ArticleWarning,
    Block,
    Crumb,
    DisplayedDate,
    Image,
    Link,
    Provenance,
)
from archiver.clock import as_text
from archiver.store import Archive
from archiver.store import tables as t
from archiver.store.snapshots import Earlier, Exchange
from archiver.urls import identity
from tests.crawl.conftest import Desk

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
HARBOUR = "https://naba.example/news/harbour"
FORMULA = "https://naba.example/news/formula"
NASTY = "https://naba.example/news/tex"
UNDATED = "https://naba.example/about-us"
OTHER = "https://sada.example/2023/story"
SECRET = "نصٌّ لا يخرج من الأرشيف"
"""Stands in every text of the harbour's article, and in none of its metadata."""


def article(url: str, **fields: Any) -> Article:
    site = url.split("/")[2]
    body = fields.pop("body", "افتتح الميناء أبوابه صباح اليوم.\n\nوحضر أهل المدينة.")
    blocks = tuple(Block("paragraph", text) for text in body.split("\n\n"))
    return replace(
        Article(url, url, site, title="خبر", language="ar", body=body, blocks=blocks, section="محليات"),
        **fields,
    )


def harbour(body: str) -> Article:
    return article(
        HARBOUR,
        title="افتتاح ميناء المدينة: «عهد جديد»",
        subtitle=SECRET,
        description=SECRET,
        published_at=datetime(2024, 5, 1, 9, 30, tzinfo=UTC),
        published_precision="minute",
        modified_at=date(2024, 5, 2),
        displayed_date=DisplayedDate("الأربعاء 1 مايو 2024", "2024-05-01", "published"),
        breadcrumbs=(Crumb("الرئيسية", "https://naba.example/"), Crumb("محليات", None)),
        authors=("أحمد بن علي", "ليلى حسن"),
        agency="وكالة الأنباء",
        body=body,
        images=(Image("https://naba.example/h.jpg", SECRET, "تصوير سالم", SECRET, "lead"),),
        see_also=(Link("خبر آخر", FORMULA, SECRET, "check_also"),),
        tags=("ميناء", "نقل"),
        provenance={
            "title": Provenance("structure", "h1", "افتتاح ميناء المدينة"),
            "body": Provenance("structure", "div.entry", SECRET),
        },
        warnings=(ArticleWarning("date_conflict", SECRET),),
    )


ARTICLES = (
    article(FORMULA, title="=HYPERLINK(\"http://evil.example\")", authors=("@سالم", "+ليبيا"), section="'اقتصاد'",
            published_at=date(2024, 4, 30), published_precision="day"),
    article(NASTY, title="100% من {الأموال} & $5_000 #وسم ~ ^ \\أمر", tags=("أ*ب", "ج"), published_at=date(2024, 4, 1),
            published_precision="month", authors=("Sam and Dave, Inc.",)),
    article(UNDATED, title=None, section=None),
    article(OTHER, title="صدى الأحداث في ميناء آخر", published_at=date(2023, 12, 31), published_precision="day",
            parser="warraq/0"),
)  # fmt: skip


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The archive: the harbour's article has two versions; one page is a revisit of another."""
    made = Desk(tmp_path_factory.mktemp("export") / "archive")
    archive = Archive.create_or_open(made.archive)
    try:
        keep(archive, harbour(f"{SECRET}.\n\nالميناء القديم."), NOON - timedelta(days=1))
        keep(archive, harbour(f"{SECRET}.\n\nالميناء الجديد."), NOON)
        for each in ARTICLES:
            keep(archive, each, NOON)
        archive.commit()
        while archive.fulltext.pending():
            archive.commit()
    finally:
        archive.close()
    return made


@pytest.fixture
def opened(desk: Desk) -> Iterator[Archive]:
    archive = Archive.open_for_reading(desk.archive)
    yield archive
    archive.close()


def page(kept: Article) -> bytes:
    return f"<!doctype html><meta charset=utf-8><title>{kept.title}</title><p>{kept.body}".encode()


def keep(archive: Archive, kept: Article, at: datetime) -> int:
    """An article stored as a crawl stores it, with its page."""
    earlier = None
    if kept.url == OTHER:  # its page is that of another address, letter for letter
        s = t.Snapshot
        row = archive.connection.execute(t.table_of(s).select().where(s.url == FORMULA)).one()
        earlier = Earlier(row.id, row.url, row.fetched_at, row.payload_digest)
    headers = [("Content-Type", "text/html; charset=utf-8")]
    kept_at = archive.snapshots.write(Exchange(kept.url, at, "GET", [], 200, headers, page(kept)), earlier)
    values = {name: getattr(kept_at, name) for name in kept_at.__slots__}
    values |= {"url": kept.url, "url_key": identity(kept.url), "fetched_at": as_text(at), "status": 200}
    values |= {"content_type": "text/html; charset=utf-8", "id": archive.batch.new_id(t.table_of(t.Snapshot))}
    archive.connection.execute(t.table_of(t.Snapshot).insert().values(**values))
    stored = archive.articles.store(
        kept, site_id=archive.site_id(kept.url), snapshot_id=values["id"], fetched_at=as_text(at)
    )
    return stored.article_id


def out(desk: Desk, tmp_path: Path, format_name: str, *options: str) -> Path:
    """An export made by the command line."""
    target = tmp_path / f"out-{format_name}"
    ran = desk.run("export", "--format", format_name, str(target), *options)
    assert ran.code == 0, ran.err
    return target
