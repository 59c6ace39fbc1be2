"""Statuses, and bytes on the wire."""

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import pytest

from tests.newsroom import SPECIAL_PATHS, Newsroom
from tests.newsroom.reading import Client, one


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
