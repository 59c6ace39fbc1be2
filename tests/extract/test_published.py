"""The day of publication: which of a page's dates is the story's, and how precise it is."""

from datetime import date, datetime

import pytest

from archiver.cli._golden import Fixture
from tests.extract.pages import BODY, TITLE, article, page, story
from tests.fixture_pages import fixtures, reading

NOW = "2020-06-10T12:00:00+00:00"


def ld(properties: str) -> str:
    return (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"headline":"{TITLE}",{properties}}}</script>'
    )


VISIBLE = [
    ("time with datetime", '<time datetime="2020-06-03T09:15:00+03:00">3 يونيو 2020</time>'),
    ("itemprop content", '<meta itemprop="datePublished" content="2020-06-03T09:15:00+03:00">'),
    ("egyptian months", '<span class="newsStoryDate">الأربعاء، 03 يونيو 2020 09:23 ص</span>'),
    ("levantine months", '<div class="date">الأربعاء 3 حزيران 2020</div>'),
    ("two names of a month", "<div>تم نشره الأربعاء 3 حزيران / يونيو 2020 09:22 مساءً</div>"),
    ("maghrebi months", '<p class="meta">الأربعاء 3 جوان 2020 - 10:00</p>'),
    ("numeric with label", "<span>تاريخ النشر: 03/06/2020</span>"),
    ("numeric with clock", '<span class="ptime">2020-06-03 11:45</span>'),
    ("eastern digits", '<span class="date">٣ يونيو ٢٠٢٠</span>'),
    ("beside the byline", "<p>كتب: سامي النجار | الأربعاء 03 يونيو 2020 01:30 م</p>"),
    (
        "between icons",
        '<div><span class="icon"></span> 3 حزيران/يونيو 2020 &nbsp; <span class="icon"></span> جنيف <span>متوفر أيضا بـ: <a href="/en">English</a></span></div>',
    ),
    ("a year of two digits", '<span class="posted-on">12:41 ص, الأربعاء, 3 يونيو 20</span>'),
    ("at a dateline's end", "<p>القاهرة- محمد عبد الله- بيت الخبر.نت/ 3-6-2020</p>"),
    (
        "in pieces",
        '<div class="date"><span>الأربعاء</span> <span>3</span> <span>يونيو</span> <span>2020</span></div>',
    ),
    (
        "in a footer of the headline's, as TYPO3 has it",
        '<div class="footer"><p><span><time>03.06.2020</time></span></p></div>',
    ),
    ("in a box called the writer's", '<ul class="author-box"><li>03.06.2020 09:40:22</li></ul>'),
    ("label in its own element", "<div><b>نشر في:</b> <span>3 يونيو 2020</span></div>"),
    ("publication and change", "<div>نشر في: 3 يونيو 2020 - آخر تحديث: 5 يونيو 2020</div>"),
    ("an hour that touches the day", "<div>3 يونيو 2020<span>11:24 ص</span></div>"),
    (
        "change before it",
        "<div><span>آخر تحديث <time>يونيو 05, 2020</time></span><span>يونيو 03, 2020</span></div>",
    ),
    ("change after it", "<div><span>3 يونيو 2020</span><span>آخر تحديث: 5 يونيو 2020</span></div>"),
]


@pytest.mark.parametrize("title", ["ترميم السور القديم يدفع نحو تعديل القانون", "الوزارة تبدأ تحديث المناهج"])
@pytest.mark.parametrize("between", ["", "<p>خبراء يرون أن ما يجري يدفع النواب جميعا نحو تعديل القانون</p>"])
def test_the_words_of_the_headline_label_no_day(title: str, between: str) -> None:
    html = story(f'{between}<div class="meta">3 يونيو 2020</div>').decode().replace(TITLE, title)
    found = article(html.encode())
    assert found.published_at is not None
    assert (found.published_at.isoformat()[:10], found.modified_at) == ("2020-06-03", None)


@pytest.mark.parametrize("meta", [meta for _, meta in VISIBLE], ids=[name for name, _ in VISIBLE])
def test_shown_beside_the_headline(meta: str) -> None:
    found = article(story(meta)).published_at
    assert found is not None
    assert found.isoformat()[:10] == "2020-06-03"


def test_spip_in_the_maghreb_calls_the_day_of_change_by_a_word_of_its_own() -> None:
    meta = "<p><small>الأربعاء 3 حزيران (يونيو) 2020</small></p><p><small>التحيين الأخير : 5 حزيران (يونيو) 2020</small></p>"
    found = article(story(meta))
    assert (found.published_at, found.modified_at) == (date(2020, 6, 3), date(2020, 6, 5))


