"""The fixture newsroom keeps its promises; the tests of the crawl lean on them."""

import gzip
import http.client
import json
import re
import socket
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import feedparser
import lxml.etree
import lxml.html
import pytest

from benchmarks.loopback_site import LoopbackSite
from tests.newsroom import SPECIAL_PATHS, Newsroom, Truth, identity

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """One kept-alive connection, as plain as can be: no redirects, no decoding."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.home = newsroom.url
        self._connection = http.client.HTTPConnection("127.0.0.1", urlsplit(newsroom.url).port, timeout=10)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        target = quote(path.removeprefix(self.home.rstrip("/")) or "/", safe="/%?&=#+:;,")
        self._connection.request(
            method,
            target.partition("#")[0],
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        response = self._connection.getresponse()
        return Answer(response.status, response.headers, response.read())

    def close(self) -> None:
        self._connection.close()


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=NOW) as newsroom:
        yield newsroom


@pytest.fixture
def fresh() -> Iterator[Newsroom]:
    """A newsroom that the test may change."""
    with Newsroom(now=NOW) as newsroom:
        yield newsroom


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    name = "fresh" if "fresh" in request.fixturenames else "newsroom"
    client = Client(request.getfixturevalue(name))
    yield client
    client.close()


def one(newsroom: Newsroom, quirk: str) -> Truth:
    (truth,) = newsroom.of_quirk(quirk)
    return truth


def page_of(client: Client, truth: Truth) -> lxml.html.HtmlElement:
    answer = client.get(truth.path)
    if answer.status in (429, 500, 503):
        answer = client.get(truth.path)
    assert answer.status == 200
    return lxml.html.document_fromstring(answer.body.decode(truth.encoding))


# ---------------------------------------------------------------- the truth


def test_every_article_says_what_the_truth_says(newsroom: Newsroom, client: Client) -> None:
    for truth in newsroom.articles:
        page = page_of(client, truth)
        shown = " ".join(page.text_content().split())
        assert page.findtext(".//h1") == truth.title or page.xpath("string(//h1)") == truth.title
        for block in truth.body_paragraphs:
            assert " ".join(block.split()) in shown
        for text in (truth.visible_date, truth.header_clock, truth.agency, *truth.authors):
            assert text is None or text in shown or truth.quirk == "meta_off"
        if truth.caption:
            assert truth.caption in shown
        hrefs = {identity(href) for href in page.xpath("//a/@href") if not href.startswith("http://[")}
        assert hrefs >= {identity(each.path) for each in truth.see_also}
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        assert identity(canonical) == identity(truth.path)


def test_articles_differ_from_one_another(newsroom: Newsroom) -> None:
    articles = newsroom.articles
    assert len({truth.title for truth in articles}) == len(articles) == 60
    assert Counter(truth.section for truth in articles).keys() == {"محليات", "اقتصاد", "رياضة", "ثقافة"}
    words = {truth.path: set(truth.body.split()) for truth in articles}
    for first in articles:
        for second in articles:
            if first.path < second.path and first.path != second.copy_of and second.path != first.copy_of:
                shared = words[first.path] & words[second.path]
                assert len(shared) / len(words[first.path] | words[second.path]) < 0.6


def test_themes_and_encodings(newsroom: Newsroom) -> None:
    themes = Counter(truth.theme for truth in newsroom.articles)
    assert themes == {"sahifa": 52, "jannah": 3, "plain": 4, "tagdiv": 1}
    assert Counter(truth.encoding for truth in newsroom.articles) == {"utf-8": 57, "windows-1256": 3}


def test_the_same_number_gives_the_same_newsroom(newsroom: Newsroom) -> None:
    with Newsroom(now=NOW) as other:
        assert other.articles == newsroom.articles


@pytest.mark.parametrize("count", [12, 13, 33, 40])
def test_a_smaller_newsroom_is_whole(count: int) -> None:
    with Newsroom(count, now=NOW) as small:
        assert len(small.articles) == count
        assert Walk(small).reached >= small.expected_articles()


# ---------------------------------------------------------------- what is reachable, and how


class Walk:
    """A crawler of a few lines, to prove what can be reached; it knows the traps by name."""

    def __init__(self, newsroom: Newsroom, *, without: frozenset[str] = frozenset()) -> None:
        self.home = newsroom.url.rstrip("/")
        self.without = without
        self.seen: set[str] = set()
        self.reached: set[str] = set()
        self.client = Client(newsroom)
        self.expected = {identity(url): url for url in newsroom.expected_articles()}
        queue = ["/"]
        if "sitemap" not in without:
            queue.append("/sitemap_index.xml")
        while queue:
            queue += self.visit(queue.pop())
        self.client.close()

    def visit(self, url: str) -> list[str]:
        parts = urlsplit(url)
        path = unquote(parts.path or "/").partition("/amp/")[0]
        key = path + ("?" + parts.query if "p=" in parts.query else "")
        trap = re.match(r"/(calendar|archive|a|search|private|faults|wp-)", path)
        if parts.netloc not in ("", urlsplit(self.home).netloc) or trap or key in self.seen:
            return []
        if self._left_out(path):
            return []
        self.seen.add(key)
        answer = self.client.get(url)
        if answer.status in (429, 500, 503):
            answer = self.client.get(url)
        if answer.status in (301, 302, 308):
            return [urljoin(url, answer.headers["Location"].encode("latin-1").decode())]
        if answer.status == 200 and identity(path) in self.expected:
            self.reached.add(self.expected[identity(path)])
        return self._links(url, answer) if answer.status == 200 else []

    def _left_out(self, path: str) -> bool:
        parts = {"feed": "/feed/", "pagination": "/page/", "tag": "/tag/"}
        return any(part in path for name, part in parts.items() if name in self.without)

    def _links(self, url: str, answer: Answer) -> list[str]:
        body = gzip.decompress(answer.body) if url.endswith(".gz") else answer.body
        if "xml" in answer.headers["Content-Type"] or url.endswith(".gz"):
            return [unescape(each) for each in re.findall(r"<(?:loc|link)>([^<]+)</", body.decode())]
        page = lxml.html.document_fromstring(body.decode("utf-8", "replace"))
        if "see_also" in self.without:
            for each in page.xpath("//p[contains(., 'اقرأ أيضاً')]"):
                each.drop_tree()
        hrefs = page.xpath("//a/@href | //link[@type='application/rss+xml']/@href")
        return [urljoin(url, each) for each in hrefs if each[:8] != "http://["]


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


# ---------------------------------------------------------------- twins and redirects


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


# ---------------------------------------------------------------- robots, sitemaps, feeds, listings


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


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/feed/",
        "/sitemap_index.xml",
        "/post-sitemap1.xml.gz",
        "/category/رياضة/",
        "article",
    ],
)
def test_conditional_requests(path: str, newsroom: Newsroom, client: Client) -> None:
    path = newsroom.articles[0].path if path == "article" else quote(path)
    answer = client.get(path)
    tag, changed = answer.headers["ETag"], answer.headers["Last-Modified"]
    again = client.get(path, If_None_Match=tag)
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(path, If_Modified_Since=changed).status == 304
    assert client.get(path, If_None_Match='"other"', If_Modified_Since=changed).status == 200
    assert client.get(path, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert client.get(path, If_Modified_Since="whenever").status == 200
    assert client.get(path).status == 200  # the connection still stands


# ---------------------------------------------------------------- statuses


def test_absent_pages(client: Client) -> None:
    assert client.get(SPECIAL_PATHS["missing"]).status == 404
    assert client.get(SPECIAL_PATHS["gone"]).status == 410
    soft = client.get(SPECIAL_PATHS["soft_404"])
    assert soft.status == 200
    assert "الصفحة غير موجودة" in soft.text


def test_passing_illnesses_heal(fresh: Newsroom, client: Client) -> None:
    for quirk, status in (("heals_500", 500), ("heals_429", 429), ("heals_503", 503)):
        path = one(fresh, quirk).path
        ill = client.get(path)
        assert ill.status == status
        assert client.get(path).status == 200
        if status == 429:
            assert ill.headers["Retry-After"] == "1"
        if status == 503:
            wait = parsedate_to_datetime(ill.headers["Retry-After"]) - datetime.now(UTC)
            assert timedelta(0) < wait <= timedelta(seconds=2)


def test_challenge(client: Client) -> None:
    answer = client.get(SPECIAL_PATHS["challenge"])
    assert (answer.status, answer.headers["cf-mitigated"]) == (403, "challenge")
    assert answer.headers["Server"] == "cloudflare"
    assert "<title>Just a moment...</title>" in answer.text
    assert "/cdn-cgi/challenge-platform/" in answer.text


def test_a_site_behind_a_challenge() -> None:
    with Newsroom(12, challenge=True) as newsroom:
        client = Client(newsroom)
        for path in ("/", "/robots.txt", newsroom.articles[0].path):
            assert client.get(path).status == 403
        assert newsroom.expected_articles() == set()
        client.close()


def test_rate_limit() -> None:
    with Newsroom(12, rate_limit=3) as newsroom:
        client = Client(newsroom)
        answers = [client.get("/robots.txt") for _ in range(5)]
        assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
        assert answers[-1].headers["Retry-After"] == "1"
        client.close()


# ---------------------------------------------------------------- bytes on the wire


def test_windows_1256(newsroom: Newsroom, client: Client) -> None:
    for quirk, header, declared in (
        ("cp1256_declared", "text/html; charset=windows-1256", True),
        ("cp1256_undeclared", "text/html", False),
        ("cp1256_header_lies", "text/html; charset=utf-8", True),
    ):
        truth = one(newsroom, quirk)
        answer = client.get(truth.path)
        assert answer.headers["Content-Type"] == header
        assert (b"charset=windows-1256" in answer.body) is declared
        assert truth.title in answer.body.decode("windows-1256")
        with pytest.raises(UnicodeDecodeError):
            answer.body.decode("utf-8")


def test_content_codings(newsroom: Newsroom, client: Client) -> None:
    truth = newsroom.articles[0]
    plain = client.get(truth.path)
    assert plain.headers["Content-Encoding"] is None
    zipped = client.get(truth.path, Accept_Encoding="gzip, deflate")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) < len(plain.body) / 3
    deflated = client.get(one(newsroom, "deflate").path, Accept_Encoding="gzip, deflate")
    assert deflated.headers["Content-Encoding"] == "deflate"
    assert zlib.decompress(deflated.body) == client.get(one(newsroom, "deflate").path).body
    chunked = client.get(one(newsroom, "chunked").path)
    assert (chunked.headers["Transfer-Encoding"], chunked.headers["Content-Length"]) == ("chunked", None)
    assert one(newsroom, "chunked").body_paragraphs[-1] in chunked.text


def test_files(client: Client) -> None:
    assert client.get(SPECIAL_PATHS["pdf"]).headers["Content-Type"] == "application/pdf"
    image = client.get(SPECIAL_PATHS["image"])
    assert (image.headers["Content-Type"], image.body[:4]) == ("image/png", b"\x89PNG")


def test_head_and_post(client: Client) -> None:
    head = client.get("/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(client.get("/").body)
    assert client.get("/", method="POST").status == 405


# ---------------------------------------------------------------- quirks of articles


def test_dates_that_are_not_there(newsroom: Newsroom, client: Client) -> None:
    none, clock = one(newsroom, "no_date"), one(newsroom, "header_clock_only")
    assert none.published_at is None
    assert clock.published_at is None
    bare = page_of(client, none)
    assert not bare.xpath("//*[@class='today-date'] | //article//*[@class='updated']")
    page = page_of(client, clock)
    assert page.xpath("string(//span[@class='today-date'])") == clock.header_clock
    assert clock.header_clock == "الثلاثاء , 10 فبراير 2026"
    for path in ("/feed/", "/news-sitemap.xml", "/post-sitemap1.xml.gz", "/post-sitemap2.xml.gz"):
        body = client.get(path).body
        text = gzip.decompress(body).decode() if path.endswith(".gz") else body.decode()
        assert unquote(none.path) not in unquote(text)
        assert unquote(clock.path) not in unquote(text)


def test_relative_dates_and_structured_data(newsroom: Newsroom, client: Client) -> None:
    assert one(newsroom, "relative_date").visible_date == "منذ يوم واحد"
    assert one(newsroom, "relative_date").day == "2026-02-09"
    assert one(newsroom, "relative_weeks").day == "2026-01-18"
    truth = one(newsroom, "json_ld")
    data = json.loads(page_of(client, truth).xpath("string(//script[@id='tie-schema-json'])"))
    assert data["datePublished"] == truth.published_at
    assert data["headline"] == truth.title


def test_hostile_and_cover_and_agency(newsroom: Newsroom, client: Client) -> None:
    assert "onerror=" in client.get(one(newsroom, "hostile_script").path).text
    cover = page_of(client, one(newsroom, "cover"))
    assert cover.xpath("//div[@class='post-cover-head']//h1")
    assert not cover.xpath("//article//h1")
    first, second = newsroom.of_quirk("agency")
    assert second.copy_of == first.path
    assert second.body_paragraphs == first.body_paragraphs[:-1]
    assert first.agency == "وكالة الساحل للأنباء"


# ---------------------------------------------------------------- traps and faults


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("trap_calendar", "/calendar/"),
        ("trap_session", "/archive/"),
        ("trap_deepening", "/a/b/"),
        ("trap_facets", "/search/"),
    ],
)
def test_traps_never_end(name: str, prefix: str, newsroom: Newsroom, client: Client) -> None:
    path, seen = SPECIAL_PATHS[name], set()
    assert newsroom.url.rstrip("/") + path in unescape(client.get("/").text)
    for _ in range(8):
        seen.add(path)
        page = lxml.html.document_fromstring(client.get(path).text)
        links = page.xpath("//div[contains(@class, 'archive-box')]//a/@href")
        path = next(
            link
            for link in (urljoin(path, each) for each in reversed(links))
            if link.startswith(prefix) and link not in seen
        )


def test_traps_can_be_left_out() -> None:
    with Newsroom(12, traps=False) as newsroom:
        client = Client(newsroom)
        front = client.get("/").text
        for trap in ("/calendar/", "/archive/", "/a/b/", "/search/"):
            assert trap not in front
        client.close()


def test_faults_are_linked_from_nowhere(newsroom: Newsroom, client: Client) -> None:
    assert all("/faults/" not in client.get(path).text for path in ("/", "/feed/", newsroom.articles[0].path))


def test_faults() -> None:
    with Newsroom(12) as newsroom:
        port = urlsplit(newsroom.url).port
        endless = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        endless.request("GET", SPECIAL_PATHS["fault_endless"])
        assert len(endless.getresponse().read(2_000_000)) == 2_000_000
        endless.close()
        slow = http.client.HTTPConnection("127.0.0.1", port, timeout=0.3)
        slow.request("GET", SPECIAL_PATHS["fault_slow"])
        with slow.getresponse() as response, pytest.raises(TimeoutError):
            response.read()
        slow.close()
        cut = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        cut.request("GET", SPECIAL_PATHS["fault_cut"])
        with pytest.raises(http.client.IncompleteRead):
            cut.getresponse().read()
        cut.close()
        reset = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        reset.request("GET", SPECIAL_PATHS["fault_reset"])
        with pytest.raises(ConnectionError):
            reset.getresponse()
        reset.close()
        client = Client(newsroom)
        answer = client.get(SPECIAL_PATHS["fault_bad_gzip"])
        assert answer.headers["Content-Encoding"] == "gzip"
        with pytest.raises((OSError, EOFError, zlib.error)):
            gzip.decompress(answer.body)
        client.close()


# ---------------------------------------------------------------- between two crawls


def test_edit(fresh: Newsroom, client: Client) -> None:
    truth = fresh.articles[0]
    before = client.get(truth.path)
    fresh.edit(truth.path, title="عنوان جديد كل الجدة")
    after = client.get(truth.path, If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert "عنوان جديد كل الجدة" in after.text
    first, second = (parsedate_to_datetime(each.headers["Last-Modified"]) for each in (before, after))
    assert second > first
    corrected = fresh.edit(truth.path)
    assert corrected.body_paragraphs[-1].startswith("تصحيح")
    assert corrected.path == truth.path
    sitemap = gzip.decompress(client.get("/post-sitemap1.xml.gz").body).decode()
    assert f"<lastmod>{corrected.modified_at}</lastmod>" in sitemap


def test_publish_leaves_old_pages_as_they_are(fresh: Newsroom, client: Client) -> None:
    ordinary = [truth.path for truth in fresh.articles if truth.quirk is None]
    old = {path: client.get(path).headers["ETag"] for path in ordinary}
    front = client.get("/").headers["ETag"]
    new = fresh.publish(7)
    assert len({truth.path for truth in new}) == 7
    assert client.get("/", If_None_Match=front).status == 200
    for path, tag in old.items():
        assert client.get(path, If_None_Match=tag).status == 304
    for truth in new:
        assert truth.title in client.get("/").text
        assert truth.title in client.get("/feed/").text
    assert Walk(fresh).reached == fresh.expected_articles()
    assert len(fresh.expected_articles()) == 67


@pytest.mark.parametrize("status", [404, 410])
def test_remove(status: int, fresh: Newsroom, client: Client) -> None:
    truth = fresh.articles[0]
    fresh.remove(truth.path, status)
    assert client.get(truth.path).status == status
    assert len(fresh.expected_articles()) == len(fresh.articles) == 59


def test_editions_and_counters_and_clock() -> None:
    with Newsroom(12, editions=3, counters=True, now=NOW) as newsroom:
        assert len(newsroom.articles) == 22
        assert sum(truth.modified_at is not None for truth in newsroom.articles) == 2
        client = Client(newsroom)
        path = next(truth.path for truth in newsroom.articles if truth.quirk is None)
        assert client.get(path).body != client.get(path).body
        newsroom.clock(NOW + timedelta(days=1))
        assert "الأربعاء , 11 فبراير 2026" in client.get(path).text
        client.close()


def test_the_log(fresh: Newsroom, client: Client) -> None:
    client.get("/nowhere/?x=1", User_Agent="Someone/1")
    (request,) = fresh.requests
    assert (request.method, request.path, request.status) == ("GET", "/nowhere/?x=1", 404)
    assert request.headers["user-agent"] == "Someone/1"
    assert request.at <= time.monotonic()
    fresh.forget_requests()
    assert fresh.requests == []


def test_two_newsrooms_stand_side_by_side() -> None:
    with Newsroom(12, host="127.0.0.1") as one, Newsroom(12, host="127.0.0.1") as two:
        assert one.url != two.url


def test_closing_does_not_wait_for_those_who_keep_a_connection() -> None:
    newsroom = Newsroom(12).start()
    client = Client(newsroom)
    client.get("/")
    begun = time.monotonic()
    newsroom.close()
    assert time.monotonic() - begun < 1
    client.close()


def test_it_serves_from_the_command_line() -> None:
    command = [sys.executable, "-m", "tests.newsroom", "--articles", "12"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(url).port, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        process.terminate()


# ---------------------------------------------------------------- the benchmarks' site


def test_the_benchmark_site_answers_every_address_it_names() -> None:
    with LoopbackSite(articles=40) as site:
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port, timeout=10)

        def get(url: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
            connection.request("GET", quote(f"/{url.removeprefix(site.url)}", safe="/%?="), headers=headers)
            response = connection.getresponse()
            return response, response.read()

        index = re.findall(r"<loc>(.+?)</loc>", get(site.sitemap)[1].decode())
        urls = [url for each in index for url in re.findall(r"<loc>(.+?)</loc>", get(each)[1].decode())]
        assert len(set(urls)) == 40
        page = get(urls[3])[1]
        links = lxml.html.document_fromstring(page.decode()).xpath("//a/@href")
        for url in {*urls, *(each for each in links if each.startswith(site.url))}:
            assert get(url.partition("#")[0])[0].status == 200, url
        zipped, body = get(urls[3], **{"Accept-Encoding": "gzip, deflate"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body) == page
        assert get(urls[3], **{"If-None-Match": zipped.headers["ETag"]})[0].status == 304
        assert get(f"{site.url}nothing/")[0].status == 404
        connection.close()
