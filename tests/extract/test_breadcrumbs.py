"""The breadcrumb: names in the page's order, exactly those it shows."""

import pytest

from tests.extract.pages import BODY, TITLE, article, page, story

THREE = ["الرئيسية", "محليات", "صحة"]

TRAILS = [
    (
        "a moderator between, a label before the last",
        '<div class="breadcrumb"><a href="/">الرئيسية</a> | <a href="/l">محليات</a> (المشرف: <a href="/u/1">سالم</a>) | موضوع: <a href="/h">صحة</a></div>',
    ),
    (
        "told aloud in Arabic, parted by icons",
        '<nav class="flex" aria-label="مسار التنقل"><a href="/x"><span>الرئيسية</span></a><svg></svg><a href="/l">محليات</a><svg></svg><span>صحة</span></nav>',
    ),
    (
        "arrows of two signs, no names",
        '<font><a href="/">الرئيسية</a> -&gt; <a href="/l">محليات</a> -&gt; <a href="/h">صحة</a></font>',
    ),
    (
        "list",
        '<ul class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li><li><a href="/h">صحة</a></li></ul>',
    ),
    (
        "bootstrap, current without link",
        '<nav aria-label="breadcrumb"><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">الرئيسية</a></li><li class="breadcrumb-item"><a href="/l">محليات</a></li><li class="breadcrumb-item active">صحة</li></ol></nav>',
    ),
    (
        "slashes between links",
        '<div id="crumbs"><a href="/">الرئيسية</a> / <a href="/l">محليات</a> / <span class="current">صحة</span></div>',
    ),
    (
        "guillemets in text",
        '<div class="breadcrumbs"><a href="/">الرئيسية</a> » <a href="/l">محليات</a> » صحة</div>',
    ),
    (
        "arrows the other way",
        '<div class="path"><a href="/">الرئيسية</a> ← <a href="/l">محليات</a> ← <a href="/h">صحة</a></div>',
    ),
    (
        "greater-than entity",
        '<p class="breadcrumb"><a href="/">الرئيسية</a> &gt; <a href="/l">محليات</a> &gt; صحة</p>',
    ),
    (
        "separator elements",
        '<nav id="breadcrumb"><a href="/">الرئيسية</a><em class="delimiter">/</em><a href="/l">محليات</a><em class="delimiter">/</em><span class="current">صحة</span></nav>',
    ),
    (
        "images between",
        '<div class="breadcumb"><a href="/">الرئيسية</a><img src="a.png"><a href="/l">محليات</a><img src="a.png"><a href="/h">صحة</a></div>',
    ),
    (
        "icons in links",
        '<div class="bread-crumb"><a href="/"><i class="fa fa-home"></i> الرئيسية</a><i class="fa fa-angle-left"></i><a href="/l">محليات</a><i class="fa fa-angle-left"></i><a href="/h">صحة</a></div>',
    ),
    (
        "label before",
        '<div class="breadcrumbs">أنت هنا: <a href="/">الرئيسية</a> / <a href="/l">محليات</a> / <a href="/h">صحة</a></div>',
    ),
    (
        "label of now",
        '<div class="youAreHere">الان : <a href="/">الرئيسية</a> / <a href="/l">محليات</a> / <a href="/h">صحة</a></div>',
    ),
    (
        "label in French",
        '<ol class="breadcrumb"><li class="active">Vous êtes ici : &#160;</li><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li><li>صحة</li></ol>',
    ),
    (
        "label as its own element",
        '<div class="breadcrumbs"><span>أنت هنا :</span> <ul><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li><li>صحة</li></ul></div>',
    ),
    (
        "microdata without a name",
        '<div itemscope itemtype="https://schema.org/BreadcrumbList"><span itemprop="itemListElement"><a href="/" itemprop="item"><span itemprop="name">الرئيسية</span></a><meta itemprop="position" content="1"></span><span itemprop="itemListElement"><a href="/l"><span itemprop="name">محليات</span></a></span><span itemprop="itemListElement"><a href="/h"><span itemprop="name">صحة</span></a></span></div>',
    ),
    (
        "rdfa",
        '<div><span typeof="v:Breadcrumb"><a href="/" rel="v:url" property="v:title">الرئيسية</a></span> / <span typeof="v:Breadcrumb"><a href="/l" property="v:title">محليات</a></span> / <span typeof="v:Breadcrumb"><a href="/h" property="v:title">صحة</a></span></div>',
    ),
    (
        "yoast, nested spans",
        '<p id="breadcrumbs"><span><span><a href="/">الرئيسية</a> » <span><a href="/l">محليات</a> » <span class="breadcrumb_last">صحة</span></span></span></span></p>',
    ),
    (
        "no name at all",
        '<div class="x1"><a href="/">الرئيسية</a> › <a href="/l">محليات</a> › <a href="/h">صحة</a></div>',
    ),
    (
        "in a table cell",
        '<table><tr><td><a href="/">الرئيسية</a> &raquo; <a href="/l">محليات</a> &raquo; <a href="/h">صحة</a></td></tr></table>',
    ),
    (
        "twice, for narrow screens",
        '<div class="breadcrumb"><a href="/">الرئيسية</a> / <a href="/l">محليات</a> / صحة</div><div class="breadcrumb mobile"><a href="/">الرئيسية</a> / <a href="/l">محليات</a> / صحة</div>',
    ),
    (
        "nested containers of one name",
        '<div class="jeg_breadcrumbs breadcrumb_container"><div id="breadcrumbs"><span><a href="/">الرئيسية</a></span><i class="fa fa-angle-right"></i><span><a href="/l">محليات</a></span><i class="fa fa-angle-right"></i><span class="breadcrumb_last_link"><a href="/h">صحة</a></span></div></div>',
    ),
    (
        "server controls",
        '<span id="ctl00_SiteMapPath1"><a href="#skip"></a><span><a href="/">الرئيسية</a></span><span> &gt; </span><span><a href="/l">محليات</a></span><span> &gt; </span><span>صحة</span></span>',
    ),
]


