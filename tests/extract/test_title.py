"""The headline: the element that shows it, letter for letter."""

import pytest

from archiver import extract_article
from tests.extract.pages import BODY, PARAGRAPHS, TITLE, article, page

HEAD = f'<title>{TITLE} | طلبة وجامعات | صحيفة الضفة</title><meta property="og:title" content="{TITLE} | صحيفة الضفة">'
MENU = '<div id="header"><h1 class="logo"><a href="/">صحيفة الضفة</a></h1><ul class="menu"><li><a href="/1">أخبار</a></li></ul></div>'
CARDS = "".join(
    f'<div class="card"><h3><a href="/{n}">عنوان خبر آخر رقم {n} من أخبار المدينة</a></h3></div>'
    for n in range(5)
)

SHOWN = [
    ("h1", f"<h1>{TITLE}</h1>{BODY}"),
    ("the second h1", f"{MENU}<div><h1>{TITLE}</h1>{BODY}</div>"),
    ("a logo h1 after it", f"<div><h1>{TITLE}</h1>{BODY}</div><footer><h1>صحيفة الضفة</h1></footer>"),
    ("h2 under a logo h1", f'{MENU}<div class="post"><h2 class="title">{TITLE}</h2>{BODY}</div>'),
    ("h3 in a named box", f'{MENU}<div id="story_title"><h3>{TITLE}</h3></div><div>{BODY}</div>'),
    ("no heading, a named box", f'{MENU}<div class="news_title">{TITLE}</div><div>{BODY}</div>'),
    (
        "no heading, no name",
        f'{MENU}<table><tr><td><font size="4"><b>{TITLE}</b></font></td></tr><tr><td>{BODY}</td></tr></table>',
    ),
    (
        "no heading, no name, no head",
        f'<table><tr><td><a href="/"><b>الصفحة الأولى من صحيفة الضفة</b></a></td></tr><tr><td><font size="5">{TITLE}</font>'
        f"</td></tr><tr><td><b>بقلم: سامي النجار</b></td></tr><tr><td>{BODY}</td></tr></table>",
    ),
    (
        "no heading, the section's name above",
        f'{MENU}<div><a href="/s/20">طلبة وجامعات</a></div><div>{TITLE}</div><div>{BODY}</div>',
    ),
    (
        "the section's name in a heading",
        f"{MENU}<h2>طلبة وجامعات</h2><div><div>{TITLE}</div><div>{BODY}</div></div>",
    ),
    ("server control", f'{MENU}<span id="ctl00_lblTitle">{TITLE}</span><div>{BODY}</div>'),
    ("inner span", f'<h1 class="post-title"><span itemprop="name">{TITLE}</span></h1>{BODY}'),
    ("a kicker in the heading", f'<h1><span class="kicker">بالصور</span> <span>{TITLE}</span></h1>{BODY}'),
    ("among cards", f"{CARDS}<h1>{TITLE}</h1>{BODY}{CARDS}"),
    (
        "a widget's h1 before it",
        f'<div class="sidebar"><h1>الأكثر قراءة</h1></div><div><h1>{TITLE}</h1>{BODY}</div>',
    ),
    ("linked to itself", f'<h1 class="entry-title"><a href="/news/4417">{TITLE}</a></h1>{BODY}'),
]


@pytest.mark.parametrize("body", [body for _, body in SHOWN], ids=[name for name, _ in SHOWN])
def test_shown(body: str) -> None:
    found = article(page(body, head=HEAD))
    assert found.title == TITLE
    assert found.provenance["title"].source == "structure"


def test_a_heading_called_page_header_is_a_headline() -> None:
    """As Bootstrap's examples have it; the head says no more than the agency's name."""
    html = page(
        f'<div class="col-lg-8"><h3 class="page-header">{TITLE}</h3><p>نشر بتاريخ: 2024-05-04</p><div>{BODY}</div></div>'
        "<div class='well'><h4>أسعار العملات</h4><table><tr><td>الدولار</td><td>4.86</td></tr></table></div>",
        head="<title>وكالة أنباء الضفة</title>",
    )
    found = article(html)
    assert found.title == TITLE
    assert str(found.published_at) == "2024-05-04"


def test_the_header_of_the_article_is_no_header_of_the_page() -> None:
    html = page(
        f'<div class="header-article"><h1>{TITLE}</h1></div><div class="content"><p>الضفة – خالد السردي</p>{BODY}</div>'
    )
    assert article(html).title == TITLE


