"""Names that are other stories', and words that are nobody's name, where a byline may stand."""

from datetime import date

import pytest

from archiver import extract_article
from tests.extract.harbour import BODY, SENTENCE, TITLE, extracted


def test_a_themes_day_and_writer_on_other_stories_cards_are_not_the_storys() -> None:
    card = """<div class="td_module_6"><h3 class="entry-title"><a href="/m">قصة أخرى من المدينة القديمة</a></h3>
        <div class="td-post-header"><span class="td-post-author-name"><a href="/author/x">منى الصغير</a></span>
        <time class="entry-date">مايو 12, 2024</time></div></div>"""
    page = f"""<html><head><title>{TITLE}</title></head><body class="td-container"><article><h1 class="entry-title">{TITLE}</h1>
        <span class="day">مايو 11, 2024</span><div class="td-post-content">{BODY}</div></article>
        <footer>{"<p>رابط</p>" * 90}{card}</footer></body></html>"""
    article = extract_article(page.encode(), "https://sada-alsahel.ly/p/5")
    assert (article.published_at, article.authors) == (date(2024, 5, 11), ())


@pytest.mark.parametrize(
    "head", ["", '<meta property="article:published_time" content="2024-05-11T09:00:00+02:00">']
)
def test_a_themes_day_and_writer_on_the_cards_right_behind_the_story(head: str) -> None:
    """Where the story prints neither, the theme's own names select the next card's."""
    cards = "".join(
        f"""<article class="jeg_post"><div class="jeg_postblock_content"><h3 class="jeg_post_title"><a href="/{n}">قصة أخرى {n} من المدينة القديمة</a></h3>
        <div class="jeg_post_meta"><div class="jeg_meta_author"><a href="/author/x">منى الصغير</a></div>
        <div class="jeg_meta_date"><a href="/{n}">مايو 1{n}, 2024</a></div></div></div></article>"""
        for n in (2, 3)
    )
    page = f"""<html><head><title>{TITLE}</title><link href="/wp-content/themes/jnews/style.css" rel="stylesheet">{head}</head><body>
        <div class="entry-header"><h1 class="jeg_post_title">{TITLE}</h1></div><div class="entry-content">{BODY}</div>
        <div class="jnews_related_post_container">{cards}</div></body></html>"""
    article = extract_article(page.encode(), "https://sada-alsahel.ly/p/5")
    assert str(article.published_at)[:10] == ("2024-05-11" if head else "None")
    assert article.authors == ()


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-box"><p>صحفي ليبي من سبها، يكتب عن قضايا الجنوب والهجرة. مجموع المقالات: 318</p></div>',
        '<div class="author-articles"><h4>مقالات أخرى</h4><a href="/1">مرفأ بلا سفن</a><a href="/2">حين يصبح الغلاء قدرا</a></div>',
        '<div class="about-author">مراسل في البصرة</div>',
        '<div class="author-info">صحفية متخصصة في الشأن المحلي، خريجة معهد علوم الإعلام والاتصال</div>',
        '<p class="source-disclaimer">هذا المقال مترجم عن المصدر الموضح أعلاه</p>',
    ],
)
def test_what_is_said_of_a_writer_who_is_not_named_is_no_name(box: str) -> None:
    assert extracted(body=f'<div class="story-text">{BODY}</div>{box}').authors == ()


@pytest.mark.parametrize(
    "top",
    [
        '<div class="author-date">Facebook Twitter WhatsApp</div>',
        '<div class="author-holder">| الجمعة02/09/2022</div>',
        '<div class="post-meta author">منذ ساعتين</div>',
        '<ul class="x"><li><a href="/t/1">بايرن ميونخ</a></li><li><a href="/p/2">جمال موسيالا</a></li></ul>',
        """<ul class="scorers"><li>عمرو السيد 11'</li><li>صامويل أمادي 38' (ج)</li></ul>""",
        '<ul class="tag-list"><li><a href="/tag/2">جمال موسيالا</a></li><li><a href="/tag/3">سامي الأمين</a></li></ul>',
    ],
)
def test_what_stands_under_a_headline_and_is_no_name(top: str) -> None:
    assert extracted(top=top).authors == ()


