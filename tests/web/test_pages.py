"""What the pages say and which headers they carry, without a browser."""

import re
import sqlite3
import string
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from archiver.cli import serve
from archiver.errors import InputError
from archiver.health import Code
from archiver.store import Archive
from archiver.store.tables import ArticleRow
from archiver.web import app as web
from archiver.web import site as site_page
from archiver.web.app import create_app
from archiver.web.shelf import every_month, months
from archiver.web.shelter import PAGE_POLICY, REPLAY_POLICY
from archiver.web.wording import LANGUAGES, Words, labels
from tests.web.conftest import NOON, Room, keep

WEB = Path(web.__file__).parent


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    with TestClient(create_app(room.desk.archive), base_url="http://127.0.0.1") as made:
        yield made


def text_of(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


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


def test_every_code_of_health_has_a_label() -> None:
    assert {f"health_{code}" for code in Code} <= set(labels())


def test_an_archive_without_articles_says_how_to_begin(tmp_path: Path) -> None:
    Archive.create_or_open(tmp_path).close()
    with TestClient(create_app(tmp_path), base_url="http://localhost") as client:
        assert "warraq crawl" in text_of(client, "/")
        assert text_of(client, "/graph")


def test_an_article_has_both_dates_and_says_how_each_was_found(client: TestClient, room: Room) -> None:
    article, shown, value = room.desk.sql(
        "SELECT id, displayed_date_text, published_at FROM articles"
        " WHERE displayed_date_role = 'served' AND published_at IS NOT NULL LIMIT 1"
    )[0]
    page = text_of(client, f"/article/{article}")
    dates = page[page.index('class="dates"') : page.index("</dl>")]
    assert f'<time datetime="{value}">' in dates
    assert shown in dates
    assert "ساعة الموقع" in dates
    for field in ("published_at", "displayed_date"):
        locator = room.desk.column(
            "SELECT locator FROM provenance WHERE article_id = ? AND field = ?", article, field
        )[0]
        assert locator.replace("'", "&#39;") in dates


def test_an_article_is_whole(client: TestClient, room: Room) -> None:
    page = text_of(client, f"/article/{room.edited}")
    for table, column in (("breadcrumbs", "name"), ("tags", "name"), ("authors", "name"), ("images", "url")):
        values = room.desk.column(f"SELECT {column} FROM {table} WHERE article_id = ?", room.edited)
        assert values
        assert all(each in page for each in values), table
    body = room.desk.column("SELECT body FROM articles WHERE id = ?", room.edited)[0]
    assert all(f">{paragraph}</" in page for paragraph in body.split("\n\n"))
    for field, raw in room.desk.sql("SELECT field, raw FROM provenance WHERE article_id = ?", room.edited):
        assert raw[:40] in page, field
    assert "<img" not in page  # pictures are not in the archive, and nothing is loaded from the live web


def test_see_also_leads_into_the_archive_where_it_can(client: TestClient, room: Room) -> None:
    inside = room.desk.sql(
        "SELECT article_id, target_article_id FROM links WHERE target_article_id IS NOT NULL"
    )[0]
    assert f'class="inside" href="/article/{inside[1]}"' in text_of(client, f"/article/{inside[0]}")
    assert f'class="inside" href="/article/{inside[0]}"' in text_of(client, f"/article/{inside[1]}")
    html = (
        "<article><h1>خبر عن سوق السمك في المدينة القديمة</h1><p>اجتمع الصيادون صباح اليوم في سوق السمك، وقال كبيرهم إن"
        " الصيد وفير هذا العام وإن الأسعار ستنزل قبل الشتاء.</p><p>وأضاف أن القوارب تخرج قبل الفجر وتعود عند الظهر، وأن"
        ' المرفأ يتسع لها جميعا.</p><h3>شاهد أيضاً</h3><ul><li><a href="https://elsewhere.example/story">عنوان خبر لم'
        " يؤرشف بعد في هذا المكان</a></li></ul></article>"
    )
    _, article = keep(room.desk.archive, "https://elsewhere.example/first", html.encode())
    assert room.desk.column("SELECT count(*) FROM links WHERE article_id = ?", article) == [1]
    page = text_of(client, f"/article/{article}")
    link = re.search(r'<a class="outside" href="https://elsewhere.example/story" rel="([^"]+)"', page)
    assert link
    assert {"noreferrer", "noopener"} <= set(link[1].split())


def test_an_earlier_version_is_as_it_was_then(client: TestClient, room: Room) -> None:
    first, second = room.desk.column(
        "SELECT item ->> '$.body' FROM article_versions WHERE article_id = ? ORDER BY number", room.edited
    )
    came = next(each for each in second.split("\n\n") if each not in first.split("\n\n"))
    assert came in text_of(client, f"/article/{room.edited}")
    earlier = text_of(client, f"/article/{room.edited}?version=1")
    assert came not in earlier
    assert "هذه النسخة 1" in earlier
    assert came in re.sub(r"</?ins>", "", text_of(client, f"/article/{room.edited}/diff?older=1&newer=2"))
    text_of(client, f"/article/{room.edited}?version=3", 404)
    text_of(client, f"/article/{room.edited}/diff?older=1&newer=9", 404)


def test_a_citation_names_author_title_day_address_and_bytes(client: TestClient, room: Room) -> None:
    page = text_of(client, f"/article/{room.edited}?lang=en")
    cited = page[page.index('id="citation"') :]
    said = re.sub(r"<[^>]+>", "", cited[cited.index(">") + 1 : cited.index("</p>")])
    title, site, digest = room.desk.sql(
        "SELECT title, site, payload_digest FROM articles JOIN snapshots ON snapshots.id = snapshot_id"
        " WHERE articles.id = ?",
        room.edited,
    )[0]
    author = room.desk.column("SELECT name FROM authors WHERE article_id = ?", room.edited)[0]
    assert said.startswith(f"{author}, “{title}”, {site}, ")
    assert f"sha1:{digest}" in said
    assert "%d8" not in said.lower()  # an address that a person can read


def test_an_address_finds_its_article_however_it_is_written(client: TestClient, room: Room) -> None:
    url = room.desk.column("SELECT url FROM articles WHERE id = ?", room.edited)[0]
    for way in (url, url.rstrip("/"), url + "?utm_source=x"):
        for path, name in (("/article", "url"), ("/search", "q")):
            answer = client.get(path, params={name: way}, follow_redirects=False)
            assert answer.headers["location"] == f"/article/{room.edited}"
    assert client.get("/article", params={"url": "https://unknown.example/"}).status_code == 404


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


def test_copies_are_told_with_who_was_first_and_how_much_is_shared(client: TestClient, room: Room) -> None:
    earlier, later = room.desk.sql("SELECT other_id, article_id FROM copy_links LIMIT 1")[0]
    for article, other in ((earlier, later), (later, earlier)):
        page = text_of(client, f"/article/{article}")
        copies = page[page.index('id="copies"') :]
        copies = copies[: copies.index("</section>")]
        assert f'href="/article/{other}"' in copies
        assert copies.count("الأسبق</strong>") == 1
        assert re.search(r"\d+% منه في الأسبق", copies)
    assert '"kind": "copy"' in text_of(client, f"/graph?article={earlier}")


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


def test_the_language_is_arabic_until_another_is_chosen_and_then_kept(room: Room) -> None:
    with TestClient(create_app(room.desk.archive), base_url="http://localhost") as client:
        assert '<html lang="ar" dir="rtl">' in text_of(client, "/")
        assert '<html lang="en" dir="ltr">' in text_of(client, "/?lang=en")
        assert '<html lang="en" dir="ltr">' in text_of(client, "/graph")
        assert '<html lang="en" dir="ltr">' in text_of(client, "/graph?lang=tlh")
        assert '<html lang="ar" dir="rtl">' in text_of(client, "/search?q=x&lang=ar")
        assert 'href="?q=x&amp;lang=en"' in text_of(client, "/search?q=x")


def test_every_label_stands_in_both_languages_and_is_used() -> None:
    for key, texts in labels().items():
        assert set(texts) == set(LANGUAGES), key
        assert all(texts.values()), key
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            for text in texts.values()
        ]
        assert fields[0] == fields[1], key
    sources = " ".join(path.read_text("utf-8") for path in [*WEB.glob("*.py"), *WEB.glob("templates/*.html")])
    kinds = "kind cause role source field sort problem alias health result"
    coded = tuple(f"{kind}_" for kind in kinds.split())
    unused = {key for key in labels() if f'"{key}"' not in sources and not key.startswith(coded)}
    assert not unused
    asked = set(re.findall(r'\bt\("(\w+)"\)', sources)) | set(re.findall(r'\bwords\("(\w+)"\)', sources))
    assert asked <= set(labels())


