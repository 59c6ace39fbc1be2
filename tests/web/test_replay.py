"""The first wall around an archived page: what is left of it when it has been made neutral."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from archiver.web.replay import neutral_html
from tests.web.hostile import hostile_page

HOME = "http://home.example"
ADDRESS = "https://example.ly/story"
MAY_NOT_BE = {
    "script", "iframe", "frame", "object", "embed", "form", "input", "button", "base", "link", "svg", "math", "video",
    "audio", "source", "area", "template", "noscript", "textarea", "select", "portal", "fencedframe",
}  # fmt: skip
ADDRESSES = {
    "href",
    "srcset",
    "action",
    "formaction",
    "background",
    "poster",
    "ping",
    "data",
    "cite",
    "srcdoc",
    "xlink:href",
}


def neutral(html: str, *, styled: bool = True) -> str:
    return neutral_html(
        html.encode("utf-8", "surrogatepass"), ADDRESS, "text/html; charset=utf-8", styled=styled
    )


def assert_harmless(html: str) -> None:
    head, body = html.split("</head><body>", 1)
    root = etree.fromstring(f"<html><body>{body}", etree.HTMLParser())
    for element in root.iter(etree.Element):
        assert element.tag not in MAY_NOT_BE, element.tag
        assert element.tag != "meta"
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert name not in ADDRESSES, (element.tag, name)
            if name == "src":
                assert element.tag == "img"
                assert value.strip().lower().startswith("data:image/")
                assert "svg" not in value[:20].lower()
    assert head.count("<meta") == 2
    assert "<script" not in html.lower()


def test_of_a_page_that_tries_everything_the_text_is_left() -> None:
    html = neutral(hostile_page(HOME))
    assert_harmless(html)
    assert html.count("هذه الفقرة رقم") == 5
    assert 'lang="ar" dir="rtl"' in html
    assert "data:image/gif;base64" in html


def test_without_styles_no_address_of_elsewhere_is_left_at_all() -> None:
    plain = neutral(hostile_page(HOME), styled=False)
    assert HOME not in plain
    assert "style=" not in plain
    assert "position: fixed" in neutral(hostile_page(HOME))


def test_structure_and_inline_looks_stay() -> None:
    html = neutral(
        '<body dir="rtl"><style>.lead { color: red }</style><h1 class="lead" id="t">عنوان</h1>'
        '<table><tr><td colspan="2">خلية</td></tr></table><p style="text-align: center">نص <b>غليظ</b></p>'
        '<img alt="صورة الميناء" src="https://example.ly/a.png" width="600">'
    )
    assert '<h1 class="lead" id="t">عنوان</h1>' in html
    assert ".lead { color: red }" in html
    assert '<td colspan="2">خلية</td>' in html
    assert '<p style="text-align: center">نص <b>غليظ</b></p>' in html
    assert re.search(r'<img alt="صورة الميناء"[^>]*>', html)
    assert "a.png" not in html
    assert '<html dir="rtl">' in html


def test_a_page_in_another_encoding_is_read_as_it_was_meant() -> None:
    html = neutral_html("<p>من أخبار الميناء في المدينة</p>".encode("cp1256"), ADDRESS, "text/html")
    assert "من أخبار الميناء في المدينة" in html


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "".join(f"<b id={n}>" for n in range(20_000)) + "<p>" * 20_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(5_000)) + "<p>x" * 9_000,
        "<a href=x>" * 50_000,
        "<table>" * 20_000,
        "<p>" + "كلمة " * 2_000_000,
        "<style>" + "a" * 4_000_000,
    ],
    ids=["deep", "formatting", "reopened", "anchors", "tables", "long", "endless style"],
)
def test_a_page_made_to_be_slow_is_not(html: str) -> None:
    began = time.process_time()
    shown = neutral(html)
    assert time.process_time() - began < 5
    assert len(shown) < 30_000_000


PIECES = (
    "<script> </script> <style> </style> <!-- --> <noscript> </noscript> <svg> <math> </math> <mtext> <mglyph> <table> "
    "<title> </title> <textarea> </textarea> <xmp> <iframe> </iframe> <template> <select> <option> <p> </p> <a> <b> "
    "<img/src=//home.example/x> <link/rel=preconnect/href=//home.example> <meta/http-equiv=refresh/content=0> "
    "<img/onerror=alert(1)/src=x> <p/title='</style><script>alert(1)</script>'> <form/action=//home.example> "
    "<annotation-xml/encoding=text/html> <foreignObject> ]]> &lt;script&gt; <plaintext> \x00 \" ' < >"
)
FRAGMENTS = st.sampled_from(PIECES.split(" "))


@settings(max_examples=120)
@example(["<style>", "<script>"])
@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=25))
def test_however_it_is_put_together_nothing_that_acts_is_left(parts: list[str]) -> None:
    assert_harmless(neutral("".join(parts)))
