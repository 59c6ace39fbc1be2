"""What a page is, by its captions, its hours, its walls and its address."""

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, kind, page, reading, story

DAY = '<time datetime="2020-06-03">3 يونيو 2020</time>'


@pytest.mark.parametrize(
    ("day", "expected"), [("", "soft_404"), (DAY, "article")], ids=["without a day", "with one"]
)
def test_a_notice_in_a_storys_template_with_other_lines_around_it(day: str, expected: str) -> None:
    notice = '<div class="error"><img src="/e.gif"> عذراً، الخبر الذي تبحث عنه غير موجود أو تم حذفه.<br><br><a href="/">العودة</a></div>'
    html = page(
        f"<div>{day}{notice}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>", head="<title> </title>"
    )
    html = html.replace(b"<div><", f"<div><h1>{TITLE}</h1><".encode(), 1) if day else html
    assert kind(html) == expected


CAPTIONS = "".join(
    f'<td><a href="/p/{n}"><img src="/p{n}.jpg"></a><br><span>جانب {n} من الحضور</span></td>'
    for n in range(14)
)


@pytest.mark.parametrize(
    ("path", "shown", "expected"),
    [
        ("/PhotoAlbum.aspx?id=26", f"<div>{DAY}</div><table><tr>{CAPTIONS}</tr></table>", "gallery"),
        ("/News.aspx?id=26", f"<div>{DAY}</div>{BODY}<table><tr>{CAPTIONS}</tr></table>", "article"),
        (
            "/صور/na/26",
            f"{DAY}<div><img src='/1.jpg'><p>{PARAGRAPHS[0]} {PARAGRAPHS[1][:60]}</p><img src='/2.jpg'><img src='/3.jpg'></div>",
            "article",
        ),
        ("/صور/na/26", "<div><img src='/1.jpg'><p>صباح الميناء.</p><img src='/2.jpg'><img src='/3.jpg'></div>", "gallery"),
    ],
    ids=["an album of captions", "a story with captions", "a paragraph of a day", "a line"],
)  # fmt: skip
def test_captions_make_a_gallery_and_a_paragraph_a_story(path: str, shown: str, expected: str) -> None:
    assert kind(page(f"<h1>{TITLE}</h1>{shown}"), f"https://www.example.org{path}") == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (["23:10", "22:25", "21:40", "20:02", "08:00"], "live_blog"),
        (["08:00", "09:15", "10:30", "11:45", "23:10"], "live_blog"),
        (["08:00", "23:10", "10:30", "09:15", "11:45"], "article"),
        (["08:00", "09:15", "10:30"], "article"),
    ],
    ids=["the newest first", "the oldest first", "no order", "too few"],
)
def test_paragraphs_that_begin_with_hours_in_order_are_a_live_blogs(hours: list[str], expected: str) -> None:
    entries = "".join(
        f"<p><strong>{hour}</strong> انتهاء الفرز في مكاتب القسم رقم {n} ونقل صناديقها إلى المركز.</p>"
        for n, hour in enumerate(hours)
    )
    assert kind(story(DAY, body=f"<p>{PARAGRAPHS[0]}</p>{entries}")) == expected


@pytest.mark.parametrize(
    "wall",
    [
        '<div class="pmpro_content_message">لمتابعة هذه المادة <a href="/s">اشترك الآن</a> أو <a href="/l">سجّل الدخول</a></div>',
        "<h3>أكمل القراءة</h3><p>للاطلاع على بقية التحقيق، يرجى الاشتراك في النسخة الرقمية.</p><a href='/s'>اشترك</a>",
    ],
    ids=["by its name", "by what it says"],
)
def test_walls_of_membership(wall: str) -> None:
    assert kind(story(DAY, body=f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>{wall}")) == "paywalled"


def test_a_page_that_asks_readers_for_their_articles_is_of_the_site() -> None:
    form = "<form><label>الاسم</label><input><label>نص المقال</label><textarea></textarea></form>"
    html = page(
        f"<h1>أرسل مقالك</h1>{BODY}{form}",
        head='<meta property="og:type" content="article"><title>أرسل مقالك</title>',
    )
    assert kind(html) == "other"


def test_a_note_on_the_use_of_a_text_is_no_wall() -> None:
    note = "<div>حقوق النشر © وكالة الضفة. إن أي استخدام تجاري لهذا المحتوى يتطلب اشتراكاً.</div>"
    assert kind(story(f"{DAY}{note}")) == "article"
    assert (
        kind(
            story(
                DAY,
                body=f"<p>{PARAGRAPHS[0]}</p><p>قراءة هذا المحتوى تتطلب اشتراكا: هذا المحتوى يتطلب اشتراكا</p>",
            )
        )
        == "paywalled"
    )


def test_the_minutes_of_a_match_are_the_hours_of_a_live_blog() -> None:
    minutes = ["90+4'", "88'", "67'", "46'", "45+2'", "1'"]
    entries = "".join(
        f'<li><span class="min">{each}</span><div><p>كرة رأسية متقنة بعد ركنية من الجهة اليمنى يبعدها الحارس في اللحظة الأخيرة، وهي المحاولة رقم {n} في هذا الشوط.</p></div></li>'
        for n, each in enumerate(minutes)
    )
    found = reading(story(DAY, body=f"<ul>{entries}</ul>"))
    assert found.verdict.kind == "live_blog"
    assert [block.text.split()[0] for block in found.article.blocks] == minutes


@pytest.mark.parametrize(
    ("path", "day", "expected"),
    [("/newsletter", "", "other"), ("/newsletter", DAY, "article"), ("/letters", "", "article")],
)
def test_a_page_of_the_site_by_its_address(path: str, day: str, expected: str) -> None:
    html = page(f"<h1>نشرات الضفة البريدية</h1>{day}{BODY}", head="<title>نشرات الضفة</title>")
    assert kind(html, f"https://www.example.org{path}") == expected