@pytest.mark.parametrize(
    ("iso", "arabic", "english"),
    [
        ("2023-05-30", "30 مايو 2023", "30 May 2023"),
        ("2023-05", "مايو 2023", "May 2023"),
        ("2023", "2023", "2023"),
        ("2020-04-24T21:22:00+02:00", "24 أبريل 2020، 21:22", "24 April 2020, 21:22"),
        ("قبل الأمس", "قبل الأمس", "قبل الأمس"),
        ("2023-13-01", "2023-13-01", "2023-13-01"),
        (None, "", ""),
    ],
)
def test_a_date_in_words_is_no_more_precise_than_it_is(iso: str | None, arabic: str, english: str) -> None:
    assert Words("ar").date(iso) == arabic
    assert Words("en").date(iso) == english


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


def test_a_snapshot_is_framed_in_a_sandbox_and_its_true_bytes_are_a_file(
    client: TestClient, room: Room
) -> None:
    framing = text_of(client, f"/snapshot/{room.hostile}")
    frame = re.search(r"<iframe [^>]+>", framing)
    assert frame
    assert 'sandbox=""' in frame[0]
    page = client.get(f"/snapshot/{room.hostile}/page")
    assert page.headers["content-security-policy"] == REPLAY_POLICY
    assert "allow-" not in REPLAY_POLICY
    raw = client.get(f"/snapshot/{room.hostile}/raw")
    shown = room.desk.run("show", "https://hostile.example/story", "--raw")
    assert raw.content.decode() == shown.out
    assert raw.headers["content-disposition"].startswith("attachment")
    assert raw.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in raw.headers["content-security-policy"]


