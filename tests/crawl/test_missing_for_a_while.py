"""What a site denies for an hour, and has again: stories, sections, feeds; and answers in an encoding that is none."""

import pytest

from tests.crawl.conftest import Desk
from tests.crawl.small_site import HTML, NOTHING, Answer, listing, serving, story

HOME: Answer = (302, {"Location": "/"}, b"")
EMPTY: Answer = (
    200,
    HTML,
    "<html><head><title>خبر</title></head><body><h1>خبر الميناء</h1></body></html>".encode(),
)


def news(*numbers: int) -> list[str]:
    return [f"/news/{number}/" for number in numbers]


@pytest.mark.parametrize("while_away", [NOTHING, HOME, EMPTY], ids=["404", "sent home", "no text yet"])
def test_a_story_that_is_not_there_yet_is_asked_for_by_the_next_run(desk: Desk, while_away: Answer) -> None:
    shown, away = news(*range(4001, 4006)), list[str]()

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(shown)
        if path in away:
            return while_away
        return story(path.strip("/").replace("/", "-")) if path in shown else NOTHING

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 0
        shown += news(4006, 4007)
        away += news(4006)
        desk.crawl(site)
        assert desk.column("SELECT count(*) FROM articles") == [6]
        away.clear()
        desk.crawl(site)
    assert desk.column("SELECT count(*) FROM articles") == [7]


def test_a_site_whose_stories_were_all_missing_at_first(desk: Desk) -> None:
    shown, are_there = news(*range(4001, 4006)), list[bool]()

    def answer(path: str) -> Answer:
        if path == "/":
            return listing(shown)
        return story(path.strip("/").replace("/", "-")) if path in shown and are_there else NOTHING

    with serving(answer) as (site, _):
        assert desk.crawl(site).code == 1
        are_there.append(True)
        assert desk.crawl(site).code == 0
    assert desk.column("SELECT count(*) FROM articles") == [5]


def test_what_robots_txt_denied_for_a_while(desk: Desk) -> None:
    shown, denied = news(*range(4001, 4006)), list[str]()

    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return (
                200,
                {"Content-Type": "text/plain"},
                f"User-agent: *\nDisallow: {''.join(denied)}\n".encode(),
            )
        if path == "/":
            return listing(shown)
        return story(path.strip("/").replace("/", "-")) if path in shown else NOTHING

    with serving(answer) as (site, _):
        desk.crawl(site)
        shown += news(4006)
        denied.append("/news/")
        desk.crawl(site)
        assert desk.column("SELECT count(*) FROM articles") == [5]
        denied.clear()
        desk.crawl(site)
    assert desk.column("SELECT count(*) FROM articles") == [6]


@pytest.mark.parametrize("path_of_list", ["/section/ports/", "/feed/", "/sitemap.xml"])
def test_a_list_that_is_gone_for_one_run(desk: Desk, path_of_list: str) -> None:
    """The front page names the section, and no story but the first."""
    shown, away = news(*range(4001, 4006)), list[str]()

    def listed(site: str) -> Answer:
        if path_of_list == "/feed/":
            items = "".join(f"<item><title>خبر</title><link>{site}{path[1:]}</link></item>" for path in shown)
            return (
                200,
                {"Content-Type": "text/xml"},
                f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(),
            )
        if path_of_list == "/sitemap.xml":
            urls = "".join(f"<url><loc>{site}{path[1:]}</loc></url>" for path in shown)
            return 200, {"Content-Type": "text/xml"}, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()  # fmt: skip
        return listing(shown)

    def answer(path: str) -> Answer:
        if path in away:
            return NOTHING
        if path == "/":
            return listing([path_of_list, shown[0]] if path_of_list.startswith("/section") else shown[:1])
        if path == path_of_list:
            return listed(at[0])
        return story(path.strip("/").replace("/", "-")) if path in shown else NOTHING

    at = list[str]()
    with serving(answer) as (site, _):
        at.append(site)
        desk.crawl(site)
        shown += news(4006)
        away.append(path_of_list)
        desk.crawl(site)
        assert desk.column("SELECT count(*) FROM articles") == [5]
        away.clear()
        desk.crawl(site)
    assert desk.column("SELECT count(*) FROM articles") == [6]
