"""An article, an exchange, and how they are stored."""

from datetime import UTC, date, datetime

from archiver.article import Article, Block, Image, Link, Provenance
from archiver.outcomes import Outcome
from archiver.store import Archive
from archiver.store.snapshots import Exchange

MOMENT = datetime(2023, 5, 30, 10, 0, 0, 123, tzinfo=UTC)


PAGE = "<html><p>نص الصفحة</p></html>".encode()


def exchange(url: str = "https://example.ly/%D8%AE%D8%A8%D8%B1", body: bytes = PAGE) -> Exchange:
    return Exchange(url, MOMENT, "GET", [("User-Agent", "Warraq/1")], 200,
                    [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")], body, hints={"anchor": "خبر"})  # fmt: skip


ARTICLE = Article(
    url="https://example.ly/خبر-أول", canonical_url="https://example.ly/خبر-أول", site="example.ly", title="عنوان",
    published_at=date(2023, 5, 30), published_precision="day", authors=("أحمد",), body="فقرة أولى\n\nفقرة ثانية",
    blocks=(Block("paragraph", "فقرة أولى"), Block("paragraph", "فقرة ثانية")),
    images=(Image("https://example.ly/a.jpg", "صورة", None, None, "lead"),),
    see_also=(Link("آخر", "https://example.ly/خبر-ثان", None, "related"),), tags=("ليبيا",),
    provenance={"title": Provenance("structure", "h1", "عنوان")})  # fmt: skip


def store(archive: Archive, article: Article, snapshot: int = 1, **more: object) -> Outcome:
    return archive.articles.store(
        article, site_id=1, snapshot_id=snapshot, fetched_at="2023-05-30T10:00:00+00:00", **more).outcome  # type: ignore[arg-type]  # fmt: skip
