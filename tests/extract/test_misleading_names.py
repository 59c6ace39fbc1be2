"""Names and words that say one thing where most sites mean another."""

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, URL, article, page, story
from tests.extract.stories import OTHER, STORY, links, path

RELATED = "https://www.example.org"


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


@pytest.mark.parametrize("name", ["tagLink", "related-link", "keyword"])
def test_a_link_amid_a_sentence_is_the_sentences(name: str) -> None:
    linked = PARAGRAPHS[0].replace("وادي الزهور", f'<a class="{name}" href="/tags/7">وادي الزهور</a>')
    found = article(story(body=f"<p>{linked}</p>" + "".join(f"<p>{each}</p>" for each in PARAGRAPHS[1:])))
    assert found.body == "\n\n".join(PARAGRAPHS)


def test_a_linked_card_with_the_headlines_own_name_begins_no_other_story() -> None:
    """Drupal's teaser of another node, put into the text: its title's field is called as the headline's."""
    card = (
        f'<article class="node--view-mode-embedded"><a href="{path(0)}" rel="bookmark"><div>اقرأ أيضاً</div>'
        f'<h4><span class="field--name-title">{OTHER[0]}</span></h4></a></article>'
    )
    html = page(
        f'<h1><span class="field--name-title">{TITLE}</span></h1><div class="field--name-body">{BODY}{card}'
        f"<h2>موسم القراءة</h2><p>{STORY[1]}</p></div>",
        head=f"<title>{TITLE}</title>",
    )
    found = article(html)
    assert found.body == "\n\n".join([*PARAGRAPHS, "موسم القراءة", STORY[1]])
    assert [link.url for link in found.see_also] == [RELATED + path(0)]


def test_a_labelled_day_in_a_box_named_for_its_picture() -> None:
    meta = (
        '<div class="eventImgDesc"><div class="subHeader"><span>نشر في: الأحد 19 نوفمبر 2023 - 3:22 م</span> | '
        "<span>آخر تحديث: الأحد 19 نوفمبر 2023 - 3:22 م</span></div><img src='/up/gate.jpg' width='600'></div>"
    )
    assert str(article(story(meta)).published_at) == "2023-11-19 15:22:00"


def test_a_pictures_title_is_no_byline() -> None:
    figure = (
        '<div class="media"><div class="media__image"><img src="/up/gate.jpg"></div><div class="media__title">'
        '<span class="media__title-source">بركان شيفيلوتش في شبه الجزيرة</span></div></div>'
    )
    assert article(story(figure)).authors == ()


@pytest.mark.parametrize(
    "card",
    [
        '<div class="item"><h3><a href="{0}">{1}</a></h3><ul class="meta"><li>اقتصاد</li><li>5 حزيران</li></ul></div>',
        '<div class="item"><a href="{0}"><img src="/t.jpg"></a><div><p class="label">ثقافة</p><a href="{0}">{1}</a></div></div>',
        '<div class="item"><span class="cat">رياضة</span><a href="{0}">{1}</a></div>',
    ],
)
def test_the_section_on_a_card_heads_no_list(card: str) -> None:
    cards = "".join(card.format(path(each), OTHER[each]) for each in (0, 1, 2))
    found = article(story(after=f'<div class="related-posts"><h2>إقرأ أيضاً</h2>{cards}</div>'))
    assert [link.url for link in found.see_also] == [RELATED + path(each) for each in (0, 1, 2)]


def test_a_section_that_heads_a_list_ends_the_related_ones() -> None:
    both = f'<div class="related-posts"><div>ذات صلة</div><ul>{links(0, 1)}</ul><div>رياضة</div><ul>{links(2, 3)}</ul></div>'
    assert [link.url for link in article(story(after=both)).see_also] == [
        RELATED + path(0),
        RELATED + path(1),
    ]


@pytest.mark.parametrize(
    "after",
    [
        '<div class="tags"><h3>مواضيع ذات صلة</h3><ul><li><a href="/coaches/120/x">شوقي غريب</a></li>'
        '<li><a href="/teams/34">الدوري</a></li></ul></div>',
        f"<div><div>اقرأ المزيد في: أخبار لبنان</div>{links(0, 1, tag='div')}</div>",
    ],
    ids=["tags", "a section"],
)
def test_labels_of_other_lists(after: str) -> None:
    assert article(story(after=after)).see_also == ()


