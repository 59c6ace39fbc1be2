"""Who wrote it: people, desks, agencies, out of the ways in which pages print a byline."""

import pytest

from archiver.extract.byline_text import parse_byline
from tests.extract.pages import BODY, article, page, story

BYLINES = [
    ("كتب: سامي النجار", ["سامي النجار"], None),
    ("كتبت أسماء نصار", ["أسماء نصار"], None),
    ("كتب - سامي النجار", ["سامي النجار"], None),
    ("كتب/ سامي النجار", ["سامي النجار"], None),
    ("بقلم: د. سامي النجار", ["د. سامي النجار"], None),
    ("بقلم الكاتبة / هدى العمري", ["هدى العمري"], None),
    ("حوار: آسيا الطرابلسي", ["آسيا الطرابلسي"], None),
    ("حاورته: آسيا الطرابلسي", ["آسيا الطرابلسي"], None),
    ("إعداد: سامي النجار وهدى العمري", ["سامي النجار", "هدى العمري"], None),
    ("كتب: سامي النجار، هدى العمري", ["سامي النجار", "هدى العمري"], None),
    ("كتب: محمد وليد حسن", ["محمد وليد حسن"], None),
    ("كتب: سامي النجار مراسل موقع الضفة", ["سامي النجار"], None),
    ("مراسل قناة الوادي - البحرين", ["مراسل قناة الوادي"], None),
    ("مراسلة موقع الوادي", ["مراسلة موقع الوادي"], None),
    ("إعداد: سامي النجار - النقيب خالد العربي", ["سامي النجار", "النقيب خالد العربي"], None),
    ("إعداد: العميد الركن المتقاعد/ خالد العربي", ["خالد العربي"], None),
    ("مراسل قناة الوادي: سامي النجار", ["سامي النجار"], None),
    ("بقلم سامي النجار صحافي يمني", ["سامي النجار"], None),
    ("المصدر: ترجمات", [], None),
    ("كتب بواسطة: وليد العمري | الثلاثاء, 26 أيار/مايو 2020 | الزيارات: 88", ["وليد العمري"], None),
    ("كتب - محمد خضير وهبة عوض", ["محمد خضير", "هبة عوض"], None),
    ("بقلم: تلفزيون الضفة - سامي النجار", ["سامي النجار"], None),
    ("بقلم: البحيرة- هدى العمري", ["هدى العمري"], None),
    ("كتب: خالد العميم، تصوير - بدر الحمد", ["خالد العميم"], None),
    ("بقلم: سامي النجار | Sami.Najjar [at] daffa.example", ["سامي النجار"], None),
    ("كتبت هدى العمري في DaffaNews:", ["هدى العمري"], None),
    ("بقلم: سامي النجار | بي بي سي - القاهرة", ["سامي النجار"], None),
    ("القاهرة - سامي النجار", ["سامي النجار"], None),
    ("القاهرة: سامي النجار", ["سامي النجار"], None),
    ("سامي النجار - القاهرة", ["سامي النجار"], None),
    ("طرابلس ـ هدى العمري", ["هدى العمري"], None),
    ("غزة / هدى العمري", ["هدى العمري"], None),
    ("بواسطة admin", ["admin"], None),
    ("by معاذ السوادي", ["معاذ السوادي"], None),
    ("بواسطة هدى العمري | 3 يونيو 2020", ["هدى العمري"], None),
    ("أرسله عادل الشريف في خميس، 2015/06/04 - 14:20", ["عادل الشريف"], None),
    ("كتابة رنا الحلبي نُشر في 5 تشرين الأول 2020", ["رنا الحلبي"], None),
    ("كتابة نُشر في 5 تشرين الأول 2020", [], None),
    ("Posted by سامي النجار on أغسطس 1, 2020 in أخبار", ["سامي النجار"], None),
    ("دبي - سامي النجار، الضفة.نت", ["سامي النجار"], None),
    ("دبي - الضفة.نت", ["الضفة.نت"], None),
    ("وكالات", [], "وكالات"),
    ("المصدر: وكالات", [], "وكالات"),
    ("المصدر: رويترز", [], "رويترز"),
    ("(أ ف ب)", [], "أ ف ب"),
    ("لندن - رويترز", [], "رويترز"),
    ("لندن: سامي النجار أنقرة: رويترز", ["سامي النجار"], "رويترز"),
    ("بيان مشترك", [], None),
    ("يشرف عليه: سامي النجار", ["سامي النجار"], None),
    ("الدقم – العمانية وسامي النجار", ["سامي النجار"], "العمانية"),
    ("سامي النجار - وكالات", ["سامي النجار"], "وكالات"),
    ("القاهرة (أ ش أ)", [], "أ ش أ"),
    ("المصدر: (أبوظبي - الضفة)", ["(أبوظبي - الضفة)"], None),
    ("تصوير: كمال الرسام", [], None),
    ("كتب سامي النجار وهدى العمري - تصوير كمال الرسام", ["سامي النجار", "هدى العمري"], None),
    ("كتب: سامي النجار | تصوير: كمال الرسام", ["سامي النجار"], None),
    ("كتب بواسطة سامر الخطيب في 7 مارس 2012", ["سامر الخطيب"], None),
    ("كتب : سامر الخطيب الأحد, 21 آذار/مارس 2010 16:44", ["سامر الخطيب"], None),
    ("بقلم: منى الصديق", ["منى الصديق"], None),
    ("كتبت: أميرة الزواري", ["أميرة الزواري"], None),
    ("مراسلة: إسلام أوعزيز - تنغير", ["إسلام أوعزيز"], None),
    ("المصدر: المصادر العربي - وكالة الأناضول", [], "وكالة الأناضول"),
    ("الزوار: 412", [], None),
    ("حجم الخط", [], None),
    ("بقلم: bank48يونيو 10", [], None),
    ("خاص", [], None),
    ("المحرر المحلي", ["المحرر المحلي"], None),
    ("المحرر: الأمين", ["الأمين"], None),
    ("أرسله المحرر القانوني في اثنين, 2010-05-17 13:22", ["المحرر القانوني"], None),
    ("كتب بواسطة: حياة / ك", ["حياة / ك"], None),
    ("كتب/ت شيرين خليفة", ["شيرين خليفة"], None),
    ("الإسماعيلية - السيد فلاح - سوهاج محمود مقبول", ["السيد فلاح", "محمود مقبول"], None),
    ("مرسلة بواسطة حسن الحوفي", ["حسن الحوفي"], None),
    ("حرره مريم اعبابو و هشام أوتغولت", ["مريم اعبابو", "هشام أوتغولت"], None),
    ("بقلم : سيدي السالك ولد لبات", ["سيدي السالك ولد لبات"], None),
    ("بواسطة: wael في: 11-02-2019", ["wael"], None),
    ("تونس- عربي21- علاء حمّودي", ["علاء حمّودي"], None),
    ("المصدر: إدارة الإعلام والعلاقات العامة", ["إدارة الإعلام والعلاقات العامة"], None),
    ("كتابة وتصوير: لمى زيتون", ["لمى زيتون"], None),
    ("تصوير وتغطية : لمى زيتون", ["لمى زيتون"], None),
    ("كتبت..سارة النجار", ["سارة النجار"], None),
    ("بقلم\\ سامي النجار", ["سامي النجار"], None),
    ("✍️ كتب: سامي النجار", ["سامي النجار"], None),
    ("✍ سامي النجار", ["سامي النجار"], None),
    ("تقرير: سامي النجار - تحرير: هدى العمري", ["سامي النجار"], None),
    ("القاهرة ـ «الضفة» ـ من سامي النجار:", ["سامي النجار"], None),
    ("كتب: من ، تصوير", [], None),
    ("كتب: ، تصوير", [], None),
    ("هدى العمري من الرياض", ["هدى العمري"], None),
    ("بقلم سارة النجار (النص) وتوماس العمري (الصور)، برن", ["سارة النجار"], None),
    ("بواسطة Amina S.", ["Amina S."], None),
    ("هيئة التحرير", ["هيئة التحرير"], None),
    ("أقل من دقيقة", [], None),
    ("كتب   سامي النجار وهدى العمري      ١٩/  ٢/ ٢٠١١", ["سامي النجار", "هدى العمري"], None),
    ("Super User", [], None),
    ("الأربعاء 18 يوليوز", [], None),
    ("الخبر وتفاصيله كاملة من المصدر", [], None),
    ("● ريف دمشق ● شبكة الضفة", ["شبكة الضفة"], None),
]


