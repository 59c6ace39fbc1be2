"""Bylines that no name, no label and no fact beside them tells: lines of their own by the headline or the text."""

import pytest

from archiver import extract_article
from tests.extract.harbour import BODY, extracted

TEXT = f'<div class="x1">{BODY}</div>'
SIGNED = {
    "under the headline": ("<span>خالد الزنتاني</span>", ("خالد الزنتاني",)),
    "in a cell": (
        "<table><tr><td><font>خالد الزنتاني</font></td></tr></table>",
        ("خالد الزنتاني",),
    ),
    "with his title, linked": ('<div><a href="/node/12">د. خالد الزنتاني</a></div>', ("د. خالد الزنتاني",)),
    "a colon behind": ("<div><span>خالد الزنتاني:</span></div>", ("خالد الزنتاني",)),
    "an address behind": (
        "<td><b>خالد الزنتاني ... </b><br><span>khaled [at] sada-alsahel.ly</span></td>",
        ("خالد الزنتاني",),
    ),
    "behind a sign": ("<p><strong>◘ خالد الزنتاني</strong></p>", ("خالد الزنتاني",)),
    "from whom, and whose": ("<p><b>من خالد الزنتاني مراسل صحيفة الساحل</b></p>", ("خالد الزنتاني",)),
    "with marks over the letters": ("<div>نوّار محمود الزنتاني</div>", ("نوّار محمود الزنتاني",)),
    "with his town": ("<div>خالد الزنتاني من طرابلس</div>", ("خالد الزنتاني",)),
    "behind his town": (
        "<div><span>غريان - خالد الزنتاني</span> <a href='/c/1'>محليات</a></div>",
        ("خالد الزنتاني",),
    ),
    "with a letter for a name": ("<div>أمينة . ب<br>نشر في <a href='/p'>الأيام</a></div>", ("أمينة . ب",)),
    "a letter and its dot": ("<div><em>هشام ك.</em></div>", ("هشام ك.",)),
    "from whom": ("<div>من : خالد الزنتاني مراسل صدى الساحل</div>", ("خالد الزنتاني",)),
    "two, each in an element of its own": (
        "<div><div><a href='/writers/5'>خالد الزنتاني</a></div><div><a href='/writers/6'>هدى العمري</a></div></div>",
        ("خالد الزنتاني", "هدى العمري"),
    ),
    "behind a picture, a day beside": (
        "<div><img src='/a.jpg' width='600'></div><div><span>خالد الزنتاني - طرابلس</span> <span>20 مارس 2019</span></div>",
        ("خالد الزنتاني",),
    ),
}
UNSIGNED = {
    "under a picture": "<div><img src='/a.jpg' width='600'></div><div>خالد الزنتاني</div>",
    "among links": "<div><a href='/topic/1'>خالد الزنتاني</a> <a href='/topic/2'>كرة القدم</a></div>",
    "a tag": "<div><a href='/tag/khaled'>خالد الزنتاني</a></div>",
    "out of sight": "<div style='display:none'><b>خالد الزنتاني</b></div>",
    "a sentence": "<div>خالد الزنتاني يفتتح الميناء</div>",
    "the house alone": "<div>صدى الساحل</div>",
    "the house and its place": "<div>طرابلس - صدى الساحل</div>",
    "the house for itself": "<div>صدى الساحل - خاص</div>",
}


@pytest.mark.parametrize(("top", "authors"), SIGNED.values(), ids=SIGNED)
def test_a_line_by_the_headline_that_is_a_byline(top: str, authors: tuple[str, ...]) -> None:
    assert extracted(top=top, body=TEXT).authors == authors


@pytest.mark.parametrize("top", UNSIGNED.values(), ids=UNSIGNED)
def test_a_line_by_the_headline_that_is_none(top: str) -> None:
    assert extracted(top=top, body=TEXT).authors == ()


@pytest.mark.parametrize(
    ("behind", "authors"),
    [
        ("<div>سميرة الخياري</div><div><a href='/tags/1'>الميناء</a></div>", ("سميرة الخياري",)),
        ("<table><tr><td><b>نسيمة. ع</b></td></tr></table>", ("نسيمة. ع",)),
        ("<ul><li>سميرة الخياري</li></ul>", ()),
        ("<div><a href='/tags/samira'>سميرة الخياري</a></div>", ()),
        ("<div><p>سميرة الخياري</p><p>تفتتح معرضها الأول</p></div>", ()),
        (
            "<div><h4><a href='/author/samira/'>سميرة الخياري</a></h4><p>تكتب عن البحر منذ عشرين عاما</p></div>",
            ("سميرة الخياري",),
        ),
    ],
    ids=["a line", "a cell", "a list", "a tag", "a card", "a linked box"],
)
def test_a_name_right_behind_the_text(behind: str, authors: tuple[str, ...]) -> None:
    assert extracted(body=TEXT + behind).authors == authors


