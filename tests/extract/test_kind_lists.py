"""Listings by what they have many of; and what leads to others of its kind and is none."""

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, kind, page, reading

DAY = '<time datetime="2020-06-03">3 يونيو 2020</time>'


@pytest.mark.parametrize(
    ("head", "expected"), [("", "listing"), ('<meta property="og:type" content="article">', "other")]
)
def test_links_to_many_stories_and_no_text(head: str, expected: str) -> None:
    """Where the head says that it is an article, its text is what is missing."""
    cards = "".join(
        f'<div class="v_item"><a href="/video/{n}"><img src="/{n}.jpg"><h5>قارب الصيد رقم {n} يعود إلى المرفأ</h5></a></div>'
        for n in range(12)
    )
    told = head and f'{head}<meta property="article:published_time" content="2020-06-03T09:00:00Z">'
    assert (
        kind(page(f"<main><h1>فيديو</h1>{cards}</main>", head=told), "https://www.example.org/library")
        == expected
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/videos", "listing"),
        ("/ar/videos?page=2", "listing"),
        ("/writers", "listing"),
        ("/vb/index.php", "listing"),
        ("/videos?id=12", "article"),
        ("/news/1234/videos", "article"),
        ("/first-train-in-town/videos", "article"),
    ],
)
def test_the_newest_film_over_the_others_is_a_list_where_the_address_is_a_shelf(
    path: str, expected: str
) -> None:
    own = f"<video></video><h1>{TITLE}</h1>{DAY}<p>{PARAGRAPHS[0]}</p>"
    cards = "".join(f'<h3><a href="/v/{n}">قارب الصيد رقم {n} يعود إلى المرفأ</a></h3>' for n in range(6))
    assert kind(page(f"<main>{own}{cards}</main>"), f"https://www.example.org{path}") == expected


@pytest.mark.parametrize(
    ("name", "stories", "expected"),
    [
        ("profile", 3, "other"),
        ("writer-card", 3, "other"),
        ("story", 3, "article"),
        ("profile", 0, "article"),
    ],
)
def test_a_writer_over_a_list_of_stories_is_none(name: str, stories: int, expected: str) -> None:
    own = "".join(
        f'<h3><a href="/news/{n}">وصول السفينة رقم {n} إلى الرصيف الشرقي</a></h3>' for n in range(stories)
    )
    assert kind(page(f"<div class='{name}'><h1>سالم المنصوري</h1>{BODY}</div>{own}")) == expected


def cards(number: int, path: str = "/news/{}-story") -> str:
    """Linked headlines with a line and a day each."""
    return "".join(
        f'<div class="card"><h3><a href="{path.format(n)}">قارب الصيد رقم {n} يعود إلى المرفأ القديم</a></h3>'
        f"<p>عاد القارب بعد يومين في البحر.</p><span>{n} يناير 2026</span></div>"
        for n in range(1, number + 1)
    )


def test_a_writers_page_whose_stories_are_dated() -> None:
    info = f'<div class="author-hero__info"><h1 class="author-name">هلا منصور</h1><p class="author-bio">{PARAGRAPHS[0]}</p></div>'
    html = page(f"<main>{info}<h2>جميع المقالات</h2>{cards(8)}</main>")
    assert kind(html, "https://www.example.org/author/hala") == "listing"


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [("الهجرة واللجوء", "", "listing"), ("الهجرة واللجوء", DAY, "article"), (TITLE, "", "article")],
)
def test_an_introduction_over_a_topics_stories(name: str, facts: str, expected: str) -> None:
    intro = f"<section><h1>{name}</h1>{facts}<div class='rich-text'>{BODY}</div></section>"
    html = page(f"<main>{intro}<section>{cards(8)}</section></main>", head=f"<title>{name}</title>")
    assert kind(html, "https://www.example.org/t-430") == expected


@pytest.mark.parametrize(
    ("path", "form", "expected"),
    [
        ("/GalleryDetails/8841", "", "gallery"),
        ("/poll", "<input type='radio' name='v'><input type='radio' name='v'>", "other"),
        ("/videos", "", "listing"),
    ],
)
def test_links_to_others_of_a_kind_make_no_listing(path: str, form: str, expected: str) -> None:
    links = "".join(
        f'<div><a href="{path}/{n}"><img src="/{n}.jpg" alt="">قارب الصيد رقم {n} يعود إلى المرفأ</a></div>'
        for n in range(10)
    )
    assert (
        kind(page(f"<main><h1>صور وآراء</h1>{form}{links}</main>"), f"https://www.example.org{path}")
        == expected
    )


