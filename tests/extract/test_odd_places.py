"""Days, pictures, links and text where they are not looked for first."""

from datetime import date

import pytest

from archiver import extract_article
from tests.extract.harbour import BODY, MENU, SENTENCE, TITLE, extracted


def test_a_list_of_earlier_issues_dates_no_story() -> None:
    issues = "".join(
        f'<li><a href="/archive/{day}">{name} {day} يوليو 2018 العدد 480{day}</a></li>'
        for day, name in ((21, "السبت"), (20, "الجمعة"))
    )
    article = extracted(body=f"<div>{BODY}</div><div><h3>أعداد سابقة</h3><ul>{issues}</ul></div>")
    assert article.published_at is None


def test_the_picture_that_the_head_names_stands_in_a_player() -> None:
    article = extracted(
        head='<meta property="og:image" content="https://sada-alsahel.ly/images/1463020/1200/630/1-1463020.jpg">',
        top='<div class="article-media"><div class="article-video-player"><img src="/images/1463020/800/450/1-1463020.jpg" alt="">'
        '<div class="article-img-caption">الرصيف الشرقي للميناء</div></div></div>',
    )
    assert [(each.role, each.caption) for each in article.images] == [("lead", "الرصيف الشرقي للميناء")]


def test_a_link_box_without_its_label_is_see_also_and_no_text() -> None:
    mark = "ua016f2ee6e409777bf37ba5679ec2019"
    box = (
        f'<div style="clear:both"><a href="/2019/09/40/" class="{mark}"><style>.{mark} {{ padding: 0 }}</style>'
        f'<div><span class="ctaText"></span>&nbsp; <span class="postTitle">رصيف جديد للصيادين في الميناء</span></div></a></div>'
    )
    article = extracted(
        body=f'<div class="story-text">{BODY}{box}<p>{SENTENCE}</p>'
        '<div class="relpost-block-container"><a class="relpost-block-single" href="/2019/09/40/"><div><div class="relpost-block-single-text">'
        "رصيف جديد للصيادين في الميناء</div></div></a></div></div>"
    )
    assert [link.title for link in article.see_also] == ["رصيف جديد للصيادين في الميناء"]
    assert article.body is not None
    assert "رصيف جديد" not in article.body


def test_text_that_was_decoded_is_read_as_it_is() -> None:
    page = f'<html><head><meta charset="windows-1256"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{BODY}</body></html>'
    assert extract_article(page, "https://sada-alsahel.ly/news/1234") == extract_article(
        page.replace("windows-1256", "utf-8").encode(), "https://sada-alsahel.ly/news/1234"
    )


def test_a_call_to_join_within_the_text_is_none_of_it() -> None:
    call = '<div class="join"><h5>كونوا معنا</h5><p>صدى الساحل صحيفة مستقلة يمولها قراؤها.</p><a href="/j">هنا</a></div>'
    found = extracted(body=f'<div class="story-text">{BODY}{call}<p>رابعا {SENTENCE}</p></div>')
    assert found.body is not None
    assert found.body.split("\n\n")[-2:] == [f"ثالثا {SENTENCE}", f"رابعا {SENTENCE}"]


@pytest.mark.parametrize(
    ("generator", "day"), [("Dimofinf CMS v3", "2011-09-04"), ("Joomla! 1.5", "2011-04-09")]
)
def test_a_theme_whose_days_have_the_month_first(generator: str, day: str) -> None:
    article = extracted(
        head=f'<meta name="generator" content="{generator}">',
        top='<div class="news_date">09-04-2011 09:13 AM</div>',
    )
    assert str(article.published_at)[:10] == day


def test_a_lead_that_closes_the_header_belongs_to_the_text() -> None:
    lead = f'<div class="header"><span>16:25 12.10.2022</span><div class="announce-text">صفر {SENTENCE}</div></div>'
    body = extracted(top=lead, body=f'<div class="article__body">{BODY}</div>').body
    assert body is not None
    assert body.startswith(f"صفر {SENTENCE}\n\nأولا")


def test_most_read_right_behind_its_heading_is_no_see_also_whatever_it_is_called() -> None:
    most = '<h2>الأكثر قراءة</h2><ul class="related__list"><li><a href="/news/77/most-read-story">عودة الصيادين إلى الميناء</a></li></ul>'
    assert extracted(body=f'<div class="story-text">{BODY}</div><section>{most}</section>').see_also == ()