@pytest.mark.parametrize(("text", "authors", "agency"), BYLINES, ids=[text for text, _, _ in BYLINES])
def test_reading_a_byline(text: str, authors: list[str], agency: str | None) -> None:
    found = parse_byline(text, labelled=True)
    assert list(found.authors) == authors
    assert found.agency == agency


PLACES = [
    (
        "what she is behind the name",
        '<div class="m"><a href="/a">سامي النجار</a> <b>صحافي وكاتب سوري</b></div>',
    ),
    ("French", '<div class="field--name-field-auteur">سامي النجار</div>'),
    (
        "a label of who put it in",
        '<span class="e-author"><span class="ed-title">أضاف:</span> <a>سامي النجار</a></span>',
    ),
    (
        "in a row of counts",
        '<a href="/author/s" class="author-views-comments"><div class="author-name">سامي النجار</div></a>',
    ),
    ("a day behind it in one line", "<p>بقلم: سامي النجار <time>25/11/2022</time></p>"),
    ("class author", '<span class="author">سامي النجار</span>'),
    (
        "vcard",
        '<span class="byline"><span class="author vcard"><a class="url fn n" href="/author/s">سامي النجار</a></span></span>',
    ),
    ("misspelt", '<span class="auther-name">سامي النجار</span>'),
    ("writer with label", '<div class="writeBy">كتب سامي النجار</div>'),
    ("rel", '<p>بقلم <a rel="author" href="/a/s">سامي النجار</a></p>'),
    ("address", '<a class="x9" href="/author/sami">سامي النجار</a>'),
    ("label without a name", "<p>كتب: سامي النجار</p>"),
    ("label in bold", "<div><strong>كتب:</strong> سامي النجار</div>"),
    ("server control", '<span id="ctl00_lblWriter">سامي النجار</span>'),
    (
        "with its picture",
        '<div class="author-info"><img class="avatar" src="/s.jpg" alt="سامي النجار"><a href="/author/s">سامي النجار</a></div>',
    ),
    (
        "twice",
        '<div class="author"><a href="/author/s">سامي النجار</a><a href="/author/s">سامي النجار</a></div>',
    ),
    (
        "microdata with an emblem",
        '<div itemprop="author" itemscope><span itemprop="name">سامي النجار</span><div itemprop="logo"><div itemprop="url">https://e.org/i/logo.png</div></div></div>',
    ),
    (
        "mail beside it",
        '<span class="meta-author"><a href="/author/s">سامي النجار</a><a href="mailto:s@e.org"><span class="screen-reader-text">أرسل بريدا إلكترونيا</span></a></span>',
    ),
]


