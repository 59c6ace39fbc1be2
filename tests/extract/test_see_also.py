"""«شاهد أيضاً»: which links count, in what order, of what kind."""

import pytest

from archiver.extract.links import domain_of, link_key
from tests.extract.stories import (
    H1,
    MOST_READ,
    OTHER,
    PARAGRAPHS,
    STORY,
    URL,
    article,
    cards,
    links,
    path,
    urls,
)


def found(after: str = "", within: str = "", **kwargs: str) -> list[str]:
    inner = f'<div class="single">{H1}<div class="article-body"><p>{STORY[0]}</p>{within}{PARAGRAPHS}</div>{after}</div>'
    return [link.url for link in article(inner, **kwargs).see_also]


BOXES = {
    "by name": f'<div class="related-posts"><h3>أخبار</h3><ul>{links(0, 1)}</ul></div>',
    "by a name in one word": f'<div class="itemRelated"><ul>{links(0, 1)}</ul></div>',
    "a list under a heading": f"<h3>مواضيع ذات صلة</h3><ul>{links(0, 1)}</ul>",
    "a heading spelt otherwise": f"<h4>الاخبار ذات الصله :</h4><ul>{links(0, 1)}</ul>",
    "a heading with more words": f"<h3>مواضيع ذات صلة (بواسطة العلامة)</h3><ul>{links(0, 1)}</ul>",
    "a heading in a frame of its own": f'<div class="box-head"><span class="ico"></span><div><span>موضوعات متعلقة</span></div><hr></div><div class="box-in"><table><tr>{links(0, 1, tag="td")}</tr></table></div>',
    "a label that holds its list": f'<div class="q">اقرأ أيضا<ul>{links(0, 1)}</ul></div>',
    "a label in bold, links after it": f'<div id="rel"><b>اقرأ أيضا</b><br><a href="{path(0)}">{OTHER[0]}</a><br><a href="{path(1)}">{OTHER[1]}</a></div>',
    "cards": f"<section><h2>قد يهمك أيضا</h2>{cards(0, 1)}</section>",
    "a tab": f'<ul class="tabs"><li><a href="#rel">ذات صلة</a></li><li><a href="#most">الأكثر قراءة</a></li></ul><div id="rel">{links(0, 1, tag="div")}</div><div id="most">{links(2, 3, tag="div")}</div>',
    "beside another list": f'<div class="row"><div class="col"><h3>ذات صلة</h3><ul>{links(0, 1)}</ul></div><div class="col"><h3>الأكثر قراءة</h3><ul>{links(2, 3)}</ul></div></div>',
    "before a section's list in one box": f'<div class="related-posts"><div>ذات صلة</div><ul>{links(0, 1)}</ul><div>رياضة</div><ul>{links(2, 3)}</ul></div>',
    "before another list": f'<h4 class="t">موضوعات متعلقة</h4><div>{links(0, 1, tag="p")}</div><h4 class="t">أهم الأخبار</h4><div>{links(2, 3, tag="p")}</div>',
    "a column that holds another list too": f'<div class="related-col"><div class="t"><span>ذات صلة</span></div>{links(0, 1, tag="div")}<div class="t"><span>اختيارات القراء</span></div>{links(2, 3, tag="div")}</div>',
    "pictures alone, whose alt is the title": f'<div class="related-posts"><a href="{path(0)}"><img src="/t.jpg" alt="{OTHER[0]}"></a><a href="{path(1)}"><img src="/t.jpg" alt="{OTHER[1]}"></a></div>',
    "to look at, too": f"<table><tr><td><b>للاطلاع أيضا</b></td></tr>{links(0, 1, tag='td')}</table>",
    "a label between the icons of a table's head": f'<table><tr><td><img src="/l.gif"></td><td class="menutitle">مواضيع ذات علاقة</td><td><img src="/r.gif"></td></tr><tr><td colspan="3"><table>{links(0, 1, tag="tr")}</table></td></tr></table>',
    "before a print view and a way back": f'<h3>مواضيع ذات صلة</h3><ul>{links(0, 1)}<li><a href="/print.php?sid=8440">صفحة للطباعة والحفظ</a></li><li><a href="/pages/index_arabic.html">إلى صفحة مقالات وآراء</a></li></ul>',
    "of the same section": f"<h3>من القسم نفسه</h3><ul>{links(0, 1)}</ul>",
    "of the same corner": f"<h3>في نفس الركن:</h3><ul>{links(0, 1)}</ul>",
    "of the same dossier": f"<h2>في نفس الملف</h2><ul>{links(0, 1)}</ul>",
    "a label of one word": f"<h3>متعلق</h3><ul>{links(0, 1)}</ul>",
    "a list of definitions a story": f'<div><dl class="i"><dt><h3>انظر أيضا:</h3></dt><dd><a href="{path(0)}">{OTHER[0]}</a></dd></dl><dl class="i"><dt></dt><dd><a href="{path(1)}">{OTHER[1]}</a></dd></dl><dl><dt>الكلمات</dt><dd><a href="{path(2)}">{OTHER[2]}</a></dd></dl></div>',
    "a misspelt label": f"<h3>مقالات دات صلة:</h3><ul>{links(0, 1)}</ul>",
    "cards with the names of their sections": f'<h3>اقرأ أيضا</h3><div class="it"><span>أخبار لبنان</span><a href="{path(0)}">{OTHER[0]}</a></div><div class="it"><span>ثقافة</span><a href="{path(1)}">{OTHER[1]}</a></div>',
    "a label of liking": f"<h3>ستحب قراءة</h3><ul>{links(0, 1)}</ul>",
    "a button for more beside the heading": f'<div><h4>مواضيع ذات صلة</h4><a href="/all">مشاهدة المزيد</a></div><div class="most-read">{links(0, 1, tag="div")}</div>',
    "cards whose buttons alone are links": f'<h3>ذات صلة</h3><div><div><h4>{OTHER[0]}</h4><p><a href="{path(0)}">المزيد...</a></p></div><div><h4>{OTHER[1]}</h4><p><a href="{path(1)}">المزيد...</a></p></div></div>',
    "titles as slugs": f'<h3>ذات صلة</h3><ul><li><a href="{path(0)}">ناقلة-نفط-تغادر-الميناء</a></li><li><a href="{path(1)}">سباق-الهجن-السنوي-ينطلق</a></li></ul>',
    "an empty paragraph over the heading": f"<div><p><br></p><h2><a>إقرأ أيضاً</a></h2></div><div>{links(0, 1, tag='h4')}</div>",
    "two tabs, both links to nowhere": f'<div><h4 class="x1"><a href="#">مقالات ذات صلة</a><a href="#">المزيد من المؤلف</a></h4><div>{cards(0, 1)}</div></div>',
    "two tabs of plain words": f"<div><div><span>قد يعجبك أيضا</span><span>المزيد عن المؤلف</span></div><div>{cards(0, 1)}</div></div>",
    "what is nearest": f"<section><h3>الأكثر صلة</h3>{cards(0, 1)}</section>",
    "what is likely to be liked": f"<section><h2>مواضيع ممكن أن تعجبك</h2>{cards(0, 1)}</section>",
    "French of a theme": f"<section><h3>Vous devriez également aimer</h3>{cards(0, 1)}</section>",
    "a heading that is itself called related": f'<section><h2><span id="related-content-heading">المزيد حول هذه القصة</span></h2><ul>{links(0, 1)}</ul></section>',
    "French": f"<h3>Lire aussi</h3><ul>{links(0, 1)}</ul>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_boxes_and_headed_lists(box: str) -> None:
    assert found(box) == urls(0, 1)


SECTIONS_ON_CARDS = {
    "below the title": '<div class="item"><h3><a href="{0}">{1}</a></h3><ul class="meta"><li>اقتصاد</li><li>5 حزيران</li></ul></div>',
    "over the title": '<div class="item"><a href="{0}"><img src="/t.jpg"></a><div><p class="label">ثقافة</p><a href="{0}">{1}</a></div></div>',
    "first": '<div class="item"><span class="cat">رياضة</span><a href="{0}">{1}</a></div>',
}


@pytest.mark.parametrize("card", SECTIONS_ON_CARDS.values(), ids=SECTIONS_ON_CARDS)
def test_the_section_on_a_card_heads_no_list(card: str) -> None:
    three = "".join(card.format(path(each), OTHER[each]) for each in (0, 1, 2))
    assert found(f'<div class="related-posts"><h2>إقرأ أيضاً</h2>{three}</div>') == urls(0, 1, 2)


INLINE = {
    "a pointer": f'<p>اقرأ أيضا: <a href="{path(0)}">{OTHER[0]}</a></p>',
    "a pointer with its label linked": f'<p><a href="{path(0)}">اقرأ أيضا: {OTHER[0]}</a></p>',
    "a label misspelt": f'<p>إقراء أيضاً: <a href="{path(0)}">{OTHER[0]}</a></p>',
    "for more": f'<p>للمزيد: <a href="{path(0)}">{OTHER[0]}</a></p>',
    "a label, then a line": f'<p><strong>إقرأ أيضاً :</strong></p><p><a href="{path(0)}">{OTHER[0]}</a></p>',
    "a headline alone": f'<p><a href="{path(0)}">{OTHER[0]}</a></p>',
    "a card alone": f'<div class="z"><a href="{path(0)}"><img src="/t.jpg"></a><h3><a href="{path(0)}">{OTHER[0]}</a></h3></div>',
    "a card with section and day beside its picture": f'<div class="z"><a href="{path(0)}"><img src="/t.jpg"></a><div><span>سياسة</span><a href="{path(0)}">{OTHER[0]}</a><time>3 مايو 2021</time></div></div>',
    "after a break in a paragraph": f'<p>{STORY[1]}<br>اقرأ أيضا:<br><a href="{path(0)}">{OTHER[0]}</a></p>',
}


@pytest.mark.parametrize("within", INLINE.values(), ids=INLINE)
def test_pointers_within_the_text(within: str) -> None:
    assert found(within=within) == urls(0)
    assert (
        article(
            f'<div class="single">{H1}<div class="article-body"><p>{STORY[0]}</p>{within}{PARAGRAPHS}</div></div>'
        )
        .see_also[0]
        .title
        == OTHER[0]
    )


def test_a_story_of_the_same_site_put_into_the_text() -> None:
    """WordPress's own embedding of a post."""
    embed = f'<blockquote class="wp-embedded-content"><p><a href="{path(0)}">{OTHER[0]}</a></p></blockquote>'
    read = article(
        f'<div class="single">{H1}<div class="article-body">{PARAGRAPHS}{embed}<p>{STORY[1]}</p></div></div>'
    )
    assert [block.text for block in read.blocks] == [*STORY, STORY[1]]
    assert [(link.url, link.kind) for link in read.see_also] == [(urls(0)[0], "inline")]


def test_a_link_to_be_pressed_is_no_story() -> None:
    press = '<p><strong><a href="/newspaper/398">للاطلاع على العدد «398» من صحيفة المدينة اضغط هنا</a></strong></p>'
    inner = f'<div class="single">{H1}<div class="article-body">{PARAGRAPHS}{press}</div></div>'
    assert article(inner).see_also == ()


def test_a_link_over_the_list_for_readers_of_a_screen_reader_ends_nothing() -> None:
    skip = '<a href="#end-of-list">تخطى مواضيع ذات صلة وواصل القراءة</a>'
    assert found(f"<section><strong>مواضيع ذات صلة</strong>{skip}<ul>{links(0, 1)}</ul></section>") == urls(
        0, 1
    )


NOT_COUNTED = {
    "most read": MOST_READ,
    "most read of a section, called related": f'<section class="box related"><h3>الأكثر قراءة في اقتصاد</h3><ul>{links(0, 1)}</ul></section>',
    "most read, its cards called related": f'<div><div><h2><a>الأكثر قراءة</a></h2></div><div><h4 class="RelatedHead"><a href="{path(0)}">{OTHER[0]}</a></h4></div></div>',
    "the latest": f"<h3>أحدث الأخبار</h3><ul>{links(0, 1)}</ul>",
    "this issue": f"<div>اقرأ فى هذا العدد</div><ul>{links(0, 1)}</ul>",
    "this section": f"<div>أقرأ في هذا القسم</div><ul>{links(0, 1)}</ul>",
    "more of the site": f"<div>اقرأ المزيد من المدينة</div><ul>{links(0, 1)}</ul>",
    "more of a section that the label names": f"<div><div>اقرأ المزيد في: أخبار لبنان</div>{links(0, 1, tag='div')}</div>",
    "more of a section of opinions": f"<div class='more-section'><h2>المزيد في آراء</h2>{links(0, 1, 2, tag='div')}</div>",
    "a section's latest, called related": f'<div class="t">آخر الأخبار في الجهات</div><div class="RelatedBlock">{links(0, 1, 2, tag="div")}</div>',
    "a section's behind an empty box": f"<div class='more'><h3>ذات صلة</h3><div></div></div><div class='latest'><h3>أخبار دين وفتوى</h3>{links(0, 1, 2, tag='div')}</div>",
    "columns": f"<h4>أعمدة</h4><ul>{links(0, 1)}</ul>",
    "readers' choice": f"<h3>اختيارات القراء</h3><ul>{links(0, 1)}</ul>",
    "previous and next": f'<div class="post-nav"><a href="{path(0)}">السابق: {OTHER[0]}</a><a href="{path(1)}">التالي: {OTHER[1]}</a></div>',
    "previous and next, called related": f'<div class="related"><a href="{path(0)}">المادة السابقة {OTHER[0]}</a><a href="{path(1)}">المقال التالي {OTHER[1]} »</a></div>',
    "sections and tags": '<div class="related"><a href="/category/local">الأخبار المحلية والجهوية</a><a href="/tag/wall">أسوار المدينة القديمة</a></div>',
    "tags under a label of stories": '<div class="tags"><h3>مواضيع ذات صلة</h3><ul><li><a href="/coaches/120/x">شوقي غريب</a></li><li><a href="/teams/34">الدوري</a></li></ul></div>',
    "tags by other addresses": '<div class="related"><h3>مواضيع ذات صلة</h3><a href="/t/wall">السور القديم</a><a href="/t/town">المدينة القديمة</a></div>',
    "the story itself": f'<div class="related"><a href="{URL}">عنوان هذا الخبر نفسه مرة أخرى</a></div>',
    "advertisements": '<div class="related"><a href="https://www.outbrain.com/x">عشر طرق لتوفير المال كل شهر</a></div>',
    "shares": '<div class="related"><a href="https://www.facebook.com/sharer?u=x">شارك هذا الخبر مع أصدقائك</a></div>',
    "an empty box before another list": f'<div class="rr"><h3>مواضيع ذات صلة</h3><div id="js"></div></div><div class="zz"><h2>من الأقسام</h2>{cards(0, 1)}</div>',
    "a button on a card": f'<div class="zz"><a href="{path(0)}"><span>{OTHER[0]}</span><span>اقرأ المزيد</span></a><a href="{path(1)}">{OTHER[1]}</a></div>',
    "a box by a wrong name": f'<div class="related"><h3>الأكثر قراءة</h3><ul>{links(0, 1)}</ul></div>',
    "links on words of the text": f'<p>وسبق أن <a href="{path(0)}">زار الوزير</a> المدينة.</p>',
}


@pytest.mark.parametrize("after", NOT_COUNTED.values(), ids=NOT_COUNTED)
def test_other_links_do_not_count(after: str) -> None:
    assert found(after) == []


def test_each_story_once_with_its_title_and_excerpt() -> None:
    box = f'<div id="check-also-box"><h3>شاهد أيضاً</h3><a href="{path(0)}"><img src="/t.jpg" alt="صورة"></a><h2><a href="{path(0)}?utm_source=x">{OTHER[0]}</a></h2><a href="{path(0)}">{OTHER[0]}</a><p>أعلنت البلدية أن الحديقة ستفتح أبوابها كل يوم …</p></div>'
    link, *rest = article(
        f'<div class="single">{H1}<div class="article-body">{PARAGRAPHS}</div></div>{box}'
    ).see_also
    assert (link.title, link.kind, link.excerpt) == (
        OTHER[0],
        "check_also",
        "أعلنت البلدية أن الحديقة ستفتح أبوابها كل يوم …",
    )
    assert not [each for each in rest if "utm" not in each.url]


def test_a_sections_name_on_the_picture_is_not_the_title() -> None:
    box = f'<div class="check-also"><a href="{path(0)}"><span>أخبار العالم</span><img src="/t.jpg"></a><a href="{path(0)}">{OTHER[0]}</a></div>'
    inner = f'<div class="single">{H1}<div class="article-body">{PARAGRAPHS}</div></div>{box}'
    assert [link.title for link in article(inner).see_also] == [OTHER[0]]


def test_kinds() -> None:
    within = f'<p>اقرأ أيضا: <a href="{path(2)}">{OTHER[2]}</a></p>'
    inner = f'<div class="single">{H1}<div class="article-body"><p>{STORY[0]}</p>{within}{PARAGRAPHS}</div><div class="related-posts">{links(0)}</div><div><h4>قد يهمك أيضا</h4>{links(1, tag="div")}</div></div>'
    found = {link.title: link.kind for link in article(inner).see_also}
    assert found == {OTHER[0]: "related", OTHER[1]: "check_also", OTHER[2]: "inline"}


def test_a_saved_page_whose_links_name_its_site() -> None:
    menu = "".join(f'<a href="https://www.saved.example/s/{n}">قسم {n}</a>' for n in range(12))
    box = '<h3>ذات صلة</h3><ul><li><a href="https://www.saved.example/n/1">خبر من الموقع الذي حفظت منه الصفحة</a></li></ul>'
    assert found(menu + box, url="http://www.example.com/") == ["https://www.saved.example/n/1"]


def test_provenance_names_the_first_box() -> None:
    inner = f'<div class="single">{H1}<div class="article-body">{PARAGRAPHS}</div><div id="rel-posts" class="related-posts">{links(0)}</div></div>'
    where = article(inner).provenance["see_also"]
    assert (where.source, where.locator, where.raw) == ("structure", "div#rel-posts", OTHER[0])


def test_keys_and_domains() -> None:
    assert link_key("https://www.a.ly/%D8%AE%D8%A8%D8%B1/") == link_key("http://a.ly/خبر")
    assert [
        domain_of(each)
        for each in (
            "https://arabic.cnn.com/x",
            "http://www.assabah.com.tn/",
            "https://x.github.io/y",
            "not an address",
        )
    ] == ["cnn.com", "assabah.com.tn", "x.github.io", ""]


@pytest.mark.parametrize(
    "name",
    ["read-more", "kg-card kg-bookmark-card", "m-interstitial", "c-interstitial-link", "inline-article"],
)
def test_a_card_without_a_label_within_the_text(name: str) -> None:
    card = f'<div class="{name}"><a href="{path(0)}"><img src="/t.jpg">{OTHER[0]}</a></div>'
    (link,) = article(
        f'<div class="single">{H1}<div class="article-body"><p>{STORY[0]}</p>{card}{PARAGRAPHS}</div></div>'
    ).see_also
    assert (link.title, link.kind) == (OTHER[0], "inline")
    assert found(after=card) == []


def test_a_nameless_card_within_the_text_whose_title_asks() -> None:
    title = "كيف صمدت القرى في سنوات الجفاف؟"
    card = f'<div class="q7"><a href="{path(0)}"><div><img src="/t.jpg"></div><span>{title}</span></a></div>'
    read = article(
        f'<div class="single">{H1}<div class="article-body"><p>{STORY[0]}</p>{card}{PARAGRAPHS}</div></div>'
    )
    assert [(link.title, link.kind) for link in read.see_also] == [(title, "inline")]
    assert read.body is not None
    assert title not in read.body


def test_alike_cards_without_a_label_within_the_text() -> None:
    """A system that puts each part of the text, and each card, in a block of one name."""
    card = "".join(
        f'<div class="block" data-type="article"><div class="in"><a class="image" href="{path(each)}"><img src="/t.jpg"></a>'
        f'<div class="desc"><a class="title" href="{path(each)}">{OTHER[each]}</a><div class="day">5 مارس, 17:30 GMT</div></div></div></div>'
        for each in (0, 1)
    )
    text = [f'<div class="block" data-type="text"><div class="text">{each}</div></div>' for each in STORY]
    read = article(
        f'<div class="single">{H1}<div class="body">{"".join([*text[:2], card, *text[2:]])}</div></div>'
    )
    assert [(link.url, link.kind) for link in read.see_also] == [(each, "inline") for each in urls(0, 1)]
    assert [block.text for block in read.blocks] == list(STORY)


def test_a_label_that_only_a_class_sets_apart_from_its_link() -> None:
    box = f'<div class="not-prose my-6"><span class="text-xs">موضوع يهمك</span><a class="mt-1 block" href="{path(0)}">{OTHER[0]}</a></div>'
    read = article(
        f'<div class="single">{H1}<div class="prose"><p>{STORY[0]}</p>{box}{PARAGRAPHS}</div></div>'
    )
    assert [(link.title, link.kind) for link in read.see_also] == [(OTHER[0], "inline")]
    assert [block.text for block in read.blocks] == [STORY[0], *STORY]


def test_a_landmark_within_the_text_is_no_text() -> None:
    skip = '<p><a href="#end">تخطى البودكاست وواصل القراءة</a></p>'
    cast = f'<section role="region">{skip}<h2><a href="/podcasts/p02">حكايات المدينة</a></h2><p>{OTHER[2]} وأحاديث أسبوعية.</p><p id="end">البودكاست نهاية</p></section>'
    spoken = f'<section role="region" aria-label="المزيد حول هذه القصة"><div><a href="{path(0)}">{OTHER[0]}</a><time>26 فبراير/ شباط 2024</time></div></section>'
    text = [f"<div><p>{each}</p></div>" for each in STORY]
    read = article(
        f'<div class="single">{H1}<main>{"".join([*text[:2], cast, text[2], spoken, *text[3:]])}</main></div>'
    )
    assert [block.text for block in read.blocks] == list(STORY)
    assert [(link.url, link.kind) for link in read.see_also] == [(urls(0)[0], "inline")]


def test_a_choice_of_stories_behind_the_text_before_links_to_other_sites() -> None:
    chosen = "".join(
        f'<div class="l"><a href="{path(each)}"><h2>{OTHER[each]}</h2><p>ما الذي تغير هذا العام؟ (07.11.2014)</p></a></div>'
        for each in (0, 1)
    )
    away = '<h2>مواقع خارجية</h2><div class="l"><a href="http://www.wall.example"><h2>معهد أبحاث السور (بالألمانية)</h2></a></div>'
    read = article(
        f'<div class="single">{H1}<div class="col">{PARAGRAPHS}<div><h2>مختارات</h2>{chosen}</div>{away}</div></div>'
    )
    assert [block.text for block in read.blocks] == list(STORY)
    assert [link.url for link in read.see_also] == urls(0, 1)


@pytest.mark.parametrize("script", ["/?p=17900{}", "/view.php?cat=2163{}"])
def test_stories_known_by_a_number_in_the_query(script: str) -> None:
    host = "https://www.example.org"
    listed = "".join(
        f'<li><a href="{script.format(number)}">{title}</a></li>'
        for number, title in (("11", OTHER[0]), ("12", OTHER[1]))
    )
    page = article(
        f'<div class="single">{H1}<div class="article-body">{PARAGRAPHS}</div></div>'
        f'<div class="related"><h3>مواضيع ذات صلة</h3><ul>{listed}<li><a href="/?lang=fr">النسخة الفرنسية من الموقع</a></li></ul></div>',
        url=host + script.format("01"),
    )
    assert [link.url for link in page.see_also] == [host + script.format(each) for each in ("11", "12")]


def test_a_story_about_an_app_is_no_button_to_share() -> None:
    address = "/2021/02/whatsapp-telegram-transfer.html"
    inline = f'<p><b>إقرأ أيضا : <a href="{address}">{OTHER[0]}</a></b></p>'
    share = '<p><a href="/telegram">اقرأ أيضا ما ننشره في قناتنا على تليغرام</a></p>'
    read = article(
        f'<div class="single">{H1}<div class="text">{PARAGRAPHS}{inline}{PARAGRAPHS}</div>{share}</div>'
    )
    assert [link.url.rpartition("/")[2] for link in read.see_also] == ["whatsapp-telegram-transfer.html"]


@pytest.mark.parametrize(("place", "count"), [("behind", 2), ("elsewhere", 0)])
def test_a_label_of_one_plain_word_counts_behind_the_text(place: str, count: int) -> None:
    listed = "".join(f'<li><a href="{path(each)}">{OTHER[each]}</a></li>' for each in (0, 1))
    box = f"<div><strong>راجع:</strong><ul>{listed}</ul></div>"
    behind, elsewhere = (box, "") if place == "behind" else ("", box)
    read = article(f'<div class="single">{H1}<div class="text">{PARAGRAPHS}</div>{behind}</div>{elsewhere}')
    assert len(read.see_also) == count


def test_a_search_for_more_of_the_topic_is_no_story() -> None:
    search = '<li><a href="/modules.php?name=Search&amp;topic=7123">زيادة حول بيانات وتصاريح</a></li>'
    assert found(f"<h3>روابط ذات صلة</h3><ul>{search}{links(0, 1)}</ul>") == urls(0, 1)


def test_a_label_in_a_tables_head_is_of_its_rows() -> None:
    rows = "".join(f'<tr><td><a href="{path(each)}">{OTHER[each]}</a></td><td>7</td></tr>' for each in (0, 1))
    head = "<tr><td colspan='2'>المواضيع المتشابهه</td></tr><tr><td>الموضوع</td><td>مشاركات</td></tr>"
    assert found(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>") == urls(0, 1)


@pytest.mark.parametrize(("name", "count"), [("section related", 2), ("section", 0)])
def test_what_an_editor_picked_is_related_where_its_box_is_called_so(name: str, count: int) -> None:
    assert len(found(f'<div class="{name}"><h3>اخترنا لك</h3><ul>{links(0, 1)}</ul></div>')) == count


def test_most_read_of_a_week_ends_the_list_above_it() -> None:
    """In one element with the text, and with nothing but its label to tell them apart."""
    rows = "".join(f'<tr><td><a href="{path(each)}">{OTHER[each]}</a></td></tr>' for each in (0, 1))
    most = (
        f'<div class="nd_read"><div class="rel_t">الأكثر قراءة هذا الأسبوع</div><ul>{links(2, 3)}</ul></div>'
    )
    box = f'<div class="nd_rel"><div class="rel_t">اقرأ أيضا</div><table>{rows}</table></div>{most}'
    page = article(f'<div id="right_col">{H1}{"<br><br>".join(STORY)}{box}</div>')
    assert [link.url for link in page.see_also] == urls(0, 1)


@pytest.mark.parametrize(
    "linked",
    [
        "شاهد أيضًا.. {}", "اقرأ/ي أيضًا | {}", "للمزيد>>> {}", "إقرأ أيضا : {}", "<i class='label'>إقرأ أيضا</i><b class='item-title'>{}</b>",
    ],
)  # fmt: skip
def test_a_linked_title_is_told_without_the_label_that_is_linked_with_it(linked: str) -> None:
    line = f'<p class="read-also"><a href="{path(0)}">{linked.format(OTHER[0])}</a></p>'
    page = article(f'<div class="single">{H1}<div class="text">{PARAGRAPHS}{line}{PARAGRAPHS}</div></div>')
    assert [link.title for link in page.see_also] == [OTHER[0]]


def test_of_a_cards_text_the_title_is_what_its_label_says_too() -> None:
    dated = (
        f'<a href="{path(0)}" aria-label="{OTHER[0]}"><div><div>11 تموز 2022</div><p>{OTHER[0]}</p></div></a>'
    )
    named = (
        f'<a href="{path(1)}"><div><div class="card-title">{OTHER[1]}</div><div>{STORY[0]}</div></div></a>'
    )
    page = article(
        f'<div class="single">{H1}<div class="text">{PARAGRAPHS}</div></div><div class="related">{dated}{named}</div>'
    )
    assert [link.title for link in page.see_also] == [OTHER[0], OTHER[1]]


def test_a_way_back_to_the_section_is_no_story() -> None:
    back = '<div class="related"><a href="/index.php?id=131">&lt;- العودة إلى: جهات</a><ul>{}</ul></div>'
    assert found(back.format(links(0, 1))) == urls(0, 1)


@pytest.mark.parametrize("label", ["مقالات في نفس الموضوع", "المزيد في هذا الموضوع", "Articles liés"])
def test_labels_of_the_same_topic(label: str) -> None:
    assert found(f"<div><h4>{label}</h4><ul>{links(0, 1)}</ul></div>") == urls(0, 1)


def test_a_pointer_among_lines_that_stand_loose_in_one_element() -> None:
    pointer = f'<a class="readalso" href="{path(0)}"><b>إقرأ أيضاً : </b>{OTHER[0]}</a>'
    text = f"{STORY[0]}<br><br>{pointer}<br><br>" + "<br><br>".join(STORY)
    page = article(f'<div class="single">{H1}<div class="text">{text}</div></div>')
    assert [(link.title, link.kind) for link in page.see_also] == [(OTHER[0], "inline")]


def test_a_session_of_a_forum_is_no_search() -> None:
    linked = f'<li><a href="/showthread.php?s=2d71c2d5f&amp;t=600100">{OTHER[0]}</a></li><li><a href="/index.php?s=2d71c2d5f">{OTHER[1]}</a></li>'
    (url,) = found(f"<h3>مواضيع ذات صلة</h3><ul>{linked}</ul>")
    assert url.endswith("t=600100")


@pytest.mark.parametrize("label", ["موضوعات ذات صلة", "من نفس القسم", "ربما يعجبك"])
def test_a_label_and_its_link_without_a_blank_between_are_none_of_the_text(label: str) -> None:
    box = f'<div class="bx"><span>{label}</span><a href="{path(0)}">{OTHER[0]}</a></div>'
    inner = (
        f'<div class="single">{H1}<div class="article-body"><p>{STORY[0]}</p>{box}{PARAGRAPHS}</div></div>'
    )
    read = article(inner)
    assert [link.title for link in read.see_also] == [OTHER[0]]
    assert label not in (read.body or "")
