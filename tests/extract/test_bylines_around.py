"""Names of writers where they are not looked for first, and names there that are nobody's."""

import pytest

from archiver import extract_article
from tests.extract.harbour import BODY, MENU, POSTED, SENTENCE, TITLE, extracted


def test_turkish_names_of_a_byline_and_a_body() -> None:
    article = extracted(
        top='<div class="yazar"><span class="yazarlar">سالم الورفلي, هناء الككلي</span> '
        '<span class="tarih">21.11.2023 - محدث : 22.11.2023</span></div>',
        body=f'<div class="detay-icerik"><div><h6>Tripoli</h6>{BODY}</div></div><div class="abone"><p>{SENTENCE} {SENTENCE}</p></div>',
    )
    assert article.authors == ("سالم الورفلي", "هناء الككلي")
    assert article.body is not None
    assert article.body.count(SENTENCE) == 3


@pytest.mark.parametrize(
    ("bearer", "authors"),
    [("صحافية تونسية", ("حنان مبروك",)), ("تفتتح معرضها الأول", ())],
    ids=["what she is", "what she does"],
)
def test_a_box_behind_the_text_that_says_what_its_bearer_is(bearer: str, authors: tuple[str, ...]) -> None:
    box = f'<div class="au"><div class="an">حنان مبروك</div><div class="at">{bearer}</div></div>'
    assert extracted(body=f'<div class="story-text">{BODY}</div>{box}').authors == authors


def test_a_footer_right_under_the_headline_is_the_storys() -> None:
    footer = '<div class="footer"><p><span itemprop="author">بقلم <span itemprop="name">نايلة الورفلي</span></span></p></div>'
    assert extracted(top=footer).authors == ("نايلة الورفلي",)
    pictured = '<div><img src="/a.jpg" width="600"><div class="m__footer"><div class="m__source">Gettyimages.ru</div></div></div>'
    assert extracted(top=pictured).authors == ()


def test_labels_of_who_wrote_and_who_checked_and_of_pictures() -> None:
    bar = '<div class="author-bar"><span>تمت الكتابة بواسطة: هدى العمري</span> <span>تم التدقيق بواسطة: خالد الزنتاني</span></div>'
    assert extracted(top=bar).authors == ("هدى العمري",)
    assert extracted(top='<div class="source">(مصدر الصور: وكالة)</div>').authors == ()


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
    "whom an agency has it from": (f"{BODY}<p>من: شذى الحلاق</p><p>ع.ذ , م.خ</p>", ("شذى الحلاق",)),
    "behind the day, several with long names": (
        f"<p><small>الأربعاء 23 آذار (مارس) 2011, بقلم <a href='auteur14.html'>أحمد سالم ولد سيدي عبد الله</a>, "
        f"<a href='auteur22.html'>مريم بنت الطالب</a></small></p>{BODY}",
        ("أحمد سالم ولد سيدي عبد الله", "مريم بنت الطالب"),
    ),
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
    assert article.authors == ("صدى الساحل/ الخمس/ خاص",)


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


def test_who_took_the_pictures_is_no_writer() -> None:
    line = (
        'بقلم <a href="/author/a">سوزان العلي</a> (النص) و<a href="/author/b">توماس الحلاوي</a> (الصور)، برن'
    )
    assert extracted(top=f'<div class="author">{line}</div>').authors == ("سوزان العلي",)


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


def test_a_face_beside_a_name_and_the_day_is_no_picture_of_the_story() -> None:
    line = (
        '<div class="flex"><img src="/people/41.png" class="w-8 h-8 rounded-full"><div>مازن قدورة</div>'
        '<div class="w-1 h-1 rounded-full"></div><div>16 أكتوبر 2025</div></div>'
    )
    article = extracted(top=f'{line}<img src="/photos/5.jpg">')
    assert article.authors == ("مازن قدورة",)
    assert [image.url.rpartition("/")[2] for image in article.images] == ["5.jpg"]


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


def test_a_byline_among_much_white_space_is_no_wider_than_it_is() -> None:
    gap = "\n" + " " * 600
    said = "وضع خطة للميناء، سد الفجوات المتاحة، مسودة أولية للعمل، بناء القدرات كلها"
    page = f"""<html><head><title>{TITLE} - الميناء</title></head><body>{MENU}<h1>{TITLE}</h1><div class="articleCont">{gap}<span class="writeBy">{gap}
        كتبت أسماء نصار{gap}</span>{gap}<a href="#">مشاركة</a>{gap}{gap}<div id="articleBody">{BODY}<p>{said}</p></div></div></body></html>"""
    assert extract_article(page.encode(), "https://almina.ly/news/5").authors == ("أسماء نصار",)


def test_who_commented_wrote_nothing() -> None:
    comments = '<div class="cmts"><h5>تعليقات القراء</h5><div><b>بواسطة : خالد الزنتاني</b><p>شكرا لكم</p></div></div>'
    assert extracted(body=f'<div class="story-text">{BODY}</div>{comments}').authors == ()


def test_the_name_of_an_icon_is_no_part_of_a_writers() -> None:
    icon = '<i class="material-icons">person</i>'
    top = f'<div class="eauthor"><a href="author.php?id=311">{icon} زهراء المكي</a></div>'
    assert extracted(top=top).authors == ("زهراء المكي",)


def test_a_link_said_to_lead_to_the_writer_beside_the_buttons_that_share() -> None:
    line = '<div class="auteur social"><a rel="author" href="/author/siham/">سهام أيت بلعيد</a></div>'
    assert extracted(body=f'<div class="story-text">{BODY}</div>{line}').authors == ("سهام أيت بلعيد",)