@pytest.mark.parametrize("meta", [meta for _, meta in PLACES], ids=[name for name, _ in PLACES])
def test_where_bylines_stand(meta: str) -> None:
    assert article(story(meta)).authors == ("سامي النجار",)


@pytest.mark.parametrize(
    "meta",
    [
        '<div style="display:none" class="vcard"><strong class="fn" itemprop="author">سامي النجار</strong></div>',
        '<div itemprop="author" itemscope><div itemprop="logo">https://e.org/i/logo.png</div></div>',
        '<div itemprop="author" itemscope itemtype="http://schema.org/Organization"><div itemprop="name">Shore</div><div itemprop="logo"></div></div>',
    ],
)
def test_what_is_hidden_and_what_is_an_address_names_nobody(meta: str) -> None:
    assert article(story(meta)).authors == ()


def test_the_first_line_of_the_text() -> None:
    assert article(story(body=f"<p><strong>حوار: هدى العمري</strong></p>{BODY}")).authors == ("هدى العمري",)


def test_a_sentence_that_begins_with_a_label_is_no_byline() -> None:
    body = "<p>كتب عشرات الأهالي رسالة إلى رئيس البلدية يطالبون فيها بإعادة فتح المكتبة في أقرب وقت ممكن.</p>"
    assert article(story(body=body + BODY)).authors == ()


