"""What a page is; above all, that an article is not taken for anything else."""

import pickle

import pytest

from archiver.challenge import is_challenge
from tests.extract.pages import BODY, PARAGRAPHS, TITLE, page, reading, story

CARDS = "".join(
    f'<article><h2><a href="/news/{n}">عنوان خبر رقم {n} من أخبار المدينة والقرى</a></h2><p>مقتطف قصير من الخبر …</p></article>'
    for n in range(20)
)


def kind(html: bytes, url: str = "https://www.example.org/news/4417", **kwargs: object) -> str:
    return reading(html, url, **kwargs).verdict.kind  # type: ignore[arg-type]


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


@pytest.mark.parametrize(
    "said", ["الصفحة غير موجودة", "عذراً، لم يتم العثور على الصفحة", "404 - Page not found", "الخبر غير موجود"]
)
def test_soft_404(said: str) -> None:
    html = page(
        f"<h1>{said}</h1><p>يمكنك العودة إلى الصفحة الرئيسية أو البحث عما تريد.</p>",
        head=f"<title>{said}</title>",
    )
    found = reading(html)
    assert found.verdict.kind == "soft_404"
    assert "not_an_article" in {warning.code for warning in found.article.warnings}


def test_a_paywalled_stub_is_an_article_with_a_flag() -> None:
    html = story(body=f"<p>{PARAGRAPHS[0]}</p><p>هذا المحتوى للمشتركين فقط</p>")
    found = reading(html)
    assert found.verdict.kind == "paywalled"
    assert found.article.title == TITLE
    assert "paywalled" in {warning.code for warning in found.article.warnings}


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
        (403, {}, b"<html><title>Access Denied</title><body>errors.edgesuite.net</body></html>"),
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
