"""Bylines, days, pictures and links where they are not looked for first."""

from datetime import date

import pytest

from archiver import Article, extract_article

SENTENCE = (
    "قال رئيس البلدية إن أعمال الصيانة في الميناء القديم تبدأ مطلع الأسبوع المقبل وتستمر ثلاثة أشهر كاملة."
)
BODY = "".join(f"<p>{number} {SENTENCE}</p>" for number in ("أولا", "ثانيا", "ثالثا"))
TITLE = "صيانة الميناء القديم تبدأ مطلع الأسبوع المقبل"


def extracted(
    *, head: str = "", top: str = "", body: str = f'<div class="story-text">{BODY}</div>'
) -> Article:
    page = f"""<html lang="ar"><head><title>{TITLE} - صدى الساحل</title><meta property="og:site_name" content="صدى الساحل">
        {head}</head><body><main><h1>{TITLE}</h1>{top}{body}</main></body></html>"""
    return extract_article(page.encode(), "https://sada-alsahel.ly/news/1234")


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


def test_turkish_names_of_a_byline_and_a_body() -> None:
    article = extracted(
        top='<div class="yazar"><span class="yazarlar">سالم الورفلي, هناء الككلي</span> '
        '<span class="tarih">21.11.2023 - محدث : 22.11.2023</span></div>',
        body=f'<div class="detay-icerik"><div><h6>Tripoli</h6>{BODY}</div></div><div class="abone"><p>{SENTENCE} {SENTENCE}</p></div>',
    )
    assert article.authors == ("سالم الورفلي", "هناء الككلي")
    assert article.body is not None
    assert article.body.count(SENTENCE) == 3


def test_an_author_with_the_sites_address_is_the_house() -> None:
    assert (
        extracted(
            head='<meta name="author" content="Sahel Echo (www.sada-alsahel.ly)">',
            top="<p>Sahel Echo</p>",
        ).authors
        == ()
    )


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


@pytest.mark.parametrize(
    ("bearer", "authors"),
    [("صحافية تونسية", ("حنان مبروك",)), ("تفتتح معرضها الأول", ())],
    ids=["what she is", "what she does"],
)
def test_a_box_behind_the_text_that_says_what_its_bearer_is(bearer: str, authors: tuple[str, ...]) -> None:
    box = f'<div class="au"><div class="an">حنان مبروك</div><div class="at">{bearer}</div></div>'
    assert extracted(body=f'<div class="story-text">{BODY}</div>{box}').authors == authors


def test_house_unknown_place_and_name_at_the_head_of_the_text() -> None:
    line = "<p>صدى الساحل – الشونة القديمة – خالد السردي</p>"
    assert extracted(body=f'<div class="story-text">{line}{BODY}</div>').authors == ("خالد السردي",)


POSTED = '<div class="meta"><a class="author" rel="author" href="/author/1">صدى الساحل</a></div>'


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


