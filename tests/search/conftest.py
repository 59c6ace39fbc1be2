"""Six stories to search, and how they are stored and found."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from archiver.article import Article, Image
from archiver.search import Query, search
from archiver.store import Archive
from archiver.store import tables as t

STORIES = (
    ("أحمد يفتتح مدرسةً جديدة في مِصراتة", "حضر الافتتاح رئيس البلدية وأهالي الحي، وقال إن الكتاب المدرسي سيوزَّع مجاناً.",
     "2023-05-30T10:00:00+02:00", "تعليم", "سالم الورفلي", "example.ly"),
    ("رئيس الوزراء يزور طبرق", "التقى رئيس الوزراء أعيان المدينة. والتقى وزراء الحكومة رئيس البلدية في طبرق.",
     "2023-05-30T12:30:00+02:00", "سياسة", "هدى بن عامر", "example.ly"),
    ("معرض الكتاب يفتح أبوابه", "شارك في المعرض ٢٠٠ ناشر، والكتابُ الأكثر مبيعاً عن تاريخ مصراتة.",
     "2023-06-02", "ثقافه", "هدى بن عامر", "example.ly"),
    ("أسعار النفط ترتفع 3%", "ارتفعت أسعار النفط بعد إعلان المؤسسة الوطنية زيادة الإنتاج إلى 1.2 مليون برميل.",
     "2023-06-15T08:00:00+01:00", "اقتصاد", None, "akhbar.example.tn"),
    ("عاصفة تضرب درنة", "قالت الأرصاد إن الرياح بلغت ١٢٠ كيلومتراً. كوفيد-19 لم يعد خبراً.", None, None, None, "akhbar.example.tn"),
    ("الثقافة في صور", None, "2022-12-31", "ثقافة", "هُدى بن عامر", "akhbar.example.tn"),
)  # fmt: skip


def article(number: int, title: str, body: str | None, printed: str | None, section: str | None,
            author: str | None, site: str) -> Article:  # fmt: skip
    url = f"https://{site}/{number}"
    published = None
    if printed:
        published = datetime.fromisoformat(printed) if "T" in printed else date.fromisoformat(printed)
    images = (Image(f"{url}.jpg", "قلعة طرابلس ليلاً", "وكالة", None, "lead"),) if body is None else ()
    return Article(
        url=url, canonical_url=url, site=site, title=title, body=body, published_at=published, section=section,
        authors=(author,) if author else (), images=images, tags=("الساحل",) if number == 4 else ())  # fmt: skip


def keep(archive: Archive, each: Article, **more: object) -> int:
    site_id = archive.site_id(f"https://{each.site}/")
    return archive.articles.store(
        each, site_id=site_id, snapshot_id=1, fetched_at="2023-07-01T00:00:00+00:00", **more).article_id  # type: ignore[arg-type]  # fmt: skip


def new_archive(folder: Path) -> Archive:
    archive = Archive.create_or_open(folder)
    archive.connection.execute(insert(t.Snapshot).values(
        url="https://example.ly/", url_key="example.ly", fetched_at="2023-05-30", status=200, record_type="response",
        warc_file="x", warc_offset=1, warc_length=1, end_offset=1, payload_digest="x"))  # fmt: skip
    return archive


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = new_archive(tmp_path_factory.mktemp("search"))
    for number, story in enumerate(STORIES):
        keep(archive, article(number, *story))
    archive.commit()
    yield archive
    archive.close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = new_archive(tmp_path)
    yield opened
    opened.close()


def found(archive: Archive, query: str, **filters: object) -> set[int]:
    """The numbers of the stories that a query finds."""
    page = search(archive.connection, Query(query, **filters))  # type: ignore[arg-type]
    assert page.total == len(page.hits)
    return {int(hit.url.rsplit("/", 1)[1]) for hit in page.hits}
