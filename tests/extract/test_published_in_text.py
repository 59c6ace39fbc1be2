"""Days that only the text's own lines tell."""

from datetime import date

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, article, page, story

LINES = "<br>".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("تبوك 25 جمادى الآخرة 1430 هـ الموافق 18 يونيو 2009 م واس", date(2009, 6, 18)),
        ("طرابلس 18 يونيو 2009 وال", date(2009, 6, 18)),
        ("شهدت طرابلس في 18 يونيو 2009 وال", None),
        ("طرابلس تحتفل اليوم بذكرى معركة 18 يونيو 1911 في الساحة الكبرى", None),
    ],
)
def test_a_dateline_of_a_place_days_and_an_agency(line: str, day: date | None) -> None:
    clock = "<table><tr><td>السبت 27/6/1430هـ الموافق 20/6/2009م</td></tr></table>"
    told = f'<table><tr><td class="t"><b><font size="4">{TITLE}</font></b></td></tr><tr><td class="n"><img src="/p/1.jpg" width="200"> {line}<br>{LINES}</td></tr></table>'
    found = article(page(clock + told, head="<title>وكالة أنباء الضفة</title>"))
    assert found.published_at == day


def test_a_label_of_a_template_for_blogs() -> None:
    shown = f'<header class="post-header"><h1 class="post-title">{TITLE}</h1><p class="post-meta"> Created in June 05, 2024 </p></header>'
    found = article(page(f"{shown}<article>{BODY}</article>", head=f"<title>{TITLE} | سامي</title>"))
    assert found.published_at == date(2024, 6, 5)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("صنعاء، 11 حزيران/يونيو 2008 (منصات) ", date(2008, 6, 11)),
        ("(بيروت، 3 مايو 2020) – ", date(2020, 5, 3)),
        ("ولد في صنعاء، 11 يونيو 1950 ", None),
        ("المحبة، 11 يونيو 2008 (كتاب) ", None),
    ],
    ids=["before the house", "in brackets", "within a sentence", "no place"],
)  # fmt: skip
def test_a_day_behind_a_place_at_the_head_of_a_paragraph(opening: str, day: date | None) -> None:
    """Where no day stands elsewhere, and a standfirst before that paragraph is no hindrance."""
    body = f"<p>{PARAGRAPHS[0]}</p><p>{opening}{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"
    assert article(story(body=body)).published_at == day


def test_the_days_of_readers_comments_date_no_story() -> None:
    rows = "<table><tr><td><font><b>الاسم:</b> فاروق</font></td></tr><tr><td><font><b>التاريخ:</b> 21/10/2009 14:05:22</font></td></tr></table>"
    html = page(
        f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>{BODY}</td></tr></table><p><b>التعليقات</b></p>{rows * 2}",
        head=f"<title>{TITLE}</title>",
    )
    assert article(html).published_at is None


@pytest.mark.parametrize("far", [0, 12])
def test_nor_does_a_comment_s_day_in_the_text_s_own_element_or_far_behind(far: int) -> None:
    links = "".join(
        f'<tr><td><a href="/news/{n}">خبر آخر من أخبار المدينة رقم {n}</a></td></tr>' for n in range(far)
    )
    rows = '<table class="com"><tr><td class="com_nom">محمد</td><td class="com_date">09/11/2013 21:10</td></tr></table>'
    html = page(
        f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>{BODY}</td></tr>{links}<tr><td><div>تعليقات الزوار</div>{rows}</td></tr></table>",
        head=f"<title>{TITLE}</title>",
    )
    assert article(html).published_at is None


def test_the_day_on_which_a_member_joined_dates_no_thread() -> None:
    member = "<dl><dt>إنضم</dt><dd>12 أكتوبر 2013</dd></dl>"
    html = page(f"<div><h1>{TITLE}</h1>{member}<div>{BODY}</div></div>", head=f"<title>{TITLE}</title>")
    assert article(html).published_at is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("شبكة الضفة المعلوماتية- الاثنين 10/آب/2009 - 18/شعبان/1430", date(2009, 8, 10)),
        ("مهرجان الضفة المسرحي- الاثنين 10/آب/2009", None),
        ("شبكة الضفة المعلوماتية تحتفل يوم 10/آب/2009", None),
    ],
)
def test_a_day_behind_the_house_in_the_last_line(line: str, day: date | None) -> None:
    """As old sites print it under the text, and links to other stories below that in the same cell."""
    links = "".join(f'<p>-<a href="/{n}.htm">الأهوار تموت للمرة رقم {n}</a></p>' for n in range(3))
    cell = f"<p><b><span>{TITLE}</span></b></p>{BODY}<p><b>{line}</b></p><table><tr><td><p>مواضيع ذات صلة:</p>{links}</td></tr></table>"
    found = article(page(f"<table><tr><td>{cell}</td></tr></table>", head=f"<title>{TITLE}</title>"))
    assert found.published_at == day