SIGNED = {
    "a name before a dash": (f"<p><strong>شاهندة المرسي _</strong> {SENTENCE}</p>{BODY}", ("شاهندة المرسي",)),
    "an agency in Latin letters": (
        f"<p>القامشلي – جيندار العلي – NPA</p>{BODY}<p>إعداد وتحرير: قيس السالم</p>",
        ("جيندار العلي",),
    ),
    "from a writer": (f"{BODY}<p><em>من ولاء السالم<br>تحرير إيهاب العلي</em></p>", ("ولاء السالم",)),
    "an editor alone": (f"{BODY}<p>إعداد وتحرير: قيس السالم</p>", ("قيس السالم",)),
    "place, paper, name": (f"<h4>زليتن- التغيير: أمل محمد الحسن</h4>{BODY}", ("أمل محمد الحسن",)),
    "one's letters": (f"{BODY}<p><strong>ح/ب</strong></p>", ("ح/ب",)),
    "a letter and a name": (f"{BODY}<p><strong>م. رمزي</strong></p>", ("م. رمزي",)),
    "a name and a letter": (f"{BODY}<p>عبد الله. ل</p>", ("عبد الله. ل",)),
    "letters of two": (f"{BODY}<p>ع.ج.م/ ف.ي (رويترز، أ ف ب)</p>", ("ع.ج.م", "ف.ي")),
    "an agency's editors": (f"<p>طرابلس - وال: {SENTENCE}</p>{BODY}<p>ع.ج/م.ف</p>", ()),
    "alone in a last line": (f"{BODY}<p>شذى حمود الحلاق</p><p>تابعونا على تلغرام</p>", ("شذى حمود الحلاق",)),
    "a name that is a title's word": (f"<p><strong>الدوحة - نشأت أمين:</strong></p>{BODY}", ("نشأت أمين",)),
    "an office": (f"<p><strong>الدوحة - سامي أمين عام:</strong></p>{BODY}", ()),
    "whom the text is about": (f"<p>سامي العلي – نقيب الصيادين – {SENTENCE}</p>{BODY}", ()),
    "its label in the line before": (f"<p>بقلم<br>خالد الزنتاني</p>{BODY}", ("خالد الزنتاني",)),
    "set to the left": (f'{BODY}<div style="text-align:left">خالد الزنتاني</div>', ("خالد الزنتاني",)),
    "with where to write to": (f"{BODY}<p>خالد الزنتاني @khaled</p>", ("خالد الزنتاني",)),
    "the house and a name": (f"<p>صدى الساحل: خالد الزنتاني</p>{BODY}", ("خالد الزنتاني",)),
    "who wrote, and the text": (f"<p>كتب خالد الزنتاني: {SENTENCE}</p>{BODY}", ("خالد الزنتاني",)),
    "who wrote what is told": (f"<p>كتب خالد الزنتاني: «عدنا». {SENTENCE}</p>{BODY}", ()),
    "two beside a dash": (
        f"<p><strong>زهراء الحبيب - أيمن العلي</strong></p>{BODY}",
        ("زهراء الحبيب", "أيمن العلي"),
    ),
    "beside a house that nobody knows": (f"<p>أنس العمري – كود ///</p>{BODY}", ("أنس العمري",)),
    "before the paper that the story is from": (
        f"{BODY}<p>الخرطوم: مهند العبادي</p><p>صحيفة اليوم التالي</p>",
        ("مهند العبادي",),
    ),
    "no name": (f"<p>ميناء الصيادين _ {SENTENCE}</p>{BODY}", ()),
}


@pytest.mark.parametrize(("body", "authors"), SIGNED.values(), ids=SIGNED)
def test_writers_that_the_text_itself_names(body: str, authors: tuple[str, ...]) -> None:
    assert extracted(body=f'<div class="story-text">{body}</div>').authors == authors


def test_tags_in_an_element_called_source_are_no_byline() -> None:
    tags = '<footer><div class="post-source-tags"><ul><li><span>كلمات مفتاحية</span></li><li><a href="/tag/1">الميناء</a></li></ul></div></footer>'
    assert extracted(body=f'<div class="story-text">{BODY}</div>{tags}').authors == ()


def test_a_call_to_join_within_the_text_is_none_of_it() -> None:
    call = '<div class="join"><h5>كونوا معنا</h5><p>صدى الساحل صحيفة مستقلة يمولها قراؤها.</p><a href="/j">هنا</a></div>'
    found = extracted(body=f'<div class="story-text">{BODY}{call}<p>رابعا {SENTENCE}</p></div>')
    assert found.body is not None
    assert found.body.split("\n\n")[-2:] == [f"ثالثا {SENTENCE}", f"رابعا {SENTENCE}"]


def test_who_signs_the_text_goes_before_who_posted_it() -> None:
    posted = POSTED.replace("صدى الساحل", "Omar.M")
    body = f'<div class="story-text"><p><strong>كتب ـ ناجح العلي:</strong></p>{BODY}</div>'
    article = extracted(top=posted, body=body)
    assert article.authors == ("ناجح العلي",)
    assert [each.code for each in article.warnings if "author" in each.code] == ["authors_contradicted"]


def test_where_a_writer_is_from_is_no_part_of_the_name() -> None:
    assert extracted(top='<div class="author">هند الفياض من الرياض</div>').authors == ("هند الفياض",)


def test_an_initial_keeps_its_dot() -> None:
    assert extracted(top='<div class="author">بواسطة Amina S.</div>').authors == ("Amina S.",)


def test_other_writers_behind_the_text_do_not_outdo_the_byline_before_it() -> None:
    others = "".join(f'<li><span class="writer">{name}</span></li>' for name in ("فيصل علي", "أحمد ناجي"))
    article = extracted(
        top='<div class="source">صدى الساحل/ الخمس/ خاص</div>',
        body=f'<div class="story-text">{BODY}</div><div class="box"><ul>{others}</ul></div>',
    )
    assert article.authors == ("صدى الساحل",)