def test_a_link_to_be_pressed_is_no_story() -> None:
    press = (
        '<p><strong><a href="/newspaper/398">للاطلاع على العدد «398» من صحيفة الضفة اضغط هنا</a></strong></p>'
    )
    assert article(story(body=BODY + press)).see_also == ()


def test_a_story_of_the_same_site_put_into_the_text() -> None:
    """WordPress's own embedding of a post."""
    embed = f'<blockquote class="wp-embedded-content"><p><a href="{path(0)}">{OTHER[0]}</a></p></blockquote>'
    found = article(story(body=f"{BODY}{embed}<p>{STORY[1]}</p>"))
    assert OTHER[0] not in (found.body or "")
    assert [(link.url, link.kind) for link in found.see_also] == [(RELATED + path(0), "inline")]


def test_a_picture_whose_file_is_called_default() -> None:
    def shown(address: str) -> list[str | None]:
        figure = f'<figure><img src="{address}"><figcaption>مصنع النيل بالعين السخنة</figcaption></figure>'
        return [image.caption for image in article(story(figure)).images]

    assert shown("/bank/4277611/default.jpg") == ["مصنع النيل بالعين السخنة"]
    assert shown("/img/default.jpg") == []


def test_a_label_for_screen_readers_is_no_day() -> None:
    meta = '<div class="meta"><span class="d-none">10 يونيو 2020</span><time>3 يونيو 2020</time></div>'
    assert str(article(story(meta), URL).published_at) == "2020-06-03"


def test_the_header_of_the_article_is_no_header_of_the_page() -> None:
    html = page(
        f'<div class="header-article"><h1>{TITLE}</h1></div><div class="content"><p>الضفة – خالد السردي</p>{BODY}</div>'
    )
    assert article(html).title == TITLE


def test_an_icon_beside_the_day_is_no_picture() -> None:
    meta = '<div><img src="/img/clock.gif"> أضيف في 04 ماي 2019 الساعة 22 : 17</div>'
    assert article(story(meta)).images == ()


FILM = '<div class="paragraph"><iframe src="https://www.youtube.com/embed/q1"></iframe></div>'


def framed(text: str) -> str:
    return f'<div class="paragraph"><div class="layout"><div class="text-formatted field field--name-field-text-column field__item">{text}</div></div></div>'


def test_a_story_cut_in_parts_by_a_film() -> None:
    """Drupal's paragraphs: every part of the text framed as the others, the longest not the first."""
    first, last = f"<p>{PARAGRAPHS[0]}</p>", "".join(f"<p>{each}</p>" for each in STORY)
    html = page(f"<h1>{TITLE}</h1>{framed(first)}{FILM}{framed(last)}", head=f"<title>{TITLE}</title>")
    assert article(html).body == "\n\n".join([PARAGRAPHS[0], *STORY])


def test_a_head_that_names_the_section_and_a_long_headline_over_the_text() -> None:
    headline = "شارع الملك باتجاه واحد اعتبارا من السبت .. وتجار السوق القديم يعترضون على القرار"
    table = f"<table><tr><td class='x'>{headline}</td></tr><tr><td>بتاريخ : 22-06-2010 الساعة : 01:47 مساءً</td></tr><tr><td>{BODY}</td></tr></table>"
    assert article(page(table, head="<title>صحيفة الضفة | محليات</title>")).title == headline


def test_a_headline_under_its_shoulder_and_the_line_of_the_issue() -> None:
    top = '<font size="4"><b>الثلاثاء 17 جمادى الأولى 1430 العدد 13375</b></font>'
    heads = f'<p class="head0">بتكلفة تجاوزت 21 مليون ريال</p><p class="head1">{TITLE}</p>'
    assert article(page(f"{top}{heads}{BODY}", head="<title>الضفة - صحيفة يومية</title>")).title == TITLE