def test_a_headline_with_signs_of_its_own_behind_the_sites_name() -> None:
    title = "أشغال توقف العمل في طريق المفرق الشرقي - العدين والبلدية تتوسط لدى الوزارة للحل"
    found = article(
        page(
            '<table><tr><td><font class="content"><b>أهلا بك زائرنا، <a href="/new_user">سجل عضويتك</a></b></font></td></tr></table>'
            f'<table><tr><td><font class="option"><b>{title}</b></font></td></tr><tr><td>{BODY}</td></tr></table>',
            head=f"<title>صحيفة الضفة - {title}</title>",
        )
    )
    assert found.title == title


def test_a_short_headline_in_a_banner_that_the_title_names_first() -> None:
    title = "متى تتزوج؟"
    found = article(
        page(
            f'{MENU}<div id="banner"><h2>{title}</h2></div><main><article><p><em>متى تتزوج</em> سؤال قديم.</p>{BODY}</article></main>',
            head=f"<title>{title} | مدونة وادي الزهور | Wadi Blog</title>",
        )
    )
    assert found.title == title


def test_letter_for_letter() -> None:
    title = "أميركا :50 الفا  حصيلة «الوفيات» لـ«كورونا»؛، ومـــا بعد"
    found = article(page(f"<h1>\n {title}\t</h1>{BODY}", head=f"<title>{title}</title>"))
    assert found.title == " ".join(title.split())