def test_renditions_of_one_picture_are_one() -> None:
    base = "/content/dam/sada/harbour.jpg/_jcr_content/renditions/cq5dam.thumbnail.cropped."
    article = extracted(
        head=f'<meta property="og:image" content="https://sada-alsahel.ly{base}1500.844.jpeg">',
        top=f'<div class="article__banner"><img src="{base}750.422.jpeg"><div class="article__caption">ميناء الصيد</div></div>',
    )
    assert [image.caption for image in article.images] == ["ميناء الصيد"]


@pytest.mark.parametrize("paper", ["المستقبل", "المصري اليوم"])
def test_a_day_beside_a_papers_name_that_tells_of_time(paper: str) -> None:
    line = f'<span class="cat">{paper} - الثلاثاء 26 حزيران 2012 - العدد 4384 - صفحة 9 - تحقيقات</span>'
    page = f"""<html><head><title>{TITLE}</title></head><body>{MENU}<div class="head">{line}<h1>{TITLE}</h1></div>
        <div class="story-text">{BODY}</div></body></html>"""
    assert extract_article(page.encode(), "https://sada-alsahel.ly/a.aspx?id=5").published_at == date(
        2012, 6, 26
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("محليات | 7 اكتوبر 2018", date(2018, 10, 7)),
        ("طرابلس - الأحد 7 اكتوبر 2018", date(2018, 10, 7)),
        ("انتخابات 7 اكتوبر 2018", None),
        ("أبرز ما جرى - كما رأيناه - في الميناء القديم وفي المدينة منذ 7 اكتوبر 2018 - ملف", None),
    ],
)
def test_a_day_parted_from_a_few_words_at_the_head_of_the_text(line: str, day: date | None) -> None:
    assert extracted(body=f'<div class="news_text"><span>{line}</span><br>{BODY}</div>').published_at == day


def test_a_day_alone_in_an_element_at_the_head_of_the_text() -> None:
    facts = '<small>الأحد 07 اكتوبر 2018 - 02:24 مساءً</small> | <span class="src"><img src="/src/5.png"> الميناء</span><br>'
    article = extracted(body=f'<div class="news_text">{facts}{BODY}</div>')
    assert str(article.published_at) == "2018-10-07 14:24:00"


@pytest.mark.parametrize(("address", "day"), [("&date=15052016", date(2016, 5, 15)), ("", None)])
def test_the_day_of_the_issue_is_the_storys_where_its_address_holds_it(
    address: str, day: date | None
) -> None:
    page = f"""<html><head><title>صدى الساحل</title></head><body><div class="header"><span id="lblDate">الأحد 15 مايو 2016</span>
        <a href="/">صدى الساحل</a></div><div class="story"><h1>{TITLE}</h1><div class="text">{BODY}</div></div></body></html>"""
    article = extract_article(page.encode(), f"https://sada-alsahel.ly/Article.aspx?id=662310{address}")
    assert article.published_at == day


def test_a_heading_that_leads_to_its_section_where_the_head_names_the_site_alone() -> None:
    more = '<div class="title-left"><h3>المزيد من اقتصاد</h3></div><h4>قصة أخرى من الميناء</h4><h3>الأكثر قراءة هذا الأسبوع</h3>'
    page = f"""<html><head><title>جريدة صدى الساحل</title></head><body><div class="col"><div class="title-left"><h3>
        <a href="/Section.aspx?cat=4"><strong>{TITLE}</strong></a></h3></div><div class="item"><p>كونا</p>{BODY}</div>{more}</div></body></html>"""
    assert extract_article(page.encode(), "https://sada-alsahel.ly/Article.aspx?id=662310").title == TITLE


def test_the_buttons_of_an_old_joomla_are_no_pictures() -> None:
    buttons = '<a href="#"><img src="/images/M_images/printButton.png" alt="طباعة"></a>'
    picture = '<div class="img_caption"><img src="/images/stories/hay.jpg"><p>جانب من الحي (أرشيف الميناء)</p></div>'
    article = extracted(top=buttons, body=f'<div class="story-text">{picture}{BODY}</div>')
    assert [image.url.rpartition("/")[2] for image in article.images] == ["hay.jpg"]


