"""A page: decoded once, parsed once, its head read once; whatever the bytes."""

from urllib.parse import urljoin

import pytest

from archiver import extract_article
from archiver.page import MAX_BYTES, Page

TEXT = "قال وزير الري إن السدود امتلأت في هذا العام، وأضاف أن المياه التي وصلت إلى البلاد كافية."
WARNED = "encoding_contradicted"


def codes(page: Page) -> set[str]:
    return {warning.code for warning in page.warnings}


def document(encoding: str, declared: str | None = None, text: str = TEXT) -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return f"<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>".encode(encoding)


ENCODINGS = [
    ("utf-8 undeclared", document("utf-8"), {}, "utf-8", False),
    ("utf-8 declared", document("utf-8", "utf-8"), {}, "utf-8", False),
    ("utf-8 with a BOM", b"\xef\xbb\xbf" + document("utf-8"), {}, "utf-8", False),
    (
        "utf-8, header says windows-1256",
        document("utf-8"),
        {"Content-Type": "text/html; charset=windows-1256"},
        "utf-8",
        True,
    ),
    ("utf-8, meta says iso-8859-1", document("utf-8", "iso-8859-1"), {}, "utf-8", True),
    ("windows-1256 declared", document("cp1256", "windows-1256"), {}, "cp1256", False),
    ("windows-1256 undeclared", document("cp1256"), {}, "cp1256", False),
    (
        "windows-1256, header says utf-8",
        document("cp1256"),
        {"content-type": "text/html;charset=UTF-8"},
        "cp1256",
        True,
    ),
    ("windows-1256, meta says iso-8859-1", document("cp1256", "iso-8859-1"), {}, "cp1256", True),
    (
        "windows-1256, meta says utf-8, header right",
        document("cp1256", "utf-8"),
        {"content-type": "text/html; charset=windows-1256"},
        "cp1256",
        True,
    ),
    ("iso-8859-6 declared", document("iso-8859-6", "iso-8859-6"), {}, "iso8859-6", False),
    ("iso-8859-6 undeclared", document("iso-8859-6"), {}, "iso8859-6", False),
    ("an unknown name", document("cp1256", "arabic-windows"), {}, "cp1256", False),
    ("utf-16 with a BOM", "\ufeff".encode("utf-16-le") + document("utf-16-le"), {}, "utf-16-le", False),
]


@pytest.mark.parametrize(
    ("body", "headers", "encoding", "warned"),
    [each[1:] for each in ENCODINGS],
    ids=[each[0] for each in ENCODINGS],
)
def test_encodings(body: bytes, headers: dict[str, str], encoding: str, warned: bool) -> None:
    page = Page(body, "http://example.org/", headers=headers)
    assert page.encoding == encoding
    assert "".join(page.by_tag["p"][0].itertext()) == TEXT
    assert (WARNED in codes(page)) is warned
    assert "undecodable_bytes" not in codes(page)


def test_torn_bytes_are_replaced_and_warned_of() -> None:
    page = Page(document("utf-8").replace("السدود".encode(), "السدود".encode()[:-1]), "http://example.org/")
    assert page.encoding == "utf-8"
    assert "undecodable_bytes" in codes(page)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0",
        b"<!-- -->",
        b"plain",
        b"<",
        b"\xff\xfe",
        b"<frameset>",
        b"<?xml version='1.0'?>",
        b"\x89PNG\r\n",
    ],
)
def test_there_is_always_a_root(body: bytes) -> None:
    page = Page(body, "http://example.org/")
    assert page.root.tag == "html"
    assert page.jsonld == ()
    assert page.elements[0] is page.root