HEADS = [
    ("open graph", '<meta property="article:published_time" content="2020-06-03T09:15:00+03:00">'),
    ("name", '<meta name="pubdate" content="2020-06-03">'),
    ("dublin core", '<meta name="DC.date.issued" content="2020-06-03T09:15:00Z">'),
    ("sailthru", '<meta name="sailthru.date" content="2020-06-03 09:15:00">'),
    ("parsely", '<meta name="parsely-pub-date" content="2020-06-03T09:15:00Z">'),
    ("json-ld", ld('"datePublished":"2020-06-03T09:15:00Z"')),
    ("json-ld without colon", ld('"datePublished":"2020-06-03T09:15:00+0300"')),
    ("json-ld in arabic", ld('"datePublished":"الأربعاء 3 يونيو 2020"')),
    ("json-ld with a trailing comma", ld('"datePublished":"2020-06-03T09:15:00Z",')),
    (
        "json-ld in a comment",
        ld('"datePublished":"2020-06-03T09:15:00Z"').replace(">{", "><!--{").replace("}<", "}--><"),
    ),
]


@pytest.mark.parametrize("head", [head for _, head in HEADS], ids=[name for name, _ in HEADS])
def test_only_in_the_head(head: str) -> None:
    found = article(story(head=head)).published_at
    assert found is not None
    assert found.isoformat()[:10] == "2020-06-03"


def test_the_shown_day_beats_the_utc_day_before_it() -> None:
    head = ld('"datePublished":"2020-06-02T22:40:00Z"')
    assert article(story('<span class="date">3 يونيو 2020</span>', head=head)).published_at == date(
        2020, 6, 3
    )


def test_the_machine_gives_the_zone_of_the_shown_clock() -> None:
    head = ld('"datePublished":"2020-06-02T22:40:12Z"')
    found = article(story('<span class="date">3 يونيو 2020 01:40 ص</span>', head=head)).published_at
    assert found is not None
    assert found.isoformat() == "2020-06-03T01:40:12+03:00"


def test_a_z_on_the_local_clock_is_a_slip() -> None:
    head = '<meta property="article:published_time" content="2020-08-24T09:23:13Z">'
    found = article(story('<span class="date">الإثنين، 24 أغسطس 2020 09:23 ص</span>', head=head)).published_at
    assert found == datetime(2020, 8, 24, 9, 23)  # noqa: DTZ001 - the page gives no zone


ELSEWHERE = [
    '<aside class="sidebar"><ul><li><a href="/1">خبر آخر من أخبار المدينة</a><span class="date">1 مايو 2020</span></li></ul></aside>',
    '<div class="more"><div><a href="/1">خبر آخر طويل من أخبار المدينة القديمة</a><time datetime="2020-05-01">1 مايو 2020</time></div></div>',
    "<footer>جميع الحقوق محفوظة 01/01/2019</footer>",
    '<div id="comments"><span class="date">9 يونيو 2020</span></div>',
    '<div class="related"><h3>مواضيع ذات صلة</h3><span>1 مايو 2020</span></div>',
]


@pytest.mark.parametrize("after", ELSEWHERE)
def test_dates_of_other_things_are_not_the_storys(after: str) -> None:
    assert article(story(after=after)).published_at is None


def test_a_captions_date_is_not_the_storys() -> None:
    figure = '<figure><img src="/a.jpg"><figcaption>صورة من الأرشيف في 7 فبراير 2015 (رويترز)</figcaption></figure>'
    assert article(story(figure)).published_at is None


@pytest.mark.parametrize(
    "told",
    [
        "تاريخ التسجيل: 09-11-2011<br>مجموع المشاركات: 5712",
        "عضو منذ 9 نوفمبر 2011",
        "<b>Join Date:</b> 09-11-2011",
    ],
)
def test_the_day_on_which_a_member_joined_is_not_the_storys(told: str) -> None:
    assert article(story(f"<div>بيانات الضفة</div><div>{told}</div>")).published_at is None


def test_a_statement_s_own_day_at_its_end_is_not_the_storys() -> None:
    assert (
        article(story(body=f"{BODY}<p><b>حرر في مدينة الضالع بتاريخ 20/3/2010م</b></p>")).published_at is None
    )
    assert article(story("<div>حرر في: 20/3/2010</div>")).published_at == date(2010, 3, 20)


