"""What can be reached, by which ways, under which addresses."""

import re
import socket
from urllib.parse import quote, unquote, urlsplit

import lxml.html
import pytest

from tests.newsroom import SPECIAL_PATHS, Newsroom, identity
from tests.newsroom.reading import Client, Walk, one


def test_everything_expected_can_be_reached(newsroom: Newsroom) -> None:
    assert Walk(newsroom).reached == newsroom.expected_articles()
    assert len(newsroom.expected_articles()) == 60


@pytest.mark.parametrize(
    ("channel", "via"),
    [
        ("sitemap", {"sitemap"}),
        ("sitemap", {"news_sitemap"}),
        ("feed", {"feed"}),
        ("see_also", {"see_also"}),
        ("pagination", {"listing"}),
        ("tag", {"tag"}),
    ],
)
def test_some_articles_have_one_way_only(newsroom: Newsroom, channel: str, via: set[str]) -> None:
    only = {
        newsroom.url.rstrip("/") + truth.path
        for truth in newsroom.articles
        if truth.via == via and truth.quirk in (None, "pagination_only")
    }
    reached = Walk(newsroom, without=frozenset({channel})).reached
    assert only
    assert not only & reached
    others = {each for each in newsroom.expected_articles() if each not in only}
    assert len(others - reached) <= 3  # the other exclusives of the same channel


def test_slugs_are_arabic_and_spelled_three_ways(newsroom: Newsroom, client: Client) -> None:
    pages = client.get("/").text + client.get(quote("/category/رياضة/")).text
    assert re.search(r'href="[^"]*%d8%[^"]*"', pages)
    assert re.search(r'href="[^"]*%D8%[^"]*"', pages)
    assert re.search(r'href="http[^"]*[ء-ي]', pages)
    for form in (newsroom.articles[0].path, newsroom.articles[0].path.lower()):
        assert client.get(form).status == 200
    assert any(re.match(r"/20\d\d/\d\d/\d\d/", truth.path) for truth in newsroom.articles)


def test_raw_letters_on_the_request_line(newsroom: Newsroom) -> None:
    path = unquote(newsroom.articles[0].path)
    with socket.create_connection(("127.0.0.1", urlsplit(newsroom.url).port), timeout=10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert raw.recv(12) == b"HTTP/1.1 200"


def test_tracking_and_reply_links_lead_to_the_same_page(newsroom: Newsroom, client: Client) -> None:
    front = client.get("/").text
    for mark in ("?utm_source=", "?fbclid=", "?print=1", "/amp/", "?p=12", "?sid=", "?tierand=1"):
        assert mark in front
    truth = newsroom.articles[0]
    plain = client.get(truth.path).body
    assert b"?replytocom=" in plain
    for query in ("?utm_source=x", "?fbclid=y", "?replytocom=7", "?tierand=1", "?sid=0"):
        assert client.get(truth.path + query).body == plain


def test_amp_and_print_twins_name_the_original(newsroom: Newsroom, client: Client) -> None:
    for truth, twin in ((one(newsroom, "amp"), "amp/"), (one(newsroom, "print"), "?print=1")):
        original, copy = client.get(truth.path), client.get(truth.path + twin)
        assert twin in original.text or twin in client.get("/").text
        page = lxml.html.document_fromstring(copy.text)
        assert identity(page.xpath("//link[@rel='canonical']/@href")[0]) == identity(truth.path)
        assert truth.body_paragraphs[0] in page.text_content()
        assert copy.body != original.body


def test_redirects(newsroom: Newsroom, client: Client) -> None:
    truth = next(each for each in newsroom.articles if each.via == {"shortlink"})
    short = client.get(f"/?p={1200 + truth.number}")
    assert (short.status, identity(short.headers["Location"])) == (301, identity(truth.path))
    assert client.get("/?p=999999").status == 404
    slashless = client.get(truth.path.rstrip("/"))
    assert (slashless.status, identity(slashless.headers["Location"])) == (301, identity(truth.path))
    assert client.get("/?tierand=1").status == 302
    hop, statuses = SPECIAL_PATHS["redirect_chain"], []
    while (answer := client.get(hop)).status != 200:
        statuses.append(answer.status)
        hop = answer.headers["Location"]
    assert statuses == [301, 302, 308]
    loop = client.get(client.get(SPECIAL_PATHS["redirect_loop"]).headers["Location"])
    assert loop.headers["Location"].endswith(SPECIAL_PATHS["redirect_loop"])
    assert "elsewhere.example.invalid" in client.get(SPECIAL_PATHS["redirect_offsite"]).headers["Location"]
    assert (
        client.get(SPECIAL_PATHS["redirect_dead_host"]).headers["Location"].startswith("http://127.0.0.1:1/")
    )
    assert identity(client.get("/sitemap.xml").headers["Location"]) == "/sitemap_index.xml"
