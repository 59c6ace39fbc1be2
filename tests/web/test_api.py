"""The archive for programs: what it answers, that lists are whole, and that no request makes it stumble."""

from collections import Counter
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from archiver.store import Archive
from archiver.store.reading import article_item
from archiver.web.app import create_app
from tests.web.conftest import Room, keep

STORY = "<html lang=ar><meta property=og:type content=article><title>{0}</title><h1>{0}</h1><article><p>{1}</p></article>"


def all_ids(client: TestClient, **query: object) -> list[int]:
    found: list[int] = []
    after: str | None = ""
    while after is not None:
        page = client.get("/api/articles", params={**query, "after": after}).json()
        found += [hit["article_id"] for hit in page["hits"]]
        after = page["next"]
    return found


def test_an_article_is_told_whole_and_as_it_is_stored(client: TestClient, room: Room) -> None:
    answer = client.get(f"/api/articles/{room.edited}").json()
    archive = Archive.open_for_reading(room.desk.archive)
    assert answer["item"] == article_item(archive.connection, room.edited)
    archive.close()
    assert answer["version"] == 2
    assert answer["item"]["provenance"]["title"]["locator"]
    address = answer["item"]["url"]
    for url in (address, address.partition("://")[2], address.replace("://", "://www.", 1)):
        assert client.get("/api/articles/by-url", params={"url": url}).json()["id"] == room.edited
    for url in ("nowhere.example/1", "http://", " "):
        assert client.get("/api/articles/by-url", params={"url": url}).status_code == 404


def test_versions_and_what_changed_between_them(client: TestClient, room: Room) -> None:
    versions = client.get(f"/api/articles/{room.edited}/versions").json()
    assert [(each["number"], each["cause"]) for each in versions] == [(1, "first"), (2, "publisher")]
    first = client.get(f"/api/articles/{room.edited}/versions/1").json()
    changed = client.get(f"/api/articles/{room.edited}/diff", params={"older": 1, "newer": 2}).json()
    (title,) = [each for each in changed if each["field"] == "title"] or [None]
    if title is not None:
        assert "".join(p["text"] for p in title["lines"][0] if p["op"] != "added") == first["title"]
    assert changed


@pytest.mark.parametrize(
    ("sort", "q"), [("newest", ""), ("oldest", ""), ("relevance", ""), ("relevance", "في")]
)
def test_page_by_page_every_article_comes_once(client: TestClient, room: Room, sort: str, q: str) -> None:
    ids = all_ids(client, sort=sort, limit=7, q=q)
    assert len(ids) == len(set(ids)) > 20
    if not q:
        assert set(ids) == set(room.desk.column("SELECT id FROM articles"))


def test_what_is_archived_between_two_pages_makes_none_come_twice(room: Room) -> None:
    with TestClient(create_app(room.desk.archive), base_url="http://127.0.0.1") as client:
        page = client.get("/api/articles", params={"limit": 10, "sort": "newest"}).json()
        keep(
            room.desk.archive,
            "https://late.example/story",
            STORY.format("خبر متأخر جداً", "نص الخبر. " * 40).encode(),
        )
        rest = all_ids(client, limit=10, sort="newest")
        following = client.get(
            "/api/articles", params={"limit": 10, "sort": "newest", "after": page["next"]}
        ).json()
    before = {hit["article_id"] for hit in page["hits"]}
    assert before.isdisjoint(hit["article_id"] for hit in following["hits"])
    assert len(rest) == len(set(rest))


def test_an_answer_that_has_not_changed_is_not_sent_again(client: TestClient, room: Room) -> None:
    path = f"/api/articles/{room.edited}"
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/articles?q=%22", 400, "never closed"),
        ("/api/articles?after=nonsense", 400, "after"),
        ("/api/articles?from=yesterday", 422, "from"),
        ("/api/articles/999999", 404, "999999"),
        ("/api/articles/1/versions/99", 404, "version 99"),
        ("/api/sites/none.example", 404, "none.example"),
    ],
)
def test_what_is_asked_wrong_is_told_as_json(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, said in answer.json()["detail"]) == (status, True)


def test_sites_tell_how_they_do(client: TestClient, room: Room) -> None:
    sites = client.get("/api/sites").json()
    (crawled,) = [each for each in sites if each["site"] == room.site]
    assert (
        crawled["articles"] == room.desk.column("SELECT count(*) FROM articles WHERE site = ?", room.site)[0]
    )
    assert crawled["last_visit"]["result"] == "done"
    assert client.get(f"/api/sites/{room.site}").json()["site"] == room.site


def test_no_request_makes_it_stumble(room: Room) -> None:
    """Requests made from the API's own description, right and wrong ones."""
    app = create_app(room.desk.archive, names=["testserver"])
    operations = [
        each.ok() for each in schemathesis.openapi.from_asgi("/api/openapi.json", app).get_all_operations()
    ]
    assert len(operations) == 10
    answers: Counter[int] = Counter()
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=15, derandomize=True, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case) -> None:
            answer = case.call_and_validate(checks=[schemathesis.checks.not_a_server_error])
            answers[answer.status_code] += 1

        ask()
    assert answers[200] > 20, answers


@given(
    name=st.sampled_from(["q", "after", "site", "author", "from", "sort", "limit", "stem"]), value=st.text()
)
@settings(max_examples=80, derandomize=True, suppress_health_check=list(HealthCheck))
def test_nor_does_any_text(client: TestClient, name: str, value: str) -> None:
    assert client.get("/api/articles", params={name: value}).status_code in (200, 400, 422)
    assert client.get(f"/api/articles/{quote(value, safe='')}/versions").status_code in (200, 404, 422)
