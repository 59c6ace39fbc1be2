"""Where the body is found, by the kind of markup it stands in."""

import json

import pytest

from archiver import extract_article
from tests.extract.stories import (
    FOOTER,
    H1,
    MENU,
    OTHER,
    PARAGRAPHS,
    STORY,
    TITLE,
    article,
    cards,
    links,
    paragraphs,
)

BREAKS = "<br><br>".join(STORY)
COMMENTS = "".join(f'<div class="comment-item"><b>قارئ</b><p>{text}</p></div>' for text in STORY * 6)

HOMES = {
    "microdata": f'<div class="x">{H1}<div itemprop="articleBody">{PARAGRAPHS}</div></div>',
    "WordPress": f'<article id="post-7">{H1}<div class="entry-content">{PARAGRAPHS}</div></article>',
    "Drupal 7": f'<div class="node"><h1 class="title">{TITLE}</h1><div class="field field-name-body field-label-hidden"><div class="field-items"><div class="field-item even">{PARAGRAPHS}</div></div></div></div>',
    "Drupal 10, whose label-hidden hides nothing": f'<div class="node__content">{H1}<div class="text-formatted field field--name-body field--label-hidden field__item">{PARAGRAPHS}</div></div>',
    "Joomla K2": f'<div class="itemView"><h2 class="itemTitle">{TITLE}</h2><div class="itemBody"><div class="itemFullText">{PARAGRAPHS}</div></div></div>',
    "Blogger": f'<div class="post hentry"><h3 class="post-title entry-title">{TITLE}</h3><div class="post-body entry-content">{BREAKS}</div></div>',
    "ASP.NET, a label in a form around the page": f'<form id="aspnetForm"><div class="col-8">{H1}<span id="ctl00_lblBody">{BREAKS}</span></div><div class="col-4">{links(0, 1, 2)}</div></form>',
    "a table within a table": f'<table><tr><td><table><tr><td>{H1}</td></tr><tr><td><font size="3">{BREAKS}</font></td></tr></table></td><td width="200">{links(0, 1, 2, tag="div")}</td></tr></table>',
    "a misspelt name": f'<div class="artical">{H1}<div class="artical-txet">{PARAGRAPHS}</div></div>',
    "Substack, within an element called entry": f'<div id="entry"><div class="single-post"><article>{H1}<div class="available-content"><div class="body markup">{PARAGRAPHS}</div></div></article><div class="portable-archive">{links(0, 1, tag="div")}<div>Mar 1, 2024</div></div></div></div>',
    "no name at all": f'<div class="c1"><div class="c2">{H1}<div class="c3">{PARAGRAPHS}</div></div></div>',
    "hashed names": f'<main class="css-mm1"><div class="css-ar0">{H1}<div class="css-tx">{PARAGRAPHS}</div></div></main>',
    "text outside paragraphs": f"<article>{H1}{BREAKS}</article>",
    "a div a paragraph": f'<div class="q">{H1}<div class="z">'
    + "".join(f"<div><span>{text}</span></div>" for text in STORY)
    + "</div></div>",
    "headline outside the row": f'<div class="bar">{H1}</div><div class="row"><div class="col-8">{PARAGRAPHS}</div><div class="col-4">{cards(0, 1, 2, 3)}</div></div>',
    "cards beside it that outweigh it": f'<div class="row"><div class="col-md-8">{H1}<div>{PARAGRAPHS}</div></div><div class="col-md-4">{cards(0, 1, 2, 3, 4, 5, 0, 1, 2)}</div></div>',
    "comments that outweigh it": f'<div class="q">{H1}<div class="z">{PARAGRAPHS}</div><div class="comments-list">{COMMENTS}</div></div>',
    "Word's shreds": f'<div class="q">{H1}<div class="z">'
    + "".join(
        "<p class=MsoNormal>" + "".join(f"<span>{word} </span>" for word in text.split()) + "</p>"
        for text in STORY
    )
    + "</div></div>",
    "pieces parted by advertisements": f'<div class="q">{H1}<div class="paragraph"><p>{STORY[0]}</p><p>{STORY[1]}</p></div><div class="ads">إعلان</div><div class="paragraph"><p>{STORY[2]}</p><p>{STORY[3]}</p></div><div class="paragraph"><p>{STORY[4]}</p></div></div>',
    "an anchor that is never closed": f'<div class="q">{H1}<div class="z"><a name="story">{PARAGRAPHS}</div></div>',
    "a link that is never closed": f'<div class="q">{H1}<div class="z"><a href="#top">{PARAGRAPHS}{"<p></p>" * 3}</div></div>',
    "a quotation that is the text": f'<div class="q">{H1}<blockquote class="postcontent">{BREAKS}</blockquote></div>',
}