def test_a_name_under_the_headline_with_the_day_in_the_next_line() -> None:
    page = f"""<html><head><title>كاظم الزنتاني - {TITLE}</title></head><body><table><tr><td><h1>{TITLE}</h1><br>
        <a href="/search.asp?U=1">كاظم الزنتاني</a><br><a href="/">منبر الميناء</a>-العدد: 5454 - 2017 / 3 / 8 - 20:33<br>
        <div>{BODY}</div></td></tr></table></body></html>"""
    assert extract_article(page.encode(), "https://sada-alsahel.ly/s.asp?aid=5").authors == ("كاظم الزنتاني",)


def test_an_unknown_place_beside_a_person_is_no_second_writer() -> None:
    line = '<div class="writer">الأغوار الشمالية - أشرف الغزاوي</div>'
    assert extracted(top=line).authors == ("أشرف الغزاوي",)


def test_a_writer_behind_the_headline() -> None:
    page = f"<html><body><h1>{TITLE} .. بقلم: د. حسن الحلاوي</h1><div class='story-text'>{BODY}</div></body></html>"
    article = extract_article(page.encode(), "https://sada-alsahel.ly/news/1234")
    assert article.authors == ("د. حسن الحلاوي",)
    assert article.title == f"{TITLE} .. بقلم: د. حسن الحلاوي"


@pytest.mark.parametrize(
    ("generator", "day"), [("Dimofinf CMS v3", "2011-09-04"), ("Joomla! 1.5", "2011-04-09")]
)
def test_a_theme_whose_days_have_the_month_first(generator: str, day: str) -> None:
    article = extracted(
        head=f'<meta name="generator" content="{generator}">',
        top='<div class="news_date">09-04-2011 09:13 AM</div>',
    )
    assert str(article.published_at)[:10] == day


def test_who_took_the_pictures_is_no_writer() -> None:
    line = (
        'بقلم <a href="/author/a">سوزان العلي</a> (النص) و<a href="/author/b">توماس الحلاوي</a> (الصور)، برن'
    )
    assert extracted(top=f'<div class="author">{line}</div>').authors == ("سوزان العلي",)


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


@pytest.mark.parametrize(
    ("top", "authors"),
    [
        (
            '<div class="author-box"><img src="/a.jpg"><h4>خالد الزنتاني</h4><p>كاتب ليبي</p></div>',
            ("خالد الزنتاني",),
        ),
        (
            '<div><img src="/a.jpg" width="40"><span>خالد الزنتاني</span><time>3 مايو 2020</time></div>',
            ("خالد الزنتاني",),
        ),
        ('<div><img src="/a.jpg" width="400"><span>خالد الزنتاني</span><time>3 مايو 2020</time></div>', ()),
        ('<div class="byline"><span>خالد الزنتاني</span><span>طرابلس</span></div>', ("خالد الزنتاني",)),
        (
            '<div class="by"><span class="wr">كتب: خالد الزنتاني</span><span>السبت 10 سبتمبر 2016 01:55 م</span></div>',
            ("خالد الزنتاني",),
        ),
        ('<div class="byline"><span>خالد</span><span>الزنتاني</span></div>', ("خالد الزنتاني",)),
    ],
    ids=["a box", "a face", "a caption", "a place beside", "a day at once", "in two pieces"],
)
def test_names_beside_faces_and_places(top: str, authors: tuple[str, ...]) -> None:
    assert extracted(top=top).authors == authors


def test_an_inquiry_that_another_signs_goes_before_the_account_that_posted_it() -> None:
    posted = POSTED.replace("صدى الساحل", "akhbar elmina")
    body = (
        f'<div class="story-text"><span style="color: red">تحقيق : عصام الشربينى</span><br><br>{BODY}</div>'
    )
    assert extracted(top=posted, body=body).authors == ("عصام الشربينى",)


def test_a_short_headline_in_a_large_font_over_its_writer() -> None:
    rows = (
        "<font size=6><b>بائع الفول</b></font>",
        "<font size=2><b>معا على الطريق</b></font>",
        "<font size=2>الثلاثاء 15-2-2011م</font>",
        "<font size=4><b>أنيسة عبود الحسن</b></font>",
        f"<font size=4><p>{SENTENCE} {SENTENCE}</p>{BODY}</font>",
    )
    cells = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    page = f"<html><head><title>صدى الساحل</title></head><body><table>{cells}</table></body></html>"
    article = extract_article(page.encode(), "https://sada-alsahel.ly/print.asp?id=5")
    assert (article.title, article.authors) == ("بائع الفول", ("أنيسة عبود الحسن",))


