"""How the tests of the newsroom read it: a plain client, and a crawler of a few lines."""

import gzip
import http.client
import re
from datetime import UTC, datetime
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import lxml.html

from tests.newsroom import Newsroom, Truth, identity

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


def one(newsroom: Newsroom, quirk: str) -> Truth:
    (truth,) = newsroom.of_quirk(quirk)
    return truth


def page_of(client: Client, truth: Truth) -> lxml.html.HtmlElement:
    answer = client.get(truth.path)
    if answer.status in (429, 500, 503):
        answer = client.get(truth.path)
    assert answer.status == 200
    return lxml.html.document_fromstring(answer.body.decode(truth.encoding))


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