@pytest.mark.parametrize("trail", [trail for _, trail in TRAILS], ids=[name for name, _ in TRAILS])
def test_trails(trail: str) -> None:
    assert [crumb.name for crumb in article(story(before=trail)).breadcrumbs] == THREE


def test_addresses_are_absolute_and_the_current_page_has_none() -> None:
    trail = '<div id="crumbs"><a href="/">الرئيسية</a> / <a href="local/">محليات</a> / <span>صحة</span></div>'
    urls = [crumb.url for crumb in article(story(before=trail)).breadcrumbs]
    assert urls == ["https://www.example.org/", "https://www.example.org/news/local/", None]


def test_the_writer_in_the_trail_is_no_section() -> None:
    trail = f'<div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/l">محليات</a> » <a href="/m">هدى العمري</a> » {TITLE}</div>'
    found = article(story("<div>بقلم: هدى العمري</div>", before=trail))
    assert (found.section, found.authors) == ("محليات", ("هدى العمري",))


def test_the_headline_is_kept_where_the_trail_shows_it() -> None:
    trail = f'<div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/l">محليات</a> » {TITLE}</div>'
    found = article(story(before=trail))
    assert [crumb.name for crumb in found.breadcrumbs] == ["الرئيسية", "محليات", TITLE]
    assert found.section == "محليات"


def test_quotes_and_slashes_in_a_headline_part_nothing() -> None:
    title = "«الهلال الأحمر» يوزع 24/7 سلالا غذائية - صور"
    trail = f'<div id="crumbs"><a href="/">الرئيسية</a> / <a href="/l">محليات</a> / <span class="current">{title}</span></div>'
    assert [crumb.name for crumb in article(story(before=trail)).breadcrumbs] == ["الرئيسية", "محليات", title]


MENU = (
    '<div><a href="/l">محليات</a> <a href="/h">صحة</a> <a href="/s">رياضة</a> <a href="/c">اتصل بنا</a></div>'
)
ABOVE = {
    "a list in a nav": '<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li><li><a href="/h">صحة</a></li></ul></nav>',
    "the site's short name": '<ul><li><a href="/">الضفة</a></li><li><a href="/l">محليات</a></li><li>صحة</li></ul>',
    "links side by side": '<div><a href="/">البوابة</a><a href="/l">محليات</a></div>',
    "each in a span": '<div><span><a href="/">الرئيسية</a></span> <span><a href="/l">محليات</a></span></div>',
    "home as an icon, in a list": '<ol><li><a href="/"><i></i></a></li><li><a href="/l">محليات</a></li></ol>',
    "Drupal's label": '<nav aria-labelledby="system-breadcrumb"><h2 class="visually-hidden">Breadcrumb</h2><ol><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li></ol></nav><p>نص</p>',
    "you are here": '<nav aria-label="You are here:"><ul><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li></ul></nav><p>نص</p>',
}
SHOWN = [
    THREE,
    ["الضفة", "محليات", "صحة"],
    ["البوابة", "محليات"],
    THREE[:2],
    ["محليات"],
    THREE[:2],
    THREE[:2],
]