def test_the_items_of_a_list_of_writers_are_one_byline() -> None:
    items = "".join(
        f'<li><span class="vh">{label}, </span><span>{text}</span></li>'
        for label, text in (("Author", "دينا الفارس"), ("Role", "صحيفة الميناء"), ("Author", "رامي الطبيلة"))
    )
    assert extracted(top=f'<ul role="list">{items}</ul>').authors == ("دينا الفارس", "رامي الطبيلة")


@pytest.mark.parametrize(
    ("style", "authors"), [(' style="display:none"', ()), ("", ("editor3",))], ids=["out of sight", "shown"]
)
def test_a_login_out_of_sight_is_nobodys_name(style: str, authors: tuple[str, ...]) -> None:
    meta = f"""<span{style} class="vcard author"><strong class="fn"><a href="/author/e" rel="author">editor3</a></strong></span>"""
    page = f"""<html><head><link rel="stylesheet" href="/wp-content/themes/sahifa/style.css"><title>{TITLE} - صدى الساحل</title></head>
        <body><article id="the-post"><div class="post-inner"><h1 class="post-title">{TITLE}</h1>{meta}
        <div class="entry">{BODY}</div></div></article></body></html>"""
    assert extract_article(page.encode(), "https://sada-alsahel.ly/?p=5").authors == authors


def test_a_name_beside_what_its_element_prints_before_it() -> None:
    line = '<div class="article__author"><img src="/a.png"><span class="label">Aa</span><span class="name">فريق التحرير</span></div>'
    assert extracted(top=line).authors == ("فريق التحرير",)


MENU = "".join(
    f'<a href="/c/{n}">{name}</a>' for n, name in enumerate(("محليات", "اقتصاد", "رياضة", "ثقافة", "رأي"))
)


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


FACE = '<a href="/m.asp?i={0}"><img src="/pic/{0}.jpg" width="90"><br>{1}</a>'
ASKED = '<div class="end"><a href="/v1">أجرت الحوار: هيفاء الزنتاني</a></div>'


@pytest.mark.parametrize(
    ("links", "authors"),
    [
        (FACE.format(77, "سلمى العابد"), ("سلمى العابد",)),
        (FACE.format(77, "زمردة الطائي"), ("زمردة الطائي",)),
        (FACE.format(77, "سوق المدينة"), ("هيفاء الزنتاني",)),
        (FACE.format(77, "سلمى العابد") + FACE.format(78, "منى الصغير"), ("هيفاء الزنتاني",)),
    ],
    ids=["a known name", "one that the title says", "no name", "two faces"],
)
def test_a_linked_face_with_its_name_under_the_headline(links: str, authors: tuple[str, ...]) -> None:
    page = f"""<html><head><title>زمردة الطائي - {TITLE}</title></head><body><table><tr><td><h1>{TITLE}</h1>{links}</td></tr>
        <tr><td>{BODY}</td></tr></table>{ASKED}</body></html>"""
    assert extract_article(page.encode(), "https://sada-alsahel.ly/art.asp?aid=5").authors == authors


def test_a_fact_and_its_link_at_the_head_of_the_text_are_none_of_it() -> None:
    body = f'<td>المحور: <a href="/debat/cat.asp?c=3">الصناعة والزراعة</a><br><br>{BODY}</td>'
    article = extracted(body=f"<table><tr>{body}</tr></table>")
    assert article.body is not None
    assert article.body.startswith("أولا")


def test_a_section_and_a_name_over_the_headline() -> None:
    page = f"""<html><head><title>{TITLE} - صدى الساحل</title></head><body><nav>{MENU}</nav>
        <header><div>اقتصاد - خالد العلي</div><h1>{TITLE}</h1><span>3 May 2020</span></header><section>{BODY}</section></body></html>"""
    assert extract_article(page.encode(), "https://sada-alsahel.ly/d.php?id=5").authors == ("خالد العلي",)


