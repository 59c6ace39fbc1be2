"""Sites that let nobody in without a cookie, and those that would count what is read with one."""

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.crawl.conftest import ROOT, Desk, environment
from tests.crawl.paper import PARAGRAPH, Paper

Answer = tuple[int, dict[str, str], bytes]


class Gated(Paper):
    """Sets a cookie and sends to `gate` (by default the same address) whoever comes without it."""

    gate: str | None = None

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        if path != "/robots.txt" and "pass=1" not in headers.get("cookie", ""):
            if self.gate is not None and path != self.gate:
                return 302, {"Location": self.gate}, b""
            return 302, {"Location": "/" if self.gate else path, "Set-Cookie": "pass=1; Path=/"}, b""
        return super().answer("/" if path == self.gate else path, headers)


def of_two_stories(paper: Paper) -> None:
    paper.front("/story-of-the-harbour-1", "/story-of-the-harbour-2")
    paper.story("/story-of-the-harbour-1", "خبر الميناء الأول")
    paper.story("/story-of-the-harbour-2", "خبر الميناء الثاني")


@pytest.mark.parametrize("gate", [None, "/welcome"])
def test_a_site_that_asks_for_a_cookie_is_let_in(desk: Desk, gate: str | None) -> None:
    with Gated() as paper:
        paper.gate = gate
        of_two_stories(paper)
        ran = desk.crawl(paper.url)
        assert ran.code == 0, ran.err
        assert desk.column("SELECT count(*) FROM articles") == [2]
        asked = len(paper.asked)
    (warc,) = (desk.archive / "warc").iterdir()
    with warc.open("rb") as stream:
        sent = [
            each.http_headers.get_header("Cookie")
            for each in ArchiveIterator(stream)
            if each.rec_type == "request"
        ]
    assert len(sent) == asked
    assert sent.count("pass=1") >= 3, "the snapshots say what was sent"
    assert sent.count(None) >= 2