def test_a_trail_called_a_menu_right_above_the_headline() -> None:
    menu = '<div class="navbar-main"><ul><li><a href="/c/1">الرئيسية</a></li><li><a href="/c/2">أخبار</a></li></ul></div>'
    trail = (
        '<ul class="navbar-head"><li><a href="/">الرئيسية</a></li><li><a href="/sport">رياضة</a></li></ul>'
    )
    page = f"""<html><head><title>{TITLE} - صدى الساحل</title></head><body>{menu}<div class="wrap">{trail}
        <div class="head"><h1>{TITLE}</h1></div><div class="text">{BODY}</div></div></body></html>"""
    article = extract_article(page.encode(), "https://sada-alsahel.ly/p/5.html")
    assert [crumb.name for crumb in article.breadcrumbs] == ["الرئيسية", "رياضة"]


@pytest.mark.parametrize(
    ("under", "caption", "credit"),
    [
        (
            '<div class="WeneNav">مبنى المركز في حي رابرين / عدسة: DaffaNews</div>',
            "مبنى المركز في حي رابرين / عدسة: DaffaNews",
            "DaffaNews",
        ),
        (
            '<figcaption class="photo-credit">قارئة في المكتبة<small>Credit: Ali Salem/AFP</small></figcaption>',
            "قارئة في المكتبة",
            "Ali Salem/AFP",
        ),
    ],
)
def test_a_credit_tells_a_caption_from_a_menu_and_ends_it(under: str, caption: str, credit: str) -> None:
    holder = "figure" if "figcaption" in under else "div"
    picture = f'<{holder} class="Wene"><img src="/photos/5.jpg" width="480">{under}</{holder}>'
    image = extracted(top=picture).images[0]
    assert (image.caption, image.credit) == (caption, credit)


def test_a_fact_and_its_link_at_the_head_of_the_text_are_none_of_it() -> None:
    body = f'<td>المحور: <a href="/debat/cat.asp?c=3">الصناعة والزراعة</a><br><br>{BODY}</td>'
    article = extracted(body=f"<table><tr>{body}</tr></table>")
    assert article.body is not None
    assert article.body.startswith("أولا")


def test_the_picture_that_the_head_names_above_the_story_and_its_caption() -> None:
    page = f"""<html><head><title>{TITLE}</title><meta property="og:image" content="/files/port.jpg"></head><body>{MENU}
        <div class="np-hero"><img src="/files/port.jpg"><span class="img-desc">الميناء عند الفجر</span></div>
        <div class="wrap"><article><h1>{TITLE}</h1><div class="text">{BODY}</div></article></div></body></html>"""
    assert (
        extract_article(page.encode(), "https://sada-alsahel.ly/5").images[0].caption == "الميناء عند الفجر"
    )


def test_entries_of_a_live_blog_in_cards_keep_their_hours_and_headings() -> None:
    card = (
        '<div class="card"><div class="card__meta"><time>{0}</time></div><h2>{1}</h2><div class="wysiwyg wysiwyg--all">'
        '<p>{2}</p></div><div class="share"><button>مشاركة</button></div></div>'
    )
    told = (
        ("18:41", "لن نوقف البحث ليلا", f"{SENTENCE} {SENTENCE}"),
        (
            "17:20",
            "شاهد: أهالي الركاب يتجمعون في الميناء",
            "تجمع عشرات من ذوي الركاب أمام مبنى الهيئة مطالبين بالقائمة.",
        ),
        ("10:02", "ماذا نعرف حتى الآن؟", SENTENCE),
    )
    feed = f'<div class="feed">{"".join(card.format(*each) for each in told)}</div>'
    article = extracted(
        body=f'<div class="summary wysiwyg"><p>تتواصل عمليات البحث لليوم الثاني.</p></div>{feed}'
    )
    assert [block.text for block in article.blocks if block.type == "heading"] == [
        f"{hour} {title}" for hour, title, _ in told
    ]


def test_the_end_of_a_list_and_a_call_to_see_the_whole_are_no_text() -> None:
    ends = "<p>نهاية مواضيع قد تهمك</p>"
    call = '<p>لمشاهدة الموضوع بشكل كامل، يرجى الضغط <a href="/full.pdf">على هذا الرابط</a>.</p>'
    article = extracted(
        body=f'<div class="story-text">{BODY}{ends}{BODY.replace("أولا", "رابعا")}{call}</div>'
    )
    assert article.body is not None
    assert not any(said in article.body for said in ("نهاية مواضيع", "لمشاهدة الموضوع"))


def test_a_label_that_is_called_a_box_announces_the_list_beside_it() -> None:
    related = """<section><h2 id="related-content-heading">مواضيع قد تهمك</h2><ul><li><h3><a href="/articles/c1">مدارس تحت الأشجار في القرى</a></h3></li>
        <li><h3><a href="/articles/c2">ألواح شمسية تغير حياة قرية بعيدة</a></h3></li></ul></section>"""
    article = extracted(body=f'<main class="m1"><div>{BODY}</div></main>{related}')
    assert [link.url.rpartition("/")[2] for link in article.see_also] == ["c1", "c2"]