def test_a_pen_name_before_a_bar_and_the_day() -> None:
    line = '<font size=2>الكاتب : <a href="members.php?id=14">شاطئ الحرف</a> | تاريخ الإضافة : 09-11-2007 م | القراءات : 733 | التعليقات : 1</font>'
    assert extracted(top=line).authors == ("شاطئ الحرف",)


@pytest.mark.parametrize(("heading", "authors"), [("الكاتب", ("هبة النجار",)), ("شاركنا", ())])
def test_a_panel_headed_writer_behind_the_text(heading: str, authors: tuple[str, ...]) -> None:
    panel = f"""<div class="panel"><div>{heading}</div><div><span>118 منشور</span><h4>هبة النجار</h4>
        <p>تكتب عن القضاء منذ سنوات طويلة في المدينة وضواحيها</p></div></div>"""
    assert extracted(body=f'<div class="story-text">{BODY}</div>{panel}').authors == authors


def test_a_desk_behind_an_icon_among_other_icons_and_links() -> None:
    line = (
        '<div class="small"><span><i class="fa fa-user"></i> هيئة التحرير</span> <span><i class="fa fa-clock"></i> '
        '13 أفريل 2021 - 13:11</span> <span><i class="fa fa-folder"></i> <a href="/category/3/">نبض الميناء</a></span></div>'
    )
    assert extracted(top=line).authors == ("هيئة التحرير",)


def test_a_face_beside_a_name_and_the_day_is_no_picture_of_the_story() -> None:
    line = (
        '<div class="flex"><img src="/people/41.png" class="w-8 h-8 rounded-full"><div>مازن قدورة</div>'
        '<div class="w-1 h-1 rounded-full"></div><div>16 أكتوبر 2025</div></div>'
    )
    article = extracted(top=f'{line}<img src="/photos/5.jpg">')
    assert article.authors == ("مازن قدورة",)
    assert [image.url.rpartition("/")[2] for image in article.images] == ["5.jpg"]


def test_the_picture_that_the_head_names_above_the_story_and_its_caption() -> None:
    page = f"""<html><head><title>{TITLE}</title><meta property="og:image" content="/files/port.jpg"></head><body>{MENU}
        <div class="np-hero"><img src="/files/port.jpg"><span class="img-desc">الميناء عند الفجر</span></div>
        <div class="wrap"><article><h1>{TITLE}</h1><div class="text">{BODY}</div></article></div></body></html>"""
    assert (
        extract_article(page.encode(), "https://sada-alsahel.ly/5").images[0].caption == "الميناء عند الفجر"
    )


def test_a_themes_day_and_writer_on_other_stories_cards_are_not_the_storys() -> None:
    card = """<div class="td_module_6"><h3 class="entry-title"><a href="/m">قصة أخرى من المدينة القديمة</a></h3>
        <div class="td-post-header"><span class="td-post-author-name"><a href="/author/x">منى الصغير</a></span>
        <time class="entry-date">مايو 12, 2024</time></div></div>"""
    page = f"""<html><head><title>{TITLE}</title></head><body class="td-container"><article><h1 class="entry-title">{TITLE}</h1>
        <span class="day">مايو 11, 2024</span><div class="td-post-content">{BODY}</div></article>
        <footer>{"<p>رابط</p>" * 90}{card}</footer></body></html>"""
    article = extract_article(page.encode(), "https://sada-alsahel.ly/p/5")
    assert (article.published_at, article.authors) == (date(2024, 5, 11), ())


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


def test_a_press_release_names_nobody() -> None:
    assert extracted(top='<div class="author">بيان صحفي</div>').authors == ()


