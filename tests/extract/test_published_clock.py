"""The clock or the issue's line in a page's header: the moment it was served, or the story's day."""

from datetime import date

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, URL, article, page, story

NOW = "2020-06-10T12:00:00+00:00"

CLOCKS = [
    '<div class="top"><span>الأربعاء 10 يونيو 2020</span></div>',
    '<header><div class="current-date">الأربعاء 10 يونيو 2020</div></header>',
    '<div id="top-nav"><span class="today-date">الأربعاء , 10 يونيو 2020</span></div>',
    '<table><tr><td>الأربعاء 18 شوال 1441هـ - 10 يونيو 2020م</td></tr></table><ul><li><a href="/1">الأخبار</a></li></ul>',
]


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_header_clock_is_served_not_published(clock: str) -> None:
    found = article(story(before=clock))
    assert found.published_at is None
    assert found.displayed_date is not None
    assert found.displayed_date.role == "served"
    assert found.displayed_date.value == "2020-06-10"


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_header_clock_does_not_outrank_the_story(clock: str) -> None:
    assert article(story('<span class="date">3 يونيو 2020</span>', before=clock)).published_at == date(
        2020, 6, 3
    )


@pytest.mark.parametrize(
    ("shown", "day"),
    [("<div class='iss'>الأربعاء 3 يونيو 2020</div>", "2020-06-03"), ("<div>نشر في: 10 يونيو 2020 - 10:15</div>", "2020-06-10"),
     ("<p><time>3 يونيو 2020</time></p>", "2020-06-03"), ("<div class='iss'>الأربعاء 10 يونيو 2020</div>", None)],
    ids=["another day than the fetch's", "labelled", "in a time element", "the fetch's day"])  # fmt: skip
def test_a_day_right_above_a_headline_that_nothing_holds_with_its_text(shown: str, day: str | None) -> None:
    menu = '<div><a href="/">الرئيسية</a> <a href="/1">محليات</a></div>'
    found = article(page(f"{menu}{shown}<h1>{TITLE}</h1><div class='b'>{BODY}</div>"), now=NOW)
    assert (str(found.published_at)[:10] if found.published_at else None) == day


def test_a_cards_day_above_the_headline_is_no_clock() -> None:
    card = '<div><a href="/n/4">عنوان خبر آخر من أخبار المدينة</a><div>نص قصير</div><div>9 يونيو 2020</div></div>'
    found = article(story("<div>3 يونيو 2020</div>", before=f"<div>{card * 2}</div>"), now=NOW)
    assert found.displayed_date is not None
    assert found.displayed_date.text == "3 يونيو 2020"


def test_a_header_clock_whose_hour_has_an_element_of_its_own() -> None:
    clock = '<div class="sitenav-time"><b>دخول</b><span>06:12 GMT</span><span>10 يونيو 2020</span></div>'
    shown = article(story(before=clock)).displayed_date
    assert shown is not None
    assert (shown.text, shown.value) == ("06:12 GMT 10 يونيو 2020", "2020-06-10T06:12:00+00:00")


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("3/10/2010", "2010-03-10"),
        ("3/9/2010", "2010-03-09"),
        ("9/3/2010", "2010-03-09"),
        ("10/03/11", "2010-03-11"),
        ("10/01/12 - 11:52", "2010-01-12 11:52:00"),
        ("10/03/10", "2010-03-10"),
        ("11/03/10", "2010-03-11"),
    ],
)
def test_no_day_is_after_the_headers_clock_where_it_may_be_read_either_way(shown: str, day: str) -> None:
    clock = '<div class="date-now">الخميس 11 مارس 2010</div>'
    found = article(story(f"<span>{shown}</span>", before=f"<header>{clock}</header>"))
    assert str(found.published_at) == day


