"""Bylines of the house, its desks and organisations, and who signs beside them."""

import pytest

from archiver import extract_article
from tests.extract.harbour import BODY, POSTED, SENTENCE, TITLE, extracted


def test_a_house_and_its_place_in_an_element_within_the_line_of_the_day() -> None:
    article = extracted(
        top='<div class="article-date-author"><span>11 سبتمبر 2021 - 21:34 بتوقيت طرابلس</span>'
        '<div class="authors-info"><div class="source-name">صدى الساحل - طرابلس</div></div></div>'
    )
    assert article.authors == ("صدى الساحل - طرابلس",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("المحرر السياسي", ("المحرر السياسي",)),
        ("المحررة رنا الزنتاني", ("رنا الزنتاني",)),
        ("بانغي: «صدى الساحل»", ("بانغي: «صدى الساحل»",)),
        ("طرابلس", ()),
    ],
)
def test_desks_and_places_are_nobodys_name(line: str, authors: tuple[str, ...]) -> None:
    assert extracted(top=f'<div class="author">{line}</div>').authors == authors


def test_an_author_with_the_sites_address_is_the_house() -> None:
    assert (
        extracted(
            head='<meta name="author" content="Sahel Echo (www.sada-alsahel.ly)">',
            top="<p>Sahel Echo</p>",
        ).authors
        == ()
    )


@pytest.mark.parametrize(
    ("name", "shown", "authors"),
    [
        ("Sahel Echo Research", "2021-09-11 · Sahel Echo Research", ("Sahel Echo Research",)),
        ("Sahel Echo Research", "2021-09-11", ()),
        ("Sahel Echo", "2021-09-11 · Sahel Echo", ()),
    ],
    ids=["a desk", "a desk that is not shown", "the house"],
)
def test_an_organisation_that_wrote(name: str, shown: str, authors: tuple[str, ...]) -> None:
    node = f'{{"@type":"Article","headline":"{TITLE}","author":{{"@type":"Organization","name":"{name}"}}}}'
    head = f'<script type="application/ld+json">{node}</script>'
    found = extracted(head=head, top=f'<p class="c1"><span>{shown}</span></p>')
    assert found.authors == authors


def test_house_unknown_place_and_name_at_the_head_of_the_text() -> None:
    line = "<p>صدى الساحل – الشونة القديمة – خالد السردي</p>"
    assert extracted(body=f'<div class="story-text">{line}{BODY}</div>').authors == ("خالد السردي",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("بقلم: إبراهيم الورفلي*", ("إبراهيم الورفلي",)),
        ("المصدر: نشرة الميناء", ("صدى الساحل",)),
    ],
    ids=["a writer", "a source"],
)
def test_the_house_posted_what_another_signs(line: str, authors: tuple[str, ...]) -> None:
    body = f'<div class="story-text"><p><strong>{line}</strong></p>{BODY}</div>'
    assert extracted(top=POSTED, body=body).authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("صدى الساحل - خاص", ("صدى الساحل - خاص",)),
        ("المصدر: طرابلس - صدى الساحل", ("طرابلس - صدى الساحل",)),
        ("صدى الساحل - وكالات", ()),
        ("صدى الساحل - هدى العمري", ("هدى العمري",)),
        ("● أخبار سورية ● صدى الساحل", ("صدى الساحل",)),
    ],
)
def test_the_houses_line_is_kept_as_printed(line: str, authors: tuple[str, ...]) -> None:
    for name in ("source", "editor", "wrt"):
        assert extracted(top=f'<div class="{name}">{line}</div>').authors == authors


def test_a_desk_behind_an_icon_among_other_icons_and_links() -> None:
    line = (
        '<div class="small"><span><i class="fa fa-user"></i> هيئة التحرير</span> <span><i class="fa fa-clock"></i> '
        '13 أفريل 2021 - 13:11</span> <span><i class="fa fa-folder"></i> <a href="/category/3/">نبض الميناء</a></span></div>'
    )
    assert extracted(top=line).authors == ("هيئة التحرير",)


