"""Sites without sitemap or feed, with dead links, cycles and odd answers."""

import json
import re
import sqlite3
from contextlib import closing
from time import sleep

import pytest

import archiver.store.database
from archiver.clock import as_text, now
from tests.crawl.conftest import FAST, Desk
from tests.crawl.small_site import HTML, NOTHING, Answer, listing, serving, story

JSON_FEED = """<html><head><title>الأخبار</title><link rel="alternate" type="application/feed+json" href="/feed.json">
    </head><body><h2><a href="/news/4001">خبر الميناء رقم 4001</a></h2></body></html>"""


def test_dead_links_say_nothing_of_their_kin(desk: Desk) -> None:
    """A sitemap of fifty dead and twenty live addresses of one shape gives the twenty."""

    def answer(path: str) -> Answer:
        if path == "/sitemap.xml":
            urls = "".join(f"<url><loc>{site}story/{n}</loc></url>" for n in range(10_000, 10_070))
            return 200, {"Content-Type": "text/xml"}, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()  # fmt: skip
        if path.startswith("/story/"):
            return NOTHING if int(path[7:]) < 10_050 else story(path[7:])
        return listing([]) if path == "/" else NOTHING

    with serving(answer) as (site, _):
        ran = desk.crawl(site)
    assert ran.code == 0, ran.err
    assert desk.column("SELECT count(*) FROM articles") == [20]


@pytest.mark.parametrize(
    ("asked_for", "given"),
    [("7200", ()), ("3000", ("--max-runtime", "60s"))],
    ids=["hours", "more than it has"],
)
def test_a_site_that_asks_for_long_is_left_for_the_next_run(
    desk: Desk, asked_for: str, given: tuple[str, ...]
) -> None:
    """With addresses at hand that were not asked for yet: the crawl ends, and loses none of them."""
    paths = [f"/news/{number}/" for number in range(8)]
    busy = [paths[3]]

    def answer(path: str) -> Answer:
        if path in busy:
            return 503, HTML | {"Retry-After": asked_for}, b"busy"
        if path == "/":
            return listing(paths)
        return story(path.strip("/").replace("/", "-")) if path in paths else (404, HTML, b"")

    with serving(answer) as (site, asked):
        first = desk.crawl(site, "--concurrency", "1", *given)
        (until,) = [each["rests_until"] for each in first.summary["sites"].values()]
        assert (first.code, until > as_text(now())) == (0, True)
        assert set(paths) - set(asked)
        busy.clear()
        asked.clear()
        again = desk.run("crawl", site, *given)
        assert (again.code, f"left alone until {until[:10]}" in again.err, asked) == (0, True, [])
        with closing(sqlite3.connect(desk.archive / "archive.db")) as database, database:
            for name in ("fetched_at", "not_before"):  # two hours later
                database.execute(f"UPDATE frontier SET {name} = datetime({name}, '-2 hours') || '.0+00:00'")
        database.close()
        assert desk.crawl(site).code == 0
        assert len(desk.column("SELECT id FROM articles")) == len(paths)
        assert desk.column("SELECT url FROM frontier WHERE state = 'pending'") == []


def test_sitemaps_that_name_each_other_are_read_once(desk: Desk) -> None:
    def answer(path: str) -> Answer:
        if path.startswith("/s") and path.endswith(".xml"):
            maps = "".join(f"<sitemap><loc>{site}s{n}.xml</loc></sitemap>" for n in range(4))
            return 200, {"Content-Type": "text/xml"}, f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()  # fmt: skip
        return (
            (200, {"Content-Type": "text/plain"}, f"Sitemap: {site}s0.xml".encode())
            if path == "/robots.txt"
            else NOTHING
        )

    with serving(answer) as (site, asked):
        desk.crawl(site)
    assert all(asked.count(f"/s{n}.xml") == 1 for n in range(4)), asked


def test_a_front_page_is_never_an_article_and_its_refresh_is_followed(desk: Desk) -> None:
    def answer(path: str) -> Answer:
        if path == "/":
            return (
                200,
                HTML,
                b'<html><head><meta http-equiv="refresh" content="0;url=home.php"></head></html>',
            )
        return {"/home.php": story("1"), "/robots.txt": NOTHING}.get(path, NOTHING)

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT url_key LIKE '%/home.php' FROM articles") == [1]
    with serving(lambda path: story("7") if path == "/" else NOTHING) as (site, _):
        ran = desk.crawl(site)
    assert ran.code == 1
    assert "no article was found" in ran.err or ran.summary["sites"][site.split("/")[2]]["error"]


def test_headers_are_kept_with_the_bytes_they_came_in(desk: Desk) -> None:
    def answer(path: str) -> Answer:
        if path == "/":
            return 302, {"Location": "/أخبار-الميناء-في-هذا-اليوم"}, b""
        return NOTHING if path == "/robots.txt" else story("3")

    with serving(answer) as (site, asked):
        assert desk.crawl(site).code == 0
    assert any(path.startswith("/%D8%A3%D8%AE%D8%A8") for path in asked)
    (warc,) = (desk.archive / "warc").iterdir()
    import gzip

    assert "Location: /أخبار-الميناء-في-هذا-اليوم\r\n".encode() in gzip.decompress(warc.read_bytes())


