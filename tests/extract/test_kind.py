"""What a page is; above all, that an article is not taken for anything else."""

import pickle

import pytest

from archiver.challenge import is_challenge
from tests.extract.pages import BODY, PARAGRAPHS, TITLE, kind, page, reading, story

CARDS = "".join(
    f'<article><h2><a href="/news/{n}">عنوان خبر رقم {n} من أخبار المدينة والقرى</a></h2><p>مقتطف قصير من الخبر …</p></article>'
    for n in range(20)
)


ARTICLES = [
    ("plain", story(), "https://www.example.org/news/4417"),
    ("under a tag's address", story(), "https://www.example.org/tag/books/4417"),
    ("under a section's address", story(), "https://www.example.org/category/culture/library.html"),
    ("with many other headlines", story(after=CARDS), "https://www.example.org/news/4417"),
    (
        "at the root",
        story(
            '<time datetime="2020-06-03">3 يونيو 2020</time>',
            head='<meta property="og:type" content="article">',
        ),
        "https://www.example.org/",
    ),
    (
        "og:type website",
        story(head='<meta property="og:type" content="website">'),
        "https://www.example.org/?id=4417",
    ),
    ("short news", story(body=f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"), "https://www.example.org/a"),
    (
        "about a missing page",
        story(body=BODY + "<p>وقالت الشركة إن الصفحة غير موجودة بسبب عطل.</p>"),
        "https://www.example.org/a",
    ),
    (
        "about people who are missing",
        page(
            f"<h1>لم يتم العثور على ناجين في حادث الطائرة</h1><time>3 يونيو 2020</time><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>",
            head="<title>لم يتم العثور على ناجين في حادث الطائرة</title>",
        ),
        "https://www.example.org/a",
    ),
    (
        "behind a CDN",
        story(after="<script>a='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>"),
        "https://www.example.org/a",
    ),
    (
        "with a newsletter box",
        story(after='<div class="newsletter">اشترك في النشرة</div>'),
        "https://www.example.org/a",
    ),
]


@pytest.mark.parametrize(("html", "url"), [each[1:] for each in ARTICLES], ids=[each[0] for each in ARTICLES])
def test_articles(html: bytes, url: str) -> None:
    verdict = reading(html, url).verdict
    assert verdict.kind == "article", verdict.evidence


LISTINGS = [
    ("front page", page(f"<h1>صحيفة الضفة</h1>{CARDS}"), "https://www.example.org/"),
    (
        "category",
        page(f"<h1>محليات</h1>{CARDS}", attributes='class="archive category category-local"'),
        "https://www.example.org/category/local/",
    ),
    (
        "tag",
        page(f"<h1>وسم: مكتبات</h1>{CARDS}"),
        "https://www.example.org/tag/%D9%85%D9%83%D8%AA%D8%A8%D8%A7%D8%AA",
    ),
    ("later page", page(f"<h1>محليات</h1>{CARDS}"), "https://www.example.org/local/page/3"),
    (
        "search",
        page(f"<h1>نتائج البحث</h1>{CARDS}", attributes='class="search search-results"'),
        "https://www.example.org/?s=a",
    ),
]


@pytest.mark.parametrize(("html", "url"), [each[1:] for each in LISTINGS], ids=[each[0] for each in LISTINGS])
def test_listings(html: bytes, url: str) -> None:
    verdict = reading(html, url).verdict
    assert verdict.kind == "listing", verdict.evidence


def test_what_wordpress_calls_an_archive_is_one_however_its_introduction_reads() -> None:
    for classes in ("rtl archive tax-folder term-water", "archive date rtl"):
        html = page(f"<h1>من يملك الماء؟</h1>{BODY}", attributes=f'class="{classes}"')
        assert kind(html, "https://www.example.org/folder/water") == "listing"
    whole = story(head='<meta property="og:type" content="article">').replace(
        b"<body >", b'<body class="archive">'
    )
    assert kind(whole) == "article"


@pytest.mark.parametrize(
    "said",
    [
        "الصفحة غير موجودة",
        "عذراً، لم يتم العثور على الصفحة",
        "404 - Page not found",
        "الخبر غير موجود",
        "هذا الخبر لم يعد متاحا",
    ],
)
def test_soft_404(said: str) -> None:
    html = page(
        f"<h1>{said}</h1><p>يمكنك العودة إلى الصفحة الرئيسية أو البحث عما تريد.</p>",
        head=f"<title>{said}</title>",
    )
    found = reading(html)
    assert found.verdict.kind == "soft_404"
    assert "not_an_article" in {warning.code for warning in found.article.warnings}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<b>عفوا، هذا الخبر غير موجود أو تم حذفه</b>", "soft_404"),
        ('<div class="alert">الخبر المطلوب غير موجود</div>', "soft_404"),
        ('<div style="display:none"><b>الصفحة غير موجودة</b></div>', "other"),
        ('<a href="/missing">الخبر غير موجود؟ أبلغنا</a>', "other"),
        ("<p>لا توجد تعليقات</p>", "other"),
        ("<h2>المادة غير متاحة</h2><p>تم حذف هذه المادة من الموقع أو لم تعد متاحة للنشر.</p>", "soft_404"),
    ],
)
def test_a_line_on_a_page_without_text_says_that_it_is_not_there(line: str, kind: str) -> None:
    menu = "".join(f'<li><a href="/s/{n}">قسم {n}</a></li>' for n in range(6))
    found = reading(page(f"<ul>{menu}</ul><div>{line}</div>", head="<title>صحيفة الضفة</title>"))
    assert found.verdict.kind == kind