@pytest.mark.parametrize("inner", HOMES.values(), ids=HOMES)
def test_the_body_is_found(inner: str) -> None:
    assert paragraphs(inner) == list(STORY)


def test_of_several_stories_on_a_page_the_headlines_own() -> None:
    second = f'<article><h1>خبر آخر من أخبار المدينة</h1><div class="article-body">{"<p>نص الخبر الثاني الطويل، وفيه من الكلام ما يزيد على الأول.</p>" * 12}</div></article>'
    first = f'<article>{H1}<div class="article-body">{PARAGRAPHS}</div></article>'
    assert paragraphs(first + second) == list(STORY)


def test_a_short_story_above_a_long_imprint() -> None:
    imprint = f'<div class="b1"><h4>من نحن</h4><p>{STORY[1]} {STORY[2]}</p></div><div class="b2"><h4>سياسة النشر</h4><p>{STORY[3]} {STORY[4]}</p></div>'
    assert paragraphs(
        f'<div class="q">{H1}<div class="z"><p>{STORY[0]}</p></div></div><div class="bottom">{imprint}</div>'
    ) == [STORY[0]]


def test_a_page_without_prose_has_no_body() -> None:
    found = article(
        "<h1>ألبوم الصور</h1>" + "".join(f'<img src="/i/{n}.jpg"><p>{n} / 9</p>' for n in range(9))
    )
    assert found.body is None
    assert "no_body" in {warning.code for warning in found.warnings}


def test_provenance_says_where_the_body_stood() -> None:
    inner = f'<div class="q">{H1}<div class="news-body" id="txt">{PARAGRAPHS}</div></div>'
    where = article(inner).provenance["body"]
    assert (where.source, where.locator) == ("structure", "div#txt")
    assert where.raw.startswith(STORY[0])


def test_menu_and_footer_are_never_body() -> None:
    found = paragraphs(f'<div class="c2">{H1}<div>{PARAGRAPHS}</div></div>')
    assert not any(text in FOOTER or text in MENU for text in found)


def test_what_the_pages_data_states_finds_a_body_that_its_names_hide() -> None:
    decoy = "<p>نص طويل عن شروط الاشتراك في الصحيفة وعن تسليمها إلى البيوت كل صباح قبل السابعة.</p>" * 7
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{" ".join(STORY)}"}}</script>'
    inner = (
        f'<div class="c1">{H1}<div class="article-body">{decoy}</div><div class="c2">{PARAGRAPHS}</div></div>'
    )
    assert paragraphs(inner, head=data) == list(STORY)


def test_a_row_of_links_parted_by_bars_is_no_body() -> None:
    menu = '<a href="/a">الرئيسية</a> | <a href="/b">محليات</a> | <a href="/c">رياضة</a>'
    assert paragraphs(f"<table><tr><td><p><b>{TITLE}</b></p>{menu}<br>{BREAKS}<br>{menu}</td></tr></table>")[
        -5:
    ] == list(STORY)


def test_cards_of_one_class_the_first_of_which_holds_nearly_all() -> None:
    first = "".join(f"<p>{text}</p>" for text in STORY[:4] + STORY[:4])
    cards_of_text = f'<div class="el el-text"><div>{first}</div></div><div class="el el-js"><div></div></div><div class="el el-text"><div><p>{STORY[4]}</p></div></div>'
    assert paragraphs(f'<div class="q">{H1}<div class="cards">{cards_of_text}</div></div>')[-1] == STORY[4]


