"""A story over several pages is one article, in the crawl and when it is read again."""

import json
import sqlite3
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.paper import Paper

PARAGRAPHS = [
    "وصلت السفينة إلى الرصيف الشرقي في ساعة مبكرة من الصباح وسط ترحيب الأهالي الذين انتظروها ثلاثة أيام كاملة.",
    "وقال مدير الميناء إن التفريغ سيستمر أسبوعا كاملا، لأن الرافعات القديمة لا تعمل في الرياح الشديدة هذا الموسم.",
    "وختم العمال يومهم بوجبة على ظهر المركب، وتعهدوا أن يعودوا مع أول خيط من ضوء الفجر لإكمال ما بدأوه من عمل.",
]
SLUG = "/long-story-of-the-harbour/"


def _page(number: int) -> str:
    pager = "".join(
        f'<a class="post-page-numbers" href="{SLUG}{n}/">{n}</a> ' for n in (1, 2, 3) if n != number
    )
    return f"""<!doctype html><html lang="ar"><head><title>قصة الميناء الطويلة</title></head><body class="single-post">
    <div id="crumbs"><a href="/">الرئيسية</a> / <span class="current">قصة الميناء الطويلة</span></div>
    <article id="the-post" class="post-listing"><div class="post-inner">
    <h1 class="post-title entry-title"><span itemprop="name">قصة الميناء الطويلة</span></h1>
    <p class="post-meta"><span class="tie-date">21 فبراير، 2023</span></p>
    <div class="entry"><p>{PARAGRAPHS[number - 1]}</p><div class="page-link">{pager}</div></div>
    </div></article></body></html>"""


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        pages = {"/": f'<html><body><h2><a href="{SLUG}">قصة الميناء الطويلة</a></h2></body></html>',
                 SLUG: _page(1), f"{SLUG}2/": _page(2), f"{SLUG}3/": _page(3)}  # fmt: skip
        body = pages.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def _age(desk: Desk) -> None:
    """Every story was looked at years ago, and is due."""
    with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
        database.execute(
            "UPDATE frontier SET fetched_at = '2021-01-01T00:00:00+00:00' WHERE dated IS NOT NULL"
        )
    database.close()


def test_a_change_on_a_later_page_is_a_version(desk: Desk) -> None:
    """The first page is the same, and its server would say so with a 304."""
    with Paper() as paper:
        paper.front(SLUG)
        for number in (1, 2, 3):
            paper.pages[SLUG if number == 1 else f"{SLUG}{number}/"] = (200, {}, _page(number).encode())
        assert desk.crawl(paper.url).code == 0
        edited = PARAGRAPHS[2].replace("الفجر", "الصباح")
        paper.pages[f"{SLUG}3/"] = (200, {}, _page(3).replace(PARAGRAPHS[2], edited).encode())
        _age(desk)
        assert desk.crawl("--all").code == 0
    assert desk.column("SELECT body FROM articles") == ["\n\n".join([*PARAGRAPHS[:2], edited])]
    assert desk.sql("SELECT number, cause FROM article_versions ORDER BY number") == [
        (1, "first"),
        (2, "publisher"),
    ]
    assert desk.run("verify").code == 0
    url = paper.url[:-1] + SLUG
    for version, last in (("1", PARAGRAPHS[2]), ("2", edited)):
        assert last in desk.run("show", url, "--version", version, "--raw", "--page", "3").out
        told = json.loads(desk.run("show", url, "--version", version, "--json").out)["further_pages"]
        digests = desk.column(
            "SELECT 'sha1:' || payload_digest FROM version_pages p JOIN snapshots s ON s.id = p.snapshot_id "
            f"WHERE p.number = {version} ORDER BY p.position"
        )
        assert [each["payload_digest"] for each in told] == digests
        assert f"page 3: {digests[1]} in " in desk.run("show", url, "--version", version).out
    assert len(set(desk.column("SELECT snapshot_id FROM version_pages WHERE position = 1"))) == 2
    note = desk.run("export", "-", "--format", "bibtex").out
    assert all(digest.removeprefix("sha1:") in note for digest in digests)
    refused = desk.run("show", url, "--raw", "--page", "4")
    assert (refused.code, refused.err) == (2, "warraq: --page 4: it stands on 3 pages\n")


SOFT_404 = "<html><head><title>404</title></head><body><h1>الصفحة غير موجودة</h1></body></html>".encode()
FAILURES = [(503, {}, b""), (404, {}, b""), (200, {}, SOFT_404)]


def _lay_out(paper: Paper, third: tuple[int, dict[str, str], bytes] | None = None) -> None:
    """The story on its three pages, the last as it is, or as it fails; `None` for a page is the page."""
    paper.front(SLUG)
    for number in (1, 2, 3):
        path = SLUG if number == 1 else f"{SLUG}{number}/"
        paper.pages[path] = (200, {}, _page(number).encode())
    if third is not None:
        paper.pages[f"{SLUG}3/"] = third


