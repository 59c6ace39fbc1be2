"""What a page says of itself in words: that it is gone, that it checks its reader, that it is the site's rules."""

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, kind, page

DAY = '<time datetime="2020-06-03">3 يونيو 2020</time>'
NEWEST = "".join(f'<h4><a href="/n/{n}">وصول السفينة رقم {n} إلى الرصيف الشرقي</a></h4>' for n in range(6))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("عفوا.. الصفحة التي تبحث عنها غير متاحة", "soft_404"),
        ("عذراً، الخبر الذي تحاول الوصول إليه لم يعد متوفراً", "soft_404"),
        ("الصفحة المطلوبة لا يمكن العثور عليها", "soft_404"),
        ("الخبر الذي تبحث عنه الوكالات غير صحيح", "article"),
        ("الرابط المطلوب لدخول منصة التسجيل لم يتغير", "article"),
    ],
)
def test_what_is_said_of_the_page_a_reader_asked_for(said: str, expected: str) -> None:
    html = page(f"<article><h1>{said}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>{NEWEST}")
    assert kind(html) == expected


@pytest.mark.parametrize(("said", "expected"), [("تم حذف هذا الموضوع", "soft_404"), (TITLE, "article")])
def test_a_page_that_is_gone_may_still_print_its_day(said: str, expected: str) -> None:
    assert kind(page(f"<article><h1>{said}</h1>{DAY}<p>{PARAGRAPHS[0]}</p></article>")) == expected


@pytest.mark.parametrize(
    ("title", "day", "expected"),
    [
        ("الشروط والأحكام", DAY, "other"),
        ("سياسة الخصوصية", "", "other"),
        ("خدمة أر أس أس RSS", DAY, "other"),
        ("سياسة الخصوصية الجديدة تثير الجدل", DAY, "article"),
    ],
)
def test_a_sites_rules_are_none_of_its_stories_whenever_they_changed(
    title: str, day: str, expected: str
) -> None:
    assert kind(page(f"<article><h1>{title}</h1>{day}{BODY}</article>")) == expected


@pytest.mark.parametrize(("story", "expected"), [("", "other"), (', {"@type": "NewsArticle"}', "article")])
def test_a_job_that_is_offered_is_no_story(story: str, expected: str) -> None:
    data = f'<script type="application/ld+json">[{{"@type": "JobPosting", "title": "محرر"}}{story}]</script>'
    assert kind(page(f"<article><h1>{TITLE}</h1>{DAY}{BODY}</article>", head=data)) == expected


@pytest.mark.parametrize(("day", "expected"), [("", "challenge"), (DAY, "article")])
def test_a_page_that_checks_its_reader_in_many_words(day: str, expected: str) -> None:
    said = "<h1>جار التحقق من متصفحك قبل الانتقال إلى الموقع</h1>"
    assert kind(page(f"<main>{said}{day}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></main>")) == expected


@pytest.mark.parametrize(
    ("title", "stories", "expected"),
    [
        ("العدد 10412 - الثلاثاء 4 تموز 2023", 6, "listing"),
        ("العدد 10412 - الثلاثاء 4 تموز 2023", 2, "article"),
        ("العدد 10412 من صحيفة الضفة يصدر بلا صور", 6, "article"),
    ],
)
def test_the_contents_of_an_issue_under_what_its_editor_says(title: str, stories: int, expected: str) -> None:
    contents = "".join(
        f'<li><a href="/n/{n}">وصول السفينة رقم {n} إلى الرصيف الشرقي</a></li>' for n in range(stories)
    )
    said = (
        f"<article><h1>{title}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article><ul>{contents}</ul>"
    )
    assert kind(page(said, head='<meta property="og:type" content="article">')) == expected


@pytest.mark.parametrize(
    ("stories", "writer", "expected"),
    [
        (12, "", "listing"),
        (4, "", "article"),
        (12, '<div class="author">بقلم: لينا الحسيني</div>', "article"),
    ],
)
def test_a_topics_long_introduction(stories: int, writer: str, expected: str) -> None:
    cards = "".join(f'<a href="/n/{n}"><h3>وصول السفينة رقم {n} إلى الرصيف</h3></a>' for n in range(stories))
    text = "".join(f"<p>{n}. {each}</p>" for n, each in enumerate(PARAGRAPHS * 3, 1))
    said = f"<main><div><h1>الهجرة واللجوء</h1>{writer}{text}</div><div>{cards}</div></main>"
    assert kind(page(said)) == expected


def test_what_a_search_finds_is_a_list_however_much_it_shows_of_each() -> None:
    found = "".join(f'<div><h3><a href="/n/{n}">{TITLE} {n}</a></h3>{DAY}{BODY}</div>' for n in range(5))
    html = page(f"<main><h1>نتائج البحث</h1>{found}</main>")
    assert kind(html, "https://www.example.org/ar/search?q=%D9%85%D9%83%D8%AA%D8%A8%D8%A9") == "listing"
