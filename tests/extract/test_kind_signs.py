"""What a page is, by its captions, its hours, its walls and its address."""

import pytest

from tests.extract.pages import BODY, PARAGRAPHS, TITLE, kind, page, reading, story

DAY = '<time datetime="2020-06-03">3 يونيو 2020</time>'


@pytest.mark.parametrize(
    ("day", "expected"), [("", "soft_404"), (DAY, "article")], ids=["without a day", "with one"]
)
def test_a_notice_in_a_storys_template_with_other_lines_around_it(day: str, expected: str) -> None:
    notice = '<div class="error"><img src="/e.gif"> عذراً، الخبر الذي تبحث عنه غير موجود أو تم حذفه.<br><br><a href="/">العودة</a></div>'
    html = page(
        f"<div>{day}{notice}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>", head="<title> </title>"
    )
    html = html.replace(b"<div><", f"<div><h1>{TITLE}</h1><".encode(), 1) if day else html
    assert kind(html) == expected


CAPTIONS = "".join(
    f'<td><a href="/p/{n}"><img src="/p{n}.jpg"></a><br><span>جانب {n} من الحضور</span></td>'
    for n in range(14)
)


@pytest.mark.parametrize(
    ("path", "shown", "expected"),
    [
        ("/PhotoAlbum.aspx?id=26", f"<div>{DAY}</div><table><tr>{CAPTIONS}</tr></table>", "gallery"),
        ("/News.aspx?id=26", f"<div>{DAY}</div>{BODY}<table><tr>{CAPTIONS}</tr></table>", "article"),
        (
            "/صور/na/26",
            f"{DAY}<div><img src='/1.jpg'><p>{PARAGRAPHS[0]} {PARAGRAPHS[1][:60]}</p><img src='/2.jpg'><img src='/3.jpg'></div>",
            "article",
        ),
        ("/صور/na/26", "<div><img src='/1.jpg'><p>صباح الميناء.</p><img src='/2.jpg'><img src='/3.jpg'></div>", "gallery"),
    ],
    ids=["an album of captions", "a story with captions", "a paragraph of a day", "a line"],
)  # fmt: skip
def test_captions_make_a_gallery_and_a_paragraph_a_story(path: str, shown: str, expected: str) -> None:
    assert kind(page(f"<h1>{TITLE}</h1>{shown}"), f"https://www.example.org{path}") == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (["23:10", "22:25", "21:40", "20:02", "08:00"], "live_blog"),
        (["08:00", "09:15", "10:30", "11:45", "23:10"], "live_blog"),
        (["08:00:", "09:15:", "10:30:", "11:45:", "23:10:"], "live_blog"),
        (["08:00", "23:10", "10:30", "09:15", "11:45"], "article"),
        (["08:00", "09:15", "10:30"], "article"),
    ],
    ids=["the newest first", "the oldest first", "with colons", "no order", "too few"],
)
def test_paragraphs_that_begin_with_hours_in_order_are_a_live_blogs(hours: list[str], expected: str) -> None:
    entries = "".join(
        f"<p><strong>{hour}</strong> انتهاء الفرز في مكاتب القسم رقم {n} ونقل صناديقها إلى المركز.</p>"
        for n, hour in enumerate(hours)
    )
    assert kind(story(DAY, body=f"<p>{PARAGRAPHS[0]}</p>{entries}")) == expected