def test_every_page_is_replayed_with_its_words_whatever_its_encoding(client: TestClient, room: Room) -> None:
    stories = room.desk.sql("SELECT title, snapshot_id FROM articles WHERE site = ?", room.site)
    assert (
        len(stories) >= 40
    )  # three of them in windows-1256: declared, undeclared, and under a header that lies
    for title, snapshot in stories:
        assert title in text_of(client, f"/snapshot/{snapshot}/page")


def test_what_is_no_page_is_text_or_a_file(client: TestClient, room: Room) -> None:
    robots = room.desk.column("SELECT id FROM snapshots WHERE url LIKE '%/robots.txt'")[0]
    assert "User-agent" in text_of(client, f"/snapshot/{robots}/page")
    sitemap = room.desk.column("SELECT id FROM snapshots WHERE content_type LIKE '%xml%' AND status = 200")[0]
    assert "&lt;loc&gt;" in text_of(client, f"/snapshot/{sitemap}/page")
    picture, _ = keep(room.desk.archive, "https://hostile.example/picture", b"\x89PNG\r\n", "image/png")
    assert "<iframe" not in text_of(client, f"/snapshot/{picture}")
    text_of(client, f"/snapshot/{picture}/page", 415)
    text_of(client, "/snapshot/999999", 404)


def test_an_article_that_is_gone_or_stands_over_several_pages_says_so(tmp_path: Path) -> None:
    snapshot, article = keep(tmp_path, "https://example.ly/1", b"<h1>x</h1>")
    second, _ = keep(tmp_path, "https://example.ly/1?page=2", b"<h1>y</h1>")
    with TestClient(create_app(tmp_path), base_url="http://localhost") as client:
        assert "لم يعد على موقعه" not in text_of(client, f"/article/{article}")
        with closing(sqlite3.connect(tmp_path / "archive.db")) as changed, changed:
            changed.execute(
                "UPDATE articles SET removed_at = '2025-04-01T00:00:00+00:00', removed_how = '410'"
            )
            changed.execute("INSERT INTO article_pages VALUES (?, 0, ?)", (article, second))
        changed.close()
        page = text_of(client, f"/article/{article}")
    assert "لم يعد على موقعه" in page
    assert ">410<" in page
    assert f'<a href="/snapshot/{second}">2</a>' in page
    assert f'href="/snapshot/{snapshot}"' in page  # it is kept


def test_a_torn_snapshot_is_named_not_hidden(tmp_path: Path) -> None:
    snapshot, article = keep(tmp_path, "https://example.ly/1", b"<h1>x</h1>")
    next((tmp_path / "warc").iterdir()).write_bytes(b"torn")
    with TestClient(create_app(tmp_path), base_url="http://localhost") as client:
        assert text_of(client, f"/article/{article}")
        assert "restore the file from a backup" in text_of(client, f"/snapshot/{snapshot}/page", 500)
        with closing(sqlite3.connect(tmp_path / "archive.db")) as damaged, damaged:
            damaged.execute("DROP TABLE tags")
        damaged.close()
        assert "no such table: tags" in text_of(client, f"/article/{article}", 500)
