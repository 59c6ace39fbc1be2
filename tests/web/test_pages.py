"""What the pages say and which headers they carry, without a browser."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from archiver.cli import serve
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.tables import ArticleRow
from archiver.web import site as site_page
from archiver.web.app import create_app
from archiver.web.shelf import every_month, months
from archiver.web.shelter import PAGE_POLICY
from tests.web.conftest import NOON, Room, keep, text_of


def test_every_page_is_there_and_allows_nothing_from_elsewhere(client: TestClient, room: Room) -> None:
    expected = {"search refused": 400, "not found": 404}
    for name, path in room.pages.items():
        answer = client.get(path)
        assert answer.status_code == expected.get(name, 200), (name, answer.text)
        assert answer.headers["content-security-policy"] == PAGE_POLICY, name
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-dns-prefetch-control"] == "off"
        loaded = re.findall(r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=\"([^\"]+)", answer.text)
        assert loaded, name
        assert all(each.startswith("/") for each in loaded), (name, loaded)
        assert " style=" not in answer.text, name
        assert not re.search(r"<[^>]+\son\w+=", answer.text), name


def test_head_is_answered_as_get_is_without_the_body(client: TestClient, room: Room) -> None:
    api = {"articles": "/api/articles", "article": f"/api/articles/{room.edited}", "none": "/api/articles/0"}
    for name, path in (room.pages | api | {"style": "/static/room.css"}).items():
        head, got = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (got.status_code, b""), name
        assert {**head.headers, "date": ""} == {**got.headers, "date": ""}, name
    assert client.head("/api/sites", headers={"If-None-Match": "*"}).status_code == 304
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7", ""])
def test_a_request_under_another_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "وَرّاق" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:1", "[::1]:8080"])
def test_loopback_has_several_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_name_that_was_given_is_answered(room: Room) -> None:
    with TestClient(create_app(room.desk.archive, names=["archive.example.ly"])) as client:
        assert client.get("http://archive.example.ly/").status_code == 200
        assert client.get("http://other.example.ly/").status_code == 400


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "archive.example.ly"])
def test_listening_to_everybody_must_be_meant(tmp_path: Path, host: str) -> None:
    with pytest.raises(InputError, match="--name"):
        serve.command.main(["--archive", str(tmp_path), "--host", host], standalone_mode=False)


def test_a_port_in_use_and_a_folder_without_an_archive_are_said(
    room: Room, address: str, tmp_path: Path
) -> None:
    for folder, port, said in (
        (room.desk.archive, address.rsplit(":", 1)[1], "give another with --port"),
        (tmp_path / "nothing", "0", "no archive here"),
    ):
        with pytest.raises(InputError, match=said):
            serve.command.main(["--archive", str(folder), "--port", port], standalone_mode=False)


def test_home_shows_what_is_new_and_how_much_there_is(client: TestClient, room: Room) -> None:
    page = text_of(client, "/")
    newest = room.desk.sql("SELECT id, title FROM articles ORDER BY id DESC LIMIT 5")
    for article, title in newest:
        assert f'href="/article/{article}"' in page
        assert title in page
    for site, articles in room.desk.sql("SELECT site, count(*) FROM articles GROUP BY site"):
        assert f'href="/site/{site}"' in page.replace("%3A", ":")
        assert f"المقالات: {articles}" in page
    for month, articles in room.desk.sql(
        "SELECT month, sum(articles) FROM articles_per_month GROUP BY month"
    ):
        row = rf'from={month}-01&amp;to={month}-\d\d">[^<]+</a></th><td class="number">{articles}<'
        assert re.search(row, page), month


def test_a_site_that_is_not_well_is_named_first_and_says_why(client: TestClient, room: Room) -> None:
    well = text_of(client, "/")
    assert "سليم" in well
    run, site = room.desk.sql(
        "SELECT max(runs.id), max(sites.id) FROM runs, sites WHERE sites.name = ?", room.site
    )[0]
    writer = sqlite3.connect(room.desk.archive / "archive.db", isolation_level=None)
    values = {
        "site_id": site,
        "code": "date_lost",
        "detail": "9 of 10 articles",
        "raised_at": NOON.isoformat(),
    }
    values |= {"run_id": run}
    try:
        names = ", ".join(values)
        writer.execute(f"INSERT INTO alerts ({names}) VALUES (?, ?, ?, ?, ?)", tuple(values.values()))
        for path in ("/", f"/site/{room.site}"):
            page = text_of(client, path)
            assert "فُقدت التواريخ" in page
            assert "9 of 10 articles" in page
    finally:
        writer.execute("DELETE FROM alerts")
        writer.close()


def test_an_archive_without_articles_says_how_to_begin(tmp_path: Path) -> None:
    Archive.create_or_open(tmp_path).close()
    with TestClient(create_app(tmp_path), base_url="http://localhost") as client:
        assert "warraq crawl" in text_of(client, "/")
        assert text_of(client, "/graph")


@pytest.mark.parametrize(
    "path",
    [
        "/article/abc",
        "/article/0",
        "/article/99999999999999999999",
        "/article/1?version=x",
        "/search?stem=perhaps",
    ],
)
def test_nonsense_is_refused_as_a_page(client: TestClient, path: str) -> None:
    assert "طلب غير مفهوم" in text_of(client, path, 400)


def test_search_keeps_filters_in_its_links_and_shows_what_is_chosen(client: TestClient, room: Room) -> None:
    page = text_of(client, f"/search?q=الميناء&section=محليات&site={room.site}")
    chosen = page[page.index('class="chosen"') : page.index("</ul>", page.index('class="chosen"'))]
    assert chosen.count("<li>") == 2
    assert "section=" not in re.findall(r'href="([^"]+)"', chosen)[1]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_a_search_without_words_leads_to_its_next_page(client: TestClient, sort: str) -> None:
    first = text_of(client, f"/search?sort={sort}")
    following = client.get(re.findall(r'rel="next" href="([^"]+)"', first)[0].replace("&amp;", "&"))
    assert following.status_code == 200
    assert 'role="status"' in following.text


@pytest.mark.parametrize(
    "words", ["كلمة%20" * 150, "ك" * 1_001, "(", '"', "*", "from=%00", "ا&from=30-05-2023", "ا&after=x"]
)
def test_a_search_that_cannot_be_is_refused_in_words(client: TestClient, words: str) -> None:
    answer = client.get("/search?q=" + words)
    assert answer.status_code in (200, 400)
    assert "<main" in answer.text
    assert (answer.status_code == 200) == ('role="status"' in answer.text)
    assert "Traceback" not in answer.text
    assert "SELECT" not in answer.text


def test_a_site_shows_sections_authors_and_the_coverage_of_each_field(client: TestClient, room: Room) -> None:
    page = text_of(client, f"/site/{room.site}")
    for section, articles in room.desk.sql(
        "SELECT section, count(*) FROM articles WHERE site = ? AND section IS NOT NULL GROUP BY section",
        room.site,
    ):
        assert re.search(rf'<bdi>{section}</bdi></a> <span class="number">{articles}</span>', page)
    names = room.desk.column(
        "SELECT DISTINCT name FROM authors JOIN articles ON id = article_id WHERE site = ?", room.site
    )
    assert names
    assert all(name in page for name in names)
    counts = dict(
        zip(
            ("title", "published_at", "body", "authors", "images"),
            room.desk.sql(
                "SELECT title, published_at, body, authors, images FROM field_coverage WHERE site = ?",
                room.site,
            )[0],
            strict=True,
        )
    )
    articles = room.desk.column("SELECT count(*) FROM articles WHERE site = ?", room.site)[0]
    for field, found in counts.items():
        meter = re.search(rf'aria-labelledby="share-{field}"[^>]* value="([\d.]+)"', page)
        assert meter
        assert float(meter[1]) == pytest.approx(found / articles, abs=0.001), field
    text_of(client, "/site/never.example", 404)


def test_the_coverage_of_a_large_site_is_taken_from_a_part_of_it(
    client: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = room.desk.column("SELECT count(*) FROM articles WHERE site = ?", room.site)[0]
    path = f"/site/{room.site}?lang=en"
    assert "Estimated" not in text_of(client, path)
    monkeypatch.setattr(site_page, "SAMPLE", 10)
    page = text_of(client, path)
    step = -(-articles // 10)
    looked_at = room.desk.column(
        "SELECT count(*) FROM articles WHERE site = ? AND id % ? = 0", room.site, step
    )[0]
    assert f"Estimated from {looked_at} of the articles" in page
    assert f"Articles: {articles}" in page
    assert "Articles looked at" in page


def test_the_graph_has_the_links_between_archived_articles(client: TestClient, room: Room) -> None:
    pairs = room.desk.sql(
        "SELECT article_id, target_article_id FROM links WHERE ? IN (article_id, target_article_id)"
        " AND target_article_id <> article_id",
        room.edited,
    )
    page = text_of(client, f"/graph?article={room.edited}")
    assert pairs
    for source, target in pairs:
        assert f'"source": "{source}", "target": "{target}"' in page
        assert f'href="/article/{target}"' in page
    assert "</script><" not in page.split('id="graph-data">')[1].split("</script>")[0]


@pytest.mark.parametrize(
    ("known", "months"),
    [
        ([], []),
        (["2023-11", "2024-02"], ["2023-11", "2023-12", "2024-01", "2024-02"]),
        (["0001-01", "2024-02"], ["0001-01", "2024-02"]),  # a year that was misread does not make 24,000 bars
        (["2024-02", "soon"], ["2024-02"]),
        (["2024-13"], []),
    ],
)
def test_a_plot_has_every_month_between_the_first_and_the_last(known: list[str], months: list[str]) -> None:
    assert every_month(known) == months


@pytest.mark.parametrize(
    ("dates", "counts"),
    [
        (["2024-01-31T23:59:59", "2024-01-01", "2024-01", "2024-03-01"], [1 + 1 + 1, 0, 1]),
        (["0001-01-01", "2024-01-01", "2024-01-02", "2023-02-01"], [1, 1, 2]),
        (["2023", "2024-01-01", "soon"], [1]),
        (["2023-12-31", "2024-01-01"], [1, 1]),
        (["soon"], []),
        ([], []),
    ],
)
def test_articles_are_counted_by_month(tmp_path: Path, dates: list[str], counts: list[int]) -> None:
    for number, day in enumerate([*dates, None]):
        _, article = keep(tmp_path, f"https://example.ly/{number}", f"<h1>{number}</h1>".encode())
        with closing(sqlite3.connect(tmp_path / "archive.db")) as changed, changed:
            changed.execute("UPDATE articles SET published_at = ? WHERE id = ?", (day, article))
        changed.close()
    archive = Archive.open_for_reading(tmp_path)
    try:
        assert [each.articles for each in months(archive.connection)] == counts
        site = ArticleRow.site == "example.ly"
        assert [each.articles for each in months(archive.connection, site)] == counts
        assert months(archive.connection, ArticleRow.site == "other.example") == []
    finally:
        archive.close()


def test_the_room_is_read_while_a_crawl_writes(room: Room, client: TestClient) -> None:
    writer = sqlite3.connect(room.desk.archive / "archive.db", isolation_level=None)
    try:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE articles SET title = 'لم يثبت بعد'")
        for path in room.pages.values():
            assert "لم يثبت بعد" not in client.get(path).text
    finally:
        writer.execute("ROLLBACK")
        writer.close()
