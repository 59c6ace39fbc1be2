"""Who signs a text that an account or a desk has posted; and what stands beside names and is none."""

import json

import pytest

from archiver import extract_article
from tests.extract.harbour import BODY, MENU, TITLE, extracted

SITE = f"<title>{TITLE} - صدى الساحل</title>"


@pytest.mark.parametrize("account", ["هيئة التحرير", "صدى الساحل 3", "فريق المتابعة"])
@pytest.mark.parametrize(
    "line", ["صدى الساحل: خالد الزنتاني", "صدى الساحل – طرابلس / خالد الزنتاني", "صدى الساحل - طرابلس - متابعة/ خالد الزنتاني"]
)  # fmt: skip
def test_who_signs_goes_before_the_account_that_posted(account: str, line: str) -> None:
    article = extracted(
        head=SITE,
        top=f'<div class="post-meta"><span class="author">{account}</span></div>',
        body=f'<div class="story-text"><p><strong>{line}</strong></p>{BODY}</div>',
    )
    assert article.authors == ("خالد الزنتاني",)


def test_a_column_that_an_editor_posted_is_of_whose_name_stands_over_it() -> None:
    """In bold, on a line of its own; the editor is warned of."""
    top = '<div class="post-meta"><span class="author"><a href="/author/k-hadad/" rel="author">خالد الحداد</a></span></div>'
    found = extracted(
        top=top, body=f'<div class="story-text"><p><strong>ماهر الزنتاني</strong></p>{BODY}</div>'
    )
    assert found.authors == ("ماهر الزنتاني",)
    assert any("خالد الحداد" in each.detail for each in found.warnings if each.code == "authors_contradicted")
    assert "ماهر" not in (found.body or "")


def test_a_name_over_the_text_that_the_text_tells_of_is_no_writers() -> None:
    top = '<div class="post-meta"><span class="author"><a href="/author/k-hadad/" rel="author">خالد الحداد</a></span></div>'
    told = "<p>ولد ماهر الزنتاني في المدينة القديمة، وعمل في مرفئها أربعين عاما حتى تقاعد هذا الصيف.</p>"
    found = extracted(
        top=top, body=f'<div class="story-text"><p><strong>ماهر الزنتاني</strong></p>{told}{BODY}</div>'
    )
    assert found.authors == ("خالد الحداد",)


@pytest.mark.parametrize("line", ["فلانة.أ", "م.ب"])
def test_a_shortened_name_in_bold_over_the_text_goes_before_the_house(line: str) -> None:
    """As Algerian papers sign; letters alone are an editor's."""
    found = extracted(
        head=SITE,
        top='<div class="post-meta"><span class="author">صدى الساحل</span></div>',
        body=f'<div class="story-text"><p><strong>{line}</strong></p>{BODY}</div>',
    )
    assert found.authors == (line if line[0] == "ف" else "صدى الساحل",)
    assert line not in (found.body or "")


def test_a_desk_stays_where_nobody_signs() -> None:
    assert extracted(head=SITE, top='<div class="author">هيئة التحرير</div>').authors == ("هيئة التحرير",)


def test_who_took_the_pictures_signs_no_text() -> None:
    article = extracted(
        head=SITE,
        top='<div class="author">Unknown</div>',
        body=f'<div class="story-text"><p><b>صدى الساحل/ كتب: خالد الزنتاني</b></p>{BODY}<p>*تصوير: هناء الككلي</p></div>',
    )
    assert article.authors == ("خالد الزنتاني",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("ماجد الصحفي (خليص) majed@", ("ماجد الصحفي",)),
        ('نص: <a href="/tag/2">هناء الككلي 24</a><span>تابع</span>', ("هناء الككلي 24",)),
        ('<a href="https://ex.ly/x1">انسخ الرابط</a>', ()),
    ],
    ids=["a place and an account", "a button glued to the name", "a button alone"],
)  # fmt: skip
def test_buttons_places_and_accounts_beside_a_name(line: str, authors: tuple[str, ...]) -> None:
    assert (
        extracted(head=SITE, top=f'<div class="info"><div class="author">{line}</div></div>').authors
        == authors
    )


@pytest.mark.parametrize("kind", ["Person", "Organization"])
def test_a_blogger_called_as_the_blog_is_among_the_facts_of_the_story(kind: str) -> None:
    """A theme of Hugo's: day, minutes of reading, writer."""
    told = {"@type": "BlogPosting", "author": [{"@type": kind, "name": "sahel"}]}
    article = extracted(
        head=f'<meta property="og:site_name" content="sahel"><script type="application/ld+json">{json.dumps(told)}</script>',
        top='<div class="post-meta">2009-11-10&nbsp;·&nbsp;بضع ثوان&nbsp;·&nbsp;sahel</div>',
    )
    assert article.authors == (("sahel",) if kind == "Person" else ())