@pytest.mark.parametrize(("trail", "names"), list(zip(ABOVE.values(), SHOWN, strict=True)), ids=ABOVE)
def test_what_stands_right_above_the_headline_behind_the_menu(trail: str, names: list[str]) -> None:
    found = article(story(before=f"{MENU}<div>{trail}</div>"))
    assert [crumb.name for crumb in found.breadcrumbs] == names


@pytest.mark.parametrize(
    "other",
    [
        '<div class="main-menu"><ul><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li></ul></div>',
        '<ul><li><a href="/?q=node/1">الأهالي يعيدون فتح المدرسة</a></li><li><a href="/?q=node/2">الميناء يستقبل سفينة</a></li></ul>',
        '<ul><li><a href="/">الضفة</a></li><li><a href="/l">محليات</a></li></ul><p>خبر آخر من المدينة</p>',
    ],
    ids=["a menu by its name", "other stories", "words between"],
)
def test_what_stands_above_the_headline_and_is_no_trail(other: str) -> None:
    assert article(story(before=MENU + other)).breadcrumbs == ()


def test_a_trail_with_signs_far_above_the_headline() -> None:
    trail = '<div><a href="/">الصفحة الرئيسية</a> &gt; <a href="/l">محليات</a> &gt; صحة</div>'
    between = "".join(f"<p><b>خدمة</b> <i>{n}</i></p>" for n in range(30))
    found = article(story(before=trail + between))
    assert [crumb.name for crumb in found.breadcrumbs] == ["الصفحة الرئيسية", "محليات", "صحة"]


NOT_TRAILS = [
    (
        "menu",
        '<ul class="menu"><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li><li><a href="/h">صحة</a></li></ul>',
    ),
    (
        "menu with bars",
        '<div><a href="/">الرئيسية</a> | <a href="/l">محليات</a> | <a href="/h">صحة</a> | <a href="/c">اتصل بنا</a></div>',
    ),
    (
        "menu items named by their paths",
        '<ul><li class="menu-path-front"><a href="/">الأولى</a></li><li class="menu-path-taxonomy-term-7"><a href="/l">محليات</a></li></ul>',
    ),
    ("section label", '<div class="category"><a href="/l">محليات</a></div>'),
    ("home-page head", '<div class="logo"><a href="/">الرئيسية</a></div>'),
]


@pytest.mark.parametrize("other", [other for _, other in NOT_TRAILS], ids=[name for name, _ in NOT_TRAILS])
def test_what_is_no_trail(other: str) -> None:
    assert article(story(before=other)).breadcrumbs == ()


LIST = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":['
    '{"@type":"ListItem","position":1,"item":{"@id":"https://www.example.org/","name":"الرئيسية"}},'
    '{"@type":"ListItem","position":2,"name":"محليات","item":"https://www.example.org/l"}]}</script>'
)


def test_a_trail_that_only_the_data_has_is_warned_of_not_shown() -> None:
    found = article(story(head=LIST))
    assert found.breadcrumbs == ()
    (warning,) = [each for each in found.warnings if each.code == "breadcrumbs_not_shown"]
    assert "محليات" in warning.detail


def test_a_trail_in_the_data_counts_where_its_parts_stand_by_the_headline() -> None:
    row = '<p><a href="/">الرئيسية</a></p><p><a href="/l">محليات</a></p>'
    found = article(story(head=LIST, before=row))
    assert [crumb.name for crumb in found.breadcrumbs] == ["الرئيسية", "محليات"]
    assert found.provenance["breadcrumbs"].source == "json_ld"


def test_a_categorys_label_by_the_headline_is_no_trail() -> None:
    found = article(story(head=LIST, before='<div class="kicker"><a href="/l">محليات</a></div>'))
    assert found.breadcrumbs == ()
    assert found.section == "محليات"


