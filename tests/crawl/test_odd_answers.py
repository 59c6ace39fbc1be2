"""Servers that say of their answers what is not so: a coding that is none, a length that is too great."""

import pytest
from scrapy.http import Response

from spiders.politeness import LONGEST_REST, asked_to_wait
from spiders.robots import MAX_ROBOTS
from tests.crawl.conftest import Desk
from tests.crawl.small_site import NOTHING, Answer, listing, serving, story

PATHS = [f"/news/{number}/" for number in range(4001, 4006)]
TEXT = {"Content-Type": "text/plain"}
RULES = b"User-agent: *\nDisallow: /private/"


def shown(path: str) -> Answer:
    if path == "/robots.txt":
        return 200, TEXT, RULES
    if path == "/":
        return listing(PATHS)
    return story(path.strip("/").replace("/", "-")) if path in PATHS else NOTHING


@pytest.mark.parametrize("named", ["UTF-8", "none", "windows-1256"])
def test_a_coding_that_is_none_leaves_the_bytes_as_they_are(desk: Desk, named: str) -> None:
    def answer(path: str) -> Answer:
        status, headers, body = shown(path)
        return status, headers | {"Content-Encoding": named}, body

    with serving(answer) as (site, _):
        ran = desk.crawl(site)
    assert (ran.code, desk.column("SELECT count(*) FROM articles")) == (0, [5])


@pytest.mark.parametrize(("missing", "articles"), [(3, 5), (900, 0)], ids=["a slip", "most of it"])
def test_a_robots_txt_that_is_shorter_than_promised(desk: Desk, missing: int, articles: int) -> None:
    """What is missing of it may be what forbids."""

    def answer(path: str) -> Answer:
        status, headers, body = shown(path)
        length = len(body) + (missing if path == "/robots.txt" else 0)
        return status, headers | {"Content-Length": str(length), "Connection": "close"}, body

    with serving(answer) as (site, asked):
        ran = desk.crawl(site)
    assert desk.column("SELECT count(*) FROM articles") == [articles]
    if not articles:
        assert "robots.txt could not be had (it breaks off behind" in ran.out
        assert set(asked) == {"/robots.txt"}


def test_a_rule_that_is_cut_off_forbids_nothing(desk: Desk) -> None:
    """What is read of a robots.txt ends in the midst of ``Disallow: /private/…``: behind its first slash."""
    head = b"User-agent: *\nDisallow: /"
    rules = b"#" * (MAX_ROBOTS - len(head) - 1) + b"\n" + head + b"private/" * 99

    def answer(path: str) -> Answer:
        return (200, TEXT, rules) if path == "/robots.txt" else shown(path)

    with serving(answer) as (site, _):
        ran = desk.crawl(site)
    assert (ran.code, desk.column("SELECT count(*) FROM articles")) == (0, [5])


def test_a_robots_txt_in_a_coding_that_is_not_undone_is_named(desk: Desk) -> None:
    def answer(path: str) -> Answer:
        status, headers, body = shown(path)
        return status, headers | ({"Content-Encoding": "br"} if path == "/robots.txt" else {}), body

    with serving(answer) as (site, _):
        ran = desk.crawl(site)
    assert ran.code == 1
    assert "robots.txt could not be had (Content-Encoding br was not asked for" in ran.out


def test_so_many_pages_and_no_more_of_a_site_that_is_known(desk: Desk) -> None:
    sections = [f"/section/harbour-{number}/" for number in range(12)]

    def answer(path: str) -> Answer:
        if path == "/":
            return listing([*sections, *PATHS])
        return listing(PATHS) if path in sections else shown(path)

    with serving(answer) as (site, asked):
        desk.crawl(site)
        for most in (2, 5):
            asked.clear()
            desk.crawl(site, "--max-pages", str(most), "--concurrency", "8")
            assert len(set(asked) - {"/robots.txt"}) <= most


@pytest.mark.parametrize("asked", ["99999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "9" * 400])
def test_a_server_that_asks_for_ages_is_left_alone_for_a_week(asked: str) -> None:
    response = Response("https://example.ly/1", status=503, headers={"Retry-After": asked})
    assert asked_to_wait(response, 0) == LONGEST_REST