def test_writers_of_other_stories_in_a_list_behind_the_text() -> None:
    names = ("خضر الخضور", "مهى الساعدي", "مروان المعشر", "حمزة المؤدب")
    items = "".join(
        f'<li><a href="/d/{n}">قصة قصيرة {n}</a><span class="by">{name}</span></li>'
        for n, name in enumerate(names)
    )
    assert extracted(body=f'<div class="story-text">{BODY}</div><ul>{items}</ul>').authors == ()


def test_a_link_to_a_writers_other_stories_is_no_name() -> None:
    links = '<div class="author"><a href="/authors/view/1942/">مترجم من اللغة الروسية</a></div><div class="relinks"><a href="/authors/view/1942/">مقالات متعلقة</a></div>'
    assert extracted(top=links).authors == ()


def test_the_columns_that_a_site_lists_name_no_writer_of_the_story() -> None:
    names = ("صالح المنيع", "نورة المطيري", "د. عبدالله الفضلي", "سالم العجمي", "هدى الرشيد")
    columns = "".join(
        f'<tr><td class="writer"><img src="/w.gif"> <a href="/details.asp?nid=98{n}&cid=34">{name}<br><b>عمود {n}</b></a></td></tr>'
        for n, name in enumerate(names)
    )
    table = (
        f"<table><tr><td><table>{columns}</table></td><td><h1>{TITLE}</h1><div>{BODY}</div></td></tr></table>"
    )
    html = f"<html><head><title>{TITLE}</title></head><body>{table}</body></html>"
    assert extract_article(html.encode(), "https://sada-alsahel.ly/details.asp?nid=7").authors == ()


@pytest.mark.parametrize(
    ("source", "authors"),
    [("الموقع الرسمي للعتبة العلوية", ()), ("خالد المطيري", ("خالد المطيري",))],
)
def test_a_source_that_is_a_body_wrote_nothing(source: str, authors: tuple[str, ...]) -> None:
    found = extracted(
        body=f'<div class="story-text">{BODY}</div><div class="news_source">المصدر: <a href="http://x.org">{source}</a></div>'
    )
    assert found.authors == authors


def test_another_papers_name_behind_source_is_no_writer() -> None:
    for line in ("المصدر: الأخبار", "المصدر: phys"):
        assert extracted(body=f'<div class="story-text">{BODY}<p>{line}</p></div>').authors == ()
    signed = extracted(body=f'<div class="story-text">{BODY}<p>المصدر: خالد الزنتاني</p></div>')
    assert signed.authors == ("خالد الزنتاني",)


def test_what_a_headline_or_a_section_says_before_a_colon_is_no_byline() -> None:
    title = "خاص – مايا الزنتاني: لن أقدم موسما جديدا من البرنامج"
    html = f'<html lang="ar"><head><title>{title}</title></head><body><h1>{title}</h1><div class="story-text">{BODY}</div></body></html>'
    assert extract_article(html.encode(), "https://sada-alsahel.ly/news/1234").authors == ()
    assert (
        extracted(
            top='<ul><li class="entry-category">خاص: مناطق</li></ul>', body=f'<div class="text">{BODY}</div>'
        ).authors
        == ()
    )


def test_what_the_head_says_of_the_house_beside_its_name_is_no_writer() -> None:
    slogan = "أكبر الصحف العربية في المهجر"
    head = f'<title>{TITLE} - صدى الساحل</title><meta name="author" content="صدى الساحل - {slogan}">'
    assert (
        extracted(head=head, top=f"<div>{slogan}</div>", body=f'<div class="text">{BODY}</div>').authors == ()
    )