def test_a_date_in_the_text_is_not_the_storys() -> None:
    body = (
        "<p>وقعت الحادثة في 12 مارس 2011 حين كان الأهالي يستعدون لموسم الحصاد في قرى السهل الشرقي كلها.</p>"
        * 4
    )
    assert article(story(body=body)).published_at is None


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("", "no day stands where a story has its own"),
        ('<div class="date">3 يونيو 2031</div>', "only a day after the fetch: 3 يونيو 2031"),
        ('<div class="date">01/01/1970</div>', "only a day that stands for none: 01/01/1970"),
    ],
)
def test_without_a_day_a_warning_says_why(head: str, why: str) -> None:
    found = article(story(head), now=NOW)
    assert found.published_at is None
    (warning,) = [each for each in found.warnings if each.code.startswith("published_")]
    assert (warning.code, warning.detail) == ("published_unknown", why)


def test_a_header_clock_alone_is_named_as_such() -> None:
    clock = '<header class="top-bar"><span class="today-date">الأربعاء 10 يونيو 2020</span></header>'
    found = article(story(before=clock), now=NOW)
    assert (found.published_at, found.displayed_date and found.displayed_date.role) == (None, "served")
    assert ("published_unknown", "only the day on which the page was served: الأربعاء 10 يونيو 2020") in [
        (each.code, each.detail) for each in found.warnings
    ]


@pytest.mark.parametrize("fixture", fixtures(), ids=str)
def test_every_page_has_its_day_or_a_warning(fixture: Fixture) -> None:
    found = reading(fixture).article
    codes = {each.code for each in found.warnings}
    assert found.published_at is not None or codes & {"published_unknown", "published_uncertain"}


def test_the_address_gives_the_day_where_only_a_change_is_shown() -> None:
    found = article(
        story("<div>5 يونيو 2020، آخر تحديث 14:00 (GMT+0400)</div>"),
        "http://example.org/2020/world/6/3/a.html",
    )
    assert found.published_at == date(2020, 6, 3)
    assert found.provenance["published_at"].source == "url"


@pytest.mark.parametrize(
    "url",
    ["https://e.org/2020/06/03/a", "https://e.org/news/2020-06-03-1.387", "https://e.org/20200603/a.htm"],
)
def test_days_in_addresses(url: str) -> None:
    assert article(story(), url).published_at == date(2020, 6, 3)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/articles/2003/12/12-16/a99114.htm", "2003-12-16"),
        ("/2003/12/11-16/a9.htm", "None"),
        ("/2003/12/16/a9.htm", "2003-12-16"),
        ("/index.php/2014-08-09-10-33-20/20-story", "None"),
        ("/index.php/news/20-2014-08-09-10-33-20", "2014-08-09"),
    ],
)
def test_a_day_in_a_folder_with_its_month(address: str, day: str) -> None:
    assert str(article(story(), f"https://www.example.org{address}").published_at) == day


def test_a_month_in_the_address_is_no_day() -> None:
    assert article(story(), "https://example.org/2020/06/library").published_at is None


def test_the_home_pages_head_does_not_outrank_the_story() -> None:
    head = (
        '<meta property="og:title" content="الرئيسية"><meta property="article:published_time" content="2016-01-01T00:00:00Z">'
        '<script type="application/ld+json">{"@type":"Article","headline":"مرحبا بكم في موقعنا","datePublished":"2016-01-01"}</script>'
    )
    assert article(story('<span class="date">3 يونيو 2020</span>', head=head)).published_at == date(
        2020, 6, 3
    )


def test_a_relative_date_needs_the_time_of_fetching() -> None:
    html = story('<span class="date">منذ 3 أيام</span>')
    assert article(html).published_at is None
    assert str(article(html, now=NOW).published_at)[:10] == "2020-06-07"


def test_a_machines_time_beats_a_relative_one() -> None:
    html = story(
        '<span class="date">منذ 3 أيام</span>', head=ld('"datePublished":"2020-06-07T05:11:09+00:00"')
    )
    found = article(html, now=NOW).published_at
    assert found is not None
    assert found.isoformat() == "2020-06-07T05:11:09+00:00"


def test_hints_serve_where_the_page_says_nothing() -> None:
    found = article(story(), hints={"feed_published": "2020-06-03T10:00:00+00:00"})
    assert str(found.published_at)[:10] == "2020-06-03"
    assert found.provenance["published_at"].locator == "feed_published"


def test_lastmod_is_a_change_not_a_publication() -> None:
    found = article(story(), hints={"sitemap_lastmod": "2020-06-05"})
    assert found.published_at is None
    assert found.modified_at == date(2020, 6, 5)