@pytest.mark.parametrize(
    "icon",
    [
        '<img src="/templates/ja_teline/images/printButton.png" alt="طباعة">',
        '<img src="/images/sections/4.gif" alt="أخبار">',
        '<img src="/wp-content/themes/daily/images/line.png">',
    ],
)
def test_drawings_of_the_page_over_the_text(icon: str) -> None:
    assert article(story(f"<div>{icon}</div>")).images == ()


def test_a_picture_of_the_text_may_be_a_gif() -> None:
    body = (
        f'<p>{PARAGRAPHS[0]}</p><p><img src="/up/gate.gif"></p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>'
    )
    assert [image.url for image in article(story(body=body)).images] == [
        "https://www.example.org/up/gate.gif"
    ]


def test_a_title_that_joomla_prints_under_the_picture() -> None:
    picture = (
        '<p><img class="caption" src="/images/stories/gate.jpg" alt="ترعة" title="إحدى الترع الفرعية"></p>'
    )
    assert [image.caption for image in article(story(body=picture + BODY)).images] == ["إحدى الترع الفرعية"]


def test_a_dateline_behind_a_picture_is_no_caption() -> None:
    picture = '<table align="left"><tr><td><img src="/up/gate.jpg"></td></tr></table><p class="head2">الغاط - فهد الفهيد:</p>'
    found = article(story(body=picture + BODY))
    assert [image.caption for image in found.images] == [None]
    assert found.authors == ("فهد الفهيد",)


def test_a_sentence_that_ends_with_a_house_under_a_picture() -> None:
    """As Xinhua's photographs have it, in a paragraph like any other."""
    caption = "مزارع يفرز جريد النخيل في ورشة بقرية دهشور، في 11 مايو 2024. (شينخوا)"
    picture = f'<p style="text-align: center;"><img src="/up/a.jpg"></p><p><span style="color: navy">{caption}</span></p>'
    found = article(story(body=picture + BODY))
    assert [image.caption for image in found.images] == [caption]
    assert found.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "after",
    [
        '<div class="t">آخر الأخبار في الجهات</div><div class="RelatedBlock">{0}</div>',
        "<div class='more'><h3>ذات صلة</h3><div></div></div><div class='latest'><h3>أخبار دين وفتوى</h3>{0}</div>",
        "<div class='more-section'><h2>المزيد في آراء</h2>{0}</div>",
    ],
)
def test_lists_of_a_section_behind_the_text(after: str) -> None:
    assert article(story(after=after.format(links(0, 1, 2, tag="div")))).see_also == ()


def test_who_wrote_with_agencies() -> None:
    found = article(
        story(
            '<div class="contributors"><span>بقلم:</span> <b>Amro Hassan</b> <span>مع</span> AP, رويترز</div>'
        )
    )
    assert found.authors == ("Amro Hassan",)


def test_a_trail_in_the_texts_own_table_is_no_text() -> None:
    """As Mambo's templates print it."""
    trail = f'<span class="x"><a href="/">الرئيسية</a> <img src="/arrow.png"> <a href="/c/1">أخبار سورية</a> <img src="/arrow.png"> {TITLE}</span>'
    table = f"<table><tr><td>{trail}</td></tr><tr><td>{TITLE}</td></tr><tr><td>{BODY}</td></tr></table>"
    assert article(page(table, head=f"<title>الضفة - {TITLE}</title>")).body == "\n\n".join(PARAGRAPHS)


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


def test_more_info_is_no_list_of_more_stories() -> None:
    meta = '<table class="more_info"><tr><td class="more_date">2012-05-17 14:06:00</td></tr></table>'
    assert str(article(story(meta)).published_at) == "2012-05-17 14:06:00"


def test_a_headline_under_a_line_that_is_called_a_subtitle() -> None:
    top = f'<table><tr><td><span class="ArtSubTitle">تقرير الهيئة على طاولة المجلس غدا</span></td></tr><tr><td><span class="Head ArtTitle">{TITLE}</span></td></tr></table>'
    assert article(page(top + BODY, head="<title>صحيفة الضفة: ArticleView</title>")).title == TITLE


def test_a_picture_that_is_shown_larger_at_an_address_of_a_copys_own() -> None:
    link = '<a href="../upload/48.html" rel="lightbox"><img src="/up/gate.jpg" width="300"></a>'
    figure = f'<div class="news_img">{link}<div class="img_cap">طفل يملأ قنينة ماء</div></div>'
    assert [image.caption for image in article(story(figure)).images] == ["طفل يملأ قنينة ماء"]