def test_a_list_of_the_sites_columnists_names_no_writer_of_a_story() -> None:
    rows = "".join(
        f'<tr><td><a href="/writers.aspx?w={n}">{name}</a></td></tr>'
        for n, name in enumerate(("محمد المري", "أحمد العلي", "مازن حماد"))
    )
    html = (
        f'<html lang="ar"><head><title>{TITLE}</title></head><body><table><tr><td><table><tr><td>كتاب الساحل</td></tr>{rows}</table></td>'
        f'<td><span id="lblTitle">{TITLE}</span><div>{BODY}</div></td></tr></table></body></html>'
    )
    assert extract_article(html.encode(), "https://sada-alsahel.ly/news/1234").authors == ()


@pytest.mark.parametrize(
    ("line", "authors"),
    [("تقرير: العواصف الترابية وصحة الإنسان", ()), ("تقرير: سامي العلي", ("سامي العلي",))],
)
def test_the_title_of_another_story_that_begins_like_a_label(line: str, authors: tuple[str, ...]) -> None:
    found = extracted(
        body=f'<div class="story-text">{BODY}<p><a href="/nbanews/77/301.htm">{line}</a></p></div>',
    )
    assert found.authors == authors


def test_who_comments_is_no_writer_though_the_themes_name_for_writers_stands_there() -> None:
    """Drupal 7: the story's line of facts names its authors in a field; comments have a `.submitted .username` too."""
    authors = (
        '<div class="meta submitted"><div class="field field-name-field-authors"><div class="field-items">'
        '<div class="field-item even"><a href="/users/i">إشراقة الزنتاني</a></div>'
        '<div class="field-item odd"><a href="/users/e">محمد الفكي الحداد</a></div></div></div></div>'
    )
    comment = (
        '<div id="comments" class="comment-wrapper"><div class="comment"><div class="submitted">'
        '<span class="username">مجدي من بحري</span></div><p>شكرا</p></div></div>'
    )
    drupal = '<meta name="Generator" content="Drupal 7 (http://drupal.org)">'
    text = f'<div class="field-name-body"><div class="field-items"><div class="field-item">{BODY}</div></div></div>'
    found = extracted(head=drupal, top=authors, body=f'<div class="node">{text}</div>{comment}')
    assert found.authors == ("إشراقة الزنتاني", "محمد الفكي الحداد")


@pytest.mark.parametrize(
    "line",
    [
        "<h3>خالد الزنتاني: الميناء جاهز</h3>",
        '<p class="lead">خالد الزنتاني: الأعمال تنتهي قبل الصيف</p>',
    ],
)
def test_who_is_quoted_under_the_headline_is_no_writer(line: str) -> None:
    assert extracted(top=line).authors == ()


@pytest.mark.parametrize(
    "box",
    [
        '<div class="x">رئيس التحرير: خالد الزنتاني</div>',
        '<div class="x">تصميم وبرمجة: خالد الزنتاني</div>',
        '<div><a href="/news/77">خالد الزنتاني</a></div>',
    ],
    ids=["editor in chief", "who made the site", "a story about somebody"],
)
def test_whom_the_lines_behind_the_text_name_for_something_else(box: str) -> None:
    assert extracted(body=f'<div class="story-text">{BODY}</div>{box}').authors == ()


def test_a_house_called_like_a_person_opens_its_own_text() -> None:
    opening = f"<p>هلا أخبار – قالت الوزارة إن {SENTENCE}</p>"
    html = f'<html lang="ar"><head><title>{TITLE} - هلا أخبار</title></head><body><main><h1>{TITLE}</h1><div class="story-text">{opening}{BODY}</div></main></body></html>'
    assert extract_article(html.encode(), "https://hala.example/news/1").authors == ()


def test_the_agency_beside_the_day_under_the_headline() -> None:
    line = '<div class="news-date">الثلاثاء 3 تشرين الثاني 2026 | 02:30 م - وكالة الأنباء الليبية</div>'
    assert extracted(top=line).agency == "وكالة الأنباء الليبية"
    section = '<div class="x"><a href="/c/9">وكالات</a> 3 تشرين الثاني 2025</div>'
    assert extracted(top=section).agency is None