def test_a_linked_headline_that_may_be_a_name_is_nobody() -> None:
    title = "بيان الزنتاني"
    html = (
        f'<html lang="ar"><head><title>{title}</title></head><body>{MENU}<article><h1><a href="/news/1234">{title}</a></h1>'
        f'<div class="post-meta"><time>2025-06-13</time></div><div class="post-content">{BODY}</div></article></body></html>'
    )
    article = extract_article(html.encode(), "https://sada-alsahel.ly/news/1234")
    assert (article.title, article.authors) == (title, ())


@pytest.mark.parametrize("sign", [" ..", "؟"])
def test_the_headlines_own_byline_goes_before_who_posted(sign: str) -> None:
    title = f"في وداع «أبو صلعة»: آخر باعة الكتب على الرصيف{sign} بقلم: خالد الزنتاني"
    html = (
        f'<html lang="ar"><head><title>{title}</title></head><body>{MENU}<h2 class="contentheading">{title}</h2>'
        f'<div class="article-meta">كتب بواسطة: هناء الككلي</div><div class="article-content">{BODY}</div></body></html>'
    )
    assert extract_article(html.encode(), "https://sada-alsahel.ly/news/1234").authors == ("خالد الزنتاني",)


def test_a_columnist_whom_only_the_title_for_sharing_names_is_no_site_and_an_account_no_name() -> None:
    html = (
        f'<html lang="ar"><head><title>{TITLE} - أخبار ليبيا | صدى الساحل</title><meta property="og:title" content="خالد الزنتاني | {TITLE}">'
        f'</head><body>{MENU}<article><div class="writerBox"><h3 class="writerName"><a href="/writers/1">خالد الزنتاني</a></h3>'
        f'<a class="writerTwitter" href="https://twitter.com/zintani_x">@zintani_x</a></div><h1>{TITLE}</h1><div class="text">{BODY}</div></article></body></html>'
    )
    assert extract_article(html.encode(), "https://sada-alsahel.ly/news/1234").authors == ("خالد الزنتاني",)


def test_a_signature_before_a_call_to_subscribe_by_message() -> None:
    call = "<p>إرسال كلمة اشتراك على الرقم / 0940777186 / بعد تخزينه.</p>"
    article = extracted(
        head=SITE, body=f'<div class="story-text">{BODY}<p><strong>خالد الزنتاني</strong></p>{call}</div>'
    )
    assert article.authors == ("خالد الزنتاني",)
    assert article.body is not None
    assert "اشتراك" not in article.body


def test_a_father_s_name_that_is_a_title_too() -> None:
    line = "<p><strong>صدى الساحل / محمد أمين الزنتاني</strong></p>"
    assert extracted(head=SITE, body=f'<div class="story-text">{line}{BODY}</div>').authors == (
        "محمد أمين الزنتاني",
    )
    title = "<p><strong>صدى الساحل / محمد أمين السر</strong></p>"
    assert extracted(head=SITE, body=f'<div class="story-text">{title}{BODY}</div>').authors == ()


def test_a_way_back_is_no_source() -> None:
    back = '<div class="NewsSource">عودة إلى: <a href="/news">الصفحة الرئيسية لأخبار المدينة</a></div>'
    assert extracted(head=SITE, body=f'<div class="story-text">{BODY}</div>{back}').authors == ()


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("end", "خالد الزنتاني – ت : ماهر الحداد"),
        ("top", "خالد الزنتاني من الجزائر لمغاربية – 12/05/10"),
    ],
    ids=["who took the pictures behind", "where and for whom behind"],
)
def test_what_stands_behind_who_wrote(place: str, line: str) -> None:
    signed = f"<p><strong>{line}</strong></p>" if place == "end" else ""
    top = f'<p class="author">{line}</p>' if place == "top" else ""
    article = extracted(head=SITE, top=top, body=f'<div class="story-text">{BODY}{signed}</div>')
    assert article.authors == ("خالد الزنتاني",)


def test_a_dateline_before_a_box_of_other_stories() -> None:
    box = "<table><tr><td><b>روابط متعلقة</b></td></tr>" + "".join(
        f'<tr><td><a href="/articles/{n}.html">انقطاع الكهرباء عن الحي رقم {n} ووعود بإصلاح قريب</a></td></tr>'
        for n in range(4)
    )
    line = "<p><b>الكويت - خالد الزنتاني، وكالات</b></p>"
    assert extracted(head=SITE, body=f'<div class="story-text">{line}{box}</table>{BODY}</div>').authors == (
        "خالد الزنتاني",
    )