@pytest.mark.parametrize(
    ("kept", "day"),
    [
        ('<img src="/news/2009/11/market.jpg" width="300">', "2009-11-04"),
        ('<a href="/audio/2009/11/04/market.mp3">استمع</a>', "2009-11-04"),
        ('<img src="/news/2009/04/market.jpg" width="300">', "2009-04-11"),
        (
            '<img src="/news/2009/11/a.jpg" width="300"><img src="/news/2009/04/b.jpg" width="300">',
            "2009-04-11",
        ),
        ('<img src="/news/market.jpg" width="300">', "2009-04-11"),
    ],
)
def test_the_folder_of_a_storys_pictures_tells_which_number_is_the_month(kept: str, day: str) -> None:
    assert str(article(story(f"<span>11/04/2009 15:08</span>{kept}")).published_at)[:10] == day


@pytest.mark.parametrize(
    ("head", "clock", "day"),
    [
        ("نزوى في 23 يناير /العمانية/", "الثلاثاء : ٢٣ - يناير - ٢٠٢٤", "2024-01-23"),
        ("وادي الزهور 23 يناير (وال)", "الثلاثاء 23 يناير 2024", "2024-01-23"),
        ("نزوى في 22 يناير /العمانية/", "الثلاثاء 23 يناير 2024", "None"),
        ("وقال في 23 يناير إن العمل بدأ، وإن", "الثلاثاء 23 يناير 2024", "None"),
    ],
)
def test_a_dateline_without_its_year_on_the_day_of_the_headers_clock(head: str, clock: str, day: str) -> None:
    body = f"<p>{head} {PARAGRAPHS[0]}</p>{BODY}"
    assert str(article(story(before=f"<header><div>{clock}</div></header>", body=body)).published_at) == day


@pytest.mark.parametrize(
    ("now", "day"), [("2024-05-01T00:00:00+00:00", "2008-07-15"), ("2008-07-20T00:00:00+00:00", "None")]
)
def test_an_issues_line_is_no_clock_on_a_page_fetched_long_after(now: str, day: str) -> None:
    line = "<header><div>الثلاثاء 15 يوليو 2008 العدد 14160</div></header>"
    assert str(article(story(before=line), now=now).published_at) == day


@pytest.mark.parametrize(
    ("picture", "day"), [("pics/2008/7/15/165873.jpg", "2008-07-15"), ("pics/2008/7/14/165873.jpg", "None")]
)
def test_an_issues_line_is_the_storys_day_where_its_picture_was_put_up_then(picture: str, day: str) -> None:
    line = "<header><div>العدد 1132 الثلاثاء 15 يوليو 2008</div></header>"
    assert str(article(story(f'<img src="{picture}" width="300">', before=line)).published_at) == day
    clock = "<header><div>الثلاثاء 15 يوليو 2008</div></header>"
    assert article(story(f'<img src="{picture}" width="300">', before=clock)).published_at is None


@pytest.mark.parametrize(
    ("link", "day"),
    [
        ('<a href="/issues/1461">العدد ١٤٦١ الاربعاء ١٣ تموز ٢٠١١</a>', date(2011, 7, 13)),
        ('<a href="/issues/1460">العدد ١٤٦٠ الثلاثاء ١٢ تموز ٢٠١١</a>', None),
        ('<a href="/news/1461">خبر آخر من أخبار المدينة وأهلها</a>', None),
    ],
    ids=["its issue", "another issue", "another story"],
)
def test_the_day_of_the_issue_that_the_story_links_to(link: str, day: date | None) -> None:
    issue = '<div id="issue">الاربعاء ١٣ تموز ٢٠١١ - العدد ١٤٦١</div>'
    now = "2011-07-14T12:00:00+00:00"  # too soon to tell an issue's line from a clock
    found = article(story(before=issue, body=f"{BODY}<div class='field'>{link}</div>"), now=now)
    assert found.published_at == day
    assert all("issues" not in each.url for each in found.see_also)