@pytest.mark.parametrize(
    "wall",
    [
        '<div class="pmpro_content_message">لمتابعة هذه المادة <a href="/s">اشترك الآن</a> أو <a href="/l">سجّل الدخول</a></div>',
        "<h3>أكمل القراءة</h3><p>للاطلاع على بقية التحقيق، يرجى الاشتراك في النسخة الرقمية.</p><a href='/s'>اشترك</a>",
        "<div><h3>هذا المحتوى متاح للمسجلين فقط</h3><form><input name='mail'></form></div>",
    ],
    ids=["by its name", "by what it says", "for who has an account"],
)
def test_walls_of_membership(wall: str) -> None:
    assert kind(story(DAY, body=f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>{wall}")) == "paywalled"


def test_a_page_that_asks_readers_for_their_articles_is_of_the_site() -> None:
    form = "<form><label>الاسم</label><input><label>نص المقال</label><textarea></textarea></form>"
    html = page(
        f"<h1>أرسل مقالك</h1>{BODY}{form}",
        head='<meta property="og:type" content="article"><title>أرسل مقالك</title>',
    )
    assert kind(html) == "other"


def test_a_note_on_the_use_of_a_text_is_no_wall() -> None:
    note = "<div>حقوق النشر © وكالة الضفة. إن أي استخدام تجاري لهذا المحتوى يتطلب اشتراكاً.</div>"
    assert kind(story(f"{DAY}{note}")) == "article"
    assert (
        kind(
            story(
                DAY,
                body=f"<p>{PARAGRAPHS[0]}</p><p>قراءة هذا المحتوى تتطلب اشتراكا: هذا المحتوى يتطلب اشتراكا</p>",
            )
        )
        == "paywalled"
    )


def test_the_minutes_of_a_match_are_the_hours_of_a_live_blog() -> None:
    minutes = ["90+4'", "88'", "67'", "46'", "45+2'", "1'"]
    entries = "".join(
        f'<li><span class="min">{each}</span><div><p>كرة رأسية متقنة بعد ركنية من الجهة اليمنى يبعدها الحارس في اللحظة الأخيرة، وهي المحاولة رقم {n} في هذا الشوط.</p></div></li>'
        for n, each in enumerate(minutes)
    )
    found = reading(story(DAY, body=f"<ul>{entries}</ul>"))
    assert found.verdict.kind == "live_blog"
    assert [block.text.split()[0] for block in found.article.blocks] == minutes


@pytest.mark.parametrize(
    ("path", "day", "expected"),
    [("/newsletter", "", "other"), ("/newsletter", DAY, "article"), ("/letters", "", "article")],
)
def test_a_page_of_the_site_by_its_address(path: str, day: str, expected: str) -> None:
    html = page(f"<h1>نشرات الضفة البريدية</h1>{day}{BODY}", head="<title>نشرات الضفة</title>")
    assert kind(html, f"https://www.example.org{path}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "gallery"),
        ("<p>صور من الميناء صباح اليوم.</p>", "gallery"),
        (f"<p>{PARAGRAPHS[0]} {PARAGRAPHS[1]}</p>", "article"),
    ],
    ids=["nothing beside", "a line beside", "a paragraph beside"],
)
def test_pictures_whose_captions_are_all_the_text_are_a_gallery(text: str, expected: str) -> None:
    shown = "".join(
        f'<p style="text-align: center;"><img src="/i/{n}.jpg" width="900"></p><p class="picinfo">في الصورة الملتقطة يوم {n} إبريل، عمال يفرغون السفينة على الرصيف رقم {n} من الميناء الشرقي.</p>'
        for n in range(11, 16)
    )
    html = page(f"<div><h1>{TITLE}</h1><p>{DAY}</p><div>{text}{shown}</div></div>")
    assert kind(html, "https://www.example.org/20260415/7b1e5f/c.html") == expected


def test_a_wall_for_the_papers_members() -> None:
    wall = "<div><h3>كمّل القراءة</h3><p>هذا المحتوى متاح لأعضاء الضفة فقط.</p><a href='/join'>اشترك</a></div>"
    assert kind(page(f"<h1>{TITLE}</h1>{DAY}<div><p>{PARAGRAPHS[0]}</p>{wall}</div>")) == "paywalled"


def test_a_notice_in_a_page_of_lists_that_has_nothing_else() -> None:
    links = "".join(
        f'<tr><td><a href="/news/{n}">خبر آخر من أخبار المدينة رقم {n}</a></td></tr>' for n in range(40)
    )
    notice = "<td class='path'>الرئيسية &gt;&gt; محليات</td><td><b>عفواً .. الموضوع الذي طلبته غير موجود أو تم حذفه</b></td>"
    html = page(
        f"<table><tr><td>مقالات</td></tr>{links}</table><table><tr>{notice}</tr></table>",
        head="<title>الضفة</title>",
    )
    assert kind(html, "https://www.example.org/index.php?lng=arabic&id=31772") == "soft_404"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "listing"),
        ("/index.php?start=36", "listing"),
        ("/index.php?id=36", "live_blog"),
        ("/?p=36", "live_blog"),
    ],
)
def test_a_front_page_is_no_live_blog_however_much_it_tells_by_the_hour(path: str, expected: str) -> None:
    """As a television's, whose cards are called as the entries of its live blogs are, and whose head says «article»."""
    entries = "".join(
        f'<div class="live-entry"><time>1{n}:05</time><h3><a href="/news/{n}">خبر آخر من أخبار المدينة رقم {n}</a></h3></div>'
        for n in range(8)
    )
    html = page(f"<main>{entries}</main>", head='<meta property="og:type" content="article">')
    assert kind(html, f"https://www.example.org{path}") == expected


@pytest.mark.parametrize("title", ["رسالة إدارية", "النشرة البريدية"])
def test_what_a_forum_and_a_newsletter_say_of_themselves(title: str) -> None:
    """Though the newest stories stand below."""
    cards = "".join(f'<h3><a href="/news/{n}">خبر آخر من أخبار المدينة رقم {n}</a></h3>' for n in range(8))
    html = page(f"<main><h1>{title}</h1><p>{PARAGRAPHS[0]}</p></main><section>{cards}</section>")
    assert kind(html, "https://www.example.org/ar/newsletter/") == "other"
    assert kind(html.replace(cards.encode(), b""), "https://www.example.org/showthread.php?t=8355") == "other"


def test_what_a_tool_names_every_page_by_is_no_headline() -> None:
    html = page(f"<table><tr><td>{BODY}</td></tr></table>", head="<title>Untitled Document</title>")
    assert reading(html, "https://www.example.org/health.php").verdict.kind == "other"


