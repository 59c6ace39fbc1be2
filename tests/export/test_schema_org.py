"""The JSON-LD of an article: what our own reader of JSON-LD, and others, make of it."""

import json
from datetime import UTC, datetime

from fastapi.testclient import TestClient

from archiver import extract_article
from archiver.web.app import create_app
from tests.crawl.conftest import Desk
from tests.export.conftest import HARBOUR, NASTY, UNDATED


def shown(desk: Desk, url: str) -> dict[str, object]:
    ran = desk.run("show", url, "--json-ld")
    assert ran.code == 0, ran.err
    made: dict[str, object] = json.loads(ran.out)
    return made


def test_a_page_with_it_is_read_back_as_the_same_article(desk: Desk) -> None:
    made = shown(desk, HARBOUR)
    script = json.dumps(made).replace("<", "\\u003c")
    page = f"<html lang=ar><script type='application/ld+json'>{script}</script><h1>{made['headline']}</h1>".encode()
    read = extract_article(page, HARBOUR, fetched_at=datetime(2024, 5, 2, tzinfo=UTC))
    assert read.title == "افتتاح ميناء المدينة: «عهد جديد»"
    assert "json_ld author: أحمد بن علي, ليلى حسن" in [each.detail for each in read.warnings], (
        "the page shows none"
    )
    assert read.tags == ("ميناء", "نقل")
    assert read.published_at == datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
    assert read.section == "محليات"


def test_its_names_are_those_of_schema_org(desk: Desk) -> None:
    made = shown(desk, HARBOUR)
    assert made["@context"] == "https://schema.org"
    assert made["@type"] == "NewsArticle"
    assert made["author"] == [
        {"@type": "Person", "name": "أحمد بن علي"},
        {"@type": "Person", "name": "ليلى حسن"},
    ]
    assert made["image"][0]["creditText"] == "تصوير سالم"  # type: ignore[index]
    assert made["mainEntityOfPage"]["breadcrumb"]["itemListElement"][1] == {  # type: ignore[index]
        "@type": "ListItem",
        "position": 2,
        "name": "محليات",
    }
    assert made["keywords"] == ["ميناء", "نقل"]
    assert str(made["sdDatePublished"]).startswith("2024-05-02T12:00")


def test_what_is_not_known_is_not_there(desk: Desk) -> None:
    made = shown(desk, UNDATED)
    assert not {"headline", "datePublished", "author", "image"} & set(made)
    assert shown(desk, NASTY)["datePublished"] == "2024-04"


def test_the_api_gives_the_same(desk: Desk) -> None:
    number = desk.column("SELECT id FROM articles WHERE url = ?", HARBOUR)[0]
    with TestClient(create_app(desk.archive), base_url="http://localhost") as client:
        answer = client.get(f"/api/articles/{number}/json-ld")
        assert answer.json() == shown(desk, HARBOUR)
        assert answer.headers["content-type"] == "application/ld+json"
        assert client.get("/api/articles/999999/json-ld").status_code == 404