def test_a_paywalled_stub_is_an_article_with_a_flag() -> None:
    html = story(body=f"<p>{PARAGRAPHS[0]}</p><p>هذا المحتوى للمشتركين فقط</p>")
    found = reading(html)
    assert found.verdict.kind == "paywalled"
    assert found.article.title == TITLE
    assert "paywalled" in {warning.code for warning in found.article.warnings}


WALL = (
    '<div class="offer"><span>هذا المحتوى متاح للأعضاء فقط</span><p>للاطلاع على الموضوع كاملا سجل الدخول بحساب العضوية.</p>'
    "<p>شهري 5$ أو سنوي 48$</p></div>"
)


@pytest.mark.parametrize("shown", [f"<p>{PARAGRAPHS[0]}</p>", ""], ids=["a paragraph", "nothing"])
def test_what_a_wall_says_is_no_text_of_the_story(shown: str) -> None:
    html = story('<time datetime="2020-06-03">3 يونيو 2020</time>', body=shown + WALL)
    found = reading(html)
    assert found.verdict.kind == "paywalled"
    assert found.article.body == (PARAGRAPHS[0] if shown else None)


def test_a_label_for_subscribers_over_a_text_takes_none_of_it() -> None:
    body = f"<p>محتوى حصري للمشتركين</p>{BODY}{BODY}"
    found = reading(story(body=body)).article
    assert found.body is not None
    assert found.body.startswith(PARAGRAPHS[0])
    assert "حصري" not in found.body


def test_a_gallery_has_pictures_and_no_text() -> None:
    pictures = "".join(f'<figure><img src="/p{n}.jpg"></figure>' for n in range(8))
    assert (
        kind(page(f"<h1>صباح الميناء القديم</h1>{pictures}"), "https://www.example.org/gallery/12")
        == "gallery"
    )


def test_an_empty_document() -> None:
    found = reading(b"")
    assert found.verdict.kind == "other"
    assert {"empty_document", "not_an_article"} <= {warning.code for warning in found.article.warnings}