def test_linked_cards_within_the_text_are_inline() -> None:
    card = '<a class="mid-related" href="/201"><img src="/x.jpg" alt=""><span>محافظ المدينة يوجه بصرف إعانة عاجلة</span></a>'
    promo = """<div class="Enhancement"><div class="PromoA"><div class="PromoA-title"><a class="Link" href="/202">ماذا يعني الحكم لسكان الميناء؟</a></div>
        <div class="PromoA-description">قرار التحكيم أوقف الأعمال وفتح بابا للتفاوض.</div></div></div>"""
    body = BODY.replace("<p>ثانيا", f"{card}<p>ثانيا").replace("<p>ثالثا", f"{promo}<p>ثالثا")
    article = extracted(body=f'<div class="story-text">{body}</div>')
    assert [(link.url.rpartition("/")[2], link.kind) for link in article.see_also] == [
        ("201", "inline"),
        ("202", "inline"),
    ]


def test_the_caption_under_a_player() -> None:
    player = """<div class="player-box"><sna-video data-id="5"><button></button></sna-video>
        <div class="media-caption">دب أسود يتجول داخل المخبز</div></div>"""
    article = extracted(head='<meta property="og:image" content="/v/5.jpg">', top=player)
    assert [image.caption for image in article.images] == ["دب أسود يتجول داخل المخبز"]


def test_who_took_the_picture_in_brackets_in_an_element_of_its_own() -> None:
    picture = '<figure><img src="/n.jpg"><figcaption><span>نورا بين رفوف المكتبة</span><span>(داليا خميسي)</span></figcaption></figure>'
    image = extracted(top=picture).images[0]
    assert (image.caption, image.credit) == ("نورا بين رفوف المكتبة", "(داليا خميسي)")


def test_the_house_and_a_word_behind_the_text_are_none_of_it() -> None:
    article = extracted(body=f'<div class="story-text">{BODY}<p>صدى الساحل – خاص</p></div>')
    assert article.body is not None
    assert "خاص" not in article.body


@pytest.mark.parametrize(
    ("name", "is_storys"), [("investigation-meta", True), ("article__info", True), ("widgets", False)]
)
def test_an_aside_that_tells_of_the_story(name: str, is_storys: bool) -> None:
    """Beside the text, as long investigations have it."""
    told = (("معد التحقيق", "هاني النجار"), ("تاريخ النشر", "16 يونيو/ حزيران 2022"))
    rows = "".join(
        f'<div class="row"><span>{label}</span><span>{value}</span></div>' for label, value in told
    )
    whole = (
        f"<html><head><title>{TITLE}</title></head><body><section><h1>{TITLE}</h1></section><div>"
        f'<aside class="{name}"><div>{rows}</div></aside><main><article>{BODY}</article></main></div></body></html>'
    )
    found = extract_article(whole.encode(), "https://sada-alsahel.ly/2022/42/")
    expected = (("هاني النجار",), "2022-06-16") if is_storys else ((), "None")
    assert (found.authors, str(found.published_at)) == expected


@pytest.mark.parametrize(
    "headline",
    [
        "ليبيا | تفاصيل جلسة البرلمان",
        "عاجل » انفجار قرب الميناء",
        "الأهلي / الاتحاد: قمة الدوري",
        "- «الساحل» تسأل",
    ],
)
@pytest.mark.parametrize(
    "trail",
    [
        '<div class="breadcrumbs"><a href="/">الرئيسية</a> » <a href="/s/">رياضة</a> » <span>{}</span></div>',
        '<ol class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a href="/s/">رياضة</a></li><li>{}</li></ol>',
        '<div id="crumbs">الرئيسية » رياضة » {}</div>',
        '<div id="crumbs"><a href="/">الرئيسية</a> - <a href="/s/">رياضة</a> - {}</div>',
    ],
)
def test_the_signs_of_a_headline_part_no_trail(trail: str, headline: str) -> None:
    html = f"<meta charset=utf-8><body>{trail.format(headline)}<article><h1>{headline}</h1>{BODY}</article>"
    found = extract_article(html.encode(), "https://www.example.org/news/4417")
    assert (found.title, found.section) == (headline, "رياضة")
    assert [each.name for each in found.breadcrumbs] == ["الرئيسية", "رياضة", headline]
