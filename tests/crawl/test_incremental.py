"""Crawls that follow one another: what is asked for again, and how little of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.paper import WHEN, Paper
from tests.newsroom.server import Newsroom

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@pytest.fixture
def paper() -> Iterator[Paper]:
    with Paper() as opened:
        yield opened


def set_back(desk: Desk, statement: str, *values: object) -> None:
    """Changes rows of the archive, as time would have."""
    with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
        assert database.execute(statement, values).rowcount > 0
    database.close()


def age(desk: Desk, *, dated: str = "2019-01-01", fetched_at: str = "2021-01-01") -> None:
    set_back(desk, "UPDATE frontier SET dated = ?, fetched_at = ? WHERE dated IS NOT NULL", dated, fetched_at)


def own_schedule(desk: Desk, text: str) -> None:
    (desk.archive / "schedule.toml").write_text(text, "utf-8")


def test_a_site_with_nothing_new_costs_a_handful_of_requests(desk: Desk) -> None:
    with Newsroom(60, traps=False) as newsroom:
        desk.crawl(newsroom.url)
        rows = desk.sql("SELECT id, version, snapshot_id FROM articles ORDER BY id")
        newsroom.forget_requests()
        ran = desk.crawl("--all")
        assert ran.code == 0, ran.err
        assert len(newsroom.requests) <= 11
        asked = [request for request in newsroom.requests if request.path != "/robots.txt"]
        (missing,) = [request for request in asked if request.status != 304]
        assert (missing.status, missing.path[:12]) == (404, "/2024/02/11/"), "the front page names it still"
        assert "/feed/" in [request.path for request in newsroom.requests]
        assert not [r for r in newsroom.requests if "post-sitemap" in r.path], (
            "the index says they are as they were"
        )
        assert desk.sql("SELECT id, version, snapshot_id FROM articles ORDER BY id") == rows


def test_old_articles_are_looked_at_again_within_their_share(desk: Desk) -> None:
    with Newsroom(60, traps=False) as newsroom:
        desk.crawl(newsroom.url)
        own_schedule(desk, "[articles]\nleast = 9\nshare = 0.2\n")
        age(desk)
        stories = {truth.path for truth in newsroom.articles}

        def looked_at() -> int:
            return sum(request.path in stories for request in newsroom.requests)

        newsroom.forget_requests()
        assert desk.crawl("--all").code == 0
        assert looked_at() == 9
        fresh = {truth.path for truth in newsroom.publish(30)}
        newsroom.forget_requests()
        assert desk.crawl("--all").code == 0
        asked = [request.path for request in newsroom.requests]
        assert fresh <= set(asked)
        assert 9 <= looked_at() <= max(9, 0.2 * len(asked))
        assert desk.column("SELECT count(*) FROM article_versions WHERE number > 1") == [0]
        newsroom.forget_requests()
        assert desk.crawl(newsroom.url, "--limit", "5").code == 0
        assert looked_at() == 0, "asked for five new ones, it does that alone"


def test_young_articles_are_looked_at_before_old_ones(desk: Desk, paper: Paper) -> None:
    names = [f"/story-of-the-harbour-{n}" for n in range(6)]
    paper.front(*names)
    for name in names:
        paper.story(name, f"خبر الميناء {name}")
    assert desk.crawl(paper.url).code == 0
    own_schedule(desk, "[articles]\nleast = 2\nshare = 0\n")
    age(desk)
    young = "UPDATE frontier SET dated = date('now', '-3 days'), fetched_at = datetime('now', '-2 days') WHERE url LIKE ?"
    set_back(desk, young, "%harbour-4")
    paper.asked.clear()
    assert desk.crawl("--all").code == 0
    looked = [path for path in paper.paths() if path in names]
    assert len(looked) == 2
    assert looked.count(names[4]) == 1


def test_sites_are_crawled_when_due_and_an_unfinished_crawl_is_due_at_once(desk: Desk) -> None:
    with Newsroom(20, traps=False) as newsroom:
        desk.run("crawl", newsroom.url, "--delay", "0.3", "--max-runtime", "2")
        assert desk.column("SELECT crawled_at FROM sites") == [None]
        assert desk.crawl("--due").summary["sites"]
        assert desk.column("SELECT crawled_at FROM sites") != [None]
        newsroom.forget_requests()
        ran = desk.crawl("--due")
        assert (ran.code, ran.summary["result"], ran.summary["sites"]) == (0, "nothing due", {})
        assert desk.crawl("--due", "--expect-new").code == 4
        assert "nothing is due; next is 127.0.0.1" in desk.run("crawl", "--due").out
        assert newsroom.requests == []
        set_back(desk, "UPDATE sites SET crawled_at = '2024-01-01T00:00:00.000000+00:00'")
        assert desk.crawl("--due").code == 0
        assert newsroom.requests
        own_schedule(desk, "[sites]\nevery = '1s'\n")
        set_back(
            desk,
            "UPDATE sites SET crawled_at = strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', 'now', '-1 minute')",
        )
        newsroom.forget_requests()
        assert desk.crawl("--due").summary["sites"]


def test_a_crawl_that_a_limit_ends_is_due_at_once_until_nothing_is_left(desk: Desk) -> None:
    with Newsroom(20, traps=False) as newsroom:
        (first,) = desk.crawl(newsroom.url, "--limit", "5").summary["sites"].values()
        assert first["pending"]
        assert desk.column("SELECT crawled_at FROM sites") == [None]
        (again,) = desk.crawl("--due", "--limit", "5").summary["sites"].values()
        assert again["new_articles"] == 5
        assert desk.crawl("--due", "--max-pages", "3").summary["sites"]
        assert desk.column("SELECT crawled_at FROM sites") == [None]
        assert desk.crawl("--due", "--limit", "1000").summary["sites"]
        assert desk.column("SELECT crawled_at FROM sites") != [None]
        assert desk.crawl("--due", "--limit", "5").summary["result"] == "nothing due"


def test_what_a_sitemap_says_has_changed_is_fetched_and_only_that(desk: Desk) -> None:
    with Newsroom(40, traps=False) as newsroom:
        desk.crawl(newsroom.url)
        edited = next(truth for truth in newsroom.articles if truth.quirk is None and "sitemap" in truth.via)
        newsroom.edit(edited.path)
        newsroom.forget_requests()
        ran = desk.crawl("--all")
        assert [site["changed_articles"] for site in ran.summary["sites"].values()] == [1]
        stories = {truth.path for truth in newsroom.articles}
        assert [request.path for request in newsroom.requests if request.path in stories] == [edited.path]


def test_a_sitemap_that_dates_all_tags_anew_leaves_articles_their_turn(desk: Desk, paper: Paper) -> None:
    """Forty tags say that they changed, as each day; so does one article, named before them."""
    name, tags = "/news/story-of-the-harbour-1", [f"/tags/harbour-{n}" for n in range(40)]

    def sitemap(day: int) -> None:
        urls = "".join(
            f"<url><loc>{paper.url[:-1]}{path}</loc><lastmod>2024-05-0{day}</lastmod></url>"
            for path in [name, *tags]
        )
        paper.xml("/sitemap.xml", f"<urlset {SPACE}>{urls}</urlset>")

    paper.front(name)
    paper.story(name, "خبر الميناء")
    for path in tags:
        paper.pages[path] = (200, {}, f"<h1>وسم</h1><h2><a href='{name}'>خبر الميناء</a></h2>".encode())
    sitemap(1)
    assert desk.crawl(paper.url).code == 0
    assert desk.column("SELECT DISTINCT kind FROM frontier WHERE url LIKE '%/tags/%'") == ["listing"]
    own_schedule(desk, "[articles]\nleast = 5\n")
    set_back(desk, "UPDATE frontier SET state = 'again' WHERE kind = 'listing' AND url LIKE '%harbour-39'")
    paper.story(name, "خبر الميناء بعد التصحيح")
    sitemap(2)
    paper.asked.clear()
    assert desk.crawl("--all").code == 0
    assert paper.paths().count(name) == 1
    assert desk.column("SELECT max(number) FROM article_versions") == [2]
    assert sum(path.startswith("/tags/") for path in paper.paths()) <= 4, "as many as of any sections"
    assert desk.column("SELECT count(*) FROM frontier WHERE state = 'again'") == [0]


def test_an_index_that_does_not_date_its_sitemaps(desk: Desk, paper: Paper) -> None:
    """Twelve sitemaps without lastmod: so many of them a run, and by and by all."""
    index = "".join(f"<sitemap><loc>{paper.url}map-{n}.xml</loc></sitemap>" for n in range(12))
    paper.xml("/sitemap.xml", f"<sitemapindex {SPACE}>{index}</sitemapindex>")
    for n in range(12):
        paper.xml(
            f"/map-{n}.xml",
            f"<urlset {SPACE}><url><loc>{paper.url}story-of-the-harbour-{n}</loc></url></urlset>",
        )
        paper.story(f"/story-of-the-harbour-{n}", f"خبر الميناء رقم {n}")
    paper.front()
    assert desk.crawl(paper.url).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [12]
    own_schedule(desk, "[lists]\nsitemaps = 8\n")
    seen: set[str] = set()
    for _ in range(2):
        paper.asked.clear()
        assert desk.crawl("--all").code == 0
        maps = {path for path in paper.paths() if path.startswith("/map-")}
        assert len(maps) == 8
        seen |= maps
    assert len(seen) == 12
    paper.story("/story-of-the-harbour-99", "خبر جديد من الميناء")
    urls = "".join(f"<url><loc>{paper.url}story-of-the-harbour-{n}</loc></url>" for n in (7, 99))
    paper.xml("/map-7.xml", f"<urlset {SPACE}>{urls}</urlset>")
    for _ in range(2):
        desk.crawl("--all")
    assert desk.column("SELECT count(*) FROM articles") == [13]


def test_news_on_the_front_page_opens_the_sections(desk: Desk, paper: Paper) -> None:
    """Of a site with a feed, most section pages rest until something new is named."""
    sections = [f"/category/section-{n}" for n in range(15)]
    menu = "".join(f'<li><a href="{path}">قسم {path}</a></li>' for path in sections)
    entry = "<item><title>خبر</title><link>{}story-of-the-harbour-{}</link></item>"
    paper.story("/story-of-the-harbour-1", "خبر الميناء الأول")
    paper.story("/story-of-the-harbour-2", "خبر الميناء الثاني")
    paper.front("/story-of-the-harbour-1", more=menu)
    paper.xml("/feed/", f"<rss version='2.0'><channel>{entry.format(paper.url, 1)}</channel></rss>")
    for path in sections:
        links = "".join(f'<h2><a href="/story-of-the-harbour-{n}">خبر الميناء رقم {n}</a></h2>' for n in (1,))
        paper.pages[path] = (200, {}, f"<html><body class='category archive'>{links}</body></html>".encode())
    assert desk.crawl(paper.url).code == 0
    paper.asked.clear()
    assert desk.crawl("--all").code == 0
    assert sum(path in sections for path in paper.paths()) == 4
    both = entry.format(paper.url, 2) + entry.format(paper.url, 1)
    paper.xml("/feed/", f"<rss version='2.0'><channel>{both}</channel></rss>")
    paper.asked.clear()
    assert desk.crawl("--all").code == 0
    assert sum(path in sections for path in paper.paths()) == 15
    assert desk.column("SELECT count(*) FROM articles") == [2]


def test_what_an_earlier_crawl_left_out_is_archived_once_it_is_asked_for(desk: Desk, paper: Paper) -> None:
    paper.front("/story-of-the-harbour-1", "/story-of-the-harbour-2")
    paper.story("/story-of-the-harbour-1", "خبر الميناء القديم")
    paper.story(
        "/story-of-the-harbour-2",
        "خبر الميناء الجديد",
        when=WHEN.replace("2024-05-01", "2024-06-01").replace("مايو", "يونيو"),
    )
    assert desk.crawl(paper.url, "--since", "2024-05-20").code == 0
    assert desk.column("SELECT count(*) FROM articles") == [1]
    paper.asked.clear()
    assert desk.crawl("--all", "--since", "2024-05-20").code == 0
    assert "/story-of-the-harbour-1" not in paper.paths()
    assert desk.crawl("--all").code == 0
    assert desk.column("SELECT count(*) FROM articles") == [2]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["crawl"], "--all"),
        (["crawl", "--all", "--due"], "one of the three"),
        (["crawl", "https://example.ly", "--all"], "one of the three"),
        (["crawl", "--due"], "no archive here"),
    ],
)
def test_which_sites_must_be_said_once(desk: Desk, arguments: list[str], named: str) -> None:
    ran = desk.run(*arguments)
    assert ran.code == 2
    assert named in ran.err
    assert not (desk.archive / "archive.db").exists()


def test_a_bad_schedule_is_refused_before_anything_is_asked(desk: Desk, paper: Paper) -> None:
    desk.archive.mkdir()
    own_schedule(desk, "[sites]\nevery = 'daily'\n")
    ran = desk.run("crawl", paper.url)
    assert ran.code == 2, ran.err
    assert "schedule.toml:2: sites.every: 'daily'" in ran.err
    assert paper.asked == []