def test_what_is_shown_beats_the_data() -> None:
    shown = '<div class="breadcrumb"><a href="/">الرئيسية</a> / <a href="/n">أخبار</a> / <a href="/l">محليات</a></div>'
    found = article(story(head=LIST, before=shown))
    assert [crumb.name for crumb in found.breadcrumbs] == ["الرئيسية", "أخبار", "محليات"]


def test_a_box_with_the_headline_and_a_list_gives_the_list() -> None:
    trail = '<div class="breadcrumb-area"><h2>الأخبار</h2><ul class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li><li>صحة</li></ul></div>'
    assert [crumb.name for crumb in article(story(before=trail)).breadcrumbs] == THREE


def test_the_headline_within_the_trails_box() -> None:
    html = page(
        f'<section class="breadcrumb-area"><h1>{TITLE}</h1><ul class="breadcrumb"><li><a href="/">الرئيسية</a></li>'
        f'<li><a href="/l">محليات</a></li><li>صحة</li></ul></section><div class="text">{BODY}</div>'
    )
    assert [crumb.name for crumb in article(html).breadcrumbs] == THREE


def test_a_date_beside_a_trail_is_no_crumb() -> None:
    trail = '<div class="breadcrumb"><a href="/">الرئيسية</a> / <a href="/l">محليات</a> / <a href="/h">صحة</a><span>الأربعاء 3 يونيو 2020</span></div>'
    assert [crumb.name for crumb in article(story(before=trail)).breadcrumbs] == THREE


def test_separators_within_the_links_are_cut_and_quotes_stay() -> None:
    trail = '<div class="breadcrumb"><a href="/">الرئيسية »</a><a href="/l">محليات » </a><a href="/h">«صحة»</a></div>'
    assert [crumb.name for crumb in article(story(before=trail)).breadcrumbs] == [
        "الرئيسية",
        "محليات",
        "«صحة»",
    ]


MENU = "<ul><li><a href='/'>الرئيسية</a></li><li><a href='/a'>أخبار</a></li><li><a href='/b'>رياضة</a></li><li><a href='/c'>فن</a></li><li><a href='/d'>صور</a></li></ul>"

UNNAMED = {
    "text alone": (f"<div>الرئيسية » محليات » <b>{TITLE}</b></div>", ["الرئيسية", "محليات", TITLE]),
    "text alone, without the headline": ("<p>الرئيسية » محليات</p>", ["الرئيسية", "محليات"]),
    "signs in elements, in a nav": (
        '<nav class="flex"><a href="/">الرئيسية</a><span>/</span><a href="/l">محليات</a></nav>',
        ["الرئيسية", "محليات"],
    ),
    "the site's name for home": (
        '<div><a href="/">صحيفة الضفة</a><span></span><a href="/l">محليات</a></div>',
        ["صحيفة الضفة", "محليات"],
    ),
    "a list up to the headline, home by another name, icons between": (
        f'<ul class="flex"><li><a href="/"><span>دفتر المدينة</span></a></li><li><svg></svg></li><li><a href="/archive">Posts</a></li><li><svg></svg></li><li class="c"><span>{TITLE}</span></li></ul>',
        ["دفتر المدينة", "Posts", TITLE],
    ),
    "a list that styles part, behind the menu": (
        '<div><ol><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li></ol></div>',
        ["الرئيسية", "محليات"],
    ),
}

MENUS = {
    "bars": '<div><a href="/">الرئيسية</a> | <a href="/a">أخبار</a> | <a href="/b">رياضة</a> | <a href="/c">منوعات</a> | <a href="/d">صور</a></div>',
    "bars, with other stories between it and the headline": '<p><a href="/">الرئيسية</a> | <a href="/a">أخبار</a> | <a href="/b">رياضة</a></p>'
    + "".join(f'<p><a href="/n/{each}">خبر آخر من أخبار المدينة رقم {each}</a></p>' for each in range(4)),
    "a short list, the page's first": "<ul><li><a href='/'>الرئيسية</a></li><li><a href='/a'>أخبار</a></li><li><a href='/b'>رياضة</a></li></ul>",
    "the logo and sections": '<div><a href="/">صحيفة الضفة</a><a href="/a">أخبار</a><a href="/b">رياضة</a><a href="/c">فن</a><a href="/d">صور</a></div>',
}