def test_a_readers_title_and_day_are_not_the_storys() -> None:
    """As XOOPS prints them, where neither the head nor a heading tells the headline."""
    head = f'<div class="itemHead"><span class="itemTitle"><a href="/t">محليات</a> : {TITLE}</span></div><div class="itemInfo"><span class="itemPostDate">في 10-4-2010 21:30</span></div>'
    reader = '<div class="comTitle">رد: سوق السمك</div><div class="comDate">أرسلت: 11/4/2010 8:12</div><div class="comText">نتمنى الخير</div>'
    column = f'<td>{head}<div class="itemBody">{BODY}</div><table><tr><td>{reader}</td></tr></table></td>'
    found = article(page(f"<table><tr>{column}</tr></table>", head="<title>شبكة الضفة - الأخبار</title>"))
    assert found.title == f"محليات : {TITLE}"
    assert str(found.published_at) == "2010-04-10 21:30:00"


@pytest.mark.parametrize(
    ("line", "day"), [("25 أكتوبر 2001م", date(2001, 10, 25)), ("حتى 25 أكتوبر 2001م", None)]
)
def test_a_day_alone_that_the_text_ends_with_is_assumed(line: str, day: date | None) -> None:
    html = page(
        f"<div><font size=5>{TITLE}</font>{BODY}<p>سعيد الشبيب<br>{line}</div>",
        head=f"<title>{TITLE}</title>",
    )
    found = article(html)
    assert found.published_at == day
    assert ("published_assumed" in {each.code for each in found.warnings}) == (day is not None)


@pytest.mark.parametrize(
    ("before", "day"), [("عدد القراء : 23", date(2009, 2, 15)), ("قرار : 23 لعام 2009", None)]
)
def test_the_day_of_a_ruling_is_not_the_pages(before: str, day: date | None) -> None:
    """As a lawyers' forum prints one, a line behind its number."""
    html = page(
        f"<div><h2>{TITLE}</h2>{before}<br>تاريخ 15/2/2009<br>{LINES}</div>", head=f"<title>{TITLE}</title>"
    )
    assert article(html).published_at == day


@pytest.mark.parametrize("behind", ["شبكة الضفة", "يرجى الاشارة الى شبكة الضفة عند الاقتباس", PARAGRAPHS[0]])
def test_a_house_or_a_notice_may_stand_behind_the_day_that_a_text_ends_with(behind: str) -> None:
    lines = (
        f"<p><b>شبكة الضفة</b></p><p><b>الخميس 6 ربيع الاول 1429 / 13 آذار 2008</b></p><p><b>{behind}</b></p>"
    )
    html = page(f"<div><font size=5>{TITLE}</font>{BODY}{lines}</div>", head="<title>شبكة الضفة</title>")
    assert article(html).published_at == (None if behind == PARAGRAPHS[0] else date(2008, 3, 13))


def test_the_gregorian_day_of_a_ministry_is_no_birthday() -> None:
    """«التاريخ الميلادي», beside the Hijri one."""
    days = "<td><span>التاريخ الهجري:</span> 05/06/1434 <span>التاريخ الميلادي:</span><div>15/04/2013 02:22 م</div></td>"
    html = page(f"<table><tr><td><h2>{TITLE}</h2></td></tr><tr>{days}</tr><tr><td>{BODY}</td></tr></table>")
    assert str(article(html).published_at) == "2013-04-15 14:22:00"


def test_the_facts_in_a_storys_own_footer() -> None:
    """As PHP-Fusion prints them, and its clock at the top."""
    clock = '<table><tr><td class="sub-header-date">August 21 2008 09:48:02</td></tr></table>'
    facts = '<td class="news-footer">· <a href="/profile.php?l=1">admin</a> بتاريخ August 18 2008 22:17:45 · 2 تعليقات · 1164 قراءة ·</td>'
    told = f'<table><tr><td class="capmain">{TITLE}</td></tr><tr><td class="main-body">{LINES}</td></tr><tr>{facts}</tr></table>'
    found = article(page(f"{clock}{told}", head="<title>شبكة الضفة</title>"))
    assert str(found.published_at) == "2008-08-18 22:17:45"