def test_a_huge_page_is_cut_and_warned_of() -> None:
    page = Page(b"<html><body>" + b"<p>a</p>" * (MAX_BYTES // 8) + b"<p>b</p>" * 10, "http://example.org/")
    assert "document_cut" in codes(page)


BLOCKS = [
    ("plain", '{"@type":"NewsArticle","headline":"a"}'),
    ("comment", '<!-- {"@type":"NewsArticle","headline":"a"} -->'),
    ("cdata", '//<![CDATA[\n{"@type":"NewsArticle","headline":"a"}\n//]]>'),
    ("trailing comma", '{"@type":"NewsArticle","headline":"a",}'),
    ("semicolon", '{"@type":"NewsArticle","headline":"a"};'),
    ("raw newline in a string", '{"@type":"NewsArticle","description":"b\nc","headline":"a"}'),
    ("bad escape", r'{"@type":"NewsArticle","description":"b\'c","headline":"a"}'),
    ("missing comma", '{"@type":"NewsArticle"\n"headline":"a"}'),
    ("list", '[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"a"}]'),
    ("graph", '{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle","Article"],"headline":"a"}]}'),
    ("main entity", '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"a"}}'),
    ("schema address as type", '{"@type":"https://schema.org/NewsArticle","headline":"a"}'),
    ("two in one block", '{"@type":"WebSite"}{"@type":"NewsArticle","headline":"a"}'),
    ("cut off behind it", '{"@type":"NewsArticle","headline":"a"}{"@type":"Web'),
]


@pytest.mark.parametrize("block", [block for _, block in BLOCKS], ids=[name for name, _ in BLOCKS])
def test_broken_json_ld_is_read_as_far_as_it_goes(block: str) -> None:
    page = Page(f'<script type="application/ld+json">{block}</script>'.encode(), "http://example.org/")
    assert [node["headline"] for node in page.stories] == ["a"]


def test_meta_by_name_property_and_itemprop() -> None:
    page = Page(
        b'<meta name="Author" content=" a  b "><meta property="og:title" content="t1"><meta property="og:title" content="t2">'
        b'<meta itemprop="datePublished" content="d"><meta name="empty" content="">',
        "http://example.org/",
    )
    assert page.meta["author"] == ("a b",)
    assert page.meta["og:title"] == ("t1", "t2")
    assert page.meta["datepublished"] == ("d",)
    assert "empty" not in page.meta


def test_addresses_resolve_as_browsers_resolve_them() -> None:
    page = Page(b'<base href="/news/"><link rel="canonical" href="a/1">', "https://example.org/x/y")
    assert page.canonical == "https://example.org/news/a/1"
    assert page.resolve("..\\b\\2") == "https://example.org/b/2"
    for nowhere in ("", "#top", "javascript:void(0)", "mailto:a@b.c", "http://[bad"):
        assert page.resolve(nowhere) is None


@pytest.mark.parametrize(
    "kept",
    [
        "/web/20110318224510/",
        "http://web.archive.org/web/2011/",
        "https://web.archive.org/web/20110318224510im_/",
    ],
)
def test_a_link_in_a_copy_out_of_a_web_archive_is_the_sites_own(kept: str) -> None:
    own = "http://example.org/news/2"
    assert Page(b"", "http://example.org/news/1").resolve(kept + own) == own
    within = "https://web.archive.org/web/20110318224510/http://example.org/news/1"
    assert Page(b"", within).resolve(kept + own) == urljoin(within, kept + own)


def test_entities_are_text() -> None:
    page = Page(
        "<p>&laquo;خبر&raquo;&nbsp;&#1593;&#1575;&#1580;&#1604; &amp; مهم</p>".encode(), "http://example.org/"
    )
    assert page.by_tag["p"][0].text == "«خبر»\xa0عاجل & مهم"


def test_a_comment_parts_no_text() -> None:
    page = Page("<p>3<!-- --> يونيو<!-- react --> 2020</p>".encode(), "http://example.org/")
    assert page.by_tag["p"][0].text == "3 يونيو 2020"


@pytest.mark.parametrize(
    ("html", "url", "fetched_at", "said"),
    [
        (None, "https://example.ly/1", None, "a page is the bytes that were served, not NoneType"),
        (5, "https://example.ly/1", None, "a page is the bytes that were served, not int"),
        (b"<p>", None, None, "a page's url is a str, not NoneType"),
        (b"<p>", b"https://example.ly/1", None, "a page's url is a str, not bytes"),
        (b"<p>", "https://example.ly/1", "2024-05-01", "fetched_at is a datetime or None, not str"),
    ],
)
def test_what_is_no_page_is_refused_with_what_is_asked_for(
    html: object, url: object, fetched_at: object, said: str
) -> None:
    with pytest.raises(TypeError, match=said):
        extract_article(html, url, fetched_at=fetched_at)  # type: ignore[arg-type]


def test_text_for_bytes_is_told_the_way_out() -> None:
    with pytest.raises(TypeError, match=r"not str; of text give its \.encode\(\)"):
        Page("<p>نص", "https://example.ly/1")  # type: ignore[arg-type]
    assert extract_article("<h1>نص", "https://example.ly/1").url == "https://example.ly/1", "which takes both"


def test_the_letters_of_a_query_go_in_the_pages_own_encoding_as_browsers_send_them() -> None:
    html = '<meta charset="windows-1256"><a href="list.asp?cat=محليات&p=2">قسم</a>'
    old = Page(html.encode("cp1256"), "https://example.ly/a/")
    assert (
        old.resolve("list.asp?cat=محليات&p=2") == "https://example.ly/a/list.asp?cat=%E3%CD%E1%ED%C7%CA&p=2"
    )
    assert old.resolve("list.asp?q=a ‑b#x") == "https://example.ly/a/list.asp?q=a %26%238209%3Bb#x"
    assert old.resolve("/قسم?x=1") == "https://example.ly/قسم?x=1"
    new = Page('<meta charset="utf-8"><p>نص'.encode(), "https://example.ly/a/")
    assert new.resolve("list.asp?cat=محليات") == "https://example.ly/a/list.asp?cat=محليات"