@pytest.mark.parametrize(("trail", "names"), UNNAMED.values(), ids=UNNAMED)
def test_a_trail_without_a_name(trail: str, names: list[str]) -> None:
    found = article(story(before=MENU + trail))
    assert [crumb.name for crumb in found.breadcrumbs] == names


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS)
def test_a_menu_is_no_trail(menu: str) -> None:
    assert article(story(before=menu)).breadcrumbs == ()


def test_a_short_nav_right_before_the_headline_is_a_trail() -> None:
    menu = '<nav><a href="/">الرئيسية</a><a href="/1">سياسة</a><a href="/2">رياضة</a><a href="/3">ثقافة</a></nav>'
    trail = '<nav><a href="/">الصفحة الرئيسية</a><em></em><a href="/label/4">بيئة</a></nav>'
    found = article(page(f"{menu}<div>{trail}<h1>{TITLE}</h1>{BODY}</div>"))
    assert [each.name for each in found.breadcrumbs] == ["الصفحة الرئيسية", "بيئة"]
    assert article(page(f"{menu}<h1>{TITLE}</h1>{BODY}")).breadcrumbs == ()


def test_a_path_of_bars_without_home_that_is_named() -> None:
    trail = '<div class="pathwaycont"><a href="/l">محليات</a> <span>|</span> <a href="/l/o">أخرى</a></div>'
    assert [each.name for each in article(page(f"{trail}<h1>{TITLE}</h1>{BODY}")).breadcrumbs] == [
        "محليات",
        "أخرى",
    ]


OWN = "https://www.example.org/l/h/4417"
LEADING = '<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/l">محليات</a></li><li><a href="/l/h">صحة</a></li></ul></nav>'


@pytest.mark.parametrize(("url", "names"), [(OWN, THREE), ("https://www.example.org/news/4417", [])])
def test_a_nameless_list_that_leads_from_home_to_the_story(url: str, names: list[str]) -> None:
    found = article(story(before=LEADING), url=url)
    assert [crumb.name for crumb in found.breadcrumbs] == names


def test_crumbs_in_boxes_of_their_own() -> None:
    boxes = "".join(
        f"<div>{each}</div>" for each in ('<a href="/">الرئيسية</a>', "/", '<a href="/l">محليات</a>')
    )
    found = article(story(before=f"<section><div><div>{boxes}</div></div></section>"))
    assert [crumb.name for crumb in found.breadcrumbs] == ["الرئيسية", "محليات"]


def test_a_trail_in_no_element_of_its_own_that_leads_by_days() -> None:
    trail = (
        f'<a href="/">الرئيسية</a> » <a href="/2020">2020</a> » <a href="/2020-06">يونيو</a> » {TITLE}<hr>'
    )
    found = article(page(f"<section>{trail}<h1>{TITLE}</h1><div>{BODY}</div></section>"))
    assert [each.name for each in found.breadcrumbs] == ["الرئيسية", "2020", "يونيو", TITLE]


def test_a_sections_folder_gives_way_to_its_name() -> None:
    data = '<script type="application/ld+json">{"@type": "Article", "articleSection": "الأخبار"}</script>'
    assert article(story(head=f'<meta property="article:section" content="news">{data}')).section == "الأخبار"


@pytest.mark.parametrize(
    ("words", "tags"), [("المكتبة العامة في وادي الزهور", ()), ("المكتبة", ("المكتبة",))]
)
def test_one_phrase_out_of_the_headline_is_what_a_story_wants_to_be_found_by(
    words: str, tags: tuple[str, ...]
) -> None:
    data = f'<script type="application/ld+json">{{"@type": "Article", "keywords": "{words}"}}</script>'
    assert article(story(head=data)).tags == tags


def test_a_choice_of_languages_by_the_headline_is_no_trail() -> None:
    menu = '<li><a href="/ar/blog">مقالات</a></li><li><a href="/ar/tags">فهارس</a></li><li><a href="/ar/about">نبذة</a></li>'
    choice = (
        '<li><button></button><div id="choice"><a href="/">English</a> <a href="/ar">العربية</a></div></li>'
    )
    top = f'<header><h1 class="site-header"><a href="/ar">سامي النجار</a></h1><nav><ul>{menu}{choice}</ul></nav></header>'
    html = page(
        f'<div class="container">{top}<article class="post"><header><h1>{TITLE}</h1></header><div class="content">{BODY}</div></article></div>',
        head=f"<title>{TITLE} - سامي النجار</title>",
    )
    assert article(html).breadcrumbs == ()