def test_the_home_pages_head_does_not_name_the_story() -> None:
    head = '<title>الرئيسية - صحيفة الضفة</title><meta property="og:title" content="الرئيسية - صحيفة الضفة">'
    found = article(
        page(f'{MENU}<article><h1 class="post-title entry-title">{TITLE}</h1>{BODY}</article>', head=head)
    )
    assert found.title == TITLE
    assert "title_contradicted" in {warning.code for warning in found.warnings}


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} - صحيفة الضفة",
        f"{TITLE} | صحيفة الضفة",
        f"صحيفة الضفة | {TITLE}",
        f"{TITLE} – صحيفة الضفة | محليات",
        f"{TITLE} :: صحيفة الضفة",
    ],
)
def test_the_heads_title_loses_the_sites_name_where_nothing_is_shown(title: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="صحيفة الضفة">'
    assert article(page(f"<div>{BODY}</div>", head=head)).title == TITLE


def test_a_dash_in_a_headline_stays() -> None:
    title = "الأردن - سوريا: استئناف حركة الشاحنات عبر المعبر الحدودي"
    assert article(page(f"<h1>{title}</h1>{BODY}", head=f"<title>{title} - الضفة</title>")).title == title


def test_a_hidden_heading_is_not_shown() -> None:
    html = page(f'<h1 style="display:none">صحيفة الضفة</h1><h2>{TITLE}</h2>{BODY}', head=HEAD)
    assert article(html).title == TITLE


def test_hints_name_a_story_that_names_itself_nowhere() -> None:
    found = article(page(f"<div>{BODY}</div>"), hints={"feed_title": TITLE})
    assert found.title == TITLE
    assert found.provenance["title"].locator == "feed_title"


@pytest.mark.parametrize("anchor", ["طباعة", "اقرأ المزيد"])
def test_a_button_that_led_to_a_page_is_not_its_headline(anchor: str) -> None:
    assert article(page(f"<div>{BODY}</div>"), hints={"anchor": anchor}).title is None
    assert article(page(f"<div>{BODY}</div>"), hints={"anchor": TITLE}).title == TITLE


def test_cards_named_title_do_not_outrank_a_plain_h1_that_the_head_words_otherwise() -> None:
    cards = "".join(
        f'<div><h2 class="title"><a href="/news/{n}">عنوان خبر آخر طويل رقم {n} من أخبار المدينة</a></h2></div>'
        for n in range(4)
    )
    head = "<title>تفاصيل جديدة عن مشروع ثقافي كبير - الضفة</title>"
    assert article(page(f"{cards}<div><h1>{TITLE}</h1>{BODY}</div>{cards}", head=head)).title == TITLE


def test_a_trails_last_part_does_not_outrank_a_heading_that_says_the_same() -> None:
    trail = f'<div><a href="/">الرئيسية</a> <img src="/s.png"> <a href="/2">محليات</a> <img src="/s.png"> <span>{TITLE}</span></div>'
    found = article(
        page(
            f"{trail}<div><h2>{TITLE}</h2>{BODY}</div>", head=f"<title>صحيفة الضفة الغربية - {TITLE}</title>"
        )
    )
    assert found.provenance["title"].locator == "h2"
    assert [each.name for each in found.breadcrumbs] == ["الرئيسية", "محليات", TITLE]


SITE_HEAD = "<title>صحيفة الضفة</title>"
OTHERS = "".join(
    f'<div class="item"><a href="/{n}"><p class="content-title">مبادرة شبابية رقم {n} لتشجير مداخل المدن</p></a></div>'
    for n in range(5)
)
UNNAMED = [
    (
        "the largest line",
        f'<table><tr><td><p><b><font size="5">{TITLE}</font></b></p><p><font size="2">13 تموز 2009</font></p>{BODY}</td></tr></table>',
    ),
    ("a low heading over the text", f"<div><h3>{TITLE}</h3><p>نشر بتاريخ 9/10/2022</p>{BODY}</div>"),
    ("a section's h1 over it", f"<div><h1>المدونة</h1></div><div><h2>{TITLE}</h2>{BODY}</div>"),
    ("with a standfirst", f"<div><h2>{TITLE}</h2><h3>سطر يلخص ما جاء في الخبر كله</h3>{BODY}</div>"),
    ("over a bold dateline", f"<div>{TITLE}</div><p><strong>بنت جبيل - فاطمة شعيتو</strong></p>{BODY}"),
    (
        "under the day",
        f"<table><tr><td>دمشق - الأربعاء 19 كانون الثاني 2011</td></tr></table><div>{TITLE}</div><div>{BODY}</div>",
    ),
    (
        "under a trail",
        f'<span class="pathway">أنت هنا: الرئيسية محليات أخبار المدينة</span><div>{TITLE}</div><div>{BODY}</div>',
    ),
    (
        "under a banner that says the site's name",
        f'<div class="header"><h1>صحيفة الضفة</h1></div><div><h3>{TITLE}</h3>{BODY}</div>',
    ),
    (
        "no heading at all",
        f'<div><span>عربي ودولي</span><br><span class="art_small">{TITLE}</span><br>{BODY}</div>',
    ),
]


@pytest.mark.parametrize("body", [body for _, body in UNNAMED], ids=[name for name, _ in UNNAMED])
def test_where_the_head_names_the_site_alone_the_headline_stands_over_the_text(body: str) -> None:
    assert article(page(f"{MENU}{body}{OTHERS}", head=SITE_HEAD)).title == TITLE


def test_a_headline_under_its_shoulder_and_the_line_of_the_issue() -> None:
    top = '<font size="4"><b>الثلاثاء 17 جمادى الأولى 1430 العدد 13375</b></font>'
    heads = f'<p class="head0">بتكلفة تجاوزت 21 مليون ريال</p><p class="head1">{TITLE}</p>'
    assert article(page(f"{top}{heads}{BODY}", head="<title>الضفة - صحيفة يومية</title>")).title == TITLE


def test_a_headline_under_a_line_that_is_called_a_subtitle() -> None:
    top = f'<table><tr><td><span class="ArtSubTitle">تقرير الهيئة على طاولة المجلس غدا</span></td></tr><tr><td><span class="Head ArtTitle">{TITLE}</span></td></tr></table>'
    assert article(page(top + BODY, head="<title>صحيفة الضفة: ArticleView</title>")).title == TITLE


def test_a_line_of_the_day_and_the_weather_is_no_headline() -> None:
    line = '<p><span style="font-size:24px"><strong>الاثنين 28 من رمضان 1442 هـ 10 مايو 2021<br>29℃ القاهرة, مصر</strong></span></p>'
    found = article(
        page(
            f"{line}<p class='s10'>{TITLE}</p><p>{'<br><br>'.join(PARAGRAPHS)}</p>",
            head="<title>المكتبة العامة</title>",
        )
    )
    assert found.title == TITLE
    assert found.published_at is None


def test_a_headline_that_is_loose_text_beside_an_hour() -> None:
    head = f"<title>{TITLE} - 13 أكتوبر 2015 - صحيفة الضفة</title>"
    loose = f'<div class="eTitle"><div>7:07 AM <div>تحرير</div></div>{TITLE}</div><span class="ed-title">الترتيب:</span>'
    assert article(page(f"{MENU}{loose}{BODY}", head=head)).title == TITLE


def test_the_sites_name_printed_before_the_headline_is_none_of_it() -> None:
    head = f'<title>صحيفة الضفة - {TITLE}</title><meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="صحيفة الضفة">'
    assert article(page(f"<h1>صحيفة الضفة - {TITLE}</h1>{BODY}", head=head)).title == TITLE


def test_a_joomla_pages_heading_is_its_sections_name() -> None:
    head = f'<meta name="generator" content="Joomla! - Open Source Content Management"><title>{TITLE}</title>'
    shown = f'<div class="item-page"><h1>مجتمع</h1><h2><a href="/news/4417">{TITLE}</a></h2>{BODY}</div>'
    assert article(page(shown, head=head)).title == TITLE


def test_a_menu_that_says_the_section_which_the_head_names_is_no_headline() -> None:
    menu = '<ul><li><a href="/ar/portal-7"><span>بوابة الجهات الكبرى</span></a></li></ul>'
    shown = f'<table><tr><td class="NewsItemHeadline">{TITLE}</td></tr><tr><td>{BODY}</td></tr></table>'
    head = "<title>بوابة الجهات الكبرى - وكالة الضفة للأنباء</title>"
    assert article(page(menu + shown, head=head)).title == TITLE


def test_a_section_that_the_menu_and_the_title_name_is_no_headline() -> None:
    menu = "".join(
        f'<a href="/{n}"><b>{name}</b></a> | '
        for n, name in enumerate(("اخبار العراق اليوم", "رياضة", "مقالات"))
    )
    soup = f"{menu}<br><font><b>اخبار العراق اليوم</b></font><br><font size=5><b>{TITLE}</b></font><br><font>{'<br><br>'.join(PARAGRAPHS)}</font>"
    assert article(page(soup, head="<title>صوت الضفة :: اخبار العراق اليوم</title>")).title == TITLE


def test_a_head_that_names_the_section_and_a_long_headline_over_the_text() -> None:
    headline = "شارع الملك باتجاه واحد اعتبارا من السبت .. وتجار السوق القديم يعترضون على القرار"
    table = f"<table><tr><td class='x'>{headline}</td></tr><tr><td>بتاريخ : 22-06-2010 الساعة : 01:47 مساءً</td></tr><tr><td>{BODY}</td></tr></table>"
    assert article(page(table, head="<title>صحيفة الضفة | محليات</title>")).title == headline


def test_what_a_template_names_any_story_by_is_no_headline() -> None:
    head = "<title>البوابة الإلكترونية لمحافظة وادي الزهور - تفاصيل الخبر</title>"
    trail = '<div id="sitepath"><a href="/">الصفحة الرئيسية</a> &gt; <span>تفاصيل الخبر</span></div>'
    assert (
        article(page(f'{trail}<div class="newsTitle"><span>{TITLE}</span></div>{BODY}', head=head)).title
        == TITLE
    )


def test_a_headline_beside_its_writers_name_which_the_head_says_before_it() -> None:
    head = f"<title>صحيفة الضفة - منبر - سامي النجار: {TITLE}</title>"
    beside = (
        f'<tr><td><img src="/f.jpg" width="95"><br><b>سامي النجار</b></td><td><p><b>{TITLE}</b></p></td></tr>'
    )
    html = f"<html><head>{head}</head><body>{MENU}<table><tr><td><table>{beside}</table></td></tr><tr><td>{BODY}</td></tr></table></body></html>"
    assert article(html.encode()).title == TITLE


def test_a_headline_that_begins_with_a_word_of_bylines_or_is_as_long_as_prose() -> None:
    for title in (
        "تحقيق: كيف صار سوق السمك المركزي حديث أهالي السهل الكبير",
        "سكان رأس الجبل يسألون: لماذا لا تصل الحافلات المدرسية إلى القرى البعيدة في الشتاء؟",
    ):
        issue = "<div>العدد 1249 | صفحة 1 | الجمعة 20 نوفمبر 2026</div>"
        html = page(f"<div>{issue}<h2>{title}</h2>{BODY}</div>", head="<title>جريدة الضفة</title>")
        assert article(html).title == title


def test_a_bold_headline_that_begins_with_a_word_of_bylines() -> None:
    title = "تحقيق: كيف صار سوق السمك المركزي حديث أهالي السهل الكبير"
    html = page(f"<div><b>{title}</b><br>{BODY}</div>", head="<title>جريدة الضفة</title>")
    assert article(html).title == title


def test_a_headline_in_a_window_that_holds_the_whole_story() -> None:
    html = page(f'<div class="popup"><h2>{TITLE}</h2><div class="txt">{BODY}</div></div>')
    assert article(html).title == TITLE


def test_a_table_called_a_menu_that_holds_the_text_hides_no_headline() -> None:
    table = f'<table class="navTbl"><tr><td><a href="/1">أخبار</a></td><td><table><tr><td class="NewsHead"><span>{TITLE}</span></td></tr><tr><td class="NewsTxt">{BODY}</td></tr></table></td></tr></table>'
    assert article(page(table, head="<title>صحيفة الضفة</title>")).title == TITLE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<h2>الأكثر قراءة</h2><p>نص</p>"),
        ("", "<h2>أرقام ترتفع كل عام</h2>"),
        ("<h3>شارك هذا الموضوع</h3>", ""),
        ("<h2>مواضيع قد تهمك</h2>", ""),
        ("<h2 class='subtitle'>ثلاثون ألف كتاب ومخطوط على الرفوف</h2>", ""),
        ("<div class='image-title'>واجهة المكتبة بعد الترميم</div>", ""),
    ],
    ids=["a list's label", "a subhead", "buttons", "other stories", "a subtitle", "a caption"],
)
def test_no_other_heading_stands_for_a_headline_that_only_the_head_tells(before: str, after: str) -> None:
    """Its headline may be a picture, or a script's."""
    head = f'<title>{TITLE} - صحيفة الضفة</title><meta property="og:title" content="{TITLE}">'
    prose = f"<p>{PARAGRAPHS[0]} {PARAGRAPHS[1]}</p>"
    html = page(f"<div class='story'>{before}<div class='text'>{prose}{BODY}</div>{after}</div>", head=head)
    assert article(html).title == TITLE


