"""Writers whom no label names, and the names that stand about a headline and wrote nothing."""

import pytest

from tests.extract.pages import article, story

DAY = "<span>30 مايو 2023</span>"

NAMED = {
    "place and name": ("<p>بغداد / سيف عبدالله<br>30-05-2023 01:12 مساءً</p>", ["سيف عبدالله"]),
    "paper and name": (f"<p>الضفة - خاص - أحمد الشرعبي</p><p>{DAY}</p>", ["أحمد الشرعبي"]),
    "name, paper, place side by side": (
        f"<div><span>خالد الدهمشي</span> <span>الضفة</span> <span>الرياض</span></div>{DAY}",
        ["خالد الدهمشي"],
    ),
    "behind a pencil": (
        '<h5><i class="fa fa-pencil"></i> لطفي الزيود</h5><h5><i class="fa fa-clock-o"></i> 30 أيار 2023</h5>',
        ["لطفي الزيود"],
    ),
    "day, reading time, name": ("<div>2 أبريل 2023 · دقيقة واحدة · هادي الناصر</div>", ["هادي الناصر"]),
    "initials": ("<div><time>30 ماي 2023 - 17:12</time> <b>ق. و</b></div>", ["ق. و"]),
    "a desk": (f"<div><span>فريق التحرير</span> {DAY}</div>", ["فريق التحرير"]),
    "among labelled facts": (
        "<p>أضيف في : 12-1-2012 الساعة 10:15 | بواسطة : خليل مطران | عدد القراءات : 2210</p>",
        ["خليل مطران"],
    ),
    "house, unknown place, name": (
        "<div><div>الضفة - عنتاب: أحمد الشرعبي</div><div>تاريخ النشر: 2023-05-30 15:20</div></div>",
        ["أحمد الشرعبي"],
    ),
    "in a table cell of its own, without the dots": (
        f'<table><tr><td class="small">{DAY}</td></tr><tr><td class="small">فاطمه المرسى</td></tr></table>',
        ["فاطمه المرسى"],
    ),
    "behind a picture that has its caption": (
        f'<div class="mf"><img src="/b.jpg"><small>جلسة المجلس</small></div><div class="at">سعيد المرسي</div><div>{DAY}</div>',
        ["سعيد المرسي"],
    ),
    "a name and what its bearer is": (
        f"<div><span>محمد الشرعبي، مراسل الضفة في تونس</span> {DAY}</div>",
        ["محمد الشرعبي"],
    ),
    "somebody of a house": (
        f"<div>{DAY} <span><i class='fa fa-user'></i> مراسل قناة الوادي - صنعاء</span></div>",
        ["مراسل قناة الوادي"],
    ),
    "a doctor": (f"<div><span>أ. د. محمد الشرعبي</span> {DAY}</div>", ["أ. د. محمد الشرعبي"]),
    "from whom": (f"<div><span>القاهرة – من محمد الشرعبي</span> {DAY}</div>", ["محمد الشرعبي"]),
    "two": ("<div>تونس - أحمد بن سالم ومنى العياري | 30 مايو 2023</div>", ["أحمد بن سالم", "منى العياري"]),
    "label behind the day": ("<p><small>السبت 9 آب 2014, بقلم <i>عوض الكريم</i></small></p>", ["عوض الكريم"]),
}

UNNAMED = {
    "a line that tells what somebody does": f"<p>سالم المنصوري يفتتح المعرض</p>{DAY}",
    "who took the pictures": "<p><strong>عدسة: سالم المنصوري</strong></p>",
    "a section": f"<div>سياسة عربية - {DAY}</div>",
    "a topic that is a person": f'<div><a href="/topic/5">كرة القدم</a> | <a href="/topic/6">محمد عادل</a> | {DAY}</div>',
    "a caption": f'<div><div><img src="/b.jpg"></div><div>سالم المنصوري</div></div>{DAY}',
    "a caption right before the day": f'<div><img src="/b.jpg"></div><div>سالم المنصوري</div><div>{DAY}</div>',
    "a standfirst": f"<div>{DAY}</div><h2>سالم المنصوري: المكتبة حلم تحقق</h2>",
    "a label that is a word": "<h2>استطلاع الرأي</h2>",
    "a date of change": f'<div class="documentByLine"><span>آخر تعديل <b>31/05/2023 16:37</b></span> {DAY}</div>',
    "a call to follow": '<p>متابعة أخبار الضفة على تلغرام <a href="https://t.me/x">https://t.me/x</a></p>',
}


@pytest.mark.parametrize(("meta", "names"), NAMED.values(), ids=NAMED)
def test_a_name_among_facts(meta: str, names: list[str]) -> None:
    found = article(story(meta), now="2023-06-02T09:00:00+00:00")
    assert list(found.authors) == names


@pytest.mark.parametrize("meta", UNNAMED.values(), ids=UNNAMED)
def test_what_is_no_name(meta: str) -> None:
    assert article(story(meta), now="2023-06-02T09:00:00+00:00").authors == ()


def test_a_label_above_the_headline() -> None:
    html = story(before="<ul><li>الكاتب: سامي النجار</li><li>30 أيار 2023 18:05</li></ul>")
    assert article(html).authors == ("سامي النجار",)


def test_a_section_of_the_menu_is_no_writer() -> None:
    """Though its first word is somebody's name."""
    html = story(
        f"<p><font><b>حياة ومجتمع</b></font></p><p>{DAY}</p>",
        before='<ul><li><a href="/p30">حياة ومجتمع</a></li></ul>',
    )
    assert article(html).authors == ()