def test_a_story_cut_in_parts_by_a_film() -> None:
    """Drupal's paragraphs: every part of the text framed as the others, the longest not the first."""

    def framed(text: str) -> str:
        return f'<div class="paragraph"><div class="layout"><div class="text-formatted field field--name-field-text-column field__item">{text}</div></div></div>'

    film = '<div class="paragraph"><iframe src="https://www.youtube.com/embed/q1"></iframe></div>'
    first, last = f"<p>{STORY[0]}</p>", "".join(f"<p>{text}</p>" for text in STORY[1:])
    assert paragraphs(f"{H1}{framed(first)}{film}{framed(last)}") == list(STORY)


def test_a_story_in_latin_letters_on_an_arabic_site() -> None:
    """Latin letters count little beside Arabic prose; alone they are the story, however short it is."""
    text = "Engineers working near the harbour explained that pupils walk eight kilometres to school each morning."
    body = "".join(f"<p>{number} {text}</p>" for number in ("One", "Two", "Three"))
    html = f"""<html lang="en"><head><title>The farm support scheme divides residents</title></head><body><nav><a href="/en/">Al Sahel</a></nav>
        <main><article><h1>The farm support scheme divides residents</h1><time datetime="2026-10-29">29 October 2026</time>
        <div class="q7">{body}</div></article></main></body></html>"""
    found = extract_article(html.encode(), "https://sahel.example/en/news/5007")
    assert found.body == "\n\n".join(f"{number} {text}" for number in ("One", "Two", "Three"))


def test_an_id_in_percent_encoded_arabic_names_nothing() -> None:
    """«%D8%AD» is a letter of a heading, no «ad»."""
    heading = (
        '<h3><span class="mw-headline" id="%D8%A7%D9%84%D8%AD%D8%A7%D9%85%D8%B6">الكرز الحامض</span></h3>'
    )
    text = "<p>يؤثر ما نتناوله في المساء في جودة نومنا تأثيرا واضحا، فبعض الأطعمة يحتوي على مركبات تحفز إنتاج الهرمون.</p>"
    html = f'<html lang="ar"><body><h1>أطعمة تساعد على النوم</h1><div id="mw-content-text">{text}{heading}{text}{text}</div></body></html>'
    found = extract_article(html.encode(), "https://sahel.example/wiki/sleep")
    assert found.body is not None
    assert "الكرز الحامض" in found.body.split("\n\n")


def test_entries_that_are_called_so_stand_beside_a_live_blogs_summary() -> None:
    """As a Gulf channel's script draws them; its data names no entry."""
    entries = "".join(
        f'<div class="live-blog-update" id="liveblog-update-{n}"><div class="live-blog-update__header"><div class="date-simple">14/3/2025</div>'
        f'<span class="live-blog-update__time">1{n}:05 (مكة المكرمة)</span></div><h2 class="live-blog-update__title">نبأ {n}</h2>'
        f'<div class="wysiwyg"><p>{text}</p></div><div class="live-blog-update__share"><button>مشاركة</button></div></div>'
        for n, text in enumerate(STORY[1:])
    )
    inner = (
        f'<main>{H1}<div class="live-blog__summary"><div class="wysiwyg"><p>{STORY[0]}</p></div></div>'
        f'<div class="live-blog__updates">{entries}</div></main>'
    )
    expected = [STORY[0]]
    for n, text in enumerate(STORY[1:]):
        expected += [f"1{n}:05 (مكة المكرمة) نبأ {n}", text]
    assert paragraphs(inner) == expected


def test_entries_within_the_storys_own_element_keep_their_hours() -> None:
    """As a French broadcaster's: the introduction, called so behind a captioned picture, is the subtitle."""
    intro = "تتابع صحيفة الضفة ساعة بساعة أعمال ترميم السور القديم، وقد بدأت صباح الثلاثاء بحضور الأهالي."
    posts = "".join(
        f'<div class="m-live-post"><div class="m-live-post__header"><time class="m-live-post__date">1{n}:05</time><h2 class="m-live-post__title">نبأ {n}</h2></div>'
        f'<div class="m-live-post__content t-content__body"><p>{text}</p></div></div>'
        for n, text in enumerate(STORY)
    )
    caption = "أهالي المدينة في ظل السور القديم صباح الثلاثاء قبل أن يبدأ العمل في ترميمه."
    inner = (
        f'<article class="t-content">{H1}<div class="t-content__main-media"><figure><img src="/wall.jpg" width="900">'
        f'<figcaption class="m-item-image__caption">{caption}</figcaption></figure></div>'
        f'<p class="t-content__chapo">{intro}</p><div class="m-live-posts">{posts}</div></article>'
    )
    found = article(inner)
    assert [block.text for block in found.blocks] == [
        line for n, text in enumerate(STORY) for line in (f"1{n}:05 نبأ {n}", text)
    ]
    assert found.subtitle == intro


