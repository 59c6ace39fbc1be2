"""Which pictures are the story's, which leads, and what their full addresses are."""

import pytest

from tests.extract.stories import H1, PARAGRAPHS, SITE, STORY, article, path


def addresses(top: str, within: str = "", head: str = "") -> list[str]:
    inner = f'<div class="single">{H1}{top}<div class="news-body"><p>{STORY[0]}</p>{within}{PARAGRAPHS}</div></div>'
    return [image.url.removeprefix(SITE) for image in article(inner, head=head).images]


ADDRESSES = {
    "src": ('<img src="/up/gate.jpg">', "/up/gate.jpg"),
    "data-src behind a placeholder": (
        '<img src="data:image/gif;base64,R0lG" data-src="/up/gate.jpg">',
        "/up/gate.jpg",
    ),
    "data-lazy-src": ('<img src="/img/blank.gif" data-lazy-src="/up/gate.jpg">', "/up/gate.jpg"),
    "data-original": ('<img src="/img/loading.gif" data-original="/up/gate.jpg">', "/up/gate.jpg"),
    "the largest of a set": (
        '<img src="/up/s.jpg" srcset="/up/gate-300.jpg 300w, /up/gate-900.jpg 900w, /up/gate-600.jpg 600w">',
        "/up/gate-900.jpg",
    ),
    "a set without blanks behind its commas": (
        '<img src="../up/s.jpg" srcset="../up/gate-300.jpg 300w,../up/gate-900.jpg 900w,../up/gate-600.jpg 600w">',
        "/news/up/gate-900.jpg",
    ),
    "the densest of a set": (
        '<img src="/up/s.jpg" srcset="/up/gate.jpg 1x, /up/gate2.jpg 2x">',
        "/up/gate2.jpg",
    ),
    "a lazy set": ('<img src="data:," data-srcset="/up/gate.jpg 800w">', "/up/gate.jpg"),
    "a set whose addresses hold commas": (
        '<img src="/s.jpg" srcset="/r,w_300/gate.jpg 300w, /r,w_900/gate.jpg 900w">',
        "/r,w_900/gate.jpg",
    ),
    "a noscript twin": (
        '<img src="data:image/gif;base64,R0lG"><noscript><img src="/up/gate.jpg"></noscript>',
        "/up/gate.jpg",
    ),
    "a picture's source": (
        '<picture><source media="(min-width:768px)" srcset="/up/1100/gate.jpg"><img src="/up/500/gate.jpg"></picture>',
        "/up/1100/gate.jpg",
    ),
    "not the same in another format": (
        '<picture><source type="image/webp" srcset="/up/gate.webp"><img src="/up/gate.jpg"></picture>',
        "/up/gate.jpg",
    ),
    "the file it links to": ('<a href="/up/gate.jpg"><img src="/up/gate-300x200.jpg"></a>', "/up/gate.jpg"),
    "an upload without its crop": (
        '<img src="/wp-content/uploads/2021/05/gate-660x330.jpg">',
        "/wp-content/uploads/2021/05/gate.jpg",
    ),
    "backslashes": (r'<img src="..\..\up\gate.jpg">', "/up/gate.jpg"),
    "AMP": ('<amp-img src="/up/gate.jpg" width="800" height="400"></amp-img>', "/up/gate.jpg"),
}