CLOUDFLARE = b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (403, {}, CLOUDFLARE),
        (503, {"Server": "cloudflare"}, CLOUDFLARE),
        (200, {"CF-Mitigated": "challenge"}, b"<html></html>"),
        (403, {}, b"<html><body>Request unsuccessful. Incapsula incident ID: 1</body></html>"),
        (
            200,
            {},
            b'<html><body><script src="/aes.js"></script><script>slowAES.decrypt(a)</script></body></html>',
        ),
        (200, {}, "<title>در حال انتقال به سایت مورد نظر هستید...</title>".encode()),
        (403, {}, b"<html><title>Access Denied</title><body>errors.edgesuite.net</body></html>"),
        (
            200,
            {},
            b"<html><title>ERROR: The request could not be satisfied</title><body><h1>403 ERROR</h1>Generated by cloudfront (CloudFront)</body></html>",
        ),
    ],
)
def test_challenges(status: int, headers: dict[str, str], body: bytes) -> None:
    assert is_challenge(status, headers, body)


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, story()), (404, b"<html><h1>Not found</h1></html>"), (200, b""), (403, story() * 40)],
)
def test_what_is_no_challenge(status: int, body: bytes) -> None:
    assert not is_challenge(status, {"server": "cloudflare"}, body)


def test_a_challenge_is_named() -> None:
    assert kind(CLOUDFLARE) == "challenge"


def test_a_reading_travels_between_processes() -> None:
    found = reading(story())
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    "said",
    ["خطأ في الاتصال بقاعدة البيانات", "الموقع تحت الصيانة", "Error establishing a database connection"],
)
def test_a_site_out_of_order_is_named(said: str) -> None:
    assert (
        reading(page(f"<h1>{said}</h1><p>يرجى المحاولة لاحقا</p>", head="<title>خطأ</title>")).verdict.kind
        == "outage"
    )
    assert reading(story(f"<h2>{said}</h2>")).verdict.kind == "article"


def test_a_day_that_only_the_address_or_a_feed_tells_hides_no_notice() -> None:
    """The notice stands under every address, those of archived stories too."""
    out = page("<h1>الموقع تحت الصيانة</h1><p>نعود إليكم قريبا بإذن الله بعد أعمال تطوير شاملة.</p>")
    hints = {"feed_published": "2024-05-01T10:00:00+02:00"}
    assert kind(out, "https://www.example.org/2024/05/01/harbour") == kind(out, hints=hints) == "outage"
    gone = page("<h1>الصفحة غير موجودة</h1><p>عذرا، لم نجد ما تبحث عنه في هذا الموقع.</p>")
    assert kind(gone, "https://www.example.org/2024/05/01/harbour") == kind(gone, hints=hints) == "soft_404"


def test_a_page_that_asks_for_consent_is_a_gate_and_no_story() -> None:
    asked = "<h1>نحن نهتم بخصوصيتك</h1><p>نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتحسين تجربتك على هذا الموقع وقياس الزيارات.</p>"
    assert (
        reading(
            page(f"{asked}<form><button>قبول الكل</button></form>", head="<title>الخصوصية</title>")
        ).verdict.kind
        == "challenge"
    )
    assert (
        reading(page(f"{asked}{BODY}", head="<title>نحن نهتم بخصوصيتك</title>")).verdict.kind != "challenge"
    )


@pytest.mark.parametrize(("title", "expected"), [("أرسل لصديق", "other"), (TITLE, "article")])
def test_a_form_that_only_names_a_story_is_none(title: str, expected: str) -> None:
    """A page that sends a story to a friend says its headline; a story has a form for comments, and more to say."""
    form = '<form method="post"><input name="email"><textarea></textarea></form>'
    text = (
        f"<b>{TITLE} رغم العقبات كلها في وادي الزهور</b>"
        if expected == "other"
        else f"<h1>{TITLE}</h1>{BODY}"
    )
    html = page(
        f'<div id="menu"><a href="/c">سياسة</a></div><div id="content">{text}{form}</div>',
        head=f"<title>{title}</title>",
    )
    assert kind(html) == expected


MENU = "".join(
    f'<li><a href="{path}">{label}</a></li>'
    for path, label in (
        ("/", "الرئيسية"),
        ("/news/4417", "ميثاق الشرف المهني"),
        ("/p/2", "شروط النشر"),
        ("/p/3", "اتصل بنا"),
        ("/p/4", "هيئة التحرير"),
    )
)
LATEST = "".join(
    f'<li><a href="/news/44{number}">{title}</a></li>'
    for number, title in enumerate(
        ["ميثاق الشرف المهني", *[f"وصول السفينة رقم {n} إلى الرصيف الشرقي" for n in range(9)]], 17
    )
)
DAY = '<time datetime="2020-06-03">3 يونيو 2020</time>'