def test_live_updates_in_a_sidebar_are_no_entries() -> None:
    links = "".join(f'<div class="live-update"><a href="/{n}">{STORY[n]}</a></div>' for n in range(3))
    text = "".join(f"<p>{each}</p>" for each in STORY)
    assert paragraphs(
        f'<main>{H1}<div class="post-text">{text}</div></main><div class="side">{links}</div>'
    ) == list(STORY)


def test_the_updates_that_the_data_states_stand_beside_a_live_blogs_summary() -> None:
    told = {
        "@type": "LiveBlogPosting",
        "headline": TITLE,
        "liveBlogUpdate": [{"@type": "BlogPosting", "articleBody": text} for text in STORY[2:]],
    }
    entries = "".join(
        f'<div class="live-item"><div class="live-item__time"><time>1{n}:05</time></div><div class="live-item__content"><h3>نبأ {n}</h3>'
        f'<div class="live-item__body"><p>{text}</p></div><div class="live-item__share"><a href="#">شارك</a></div></div></div>'
        for n, text in enumerate(STORY[2:])
    )
    inner = (
        f'<article class="node"><div class="node__content">{H1}<div class="live-summary field--name-body"><p>{STORY[0]}</p><p>{STORY[1]}</p></div>'
        f'<div class="live-refresh"><button>تحديث</button></div><div class="live-feed">{entries}</div></div></article>'
    )
    head = f'<meta name="Generator" content="Drupal 10"><script type="application/ld+json">{json.dumps(told)}</script>'
    expected = [
        *STORY[:2],
        *(line for n, text in enumerate(STORY[2:]) for line in (f"1{n}:05 نبأ {n}", text)),
    ]
    assert paragraphs(inner, head=head) == expected


@pytest.mark.parametrize("second", ["وأضاف رئيس اللجنة أن", "يذكر أن رئيس اللجنة قال إن"])
def test_a_summary_is_the_lead_of_a_text_that_goes_on_from_it(second: str) -> None:
    """As a television prints the first paragraph, in an element before the body's."""
    rest = f"<p>{second} {STORY[1]}</p>" + "".join(f"<p>{text}</p>" for text in STORY[2:])
    summary = (
        f'<div class="article-summary-container"><div><p class="article-summary">{STORY[0]}</p></div></div>'
    )
    html = (
        f'<div>{H1}<div class="article-content">{summary}<div class="article-body">{rest}</div></div></div>'
    )
    goes_on = second.startswith("وأضاف")
    assert (paragraphs(html)[0] == STORY[0]) == goes_on
    assert article(html).subtitle == (None if goes_on else STORY[0])


@pytest.mark.parametrize(
    "lead",
    ["طهران (الفجر) - ", "دبي - ", "الرباط ـ ", "القاهرة: ", "تحديث - "],
    ids=lambda text: str(text).strip(),
)
@pytest.mark.parametrize("name", ["article-body", "nwstxttext"])
def test_what_begins_as_a_dispatch_before_the_body_is_its_first_paragraph(lead: str, name: str) -> None:
    rest = "".join(f"<p>{text[:-1]} {number}.</p>" for number in range(1, 9) for text in STORY[1:])
    html = f'<div>{H1}<div class="nwstxtlead">{lead}{STORY[0]}</div><div class="{name}">{rest}</div></div>'
    begins = lead.strip() not in ("القاهرة:", "تحديث -")
    assert (paragraphs(html)[0] == lead + STORY[0]) == begins