def test_a_heading_that_the_head_words_otherwise_stays_over_the_text() -> None:
    head = "<title>كل ما تريد معرفته عن القاعات الجديدة في المدينة</title>"
    html = page(f"<div class='story'><h2>{TITLE}</h2><div class='text'>{BODY}</div></div>", head=head)
    assert article(html).title == TITLE


@pytest.mark.parametrize(
    ("over", "title", "under"),
    [("sur_titre_art", "titre_art", "sous_titre_art"), ("rotitr", "titr", "zirtitr")],
    ids=["French", "Persian"],
)
def test_names_of_other_languages_tell_the_headline_from_the_lines_around_it(
    over: str, title: str, under: str
) -> None:
    html = (
        f'<div class="{over}">بعد ترميم دام ثلاث سنوات كاملة</div><div class="{title}">{TITLE}</div>'
        f'<div class="{under}">ثلاثون ألف كتاب ومخطوط على الرفوف</div><div>{BODY}</div>'
    )
    assert article(page(html, head="<title>صحيفة الضفة</title>")).title == TITLE


def test_what_parts_a_linked_section_from_the_headline_is_none_of_it() -> None:
    shown = f'<span class="itemTitle"><a href="/topic/5">اقتصاد</a> : {TITLE}</span>'
    html = page(
        f"<table><tr><td>{shown}</td></tr><tr><td>{BODY}</td></tr></table>",
        head=f"<title>الضفة - {TITLE} - اقتصاد</title>",
    )
    assert article(html).title == TITLE