def test_the_houses_whole_name_amid_a_title() -> None:
    """The logo's words are but its beginning."""
    html = (
        f'<html lang="ar"><head><title>{TITLE} | صدى الساحل الإخباري - أخبار ليبيا</title></head><body><div id="logo"><a href="/">'
        f'<img src="/logo.png" alt="صدى الساحل"></a></div><main><h1>{TITLE}</h1><div class="story-text">'
        f"<div>صدى الساحل الإخباري - كتب : خالد الزنتاني - {SENTENCE}</div>{BODY}</div></main></body></html>"
    )
    assert extract_article(html.encode(), "https://sada-alsahel.ly/news/1234").authors == ("خالد الزنتاني",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("صدى الساحل/ صنعاء/ من مبخوت محمد", ("مبخوت محمد",)),
        ("صدى الساحل/ من صنعاء", ()),
        (f"بهلا – مكتب صدى الساحل – ياسر الغافري : {SENTENCE}", ("ياسر الغافري",)),
        (f"بهلا – مكتب الوالي – ياسر الغافري : {SENTENCE}", ()),
    ],
)
def test_who_signs_beside_the_house_or_its_office(line: str, authors: tuple[str, ...]) -> None:
    body = f'<div class="story-text"><p><strong>{line}</strong></p>{BODY}</div>'
    assert extracted(body=body).authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("صدى الساحل – صابر الحلبي | مؤيد مصطفى", ("صابر الحلبي", "مؤيد مصطفى")),
        ("صدى الساحل – صابر الحلبي", ("مؤيد مصطفى",)),
    ],
    ids=["he and another", "another"],
)
def test_a_line_that_names_more_than_the_data_do(line: str, authors: tuple[str, ...]) -> None:
    person = (
        f'{{"@type":"NewsArticle","headline":"{TITLE}","author":{{"@type":"Person","name":"مؤيد مصطفى"}}}}'
    )
    head = f'<script type="application/ld+json">{person}</script>'
    body = f'<div class="story-text"><p><strong>{line}</strong></p>{BODY}<p>مؤيد مصطفى</p></div>'
    assert extracted(head=head, body=body).authors == authors


def test_the_writer_in_a_list_of_facts_before_initials() -> None:
    facts = '<ul class="smallList"><li><strong>تاريخ</strong> 17.04.2018</li><li><strong>كاتب</strong> نزار الكبيسي</li></ul>'
    body = f'<div class="story-text">{BODY}<p>ع.خ/ ي.أ (د ب أ)</p></div>'
    assert extracted(body=body + facts).authors == ("نزار الكبيسي",)


@pytest.mark.parametrize(
    "line",
    [
        "المصدر: بوابة الوادي - خالد السردي",
        "إعداد: خالد السردي – وحدة الدراسات الاجتماعية",
    ],
)
def test_a_house_or_a_desk_beside_a_name_is_no_second_author(line: str) -> None:
    assert extracted(top=f"<h4>{line}</h4>").authors == ("خالد السردي",)


@pytest.mark.parametrize("house", ["الإلكترونية نشرة الساحل", "نشرة الساحل الإلكترونية", "Sada Alsahel"])
def test_the_sites_name_with_its_words_otherwise_is_the_house(house: str) -> None:
    """A bulletin's head over its text, an account in Latin letters; the writer signs behind them."""
    site = "الساحل النشرة الإلكترونية"
    page = f"""<html lang="ar"><head><title>{TITLE} - {site}</title><meta property="og:site_name" content="{site}"></head><body><main>
        <h1>{TITLE}</h1><div class="meta"><a class="author" rel="author" href="/author/1">{house}</a></div>
        <div class="story-text"><h4>{house} – خالد السردي</h4>{BODY}</div></main></body></html>"""
    assert extract_article(page.encode(), "https://sadaalsahel.ly/news/1234").authors == ("خالد السردي",)


def test_a_desk_named_after_the_house_behind_a_label_in_an_element_of_its_own() -> None:
    byline = '<span class="meta-author"><span class="label">بواسطة</span><a rel="author" href="/author/e/">محرر الساحل</a></span>'
    found = extracted(head='<meta property="og:site_name" content="صحيفة الساحل">', top=byline)
    assert found.authors == ("محرر الساحل",)


def test_the_writer_in_the_element_behind_the_one_of_the_house() -> None:
    top = (
        '<div class="source"><span id="ctl00_lblSource">خاص - صدى الساحل</span></div>'
        '<div><span id="ctl00_lblAuthor">ميرنا الزنتاني</span></div>'
    )
    assert extracted(top=top).authors == ("ميرنا الزنتاني",)
    alone = top[: top.index("<div><span")]
    assert extracted(top=alone).authors == ("خاص - صدى الساحل",)


def test_house_and_writer_behind_the_lines_in_bold_that_the_text_begins_with() -> None:
    decks = (
        "المجلس: آليات الحصاد المائي جهزت اثنتين وعشرين حفيرة في الصحراء الشمالية",
        "قروض دون فائدة لمشاريع الأعلاف",
        "شكاوى من ارتفاع كلف الأعلاف",
    )
    lines = "".join(f"<p><strong>{each}</strong></p>" for each in (*decks, "صدى الساحل – هناء المشاط"))
    found = extracted(body=f'<div class="story-text">{lines}{BODY}</div>')
    assert found.authors == ("هناء المشاط",)
    assert [block.text for block in found.blocks[:3]] == list(decks)