@pytest.mark.parametrize(
    "lead",
    [
        '<tr><td class="tdLead"><img src="/up/gate.jpg"><span id="lblLead">{}</span></td></tr>',
        '<tr><td><table class="lead"><tr><td><img src="/up/gate.jpg"></td><td>{}</td></tr></table></td></tr>'
        "<tr><td>1388/2/29 الثلاثاء 19 أيار 2009 - 10:25 المصدر: الفجر</td></tr>",
    ],
    ids=["in the row before", "beside its picture, the day behind it"],
)
@pytest.mark.parametrize("name", ["tdText", "matn"])
def test_a_lead_with_its_picture_in_a_row_of_a_table_is_the_first_paragraph(lead: str, name: str) -> None:
    """As agencies of Iran print it: its words are no caption."""
    rest = "".join(f"<p>{text[:-1]} {number}.</p>" for number in range(1, 9) for text in STORY[1:])
    rows = f"<tr><td>{H1}</td></tr>{lead.format(STORY[0])}<tr><td class='{name}'><p>وأفادت الوكالة أن {rest[3:]}</td></tr>"
    found = article(f"<table><tr><td><table>{rows}</table></td></tr></table>")
    assert found.blocks[0].text == STORY[0]
    assert found.images[0].caption is None


@pytest.mark.parametrize("apart", [False, True], ids=["in the entries' column", "in a column of its own"])
def test_what_is_called_a_live_blogs_introduction_is_its_first_paragraph(apart: bool) -> None:
    """However short, and though a summary is a standfirst elsewhere."""
    entries = "".join(
        f'<div class="live-entry"><time>1{n}:05</time><div><h3>{OTHER[n]}</h3><p>{STORY[n]}</p></div></div>'
        for n in range(1, 4)
    )
    intro = f'<div class="live-summary"><p>{STORY[0]}</p></div>'
    body = f'<div class="live-entries">{entries}</div>'
    shown = (
        f"<div>{intro}</div><div><div>{body}</div></div>"
        if apart
        else f'<div class="live-body">{intro}{body}</div>'
    )
    data = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "x"}</script>'
    found = article(f"<div>{H1}{shown}</div>", head=data)
    assert found.blocks[0].text == STORY[0]
    assert found.blocks[1].text.startswith("11:05")
    assert found.subtitle is None


@pytest.mark.parametrize(
    "name",
    [
        "elementor-element elementor-widget elementor-widget-text-editor",
        "so-panel widget widget_sow-editor",
        "so-widget-sow-editor so-widget-sow-editor-base",
        "siteorigin-widget-tinymce textwidget",
        "paragraph paragraph--type--text paragraph--view-mode--default",
        "node node--type-article node--view-mode-full",
        "views-field views-field-body",
        "views-field views-field-field-text",
        "block block-layout-builder block-field-blocknodearticlebody",
        "et_pb_module et_pb_text et_pb_text_0",
        "ql-editor",
        "fr-view",
        "page-content",
        "journal-content-article",
        "ad-free",
    ],
)
@pytest.mark.parametrize("long", [1, 4], ids=["pieces", "a long piece and short ones"])
def test_what_builders_of_pages_call_the_pieces_of_a_text(name: str, long: int) -> None:
    """Words such as «view», «editor» and «widget» are in these names, which asides go by elsewhere."""
    pieces = [STORY[:long], *((each,) for each in STORY[long:])]
    text = "".join(
        f'<div class="{name}">{"".join(f"<p>{each}</p>" for each in piece)}</div>' for piece in pieces
    )
    assert paragraphs(f'<main><article>{H1}<div class="zz">{text}</div></article></main>') == list(STORY)


@pytest.mark.parametrize(
    "name", ["views-field views-field-title", "widget widget_recent-posts", "post-views"]
)
def test_asides_that_have_the_same_words_in_their_names(name: str) -> None:
    aside = f'<div class="{name}">ليس من النص في شيء</div>'
    inner = f'<div class="zz"><p>{STORY[0]}</p>{aside}{"".join(f"<p>{each}</p>" for each in STORY[1:])}</div>'
    assert paragraphs(f"<main><article>{H1}{inner}</article></main>") == list(STORY)
