"""Names that mislead: what is called a bar, a caption or more info hides no day of the story."""

from datetime import date

import pytest

from tests.extract.pages import BODY, TITLE, article, page, story


@pytest.mark.parametrize("name", ["fa-clock-o", "clock", "social-and-date", "header date", "post-info"])
def test_names_of_icons_and_rows_hide_no_date_under_the_headline(name: str) -> None:
    assert article(story(f'<div class="{name}">الأربعاء 3 يونيو 2020</div>')).published_at == date(2020, 6, 3)


def test_a_time_element_may_be_called_a_caption() -> None:
    meta = '<div class="caption_time"><time>نشر في: 03 يونيو ,2020: 01:14 م GST</time></div>'
    assert str(article(story(meta)).published_at)[:10] == "2020-06-03"


def test_styles_that_sound_like_parts_hide_no_date() -> None:
    meta = '<div class="relative hidden md:flex"><time class="relative_time">3 يونيو 2020</time></div>'
    assert article(story(meta)).published_at == date(2020, 6, 3)


def test_a_bar_beside_the_headline_is_no_sidebar() -> None:
    found = article(story('<div class="bar__bar-aside"><span>نشر في:</span> <b>3 يونيو 2020</b></div>'))
    assert str(found.published_at) == "2020-06-03"


def test_a_labelled_day_in_a_box_named_for_its_picture() -> None:
    meta = (
        '<div class="eventImgDesc"><div class="subHeader"><span>نشر في: الأحد 19 نوفمبر 2023 - 3:22 م</span> | '
        "<span>آخر تحديث: الأحد 19 نوفمبر 2023 - 3:22 م</span></div><img src='/up/gate.jpg' width='600'></div>"
    )
    assert str(article(story(meta)).published_at) == "2023-11-19 15:22:00"


def test_more_info_is_no_list_of_more_stories() -> None:
    meta = '<table class="more_info"><tr><td class="more_date">2012-05-17 14:06:00</td></tr></table>'
    assert str(article(story(meta)).published_at) == "2012-05-17 14:06:00"


def test_a_label_for_screen_readers_is_no_day() -> None:
    meta = '<div class="meta"><span class="d-none">10 يونيو 2020</span><time>3 يونيو 2020</time></div>'
    assert str(article(story(meta)).published_at) == "2020-06-03"


def test_the_name_of_what_holds_the_story_is_no_name_of_its_parts() -> None:
    """ASP.NET puts it before the names of all that a control holds."""
    inner = (
        f'<div id="NewsBar1_pnlDetails"><div class="newsTitle"><span id="NewsBar1_lblTitle">{TITLE}</span></div>'
        f'<div><span id="NewsBar1_lblDate">الأربعاء 3 يونيو 2020 الساعة 09:14 مساءً</span></div><div id="NewsBar1_det">{BODY}</div></div>'
    )
    found = article(page(f"<form>{inner}</form>", head=f"<title>{TITLE}</title>"))
    assert str(found.published_at)[:10] == "2020-06-03"


def test_the_day_in_a_line_of_the_issue_above_a_long_line_of_the_section() -> None:
    meta = (
        "<table><tr><td><b>هدى العمري</b><br><font size='2'>مجلة الضفة المفتوحة-العدد: 7345 - 2022 / 8 / 19 - 11:47<br>"
        "المحور: <a href='/cat?id=10'>المكتبات والأرشيف والمخطوطات القديمة والحديثة</a></font></td></tr></table>"
    )
    assert str(article(story(meta)).published_at) == "2022-08-19 11:47:00"