def test_names_beside_other_stories_are_not_the_authors() -> None:
    after = '<aside class="sidebar"><div class="writer">كمال الرسام</div><a href="/author/k">كمال الرسام</a></aside>'
    assert article(story(after=after)).authors == ()


def test_commenters_are_not_authors() -> None:
    assert (
        article(story(after='<div id="comments"><cite class="author">زائر كريم</cite></div>')).authors == ()
    )


PERSON = '<script type="application/ld+json">{{"@type":"NewsArticle","author":{{"@type":"{type}","name":"{name}"}}}}</script>'


def test_a_name_only_in_the_head_is_warned_of() -> None:
    found = article(story(head=PERSON.format(type="Person", name="سامي النجار")))
    assert found.authors == ()
    assert "authors_not_shown" in {warning.code for warning in found.warnings}


def test_a_name_in_the_head_counts_where_the_page_shows_it() -> None:
    html = story('<div class="x">سامي النجار</div>', head=PERSON.format(type="Person", name="سامي النجار"))
    assert article(html).authors == ("سامي النجار",)


def test_the_sites_own_name_in_the_head_is_no_author() -> None:
    head = '<meta name="author" content="صحيفة الضفة">'
    assert (
        article(story(head=head, before='<div class="logo"><a href="/">صحيفة الضفة</a></div>')).authors == ()
    )


def test_no_byline_is_no_author() -> None:
    found = article(page(f"<h1>خبر</h1>{BODY}"))
    assert found.authors == ()
    assert found.agency is None


def test_a_pictures_source_is_no_author() -> None:
    figure = '<figure><img src="/a.jpg"><span class="source">كمال الرسام</span></figure>'
    assert article(story(figure)).authors == ()


def test_a_pictures_title_is_no_byline() -> None:
    figure = (
        '<div class="media"><div class="media__image"><img src="/up/gate.jpg"></div><div class="media__title">'
        '<span class="media__title-source">بركان شيفيلوتش في شبه الجزيرة</span></div></div>'
    )
    assert article(story(figure)).authors == ()


def test_what_an_author_is_names_nobody() -> None:
    meta = '<div class="author"><a href="/writer/7">هدى العمري</a><span>كاتبة وروائية من ليبيا</span></div>'
    assert article(story(meta)).authors == ("هدى العمري",)


def test_a_person_is_preferred_to_the_sites_name() -> None:
    meta = '<span class="source">صحيفة الضفة</span><span class="author">هدى العمري</span>'
    assert article(story(meta)).authors == ("هدى العمري",)


def test_links_side_by_side_are_one_byline() -> None:
    meta = '<div class="pubdate">السبت 01-08-2020 13:14 | كتب: <a href="/editor/details/52">سامي النجار</a>, <a href="/editor/details/53">هدى العمري</a> |</div>'
    assert article(story(meta)).authors == ("سامي النجار", "هدى العمري")


def test_another_name_in_the_data_is_warned_of() -> None:
    html = story(
        '<p class="author">هدى العمري</p><i>سامي النجار</i>',
        head=PERSON.format(type="Person", name="سامي النجار"),
    )
    found = article(html)
    assert found.authors == ("هدى العمري",)
    (warning,) = [each for each in found.warnings if each.code == "authors_contradicted"]
    assert "سامي النجار" in warning.detail


def test_a_name_alone_under_a_picture_is_its_caption() -> None:
    picture = (
        '<p style="text-align:center"><img src="/a.jpg"></p><p style="text-align:center">مها الكواري</p>'
    )
    assert article(story(body=picture + BODY)).authors == ()


def test_elements_of_one_name_side_by_side_are_one_byline() -> None:
    meta = '<div><span class="author">الضفة ديجيتال</span><span class="author">سامي النجار</span></div>'
    assert article(story(meta)).authors == ("الضفة ديجيتال", "سامي النجار")