def test_a_templates_change_before_the_publication_is_dropped() -> None:
    head = '<meta property="article:modified_time" content="2020-03-15T20:18+0400">'
    found = article(story('<span class="date">3 يونيو 2020</span>', head=head))
    assert found.modified_at is None
    assert "modified_before_published" in {warning.code for warning in found.warnings}


def test_a_date_after_the_fetch_is_impossible() -> None:
    head = '<meta property="article:published_time" content="2031-01-01T00:00:00Z">'
    assert article(story(head=head), now=NOW).published_at is None


def test_the_loser_is_warned_of() -> None:
    head = ld('"datePublished":"2019-01-05T09:15:00Z"')
    found = article(story('<span class="publish-date">تاريخ النشر: 3 يونيو 2020</span>', head=head))
    assert found.published_at == date(2020, 6, 3)
    (warning,) = [each for each in found.warnings if each.code == "published_contradicted"]
    assert "2019-01-05" in warning.detail


def test_a_server_set_to_english_prints_the_month_first() -> None:
    assert (
        str(article(story('<span id="lblDate">8/1/2020 1:14:00 PM</span>')).published_at)[:10] == "2020-08-01"
    )


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2021-11-03T12:24:41+00:00", "2021-11-03"),
        ("2021-03-11T12:24:41+00:00", "2021-03-11"),
        ("", "2021-03-11"),
    ],
)
def test_the_head_tells_which_number_is_the_month(told: str, day: str) -> None:
    head = f'<meta property="article:published_time" content="{told}">' if told else ""
    for shown in ("نشر: 11/3/21, 1:24 PM", "نشر: 11/3/2021"):
        assert str(article(story(f"<div>{shown}</div>", head=head)).published_at)[:10] == day


def test_the_change_printed_beside_the_publication() -> None:
    found = article(story('<div class="date">13:14 GMT 01.08.2020 (محدثة: 13:20 GMT 02.08.2020)</div>'))
    assert str(found.published_at)[:10] == "2020-08-01"
    assert str(found.modified_at)[:10] == "2020-08-02"


def test_the_dates_of_a_list_below_do_not_outvote_the_story() -> None:
    items = "".join(
        f'<li><a href="/n{n}">عنوان خبر آخر رقم {n} من أخبار المدينة</a><span class="date">1 يناير 2019</span></li>'
        for n in range(6)
    )
    html = page(
        f'<article><h1>{TITLE}</h1><ul><li><time>2020/06/03</time></li><li>13:14</li></ul><div class="x">{BODY}</div></article>'
        f'<div class="below"><h3>الأكثر قراءة</h3><ul>{items}</ul></div>'
    )
    assert str(article(html).published_at)[:10] == "2020-06-03"


def test_a_change_earlier_on_the_same_day_is_dropped() -> None:
    head = (
        '<meta property="article:published_time" content="2020-06-03T12:00:00+03:00">'
        '<meta property="article:modified_time" content="2020-06-03T08:30:00+03:00">'
    )
    found = article(story(head=head))
    assert (str(found.published_at)[:10], found.modified_at) == ("2020-06-03", None)
    assert "modified_before_published" in {warning.code for warning in found.warnings}


def test_dates_of_a_list_in_the_column_of_the_headline() -> None:
    others = "".join(
        f'<li><a href="/op/{n}">عن الكتب رقم {n}</a> <span>{n} مايو 2019</span></li>' for n in (1, 2, 3)
    )
    html = page(
        f'<div class="q"><h1>{TITLE}</h1><div>3 يونيو 2020</div><div>{BODY}</div><div><ul>{others}</ul></div></div>'
    )
    assert article(html).published_at == date(2020, 6, 3)


DISPLAYED = {
    "<p>بغداد / سيف الربيعي<br>03-06-2020 01:12 مساءً</p>": "03-06-2020 01:12 مساءً",
    "<p>كتب: سامي النجار | 3 يونيو 2020 | 10:00 | 500 مشاهدة</p>": "3 يونيو 2020 | 10:00",
    "<p>نشر في: 3 يونيو 2020</p>": "نشر في: 3 يونيو 2020",
    "<p>الأربعاء، 3 حزيران، 2020</p>": "الأربعاء، 3 حزيران، 2020",
}


@pytest.mark.parametrize(("meta", "shown"), DISPLAYED.items())
def test_the_date_as_displayed_is_the_date_alone(meta: str, shown: str) -> None:
    found = article(story(meta), now=NOW)
    assert found.displayed_date is not None
    assert (found.displayed_date.text, found.displayed_date.role) == (shown, "published")