def test_a_labelled_day_right_under_the_trail_is_the_storys_beside_a_clock_in_a_ticker() -> None:
    """Though both show one day: the clock is the one that is called so."""
    clock = (
        "<ul>"
        + "".join(f'<li><a href="/{n}">القسم {n}</a></li>' for n in range(5))
        + (
            '</ul><div class="breaking-news-wrap"><div><div id="Clock">الأربعاء 3 يونيو 2020 - 11:42</div></div></div>'
        )
    )
    trail = f'<ul class="breadcrumb"><li><a href="/">الرئيسية</a></li><li class="active"><a href="{URL}">{TITLE}</a></li></ul>'
    tools = '<button>أدوات الموضوع</button><ul><li><a href="/email?4">أرسل</a></li><li><a href="/print?4">إطبع</a></li></ul>'
    bar = f'<div class="breadcrumb"><i></i> بتاريخ الأربعاء 3 يونيو 2020 - 09:15:21 <div>{tools * 3}</div></div>'
    html = f"{clock}<div>{trail}{bar}<div><article><div><h1>{TITLE}</h1></div><p>{BODY}</p></article></div></div>"
    found = article(page(html, head=f"<title>{TITLE}</title>"))
    assert str(found.published_at) == "2020-06-03 09:15:21"
    assert found.displayed_date is not None
    assert found.displayed_date.text == "الأربعاء 3 يونيو 2020 - 11:42"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "أخبار المدينة - الكاتب : المكتب الإعلامي - المصدر : الضفة - التاريخ : 2020-06-03 - عدد المشاهدات : 1207",
            "التاريخ : 2020-06-03",
        ),
        ("3 يونيو 2020 - 10:15 - بقلم سامي النجار", "3 يونيو 2020 - 10:15"),
    ],
)
def test_what_is_shown_of_a_line_of_facts_is_its_day(line: str, shown: str) -> None:
    displayed = article(story(f"<div>{line}</div>")).displayed_date
    assert displayed is not None
    assert displayed.text == shown


@pytest.mark.parametrize(
    ("line", "now", "day"),
    [
        ("السبت 14 نوفمبر 2009 - العدد 1048", None, "2009-11-14"),
        ("السبت 14 نوفمبر 2009 - العدد الأسبوعي", None, "2009-11-14"),
        ("السبت 14 نوفمبر 2009 - عدد الزوار 1048", None, "None"),
        ("السبت 14 نوفمبر 2009", None, "None"),
        ("السبت 14 نوفمبر 2009 - العدد 1048", "2009-11-14T12:00:00+00:00", "None"),
    ],
    ids=["an issue", "a weekly's", "visitors", "a day alone", "fetched on that day"],
)
def test_the_issues_day_is_taken_where_nobody_knows_when_the_page_was_fetched(
    line: str, now: str | None, day: str
) -> None:
    found = article(story(before=f"<header><div>{line}</div></header>"), now=now)
    assert str(found.published_at) == day
    assert ("published_assumed" in {each.code for each in found.warnings}) == (day != "None")
    dated = article(
        story("<time>3 نوفمبر 2009</time>", before=f"<header><div>{line}</div></header>"), now=now
    )
    assert str(dated.published_at) == "2009-11-03"


def test_hijri_days_in_numbers_tell_nothing_of_the_servers_order() -> None:
    clock = "<header><span>الأحد 28/04/1445 هـ</span></header>"
    found = article(story("<span>تاريخ النشر</span><span>11/5/2023 1:22:07 PM</span>", before=clock))
    assert str(found.published_at) == "2023-11-05 13:22:07"


def test_the_number_of_a_monthlys_issue_is_no_day() -> None:
    found = article(story("<font size='2'>العدد 11 نوفمبر 2009</font>"))
    assert found.published_at is None
    assert str(article(story("<font size='2'>11 نوفمبر 2009</font>")).published_at) == "2009-11-11"


def test_links_to_earlier_issues_in_one_cell_date_no_story() -> None:
    issues = " | ".join(f'<a href="/i/{n}">العدد {n} - {n - 1387}/12/2009</a>' for n in range(1412, 1416))
    menu = "".join(f'<td><a href="/c/{n}">قسم {n}</a></td>' for n in range(24))
    shown = f"<table><tr>{menu}</tr><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{BODY}</td></tr><tr><td><b>أعداد سابقة:</b> {issues}</td></tr></table>"
    assert article(page(shown)).published_at is None