def test_the_source_of_a_picture_is_no_author() -> None:
    meta = (
        '<div class="f"><span class="author-name">هدى العمري</span></div>'
        '<div class="details-img"><img src="/upload/gate.jpg"><span class="source">المصدر: وادي الزهور</span></div>'
    )
    assert article(story(meta)).authors == ("هدى العمري",)


def test_a_writers_face_in_a_picture_box_names_the_writer() -> None:
    meta = '<div class="media"><img src="/f.jpg"><a class="author" href="/author/7">هدى العمري</a></div>'
    assert article(story(meta)).authors == ("هدى العمري",)


@pytest.mark.parametrize(("printed", "authors"), [("سعد بن طفلة", ("سعد بن طفلة",)), ("زاوية الجمعة", ())])
def test_a_face_that_links_to_a_writer_whose_name_is_printed_too(
    printed: str, authors: tuple[str, ...]
) -> None:
    face = '<a href="/writers/31"><img src="/w/31.jpg" alt="سعد بن طفلة"></a>'
    assert article(story(f"<div>{face}<div>{printed}</div></div>")).authors == authors


DAY = '<span class="date">30 مايو 2023</span>'
META = {
    "a desk of its field": (
        f'<div class="author">كتب محرر الشؤون الاقتصادية</div>{DAY}',
        ["محرر الشؤون الاقتصادية"],
    ),
    "what somebody is, behind a comma": (
        f'<div class="author">وسام الخطيب، مراسل الشؤون السياسية</div>{DAY}',
        ["وسام الخطيب"],
    ),
    "what somebody is, behind a dash": (
        f'<div class="author">وسام الخطيب - مراسل الضفة في بيروت</div>{DAY}',
        ["وسام الخطيب"],
    ),
    "what somebody is, before a colon": (
        f'<div class="reporter">مراسلنا من حلب: رائد صبري</div>{DAY}',
        ["رائد صبري"],
    ),
    "a bureau": (f'<div class="author">مكتب بيروت</div>{DAY}', ["مكتب بيروت"]),
    "an address for letters": (
        f'<div class="author">لينا الحسيني lina@daffa.example</div>{DAY}',
        ["لينا الحسيني"],
    ),
    "a handle": (f'<div class="author">لينا الحسيني @lina_h</div>{DAY}', ["لينا الحسيني"]),
    "a day right behind": ('<div class="author">لينا الحسيني 30 مايو 2023</div>', ["لينا الحسيني"]),
    "a button that touches the name": (
        f'<div class="author"><span>لينا الحسيني</span><span>متابعة</span></div>{DAY}',
        ["لينا الحسيني"],
    ),
    "a link to all that she wrote": (
        f'<div class="author"><span>لينا الحسيني</span> <a href="/author/l">المزيد من المقالات</a></div>{DAY}',
        ["لينا الحسيني"],
    ),
    "a name in two elements": (
        f'<div class="author"><span>لينا</span> <span>الحسيني</span></div>{DAY}',
        ["لينا الحسيني"],
    ),
    "a list of facts": (
        "<dl><dt>الكاتب</dt><dd>عبدالرحمن السالم</dd><dt>التاريخ</dt><dd>30 مايو 2023</dd></dl>",
        ["عبدالرحمن السالم"],
    ),
    "a label behind the day": ("<div>نُشر في 30 مايو 2023 بواسطة غيداء المغربي</div>", ["غيداء المغربي"]),
    "a writer with agencies": (
        '<div class="contributors"><span>بقلم:</span> <b>Amro Hassan</b> <span>مع</span> AP, رويترز</div>',
        ["Amro Hassan"],
    ),
    "a place that nobody knows before two names": (
        '<div class="author">رأس ريّا - محمد الجدحفصي، زينب التاجر</div>',
        ["محمد الجدحفصي", "زينب التاجر"],
    ),
    "several writers, and a day in English behind a comma": (
        '<div class="article-byline"><div><div><a href="/staff/l">لينا الحسيني</a></div><div><a href="/staff/s">سامي النجار'
        '</a></div></div><div class="submitted">Tue, 30/05/2023 - 19:27</div></div>',
        ["لينا الحسيني", "سامي النجار"],
    ),
    "the paper and the agencies": (f'<div class="source">الضفة / وكالات</div>{DAY}', []),
}


