"""«منذ 8 دقائق» on a page that comes out of a cache: the story's own data says when it was."""

from datetime import UTC, datetime

from archiver import extract_article

PAGE = """<html><head><title>خبر من الميناء</title><script type="application/ld+json">{"@type": "NewsArticle",
"headline": "خبر من الميناء", "datePublished": "2024-10-24T20:17:17+00:00"}</script></head><body><article>
<h1 class="entry-title">خبر من الميناء</h1><div class="post-meta"><span class="date">منذ 8 دقائق</span></div>
<div class="entry-content"><p>وصلت السفينة إلى الرصيف الشرقي في ساعة مبكرة من الصباح وسط ترحيب الأهالي.</p></div>
</article></body></html>""".encode()


def test_the_storys_own_data_outranks_a_phrase_it_contradicts() -> None:
    years_later = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    article = extract_article(PAGE, "https://example.ly/a", fetched_at=years_later)
    assert article.published_at == datetime(2024, 10, 24, 20, 17, 17, tzinfo=UTC)


def test_a_phrase_that_nothing_contradicts_is_read_from_the_fetch() -> None:
    page = PAGE.replace(b"datePublished", b"dateOfNothing")
    article = extract_article(
        page, "https://example.ly/a", fetched_at=datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    )
    assert str(article.published_at)[:10] == "2026-11-23"
