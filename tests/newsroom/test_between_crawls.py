"""What changes between two crawls; the newsroom's log, its opening and its closing."""

import gzip
import http.client
import subprocess
import sys
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.newsroom import Newsroom
from tests.newsroom.reading import NOW, Client, Walk


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
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(url).port, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        process.terminate()
