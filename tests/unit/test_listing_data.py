"""What a listing's data lead to: JSON that its scripts ask for."""

import json

from spiders.discovery import Where
from spiders.documents import Task, read_document
from spiders.listing_data import data_links

SITE = "https://sahifa.ly"


def led_to(data: object, path: str = "/api/feed?page=2") -> list[tuple[str, str, str]]:
    found = data_links(json.dumps(data), SITE + path, Where(SITE + path, "sahifa.ly", 1))
    return [(each.url.removeprefix(SITE), each.kind, each.hints.get("anchor", "")) for each in found]


def test_stories_with_their_titles_and_the_next_page() -> None:
    data = {"items": [{"title": "خبر الميناء", "url": "/n/1042-b7"}], "next": "/api/feed?page=3"}
    assert led_to(data) == [("/n/1042-b7", "article", "خبر الميناء"), ("/api/feed?page=3", "listing", "")]


def test_pieces_of_html_in_data() -> None:
    data = {"html": '<div><a href="/n/1042">خبر الميناء</a></div>', "more": False}
    assert ("/n/1042", "خبر الميناء") in [(url, anchor) for url, _, anchor in led_to(data)]


def test_the_number_of_the_next_page_where_data_do_not_name_it() -> None:
    assert led_to([{"link": "/n/1042"}])[-1][0] == "/api/feed?page=3"
    assert led_to([]) == []
    assert [url for url, *_ in led_to({"home_page_url": SITE, "items": []})] == ["/"]
    assert led_to([{"link": "/n/1042"}], "/api/feed")[-1][0] == "/n/1042"


def test_the_place_from_which_the_next_page_goes_on() -> None:
    story = {"title": "خبر الميناء", "path": "/n/1042"}
    assert (
        led_to({"items": [story], "next_cursor": "eyI="}, "/api/feed?cursor=a&limit=9")[-1][0]
        == "/api/feed?limit=9&cursor=eyI%3D"
    )
    assert led_to({"items": [story], "nextOffset": 20}, "/api/feed")[-1][0] == "/api/feed?offset=20"
    assert led_to({"items": [story], "next_cursor": None}, "/api/feed")[-1][0] == "/n/1042"
    assert (
        led_to({"items": [], "next_cursor": "eyI="}, "/api/feed") == []
    )  # an answer without stories goes on with nothing


def test_a_page_that_is_not_full_is_the_last() -> None:
    posts = [{"link": f"/n/{number}", "title": {"rendered": "خبر الميناء"}} for number in (1042, 1043)]
    assert (
        led_to(posts, "/wp-json/wp/v2/posts?per_page=2&page=1")[-1][0]
        == "/wp-json/wp/v2/posts?per_page=2&page=2"
    )
    assert led_to(posts, "/wp-json/wp/v2/posts?per_page=3&page=1")[-1] == (
        "/n/1043",
        "article",
        "خبر الميناء",
    )


def test_what_leads_off_the_site_and_what_is_no_json() -> None:
    assert led_to([{"url": "https://elsewhere.ly/n/1042"}], "/api/feed") == []
    where = Where(f"{SITE}/api", "sahifa.ly", 1)
    assert data_links("[" * 100_000, f"{SITE}/api", where) == []
    assert data_links("not json", f"{SITE}/api", where) == []


def read(body: bytes) -> str:
    headers = {"content-type": "application/json; charset=utf-8"}
    return read_document(Task(f"{SITE}/api", "sahifa.ly", "listing", 1, body, headers, None, {})).kind  # type: ignore[arg-type]


def test_data_are_a_list_where_they_lead_somewhere() -> None:
    assert read(b'[{"url": "/n/1042"}]') == "feed"
    assert read(b'{"status": "ok"}') == "not_html"