def test_a_day_in_bold_over_a_list_is_no_headline() -> None:
    days = "<table><tr><td><b>الاحد, 02 تموز</b></td></tr><tr><td><a href='/1'>خبر</a></td></tr></table>"
    html = page(
        f"{days}<table><tr><td><font class='boxtitle'>{TITLE}</font></td></tr><tr><td>{BODY}</td></tr></table>",
        head="<title> </title>",
    )
    assert article(html).title == TITLE


def test_the_headline_of_an_unnamed_element_where_the_head_puts_the_site_before_it() -> None:
    head = f'<title>صدى الوادي {TITLE}</title><meta property="og:title" content="صدى الوادي - {TITLE}">'
    boxes = "".join(f"<div>خانة {n}</div>" for n in range(310))
    html = page(f"{MENU}{boxes}<div class='fntitle'>{TITLE}</div><div>{BODY}</div>", head=head)
    assert article(html).title == TITLE


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("شبكة الضفة الاخبارية", f'<noscript><div class="main-body">تحذير: الجافا سكربت معطل في متصفحك</div></noscript><table><tr><td class="capmain">{TITLE}</td></tr></table>'),
        (
            "لجنة الضفة لحقوق الإنسان",
            '<table><tr><td class="HeaderTitle"><b>لجنة الضفة لحقوق الإنسان</b></td></tr></table><table><tr><td class="DocTitle">'
            f'<span>{TITLE}</span></td></tr><tr><td class="DocSource"><span>لجنة الضفة لحقوق الإنسان</span> - <span>2/6/2008</span></td></tr></table><p>لجنة الضفة لحقوق الإنسان</p>',
        ),
        ("الضفة الاشتراكية", f'<table><tr><td class="Titre_info">{TITLE}</td></tr><tr><td class="Auteur">الضفة الاشتراكية</td></tr></table>'),
        ("افتتاح المكتبة العامة", f"<p><font><strong>ديوان الضفة وأهلها</strong></font></p><p><font><strong>{TITLE}</strong></font></p>"),
    ],
    ids=["what noscript says", "the site's name again and again", "the site's name as who wrote", "what the head cuts short"],
)  # fmt: skip
def test_headlines_of_pages_without_headings(head: str, shown: str) -> None:
    html = page(f"<div>{shown}<div>{BODY}</div></div>", head=f"<title>{head}</title>")
    assert article(html).title == TITLE