@pytest.mark.parametrize(
    "address",
    [
        "index.php/component/k2/itemlist/date/2026/11/7.html",
        "index.php/opinion/itemlist/user/63-sami.html",
        "index.php?option=com_content&view=category&id=7",
        "rubrique12.html",
        "spip.php?rubrique12",
        "vb/forumdisplay.php?f=3",
        "forum/viewforum.php?f=3",
        "index.php?board=2.0",
        "search/label/محليات",
        "ar/taxonomy/term/12",
    ],
)
def test_what_leads_to_lists_in_every_content_system_is_one(address: str) -> None:
    """However much its first text, its day or its introduction reads like a story."""
    html = page(f"<h2>عرض العناصر حسب التاريخ</h2>{DAY}<div class='catItemBody'>{BODY}</div>")
    assert kind(html, f"https://www.example.org/{address}") == "listing"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("<h2>404 - File or directory not found.</h2><h3>The resource you are looking for might have been removed.</h3>", "soft_404"),
        ("<h2>الموقع تحت الإنشاء</h2><h3>نعمل على إطلاق الموقع في حلة جديدة</h3>", "outage"),
        ("<h1>Account Suspended</h1><p>Contact your hosting provider for more information.</p>", "outage"),
        (
            "<div>The domain <a href='/'>almadina.example</a> may be for sale.</div><h1>almadina.example</h1><p>The Sponsored Listings displayed "
            "above are served automatically by a third party. Neither the service provider nor the domain owner maintain any relationship with the "
            "advertisers, and in case of trademark issues please contact the domain owner directly, who is told by whois.</p>",
            "other",
        ),
    ],
    ids=["a server's notice", "a site being built", "a host's notice", "a domain for sale"],
)  # fmt: skip
def test_what_servers_and_hosts_say_in_a_storys_place(shown: str, expected: str) -> None:
    assert kind(page(f"<div>{shown}</div>"), "https://www.example.org/node/412077") == expected


@pytest.mark.parametrize(
    ("path", "expected"), [("/Poll/312", "other"), ("/polls/", "other"), ("/News/312", "article")]
)
def test_what_readers_are_asked_is_no_story(path: str, expected: str) -> None:
    asked = f"<h1>هل تعتقد أن افتتاح المكتبة سيزيد من عدد قرائها؟</h1>{DAY}<div><p>{PARAGRAPHS[0]}</p></div>"
    assert kind(page(asked), f"https://www.example.org{path}") == expected


@pytest.mark.parametrize(("said", "expected"), [("", "other"), (DAY, "article")])
def test_a_line_of_which_nothing_says_that_it_is_a_story(said: str, expected: str) -> None:
    html = page(
        f"<div><div class='t'><b>{TITLE}</b></div>{said}<p>{PARAGRAPHS[0]}</p></div>",
        head=f"<title>{TITLE}</title>",
    )
    assert kind(html, "https://www.example.org/blog") == expected


@pytest.mark.parametrize("path", ["/about/about-ara.htm", "/guestbook/guestbook.html", "/contact-us.aspx"])
def test_a_page_of_the_site_with_its_suffix_and_language(path: str) -> None:
    assert kind(page(f"<h1>{TITLE}</h1>{BODY}"), f"https://www.example.org{path}") == "other"


@pytest.mark.parametrize(
    "notice",
    [
        "عذرًا، لم نجد الخبر",
        "هذا المقال لم يعد متوفرا على الموقع.",
        "المادة التي تبحث عنها غير موجودة أو تم حذفها",
    ],
)
def test_notices_over_the_newest_stories(notice: str) -> None:
    cards = "".join(f'<h3><a href="/news/{n}">خبر آخر من أخبار المدينة رقم {n}</a></h3>' for n in range(16))
    html = page(f"<main><h2>{notice}</h2><p>يمكنك استخدام البحث</p></main><section>{cards}</section>")
    assert kind(html, "https://www.example.org/post/198204") == "soft_404"


@pytest.mark.parametrize(
    ("text", "expected"), [(PARAGRAPHS[0] * 2, "article"), ("صور من الميناء.", "gallery")]
)
def test_a_paragraph_of_a_day_among_the_pictures_of_a_gallery_is_a_story(text: str, expected: str) -> None:
    data = '<script type="application/ld+json">{"@type": "ImageGallery", "name": "صور"}</script>'
    html = page(f"<h1>{TITLE}</h1>{DAY}<div><p>{text}</p><img src='/1.jpg'></div>", head=data)
    assert kind(html, "https://www.example.org/post/166204") == expected


def test_teasers_with_a_kicker_over_their_headings() -> None:
    """As a magazine lists the pieces of a writer, in SPIP."""
    item = '<li class="item"><p class="surtitre">العراق</p><h3 class="entry-title"><a href="/ar/article{n}">الأهوار في انتظار من لا يأتي {n}</a></h3><div class="introduction"><p>{n} {text}</p></div><p>سامي العلي ، {n} أيار/مايو 2026</p></li>'
    items = "".join(item.format(n=n, text=PARAGRAPHS[n % 2]) for n in range(1, 6))
    html = page(f"<div><h1>سامي العلي</h1></div><ul>{items}</ul>")
    assert kind(html, "https://www.example.org/ar/sami-alali") == "listing"