@pytest.mark.parametrize(("markup", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_the_full_address_of_a_picture(markup: str, address: str) -> None:
    assert addresses(f'<div class="featured">{markup}</div>') == [address]


NOT_THE_STORYS = {
    "an icon": '<img src="/img/icons/fb.png">',
    "a button's": '<a href="#"><img src="images/mail.gif"></a><a href="#"><img src="images/prn.gif"></a>',
    "a bookmark's": '<a href="javascript:AddFav()"><img src="images/fav.gif" border="0" alt="أضف للمفضلة"></a>',
    "between the parts of a trail": '<div class="pathway">الرئيسية <img src="/a.jpg"> محليات</div>',
    "a tracking pixel": '<img src="/t.gif" width="1" height="1">',
    "a writer's face": '<div class="author-box"><img src="/faces/sami.jpg"></div>',
    "a face by its address": '<img src="https://secure.gravatar.com/avatar/1.jpg">',
    "another story's": f'<a href="{path(0)}"><img src="/up/other.jpg"></a>',
    "a related card's": f'<div class="related"><a href="{path(0)}"><img src="/up/other.jpg"></a></div>',
    "an advertisement": '<div class="ad-box"><img src="/up/buy.jpg"></div>',
    "a vector": '<img src="/img/wave.svg">',
    "a placeholder": '<img src="/img/placeholder.png">',
    "a hidden one": '<img src="/up/h.jpg" style="display:none">',
}


@pytest.mark.parametrize("markup", NOT_THE_STORYS.values(), ids=NOT_THE_STORYS)
def test_what_is_not_the_storys_is_left_out(markup: str) -> None:
    lead = '<div class="featured"><img src="/up/gate.jpg"></div>'
    assert addresses(lead, f"<div>{markup}</div>") == ["/up/gate.jpg"]


OVER_THE_TEXT = {
    "a clock beside the day": '<img src="/img/clock.gif"> أضيف في 04 ماي 2019 الساعة 22 : 17',
    "a print button": '<img src="/templates/ja_teline/images/printButton.png" alt="طباعة">',
    "a button for larger letters": '<a href="#"><img src="/images/plus.png" alt="كبر الخط"></a>',
    "a button for letters a size larger": '<a href="javascript:increaseFontSize();"><img src="/images/aplus.png" alt=""></a>',
    "a button among an article's tools": '<div class="arttools"><a href="javascript:fs();"><img src="/images/q.png"></a></div>',
    "a section's": '<img src="/images/sections/4.gif" alt="أخبار">',
    "a line of the theme's": '<img src="/wp-content/themes/daily/images/line.png">',
}


@pytest.mark.parametrize("drawing", OVER_THE_TEXT.values(), ids=OVER_THE_TEXT)
def test_drawings_of_the_page_over_the_text(drawing: str) -> None:
    assert addresses(f"<div>{drawing}</div>") == []


def test_a_picture_of_the_text_may_be_a_gif() -> None:
    assert addresses("", '<p><img src="/up/gate.gif"></p>') == ["/up/gate.gif"]


def test_a_picture_whose_file_is_called_default() -> None:
    def shown(address: str) -> list[str]:
        return addresses(
            f'<figure><img src="{address}"><figcaption>بوابة السور الشمالي</figcaption></figure>'
        )

    assert shown("/bank/4277611/default.jpg") == ["/bank/4277611/default.jpg"]
    assert shown("/img/default.jpg") == []


def test_resized_twins_are_one_picture() -> None:
    found = addresses(
        '<img src="/up/city-gate-800x600.jpg">',
        '<img src="/up/city-gate-300x200.jpg"><img src="/up/city-tower.jpg">',
    )
    assert found == ["/up/city-gate-800x600.jpg", "/up/city-tower.jpg"]


def test_the_head_names_the_lead_of_pictures_within_the_text() -> None:
    within = f'<img src="/up/first-one.jpg"><p>{STORY[1]}</p><img src="/up/second-one-600x400.jpg">'
    head = f'<meta property="og:image" content="{SITE}/up/second-one.jpg">'
    assert addresses("", within, head) == ["/up/second-one-600x400.jpg", "/up/first-one.jpg"]


def test_the_heads_picture_where_the_page_shows_none() -> None:
    found = article(
        f'<div class="single">{H1}<div class="news-body">{PARAGRAPHS}</div></div>',
        head='<meta property="og:image" content="/up/cover.jpg">',
    )
    assert [(each.url, each.role, each.caption) for each in found.images] == [
        (f"{SITE}/up/cover.jpg", "lead", None)
    ]
    assert found.provenance["images"].source == "opengraph"


def test_the_sites_emblem_is_no_picture_of_the_story() -> None:
    assert addresses("", head='<meta property="og:image" content="/img/logo.png">') == []


def test_a_featured_picture_far_above_the_story() -> None:
    inner = f'<div class="top"><img class="wp-post-image" src="/up/gate.jpg"></div><div class="content">{"<div></div>" * 60}<article>{H1}<div class="entry-content">{PARAGRAPHS}</div></article></div>'
    assert [image.url for image in article(inner).images] == [f"{SITE}/up/gate.jpg"]


def test_alt_text_is_kept_apart() -> None:
    found = article(
        f'<div class="single">{H1}<div class="featured"><img src="/up/gate.jpg" alt=" بوابة  السور "></div><div class="news-body">{PARAGRAPHS}</div></div>'
    )
    assert (found.images[0].alt, found.images[0].caption) == ("بوابة السور", None)


def test_a_picture_that_links_to_its_own_story_however_the_address_is_written() -> None:
    lead = '<a href="/news/خبر"><img src="/up/gate.jpg" alt="الباب"></a>'
    html = f'<div class="single">{H1}{lead}<div class="news-body">{PARAGRAPHS}</div></div>'
    url = f"{SITE}/news/%D8%AE%D8%A8%D8%B1"
    assert [each.alt for each in article(html, url=url).images] == ["الباب"]


def test_a_members_state_and_rank_are_no_pictures_of_the_story() -> None:
    assert addresses(
        '<img src="/vb/images/statusicon/user-offline.png"><img src="/vb/images/ranks/r3.gif"><img src="/up/gate.jpg">'
    ) == ["/up/gate.jpg"]


def test_a_picture_between_the_lead_and_the_text_leads() -> None:
    """As SPIP prints both; the head offers a small copy under another name."""
    picture = '<figure class="spip_documents"><img src="/up/mill.jpg" width="800"><figcaption class="spip_doc_legende"><div>معصرة تحت الأرض</div></figcaption></figure>'
    lead = f'<div class="chapo"><p>{STORY[0]}</p></div>'
    text = "".join(f"<p>{each}</p>" for each in STORY[1:])
    head = '<meta name="generator" content="SPIP 3.2"><meta property="og:image" content="/cache/5c.jpg">'
    found = article(f'<article>{H1}{lead}{picture}<div class="texte">{text}</div></article>', head=head)
    assert found.images[0].url == f"{SITE}/up/mill.jpg"
    assert found.images[0].caption == "معصرة تحت الأرض"
    assert (found.body or "").split("\n\n") == list(STORY)
    assert found.subtitle is None


def test_a_caption_that_spip_prints_in_a_list_is_no_text() -> None:
    picture = '<dl class="spip_documents"><dt><img src="/up/mill.jpg" width="800"></dt><dd class="spip_doc_descriptif">معصرة تحت الأرض في وسط الجزيرة.</dd></dl>'
    head = '<meta name="generator" content="SPIP 3.0.11">'
    found = article(f'<div>{H1}<div class="texte">{picture}{PARAGRAPHS}</div></div>', head=head)
    assert found.images[0].caption == "معصرة تحت الأرض في وسط الجزيرة."
    assert (found.body or "").split("\n\n") == list(STORY)
