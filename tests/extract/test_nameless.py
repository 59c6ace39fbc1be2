"""Pages on which nothing is named: what stands around the headline and the text, each in one line of markup."""

from datetime import UTC, datetime
from typing import Any

import pytest

from archiver import extract_article

NOW = datetime(2021, 7, 7, 9, tzinfo=UTC)
TITLE = "بلدية المدينة تفتتح حديقة جديدة على ضفة النهر"
TEXT = (
    "افتتحت بلدية المدينة صباح اليوم حديقة عامة جديدة على الضفة الشرقية للنهر، بعد أعمال استمرت قرابة عامين كاملين.",
    "وقال رئيس البلدية خلال حفل الافتتاح إن المشروع نفذ بأيد محلية، وإن تكلفته لم تتجاوز نصف التقديرات الأولى.",
    "وتضم الحديقة مسارا للدراجات وملاعب للأطفال ومكتبة صغيرة، إضافة إلى مقهى تديره تعاونية نسائية من المدينة القديمة.",
)
MENU = '<div><a href="/">الرئيسية</a><a href="/pol">سياسة</a><a href="/eco">اقتصاد</a><a href="/spo">رياضة</a></div>'
STORY = '<a href="/n/11">إغلاق شارع الكورنيش أمام السيارات</a>'
CARD = '<a href="/n/12"><h2>قطعان الجاموس تعود إلى الأهوار</h2><p>ومعها مربوها. <span>(03.06.2021)</span></p></a>'


def read(
    above: str = "", below: str = "", ahead: str = "", behind: str = "", after: str = ""
) -> dict[str, Any]:
    """What is read of a page with this above and below its headline, before and behind its text, and after all."""
    text = "".join(f"<p>{each}</p>" for each in TEXT)
    html = (
        f'<html lang="ar"><head><meta charset="utf-8"><title>{TITLE} - موقع النهر</title></head><body>{MENU}'
        f"<div><div>{above}<h1>{TITLE}</h1>{below}<div>{ahead}{text}{behind}</div></div>{after}</div></body></html>"
    )
    found = extract_article(html.encode(), "https://nahr.example/eco/loc/10", fetched_at=NOW).to_dict()
    assert found["title"] == TITLE
    return found


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        ({"below": '<abbr title="2021-07-05T14:20:00+0300">5 يوليو</abbr>'}, "2021-07-05"),
        ({"behind": "05/07/2021 14:20:11"}, "2021-07-05"),
        ({"after": "<ul><li><b>تاريخ</b> 5.7.2021</li><li><b>الكاتب</b> رنا الحلبي</li></ul>"}, "2021-07-05"),
        ({"after": f"<div>{CARD}</div>"}, None),
        ({"below": "<div>1625484000</div>"}, None),
        ({"ahead": '<p><img src="/a.jpg"></p><p>الحديقة في 3 يونيو 2021 (النهر/ سامي الحداد)</p>'}, None),
        ({"below": "<div>آخر تحديث: 05/07/2021 14:20</div>"}, "2021-07-05"),
    ],
)
def test_day(parts: dict[str, str], day: str | None) -> None:
    found = read(**parts)["published_at"]
    assert (found and found[:10]) == day


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ('<div><a href="/"><i></i></a> <i></i> <a href="/eco">اقتصاد</a></div>', ["اقتصاد"]),
        ('<table><tr><td><a href="/">الرئيسية</a></td><td>»</td><td><a href="/eco">اقتصاد</a></td></tr></table>',
         ["الرئيسية", "اقتصاد"]),
        ('<div><a href="/">نهرنا</a> » <a href="/eco">اقتصاد</a></div>', ["نهرنا", "اقتصاد"]),
        ('<div><a href="/eco">اقتصاد</a> <i></i> <a href="/eco/loc">محلي</a></div>', ["اقتصاد", "محلي"]),
        ('<div><a href="/eco">اقتصاد</a> <a href="/eco/loc">محلي</a> <a href="/pol">سياسة</a></div>', []),
        ('<div><div><a href="/">الرئيسية</a> <a href="/list/loc">محلي</a></div><i>A+</i></div>', ["الرئيسية", "محلي"]),
        ('<div><div><a href="/">الرئيسية</a> <a href="/list/pol">سياسة</a></div><i>A+</i></div>', []),
        ('<div>الرئيسية &lt; <a href="/eco">اقتصاد</a> &lt; <a href="/eco/loc">محلي</a></div>', ["الرئيسية", "اقتصاد", "محلي"]),
        ('<div><a href="/eco">اقتصاد</a></div>', []),
        ('<div><a href="/"><img></a><span><a href="/">نهرنا</a></span><span>أخبار المدينة</span></div>', []),
        (f'<div><a href="/n">الأخبار</a><br><a href="/n-1">محلي</a><br>{TITLE}</div>', ["الأخبار", "محلي", TITLE]),
    ],
)  # fmt: skip
def test_trail(above: str, names: list[str]) -> None:
    assert [each["name"] for each in read(above=above)["breadcrumbs"]] == names


@pytest.mark.parametrize(
    ("parts", "paths"),
    [
        ({"after": f"<div><div>عناوين ذات صلة</div>{STORY}</div>"}, ["/n/11"]),
        ({"behind": f"<p><b>&lt;&lt; {STORY}</b></p>"}, ["/n/11"]),
        ({"behind": f"<p>اقرأ/ي أيضًا | {STORY}</p>"}, ["/n/11"]),
        ({"behind": f"<h2>مختارات</h2><div>{CARD}</div>"}, ["/n/12"]),
        ({"after": f"<div><h2>مختارات</h2><div>{CARD}</div></div>"}, []),
        ({"after": '<div><a href="/n/9">« مهرجان الزهور يعود بعد غياب طويل</a></div>'}, []),
    ],
)
def test_see_also(parts: dict[str, str], paths: list[str]) -> None:
    found = read(**parts)
    assert [each["url"].removeprefix("https://nahr.example") for each in found["see_also"]] == paths
    assert found["body"] == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ({"behind": "<p>(رنا الحلبي)</p>"}, ["رنا الحلبي"]),
        ({"ahead": "<b>فاس: منصف الإدريسي</b><br>"}, ["منصف الإدريسي"]),
        ({"below": "<div>تم النشر في: 05 Jul 2021, 14:20</div><div>تحديث في: 06 Jul 2021, 14:31</div>"}, []),
    ],
)
def test_writer(parts: dict[str, str], names: list[str]) -> None:
    assert read(**parts)["authors"] == names


def test_a_line_behind_the_picture_with_its_maker_in_brackets_is_the_caption() -> None:
    found = read(ahead='<figure><img src="/a.jpg"></figure><p>مدخل الحديقة الجديدة (النهر/ سامي الحداد)</p>')
    assert found["images"][0]["caption"] == "مدخل الحديقة الجديدة (النهر/ سامي الحداد)"
    assert found["body"] == "\n\n".join(TEXT)


def test_resized_twins_of_a_picture_with_a_short_name_are_one() -> None:
    twins = (
        '<img src="/train.jpg?width=1200" width="600"><p>.</p><img src="/train.jpg?width=300" width="300">'
    )
    assert len(read(below=twins)["images"]) == 1