def test_a_site_that_refuses_who_comes_without_its_cookie(desk: Desk) -> None:
    """The front page gives the cookie, everything else asks for it: 403 without."""

    class Asking(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            if path == "/robots.txt":
                return 404, {}, b""
            if path != "/" and "visit=ok" not in headers.get("cookie", ""):
                return 403, {}, b"<h1>cookies?</h1>"
            status, more, body = super().answer(path, headers)
            return status, {**more, "Set-Cookie": "visit=ok; Path=/"} if path == "/" else more, body

    with Asking() as paper:
        of_two_stories(paper)
        ran = desk.crawl(paper.url)
    assert ran.code == 0, ran.err
    assert desk.column("SELECT count(*) FROM articles") == [2]


AT_ONCE = '<meta http-equiv="refresh" content="0;url={}">'
RELOADS = {
    "its own address": AT_ONCE,
    "no address": '<meta http-equiv="refresh" content="1">',
    "a script": "<script>setTimeout(function () {{ location.reload(); }}, 100);</script>",
}


class Reloading(Paper):
    """Answers whoever asks for a story without its cookie with a page that sets it, and loads itself again."""

    page = ""

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        if path.startswith("/story") and "pass=1" not in headers.get("cookie", ""):
            wall = f"<html><head><title>لحظة</title>{self.page.format(path)}</head><body>جار التحويل</body></html>"
            return 200, {"Content-Type": "text/html", "Set-Cookie": "pass=1; Path=/"}, wall.encode()
        return super().answer(path, headers)


@pytest.mark.parametrize("how", RELOADS)
def test_a_page_that_sets_a_cookie_and_loads_itself_again(desk: Desk, how: str) -> None:
    with Reloading() as paper:
        paper.page = RELOADS[how]
        of_two_stories(paper)
        ran = desk.crawl(paper.url)
        assert ran.code == 0, ran.err
        assert len([path for path in paper.paths() if path.startswith("/story")]) <= 4
    assert desk.column("SELECT count(*) FROM articles") == [2]


def test_a_page_that_loads_itself_again_for_ever_is_one(desk: Desk) -> None:
    """No cookie that it sets helps, and a page of text is no gate though it loads itself again."""

    class Endless(Reloading):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            return super().answer(path, {**headers, "cookie": ""})

    with Endless() as paper:
        paper.page = AT_ONCE
        of_two_stories(paper)
        paper.story("/a-live-page", "خبر يحدث كل ثانية", *map(PARAGRAPH.format, range(5)))
        status, more, body = paper.pages["/a-live-page"]
        again = body.replace(b"<head>", b"<head>" + RELOADS["no address"].encode())
        paper.pages["/a-live-page"] = (status, {**more, "Set-Cookie": "seen=1"}, again)
        paper.front("/a-live-page", "/story-of-the-harbour-1")
        assert desk.crawl(paper.url).code == 0
        assert paper.paths().count("/story-of-the-harbour-1") == 2
        assert paper.paths().count("/a-live-page") == 1
    assert desk.column("SELECT outcome FROM frontier WHERE url LIKE '%harbour-1'") == ["other_page"]


def test_stories_asked_for_side_by_side_are_all_let_in(desk: Desk) -> None:
    class Early(Gated):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            if path.startswith("/story"):
                time.sleep(0.3)  # until the others are on their way
                return super().answer(path, headers)
            return Paper.answer(self, path, headers)

    with Early() as paper:
        stories = [f"/story-of-the-harbour-{number}" for number in range(6)]
        paper.front(*stories)
        for number, path in enumerate(stories):
            paper.story(path, f"خبر الميناء رقم {number}")
        ran = desk.crawl(paper.url, "--concurrency", "6")
        assert ran.code == 0, ran.err
    assert desk.column("SELECT count(*) FROM articles") == [6]


@pytest.mark.parametrize("sets_again", [True, False], ids=["whoever comes", "whoever has none"])
def test_stories_asked_for_side_by_side_come_back_from_a_wall(desk: Desk, *, sets_again: bool) -> None:
    """The wall is an address of its own, gives its cookie (to `sets_again`) and leads back to the story."""

    class Walled(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            has_cookie = "pass=1" in headers.get("cookie", "")
            if path.startswith("/wall?back="):
                gives = {"Set-Cookie": "pass=1; Path=/"} if sets_again or not has_cookie else {}
                return 302, {"Location": path.partition("=")[2], **gives}, b""
            if path.startswith("/story") and not has_cookie:
                time.sleep(0.3)  # until the others are on their way
                return 302, {"Location": f"/wall?back={path}"}, b""
            return super().answer(path, headers)

    with Walled() as paper:
        stories = [f"/story-of-the-harbour-{number}" for number in range(8)]
        paper.front(*stories)
        for number, path in enumerate(stories):
            paper.story(path, f"خبر الميناء رقم {number}")
        ran = desk.crawl(paper.url, "--concurrency", "8")
        assert ran.code == 0, ran.err
        assert max(paper.paths().count(path) for path in stories) == 2
    assert desk.column("SELECT count(*) FROM articles") == [8]
    assert desk.column("SELECT count(*) FROM frontier WHERE outcome = 'redirect_loop'") == [0]


def test_a_wall_that_no_cookie_opens_is_tried_once_more(desk: Desk) -> None:
    """Its address is another each time: a circle that never shows itself."""

    class Closed(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            if path.startswith("/wall-"):
                back = path.partition("=")[2]
                return 302, {"Location": back, "Set-Cookie": f"seen={len(self.asked)}; Path=/"}, b""
            if path.startswith("/story"):
                return 302, {"Location": f"/wall-{len(self.asked)}?back={path}"}, b""
            return super().answer(path, headers)

    with Closed() as paper:
        stories = [f"/story-of-the-harbour-{number}" for number in range(20)]
        paper.front(*stories)
        assert desk.crawl(paper.url, "--concurrency", "4").code == 1
        assert 1 < max(paper.paths().count(path) for path in stories) <= 3
        assert sum(path in stories for path in paper.paths()) <= 2 * len(stories) + 3


def test_a_refusal_that_no_cookie_helps_is_one(desk: Desk) -> None:
    class Refusing(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            status, more, body = super().answer(path, headers)
            return (status, {**more, "Set-Cookie": "a=1"}, body) if path == "/" else (403, {}, b"no")

    with Refusing() as paper:
        paper.front("/story-of-the-harbour-1")
        assert desk.crawl(paper.url).code == 1
        assert 1 <= sum(each.path == "/story-of-the-harbour-1" for each in paper.asked) <= 2
    assert desk.column("SELECT outcome FROM frontier WHERE url LIKE '%harbour-1'") == ["http_error"]


def test_a_circle_is_a_circle_whatever_it_sets(desk: Desk) -> None:
    class Endless(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            return (
                (404, {}, b"")
                if path == "/robots.txt"
                else (302, {"Location": path, "Set-Cookie": "a=1"}, b"")
            )

    with Endless() as paper:
        ran = desk.crawl(paper.url)
        assert ran.code == 1
        assert desk.column("SELECT outcome FROM frontier WHERE depth = 0") == ["redirect_loop"]
        assert len(paper.asked) < 10


def test_no_cookie_is_sent_where_none_is_asked_for(desk: Desk) -> None:
    class Counting(Paper):
        def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
            status, more, body = super().answer(path, headers)
            return status, {**more, "Set-Cookie": f"read={len(self.asked)}"}, body

    with Counting() as paper:
        of_two_stories(paper)
        assert desk.crawl(paper.url).code == 0
        assert not any("cookie" in each.headers for each in paper.asked)


def test_scrapys_own_command_line_fails_on_what_is_no_address(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "news",
        "-a",
        "url=ftp://example.ly",
        "-s",
        f"ARCHIVE={tmp_path / 'a'}",
    ]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 1
    assert "ftp://example.ly: not an http or https address" in ran.stderr
    assert not (tmp_path / "a").exists()