@pytest.mark.parametrize(("meta", "authors"), META.values(), ids=META)
def test_what_stands_around_a_name_beside_the_headline(meta: str, authors: list[str]) -> None:
    assert list(article(story(meta)).authors) == authors


def test_names_in_elements_whose_source_breaks_off_between_them_are_one_byline() -> None:
    line = "<li>\n<span><i></i>كتب</span>\n<a>سامي النجار</a>\n<span>-</span>\n<a> هدى العمري</a>\n</li>"
    assert article(story(f"<ul>{line}</ul>")).authors == ("سامي النجار", "هدى العمري")


def test_tags_beside_the_source_are_no_writers_and_the_sites_desk_is_one() -> None:
    tags = '<div class="source"><div class="source-name">المصدر / أ ش أ</div><ul><li><a># وزارة الري</a></li></ul></div>'
    assert article(story(body=f"{BODY}{tags}")).authors == ()
    desk = '<span class="author vcard"><a href="/author/x">محرر الضفة</a></span>'
    assert article(story(desk, head='<meta property="og:site_name" content="الضفة">')).authors == (
        "محرر الضفة",
    )


def test_a_list_of_facts_behind_the_text_names_the_writer_though_the_head_names_a_house() -> None:
    facts = '<ul class="small"><li><strong>تاريخ</strong> 26.04.2017</li><li><strong>الكاتب</strong> سامي النجار</li></ul>'
    head = '<meta name="author" content="Deutsche Ufer">'
    assert article(story(after=f"<div>{facts}</div><p>Deutsche Ufer</p>", head=head)).authors == (
        "سامي النجار",
    )


@pytest.mark.parametrize(
    ("meta", "authors"),
    [
        ('<span class="author">سامي النجار – الضفة بيروت</span>', ("سامي النجار",)),
        ('<div class="source">المصدر أونلاين ـ خاص</div>', ("المصدر أونلاين",)),
        ('<p class="author">بيروت - الضفة</p>', ("بيروت - الضفة",)),
        ('<p class="author">الضفة - بيروت</p>', ("الضفة - بيروت",)),
        ("<ul><li>كتب:</li><li>سامي النجار</li><li>3 يونيو 2020</li></ul>", ("سامي النجار",)),
        ('<p><a href="/author?name=x">سامي النجار</a> 3 يونيو 2020</p>', ("سامي النجار",)),
    ],
)
def test_what_is_the_sites_and_what_a_list_or_an_address_tells(meta: str, authors: tuple[str, ...]) -> None:
    head = f'<meta property="og:site_name" content="{"المصدر أونلاين" if "أونلاين" in meta else "الضفة"}">'
    assert article(story(meta, head=head)).authors == authors


def test_the_sources_of_other_stories_name_nobody() -> None:
    others = "".join(
        f'<p><a href="/n/{number}">عنوان خبر آخر رقم {number} من الأخبار</a><br><span class="source">النيلين : {number} يونيو 2020</span></p>'
        for number in (5, 6)
    )
    assert article(story(after=f"<div>{others}</div>")).authors == ()


def test_signs_before_a_label() -> None:
    facts = "<table><tr><td>محليات</td><td>:: بواسطة : <strong>خالد الزنتاني</strong></td><td>6 مارس 2012</td></tr></table>"
    assert article(story(facts)).authors == ("خالد الزنتاني",)


def test_from_whom_a_translation_is() -> None:
    line = '<div class="byline">من شارلين بورتر، المحررة في موقع الضفة | 8 مايو 2013</div>'
    assert article(story(line)).authors == ("شارلين بورتر",)


def test_a_long_line_of_facts_with_its_writer_first() -> None:
    line = 'اضيف بواسطة: <a href="members.php?id=12">خالد الزنتاني</a> بتاريخ: الثلاثاء 28-04-2009 10:41 مساء القسم: اخبار البلدة كلها'
    assert article(story(f"<div>{line}</div>")).authors == ("خالد الزنتاني",)
