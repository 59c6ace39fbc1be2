"""A story over several pages, and a live blog."""

from dataclasses import replace

import pytest

from archiver.article import Article, ArticleWarning, Block, Image, Link
from archiver.extract.liveblog import is_hour
from archiver.extract.multipage import join, next_pages, page_number
from archiver.page import Page
from archiver.sites.profile import profile_for
from tests.extract.stories import H1, PARAGRAPHS, STORY, paragraphs


def pages(inner: str, url: str = "https://x.example/slug/", head: str = "") -> list[str]:
    html = f"<html><head>{head}</head><body><h1>عنوان</h1><p>{STORY[0]}</p>{inner}</body></html>"
    page = Page(html.encode(), url)
    return [each.removeprefix("https://x.example") for each in next_pages(page, profile_for(page))]


def test_the_pages_that_follow_in_order() -> None:
    pager = '<div class="page-links">صفحات: <span class="current">1</span> <a href="/slug/3/">3</a> <a href="/slug/2/">2</a></div>'
    assert pages(pager) == ["/slug/2/", "/slug/3/"]


def test_pages_before_this_one_and_other_stories_do_not_follow() -> None:
    pager = '<div class="page-links"><a href="/slug/">1</a> <a href="/slug/2/">2</a> <a href="/slug/4/">4</a> <a href="/other/5/">5</a></div>'
    assert pages(pager, "https://x.example/slug/3/") == ["/slug/4/"]


def test_pages_by_parameter_and_by_the_head() -> None:
    assert pages(
        '<div class="article-pager"><a href="?id=7&page=2">2</a></div>', "https://x.example/a?id=7"
    ) == ["/a?id=7&page=2"]
    assert pages("", head='<link rel="next" href="/slug/2/">') == ["/slug/2/"]


def test_a_listings_pager_is_no_storys() -> None:
    assert pages('<div class="pagination"><a href="/category/x/page/2/">2</a></div>') == []


UNNAMED = {
    "numbers": (
        '<div>الصفحات: <b>1</b> <a href="/news/1046/2">2</a> <a href="/news/1046/3">3</a></div>',
        ["/news/1046/2", "/news/1046/3"],
    ),
    "the next page, in words": ('<p><a href="/news/1046/2">الصفحة التالية »</a></p>', ["/news/1046/2"]),
    "a parameter": ('<div><a href="/news/1046?page=2">[2]</a></div>', ["/news/1046?page=2"]),
    "a page by its number": ('<div><a href="/news/1046/2">صفحة 2</a></div>', ["/news/1046/2"]),
    "another story": ('<a rel="next" href="/news/1047">التالي</a>', []),
    "a headline": ('<a href="/news/1046/2">صيانة الميناء القديم تبدأ مطلع الأسبوع</a>', []),
    "another number than it says": ('<a href="/news/1046/7">2</a>', []),
}


@pytest.mark.parametrize(("inner", "found"), UNNAMED.values(), ids=UNNAMED)
def test_pages_in_a_pager_that_nothing_names(inner: str, found: list[str]) -> None:
    assert pages(inner, "https://x.example/news/1046") == found


def test_stories_known_by_small_numbers_are_no_pages_of_each_other() -> None:
    inner = '<div><a href="/news/47">التالي</a> <a href="/news/46/2">2</a></div>'
    assert pages(inner, "https://x.example/news/46") == ["/news/46/2"]


def test_a_page_that_says_the_whole_story_again_adds_nothing() -> None:
    blocks = tuple(Block("paragraph", text) for text in STORY)
    first = Article("https://x.ly/s", "https://x.ly/s", "x.ly", blocks=blocks)
    again = replace(first, url="https://x.ly/s?page=2", blocks=(*blocks, Block("paragraph", "تعليق آخر")))
    assert join([first, again]).blocks == blocks


NUMBERS = [
    ("https://x.ly/slug/3/", "https://x.ly/slug/", 3),
    ("https://x.ly/slug/", "https://x.ly/slug/", 1),
    ("https://x.ly/slug?page=4", "https://x.ly/slug", 4),
    ("https://x.ly/other/2/", "https://x.ly/slug/", None),
]


@pytest.mark.parametrize(("url", "of", "number"), NUMBERS)
def test_page_numbers(url: str, of: str, number: int | None) -> None:
    assert page_number(url, of) == number


def test_pages_are_joined_in_order() -> None:
    lead, second = (
        Image("https://x.ly/a.jpg", "أ", None, None, "lead"),
        Image("https://x.ly/b.jpg", None, None, None, "lead"),
    )
    link = Link("خبر آخر", "https://x.ly/9", None, "related")
    warning = ArticleWarning("short_body", "9 characters")
    first = Article(
        "https://x.ly/s/",
        "https://x.ly/s/",
        "x.ly",
        title="عنوان",
        blocks=(Block("paragraph", "أول"),),
        images=(lead,),
        see_also=(link,),
    )
    other = replace(
        first,
        url="https://x.ly/s/2/",
        title="عنوان - 2",
        blocks=(Block("paragraph", "أول"), Block("paragraph", "ثان")),
        images=(lead, second),
        warnings=(warning,),
    )
    joined = join([first, other])
    assert (joined.url, joined.title, joined.body) == ("https://x.ly/s/", "عنوان", "أول\n\nثان")
    assert [(each.url[-5:], each.role) for each in joined.images] == [("a.jpg", "lead"), ("b.jpg", "inline")]
    assert joined.see_also == (link,)
    assert joined.warnings == (warning,)


