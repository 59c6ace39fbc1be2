"""robots.txt, sitemaps, feeds and listings."""

import gzip
import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote, urlsplit

import feedparser
import lxml.etree
import lxml.html
import pytest

from tests.newsroom import SPECIAL_PATHS, Newsroom, identity
from tests.newsroom.reading import NOW, Client


def test_robots(client: Client, newsroom: Newsroom) -> None:
    robots = client.get("/robots.txt").text
    assert f"Sitemap: {newsroom.url}sitemap_index.xml" in robots
    assert "Disallow: /private/" in robots
    assert "Crawl-delay" not in robots
    private = newsroom.special["private"]
    assert client.get(private).status == 200
    assert unquote(private) in unquote(client.get("/").text)
    assert newsroom.url.rstrip("/") + private not in newsroom.expected_articles()


@pytest.mark.parametrize(("status", "expected"), [(404, 61), (403, 61), (500, 0)])
def test_robots_that_fails(status: int, expected: int) -> None:
    with Newsroom(robots_status=status) as newsroom:
        client = Client(newsroom)
        assert client.get("/robots.txt").status == status
        assert len(newsroom.expected_articles()) == expected
        client.close()


def test_crawl_delay_is_announced() -> None:
    with Newsroom(12, crawl_delay=0.5) as newsroom:
        client = Client(newsroom)
        assert "Crawl-delay: 0.5\n" in client.get("/robots.txt").text
        client.close()


def test_sitemaps(newsroom: Newsroom, client: Client) -> None:
    index = lxml.etree.fromstring(client.get("/sitemap_index.xml").body)
    names = [urlsplit(loc).path for loc in index.xpath("//*[local-name()='loc']/text()")]
    assert SPECIAL_PATHS["broken_sitemap"] in names
    assert client.get(SPECIAL_PATHS["broken_sitemap"]).status == 404
    listed = set()
    for name in names:
        if name.endswith(".gz"):
            answer = client.get(name)
            assert answer.headers["Content-Type"] == "application/gzip"
            assert answer.headers["Content-Encoding"] is None
            sitemap = lxml.etree.fromstring(gzip.decompress(answer.body))
            listed |= {identity(loc) for loc in sitemap.xpath("//*[local-name()='loc']/text()")}
            assert all(
                re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+02:00", each)
                for each in sitemap.xpath("//*[local-name()='lastmod']/text()")
            )
    assert listed == {identity(truth.path) for truth in newsroom.articles if "sitemap" in truth.via}
    news = lxml.etree.fromstring(client.get("/news-sitemap.xml").body)
    dates = news.xpath("//*[local-name()='publication_date']/text()")
    assert len(dates) == 4
    assert all(datetime.fromisoformat(date) > NOW - timedelta(days=2) for date in dates)


def test_feed(newsroom: Newsroom, client: Client) -> None:
    links = lxml.html.document_fromstring(client.get("/").text).xpath("//link[@rel='alternate']/@href")
    assert [urlsplit(link).path for link in links] == ["/feed/", "/comments/feed/"]
    feed = feedparser.parse(client.get("/feed/").body)
    assert not feed.bozo
    truths = {identity(truth.path): truth for truth in newsroom.articles}
    for item in feed.entries:
        truth = truths[identity(item.link)]
        assert item.title == truth.title
        assert parsedate_to_datetime(item.published) == datetime.fromisoformat(truth.published_at or "")
    assert any(truths[identity(item.link)].via == {"feed"} for item in feed.entries)
    comments = feedparser.parse(client.get("/comments/feed/").body)
    assert all("#comment-" in item.link for item in comments.entries)


def test_listings_have_pages(newsroom: Newsroom, client: Client) -> None:
    section = quote("/category/ثقافة/")
    first = client.get(section)
    assert re.search(r'id="tie-next-page"', first.text)
    assert client.get(f"{section}page/2/").status == 200
    assert client.get(f"{section}page/99/").status == 404
    assert client.get(quote("/tag/مسرح/")).status == 200
    assert client.get(quote("/author/ليلى-الصدفي/")).status == 200
    assert client.get(quote("/category/لا-شيء/")).status == 404
