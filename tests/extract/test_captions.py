"""The caption of the lead picture, and who made it: exact, and None where there is none."""

import pytest

from archiver.article import Article
from archiver.extract.captions import credit_of
from tests.extract.stories import H1, PARAGRAPHS, STORY, TITLE, article

CAPTION = "البوابة الشرقية للسور صباح أمس"
IMG = '<img src="/upload/gate.jpg" alt="السور">'

CAPTIONED = {
    "figcaption": f"<figure>{IMG}<figcaption>{CAPTION}</figcaption></figure>",
    "figcaption around a paragraph": f"<figure><div>{IMG}</div><figcaption><p>{CAPTION}</p></figcaption></figure>",
    "what a screen reader says first": f'<figure>{IMG}<figcaption><span class="visually-hidden">التعليق على الصورة، </span><p>{CAPTION}</p></figcaption></figure>',
    "a hidden label before it": f'<div class="media"><div class="image"><div>{IMG}</div></div></div><div class="caption"><div style="display:none">تسمية الصورة</div><div>{CAPTION}</div></div>',
    "eZ Publish": f'<div class="attribute-image"><div class="content-view-embed"><div class="class-image"><div class="attribute-image"><p>{IMG}</p></div><div class="attribute-caption"><p>{CAPTION}</p></div></div></div></div>',
    "a credit of its own": f'<figure>{IMG}<figcaption><span class="caption">{CAPTION}</span><span class="credit">أ ف ب</span></figcaption></figure>',
    "TYPO3, linked with the picture in full": f'<div class="news-single-img"><a href="index.php?eID=tx_cms_showpic&amp;file=uploads%2Fgate.jpg&amp;width=800m">{IMG}</a><p class="news-single-imgcaption">{CAPTION}</p></div>',
    "a heading over the picture": f'<div class="article-media"><div class="aspect"><div>{IMG}</div></div><div class="article_image_heading_bg"><div class="article_image_heading">{CAPTION}</div></div></div>',
    "WordPress": f'<div class="wp-caption aligncenter">{IMG}<p class="wp-caption-text">{CAPTION}</p></div>',
    "Sahifa, beside the thumb": f'<div class="single-post-thumb">{IMG}</div><div class="single-post-caption">{CAPTION}</div>',
    "Blogger": f'<table class="tr-caption-container"><tr><td><a href="/upload/gate.jpg">{IMG}</a></td></tr><tr><td class="tr-caption">{CAPTION}</td></tr></table>',
    "a table without names": f'<table width="300"><tr><td>{IMG}</td></tr><tr><td align="center">{CAPTION}</td></tr></table>',
    "Drupal's image field caption": f'<div class="field-name-field-image"><div class="field-item">{IMG}<blockquote class="image-field-caption"><p>{CAPTION}</p></blockquote></div></div>',
    "a Drupal field after the image's": f'<div class="media"><div class="field field--name-field-media-image">{IMG}</div><div class="field field--name-field-legende field--label-hidden">{CAPTION}</div></div>',
    "Joomla's script": f'<div class="item-image"><img src="/upload/gate.jpg" class="caption" title="{CAPTION}"></div>',
    "a span in the picture's box": f'<div class="img-cont">{IMG}<span class="img-cap">{CAPTION}</span></div>',
    "a nameless element in the picture's box": f'<div class="article_image">{IMG}<div></div><div class="red">{CAPTION}</div></div>',
    "the box's own text": f'<div class="news-photo">{IMG}<br>{CAPTION}</div>',
    "a paragraph in the picture's box": f'<div class="main-image">{IMG}<p>{CAPTION}</p></div>',
    "text and picture side by side": f'<div class="pic-wrap"><div class="pic">{IMG}</div><div class="pic-text">{CAPTION}</div></div>',
    "a heading below": f'<div class="newsImg">{IMG}<h2 class="imgTitle">{CAPTION}</h2></div>',
    "over the picture": f'<div class="post-thumb">{IMG}<div class="caption-overlay">{CAPTION}</div></div>',
    "in the middle under it": f'<div align="center">{IMG}<br><font size="2">{CAPTION}</font></div>',
    "in small type behind its wrapper": f'<div class="ratio">{IMG}</div><small class="d-block">{CAPTION}</small>',
    "in a class of small type": f'<div class="ratio">{IMG}</div><p class="text-xs text-gray-400">{CAPTION}</p>',
    "alone with it": f"<div>{IMG}<br/><span>{CAPTION}</span></div>",
    "in a link to the picture": f'<div><a href="/upload/gate.jpg"><div>{IMG}</div><p>{CAPTION}</p></a></div>',
    "a source beside it that is a link away": f'<div><div>{IMG}</div><div>{CAPTION}</div><div><a href="https://pictures.example">pictures.example</a></div></div>',
    "shown larger at an address of a copy's own": f'<div class="news_img"><a href="../upload/48.html" rel="lightbox"><img src="/up/gate.jpg" width="300"></a><div class="img_cap">{CAPTION}</div></div>',
    "the first of several slides": f'<div class="gallery-x"><div class="slide">{IMG}<p>{CAPTION}</p></div><div class="slide"><img src="/upload/b.jpg"><p>البوابة الثانية من جهة السوق</p></div></div>',
}