def test_that_a_further_page_has_no_day_is_no_warning_of_the_story() -> None:
    undated = ArticleWarning("published_unknown", "no day stands where a story has its own")
    first = Article("https://x.ly/s/", "https://x.ly/s/", "x.ly", blocks=(Block("paragraph", "أول"),))
    assert join([first, replace(first, warnings=(undated,))]).warnings == ()
    assert join([replace(first, warnings=(undated,)), first]).warnings == (undated,)


def test_one_page_joined_is_itself() -> None:
    only = Article(
        "https://x.ly/s/", "https://x.ly/s/", "x.ly", blocks=(Block("paragraph", "أول"),), body="أول"
    )
    assert join([only]) == only


def test_a_live_blog_keeps_order_and_hours() -> None:
    entries = "".join(
        f'<div class="live-entry"><div class="live-entry__time">{hour}</div><h2>{head}</h2><p>{text}</p></div>'
        for hour, head, text in (
            ("18:40", "فتح طريق الإغاثة", STORY[0]),
            ("٠٥:٠٥ م", "إجلاء الأسر", STORY[1]),
        )
    )
    assert paragraphs(f'<article>{H1}<div class="article-body">{entries}</div></article>') == [
        "18:40 فتح طريق الإغاثة",
        STORY[0],
        "٠٥:٠٥ م إجلاء الأسر",
        STORY[1],
    ]


def test_one_hour_makes_no_live_blog() -> None:
    assert paragraphs(
        f'<article>{H1}<div class="article-body"><p>18:40</p>{PARAGRAPHS}</div></article>'
    ) == list(STORY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:40", True),
        ("٠٦:٤٠ م", True),
        ("6:40 مساءً", True),
        ("18:40 بتوقيت غرينتش", True),
        ("الساعة 18:40", True),
        ("18:40 فتح طريق الإغاثة", False),
        ("2:1", False),
        ("0.75", False),
        ("24:10", False),
        ("المباراة 18:40", False),
        ("۱۴:۰۵", True),
        ("الساعة ۲۳:۱۰", True),
    ],
)
def test_hours(text: str, expected: bool) -> None:
    assert is_hour(text) is expected


PRICES = [("سعر السهم صباحا", "0.50"), ("سعر السهم مساء", "12.35"), ("أعلى سعر في العام", "13.10")]


def test_a_table_of_hours_is_no_live_blog() -> None:
    rows = [("الفجر", "4:36", "4:53"), ("الشروق", "6:03", "6:21"), ("الظهر", "12:04", "12:21")]
    cells = "".join(f"<tr>{''.join(f'<td>{each}</td>' for each in row)}</tr>" for row in rows)
    found = paragraphs(
        f"{H1}<div>{PARAGRAPHS}<table>{cells}</table><h3>ساعات الصيام</h3><p>{STORY[0]}!</p></div>"
    )
    assert found[len(STORY) :] == [*(text for row in rows for text in row), "ساعات الصيام", f"{STORY[0]}!"]


def test_hours_of_a_table_that_tells_what_happened() -> None:
    rows = [("18:40", "فتح طريق الإغاثة إلى المدينة القديمة"), ("19:15", "وصول أولى الشاحنات إلى السوق")]
    cells = "".join(f"<tr><td>{hour}</td><td>{event}</td></tr>" for hour, event in rows)
    found = paragraphs(f"{H1}<div>{PARAGRAPHS}<table>{cells}</table></div>")
    assert found[len(STORY) :] == [f"{hour} {event}" for hour, event in rows]


def test_prices_in_a_table_are_no_hours() -> None:
    cells = "".join(f"<tr><td>{name}</td><td>{price}</td></tr>" for name, price in PRICES)
    found = paragraphs(f"{H1}<div>{PARAGRAPHS}<table>{cells}</table></div>")
    assert found[len(STORY) :] == [text for row in PRICES for text in row]


def test_days_in_the_last_row_of_a_table_are_of_the_text() -> None:
    table = [
        ("السنة", "2021", "2022"),
        ("نصيب السهم", "0.75", "0.50"),
        ("تاريخ الأحقية", "2021-04-01", "2022-03-31"),
    ]
    cells = "".join(f"<tr>{''.join(f'<td>{each}</td>' for each in row)}</tr>" for row in table)
    found = paragraphs(f"{H1}<div>{PARAGRAPHS}<table>{cells}</table></div>")
    assert found[len(STORY) :] == [text for row in table for text in row]