def test_a_list_of_joomlas_is_known_by_the_classes_of_its_body() -> None:
    html = page(f"<h2>اقتصاد</h2>{cards(3)}", attributes='class="site com-k2 view-itemlist task-category"')
    assert kind(html, "https://www.example.org/ar/economie") == "listing"


@pytest.mark.parametrize(
    ("path", "expected"), [("/ar/emission/matinale-12", "listing"), ("/ar/news/12", "article")]
)
def test_a_programmes_words_of_itself_over_its_episodes(path: str, expected: str) -> None:
    episodes = "".join(
        f'<div class="ep"><a href="{path}/{n}">حلقة الجمعة {n} جانفي: الفلاح بين سعر الزيت وكلفة الجني</a></div>'
        for n in range(8)
    )
    html = page(
        f"<main><h1>الصباحية</h1><div class='d'><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>{episodes}</main>"
    )
    assert kind(html, f"https://www.example.org{path}") == expected


def test_a_folder_of_wordpresss_that_says_it_is_an_article() -> None:
    html = page(
        f"<h1>العدالة لضحايا الميناء</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>{cards(6)}",
        head='<meta property="og:type" content="article">',
        attributes='class="rtl archive tax-special_folder term-port"',
    )
    assert kind(html, "https://www.example.org/special_folder/port/") == "listing"


@pytest.mark.parametrize(("node", "expected"), [("podcast", "listing"), ("article", "article")])
def test_a_programme_by_the_class_of_its_page(node: str, expected: str) -> None:
    html = page(
        f"<main><span class='field--name-title'>عيب</span>{DAY}<p>{PARAGRAPHS[0]}</p>{cards(13)}</main>",
        head="<title>بودكاست عيب | الضفة</title>",
        attributes=f'class="path-node page-node-type-{node}"',
    )
    assert kind(html, "https://www.example.org/ar/podcast/eib") == expected


def test_a_gallery_whose_headline_links_to_itself_under_another_name() -> None:
    html = page(
        "<main><h1><a href='/photo/1963311/الخريف'>الخريف في غابات الجبل الشمالية</a></h1><img src='/1.jpg'></main>",
        head="<title>الخريف في غابات الجبل الشمالية</title>",
    )
    assert kind(html, "https://www.example.org/photo/1963311/autumn") != "listing"
    assert (
        kind(html.replace(b"1963311", b"1963312"), "https://www.example.org/photo/1963311/autumn")
        == "listing"
    )


def test_the_archive_of_a_day_over_a_line_of_the_sites() -> None:
    links = "".join(
        f'<li><a href="/ar/article/{n}">افتتاح مركز صحي جديد في القرية رقم {n}</a></li>' for n in range(9)
    )
    line = "<p>شركة مؤسسة الضفة للطباعة والنشر والتوزيع - المنطقة الصناعية - هاتف 2987341</p>"
    html = page(f"<div><h1>الأرشيف: 07 تشرين الثاني 2024</h1><h2>محليات</h2><ul>{links}</ul></div>{line}")
    assert kind(html, "https://www.example.org/ar/archive?date=2024-11-07") == "listing"


def test_the_days_of_cards_in_articles_of_their_own_date_no_list() -> None:
    episodes = "".join(
        f'<li><article><a href="/podcast-episode/e{n}"><h3>كيف تختار المدرسة المناسبة لأطفالك {n}</h3></a><p>في الحلقة {n}.</p>'
        f"<div><time>{n} فبراير 2026</time><span>05:44</span></div></article></li>"
        for n in range(3, 15)
    )
    html = page(
        f"<main><section><div><h1>بودكاست الوادي</h1><p>{PARAGRAPHS[0]}</p></div></section><section><h2>كل الحلقات</h2><ul>{episodes}</ul></section></main>"
    )
    found = reading(html)
    assert (found.verdict.kind, found.article.published_at) == ("listing", None)


def test_a_front_page_that_prints_what_it_announces_in_full() -> None:
    html = page(f"<h1>بوابة الوادي</h1><div><p>12/07/1439 هـ</p>{BODY * 4}</div>")
    assert kind(html, "https://www.example.org/") == "listing"
