"""Six stories to search, how they are stored, and what finds them; the tests on PostgreSQL ask the same of it."""

from datetime import date, datetime, timedelta
from pathlib import Path

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


FOUND = [
    ("احمد", {0}), ("أحمد", {0}), ("مدرسه", {0}), ("مصراته", {0, 2}), ("مِصْراتة", {0, 2}), ("مصـــراتة", {0, 2}),
    ("200", {2}), ("٢٠٠", {2}), ("۱۲۰", {4}), ("١.٢ مليون", {3}), ("كوفيد 19", {4}), ("كوفيد-19", {4}), ("19-كوفيد", set()),
    ("الكتاب", {0, 2}), ("كتاب", set()), ("الكت*", {0, 2}), ("الا*", {0, 2, 3, 4}), ('"الكتاب المدر" *', {0}),
    ('"رئيس الوزراء"', {1}), ("«رئيس الوزراء»", {1}), ("“رئيس البلدية”", {0, 1}), ("رئيس الوزراء", {1}), ('"الوزراء رئيس"', set()),
    ("طبرق OR درنة", {1, 4}), ("مصراتة AND الكتاب", {0, 2}), ("مصراتة NOT أحمد", {2}), ("مصراتة -احمد", {2}), ("-أحمد مصراتة", {2}),
    ('مصراتة -"معرض الكتاب"', {0}), ("(طبرق OR مصراتة) NOT (معرض OR وزراء)", {0}), ("طبرق OR مصراتة معرض", {1, 2}),
    ("و", set()), ("أو", set()), ("طرابلس", {5}), ("الساحل", {4}), ("الورفلي", {0}), ("or", set()), ('"OR"', set()),
    ("مصراتة؟!", {0, 2}), ("… مصراتة ،", {0, 2}), ("", {0, 1, 2, 3, 4, 5}), (" \n", {0, 1, 2, 3, 4, 5}),
]  # fmt: skip

FORMS = [("كتاب", {0, 2}), ("كتابها", {0, 2}), ("وزير", set()), ("وزراء", {1}), ("مدرس", {0}), ('"كتاب"', set()),
 ("ناشرون NOT مدرسة", {2}), ("OR-لا", set()), ("2023", set())]  # fmt: skip

FILTERED = [
    ({"site": "example.ly"}, {0, 1, 2}), ({"site": " WWW.example.ly"}, {0, 1, 2}), ({"section": "ثقافة"}, {2, 5}),
    ({"author": "هدى بن عامر"}, {1, 2, 5}), ({"author": "هدى"}, set()), ({"section": "؟"}, set()),
    ({"since": date(2023, 6, 1)}, {2, 3}), ({"until": date(2023, 5, 30)}, {0, 1, 5}),
    ({"since": date(2023, 5, 30), "until": date(2023, 6, 2)}, {0, 1, 2}),
    ({"site": "example.ly", "section": "ثقافه", "until": date.max, "since": date.min}, {2}), ({"text": "مصراتة", "section": "تعليم"}, {0}),
]  # fmt: skip


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


def found(archive: Archive, query: str, **filters: object) -> set[int]:
    """The numbers of the stories that a query finds."""
    page = search(archive.connection, Query(query, **filters))  # type: ignore[arg-type]
    assert page.total == len(page.hits)
    return {int(hit.url.rsplit("/", 1)[1]) for hit in page.hits}


def numbered(archive: Archive, count: int) -> None:
    """Stores so many stories, one in nine undated, one in ten of a rare word."""
    moment = datetime(2020, 1, 1)  # noqa: DTZ001
    for number in range(count):
        words_ = "الخبر " * (1 + number % 7) + ("نادر" if number % 10 == 0 else "شائع")
        printed = (
            None if number % 9 == 0 else (moment + timedelta(days=number % 200, hours=number % 5)).isoformat()
        )
        keep(
            archive,
            article(number, f"خبر {number}", words_, printed, f"باب {number % 3}", None, "example.ly"),
        )
    archive.commit()