@pytest.mark.parametrize("picture", CAPTIONED.values(), ids=CAPTIONED)
def test_a_caption_is_read_and_is_no_body(picture: str) -> None:
    found = article(f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>')
    assert (found.images[0].role, found.images[0].caption) == ("lead", CAPTION)
    assert [block.text for block in found.blocks] == list(STORY)


BARE = {
    "alt is no caption": f'<div class="featured">{IMG}</div>',
    "nor is a link's title": f'<a class="lightbox" href="/upload/full.jpg" title="{CAPTION}">{IMG}</a>',
    "a section's name": f'<div class="thumb"><a href="/category/x" class="cat">محليات</a>{IMG}</div>',
    "a button's": f'<div class="img">{IMG}<span>حجم الخط</span></div>',
    "a day": f'<div class="main-image">{IMG}<div class="d">12 مايو 2021</div></div>',
    "a writer": f'<div class="featured">{IMG}</div><div class="details"><span class="author">سامي العلي</span></div>',
    "a button": f'<div class="main-image">{IMG}<span>تكبير الصورة</span></div>',
    "a section's name in the picture's box": f'<div class="post-thumb">{IMG}<span>محليات</span></div>',
    "a writer's name alone with it": f"<div>{IMG}<span>سامي العلي</span></div>",
    "a writer's picture and link": f'<div><div>{IMG}</div><span>صحيفة المدينة - <a href="/author/m">سامي العلي الطويل</a></span></div>',
    "a house's mark alone": f"<div><div>{IMG}</div><div>© أ ف ب 2023 / سمير</div></div>",
    "a counter": f'<div class="main-image">{IMG}<span>12</span></div>',
    "an empty figcaption": f"<figure>{IMG}<figcaption> </figcaption></figure>",
    "the excerpt in its place": f'<div class="single-post-thumb">{IMG}</div><div class="single-post-caption">{STORY[0][:80]} ...</div>',
    "share buttons": f'<div class="main-image">{IMG}<ul class="share"><li>فيسبوك</li></ul></div>',
}


@pytest.mark.parametrize("picture", BARE.values(), ids=BARE)
def test_no_caption_is_made_up(picture: str) -> None:
    found = article(f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>')
    assert found.images[0].url.endswith(("gate.jpg", "full.jpg"))
    assert found.images[0].caption is None


def test_a_word_that_says_the_picture_is_old() -> None:
    found = article(
        f'<div class="single">{H1}<div class="news-photo">{IMG}<p>أرشيفية</p></div><div class="news-body">{PARAGRAPHS}</div></div>'
    )
    assert found.images[0].caption == "أرشيفية"


def test_a_headline_over_the_picture_is_no_caption() -> None:
    found = article(
        f'<div class="single"><div class="cover">{IMG}<div class="overlay">{H1}</div></div><div class="news-body">{PARAGRAPHS}</div></div>'
    )
    assert found.images[0].caption is None
    assert found.title == TITLE


def test_the_captions_of_the_text_are_its_pictures_own() -> None:
    inline = '<figure><img src="/upload/b.jpg"><figcaption>عمال في المحجر</figcaption></figure>'
    found = article(
        f'<div class="single">{H1}<div class="featured">{IMG}</div><div class="news-body"><p>{STORY[0]}</p>{inline}{PARAGRAPHS}</div></div>'
    )
    assert [(each.role, each.caption) for each in found.images] == [
        ("lead", None),
        ("inline", "عمال في المحجر"),
    ]


def opened_by(picture: str) -> Article:
    """A story whose text begins with this picture."""
    return article(f'<div class="single">{H1}<div class="news-body">{picture}{PARAGRAPHS}</div></div>')


def test_a_title_that_joomla_prints_under_the_picture() -> None:
    picture = (
        '<p><img class="caption" src="/images/stories/gate.jpg" alt="ترعة" title="إحدى الترع الفرعية"></p>'
    )
    assert [image.caption for image in opened_by(picture).images] == ["إحدى الترع الفرعية"]


def test_a_dateline_behind_a_picture_is_no_caption() -> None:
    found = opened_by(
        f'<table align="left"><tr><td>{IMG}</td></tr></table><p class="head2">الغاط - فهد الفهيد:</p>'
    )
    assert [image.caption for image in found.images] == [None]
    assert found.authors == ("فهد الفهيد",)


def test_a_sentence_that_ends_with_a_house_under_a_picture() -> None:
    """As Xinhua's photographs have it, in a paragraph like any other."""
    caption = "مزارع يفرز جريد النخيل في ورشة بقرية دهشور، في 11 مايو 2024. (شينخوا)"
    found = opened_by(
        f'<p style="text-align: center;">{IMG}</p><p><span style="color: navy">{caption}</span></p>'
    )
    assert [image.caption for image in found.images] == [caption]
    assert [block.text for block in found.blocks] == list(STORY)


def test_a_credit_that_says_first_what_the_picture_shows() -> None:
    said = f"{CAPTION}/ تصوير: سالم العربي"
    picture = f'<div class="media-x">{IMG}<div class="detail__credit">{said}</div></div>'
    found = article(f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>')
    assert (found.images[0].caption, found.images[0].credit) == (said, "سالم العربي")


def test_an_element_called_a_credit_that_ends_with_a_house() -> None:
    picture = (
        f'<div class="media">{IMG}<span class="image-credit">قوارب على الساحل الغربي – أرشيف</span></div>'
    )
    found = article(f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>')
    assert found.images[0].caption == "قوارب على الساحل الغربي – أرشيف"


@pytest.mark.parametrize(
    ("said", "caption"),
    [
        ("© Reuters. سبائك ذهبية في خزينة أحد المصارف", "© Reuters. سبائك ذهبية في خزينة أحد المصارف"),
        ("Copyright: ICBA / حقل تجريبي للمحاصيل الملحية", "Copyright: ICBA / حقل تجريبي للمحاصيل الملحية"),
        ("© الأناضول / محمد علي حسن", None),
        ("© رويترز / أ ف ب", None),
    ],
)
def test_who_made_a_picture_and_behind_it_what_it_shows(said: str, caption: str | None) -> None:
    picture = f'<div class="media">{IMG}<span class="imgCredit">{said}</span></div>'
    found = article(f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>')
    assert found.images[0].caption == caption


def test_a_headline_behind_its_picture_is_no_caption() -> None:
    named = f'<img src="/upload/gate.jpg" alt="{TITLE}">'
    shown = f'<div class="single"><div>{named}</div><div class="t7">{H1}</div><div class="news-body">{PARAGRAPHS}</div></div>'
    assert article(shown).images[0].caption is None


def test_a_writers_face_has_no_caption() -> None:
    face = '<table><tr><td><img src="/up/face.jpg" width="95" height="120"><br><b>سامي النجار</b></td>'
    found = article(f"{face}<td>{H1}</td></tr></table><div class='news-body'>{PARAGRAPHS}</div>")
    assert [each.caption for each in found.images] == [None]
    assert found.authors == ("سامي النجار",)


def test_an_element_that_is_only_a_credit() -> None:
    found = article(
        f'<div class="single">{H1}<div class="media">{IMG}<span class="credits">Reuters</span></div><div class="news-body">{PARAGRAPHS}</div></div>'
    )
    assert (found.images[0].caption, found.images[0].credit) == (None, "Reuters")


CREDITS = {
    "جانب من الجلسة (تصوير: سالم العربي)": "سالم العربي",
    "جانب من الجلسة - تصوير: سالم العربي": "سالم العربي",
    "عدسة: هدى": "هدى",
    "MUNICH - FEBRUARY 07: A speech. (Photo by Johannes Simon/Getty Images)": "Johannes Simon/Getty Images",
    "السور القديم © منى الحداد": "منى الحداد",
    "سفن في الميناء (رويترز)": "رويترز",
    "سفن في الميناء - أ ف ب": "أ ف ب",
    "سفن في الميناء. AFP": "AFP",
    "سفن في الميناء (رويترز / الأناضول)": "رويترز / الأناضول",
    "سفن في الميناء (صحيفة المدينة)": "صحيفة المدينة",
    "الوزير (يمين) مع نظيره": None,
    "لقطة من مباراة الأمس - الشوط الثاني": None,
    "صورة جماعية للفريق": None,
    "في الصورة: رئيس البلدية يتفقد الميناء": None,
    "صورة: ميناء طرابلس عند الغروب": None,
    "على اليسار في الصورة: الوزير ونائبه، وعلى اليمين: السفير": None,
    "قال المصور: لم أر شيئاً": None,
    "الصورة: أ ف ب": "أ ف ب",
    "الميناء (الصورة: هدى العمري)": "هدى العمري",
    "عمال في الميناء (وكالة الأنباء الليبية)": "وكالة الأنباء الليبية",
    "سيارات علقت وسط السيل «عدسة - كمال الرسام»": "كمال الرسام",
    "": None,
}


@pytest.mark.parametrize(("caption", "credit"), CREDITS.items())
def test_the_credit_is_read_where_it_is_marked(caption: str, credit: str | None) -> None:
    assert credit_of(caption, "صحيفة المدينة") == credit


@pytest.mark.parametrize(
    "caption", ["سالم المنصوري (رويترز)", "أمطار - أرشيفية", "صورة: منير", "حفل افتتاح السور"]
)
def test_a_short_caption_without_a_name(caption: str) -> None:
    found = article(
        f'<div class="q1">{H1}<div>{IMG}<span>{caption}</span></div><div class="q2">{PARAGRAPHS}</div></div>'
    )
    assert found.images[0].caption == caption


def test_parts_side_by_side_are_a_blank_apart() -> None:
    found = article(
        f'<div class="q1">{H1}<div>{IMG}<div><span>{CAPTION}</span><span>© الضفة</span></div></div><div>{PARAGRAPHS}</div></div>'
    )
    assert found.images[0].caption == f"{CAPTION} © الضفة"


@pytest.mark.parametrize(
    "line",
    [
        "كتب محمد سامي النجار",
        "محمد سامي النجار",
        "الثلاثاء 5 مارس 2024",
        '<a href="/section/3">أخبار المدينة والريف كله</a>',
        "3 دقائق",
    ],
)
def test_a_small_line_behind_a_picture_that_is_no_caption(line: str) -> None:
    found = article(
        f'<div class="q1">{H1}<div class="ratio">{IMG}</div><small>{line}</small><div>{PARAGRAPHS}</div></div>'
    )
    assert found.images[0].caption is None


def test_a_writer_and_a_day_beside_a_face_are_no_caption() -> None:
    found = article(
        f'<div class="q1">{H1}<div>{IMG}<div><span>هدى العمري</span><time>مارس 05, 2024</time></div></div>'
        f"<div>{PARAGRAPHS}</div></div>"
    )
    assert found.images[0].caption is None


def test_a_nameless_house_under_a_nameless_caption_is_the_credit() -> None:
    found = article(
        f'<div class="q1">{H1}<div><div>{IMG}</div><div><div>{CAPTION}</div><div>Gettyimages.ru</div></div></div>'
        f"<div>{PARAGRAPHS}</div></div>"
    )
    assert (found.images[0].caption, found.images[0].credit) == (CAPTION, "Gettyimages.ru")


def test_a_label_that_says_the_picture_is_old() -> None:
    picture = f'<div class="img">{IMG}<span class="label">صورة أرشيفية</span></div>'
    found = article(f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>')
    assert found.images[0].caption == "صورة أرشيفية"


def test_a_caption_under_the_box_that_holds_picture_and_credit() -> None:
    box = '<div><img src="/i/a.jpg"><div class="photographer">كمال الرسام</div></div><div class="imgalt">عمال أمام البوابة</div>'
    image = article(
        f'<div class="single">{H1}{box}<div class="article-body">{PARAGRAPHS}</div></div>'
    ).images[0]
    assert (image.caption, image.credit) == ("عمال أمام البوابة", "كمال الرسام")


def test_a_credit_beyond_the_headline_that_is_printed_on_the_picture() -> None:
    cover = f'<div class="top">{IMG}<div>{H1}</div><div><span>© وكالة / سالم</span></div></div>'
    found = article(f'<div class="single">{cover}<div class="news-body">{PARAGRAPHS}</div></div>').images[0]
    assert (found.caption, found.credit) == (None, "© وكالة / سالم")


def test_a_credit_in_an_element_right_behind_the_caption_without_a_blank() -> None:
    parts = f'<div class="_3cap"><span class="_3txt">{CAPTION}</span><span class="_3crd">Credit: OceanGate/File/AP</span></div>'
    picture = f'<div class="_1p0c media">{IMG}{parts}</div>'
    image = article(
        f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>'
    ).images[0]
    assert (image.caption, image.credit) == (CAPTION, "Credit: OceanGate/File/AP")


def test_a_right_named_behind_its_holder_is_no_caption() -> None:
    said = f'<div class="credit">WHO / Mahamat Abakar</div><div class="caption">{CAPTION}</div><div class="copyright">© <span>الصورة</span></div>'
    picture = f"<figure>{IMG}<figcaption>{said}</figcaption></figure>"
    found = article(f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>')
    assert [(image.caption, image.credit) for image in found.images] == [(CAPTION, "WHO / Mahamat Abakar")]


def test_a_low_heading_that_ends_with_who_made_the_picture() -> None:
    said = "من حفل الافتتاح (صحراء ميديا)"
    shown = f'<div class="single">{H1}<div class="im">{IMG}</div><h6>{said}</h6><div class="news-body">{PARAGRAPHS}</div></div>'
    assert article(shown).images[0].caption == said


def test_two_words_that_the_picture_is_told_by_behind_its_twin_for_readers_without_scripts() -> None:
    twin = '<img data-lazy-src="/upload/gate.jpg" src="data:," alt="وفد برلماني"><noscript><img src="/upload/gate.jpg"></noscript>'
    picture = f'<div class="mf">{twin}<div class="mfc"><small>وفد برلماني</small></div></div>'
    shown = f'<div class="single">{H1}{picture}<div class="news-body">{PARAGRAPHS}</div></div>'
    assert article(shown).images[0].caption == "وفد برلماني"


@pytest.mark.parametrize(
    ("said", "caption", "credit"),
    [
        ("Getty Images", None, "Getty Images"),
        ("(رويترز)", None, "رويترز"),
        ("Anadolu Agency via Getty Images", None, "Anadolu Agency via Getty Images"),
        ("The lorries of Abyei via the Nile", "The lorries of Abyei via the Nile", None),
        ("Foto: Johan Larsson / TT", None, "Johan Larsson / TT"),
        ("صورة: منير", "صورة: منير", "منير"),
        ("تصميم: زاوية الساحل", None, "زاوية الساحل"),
    ],
)
def test_a_house_alone_or_who_made_it_in_another_language_is_no_caption(
    said: str, caption: str | None, credit: str | None
) -> None:
    figure = f"<figure>{IMG}<figcaption>{said}</figcaption></figure>"
    (image,) = article(
        f'<div class="single">{H1}{figure}<div class="news-body">{PARAGRAPHS}</div></div>'
    ).images
    assert (image.caption, image.credit) == (caption, credit)


@pytest.mark.parametrize(
    ("said", "caption"),
    [
        (f'<div class="slide-caption"><span class="counter">1 من 5</span><p>{CAPTION}</p></div>', CAPTION),
        ('<span class="photo-credit">مصدر الصورة: Getty Images</span>', None),
    ],
)
def test_a_counter_and_a_label_are_no_words_of_a_caption(said: str, caption: str | None) -> None:
    page = f'<div class="single">{H1}<div class="item">{IMG}{said}</div><div class="news-body">{PARAGRAPHS}</div></div>'
    assert article(page).images[0].caption == caption


def test_a_caption_as_plone_prints_it() -> None:
    address = "/ar/news/gate/image"
    picture = (
        f'<div class="newsImageContainer"><a href="{address}/image_view_fullscreen"><img src="{address}_mini" width="200"></a>'
        f'<p class="discreet">{CAPTION}</p></div>'
    )
    found = article(f'<div class="single">{H1}{picture}<div class="plain">{PARAGRAPHS}</div></div>')
    assert [each.caption for each in found.images] == [CAPTION]


def test_a_paragraph_beside_a_picture_is_no_caption() -> None:
    """As WordPress's block of a picture and text prints it."""
    beside = (
        f'<div class="wp-block-media-text"><figure class="wp-block-media-text__media">{IMG}</figure>'
        f'<div class="wp-block-media-text__content"><p>{STORY[0]}</p></div></div>'
    )
    rest = "".join(f"<p>{text}</p>" for text in STORY[1:])
    found = article(f'<div class="single">{H1}<div class="entry-content">{beside}{rest}</div></div>')
    assert ([each.caption for each in found.images], found.blocks[0].text) == ([None], STORY[0])


def test_a_caption_below_a_box_of_the_headline_and_its_picture() -> None:
    hero = f'<div class="hero"><div>{IMG}</div><div class="hero__text">{H1}</div></div><div class="hero__caption"><div>{CAPTION}</div></div>'
    found = article(f"<article>{hero}<div class='news-body'>{PARAGRAPHS}</div></article>")
    assert [each.caption for each in found.images] == [CAPTION]