PILL = (
    '<aside class="mt-8"><img class="rounded-full w-12" src="/a.png"><div><p>الكاتب</p><a href="/who/imad">عماد ستيتو</a>'
    "<p>يكتب في الميناء منذ عشر سنوات</p></div></aside>"
)
BYLINES = {
    "a header under the headline": (
        '<div class="itemHeader"><span class="itemAuthor">بقلم <a rel="author" href="/u/44">كريمة الماجري</a></span></div>',
        "",
        ("كريمة الماجري",),
    ),
    "an icon behind the day": (
        '<div class="infos"><span><time>1 ديسمبر 2022</time></span><br><span><b><i class="fa fa-user"></i> محمد درقي</b></span>'
        ' <a href="/c">الوطن</a></div>',
        "",
        ("محمد درقي",),
    ),
    "a day in the byline's element": (
        '<div class="author"><div>الأربعاء، 13 مارس 2019 - 22:10</div><span>كتب :</span> <span>SahelGoal</span></div>',
        "",
        ("SahelGoal",),
    ),
    "a writer's box under the headline": (
        '<div class="writer-box"><span class="name">عبيد الله القثامي</span> <span>(الخرمة)</span> <a href="mailto:o@x.ly">o@x.ly</a></div>',
        "",
        ("عبيد الله القثامي",),
    ),
    "an editor in the same row": (
        '<div class="writer-item"><span>ضياء حاج يحيى</span></div><div class="writer-item"><span>تحرير: قاسم بكري</span></div>',
        "",
        ("ضياء حاج يحيى",),
    ),
    "the house's desk": (
        '<div class="author"><a href="/author/e">محرر الميناء الإلكتروني</a></div>',
        "",
        ("محرر الميناء الإلكتروني",),
    ),
    "the house and where it is": (
        '<div class="author">الميناء من طرابلس</div>',
        "",
        ("الميناء من طرابلس",),
    ),
    "a box beside the column": ("", PILL, ("عماد ستيتو",)),
    "a list of facts, an editor at the foot": (
        "",
        "<ul><li><strong>تاريخ</strong> 29.08.2016</li><li><strong>الكاتب</strong> علاء جمعة</li></ul>",
        ("علاء جمعة",),
    ),
    "an office that signs": ("", "", ()),
    "a class of two letters over the headline's day": (
        '<h2 class="by"><span>زينب ياغي</span></h2><div>تاريخ المقال: 09-04-2010</div>',
        "",
        ("زينب ياغي",),
    ),
    "readers' names behind their heading": (
        "",
        '<h3>التعليقات</h3><div><span class="by">ابن الميناء</span> <span>03-01-2012</span><div>الله يعطيهم العافية</div></div>',
        (),
    ),
    "a widget of columnists": (
        "",
        '<div class="author-widget"><h5>كتاب الميناء</h5><a>بابكر عيسى</a></div>',
        (),
    ),
    "a desk beside a picture of a person": (
        '<div class="flex"><svg class="h-4"></svg><span>المحرر المحلي</span></div><time>2026-01-11 18:22</time>',
        "",
        ("المحرر المحلي",),
    ),
    "a translator in a list": (
        "<ul><li><span>الكاتب:</span> غدي حداد فرنسيس، ترجمة: هبة دهيني</li><li>5 أيلول 2021</li></ul>",
        "",
        ("غدي حداد فرنسيس",),
    ),
    "the country around a town": (
        '<div class="author"><a href="/author/90">ريف حلب - حسين الخطيب</a></div>',
        "",
        ("حسين الخطيب",),
    ),
    "a place without a blank": ('<div class="author">غزة-محمود هنية</div>', "", ("محمود هنية",)),
    "a star before a name": (
        '<div class="author"><span itemprop="name">❊ رضوان قلوش</span></div>',
        "",
        ("رضوان قلوش",),
    ),
}


@pytest.mark.parametrize("name", BYLINES)
def test_bylines_around_the_story(name: str) -> None:
    top, behind, authors = BYLINES[name]
    last = {
        "a list of facts, an editor at the foot": "<p>تحرير: وفاق بنكيران</p>",
        "an office that signs": "<p><b>الكاتب الإقليمي</b></p>",
    }
    page = f"""<html><head><title>{TITLE} - الميناء</title><meta property="og:site_name" content="الميناء"></head><body>{MENU}
        <div class="main"><h1>{TITLE}</h1>{top}<div class="story-text">{BODY}{last.get(name, "")}</div>{behind}</div></body></html>"""
    assert extract_article(page.encode(), "https://almina.ly/news/5").authors == authors


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


def test_a_byline_among_much_white_space_is_no_wider_than_it_is() -> None:
    gap = "\n" + " " * 600
    said = "وضع خطة للميناء، سد الفجوات المتاحة، مسودة أولية للعمل، بناء القدرات كلها"
    page = f"""<html><head><title>{TITLE} - الميناء</title></head><body>{MENU}<h1>{TITLE}</h1><div class="articleCont">{gap}<span class="writeBy">{gap}
        كتبت أسماء نصار{gap}</span>{gap}<a href="#">مشاركة</a>{gap}{gap}<div id="articleBody">{BODY}<p>{said}</p></div></div></body></html>"""
    assert extract_article(page.encode(), "https://almina.ly/news/5").authors == ("أسماء نصار",)