@pytest.mark.parametrize(
    ("title", "facts", "around", "expected"),
    [
        ("ميثاق الشرف المهني", "", f"<footer><ul>{MENU}</ul></footer>", "other"),
        ("ميثاق الشرف المهني", "", f"<nav>{MENU}</nav>", "other"),
        ("ميثاق الشرف المهني", DAY, f"<footer><ul>{MENU}</ul></footer>", "article"),
        ("ميثاق الشرف المهني", "", "", "article"),
        ("ميثاق الشرف المهني", "", f"<footer><ul>{LATEST}</ul></footer>", "article"),
        ("هيئة التحرير", DAY, f"<footer><ul>{MENU.replace('/p/4', '/news/4417')}</ul></footer>", "other"),
        ("هيئة التحرير", DAY, f"<footer><ul>{MENU}</ul></footer>", "article"),
        (TITLE, "", f"<footer><ul>{MENU.replace('شروط النشر', TITLE)}</ul></footer>", "article"),
    ],
    ids=[
        "footer",
        "menu",
        "dated",
        "in no menu",
        "among the newest",
        "dated, about the site",
        "named so",
        "a sentence",
    ],
)
def test_a_page_that_its_own_menu_names_is_of_the_site(
    title: str, facts: str, around: str, expected: str
) -> None:
    html = page(f"<div class='story'><h1>{title}</h1>{facts}<div class='text'>{BODY}</div></div>{around}")
    assert kind(html) == expected


@pytest.mark.parametrize(("facts", "expected"), [("", "other"), (DAY, "article")])
def test_a_table_of_figures_without_a_day_is_no_story(facts: str, expected: str) -> None:
    rows = "".join(
        f"<tr><td>عملة البلد {n}</td><td>CUR</td><td>{n}.7502</td><td>-0.0{n}%</td></tr>" for n in range(12)
    )
    table = f'<div class="entry-content"><table>{rows}</table></div>'
    found = reading(
        page(f"<h1>محول العملات</h1>{facts}<form><input type='number'></form>{table}"),
        "https://www.example.org/converter",
    )
    assert found.verdict.kind == expected
    assert [block.text for block in found.article.blocks][:4] == ["عملة البلد 0", "CUR", "0.7502", "-0.00%"]


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        (
            "/video/market-tour/",
            "<p>انطلقت الجولة صباح اليوم من السوق القديم، وزارت ثلاثين متجرا في أزقته الضيقة.</p>",
            "gallery",
        ),
        ("/programs/panorama/2026/11/25/x", "<p>حلقة جديدة من البرنامج.</p>", "gallery"),
        (
            "/news/market-tour/",
            "<p>انطلقت الجولة صباح اليوم من السوق القديم، وزارت ثلاثين متجرا في أزقته الضيقة.</p>",
            "article",
        ),
        ("/video/market-tour/", BODY, "article"),
    ],
)
def test_a_film_with_no_more_than_a_line_is_no_story(path: str, body: str, expected: str) -> None:
    assert kind(story(DAY, body=body), f"https://www.example.org{path}") == expected


def test_a_story_behind_a_password_is_a_stub_without_a_body() -> None:
    """As WordPress prints it: the rest of the page is none of the story."""
    form = (
        '<form action="/wp-login.php?action=postpass" class="post-password-form" method="post"><p>هذا المحتوى محمي بكلمة مرور.'
        ' لإظهار المحتوى يتعين عليك كتابة كلمة المرور في الأدنى:</p><p><label>كلمة المرور: <input name="post_password" type="password"></label></p></form>'
    )
    after = "<div class='tags'>الوسوم: محليات</div><div class='share'>مشاركة عبر البريد طباعة</div>"
    head = '<meta property="og:type" content="article">'
    found = reading(
        page(
            f"<div class='p'><h1>محمي: {TITLE}</h1>{DAY}<div class='entry-content'>{form}</div>{after}</div>",
            head=head,
        )
    )
    assert (found.verdict.kind, found.article.body) == ("paywalled", None)