def test_a_motto_set_large_in_the_papers_head_is_no_headline() -> None:
    """Where the head says but the paper's name: the line right over the prose is nearer."""
    motto = "<table><tr><td><font size='6'><b>أمة واحدة ذات رسالة خالدة</b></font></td></tr></table>"
    menu = "".join(f"<tr><td><a href='/?id={n}'>قسم {n}</a></td></tr>" for n in range(80))
    text = f"<table><tr><td><span class='mainlink'>{TITLE}</span></td></tr><tr><td>{BODY}</td></tr></table>"
    html = page(f"{motto}<table>{menu}</table>{text}", head="<title>صحيفة الضفة</title>")
    assert article(html).title == TITLE


def test_a_headline_called_ttl_below_what_is_called_sup() -> None:
    over = "<span class='prt_sup'>قالوا إن الإنتاج تراجع إلى الثلث خلال موسمين</span><br>"
    shown = (
        f"<table><tr><td>{over}<span class='prt_ttl'>{TITLE}</span></td></tr><tr><td>{BODY}</td></tr></table>"
    )
    assert article(page(shown, head="<title>صحيفة الضفة :: نسخة للطباعة</title>")).title == TITLE


def test_a_long_headline_with_a_span_of_time_below_a_slogan() -> None:
    slogan = "تأسست الضفة في المدينة القديمة عام 1986 *** ترحب الجريدة بمساهمات القراء على اختلاف مشاربهم *** جميع الحقوق محفوظة لها"
    title = "افتتاح المكتبة العامة يتأخر من جديد .. ومواطن ينتظر بطاقة القراءة فيها منذ تسعة أشهر"
    top = (
        f"<table><tr><td><font size='2'>{slogan}</font></td></tr></table>"
        + "<table><tr><td><a href='/n'>خبر</a></td></tr></table>" * 20
    )
    text = f"<p align='center'><font size='5'><b>{title}</b></font></p><p><font size='2'>March 12 2010 14:45</font></p><font>{'<br><br>'.join(f'{each} {each}' for each in PARAGRAPHS)}</font>"
    found = article(page(f"{top}<table><tr><td>{text}</td></tr></table>", head="<title>صحيفة الضفة</title>"))
    assert (found.title, str(found.published_at)) == (title, "2010-03-12 14:45:00")


@pytest.mark.parametrize(
    "logo",
    [
        '<h1 class="logo"><a href="/">صدى الساحل</a></h1>',
        '<a href="/"><img src="/l.png" alt="صدى الساحل"></a>',
    ],
)
def test_neither_the_sites_name_nor_a_list_is_the_headline_of_a_page_that_shows_none(logo: str) -> None:
    lists = '<div class="q"><h3>أخبار ذات صلة</h3><h4><a href="/n/5">شركة الكهرباء تعلن موعد إعادة التيار</a></h4></div>'
    html = f"""<html lang="ar"><head><title>صدى الساحل</title></head><body><header>{logo}</header><main>
        <div class="x1">الميناء القديم</div><div class="text">{BODY}</div>{lists}</main></body></html>"""
    found = extract_article(html.encode(), "https://sada-alsahel.ly/news/1")
    assert found.title is None
    assert "title_unknown" in [each.code for each in found.warnings]