@pytest.mark.parametrize(
    "line",
    [
        "* خالد الزنتاني، كاتب صحفي",
        "خالد الزنتاني – باحث في شؤون الموانئ والنقل البحري من مدينة طرابلس، صدر له كتابان عن تاريخ المدينة.",
        "* د. خالد الزنتاني: أستاذ التاريخ في جامعة طرابلس",
    ],
)
def test_who_the_writer_is_stands_behind_the_text_and_is_none_of_it(line: str) -> None:
    found = extracted(body=f'<div class="story-text">{BODY}<p>{line}</p></div>')
    assert [name.removeprefix("د. ") for name in found.authors] == ["خالد الزنتاني"]
    assert line not in (found.body or "")


@pytest.mark.parametrize(
    "line",
    [
        "الاتفاق: كاتب العدل يوقع غدا",
        "خالد الزنتاني، كاتب صحفي، قال إن الميناء يفتح غدا.",
        "خالد الزنتاني: خبير الموانئ متفائل.",
        "قال خالد الزنتاني، كاتب العدل في المدينة، «نعم»",
    ],
)
def test_a_last_sentence_with_a_calling_in_it_is_of_the_text(line: str) -> None:
    found = extracted(body=f'<div class="story-text">{BODY}<p>{line}</p></div>')
    assert found.authors == ()
    assert line in (found.body or "")


def test_names_that_a_hyphen_joins_are_not_cut() -> None:
    for top in ("<p>ماري-كلير فغالي</p>", "<p>صدى الساحل – ماري-كلير فغالي</p>", "<p>سعد-طرابلس</p>"):
        names = extracted(body=f'<div class="story-text">{top}{BODY}</div>').authors
        assert names == (("ماري-كلير فغالي",) if "ماري" in top else ())


@pytest.mark.parametrize("name", ["ذكوان بشماف", "Sami Haddad", "د. خالد الزنتاني"])
def test_where_a_house_sent_somebody_is_no_part_of_a_name(name: str) -> None:
    top = f'<div class="author">{name} مراسل صدى الساحل في القاهرة</div>'
    assert extracted(top=top).authors == (name,)


def test_a_label_in_a_cell_and_the_name_in_the_next() -> None:
    row = "<table><tr><td>الكاتب :</td><td>ذكوان بشماف</td></tr></table>"
    assert extracted(top=row).authors == ("ذكوان بشماف",)


def test_a_name_that_its_face_is_told_by() -> None:
    """No known given name begins it; the face says that it is one."""
    box = '<div><img src="/f/1.jpg" width="60" height="60" alt="{}"><span>ذكوان بشماف</span><time>30 مايو 2023</time></div>'
    assert extracted(top=box.format("ذكوان بشماف")).authors == ("ذكوان بشماف",)
    assert extracted(top=box.format("الميناء")).authors == ()


def test_three_behind_a_house() -> None:
    line = "<p>صدى الساحل – خالد الزنتاني، هدى العمري وسامي النجار</p>"
    assert extracted(body=f'<div class="story-text">{line}{BODY}</div>').authors == (
        "خالد الزنتاني",
        "هدى العمري",
        "سامي النجار",
    )


def test_two_writers_in_elements_side_by_side_that_a_theme_knows() -> None:
    writers = "".join(
        f'<span class="author vcard"><a class="url fn" rel="author" href="/author/{n}">{name}</a></span> '
        for n, name in enumerate(("هدى الشّريف", "يوسف کریمی"))
    )
    head = '<meta name="generator" content="WordPress 6.4">'
    source = '<span class="source">المصدر: وكالة الأنباء الليبية</span>'
    top = f'<header class="entry-header"><div class="entry-meta">{writers}{source}</div></header>'
    found = extracted(head=head, top=top)
    assert found.authors == ("هدى الشّريف", "يوسف کریمی")
    assert found.agency == "وكالة الأنباء الليبية"


def test_day_and_writer_in_one_line_before_the_text_in_its_own_element() -> None:
    line = (
        "<span>الأربعاء ٨ جمادى الآخرة ١٤٤٨ هـ الموافق ١٨ نوفمبر ٢٠٢٥ م</span> <span>كتب: هدى الشّريف</span>"
    )
    found = extracted(top="", body=f"<table><tr><td class='tarea'>{line}{BODY}</td></tr></table>")
    assert found.authors == ("هدى الشّريف",)
    assert (found.body or "").startswith("أولا")