def impatient() -> None:
    archiver.store.database.BUSY_TIMEOUT = 500


def test_a_locked_database_is_one_line_and_exit_1(desk: Desk) -> None:
    with serving(
        lambda path: story("1") if path == "/a-story-of-the-harbour" else listing(["/a-story-of-the-harbour"])
    ) as (site, _):
        assert desk.crawl(site).code == 0
        other = sqlite3.connect(desk.archive / "archive.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            ran = desk.run("crawl", site, *FAST, before=impatient)
        finally:
            other.execute("ROLLBACK")
            other.close()
        assert ran.code == 1
        assert "locked" in ran.err
        assert "Traceback" not in ran.err
        assert desk.crawl(site).code == 0


def test_a_robots_txt_that_moved_is_followed_and_kept_to(desk: Desk) -> None:
    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return 301, {"Location": "/rules.txt"}, b""
        if path == "/rules.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"
        if path == "/":
            return listing(["/story/10001", "/private/story/10002"])
        return story("10001") if path == "/story/10001" else NOTHING

    with serving(answer) as (site, asked):
        ran = desk.crawl(site)
    assert (ran.code, ran.err) == (0, "")
    assert "/rules.txt" in asked
    assert "/private/story/10002" not in asked
    assert desk.column("SELECT count(*) FROM articles") == [1]


def test_stories_that_no_link_names_are_found(desk: Desk) -> None:
    """Behind frames, a click, a control, a drop-down, a script that sends the reader on, and in a page's data."""
    ways = [f"/news/{number}" for number in range(4001, 4009)]
    linked, clicked, second, monthly, sent, named, framed, portal = ways
    pages = {
        "/": b"<frameset><frame src='/main.htm'><frame src='/menu.htm'><noframes><body><a href='/text/'>x</a></body></noframes></frameset>",
        "/menu.htm": b"<a href='/enter/'>A</a><a href='/app/'>B</a>",
        "/enter/": b"<title>x</title><script>window.location.href = '/inner/';</script>",
        "/app/": f"""<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">
            {{"props": {{"list": [{{"title": "خبر الميناء", "url": "{named}"}}]}}}}</script>""".encode(),
    }
    lists = {
        "/main.htm": listing([linked], f"""<div onclick="window.location='{clicked}'"><h3>خبر آخر</h3></div>
            <button class="load-more" data-next-url="/main.htm?page=2">المزيد</button>
            <select><option value="">الشهر</option><option value="/archive/2024/05/">مايو 2024</option></select>"""),
        "/main.htm?page=2": listing([second]),
        "/archive/2024/05/": listing([monthly]),
        "/inner/": listing([sent]),
        "/text/": listing([framed, f"/modules.php?name=News&amp;file=print&amp;sid={portal[6:]}", "/SendToFriend.aspx?id=1"]),
    }  # fmt: skip

    def answer(path: str) -> Answer:
        if path in pages:
            return 200, HTML, pages[path]
        if path in ways[:7] or path == f"/modules.php?name=News&file=article&sid={portal[6:]}":
            return story(path[-4:])
        return lists.get(path, NOTHING)

    with serving(answer) as (site, asked):
        ran = desk.crawl(site)
    assert (ran.code, ran.err) == (0, "")
    found = sorted(title[-4:] for title in desk.column("SELECT title FROM articles"))
    assert found == [path[-4:] for path in ways], asked
    assert not [path for path in asked if "file=print" in path or "SendToFriend" in path]


def test_a_sitemap_that_robots_txt_names_in_the_other_scheme(desk: Desk) -> None:
    """The site answers over http alone: what its robots.txt calls https is asked for where it answers, in each run."""

    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, f"Sitemap: {secure}map.xml".encode()
        if path == "/map.xml":
            urls = "".join(f"<url><loc>{secure}story-{n}</loc></url>" for n in range(1001, 1004))
            return 200, {"Content-Type": "text/xml"}, f"<urlset>{urls}</urlset>".encode()
        return listing([]) if path == "/" else story(path[-4:]) if "story" in path else NOTHING

    with serving(answer) as (site, asked):
        secure = site.replace("http:", "https:")
        assert [desk.crawl(site).code for _ in range(2)] == [0, 0]
    assert desk.column("SELECT count(*) FROM articles") == [3]
    assert asked.count("/map.xml") == 2


def test_a_page_shorter_than_promised_is_one_where_it_ends_as_a_page_does(desk: Desk) -> None:
    """Some servers promise more bytes than there are; what breaks off is not taken for the whole."""

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(["/story-1001", "/story-1002"])
        if "story" not in path:
            return NOTHING
        status, headers, body = story(path[-4:])
        promised = {**headers, "Content-Length": str(len(body) + 1)}
        return status, promised, body if path.endswith("1001") else body[: len(body) // 2]

    with serving(answer) as (site, _):
        desk.crawl(site)
    assert desk.column("SELECT url FROM articles") == [f"{site}story-1001"]
    assert set(desk.column("SELECT outcome FROM fetches WHERE url LIKE '%1002'")) == {"broken_response"}
    assert set(desk.column("SELECT snapshot_id IS NOT NULL FROM fetches WHERE url LIKE '%1002'")) == {1}


def test_a_feed_whose_pages_never_end_is_left(desk: Desk) -> None:
    """Its first pages lead on to stories; each of those behind them names a next page, and nothing else."""
    ways = [f"/news/{number}" for number in range(4001, 4007)]

    def answer(path: str) -> Answer:
        if path == "/":
            return 200, HTML, JSON_FEED.encode()
        if path.startswith("/feed.json"):
            number = int(path.partition("=")[2] or 1)
            items = [{"title": f"خبر {each[-4:]}", "url": each} for each in ways[2 * number - 2 : 2 * number]]
            data = {"home_page_url": site, "items": items, "next_url": f"{site}feed.json?page={number + 1}"}
            return 200, {"Content-Type": "application/feed+json"}, json.dumps(data).encode()
        return story(path[-4:]) if path in ways else NOTHING

    with serving(answer) as (site, asked):
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [6]
    assert len([path for path in asked if path.startswith("/feed.json")]) < 160


def test_a_feed_tells_of_stories_that_the_front_page_links(desk: Desk) -> None:
    """The last of the links waits for its turn while the feed is read."""
    ways = [f"/news/{number}" for number in range(4001, 4031)]

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(ways, '<link rel="alternate" type="application/rss+xml" href="/rss.xml">')
        if path == "/rss.xml":
            item = f"<item><title>خبر الميناء رقم 4030</title><link>{site}news/4030</link><pubDate>Tue, 30 Apr 2024 23:30:00 +0200</pubDate></item>"
            return 200, {"Content-Type": "application/rss+xml"}, f"<rss version='2.0'><channel>{item}</channel></rss>".encode()  # fmt: skip
        if path not in ways:
            return NOTHING
        sleep(0.2)
        return 200, HTML, re.sub("<time.*</time>", "", story(path[-4:])[2].decode()).encode()

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
    dated = desk.column("SELECT published_at FROM articles WHERE url LIKE '%4030'")
    assert [str(day)[:10] for day in dated] == ["2024-04-30"]
    assert desk.run("reparse", "--json").summary["changed"] == 0


def test_an_empty_answer_is_asked_for_again(desk: Desk) -> None:
    """One story is empty at first, one always, which the next run tries again."""

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(["/n/4001", "/n/4002", "/n/4003"])
        if not path.startswith("/n/"):
            return NOTHING
        return (
            (200, HTML, b"")
            if path in empty or (path == "/n/4002" and asked.count(path) == 1)
            else story(path[-4:])
        )

    empty = {"/n/4003"}
    with serving(answer) as (site, asked):
        assert desk.crawl(site).code == 0
        assert desk.column("SELECT outcome FROM fetches WHERE url LIKE '%4003'")[-1] == "http_error"
        empty.clear()
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [3]


def test_a_page_that_came_torn_is_asked_for_in_full_by_the_next_crawl(desk: Desk) -> None:
    """It had an ETag all the same: a 304 to it would say nothing of what is missing."""
    torn = ["/news/1/"]

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(["/news/1/", "/news/2/"])
        if path not in ("/news/1/", "/news/2/"):
            return NOTHING
        status, headers, body = story(path[6])
        length = {"Content-Length": str(len(body))}
        return status, headers | length | {"ETag": '"v1"'}, body[:-400] if path in torn else body

    with serving(answer) as (site, asked):
        desk.crawl(site)
        etags = dict(desk.sql("SELECT url, etag FROM frontier WHERE outcome IS NOT NULL"))
        assert (etags[f"{site}news/1/"], etags[f"{site}news/2/"]) == (None, '"v1"')
        torn.clear()
        asked.clear()
        assert desk.crawl(site).code == 0
    assert "/news/1/" in asked
    assert len(desk.column("SELECT id FROM articles")) == 2


@pytest.mark.parametrize("more", ["", '<a href="/about/">من نحن</a>'], ids=["nothing", "a page of the site"])
def test_a_known_site_whose_front_page_leads_nowhere_any_more_is_told(desk: Desk, more: str) -> None:
    """A new front page that a script draws: no story is named, and no run would ever find one again."""
    paths = [f"/news/{number}/" for number in range(4001, 4006)]
    shell: list[Answer] = []

    def answer(path: str) -> Answer:
        if path == "/":
            return shell[0] if shell else listing(paths)
        return story(path.strip("/").replace("/", "-")) if path in paths else NOTHING

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
        shell.append(
            (
                200,
                HTML,
                f'<html><body><div id="root"></div>{more}<script src="/a.js"></script></body></html>'.encode(),
            )
        )
        ran = desk.crawl("--all")
    told = "its front page leads nowhere any more, and nothing else does"
    assert (ran.code, told in ran.out) == ((0, False) if more else (1, True))
