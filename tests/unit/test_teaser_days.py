"""The day that a listing prints beside a story, for stories whose own pages print none."""

from datetime import UTC, datetime

import pytest

from archiver.page import Page
from spiders.discovery import Where, page_links
from spiders.teaser_days import with_days

SITE = "https://sahifa.ly"
FETCHED = datetime(2024, 5, 20, tzinfo=UTC)
HARBOUR, SCHOOL = "وصول السفينة إلى الميناء الشرقي", "افتتاح مدرسة في حي الزيتون"


def days(body: str) -> dict[str, str]:
    """{path: day} of the stories that a page leads to"""
    where = Where(f"{SITE}/news", "sahifa.ly", 1)
    page = Page(f"<html><body>{body}</body></html>".encode(), where.url, fetched_at=FETCHED)
    links = with_days(page, where, page_links(page, where, is_listing=True))
    return {
        each.url.removeprefix(SITE): each.hints["listed_published"]
        for each in links
        if "listed_published" in each.hints
    }


@pytest.mark.parametrize(
    ("teaser", "day"),
    [('<div class="views-row"><span class="created">17 مايو 2024</span> <span><a href="/n/1042">{0}</a></span></div>', "2024-05-17"),
     ('<a href="/n/1042"><h3>{0}</h3><span>الجمعة 17 مايو 2024 - 14:30</span></a>', "2024-05-17T14:30"),
     ('<li><h2><a href="/n/1042">{0}</a></h2><p>أضيف بواسطة admin في 17/05/2024</p><a href="/section/3">محليات</a></li>', "2024-05-17"),
     ('<li><a href="/n/1042"><img src="/a.jpg" alt=""></a><a href="/n/1042">{0}</a> <i>٢٠٢٤/٥/١٧</i></li>', "2024-05-17"),
     ('<li><a href="/n/1042">{0} يوم 17 مايو 2024</a></li>', None), ('<li><h2><a href="/n/1042">{0}</a> 17 مايو 2024</h2></li>', None),
     ('<li><a href="/n/1042">{0}</a><span>منذ ثلاثة أيام</span></li>', None), ('<li><a href="/n/1042">{0}</a><span>17 مايو</span></li>', None),
     ('<li><a href="/n/1042">{0}</a><span>آخر تحديث 17 مايو 2024</span></li>', None), ('<li><a href="/n/1042">{0}</a><span>17 مايو 2034</span></li>', None),
     ('<li><a href="/section/3">محليات</a><span>17 مايو 2024</span></li>', None)])  # fmt: skip
def test_the_day_of_a_teaser(teaser: str, day: str | None) -> None:
    twin = teaser.format(SCHOOL).replace("1042", "1043")
    assert days(teaser.format(HARBOUR) + twin) == ({"/n/1042": day, "/n/1043": day} if day else {})


def test_a_day_beside_one_story_is_of_a_list_only_where_others_stand_alike() -> None:
    clock = f'<div class="top">الاثنين 20 مايو 2024</div><h2><a href="/n/1042">{HARBOUR}</a></h2>'
    assert days(clock) == {}


def test_a_day_that_may_be_of_either_story_is_of_none() -> None:
    flat = f'<h3><a href="/n/1042">{HARBOUR}</a></h3><p>17 مايو 2024</p><h3><a href="/n/1043">{SCHOOL}</a></h3><p>16 مايو 2024</p>'
    assert days(f"<div>{flat}</div>") == {}


def test_two_days_of_one_story_are_no_day() -> None:
    teaser = '<div><a href="/n/{}">{}</a><span>{} مايو 2024</span></div>'
    rows = [teaser.format(*each) for each in ((1042, HARBOUR, 17), (1042, HARBOUR, 16), (1043, SCHOOL, 15))]
    assert days("".join(rows)) == {"/n/1043": "2024-05-15"}


def test_days_in_numbers_where_some_can_only_have_the_month_first() -> None:
    teaser = '<div><a href="/n/{}">{}</a><span>{}</span></div>'
    rows = [teaser.format(*each) for each in ((1042, HARBOUR, "05/13/2024"), (1043, SCHOOL, "05/03/2024"))]
    assert days("".join(rows)) == {}
    assert days(rows[0] + teaser.format(1043, SCHOOL, "2024-05-03")) == {
        "/n/1042": "2024-05-13",
        "/n/1043": "2024-05-03",
    }


def test_a_page_of_ever_more_days_is_read_in_part() -> None:
    teasers = "".join(
        f'<p><a href="/n/{n}">{HARBOUR}</a> <b>17 مايو 2024</b></p>' for n in range(1_000, 3_000)
    )
    assert 0 < len(days(f"{'<div>' * 200}{teasers}")) <= 300