def test_a_change_on_the_readers_day_does_not_hide_the_publication_shortly_after_midnight() -> None:
    head = (
        '<meta property="article:published_time" content="2020-06-02T21:31:07+00:00">'
        '<meta property="article:modified_time" content="2020-06-03T06:00:00+00:00">'
    )
    found = article(story('<span class="date">تاريخ النشر: 3 يونيو 2020 00:31 KSA</span>', head=head))
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2020-06-03T00:31:07+03:00"


def test_a_byline_behind_the_text_tells_the_day() -> None:
    facts = (
        '<p class="z"><b>كتب بواسطة</b> منى الحداد, <b>بتاريخ</b> 3 يونيو 2020<br><b>تحت الأقسام:</b> طقس</p>'
    )
    assert str(article(story(body=BODY + facts)).published_at) == "2020-06-03"


@pytest.mark.parametrize(
    ("opening", "day"),
    [("3 يونيو 2020 | الضفة | ", "2020-06-03"), ("في 3 يونيو 2020 انتهت الأشغال | ", "None")],
)
def test_a_day_before_a_bar_opens_the_text(opening: str, day: str) -> None:
    assert str(article(story(body=BODY.replace("<p>", f"<p>{opening}", 1))).published_at) == day


def test_a_readers_day_behind_the_comments_heading_is_not_the_storys() -> None:
    comments = (
        "<div><h4>التعليقات (3)</h4><div><b>أحمد</b><span>1 يونيو 2020</span><p>شكرا لكم</p></div></div>"
    )
    assert article(story(after=comments)).published_at is None


def test_the_day_in_a_caption_without_a_name_is_not_the_storys() -> None:
    picture = '<div><img src="/a.jpg"><p>الافتتاح في 3 مايو 2015</p></div>'
    assert article(story(picture)).published_at is None
    assert str(article(story(f"{picture}<p>3 يونيو 2020</p>")).published_at) == "2020-06-03"


def test_a_day_beside_a_second_headline_and_cards_that_link_no_title() -> None:
    again = f'<div class="unit"><a href="/news"><i></i>{TITLE}</a><span>2022-03-14</span></div>'
    card = '<div class="it"><img src="/a.jpg"><div><h3>مشروع مميز من مشاريعنا</h3><span>2022-05-11</span><a href="/p/1">المزيد</a></div></div>'
    story_ = f'<div class="row"><div><h6>{TITLE}</h6><div>{BODY}</div></div></div>'
    head = "<title>صحيفة الضفة</title>"
    again = '<ul class="menu"><li>أخبار</li><li>رياضة</li><li>صحة</li><li>سفر</li></ul>' + again
    assert article(page(f"{again}{story_}{card}", head=head)).published_at == date(2022, 3, 14)
    assert article(page(f"{story_}{card}", head=head)).published_at is None


def test_the_half_of_the_day_before_a_weekday_in_an_element_of_its_own() -> None:
    meta = '<div class="time"><span>03:24 م</span><span>الجمعة 15 فبراير 2019</span></div>'
    assert article(story(meta)).published_at == datetime.fromisoformat("2019-02-15T15:24")


def test_the_hour_at_the_head_of_the_headline_is_of_the_addresss_day() -> None:
    head = f"<title>{TITLE}</title>"
    html = page(f"<div><h1><i>9:46 AM</i>{TITLE}</h1><div>{BODY}</div></div>", head=head)
    assert article(html, "https://e.org/news/2020-06-03-17").published_at == datetime.fromisoformat(
        "2020-06-03T09:46"
    )


def test_a_day_in_text_that_only_the_headlines_own_box_holds() -> None:
    box = f'<div class="box"><h1>{TITLE}</h1><img src="/a.jpg"><br>نشر في 21 جويلية 2016 &nbsp;(11:02)<br><div>{BODY}</div></div>'
    head = f"<title>{TITLE} - صحيفة الضفة</title>"
    assert article(page(box, head=head)).published_at == datetime.fromisoformat("2016-07-21T11:02")


def test_a_day_under_the_picture_in_the_element_of_a_text_that_links_at_its_end() -> None:
    text = f'<div class="pic"><img src="/a.jpg"></div><div><span class="tarih">25.07.2019</span></div>{BODY}<div>الأخبار المنشورة هنا. <a href="/s">من أجل الاشتراك لدينا يرجى الاتصال بنا</a></div>'
    assert article(story(body=text)).published_at == date(2019, 7, 25)