def test_sections_right_above_the_headline_parted_by_icons_of_arrows() -> None:
    menu = "".join(f'<a href="/section/{n}/x">قسم {n}</a>' for n in range(4))
    row = '<div class="head"><a href="/section/30/x">محليات</a> <i class="fa fa-angle-left"></i> <a href="/section/89/y">صحة</a></div>'
    found = article(page(f"<header>{menu}</header>{row}<article><h1>{TITLE}</h1><div>{BODY}</div></article>"))
    assert [crumb.name for crumb in found.breadcrumbs] == ["محليات", "صحة"]
    bare = row.replace('<i class="fa fa-angle-left"></i>', "")
    assert (
        article(
            page(f"<header>{menu}</header>{bare}<article><h1>{TITLE}</h1><div>{BODY}</div></article>")
        ).breadcrumbs
        == ()
    )


@pytest.mark.parametrize(
    ("arrow", "names"), [('<img src="/s.gif">', ["الصفحة الرئيسية", "محليات"]), ("", [])]
)
def test_a_home_of_bare_text_before_an_icon(arrow: str, names: list[str]) -> None:
    row = f'<div class="det_cat">الصفحة الرئيسية &nbsp;{arrow}<a href="?category_id=5">محليات</a></div>'
    column = f'<td>{row}<div class="det_date">16:38 , الثلاثاء 15 أكتوبر 2013</div><div class="det_title">{TITLE}</div><div>{BODY}</div></td>'
    found = article(page(f"<table><tr>{column}</tr></table>", head=f"<title>{TITLE}</title>"))
    assert [crumb.name for crumb in found.breadcrumbs] == names


@pytest.mark.parametrize(("label", "names"), [("أنت هنا : ", [*THREE, TITLE]), ("", [])])
def test_a_trail_at_the_foot_says_that_it_is_one(label: str, names: list[str]) -> None:
    """As a Joomla template prints it."""
    links = "".join(
        f'<a href="/{n}" class="pathway">{name}</a> <img src="/arrow.png" alt=""> '
        for n, name in enumerate(THREE)
    )
    trail = f'<div id="ja-navhelper"><div class="ja-breadcrums"><strong>{label}</strong>{links}<span>{TITLE}</span></div></div>'
    found = article(story("<span>3 يونيو 2020</span>", after=trail))
    assert [each.name for each in found.breadcrumbs] == names


def test_the_day_beside_a_trail_above_the_headline() -> None:
    """As an Iranian agency's system prints both, in what it calls the story's navigation."""
    path = '<div class="news_path"><a href="/ar">الصفحة الرئيسية</a><span> » </span><a href="/ar/a">النشاطات</a></div>'
    tools = '<div class="news_tools"><a class="print_ico" href="/ar/print/31"></a><span class="print_f">16:05 - December 23, 2020</span></div>'
    nav = f'<div class="news_nav news_nav_title">{path}{tools}</div>'
    content = f'<div class="news_content"><div class="title"><h1><a href="/ar/news/31">{TITLE}</a></h1></div><div class="body">{BODY}</div></div>'
    related = '<div class="box"><a href="/ar/news/32">فتح باب التسجيل في مسابقة المدينة السنوية</a></div>'
    menu = "".join(f'<li><a href="/ar/s/{n}">قسم {n}</a></li>' for n in range(6))
    column = f'<div class="right_col">{nav}{content}{related}</div>'
    found = article(page(f"<ul>{menu}</ul>{column}", head=f"<title>{TITLE}</title>"))
    assert str(found.published_at) == "2020-12-23 16:05:00"
    assert [each.name for each in found.breadcrumbs] == ["الصفحة الرئيسية", "النشاطات"]


@pytest.mark.parametrize(("sign", "names"), [("&raquo;", ["الأخبار", "محليات"]), ("|", [])])
def test_two_links_that_lead_on_shortly_above_the_headline(sign: str, names: list[str]) -> None:
    row = f'<div id="nav"><a href="news-listm.htm">الأخبار</a> {sign} <a href="news-listm-id-1.htm">محليات</a></div>'
    html = page(
        f"<div>{row}<table><tr><td><h2>بحضور الأهالي</h2><h1>{TITLE}</h1></td></tr></table>{BODY}</div>",
        head=f"<title>{TITLE}</title>",
    )
    assert [crumb.name for crumb in article(html).breadcrumbs] == names