@pytest.mark.parametrize("failure", FAILURES, ids=["503", "404", "a soft 404"])
def test_a_story_keeps_its_text_where_one_of_its_pages_fails_for_a_while(
    desk: Desk, failure: tuple[int, dict[str, str], bytes]
) -> None:
    with Paper() as paper:
        _lay_out(paper)
        assert desk.crawl(paper.url).code == 0
        for third in (failure, None):
            _lay_out(paper, third)
            _age(desk)
            desk.crawl("--all")
            assert desk.sql("SELECT url, body FROM articles") == [
                (paper.url[:-1] + SLUG, "\n\n".join(PARAGRAPHS))
            ]
    assert desk.column("SELECT cause FROM article_versions") == ["first"]
    told = desk.sql("SELECT outcome, detail FROM fetches WHERE outcome = 'broken_response'")
    assert {detail for _, detail in told} == {f"pages of it could not be had: {paper.url[:-1]}{SLUG}3/"}
    assert desk.column("SELECT outcome FROM fetches ORDER BY id")[-1] != "broken_response"
    assert desk.run("verify").code == 0


def test_a_page_that_fails_once_is_asked_for_again_in_the_same_run(desk: Desk) -> None:
    with Paper() as paper:
        _lay_out(paper)
        paper.once[f"{SLUG}3/"] = FAILURES[0]
        assert desk.crawl(paper.url).code == 0
    assert desk.column("SELECT body FROM articles") == ["\n\n".join(PARAGRAPHS)]


@pytest.mark.parametrize(("failure", "tries"), [(FAILURES[0], 3), (FAILURES[1], 1)], ids=["503", "404"])
def test_a_new_story_without_one_of_its_pages_is_archived_as_far_as_it_goes(
    desk: Desk, failure: tuple[int, dict[str, str], bytes], tries: int
) -> None:
    """What comes to it later may have been there before: whose doing it is, is not guessed."""
    with Paper() as paper:
        _lay_out(paper, failure)
        assert desk.crawl(paper.url).code == 0
        assert paper.paths().count(f"{SLUG}3/") == tries
        assert desk.column("SELECT body FROM articles") == ["\n\n".join(PARAGRAPHS[:2])]
        assert desk.column("SELECT code FROM warnings WHERE code = 'pages_missing'") == ["pages_missing"]
        _lay_out(paper)
        _age(desk)
        assert desk.crawl("--all").code == 0
    assert desk.sql("SELECT url, body FROM articles") == [(paper.url[:-1] + SLUG, "\n\n".join(PARAGRAPHS))]
    assert desk.column("SELECT cause FROM article_versions ORDER BY number") == ["first", "unclear"]


def test_further_pages_are_joined_and_are_no_articles_of_their_own(desk: Desk) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ran = desk.crawl(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
    assert ran.code == 0, ran.err
    assert desk.column("SELECT body FROM articles") == ["\n\n".join(PARAGRAPHS)]
    assert desk.column("SELECT count(*) FROM article_pages") == [2]
    assert desk.column("SELECT count(*) FROM fetches WHERE outcome = 'article_part'") == [2]
    again = desk.run("reparse", "--json")
    assert (again.code, again.summary["same"], again.summary["changed"]) == (0, 1, 0), again.out
    assert desk.run("verify").code == 0


def test_pages_that_nothing_names_each_of_which_leads_to_the_next(desk: Desk) -> None:
    """Only the next page is linked, in plain words; a full text for narrow screens stands elsewhere."""
    story, whole = "/news/1046", "/m/news/1046"

    def shown(texts: list[str], more: str) -> bytes:
        body = "".join(f"<p>{text}</p>" for text in texts)
        return f"""<html lang="ar"><head><title>قصة الميناء الطويلة</title></head><body><h1>قصة الميناء الطويلة</h1>
            <div>21 فبراير 2023</div><div class="body">{body}</div>{more}</body></html>""".encode()

    with Paper() as paper:
        for number in (1, 2, 3):
            further = f'<a href="{story}/{number + 1}">الصفحة التالية</a>' if number < 3 else ""
            path = story if number == 1 else f"{story}/{number}"
            paper.pages[path] = (200, {}, shown(PARAGRAPHS[number - 1 : number], further))
        paper.pages[whole] = (200, {}, shown(PARAGRAPHS, f'<a href="{story}">النسخة الكاملة</a>'))
        front = (
            f'<html><body><a href="{story}">قصة الميناء الطويلة</a> <a href="{whole}">جوال</a></body></html>'
        )
        paper.pages["/"] = (200, {}, front.encode())
        assert desk.crawl(paper.url).code == 0
    assert desk.column("SELECT body FROM articles") == ["\n\n".join(PARAGRAPHS)]
    assert desk.run("verify").code == 0