def test_a_place_that_nobody_knows_before_two_names() -> None:
    found = article(story('<div class="author">رأس ريّا - محمد الجدحفصي، زينب التاجر</div>'))
    assert found.authors == ("محمد الجدحفصي", "زينب التاجر")


def test_a_list_of_other_stories_in_the_same_font_as_the_text() -> None:
    """A page without any element around its text, as old ones are."""
    rows = "".join(
        f'<img src="/dot.gif"> <a href="{path(n)}">{OTHER[n]}</a> <font>(07-08-2008)</font><br>'
        for n in range(6)
    )
    text = "<br><br>".join(PARAGRAPHS)
    soup = f"<font size=5><b>{TITLE}</b></font><br><font size=4>{text}<br><br><b>آخر الأخبار هنا</b><br>{rows}</font>"
    assert article(page(soup, head=f"<title>الضفة :: {TITLE}</title>")).body == "\n\n".join(PARAGRAPHS)


def test_a_section_that_the_menu_and_the_title_name_is_no_headline() -> None:
    menu = "".join(
        f'<a href="/{n}"><b>{name}</b></a> | '
        for n, name in enumerate(("اخبار العراق اليوم", "رياضة", "مقالات"))
    )
    soup = f"{menu}<br><font><b>اخبار العراق اليوم</b></font><br><font size=5><b>{TITLE}</b></font><br><font>{'<br><br>'.join(PARAGRAPHS)}</font>"
    assert article(page(soup, head="<title>صوت الضفة :: اخبار العراق اليوم</title>")).title == TITLE


def test_the_caption_and_the_links_of_the_next_story_below() -> None:
    """A theme's own names select in both."""

    def told(title: str, text: str, *, more: str = "") -> str:
        return f'<div class="jeg_inner_content"><h1 class="jeg_post_title">{title}</h1>{more}<div class="content-inner">{text}</div></div>'

    below = told(
        OTHER[0],
        "".join(f"<p>{each}</p>" for each in STORY * 2),
        more='<div class="jeg_featured"><img src="/up/b.jpg"><p class="wp-caption-text">صورة القصة التالية</p></div>',
    )
    related = f'<div class="jnews_related_post_container">{links(1, 2)}</div>'
    above = told(TITLE, BODY, more='<div class="jeg_featured"><img src="/up/a.jpg"></div>')
    found = article(
        page(
            f"{above}{below}{related}", head=f'<title>{TITLE}</title><meta name="generator" content="JNews">'
        )
    )
    assert [image.caption for image in found.images] == [None]
    assert found.see_also == ()


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/articles/2003/12/12-16/a99114.htm", "2003-12-16"),
        ("/2003/12/11-16/a9.htm", "None"),
        ("/2003/12/16/a9.htm", "2003-12-16"),
    ],
)
def test_a_day_in_a_folder_with_its_month(address: str, day: str) -> None:
    assert str(article(story(), f"https://www.example.org{address}").published_at) == day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2021-11-03T12:24:41+00:00", "2021-11-03"),
        ("2021-03-11T12:24:41+00:00", "2021-03-11"),
        ("", "2021-03-11"),
    ],
)
def test_the_head_tells_which_number_is_the_month(told: str, day: str) -> None:
    head = f'<meta property="article:published_time" content="{told}">' if told else ""
    for shown in ("نشر: 11/3/21, 1:24 PM", "نشر: 11/3/2021"):
        assert str(article(story(f"<div>{shown}</div>", head=head)).published_at)[:10] == day


def test_a_right_named_behind_its_holder_is_no_caption() -> None:
    said = '<div class="credit">WHO / Mahamat Abakar</div><div class="caption">عاملة صحية تتفقد ثلاجة</div><div class="copyright">© <span>الصورة</span></div>'
    figure = f'<figure><img src="/up/a.jpg"><figcaption>{said}</figcaption></figure>'
    found = article(story(figure)).images
    assert [(image.caption, image.credit) for image in found] == [
        ("عاملة صحية تتفقد ثلاجة", "WHO / Mahamat Abakar")
    ]
