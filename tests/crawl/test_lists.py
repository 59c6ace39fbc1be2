"""Lists of stories: their further pages, what they alone print, and what was added to them since."""

import json
import re

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.small_site import HTML, NOTHING, Answer, listing, serving, story


def test_what_moved_to_the_second_page_since_is_found(desk: Desk) -> None:
    """No sitemap, no feed, six stories a page; thirteen new ones between two crawls."""
    newest = 20

    def answer(path: str) -> Answer:
        if path.startswith("/story-of-the-harbour-"):
            return story(path.rpartition("-")[2])
        number = int(path.partition("?page=")[2] or 1) if path == "/" or path.startswith("/?page=") else 0
        if number < 1:
            return NOTHING
        first = newest - 6 * (number - 1)
        pager = (
            f'<div class="pagination"><a rel="next" href="/?page={number + 1}">التالي</a></div>'
            if first > 6
            else ""
        )
        return listing([f"/story-of-the-harbour-{n}" for n in range(first, max(0, first - 6), -1)], pager)

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
        assert desk.column("SELECT count(*) FROM articles") == [20]
        newest = 33
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [33]


def test_a_list_that_goes_on_in_data(desk: Desk) -> None:
    """Ten a page as the reader scrolls: the page names the data's address, the data the next."""
    ways = [f"/news/{number}" for number in range(4001, 4007)]
    data = {"/api/feed?page=2": (ways[2:4], "/api/feed?page=3"), "/api/feed?page=3": (ways[4:], None)}

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(ways[:2], '<div id="feed" data-next-url="/api/feed?page=2"></div>')
        if path in data:
            stories, further = data[path]
            items = [{"title": f"خبر {each[-4:]}", "url": each} for each in stories]
            return (
                200,
                {"Content-Type": "application/json"},
                json.dumps({"items": items, "next": further}).encode(),
            )
        return story(path[-4:]) if path in ways else NOTHING

    with serving(answer) as (site, asked):
        ran = desk.crawl(site)
    assert (ran.code, ran.err) == (0, "")
    assert sorted(title[-4:] for title in desk.column("SELECT title FROM articles")) == [
        each[-4:] for each in ways
    ], asked


def test_a_day_that_only_the_listing_prints(desk: Desk) -> None:
    """A story's own day goes over it."""
    days = {f"/news/{4000 + day}": day for day in range(10, 31)}
    rows = "".join(
        f'<li><a href="{way}">خبر الميناء الذي على {way}</a><b>{day} أبريل 2024</b></li>'
        for way, day in days.items()
    )

    def answer(path: str) -> Answer:
        if path in ("/", "/section"):
            return listing([], '<a href="/section">كل الأخبار</a>' if path == "/" else rows)
        if path not in days:
            return NOTHING
        page = story(path[-4:])[2].decode()
        return 200, HTML, (page if path == "/news/4029" else re.sub("<time.*</time>", "", page)).encode()

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
    dated = desk.column("SELECT substr(published_at, 1, 10) FROM articles ORDER BY url")
    assert dated == [*(f"2024-04-{day}" for day in range(10, 29)), "2024-05-01", "2024-04-30"]
    assert desk.run("reparse", "--json").summary["changed"] == 0


def test_sections_below_pages_without_stories_are_looked_at_again(desk: Desk) -> None:
    """The front page names provinces, they their sections; a section of one story counts as one of several."""
    told = {"/east/local": ["/n/4001", "/n/4002", "/n/4003", "/n/4004"], "/west/sport": ["/n/4011"]}
    hubs = {"/": ["/east", "/west"], "/east": ["/east/local"], "/west": ["/west/sport"]}

    def answer(path: str) -> Answer:
        if path in hubs:
            links = "".join(f'<a href="{each}">إقليم</a>' for each in hubs[path])
            return (
                200,
                HTML,
                f"<html><head><title>الدليل</title></head><body><h1>اختر</h1>{links}</body></html>".encode(),
            )
        if path in told:
            return listing(told[path])
        return story(path[-4:]) if any(path in each for each in told.values()) else NOTHING

    with serving(answer) as (site, asked):
        assert desk.crawl(site).code == 0
        told["/east/local"].insert(0, "/n/4005")
        told["/west/sport"].insert(0, "/n/4012")
        asked.clear()
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [7]
    assert len(asked) < 12


def test_pages_of_a_list_that_repeat_its_last_one_are_left(desk: Desk) -> None:
    ways = [f"/news/{number}" for number in range(4001, 4010)]

    def answer(path: str) -> Answer:
        if path == "/":
            return listing([], '<a href="/section?page=1">كل الأخبار</a>')
        if path.startswith("/section?page="):
            number = int(path.rpartition("=")[2])
            first = 3 * min(number - 1, 2)
            return listing(
                ways[first : first + 3], f'<a class="next" href="/section?page={number + 1}">التالي</a>'
            )
        return story(path[-4:]) if path in ways else NOTHING

    with serving(answer) as (site, asked):
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [9]
    assert sum(path.startswith("/section") for path in asked) <= 5


@pytest.mark.parametrize("first", [4001, 301], ids=["numbers of four digits", "numbers that tell no story"])
def test_a_list_that_is_known_by_where_it_leads_is_followed_to_its_new_pages(desk: Desk, first: int) -> None:
    """A third page that told nothing new when it was met is asked for again once the second does."""
    told = [f"/n/{number}" for number in range(first, first + 17)]

    def answer(path: str) -> Answer:
        if path == "/":
            return listing([], '<a href="/section/">كل الأخبار</a>')
        if path.startswith("/section/"):
            number = int(path.rpartition("=")[2]) if "=" in path else 1
            rows = "".join(
                f'<li><a href="{way}">خبر {way[-1]}</a></li>' for way in told[8 * number - 8 : 8 * number]
            )
            more = (
                f'<div class="pg"><a href="/section/?page={number + 1}">التالي</a></div>'
                if told[8 * number :]
                else ""
            )
            return (
                200,
                HTML,
                f"<html><head><title>قسم</title></head><body><h1>قسم</h1>{rows}{more}</body></html>".encode(),
            )
        return story(path[-4:]) if path in told else NOTHING

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
        told[:0] = [f"/n/{number}" for number in range(first + 100, first + 120)]
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [37]


def test_forty_sections_without_news_stay_sections(desk: Desk) -> None:
    """Their addresses are alike but for a number, as pages of a calendar are; what they name a day later is found."""
    news: list[int] = []

    def answer(path: str) -> Answer:
        if path == "/":
            sections = "".join(f'<a href="/section.php?id={each}">قسم {each}</a>' for each in range(1, 36))
            return 200, HTML, f"<html><body><ul>{sections}</ul></body></html>".encode()
        if found := re.fullmatch(r"/section\.php\?id=(\d+)", path):
            number = int(found[1])
            own = [f"/news.php?id={1000 + 10 * number + each}" for each in range(2)]
            return listing([f"/news.php?id={5000 + number}"] * (number in news) + own)
        return story(path.rpartition("=")[2]) if path.startswith("/news.php") else NOTHING

    with serving(answer) as (url, asked):
        assert desk.crawl(url).code == 0
        assert desk.column("SELECT count(*) FROM articles") == [70]
        for _ in range(2):
            asked.clear()
            assert desk.crawl(url).code == 0
            assert sum(path.startswith("/section") for path in asked) == 35
        news += [3, 17, 34]
        assert desk.crawl(url).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [73]
    assert desk.column("SELECT count(*) FROM frontier WHERE outcome = 'trap'") == [0]