def test_a_name_in_bold_behind_the_lead() -> None:
    lead = "<p><strong>يعود باعة الأرصفة إلى شوارع المدينة القديمة بعد أسبوع واحد من إزالتهم، وكأن شيئا لم يكن.</strong></p>"
    name = '<p><span style="color:red"><strong>خالد الزنتاني</strong></span></p>'
    found = extracted(body=f'<div class="x1">{lead}{name}{BODY}</div>')
    assert found.authors == ("خالد الزنتاني",)
    assert found.body is not None
    assert "الزنتاني" not in found.body
    other = "<p><strong>هدى العمري</strong></p>"
    several = extracted(body=f'<div class="x1">{lead}{name}{BODY}{other}{BODY}</div>')
    assert several.authors == ()
    assert several.body is not None
    assert "الزنتاني" in several.body


def test_who_asked_behind_an_interview() -> None:
    end = "<p><em><strong>حاورها: هدى العمري</strong></em></p><p><em><strong>ترجمة: خالد الزنتاني</strong></em></p><p><em><strong>حقوق النشر: صدى الساحل 2019</strong></em></p>"
    more = '<p><strong>المزيد من المقالات التحليلية</strong></p><p><a href="/n/7">كيف أنقذت مغنية من المدينة ذاكرة المقام؟</a></p>'
    found = extracted(body=f'<div class="x1">{BODY}{end}{more}</div>')
    assert found.authors == ("هدى العمري",)
    assert found.body is not None
    assert "حقوق" not in found.body


def test_letters_to_the_editor_have_no_editor_for_a_writer() -> None:
    assert extracted(body=f'<div class="x1"><p>السيد المحرر،</p>{BODY}</div>').authors == ()


def test_a_mothers_name_and_a_servants() -> None:
    for name in ("أم ناصر الزنتاني", "عبدالواسع الزنتاني"):
        assert extracted(top=f"<div>{name}</div>", body=TEXT).authors == (name,)


def test_a_name_beside_a_bloggers_face_above_the_headline() -> None:
    html = f"""<html lang="ar"><head><title>البيت الذي تعلمت فيه</title></head><body><section><ul class="blogger-ul"><li>
        <img class="blogger-img" src="/f/120/120" alt="رهام الزنتاني"><strong><a href="/reham">رهام الزنتاني</a></strong>
        <span>كاتبة</span></li></ul><div class="d"><h1>البيت الذي تعلمت فيه</h1><div>{BODY}</div></div></section></body></html>"""
    found = extract_article(html.encode(), "https://sada-alsahel.ly/n/1")
    assert found.authors == ("رهام الزنتاني",)


def test_a_box_called_the_writers_with_a_rare_name_and_what_she_is() -> None:
    box = '<div class="author-box"><a href="/author/amloud/"><h4>أمفلود الزنتاني</h4></a><div>صحفية من درنة، تكتب عن التعليم.</div></div>'
    assert extracted(body=TEXT + box).authors == ("أمفلود الزنتاني",)


def test_the_address_of_another_site_is_no_writer() -> None:
    assert extracted(body=f'<div class="x1">{BODY}<p>المصدر: www.svt.se</p></div>').authors == ()


def test_a_linked_name_on_a_line_of_its_own_above_the_issue() -> None:
    top = (
        "<table><tr><td><img src='/writers/44.jpg' width='90'><b><a href='/m.asp?i=44'>خالد الزنتاني</a></b><br>"
        "<font>صدى الساحل - العدد: 7345 - 2022 / 8 / 19<br>المحور: <a href='/c?id=1'>الموانئ والصيد</a></font></td></tr></table>"
    )
    assert extracted(top=top, body=TEXT).authors == ("خالد الزنتاني",)


@pytest.mark.parametrize(("shown", "authors"), [("penci-hide-tagupdated", ()), ("meta", ("editor3",))])
def test_a_login_is_an_author_where_it_is_shown(shown: str, authors: tuple[str, ...]) -> None:
    top = f'<div class="{shown}"><span class="author vcard">by <a class="url fn n" href="/author/editor3/">editor3</a></span></div>'
    assert extracted(head='<meta name="author" content="editor3">', top=top, body=TEXT).authors == authors


def test_who_took_the_pictures_behind_who_wrote() -> None:
    lead = "<strong>خالد الزنتاني - تصوير: نبيل نيفاس</strong><br><br>"
    assert extracted(body=f'<div class="x1">{lead}{BODY}</div>').authors == ("خالد الزنتاني",)


def test_who_wrote_and_who_edited_behind_their_agency() -> None:
    end = "<div>- مل -</div><div>وام/هدى العمري/خالد الزنتاني</div>"
    found = extracted(body=f'<div class="x1">{BODY}{end}</div>')
    assert (found.authors, found.agency) == (("هدى العمري", "خالد الزنتاني"), "وام")


def test_a_writer_with_a_page_and_one_without() -> None:
    top = (
        '<div class="article__byline"><span class="article__author"><a href="/author/huda/">هدى العمري</a></span> | '
        '<span class="article__author">خالد الزنتاني – كاليه</span> <span class="article__date">نشر بتاريخ : 2021/02/03</span></div>'
    )
    assert extracted(top=top, body=TEXT).authors == ("هدى العمري", "خالد الزنتاني")
