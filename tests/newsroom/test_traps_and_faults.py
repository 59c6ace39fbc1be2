"""The corners without an end, and the faults that nothing links to."""

import gzip
import http.client
import zlib
from html import unescape
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest

from tests.newsroom import SPECIAL_PATHS, Newsroom
from tests.newsroom.reading import Client


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
